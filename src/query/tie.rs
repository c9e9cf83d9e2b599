//! A relation as one of its ends sees it.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::graph::{Direction, Node, Relation};

/// Which side of a relation a node is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TieDirection {
    /// The relation starts at the node.
    Out,
    /// The relation leads to the node.
    In,
}

impl From<TieDirection> for Direction {
    /// How the relation is read from this side.
    fn from(side: TieDirection) -> Self {
        match side {
            TieDirection::Out => Direction::Forward,
            TieDirection::In => Direction::Backward,
        }
    }
}

/// A relation as one of its ends sees it.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Tie<'g> {
    /// Whether it starts here or leads here.
    pub direction: TieDirection,
    /// The node at the other end.
    pub node: Node<'g>,
    /// The relation.
    #[serde(flatten)]
    pub relation: Relation<'g>,
}

impl<'g> Tie<'g> {
    /// Returns the relation as its beginning sees it.
    pub fn out(relation: Relation<'g>) -> Self {
        Tie { direction: TieDirection::Out, node: relation.to(), relation }
    }

    /// Returns the relation as its end sees it.
    pub fn into(relation: Relation<'g>) -> Self {
        Tie { direction: TieDirection::In, node: relation.from(), relation }
    }
}

/// Serializes relations as their ends see them, for lists of who leads to one node.
///
/// # Errors
/// Where the serializer has one.
pub fn ties_into<S: Serializer>(relations: &[Relation], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(relations.iter().map(|it| Tie::into(*it)))
}
