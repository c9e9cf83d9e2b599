//! All that the atlas says of a node.

use schemars::JsonSchema;
use serde::Serialize;

use super::tie::{Tie, TieDirection};
use crate::graph::{Denial, Node, Profile};
use crate::model::{Claim, Event, Indicator, Note};

/// All that the atlas says of a node.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Portrait<'g> {
    /// The node.
    #[serde(skip)]
    pub node: Node<'g>,
    /// What its record says.
    #[serde(flatten)]
    pub profile: Profile<'g>,
    /// Figures that sources give.
    pub indicators: &'g [Indicator],
    /// What sources claim, quoted.
    pub claims: &'g [Claim],
    /// Remarks with their basis.
    pub notes: &'g [Note],
    /// What happened to it.
    pub events: &'g [Event],
    /// The contextual roles R@X whose context X is this node, and who plays them.
    pub cast: Vec<Cast<'g>>,
    /// Its relations in both directions: those that start at it, then those that lead to it, the kinds
    /// in the order of the vocabulary.
    #[serde(rename = "relations")]
    pub ties: Vec<Tie<'g>>,
    /// Statements that it has no relation of a kind.
    pub denials: Vec<Denied<'g>>,
}

/// A role in the context of a node, and who plays it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cast<'g> {
    /// The contextual role.
    pub role: Node<'g>,
    /// Who plays it; empty where the atlas names nobody.
    pub players: Vec<Tie<'g>>,
}

/// A statement that a node has no relation of a kind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Denied<'g> {
    /// Whether the node has no such relation to others (`out`), or none leads to it (`in`).
    pub direction: TieDirection,
    /// The denial.
    #[serde(flatten)]
    pub denial: Denial<'g>,
}

impl<'g> From<Denial<'g>> for Denied<'g> {
    fn from(denial: Denial<'g>) -> Self {
        Denied {
            direction: if denial.lacks_from() { TieDirection::In } else { TieDirection::Out },
            denial,
        }
    }
}

/// Collects all that the atlas says about a node; O(d log d + denials) for d relations.
pub fn show(node: Node<'_>) -> Portrait<'_> {
    let record = node.record();
    let mut ties: Vec<Tie> =
        node.outgoing().map(Tie::out).chain(node.incoming().map(Tie::into)).collect();
    ties.sort_by_key(|it| (it.direction, it.relation.kind().index(), it.relation.index()));
    let cast = node
        .contextual_roles()
        .map(|role| Cast { role, players: role.played_by().map(Tie::into).collect() });
    let denials = node.graph().denials().filter(|denial| denial.node() == node);
    Portrait {
        node,
        profile: node.into(),
        indicators: &record.indicators,
        claims: &record.claims,
        notes: &record.notes,
        events: &record.events,
        cast: cast.collect(),
        ties,
        denials: denials.map(Denied::from).collect(),
    }
}
