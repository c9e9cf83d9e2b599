//! The differences between two atlases, statement by statement: which nodes, relations, denials,
//! relation kinds and sources were added, removed or changed.
//!
//! It makes no difference in which file a statement is, in which order lists are written, which end
//! of a symmetric relation comes first, and in which Unicode normal form a text is. Derived
//! relations are left out.

mod fields;
mod pairs;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::graph::shape::serialize_as;
use crate::graph::{Denial, Graph, Node, Relation, RelationKind, Source};
use crate::model::Text;
use fields::{Fields, is_shorthand, of_denial, of_kind, of_node, of_relation, of_source};
use pairs::{Ids, pair_denials, pair_nodes, pair_relations};

/// All changes, in an order that depends only on their content.
#[derive(Debug)]
pub struct Difference<'g> {
    /// The changes: of nodes, of relations, of denials, of relation kinds, of sources.
    pub changes: Vec<Change<'g>>,
}

/// A statement that was added, removed or changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Change<'g> {
    /// The statement.
    #[serde(flatten)]
    pub subject: Subject<'g>,
    /// What happened to it.
    #[serde(rename = "change")]
    pub how: How,
    /// The fields that differ; of a statement that was added or removed, all its fields.
    pub fields: Vec<FieldChange>,
}

/// The statement that a change is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'g> {
    /// A node.
    Node(Sides<Node<'g>>),
    /// A relation between two nodes.
    Relation(Sides<Relation<'g>>),
    /// A denial.
    Denial(Sides<Denial<'g>>),
    /// A kind of relation.
    RelationKind(Sides<RelationKind<'g>>),
    /// A document that statements cite.
    Source(Sides<Source<'g>>),
}

/// A statement in the old and in the new atlas; only one of them where it was added or removed.
#[derive(Clone, Copy, Debug)]
pub enum Sides<T> {
    /// Only the new atlas has it.
    Added(T),
    /// Only the old atlas has it.
    Removed(T),
    /// Both atlases have it: the old one, and the new one.
    Kept(T, T),
}

impl<T: Copy> Sides<T> {
    /// Returns the statement of the new atlas, or else of the old one.
    pub fn last(self) -> T {
        match self {
            Sides::Added(it) | Sides::Removed(it) | Sides::Kept(_, it) => it,
        }
    }
}

/// What happened to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It was added.
    Added,
    /// It was removed.
    Removed,
    /// A node has another name, or another id.
    Renamed,
    /// A relation began or ended at another time.
    Redated,
    /// Something else changed.
    Changed,
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FieldChange {
    /// The field, as in files; `name.ja` for one language of a text, `identifiers.ror` for one registry.
    pub field: String,
    /// The old value; `null` where there was none.
    pub old: Value,
    /// The new value; `null` where there is none.
    pub new: Value,
}

/// Compares two atlases; O(n log n) in their nodes and relations.
pub fn diff<'g>(old: &'g Graph, new: &'g Graph) -> Difference<'g> {
    let nodes = pair_nodes(old, new);
    let ids = Ids::of(&nodes);
    let mut changes = Vec::new();
    changes.extend(nodes.iter().filter_map(|sides| node_change(*sides, &ids)));
    let relations = pair_relations(old, new, &ids);
    changes.extend(relations.into_iter().filter_map(relation_change));
    let denials = pair_denials(old, new, &ids);
    changes.extend(
        denials
            .into_iter()
            .filter_map(|sides| change(sides, Subject::Denial(sides), of_denial, how_dated)),
    );
    let kinds = pairs::by_id(old.relation_kinds(), new.relation_kinds(), RelationKind::id);
    changes.extend(kinds.into_iter().filter_map(|sides| {
        change(sides, Subject::RelationKind(sides), of_kind, |_| How::Changed)
    }));
    let sources = pairs::by_id(old.sources(), new.sources(), |source| source.record().id.as_str());
    changes.extend(
        sources
            .into_iter()
            .filter_map(|sides| change(sides, Subject::Source(sides), of_source, |_| How::Changed)),
    );
    // Stable: what is equal in both stays in the order of ids.
    changes.sort_by_key(|change| (change.subject.sort(), change.how));
    Difference { changes }
}

fn change<'g, T: Copy>(
    sides: Sides<T>,
    subject: Subject<'g>,
    fields: impl Fn(T) -> Fields,
    how: impl Fn(&[FieldChange]) -> How,
) -> Option<Change<'g>> {
    let (how, fields) = match sides {
        Sides::Added(it) => (How::Added, fields::compare(Fields::new(), fields(it))),
        Sides::Removed(it) => (How::Removed, fields::compare(fields(it), Fields::new())),
        Sides::Kept(old, new) => {
            let fields = fields::compare(fields(old), fields(new));
            if fields.is_empty() {
                return None;
            }
            (how(&fields), fields)
        }
    };
    Some(Change { subject, how, fields })
}

fn how_dated(fields: &[FieldChange]) -> How {
    let is_date = |change: &FieldChange| matches!(&*change.field, "since" | "until");
    if fields.iter().any(is_date) { How::Redated } else { How::Changed }
}

fn node_change<'g>(sides: Sides<Node<'g>>, ids: &Ids<'g>) -> Option<Change<'g>> {
    let mut found = change(sides, Subject::Node(sides), of_node, |fields| {
        let is_name =
            |change: &FieldChange| change.field == "id" || change.field.starts_with("name.");
        if fields.iter().any(is_name) { How::Renamed } else { How::Changed }
    })?;
    match sides {
        Sides::Kept(old, new) => {
            // An event that names a node by its former id says what it said.
            let events = |node: Node, ids: &Ids| fields::events(node, |id| ids.now(id).to_owned());
            if events(old, ids) == events(new, &Ids::default()) {
                found.fields.retain(|change| change.field != "events");
            }
            (!found.fields.is_empty()).then_some(found)
        }
        Sides::Added(_) | Sides::Removed(_) => {
            found.fields.retain(|change| !matches!(&*change.field, "id" | "kind"));
            Some(found)
        }
    }
}

fn relation_change(sides: Sides<Relation>) -> Option<Change> {
    let mut found = change(sides, Subject::Relation(sides), of_relation, how_dated)?;
    if let Sides::Kept(old, new) = sides
        && is_shorthand(old)
        && is_shorthand(new)
    {
        // The node tells that its sources changed.
        found.fields.retain(|change| !matches!(&*change.field, "basis" | "confidence" | "sources"));
    }
    let is_left = !found.fields.is_empty() || !matches!(sides, Sides::Kept(..));
    is_left.then_some(found)
}

impl Difference<'_> {
    /// Returns whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Subject<'_> {
    /// Returns the sort of statement.
    pub fn sort(&self) -> Sort {
        match self {
            Subject::Node(_) => Sort::Node,
            Subject::Relation(_) => Sort::Relation,
            Subject::Denial(_) => Sort::Denial,
            Subject::RelationKind(_) => Sort::RelationKind,
            Subject::Source(_) => Sort::Source,
        }
    }
}

/// The sort of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A node.
    Node,
    /// A relation between two nodes.
    Relation,
    /// A denial: that there is no relation of a kind to a node, or from it.
    Denial,
    /// A kind of relation.
    RelationKind,
    /// A document that statements cite.
    Source,
}

/// The statement that a change is about, by its ids.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Facts<'g> {
    /// The sort of statement.
    pub of: Sort,
    /// The id of the node, the relation kind or the source; `null` for a relation and for a denial.
    pub id: Option<&'g str>,
    /// The kind of the node or of the relation (of a denial, of the relation that there is not);
    /// else `null`.
    pub kind: Option<&'g str>,
    /// The name of the node or of the relation kind; else `null`.
    pub name: Option<&'g Text>,
    /// Of a relation or a denial: the id of the node at which it starts; `null` at the empty end of
    /// a denial.
    pub from: Option<&'g str>,
    /// Of a relation or a denial: the id of the node at which it ends; `null` at the empty end of a
    /// denial.
    pub to: Option<&'g str>,
    /// Of a relation or a denial: the id of the region or program that it holds in.
    pub r#in: Option<&'g str>,
}

serialize_as! { Subject => Facts; }

impl<'g> From<Subject<'g>> for Facts<'g> {
    fn from(subject: Subject<'g>) -> Self {
        let of = subject.sort();
        let mut facts =
            Facts { of, id: None, kind: None, name: None, from: None, to: None, r#in: None };
        match subject {
            Subject::Node(sides) => {
                let node = sides.last();
                facts.id = Some(node.id());
                facts.kind = Some(node.kind().as_str());
                facts.name = Some(&node.record().name);
            }
            Subject::Relation(sides) => {
                let relation = sides.last();
                facts.kind = Some(relation.kind().id());
                facts.from = Some(relation.from().id());
                facts.to = Some(relation.to().id());
                facts.r#in = relation.context().map(Node::id);
            }
            Subject::Denial(sides) => {
                let denial = sides.last();
                let end = if denial.lacks_from() { &mut facts.to } else { &mut facts.from };
                *end = Some(denial.node().id());
                facts.kind = Some(denial.kind().id());
                facts.r#in = denial.context().map(Node::id);
            }
            Subject::RelationKind(sides) => {
                facts.id = Some(sides.last().id());
                facts.name = Some(sides.last().name());
            }
            Subject::Source(sides) => facts.id = Some(sides.last().id()),
        }
        facts
    }
}
