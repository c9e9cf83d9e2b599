//! A set of nodes of one graph.

use std::fmt;
use std::ops::{BitAnd, BitOr, Sub};

use fixedbitset::FixedBitSet;

use super::{Graph, Node};

/// A set of nodes of one graph, a bit for each node of it.
///
/// Iteration follows the order of the atlas and takes O(nodes / 64 + members). `contains` and
/// `insert` take O(1), all other operations O(nodes / 64).
#[derive(Clone)]
pub struct NodeSet<'g> {
    graph: &'g Graph,
    bits: FixedBitSet,
}

impl<'g> NodeSet<'g> {
    /// Returns an empty set of nodes of a graph.
    pub fn new(graph: &'g Graph) -> Self {
        NodeSet { graph, bits: FixedBitSet::with_capacity(graph.node_count()) }
    }

    /// Collects nodes of a graph.
    pub fn of(graph: &'g Graph, nodes: impl IntoIterator<Item = Node<'g>>) -> Self {
        let mut set = NodeSet::new(graph);
        set.extend(nodes);
        set
    }

    /// Adds a node; returns whether it is new.
    pub fn insert(&mut self, node: Node<'g>) -> bool {
        !self.bits.put(node.index as usize)
    }

    /// Returns whether a node is in the set.
    pub fn contains(&self, node: Node<'g>) -> bool {
        self.bits.contains(node.index as usize)
    }

    /// Keeps the nodes that satisfy a test.
    pub fn retain(&mut self, test: impl Fn(Node<'g>) -> bool) {
        let lost: Vec<Node> = self.iter().filter(|node| !test(*node)).collect();
        lost.iter().for_each(|node| self.bits.remove(node.index as usize));
    }

    /// Returns its nodes, in the order of the atlas.
    pub fn iter(&self) -> impl Iterator<Item = Node<'g>> {
        let graph = self.graph;
        self.bits.ones().map(move |index| graph.node_at(index as u32))
    }

    /// Returns the number of its nodes.
    pub fn len(&self) -> usize {
        self.bits.count_ones(..)
    }

    /// Returns whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.bits.is_clear()
    }

    /// Returns whether all nodes of this set are in another set too.
    pub fn is_subset(&self, other: &NodeSet<'g>) -> bool {
        self.bits.is_subset(&other.bits)
    }
}

impl<'g> Extend<Node<'g>> for NodeSet<'g> {
    fn extend<I: IntoIterator<Item = Node<'g>>>(&mut self, nodes: I) {
        for node in nodes {
            self.insert(node);
        }
    }
}

/// The nodes in either set.
impl<'g> BitOr for &NodeSet<'g> {
    type Output = NodeSet<'g>;
    fn bitor(self, other: &NodeSet<'g>) -> NodeSet<'g> {
        NodeSet { graph: self.graph, bits: &self.bits | &other.bits }
    }
}

/// The nodes in both sets.
impl<'g> BitAnd for &NodeSet<'g> {
    type Output = NodeSet<'g>;
    fn bitand(self, other: &NodeSet<'g>) -> NodeSet<'g> {
        NodeSet { graph: self.graph, bits: &self.bits & &other.bits }
    }
}

/// The nodes in the first set alone.
impl<'g> Sub for &NodeSet<'g> {
    type Output = NodeSet<'g>;
    fn sub(self, other: &NodeSet<'g>) -> NodeSet<'g> {
        let mut bits = self.bits.clone();
        bits.difference_with(&other.bits);
        NodeSet { graph: self.graph, bits }
    }
}

impl PartialEq for NodeSet<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.bits == other.bits
    }
}

impl Eq for NodeSet<'_> {}

impl fmt::Debug for NodeSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
