//! The ends of routes: one node, or any of several.

use schemars::JsonSchema;
use serde::Serialize;

use super::counted::Counted;
use super::extent::Extent;
use crate::graph::{Graph, Node};
use crate::model::{Basis, NodeKind};

/// One end of the routes of a question; serialized as the node that was named.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct End<'g> {
    /// The node that was named.
    pub node: Node<'g>,
    /// Whether the end is any of `nodes` rather than the named node alone.
    #[serde(skip)]
    pub is_set: bool,
    /// The nodes at which routes may begin or end, in the order of the atlas.
    #[serde(skip)]
    pub nodes: Vec<Node<'g>>,
}

impl<'g> End<'g> {
    /// Creates the end that is one node.
    pub fn at(node: Node<'g>) -> Self {
        End { node, is_set: false, nodes: vec![node] }
    }

    /// Creates the end that is any member of a node: of a region or a program itself and whoever
    /// acts in it; of a role whoever plays it (where nobody does, the role itself, in each
    /// context). Organizations and stages are an end by themselves. Only relations on one of
    /// `bases` count, all where it is empty. O(nodes + relations).
    pub fn among(graph: &'g Graph, node: Node<'g>, bases: &[Basis]) -> Self {
        let extent = || Extent::of(node, &Counted::on(graph, bases));
        let nodes = match node.kind() {
            NodeKind::Region | NodeKind::Program => {
                let mut ends = extent().members;
                ends.insert(node);
                ends
            }
            NodeKind::Role => {
                let Extent { members, core, .. } = extent();
                if members.is_empty() { core } else { members }
            }
            NodeKind::Organization | NodeKind::Stage => return End::at(node),
        };
        End { node, is_set: true, nodes: nodes.iter().collect() }
    }
}
