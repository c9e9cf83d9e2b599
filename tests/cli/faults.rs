//! Atlases at fault: each gets its code, its place and its hint, on standard error alone.
//!
//! Faults that one short file can show are the bad examples of `docs/checks/`; those that need more lie
//! in `tests/broken/`, a folder each; what cannot lie in a repository is made here.

mod made;
mod marks;
mod reading;
mod records;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use medclust::check::Explanation;
use medclust::diagnostic::Code;
use unicode_width::UnicodeWidthStr;

use crate::harness::{Folder, medclust};
use reading::{Fault, faults};

/// An atlas at fault, and its faults in order: code, place, and a part of the hint.
///
/// It is the bad example of the code of this name, or a folder of `tests/broken/`.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const CASES: &[Case] = &[
    ("unknown-field", &[("unknown-field", "atlas.yaml:4:5", "did you mean `website`?")]),
    ("missing-field", &[("missing-field", "atlas.yaml:2:5", "")]),
    ("wrong-type", &[("wrong-type", "atlas.yaml:3:11", "")]),
    ("duplicate-field", &[("duplicate-field", "atlas.yaml:4:5", "keep one of them")]),
    ("duplicate-id", &[("duplicate-id", "atlas.yaml:5:9", "choose another")]),
    ("duplicate-id-in-two-files", &[("duplicate-id", "programs.yaml:2:10", "choose another")]),
    ("dangling-reference", &[("dangling-reference", "atlas.yaml:7:13", "did you mean `osaka`?")]),
    (
        "dangling-contextual-role",
        &[
            ("dangling-reference", "atlas.yaml:13:15", "did you mean `shizuoka`?"),
            ("dangling-reference", "atlas.yaml:17:9", "did you mean `maker`?"),
        ],
    ),
    ("unknown-source", &[("dangling-reference", "atlas.yaml:7:15", "did you mean `fieldnotes`?")]),
    ("unknown-relation-kind", &[("unknown-relation-kind", "atlas.yaml:5:11", "`supplies`")]),
    (
        "two-wrong-ends",
        &[
            ("wrong-end-kind", "atlas.yaml:9:30", "swap `from` and `to`"),
            ("wrong-end-kind", "atlas.yaml:9:44", "swap `from` and `to`"),
        ],
    ),
    ("wrong-context", &[("wrong-context", "atlas.yaml:12:9", "")]),
    ("cycle-within", &[("cycle", "east.yaml:7:14", "remove one of these relations")]),
    ("cycle-part-of", &[("cycle", "atlas.yaml:5:73", "remove one of these relations")]),
    ("no-name", &[("no-name", "atlas.yaml:2:9", "name: {ja: …, en: …}")]),
    ("invalid-date", &[("invalid-date", "atlas.yaml:4:12", "")]),
    (
        "invalid-location",
        &[("invalid-location", "atlas.yaml:4:15", "latitude runs from -90 to 90")],
    ),
    ("figure-too-large", &[("wrong-type", "atlas.yaml:5:9", "in a larger unit")]),
    ("invalid-id", &[("invalid-id", "atlas.yaml:2:9", "lower-case kebab-case")]),
    (
        "confidence-without-inference",
        &[("confidence-without-inference", "atlas.yaml:4:17", "basis: inferred")],
    ),
    ("syntax", &[("syntax", "atlas.yaml:3:11", "")]),
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

/// The atlas of a case in a folder of its own.
fn lay_out(name: &str) -> Folder {
    if let Some(code) = Code::FAULTS.iter().find(|code| code.as_str() == name) {
        return Folder::with("atlas.yaml", Explanation::of(*code).bad.text());
    }
    let files = fs::read_dir(Path::new("tests/broken").join(name)).expect("it is there");
    files.map(|entry| entry.expect("readable").path()).fold(Folder::new(), |folder, path| {
        folder.add(&name_of(&path), fs::read(&path).expect("readable"))
    })
}

fn found(name: &str) -> Vec<Fault> {
    faults(&lay_out(name).run("list").refused())
}

/// The place of a fault without the folder that it lies in.
fn in_folder(place: &str) -> &str {
    place.rsplit_once('/').expect("a path").1
}

#[test]
fn every_fault_has_its_code_place_and_hint() {
    for (name, expected) in CASES {
        let found = found(name);
        assert_eq!(found.len(), expected.len(), "{name}: {found:#?}");
        for (fault, (code, place, hint)) in found.iter().zip(*expected) {
            assert_eq!(fault.code, *code, "{name}: {fault:#?}");
            assert_eq!(in_folder(&fault.places[0]), *place, "{name}: {fault:#?}");
            let told = fault.hint.as_deref().unwrap_or_default();
            assert!(told.contains(hint), "{name}: {fault:#?}");
        }
    }
}

#[test]
fn every_folder_is_tested() {
    let folders = fs::read_dir("tests/broken").expect("it is there");
    for folder in folders.map(|entry| name_of(&entry.expect("readable").path())) {
        assert!(CASES.iter().any(|(name, _)| *name == folder), "{folder}");
    }
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
        let folder = lay_out(name);
        for fault in faults(&folder.run("list").refused()) {
            let (_, line) = fault.place(0);
            let written = fs::read_to_string(fault.path()).expect("the file is there");
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
    let faults = found("duplicate-id-in-two-files");
    let places: Vec<&str> = faults[0].places.iter().map(|place| in_folder(place)).collect();
    assert_eq!(places, ["programs.yaml:2:10", "makers.yaml:5:9"]);
    assert!(faults[0].text.contains("first given here"));
}

#[test]
fn every_relation_of_a_cycle_is_shown() {
    let fault = &found("cycle-within")[0];
    assert!(fault.text.contains("tokai → shizuoka → tokai"), "{fault:#?}");
    let places: Vec<&str> = fault.places.iter().map(|place| in_folder(place)).collect();
    assert_eq!(places, ["east.yaml:7:14", "west.yaml:4:14"]);
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
        let folder = lay_out(name);
        let [en, ja] =
            ["en", "ja"].map(|lang| faults(&folder.run(&format!("list --lang {lang}")).refused()));
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
    let listed = medclust(["--data", folder, "list"]).refused();
    for line in ["show hamamatsu-optics", "search 浜松", "path shizuoka aichi", "list --json"] {
        let run = medclust(["--data", folder].into_iter().chain(line.split(' ')));
        assert_eq!(run.refused(), listed, "{line}");
    }
    assert!(listed.ends_with("8 faults; nothing was loaded\n"), "{listed}");
}
