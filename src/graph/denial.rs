//! Statements that there is none: a relation of which a source leaves one end empty.

use std::fmt;

use super::statement::tell_statement;
use super::{Graph, Node, Statement};

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

    /// The end that is there.
    pub fn node(self) -> Node<'g> {
        self.graph.node_at(self.data().node)
    }

    /// Whether nothing starts such a relation to the node; else the node starts none.
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
