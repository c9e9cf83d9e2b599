//! Graphviz: each context a cluster with its roles in it, inferred relations dashed, curated ones dotted.

use std::fmt::Write;

use super::Part;
use crate::control::steers;
use crate::graph::Node;
use crate::model::{Basis, NodeKind};

/// Writes the part.
pub fn write(part: &Part) -> String {
    let mut out = String::from(
        "digraph atlas {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n",
    );
    out.push_str("  edge [fontname=\"sans-serif\", fontsize=10];\n");
    for node in &part.nodes {
        let shape = match node.kind() {
            NodeKind::Organization => "box",
            NodeKind::Role => "ellipse",
            NodeKind::Region => "house",
            NodeKind::Stage => "cds",
            NodeKind::Program => "component",
        };
        let label = label(*node, part);
        let style = style(node.record().basis);
        let id = quoted(node.id());
        let _ = writeln!(out, "  {id} [label={}, shape={shape}, style={style}];", quoted(&label));
    }
    for relation in &part.relations {
        let [from, to] = [relation.from(), relation.to()].map(|end| quoted(end.id()));
        let label = quoted(relation.kind().short(part.lang));
        let _ =
            writeln!(out, "  {from} -> {to} [label={label}, style={}];", style(relation.basis()));
    }
    out.push_str("}\n");
    out
}

/// The name of a node, with its context.
pub fn label(node: Node, part: &Part) -> String {
    node.name(part.lang).to_owned()
}

fn style(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "solid",
        Basis::Inferred => "dashed",
        Basis::Curated => "dotted",
    }
}

/// A quoted string: only quotes and backslashes mean anything in it. What steers a terminal or turns the
/// direction of text is left out: a drawing has no way to show it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if steers(c) || c == '\0' => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
