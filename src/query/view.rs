//! Nodes, relations and the rest as they are handed to scripts: the JSON contract.
//!
//! Ids and keys never depend on a language, and every language is carried. A field that does not
//! apply or is not known is `null` or empty, never absent.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::graph::{Denial, Direction, Node, Relation, RelationKind, Source};
use crate::model::{
    Basis, Claim, Class, Confidence, Date, Event, Indicator, Location, NodeKind, Note, Text,
    Traverse,
};

/// A node as other answers name it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NodeName<'g> {
    /// The id.
    pub id: &'g str,
    /// Which of the five kinds.
    pub kind: NodeKind,
    /// The name.
    pub name: &'g Text,
}

impl<'g> From<Node<'g>> for NodeName<'g> {
    fn from(node: Node<'g>) -> Self {
        NodeName { id: node.id(), kind: node.kind(), name: &node.record().name }
    }
}

/// A node with what its record says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NodeView<'g> {
    /// The id; `R@X` for a contextual role.
    pub id: &'g str,
    /// Which of the five kinds.
    pub kind: NodeKind,
    /// What sort of region, organization or program.
    pub r#type: Option<&'g str>,
    /// The name.
    pub name: &'g Text,
    /// Other names, in any language.
    pub aliases: &'g [String],
    /// The id of the region that it is in.
    pub region: Option<&'g str>,
    /// The ids of the regions that it lies directly within.
    pub within: Vec<&'g str>,
    /// The ids of what it is directly a part of.
    pub part_of: Vec<&'g str>,
    /// For a contextual role R@X: the id of R.
    pub specializes: Option<&'g str>,
    /// For a contextual role R@X: the id of X.
    pub r#in: Option<&'g str>,
    /// The ids of the roles that it plays.
    pub roles: Vec<&'g str>,
    /// The ids of the stages that it acts in.
    pub stages: Vec<&'g str>,
    /// A few sentences.
    pub summary: &'g Text,
    /// A web address.
    pub website: Option<&'g str>,
    /// Identifiers in registries, by registry.
    pub identifiers: &'g BTreeMap<String, String>,
    /// A point on the globe.
    pub location: Option<Location>,
    /// When it began.
    pub since: Option<Date>,
    /// When it ended.
    pub until: Option<Date>,
    /// With a date asked for: the merger or acquisition that it had undergone by then, where it is the
    /// last that is known of it and nobody is known to have taken its place.
    pub takeover: Option<EventView<'g>>,
    /// Where the statement that there is such a thing stands.
    pub basis: Basis,
    /// How sure an inference is.
    pub confidence: Option<Confidence>,
    /// What says so: `source` or `source:locator`.
    pub sources: Vec<&'g str>,
    /// The layer that its record stands in, counted from 0 in the order of `--data`.
    pub layer: u16,
}

impl<'g> From<Node<'g>> for NodeView<'g> {
    fn from(node: Node<'g>) -> Self {
        let record = node.record();
        NodeView {
            id: node.id(),
            kind: node.kind(),
            r#type: record.r#type.as_deref(),
            name: &record.name,
            aliases: &record.aliases,
            region: node.region().map(Node::id),
            within: node.within().map(Node::id).collect(),
            part_of: node.part_of().map(Node::id).collect(),
            specializes: node.generic().map(Node::id),
            r#in: node.context().map(Node::id),
            roles: node.roles().map(Node::id).collect(),
            stages: node.stages().map(Node::id).collect(),
            summary: &record.summary,
            website: record.website.as_deref(),
            identifiers: &record.identifiers,
            location: record.location.map(|location| location.value),
            since: record.since,
            until: record.until,
            takeover: node.takeover().map(EventView::from),
            basis: record.basis,
            confidence: record.confidence.map(|confidence| confidence.value),
            sources: record.sources.iter().map(|citation| &*citation.value.0).collect(),
            layer: node.layer(),
        }
    }
}

/// Something that happened to a node.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EventView<'g> {
    /// When.
    pub date: Option<Date>,
    /// What: founded, renamed, merged, acquired, dissolved …
    pub kind: &'g str,
    /// For a renaming, the name until then.
    pub former: &'g Text,
    /// The id of the other party.
    pub other: Option<&'g str>,
    /// A remark.
    pub note: &'g Text,
    /// Where the statement stands.
    pub basis: Basis,
    /// How sure an inference is.
    pub confidence: Option<Confidence>,
    /// What says so.
    pub sources: Vec<&'g str>,
}

impl<'g> From<&'g Event> for EventView<'g> {
    fn from(event: &'g Event) -> Self {
        EventView {
            date: event.date,
            kind: &event.kind,
            former: &event.former,
            other: event.other.as_ref().map(|id| &*id.value),
            note: &event.note,
            basis: event.basis,
            confidence: event.confidence.map(|confidence| confidence.value),
            sources: event.sources.iter().map(|citation| &*citation.value.0).collect(),
        }
    }
}

/// All that the atlas says of a node.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NodeDetails<'g> {
    /// The node itself.
    #[serde(flatten)]
    pub node: NodeView<'g>,
    /// Figures that sources give.
    pub indicators: &'g [Indicator],
    /// What sources claim, quoted.
    pub claims: &'g [Claim],
    /// Remarks with their basis.
    pub notes: &'g [Note],
    /// What happened to it.
    pub events: Vec<EventView<'g>>,
    /// The roles of which it is the context, and who plays them.
    pub cast: Vec<Cast<'g>>,
    /// Its relations in both directions.
    pub relations: Vec<Tie<'g>>,
    /// What sources say that it has no relation of.
    pub denials: Vec<Denied<'g>>,
}

/// A statement that there is none.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Denied<'g> {
    /// The id of the kind of relation.
    pub kind: &'g str,
    /// Whether none starts here or none leads here.
    pub direction: Side,
    /// What it says and who says so.
    #[serde(flatten)]
    pub evidence: Evidence<'g>,
}

impl<'g> From<Denial<'g>> for Denied<'g> {
    fn from(denial: Denial<'g>) -> Self {
        let direction = if denial.lacks_from() { Side::In } else { Side::Out };
        Denied { kind: denial.kind().id(), direction, evidence: denial.into() }
    }
}

/// A role in the context of a node, and who plays it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cast<'g> {
    /// The contextual role.
    pub role: NodeName<'g>,
    /// Who plays it; empty where the atlas names nobody.
    pub players: Vec<Player<'g>>,
}

/// Who plays a role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Player<'g> {
    /// The player.
    pub node: NodeName<'g>,
    /// What says so.
    #[serde(flatten)]
    pub evidence: Evidence<'g>,
}

/// Which side of a relation a node is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The relation starts at the node.
    Out,
    /// The relation leads to the node.
    In,
}

/// A relation as one of its ends sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tie<'g> {
    /// The id of its kind.
    pub kind: &'g str,
    /// Whether it starts here or leads here.
    pub direction: Side,
    /// The node at the other end.
    pub node: NodeName<'g>,
    /// What it says and who says so.
    #[serde(flatten)]
    pub evidence: Evidence<'g>,
}

/// What stands behind a relation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Evidence<'g> {
    /// The id of the region or program that it holds in.
    pub r#in: Option<&'g str>,
    /// When it began.
    pub since: Option<Date>,
    /// When it ended.
    pub until: Option<Date>,
    /// Where the statement stands.
    pub basis: Basis,
    /// How sure an inference is.
    pub confidence: Option<Confidence>,
    /// A remark.
    pub note: &'g Text,
    /// What says so.
    pub sources: Vec<&'g str>,
    /// The layer that it stands in, counted from 0 in the order of `--data`.
    pub layer: u16,
    /// The id of the role of which it is said in general, where a role in a context inherits it.
    pub inherited_from: Option<&'g str>,
}

impl<'g> From<Relation<'g>> for Evidence<'g> {
    fn from(relation: Relation<'g>) -> Self {
        Evidence {
            r#in: relation.context().map(Node::id),
            since: relation.since(),
            until: relation.until(),
            basis: relation.basis(),
            confidence: relation.confidence(),
            note: relation.note(),
            sources: relation.sources().collect(),
            layer: relation.layer(),
            inherited_from: relation.inherited_from().map(Node::id),
        }
    }
}

impl<'g> From<Denial<'g>> for Evidence<'g> {
    fn from(denial: Denial<'g>) -> Self {
        Evidence {
            r#in: denial.context().map(Node::id),
            since: denial.since(),
            until: denial.until(),
            basis: denial.basis(),
            confidence: denial.confidence(),
            note: denial.note(),
            sources: denial.sources().collect(),
            layer: denial.layer(),
            inherited_from: None,
        }
    }
}

/// A relation between two nodes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RelationView<'g> {
    /// The id of its kind.
    pub kind: &'g str,
    /// The id of what it starts from.
    pub from: &'g str,
    /// The id of what it leads to.
    pub to: &'g str,
    /// What it says and who says so.
    #[serde(flatten)]
    pub evidence: Evidence<'g>,
    /// Whether it follows from other statements and stands in no file.
    pub derived: bool,
}

impl<'g> From<Relation<'g>> for RelationView<'g> {
    fn from(relation: Relation<'g>) -> Self {
        RelationView {
            kind: relation.kind().id(),
            from: relation.from().id(),
            to: relation.to().id(),
            evidence: relation.into(),
            derived: relation.is_derived(),
        }
    }
}

/// A relation as a hop of a route uses it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UsedRelation<'g> {
    /// The id of its kind.
    pub kind: &'g str,
    /// Whether the hop goes with it or against it.
    pub direction: Direction,
    /// What it says and who says so.
    #[serde(flatten)]
    pub evidence: Evidence<'g>,
}

/// A kind of relation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RelationKindView<'g> {
    /// Its id.
    pub id: &'g str,
    /// What it is called when read forwards.
    pub name: &'g Text,
    /// What it is called when read backwards.
    pub inverse: &'g Text,
    /// What it is called in a table; its name where it has no shorter label.
    pub short: &'g Text,
    /// What sort of thing it says.
    pub class: Class,
    /// The kinds of node it may start from; any where empty.
    pub from: &'g [NodeKind],
    /// The kinds of node it may lead to; any where empty.
    pub to: &'g [NodeKind],
    /// How a route may use it.
    pub traverse: Traverse,
}

impl<'g> From<RelationKind<'g>> for RelationKindView<'g> {
    fn from(kind: RelationKind<'g>) -> Self {
        RelationKindView {
            id: kind.id(),
            name: kind.name(),
            inverse: kind.inverse(),
            short: kind.short_text(),
            class: kind.class(),
            from: kind.from(),
            to: kind.to(),
            traverse: kind.traverse(),
        }
    }
}

/// A document that statements cite.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceView<'g> {
    /// Its id.
    pub id: &'g str,
    /// Its title, in its own language.
    pub title: Option<&'g str>,
    /// Who published it.
    pub publisher: Option<&'g str>,
    /// When.
    pub date: Option<Date>,
    /// Its language, as an ISO 639-1 code.
    pub language: Option<&'g str>,
    /// Where to find it.
    pub url: Option<&'g str>,
    /// A remark.
    pub note: &'g Text,
    /// Its lines that are headings only.
    pub headings: &'g [String],
}

impl<'g> From<Source<'g>> for SourceView<'g> {
    fn from(source: Source<'g>) -> Self {
        let record = source.record();
        SourceView {
            id: source.id(),
            title: record.title.as_deref(),
            publisher: record.publisher.as_deref(),
            date: record.date,
            language: record.language.as_deref(),
            url: record.url.as_deref(),
            note: &record.note,
            headings: &record.headings,
        }
    }
}
