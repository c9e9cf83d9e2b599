//! Handles to relations, their kinds and the sources that they cite.

use std::cmp::Ordering;
use std::fmt;

use super::flat::{RelationRow, StatementRow};
use super::statement::tell_statement;
use super::{Graph, KindData, Node, Statement};
use crate::lang::Lang;
use crate::model::{Class, Core, NodeKind, SourceRecord, Text, Traverse};

/// Which way a relation is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From `from` to `to`.
    Forward,
    /// From `to` to `from`, by the inverse name.
    Backward,
}

/// A handle to a relation between two nodes.
#[derive(Clone, Copy)]
pub struct Relation<'g> {
    pub(super) graph: &'g Graph,
    pub(super) index: u32,
}

impl<'g> Relation<'g> {
    fn row(self) -> RelationRow<'g> {
        self.graph.flat.relation(self.index)
    }

    pub(super) fn statement(self) -> &'g Statement {
        self.graph.statement_at(self.row().statement())
    }

    fn said(self) -> StatementRow<'g> {
        self.graph.flat.statement(self.row().statement())
    }

    /// Returns the number of the relation, in the order of [`Graph::relations`].
    pub fn index(self) -> u32 {
        self.index
    }

    /// Returns the node at which the relation starts.
    pub fn from(self) -> Node<'g> {
        self.graph.node_at(self.row().from())
    }

    /// Returns the node at which the relation ends.
    pub fn to(self) -> Node<'g> {
        self.graph.node_at(self.row().to())
    }

    /// Returns whether the relation is derived: it follows from other statements and stands in no
    /// file.
    pub fn is_derived(self) -> bool {
        self.said().is_derived()
    }

    /// Returns whether it is only announced, or one of its ends is.
    pub fn is_planned(self) -> bool {
        self.row().is_planned()
    }

    /// Returns, where a contextual role R@X inherits the relation, the role R that has it in a
    /// file.
    pub fn inherited_from(self) -> Option<Node<'g>> {
        self.from().generic().filter(|_| self.is_derived() && self.is(Core::ActsIn))
    }
}

tell_statement!(Relation);

impl PartialEq for Relation<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for Relation<'_> {}

/// Relations of one graph compare by the order of the atlas.
impl Ord for Relation<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let graphs = || std::ptr::from_ref(self.graph).cmp(&std::ptr::from_ref(other.graph));
        self.index.cmp(&other.index).then_with(graphs)
    }
}

impl PartialOrd for Relation<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
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
        &self.graph.vocabulary.kinds[self.index as usize]
    }

    /// Returns its id.
    pub fn id(self) -> &'g str {
        &self.data().id
    }

    /// Returns the position of the kind in the vocabulary.
    pub fn index(self) -> u16 {
        self.index
    }

    /// Returns the name of the kind, as read from `from` to `to`.
    pub fn name(self) -> &'g Text {
        &self.data().name
    }

    /// Returns the name of the kind, as read from `to` to `from`.
    pub fn inverse(self) -> &'g Text {
        &self.data().inverse
    }

    /// Returns whether it is this kind of relation, one that the program knows. O(1).
    pub fn is(self, kind: Core) -> bool {
        self.graph.vocabulary.core[kind] == self.index
    }

    /// Returns the short label of the kind in `lang`: a noun or two, for tables; the name where it
    /// has none.
    pub fn short(self, lang: Lang) -> &'g str {
        self.short_text().in_lang(lang).unwrap_or(self.id())
    }

    /// Returns the short label in both languages; the name where it has none.
    pub fn short_text(self) -> &'g Text {
        let data = self.data();
        if data.short.is_empty() { &data.name } else { &data.short }
    }

    /// Returns the class of the kind, as the vocabulary gives it or else by [`Class::by_default`].
    pub fn class(self) -> Class {
        let KindData { class, from, to, traverse, .. } = self.data();
        class.unwrap_or_else(|| Class::by_default(from, to, *traverse))
    }

    /// Returns the name of the kind as read in `direction`.
    pub fn label(self, direction: Direction, lang: Lang) -> &'g str {
        let text = match direction {
            Direction::Forward => self.name(),
            Direction::Backward => self.inverse(),
        };
        text.in_lang(lang).unwrap_or(self.id())
    }

    /// Returns the kinds of node at which the relation may start; any kind where empty.
    pub fn from(self) -> &'g [NodeKind] {
        &self.data().from
    }

    /// Returns the kinds of node at which the relation may end; any kind where empty.
    pub fn to(self) -> &'g [NodeKind] {
        &self.data().to
    }

    /// Returns whether the kind is symmetric: its inverse has the same name.
    pub fn is_symmetric(self) -> bool {
        !self.name().is_empty() && self.name() == self.inverse() && self.from() == self.to()
    }

    /// Returns in which directions a route may use relations of this kind.
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
    /// Returns its id.
    pub fn id(self) -> &'g str {
        &self.0.id.value
    }

    /// Returns the record of the source.
    pub fn record(self) -> &'g SourceRecord {
        self.0
    }
}
