//! Routes through the graph: breadth-first search and the k shortest simple routes.
//!
//! Knows which steps may be taken ([`Ways`]) and nothing of what they mean.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::{Direction, Graph, Node, Relation, RelationKind};
use crate::model::Traverse;

/// Which relations a route may use, in which direction, and which nodes it may enter.
pub struct Ways<'g> {
    graph: &'g Graph,
    /// For each relation kind: forwards, backwards.
    kinds: Vec<(bool, bool)>,
    keep: Box<dyn Fn(Relation<'g>) -> bool + 'g>,
    avoid: HashSet<u32>,
}

impl<'g> Ways<'g> {
    /// What the vocabulary allows.
    pub fn new(graph: &'g Graph) -> Self {
        let kinds = graph
            .relation_kinds()
            .map(|kind| match kind.traverse() {
                Traverse::Forward => (true, false),
                Traverse::Both => (true, true),
                Traverse::Never => (false, false),
            })
            .collect();
        Ways { graph, kinds, keep: Box::new(|_| true), avoid: HashSet::new() }
    }

    /// Follows the relation kind numbered `kind` too, as it is written.
    pub fn follow(&mut self, kind: u16) {
        self.kinds[usize::from(kind)].0 = true;
    }

    /// Leaves the relation kind numbered `kind` out.
    pub fn leave_out(&mut self, kind: u16) {
        self.kinds[usize::from(kind)] = (false, false);
    }

    /// Follows whatever is followed in both directions.
    pub fn both_ways(&mut self) {
        for (forward, backward) in &mut self.kinds {
            *backward |= *forward;
            *forward = *backward;
        }
    }

    /// Uses only the relations that satisfy `keep`.
    pub fn keep(&mut self, keep: impl Fn(Relation<'g>) -> bool + 'g) {
        self.keep = Box::new(keep);
    }

    /// Enters none of these nodes.
    pub fn avoid(&mut self, nodes: impl IntoIterator<Item = Node<'g>>) {
        self.avoid.extend(nodes.into_iter().map(Node::index));
    }

    /// Whether a route may take relations of a kind, in whichever direction.
    pub fn follows(&self, kind: RelationKind<'g>) -> bool {
        let (forward, backward) = self.kinds[usize::from(kind.index())];
        forward || backward
    }

    /// Whether a route may take a relation in a direction.
    pub(super) fn allows(&self, relation: Relation<'g>, direction: Direction) -> bool {
        let (forward, backward) = self.kinds[usize::from(relation.kind().index())];
        let open = match direction {
            Direction::Forward => forward,
            Direction::Backward => backward,
        };
        open && (self.keep)(relation)
    }

    /// The relations that lead from one node to another, forward ones first.
    pub fn between(&self, from: Node<'g>, to: Node<'g>) -> Vec<(Relation<'g>, Direction)> {
        let forward = from.outgoing().filter(|relation| relation.to() == to);
        let backward = from.incoming().filter(|relation| relation.from() == to);
        forward
            .map(|relation| (relation, Direction::Forward))
            .chain(backward.map(|relation| (relation, Direction::Backward)))
            .filter(|(relation, direction)| self.allows(*relation, *direction))
            .collect()
    }

    fn successors(&self, node: u32) -> BTreeSet<u32> {
        self.neighbours(node, Direction::Forward, Direction::Backward)
    }

    fn predecessors(&self, node: u32) -> BTreeSet<u32> {
        self.neighbours(node, Direction::Backward, Direction::Forward)
    }

    /// The nodes one step away: over outgoing relations read `out`, over incoming ones read `back`.
    fn neighbours(&self, node: u32, out: Direction, back: Direction) -> BTreeSet<u32> {
        let node = self.graph.node_at(node);
        let outgoing = node.outgoing().filter(|relation| self.allows(*relation, out));
        let incoming = node.incoming().filter(|relation| self.allows(*relation, back));
        outgoing
            .map(|relation| relation.to().index())
            .chain(incoming.map(|relation| relation.from().index()))
            .filter(|index| !self.avoid.contains(index))
            .collect()
    }

    /// Steps from each node to `target`, breadth first, never entering `blocked`. Ends early, once the
    /// layer in which `enough` first holds is complete. O(nodes + relations).
    fn distances(
        &self,
        target: u32,
        blocked: &HashSet<u32>,
        enough: impl Fn(u32) -> bool,
    ) -> HashMap<u32, u32> {
        let mut distances = HashMap::from([(target, 0)]);
        let mut queue = VecDeque::from([target]);
        let mut last = None;
        while let Some(node) = queue.pop_front() {
            let distance = distances[&node];
            if last.is_some_and(|last| distance > last) {
                break;
            }
            if enough(node) {
                last.get_or_insert(distance);
            }
            for before in self.predecessors(node) {
                if !blocked.contains(&before) && !distances.contains_key(&before) {
                    distances.insert(before, distance + 1);
                    queue.push_back(before);
                }
            }
        }
        distances
    }
}

/// Where routes lead, and through what.
#[derive(Clone, Debug)]
pub struct Search<'g> {
    /// Where they begin.
    pub from: Node<'g>,
    /// Where they end.
    pub to: Node<'g>,
    /// What they pass, in any order.
    pub via: Vec<Node<'g>>,
    /// The most steps they take; any number where absent.
    pub max_hops: Option<usize>,
}

/// How many hops more than a shortest walk through all of `via` are tried for a simple route, where
/// no limit is given. (To find a simple route through a node is NP-hard in a directed graph.)
const DETOUR: usize = 4;

/// The simple routes of a search, each the nodes it passes, the shortest first; equally short ones in
/// the order of their nodes in the atlas.
///
/// Yen's algorithm (Management Science 17, 1971) with Lawler's partition: each route not yet given is
/// the least of its part, so the order is exact. Each next route costs O(hops · (nodes + relations)).
pub struct Routes<'w, 'g> {
    ways: &'w Ways<'g>,
    search: Search<'g>,
    /// Per part: its least route, and how many nodes of it are fixed with what must not follow them.
    parts: BTreeSet<(usize, Vec<u32>, usize, BTreeSet<u32>)>,
}

impl<'w, 'g> Routes<'w, 'g> {
    /// Begins the search; nothing is found before the first is asked for.
    pub fn new(ways: &'w Ways<'g>, search: Search<'g>) -> Self {
        let (from, to) = (search.from.index(), search.to.index());
        let mut routes = Routes { ways, search, parts: BTreeSet::new() };
        if !ways.avoid.contains(&from) && !ways.avoid.contains(&to) {
            routes.open(&[from], BTreeSet::new());
        }
        routes
    }

    /// Adds the part of the routes that begin with `prefix` and do not go on to `barred`.
    fn open(&mut self, prefix: &[u32], barred: BTreeSet<u32>) {
        if let Some(route) = self.least(prefix, &barred) {
            self.parts.insert((route.len(), route, prefix.len(), barred));
        }
    }

    /// The least simple route that begins with `prefix` and does not go on to `barred`.
    fn least(&self, prefix: &[u32], barred: &BTreeSet<u32>) -> Option<Vec<u32>> {
        let (here, to) = (*prefix.last()?, self.search.to.index());
        let passed: HashSet<u32> = prefix.iter().copied().collect();
        let via: Vec<u32> = self
            .search
            .via
            .iter()
            .map(|node| node.index())
            .filter(|via| !passed.contains(via))
            .collect();
        if here == to {
            return (via.is_empty() && barred.is_empty()).then(|| prefix.to_vec());
        }
        let most = self.search.max_hops.unwrap_or(usize::MAX).checked_sub(prefix.len() - 1)?;
        let first: BTreeSet<u32> = self
            .ways
            .successors(here)
            .into_iter()
            .filter(|next| !barred.contains(next) && !passed.contains(next))
            .collect();
        let rest = match via.is_empty() {
            true => self.shortest(&first, &passed, most),
            false => self.shortest_through(&first, &passed, via, most),
        }?;
        Some(prefix.iter().copied().chain(rest).collect())
    }

    /// The least way on from one of `first` to the end, at most `most` hops from before `first`.
    fn shortest(
        &self,
        first: &BTreeSet<u32>,
        passed: &HashSet<u32>,
        most: usize,
    ) -> Option<Vec<u32>> {
        let to = self.search.to.index();
        let distances = self.ways.distances(to, passed, |node| first.contains(&node));
        let near = |nodes: &BTreeSet<u32>| {
            nodes.iter().filter_map(|node| Some((*distances.get(node)?, *node))).min()
        };
        let (distance, mut node) = near(first)?;
        if distance as usize + 1 > most {
            return None;
        }
        let mut way = vec![node];
        while node != to {
            let open = self
                .ways
                .successors(node)
                .into_iter()
                .filter(|next| !passed.contains(next))
                .collect();
            (_, node) = near(&open)?;
            way.push(node);
        }
        Some(way)
    }

    /// As [`Self::shortest`], passing all of `via`: depth first, deeper and deeper, pruned by how far
    /// it is at least through each that is still to come.
    fn shortest_through(
        &self,
        first: &BTreeSet<u32>,
        passed: &HashSet<u32>,
        via: Vec<u32>,
        most: usize,
    ) -> Option<Vec<u32>> {
        let to_end = self.ways.distances(self.search.to.index(), passed, |_| false);
        let to_via: Vec<HashMap<u32, u32>> =
            via.iter().map(|via| self.ways.distances(*via, passed, |_| false)).collect();
        let onward = Through::onward(&via, &to_via, &to_end);
        let through = Through { routes: self, via, to_end, to_via, onward };
        let all = vec![false; through.via.len()];
        let bound = |node: &u32| through.at_least(*node, &all);
        let shortest = first.iter().filter_map(bound).min()? + 1;
        let deepest = self.search.max_hops.map_or(shortest + DETOUR, |_| most);
        (shortest..=deepest.min(self.ways.graph.node_count())).find_map(|depth| {
            let mut way = Vec::new();
            let mut passed = passed.clone();
            through.deepen(first, depth, &mut way, &mut passed).then_some(way)
        })
    }
}

/// The distances that guide a search through several nodes.
struct Through<'r, 'w, 'g> {
    routes: &'r Routes<'w, 'g>,
    via: Vec<u32>,
    to_end: HashMap<u32, u32>,
    to_via: Vec<HashMap<u32, u32>>,
    /// For each set of vias still to come (a bit each) and each via: the hops of the shortest walk from
    /// that via through the set to the end.
    onward: Vec<Vec<Option<u32>>>,
}

impl Through<'_, '_, '_> {
    /// Fills `onward`, smaller sets first (Held and Karp, 1962); O(2^v · v²) for v vias.
    fn onward(
        via: &[u32],
        to_via: &[HashMap<u32, u32>],
        to_end: &HashMap<u32, u32>,
    ) -> Vec<Vec<Option<u32>>> {
        let mut onward: Vec<Vec<Option<u32>>> = Vec::with_capacity(1 << via.len());
        for set in 0usize..1 << via.len() {
            let walks = via.iter().map(|here| match set {
                0 => to_end.get(here).copied(),
                set => (0..via.len())
                    .filter(|next| set >> next & 1 == 1)
                    .filter_map(|next| {
                        Some(to_via[next].get(here)? + onward[set & !(1 << next)][next]?)
                    })
                    .min(),
            });
            let walks = walks.collect();
            onward.push(walks);
        }
        onward
    }

    /// The hops of the shortest walk from `node` to the end, through each via not yet `done`.
    fn at_least(&self, node: u32, done: &[bool]) -> Option<usize> {
        let left = (0..done.len()).filter(|at| !done[*at]);
        let set = left.clone().fold(0usize, |set, at| set | 1 << at);
        let walks = left.filter_map(|next| {
            Some(self.to_via[next].get(&node)? + self.onward[set & !(1 << next)][next]?)
        });
        match set {
            0 => self.to_end.get(&node).copied(),
            _ => walks.min(),
        }
        .map(|hops| hops as usize)
    }

    /// Whether a way of exactly `depth` hops goes on to one of `next`; it is left in `way`.
    fn deepen(
        &self,
        next: &BTreeSet<u32>,
        depth: usize,
        way: &mut Vec<u32>,
        passed: &mut HashSet<u32>,
    ) -> bool {
        if depth == 0 {
            return false;
        }
        for node in next {
            let done: Vec<bool> =
                self.via.iter().map(|via| via == node || passed.contains(via)).collect();
            if passed.contains(node)
                || self.at_least(*node, &done).is_none_or(|least| least > depth - 1)
            {
                continue;
            }
            way.push(*node);
            if *node == self.routes.search.to.index() {
                if depth == 1 && done.iter().all(|done| *done) {
                    return true;
                }
            } else {
                passed.insert(*node);
                if self.deepen(&self.routes.ways.successors(*node), depth - 1, way, passed) {
                    return true;
                }
                passed.remove(node);
            }
            way.pop();
        }
        false
    }
}

impl<'g> Iterator for Routes<'_, 'g> {
    type Item = Vec<Node<'g>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (_, route, fixed, barred) = self.parts.pop_first()?;
        // The rest of its part falls into the routes that leave this one at each later node.
        for at in fixed..=route.len() - 1 {
            let mut barred = if at == fixed { barred.clone() } else { BTreeSet::new() };
            barred.insert(route[at]);
            self.open(&route[..at], barred);
        }
        let graph = self.ways.graph;
        Some(route.into_iter().map(|index| graph.node_at(index)).collect())
    }
}

/// How many routes of the fewest hops there are, counted by the nodes they pass; saturates.
///
/// Counts along the layers of a breadth-first search; O(nodes + relations).
pub fn count_shortest<'g>(ways: &Ways<'g>, from: Node<'g>, to: Node<'g>) -> u64 {
    let (from, to) = (from.index(), to.index());
    if ways.avoid.contains(&from) || ways.avoid.contains(&to) {
        return 0;
    }
    let distances = ways.distances(to, &HashSet::new(), |node| node == from);
    let Some(hops) = distances.get(&from).copied() else {
        return 0;
    };
    let mut layer = HashMap::from([(from, 1u64)]);
    for left in (0..hops).rev() {
        let mut next: HashMap<u32, u64> = HashMap::new();
        for (node, count) in layer {
            for after in ways.successors(node) {
                if distances.get(&after) == Some(&left) {
                    let sum = next.entry(after).or_default();
                    *sum = sum.saturating_add(count);
                }
            }
        }
        layer = next;
    }
    layer.get(&to).copied().unwrap_or(0)
}
