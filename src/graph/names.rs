//! Finding a node by any name that people use for it.
//!
//! Exact beats folded beats unique prefix; otherwise nothing is guessed and the candidates are told.

use std::ops::ControlFlow;

use super::{Absence, Graph, Node, fold};
use crate::model::NodeKind;

/// One name of a node, folded.
#[derive(Debug)]
pub(super) struct FoldedName {
    pub(super) text: Box<str>,
    pub(super) node: u32,
    /// Which of [`Node::names`] it is; the id comes after them.
    pub(super) nth: u32,
}

/// Why a name names no node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSuchNode<'g> {
    /// No node is called that; the nearest ones, best first.
    Unknown(Vec<Node<'g>>),
    /// Several nodes are called that.
    Ambiguous(Vec<Node<'g>>),
    /// One is, but it was not there on the date of the graph.
    Absent(Absence<'g>),
}

impl Graph {
    /// Finds the node that `text` names: an id, `R@X`, `kind:name`, or any name or alias.
    ///
    /// Only nodes of one of `kinds` are found; of any kind where it is empty. An id is found in
    /// O(1), a name in time linear in all names.
    ///
    /// # Errors
    /// With the candidates where there are several, or the nearest where there is none.
    pub fn find<'g>(&'g self, text: &str, kinds: &[NodeKind]) -> Result<Node<'g>, NoSuchNode<'g>> {
        let text = text.trim();
        let wanted = |node: &Node| kinds.is_empty() || kinds.contains(&node.kind());
        if let Some(node) = self.node(text).filter(wanted) {
            return Ok(node);
        }
        let exact =
            self.nodes().filter(wanted).filter(|node| node.names().any(|name| name == text));
        if let ControlFlow::Break(found) = sole(exact) {
            return found;
        }
        if let Some((kind, name)) = text.split_once(':')
            && let Some(kind) = NodeKind::ALL.into_iter().find(|known| known.as_str() == kind)
        {
            let open = kinds.is_empty() || kinds.contains(&kind);
            return if open {
                self.find(name.trim_start_matches(&text[..=kind.as_str().len()]), &[kind])
            } else {
                Err(NoSuchNode::Unknown(Vec::new()))
            };
        }
        let contextual = match text.split_once('@') {
            Some((role, context)) if kinds.is_empty() || kinds.contains(&NodeKind::Role) => {
                match self.find_contextual(role, context) {
                    Ok(node) => return Ok(node),
                    Err(why) => Some(why),
                }
            }
            _ => None,
        };
        let key = fold(text);
        let named = |test: &dyn Fn(&str) -> bool| {
            let names = self.folded_names().iter().filter(|name| test(&name.text));
            let mut nodes: Vec<u32> = names.map(|name| name.node).collect();
            nodes.dedup();
            nodes.into_iter().map(|index| self.node_at(index)).filter(wanted).collect::<Vec<_>>()
        };
        if let ControlFlow::Break(found) = sole(named(&|name| name == key)) {
            return found;
        }
        // Who is meant is known: whose name only begins so is not.
        if let Some(absence) = self.absence(text, kinds) {
            return Err(NoSuchNode::Absent(absence));
        }
        if let Some(why) = contextual {
            return Err(why);
        }
        let prefixed = named(&|name| name.starts_with(&key)).into_iter();
        if !key.is_empty()
            && let ControlFlow::Break(found) =
                sole(prefixed.filter(|node| node.generic().is_none()))
        {
            return found;
        }
        let near = self.matches(text).into_iter().map(|found| found.node);
        Err(NoSuchNode::Unknown(near.filter(wanted).take(5).collect()))
    }

    fn find_contextual<'g>(
        &'g self,
        role: &str,
        context: &str,
    ) -> Result<Node<'g>, NoSuchNode<'g>> {
        let role = self.find(role, &[NodeKind::Role])?;
        let context = self.find(context, &[NodeKind::Region, NodeKind::Program])?;
        self.node(&format!("{}@{}", role.id(), context.id())).ok_or_else(|| {
            let elsewhere = self.nodes().filter(|node| node.generic() == Some(role));
            NoSuchNode::Unknown(elsewhere.take(5).collect())
        })
    }

    /// Every name of every node, folded once. O(all names) at the first call.
    pub(super) fn folded_names(&self) -> &[FoldedName] {
        self.folded.get_or_init(|| {
            let all = self.nodes().flat_map(|node| {
                let names = node.names().chain([node.id()]);
                names.zip(0..).map(move |(name, nth)| FoldedName {
                    text: fold(name).into_boxed_str(),
                    node: node.index(),
                    nth,
                })
            });
            all.collect()
        })
    }
}

/// Ends the search with the one node there is, or with the candidates where there are several.
fn sole<'g>(
    nodes: impl IntoIterator<Item = Node<'g>>,
) -> ControlFlow<Result<Node<'g>, NoSuchNode<'g>>> {
    let nodes: Vec<Node> = nodes.into_iter().collect();
    match nodes[..] {
        [] => ControlFlow::Continue(()),
        [node] => ControlFlow::Break(Ok(node)),
        _ => ControlFlow::Break(Err(NoSuchNode::Ambiguous(nodes))),
    }
}
