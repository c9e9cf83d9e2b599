//! `medclust export`: what other tools read is what the atlas says. `tests/consumers.py` asks those tools.

use std::collections::BTreeSet;
use std::fs;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::harness::{ATLAS, Folder, Run, each, json, medclust, run};

const TEXTS: [&str; 11] = [
    "graphml",
    "gexf",
    "node-link",
    "json-graph",
    "cytoscape",
    "dot",
    "mermaid",
    "turtle",
    "jsonld",
    "geojson",
    "kumu",
];

fn export(data: &str, line: &str) -> Run {
    medclust(["--data", data, "export"].into_iter().chain(line.split(' ')))
}

/// What it wrote; what the format does not hold is told beside it.
fn written(data: &str, line: &str) -> String {
    let run = export(data, line);
    assert_eq!(run.status, 0, "{line}: {}", run.err);
    run.out
}

fn parsed(data: &str, line: &str) -> Value {
    serde_json::from_str(&written(data, line)).expect("it is JSON")
}

/// An element of an XML text: its name, its attributes, and the text in it.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn has(&self, value: &str) -> bool {
        self.text == value || self.attributes.iter().any(|(_, it)| it == value)
    }
}

fn elements(xml: &str) -> Vec<Element> {
    let unescaped =
        |text: &str| quick_xml::escape::unescape(text).expect("known entities").into_owned();
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    let mut is_open = false;
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Start(it) | Event::Empty(it) => {
                let attributes = it.attributes().map(|pair| {
                    let pair = pair.expect("well formed");
                    (pair.key.as_ref().to_owned(), unescaped(&pair.value))
                });
                let (name, attributes) = (it.name().as_ref().to_owned(), attributes.collect());
                found.push(Element { name, attributes, text: String::new() });
                is_open = true;
            }
            Event::End(_) => is_open = false,
            Event::Text(text) if is_open => found.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) if is_open => {
                found.last_mut().unwrap().text.push_str(&unescaped(&format!("&{};", &*name)));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn every_format_has_every_node_and_relation() {
    let nodes: BTreeSet<String> = each(&json("list nodes"), "/id").into_iter().collect();
    let relations = json("list relations").as_array().unwrap().len();
    let ids = |value: &Value, at: &str| each(value, at).into_iter().collect::<BTreeSet<String>>();

    let link = parsed(ATLAS, "node-link");
    assert_eq!(ids(&link["nodes"], "/id"), nodes);
    assert_eq!(link["edges"].as_array().unwrap().len(), relations);
    let graph = &parsed(ATLAS, "json-graph")["graph"];
    assert_eq!(graph["nodes"].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>(), nodes);
    assert_eq!(graph["edges"].as_array().unwrap().len(), relations);
    let cytoscape = &parsed(ATLAS, "cytoscape")["elements"];
    assert_eq!(ids(&cytoscape["nodes"], "/data/id"), nodes);
    assert_eq!(cytoscape["edges"].as_array().unwrap().len(), relations);
    let kumu = parsed(ATLAS, "kumu");
    assert_eq!(ids(&kumu["elements"], "/id"), nodes);
    assert_eq!(kumu["connections"].as_array().unwrap().len(), relations);
    for format in ["graphml", "gexf"] {
        let all = elements(&written(ATLAS, format));
        let id = |it: &Element| {
            let id = it.attributes.iter().find(|(key, _)| key == "id").map(|(_, id)| id.clone());
            id.filter(|_| it.name == "node")
        };
        assert_eq!(all.iter().filter_map(id).collect::<BTreeSet<_>>(), nodes, "{format}");
        assert_eq!(all.iter().filter(|it| it.name == "edge").count(), relations, "{format}");
    }
    let linked = parsed(ATLAS, "jsonld");
    let term = |it: &Value| it["urn:medclust:term:id"][0]["@value"].as_str().map(str::to_owned);
    let terms: BTreeSet<String> = linked.as_array().unwrap().iter().filter_map(term).collect();
    assert_eq!(terms, nodes, "every id is told");
    let dot = written(ATLAS, "dot");
    assert_eq!(dot.lines().filter(|line| line.contains(" -> ")).count(), relations);
    let points = parsed(ATLAS, "geojson");
    let placed = json("list nodes")
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| !it["location"].is_null())
        .count();
    assert_eq!(points["features"].as_array().unwrap().len(), placed);
    assert!(placed > 0);
}

#[test]
fn a_selection_takes_the_relations_between_what_it_takes() {
    let link = parsed(ATLAS, "node-link --region minnesota");
    let ids: BTreeSet<String> = each(&link["nodes"], "/id").into_iter().collect();
    assert_eq!(ids, each(&json("list nodes --region minnesota"), "/id").into_iter().collect());
    for edge in link["edges"].as_array().unwrap() {
        for end in ["source", "target"] {
            assert!(ids.contains(edge[end].as_str().unwrap()), "{edge}");
        }
    }
    let node = link["nodes"].as_array().unwrap().iter().find(|it| it["id"] == "medtronic").unwrap();
    assert_eq!((&node["name_en"], &node["basis"]), (&"Medtronic plc".into(), &"stated".into()));
    assert!(node["sources"].as_str().unwrap().contains("minnesota-map:52"), "{node}");
    let nothing = export(ATLAS, "dot --type nothing-such");
    assert_ne!(nothing.status, 0);
}

#[test]
fn csv_is_two_tables_in_a_folder() {
    let at = tempfile::tempdir().unwrap();
    let folder = at.path().join("tables").display().to_string();
    let refused = export(ATLAS, "csv").refused();
    assert!(refused.contains("-o FOLDER"), "{refused}");
    assert!(run("export dot --safe").refused().contains("go with csv"));
    written(ATLAS, &format!("csv --bom -o {folder}"));
    let text = fs::read_to_string(at.path().join("tables/nodes.csv")).unwrap();
    assert!(text.starts_with("\u{feff}Id,Label,kind,"), "{}", &text[..40]);
    let relations = fs::read_to_string(at.path().join("tables/relations.csv")).unwrap();
    assert!(relations.starts_with("\u{feff}Source,Target,Type,Kind,Label,"));
}

/// What breaks out of quotes, tags and tables somewhere.
const HOSTILE: &str =
    "\"'<b>&amp;</script>`|[x](y){z};#\\ -->\n=1+1 \u{202e}x %% --- </svg> ]]> \u{7}";

fn hostile() -> Folder {
    let name = serde_json::to_string(HOSTILE).unwrap();
    let long = "長".repeat(1 << 16);
    Folder::with(
        "hostile.yaml",
        format!(
            "sources: [{{id: s, title: {name}, url: {name}}}]\n\
             organizations:\n  - {{id: a, name: {{en: {name}, ja: {long}}}, aliases: [{name}], summary: {{en: {name}}}, website: {name}, sources: [s]}}\n  \
             - {{id: 'b\"<>&', name: {{en: '=1+1', ja: '@x'}}, type: {name}, sources: [s]}}\n\
             relations: [{{kind: supplies, from: a, to: 'b\"<>&', note: {{en: {name}}}, sources: [s]}}]\n"
        ),
    )
}

#[test]
fn whatever_a_name_holds_it_stays_a_name() {
    let hostile = hostile();
    let data = hostile.typed();
    let link = parsed(data, "node-link");
    assert_eq!(
        (&link["nodes"][0]["name_en"], &link["edges"][0]["note_en"]),
        (&HOSTILE.into(), &HOSTILE.into())
    );
    for format in ["graphml", "gexf"] {
        let run = export(data, format);
        assert!(run.err.contains("control characters are left out"), "{}", run.err);
        let all = elements(&run.out);
        let held = HOSTILE.replace('\u{7}', "");
        assert!(all.iter().any(|it| it.has(&held)), "{format}: {all:?}");
        assert!(!all.iter().any(|it| it.name == "b" || it.name == "svg"), "{format}");
    }
    let linked = parsed(data, "jsonld");
    assert_eq!(linked[0]["http://www.w3.org/2004/02/skos/core#altLabel"][0]["@value"], HOSTILE);
    let turtle = written(data, "turtle");
    assert!(turtle.lines().all(|line| !line.contains('\u{7}')), "escaped");
    for format in ["dot", "mermaid"] {
        let text = written(data, format);
        assert!(!text.contains('\u{202e}') && !text.contains('\u{7}'), "{format}");
        assert!(text.lines().count() < 15, "no name breaks a line: {format}");
    }
    let at = tempfile::tempdir().unwrap();
    let folder = at.path().display().to_string();
    for (flags, first) in [("", "=1+1"), (" --safe", "'=1+1")] {
        written(data, &format!("csv{flags} -o {folder}"));
        let mut reader = csv::Reader::from_path(at.path().join("nodes.csv")).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(&rows[1][1], first);
        assert_eq!(rows.len(), 2);
    }
    for format in TEXTS {
        written(data, format);
    }
}
