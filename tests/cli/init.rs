//! `medclust init`: a folder that loads, that an editor can check, and that nothing is lost for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use medclust::source::{self, Layer};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{finish, medclust_in, shell};

fn answer(folder: &Path, arguments: &[&str]) -> String {
    let run = medclust_in(folder, arguments);
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.err);
    run.out
}

/// A folder with an atlas `mine`, made by `init` and further arguments.
fn made(arguments: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(answer(folder.path(), &[&["init", "mine"], arguments].concat()), "");
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    walk.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

#[test]
fn the_template_stands_alone_and_on_the_shipped_atlas() {
    let folder = made(&[]);
    let list = |data: &[&str]| {
        answer(folder.path(), &[data, &["list", "nodes", "--format", "ids"]].concat())
    };
    let alone = list(&["--data", "mine"]);
    assert!(alone.lines().count() >= 10);
    let both = list(&["--data", "builtin", "--data", "mine"]);
    let shipped = list(&["--data", "builtin"]);
    assert_eq!(both.lines().count(), alone.lines().count() + shipped.lines().count());
    let route = answer(folder.path(), &["--data", "mine", "path", "our-hospital", "our-product"]);
    assert!(route.contains("Device maker"), "{route}");
}

#[test]
fn the_template_is_worth_copying() {
    let folder = made(&[]);
    assert_eq!(answer(folder.path(), &["check", "mine"]), "");
    let read = source::read(&[Layer::Folder(folder.path().join("mine"))]);
    assert!(read.faults.is_empty());
    let mut cited = BTreeSet::new();
    let mut known = BTreeSet::new();
    for (_, records) in read.records.files {
        let value = serde_json::to_value(&records).unwrap();
        let all = value.as_object().unwrap().iter();
        for (section, record) in
            all.flat_map(|(s, it)| it.as_array().unwrap().iter().map(move |it| (s, it)))
        {
            if section == "sources" {
                known.insert(record["id"].as_str().unwrap().to_owned());
                continue;
            }
            let sources: Vec<&str> =
                record["sources"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert!(!sources.is_empty(), "no source: {record}");
            cited.extend(sources.iter().map(|it| it.split(':').next().unwrap().to_owned()));
            let named = section == "relations"
                || ["ja", "en"].iter().all(|lang| record["name"][lang].is_string());
            assert!(named, "no name in a language: {record}");
        }
    }
    assert_eq!(cited, known);
}

#[test]
fn comments_speak_the_language_and_facts_do_not() {
    let (en, ja) = (made(&[]), made(&["--lang", "ja"]));
    let is_japanese = |text: &str| {
        text.lines().any(|line| line.trim_start().starts_with("# ") && !line.is_ascii())
    };
    for path in files(&en.path().join("mine"))
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
    {
        let name = path.file_name().unwrap();
        let [en, ja] =
            [path, &ja.path().join("mine").join(name)].map(|it| fs::read_to_string(it).unwrap());
        assert!(
            !en.contains("#en")
                && !ja.contains("#ja")
                && !en.contains("#ja")
                && !ja.contains("#en")
        );
        assert!(is_japanese(&ja), "{ja}");
        let facts = |text: &str| serde_saphyr::from_str::<Value>(text).unwrap();
        assert_eq!(facts(&en), facts(&ja));
        assert!((8..60).contains(&en.lines().count()));
    }
}

#[test]
fn every_file_points_to_a_schema_that_it_fits() {
    for arguments in [&[][..], &["--from", "builtin"]] {
        let folder = made(arguments);
        let schema = answer(folder.path(), &["schema"]);
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let files = files(&folder.path().join("mine"));
        for path in files.iter().filter(|path| path.extension().is_some_and(|it| it == "yaml")) {
            let text = fs::read_to_string(path).unwrap();
            let head = text.lines().next().unwrap();
            let at = head.strip_prefix("# yaml-language-server: $schema=").expect(head);
            let found = fs::read_to_string(path.parent().unwrap().join(at)).expect(at);
            assert_eq!(serde_json::from_str::<Value>(&found).unwrap(), schema);
            let value: Value = serde_saphyr::from_str(&text).unwrap();
            assert!(validator.is_valid(&value), "{}", path.display());
        }
    }
}

#[test]
fn a_copy_says_what_the_shipped_atlas_says() {
    let folder = made(&["--from", "builtin"]);
    for what in ["nodes", "relations", "relation-kinds", "sources"] {
        let [mine, shipped] =
            [&["--data", "mine/source", "--data", "mine/curated"][..], &["--data", "builtin"]].map(
                |data| {
                    let list = ["list", what, "--format", "ndjson"];
                    answer(folder.path(), &[data, &list].concat())
                },
            );
        let sorted = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        assert_eq!(sorted(&mine), sorted(&shipped), "{what}");
    }
}

#[test]
fn an_empty_folder_is_filled_even_from_within() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(answer(folder.path(), &["init", "."]), "");
    assert!(answer(folder.path(), &["--data", ".", "list"]).contains("our-hospital"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6, "nothing else is left");
}

#[test]
fn what_exists_is_never_touched() {
    let folder = made(&[]);
    fs::write(folder.path().join("file"), "mine").unwrap();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/notes.txt"), "mine").unwrap();
    let before: Vec<_> =
        files(folder.path()).iter().map(|it| (it.clone(), fs::read(it).unwrap())).collect();
    for name in ["mine", "file", "full", "no/such/parent"] {
        for lang in ["en", "ja"] {
            let err = medclust_in(folder.path(), &["init", name, "--lang", lang]).refused();
            assert!(err.contains(name), "{err}");
        }
    }
    let after: Vec<_> =
        files(folder.path()).iter().map(|it| (it.clone(), fs::read(it).unwrap())).collect();
    assert_eq!(before, after);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn the_next_command_is_told_and_works() {
    let folder = tempfile::tempdir().unwrap();
    let told = medclust_in(folder.path(), &["init", "my atlas"]).err;
    let (_, words) = told.split_once("medclust ").expect("a command");
    let mut command = shell(&format!("medclust {words}"));
    command.current_dir(folder.path());
    assert_eq!(finish(command).status, 0, "{words}");
}
