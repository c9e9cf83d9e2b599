//! Every public error can be handed on by `?`, and says what is wrong.

use std::error::Error;
use std::fs;

use medclust::atlas;
use medclust::graph::ways::Cost;
use medclust::model::Date;
use medclust::source::import::{Input, read};
use medclust::source::{Layer, kumu};

use super::harness;

fn told<T>(answer: Result<T, Box<dyn Error>>) -> String {
    answer.err().expect("it is refused").to_string()
}

/// What `?` makes of an error.
fn handed_on<T, E: Error + 'static>(answer: Result<T, E>) -> Result<T, Box<dyn Error>> {
    Ok(answer?)
}

#[test]
fn a_value_that_is_none_is_told() {
    assert_eq!(
        told(handed_on("2015-13".parse::<Date>())),
        "not a date: write 2015, 2015-01 or 2015-01-26"
    );
    assert!(told(handed_on("-1".parse::<Cost>())).starts_with("not a cost"));
}

#[test]
fn a_name_outlives_the_graph_that_it_is_not_in() {
    let find = |name: &str| {
        let graph = harness::atlas();
        handed_on(graph.find(name, &[]).map(|node| node.id().to_owned()))
    };
    assert_eq!(find("国循").expect("it is there"), "ncvc");
    assert_eq!(
        told(find("medtornic")),
        "there is no node `medtornic`; the nearest are `medtronic`, `medtronic-japan`, `medtronic-ireland`"
    );
    assert!(told(find("薬事・保険償還")).starts_with("`薬事・保険償還` could be any of `"));
}

#[test]
fn every_fault_of_an_atlas_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "organizations:\n  - {id: a, name: {en: A}, since: 2015-13}\n  - {id: b, region: nowhere}\n";
    fs::write(folder.path().join("atlas.yaml"), text).expect("it is written");
    let told = told(handed_on(atlas::load(&[Layer::Folder(folder.path().to_owned())])));
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].contains("atlas.yaml:2:") && lines[0].ends_with("(invalid-date)"), "{told}");
    let folder = tempfile::tempdir().expect("a folder");
    let text = "organizations:\n  - {id: b, region: nowhere}\n";
    fs::write(folder.path().join("atlas.yaml"), text).expect("it is written");
    let told = self::told(handed_on(atlas::load(&[Layer::Folder(folder.path().to_owned())])));
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("there is no node `nowhere` (dangling-reference)"), "{told}");
}

#[test]
fn a_file_that_cannot_be_imported_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.json");
    fs::write(&path, "[1, 2").expect("it is written");
    let import = |input: Input| kumu::import(&[input], None, Default::default());
    let answer = handed_on(read(&path)).and_then(|input| handed_on(import(input)));
    assert!(!told(answer).is_empty());
    assert!(told(handed_on(read(&folder.path().join("none")))).contains("none"));
}
