//! The cheapest completion of a route with a limited number of hops, where steps differ in cost.

use std::collections::{BTreeMap, HashMap};

use super::{Ends, Rest};
use crate::graph::Direction;
use crate::graph::ways::{Cost, Length, Ways};

/// For each node, what the cheapest way to an end costs, by the hops that it may take.
pub(super) struct Bounded<'s, 'g> {
    ways: &'s Ways<'g>,
    ends: &'s Ends,
    rest: Rest<'s>,
    most: u32,
    /// Lengths of more and more hops at less and less cost.
    labels: HashMap<u32, Vec<Length>>,
}

impl<'s, 'g> Bounded<'s, 'g> {
    /// Computes the costs for ways of at most `most` hops.
    ///
    /// Bellman and Ford's recurrence, a round for each hop, over the nodes that the last round made
    /// cheaper. O(hops · relations).
    pub(super) fn new(ways: &'s Ways<'g>, ends: &'s Ends, rest: Rest<'s>, most: usize) -> Self {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let open = ends.to.iter().filter(|end| rest.holds(**end));
        let labels = open.map(|node| (*node, vec![Length::default()])).collect();
        let mut bounded = Bounded { ways, ends, rest, most, labels };
        let mut changed: Vec<u32> =
            ends.to.iter().copied().filter(|end| rest.enters(*end)).collect();
        for hops in 1..=most {
            let mut cheaper: BTreeMap<u32, Length> = BTreeMap::new();
            for node in changed {
                let onward = *bounded.labels[&node].last().expect("it has just got one");
                for (before, cost) in ways.neighbours(node, Direction::Backward) {
                    let length = Length { hops, ..onward + Length::step(cost) };
                    let known = bounded.labels.get(&before).and_then(|labels| labels.last());
                    if rest.holds(before)
                        && known.is_none_or(|known| length.cost < known.cost)
                        && cheaper.get(&before).is_none_or(|other| length < *other)
                    {
                        cheaper.insert(before, length);
                    }
                }
            }
            if cheaper.is_empty() {
                break;
            }
            // What may only come first has nothing before it.
            changed = cheaper.keys().copied().filter(|node| rest.enters(*node)).collect();
            for (node, length) in cheaper {
                bounded.labels.entry(node).or_default().push(length);
            }
        }
        bounded
    }

    /// The least length from a node of at most so many hops.
    fn from(&self, node: u32, hops: u32) -> Option<Length> {
        let labels = self.labels.get(&node)?;
        labels.iter().rev().find(|length| length.hops <= hops).copied()
    }

    /// Returns the shortest way from one of the first nodes; of equally short ones, the one through
    /// earlier nodes of the atlas.
    pub(super) fn least(&self) -> Option<(Length, Vec<u32>)> {
        let whole = |(node, start): (&u32, &Length)| {
            let rest = self.from(*node, self.most.checked_sub(start.hops)?)?;
            Some((*start + rest, *node, rest))
        };
        let (length, mut node, mut rest) = self.rest.first.iter().filter_map(whole).min()?;
        let mut way = vec![node];
        while !self.ends.to.contains(&node) {
            let steps = self.ways.neighbours(node, Direction::Forward).into_iter();
            let mut onward = steps.filter_map(|(next, cost): (u32, Cost)| {
                let then = self.from(next, rest.hops - 1)?;
                (then + Length::step(cost) == rest).then_some((next, then))
            });
            (node, rest) = onward.next()?;
            way.push(node);
        }
        Some((length, way))
    }
}
