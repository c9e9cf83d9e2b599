//! The atlas in figures: what there is, who holds it together, and who stands between whom.
//!
//! Selects, counts and ranks; what a figure is, and how it is worked out, is
//! [`crate::graph::network`]'s.

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

/// Which figures are asked for.
pub struct Question<'g> {
    /// What they are of.
    pub selection: Selection<'g>,
    /// Relation kinds to follow beside what the vocabulary lets a route follow.
    pub follow: Vec<RelationKind<'g>>,
    /// How many nodes and how many brokers are ranked.
    pub top: usize,
}

/// The selected part of an atlas in figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer<'g> {
    /// How many nodes there are, and of what sort.
    pub nodes: NodeCounts<'g>,
    /// How many relations.
    pub relations: RelationCounts<'g>,
    /// What the relations that a route may follow hold together.
    pub network: NetworkFigures<'g>,
    /// Who leads from one organization to another; null where there are too many ties to tell.
    pub brokers: Option<Brokers<'g>>,
    /// Why there are no brokers, where there are none.
    #[serde(skip)]
    pub too_many_ties: Option<TooMany>,
}

impl Answer<'_> {
    /// Returns whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.nodes.count.total == 0 && self.relations.count.total == 0
    }
}

/// Works the figures out.
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
