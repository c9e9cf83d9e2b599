//! The shortest completions of a route, by a search from both ends that meet in the middle.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use foldhash::{HashMap, HashMapExt};

use super::{Ends, Rest};
use crate::graph::Direction;
use crate::graph::ways::{Length, Ways};

/// All shortest ways from the first nodes to an end: which nodes they pass, and how far those are.
pub(super) struct Meeting<'s, 'g> {
    ways: &'s Ways<'g>,
    ends: &'s Ends,
    rest: Rest<'s>,
    length: Length,
    /// Nodes on a shortest way that the search from the beginning settled, with their distance from it.
    ahead: HashMap<u32, Length>,
    /// Nodes that the search from the end settled, with their distance to it.
    behind: HashMap<u32, Length>,
}

/// One of the two searches.
struct Half {
    towards: Direction,
    nearest: HashMap<u32, Length>,
    /// Those whose nearest distance will not change.
    settled: HashMap<u32, Length>,
    open: BinaryHeap<Reverse<(Length, u32)>>,
}

impl Half {
    fn new(towards: Direction, start: impl Iterator<Item = (u32, Length)>) -> Self {
        let (nearest, open) = (HashMap::new(), BinaryHeap::new());
        let mut half = Half { towards, settled: HashMap::new(), nearest, open };
        start.for_each(|(node, length)| half.reach(node, length));
        half
    }

    fn reach(&mut self, node: u32, length: Length) {
        let known = self.nearest.get(&node);
        if known.is_none_or(|known| length < *known) {
            self.nearest.insert(node, length);
            self.open.push(Reverse((length, node)));
        }
    }

    /// How far the next node is; what was overtaken is dropped.
    fn next(&mut self) -> Option<Length> {
        while let Some(Reverse((length, node))) = self.open.peek() {
            if self.nearest[node] == *length && !self.settled.contains_key(node) {
                return Some(*length);
            }
            self.open.pop();
        }
        None
    }
}

impl<'s, 'g> Meeting<'s, 'g> {
    /// Searches from both ends. Returns `None` where no way leads to an end.
    ///
    /// Bidirectional Dijkstra (Pohl, Machine Intelligence 6, 1971), carried on until no way as short
    /// as the shortest is left out: once the two next distances sum to more than it, some step of each
    /// such way leads from a node settled by one search to a node settled by the other.
    /// O(relations · log nodes), but as a rule far less than the graph is touched.
    pub(super) fn search(ways: &'s Ways<'g>, ends: &'s Ends, rest: Rest<'s>) -> Option<Self> {
        let mut from = Half::new(Direction::Forward, rest.first.iter().map(|(at, it)| (*at, *it)));
        let open = ends.to.iter().filter(|it| rest.holds(**it));
        let mut to = Half::new(Direction::Backward, open.map(|node| (*node, Length::default())));
        let mut best: Option<Length> = None;
        while let (Some(next), Some(then)) = (from.next(), to.next()) {
            if best.is_some_and(|best| next + then > best) {
                break;
            }
            let (half, other) = match from.open.len() <= to.open.len() {
                true => (&mut from, &to),
                false => (&mut to, &from),
            };
            let Some(Reverse((length, node))) = half.open.pop() else { break };
            half.settled.insert(node, length);
            if let Some(onward) = other.nearest.get(&node) {
                let whole = length + *onward;
                best = Some(best.map_or(whole, |best| best.min(whole)));
            }
            let is_end = match half.towards {
                Direction::Forward => ends.to.contains(&node),
                Direction::Backward => !rest.enters(node),
            };
            if is_end {
                continue;
            }
            for (next, cost) in ways.neighbours(node, half.towards) {
                let enters = match half.towards {
                    Direction::Forward => rest.enters(next),
                    Direction::Backward => rest.holds(next),
                };
                if enters {
                    half.reach(next, length + Length::step(cost));
                }
            }
        }
        let (ahead, behind) = (HashMap::new(), to.settled);
        let mut meeting = Meeting { ways, ends, rest, length: best?, ahead, behind };
        meeting.mark(&from.settled);
        Some(meeting)
    }

    /// Finds which of the nodes settled from the beginning are on a shortest way.
    fn mark(&mut self, settled: &HashMap<u32, Length>) {
        let crosses = |node: u32, length: Length| {
            (self.ends.to.contains(&node) && length == self.length)
                || self.steps(node).any(|(next, step)| self.is_behind(next, length + step))
        };
        let mut open: Vec<u32> = settled
            .iter()
            .filter(|(node, length)| crosses(**node, **length))
            .map(|(node, _)| *node)
            .collect();
        let mut ahead: HashMap<u32, Length> =
            open.iter().map(|node| (*node, settled[node])).collect();
        while let Some(node) = open.pop() {
            let length = settled[&node];
            for (before, cost) in self.ways.neighbours(node, Direction::Backward) {
                let Some(known) = settled.get(&before) else { continue };
                let leads = !self.ends.to.contains(&before)
                    && *known + Length::step(cost) == length
                    && !ahead.contains_key(&before);
                if leads {
                    ahead.insert(before, *known);
                    open.push(before);
                }
            }
        }
        self.ahead = ahead;
    }

    /// Whether a shortest way, so long up to this node, goes on from it over nodes settled from the end.
    fn is_behind(&self, node: u32, length: Length) -> bool {
        self.behind.get(&node).is_some_and(|rest| length + *rest == self.length)
    }

    fn is_on(&self, node: u32, length: Length) -> bool {
        self.ahead.get(&node) == Some(&length) || self.is_behind(node, length)
    }

    /// The steps onward from a node; none from an end.
    fn steps(&self, node: u32) -> impl Iterator<Item = (u32, Length)> {
        let is_end = self.ends.to.contains(&node);
        let steps = (!is_end).then(|| self.ways.neighbours(node, Direction::Forward));
        steps.into_iter().flatten().map(|(next, cost)| (next, Length::step(cost)))
    }

    /// Returns the length of the shortest ways.
    pub(super) fn length(&self) -> Length {
        self.length
    }

    /// Returns, of the shortest ways, the one through the earliest nodes of the atlas.
    pub(super) fn least(&self) -> Vec<u32> {
        let first = self.rest.first.iter().find(|(node, length)| self.is_on(**node, **length));
        let mut at = first.map(|(node, length)| (*node, *length));
        let mut way = Vec::new();
        while let Some((node, length)) = at {
            way.push(node);
            let mut steps = self.steps(node).map(|(next, step)| (next, length + step));
            at = steps.find(|(next, length)| self.is_on(*next, *length));
        }
        way
    }

    /// Returns the number of shortest ways; saturates.
    pub(super) fn count(&self) -> u64 {
        let first = self.rest.first.iter().filter(|(node, length)| self.is_on(**node, **length));
        let mut open: BTreeMap<(Length, u32), u64> =
            first.map(|(node, length)| ((*length, *node), 1)).collect();
        let mut counted = 0u64;
        while let Some(((length, node), count)) = open.pop_first() {
            if self.ends.to.contains(&node) {
                counted = counted.saturating_add(count);
            }
            for (next, step) in self.steps(node) {
                if self.is_on(next, length + step) {
                    let sum = open.entry((length + step, next)).or_default();
                    *sum = sum.saturating_add(count);
                }
            }
        }
        counted
    }
}
