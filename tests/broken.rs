//! Atlases at fault: each gets its code, its place and its hint, on standard error alone.
//!
//! Faults that a file can show lie in `tests/broken/`, a folder each; the others are made here.
#![cfg(unix)] // for pipes, links and `ulimit`

#[path = "cli/harness.rs"]
mod harness;
#[path = "broken/made.rs"]
mod made;
#[path = "broken/reading.rs"]
mod reading;
#[path = "broken/records.rs"]
mod records;

use std::collections::BTreeSet;
use std::path::Path;

use medclust::diagnostic::Code;
use unicode_width::UnicodeWidthStr;

use harness::{Run, medclust};
use reading::{Fault, faults};

/// A folder of `tests/broken/`, and its faults in order: code, place, and a part of the hint.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const CASES: &[Case] = &[
    ("unknown-field", &[("unknown-field", "atlas.yaml:7:5", "did you mean `website`?")]),
    ("missing-field", &[("missing-field", "atlas.yaml:8:5", "")]),
    ("wrong-type", &[("wrong-type", "atlas.yaml:6:11", "")]),
    ("duplicate-field", &[("duplicate-field", "atlas.yaml:8:5", "keep one of them")]),
    ("duplicate-id", &[("duplicate-id", "programs.yaml:2:10", "choose another")]),
    ("dangling-reference", &[("dangling-reference", "atlas.yaml:9:13", "`shizuoka`")]),
    (
        "dangling-contextual-role",
        &[
            ("dangling-reference", "atlas.yaml:13:15", "did you mean `shizuoka`?"),
            ("dangling-reference", "atlas.yaml:17:9", "did you mean `maker`?"),
        ],
    ),
    ("unknown-source", &[("dangling-reference", "atlas.yaml:7:15", "did you mean `fieldnotes`?")]),
    ("unknown-relation-kind", &[("unknown-relation-kind", "atlas.yaml:10:11", "`supplies`")]),
    (
        "wrong-end-kind",
        &[
            ("wrong-end-kind", "atlas.yaml:9:30", "swap `from` and `to`"),
            ("wrong-end-kind", "atlas.yaml:9:44", "swap `from` and `to`"),
        ],
    ),
    ("wrong-context", &[("wrong-context", "atlas.yaml:12:9", "")]),
    ("cycle-within", &[("cycle", "east.yaml:7:14", "remove one of these relations")]),
    ("cycle-part-of", &[("cycle", "atlas.yaml:5:73", "remove one of these relations")]),
    ("no-name", &[("no-name", "atlas.yaml:5:9", "name: {ja: …, en: …}")]),
    ("bad-date", &[("invalid-date", "atlas.yaml:*", "")]),
    ("bad-location", &[("invalid-location", "atlas.yaml:7:15", "latitude runs from -90 to 90")]),
    ("figure-too-large", &[("wrong-type", "atlas.yaml:5:9", "in a larger unit")]),
    ("invalid-id", &[("invalid-id", "atlas.yaml:5:9", "lower-case kebab-case")]),
    (
        "confidence-without-inference",
        &[("confidence-without-inference", "atlas.yaml:11:17", "basis: inferred")],
    ),
    ("syntax", &[("syntax", "atlas.yaml:7:12", "")]),
    ("behind-japanese", &[("dangling-reference", "atlas.yaml:5:83", "")]),
    (
        "several",
        &[
            ("unknown-field", "makers.yaml:7:5", ""),
            ("invalid-date", "makers.yaml:8:12", ""),
            ("wrong-type", "makers.yaml:9:14", ""),
            ("dangling-reference", "regions.yaml:2:29", ""),
            ("no-name", "regions.yaml:3:10", ""),
            ("invalid-location", "regions.yaml:3:37", ""),
            ("unknown-relation-kind", "relations.yaml:2:12", "did you mean `supplies`?"),
            ("dangling-reference", "relations.yaml:2:49", ""),
        ],
    ),
];

fn check(name: &str) -> Run {
    let folder = format!("tests/broken/{name}");
    medclust(["--data", &folder, "list"])
}

fn found(name: &str) -> Vec<Fault> {
    faults(&check(name).refused())
}

#[test]
fn every_fault_has_its_code_place_and_hint() {
    for (name, expected) in CASES {
        let found = found(name);
        assert_eq!(found.len(), expected.len(), "{name}: {found:#?}");
        for (fault, (code, place, hint)) in found.iter().zip(*expected) {
            assert_eq!(fault.code, *code, "{name}: {fault:#?}");
            let place = format!("tests/broken/{name}/{place}");
            match place.strip_suffix('*') {
                Some(file) => assert!(fault.places[0].starts_with(file), "{name}: {fault:#?}"),
                None => assert_eq!(fault.places[0], place, "{fault:#?}"),
            }
            let told = fault.hint.as_deref().unwrap_or_default();
            assert!(told.contains(hint), "{name}: {fault:#?}");
        }
    }
}

#[test]
fn every_folder_is_tested() {
    let folders = std::fs::read_dir("tests/broken").expect("it is there");
    let folders = folders.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir());
    let folders: BTreeSet<_> = folders.map(|path| name_of(&path)).collect();
    assert_eq!(folders, CASES.iter().map(|(name, _)| (*name).to_owned()).collect());
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("it has one").to_string_lossy().into_owned()
}

#[test]
fn every_code_has_an_atlas_that_triggers_it() {
    let on_disk = CASES.iter().flat_map(|(_, faults)| faults.iter().map(|(code, ..)| *code));
    // tests/layers.rs lays one atlas over another.
    let tested = on_disk.chain(made::CODES).chain(["contradiction"]);
    let tested: BTreeSet<&str> = tested.collect();
    let all: BTreeSet<&str> = Code::FAULTS.iter().map(|code| code.as_str()).collect();
    assert_eq!(tested, all);
}

#[test]
fn the_line_and_a_marker_under_it_are_shown() {
    for (name, _) in CASES.iter().filter(|(name, _)| *name != "several") {
        for fault in found(name) {
            let (_, line) = fault.place(0);
            let written = std::fs::read_to_string(fault.path()).expect("the file is there");
            let written = written.lines().nth(line - 1).expect("the line is there");
            assert_eq!(
                fault.shown.trim_end(),
                written,
                "{name}: the line is shown as it is written"
            );
            assert!(fault.marker.trim_end().ends_with('^'), "{name}: {fault:#?}");
        }
    }
}

#[test]
fn both_places_of_a_duplicate_are_shown() {
    let faults = found("duplicate-id");
    let places = ["programs.yaml:2:10", "makers.yaml:5:9"];
    assert_eq!(faults[0].places, places.map(|place| format!("tests/broken/duplicate-id/{place}")));
    assert!(faults[0].text.contains("first given here"));
}

#[test]
fn every_relation_of_a_cycle_is_shown() {
    let fault = &found("cycle-within")[0];
    assert!(fault.text.contains("tokai → shizuoka → tokai"), "{fault:#?}");
    let places = ["east.yaml:7:14", "west.yaml:4:14"];
    assert_eq!(fault.places, places.map(|place| format!("tests/broken/cycle-within/{place}")));
}

#[test]
fn the_marker_stays_aligned_behind_japanese_text() {
    for lang in ["en", "ja"] {
        let run = medclust(["--data", "tests/broken/behind-japanese", "list", "--lang", lang]);
        let fault = &faults(&run.refused())[0];
        let before = fault.shown.split("region: ").next().expect("it is shown");
        let column = before.width() + "region: ".width();
        assert_eq!(fault.marker.find('^'), Some(column), "{}", fault.text);
        assert_eq!(fault.marker.trim(), "^".repeat("shizuoka".len()), "{}", fault.text);
        assert!(before.width() > before.chars().count(), "the line has double-width characters");
    }
}

#[test]
fn faults_in_japanese_keep_codes_and_places() {
    for (name, _) in CASES {
        let ja = medclust(["--data", &format!("tests/broken/{name}"), "list", "--lang", "ja"]);
        let ja = faults(&ja.refused());
        let en = found(name);
        let facts = |faults: &[Fault]| -> Vec<_> {
            faults.iter().map(|fault| (fault.code.clone(), fault.places.clone())).collect()
        };
        assert_eq!(facts(&ja), facts(&en), "{name}");
        assert!(ja.iter().all(|fault| fault.text.starts_with("エラー[")), "{name}");
    }
}

#[test]
fn every_command_refuses_an_atlas_at_fault() {
    let folder = "tests/broken/several";
    let listed = check("several").refused();
    for line in ["show hamamatsu-optics", "search 浜松", "path shizuoka aichi", "list --json"] {
        let run = medclust(["--data", folder].into_iter().chain(line.split(' ')));
        assert_eq!(run.refused(), listed, "{line}");
    }
    assert!(listed.ends_with("8 faults; nothing was loaded\n"), "{listed}");
}
