//! Every question has an answer, whatever the atlas and whatever part of it is asked about.

use medclust::check::{Explanation, SourcePlaces, Subject, Weights, check};
use medclust::diagnostic::Code;
use medclust::graph::network::{ActorNetwork, MOST_STEPS, Network};
use medclust::graph::passage::Passage;
use medclust::graph::routes::{Routes, Search, count_shortest, hops};
use medclust::graph::ways::Ways;
use medclust::graph::{Direction, Graph, Node, NodeSet, Relation};
use medclust::model::NodeKind;
use medclust::query::compare::{self, By, compare};
use medclust::query::counted::Counted;
use medclust::query::ends::End;
use medclust::query::path::{self, Steps, path};
use medclust::query::risk::{self, risk};
use medclust::query::scope::Scope;
use medclust::query::search::search;
use medclust::query::show::show;
use medclust::query::stats::{self, stats};
use medclust::query::trace::{self, trace};
use medclust::query::{Selection, diff, gaps};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::atlas::{Writer, cases, graph, nodes};

/// The sections of an atlas and the letters of their nodes' ids.
const SECTIONS: [(&str, &str); 5] =
    [("regions", "g"), ("organizations", "o"), ("roles", "r"), ("stages", "s"), ("programs", "p")];

/// What may be related to what: kind, where from and where to.
const KINDS: [(&str, usize, usize); 8] = [
    ("plays", 1, 2),
    ("acts-in", 2, 3),
    ("next", 3, 3),
    ("supplies", 1, 1),
    ("presents-problem-to", 2, 2),
    ("supports", 4, 3),
    ("participates-in", 1, 4),
    ("funds", 4, 1),
];

/// How many nodes of each kind there are, perhaps none, and kind, ends and context of each relation.
#[derive(Clone, Debug)]
struct Case {
    sizes: [usize; 5],
    relations: Vec<(usize, Index, Index, bool)>,
    /// Nodes that are asked about, some perhaps twice.
    picks: Vec<Index>,
}

fn case() -> impl Strategy<Value = Case> {
    let size = || 0..4usize;
    let relation = (0..KINDS.len(), any::<Index>(), any::<Index>(), any::<bool>());
    let sizes = [size(), size(), size(), size(), size()];
    (sizes, vec(relation, 0..16), vec(any::<Index>(), 0..5))
        .prop_map(|(sizes, relations, picks)| Case { sizes, relations, picks })
}

impl Case {
    fn graph(&self) -> Graph {
        let sections = SECTIONS.into_iter().zip(self.sizes);
        let atlas = sections.fold(Writer::default(), |atlas, ((section, letter), size)| {
            atlas.section(section, nodes(letter, size))
        });
        let relations = self.relations.iter().filter_map(|(kind, from, to, placed)| {
            let (kind, start, end) = KINDS[*kind];
            let id = |side: usize, at: &Index| {
                let size = self.sizes[side];
                (size > 0).then(|| format!("{}{}", SECTIONS[side].1, at.index(size)))
            };
            let place = if *placed && self.sizes[0] > 0 { ", in: g0" } else { "" };
            Some(format!("kind: {kind}, from: {}, to: {}{place}", id(start, from)?, id(end, to)?))
        });
        graph(&atlas.section("relations", relations).text())
    }

    fn picks<'g>(&self, graph: &'g Graph) -> Vec<Node<'g>> {
        let count = graph.node_count();
        let picks = self.picks.iter().filter(|_| count > 0);
        picks.map(|at| graph.node_at(at.index(count) as u32)).collect()
    }
}

/// What the graph itself is asked.
fn ask_graph(graph: &Graph, some: &[Node]) {
    let ways = Ways::new(graph);
    let relations: Vec<Relation> = graph.relations().collect();
    for relations in [&relations[..], &[]] {
        let network = Network::new(some, relations, &ways);
        let components = network.components();
        network.articulation_points();
        network.betweenness(&components, MOST_STEPS);
        let organizations: Vec<Node> =
            some.iter().copied().filter(|node| node.kind() == NodeKind::Organization).collect();
        if let Ok(actors) = ActorNetwork::new(graph, &organizations, relations, &ways) {
            actors.brokerage(&vec![None; organizations.len()]);
            actors.constraint();
        }
    }
    let all: Vec<Node> = graph.nodes().collect();
    for (from, to, via) in [(some, &all[..], &[][..]), (&all, some, some), (some, some, &all)] {
        let search =
            Search { from: from.to_vec(), to: to.to_vec(), via: via.to_vec(), max_hops: None };
        Routes::new(&ways, &search).take(20).count();
        count_shortest(&ways, from, to);
        hops(&ways, from, Direction::Backward);
        let passage = Passage::new(&ways, from, to);
        let left = passage.without(&NodeSet::of(graph, via.iter().copied()));
        for passage in [passage, left] {
            let width = passage.width();
            passage.passed(&width.must_pass);
        }
    }
    for text in ["", " ", "@", ":", "o0", "r0@g0", "role:", "role:role:r0", "\u{200b}", "ー", "oo"]
    {
        let _ = graph.find(text, &[]);
        let _ = graph.find(text, &[NodeKind::Role]);
        graph.matches(text);
    }
}

/// What people ask.
fn ask_queries(graph: &Graph, node: Option<Node>, other: Option<Node>) {
    let everything = || Selection::new(graph, Vec::new());
    for top in [0, 3] {
        stats(graph, &stats::Question { selection: everything(), follow: Vec::new(), top });
        search(graph, "o", &everything(), &[], top);
    }
    trace(graph, &trace::Question { of: node, from: other, to: None, bases: Vec::new() });
    let scope = || Scope::new(graph, node, &[]);
    if let Some((from, to)) = risk::ends(&scope()) {
        let without = other.into_iter().collect();
        let steps = Steps::default();
        risk(graph, &risk::Question { from, to, steps, scope: scope(), without, limit: 5 });
    }
    let (Some(node), Some(other)) = (node, other) else { return };
    show(node, &Counted::on(node.graph(), &[]));
    for by in [By::Role, By::Stage, By::Relation, By::Program, By::Type, By::Indicator] {
        compare(graph, &compare::Question { sides: vec![node, other], by, bases: Vec::new() });
    }
    let against = Some(other);
    let (bases, top, limit) = (Vec::new(), 1, None);
    gaps::gaps(graph, &gaps::Question { of: node, against, bases, top, limit });
    for via in [vec![], vec![node, node], vec![other; 70]] {
        let question = path::Question {
            from: End::among(graph, node, &[]),
            to: End::at(other),
            via,
            max_hops: None,
            steps: Steps::default(),
            count: Some(3),
            stage_by_stage: false,
            who: false,
        };
        path(graph, &question).routes().count();
        let ordered = path::Question { stage_by_stage: true, who: true, ..question };
        path(graph, &ordered).routes().count();
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_question_has_an_answer(case in case()) {
        let graph = case.graph();
        let some = case.picks(&graph);
        ask_graph(&graph, &some);
        ask_queries(&graph, some.first().copied(), some.last().copied());
        diff::diff(&graph, &graph);
        let sources = SourcePlaces::default();
        check(&Subject { graph: &graph, sources: &sources }, &Weights::default());
        for code in Code::ALL {
            Explanation::of(*code);
        }
    }
}

#[test]
fn relations_that_tie_nobody_counted_make_an_empty_network() {
    let graph = graph(
        "organizations:\n  - {id: a, name: {en: A}}\n  - {id: b, name: {en: B}}\n\
        relations:\n  - {kind: supplies, from: a, to: b}\n",
    );
    let relations: Vec<Relation> = graph.relations().collect();
    let network = Network::new(&[], &relations, &Ways::new(&graph));
    assert_eq!((network.link_count(), network.components().sizes.len()), (0, 0));
}
