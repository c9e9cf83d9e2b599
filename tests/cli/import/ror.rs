//! What ROR says, an import says: no more, no less.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::{fixture, import, list, shared};
use crate::harness::{ATLAS, command, finish, medclust};

type Pairs = BTreeSet<(String, String)>;

fn suffix(id: &str) -> String {
    id.rsplit('/').next().expect("there is a last part").to_owned()
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().map(|it| it.as_str().unwrap().to_owned()).collect()
}

/// A plain reading of a file: its records by suffix.
fn read(path: &Path) -> BTreeMap<String, Value> {
    let bytes = fs::read(path).unwrap();
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    let records: Vec<Value> = match serde_json::from_str(&text) {
        Ok(records) => records,
        Err(_) => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    };
    records.into_iter().map(|it| (suffix(it["id"].as_str().unwrap()), it)).collect()
}

/// What records of the set say of each other, as pairs; `turned` is the opposite link.
fn links(records: &BTreeMap<String, Value>, kind: &str, turned: &str) -> Pairs {
    let mut pairs = Pairs::new();
    for (own, record) in records {
        for link in record["relationships"].as_array().unwrap() {
            let other = suffix(link["id"].as_str().unwrap());
            if other != *own && records.contains_key(&other) {
                if link["type"] == kind {
                    pairs.insert((own.clone(), other));
                } else if link["type"] == turned {
                    pairs.insert((other, own.clone()));
                }
            }
        }
    }
    pairs
}

/// The relations of a kind between organizations, by their suffixes.
fn made(relations: &[Value], suffixes: &BTreeMap<String, String>, kind: &str) -> Pairs {
    let end = |it: &Value| suffixes[it.as_str().unwrap()].clone();
    let of_kind = relations.iter().filter(|it| it["kind"] == kind);
    of_kind.map(|it| (end(&it["from"]), end(&it["to"]))).collect()
}

/// Holds an imported atlas against the plain reading. `circles` parents are left out.
fn same_facts(data: &Path, records: &BTreeMap<String, Value>, circles: usize) {
    let organizations = list(data, "organizations");
    let regions: BTreeMap<String, Value> = list(data, "regions")
        .into_iter()
        .map(|it| (it["id"].as_str().unwrap().into(), it))
        .collect();
    assert_eq!(organizations.len(), records.len());
    let mut suffixes = BTreeMap::new();
    for node in &organizations {
        let own = suffix(node["identifiers"]["ror"].as_str().unwrap());
        let record = &records[&own];
        let id = node["id"].as_str().unwrap();
        assert!(
            id.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-'),
            "{id}"
        );
        same_names(node, record);
        same_region(node, record, &regions);
        let website = record["links"].as_array().unwrap().iter().find(|it| it["type"] == "website");
        assert_eq!(node["website"], website.map_or(Value::Null, |it| it["value"].clone()));
        let since = record["established"].as_i64().map(|year| format!("{year:04}"));
        assert_eq!(node["since"].as_str(), since.as_deref(), "{own}");
        assert_eq!(texts(&node["sources"]), BTreeSet::from([format!("ror:{own}")]));
        suffixes.insert(id.to_owned(), own);
    }
    let relations = list(data, "relations");
    let (parents, ours) =
        (links(records, "parent", "child"), made(&relations, &suffixes, "part-of"));
    assert!(ours.is_subset(&parents));
    assert_eq!(ours.len() + circles, parents.len());
    let successions = links(records, "predecessor", "successor");
    assert_eq!(made(&relations, &suffixes, "succeeds"), successions);
    let both_ways = |pairs: Pairs| -> Pairs {
        pairs.into_iter().map(|(a, b)| if a < b { (a, b) } else { (b, a) }).collect()
    };
    assert_eq!(
        both_ways(made(&relations, &suffixes, "related-to")),
        both_ways(links(records, "related", "related"))
    );
    let mut seen = BTreeSet::new();
    for relation in relations.iter().filter(|it| it["kind"] != "within") {
        let key = ["kind", "from", "to"].map(|field| relation[field].as_str().unwrap().to_owned());
        assert!(seen.insert(key), "said twice: {relation}");
        assert!(!texts(&relation["sources"]).is_empty(), "{relation}");
    }
}

fn same_names(node: &Value, record: &Value) {
    let mut ours = texts(&node["aliases"]);
    ours.extend(["ja", "en"].iter().filter_map(|it| node["name"][it].as_str().map(str::to_owned)));
    let names = record["names"].as_array().unwrap();
    let theirs: BTreeSet<String> =
        names.iter().map(|it| it["value"].as_str().unwrap().trim().to_owned()).collect();
    assert_eq!(ours, theirs);
    for lang in ["ja", "en"] {
        let labels: Vec<&Value> = names
            .iter()
            .filter(|it| it["lang"] == lang)
            .filter(|it| texts(&it["types"]).iter().any(|it| it == "label" || it == "ror_display"))
            .map(|it| &it["value"])
            .collect();
        let name = &node["name"][lang];
        assert!(labels.is_empty() || labels.contains(&name), "{name} is not of {labels:?}");
    }
}

fn same_region(node: &Value, record: &Value, regions: &BTreeMap<String, Value>) {
    let Some(place) = record["locations"].get(0) else {
        assert!(node["region"].is_null());
        return;
    };
    let city = &regions[node["region"].as_str().unwrap()];
    assert_eq!(city["identifiers"]["geonames"], place["geonames_id"].to_string());
    let mut above = city;
    while let Some(id) = above["within"].get(0) {
        above = &regions[id.as_str().unwrap()];
    }
    let country = &place["geonames_details"]["country_code"];
    assert_eq!(&above["identifiers"]["iso-3166"], country, "{}", node["id"]);
}

#[test]
fn a_small_set_says_the_same() {
    let at = tempfile::tempdir().unwrap();
    let (data, run) = import("ror", &[&fixture("ror.json")], at.path());
    assert_eq!((run.status, &*run.out), (0, ""), "{}", run.err);
    same_facts(&data, &read(&fixture("ror.json")), 0);
    assert!(run.err.contains("links to records outside the set"), "{}", run.err);
}

#[test]
fn it_lies_over_the_shipped_atlas() {
    let at = tempfile::tempdir().unwrap();
    let (data, _) = import("ror", &[&fixture("ror.json")], at.path());
    let data = data.to_str().unwrap();
    let shown =
        medclust(["--data", ATLAS, "--data", data, "show", "oel-waerme-institut", "--json"]);
    assert_eq!(shown.status, 0, "{}", shown.err);
    assert!(shown.out.contains("rwth-aachen-university"), "{}", shown.out);
}

#[test]
fn the_order_of_the_records_is_of_no_matter() {
    let at = tempfile::tempdir().unwrap();
    let mut records: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(fixture("ror.json")).unwrap()).unwrap();
    let (one, _) = import("ror", &[&fixture("ror.json")], at.path());
    records.reverse();
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    let turned = at.path().join("turned.jsonl");
    fs::write(&turned, lines.join("\n")).unwrap();
    let other = at.path().join("other");
    fs::create_dir(&other).unwrap();
    let (other, _) = import("ror", &[&turned], &other);
    for kind in ["nodes", "relations"] {
        assert_eq!(list(&one, kind), list(&other, kind));
    }
}

#[test]
fn standard_input_and_gzip_say_the_same() {
    let at = tempfile::tempdir().unwrap();
    let (plain, _) = import("ror", &[&fixture("ror.json")], at.path());
    let packed = at.path().join("packed");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &fs::read(fixture("ror.json")).unwrap()).unwrap();
    fs::write(&packed, gzip.finish().unwrap()).unwrap();
    let into = at.path().join("piped");
    let mut command = command(["import", "ror", "-", "--into", into.to_str().expect("text")]);
    command.stdin(fs::File::open(&packed).unwrap());
    assert_eq!(finish(command).status, 0);
    assert_eq!(list(&plain, "nodes"), list(&into, "nodes"));
}

#[test]
fn the_first_schema_is_read_too() {
    let at = tempfile::tempdir().unwrap();
    let (data, run) = import("ror", &[&fixture("v1.json")], at.path());
    assert_eq!(run.status, 0, "{}", run.err);
    let nodes = list(&data, "organizations");
    let node = |id: &str| {
        let found =
            nodes.iter().find(|it| it["identifiers"]["ror"].as_str().unwrap().ends_with(id));
        found.unwrap_or_else(|| panic!("{id} in {nodes:#?}"))
    };
    let kyoto = node("02kpeqv85");
    assert_eq!(kyoto["name"], serde_json::json!({"ja": "京都大学", "en": "Kyoto University"}));
    assert_eq!(kyoto["aliases"], serde_json::json!(["Kyōto daigaku", "KU"]));
    assert_eq!(kyoto["type"], "university");
    assert_eq!(kyoto["since"], "1897");
    assert_eq!(kyoto["region"], "kyoto-jp-26");
    assert_eq!(kyoto["identifiers"]["grid"], "grid.258799.8");
    assert_eq!(kyoto["identifiers"]["isni"], "0000 0004 0372 2033");
    assert_eq!(node("00dtr7z10")["part_of"][0], kyoto["id"]);
    assert_eq!(node("00dtr7z10")["region"], "jp");
    let jude = run_show(&data, node("00t9de449")["id"].as_str().unwrap());
    assert_eq!(jude["events"][0]["kind"], "ended");
    assert!(jude["events"][0]["date"].is_null(), "no date is invented");
}

#[test]
fn of_several_descriptions_of_a_place_the_commonest_is_taken() {
    let record = |number: usize, name: &str, state: &str| {
        let names = r#"[{"value": "NAME", "types": ["ror_display", "label"], "lang": "en"}]"#;
        let names = names.replace("NAME", &format!("Laboratory {number}"));
        format!(
            r#"{{"id": "https://ror.org/0bbbbbb0{number}", "names": {names}, "locations": [{{"geonames_id": 42,
            "geonames_details": {{"name": "{name}", "lat": 1.5, "lng": 2, "country_code": "DE",
            "country_name": "Germany", "country_subdivision_code": {state}}}}}]}}"#
        )
    };
    let records = [
        record(1, "Bonn", "\"NW\""),
        record(2, "Bonn am Rhein", "null"),
        record(3, "Bonn", "\"BY\""),
        record(4, "Bonn", "\"NW\""),
    ];
    let at = tempfile::tempdir().unwrap();
    let path = at.path().join("places.json");
    fs::write(&path, format!("[{}]", records.join(","))).unwrap();
    let (data, run) = import("ror", &[&path], at.path());
    assert!(run.err.contains(" 1  places described in several ways"), "{}", run.err);
    let regions = list(&data, "regions");
    let city = regions.iter().find(|it| it["type"] == "city").unwrap();
    assert_eq!((&city["id"], &city["name"]["en"]), (&"bonn-de-nw".into(), &"Bonn".into()));
    assert_eq!(
        city["aliases"],
        serde_json::json!(["Bonn am Rhein"]),
        "the other name stays findable"
    );
    assert_eq!(city["within"], serde_json::json!(["de-nw"]));
    let organizations = list(&data, "organizations");
    assert!(organizations.iter().all(|it| it["region"] == "bonn-de-nw"), "{organizations:#?}");
}

fn run_show(data: &Path, id: &str) -> Value {
    let shown = medclust(["--data", data.to_str().unwrap(), "show", id, "--json"]);
    serde_json::from_str(&shown.out).expect("a node")
}

#[test]
fn dirt_is_counted_and_never_fatal() {
    let at = tempfile::tempdir().unwrap();
    let (data, run) = import("ror", &[&fixture("dirty.jsonl")], at.path());
    assert_eq!(run.status, 0, "{}", run.err);
    for expected in [
        "3  records that cannot be read, left out: line 2: no object, line 9: `not an id` is no ROR id, line 10: ",
        "1  records without a name, left out: line 8",
        "1  records given again, of which the first is taken: 0aaaaaa04",
        "1  names shared by several records, whose ids end in a number: shared-name (2)",
        "1  types that the format does not know: 0aaaaaa02: spaceship",
        "1  further types of a record, left out: 0aaaaaa01: funder",
        "3  values of another form, left out:",
        "1  places that are not described, left out: 0aaaaaa03",
        "3  links that only one side states, taken: 0aaaaaa02 part of 0aaaaaa01",
        "1  links of a record to itself, left out: 0aaaaaa01: related 0aaaaaa01",
        "1  links to records outside the set, left out: 0aaaaaa01: parent 0zzzzzz99",
        "1  parents that would close a circle, left out:",
        "1  links of an unknown kind, left out: 0aaaaaa02: married 0aaaaaa01",
    ] {
        assert!(run.err.contains(&format!(" {expected}")), "{expected}\n{}", run.err);
    }
    assert!(!run.err.contains('\u{1b}'), "data does not steer the terminal");
    let nodes = list(&data, "organizations");
    assert_eq!(nodes.len(), 4);
    assert_eq!(nodes[0]["since"], "0970");
    assert!(nodes.iter().any(|it| it["id"] == "shared-name-0aaaaaa02"), "{nodes:#?}");
    let hostile = nodes.iter().find(|it| it["id"] == "yes-x-home-31m");
    assert_eq!(hostile.unwrap()["name"]["en"], "Ω: \"yes\" # {x} @home\u{1b}[31m");
    let withdrawn = run_show(&data, "shared-name-0aaaaaa02");
    assert_eq!(withdrawn["notes"][0]["text"]["en"], "ROR has withdrawn this record.");
}

#[test]
fn the_neighbours_of_the_source_say_the_same() {
    let Some(path) = shared("ror-seed-1hop.json") else { return };
    let at = tempfile::tempdir().unwrap();
    let (data, run) = import("ror", &[&path], at.path());
    assert_eq!(run.status, 0, "{}", run.err);
    same_facts(&data, &read(&path), 0);
}

#[test]
fn japan_says_the_same() {
    let Some(path) = shared("ror-japan.jsonl.gz") else { return };
    let at = tempfile::tempdir().unwrap();
    let (data, run) = import("ror", &[&path], at.path());
    assert_eq!(run.status, 0, "{}", run.err);
    same_facts(&data, &read(&path), 0);
}

#[test]
#[ignore = "takes minutes without optimization"]
fn half_the_registry_says_the_same() {
    let Some(path) = shared("ror-partial-v2.jsonl.gz") else { return };
    let at = tempfile::tempdir().unwrap();
    let (data, run) = import("ror", &[&path], at.path());
    assert_eq!(run.status, 0, "{}", run.err);
    same_facts(&data, &read(&path), 1);
    for expected in [
        "2180  links that only one side",
        "3  links of a record to itself",
        "7969  links to records outside",
    ] {
        assert!(run.err.contains(&format!(" {expected}")), "{}", run.err);
    }
}
