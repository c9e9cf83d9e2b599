//! An adjacency list, which the figures are computed on.

use petgraph::Directed;
use petgraph::csr::Csr;
use rayon::prelude::*;

/// The neighbours of each node, each once, in ascending order, without the node itself.
///
/// Nodes are numbered from 0 to [`Self::size`] exclusive.
pub(super) struct Links(Csr<(), (), Directed, u32>);

impl Links {
    /// Creates the list from pairs (from, to); O(pairs · log pairs).
    pub(super) fn new(size: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.retain(|(from, to)| from != to);
        pairs.par_sort_unstable();
        pairs.dedup();
        let mut links =
            Csr::from_sorted_edges(&pairs).expect("they are sorted, and none stands twice");
        while links.node_count() < size {
            links.add_node(());
        }
        Links(links)
    }

    /// Creates the list from pairs, each taken in both directions; O(pairs · log pairs).
    pub(super) fn both_ways(size: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        let there = pairs.len();
        pairs.reserve(there);
        for at in 0..there {
            let (from, to) = pairs[at];
            pairs.push((to, from));
        }
        Links::new(size, pairs)
    }

    /// Returns the number of nodes.
    pub(super) fn size(&self) -> usize {
        self.0.node_count()
    }

    /// Returns the number of pairs.
    pub(super) fn count(&self) -> usize {
        self.0.edge_count()
    }

    /// Returns the nodes that a node leads to.
    pub(super) fn of(&self, node: u32) -> &[u32] {
        self.0.neighbors_slice(node)
    }

    /// Returns whether a node leads to another.
    pub(super) fn has(&self, from: u32, to: u32) -> bool {
        self.of(from).binary_search(&to).is_ok()
    }

    /// Returns the number of nodes that a node leads to.
    pub(super) fn degree(&self, node: u32) -> usize {
        self.of(node).len()
    }

    /// Returns all nodes.
    pub(super) fn nodes(&self) -> std::ops::Range<u32> {
        0..self.size() as u32
    }

    /// Returns all pairs.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.nodes().flat_map(|from| self.of(from).iter().map(move |to| (from, *to)))
    }

    /// Returns the articulation points in ascending order: the nodes whose removal would leave more
    /// connected components.
    ///
    /// [`petgraph`]'s articulation points (Hopcroft and Tarjan, Communications of the ACM 16, 1973),
    /// which keep their stack on the heap; for links in both directions. O(nodes + links).
    pub(super) fn articulation_points(&self) -> Vec<u32> {
        let found = petgraph::algo::articulation_points::articulation_points(&self.0);
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_overflows_no_stack() {
        let last = 199_999;
        let path = Links::both_ways(last as usize + 1, (0..last).map(|at| (at, at + 1)).collect());
        assert_eq!(path.count(), 2 * last as usize);
        assert!(path.articulation_points().into_iter().eq(1..last));
    }

    #[test]
    fn links_are_kept_once_and_in_order() {
        let links = Links::both_ways(5, vec![(3, 1), (1, 3), (1, 1), (1, 0), (1, 0)]);
        let all: Vec<&[u32]> = links.nodes().map(|node| links.of(node)).collect();
        assert_eq!(all, [&[1][..], &[0, 3], &[], &[1], &[]]);
        assert!(links.has(3, 1) && !links.has(3, 0));
    }
}
