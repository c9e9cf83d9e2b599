//! `medclust cite`: what a source says, and what rests on it.

use serde_json::Value;

use crate::harness::{Folder, found, run};

const ATLAS: &str = "\
sources:
  - {id: brief, title: 概況, date: 2020-03, text: brief.txt}
  - {id: talk, title: A talk}
regions:
  - id: north
    name: {en: North, ja: 北}
    sources: [brief:2]
    indicators: [{name: {en: Firms}, value: 12, year: 2019, sources: [brief:3-4]}]
organizations:
  - {id: clinic, name: {en: Clinic}, region: north, sources: [brief:4, talk]}
  - {id: maker, name: {en: Maker}, sources: ['brief:fig.1']}
relations:
  - {kind: donates-to, from: clinic, to: maker, sources: [talk:12]}
";
const TEXT: &str = "Overview\nThe north has\ntwelve firms and\na clinic\nin all\n";

fn atlas() -> Folder {
    Folder::with("a.yaml", ATLAS).add("brief.txt", TEXT)
}

fn cited(place: &str) -> (Vec<u64>, Vec<String>) {
    let run = atlas().run(&format!("cite {place} --json"));
    let answer: Value = serde_json::from_str(&run.out).expect("an answer is JSON");
    let lines = answer["lines"].as_array().unwrap().iter();
    let statements = answer["statements"].as_array().unwrap().iter().map(|it| {
        let about = it["node"]["id"].as_str().or(it["relation"]["from"].as_str());
        format!("{} {}", it["of"].as_str().unwrap(), about.unwrap())
    });
    (lines.map(|it| it["number"].as_u64().unwrap()).collect(), statements.collect())
}

#[test]
fn a_place_has_its_lines_and_what_rests_on_any_of_them() {
    assert_eq!(cited("brief:3"), (vec![3], vec!["indicator north".into()]));
    let (lines, statements) = cited("brief:4-5");
    assert_eq!(lines, [4, 5]);
    assert_eq!(statements, ["indicator north", "node clinic", "relation clinic"]);
    assert_eq!(cited("brief:fig.1"), (vec![], vec!["node maker".into()]));
}

#[test]
fn a_source_has_all_that_cites_it_and_the_lines_that_are_cited() {
    let (lines, statements) = cited("brief");
    assert_eq!(lines, [2, 3, 4]);
    assert_eq!(statements.len(), 5, "{statements:?}");
    let (lines, statements) = cited("talk");
    assert!(lines.is_empty(), "the atlas does not hold its text");
    assert_eq!(statements, ["node clinic", "relation clinic", "relation clinic"]);
}

#[test]
fn what_is_not_there_is_told() {
    let nothing = atlas().run("cite brief:77");
    assert_eq!((nothing.status, nothing.out.as_str()), (1, ""));
    let unknown = atlas().run("cite breif");
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("did you mean brief?"), "{}", unknown.err);
}

#[test]
fn a_text_outside_the_atlas_is_not_read() {
    for path in ["../secret.txt", "/etc/hostname", "gone.txt", "."] {
        let folder = Folder::with("a.yaml", ATLAS.replace("brief.txt", path));
        let run = folder.run("cite brief:2 --json");
        let answer: Value = serde_json::from_str(&run.out).expect("an answer is JSON");
        assert_eq!(answer["lines"], Value::Array(Vec::new()), "{path}");
        assert!(run.err.contains("cannot be read"), "{path}: {}", run.err);
        assert_eq!(run.status, 0, "the statements are told all the same");
    }
}

#[test]
fn the_shipped_text_is_in_the_binary() {
    let page = found("--data builtin cite minnesota-map:71-72 --lang ja");
    for said in
        ["米国(ミネソタ州）の医療産業化マップ", "メイヨークリニック，ミネソタ大学病院等", "を担う"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(run("--data builtin cite minnesota-map:9999").status, 1);
}

#[test]
fn show_of_a_source_tells_the_same() {
    for place in ["minnesota-map", "minnesota-map:71-72"] {
        assert_eq!(found(&format!("show {place}")), found(&format!("cite {place}")));
    }
    let both = run("show minnesota-map ncvc").refused();
    assert!(both.contains("minnesota-map"), "{both}");
}
