//! The atlas in figures: counts, the network, and brokers.
//!
//! This module selects, counts and ranks; [`crate::graph::network`] defines and computes the
//! figures of the networks.

mod brokers;
mod counts;
mod network;

use schemars::JsonSchema;
use serde::Serialize;

use super::Selection;
use crate::graph::network::TooMany;
use crate::graph::ways::Ways;
use crate::graph::{Graph, Node, Relation, RelationKind};
use crate::model::NodeKind;

pub use brokers::{Broker, Brokers, Roles};
pub use counts::{
    BasisCount, Count, KindCount, LayerCount, NodeCounts, RelationCounts, RelationKindCount,
    TypeCount,
};
pub use network::{NetworkFigures, Part, Position};

/// The part of the atlas that figures are asked for, and how.
pub struct Question<'g> {
    /// The nodes and relations that are counted.
    pub selection: Selection<'g>,
    /// Relation kinds to follow beside what the vocabulary lets a route follow.
    pub follow: Vec<RelationKind<'g>>,
    /// The number of nodes and of brokers that are ranked.
    pub top: usize,
}

/// The selected part of an atlas in figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer<'g> {
    /// How many nodes there are, and of what sort.
    pub nodes: NodeCounts<'g>,
    /// How many relations.
    pub relations: RelationCounts<'g>,
    /// The network of the relations that a route may follow.
    pub network: NetworkFigures<'g>,
    /// Brokers; null where there are too many ties.
    pub brokers: Option<Brokers<'g>>,
    /// How many ties are too many, where there are no brokers.
    #[serde(skip)]
    pub too_many_ties: Option<TooMany>,
}

impl Answer<'_> {
    /// Returns whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.nodes.count.total == 0 && self.relations.count.total == 0
    }
}

/// Computes the figures.
///
/// Counts are linear in the atlas. Betweenness is estimated, and brokers are left out, where exact
/// figures would take more than about a second.
pub fn stats<'g>(graph: &'g Graph, question: &Question<'g>) -> Answer<'g> {
    let selection = &question.selection;
    let nodes: Vec<Node> = graph.nodes().filter(|node| selection.has_node(*node)).collect();
    let relations: Vec<Relation> =
        graph.relations().filter(|relation| selection.has_relation(*relation)).collect();
    let organizations: Vec<Node> =
        nodes.iter().copied().filter(|node| node.kind() == NodeKind::Organization).collect();
    let mut ways = Ways::new(graph);
    for kind in &question.follow {
        ways.follow(kind.index());
    }
    let brokers = brokers::brokers(graph, &organizations, &relations, &ways, question.top);
    Answer {
        nodes: counts::of_nodes(&nodes),
        relations: counts::of_relations(graph, &relations, &ways),
        network: network::network(&nodes, &relations, &ways, question.top),
        too_many_ties: brokers.as_ref().err().copied(),
        brokers: brokers.ok(),
    }
}

/// The first `top` of `0..size` by `rank`, the greatest first and equal ones in order.
fn ranked<R: Ord>(size: usize, top: usize, rank: impl Fn(usize) -> R) -> Vec<usize> {
    let mut places: Vec<usize> = (0..size).collect();
    places.sort_by_cached_key(|place| (std::cmp::Reverse(rank(*place)), *place));
    places.truncate(top);
    places
}
