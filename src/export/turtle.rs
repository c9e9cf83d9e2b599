//! Turtle (W3C), of the same triples as JSON-LD.

use std::fmt::Write;

use super::Part;
use super::linked::{KIND, ORG, Object, PROV, RDF, SCHEMA, SKOS, TERM, XSD, triples};
use super::records::quoted;

/// Writes the part.
pub fn write(part: &Part) -> String {
    let mut out = String::new();
    let prefixes = [
        ("rdf", RDF),
        ("org", ORG),
        ("skos", SKOS),
        ("prov", PROV),
        ("schema", SCHEMA),
        ("xsd", XSD),
        ("kind", KIND),
        ("term", TERM),
    ];
    for (short, long) in prefixes {
        let _ = writeln!(out, "@prefix {short}: <{long}> .");
    }
    let word = |iri: &str| {
        let known =
            prefixes.iter().find_map(|(short, long)| Some((short, iri.strip_prefix(long)?)));
        // A local name needs no escape where it is letters, digits and hyphens.
        let is_plain = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !name.ends_with('-')
        };
        match known.filter(|(_, name)| is_plain(name)) {
            Some((short, name)) => format!("{short}:{name}"),
            None => format!("<{iri}>"),
        }
    };
    for (subject, said) in triples(part) {
        let _ = write!(out, "\n<{subject}>");
        for (at, (predicate, object)) in said.iter().enumerate() {
            let object = match object {
                Object::Iri(iri) => word(iri),
                Object::Text(text, lang) => format!("{}@{lang}", literal(text)),
                Object::Literal(text, None) => literal(text),
                Object::Literal(text, Some(kind)) => format!("{}^^{}", literal(text), word(kind)),
            };
            let end = if at + 1 < said.len() { " ;" } else { " ." };
            let _ = write!(out, "\n  {} {object}{end}", word(predicate));
        }
        out.push('\n');
    }
    out
}

/// A literal; what steers a terminal is written by number.
fn literal(text: &str) -> String {
    quoted(text, |c| format!("\\u{:04X}", u32::from(c)))
}
