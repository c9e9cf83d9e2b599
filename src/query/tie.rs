//! A relation, seen from one of its ends.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::graph::{Direction, Node, Relation};

/// Whether a relation starts or ends at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TieDirection {
    /// The relation starts at the node.
    Out,
    /// The relation ends at the node.
    In,
}

impl From<TieDirection> for Direction {
    /// Returns the direction in which the relation is read from this end.
    fn from(side: TieDirection) -> Self {
        match side {
            TieDirection::Out => Direction::Forward,
            TieDirection::In => Direction::Backward,
        }
    }
}

/// A relation, seen from one of its ends.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Tie<'g> {
    /// Whether it starts or ends here.
    pub direction: TieDirection,
    /// The node at the other end.
    pub node: Node<'g>,
    /// The relation.
    #[serde(flatten)]
    pub relation: Relation<'g>,
}

impl<'g> Tie<'g> {
    /// Returns the relation as seen from its start.
    pub fn out(relation: Relation<'g>) -> Self {
        Tie { direction: TieDirection::Out, node: relation.to(), relation }
    }

    /// Returns the relation as seen from its end.
    pub fn into(relation: Relation<'g>) -> Self {
        Tie { direction: TieDirection::In, node: relation.from(), relation }
    }
}

/// Serializes relations as seen from their ends, for lists of relations to one node.
///
/// # Errors
/// Where the serializer has one.
pub fn ties_into<S: Serializer>(relations: &[Relation], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(relations.iter().map(|it| Tie::into(*it)))
}
