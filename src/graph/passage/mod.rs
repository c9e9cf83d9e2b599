//! What all routes between two ends have in common, and where they can be cut.
//!
//! The number of routes that share no node is the greatest flow through a graph in which each node
//! between the ends is split in two, joined by a step that only one route can take. For `s → a →
//! t`, `s → b → t` and `a → b`:
//!
//! ```text
//!     ┌──→ a.in ═══ a.out ──→ t         ═══ serves once
//!  s ─┤              │
//!     │       ┌──────┘
//!     └──→ b.in ═══ b.out ──→ t
//! ```
//!
//! Two routes share no node: one through `a` and one through `b`. (`s → a → b → t` would use up
//! both.) Without the step from `s` to `b` there would be only one: every route would pass `a`, so
//! its step `a.in → a.out` would be the smallest cut, and `a` would dominate `t`.

mod split;

use foldhash::{HashMap, HashMapExt, HashSet};
use petgraph::algo::dominators::{Dominators, simple_fast};
use petgraph::algo::{dinics, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Dfs, IntoNeighbors, NodeFiltered, Reversed, VisitMap, Visitable};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::ways::Ways;
use super::{Direction, Graph, Node, NodeSet};
use split::{SplitNetwork, halves};

/// The part of a graph that lies on some way from one end to another. A way need not be simple, and
/// it ends at the first node of the end that it reaches.
///
/// An end may consist of several nodes: routes begin (or end) at any of them. Each of these may
/// then be passed by one of several independent routes, and be cut. Where an end is a single node,
/// all routes share it, and it cannot be cut.
pub struct Passage<'g> {
    from: Vec<Node<'g>>,
    to: Vec<Node<'g>>,
    /// The weight is the node in the atlas; none for what stands before and behind all. These two come
    /// first, then the nodes on a way, in the order of the atlas.
    steps: DiGraph<Option<Node<'g>>, ()>,
    start: NodeIndex,
    end: NodeIndex,
}

/// How many routes can share no node, and which nodes cut them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Width<'g> {
    /// The greatest number of routes between the ends that share no node. A single node at an end
    /// is not counted as shared.
    #[serde(rename = "independent")]
    pub routes: usize,
    /// That many routes that share no node, each as the nodes that it passes; serialized as their
    /// ids.
    #[serde(rename = "independent_routes", serialize_with = "routes")]
    #[schemars(with = "Vec<Vec<&str>>")]
    pub disjoint: Vec<Vec<Node<'g>>>,
    /// A smallest set of nodes without which there is no route; of several, the one nearest to the
    /// beginning. `null` where a step leads directly from one end to the other, so that no node can
    /// cut them.
    #[serde(rename = "smallest_cut")]
    pub cut: Option<Vec<Node<'g>>>,
    /// The nodes whose removal reduces the number of independent routes, in the order of the atlas.
    pub vital: Vec<Node<'g>>,
    /// The nodes that every route passes, in the order in which routes pass them; a single node at an
    /// end is one of them.
    #[serde(skip)]
    pub must_pass: Vec<Node<'g>>,
}

fn routes<S: Serializer>(routes: &[Vec<Node>], serializer: S) -> Result<S::Ok, S::Error> {
    let ids = |route: &Vec<Node>| route.iter().map(|node| node.id().to_owned()).collect::<Vec<_>>();
    serializer.collect_seq(routes.iter().map(ids))
}

impl<'g> Passage<'g> {
    /// Finds the nodes and steps on ways from any of `from` to any of `to`. O(relations · log
    /// nodes).
    pub fn new(ways: &Ways<'g>, from: &[Node<'g>], to: &[Node<'g>]) -> Self {
        let next = |node, towards| nodes(ways, node, towards);
        Passage::gather(ways.graph(), &open(ways, from), &open(ways, to), next)
    }

    /// Finds the same, as if there were also a step from the first to the second of the given two
    /// nodes.
    pub fn with(
        ways: &Ways<'g>,
        from: &[Node<'g>],
        to: &[Node<'g>],
        (first, second): (Node<'g>, Node<'g>),
    ) -> Self {
        let next = |node, towards| {
            let mut next = nodes(ways, node, towards);
            let (here, there) = match towards {
                Direction::Forward => (first, second),
                Direction::Backward => (second, first),
            };
            if here == node && !next.contains(&there.index()) {
                next.push(there.index());
            }
            next
        };
        Passage::gather(ways.graph(), &open(ways, from), &open(ways, to), next)
    }

    /// Returns the passage that is left without some nodes. O(steps).
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
        // Of several nodes at an end, the last one left may still be cut; start and end are the first
        // places, before and after.
        let (from, to, start, end) = (self.from.clone(), self.to.clone(), self.start, self.end);
        Passage { from, to, steps, start, end }
    }

    fn gather(
        graph: &'g Graph,
        from: &[Node<'g>],
        to: &[Node<'g>],
        next: impl Fn(Node<'g>, Direction) -> Vec<u32>,
    ) -> Self {
        let ahead = reached(graph, from, to, |node| next(node, Direction::Forward));
        let behind = reached(graph, to, from, |node| next(node, Direction::Backward));
        let on_way = &ahead & &behind;
        let mut steps: DiGraph<Option<Node>, ()> = DiGraph::new();
        let (start, end) = (steps.add_node(None), steps.add_node(None));
        let mut places = vec![None; graph.node_count()];
        for node in on_way.iter() {
            places[node.index() as usize] = Some(steps.add_node(Some(node)));
        }
        let place = |index: u32| places[index as usize];
        for node in on_way.iter() {
            let there = next(node, Direction::Forward).into_iter().filter_map(place);
            let here = place(node.index()).expect("it is on a way");
            steps.extend_with_edges(there.map(|there| (here, there)));
        }
        let place = |node: &Node<'g>| place(node.index());
        steps.extend_with_edges(from.iter().filter_map(place).map(|it| (start, it)));
        steps.extend_with_edges(to.iter().filter_map(place).map(|it| (it, end)));
        Passage { from: from.to_vec(), to: to.to_vec(), steps, start, end }
    }

    /// Returns whether there is no way between the ends.
    pub fn is_empty(&self) -> bool {
        self.steps.node_count() == 2
    }

    /// Returns the nodes on a way, in the order of the atlas.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'g>> {
        self.steps.node_weights().copied().flatten()
    }

    /// Returns whether a node is on a way.
    pub fn has(&self, node: Node<'g>) -> bool {
        self.place(node).is_some()
    }

    /// The place of a node in `steps`. O(log nodes).
    fn place(&self, node: Node) -> Option<NodeIndex> {
        let known = &self.steps.raw_nodes()[2..];
        let index = |it: &petgraph::graph::Node<Option<Node>>| it.weight.map(Node::index);
        let at = known.binary_search_by_key(&Some(node.index()), index).ok()?;
        Some(NodeIndex::new(at + 2))
    }

    /// Returns each node on a way, in the order of the atlas, with two numbers: of the nodes that
    /// every route passes, how many lie on every way from the beginning to it, and how many on
    /// every way from it to the end; the node itself counts in both if every route passes it.
    ///
    /// A new step from one node to another would bypass those nodes that count neither before the
    /// first nor behind the second.
    ///
    /// These nodes dominate it (Cooper, Harvey and Kennedy, Software Practice and Experience 4, 2001, as
    /// petgraph has them): O(nodes²), in practice nearly linear.
    pub fn passed(&self, must_pass: &[Node<'g>]) -> Vec<(Node<'g>, usize, usize)> {
        let must: HashSet<NodeIndex> =
            must_pass.iter().filter_map(|node| self.place(*node)).collect();
        let (mut before, mut behind) = (HashMap::new(), HashMap::new());
        let ahead = simple_fast(&self.steps, self.start);
        let back = simple_fast(Reversed(&self.steps), self.end);
        let sides = self.steps.node_indices().filter_map(|place| {
            let node = self.steps[place]?;
            let before = count_up(&ahead, place, &must, &mut before);
            Some((node, before, count_up(&back, place, &must, &mut behind)))
        });
        sides.collect()
    }

    /// Returns the number of routes that share no node, such routes, and the nodes that cut them.
    ///
    /// By Menger's theorem the greatest flow through the split nodes (see the module) is both the
    /// number of routes that share no node and the size of the smallest cut (Dinitz 1970, as
    /// petgraph has it); O(relations · √nodes). A node is vital where its inner step is full and no
    /// other way in the residual network leads around it: its two halves lie in different strongly
    /// connected components (Picard and Queyranne, Mathematical Programming Study 13, 1980).
    pub fn width(&self) -> Width<'g> {
        if self.is_empty() {
            return Width { cut: Some(Vec::new()), ..Width::default() };
        }
        if self.from.len() == 1 && self.from == self.to {
            let (disjoint, must_pass) = (vec![self.from.clone()], self.from.clone());
            return Width { routes: 1, disjoint, must_pass, ..Width::default() };
        }
        let network = SplitNetwork::of(self);
        let (routes, flows) = dinics(&network.pipes, network.source, network.sink);
        let residual = network.residual(&flows);
        let parts = kosaraju_scc(&residual);
        let mut part = vec![0; residual.node_count()];
        for (at, halves) in (0..).zip(&parts) {
            halves.iter().for_each(|half| part[half.index()] = at);
        }
        let ahead = visited(&residual, network.source);
        let mut cut = Vec::new();
        let mut vital = Vec::new();
        for place in self.steps.node_indices() {
            let (Some(node), (enter, leave)) = (self.steps[place], halves(place)) else { continue };
            let is_apart = part[enter.index()] != part[leave.index()];
            if !self.is_end(node) && is_apart && network.is_full(enter, &flows) {
                vital.push(node);
                if ahead.is_visited(&enter) && !ahead.is_visited(&leave) {
                    cut.push(node);
                }
            }
        }
        vital.sort_by_key(|node| node.index());
        cut.sort_by_key(|node| node.index());
        let cut = (!network.is_direct).then_some(cut);
        let disjoint = network.routes(self, flows);
        let must_pass = self.must_pass(&disjoint, &vital);
        Width { routes: routes as usize, disjoint, cut, vital, must_pass }
    }

    /// The nodes that every route passes: where two share none, only their ends; else the vital ones,
    /// without which there is no route. `vital` is in the order of the atlas.
    fn must_pass(&self, disjoint: &[Vec<Node<'g>>], vital: &[Node<'g>]) -> Vec<Node<'g>> {
        let is_only = disjoint.len() == 1;
        let is_vital =
            |node: &Node| vital.binary_search_by_key(&node.index(), |it| it.index()).is_ok();
        let is_passed = |node: &Node<'g>| self.is_end(*node) || is_only && is_vital(node);
        disjoint.first().into_iter().flatten().copied().filter(is_passed).collect()
    }

    /// Returns whether a node is the only node of an end, which cannot be cut.
    pub fn is_end(&self, node: Node<'g>) -> bool {
        [&self.from, &self.to].iter().any(|end| end[..] == [node])
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
    graph: &'g Graph,
    start: &[Node<'g>],
    stop: &[Node<'g>],
    next: impl Fn(Node<'g>) -> Vec<u32>,
) -> NodeSet<'g> {
    let stop = NodeSet::of(graph, stop.iter().copied());
    let mut found = NodeSet::of(graph, start.iter().copied());
    let mut open: Vec<Node> = start.to_vec();
    while let Some(node) = open.pop() {
        if !stop.contains(node) {
            let next = next(node).into_iter().map(|index| graph.node_at(index));
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
