//! Every command that counts members counts the same, on any atlas and on a real one.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Relation};
use medclust::model::{Basis, NodeKind};
use medclust::query::compare::{self, By, compare};
use medclust::query::ends::End;
use medclust::query::gaps::{self, FillerPlace, gaps};
use medclust::query::scope::Scope;
use medclust::query::stats::{self, stats};
use medclust::query::trace::{self, trace};
use medclust::query::{Criterion, Selection, Term};
use proptest::prelude::*;

use super::atlas::cases;
use super::harness;
use super::scope::{SCOPES, bases, case};

type Nodes<'g> = BTreeSet<Node<'g>>;

fn selection<'g>(graph: &'g Graph, of: Node<'g>) -> Selection<'g> {
    let criterion = match of.kind() {
        NodeKind::Region => Criterion::Region(of),
        _ => Criterion::Program(of),
    };
    Selection::new(graph, vec![Term { criterion, negated: false }])
}

/// What `list`, `stats`, `compare`, `trace`, `gaps` and the ends of routes say of the members.
fn agree<'g>(graph: &'g Graph, of: Node<'g>, bases: &[Basis]) {
    let scope = Scope::new(graph, Some(of), bases);
    let members: Nodes = scope.members().collect();
    let organizations: Nodes = scope.organizations().collect();
    if of.kind() != NodeKind::Organization {
        let mut ends = members.clone();
        ends.insert(of);
        let among = End::among(graph, of, bases).nodes;
        assert_eq!(among, ends.into_iter().collect::<Vec<_>>(), "ends at {of:?}");
    }
    if of.kind() != NodeKind::Organization && bases.is_empty() {
        let list = selection(graph, of);
        let listed = graph.nodes().filter(|it| list.has_node(*it));
        let listed: Nodes = listed.filter(|it| it.kind() == NodeKind::Organization).collect();
        assert_eq!(listed, organizations, "list of {of:?}");
        assert!(members.iter().all(|it| list.has_node(*it)), "all of {of:?}");
        let question =
            stats::Question { selection: selection(graph, of), follow: Vec::new(), top: 1 };
        let counted = stats(graph, &question).nodes.by_kind;
        let counted = counted.iter().find(|it| it.kind == NodeKind::Organization);
        assert_eq!(counted.expect("every kind").count.total, organizations.len(), "of {of:?}");
    }
    let question = compare::Question { sides: vec![of], by: By::Role, bases: bases.to_vec() };
    let side = compare(graph, &question).sides[0];
    assert_eq!(side.organizations, organizations.len(), "comparison of {of:?}");
    let question = trace::Question { of: Some(of), from: None, to: None, bases: bases.to_vec() };
    for stage in trace(graph, &question).stages {
        let acting = stage.actors.acting.iter();
        let players: Nodes =
            acting.clone().flat_map(|it| &it.players).map(|it| it.from()).collect();
        let counts = |it: &Relation| bases.is_empty() || bases.contains(&it.basis());
        let played = acting.flat_map(|it| it.role.played_by()).filter(counts);
        let expected: Nodes =
            played.map(Relation::from).filter(|it| members.contains(it)).collect();
        assert_eq!(players, expected, "{:?} of {of:?}", stage.stage);
    }
    let (against, bases) = (None, bases.to_vec());
    let question = gaps::Question { of, against, bases, top: 3, limit: None };
    for filler in gaps(graph, &question).gaps.iter().flat_map(|gap| &gap.fillers) {
        let is_within = members.contains(&filler.node) || scope.has_program(filler.node);
        let is_elsewhere = !members.contains(&filler.node);
        match filler.place {
            FillerPlace::Within => assert!(is_within, "{:?} for {of:?}", filler.node),
            FillerPlace::SameCountry | FillerPlace::Elsewhere => {
                assert!(is_elsewhere, "{:?} for {of:?}", filler.node)
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn all_commands_count_the_same_members(case in case(), bases in bases()) {
        let graph = case.graph();
        for of in SCOPES {
            agree(&graph, graph.node(of).expect("it is written"), &bases);
        }
    }
}

#[test]
fn so_they_do_on_a_real_atlas() {
    let graph = harness::atlas();
    let is_scope = |it: &Node| matches!(it.kind(), NodeKind::Region | NodeKind::Program);
    for of in graph.nodes().filter(is_scope) {
        agree(&graph, of, &[]);
    }
    for of in ["super-tokku", "incubation-hub", "minnesota", "osaka", "ncvc"] {
        agree(&graph, graph.node(of).expect("it is there"), &[Basis::Stated]);
    }
}

#[test]
fn who_supports_from_outside_is_no_member() {
    let graph = harness::atlas();
    let members = |of: &str| {
        let scope = Scope::new(&graph, graph.node(of), &[]);
        scope.organizations().map(Node::id).collect::<BTreeSet<_>>()
    };
    let zone = members("super-tokku");
    assert_eq!(zone.len(), 27);
    for outside in ["osaka-prefectural-government", "occi"] {
        assert!(!zone.contains(outside), "{outside} supports it");
    }
    let hub = members("incubation-hub");
    let expected = [
        "amdd",
        "jfmda",
        "mtjapan",
        "ncvc",
        "omda",
        "osaka-university",
        "stanford-university",
        "umn",
    ];
    assert_eq!(hub, BTreeSet::from(expected), "an adviser is outside, a developer there is not");
}
