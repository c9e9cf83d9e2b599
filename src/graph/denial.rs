//! Statements that there is none: a relation of which a source leaves one end empty.

use std::fmt;

use super::{Graph, Node, RelationKind, Statement};
use crate::model::{Basis, Confidence, Date, Text};
use crate::origin::Origin;

/// What a denial says, beside what all ends of its record share.
#[derive(Clone, Copy, Debug)]
pub(super) struct DenialData {
    /// The index of its statement.
    pub(super) statement: u32,
    /// The end that is there.
    pub(super) node: u32,
    /// Whether nothing starts; else nothing is led to.
    pub(super) lacks_from: bool,
}

/// A handle to a statement that there is none: nobody plays a role, nobody acts in a stage.
///
/// Unlike an atlas that is silent, a denial has a source that says so.
#[derive(Clone, Copy)]
pub struct Denial<'g> {
    pub(super) graph: &'g Graph,
    pub(super) index: u32,
}

impl<'g> Denial<'g> {
    fn data(self) -> &'g DenialData {
        &self.graph.denials[self.index as usize]
    }

    fn statement(self) -> &'g Statement {
        &self.graph.statements[self.data().statement as usize]
    }

    /// What sort of relation there is none of.
    pub fn kind(self) -> RelationKind<'g> {
        self.graph.kind_at(self.statement().kind)
    }

    /// The end that is there.
    pub fn node(self) -> Node<'g> {
        self.graph.node_at(self.data().node)
    }

    /// Whether nothing starts such a relation to the node; else the node starts none.
    pub fn lacks_from(self) -> bool {
        self.data().lacks_from
    }

    /// The region or program in which there is none; anywhere where absent.
    pub fn context(self) -> Option<Node<'g>> {
        self.statement().context.map(|context| self.graph.node_at(context))
    }

    /// Since when there is none.
    pub fn since(self) -> Option<Date> {
        self.statement().since
    }

    /// Until when there was none.
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

    /// Where it was written.
    pub fn origin(self) -> Origin {
        self.statement().origin
    }

    /// The layer that it stands in, counted from 0 in the order of `--data`.
    pub fn layer(self) -> u16 {
        self.graph.layer_of(self.origin())
    }
}

impl PartialEq for Denial<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl fmt::Debug for Denial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let kind = self.kind().id();
        match self.lacks_from() {
            true => write!(f, "nobody {kind} {:?}", self.node()),
            false => write!(f, "{:?} {kind} nothing", self.node()),
        }
    }
}
