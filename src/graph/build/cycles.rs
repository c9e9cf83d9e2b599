//! Whether something lies within itself, or is a part of itself.

use std::collections::{HashMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};

use super::Builder;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::CoreKinds;
use crate::model::Core;

impl Builder {
    /// A fault for every knot of things that lie within, or are a part of, each other.
    pub(super) fn find_cycles(&mut self, core: CoreKinds) {
        for kind in [core[Core::Within], core[Core::PartOf]] {
            let name = self.kinds[usize::from(kind)].id.clone();
            let weights: Vec<u32> = self.topology.edge_weights().copied().collect();
            let chosen = |edge: u32| self.statements[weights[edge as usize] as usize].kind == kind;
            for cycle in cycles(&self.topology, chosen) {
                let mut ids: Vec<&str> = Vec::with_capacity(cycle.len() + 1);
                for edge in &cycle {
                    let ends = self.topology.edge_endpoints(EdgeIndex::new(*edge as usize));
                    let (from, _) = ends.expect("edges have ends");
                    ids.push(&self.nodes[from.index()].record.id.value);
                }
                ids.push(ids[0]);
                let round = ids.join(" → ");
                let mut fault = Diagnostic::error(
                    Code::Cycle,
                    format!("a cycle of `{name}`: {round}"),
                    format!("`{name}` が循環しています: {round}"),
                )
                .hint("remove one of these relations", "このうちどれか一つの関係を消してください");
                for (edge, to) in cycle.iter().zip(&ids[1..]).take(8) {
                    let (origin, length) = self.origins[*edge as usize];
                    fault = fault.see(
                        origin,
                        length,
                        format!("{name} `{to}`"),
                        format!("{name} `{to}`"),
                    );
                }
                if let Some(first) = fault.places.first_mut() {
                    first.label = None;
                }
                self.faults.push(fault);
            }
        }
    }
}

/// Every knot of relations that satisfy `chosen`: one shortest cycle through its first node, as the
/// relations of the cycle in their order.
///
/// O(nodes + relations) for the knots (Kosaraju), and as much for the cycle of each knot.
fn cycles(topology: &DiGraph<(), u32, u32>, chosen: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
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
    let mut came_by = HashMap::new();
    let mut queue = VecDeque::from([start]);
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
