//! The JSON of nodes, relations and denials, one shape for each wherever it appears.
//!
//! Ids and keys never depend on a language, and every language is carried. A field that does not
//! apply or is not known is `null` or empty, never absent.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Addition, Denial, Node, Relation, RelationKind, Source};
use crate::model::{
    Basis, Class, Confidence, Date, Event, Location, NodeKind, SourceRecord, Status, Text, Traverse,
};

/// Lets a handle serialize as a shape that is made from it.
macro_rules! serialize_as {
    ($($handle:ident => $shape:ty;)*) => {$(
        impl serde::Serialize for $handle<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$shape>::from(*self).serialize(serializer)
            }
        }

        impl schemars::JsonSchema for $handle<'_> {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($handle).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$shape>::json_schema(generator)
            }
        }
    )*};
}

pub(crate) use serialize_as;

serialize_as! {
    Node => NodeShape;
    Relation => RelationShape;
    Denial => DenialShape;
    RelationKind => RelationKindShape;
    Source => &SourceRecord;
}

/// A node as an answer names it.
#[derive(Serialize, JsonSchema)]
struct NodeShape<'g> {
    /// The id; `R@X` for a contextual role.
    id: &'g str,
    /// The kind of node.
    kind: NodeKind,
    /// The name.
    name: &'g Text,
}

impl<'g> From<Node<'g>> for NodeShape<'g> {
    fn from(node: Node<'g>) -> Self {
        NodeShape { id: node.id(), kind: node.kind(), name: &node.record().name }
    }
}

/// A node with what its record says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Profile<'g> {
    /// The id; `R@X` for a contextual role.
    pub id: &'g str,
    /// The kind of node.
    pub kind: NodeKind,
    /// The type of region, organization or program.
    pub r#type: Option<&'g str>,
    /// The name.
    pub name: &'g Text,
    /// Other names, in any language.
    pub aliases: Vec<&'g str>,
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
    pub identifiers: BTreeMap<&'g str, &'g str>,
    /// A point on the globe.
    pub location: Option<Location>,
    /// When it began.
    pub since: Option<Date>,
    /// When it ended.
    pub until: Option<Date>,
    /// `planned` where it is only announced.
    pub status: Option<Status>,
    /// With a date asked for: the last merger or acquisition up to then, where no other node is
    /// known to have taken the place of this one.
    pub takeover: Option<&'g Event>,
    /// The basis of the node: stated, inferred or curated.
    pub basis: Basis,
    /// How sure an inference is.
    pub confidence: Option<Confidence>,
    /// The citations, each `source` or `source:locator`.
    pub sources: Vec<&'g str>,
    /// The layer that its record stands in, counted from 0 in the order of `--data`.
    pub layer: u16,
    /// What of the above later layers add, with a basis and sources of their own.
    pub additions: Vec<AdditionShape<'g>>,
}

/// What the record of a later layer adds to a node.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AdditionShape<'g> {
    /// The names that it adds.
    pub aliases: &'g [String],
    /// The web address that it adds.
    pub website: Option<&'g str>,
    /// The identifiers that it adds, by registry.
    pub identifiers: &'g BTreeMap<String, String>,
    /// The point that it adds.
    pub location: Option<Location>,
    /// The basis: stated, inferred or curated.
    pub basis: Basis,
    /// How sure an inference is.
    pub confidence: Option<Confidence>,
    /// The citations, each `source` or `source:locator`.
    pub sources: Vec<&'g str>,
    /// The layer that it stands in, counted from 0 in the order of `--data`.
    pub layer: u16,
}

impl<'g> From<&'g Addition> for AdditionShape<'g> {
    fn from(addition: &'g Addition) -> Self {
        AdditionShape {
            aliases: &addition.aliases,
            website: addition.website.as_deref(),
            identifiers: &addition.identifiers,
            location: addition.location,
            basis: addition.basis,
            confidence: addition.confidence,
            sources: addition.citations().collect(),
            layer: addition.layer,
        }
    }
}

impl<'g> From<Node<'g>> for Profile<'g> {
    fn from(node: Node<'g>) -> Self {
        let record = node.record();
        Profile {
            id: node.id(),
            kind: node.kind(),
            r#type: record.r#type.as_deref(),
            name: &record.name,
            aliases: node.aliases(),
            region: node.region().map(Node::id),
            within: node.within().map(Node::id).collect(),
            part_of: node.part_of().map(Node::id).collect(),
            specializes: node.generic().map(Node::id),
            r#in: node.context().map(Node::id),
            roles: node.roles().map(Node::id).collect(),
            stages: node.stages().map(Node::id).collect(),
            summary: &record.summary,
            website: node.website(),
            identifiers: node.identifiers(),
            location: node.location(),
            since: record.since,
            until: record.until,
            status: record.status,
            takeover: node.takeover(),
            basis: record.basis,
            confidence: record.confidence.map(|confidence| confidence.value),
            sources: node.sources().collect(),
            layer: node.layer(),
            additions: node.additions().map(AdditionShape::from).collect(),
        }
    }
}

/// A relation between two nodes.
#[derive(Serialize, JsonSchema)]
struct RelationShape<'g> {
    /// The id of its kind.
    kind: &'g str,
    /// The id of the node at which it starts.
    from: &'g str,
    /// The id of the node at which it ends.
    to: &'g str,
    #[serde(flatten)]
    said: Said<'g>,
    /// Whether it follows from other statements and stands in no file.
    derived: bool,
    /// The id of the role R, where a contextual role R@X inherits the relation from R.
    inherited_from: Option<&'g str>,
}

/// A denial: a statement that a node has no relation of a kind.
#[derive(Serialize, JsonSchema)]
struct DenialShape<'g> {
    /// The id of the kind of relation.
    kind: &'g str,
    /// The id of the node that has no such relation to any other; `null` where none leads to `to`.
    from: Option<&'g str>,
    /// The id of the node to which no such relation leads; `null` where `from` has none.
    to: Option<&'g str>,
    #[serde(flatten)]
    said: Said<'g>,
}

/// The fields that relations and denials share.
#[derive(Serialize, JsonSchema)]
struct Said<'g> {
    /// The id of the region or program that it holds in.
    r#in: Option<&'g str>,
    /// When it began.
    since: Option<Date>,
    /// When it ended.
    until: Option<Date>,
    /// `planned` where it is only announced.
    status: Option<Status>,
    /// Whether its source leaves the list that it stands in open: more are meant than named.
    open: bool,
    /// The basis: stated, inferred or curated.
    basis: Basis,
    /// How sure an inference is.
    confidence: Option<Confidence>,
    /// A remark.
    note: &'g Text,
    /// The citations, each `source` or `source:locator`.
    sources: Vec<&'g str>,
    /// The layer that it stands in, counted from 0 in the order of `--data`.
    layer: u16,
}

/// Relations and denials have the same methods for these.
macro_rules! said {
    ($statement:expr) => {
        Said {
            r#in: $statement.context().map(Node::id),
            since: $statement.since(),
            until: $statement.until(),
            status: $statement.status(),
            open: $statement.is_open(),
            basis: $statement.basis(),
            confidence: $statement.confidence(),
            note: $statement.note(),
            sources: $statement.sources().collect(),
            layer: $statement.layer(),
        }
    };
}

impl<'g> From<Relation<'g>> for RelationShape<'g> {
    fn from(relation: Relation<'g>) -> Self {
        RelationShape {
            kind: relation.kind().id(),
            from: relation.from().id(),
            to: relation.to().id(),
            said: said!(relation),
            derived: relation.is_derived(),
            inherited_from: relation.inherited_from().map(Node::id),
        }
    }
}

impl<'g> From<Denial<'g>> for DenialShape<'g> {
    fn from(denial: Denial<'g>) -> Self {
        let end = denial.node().id();
        let (from, to) = match denial.lacks_from() {
            true => (None, Some(end)),
            false => (Some(end), None),
        };
        DenialShape { kind: denial.kind().id(), from, to, said: said!(denial) }
    }
}

/// A kind of relation.
#[derive(Serialize, JsonSchema)]
struct RelationKindShape<'g> {
    /// Its id.
    id: &'g str,
    /// The name, as read from `from` to `to`.
    name: &'g Text,
    /// The name, as read from `to` to `from`.
    inverse: &'g Text,
    /// The short label for tables; the name where it has none.
    short: &'g Text,
    /// The class of the kind.
    class: Class,
    /// The kinds of node at which it may start; any kind where empty.
    from: &'g [NodeKind],
    /// The kinds of node at which it may end; any kind where empty.
    to: &'g [NodeKind],
    /// In which directions a route may use it.
    traverse: Traverse,
}

impl<'g> From<RelationKind<'g>> for RelationKindShape<'g> {
    fn from(kind: RelationKind<'g>) -> Self {
        RelationKindShape {
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

impl<'g> From<Source<'g>> for &'g SourceRecord {
    fn from(source: Source<'g>) -> Self {
        source.record()
    }
}

/// Serializes a node as its id alone.
///
/// # Errors
/// Where the serializer has one.
pub fn id<S: Serializer>(node: &Node, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(node.id())
}

/// Serializes nodes as their ids alone.
///
/// # Errors
/// Where the serializer has one.
pub fn ids<'n, 'g: 'n, S: Serializer>(
    nodes: impl IntoIterator<Item = &'n Node<'g>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(nodes.into_iter().map(|node| node.id()))
}

/// Serializes an optional node as its id alone, or `null`.
///
/// # Errors
/// Where the serializer has one.
pub fn maybe_id<S: Serializer>(node: &Option<Node>, serializer: S) -> Result<S::Ok, S::Error> {
    node.map(Node::id).serialize(serializer)
}

/// Serializes a kind of relation as its id alone.
///
/// # Errors
/// Where the serializer has one.
pub fn kind_id<S: Serializer>(kind: &RelationKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.id())
}

/// Serializes a node as its id alone, none as `null`.
///
/// # Errors
/// Those of the serializer.
pub fn id_or_null<S: Serializer>(node: &Option<Node>, serializer: S) -> Result<S::Ok, S::Error> {
    node.map(Node::id).serialize(serializer)
}

/// Serializes what a later layer adds.
///
/// # Errors
/// Those of the serializer.
pub fn addition<S: Serializer>(addition: &&Addition, serializer: S) -> Result<S::Ok, S::Error> {
    AdditionShape::from(*addition).serialize(serializer)
}
