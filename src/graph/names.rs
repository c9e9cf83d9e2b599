//! Finding a node by any name that people use for it.
//!
//! An exact name goes before a folded one, and that before a unique prefix. Otherwise nothing is
//! guessed: the error lists the candidates.

use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::flat::{FlatName, FlatNames};
use super::{AbsentNode, Graph, Node, NodeSet, fold, romaji};
use crate::lang::Lang;
use crate::model::{NodeKind, Text};

/// A name that names no node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchNode {
    /// The name.
    pub name: String,
    /// Why it names none.
    pub why: WhyNot,
}

/// Why a name names no node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// No node has this name; the nodes with the nearest names, best first.
    Unknown(Vec<Candidate>),
    /// Several nodes have this name.
    Ambiguous(Vec<Candidate>),
    /// A node has this name, but it did not exist on the date of the graph.
    Absent(AbsentNode),
}

/// A node that may be meant. It does not borrow the graph, so that an error can outlive it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The id.
    pub id: String,
    /// The kind of node.
    pub kind: NodeKind,
    /// The name.
    pub name: Text,
}

impl Candidate {
    /// Returns the name in `lang`, or in the other language, or the id.
    pub fn name(&self, lang: Lang) -> &str {
        self.name.in_lang(lang).unwrap_or(&self.id)
    }
}

impl From<Node<'_>> for Candidate {
    fn from(node: Node) -> Self {
        Candidate { id: node.id().to_owned(), kind: node.kind(), name: node.record().name.clone() }
    }
}

impl fmt::Display for NoSuchNode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let ids = |candidates: &[Candidate]| {
            let ids = candidates.iter().map(|it| format!("`{}`", it.id));
            ids.collect::<Vec<_>>().join(", ")
        };
        let name = &self.name;
        match &self.why {
            WhyNot::Unknown(near) if near.is_empty() => write!(f, "there is no node `{name}`"),
            WhyNot::Unknown(near) => {
                write!(f, "there is no node `{name}`; the nearest are {}", ids(near))
            }
            WhyNot::Ambiguous(all) => write!(f, "`{name}` could be any of {}", ids(all)),
            WhyNot::Absent(AbsentNode { date, .. }) => {
                write!(f, "`{name}` was not there on {date}")
            }
        }
    }
}

impl Error for NoSuchNode {}

impl Graph {
    /// Finds the node that `text` names: an id, `R@X`, `kind:name`, or any name or alias.
    ///
    /// Only nodes of one of `kinds` are found; of any kind where it is empty. O(log n + k) for k of n
    /// names that begin so; where none does, the time of [`Graph::matches`].
    ///
    /// # Errors
    /// Where several nodes have the name (the error lists them), where none has it (the error lists the
    /// nearest), or where the node did not exist on the date of the graph.
    pub fn find<'g>(&'g self, text: &str, kinds: &[NodeKind]) -> Result<Node<'g>, NoSuchNode> {
        let name = text.trim();
        self.look_up(name, kinds).map_err(|why| NoSuchNode { name: name.to_owned(), why })
    }

    fn look_up<'g>(&'g self, text: &str, kinds: &[NodeKind]) -> Result<Node<'g>, WhyNot> {
        let wanted = |node: &Node| kinds.is_empty() || kinds.contains(&node.kind());
        if let Some(node) = self.node(text).filter(wanted) {
            return Ok(node);
        }
        let key = fold(text);
        let folded = self.named(&key, false, wanted);
        let exact = folded.iter().copied().filter(|it| it.names().any(|name| name == text));
        if let ControlFlow::Break(found) = sole(exact) {
            return found;
        }
        if let Some((kind, mut name)) = NodeKind::split_from(text) {
            // However often a kind is typed, it is looked up once.
            while let Some((_, rest)) = NodeKind::split_from(name).filter(|(it, _)| *it == kind) {
                name = rest;
            }
            let open = kinds.is_empty() || kinds.contains(&kind);
            return if open {
                self.look_up(name, &[kind])
            } else {
                Err(WhyNot::Unknown(Vec::new()))
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
        if let ControlFlow::Break(found) = sole(folded) {
            return found;
        }
        // Who is meant is known: whose name only begins so is not.
        if let Some(absence) = self.absence(text, kinds) {
            return Err(WhyNot::Absent(absence));
        }
        if let Some(why) = contextual {
            return Err(why);
        }
        let prefixed = self.named(&key, true, wanted).into_iter();
        if !key.is_empty()
            && let ControlFlow::Break(found) =
                sole(prefixed.filter(|node| node.generic().is_none()))
        {
            return found;
        }
        let near = self.matches(text).into_iter().map(|found| found.node);
        Err(WhyNot::Unknown(near.filter(wanted).take(5).map(Candidate::from).collect()))
    }

    fn find_contextual<'g>(&'g self, role: &str, context: &str) -> Result<Node<'g>, WhyNot> {
        let role = self.look_up(role.trim(), &[NodeKind::Role])?;
        let context = self.look_up(context.trim(), &[NodeKind::Region, NodeKind::Program])?;
        self.node(&format!("{}@{}", role.id(), context.id())).ok_or_else(|| {
            let elsewhere = self.nodes().filter(|node| node.generic() == Some(role));
            WhyNot::Unknown(elsewhere.take(5).map(Candidate::from).collect())
        })
    }

    /// The nodes with a name that folds to `key`, or that then begins with it.
    fn named<'g>(
        &'g self,
        key: &str,
        begins: bool,
        wanted: impl Fn(&Node) -> bool,
    ) -> Vec<Node<'g>> {
        let nodes = self.names().nodes(key, begins).into_iter();
        nodes.map(|index| self.node_at(index)).filter(wanted).collect()
    }

    /// Returns the nodes with a name that, folded, contains `key`. O(length of all names).
    pub fn with_name_like(&self, key: &str) -> NodeSet<'_> {
        let finder = Finder::new(key);
        let found = self
            .names()
            .iter()
            .filter(|name| name.nth != FlatName::ID && finder.find(name.text.as_bytes()).is_some());
        // That of a name in kana may be how it is spelt in Latin letters.
        let has_such = |node: &Node| node.names().any(|name| fold(name).contains(key));
        NodeSet::of(self, found.map(|name| self.node_at(name.node)).filter(has_such))
    }

    /// Returns every name of every node, folded once, those in kana in Latin letters too. O(n log n) for n
    /// names at the first call.
    pub(super) fn names(&self) -> &FlatNames {
        self.names.get_or_init(|| {
            let all = (0..self.node_count() as u32).into_par_iter().flat_map_iter(|index| {
                let node = self.node_at(index);
                let names = node.names().zip(0..).chain([(node.id(), FlatName::ID)]);
                names.flat_map(move |(name, nth)| {
                    let spelt = romaji(name).map(|it| fold(&it));
                    [fold(name)].into_iter().chain(spelt).map(move |key| (key, index, nth))
                })
            });
            FlatNames::of(&all.collect::<Vec<_>>(), self.node_count())
        })
    }
}

/// Ends the search with the one node there is, or with the candidates where there are several.
fn sole<'g>(nodes: impl IntoIterator<Item = Node<'g>>) -> ControlFlow<Result<Node<'g>, WhyNot>> {
    let nodes: Vec<Node> = nodes.into_iter().collect();
    match nodes[..] {
        [] => ControlFlow::Continue(()),
        [node] => ControlFlow::Break(Ok(node)),
        _ => {
            let candidates = nodes.into_iter().map(Candidate::from).collect();
            ControlFlow::Break(Err(WhyNot::Ambiguous(candidates)))
        }
    }
}
