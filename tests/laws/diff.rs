//! What differs is what says something else, wherever and in whatever order it is written.

use medclust::graph::Graph;
use medclust::query::diff::{Change, Difference, How, diff};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::atlas::{cases, graph_of};

/// Records that stand or fall together, each with its section.
type Variant = &'static [(&'static str, &'static str)];

/// What an atlas may say, in places where it says one of several things.
const SLOTS: &[&[Variant]] = &[
    &[&[("sources", "{id: map, title: a}")], &[("sources", "{id: map, title: b, date: 2015}")]],
    &[&[], &[("sources", "{id: page, headings: ['1', '2']}")]],
    &[
        &[("regions", "{id: kansai, name: {ja: 関西}}")],
        &[("regions", "{id: kansai, name: {ja: 関西, en: Kansai}}")],
        &[("regions", "{id: kansai, name: {ja: 関西圏}, location: {lat: 34.7, lon: 135.5}}")],
    ],
    &[
        &[("regions", "{id: osaka, name: {ja: 大阪}, within: kansai, sources: [map:1]}")],
        &[("regions", "{id: osaka, name: {ja: 大阪}, within: kansai, sources: [map:2]}")],
        &[("regions", "{id: osaka, name: {ja: 大阪}}")],
    ],
    &[
        &[("organizations", "{id: ncvc, name: {ja: 国循}, region: osaka, aliases: [a, b]}")],
        &[("organizations", "{id: ncvc, name: {ja: 国循}, aliases: [b]}")],
        &[("organizations", "{id: ncvc, name: {en: NCVC}, identifiers: {ror: x}, type: hospital}")],
    ],
    &[
        &[
            ("organizations", "{id: lab, name: {en: Lab}, part_of: [ncvc]}"),
            ("relations", "{kind: plays, from: lab, to: research, in: kansai}"),
        ],
        &[
            ("organizations", "{id: lab-2, name: {en: Lab}, part_of: [ncvc]}"),
            ("relations", "{kind: plays, from: lab-2, to: research, in: kansai}"),
        ],
        &[
            ("organizations", "{id: lab, name: {en: Lab}, events: [{kind: merged, other: ncvc}]}"),
            ("relations", "{kind: plays, from: [lab, ncvc], to: research}"),
        ],
        &[],
    ],
    &[
        &[("roles", "{id: research, name: {en: research}}")],
        &[("roles", "{id: research, name: {en: research}, basis: inferred, confidence: low}")],
        &[("roles", "{id: research, name: {en: research}, notes: [{text: {en: n}}], until: 2020}")],
    ],
    &[
        &[],
        &[("relations", "{kind: advises, from: ncvc, to: research, sources: [map:1]}")],
        &[(
            "relations",
            "{kind: advises, from: ncvc, to: research, sources: [map:1], since: 2001}",
        )],
        &[("relations", "{kind: advises, from: ncvc, to: research, sources: [map:1, map:3]}")],
    ],
    &[
        &[],
        &[("relations", "{kind: advises, from: ncvc, to: research, sources: [map:2]}")],
        &[("relations", "{kind: advises, from: ncvc, to: research, in: osaka, sources: [map:2]}")],
        &[("relations", "{kind: advises, from: ncvc, to: research@osaka, note: {en: why}}")],
    ],
    &[
        &[],
        &[("relations", "{kind: plays, from: [], to: research, in: kansai, sources: [map:1]}")],
        &[("relations", "{kind: plays, from: [], to: research, in: kansai, sources: [map:2]}")],
        &[("relations", "{kind: plays, from: [], to: research, in: osaka, until: 2015}")],
        &[("relations", "{kind: advises, from: research, to: [], sources: [map:1]}")],
    ],
    &[
        &[],
        &[("relation_kinds", "{id: likes, name: {en: likes}, traverse: never}")],
        &[(
            "relation_kinds",
            "{id: likes, name: {en: likes}, traverse: both, from: [role, stage]}",
        )],
    ],
];

/// Which variant is said in each slot.
fn choice() -> impl Strategy<Value = Vec<usize>> {
    SLOTS.iter().map(|variants| 0..variants.len()).collect::<Vec<_>>()
}

fn said(choice: &[usize]) -> Vec<(&'static str, &'static str)> {
    choice.iter().zip(SLOTS).flat_map(|(chosen, slot)| slot[*chosen]).copied().collect()
}

/// The graph of files that each say some of the records.
fn graph(files: &[Vec<(&str, &str)>]) -> Graph {
    let text = |said: &[(&str, &str)]| {
        let mut sections: Vec<&str> = said.iter().map(|(section, _)| *section).collect();
        sections.sort_unstable();
        sections.dedup();
        let section = |name: &&str| {
            let records = said.iter().filter(|(section, _)| section == name);
            let lines: String = records.map(|(_, record)| format!("  - {record}\n")).collect();
            format!("{name}:\n{lines}")
        };
        sections.iter().map(section).collect::<String>()
    };
    let texts: Vec<String> = files.iter().map(|said| text(said)).collect();
    graph_of(texts.iter().map(String::as_str))
}

fn views(difference: &Difference) -> Vec<Value> {
    let view = |change: &Change| serde_json::to_value(change).expect("a record");
    difference.changes.iter().map(view).collect()
}

/// A change without the ids and names of one side only, seen from the other atlas.
fn inverse(change: &Change) -> Value {
    let how = match change.how {
        How::Added => How::Removed,
        How::Removed => How::Added,
        how => how,
    };
    let fields: Vec<Value> = change
        .fields
        .iter()
        .map(|it| json!({"field": it.field, "old": it.new, "new": it.old}))
        .collect();
    json!([change.subject.sort(), how, fields])
}

fn plain(change: &Change) -> Value {
    json!([change.subject.sort(), change.how, change.fields])
}

fn sorted(mut values: Vec<Value>) -> Vec<String> {
    values.sort_by_key(Value::to_string);
    values.iter().map(Value::to_string).collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn places_and_order_make_no_difference(
        choice in choice(),
        places in vec(0..3usize, 32),
        order in Just((0..32usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let said = said(&choice);
        let mut files = vec![Vec::new(); 3];
        for at in order.into_iter().filter(|at| *at < said.len()) {
            files[places[at]].push(said[at]);
        }
        let (whole, parts) = (graph(&[said]), graph(&files));
        prop_assert_eq!(views(&diff(&whole, &parts)), Vec::<Value>::new());
        prop_assert_eq!(views(&diff(&parts, &whole)), Vec::<Value>::new());
    }

    #[test]
    fn what_says_something_else_differs(one in choice(), other in choice()) {
        let graphs = [&one, &other].map(|choice| graph(&[said(choice)]));
        let is_empty = diff(&graphs[0], &graphs[1]).is_empty();
        prop_assert_eq!(is_empty, one == other, "{:?} {:?}", said(&one), said(&other));
    }

    #[test]
    fn the_way_back_is_the_inverse(one in choice(), other in choice()) {
        let graphs = [&one, &other].map(|choice| graph(&[said(choice)]));
        let (there, back) = (diff(&graphs[0], &graphs[1]), diff(&graphs[1], &graphs[0]));
        let there: Vec<Value> = there.changes.iter().map(inverse).collect();
        let back: Vec<Value> = back.changes.iter().map(plain).collect();
        prop_assert_eq!(sorted(there), sorted(back));
    }
}

#[test]
fn the_order_of_lists_makes_no_difference() {
    let atlas = |lists: [&str; 4]| {
        let [aliases, events, ends, sources] = lists;
        let organization = format!(
            "{{id: a, name: {{en: a}}, aliases: {aliases}, events: {events}, sources: {sources}}}"
        );
        let relation = format!("{{kind: plays, from: a, to: {ends}, sources: {sources}}}");
        graph(&[vec![
            ("sources", "{id: s}"),
            ("organizations", &*organization),
            ("roles", "{id: r, name: {en: r}}"),
            ("roles", "{id: q, name: {en: q}}"),
            ("relations", &*relation),
        ]])
    };
    let one = atlas(["[x, y]", "[{kind: moved}, {kind: ended}]", "[q, r]", "['s:1', 's:2']"]);
    let other = atlas(["[y, x]", "[{kind: ended}, {kind: moved}]", "[r, q]", "['s:2', 's:1']"]);
    assert_eq!(views(&diff(&one, &other)), Vec::<Value>::new());
}

#[test]
fn a_normal_form_of_unicode_makes_no_difference() {
    let atlas = |name: &str, alias: &str| {
        let record = format!("{{id: a, name: {{ja: {name}}}, aliases: [b, {alias}, z]}}");
        graph(&[vec![("organizations", &*record)]])
    };
    let composed = atlas("メドトロニックジャパン", "Universit\u{e4}t");
    let decomposed = atlas("メト\u{3099}トロニックシ\u{3099}ャハ\u{309a}ン", "Universita\u{308}t");
    assert_eq!(views(&diff(&composed, &decomposed)), Vec::<Value>::new());
    assert_eq!(views(&diff(&composed, &atlas("メドトロニック", "Universit\u{e4}t"))).len(), 1);
}

#[test]
fn which_end_of_a_symmetric_relation_comes_first_makes_no_difference() {
    let atlas = |relation: &str| {
        graph(&[vec![
            ("organizations", "{id: a, name: {en: a}}"),
            ("organizations", "{id: b, name: {en: b}}"),
            ("relations", relation),
        ]])
    };
    let changes = |kind: &str| {
        let [one, other] = [("a", "b"), ("b", "a")]
            .map(|(from, to)| atlas(&format!("{{kind: {kind}, from: {from}, to: {to}}}")));
        views(&diff(&one, &other)).len()
    };
    assert_eq!(changes("collaborates-with"), 0);
    assert_eq!(changes("supplies"), 2);
    let [one, other] = ["a, to: b, since: 2015", "b, to: a, since: 2016"]
        .map(|said| atlas(&format!("{{kind: collaborates-with, from: {said}}}")));
    assert!(matches!(diff(&one, &other).changes[..], [Change { how: How::Redated, .. }]));
}
