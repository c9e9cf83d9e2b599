//! The shipped atlas against its source: nothing of the five slides is lost, and nothing is put
//! into their mouths.

use std::collections::{BTreeMap, BTreeSet};

use medclust::graph::{Graph, Node, fold};
use medclust::model::{Basis, Core, NodeKind};

use crate::harness::{shipped, slides};

#[test]
fn there_is_as_much_as_the_slides_name() {
    let graph = slides();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for node in graph.nodes().filter(|node| node.generic().is_none()) {
        *counts.entry(node.kind().as_str()).or_default() += 1;
    }
    // Roles: 23 boxes and list headings, and 企業 of the hub.
    let expected =
        [("region", 19), ("organization", 80), ("role", 24), ("stage", 7), ("program", 46)];
    assert_eq!(counts, expected.into());
    assert_eq!(graph.nodes().filter(|node| node.generic().is_some()).count(), 36);
    let said = graph.relations().filter(|it| !it.is(Core::Broader));
    assert_eq!(said.count(), 436);
}

/// Who plays a role in a context.
fn players<'g>(graph: &'g Graph, role: &str) -> Vec<Node<'g>> {
    let role = graph.node(role).unwrap_or_else(|| panic!("no {role}"));
    let plays = role.incoming().filter(|relation| relation.kind().id() == "plays");
    plays.map(|relation| relation.from()).collect()
}

fn ids(nodes: impl IntoIterator<Item = &'static str>) -> BTreeSet<&'static str> {
    nodes.into_iter().collect()
}

#[test]
fn four_themes_have_49_members() {
    let graph = slides();
    let in_themes = |role: &str| -> Vec<Node> {
        let role = |theme| players(&graph, &format!("{role}@{theme}"));
        ["theme-a", "theme-b", "theme-c", "theme-d"].into_iter().flat_map(role).collect()
    };
    let basic = in_themes("basic-research");
    let clinical = in_themes("clinical-application");
    let companies = in_themes("participating-company");
    assert_eq!([basic.len(), clinical.len(), companies.len()], [19, 13, 17]);
    let all = [&basic[..], &clinical[..], &companies[..]].concat();
    assert_eq!(all.iter().filter(|member| member.id() == "ncvc").count(), 8);

    let ring = |role: &str| players(&graph, &format!("{role}@super-tokku"));
    let rings = ["trial-hospital", "engineering-institute", "leading-company"].map(ring);
    assert_eq!(rings.each_ref().map(Vec::len), [5, 10, 12]);
    let names = |nodes: &[Node<'_>]| -> BTreeSet<String> {
        nodes.iter().map(|node| node.id().to_owned()).collect()
    };
    assert_eq!(names(&companies), names(&rings[2]), "theme companies and the company ring");

    // A university whose hospital is in the ring is a clinical member through it.
    let hospital = |node: &Node| {
        let own = |it: &&Node| it.part_of().any(|whole| whole == *node) || *it == node;
        rings[0].iter().any(|it| own(&it))
    };
    let ring: BTreeSet<String> = names(&rings[1]);
    let outside: Vec<&str> = basic
        .iter()
        .filter(|member| member.id() != "ncvc" && !ring.contains(member.id()))
        .map(|member| member.id())
        .collect();
    assert!(outside.is_empty(), "every basic researcher is in the ring of institutes: {outside:?}");
    let outside: BTreeSet<&str> = clinical
        .iter()
        .filter(|member| member.id() != "ncvc" && !hospital(member))
        .map(|member| member.id())
        .collect();
    assert_eq!(outside, ids(["mie-university"]), "the only mismatch of themes and rings");
    let basic = names(&basic);
    let idle: Vec<&String> = ring.iter().filter(|id| !basic.contains(*id)).collect();
    assert_eq!(idle, ["mie-university"], "an engineering institute only by its ring");
}

#[test]
fn the_pipeline_has_seven_stages_in_order() {
    let graph = slides();
    let stages: Vec<_> =
        graph.nodes().filter(|node| node.kind() == NodeKind::Stage).map(Node::id).collect();
    let order = [
        "clinical-need",
        "research-idea",
        "research-and-development",
        "clinical-research",
        "review",
        "approval",
        "market-development",
    ];
    assert_eq!(stages, order);
    let next: BTreeSet<(&str, &str)> = graph
        .relations()
        .filter(|relation| relation.kind().id() == "next")
        .map(|relation| (relation.from().id(), relation.to().id()))
        .collect();
    let mut expected: BTreeSet<_> = order[1..].windows(2).map(|it| (it[0], it[1])).collect();
    expected.insert(("clinical-need", "research-and-development"));
    assert_eq!(next, expected);
}

#[test]
fn israel_is_on_the_map_without_a_player() {
    let graph = slides();
    let israel = graph.node("israel").expect("it is on the world map");
    let organizations = israel.incoming().map(|relation| relation.from());
    assert_eq!(organizations.filter(|it| it.kind() == NodeKind::Organization).count(), 0);
}

#[test]
fn former_names_lead_to_those_who_bear_them_no_longer() {
    let graph = shipped();
    for (name, id) in [
        ("国立循環器病センター", "ncvc"),
        ("国立循環器病研究センター", "ncvc"),
        ("St. Jude Medical", "st-jude-medical"),
        ("医器工", "mtjapan"),
        ("MTJAPAN", "mtjapan"),
        ("二プロ", "nipro"),
        ("東洋紡績", "toyobo"),
    ] {
        assert_eq!(graph.find(name, &[]).map(Node::id), Ok(id), "{name}");
    }
    let abbott = graph.find("Abbott", &[]).expect("Abbott is found");
    assert!(["abbott", "st-jude-medical"].contains(&abbott.id()), "{abbott:?}");
    let jude = graph.node("st-jude-medical").unwrap();
    assert!(jude.record().events.iter().any(|event| event.kind == "acquired"));
    let events: Vec<_> = graph.nodes().flat_map(|node| &node.record().events).collect();
    assert!(events.len() > 10);
    for event in events {
        assert_eq!(event.basis, Basis::Curated, "the slides tell no history: {event:?}");
    }
}

/// Folded names that several nodes share on purpose.
const SHARED: &[(&str, &[&str])] = &[
    // The slide lists these under the experts of the centre and again under the curriculum.
    ("ビジネス戦略", &["curriculum-business-strategy", "expertise-business-strategy"]),
    ("Business strategy", &["curriculum-business-strategy", "expertise-business-strategy"]),
    ("薬事，保険償還", &["curriculum-regulatory-affairs", "expertise-regulatory-affairs"]),
    (
        "Regulatory affairs and reimbursement",
        &["curriculum-regulatory-affairs", "expertise-regulatory-affairs"],
    ),
    ("産学連携，知的財産", &["curriculum-industry-academia", "expertise-industry-academia"]),
    (
        "Industry-academia collaboration and intellectual property",
        &["curriculum-industry-academia", "expertise-industry-academia"],
    ),
    // The place and its government.
    ("大阪府", &["osaka", "osaka-prefectural-government"]),
    ("大分県", &["oita", "oita-pref"]),
    ("宮崎県", &["miyazaki", "miyazaki-pref"]),
    ("山梨県", &["yamanashi", "yamanashi-pref"]),
    ("静岡県", &["shizuoka", "shizuoka-pref"]),
    ("福島県", &["fukushima", "fukushima-pref"]),
];

#[test]
fn no_two_nodes_share_a_name() {
    let graph = shipped();
    let mut bearers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for node in graph.nodes() {
        for name in node.names().chain([node.id()]) {
            bearers.entry(fold(name)).or_default().insert(node.id());
        }
    }
    bearers.retain(|_, nodes| nodes.len() > 1);
    let shared =
        |(name, nodes): &(&str, &[&'static str])| (fold(name), nodes.iter().copied().collect());
    let expected: BTreeMap<String, BTreeSet<&str>> = SHARED.iter().map(shared).collect();
    assert_eq!(bearers, expected);
}
