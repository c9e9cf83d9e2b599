//! `medclust map`: everybody is on the map or beside it.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::harness::{Folder, command, each, finish, found, ids, json, medclust, run, text};

#[test]
fn everybody_is_at_one_place_or_at_none() {
    for (map, list) in [("map", "list"), ("map --region minnesota", "list --region minnesota")] {
        let answer = json(map);
        let mut placed: Vec<String> = each(&answer["without_location"], "/id");
        for place in answer["places"].as_array().unwrap() {
            let there = place["organizations"].as_array().unwrap().iter();
            placed.extend(there.map(|it| it.as_str().unwrap().to_owned()));
        }
        let distinct: BTreeSet<&String> = placed.iter().collect();
        assert_eq!(distinct.len(), placed.len(), "nobody is at two places");
        let listed = ids(list);
        assert!(!listed.is_empty());
        if list == "list" {
            assert_eq!(distinct, listed.iter().collect());
        }
    }
}

#[test]
fn an_organization_is_at_the_smallest_region_that_has_a_location() {
    let folder = Folder::with(
        "a.yaml",
        "regions:\n  - {id: land, type: country, name: {en: Land}, location: {lat: 10, lon: 20}}\n\
         \x20 - {id: town, type: city, name: {en: Town}, within: land}\n\
         \x20 - {id: zone, type: special-zone, name: {en: Zone}, within: town, location: {lat: 11, lon: 21}}\n\
         organizations:\n  - {id: a, name: {en: A}, region: town}\n  - {id: b, name: {en: B}, region: zone}\n\
         \x20 - {id: c, name: {en: C}}\n",
    );
    let answer = medclust(["--data", folder.typed(), "map", "--json"]).json();
    let at = |id: &str| {
        let places = answer["places"].as_array().unwrap();
        let place = places.iter().find(|it| text(it, "/region/id") == id).unwrap();
        (place["organizations"].to_string(), place["special_zone"] == true)
    };
    assert_eq!(at("land"), ("[\"a\"]".to_owned(), false));
    assert_eq!(at("zone"), ("[\"b\"]".to_owned(), true));
    assert_eq!(each(&answer["without_location"], "/id"), ["c"]);
    let page = medclust(["--data", folder.typed(), "map"]).found();
    assert!(page.contains("Without a known location (1): C"), "{page}");
}

#[test]
fn the_map_fits_the_window() {
    for columns in [40, 80, 120] {
        for line in ["map", "map --region japan --lang ja", "map --region minnesota"] {
            let mut command = command(line.split(' '));
            command.env("COLUMNS", columns.to_string());
            let page = finish(command).found();
            assert!(page.lines().all(|it| it.width() <= columns), "{line} {columns}: {page}");
            let coast =
                page.lines().filter(|it| it.contains(|c| ('\u{2801}'..='\u{28ff}').contains(&c)));
            assert!((4..=31).contains(&coast.count()), "{line} {columns}");
        }
    }
    insta::assert_snapshot!("world_en", found_at("map", "80"));
    insta::assert_snapshot!("japan_ja", found_at("map --region japan --lang ja", "80"));
}

fn found_at(line: &str, columns: &str) -> String {
    let mut command = command(line.split(' '));
    command.env("COLUMNS", columns);
    finish(command).found()
}

#[test]
fn every_mark_of_the_picture_is_named() {
    for line in
        ["map --format svg --lang ja", "--data builtin map --region japan --format svg --lang ja"]
    {
        let picture = found(line);
        let marks: Vec<&str> =
            picture.split("<g><title>").skip(1).map(|it| it.split('<').next().unwrap()).collect();
        assert!(marks.len() >= 2, "{line}");
        for mark in marks {
            // Once on the mark, and once beside it or below the map.
            assert!(picture.matches(mark).count() >= 2, "{line}: {mark}");
        }
        assert!(picture.contains("境界についての立場"));
    }
    let zones = found("--data builtin map --region japan --format svg");
    assert!(zones.contains("◆ special zone"));
}

#[test]
fn nothing_to_map_is_said() {
    let folder = Folder::with("a.yaml", "organizations: [{id: a, name: {en: A}}]\n");
    let run = medclust(["--data", folder.typed(), "map"]);
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.contains("nothing to map"), "{run:?}");
    assert!(run_refused("map --region medtronic").contains("is an organization, not a region"));
}

fn run_refused(line: &str) -> String {
    run(line).refused()
}
