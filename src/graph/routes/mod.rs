//! Routes through the graph: the shortest, the k shortest or all, each passing no node twice.
//!
//! [`Ways`] decides which steps routes may take and what they cost; this module does not know what
//! relations mean. Of routes with equal cost the one with fewer hops comes first, then the one
//! through earlier nodes of the atlas, so that the order is the same in every run.
//!
//! Where an end consists of several nodes, a route begins at any of the first end and ends at any
//! of the last, and passes no other node of either (an *A–B path*: Diestel, Graph Theory, section
//! 1.3). So no route is another one with something put before or after it.
//!
//! The k shortest are found by Yen's algorithm (1971) with Lawler's partition (1972). When the
//! shortest route is known, all others fall into disjoint parts, by the node at which they leave
//! it:
//!
//! ```text
//! best              s ─ a ─ b ─ t
//! leaves it at s    s ─ ·             not by s → a
//! leaves it at a    s ─ a ─ ·         not by a → b
//! leaves it at b    s ─ a ─ b ─ ·     not by b → t
//! ```
//!
//! The shortest route of each part is found, and the shortest of these is the second shortest of
//! all. Then only the part that it came from is split further, at the nodes behind the one where it
//! left: the routes that leave earlier are in the other parts already.

mod bounded;
mod meeting;
mod precedence;
mod reach;
mod through;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashSet;

use super::Node;
use super::ways::{Length, Ways};
use crate::graph::Direction;
use bounded::Bounded;
use meeting::Meeting;

pub use reach::hops;
pub use through::{MOST_IN_VAIN, MOST_VIAS};

/// The ends of routes and the nodes that they must pass.
#[derive(Clone, Debug)]
pub struct Search<'g> {
    /// The nodes at any of which they begin.
    pub from: Vec<Node<'g>>,
    /// The nodes at any of which they end.
    pub to: Vec<Node<'g>>,
    /// The nodes that they must pass, in any order. No routes are found through more than
    /// [`MOST_VIAS`].
    pub via: Vec<Node<'g>>,
    /// The greatest number of hops; `None` for any number.
    pub max_hops: Option<usize>,
}

/// A route as the nodes that it passes, and its length.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedRoute<'g> {
    /// Its cost and its number of hops.
    pub length: Length,
    /// The nodes that it passes, both ends included.
    pub nodes: Vec<Node<'g>>,
}

/// The simple routes of a search, the shortest first.
///
/// Yen's algorithm (Management Science 17, 1971) with Lawler's partition (Management Science 18,
/// 1972): each route that was not yet returned is in exactly one part, of which the shortest route
/// is known, so the order is exact. That route is found by a bidirectional search. Each further
/// route costs at most O(hops · relations · log nodes), and memory grows by its hops.
pub struct Routes<'w, 'g> {
    ways: &'w Ways<'g>,
    ends: Ends,
    via: Vec<u32>,
    max_hops: Option<usize>,
    parts: BTreeSet<Part>,
    /// The part whose shortest route was returned last; it is split before the next one is
    /// returned.
    given: Option<Part>,
    /// How many nodes were entered in vain on the way through `via`.
    in_vain: Cell<u32>,
    gave_up: Cell<bool>,
}

/// Where routes may begin and end.
struct Ends {
    from: BTreeSet<u32>,
    to: HashSet<u32>,
}

/// A part of the routes: those that begin with the first `fixed` nodes of `route` and do not go on
/// to any of `barred`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    length: Length,
    /// The shortest of them.
    route: Vec<u32>,
    fixed: usize,
    barred: BTreeSet<u32>,
}

/// The nodes that may come next and how long it is to each, from where the rest begins.
type First = BTreeMap<u32, Length>;

/// How the rest of a route may go on.
#[derive(Clone, Copy)]
struct Rest<'s> {
    first: &'s First,
    /// What is passed already, and where routes begin.
    passed: &'s HashSet<u32>,
}

impl Rest<'_> {
    /// Whether a node may come later than the first.
    fn enters(self, node: u32) -> bool {
        !self.passed.contains(&node)
    }

    /// Whether a node may come anywhere.
    fn holds(self, node: u32) -> bool {
        self.enters(node) || self.first.contains_key(&node)
    }
}

impl<'w, 'g> Routes<'w, 'g> {
    /// Starts a search. Only the shortest route is found at once, the others when they are asked
    /// for.
    pub fn new(ways: &'w Ways<'g>, search: &Search<'g>) -> Self {
        let mut routes = Routes::none(ways, search);
        routes.open(&[], Length::default(), BTreeSet::new());
        routes
    }

    /// The search before anything is sought.
    fn none(ways: &'w Ways<'g>, search: &Search<'g>) -> Self {
        let open = |nodes: &[Node<'g>]| -> Vec<u32> {
            nodes.iter().filter(|node| ways.enters(**node)).map(|node| node.index()).collect()
        };
        let ends = Ends {
            from: open(&search.from).into_iter().collect(),
            to: open(&search.to).into_iter().collect(),
        };
        let via: BTreeSet<u32> = search.via.iter().map(|node| node.index()).collect();
        let via = via.into_iter().collect();
        Routes {
            ways,
            ends,
            via,
            max_hops: search.max_hops,
            parts: BTreeSet::new(),
            given: None,
            in_vain: Cell::new(0),
            gave_up: Cell::new(false),
        }
    }

    /// Returns whether there may be more routes than were found: the search for routes through
    /// given nodes is limited.
    pub fn gave_up(&self) -> bool {
        self.gave_up.get()
    }

    /// Returns how many nodes a search through given nodes entered without finding a route; at most
    /// [`MOST_IN_VAIN`].
    pub fn in_vain(&self) -> u32 {
        self.in_vain.get()
    }

    /// Adds the part of the routes that begin with `prefix`, so long, and do not go on to `barred`.
    fn open(&mut self, prefix: &[u32], length: Length, barred: BTreeSet<u32>) {
        if let Some((rest, nodes)) = self.least(prefix, length, &barred) {
            let route = [prefix, &nodes].concat();
            self.parts.insert(Part { length: length + rest, route, fixed: prefix.len(), barred });
        }
    }

    /// What completes `prefix` to its least route that does not go on to `barred`.
    fn least(
        &self,
        prefix: &[u32],
        length: Length,
        barred: &BTreeSet<u32>,
    ) -> Option<(Length, Vec<u32>)> {
        let via: Vec<u32> = self.via.iter().copied().filter(|it| !prefix.contains(it)).collect();
        if prefix.last().is_some_and(|here| self.ends.to.contains(here)) {
            let is_whole = via.is_empty() && barred.is_empty();
            return is_whole.then(|| (Length::default(), Vec::new()));
        }
        let most = match self.max_hops {
            Some(most) => Some(most.checked_sub(length.hops as usize)?),
            None => None,
        };
        let mut passed: HashSet<u32> = prefix.iter().copied().collect();
        let mut first = self.first(prefix.last());
        first.retain(|node, _| !barred.contains(node) && !passed.contains(node));
        passed.extend(&self.ends.from);
        let rest = Rest { first: &first, passed: &passed };
        match (via.is_empty(), most) {
            (true, Some(most)) if !self.ways.is_uniform() => {
                Bounded::new(self.ways, &self.ends, rest, most).least()
            }
            (true, most) => {
                let meeting = Meeting::search(self.ways, &self.ends, rest)?;
                (most.is_none_or(|most| meeting.length().hops as usize <= most))
                    .then(|| (meeting.length(), meeting.least()))
            }
            (false, most) => self.through(rest, via, most),
        }
    }

    /// Where a route goes on from its last node; where it begins, if it has none.
    fn first(&self, last: Option<&u32>) -> First {
        match last {
            None => self.ends.from.iter().map(|node| (*node, Length::default())).collect(),
            Some(last) => {
                let steps = self.ways.neighbours(*last, Direction::Forward).into_iter();
                let steps = steps.filter(|(node, _)| !self.ends.from.contains(node));
                steps.map(|(node, cost)| (node, Length::step(cost))).collect()
            }
        }
    }

    /// Opens the parts into which the rest of a part falls: the routes that leave its least one at each
    /// later node.
    fn split(&mut self, Part { route, fixed, barred, .. }: Part) {
        let lengths = self.lengths(&route);
        for at in fixed..route.len() {
            let mut barred = if at == fixed { barred.clone() } else { BTreeSet::new() };
            barred.insert(route[at]);
            let so_far = at.checked_sub(1).map_or(Length::default(), |last| lengths[last]);
            self.open(&route[..at], so_far, barred);
        }
    }

    /// How long the route is up to each of its nodes.
    fn lengths(&self, route: &[u32]) -> Vec<Length> {
        let mut length = Length::default();
        let mut lengths = vec![length];
        for ends in route.windows(2) {
            let steps = self.ways.neighbours(ends[0], Direction::Forward);
            let (_, cost) = steps.iter().find(|(next, _)| *next == ends[1]).expect("it is a route");
            length = length + Length::step(*cost);
            lengths.push(length);
        }
        lengths
    }
}

impl<'g> Iterator for Routes<'_, 'g> {
    type Item = RankedRoute<'g>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(part) = self.given.take() {
            self.split(part);
        }
        let part = self.parts.pop_first()?;
        let graph = self.ways.graph();
        let nodes = part.route.iter().map(|index| graph.node_at(*index)).collect();
        let found = RankedRoute { length: part.length, nodes };
        self.given = Some(part);
        Some(found)
    }
}

/// Returns the number of routes of the same length as the shortest; routes over the same nodes
/// count once. Saturates.
///
/// There are no nodes to be passed and no limit of hops. The routes are counted along the steps of
/// the shortest ones; O(relations · log nodes).
pub fn count_shortest<'g>(ways: &Ways<'g>, from: &[Node<'g>], to: &[Node<'g>]) -> u64 {
    let search = Search { from: from.to_vec(), to: to.to_vec(), via: Vec::new(), max_hops: None };
    let routes = Routes::none(ways, &search);
    let (first, passed) = (routes.first(None), routes.ends.from.iter().copied().collect());
    let rest = Rest { first: &first, passed: &passed };
    Meeting::search(ways, &routes.ends, rest).map_or(0, |meeting| meeting.count())
}
