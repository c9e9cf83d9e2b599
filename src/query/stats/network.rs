//! Connected components, articulation points and betweenness of the selected nodes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::ranked;
use crate::graph::network::{MOST_STEPS, Network};
use crate::graph::ways::Ways;
use crate::graph::{Node, Relation};

/// The network of the selected nodes: two are linked where at least one selected relation joins them
/// that a route may follow, in whichever direction.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NetworkFigures<'g> {
    /// How many nodes it has: all that are selected.
    pub nodes: usize,
    /// How many pairs of nodes are linked.
    pub links: usize,
    /// The number of connected components, single nodes included.
    pub components: usize,
    /// The number of nodes of the largest component.
    pub largest: usize,
    /// The number of nodes without links.
    pub isolated: usize,
    /// The number of components of each size, the largest first.
    pub sizes: Vec<Part>,
    /// Where betweenness is an estimate, the number of searches that it rests on; null where exact.
    pub pivots: Option<usize>,
    /// The nodes whose removal would leave more components.
    pub articulation_points: Vec<Node<'g>>,
    /// The nodes of greatest betweenness, the greatest first.
    pub top: Vec<Position<'g>>,
}

/// The number of components of one size.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Part {
    /// The number of nodes of each.
    pub nodes: usize,
    /// The number of such components.
    pub components: usize,
}

/// A node's position in the network.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Position<'g> {
    /// The node.
    pub node: Node<'g>,
    /// How many other nodes it is linked to.
    pub degree: usize,
    /// How many of the relations that link start at it.
    pub out: usize,
    /// How many lead to it.
    pub r#in: usize,
    /// The share of shortest ways between others that pass through it, from 0 to 1.
    pub betweenness: f64,
    /// Whether its removal would leave more components.
    pub articulation: bool,
}

/// Digits after the point to which shares are told apart when they are ranked; what lies below is
/// the noise of floating-point sums.
const DIGITS: f64 = 1e12;

pub(super) fn network<'g>(
    nodes: &[Node<'g>],
    relations: &[Relation<'g>],
    ways: &Ways<'g>,
    top: usize,
) -> NetworkFigures<'g> {
    let network = Network::new(nodes, relations, ways);
    let components = network.components();
    let betweenness = network.betweenness(&components, MOST_STEPS);
    let articulation_points = network.articulation_points();
    let rank = |node: usize| (betweenness.shares[node] * DIGITS).round() as u64;
    let position = |node: usize| Position {
        node: nodes[node],
        degree: network.degree(node),
        out: network.outgoing(node),
        r#in: network.incoming(node),
        betweenness: betweenness.shares[node],
        articulation: articulation_points.binary_search(&node).is_ok(),
    };
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for size in &components.sizes {
        *sizes.entry(*size).or_default() += 1;
    }
    let sizes = sizes.into_iter().rev();
    NetworkFigures {
        nodes: nodes.len(),
        links: network.link_count(),
        components: components.sizes.len(),
        largest: components.sizes.iter().copied().max().unwrap_or(0),
        isolated: components.sizes.iter().filter(|size| **size == 1).count(),
        sizes: sizes.map(|(nodes, components)| Part { nodes, components }).collect(),
        pivots: betweenness.pivots,
        articulation_points: articulation_points.iter().map(|node| nodes[*node]).collect(),
        top: ranked(nodes.len(), top, rank).into_iter().map(position).collect(),
    }
}
