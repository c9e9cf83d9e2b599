//! Turns the nodes and relations of a table or a drawing into an atlas that loads.
//!
//! A table may refer to nodes that do not exist. References are resolved here, and those that
//! cannot be resolved are counted.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Ancestry, Finding, Imported, Known, Page, Proposal, Tally, at, chunks, is_bare, is_new,
    keep_new, sources,
};
use crate::model::{
    Citation, Core, Id, NodeKind, NodeRecord, References, RelationKindRecord, RelationRecord,
    SourceRecord, Text, Traverse,
};
use crate::origin::At;
use crate::source::core_kinds;

/// The place of a record in the imported file, for people: `nodes.csv: line 7`.
pub type Whereabouts = String;

/// The records of a table, before they are known to agree with each other.
#[derive(Debug, Default)]
pub struct Draft {
    /// Nodes, each with its place.
    pub nodes: Vec<(NodeKind, NodeRecord, Whereabouts)>,
    /// Relations of one pair each, with their places.
    pub relations: Vec<(RelationRecord, Whereabouts)>,
    /// Documents.
    pub sources: Vec<SourceRecord>,
    /// Relation kinds.
    pub relation_kinds: Vec<RelationKindRecord>,
}

/// Makes an atlas of a draft. With `known`, nodes that the atlas holds (by id or identifier) keep
/// its ids and say only what it lacks. Linear, but for sorting and the search for circles.
pub fn assemble(draft: Draft, known: Option<&Known>, mut tally: Tally) -> Imported {
    let mut assembly = Assembly::new(&draft, known);
    let mut proposals = Vec::new();
    let mut nodes: Vec<(NodeKind, NodeRecord)> = Vec::new();
    let stated = Stated::of(&draft.relations);
    for (kind, mut record, place) in draft.nodes {
        stated.drop_repeated(&mut record);
        assembly.resolve_node(kind, &mut record, &place, &mut tally);
        nodes.push((kind, record));
    }
    let mut relations = Vec::new();
    for (mut relation, place) in draft.relations {
        if assembly.resolve_relation(&mut relation, &place, &mut tally) {
            relations.push(relation);
        }
    }
    shorten(&mut nodes, &mut relations);
    if let Some(known) = known {
        for (kind, record) in &mut nodes {
            match known.node(&record.id) {
                Some(node) => keep_new(record, node, known, &mut tally),
                None => proposals.extend(propose(*kind, record, known)),
            }
        }
        relations.retain(|relation| is_new(relation, known));
    }
    nodes.retain(|(_, record)| known.is_none() || !is_bare(record));
    let sources = sources(&nodes, &relations, draft.sources, known, &mut tally);
    let pages = pages(nodes, relations, sources, assembly.new_kinds);
    Imported { pages, tally, proposals }
}

/// What the atlas may hold of an imported node under another id.
fn propose(kind: NodeKind, record: &NodeRecord, known: &Known) -> Vec<Proposal> {
    let names = record.name.both().chain(record.aliases.iter().map(|it| &**it));
    let found = known.namesakes(kind, "ror", names).into_iter().map(|(node, name)| Proposal {
        registry: "ror",
        identifier: record.identifiers.get("ror").cloned().unwrap_or_default(),
        imported: record.id.to_string(),
        node: node.record.id.to_string(),
        name: name.to_owned(),
    });
    found.collect()
}

/// The kinds of relation that nodes can also state in fields of their own.
const FIELDS: [Core; 3] = [Core::Within, Core::LocatedIn, Core::PartOf];

/// What relations say that fields of nodes may say again.
struct Stated(HashSet<(Core, Id, Id)>);

impl Stated {
    fn of(relations: &[(RelationRecord, Whereabouts)]) -> Self {
        let mut stated = HashSet::new();
        for (relation, _) in relations {
            let kind = FIELDS.into_iter().find(|kind| relation.is(*kind));
            if let (Some(kind), [from], [to]) = (kind, &*relation.from.0, &*relation.to.0) {
                stated.insert((kind, from.value.clone(), to.value.clone()));
            }
        }
        Stated(stated)
    }

    /// A relation of its own says more than a field: when, and on which basis.
    fn drop_repeated(&self, record: &mut NodeRecord) {
        let id = record.id.value.clone();
        let is_new = |kind, to: &At<Id>| !self.0.contains(&(kind, id.clone(), to.value.clone()));
        record.within.0.retain(|to| is_new(Core::Within, to));
        record.part_of.0.retain(|to| is_new(Core::PartOf, to));
        record.region = record.region.take().filter(|to| is_new(Core::LocatedIn, to));
    }
}

/// Writes relations that stand on the same ground as their node into its fields.
fn shorten(nodes: &mut [(NodeKind, NodeRecord)], relations: &mut Vec<RelationRecord>) {
    let places: HashMap<Id, usize> =
        nodes.iter().enumerate().map(|(at, (_, it))| (it.id.value.clone(), at)).collect();
    relations.retain(|relation| {
        let Some(place) = places.get(&relation.from.0[0].value) else { return true };
        let (_, node) = &mut nodes[*place];
        let confidence = |it: &Option<At<_>>| it.as_ref().map(|it| it.value);
        let cited = |it: &[At<Citation>]| it.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
        let is_plain = relation.r#in.is_none()
            && relation.since.is_none()
            && relation.until.is_none()
            && relation.note.is_empty()
            && relation.status.is_none()
            && !relation.open
            && relation.basis == node.basis
            && confidence(&relation.confidence) == confidence(&node.confidence)
            && cited(&relation.sources) == cited(&node.sources);
        let to = &relation.to.0[0];
        match FIELDS.into_iter().find(|kind| is_plain && relation.is(*kind)) {
            Some(Core::Within) => node.within.0.push(to.clone()),
            Some(Core::PartOf) => node.part_of.0.push(to.clone()),
            Some(Core::LocatedIn) if node.region.is_none() => node.region = Some(to.clone()),
            _ => return true,
        }
        false
    });
}

/// What references are resolved against.
struct Assembly<'a> {
    kinds: HashMap<Id, NodeKind>,
    /// Ids of the draft that the atlas knows by another.
    renamed: HashMap<Id, Id>,
    relation_kinds: HashMap<Id, RelationKindRecord>,
    new_kinds: Vec<RelationKindRecord>,
    known: Option<&'a Known<'a>>,
    ancestry: BTreeMap<Core, Ancestry>,
}

impl<'a> Assembly<'a> {
    fn new(draft: &Draft, known: Option<&'a Known<'a>>) -> Self {
        let mut assembly = Assembly {
            kinds: HashMap::new(),
            renamed: HashMap::new(),
            relation_kinds: HashMap::new(),
            new_kinds: Vec::new(),
            known,
            ancestry: BTreeMap::new(),
        };
        for node in known.into_iter().flat_map(|known| known.nodes()) {
            assembly.kinds.insert(node.record.id.value.clone(), node.kind);
        }
        for (kind, child, parent) in known.into_iter().flat_map(|known| &known.relations) {
            if let Some(kind) = FIELDS.into_iter().find(|it| it.id() == *kind) {
                assembly.ancestry.entry(kind).or_default().put(child, parent);
            }
        }
        for (kind, record, _) in &draft.nodes {
            let id = &record.id.value;
            let mut identifiers = record.identifiers.iter();
            let tied = known.and_then(|known| {
                identifiers.find_map(|(registry, it)| known.identified(registry, it))
            });
            match tied.filter(|node| node.kind == *kind) {
                Some(node) => {
                    assembly.renamed.insert(id.clone(), node.record.id.value.clone());
                }
                None => {
                    assembly.kinds.insert(id.clone(), *kind);
                }
            }
        }
        for kind in core_kinds() {
            assembly.relation_kinds.insert(kind.id.value.clone(), kind);
        }
        for kind in &draft.relation_kinds {
            assembly.define(kind.clone());
        }
        assembly
    }

    /// Adds a relation kind, unless there is one of this id.
    fn define(&mut self, kind: RelationKindRecord) {
        let id = kind.id.value.clone();
        let is_known = self.known.is_some_and(|known| known.relation_kinds.contains(&*id));
        if !is_known && !self.relation_kinds.contains_key(&id) {
            self.new_kinds.push(kind.clone());
        }
        self.relation_kinds.entry(id).or_insert(kind);
    }

    /// The id and kind of what a reference means; a role in a context is a role.
    fn find(&self, reference: &str) -> Option<(Id, NodeKind)> {
        let renamed = |id: &str| self.renamed.get(id).cloned().unwrap_or_else(|| id.into());
        let id = renamed(reference);
        if let Some(kind) = self.kinds.get(&id) {
            return Some((id, *kind));
        }
        let (role, context) = reference.split_once('@')?;
        let (role, context) = (renamed(role), renamed(context));
        let is_sound = self.kinds.get(&role) == Some(&NodeKind::Role) && self.is_context(&context);
        is_sound.then(|| (format!("{role}@{context}").into(), NodeKind::Role))
    }

    fn is_context(&self, id: &str) -> bool {
        matches!(self.kinds.get(id), Some(NodeKind::Region | NodeKind::Program))
    }

    fn resolve_node(
        &mut self,
        kind: NodeKind,
        record: &mut NodeRecord,
        place: &str,
        tally: &mut Tally,
    ) {
        if let Some(id) = self.renamed.get(&record.id.value) {
            record.id = at(id.clone());
        }
        let id = record.id.value.clone();
        let mut resolve = |relation: Core, to: &At<Id>| {
            self.resolve(relation.id(), (&id, kind), to, place, tally)
        };
        record.within =
            References(record.within.0.iter().filter_map(|to| resolve(Core::Within, to)).collect());
        record.part_of = References(
            record.part_of.0.iter().filter_map(|to| resolve(Core::PartOf, to)).collect(),
        );
        record.region = record.region.take().and_then(|to| resolve(Core::LocatedIn, &to));
        for event in &mut record.events {
            event.other = event.other.take().and_then(|other| {
                let found = self.find(&other).map(|(id, _)| at(id));
                if found.is_none() {
                    let tell = || format!("{place}: {id} {} {}", event.kind, other.value);
                    tally.add(Finding::OutsideLink, tell);
                }
                found
            });
        }
    }

    /// The node that a reference means, if a relation of this kind may lead there.
    fn resolve(
        &mut self,
        kind: &str,
        from: (&str, NodeKind),
        to: &At<Id>,
        place: &str,
        tally: &mut Tally,
    ) -> Option<At<Id>> {
        let tell = || format!("{place}: {} {kind} {}", from.0, to.value);
        let Some((id, to_kind)) = self.find(to) else {
            tally.add(Finding::OutsideLink, tell);
            return None;
        };
        let allows = |kinds: &[NodeKind], kind| kinds.is_empty() || kinds.contains(&kind);
        let record = &self.relation_kinds[kind];
        if !(allows(&record.from, from.1) && allows(&record.to, to_kind)) {
            tally.add(Finding::UnfitRelation, tell);
            return None;
        }
        let field = [Core::Within, Core::PartOf].into_iter().find(|it| it.id() == kind);
        let is_sound = field.is_none_or(|it| {
            let above = self.ancestry.entry(it).or_default();
            above.put(from.0, &id)
        });
        if !is_sound {
            tally.add(Finding::CircularLink, tell);
            return None;
        }
        Some(at(id))
    }

    /// Resolves the ends and the context of a relation; whether it can be taken.
    fn resolve_relation(
        &mut self,
        relation: &mut RelationRecord,
        place: &str,
        tally: &mut Tally,
    ) -> bool {
        let (kind, from) = (relation.kind.value.clone(), relation.from.0[0].value.clone());
        let tell = || format!("{place}: {from} {kind}");
        if !self.relation_kinds.contains_key(&kind) {
            tally.add(Finding::NewRelationKind, || kind.to_string());
            self.define(new_kind(
                &kind,
                Text { en: Some(kind.replace('-', " ")), ja: None },
                Traverse::Never,
            ));
        }
        if let Some(context) = &relation.r#in {
            match self.find(context) {
                Some((id, _)) if self.is_context(&id) => relation.r#in = Some(at(id)),
                Some(_) => {
                    tally.add(Finding::UnfitRelation, tell);
                    return false;
                }
                None => {
                    tally.add(Finding::OutsideLink, tell);
                    return false;
                }
            }
        }
        let Some((from, from_kind)) = self.find(&from) else {
            tally.add(Finding::OutsideLink, tell);
            return false;
        };
        let to = relation.to.0[0].clone();
        let Some(to) = self.resolve(&kind, (&from, from_kind), &to, place, tally) else {
            return false;
        };
        // In a context, the role alone means the role there.
        let context = relation.r#in.as_ref().map(|it| format!("@{}", it.value));
        let bare = |id: &str| {
            let role = context.as_ref().and_then(|context| id.strip_suffix(&**context));
            at(role.unwrap_or(id).to_owned())
        };
        relation.from = References([bare(&from)].into());
        relation.to = References([bare(&to)].into());
        true
    }
}

/// A relation kind that the vocabulary lacks.
pub fn new_kind(id: &str, name: Text, traverse: Traverse) -> RelationKindRecord {
    RelationKindRecord {
        id: at(id.to_owned()),
        name,
        inverse: Text::default(),
        short: Text::default(),
        class: None,
        from: Vec::new(),
        to: Vec::new(),
        traverse,
    }
}

fn pages(
    nodes: Vec<(NodeKind, NodeRecord)>,
    relations: Vec<RelationRecord>,
    sources: Vec<SourceRecord>,
    relation_kinds: Vec<RelationKindRecord>,
) -> Vec<Page> {
    let mut pages = Vec::new();
    if !sources.is_empty() {
        let mut page = Page::new("sources.yaml", "The documents that statements here cite");
        page.records.sources = sources;
        pages.push(page);
    }
    if !relation_kinds.is_empty() {
        let mut page = Page::new("vocabulary.yaml", "Relation kinds beside those of the core");
        page.records.relation_kinds = relation_kinds;
        pages.push(page);
    }
    let mut by_kind: BTreeMap<NodeKind, Vec<NodeRecord>> = BTreeMap::new();
    for (kind, record) in nodes {
        by_kind.entry(kind).or_default().push(record);
    }
    for (kind, records) in by_kind {
        for (path, records) in chunks(&format!("{kind}s"), records) {
            let mut page = Page::new(path, format!("Nodes of kind {kind}"));
            records.into_iter().for_each(|record| page.push(kind, record));
            pages.push(page);
        }
    }
    for (path, relations) in chunks("relations", relations) {
        let mut page = Page::new(path, "Relations");
        page.records.relations = relations;
        pages.push(page);
    }
    pages
}
