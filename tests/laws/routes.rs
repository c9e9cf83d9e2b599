//! Routes are what trying every way gives, in the order of their cost, their hops and then their nodes.

use std::collections::{BTreeSet, VecDeque};

use medclust::graph::routes::{MOST_IN_VAIN, Routes, Search, count_shortest};
use medclust::graph::ways::Ways;
use medclust::graph::{Direction, Graph, Node};
use medclust::query::ends::End;
use medclust::query::path::{Question, Steps, path};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;

use super::atlas::{Writer, cases, graph, nodes};

/// A small multigraph of nodes `p0`, `p1` …: from, to and relation kind of each relation.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) size: usize,
    relations: Vec<(usize, usize, usize)>,
}

const KINDS: [&str; 3] = ["forward", "both", "never"];

pub(super) fn case(sizes: std::ops::Range<usize>, relations: usize) -> impl Strategy<Value = Case> {
    sizes.prop_flat_map(move |size| {
        vec((0..size, 0..size, 0..KINDS.len()), 0..relations)
            .prop_map(move |relations| Case { size, relations })
    })
}

/// Which further restrictions a search has.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub(super) avoid: BTreeSet<usize>,
    pub(super) both_ways: bool,
    pub(super) max_hops: Option<usize>,
    pub(super) without: Option<usize>,
    pub(super) follow: Option<usize>,
    /// What a hop over each kind costs.
    pub(super) costs: [u64; KINDS.len()],
}

pub(super) fn limits() -> impl Strategy<Value = Limits> {
    let kind = || option::weighted(0.2, 0..KINDS.len());
    (btree_set(1..4usize, 0..2), any::<bool>(), option::of(0..6usize), kind(), kind()).prop_map(
        |(avoid, both_ways, max_hops, without, follow)| Limits {
            avoid,
            both_ways,
            max_hops,
            without,
            follow,
            ..Limits::none()
        },
    )
}

/// The same, with costs, of which some are zero.
fn weighed() -> impl Strategy<Value = Limits> {
    (limits(), [0..4u64, 0..4u64, 0..4u64]).prop_map(|(limits, costs)| Limits { costs, ..limits })
}

impl Case {
    pub(super) fn graph(&self) -> Graph {
        let kinds = KINDS.map(|kind| format!("id: {kind}, name: {{en: {kind}}}, traverse: {kind}"));
        let relations = self
            .relations
            .iter()
            .map(|(from, to, kind)| format!("kind: {}, from: p{from}, to: p{to}", KINDS[*kind]));
        let text = Writer::default()
            .section("relation_kinds", kinds)
            .section("programs", nodes("p", self.size))
            .section("relations", relations)
            .text();
        graph(&text)
    }

    /// The relations that lead from one node to another, forward ones first.
    fn between(&self, from: usize, to: usize, limits: &Limits) -> Vec<(u32, Direction)> {
        let mut found = Vec::new();
        for direction in [Direction::Forward, Direction::Backward] {
            for (number, (start, end, kind)) in (0..).zip(&self.relations) {
                let ends = match direction {
                    Direction::Forward => (*start, *end),
                    Direction::Backward => (*end, *start),
                };
                if ends == (from, to) && limits.allow(*kind, direction) {
                    found.push((number, direction));
                }
            }
        }
        found
    }

    fn successors(&self, from: usize, limits: &Limits) -> BTreeSet<usize> {
        (0..self.size)
            .filter(|to| !limits.avoid.contains(to) && !self.between(from, *to, limits).is_empty())
            .collect()
    }

    /// Every simple route that passes all of `via`: the cheapest first, then that of fewer hops, then
    /// by their nodes.
    fn routes(&self, from: usize, to: usize, via: &[usize], limits: &Limits) -> Vec<Vec<usize>> {
        self.routes_among(&[from].into(), &[to].into(), via, limits)
    }

    /// The same from any node to any node, passing no other of either.
    pub(super) fn routes_among(
        &self,
        from: &BTreeSet<usize>,
        to: &BTreeSet<usize>,
        via: &[usize],
        limits: &Limits,
    ) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let from = from.difference(&limits.avoid);
        let mut open: Vec<Vec<usize>> = from.clone().map(|start| vec![*start]).collect();
        let starts: BTreeSet<usize> = from.copied().collect();
        while let Some(route) = open.pop() {
            let here = route[route.len() - 1];
            if to.contains(&here) {
                found.push(route);
                continue;
            }
            let on = self.successors(here, limits).into_iter();
            let on = on.filter(|next| !route.contains(next) && !starts.contains(next));
            open.extend(on.map(|next| [&route[..], &[next]].concat()));
        }
        found.retain(|route| via.iter().all(|via| route.contains(via)));
        found.retain(|route| limits.max_hops.is_none_or(|most| route.len() - 1 <= most));
        found.sort_by_key(|route| (self.cost(route, limits), route.len(), route.clone()));
        found
    }

    /// What a route costs, each hop over its cheapest relation.
    fn cost(&self, route: &[usize], limits: &Limits) -> u64 {
        let hop = |ends: &[usize]| {
            let between = self.between(ends[0], ends[1], limits).into_iter();
            between
                .map(|(number, _)| limits.costs[self.relations[number as usize].2])
                .min()
                .unwrap()
        };
        route.windows(2).map(hop).sum()
    }

    /// The hops of the shortest walk through all of `via`, nodes repeated as need be.
    fn walk(&self, from: usize, to: usize, via: &[usize], limits: &Limits) -> Option<usize> {
        let mark = |seen: u32, node: usize| {
            via.iter().position(|via| *via == node).map_or(seen, |at| seen | 1 << at)
        };
        let all = (1u32 << via.len()) - 1;
        let start = (from, mark(0, from));
        let mut reached = BTreeSet::from([start]);
        let mut queue = VecDeque::from([(start, 0)]);
        while let Some(((node, seen), hops)) = queue.pop_front() {
            if (node, seen) == (to, all) {
                return Some(hops);
            }
            for next in self.successors(node, limits) {
                let state = (next, mark(seen, next));
                if reached.insert(state) {
                    queue.push_back((state, hops + 1));
                }
            }
        }
        None
    }
}

impl Limits {
    fn none() -> Limits {
        Limits {
            avoid: BTreeSet::new(),
            both_ways: false,
            max_hops: None,
            without: None,
            follow: None,
            costs: [1; KINDS.len()],
        }
    }

    /// The same, where only nodes between the two ends are avoided.
    fn between_the_ends(mut self, case: &Case) -> Limits {
        self.avoid.retain(|node| (1..case.size - 1).contains(node));
        self
    }

    /// The same, where only nodes that are there are avoided.
    pub(super) fn within(mut self, case: &Case) -> Limits {
        self.avoid.retain(|node| *node < case.size);
        self
    }

    fn allow(&self, kind: usize, direction: Direction) -> bool {
        if self.without == Some(kind) {
            return false;
        }
        let followed = KINDS[kind] != "never" || self.follow == Some(kind);
        match direction {
            Direction::Forward => followed,
            Direction::Backward => KINDS[kind] == "both" || (self.both_ways && followed),
        }
    }

    pub(super) fn ways<'g>(&self, graph: &'g Graph) -> Ways<'g> {
        let kind = |kind: usize| graph.relation_kind(KINDS[kind]).expect("it is defined").index();
        let mut ways = Ways::new(graph);
        if let Some(followed) = self.follow {
            ways.follow(kind(followed));
        }
        if self.both_ways {
            ways.both_ways();
        }
        if let Some(left_out) = self.without {
            ways.leave_out(kind(left_out));
        }
        for (at, cost) in self.costs.iter().enumerate() {
            ways.weigh(kind(at), cost.to_string().parse().expect("it is a cost"));
        }
        ways.avoid(self.avoid.iter().map(|node| graph.node_at(*node as u32)));
        ways
    }
}

pub(super) fn picked<'g>(graph: &'g Graph, nodes: &BTreeSet<usize>) -> Vec<Node<'g>> {
    nodes.iter().map(|index| graph.node_at(*index as u32)).collect()
}

fn search<'g>(graph: &'g Graph, to: usize, via: &[usize], max_hops: Option<usize>) -> Search<'g> {
    let node = |index: usize| graph.node_at(index as u32);
    let via = via.iter().map(|it| node(*it)).collect();
    Search { from: vec![node(0)], to: vec![node(to)], via, max_hops }
}

fn found<'g>(ways: &Ways<'g>, search: Search<'g>) -> Vec<Vec<usize>> {
    Routes::new(ways, &search)
        .map(|route| route.nodes.into_iter().map(|node| node.index() as usize).collect())
        .collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn every_simple_route_comes_once_and_in_order(case in case(1..7, 22), limits in limits()) {
        let (graph, to, limits) = (case.graph(), case.size - 1, limits.between_the_ends(&case));
        let routes = found(&limits.ways(&graph), search(&graph, to, &[], limits.max_hops));
        prop_assert_eq!(routes, case.routes(0, to, &[], &limits));
    }

    #[test]
    fn the_cheapest_come_first_within_a_limit_of_hops_too(
        case in case(1..7, 20),
        limits in weighed(),
    ) {
        let (graph, to, limits) = (case.graph(), case.size - 1, limits.between_the_ends(&case));
        let ways = limits.ways(&graph);
        let naive = case.routes(0, to, &[], &limits);
        let routes: Vec<_> =
            Routes::new(&ways, &search(&graph, to, &[], limits.max_hops)).collect();
        prop_assert_eq!(routes.len(), naive.len());
        for (route, naive) in routes.iter().zip(&naive) {
            let nodes: Vec<usize> = route.nodes.iter().map(|it| it.index() as usize).collect();
            prop_assert_eq!(&nodes, naive);
            prop_assert_eq!(route.length.cost.to_string(), case.cost(naive, &limits).to_string());
            prop_assert_eq!(route.length.hops as usize, naive.len() - 1);
        }
    }

    #[test]
    fn between_sets_they_begin_and_end_at_any_and_pass_no_other(
        case in case(1..7, 20),
        limits in weighed(),
        from in btree_set(0..6usize, 1..4),
        to in btree_set(0..6usize, 1..4),
        via in vec(0..6usize, 0..2),
    ) {
        let within = |set: BTreeSet<usize>| -> BTreeSet<usize> {
            set.into_iter().map(|it| it % case.size).collect()
        };
        let (from, to, graph) = (within(from), within(to), case.graph());
        let via: Vec<usize> = via.into_iter().map(|via| via % case.size).collect();
        let max_hops = if via.is_empty() { limits.max_hops } else { Some(case.size) };
        let limits = Limits { max_hops, ..limits.within(&case) };
        let search = Search {
            from: picked(&graph, &from),
            to: picked(&graph, &to),
            via: picked(&graph, &via.iter().copied().collect()),
            max_hops,
        };
        let routes = found(&limits.ways(&graph), search);
        prop_assert_eq!(routes, case.routes_among(&from, &to, &via, &limits));
    }

    #[test]
    fn the_shortest_between_sets_are_counted(
        case in case(2..8, 22),
        limits in weighed(),
        from in btree_set(0..7usize, 1..4),
        to in btree_set(0..7usize, 1..4),
    ) {
        let within = |set: BTreeSet<usize>| -> BTreeSet<usize> {
            set.into_iter().map(|it| it % case.size).collect()
        };
        let (from, to, graph) = (within(from), within(to), case.graph());
        let limits = Limits { max_hops: None, ..limits.within(&case) };
        let length = |route: &Vec<usize>| (case.cost(route, &limits), route.len());
        let routes = case.routes_among(&from, &to, &[], &limits);
        let naive = routes.iter().filter(|route| length(route) == length(&routes[0])).count();
        let ways = limits.ways(&graph);
        let counted = count_shortest(&ways, &picked(&graph, &from), &picked(&graph, &to));
        prop_assert_eq!(counted, naive as u64);
    }

    #[test]
    fn through_given_nodes_within_a_limit_too(
        case in case(3..7, 24),
        limits in weighed(),
        via in vec(0..6usize, 1..4),
        most in 0..7usize,
    ) {
        let (graph, to, limits) = (case.graph(), case.size - 1, limits.between_the_ends(&case));
        let via: Vec<usize> = via.into_iter().map(|via| via % case.size).collect();
        let limits = Limits { max_hops: Some(most), ..limits };
        let routes = found(&limits.ways(&graph), search(&graph, to, &via, limits.max_hops));
        prop_assert_eq!(routes, case.routes(0, to, &via, &limits));
    }

    #[test]
    fn through_a_given_node_the_least_route_comes_first(
        case in case(4..9, 18),
        limits in limits(),
        via in 0..8usize,
    ) {
        let (graph, to, limits) = (case.graph(), case.size - 1, limits.between_the_ends(&case));
        let via = [via % case.size];
        let limits = Limits { max_hops: None, ..limits };
        let least = case.routes(0, to, &via, &limits).into_iter().next();
        // A simple route may be much longer than a walk; so far and no further it is looked for.
        let walk = case.walk(0, to, &via, &limits);
        let within = |route: &Vec<usize>| walk.is_some_and(|walk| route.len() - 1 <= walk + 4);
        let first = found(&limits.ways(&graph), search(&graph, to, &via, None)).into_iter().next();
        prop_assert_eq!(first.filter(within), least.filter(within));
    }

    #[test]
    fn a_hop_shows_all_relations_that_make_it(
        case in case(2..6, 24),
        limits in limits(),
        count in 1..9usize,
    ) {
        let (graph, to, limits) = (case.graph(), case.size - 1, limits.between_the_ends(&case));
        let kind = |kind: usize| graph.relation_kind(KINDS[kind]).expect("it is defined");
        let steps = Steps {
            avoid: picked(&graph, &limits.avoid),
            follow: limits.follow.map(kind).into_iter().collect(),
            without: limits.without.map(kind).into_iter().collect(),
            both_ways: limits.both_ways,
            ..Steps::default()
        };
        let question = Question {
            from: End::at(graph.node_at(0)),
            to: End::at(graph.node_at(to as u32)),
            via: Vec::new(),
            max_hops: limits.max_hops,
            steps,
            count: Some(count),
        };
        let answer = path(&graph, &question);
        prop_assert!(answer.routes().count() <= count);
        for route in answer.routes() {
            prop_assert_eq!(route.steps.len() + 1, route.nodes.len());
            for (ends, step) in route.nodes.windows(2).zip(&route.steps) {
                let ends = [ends[0].index() as usize, ends[1].index() as usize];
                let shown: Vec<_> = step.relations.iter().map(|it| (it.relation.index(), it.direction)).collect();
                prop_assert_eq!(shown, case.between(ends[0], ends[1], &limits));
            }
        }
    }
}

#[test]
fn through_two_nodes_the_detour_counts_from_the_walk_through_both() {
    // 0 → 1 ↔ 2 → 8 and 1 ↔ 3 → 8: the walk 0 1 2 1 3 8 takes 5 hops, the only simple route
    // 0 1 2 4 … 7 3 8 takes 8, which is no more than 4 above.
    let both = [(1, 2, 1), (1, 3, 1)];
    let forward = [(0, 1), (2, 8), (3, 8), (2, 4), (4, 5), (5, 6), (6, 7), (7, 3)];
    let relations = both.into_iter().chain(forward.map(|(from, to)| (from, to, 0))).collect();
    let case = Case { size: 9, relations };
    let (graph, limits) = (case.graph(), Limits::none());
    assert_eq!(case.walk(0, 8, &[2, 3], &limits), Some(5));
    let routes = found(&limits.ways(&graph), search(&graph, 8, &[2, 3], None));
    assert_eq!(routes, case.routes(0, 8, &[2, 3], &limits));
    assert_eq!(routes, [[0, 1, 2, 4, 5, 6, 7, 3, 8]]);
}

/// A clique of nodes 0 … size − 1, walked either way, and further pairs.
fn clique(size: usize, more: &[(usize, usize)]) -> Case {
    let inner = (0..size).flat_map(|from| (from + 1..size).map(move |to| (from, to)));
    let relations: Vec<_> = inner.chain(more.iter().copied()).map(|(a, b)| (a, b, 1)).collect();
    let size = 1 + relations.iter().map(|(a, b, _)| *a.max(b)).max().unwrap();
    Case { size, relations }
}

#[test]
fn what_has_one_door_is_told_to_be_no_place_to_pass_without_trying() {
    // 20 hangs at 5 alone; 21 and 22 hang together at 6 alone.
    let case = clique(20, &[(5, 20), (6, 21), (6, 22), (21, 22)]);
    let (graph, limits) = (case.graph(), Limits::none());
    let ways = limits.ways(&graph);
    for via in [&[20][..], &[21], &[22, 21], &[3, 20]] {
        let mut routes = Routes::new(&ways, &search(&graph, 19, via, None));
        assert!(routes.next().is_none() && !routes.gave_up() && routes.in_vain() == 0, "{via:?}");
    }
}

#[test]
fn what_is_hard_to_pass_is_given_up_in_time() {
    // 20 and 21 both hang between 5 and 6: to pass one bars the way to the other.
    let case = clique(20, &[(5, 20), (6, 20), (5, 21), (6, 21)]);
    let (graph, limits) = (case.graph(), Limits::none());
    let ways = limits.ways(&graph);
    let mut routes = Routes::new(&ways, &search(&graph, 19, &[20, 21], None));
    assert!(routes.next().is_none() && routes.gave_up());
    assert_eq!(routes.in_vain(), MOST_IN_VAIN);
    // One of them is easy, and many routes follow one another.
    let mut routes = Routes::new(&ways, &search(&graph, 19, &[20], None));
    assert_eq!(routes.by_ref().take(50).count(), 50);
    assert!(!routes.gave_up());
}
