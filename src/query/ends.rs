//! What the ends of routes stand for: one node, or any of several.

use schemars::JsonSchema;
use serde::Serialize;

use super::counted::Counted;
use super::extent::Extent;
use crate::graph::{Graph, Node};
use crate::model::{Basis, NodeKind};

/// One end of the routes that are asked for; the node that was named for scripts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct End<'g> {
    /// The node that was named.
    pub node: Node<'g>,
    /// Whether any of `nodes` will do, rather than the one.
    #[serde(skip)]
    pub is_set: bool,
    /// What routes may begin or end at, in the order of the atlas.
    #[serde(skip)]
    pub nodes: Vec<Node<'g>>,
}

impl<'g> End<'g> {
    /// Returns the node itself.
    pub fn at(node: Node<'g>) -> Self {
        End { node, is_set: false, nodes: vec![node] }
    }

    /// Any member of a node: of a region or a program itself and whoever acts in it, of a role whoever
    /// plays it (the role itself, in each context, where nobody does), by relations on one of `bases` (any
    /// where empty). Organizations and stages stand for themselves. O(nodes + relations).
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
