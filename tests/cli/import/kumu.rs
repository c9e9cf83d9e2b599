//! Drawings of Kumu: elements and ends are what Kumu takes them for.

use std::fs;
use std::path::{Path, PathBuf};

use super::{import, list};
use crate::harness::{Run, medclust};

/// Imports files of these texts.
fn imported(at: &Path, files: &[(&str, &str)]) -> (PathBuf, Run) {
    let write = |(name, text): &(&str, &str)| {
        let path = at.join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let paths: Vec<PathBuf> = files.iter().map(write).collect();
    let paths: Vec<&Path> = paths.iter().map(|it| &**it).collect();
    import("kumu", &paths, at)
}

/// What the made atlas says, as `from kind to`.
fn said(data: &Path) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let relations = list(data, "relations").into_iter();
    relations
        .map(|it| format!("{} {} {}", text(&it["from"]), text(&it["kind"]), text(&it["to"])))
        .collect()
}

fn ids(data: &Path) -> Vec<String> {
    list(data, "nodes").iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

const THREE: &str = "Label,Type\nAlpha,Company\nBeta,Company\nGamma,Company\n";

#[test]
fn ends_are_ids_or_labels() {
    for id in ["ID", "_id", "id", "Id"] {
        let at = tempfile::tempdir().unwrap();
        let elements = format!("{id},Label,Type\ne1,Alpha,Company\ne2,Beta,Company\n");
        let links = "From,To,Type\ne1,e2,supplies\nBeta,e1,advises\n";
        let (data, made) = imported(at.path(), &[("e.csv", &elements), ("links.csv", links)]);
        assert_eq!(said(&data), ["alpha supplies beta", "beta advises alpha"], "{}", made.err);
        assert_eq!(ids(&data), ["alpha", "beta"]);
    }
}

#[test]
fn elements_of_one_label_are_told_apart() {
    let at = tempfile::tempdir().unwrap();
    let json = r#"{"elements": [{"id": "e1", "label": "Alpha", "type": "Company"},
        {"id": "e2", "label": "Alpha", "type": "Company"}, {"_id": 3, "attributes": {"label": "Beta"}}],
        "connections": [{"from": "e1", "to": "e2", "type": "supplies"},
        {"from": 3, "to": ["e1", "e2"], "type": "advises"}, {"from": "Alpha", "to": "Beta"}]}"#;
    let (data, made) = imported(at.path(), &[("map.json", json)]);
    let expected = ["alpha supplies alpha-2", "beta advises alpha", "beta advises alpha-2"];
    assert_eq!(said(&data), expected, "{}", made.err);
    assert!(
        made.err.contains("a name that several nodes bear, left out: kumu-map:3: Alpha"),
        "{}",
        made.err
    );
    // Without an id, it is label and type that make an element.
    let at = tempfile::tempdir().unwrap();
    let elements = "Label,Type\nMayo,Hospital\nMayo,City\nMayo,City\n";
    let (data, made) = imported(at.path(), &[("e.csv", elements)]);
    assert_eq!(ids(&data), ["mayo-2", "mayo"]);
    assert!(made.err.contains("1  records given again"), "{}", made.err);
}

#[test]
fn several_ends_in_a_cell_are_several_connections() {
    let at = tempfile::tempdir().unwrap();
    let elements = format!("{THREE}A|B,Company\n");
    let links = "From,To,Type\nAlpha,Beta|Gamma,supplies\nAlpha | Beta,A|B,advises\n";
    let (data, made) = imported(at.path(), &[("e.csv", &elements), ("links.csv", links)]);
    let expected =
        ["alpha supplies beta", "alpha supplies gamma", "alpha advises a-b", "beta advises a-b"];
    assert_eq!(said(&data), expected, "{}", made.err);
    assert_eq!(ids(&data).len(), 4);
}

#[test]
fn what_is_mutual_holds_both_ways() {
    let links = "From,To,Type,Direction\nAlpha,Beta,supplies,mutual\nAlpha,Gamma,knows,directed\n\
        Beta,Gamma,knows,mutual\nAlpha,Beta,likes,undirected\n";
    for reversed in [false, true] {
        let at = tempfile::tempdir().unwrap();
        let mut lines: Vec<&str> = links.lines().collect();
        if reversed {
            lines[1..].reverse();
        }
        let links = lines.join("\n");
        let (data, made) = imported(at.path(), &[("e.csv", THREE), ("links.csv", &links)]);
        assert_eq!(made.status, 0, "{}", made.err);
        for (from, to, hops) in [("Beta", "Alpha", 1), ("Gamma", "Beta", 1), ("Gamma", "Alpha", 2)]
        {
            let data = data.to_str().unwrap();
            let path = medclust(["--data", data, "path", from, to, "--json"]);
            let path: serde_json::Value = serde_json::from_str(&path.out).unwrap();
            assert_eq!(path["routes"][0]["hops"], hops, "{from} {to}");
        }
        // What is never one-way is stated once.
        assert_eq!(said(&data).iter().filter(|it| it.contains("likes")).count(), 1);
    }
}

#[test]
fn an_end_without_an_element_is_told_in_these_words() {
    let at = tempfile::tempdir().unwrap();
    let links = "From,To,Type,Direction\nAlpha,Unseen,supplies,sideways\n";
    let (data, made) = imported(at.path(), &[("e.csv", THREE), ("links.csv", links)]);
    assert!(
        made.err
            .contains("1  ends without an element, taken for organizations: kumu-links:2: Unseen")
    );
    assert!(made.err.contains("kumu-links:2: direction sideways"), "{}", made.err);
    assert!(ids(&data).contains(&"unseen".to_owned()));
}

#[test]
fn an_empty_project_is_told() {
    for (name, text) in
        [("p.json", r#"{"elements": [], "connections": []}"#), ("p.csv", "Label,Type\n")]
    {
        let at = tempfile::tempdir().unwrap();
        let (into, made) = imported(at.path(), &[(name, text)]);
        assert_eq!(made.status, 2);
        assert!(made.err.contains("the project is empty"), "{}", made.err);
        assert!(!into.exists());
    }
}
