//! `medclust show`: all that the atlas says of a node.

use std::collections::BTreeSet;

use crate::harness::{Folder, found, ids, json, medclust, run, text};

#[test]
fn a_node_for_people() {
    insta::assert_snapshot!("gap_fund_en", found("show gap-fund@minnesota"));
    insta::assert_snapshot!("gap_fund_ja", found("show gap-fund@minnesota --lang ja"));
}

#[test]
fn a_node_has_its_relations_in_both_directions() {
    let node = json("show gap-fund@minnesota");
    assert_eq!(text(&node, "/id"), "gap-fund@minnesota");
    assert_eq!(text(&node, "/specializes"), "gap-fund");
    assert_eq!(text(&node, "/in"), "minnesota");
    let relations = node["relations"].as_array().unwrap();
    let ties: BTreeSet<String> = relations
        .iter()
        .map(|it| {
            format!("{} {} {}", text(it, "/direction"), text(it, "/kind"), text(it, "/node/id"))
        })
        .collect();
    let expected = [
        "out specializes gap-fund",
        "out in minnesota",
        "out acts-in research-and-development",
        "out funds engineering-research@minnesota",
        "in plays minnesota-tech-fund",
    ];
    assert_eq!(ties, expected.map(str::to_owned).into());
    for relation in relations {
        assert!(!relation["sources"].as_array().unwrap().is_empty(), "{relation}");
        assert!(relation.get("in").is_some() && relation.get("basis").is_some(), "{relation}");
        assert!(text(relation, "/node/kind").len() > 3 && relation["node"]["name"].is_object());
    }
}

#[test]
fn what_a_node_says_is_what_the_relations_say() {
    let all = json("list relations");
    for id in ["ncvc", "umn", "clinical-research", "kansai", "super-tokku", "trial-hospital"] {
        let node = json(&format!("show {id}"));
        let ends = |end: &str| {
            let at = |it: &&serde_json::Value| it[end] == id;
            all.as_array().unwrap().iter().filter(at).count()
        };
        assert_eq!(node["relations"].as_array().unwrap().len(), ends("from") + ends("to"), "{id}");
    }
}

#[test]
fn one_name_gives_an_object_and_several_an_array() {
    let both = json("show ncvc umn");
    assert_eq!(both, serde_json::json!([json("show ncvc"), json("show umn")]));
    assert_eq!(ids("show ncvc umn"), ["ncvc", "umn"]);
}

#[test]
fn the_fields_of_a_listed_node_are_the_same() {
    let listed = &json("list --name 3M")[0];
    let shown = json("show 3m");
    for (key, value) in listed.as_object().unwrap() {
        assert_eq!(&shown[key], value, "{key}");
    }
}

#[test]
fn figures_claims_and_events_carry_their_sources() {
    let california = json("show california");
    let figure = &california["indicators"][0];
    assert_eq!((figure["value"].as_f64(), figure["year"].as_u64()), (Some(45.0), Some(2014)));
    let ireland = json("show ireland");
    let figure = &ireland["indicators"][0];
    assert_eq!((figure["value"].as_f64(), text(figure, "/qualifier")), (Some(300.0), "at-least"));
    let mayo = json("show mayo-clinic");
    assert!(text(&mayo, "/claims/0/quote").contains("メイヨーの収入源の半分は寄付金"));
    let ncvc = json("show ncvc");
    assert_eq!(text(&ncvc, "/events/0/basis"), "curated");
    for statement in [&california["indicators"][0], &mayo["claims"][0], &ncvc["events"][0]] {
        assert!(!statement["sources"].as_array().unwrap().is_empty(), "{statement}");
    }
    for (name, told) in [("california", "45"), ("mayo-clinic", "メイヨーの収入源の半分は寄付金")]
    {
        assert!(found(&format!("show {name}")).contains(told), "{name}");
    }
}

#[test]
fn every_node_can_be_shown() {
    let every = ids("list nodes");
    for lang in ["ja", "en"] {
        let arguments = ["show", "--lang", lang].map(str::to_owned);
        let page = medclust(arguments.iter().chain(&every)).found();
        assert!(every.iter().all(|id| page.contains(id.as_str())));
    }
}

#[test]
fn one_unknown_name_among_several_shows_nothing() {
    let err = run("show ncvc nobody-of-this-name").refused();
    assert!(err.contains("nobody-of-this-name"), "{err}");
    assert!(run("show").refused().contains("<NAME>"));
}

#[test]
fn what_a_source_says_there_is_none_of_is_shown() {
    let folder = Folder::with(
        "atlas.yaml",
        "sources: [{id: s}]
regions: [{id: here, name: {ja: 当地, en: Here}}]
roles: [{id: maker, name: {ja: 製造者, en: Maker}}]
relations:
  - {kind: plays, from: [], to: maker, in: here, sources: ['s:3'], note: {en: The list is empty.}}
",
    );
    let page = folder.run("show maker@here").found();
    for told in ["What sources say there is none of", "is played by", "s:3", "The list is empty."] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let denial = &folder.run("show maker@here --json").json()["denials"][0];
    assert_eq!([text(denial, "/kind"), text(denial, "/direction")], ["plays", "in"]);
    assert_eq!(denial["sources"], serde_json::json!(["s:3"]));
}
