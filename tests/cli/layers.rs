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

fn json_of(layers: &[&str], arguments: &[&str]) -> Value {
    let data = layers.iter().flat_map(|layer| ["--data", *layer]);
    let found = medclust(data.chain(arguments.iter().copied()).chain(["--json"])).found();
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

#[test]
fn what_a_layer_adds_keeps_its_own_basis_and_sources() {
    let mine = layer(
        "sources: [{id: diary, title: 日誌}]
organizations:
  - id: devicix
    aliases: [Devicix Minnesota]
    website: https://example.org
    basis: curated
    sources: [diary:3]
    notes: [{text: {en: seen there}, basis: curated, sources: [diary]}]
",
    );
    let layers = [ATLAS, mine.typed()];
    let node = json(&layers, "show devicix");
    assert_eq!(
        (&node["basis"], &node["website"]),
        (&"stated".into(), &"https://example.org".into())
    );
    assert!(!node["sources"].as_array().unwrap().contains(&"diary:3".into()));
    let added = &node["additions"][0];
    assert_eq!(added["aliases"], serde_json::json!(["Devicix Minnesota"]));
    assert_eq!((&added["basis"], &added["layer"]), (&"curated".into(), &1.into()));
    assert_eq!(added["sources"], serde_json::json!(["diary:3"]));

    let stated = json_of(&layers, &["show", "Devicix Minnesota", "--basis", "stated"]);
    assert_eq!(stated["website"], Value::Null, "still found, but not told");
    assert_eq!(
        (&stated["additions"], &stated["notes"]),
        (&Value::Array(vec![]), &Value::Array(vec![]))
    );
    let cited = run(&layers, "cite diary:3").found();
    assert!(cited.contains("Devicix Minnesota"), "{cited}");
}

#[test]
fn a_renaming_is_no_contradiction() {
    let renamed = |former: &str| {
        format!(
            "organizations:
  - id: medtronic
    name: {{en: Medtronic Ltd.}}
    events: [{{kind: renamed, date: 2025, former: {{en: {former}}}}}]
"
        )
    };
    let mine = layer(&renamed("Medtronic plc"));
    let layers = [ATLAS, mine.typed()];
    let node = json(&layers, "show medtronic");
    assert_eq!(node["name"]["en"], "Medtronic Ltd.");
    assert!(node["aliases"].as_array().unwrap().contains(&"Medtronic plc".into()));
    assert_eq!(json(&layers, "show medtronic --as-of 2020")["name"]["en"], "Medtronic plc");
    let other = layer(&renamed("Something else"));
    let err = run(&[ATLAS, other.typed()], "show medtronic").refused();
    assert!(err.contains("`name.en` of `medtronic`"), "{err}");
}

#[test]
fn the_shipped_atlas_is_read_up_to_a_layer() {
    let count = |line: &str| run(&[], line).found().lines().count();
    let all = count("list nodes --format ids --data builtin");
    let source = count("list nodes --format ids --data builtin --layer source");
    assert!(source + 100 < all, "{source} of {all}");
    assert_eq!(all, count("list nodes --format ids --data builtin --layer curated"));
    assert_eq!(all, count("list nodes --format ids --data builtin:source --data builtin:curated"));
    assert_eq!(source, count("list nodes --format ids --data builtin:source"));
    let err = run(&[ATLAS], "list --layer source").refused();
    assert!(err.contains("which is not among the data"), "{err}");
    let err = run(&["builtin", "builtin:source"], "list").refused();
    assert!(err.contains("`builtin:source` is given twice"), "{err}");
    let added = run(&[], "diff builtin:source builtin --format json").out;
    let changes: Vec<Value> = serde_json::from_str(&added).unwrap();
    assert!(changes.len() > 500);
    assert!(changes.iter().all(|it| it["change"] != "removed"), "a layer takes nothing away");
    let mine = layer("organizations: [{id: mine, name: {en: Mine}}]\n");
    let line = format!("diff builtin builtin+{} --format json", mine.typed());
    let changes: Vec<Value> = serde_json::from_str(&run(&[], &line).out).unwrap();
    assert_eq!(changes.len(), 1);
}

#[test]
fn show_tells_until_when_a_source_was_looked_up() {
    let mine = layer(
        "sources: [{id: page, url: 'https://example.org', checked: 2025-03}]
organizations: [{id: a, name: {en: A}, sources: [page]}]
programs:
  - {id: p, name: {en: P}, sources: [page], events: [{kind: ended, date: 2026, sources: [page]}]}
",
    );
    let page = run(&[mine.typed()], "show a --lang en").found();
    assert!(page.contains("not checked after 2025-03"), "{page}");
    assert_eq!(json(&[mine.typed()], "show a")["checked"], "2025-03");
    assert_eq!(json(&[mine.typed()], "show p")["checked"], Value::Null, "something later is told");
}

#[test]
fn what_rests_on_a_source_tells_what_it_adds() {
    let mine = layer(
        "sources: [{id: diary, title: 日誌}]\norganizations: [{id: devicix, aliases: [Mine], basis: curated, sources: [diary]}]\n",
    );
    let found = json(&[ATLAS, mine.typed()], "cite diary");
    let added = &found["statements"][0];
    assert_eq!(
        (&added["of"], &added["addition"]["aliases"][0]),
        (&"addition".into(), &"Mine".into())
    );
    assert_eq!(added["addition"]["layer"], 1);
}
