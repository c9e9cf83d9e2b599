//! A set of nodes is what a set of their ids is, read in the order of the atlas.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, NodeSet};
use proptest::collection::vec;
use proptest::prelude::*;

use super::atlas::{Writer, cases, graph, nodes};

const SIZE: u32 = 150;

fn atlas() -> Graph {
    graph(&Writer::default().section("organizations", nodes("o", SIZE as usize)).text())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn sets_of_nodes_are_sets(one in vec(0..SIZE, 0..80), other in vec(0..SIZE, 0..80)) {
        let graph = atlas();
        let naive = [&one, &other].map(|it| it.iter().copied().collect::<BTreeSet<u32>>());
        let mut sets = [NodeSet::new(&graph), NodeSet::new(&graph)];
        for (set, of) in sets.iter_mut().zip([&one, &other]) {
            let mut known = BTreeSet::new();
            for node in of {
                prop_assert_eq!(set.insert(graph.node_at(*node)), known.insert(*node));
            }
        }
        let [first, second] = &sets;
        let [naive_first, naive_second] = &naive;
        let numbers = |set: &NodeSet| set.iter().map(Node::index).collect::<Vec<u32>>();
        let of = |naive: &BTreeSet<u32>| naive.iter().copied().collect::<Vec<u32>>();
        prop_assert_eq!(numbers(first), of(naive_first));
        prop_assert_eq!(numbers(&(first | second)), of(&(naive_first | naive_second)));
        prop_assert_eq!(numbers(&(first & second)), of(&(naive_first & naive_second)));
        prop_assert_eq!(numbers(&(first - second)), of(&(naive_first - naive_second)));
        prop_assert_eq!(first.len(), naive_first.len());
        prop_assert_eq!(first.is_empty(), naive_first.is_empty());
        prop_assert_eq!(first.is_subset(second), naive_first.is_subset(naive_second));
        prop_assert_eq!(first == second, naive_first == naive_second);
        for node in graph.nodes() {
            prop_assert_eq!(first.contains(node), naive_first.contains(&node.index()));
        }
        let mut even = first.clone();
        even.retain(|node| node.index() % 2 == 0);
        prop_assert!(even.iter().eq(first.iter().filter(|node| node.index() % 2 == 0)));
    }
}
