//! The atlas as a graph in memory: nodes, relations, the vocabulary and the sources.
//!
//! Owns [`petgraph`]: nowhere else does an index or an edge appear. Outside, a node is a [`Node`],
//! a relation a [`Relation`]: small handles that borrow the graph. Nodes and relations are numbered
//! in the order of the files, then derived ones, and every answer keeps that order.
//!
//! Contextual roles are derived here: a relation `in: X` whose end is the role R ties R@X, which
//! `specializes` R, is `in` X, and inherits what R `acts-in`.
//!
//! [`build()`] makes the graph of the whole atlas, [`build_as_of`] that of a date, for every question
//! alike.
//!
//! A relation whose one end is an explicitly empty list ties nothing: it is a [`Denial`], by which a
//! source says that there is none.

mod as_of;
mod build;
mod denial;
mod fold;
mod kanji;
mod matching;
mod names;
pub mod network;
mod node;
mod node_set;
pub mod passage;
mod pipeline;
mod relation;
pub mod routes;
pub mod shape;
mod statement;
pub mod ways;

use std::collections::HashMap;
use std::ops::Index;
use std::sync::OnceLock;

use petgraph::graph::DiGraph;

use crate::model::{Class, Core, Date, NodeKind, NodeRecord, SourceRecord, Text, Traverse};
use crate::origin::Origin;

pub use as_of::Absence;
pub use build::{build, build_as_of};
pub use denial::Denial;
pub use fold::fold;
pub use matching::{How, Match, has_word, is_acronym};
pub use names::{Candidate, NoSuchNode, WhyNot};
pub use node::Node;
pub use node_set::NodeSet;
pub use pipeline::Pipeline;
pub use shape::Profile;
use statement::Statement;

pub use relation::{Direction, Relation, RelationKind, Source};

/// An atlas in memory.
#[derive(Debug)]
pub struct Graph {
    /// Node numbers are indices of `nodes`; a relation's weight is the index of its statement.
    topology: DiGraph<(), u32, u32>,
    nodes: Vec<NodeData>,
    statements: Vec<Statement>,
    denials: Vec<denial::DenialData>,
    kinds: Vec<KindData>,
    sources: Vec<SourceRecord>,
    /// What types of node are called, by their ids.
    node_types: HashMap<String, Text>,
    /// What kinds of event are called, by their ids.
    event_kinds: HashMap<String, Text>,
    ids: HashMap<String, u32>,
    /// The layer of each file, by its number.
    layers: Vec<u16>,
    core: CoreKinds,
    folded: OnceLock<Vec<names::FoldedName>>,
    /// The date on which it was so; none for the whole atlas.
    date: Option<Date>,
    /// Who is in the atlas, but was not there on the date.
    absent: Vec<as_of::Absent>,
}

#[derive(Debug)]
struct NodeData {
    kind: NodeKind,
    record: NodeRecord,
    /// For a contextual role: the role and the context.
    contextual: Option<(u32, u32)>,
    /// Which of its events may have ended it by the date of the graph.
    takeover: Option<u32>,
    origin: Origin,
}

#[derive(Debug)]
struct KindData {
    id: String,
    name: Text,
    inverse: Text,
    short: Text,
    class: Option<Class>,
    from: Vec<NodeKind>,
    to: Vec<NodeKind>,
    traverse: Traverse,
}

/// The places in the vocabulary of the kinds that the program speaks of.
#[derive(Clone, Copy, Debug)]
struct CoreKinds([u16; Core::ALL.len()]);

impl Index<Core> for CoreKinds {
    type Output = u16;
    fn index(&self, kind: Core) -> &u16 {
        &self.0[kind as usize]
    }
}

impl Graph {
    /// All nodes, in the order of the files; contextual roles come last.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_>> + ExactSizeIterator {
        (0..self.nodes.len() as u32).map(|index| self.node_at(index))
    }

    /// All relations, in the order of the files; derived ones come last, but for those that a node
    /// took over, which keep their place.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = Relation<'_>> {
        (0..self.topology.edge_count() as u32).map(|index| self.relation_at(index))
    }

    /// The statements that there is none, in the order of the files.
    pub fn denials(&self) -> impl ExactSizeIterator<Item = Denial<'_>> {
        (0..self.denials.len() as u32).map(|index| Denial { graph: self, index })
    }

    /// The vocabulary.
    pub fn relation_kinds(&self) -> impl Iterator<Item = RelationKind<'_>> {
        (0..self.kinds.len() as u16).map(|index| self.kind_at(index))
    }

    /// Returns a kind that the program itself speaks of. O(1).
    pub fn core_kind(&self, kind: Core) -> RelationKind<'_> {
        self.kind_at(self.core[kind])
    }

    /// Returns what a type of node is called; none where the vocabulary has no name for it. O(1).
    pub fn type_name(&self, id: &str) -> Option<&Text> {
        self.node_types.get(id)
    }

    /// Returns what a kind of event is called; none where the vocabulary has no name for it. O(1).
    pub fn event_name(&self, id: &str) -> Option<&Text> {
        self.event_kinds.get(id)
    }

    /// The documents that statements cite.
    pub fn sources(&self) -> impl Iterator<Item = Source<'_>> {
        self.sources.iter().map(Source)
    }

    /// The node of this id, `R@X` included. O(1).
    pub fn node(&self, id: &str) -> Option<Node<'_>> {
        self.ids.get(id).map(|index| self.node_at(*index))
    }

    /// The relation kind of this id.
    pub fn relation_kind(&self, id: &str) -> Option<RelationKind<'_>> {
        self.relation_kinds().find(|kind| kind.id() == id)
    }

    /// The date on which the atlas was so; none for the whole atlas.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// How many nodes there are; their numbers run from 0 to one less.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The node of this number.
    ///
    /// # Panics
    /// Where there is none.
    pub fn node_at(&self, index: u32) -> Node<'_> {
        assert!((index as usize) < self.nodes.len(), "no node {index}");
        Node { graph: self, index }
    }

    fn relation_at(&self, index: u32) -> Relation<'_> {
        Relation { graph: self, index }
    }

    fn layer_of(&self, origin: Origin) -> u16 {
        self.layers.get(origin.file.0 as usize).copied().unwrap_or_default()
    }

    fn kind_at(&self, index: u16) -> RelationKind<'_> {
        RelationKind { graph: self, index }
    }
}
