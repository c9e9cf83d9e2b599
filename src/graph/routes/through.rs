//! The shortest completion of a route that passes given nodes.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::precedence::can_be_ordered;
use super::{First, Rest, Routes};
use crate::graph::Direction;
use crate::graph::ways::Length;

/// How many hops more than a shortest walk through all of the nodes are tried for a simple way, where
/// no limit is given. (To find a simple route through a node is NP-hard in a directed graph.)
const DETOUR: usize = 4;

/// The number of nodes that a search may enter without finding a route before it gives up: about a
/// tenth of a second of work.
pub const MOST_IN_VAIN: u32 = 50_000;

/// The greatest number of nodes that a route can be required to pass: the work doubles with each.
pub const MOST_VIAS: usize = 12;

/// How far it is from each node to some place.
type Distances = HashMap<u32, Length>;

impl Routes<'_, '_> {
    /// Returns the shortest simple way to an end that passes all of `via` and takes at most `most`
    /// hops.
    ///
    /// Iterative deepening A* (Korf, Artificial Intelligence 27, 1985): depth-first searches with a
    /// growing limit of length, pruned by a lower bound on the way through the nodes still to be
    /// passed. Nothing is searched where no order of the nodes is possible, or once
    /// [`MOST_IN_VAIN`] nodes were entered in vain.
    pub(super) fn through(
        &self,
        rest: Rest,
        via: Vec<u32>,
        most: Option<usize>,
    ) -> Option<(Length, Vec<u32>)> {
        if self.in_vain.get() >= MOST_IN_VAIN || via.len() > MOST_VIAS {
            self.gave_up.set(true);
            return None;
        }
        if !can_be_ordered(self, rest, &via) {
            return None;
        }
        let to_end = self.distances(self.ends.to.iter().copied(), rest);
        let to_via: Vec<Distances> = via.iter().map(|via| self.distances([*via], rest)).collect();
        let onward = Through::onward(&via, &to_via, &to_end);
        let through = Through { routes: self, via, to_end, to_via, onward };
        let bound = |(node, start): (&u32, &Length)| Some(*start + through.at_least(*node, &[])?);
        let limit = rest.first.iter().filter_map(bound).min()?;
        let deepest = most.unwrap_or(limit.hops as usize + DETOUR);
        let left = MOST_IN_VAIN - self.in_vain.get();
        let mut dive = Dive { limit, most: deepest, rest, left, deeper: None, is_cut: false };
        loop {
            let mut way = Vec::new();
            if let Some(length) = through.deepen(rest.first, &mut dive, Length::default(), &mut way)
            {
                return Some((length, way));
            }
            match dive.deeper.take() {
                Some(deeper) if dive.left > 0 => dive.limit = deeper,
                _ => break,
            }
        }
        self.in_vain.set(MOST_IN_VAIN - dive.left);
        if dive.left == 0 || (dive.is_cut && most.is_none()) {
            self.gave_up.set(true);
        }
        None
    }

    /// How far it is from each node to the nearest of `targets`.
    ///
    /// Dijkstra (Numerische Mathematik 1, 1959); O(relations · log nodes).
    fn distances(&self, targets: impl IntoIterator<Item = u32>, rest: Rest) -> Distances {
        let mut open: BinaryHeap<_> =
            targets.into_iter().map(|node| Reverse((Length::default(), node))).collect();
        let mut distances = Distances::new();
        while let Some(Reverse((length, node))) = open.pop() {
            if distances.contains_key(&node) {
                continue;
            }
            distances.insert(node, length);
            for (before, cost) in self.ways.neighbours(node, Direction::Backward) {
                if rest.holds(before) && !distances.contains_key(&before) {
                    open.push(Reverse((length + Length::step(cost), before)));
                }
            }
        }
        distances
    }
}

/// The distances that guide a search through several nodes.
struct Through<'r, 'w, 'g> {
    routes: &'r Routes<'w, 'g>,
    via: Vec<u32>,
    to_end: Distances,
    to_via: Vec<Distances>,
    /// For each set of vias still to come (a bit each) and each via: how long the shortest walk is
    /// from that via through the set to an end.
    onward: Vec<Vec<Option<Length>>>,
}

/// A dive, as deep as `limit` and no more than `most` hops.
struct Dive<'s> {
    limit: Length,
    most: usize,
    rest: Rest<'s>,
    /// How many more nodes may be entered.
    left: u32,
    /// The least bound beyond the limit, where the next dive may find more.
    deeper: Option<Length>,
    /// Whether a way was left because it took too many hops.
    is_cut: bool,
}

impl Dive<'_> {
    /// Whether a node may come after `way`.
    fn enters(&self, node: u32, way: &[u32]) -> bool {
        let is_open = if way.is_empty() { self.rest.holds(node) } else { self.rest.enters(node) };
        is_open && !way.contains(&node)
    }
}

impl Through<'_, '_, '_> {
    /// Fills `onward`, smaller sets first (Held and Karp, 1962); O(2^v · v²) for v vias.
    fn onward(via: &[u32], to_via: &[Distances], to_end: &Distances) -> Vec<Vec<Option<Length>>> {
        let mut onward: Vec<Vec<Option<Length>>> = Vec::with_capacity(1 << via.len());
        for set in 0usize..1 << via.len() {
            let walks = via.iter().map(|here| match set {
                0 => to_end.get(here).copied(),
                set => (0..via.len())
                    .filter(|next| set >> next & 1 == 1)
                    .filter_map(|next| {
                        Some(*to_via[next].get(here)? + onward[set & !(1 << next)][next]?)
                    })
                    .min(),
            });
            let walks = walks.collect();
            onward.push(walks);
        }
        onward
    }

    /// How long the shortest walk is from `node` to an end, through each via not on `way`.
    fn at_least(&self, node: u32, way: &[u32]) -> Option<Length> {
        let is_left = |at: &usize| self.via[*at] != node && !way.contains(&self.via[*at]);
        let left = || (0..self.via.len()).filter(is_left);
        let set = left().fold(0usize, |set, at| set | 1 << at);
        let walks = left().filter_map(|next| {
            Some(*self.to_via[next].get(&node)? + self.onward[set & !(1 << next)][next]?)
        });
        match set {
            0 => self.to_end.get(&node).copied(),
            _ => walks.min(),
        }
    }

    /// The length of a way no longer than the limit that goes on to one of `next`; it is left in `way`.
    fn deepen(
        &self,
        next: &First,
        dive: &mut Dive,
        so_far: Length,
        way: &mut Vec<u32>,
    ) -> Option<Length> {
        for (node, step) in next {
            let length = so_far + *step;
            if !dive.enters(*node, way) {
                continue;
            }
            let Some(rest) = self.at_least(*node, way) else { continue };
            let bound = length + rest;
            if length.hops as usize > dive.most {
                dive.is_cut = true;
                continue;
            }
            if bound > dive.limit {
                dive.deeper = Some(dive.deeper.map_or(bound, |least| least.min(bound)));
                continue;
            }
            dive.left = dive.left.checked_sub(1)?;
            way.push(*node);
            if self.routes.ends.to.contains(node) {
                if self.via.iter().all(|via| way.contains(via)) {
                    return Some(length);
                }
            } else {
                let onward = self.routes.first(Some(node));
                if let Some(whole) = self.deepen(&onward, dive, length, way) {
                    return Some(whole);
                }
            }
            way.pop();
        }
        None
    }
}
