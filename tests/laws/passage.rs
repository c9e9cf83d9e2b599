//! Where routes can be cut is what taking nodes away shows.

use std::collections::BTreeSet;

use medclust::graph::NodeSet;
use medclust::graph::passage::{Passage, Width};
use proptest::collection::btree_set;
use proptest::prelude::*;

use super::atlas::cases;
use super::routes::{Case, Limits, case, limits, picked};

/// Every route between two sets of nodes that takes none of the nodes that are gone.
struct Routes<'c> {
    case: &'c Case,
    limits: &'c Limits,
    from: BTreeSet<usize>,
    to: BTreeSet<usize>,
}

impl Routes<'_> {
    fn without(&self, gone: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let mut limits = self.limits.clone();
        limits.avoid.extend(gone);
        self.case.routes_among(&self.from, &self.to, &[], &limits)
    }

    /// A node alone at an end is where all routes begin or end; it is not taken away.
    fn can_go(&self, node: usize) -> bool {
        let alone = |end: &BTreeSet<usize>| {
            let open: Vec<&usize> = end.difference(&self.limits.avoid).collect();
            open == [&node]
        };
        !alone(&self.from) && !alone(&self.to)
    }

    /// The most routes that can be picked so that none shares a node that can go with another, nor
    /// both the same way from end to end.
    fn most_disjoint(&self, routes: &[Vec<usize>]) -> usize {
        let Some((route, others)) = routes.split_first() else { return 0 };
        let shares =
            |other: &&Vec<usize>| other.iter().any(|it| self.can_go(*it) && route.contains(it));
        let apart: Vec<Vec<usize>> = others.iter().filter(|it| !shares(it)).cloned().collect();
        self.most_disjoint(others).max(1 + self.most_disjoint(&apart))
    }

    /// The size of a smallest set of nodes without which there is no route.
    fn smallest_cut(&self) -> Option<usize> {
        let nodes: Vec<usize> = (0..self.case.size).filter(|it| self.can_go(*it)).collect();
        let sets = (0u32..1 << nodes.len()).filter(|set| {
            let gone = nodes.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            self.without(&gone.map(|(_, node)| *node).collect()).is_empty()
        });
        sets.map(|set| set.count_ones() as usize).min()
    }
}

/// The nodes of the first route that all others pass too.
fn shared(routes: &[Vec<usize>]) -> Vec<usize> {
    let first = routes.first().cloned().unwrap_or_default();
    first.into_iter().filter(|node| routes.iter().all(|it| it.contains(node))).collect()
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn cuts_disjoint_routes_and_what_all_pass_are_what_taking_nodes_away_shows(
        case in case(2..7, 16),
        limits in limits(),
        from in btree_set(0..6usize, 1..3),
        to in btree_set(0..6usize, 1..3),
    ) {
        let limits = Limits { max_hops: None, ..limits.within(&case) };
        let within = |set: BTreeSet<usize>| -> BTreeSet<usize> {
            set.into_iter().map(|it| it % case.size).collect()
        };
        let (graph, from, to) = (case.graph(), within(from), within(to));
        let ways = limits.ways(&graph);
        let passage = Passage::new(&ways, &picked(&graph, &from), &picked(&graph, &to));
        let oracle = Routes { case: &case, limits: &limits, from, to };
        let routes = oracle.without(&BTreeSet::new());
        let number = |node: &medclust::graph::Node| node.index() as usize;

        let Width { routes: count, disjoint, cut, vital, must_pass } = passage.width();
        let must: Vec<usize> = must_pass.iter().map(number).collect();
        prop_assert_eq!(must, shared(&routes));

        prop_assert_eq!(count, oracle.most_disjoint(&routes));
        let disjoint: Vec<Vec<usize>> =
            disjoint.iter().map(|route| route.iter().map(number).collect()).collect();
        prop_assert_eq!(disjoint.len(), count);
        prop_assert_eq!(oracle.most_disjoint(&disjoint), count);
        prop_assert!(disjoint.iter().all(|route| routes.contains(route)), "{:?}", disjoint);

        let cut: Option<BTreeSet<usize>> = cut.map(|cut| cut.iter().map(number).collect());
        prop_assert_eq!(cut.as_ref().map(BTreeSet::len), oracle.smallest_cut());
        if let Some(cut) = cut {
            prop_assert!(oracle.without(&cut).is_empty(), "{:?}", cut);
        }

        let vital: BTreeSet<usize> = vital.iter().map(number).collect();
        let naive: BTreeSet<usize> = (0..case.size)
            .filter(|node| oracle.can_go(*node))
            .filter(|node| oracle.most_disjoint(&oracle.without(&[*node].into())) < count)
            .collect();
        prop_assert_eq!(vital, naive);

        for node in (0..case.size).filter(|node| oracle.can_go(*node)) {
            let left = passage.without(&NodeSet::of(&graph, [graph.node_at(node as u32)]));
            let routes = oracle.without(&[node].into());
            let width = left.width();
            let must: Vec<usize> = width.must_pass.iter().map(number).collect();
            prop_assert_eq!(must, shared(&routes), "without {}", node);
            prop_assert_eq!(width.routes, oracle.most_disjoint(&routes), "without {}", node);
            prop_assert_eq!(left.is_empty(), routes.is_empty());
        }
    }
}
