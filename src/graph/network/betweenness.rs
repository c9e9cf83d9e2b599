//! Which nodes lie on the shortest ways between others.

use rayon::prelude::*;

use super::{Components, Links};

/// The number of links that are followed before the figures are estimated instead: about a second of
/// work.
pub const MOST_STEPS: u64 = 80_000_000;

/// The fewest nodes that an estimate starts from.
const LEAST_PIVOTS: usize = 16;

/// How much a share of the work may remember, over all shares, in nodes.
const MOST_SUMS: usize = 8_000_000;

/// The betweenness of each node: the share of the shortest ways between other nodes that pass
/// through it.
///
/// Betweenness centrality (Freeman, Sociometry 40, 1977), by the algorithm of Brandes (Journal of
/// Mathematical Sociology 25, 2001): a breadth-first search from every node. The share is of all pairs
/// of other nodes, those without any way included, as in `networkx.betweenness_centrality`.
///
/// Where that would take too long, only some searches are made (Brandes and Pich, International Journal
/// of Bifurcation and Chaos 17, 2007), from *pivots* that are evenly spaced over the nodes that
/// have neighbours. What they add up to is divided by how many of them could have counted the node.
pub struct Betweenness {
    /// The betweenness of each node, from 0 to 1.
    pub shares: Vec<f64>,
    /// The number of searches that an estimate rests on; `None` where the figures are exact.
    pub pivots: Option<usize>,
}

impl Betweenness {
    /// Computes the betweenness; O(nodes · links), or O(pivots · links) for an estimate.
    pub(super) fn new(links: &Links, components: &Components, steps: u64) -> Self {
        // A search from a node without neighbours finds nothing.
        let mut sources: Vec<u32> = links.nodes().filter(|node| links.degree(*node) > 0).collect();
        let all = sources.len();
        let pivots = pivots(all, steps, work(links, components));
        if let Some(pivots) = pivots {
            sources = (0..pivots).map(|at| sources[at * all / pivots]).collect();
        }
        let mut shares = sums(links, &sources);
        let pairs = (links.size() as f64 - 1.0) * (links.size() as f64 - 2.0);
        for (node, share) in (0..).zip(&mut shares).filter(|(_, share)| **share > 0.0) {
            // A search from the node itself cannot count it.
            let counting = sources.len() - usize::from(sources.binary_search(&node).is_ok());
            *share *= (all - 1) as f64 / counting as f64 / pairs;
        }
        Betweenness { shares, pivots }
    }
}

/// How many of `sources` to search from where searching from all takes `work`; none if that is fine.
fn pivots(sources: usize, steps: u64, work: u64) -> Option<usize> {
    let affordable = u128::from(steps) * sources as u128 / u128::from(work.max(1));
    let pivots = usize::try_from(affordable).unwrap_or(usize::MAX).max(LEAST_PIVOTS);
    (pivots < sources).then_some(pivots)
}

/// How many links all searches follow.
fn work(links: &Links, components: &Components) -> u64 {
    let mut ends = vec![0u64; components.sizes.len()];
    for node in links.nodes() {
        ends[components.of[node as usize] as usize] += links.degree(node) as u64;
    }
    let sizes = components.sizes.iter().map(|size| *size as u64);
    sizes.zip(ends).map(|(size, ends)| size.saturating_mul(ends)).fold(0, u64::saturating_add)
}

/// What all searches from `sources` add up to, node by node.
///
/// The sources are shared out in the same way on any machine, and the sums of the shares are added in
/// order: floating-point sums depend on it, and the same atlas gives the same bytes.
fn sums(links: &Links, sources: &[u32]) -> Vec<f64> {
    let shares = (MOST_SUMS / links.size().max(1)).clamp(8, 64);
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(sources.len().div_ceil(shares).max(1))
        .map(|sources| {
            let mut search = Search::new(links);
            for source in sources {
                search.run(*source);
            }
            search.sums
        })
        .collect();
    let mut sums = vec![0.0; links.size()];
    for part in parts {
        for (sum, more) in sums.iter_mut().zip(part) {
            *sum += more;
        }
    }
    sums
}

/// What a search knows of a node; all in one place, as it is looked up at random.
#[derive(Clone, Copy)]
struct Reach {
    /// Steps from the source; [`Reach::FAR`] until the node is reached.
    distance: u32,
    /// There are `ways` · 2^(512 · `scale`) shortest ways from the source: a row of a thousand diamonds has
    /// more than a floating-point number can hold.
    scale: u32,
    ways: f64,
    /// The shortest ways on from the node, each as a share of all ways to where it leads.
    onward: f64,
}

/// 2^-512
const SHRINK: f64 = f64::from_bits((1023 - 512) << 52);

impl Reach {
    const FAR: u32 = u32::MAX;

    /// Of a node that is not reached.
    const NONE: Reach = Reach { distance: Reach::FAR, scale: 0, ways: 0.0, onward: 0.0 };

    /// Adds the ways that come by way of another node.
    fn add(&mut self, by: Reach) {
        let scale = self.scale.max(by.scale);
        self.ways = self.ways_at(scale) + by.ways_at(scale);
        self.scale = scale;
        if self.ways * SHRINK > 1.0 {
            self.ways *= SHRINK;
            self.scale += 1;
        }
    }

    /// The ways at a scale that is no smaller than its own.
    fn ways_at(self, scale: u32) -> f64 {
        match scale - self.scale {
            0 => self.ways,
            1 => self.ways * SHRINK,
            _ => 0.0,
        }
    }
}

/// Searches from one node after another, and what they have added up to.
struct Search<'l> {
    links: &'l Links,
    sums: Vec<f64>,
    reaches: Vec<Reach>,
    /// The nodes that are reached, nearer ones first.
    reached: Vec<u32>,
}

impl<'l> Search<'l> {
    fn new(links: &'l Links) -> Self {
        Search {
            links,
            sums: vec![0.0; links.size()],
            reaches: vec![Reach::NONE; links.size()],
            reached: Vec::new(),
        }
    }

    fn run(&mut self, source: u32) {
        self.reach(source);
        while let Some(node) = self.reached.pop() {
            // Whoever is nearer to the source is still to come, and keeps its reach until then.
            let reach = std::mem::replace(&mut self.reaches[node as usize], Reach::NONE);
            for before in self.links.of(node) {
                let before = &mut self.reaches[*before as usize];
                if before.distance < reach.distance {
                    let share = before.ways_at(reach.scale) / reach.ways;
                    before.onward += share * (1.0 + reach.onward);
                }
            }
            if node != source {
                self.sums[node as usize] += reach.onward;
            }
        }
    }

    /// Counts the shortest ways from `source` to every node, nearer ones first.
    fn reach(&mut self, source: u32) {
        self.reaches[source as usize] = Reach { distance: 0, ways: 1.0, ..Reach::NONE };
        self.reached.push(source);
        let mut done = 0;
        while let Some(node) = self.reached.get(done).copied() {
            done += 1;
            let here = self.reaches[node as usize];
            for next in self.links.of(node) {
                let there = &mut self.reaches[*next as usize];
                if there.distance == Reach::FAR {
                    there.distance = here.distance + 1;
                    self.reached.push(*next);
                }
                if there.distance == here.distance + 1 {
                    there.add(here);
                }
            }
        }
    }
}
