//! Routes through the graph: the shortest, the k best and all, each passing no node twice.
//!
//! Knows which steps may be taken ([`Ways`]) and nothing of what they mean. Among routes of equal
//! cost the one of fewer hops comes first, then that through earlier nodes of the atlas, so that the
//! order is the same on every run.
//!
//! Where several nodes are given at an end, a route begins at any of the first and ends at any of the
//! last, and passes no other of either (an *A–B path*: Diestel, Graph Theory, section 1.3), so that
//! no route is another one with something put before or after it.
//!
//! The k best are found by Yen's algorithm (1971) with Lawler's partition (1972). Once the best is known,
//! all others fall into parts by where they leave it, none into two:
//!
//! ```text
//! best              s ─ a ─ b ─ t
//! leaves it at s    s ─ ·             not by s → a
//! leaves it at a    s ─ a ─ ·         not by a → b
//! leaves it at b    s ─ a ─ b ─ ·     not by b → t
//! ```
//!
//! The shortest of each part is found, and the least of these is the second best. Only its part is split
//! further, from where it left: what it shares with the best, the other parts have covered.

mod bounded;
mod meeting;
mod precedence;
mod reach;
mod through;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Node;
use super::ways::{Length, Ways};
use crate::graph::Direction;
use bounded::Bounded;
use meeting::Meeting;

pub use reach::hops;
pub use through::{MOST_IN_VAIN, MOST_VIAS};

/// Where routes lead, and through what.
#[derive(Clone, Debug)]
pub struct Search<'g> {
    /// Where they begin: at any of these.
    pub from: Vec<Node<'g>>,
    /// Where they end: at any of these.
    pub to: Vec<Node<'g>>,
    /// What they pass, in any order; none are found through more than [`MOST_VIAS`].
    pub via: Vec<Node<'g>>,
    /// The most steps they take; any number where absent.
    pub max_hops: Option<usize>,
}

/// A route.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'g> {
    /// What it costs and how many hops it takes.
    pub length: Length,
    /// The nodes that it passes, from the beginning to the end.
    pub nodes: Vec<Node<'g>>,
}

/// The simple routes of a search, the shortest first.
///
/// Yen's algorithm (Management Science 17, 1971) with Lawler's partition (Management Science 18,
/// 1972): each route not yet given is the least of its part, so the order is exact. The least of a
/// part is found by a bidirectional search; each next route costs at most O(hops · relations ·
/// log nodes), and what is kept grows by its hops.
pub struct Routes<'w, 'g> {
    ways: &'w Ways<'g>,
    ends: Ends,
    via: Vec<u32>,
    max_hops: Option<usize>,
    parts: BTreeSet<Part>,
    /// The part whose least route was given last, to be split before the next one is.
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

/// The routes that begin alike: with the first `fixed` nodes of `route`, then none of `barred`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    length: Length,
    /// The least of them.
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
    /// Begins the search; only the shortest is found before the first is asked for.
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

    /// Whether there may be more routes than were found: those through given nodes are looked for only
    /// so far.
    pub fn gave_up(&self) -> bool {
        self.gave_up.get()
    }

    /// How many nodes were entered in vain on the way through given nodes; at most [`MOST_IN_VAIN`].
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
    type Item = Found<'g>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(part) = self.given.take() {
            self.split(part);
        }
        let part = self.parts.pop_first()?;
        let graph = self.ways.graph();
        let nodes = part.route.iter().map(|index| graph.node_at(*index)).collect();
        let found = Found { length: part.length, nodes };
        self.given = Some(part);
        Some(found)
    }
}

/// How many routes are as short as the shortest, counted by the nodes they pass; saturates.
///
/// Asks for no via and no limit of hops. Counts along the shortest routes' own steps;
/// O(relations · log nodes).
pub fn count_shortest<'g>(ways: &Ways<'g>, from: &[Node<'g>], to: &[Node<'g>]) -> u64 {
    let search = Search { from: from.to_vec(), to: to.to_vec(), via: Vec::new(), max_hops: None };
    let routes = Routes::none(ways, &search);
    let (first, passed) = (routes.first(None), routes.ends.from.iter().copied().collect());
    let rest = Rest { first: &first, passed: &passed };
    Meeting::search(ways, &routes.ends, rest).map_or(0, |meeting| meeting.count())
}
