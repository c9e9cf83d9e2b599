//! Finds out which node of the old atlas is which of the new one, and which relation.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::Sides;
use super::fields::{Fields, of_denial, of_relation};
use crate::graph::{Denial, Graph, Node, Relation};
use crate::model::Core;

/// The ids that nodes of the first atlas have in the second.
#[derive(Default)]
pub struct Ids<'g>(HashMap<&'g str, &'g str>);

impl<'g> Ids<'g> {
    /// Returns the ids of paired nodes.
    pub fn of(nodes: &[Sides<Node<'g>>]) -> Self {
        let renamed = nodes.iter().filter_map(|sides| match sides {
            Sides::Kept(old, new) if old.id() != new.id() => Some((old.id(), new.id())),
            _ => None,
        });
        Ids(renamed.collect())
    }

    /// Returns the new id for an id of the old atlas.
    pub fn now<'i>(&self, id: &'i str) -> &'i str
    where
        'g: 'i,
    {
        self.0.get(id).copied().unwrap_or(id)
    }

    /// The id of a node now; of a contextual role, from those of its role and its context.
    fn of_node(&self, node: Node<'g>) -> String {
        match (node.generic(), node.context()) {
            (Some(role), Some(context)) => {
                format!("{}@{}", self.now(role.id()), self.now(context.id()))
            }
            _ => self.now(node.id()).to_owned(),
        }
    }
}

/// Pairs the items with the same id, in the order of ids.
pub fn by_id<'g, T: Copy>(
    old: impl Iterator<Item = T>,
    new: impl Iterator<Item = T>,
    id: impl Fn(T) -> &'g str,
) -> Vec<Sides<T>> {
    let mut all: BTreeMap<&str, Sides<T>> = old.map(|old| (id(old), Sides::Removed(old))).collect();
    for new in new {
        let sides = match all.get(id(new)) {
            Some(Sides::Removed(old)) => Sides::Kept(*old, new),
            _ => Sides::Added(new),
        };
        all.insert(id(new), sides);
    }
    all.into_values().collect()
}

/// Pairs the nodes by id. Then it pairs a removed node with an added one of the same kind if they
/// are the only two of it with a ROR id in common, or else with a name in common. Contextual roles
/// are derived and left out.
pub fn pair_nodes<'g>(old: &'g Graph, new: &'g Graph) -> Vec<Sides<Node<'g>>> {
    let written = |graph: &'g Graph| graph.nodes().filter(|node| node.generic().is_none());
    let mut sides = by_id(written(old), written(new), Node::id);
    let ror = |node: Node<'g>| node.record().identifiers.get("ror").cloned();
    pair_by(&mut sides, ror);
    pair_by(&mut sides, |node| {
        let name = &node.record().name;
        Some(format!("{:?}", (&name.ja, &name.en)).nfc().collect())
    });
    sides.sort_by_key(|sides| (sides.last().kind(), sides.last().id()));
    sides
}

/// Pairs a node that is gone with a new one of its kind where `key` ties these two and no other.
fn pair_by<'g>(sides: &mut Vec<Sides<Node<'g>>>, key: impl Fn(Node<'g>) -> Option<String>) {
    let mut found: HashMap<_, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, side) in sides.iter().enumerate() {
        let node = side.last();
        let Some(key) = key(node) else {
            continue;
        };
        let (gone, new) = found.entry((node.kind(), key)).or_default();
        match side {
            Sides::Removed(_) => gone.push(at),
            Sides::Added(_) => new.push(at),
            Sides::Kept(..) => {}
        }
    }
    let mut paired = Vec::new();
    for (gone, new) in found.into_values() {
        if let ([gone], [new]) = (&gone[..], &new[..]) {
            let (old, now) = (sides[*gone].last(), sides[*new].last());
            if !are_others(old, now) {
                sides[*new] = Sides::Kept(old, now);
                paired.push(*gone);
            }
        }
    }
    paired.sort_unstable();
    for at in paired.into_iter().rev() {
        sides.remove(at);
    }
}

/// Whether two nodes have different numbers in one registry.
fn are_others(one: Node, other: Node) -> bool {
    let others = &other.record().identifiers;
    let mut both = one.record().identifiers.iter();
    both.any(|(registry, id)| others.get(registry).is_some_and(|other| other != id))
}

/// What is said of the same ends by the same kind in the same context, in either atlas.
type Parallel<T> = (Vec<T>, Vec<T>);

/// Pairs the relations that files state.
pub fn pair_relations<'g>(
    old: &'g Graph,
    new: &'g Graph,
    ids: &Ids<'g>,
) -> Vec<Sides<Relation<'g>>> {
    let written = |graph: &'g Graph| {
        graph.relations().filter(|relation| !relation.is_derived() && !is_of_event(*relation))
    };
    let key = |relation: Relation<'g>, ids: &Ids<'g>| {
        let context = relation.context().map(|context| ids.of_node(context));
        let mut ends = [relation.from(), relation.to()].map(|end| ids.of_node(end));
        if relation.kind().is_symmetric() {
            ends.sort_unstable();
        }
        (relation.kind().id(), ends, context)
    };
    let same = Ids::default();
    let mut all: BTreeMap<_, Parallel<Relation>> = BTreeMap::new();
    for relation in written(old) {
        all.entry(key(relation, ids)).or_default().0.push(relation);
    }
    for relation in written(new) {
        all.entry(key(relation, &same)).or_default().1.push(relation);
    }
    all.into_values().flat_map(|parallel| pair_parallel(parallel, of_relation)).collect()
}

/// Pairs the denials.
pub fn pair_denials<'g>(old: &'g Graph, new: &'g Graph, ids: &Ids<'g>) -> Vec<Sides<Denial<'g>>> {
    let key = |denial: Denial<'g>, ids: &Ids<'g>| {
        let context = denial.context().map(|context| ids.of_node(context));
        (denial.kind().id(), denial.lacks_from(), ids.of_node(denial.node()), context)
    };
    let same = Ids::default();
    let mut all: BTreeMap<_, Parallel<Denial>> = BTreeMap::new();
    for denial in old.denials() {
        all.entry(key(denial, ids)).or_default().0.push(denial);
    }
    for denial in new.denials() {
        all.entry(key(denial, &same)).or_default().1.push(denial);
    }
    all.into_values().flat_map(|parallel| pair_parallel(parallel, of_denial)).collect()
}

/// Pairs parallel statements: first those that say the same, then those of the same time, then those
/// of the same sources, then what is left. Each step takes both sides in one order, so that the
/// pairs are the same whichever atlas comes first.
fn pair_parallel<T: Copy>((old, new): Parallel<T>, fields: fn(T) -> Fields) -> Vec<Sides<T>> {
    if let ([old], [new]) = (&old[..], &new[..]) {
        return vec![Sides::Kept(*old, *new)];
    }
    let said = |it: T| Value::from(fields(it)).to_string();
    let some = |it: T, names: &[&str]| {
        let fields = fields(it);
        let said = names.iter().map(|name| fields.get(*name).map(Value::to_string));
        said.map(Option::unwrap_or_default).collect::<Vec<_>>().join("\n")
    };
    let in_order = |mut all: Vec<T>| {
        all.sort_by_cached_key(|it| said(*it));
        all
    };
    let (mut old, mut new) = (in_order(old), in_order(new));
    let mut paired = Vec::new();
    let steps: [&dyn Fn(T) -> String; 4] =
        [&said, &|it| some(it, &["since", "until"]), &|it| some(it, &["sources"]), &|_| {
            String::new()
        }];
    for key in steps {
        let mut waiting: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for it in new.drain(..).rev() {
            waiting.entry(key(it)).or_default().push(it);
        }
        old.retain(|old| match waiting.get_mut(&key(*old)).and_then(Vec::pop) {
            Some(new) => {
                paired.push(Sides::Kept(*old, new));
                false
            }
            None => true,
        });
        new = in_order(waiting.into_values().flatten().collect());
    }
    paired.extend(old.into_iter().map(Sides::Removed));
    paired.extend(new.into_iter().map(Sides::Added));
    paired
}

/// Whether a relation stands for an event, which tells it already.
fn is_of_event(relation: Relation) -> bool {
    let of_event = |event: &crate::model::Event| {
        matches!(&*event.kind, "acquired" | "merged" | "succeeded")
            && event.date == relation.since()
            && event.basis == relation.basis()
            && event.other.as_ref().is_some_and(|other| other.value == relation.from().id())
    };
    relation.is(Core::Succeeds) && relation.to().record().events.iter().any(of_event)
}
