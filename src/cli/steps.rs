//! What routes may lead between and over, the same for every command that follows them.

use std::collections::HashSet;

use clap::Args;

use super::failure::{Failure, find};
use super::selection::{basis, unknown};
use crate::graph::{Graph, Node, RelationKind};
use crate::model::{Basis, NodeKind};
use crate::query::ends::End;
use crate::query::path::Steps;

/// Which steps routes may take.
#[derive(Debug, Default, Args)]
pub struct StepArguments {
    /// Do not enter this node
    #[arg(long, value_name = "NAME")]
    avoid: Vec<String>,
    /// Ignore the direction of relations
    #[arg(long)]
    both_ways: bool,
    /// Follow these relation kinds too (comma-separated), such as supports
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    follow: Vec<String>,
    /// Use only relations on this basis: stated, inferred or curated
    #[arg(long, value_name = "BASIS")]
    basis: Vec<String>,
}

impl StepArguments {
    /// Works them out.
    ///
    /// # Errors
    /// Where a name, a relation kind or a basis is none.
    pub fn steps<'g>(&self, graph: &'g Graph) -> Result<Steps<'g>, Failure> {
        Ok(Steps {
            avoid: nodes(graph, &self.avoid)?,
            follow: kinds(graph, &self.follow)?,
            both_ways: self.both_ways,
            bases: self.basis.iter().map(|text| basis(text)).collect::<Result<_, _>>()?,
            ..Steps::default()
        })
    }
}

/// The nodes that these names name, each once.
pub fn nodes<'g>(graph: &'g Graph, names: &[String]) -> Result<Vec<Node<'g>>, Failure> {
    let nodes = names.iter().map(|name| find(graph, name, &[]));
    let mut nodes: Vec<Node> = nodes.collect::<Result<_, _>>()?;
    let mut seen = HashSet::new();
    nodes.retain(|node| seen.insert(*node));
    Ok(nodes)
}

/// The relation kinds of these ids.
pub fn kinds<'g>(graph: &'g Graph, ids: &[String]) -> Result<Vec<RelationKind<'g>>, Failure> {
    ids.iter().map(|id| kind(graph, id)).collect()
}

/// The relation kind of this id.
pub fn kind<'g>(graph: &'g Graph, id: &str) -> Result<RelationKind<'g>, Failure> {
    let known = graph.relation_kinds().map(RelationKind::id);
    graph.relation_kind(id).ok_or_else(|| unknown("relation kind", "関係の種類", id, known))
}

/// The end of routes that a text names: a region or a program stands for whoever acts in it, and
/// `role:NAME` for whoever plays the role, by relations on these bases; every other name for the node.
pub fn end<'g>(graph: &'g Graph, text: &str, bases: &[Basis]) -> Result<End<'g>, Failure> {
    let node = find(graph, text, &[])?;
    let is_set = match node.kind() {
        NodeKind::Region | NodeKind::Program => true,
        NodeKind::Role => text.trim().starts_with("role:"),
        NodeKind::Organization | NodeKind::Stage => false,
    };
    Ok(if is_set { End::among(graph, node, bases) } else { End::at(node) })
}
