//! Mermaid, for Markdown files and wikis.

use std::fmt::Write;

use super::Part;
use crate::control::steers;
use crate::graph::Node;
use crate::model::Basis;

/// Writes the part.
pub fn write(part: &Part) -> String {
    let mut out = String::from("flowchart LR\n");
    let name = |node: Node| format!("n{}", node.index());
    for node in &part.nodes {
        let _ = writeln!(out, "  {}[\"{}\"]", name(*node), escaped(node.name(part.lang)));
    }
    for relation in &part.relations {
        let arrow = match relation.basis() {
            Basis::Stated => "-->",
            Basis::Inferred | Basis::Curated => "-.->",
        };
        let label = escaped(relation.kind().short(part.lang));
        let (from, to) = (name(relation.from()), name(relation.to()));
        let _ = writeln!(out, "  {from} {arrow}|\"{label}\"| {to}");
    }
    out
}

/// A text in quotes: what Mermaid or HTML would read is written by number.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c if steers(c) => {}
            '"' | '<' | '>' | '&' | '#' | ';' | '`' | '\\' | '|' | '[' | ']' | '{' | '}' | '('
            | ')' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    if out.is_empty() { " ".to_owned() } else { out }
}
