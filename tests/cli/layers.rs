//! Layers: a later one adds to an earlier one, and never contradicts it silently.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn layer(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.yaml"), text).unwrap();
    folder
}

fn run(layers: &[&Path], line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_medclust"));
    for layer in layers {
        command.arg("--data").arg(layer);
    }
    command.args(line.split(' ')).env("LC_ALL", "C").env_remove("MEDCLUST_DATA");
    command.output().unwrap()
}

fn json(layers: &[&Path], line: &str) -> Value {
    let output = run(layers, &format!("{line} --json"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

const BUILTIN: &str = "builtin";

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
    let node = json(&[BUILTIN.as_ref(), mine.path()], "show デビシックス");
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
        let output = run(&[BUILTIN.as_ref(), mine.path()], "list");
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.starts_with(&format!("error[contradiction]: {found}")), "{err}");
        assert!(
            err.contains("mine.yaml:") && err.contains("data/organizations/usa.yaml:"),
            "{err}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn what_agrees_is_no_contradiction() {
    let mine = layer("organizations:\n  - {id: medtronic, type: company, region: minnesota}\n");
    let twice = json(&[BUILTIN.as_ref(), mine.path()], "list --region minnesota");
    assert_eq!(twice, json(&[BUILTIN.as_ref()], "list --region minnesota"));
}

#[test]
fn within_one_layer_an_id_is_given_once() {
    let mine = layer("regions:\n  - {id: a, name: {en: A}}\n  - {id: a, aliases: [B]}\n");
    let output = run(&[mine.path()], "list");
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.starts_with("error[duplicate-id]"), "{err}");
}

#[test]
fn a_layer_cannot_turn_a_node_into_another_kind() {
    let mine = layer("roles:\n  - {id: medtronic, name: {en: Medtronic}}\n");
    let output = run(&[BUILTIN.as_ref(), mine.path()], "list");
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error[duplicate-id]"));
}

#[test]
fn the_order_of_layers_is_told_and_the_environment_lists_them_too() {
    let mine = layer("regions:\n  - {id: hamamatsu, name: {ja: 浜松市}, within: [shizuoka]}\n");
    let typed = json(&[BUILTIN.as_ref(), mine.path()], "show hamamatsu");
    assert_eq!(typed["layer"], 1);
    let paths = std::env::join_paths([Path::new(BUILTIN), mine.path()]).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_medclust"))
        .args(["show", "hamamatsu", "--json"])
        .env("MEDCLUST_DATA", paths)
        .output()
        .unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), typed);
}
