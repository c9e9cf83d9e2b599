//! What all routes between two ends have in common: where they can be cut.
//!
//! How many routes can share no node is the greatest flow through a graph in which each node between the
//! ends is split in two, with one step between that serves once. For `s → a → t`, `s → b → t` and `a → b`:
//!
//! ```text
//!     ┌──→ a.in ═══ a.out ──→ t         ═══ serves once
//!  s ─┤              │
//!     │       ┌──────┘
//!     └──→ b.in ═══ b.out ──→ t
//! ```
//!
//! Two routes share no node, by `a` and by `b`; `s → a → b → t` would take both. Had `b` no way of its own
//! from `s`, one could: all pass `a`, its step `a.in → a.out` is the smallest cut, and `a` dominates `t`.

use std::collections::{BTreeMap, HashMap, HashSet};

use petgraph::Direction as Way;
use petgraph::algo::dominators::{Dominators, simple_fast};
use petgraph::algo::{dinics, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Dfs, EdgeRef, IntoNeighbors, NodeFiltered, Reversed, VisitMap, Visitable};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::ways::Ways;
use super::{Direction, Node, NodeSet};

/// The nodes and steps that lie on ways from one end to another, simple or not, that end where they can.
///
/// At an end of several nodes routes may begin (or end) at any; each of them may then be passed by one
/// of several independent routes, and be cut. A single node at an end is where all begin, and is not cut.
pub struct Passage<'g> {
    from: Vec<Node<'g>>,
    to: Vec<Node<'g>>,
    /// For each node on a way, its number in `steps`.
    places: BTreeMap<u32, NodeIndex>,
    /// The weight is the node in the atlas; none for what stands before and behind all.
    steps: DiGraph<Option<Node<'g>>, ()>,
    start: NodeIndex,
    end: NodeIndex,
}

/// How many routes there can be that share no node, and where they are thinnest.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Width<'g> {
    /// How many routes can lead from end to end without sharing a node between (a node at an end of
    /// several nodes included).
    #[serde(rename = "independent")]
    pub routes: usize,
    /// As many such routes, each with the nodes that it passes; by their ids for scripts.
    #[serde(rename = "independent_routes", serialize_with = "routes")]
    #[schemars(with = "Vec<Vec<&str>>")]
    pub disjoint: Vec<Vec<Node<'g>>>,
    /// A smallest set of nodes without which there is no route, the nearest to the beginning; `null`
    /// where a step leads from one end to the other, which no node can cut.
    #[serde(rename = "smallest_cut")]
    pub cut: Option<Vec<Node<'g>>>,
    /// The nodes without which there are fewer independent routes, in the order of the atlas.
    pub vital: Vec<Node<'g>>,
}

fn routes<S: Serializer>(routes: &[Vec<Node>], serializer: S) -> Result<S::Ok, S::Error> {
    let ids = |route: &Vec<Node>| route.iter().map(|node| node.id().to_owned()).collect::<Vec<_>>();
    serializer.collect_seq(routes.iter().map(ids))
}

impl<'g> Passage<'g> {
    /// Gathers what lies on a way from any of `from` to any of `to`. O(relations · log nodes).
    pub fn new(ways: &Ways<'g>, from: &[Node<'g>], to: &[Node<'g>]) -> Self {
        Passage::gather(&open(ways, from), &open(ways, to), |node, towards| {
            nodes(ways, node, towards)
        })
    }

    /// The same, as if a step led from the first node to the second of `added` too.
    pub fn with(
        ways: &Ways<'g>,
        from: &[Node<'g>],
        to: &[Node<'g>],
        (first, second): (Node<'g>, Node<'g>),
    ) -> Self {
        Passage::gather(&open(ways, from), &open(ways, to), |node, towards| {
            let mut next = nodes(ways, node, towards);
            let (here, there) = match towards {
                Direction::Forward => (first, second),
                Direction::Backward => (second, first),
            };
            if here == node && !next.contains(&there.index()) {
                next.push(there.index());
            }
            next
        })
    }

    /// What is left of it without some nodes. O(steps).
    pub fn without(&self, gone: &NodeSet<'g>) -> Self {
        let stays = |place: NodeIndex| self.steps[place].is_none_or(|it| !gone.contains(it));
        let left = NodeFiltered::from_fn(&self.steps, stays);
        let ahead = visited(&left, self.start);
        let behind = visited(Reversed(&left), self.end);
        let is_end = |place| place == self.start || place == self.end;
        let steps = self.steps.filter_map(
            |place, node| {
                let on_way = ahead.is_visited(&place) && behind.is_visited(&place);
                (on_way || is_end(place)).then_some(*node)
            },
            |_, ()| Some(()),
        );
        let places = steps.node_indices().filter_map(|it| Some((steps[it]?.index(), it))).collect();
        // Of several nodes at an end, the last one left may still be cut; start and end are the first
        // places, before and after.
        let (from, to, start, end) = (self.from.clone(), self.to.clone(), self.start, self.end);
        Passage { from, to, places, steps, start, end }
    }

    fn gather(
        from: &[Node<'g>],
        to: &[Node<'g>],
        next: impl Fn(Node<'g>, Direction) -> Vec<u32>,
    ) -> Self {
        let ahead = reached(from, to, |node| next(node, Direction::Forward));
        let behind = reached(to, from, |node| next(node, Direction::Backward));
        let mut on_way: Vec<Node> = ahead.intersection(&behind).copied().collect();
        on_way.sort_unstable_by_key(|node| node.index());
        let mut steps: DiGraph<Option<Node>, ()> = DiGraph::new();
        let (start, end) = (steps.add_node(None), steps.add_node(None));
        let places: BTreeMap<u32, NodeIndex> =
            on_way.iter().map(|node| (node.index(), steps.add_node(Some(*node)))).collect();
        for node in on_way {
            let place = places[&node.index()];
            for then in next(node, Direction::Forward) {
                if let Some(there) = places.get(&then) {
                    steps.add_edge(place, *there, ());
                }
            }
        }
        let place = |node: &Node<'g>| places.get(&node.index()).copied();
        steps.extend_with_edges(from.iter().filter_map(place).map(|it| (start, it)));
        steps.extend_with_edges(to.iter().filter_map(place).map(|it| (it, end)));
        Passage { from: from.to_vec(), to: to.to_vec(), places, steps, start, end }
    }

    /// Whether no way leads from end to end.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The nodes on a way, in the order of the atlas.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'g>> {
        self.places.values().filter_map(|place| self.steps[*place])
    }

    /// Whether a node is on a way.
    pub fn has(&self, node: Node<'g>) -> bool {
        self.places.contains_key(&node.index())
    }

    /// The nodes that every route passes, in the order in which it does; a single node at an end is one.
    ///
    /// Dominators of what stands behind all (Cooper, Harvey and Kennedy, Software Practice and
    /// Experience 4, 2001, as petgraph has them): O(nodes²), in practice nearly linear.
    pub fn must_pass(&self) -> Vec<Node<'g>> {
        if self.is_empty() {
            return Vec::new();
        }
        let dominators = simple_fast(&self.steps, self.start);
        let mut passed: Vec<Node> = dominators
            .strict_dominators(self.end)
            .into_iter()
            .flatten()
            .filter_map(|place| self.steps[place])
            .collect();
        passed.reverse();
        passed
    }

    /// For each node on a way, how many nodes that every route passes come before or at it on every way
    /// to it, and how many at or behind it on every way on; in the order of the atlas.
    ///
    /// A step from one node to another leads around those that are counted for neither.
    pub fn passed(&self) -> Vec<(Node<'g>, usize, usize)> {
        let must: HashSet<NodeIndex> = self
            .must_pass()
            .iter()
            .filter_map(|node| self.places.get(&node.index()))
            .copied()
            .collect();
        let (mut before, mut behind) = (HashMap::new(), HashMap::new());
        let ahead = simple_fast(&self.steps, self.start);
        let back = simple_fast(Reversed(&self.steps), self.end);
        let sides = self.places.values().filter_map(|place| {
            let node = self.steps[*place]?;
            let before = count_up(&ahead, *place, &must, &mut before);
            Some((node, before, count_up(&back, *place, &must, &mut behind)))
        });
        sides.collect()
    }

    /// How many routes share no node, and where they are thinnest.
    ///
    /// Menger's theorem: each node that may be cut is split in two joined by a step that one route can
    /// take, and the greatest flow (Dinitz 1970, as petgraph has it) is both numbers;
    /// O(relations · √nodes). A node is vital where its own step is full and no other way leads around
    /// it in what the flow leaves (strongly connected components of the residual network: Picard and
    /// Queyranne, Mathematical Programming Study 13, 1980).
    pub fn width(&self) -> Width<'g> {
        if self.is_empty() {
            let cut = Some(Vec::new());
            return Width { routes: 0, disjoint: Vec::new(), cut, vital: Vec::new() };
        }
        if self.from.len() == 1 && self.from == self.to {
            let disjoint = vec![self.from.clone()];
            return Width { routes: 1, disjoint, cut: None, vital: Vec::new() };
        }
        let network = Network::of(self);
        let (routes, flows) = dinics(&network.pipes, network.source, network.sink);
        let residual = network.residual(&flows);
        let parts = kosaraju_scc(&residual);
        let part: HashMap<NodeIndex, usize> =
            (0..).zip(&parts).flat_map(|(at, part)| part.iter().map(move |it| (*it, at))).collect();
        let ahead = visited(&residual, network.source);
        let mut cut = Vec::new();
        let mut vital = Vec::new();
        for (place, (enter, leave)) in &network.halves {
            let Some(node) = self.steps[*place] else { continue };
            if !self.is_end(node) && part[enter] != part[leave] && network.is_full(*enter, &flows) {
                vital.push(node);
                if ahead.is_visited(enter) && !ahead.is_visited(leave) {
                    cut.push(node);
                }
            }
        }
        vital.sort_by_key(|node| node.index());
        cut.sort_by_key(|node| node.index());
        let cut = (!network.is_direct).then_some(cut);
        Width { routes: routes as usize, disjoint: network.routes(self, flows), cut, vital }
    }

    /// Whether a node is the one at an end, which cannot be cut.
    pub fn is_end(&self, node: Node<'g>) -> bool {
        [&self.from, &self.to].iter().any(|end| end[..] == [node])
    }
}

/// The passage with each node split in two: what enters it and what leaves it.
struct Network {
    pipes: DiGraph<(), u32>,
    halves: BTreeMap<NodeIndex, (NodeIndex, NodeIndex)>,
    source: NodeIndex,
    sink: NodeIndex,
    /// Whether a step leads from one end to the other past all that can be cut.
    is_direct: bool,
}

impl Network {
    fn of(passage: &Passage) -> Self {
        let steps = &passage.steps;
        let mut pipes = DiGraph::new();
        // More than any number of routes that share no node.
        let wide = steps.node_count() as u32 + 1;
        let only = |end: &[Node]| match end {
            [node] => passage.places.get(&node.index()).copied(),
            _ => None,
        };
        let first = only(&passage.from).unwrap_or(passage.start);
        let last = only(&passage.to).unwrap_or(passage.end);
        let mut halves = BTreeMap::new();
        for place in steps.node_indices() {
            let (enter, leave) = (pipes.add_node(()), pipes.add_node(()));
            let is_end = place == first || place == last;
            pipes.add_edge(enter, leave, if is_end { wide } else { 1 });
            halves.insert(place, (enter, leave));
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
            pipes.add_edge(halves[&from].1, halves[&to].0, if spans { 1 } else { wide });
        }
        let (source, sink) = (halves[&first].0, halves[&last].1);
        Network { pipes, halves, source, sink, is_direct }
    }

    fn is_full(&self, enter: NodeIndex, flows: &[u32]) -> bool {
        self.pipes.edges(enter).all(|pipe| flows[pipe.id().index()] == *pipe.weight())
    }

    /// What the flow leaves open: pipes that are not full, and flow that could be taken back.
    fn residual(&self, flows: &[u32]) -> DiGraph<(), ()> {
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

    /// The routes that the flow consists of.
    fn routes<'g>(&self, passage: &Passage<'g>, mut flows: Vec<u32>) -> Vec<Vec<Node<'g>>> {
        let node_of: HashMap<NodeIndex, Node> = self
            .halves
            .iter()
            .filter_map(|(place, (enter, _))| Some((*enter, passage.steps[*place]?)))
            .collect();
        let mut routes = Vec::new();
        loop {
            let mut here = self.source;
            let mut route: Vec<Node> = node_of.get(&here).copied().into_iter().collect();
            while here != self.sink {
                let mut pipes = self.pipes.edges(here).filter(|it| flows[it.id().index()] > 0);
                let Some(pipe) = pipes.next() else { break };
                flows[pipe.id().index()] -= 1;
                here = pipe.target();
                route.extend(node_of.get(&here));
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

/// How many of `must` dominate a place, itself included; each place is counted once.
fn count_up(
    dominators: &Dominators<NodeIndex>,
    place: NodeIndex,
    must: &HashSet<NodeIndex>,
    known: &mut HashMap<NodeIndex, usize>,
) -> usize {
    let mut way = Vec::new();
    let mut here = Some(place);
    let mut count = 0;
    while let Some(at) = here {
        if let Some(told) = known.get(&at) {
            count = *told;
            break;
        }
        way.push(at);
        here = dominators.immediate_dominator(at);
    }
    for at in way.into_iter().rev() {
        count += usize::from(must.contains(&at));
        known.insert(at, count);
    }
    count
}

/// The nodes that may be entered.
fn open<'g>(ways: &Ways<'g>, nodes: &[Node<'g>]) -> Vec<Node<'g>> {
    nodes.iter().copied().filter(|node| ways.enters(*node)).collect()
}

/// The numbers of the nodes one step away.
fn nodes(ways: &Ways, node: Node, towards: Direction) -> Vec<u32> {
    ways.neighbours(node.index(), towards).into_iter().map(|(node, _)| node).collect()
}

/// What can be reached from `start`, going no further at `stop`.
fn reached<'g>(
    start: &[Node<'g>],
    stop: &[Node<'g>],
    next: impl Fn(Node<'g>) -> Vec<u32>,
) -> HashSet<Node<'g>> {
    let stop: HashSet<Node> = stop.iter().copied().collect();
    let mut found: HashSet<Node> = start.iter().copied().collect();
    let mut open: Vec<Node> = start.to_vec();
    while let Some(node) = open.pop() {
        if !stop.contains(&node) {
            let next = next(node).into_iter().map(|index| node.graph.node_at(index));
            open.extend(next.filter(|node| found.insert(*node)));
        }
    }
    found
}

fn visited<G>(graph: G, start: NodeIndex) -> G::Map
where
    G: IntoNeighbors<NodeId = NodeIndex> + Visitable<NodeId = NodeIndex>,
{
    let mut found = Dfs::new(graph, start);
    while found.next(graph).is_some() {}
    found.discovered
}
