//! Nodes, relations and the rest as they are handed to scripts: the JSON contract.
//!
//! Ids and keys never depend on a language, and every language is carried. A field that does not
//! apply or is not known is `null` or empty, never absent.

use schemars::JsonSchema;
use serde::Serialize;

use crate::graph::{Denial, Node, Relation};
use crate::model::{Basis, Confidence, Date, NodeKind, Text};

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

/// Who plays a role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Player<'g> {
    /// The player.
    pub node: NodeName<'g>,
    /// What says so.
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
