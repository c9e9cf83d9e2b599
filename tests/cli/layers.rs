//! Layers: a later one adds to an earlier one, and never contradicts it silently.

use std::path::Path;

use serde_json::Value;

use crate::harness::{ATLAS, Folder, Run, command, finish, medclust};

fn layer(text: &str) -> Folder {
    Folder::with("mine.yaml", text)
}

fn run(layers: &[&str], line: &str) -> Run {
    let data = layers.iter().flat_map(|layer| ["--data", layer]);
    medclust(data.chain(line.split(' ')))
}

fn json(layers: &[&str], line: &str) -> Value {
    let found = run(layers, &format!("{line} --json")).found();
    serde_json::from_str(&found).unwrap()
}

#[test]
fn a_layer_extends_a_node_of_an_earlier_one() {
    let mine = layer(
        "sources: [{id: diary, title: 日誌}]
organizations:
  - id: devicix
    name: {ja: デビシックス}
    aliases: [Devicix Minnesota]
    identifiers: {duns: '1'}
    indicators: [{name: {en: staff}, value: 40, sources: [diary]}]
    events: [{date: 2001, kind: founded, sources: [diary]}]
    sources: [diary]
relations:
  - {kind: supplies, from: devicix, to: mayo-clinic, sources: [diary:7]}
",
    );
    let node = json(&[ATLAS, mine.typed()], "show デビシックス");
    assert_eq!(node["id"], "devicix");
    assert_eq!(node["name"]["en"], "Devicix, LLC");
    assert!(node["aliases"].as_array().unwrap().contains(&"Devicix Minnesota".into()));
    assert_eq!(node["layer"], 0);
    assert_eq!(node["indicators"][0]["value"], 40.0);
    let ties = node["relations"].as_array().unwrap();
    let mine = ties.iter().find(|tie| tie["kind"] == "supplies").unwrap();
    assert_eq!((&mine["layer"], &mine["sources"][0]), (&1.into(), &"diary:7".into()));
    assert!(ties.iter().filter(|tie| tie["kind"] != "supplies").all(|tie| tie["layer"] == 0));
}

#[test]
fn a_contradiction_shows_both_places() {
    for (field, found) in [
        ("website: https://example.org", "`website` of `medtronic` is `https://example.org` here"),
        ("name: {en: Medtronic Ltd.}", "`name.en` of `medtronic`"),
        ("type: hospital", "`type` of `medtronic`"),
        ("region: ireland", "`region` of `medtronic` is `ireland` here"),
        ("identifiers: {ror: 'https://ror.org/0'}", "`identifiers.ror` of `medtronic`"),
    ] {
        let mine = layer(&format!("organizations:\n  - id: medtronic\n    {field}\n"));
        let err = run(&[ATLAS, mine.typed()], "list").refused();
        assert!(err.starts_with(&format!("error[contradiction]: {found}")), "{err}");
        assert!(
            err.contains("mine.yaml:") && err.contains("atlas/organizations/usa.yaml:"),
            "{err}"
        );
    }
}

#[test]
fn what_agrees_is_no_contradiction() {
    let mine = layer("organizations:\n  - {id: medtronic, type: company, region: minnesota}\n");
    let twice = json(&[ATLAS, mine.typed()], "list --region minnesota");
    assert_eq!(twice, json(&[ATLAS], "list --region minnesota"));
}

#[test]
fn within_one_layer_an_id_is_given_once() {
    let mine = layer("regions:\n  - {id: a, name: {en: A}}\n  - {id: a, aliases: [B]}\n");
    let err = run(&[mine.typed()], "list").refused();
    assert!(err.starts_with("error[duplicate-id]"), "{err}");
}

#[test]
fn a_layer_cannot_turn_a_node_into_another_kind() {
    let mine = layer("roles:\n  - {id: medtronic, name: {en: Medtronic}}\n");
    let err = run(&[ATLAS, mine.typed()], "list").refused();
    assert!(err.starts_with("error[duplicate-id]"), "{err}");
}

#[test]
fn the_order_of_layers_is_told_and_the_environment_lists_them_too() {
    let mine = layer("regions:\n  - {id: hamamatsu, name: {ja: 浜松市}, within: [shizuoka]}\n");
    let typed = json(&[ATLAS, mine.typed()], "show hamamatsu");
    assert_eq!(typed["layer"], 1);
    let paths = std::env::join_paths([Path::new(ATLAS), mine.path()]).unwrap();
    let mut command = command(["show", "hamamatsu", "--json"]);
    command.env("MEDCLUST_DATA", paths);
    assert_eq!(finish(command).json(), typed);
}

#[test]
fn a_reference_by_name_is_told_the_id() {
    let mine = layer(
        "organizations:\n  - {id: mine, name: {en: Mine}, region: 大阪府}\n\
        relations:\n  - {kind: plays, from: 国循, to: company, in: minnesota}\n",
    );
    let err = run(&[ATLAS, mine.typed()], "list").refused();
    assert!(err.contains("by the id: `ncvc`\n"), "{err}");
    assert!(err.contains("by the id: `osaka-prefectural-government` or `osaka`\n"), "{err}");
    let err = run(&[ATLAS, mine.typed()], "list --lang ja").refused();
    assert!(err.contains("id で参照します: `ncvc`\n"), "{err}");
}
