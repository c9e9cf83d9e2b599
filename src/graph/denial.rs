//! Denials: statements that a node has no relation of a kind, such as "nobody plays this role". A
//! file writes one as a relation with an empty list at one end.

use std::fmt;

use super::statement::tell_statement;
use serde::{Deserialize, Serialize};

use super::flat::StatementRow;
use super::{Graph, Node, Statement};

/// A denial, without what all nodes of its record share.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(super) struct DenialData {
    /// The index of its statement.
    pub(super) statement: u32,
    /// The node at the end that is not empty.
    pub(super) node: u32,
    /// Whether `from` is the empty end; else `to` is.
    pub(super) lacks_from: bool,
}

/// A handle to a denial: a statement that a node has no relation of a kind, such as "nobody plays
/// this role".
///
/// A node without relations and without a denial is merely unknown; a denial has a source that says
/// there is none.
#[derive(Clone, Copy)]
pub struct Denial<'g> {
    pub(super) graph: &'g Graph,
    pub(super) index: u32,
}

impl<'g> Denial<'g> {
    fn data(self) -> &'g DenialData {
        &self.graph.vocabulary.denials[self.index as usize]
    }

    fn statement(self) -> &'g Statement {
        self.graph.statement_at(self.data().statement)
    }

    fn said(self) -> StatementRow<'g> {
        self.graph.flat.statement(self.data().statement)
    }

    fn row(self) -> StatementRow<'g> {
        self.said()
    }

    /// Returns the node at the end that is not empty.
    pub fn node(self) -> Node<'g> {
        self.graph.node_at(self.data().node)
    }

    /// Returns whether `from` is the empty end: no node has such a relation to this one. Otherwise
    /// this node has such a relation to no other.
    pub fn lacks_from(self) -> bool {
        self.data().lacks_from
    }
}

tell_statement!(Denial);

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
