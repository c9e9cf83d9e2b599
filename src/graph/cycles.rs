//! Whether something lies within itself, or is a part of itself.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};

/// Every knot of relations that satisfy `chosen`: one shortest cycle through its first node, as the
/// relations of the cycle in their order.
///
/// O(nodes + relations) for the knots (Kosaraju), and as much for the cycle of each knot.
pub fn cycles(
    topology: &DiGraph<(), u32, u32>,
    chosen: impl Fn(u32) -> bool,
) -> Vec<Vec<u32>> {
    let filtered = EdgeFiltered::from_fn(topology, |edge| chosen(edge.id().index() as u32));
    let mut found: Vec<Vec<u32>> = kosaraju_scc(&filtered)
        .into_iter()
        .filter_map(|knot| {
            let start = *knot.iter().min()?;
            (knot.len() > 1 || topology.contains_edge(start, start))
                .then(|| cycle_through(topology, start, &chosen))
        })
        .filter(|cycle| !cycle.is_empty())
        .collect();
    found.sort_unstable();
    found
}

/// The shortest cycle of chosen relations through `start`, found breadth first; empty if none.
fn cycle_through(
    topology: &DiGraph<(), u32, u32>,
    start: NodeIndex<u32>,
    chosen: &impl Fn(u32) -> bool,
) -> Vec<u32> {
    let mut came_by = std::collections::HashMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let mut edges: Vec<_> = topology
            .edges(node)
            .map(|edge| (edge.id().index() as u32, edge.target()))
            .filter(|(edge, _)| chosen(*edge))
            .collect();
        edges.sort_unstable();
        for (edge, target) in edges {
            if target == start {
                let mut cycle = vec![edge];
                let mut at = node;
                while at != start {
                    let (edge, before) = came_by[&at];
                    cycle.push(edge);
                    at = before;
                }
                cycle.reverse();
                return cycle;
            }
            came_by.entry(target).or_insert_with(|| {
                queue.push_back(target);
                (edge, node)
            });
        }
    }
    Vec::new()
}
