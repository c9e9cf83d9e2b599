//! The atlas as a graph in memory: nodes, relations, the vocabulary and the sources.
//!
//! Other modules see a [`Node`] and a [`Relation`], small handles that borrow the graph and hide where
//! things lie: in one flat sequence of bytes, which is read where it is ([`Graph::to_bytes`],
//! [`Graph::from_bytes`]). Only this module uses [`petgraph`]. Nodes and relations are numbered in the order of the files, derived ones last, and every answer keeps that order: the
//! *order of the atlas*.
//!
//! Contextual roles are made here. A relation `in: X` with the role R at an end has the node R@X at
//! that end; R@X `specializes` R, is `in` X, and inherits the `acts-in` relations of R.
//!
//! [`build()`] makes the graph of the whole atlas, [`build_as_of`] the graph of a date.
//!
//! A relation with an explicitly empty list at one end joins no nodes. It is a [`Denial`]: a source
//! says that there is no such relation.

mod addition;
mod as_of;
mod build;
mod bytes;
mod denial;
mod flat;
mod fold;
mod kanji;
mod matching;
mod names;
#[cfg(library)]
pub mod network;
mod node;
mod node_set;
#[cfg(library)]
pub mod passage;
mod pipeline;
mod relation;
mod romaji;
#[cfg(library)]
pub mod routes;
#[cfg(library)]
pub mod shape;
mod statement;
#[cfg(library)]
pub mod ways;

use std::ops::Index;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::model::{Basis, Class, Core, Date, Id, NodeKind, NodeRecord, Text, Traverse};
use crate::origin::{FileId, Origin};

pub use addition::Addition;
pub use as_of::AbsentNode;
pub use build::{build, build_as_of};
pub use denial::Denial;
pub use flat::Bytes;
use flat::{Flat, FlatNames, Shelf, Vocabulary};
pub use fold::fold;
pub use matching::{How, Match, has_word, is_acronym};
pub use names::{Candidate, NoSuchNode, WhyNot};
pub use node::Node;
pub use node_set::NodeSet;
pub use pipeline::Pipeline;
#[cfg(library)]
pub use shape::Profile;
use statement::Statement;

pub use relation::{Direction, Relation, RelationKind, Source};
pub use romaji::romaji;

/// An atlas as a graph in memory.
pub struct Graph {
    flat: Flat,
    vocabulary: Vocabulary,
    /// The records of nodes and the statements that were asked for.
    described: Shelf<Described>,
    statements: Shelf<Statement>,
    names: OnceLock<FlatNames>,
    /// The bases of what answers tell of a node; all where empty.
    bases: Vec<Basis>,
    /// The date of the graph; `None` for the whole atlas.
    date: Option<Date>,
    /// The nodes of the atlas that did not exist on the date.
    absent: Vec<as_of::LeftOut>,
}

/// A node while the graph is made.
#[derive(Debug)]
struct NodeData {
    kind: NodeKind,
    record: NodeRecord,
    /// For a contextual role: the role and the context.
    contextual: Option<(u32, u32)>,
    /// Which of its events may have ended it by the date of the graph.
    takeover: Option<u32>,
    /// What later layers add to the record, in their order; the record has it too.
    additions: Vec<Addition>,
    origin: Origin,
}

/// What is said of a node.
#[derive(Debug, Default, Deserialize)]
struct Described {
    record: NodeRecord,
    additions: Vec<Addition>,
}

#[derive(Debug, Deserialize, Serialize)]
struct KindData {
    id: Id,
    name: Text,
    inverse: Text,
    short: Text,
    class: Option<Class>,
    from: Vec<NodeKind>,
    to: Vec<NodeKind>,
    traverse: Traverse,
}

/// The positions, in the vocabulary, of the kinds of relation that the program knows.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct CoreKinds([u16; Core::ALL.len()]);

impl Index<Core> for CoreKinds {
    type Output = u16;
    fn index(&self, kind: Core) -> &u16 {
        &self.0[kind as usize]
    }
}

impl Graph {
    /// Returns all nodes, in the order of the files; contextual roles come last.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_>> + ExactSizeIterator {
        (0..self.flat.nodes() as u32).map(|index| self.node_at(index))
    }

    /// Returns the nodes of a kind, in the order of the atlas. O(nodes of that kind).
    pub fn nodes_of(&self, kind: NodeKind) -> impl Iterator<Item = Node<'_>> {
        self.flat.of_kind(kind).map(|index| self.node_at(index))
    }

    /// Returns all relations, in the order of the files. Derived ones come last, except for those
    /// that a node took over from another, which keep their place.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = Relation<'_>> {
        (0..self.flat.relations() as u32).map(|index| self.relation_at(index))
    }

    /// Returns the denials, in the order of the files.
    pub fn denials(&self) -> impl ExactSizeIterator<Item = Denial<'_>> {
        (0..self.vocabulary.denials.len() as u32).map(|index| Denial { graph: self, index })
    }

    /// Returns the kinds of relation, in the order of the vocabulary.
    pub fn relation_kinds(&self) -> impl Iterator<Item = RelationKind<'_>> {
        (0..self.vocabulary.kinds.len() as u16).map(|index| self.kind_at(index))
    }

    /// Returns one of the kinds of relation that the program knows. O(1).
    pub fn core_kind(&self, kind: Core) -> RelationKind<'_> {
        self.kind_at(self.vocabulary.core[kind])
    }

    /// Returns the name of a type of node; `None` where the vocabulary has none. O(log types).
    pub fn type_name(&self, id: &str) -> Option<&Text> {
        named(&self.vocabulary.node_types, id)
    }

    /// Returns the name of a kind of event; `None` where the vocabulary has none. O(log kinds).
    pub fn event_name(&self, id: &str) -> Option<&Text> {
        named(&self.vocabulary.event_kinds, id)
    }

    /// Returns the documents that statements cite.
    pub fn sources(&self) -> impl Iterator<Item = Source<'_>> {
        self.vocabulary.sources.iter().map(Source)
    }

    /// Returns the node with this id (`R@X` for a contextual role). O(log nodes).
    pub fn node(&self, id: &str) -> Option<Node<'_>> {
        self.flat.find(id).map(|index| self.node_at(index))
    }

    /// Returns the relation kind with this id.
    pub fn relation_kind(&self, id: &str) -> Option<RelationKind<'_>> {
        self.relation_kinds().find(|kind| kind.id() == id)
    }

    /// Returns the date of the graph; `None` for the whole atlas.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// Returns the number of nodes. Nodes are numbered from 0.
    pub fn node_count(&self) -> usize {
        self.flat.nodes()
    }

    /// Returns the node with this number.
    ///
    /// # Panics
    /// Where there is none.
    pub fn node_at(&self, index: u32) -> Node<'_> {
        assert!((index as usize) < self.flat.nodes(), "no node {index}");
        Node { graph: self, index }
    }

    fn relation_at(&self, index: u32) -> Relation<'_> {
        Relation { graph: self, index }
    }

    fn layer_of(&self, file: FileId) -> u16 {
        self.vocabulary.layers.get(file.0 as usize).copied().unwrap_or_default()
    }

    fn kind_at(&self, index: u16) -> RelationKind<'_> {
        RelationKind { graph: self, index }
    }
}

/// What an id is called, among names sorted by id.
fn named<'n>(names: &'n [(Id, Text)], id: &str) -> Option<&'n Text> {
    let at = names.binary_search_by(|(known, _)| (**known).cmp(id)).ok()?;
    Some(&names[at].1)
}
