//! The part as RDF, and its JSON-LD.
//!
//! Organizations are `org:Organization`, roles `org:Role`, regions `schema:Place`, programs
//! `schema:Project`, stages `skos:Concept`. A relation is a triple whose predicate is its kind, and for those
//! kinds that a vocabulary has a word for, that word too; a `rdf:Statement` beside it has its context, its
//! dates, its basis and its sources (`prov:wasDerivedFrom`).

use serde_json::{Map, Value, json};

use super::Part;
use super::json::pretty;
use crate::graph::{Node, Relation, Source};
use crate::model::{Core, NodeKind, Text};

pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub const ORG: &str = "http://www.w3.org/ns/org#";
pub const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
pub const PROV: &str = "http://www.w3.org/ns/prov#";
pub const SCHEMA: &str = "https://schema.org/";
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
pub const KIND: &str = "urn:medclust:kind:";
pub const TERM: &str = "urn:medclust:term:";

/// What a triple says of its subject.
#[derive(Clone, Debug)]
pub enum Object {
    /// Another thing.
    Iri(String),
    /// A text in a language.
    Text(String, &'static str),
    /// A text in none, or of a type.
    Literal(String, Option<String>),
}

/// A subject, and what is said of it.
pub type Described = (String, Vec<(String, Object)>);

/// Returns what the part says, a subject after another.
pub fn triples(part: &Part) -> Vec<Described> {
    let nodes = part.nodes.iter().map(|node| (iri("node", node.id()), of_node(*node)));
    let sources = part.sources().into_iter().map(|it| (iri("source", it.id()), of_source(it)));
    let mut all: Vec<Described> = nodes.chain(sources).collect();
    for (number, relation) in part.relations.iter().enumerate() {
        let [from, to] = [relation.from(), relation.to()].map(|end| iri("node", end.id()));
        let kind = format!("{KIND}{}", encoded(relation.kind().id()));
        let mut said = vec![(kind.clone(), Object::Iri(to.clone()))];
        said.extend(known(*relation).map(|word| (word, Object::Iri(to.clone()))));
        all.push((from.clone(), said));
        all.push((
            format!("urn:medclust:relation:{number}"),
            of_relation(*relation, [from, kind, to]),
        ));
    }
    all
}

/// The word that a vocabulary has for a kind of relation.
fn known(relation: Relation) -> Option<String> {
    let both = |kind| relation.from().kind() == kind && relation.to().kind() == kind;
    match () {
        () if relation.is(Core::Broader) => Some(format!("{SKOS}broader")),
        () if relation.is(Core::LocatedIn) => Some(format!("{SCHEMA}location")),
        () if relation.is(Core::Within) => Some(format!("{SCHEMA}containedInPlace")),
        () if relation.is(Core::PartOf) && both(NodeKind::Organization) => {
            Some(format!("{ORG}subOrganizationOf"))
        }
        () => None,
    }
}

fn of_node(node: Node) -> Vec<(String, Object)> {
    let record = node.record();
    let class = match node.kind() {
        NodeKind::Organization => format!("{ORG}Organization"),
        NodeKind::Role => format!("{ORG}Role"),
        NodeKind::Region => format!("{SCHEMA}Place"),
        NodeKind::Program => format!("{SCHEMA}Project"),
        NodeKind::Stage => format!("{SKOS}Concept"),
    };
    let mut said = vec![
        (format!("{RDF}type"), Object::Iri(class)),
        term("id", node.id()),
        term("basis", &spelt(record.basis)),
    ];
    said.extend(record.confidence.map(|it| term("confidence", &spelt(it.value))));
    said.extend(record.r#type.as_deref().map(|it| term("type", it)));
    said.extend(texts("prefLabel", &record.name));
    said.extend(node.aliases().into_iter().map(|it| (format!("{SKOS}altLabel"), plain(it))));
    said.extend(texts("definition", &record.summary));
    said.extend(node.website().map(|it| (format!("{SCHEMA}url"), plain(it))));
    for (registry, id) in node.identifiers() {
        said.push((format!("{SCHEMA}identifier"), plain(&format!("{registry}:{id}"))));
    }
    if let Some(point) = node.location() {
        for (word, degrees) in [("latitude", point.lat), ("longitude", point.lon)] {
            let number = Object::Literal(degrees.to_string(), Some(format!("{XSD}decimal")));
            said.push((format!("{SCHEMA}{word}"), number));
        }
    }
    said.extend(record.since.map(|date| (format!("{SCHEMA}startDate"), plain(&date.to_string()))));
    said.extend(record.until.map(|date| (format!("{SCHEMA}endDate"), plain(&date.to_string()))));
    said.extend(node.sources().flat_map(derived_from));
    said
}

fn of_source(source: Source) -> Vec<(String, Object)> {
    let record = source.record();
    let mut said = vec![(format!("{RDF}type"), Object::Iri(format!("{PROV}Entity")))];
    let mut add = |word: &str, text: Option<String>| {
        said.extend(text.map(|text| (format!("{SCHEMA}{word}"), plain(&text))));
    };
    add("name", record.title.clone());
    add("publisher", record.publisher.clone());
    add("datePublished", record.date.map(|date| date.to_string()));
    add("inLanguage", record.language.clone());
    add("url", record.url.clone());
    said.extend(texts("note", &record.note));
    said
}

fn of_relation(relation: Relation, [from, kind, to]: [String; 3]) -> Vec<(String, Object)> {
    let mut said = vec![
        (format!("{RDF}type"), Object::Iri(format!("{RDF}Statement"))),
        (format!("{RDF}subject"), Object::Iri(from)),
        (format!("{RDF}predicate"), Object::Iri(kind)),
        (format!("{RDF}object"), Object::Iri(to)),
        term("basis", &spelt(relation.basis())),
    ];
    said.extend(relation.confidence().map(|it| term("confidence", &spelt(it))));
    said.extend(
        relation.context().map(|it| (format!("{TERM}in"), Object::Iri(iri("node", it.id())))),
    );
    said.extend(relation.since().map(|it| (format!("{SCHEMA}startDate"), plain(&it.to_string()))));
    said.extend(relation.until().map(|it| (format!("{SCHEMA}endDate"), plain(&it.to_string()))));
    said.extend(relation.status().map(|it| term("status", &spelt(it))));
    for (word, is_so) in [("open", relation.is_open()), ("derived", relation.is_derived())] {
        if is_so {
            let yes = Object::Literal("true".to_owned(), Some(format!("{XSD}boolean")));
            said.push((format!("{TERM}{word}"), yes));
        }
    }
    said.extend(texts("note", relation.note()));
    said.extend(relation.sources().flat_map(derived_from));
    said
}

/// The source of a citation, and the place in it.
fn derived_from(citation: &str) -> [(String, Object); 2] {
    let id = citation.split_once(':').map_or(citation, |(id, _)| id);
    [(format!("{PROV}wasDerivedFrom"), Object::Iri(iri("source", id))), term("cites", citation)]
}

fn texts(word: &str, text: &Text) -> impl Iterator<Item = (String, Object)> {
    let word = format!("{SKOS}{word}");
    let ja = text.ja.clone().map(|text| Object::Text(text, "ja"));
    let en = text.en.clone().map(|text| Object::Text(text, "en"));
    ja.into_iter().chain(en).map(move |text| (word.clone(), text))
}

fn term(word: &str, text: &str) -> (String, Object) {
    (format!("{TERM}{word}"), plain(text))
}

fn plain(text: &str) -> Object {
    Object::Literal(text.to_owned(), None)
}

/// A word of the model as it is written.
fn spelt(word: impl serde::Serialize) -> String {
    let value = serde_json::to_value(word).unwrap_or_default();
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn iri(of: &str, id: &str) -> String {
    format!("urn:medclust:{of}:{}", encoded(id))
}

/// An id as a part of an IRI: what has a meaning there, or no place, is percent-encoded.
fn encoded(id: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~@".contains(&byte);
    let byte = |byte: u8| match is_plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    id.bytes().map(byte).collect()
}

/// Writes JSON-LD, expanded.
pub fn write(part: &Part) -> String {
    let mut all: Vec<(String, Map<String, Value>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for (subject, said) in triples(part) {
        let at = *places.entry(subject.clone()).or_insert(all.len());
        if at == all.len() {
            all.push((subject.clone(), Map::from_iter([("@id".to_owned(), json!(subject))])));
        }
        for (word, object) in said {
            let (word, value) = match object {
                Object::Iri(iri) if word == format!("{RDF}type") => {
                    ("@type".to_owned(), json!(iri))
                }
                Object::Iri(iri) => (word, json!({"@id": iri})),
                Object::Text(text, lang) => (word, json!({"@value": text, "@language": lang})),
                Object::Literal(text, None) => (word, json!({"@value": text})),
                Object::Literal(text, Some(kind)) => (word, json!({"@value": text, "@type": kind})),
            };
            let known = all[at].1.entry(word).or_insert_with(|| json!([]));
            if let Some(known) = known.as_array_mut().filter(|known| !known.contains(&value)) {
                known.push(value);
            }
        }
    }
    pretty(&Value::from(all.into_iter().map(|(_, it)| Value::Object(it)).collect::<Vec<_>>()))
}
