//! Resolves references by name: a table written by people says `高松市`, not the id that its row will
//! get.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::model::{Id, NodeKind, RelationKindRecord, RelationRecord, Traverse};
use crate::origin::At;
use crate::source::import::{Draft, Finding, Kinds, Known, Tally, at};

/// Replaces names of nodes and of relation kinds with ids. A name of several nodes is dropped and
/// counted. Linear in the size of the tables.
pub fn resolve(draft: &mut Draft, known: Option<&Known>, tally: &mut Tally) {
    let names = Names::of(draft, known);
    for (kind, record, place) in &mut draft.nodes {
        let mut find = |to: &At<Id>, kinds: &[NodeKind]| names.find(to, kinds, place, tally);
        record.region = record.region.take().and_then(|to| find(&to, &[NodeKind::Region]));
        let within = std::mem::take(&mut record.within.0);
        record.within.0 = within.iter().filter_map(|to| find(to, &[NodeKind::Region])).collect();
        let wholes = std::mem::take(&mut record.part_of.0);
        record.part_of.0 = wholes.iter().filter_map(|to| find(to, &[*kind])).collect();
    }
    let mut kinds = Kinds::default();
    draft.relation_kinds.iter().for_each(|kind| kinds.add(kind.clone()));
    let relations = std::mem::take(&mut draft.relations);
    for (mut relation, place) in relations {
        name_kind(&mut relation, &mut kinds, &mut draft.relation_kinds, tally);
        if names.resolve(&mut relation, &kinds, &place, tally) {
            draft.relations.push((relation, place));
        }
    }
}

/// Puts the id of its kind in the place of what a relation calls it, and turns one that is called by
/// the inverse.
fn name_kind(
    relation: &mut RelationRecord,
    kinds: &mut Kinds,
    new: &mut Vec<RelationKindRecord>,
    tally: &mut Tally,
) {
    match kinds.find(&relation.kind) {
        Some(named) => {
            relation.kind = at(named.id);
            if named.is_backward {
                std::mem::swap(&mut relation.from, &mut relation.to);
            }
        }
        None => {
            let kind = Kinds::define(&relation.kind, Traverse::Never);
            tally.add(Finding::NewRelationKind, || kind.id.to_string());
            relation.kind = kind.id.clone();
            kinds.add(kind.clone());
            new.push(kind);
        }
    }
}

/// What nodes are called.
struct Names<'a> {
    ids: HashSet<Id>,
    known: Option<&'a Known<'a>>,
    bearers: HashMap<String, Vec<(Id, NodeKind)>>,
}

fn fold(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

impl<'a> Names<'a> {
    fn of(draft: &Draft, known: Option<&'a Known<'a>>) -> Self {
        let mut bearers: HashMap<String, Vec<(Id, NodeKind)>> = HashMap::new();
        for (kind, record, _) in &draft.nodes {
            let names = record.name.both().chain(record.aliases.iter().map(|it| &**it));
            let names: HashSet<String> = names.map(fold).collect();
            for name in names {
                bearers.entry(name).or_default().push((record.id.value.clone(), *kind));
            }
        }
        let ids = draft.nodes.iter().map(|(_, record, _)| record.id.value.clone()).collect();
        Names { ids, known, bearers }
    }

    /// The id that a reference means; it stays as it is where nothing bears it.
    fn find(
        &self,
        reference: &At<Id>,
        kinds: &[NodeKind],
        place: &str,
        tally: &mut Tally,
    ) -> Option<At<Id>> {
        let is_id = |id: &str| {
            self.ids.contains(id) || self.known.is_some_and(|known| known.node(id).is_some())
        };
        if is_id(reference) {
            return Some(reference.clone());
        }
        if let Some((role, context)) = reference.split_once('@') {
            let contexts = [NodeKind::Region, NodeKind::Program];
            let role = self.find(&at(role.to_owned()), &[NodeKind::Role], place, tally)?;
            let context = self.find(&at(context.to_owned()), &contexts, place, tally)?;
            return Some(at(format!("{}@{}", role.value, context.value)));
        }
        let bearers = self.bearers.get(&fold(reference)).map(Vec::as_slice).unwrap_or_default();
        let fitting = bearers.iter().filter(|(_, kind)| kinds.is_empty() || kinds.contains(kind));
        let fitting: Vec<&(Id, NodeKind)> = fitting.collect();
        match (&fitting[..], bearers) {
            ([(id, _)], _) | ([], [(id, _)]) => Some(at(id.clone())),
            ([], []) => Some(reference.clone()),
            _ => {
                tally.add(Finding::Ambiguous, || format!("{place}: {}", reference.value));
                None
            }
        }
    }

    /// Resolves the ends and the context of a relation; whether it can be taken.
    fn resolve(
        &self,
        relation: &mut RelationRecord,
        kinds: &Kinds,
        place: &str,
        tally: &mut Tally,
    ) -> bool {
        let (from, to) = kinds.ends(&relation.kind);
        let contexts = [NodeKind::Region, NodeKind::Program];
        if let Some(context) = relation.r#in.take() {
            relation.r#in = self.find(&context, &contexts, place, tally);
            if relation.r#in.is_none() {
                return false;
            }
        }
        for (end, kinds) in [(&mut relation.from, from), (&mut relation.to, to)] {
            for reference in &mut end.0 {
                match self.find(reference, kinds, place, tally) {
                    Some(found) => *reference = found,
                    None => return false,
                }
            }
        }
        true
    }
}
