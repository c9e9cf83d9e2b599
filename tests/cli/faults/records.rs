//! Several faults in one record, and how exactly a fault is told.

use std::collections::BTreeSet;

use super::reading::{Fault, faults};
use super::{CASES, found, in_folder};
use crate::harness::Folder;

/// The codes of the faults of one file.
fn codes_of(text: &str) -> Vec<String> {
    let folder = Folder::with("atlas.yaml", text);
    let run = folder.run("list");
    faults(&run.refused()).into_iter().map(|fault| fault.code).collect()
}

#[test]
fn two_faults_of_one_record_are_both_reported() {
    let text =
        "regions:\n  - {id: a b, name: {ja: ' '}, location: {lat: 91, lon: 0}, within: [c]}\n";
    let codes = ["invalid-id", "no-name", "invalid-location", "dangling-reference"];
    assert_eq!(codes_of(text), codes);
    let text = "regions:\n  - {id: a, name: {ja: 甲}, sumary: {ja: 乙}, websit: x}\n";
    assert_eq!(codes_of(text), ["unknown-field", "unknown-field"]);
}

#[test]
fn two_values_that_do_not_fit_are_both_reported() {
    let text = "organizations:\n  - {id: a, name: 甲, since: 昭和28年}\n";
    assert_eq!(codes_of(text), ["wrong-type", "invalid-date"]);
}

#[test]
fn an_unknown_kind_hides_no_dangling_end() {
    let text = "relations:\n  - {kind: suplies, from: a, to: b}\n";
    let codes = ["unknown-relation-kind", "dangling-reference", "dangling-reference"];
    assert_eq!(codes_of(text), codes);
}

#[test]
fn an_id_that_a_command_line_could_not_name_is_refused() {
    for id in ["", "a b", "a@b", "a:b", "浜松　光学"] {
        let text = format!("regions:\n  - {{id: '{id}', name: {{ja: 甲}}}}\n");
        assert_eq!(codes_of(&text), ["invalid-id"], "{id}");
    }
}

#[test]
fn a_bad_date_is_pointed_at() {
    assert_eq!(in_folder(&found("invalid-date")[0].places[0]), "atlas.yaml:4:12");
}

#[test]
fn the_context_of_a_contextual_role_is_marked() {
    let marked = |fault: &Fault| -> String {
        let from = fault.marker.find('^').expect("it has a marker");
        fault.shown.get(from..from + fault.marker.trim().len()).unwrap_or_default().to_owned()
    };
    let word = marked(&found("dangling-contextual-role")[0]);
    assert!(["shizuok", "maker@shizuok"].contains(&&*word), "{word}");
}

#[test]
fn every_fault_has_a_hint() {
    let all: Vec<Fault> = CASES.iter().flat_map(|(name, _)| found(name)).collect();
    let without: BTreeSet<&str> =
        all.iter().filter(|fault| fault.hint.is_none()).map(|fault| &*fault.code).collect();
    assert_eq!(without, BTreeSet::new());
}

#[test]
fn a_blank_end_is_a_slip_and_no_statement() {
    let atlas = |end: &str| {
        format!(
            "roles:\n  - {{id: a, name: {{ja: 甲}}}}\nrelations:\n  - kind: plays\n    from:{end}\n    \
             to: a\n  - {{kind: plays, form: b, from: a, to:}}\n"
        )
    };
    for blank in ["", " ~", " null"] {
        let folder = Folder::with("atlas.yaml", atlas(blank));
        let faults = faults(&folder.run("list").refused());
        let codes: Vec<&str> = faults.iter().map(|fault| &*fault.code).collect();
        assert_eq!(codes, ["wrong-type", "unknown-field", "wrong-type"], "{blank}");
        assert!(faults[0].places[0].contains("atlas.yaml:5:"), "{:?}", faults[0].places);
        let hint = faults[0].hint.as_deref().unwrap_or_default();
        assert!(hint.contains("`[]` where a source says that there is none"), "{hint}");
    }
}

#[test]
fn a_relation_without_any_end_says_nothing() {
    let text = "relations:\n  - {kind: plays, from: [], to: []}\n";
    assert_eq!(codes_of(text), ["missing-field"]);
}

#[test]
fn one_fault_hides_no_other_of_the_file() {
    let text = "organizations:
  - {id: a, name: {en: A, en: B}, aliases: [x, [y], {z: 1}], events: [{kind: [x]}, {kind: x, date: bad}]}
  - {id: b, name: {en: B}, colour: x}
  - {id: c, nam: {en: C}}
  - text
  - {id: d, name: {en: D}, region: nowhere, part_of: a}
organizations: [{id: e, idd: f, name: {en: E}}]
";
    let folder = Folder::with("atlas.yaml", text);
    let faults = faults(&folder.run("list").refused());
    let found: Vec<_> =
        faults.iter().map(|it| (&*it.code, it.places[0].rsplit_once("yaml:").unwrap().1)).collect();
    let expected = [
        ("duplicate-field", "2:27"),
        ("wrong-type", "2:48"),
        ("wrong-type", "2:53"),
        ("wrong-type", "2:78"),
        ("invalid-date", "2:100"),
        ("unknown-field", "3:28"),
        ("unknown-field", "4:13"),
        ("wrong-type", "5:5"),
        ("dangling-reference", "6:36"),
        ("duplicate-field", "7:1"),
        ("unknown-field", "7:25"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_text_is_no_fault_beside_one() {
    let text = "organizations:
  - {id: true, name: {en: .nan}, aliases: [1.50, 1e400, 007], website: .inf}
  - {id: 1_0, name: {en: 7}, part_of: true}
  - {id: c, name: {en: C}, indicators: [{name: {en: n}, value: .nan}, {name: {en: n}, value: -1e400}]}
";
    let folder = Folder::with("atlas.yaml", text);
    let faults = faults(&folder.run("list").refused());
    let places: Vec<_> =
        faults.iter().map(|it| it.places[0].rsplit_once("yaml:").unwrap().1).collect();
    assert_eq!(places, ["4:64", "4:94"]);
    assert!(faults.iter().all(|fault| fault.code == "wrong-type"), "{faults:#?}");
    let loads: String = text.lines().take(3).map(|line| format!("{line}\n")).collect();
    let nodes = Folder::with("atlas.yaml", loads).run("list --json").json();
    assert_eq!(nodes[0]["aliases"], serde_json::json!(["1.50", "1e400", "007"]));
}

#[test]
fn an_anchor_may_be_used_as_often_as_the_text_is_long() {
    let mut text = String::from(
        "sources: [{id: s, title: S}]\norganizations:\n  - {id: a, name: {en: A}, sources: &x [s:1, s:2]}\n",
    );
    for n in 0..2000 {
        text.push_str(&format!("  - {{id: b{n}, name: {{en: B{n}}}, sources: *x}}\n"));
    }
    let run = Folder::with("atlas.yaml", text).run("list --format ids");
    assert_eq!(run.found().lines().count(), 2001);
}

#[test]
fn no_fault_lies_beyond_its_file() {
    for text in [
        "regions: [{id: x",
        "regions: [{id: x\n",
        "regions:\n  - {id: \"a",
        "regions: [\n\n\n",
        "a: [",
        "- |",
        "? [",
        "{\r\n",
    ] {
        let folder = Folder::with("atlas.yaml", text);
        let fault = &faults(&folder.run("list").refused())[0];
        let lines: Vec<&str> = text.lines().collect();
        let (_, line) = fault.place(0);
        let column: usize = fault.places[0].rsplit(':').next().unwrap().parse().unwrap();
        assert!((1..=lines.len()).contains(&line), "{text:?}: {:?}", fault.places);
        assert!(column <= lines[line - 1].chars().count() + 1, "{text:?}: {:?}", fault.places);
    }
}
