//! Betweenness is the share of shortest paths, be it of all or as told by some; and always the same.

use std::collections::BTreeSet;

use medclust::graph::network::{Betweenness, Network};
use medclust::graph::ways::Ways;
use medclust::graph::{Graph, Node, Relation};
use proptest::collection::vec;
use proptest::prelude::*;
use rayon::ThreadPoolBuilder;

use super::atlas::{Writer, cases, graph, nodes};

/// Whether there is a link from each node to each.
pub type Matrix = Vec<Vec<bool>>;

/// All shortest paths from one node to another: those of the fewest hops that a search by length finds.
fn shortest(links: &Matrix, from: usize, to: usize) -> Vec<Vec<usize>> {
    let mut layer = vec![vec![from]];
    let mut passed = BTreeSet::from([from]);
    while !layer.is_empty() {
        let found: Vec<Vec<usize>> =
            layer.iter().filter(|path| path[path.len() - 1] == to).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        let on = |path: &Vec<usize>| -> Vec<Vec<usize>> {
            let here = path[path.len() - 1];
            let next = (0..links.len()).filter(|next| links[here][*next] && !passed.contains(next));
            next.map(|next| [&path[..], &[next]].concat()).collect()
        };
        layer = layer.iter().flat_map(on).collect();
        passed.extend(layer.iter().map(|path| path[path.len() - 1]).collect::<Vec<_>>());
    }
    Vec::new()
}

/// The parts of the shortest paths from `from` to all others that pass through each node between.
fn passing(links: &Matrix, from: usize) -> Vec<f64> {
    let mut passing = vec![0.0; links.len()];
    for to in (0..links.len()).filter(|to| *to != from) {
        let paths = shortest(links, from, to);
        for path in &paths {
            for between in &path[1..path.len() - 1] {
                passing[*between] += 1.0 / paths.len() as f64;
            }
        }
    }
    passing
}

/// What betweenness is, for each node.
pub fn betweenness(links: &Matrix) -> Vec<f64> {
    let n = links.len();
    let from: Vec<Vec<f64>> = (0..n).map(|from| passing(links, from)).collect();
    let pairs = (n.max(3) - 1) as f64 * (n.max(3) - 2) as f64;
    (0..n).map(|node| from.iter().map(|passing| passing[node]).sum::<f64>() / pairs).collect()
}

/// Whether two figures differ by no more than their sums may.
pub fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn an_estimate_is_made_from_evenly_spaced_nodes(
        pairs in vec((0..30usize, 0..30usize), 30..60),
        steps in 0..1800u64,
    ) {
        let graph = programs(30, &pairs);
        let (links, found) = (links(30, &pairs), estimate(&graph, steps));
        let active: Vec<usize> = (0..30).filter(|node| links[*node].contains(&true)).collect();
        let chosen: Vec<usize> = match found.pivots {
            None => active.clone(),
            Some(count) => {
                prop_assert!((16..active.len()).contains(&count));
                (0..count).map(|at| active[at * active.len() / count]).collect()
            }
        };
        let from: Vec<Vec<f64>> = chosen.iter().map(|from| passing(&links, *from)).collect();
        for node in 0..30 {
            let sum: f64 = from.iter().map(|passing| passing[node]).sum();
            let counting = chosen.iter().filter(|it| **it != node).count();
            let others = active.iter().filter(|it| **it != node).count();
            let share = sum / counting as f64 * others as f64 / (29.0 * 28.0);
            prop_assert!(is_near(found.shares[node], share), "{node}: {:?}", found.shares);
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bytes(
        pairs in vec((0..200usize, 0..200usize), 150..400),
    ) {
        let graph = programs(200, &pairs);
        let on = |threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| estimate(&graph, u64::MAX).shares)
        };
        let one = on(1);
        prop_assert_eq!(one.iter().map(|it| it.to_bits()).collect::<Vec<_>>(),
            on(3).iter().map(|it| it.to_bits()).collect::<Vec<_>>());
    }
}

/// Programs that are tied as told.
fn programs(size: usize, pairs: &[(usize, usize)]) -> Graph {
    let relations =
        pairs.iter().map(|(from, to)| format!("kind: supplies, from: p{from}, to: p{to}"));
    let text = Writer::default().section("programs", nodes("p", size));
    graph(&text.section("relations", relations).text())
}

fn links(size: usize, pairs: &[(usize, usize)]) -> Matrix {
    let mut links = vec![vec![false; size]; size];
    for (from, to) in pairs.iter().filter(|(from, to)| from != to) {
        links[*from][*to] = true;
        links[*to][*from] = true;
    }
    links
}

fn estimate(graph: &Graph, steps: u64) -> Betweenness {
    let nodes: Vec<Node> = graph.nodes().collect();
    let relations: Vec<Relation> = graph.relations().collect();
    let network = Network::new(&nodes, &relations, &Ways::new(graph));
    network.betweenness(&network.components(), steps)
}

#[test]
fn more_shortest_ways_than_a_number_can_hold_are_still_shared_out() {
    // A row of diamonds: hubs 3d, and between each two of them the nodes 3d + 1 and 3d + 2. From one
    // end to the other there are 2^1100 ways.
    let diamonds = 1100;
    let pairs = (0..diamonds).map(|d| 3 * d);
    let pairs: Vec<(usize, usize)> = pairs
        .flat_map(|hub| [(hub, hub + 1), (hub, hub + 2), (hub + 1, hub + 3), (hub + 2, hub + 3)])
        .collect();
    let size = 3 * diamonds + 1;
    let graph = programs(size, &pairs);
    let found = estimate(&graph, 0);
    assert_eq!(found.pivots, Some(16));
    let chosen: Vec<usize> = (0..16).map(|at| at * size / 16).collect();
    for node in (0..size).filter(|node| node % 3 == 1) {
        let hub = node - 1;
        let beyond = |from: &usize| match *from {
            from if from <= hub => size - (hub + 3),
            from if from >= hub + 3 => hub + 1,
            _ => 0,
        };
        let sum = chosen.iter().map(beyond).sum::<usize>() as f64 / 2.0;
        let counting = chosen.iter().filter(|it| **it != node).count() as f64;
        let share = sum / counting / (size - 2) as f64;
        assert!(is_near(found.shares[node], share), "{node}: {} {share}", found.shares[node]);
    }
}
