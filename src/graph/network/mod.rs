//! Who is joined to whom, in figures.
//!
//! Owns two networks and what can be counted in them. A [`Network`] joins any nodes, forgetting
//! kinds, directions and how often two are tied. [`ActorNetwork`] are organizations, tied where one reaches
//! another with no third in between. Which nodes and relations count is decided by who asks; what the
//! figures mean to a reader is told elsewhere.
//!
//! A node of a network is its place: its index in the list that the network was made of.

mod actors;
mod betweenness;
mod brokerage;
mod links;

use petgraph::unionfind::UnionFind;

use super::ways::Ways;
use super::{Direction, Node, Relation};

pub use actors::{ActorNetwork, TooMany};
pub use betweenness::{Betweenness, MOST_STEPS};
pub use brokerage::Brokerage;

use links::Links;

/// Stands for a node that is not in a network.
const NOWHERE: u32 = u32::MAX;

/// An undirected network without loops: two nodes are linked where at least one relation joins them.
pub struct Network {
    links: Links,
    outgoing: Vec<u32>,
    incoming: Vec<u32>,
}

/// The parts of a network that hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    /// For each node, its part: parts are numbered in the order of their first nodes.
    pub of: Vec<u32>,
    /// For each part, how many nodes it has.
    pub sizes: Vec<usize>,
}

impl Network {
    /// Joins `nodes` by those of `relations` that a route may take, in whichever direction.
    ///
    /// O(nodes + relations · log relations).
    pub fn new<'g>(nodes: &[Node<'g>], relations: &[Relation<'g>], ways: &Ways<'g>) -> Self {
        let places = places(nodes);
        let place = |node: Node| places.get(node.index as usize).copied().unwrap_or(NOWHERE);
        let mut outgoing = vec![0; nodes.len()];
        let mut incoming = vec![0; nodes.len()];
        let mut pairs = Vec::new();
        for relation in relations {
            let ends = [relation.from(), relation.to()].map(place);
            let [from, to] = ends;
            if from != to && !ends.contains(&NOWHERE) && is_followed(*relation, ways) {
                outgoing[from as usize] += 1;
                incoming[to as usize] += 1;
                pairs.push((from, to));
            }
        }
        Network { links: Links::both_ways(nodes.len(), pairs), outgoing, incoming }
    }

    /// How many pairs of nodes are linked.
    pub fn link_count(&self) -> usize {
        self.links.count() / 2
    }

    /// How many other nodes a node is linked to.
    pub fn degree(&self, node: usize) -> usize {
        self.links.degree(node as u32)
    }

    /// How many relations that link start at a node.
    pub fn outgoing(&self, node: usize) -> usize {
        self.outgoing[node] as usize
    }

    /// How many relations that link lead to a node.
    pub fn incoming(&self, node: usize) -> usize {
        self.incoming[node] as usize
    }

    /// The parts that hang together. O(nodes + links), by [`petgraph`]'s union-find.
    pub fn components(&self) -> Components {
        let mut sets = UnionFind::<u32>::new(self.links.size());
        for (from, to) in self.links.pairs() {
            sets.union(from, to);
        }
        let labels = sets.into_labeling();
        let mut number = vec![NOWHERE; labels.len()];
        let mut components = Components { of: Vec::with_capacity(labels.len()), sizes: Vec::new() };
        for label in labels {
            let number = &mut number[label as usize];
            if *number == NOWHERE {
                *number = components.sizes.len() as u32;
                components.sizes.push(0);
            }
            components.of.push(*number);
            components.sizes[*number as usize] += 1;
        }
        components
    }

    /// The nodes without which some others would no longer hang together, ascending: the
    /// articulation points, or cut vertices. O(nodes + links).
    pub fn articulation_points(&self) -> Vec<usize> {
        self.links.articulation_points().into_iter().map(|node| node as usize).collect()
    }

    /// For each node the share of shortest ways between others that pass through it; see
    /// [`Betweenness`]. Follows at most about `steps` links, and estimates where exact figures would
    /// take more. `components` are those of this network.
    pub fn betweenness(&self, components: &Components, steps: u64) -> Betweenness {
        Betweenness::new(&self.links, components, steps)
    }
}

/// For each node of the graph, its place among `nodes`; empty where there are none.
fn places(nodes: &[Node]) -> Vec<u32> {
    let count = nodes.first().map_or(0, |node| node.graph.node_count());
    let mut places = vec![NOWHERE; count];
    for (place, node) in (0..).zip(nodes) {
        places[node.index as usize] = place;
    }
    places
}

/// Whether a route may take a relation in either direction.
fn is_followed<'g>(relation: Relation<'g>, ways: &Ways<'g>) -> bool {
    ways.allows(relation, Direction::Forward) || ways.allows(relation, Direction::Backward)
}
