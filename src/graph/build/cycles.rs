//! Whether something lies within itself, or is a part of itself.

use std::collections::{HashMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Builder, Tie};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::CoreKinds;
use crate::model::Core;
use crate::origin::Origin;

impl Builder {
    /// A fault for every knot of things that lie within, are a part of, or are broader than each other.
    pub(super) fn find_cycles(&mut self, core: CoreKinds) {
        for kind in [core[Core::Within], core[Core::PartOf], core[Core::Broader]] {
            let name = self.kinds[usize::from(kind)].id.clone();
            let is_chosen = |tie: &Tie| self.statements[tie.statement as usize].kind == kind;
            let ties = (0..).zip(&self.ties).filter(|(_, tie)| is_chosen(tie));
            let chosen = DiGraph::from_edges(ties.map(|(number, tie)| (tie.from, tie.to, number)));
            for cycle in cycles(&chosen) {
                let from = |tie: &u32| self.ties[*tie as usize].from;
                let id = |node: u32| &*self.nodes[node as usize].record.id.value;
                let mut ids: Vec<&str> = cycle.iter().map(|tie| id(from(tie))).collect();
                ids.push(ids[0]);
                let round = ids.join(" → ");
                let mut fault = Diagnostic::error(
                    Code::Cycle,
                    format!("a cycle of `{name}`: {round}"),
                    format!("`{name}` が循環しています: {round}"),
                )
                .hint("remove one of these relations", "このうちどれか一つの関係を消してください");
                for (tie, to) in cycle.iter().zip(&ids[1..]).take(8) {
                    fault = fault.see(
                        self.origin(*tie),
                        to.chars().count(),
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

    /// Where a tie was written.
    fn origin(&self, tie: u32) -> Origin {
        let statement = &self.statements[self.ties[tie as usize].statement as usize];
        Origin { position: self.positions[tie as usize], ..statement.origin }
    }
}

/// Every knot of `ties`, each with its number: one shortest cycle through its first node, as the
/// numbers of its ties in their order.
///
/// O(nodes + ties) for the knots (Kosaraju), and as much for the cycle of each knot.
fn cycles(ties: &DiGraph<(), u32, u32>) -> Vec<Vec<u32>> {
    let mut found: Vec<Vec<u32>> = kosaraju_scc(ties)
        .into_iter()
        .filter_map(|knot| {
            let start = *knot.iter().min()?;
            (knot.len() > 1 || ties.contains_edge(start, start)).then(|| cycle_through(ties, start))
        })
        .collect();
    found.sort_unstable();
    found
}

/// The shortest cycle through `start`, found breadth first; empty if none.
fn cycle_through(ties: &DiGraph<(), u32, u32>, start: NodeIndex<u32>) -> Vec<u32> {
    let mut came_by = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let mut edges: Vec<_> =
            ties.edges(node).map(|edge| (*edge.weight(), edge.target())).collect();
        edges.sort_unstable();
        for (tie, target) in edges {
            if target == start {
                let mut cycle = vec![tie];
                let mut at = node;
                while at != start {
                    let (tie, before) = came_by[&at];
                    cycle.push(tie);
                    at = before;
                }
                cycle.reverse();
                return cycle;
            }
            came_by.entry(target).or_insert_with(|| {
                queue.push_back(target);
                (tie, node)
            });
        }
    }
    Vec::new()
}
