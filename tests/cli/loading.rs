//! Which atlas answers: the shipped one, folders of one's own, and layers of both.

use crate::harness::{ATLAS, Folder, command, finish, found, ids, medclust};

const MAKER: &str = "organizations:\n  - id: optics\n    name: {ja: 浜松光学, en: Optics}\n";

#[test]
fn the_shipped_atlas_answers_from_any_folder() {
    let folder = Folder::with("atlas.yaml", "this is: [no atlas");
    let mut elsewhere = command(["list"]);
    elsewhere.current_dir(folder.path()).env_remove("MEDCLUST_DATA");
    assert_eq!(finish(elsewhere).found(), found("--data builtin list"));
}

#[test]
fn a_folder_of_ones_own_replaces_the_shipped_atlas() {
    let folder = Folder::with("maker.yaml", MAKER);
    assert_eq!(folder.run("list --format ids").found(), "optics\n");
    let file = folder.path().join("maker.yaml");
    let one = medclust(["list", "--format", "ids", "--data", file.to_str().unwrap()]);
    assert_eq!(one.found(), "optics\n", "a single file will do");
}

#[test]
fn folders_below_are_read_and_what_is_hidden_or_no_yaml_is_not() {
    let folder = Folder::with("a.yml", MAKER).add(".hidden.yaml", "[").add("notes.txt", "[");
    let below = folder.path().join("below");
    std::fs::create_dir(&below).unwrap();
    std::fs::write(below.join("b.YAML"), "stages:\n  - {id: try, name: {en: Trial}}\n").unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    std::fs::write(folder.path().join(".git/c.yaml"), "[").unwrap();
    assert_eq!(folder.run("list nodes --format ids").found(), "optics\ntry\n");
}

#[test]
fn an_overlay_adds_to_an_atlas_and_refers_to_it() {
    let overlay = "sources:
  - {id: fieldnotes, title: 現地調査メモ}
organizations:
  - id: optics
    name: {ja: 浜松光学, en: Hamamatsu Optics}
    region: minnesota
    sources: [fieldnotes, 'world-map:12']
relations:
  - {kind: plays, from: optics, to: medical-company, in: minnesota, sources: [fieldnotes]}
  - {kind: supplies, from: [optics, medtronic], to: medical-research@minnesota}
";
    let folder = Folder::with("mine.yaml", overlay);
    let both = format!("--data {ATLAS} --data {} list --region minnesota", folder.typed());
    let mut expected = ids("list --region minnesota");
    expected.push("optics".to_owned());
    assert_eq!(ids(&both), expected);
    let path = format!("--data {ATLAS} --data {} path optics umn-hospital", folder.typed());
    let route = ids(&path);
    assert_eq!(route, ["optics", "medical-research@minnesota", "umn-hospital"]);
    assert!(folder.run("list").refused().contains("`minnesota`"), "alone it refers to nothing");
}

#[test]
fn the_environment_names_folders_and_data_overrules_it() {
    let (first, second) = (Folder::with("a.yaml", MAKER), Folder::new());
    let second = second.add("b.yaml", "stages:\n  - {id: try, name: {en: Trial}}\n");
    let told = |paths: &str, arguments: &[&str]| {
        let mut command = command(arguments);
        command.env("MEDCLUST_DATA", paths);
        finish(command)
    };
    let list = ["list", "nodes", "--format", "ids"];
    assert_eq!(told(first.typed(), &list).found(), "optics\n");
    let both = std::env::join_paths([first.path(), second.path()]).unwrap();
    assert_eq!(told(both.to_str().unwrap(), &list).found(), "optics\ntry\n");
    let layers = std::env::join_paths(["builtin".as_ref(), second.path()]).unwrap();
    let layers = told(layers.to_str().unwrap(), &list).found();
    let shipped = ids("--data builtin list nodes");
    assert_eq!(layers.lines().count(), shipped.len() + 1);
    let overruled = [&["--data", second.typed()], &list[..]].concat();
    assert_eq!(told(first.typed(), &overruled).found(), "try\n");
    assert_eq!(told("", &list).found().lines().count(), shipped.len(), "empty is as good as unset");
    assert_eq!(told("/nowhere/at/all", &list).status, 2);
}

#[test]
fn marks_and_line_ends_of_other_systems_are_read() {
    let windows = MAKER.replace('\n', "\r\n");
    for text in [format!("\u{feff}{MAKER}"), windows.clone(), format!("\u{feff}{windows}")] {
        let folder = Folder::with("maker.yaml", text);
        let node = folder.run("show optics --json").json();
        assert_eq!(node["name"]["ja"], "浜松光学");
    }
    let folder = Folder::with("maker.yaml", windows.replace("name", "nmae"));
    let err = folder.run("list").refused();
    assert!(err.contains("maker.yaml:3:5"), "places are not shifted: {err}");
}

#[test]
fn a_file_that_says_nothing_is_no_fault() {
    for text in ["", "\n\n", "# 後で書く\n", "---\n", "{}\n", "organizations: []\n", "\u{feff}"]
    {
        let run = Folder::with("empty.yaml", text).run("list");
        assert_eq!((run.status, &*run.err), (1, "nothing found\n"), "{text:?}");
        let folder = Folder::with("empty.yaml", text).add("maker.yaml", MAKER);
        assert_eq!(folder.run("list --format ids").found(), "optics\n", "{text:?}");
    }
}

#[test]
fn a_section_with_nothing_in_it_is_no_fault() {
    for section in ["relations", "sources", "organizations", "relation_kinds"] {
        let folder = Folder::with("atlas.yaml", format!("{section}:\n"));
        assert_eq!(folder.run("list").status, 1, "{section}");
    }
    let folder = Folder::with("atlas.yaml", format!("{MAKER}relations:\n  # none yet\n"));
    assert_eq!(folder.run("list --format ids").found(), "optics\n");
}
