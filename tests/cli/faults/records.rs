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
