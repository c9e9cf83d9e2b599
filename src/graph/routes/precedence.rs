//! Whether given nodes can be passed in some order.

use std::collections::{BTreeMap, HashSet};

use petgraph::algo::dominators::simple_fast;
use petgraph::algo::is_cyclic_directed;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::graphmap::DiGraphMap;
use petgraph::visit::Reversed;

use super::{Rest, Routes};
use crate::graph::Direction;

/// Returns `false` where no simple way to an end can pass all of `via`; where it returns `true`,
/// there may be one.
///
/// The nodes that every way to a node passes come before it, those that every way on from it passes
/// come after it (dominators: Cooper, Harvey and Kennedy, Software Practice and Experience 4, 2001,
/// as petgraph has them), and the same holds for each of these. If this order has a cycle, as where
/// the only way into a node is also the only way out, there is no simple way. In practice
/// O(relations · log nodes).
pub(super) fn can_be_ordered(routes: &Routes, rest: Rest, via: &[u32]) -> bool {
    let steps = Steps::gather(routes, rest);
    let into = simple_fast(&steps.graph, steps.start);
    let onward = simple_fast(Reversed(&steps.graph), steps.end);
    let places: Option<Vec<NodeIndex>> =
        via.iter().map(|via| steps.places.get(via).copied()).collect();
    let Some(mut open) = places else { return false };
    let mut order: DiGraphMap<NodeIndex, ()> = DiGraphMap::new();
    let mut seen = HashSet::new();
    while let Some(place) = open.pop() {
        if place == steps.start || place == steps.end || !seen.insert(place) {
            continue;
        }
        let ends = into.immediate_dominator(place).zip(onward.immediate_dominator(place));
        let Some((before, behind)) = ends else { return false };
        order.add_edge(before, place, ());
        order.add_edge(place, behind, ());
        open.extend([before, behind]);
    }
    !is_cyclic_directed(&order)
}

/// What can come next, step by step, between a place before all first nodes and one behind all ends.
struct Steps {
    graph: DiGraph<(), ()>,
    places: BTreeMap<u32, NodeIndex>,
    start: NodeIndex,
    end: NodeIndex,
}

impl Steps {
    fn gather(routes: &Routes, rest: Rest) -> Self {
        let mut graph = DiGraph::new();
        let (start, end) = (graph.add_node(()), graph.add_node(()));
        let mut steps = Steps { graph, places: BTreeMap::new(), start, end };
        let mut open = Vec::new();
        for node in rest.first.keys() {
            steps.add(start, *node, &mut open);
        }
        while let Some(node) = open.pop() {
            let here = steps.places[&node];
            if routes.ends.to.contains(&node) {
                steps.graph.add_edge(here, end, ());
                continue;
            }
            for (next, _) in routes.ways.neighbours(node, Direction::Forward) {
                if rest.enters(next) {
                    steps.add(here, next, &mut open);
                }
            }
        }
        steps
    }

    /// Adds a step to a node, which is open if it is new.
    fn add(&mut self, from: NodeIndex, node: u32, open: &mut Vec<u32>) {
        let place = *self.places.entry(node).or_insert_with(|| {
            open.push(node);
            self.graph.add_node(())
        });
        self.graph.add_edge(from, place, ());
    }
}
