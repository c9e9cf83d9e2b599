//! Relations, their kinds and the sources they cite, as the rest of the program sees them.

use std::fmt;

use petgraph::graph::EdgeIndex;

use super::{Graph, KindData, Node, Statement};
use crate::lang::Lang;
use crate::model::{Basis, Confidence, Date, NodeKind, SourceRecord, Text, Traverse};
use crate::origin::Origin;

/// Which way a relation is read.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// As it is written.
    Forward,
    /// Against it, by its inverse name.
    Backward,
}

/// A handle to a relation between two nodes.
#[derive(Clone, Copy)]
pub struct Relation<'g> {
    pub(super) graph: &'g Graph,
    pub(super) index: u32,
}

impl<'g> Relation<'g> {
    fn edge(self) -> EdgeIndex<u32> {
        EdgeIndex::new(self.index as usize)
    }

    fn statement(self) -> &'g Statement {
        let statement = self.graph.topology[self.edge()];
        &self.graph.statements[statement as usize]
    }

    /// The number of the relation, in the order of [`Graph::relations`].
    pub fn index(self) -> u32 {
        self.index
    }

    fn ends(self) -> (u32, u32) {
        let (from, to) = self.graph.topology.edge_endpoints(self.edge()).expect("edges have ends");
        (from.index() as u32, to.index() as u32)
    }

    /// What it starts from.
    pub fn from(self) -> Node<'g> {
        self.graph.node_at(self.ends().0)
    }

    /// What it leads to.
    pub fn to(self) -> Node<'g> {
        self.graph.node_at(self.ends().1)
    }

    /// What sort of relation it is.
    pub fn kind(self) -> RelationKind<'g> {
        self.graph.kind_at(self.statement().kind)
    }

    /// The region or program that it holds in.
    pub fn context(self) -> Option<Node<'g>> {
        self.statement().context.map(|context| self.graph.node_at(context))
    }

    /// When it began.
    pub fn since(self) -> Option<Date> {
        self.statement().since
    }

    /// When it ended.
    pub fn until(self) -> Option<Date> {
        self.statement().until
    }

    /// Where the statement stands.
    pub fn basis(self) -> Basis {
        self.statement().basis
    }

    /// How sure an inference is.
    pub fn confidence(self) -> Option<Confidence> {
        self.statement().confidence
    }

    /// A remark.
    pub fn note(self) -> &'g Text {
        &self.statement().note
    }

    /// What says so, as citations `source` or `source:locator`.
    pub fn sources(self) -> impl Iterator<Item = &'g str> {
        self.statement().sources.iter().map(|citation| &*citation.value.0)
    }

    /// The ids of the documents that say so.
    pub fn documents(self) -> impl Iterator<Item = &'g str> {
        self.statement().sources.iter().map(|citation| citation.value.source())
    }

    /// Where it was written: its kind, or the record whose field it stands for.
    pub fn origin(self) -> Origin {
        self.statement().origin
    }

    /// The layer that it stands in, counted from 0 in the order of `--data`.
    pub fn layer(self) -> u16 {
        self.graph.layer_of(self.origin())
    }

    /// Whether it follows from other statements and stands in no file.
    pub fn is_derived(self) -> bool {
        self.statement().derived
    }
}

impl fmt::Debug for Relation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:?} {} {:?}", self.from(), self.kind().id(), self.to())
    }
}

/// A handle to a kind of relation.
#[derive(Clone, Copy)]
pub struct RelationKind<'g> {
    pub(super) graph: &'g Graph,
    pub(super) index: u16,
}

impl<'g> RelationKind<'g> {
    fn data(self) -> &'g KindData {
        &self.graph.kinds[self.index as usize]
    }

    /// Its id.
    pub fn id(self) -> &'g str {
        &self.data().id
    }

    /// Its place in the vocabulary.
    pub fn index(self) -> u16 {
        self.index
    }

    /// What it is called when read forwards.
    pub fn name(self) -> &'g Text {
        &self.data().name
    }

    /// What it is called when read backwards.
    pub fn inverse(self) -> &'g Text {
        &self.data().inverse
    }

    /// What it is called when read in `direction`.
    pub fn label(self, direction: Direction, lang: Lang) -> &'g str {
        let text = match direction {
            Direction::Forward => self.name(),
            Direction::Backward => self.inverse(),
        };
        text.in_lang(lang).unwrap_or(self.id())
    }

    /// The kinds of node it may start from; any where empty.
    pub fn from(self) -> &'g [NodeKind] {
        &self.data().from
    }

    /// The kinds of node it may lead to; any where empty.
    pub fn to(self) -> &'g [NodeKind] {
        &self.data().to
    }

    /// How a route may use it.
    pub fn traverse(self) -> Traverse {
        self.data().traverse
    }
}

impl PartialEq for RelationKind<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl fmt::Debug for RelationKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A handle to a document that statements cite.
#[derive(Clone, Copy, Debug)]
pub struct Source<'g>(pub(super) &'g SourceRecord);

impl<'g> Source<'g> {
    /// Its id.
    pub fn id(self) -> &'g str {
        &self.0.id.value
    }

    /// All that its record says.
    pub fn record(self) -> &'g SourceRecord {
        self.0
    }
}
