//! Graphviz: each context a cluster with its roles in it, inferred relations dashed, curated ones dotted.

use std::fmt::Write;

use super::Part;
use super::records::quoted;
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
        let style = style(node.basis());
        let (id, label) = (string(node.id()), string(node.name(part.lang)));
        let _ = writeln!(out, "  {id} [label={label}, shape={shape}, style={style}];");
    }
    for relation in &part.relations {
        let [from, to] = [relation.from(), relation.to()].map(|end| string(end.id()));
        let label = string(relation.kind().short(part.lang));
        let _ =
            writeln!(out, "  {from} -> {to} [label={label}, style={}];", style(relation.basis()));
    }
    out.push_str("}\n");
    out
}

fn style(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "solid",
        Basis::Inferred => "dashed",
        Basis::Curated => "dotted",
    }
}

/// A string; what steers a terminal or turns the direction of text is left out: a drawing cannot show it.
fn string(text: &str) -> String {
    quoted(text, |_| String::new())
}
