//! The curated layer: it adds to what the slides say, and changes nothing of it.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Relation};

use crate::harness::{run, shipped, slides};

/// What a relation says, its evidence included.
fn said(relation: Relation) -> String {
    serde_json::to_string(&relation).unwrap()
}

fn stated(graph: &Graph) -> BTreeSet<String> {
    graph.relations().filter(|it| !it.is_derived()).map(said).collect()
}

#[test]
fn the_curated_layer_keeps_every_statement_of_the_slides() {
    let (slides, all) = (slides(), shipped());
    let (below, above) = (stated(&slides), stated(&all));
    assert!(below.len() > 200 && above.len() > below.len() + 200);
    assert_eq!(below.difference(&above).collect::<Vec<_>>(), Vec::<&String>::new());
    for node in slides.nodes().filter(|node| node.generic().is_none()) {
        let same = all.node(node.id()).expect("no node is lost");
        assert_eq!(same.kind(), node.kind());
        assert_eq!(same.record().basis, node.record().basis, "{node:?}");
        assert_eq!(same.record().r#type, node.record().r#type, "{node:?}");
        assert!(node.sources().eq(same.sources()), "{node:?} cites what the slides say of it");
        for name in node.names() {
            assert!(same.names().any(|it| it == name), "{node:?} is no longer called {name}");
        }
    }
}

/// The source layer answers for itself: with the layer above or without it, from the binary or from the
/// folder that it is made of.
#[test]
fn the_source_layer_answers_the_same_byte_for_byte() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    for question in [
        "list nodes --json",
        "list relations --json",
        "list sources --format csv",
        "show 国循 minnesota super-tokku",
        "show ncvc --json",
        "path 国循 承認取得 -k 5",
        "trace --region minnesota",
        "trace --program super-tokku --json",
        "compare minnesota incubation-hub --by role",
        "gaps incubation-hub --against minnesota --json",
        "risk --region minnesota",
        "search ECMO",
        "stats",
    ] {
        let answers =
            ["--data builtin --layer source", "--data builtin:source", &format!("--data {folder}")]
                .map(|layer| run(&format!("{question} {layer}")));
        let [upto, named, read] = &answers;
        assert_eq!(upto.status, 0, "{question}: {}", upto.err);
        assert_eq!(upto.out, named.out, "{question}");
        assert_eq!(upto.out, read.out, "{question}");
    }
}

#[test]
fn the_basis_stated_keeps_to_the_slides() {
    let all = run("list organizations --basis stated --json --data builtin").out;
    let records: Vec<serde_json::Value> = serde_json::from_str(&all).unwrap();
    assert!(records.len() > 50);
    for record in records {
        assert_eq!(record["website"], serde_json::Value::Null, "{}", record["id"]);
        assert_eq!(record["identifiers"], serde_json::json!({}), "{}", record["id"]);
        assert_eq!(record["additions"], serde_json::json!([]), "{}", record["id"]);
    }
}
