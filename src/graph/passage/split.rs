//! The flow network in which each node of a passage is split in two.

use foldhash::HashSet;
use petgraph::Direction as Way;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::Passage;
use crate::graph::Node;

/// The passage with each node split in two: one half for the steps that enter it, one for the steps
/// that leave it.
pub(super) struct SplitNetwork {
    /// The weight of a pipe is how many routes can take it.
    pub pipes: DiGraph<(), u32>,
    pub source: NodeIndex,
    pub sink: NodeIndex,
    /// Whether a step leads directly from one end to the other.
    pub is_direct: bool,
}

impl SplitNetwork {
    /// Splits the nodes of a passage. O(steps · log nodes).
    pub fn of(passage: &Passage) -> Self {
        let steps = &passage.steps;
        let mut pipes = DiGraph::new();
        // More than any number of routes that share no node.
        let wide = steps.node_count() as u32 + 1;
        let only = |end: &[Node]| match end {
            [node] => passage.place(*node),
            _ => None,
        };
        let first = only(&passage.from).unwrap_or(passage.start);
        let last = only(&passage.to).unwrap_or(passage.end);
        for place in steps.node_indices() {
            let (enter, leave) = (pipes.add_node(()), pipes.add_node(()));
            let is_end = place == first || place == last;
            pipes.add_edge(enter, leave, if is_end { wide } else { 1 });
            debug_assert_eq!((enter, leave), halves(place));
        }
        let starts: HashSet<NodeIndex> = steps.neighbors(passage.start).collect();
        let ends: HashSet<NodeIndex> =
            steps.neighbors_directed(passage.end, Way::Incoming).collect();
        let mut is_direct = false;
        for step in steps.edge_references() {
            let (from, to) = (step.source(), step.target());
            // No route enters a node at which it could have begun, or goes on from where it could end.
            let begins = from != passage.start && starts.contains(&to);
            let ended = to != passage.end && ends.contains(&from);
            if begins || ended || to == first || from == last {
                continue;
            }
            let spans = from == first && to == last;
            is_direct |= spans;
            pipes.add_edge(halves(from).1, halves(to).0, if spans { 1 } else { wide });
        }
        let (source, sink) = (halves(first).0, halves(last).1);
        SplitNetwork { pipes, source, sink, is_direct }
    }

    /// Returns whether every pipe from a half is full; an entered half has one, to the half that is left.
    pub fn is_full(&self, enter: NodeIndex, flows: &[u32]) -> bool {
        self.pipes.edges(enter).all(|pipe| flows[pipe.id().index()] == *pipe.weight())
    }

    /// Returns the residual network: the steps that are not full, and the reverse of those that
    /// carry flow.
    pub fn residual(&self, flows: &[u32]) -> DiGraph<(), ()> {
        let mut open = DiGraph::new();
        for _ in self.pipes.node_indices() {
            open.add_node(());
        }
        for pipe in self.pipes.edge_references() {
            let flow = flows[pipe.id().index()];
            if flow < *pipe.weight() {
                open.add_edge(pipe.source(), pipe.target(), ());
            }
            if flow > 0 {
                open.add_edge(pipe.target(), pipe.source(), ());
            }
        }
        open
    }

    /// Splits the flow into routes.
    pub fn routes<'g>(&self, passage: &Passage<'g>, mut flows: Vec<u32>) -> Vec<Vec<Node<'g>>> {
        let node_of = |half: NodeIndex| {
            let place = NodeIndex::new(half.index() / 2);
            passage.steps[place].filter(|_| halves(place).0 == half)
        };
        let mut routes = Vec::new();
        loop {
            let mut here = self.source;
            let mut route: Vec<Node> = node_of(here).into_iter().collect();
            while here != self.sink {
                let mut pipes = self.pipes.edges(here).filter(|it| flows[it.id().index()] > 0);
                let Some(pipe) = pipes.next() else { break };
                flows[pipe.id().index()] -= 1;
                here = pipe.target();
                route.extend(node_of(here));
            }
            if here != self.sink {
                routes.sort_by_key(|route: &Vec<Node>| {
                    (route.len(), route.iter().map(|node| node.index()).collect::<Vec<_>>())
                });
                return routes;
            }
            routes.push(route);
        }
    }
}

/// The half of a place of the passage that is entered, and the half that is left.
pub(super) fn halves(place: NodeIndex) -> (NodeIndex, NodeIndex) {
    (NodeIndex::new(2 * place.index()), NodeIndex::new(2 * place.index() + 1))
}
