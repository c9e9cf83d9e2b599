//! Figures of two networks: of all nodes, and of organizations.
//!
//! A [`Network`] links any nodes that a relation joins, whatever its kind, its direction and the
//! number of such relations. An [`ActorNetwork`] links organizations of which one reaches the other
//! without a third in between. The caller decides which nodes and relations count, and explains the
//! figures to the reader.
//!
//! A node of a network is identified by its index in the list of nodes that the network was made
//! of.

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

/// The connected components of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    /// The number of the component of each node; components are numbered in the order of their
    /// first nodes.
    pub of: Vec<u32>,
    /// The number of nodes of each component.
    pub sizes: Vec<usize>,
}

impl Network {
    /// Creates the network of `nodes`, linked by those of `relations` that a route may take in
    /// either direction.
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

    /// Returns the number of links.
    pub fn link_count(&self) -> usize {
        self.links.count() / 2
    }

    /// Returns the number of other nodes that a node is linked to.
    pub fn degree(&self, node: usize) -> usize {
        self.links.degree(node as u32)
    }

    /// Returns the number of relations from a node that link it to others.
    pub fn outgoing(&self, node: usize) -> usize {
        self.outgoing[node] as usize
    }

    /// Returns the number of relations to a node that link it to others.
    pub fn incoming(&self, node: usize) -> usize {
        self.incoming[node] as usize
    }

    /// Returns the connected components. O(nodes + links), by [`petgraph`]'s union-find.
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

    /// Returns the articulation points (cut vertices) in ascending order: the nodes whose removal
    /// would leave more connected components. O(nodes + links).
    pub fn articulation_points(&self) -> Vec<usize> {
        self.links.articulation_points().into_iter().map(|node| node as usize).collect()
    }

    /// Returns the betweenness of each node; see [`Betweenness`]. Follows at most about `steps`
    /// links, and estimates where exact figures would take more. `components` must be those of this
    /// network.
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
