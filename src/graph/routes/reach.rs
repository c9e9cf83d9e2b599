//! The number of hops from some nodes to all others.

use std::collections::HashMap;

use crate::graph::ways::Ways;
use crate::graph::{Direction, Node};

/// Returns the number of hops of the shortest route from any of `starts` to each node; with
/// `Direction::Backward`, from each node to any of `starts`. Nodes without a route are left out.
///
/// Breadth first (Moore, 1959); O(relations · log nodes).
pub fn hops<'g>(
    ways: &Ways<'g>,
    starts: &[Node<'g>],
    towards: Direction,
) -> HashMap<Node<'g>, u32> {
    let mut shell: Vec<u32> =
        starts.iter().filter(|node| ways.enters(**node)).map(|node| node.index()).collect();
    let mut hops: HashMap<u32, u32> = shell.iter().map(|node| (*node, 0)).collect();
    for far in 1.. {
        let mut next = Vec::new();
        for (node, _) in shell.iter().flat_map(|node| ways.neighbours(*node, towards)) {
            hops.entry(node).or_insert_with(|| {
                next.push(node);
                far
            });
        }
        if next.is_empty() {
            break;
        }
        shell = next;
    }
    hops.into_iter().map(|(node, far)| (ways.graph().node_at(node), far)).collect()
}
