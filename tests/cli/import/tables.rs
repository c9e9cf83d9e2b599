//! Tables and drawings: what is exported imports back, and what spreadsheets do to it is borne.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{import, list};
use crate::harness::{ATLAS, medclust};

const KINDS: [&str; 4] = ["nodes", "relations", "relation-kinds", "sources"];

/// [`ATLAS`] as CSV files.
fn exported(at: &Path) -> Vec<PathBuf> {
    let export = |kind: &&str| {
        let path = at.join(format!("{kind}.csv"));
        let listed = medclust(["list", kind, "--format", "csv"]);
        fs::write(&path, listed.out).unwrap();
        path
    };
    KINDS.iter().map(export).collect()
}

/// What an atlas says, row by row.
fn rows(data: &str, kind: &str) -> BTreeSet<String> {
    medclust(["--data", data, "list", kind, "--format", "csv"])
        .out
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_is_exported_imports_back() {
    let at = tempfile::tempdir().unwrap();
    let files = exported(at.path());
    let files: Vec<&Path> = files.iter().map(|it| &**it).collect();
    let (data, made) = import("csv", &files, at.path());
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(!made.err.contains("left out"), "{}", made.err);
    assert!(!made.err.contains("not read"), "{}", made.err);
    for kind in KINDS {
        assert_eq!(rows(data.to_str().unwrap(), kind), rows(ATLAS, kind), "{kind}");
    }
}

#[test]
fn nodes_and_relations_suffice() {
    let at = tempfile::tempdir().unwrap();
    let files = exported(at.path());
    let (data, made) = import("csv", &[&files[0], &files[1]], at.path());
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(made.err.contains("7  sources that are cited but not described"), "{}", made.err);
    for kind in ["nodes", "relations"] {
        assert_eq!(rows(data.to_str().unwrap(), kind), rows(ATLAS, kind), "{kind}");
    }
}

#[test]
fn spreadsheets_may_part_fields_as_they_like() {
    for delimiter in [",", ";", "\t"] {
        let at = tempfile::tempdir().unwrap();
        let path = at.path().join("n.csv");
        let row = |cells: &[&str]| cells.join(delimiter);
        let text = [
            row(&["ID", "Kind", "Name", "Name JA", "Since", "Lat", "Lon"]),
            row(&["osaka", "Region", "Osaka", "大阪", "", "34.7", "135.5"]),
            String::new(),
            row(&["lab", "organizations", "\"The \"\"Lab\"\"\"", "", "2015/4", "", ""]),
        ];
        fs::write(&path, format!("\u{feff}{}\r\n", text.join("\r\n"))).unwrap();
        let (data, made) = import("csv", &[&path], at.path());
        assert_eq!(made.status, 0, "{}", made.err);
        let nodes = list(&data, "nodes");
        assert_eq!(nodes[0]["name"]["ja"], "大阪");
        assert_eq!(nodes[0]["location"]["lon"], 135.5);
        assert_eq!(nodes[1]["name"]["en"], "The \"Lab\"");
        assert_eq!(nodes[1]["since"], "2015-04");
    }
}

#[test]
fn dirt_in_tables_is_counted() {
    let at = tempfile::tempdir().unwrap();
    let (nodes, relations) = (at.path().join("n.csv"), at.path().join("r.csv"));
    fs::write(
        &nodes,
        "id,kind,name_en,within,part_of,since,colour\n\
         a,organization,A,,b,2015,red\n\
         b,organization,B,,a,someday,\n\
         c,spaceship,C,,,,\n\
         a,organization,A again,,,,\n\
         d,region,,,,,\n\
         e,region,E,nowhere,,,\n\
         ,organization,No Id,,,,\n",
    )
    .unwrap();
    fs::write(
        &relations,
        "kind,from,to,in\n\
         advises,a,b,e\n\
         plays,a,b,\n\
         advises,a,zzz,\n\
         advises,a,b,a\n\
         knows,a,b,\n\
         ,a,b,\n",
    )
    .unwrap();
    let (data, made) = import("csv", &[&nodes, &relations], at.path());
    assert_eq!(made.status, 0, "{}", made.err);
    for expected in [
        "2  records that cannot be read",
        "1  records without a name",
        "1  records given again",
        "1  values of another form",
        "2  links to records outside the set",
        "1  parents that would close a circle",
        "2  relations between nodes that their kind does not allow",
        "1  columns that are not read, left out: colour",
        "1  new kinds of relation",
    ] {
        let expected = expected.replace(", left out: colour", ": colour");
        assert!(made.err.contains(&format!(" {expected}")), "{expected}\n{}", made.err);
    }
    let ids: Vec<String> =
        list(&data, "nodes").iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["e", "a", "b", "no-id"]);
}

const ELEMENTS: &str = "Label,Type,Description,Tags,Size\n\
    Acme Devices,Company,Makes stents,stents|catheters,4\n\
    大阪の病院,hospital,病院です,,\n\
    Osaka,City,,,\n\
    Engineering,role,,,\n";

const CONNECTIONS: &str = "From,To,Type,Direction\n\
    Acme Devices,Osaka,is located in,directed\n\
    Engineering,Acme Devices,is played by,directed\n\
    大阪の病院,Acme Devices,advises,directed\n\
    Acme Devices,Unseen Ltd,friends with,mutual\n";

#[test]
fn drawings_say_the_same_as_tables_and_as_json() {
    let at = tempfile::tempdir().unwrap();
    let (elements, connections) = (at.path().join("map.csv"), at.path().join("links.csv"));
    fs::write(&elements, ELEMENTS).unwrap();
    fs::write(&connections, CONNECTIONS).unwrap();
    let (data, made) = import("kumu", &[&elements, &connections], at.path());
    assert_eq!(made.status, 0, "{}", made.err);
    let acme = list(&data, "organizations").remove(0);
    assert_eq!(acme["id"], "acme-devices");
    assert_eq!(acme["type"], "company");
    assert_eq!(acme["summary"]["en"], "Makes stents");
    assert_eq!(acme["roles"][0], "engineering", "the inverse is read backwards");
    assert_eq!(acme["sources"][0], "kumu-map");
    let kinds: Vec<String> =
        list(&data, "relations").iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect();
    for kind in ["located-in", "plays", "advises", "friends-with"] {
        assert!(kinds.contains(&kind.to_owned()), "{kind} in {kinds:?}");
    }
    let json = at.path().join("map.json");
    fs::write(
        &json,
        r#"{"elements": [{"_id": "elem-1", "attributes": {"label": "Acme Devices", "element type": "Company"}},
            {"label": "Osaka", "type": "City", "tags": ["a", "b"]}],
            "connections": [{"from": "elem-1", "to": "Osaka", "type": "is located in", "direction": "directed"}]}"#,
    )
    .unwrap();
    let other = at.path().join("json");
    fs::create_dir(&other).unwrap();
    let (data, made) = import("kumu", &[&json], &other);
    assert_eq!(made.status, 0, "{}", made.err);
    let acme = list(&data, "organizations").remove(0);
    assert_eq!((&acme["id"], &acme["type"]), (&"acme-devices".into(), &"company".into()));
    assert!(acme["region"].as_str().unwrap().starts_with("osaka"));
}
