//! All that the atlas says of a node.

use super::view::{Cast, Denied, EventView, NodeDetails, Player, Side, Tie};
use crate::graph::{Denial, Node, Relation};

/// A node with all of its relations, grouped by kind: those that start at it, then those that lead to it.
#[derive(Debug)]
pub struct Portrait<'g> {
    /// The node.
    pub node: Node<'g>,
    /// Its relations; the kinds in the order of the vocabulary.
    pub ties: Vec<(Side, Relation<'g>)>,
}

/// Gathers what there is on a node; O(d log d) for d relations.
pub fn show(node: Node<'_>) -> Portrait<'_> {
    let out = node.outgoing().map(|relation| (Side::Out, relation));
    let mut ties: Vec<_> =
        out.chain(node.incoming().map(|relation| (Side::In, relation))).collect();
    ties.sort_by_key(|(side, relation)| {
        (*side == Side::In, relation.kind().index(), relation.index())
    });
    Portrait { node, ties }
}

impl<'g> Portrait<'g> {
    /// The roles of which the node is the context, each with the relations by which others play it.
    pub fn cast(&self) -> impl Iterator<Item = (Node<'g>, Vec<Relation<'g>>)> {
        self.node.contextual_roles().map(|role| (role, role.played_by().collect()))
    }

    /// What sources say that the node has no relation of. O(denials).
    pub fn denials(&self) -> impl Iterator<Item = Denial<'g>> {
        self.node.graph().denials().filter(|denial| denial.node() == self.node)
    }

    /// What it all amounts to, for scripts.
    pub fn details(&self) -> NodeDetails<'g> {
        let record = self.node.record();
        NodeDetails {
            node: self.node.into(),
            indicators: &record.indicators,
            claims: &record.claims,
            notes: &record.notes,
            events: record.events.iter().map(EventView::from).collect(),
            cast: self.cast().map(|(role, players)| cast(role, &players)).collect(),
            relations: self.ties.iter().map(|(side, relation)| tie(*side, *relation)).collect(),
            denials: self.denials().map(Denied::from).collect(),
        }
    }
}

/// The node at the other end of a relation.
pub fn other_end<'g>(side: Side, relation: Relation<'g>) -> Node<'g> {
    match side {
        Side::Out => relation.to(),
        Side::In => relation.from(),
    }
}

fn tie<'g>(side: Side, relation: Relation<'g>) -> Tie<'g> {
    Tie {
        kind: relation.kind().id(),
        direction: side,
        node: other_end(side, relation).into(),
        evidence: relation.into(),
    }
}

fn cast<'g>(role: Node<'g>, players: &[Relation<'g>]) -> Cast<'g> {
    let player = |relation: &Relation<'g>| Player {
        node: relation.from().into(),
        evidence: (*relation).into(),
    };
    Cast { role: role.into(), players: players.iter().map(player).collect() }
}
