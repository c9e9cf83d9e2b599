//! Rows of fixed length: what is read of a node, a relation and a statement without its record.

use super::bytes::{length_at, text_at, u32_at};
use super::{Flat, NONE, Part};
use crate::model::{Basis, Confidence, NodeKind, Status};
use crate::origin::{FileId, Origin, Position};

/// What is read of a node without its record.
#[derive(Clone, Copy)]
pub struct NodeRow<'f> {
    pub(super) row: &'f [u8],
    pub(super) flat: &'f Flat,
}

/// The texts of a node in the heap, one after another; its record is behind them.
#[derive(Clone, Copy)]
enum NodeText {
    Id,
    Ja,
    En,
    Type,
}

impl<'f> NodeRow<'f> {
    /// The length of a text; nothing where there is no such text.
    fn length(self, text: usize) -> Option<usize> {
        let length = u32_at(self.row, 8 + 4 * text);
        (length != NONE).then_some(length as usize)
    }

    /// Where the texts before the one with this number end.
    fn start(self, text: usize) -> usize {
        let before = (0..text).filter_map(|text| self.length(text));
        before.fold(length_at(self.row, 0), usize::saturating_add)
    }

    fn text(self, text: NodeText) -> Option<&'f str> {
        let length = self.length(text as usize)?;
        Some(text_at(self.flat.part(Part::Heap), self.start(text as usize), length))
    }

    /// Returns the id.
    pub fn id(self) -> &'f str {
        self.text(NodeText::Id).unwrap_or_default()
    }

    /// Returns the names in Japanese and in English.
    pub fn names(self) -> [Option<&'f str>; 2] {
        [self.text(NodeText::Ja), self.text(NodeText::En)]
    }

    /// Returns the type.
    pub fn r#type(self) -> Option<&'f str> {
        self.text(NodeText::Type)
    }

    /// Returns the record in postcard.
    pub fn record(self) -> &'f [u8] {
        let start = self.start(4);
        let end = start.saturating_add(u32_at(self.row, 24) as usize);
        self.flat.part(Part::Heap).get(start..end).unwrap_or_default()
    }

    /// A number that leads to a node.
    fn other(self, at: usize) -> Option<u32> {
        let number = u32_at(self.row, at);
        self.flat.is_node(number).then_some(number)
    }

    /// Returns, for a contextual role, the role and the context.
    pub fn contextual(self) -> Option<(u32, u32)> {
        self.other(28).zip(self.other(32))
    }

    /// Returns which of its events may have ended it by the date of the graph.
    pub fn takeover(self) -> Option<u32> {
        Some(u32_at(self.row, 36)).filter(|number| *number != NONE)
    }

    /// Returns where its record is written.
    pub fn origin(self) -> Origin {
        let [file, line, column] = [40, 44, 48].map(|at| u32_at(self.row, at));
        Origin { file: FileId(file), position: Position { line, column } }
    }

    /// Returns the kind of node.
    pub fn kind(self) -> NodeKind {
        one_of(&NodeKind::ALL, self.row, 52)
    }

    /// Returns the basis.
    pub fn basis(self) -> Basis {
        one_of(&Basis::ALL, self.row, 53)
    }

    /// Returns whether more is told of it in sentences than its names.
    pub fn has_prose(self) -> bool {
        self.row.get(55) == Some(&1)
    }

    /// Returns whether it is there yet.
    pub fn status(self) -> Option<Status> {
        (self.row.get(54) == Some(&1)).then_some(Status::Planned)
    }
}

/// What is read of a relation without its statement: its ends, and what decides whether a route may take it.
#[derive(Clone, Copy)]
pub struct RelationRow<'f> {
    pub(super) row: &'f [u8],
    pub(super) flat: &'f Flat,
}

impl RelationRow<'_> {
    fn within(self, at: usize, count: usize) -> u32 {
        u32_at(self.row, at).min((count as u32).saturating_sub(1))
    }

    /// Returns the node at which it starts.
    pub fn from(self) -> u32 {
        self.within(0, self.flat.layout.nodes)
    }

    /// Returns the node at which it ends.
    pub fn to(self) -> u32 {
        self.within(4, self.flat.layout.nodes)
    }

    /// Returns the number of its statement.
    pub fn statement(self) -> u32 {
        self.within(8, self.flat.layout.statements)
    }

    /// Returns the context.
    pub fn context(self) -> Option<u32> {
        Some(u32_at(self.row, 12)).filter(|node| self.flat.is_node(*node))
    }

    /// Returns the number of its kind.
    pub fn kind(self) -> u16 {
        self.flat.kind(u32_at(self.row, 16) as u16)
    }

    /// Returns whether it is only announced, or one of its ends is.
    pub fn is_planned(self) -> bool {
        self.row.get(18) == Some(&1)
    }
}

/// What is read of a statement without all that it says.
#[derive(Clone, Copy)]
pub struct StatementRow<'f> {
    pub(super) row: &'f [u8],
    pub(super) flat: &'f Flat,
}

impl<'f> StatementRow<'f> {
    /// Returns the statement in postcard.
    pub fn record(self) -> &'f [u8] {
        let start = length_at(self.row, 0);
        let end = start.saturating_add(u32_at(self.row, 8) as usize);
        self.flat.part(Part::Heap).get(start..end).unwrap_or_default()
    }

    /// Returns the number of the kind of relation.
    pub fn kind(self) -> u16 {
        self.flat.kind(u32_at(self.row, 20) as u16)
    }

    /// Returns the context.
    pub fn context(self) -> Option<u32> {
        Some(u32_at(self.row, 12)).filter(|node| self.flat.is_node(*node))
    }

    /// Returns the file that it is written in.
    pub fn file(self) -> FileId {
        FileId(u32_at(self.row, 16))
    }

    /// Returns the basis.
    pub fn basis(self) -> Basis {
        one_of(&Basis::ALL, self.row, 22)
    }

    fn flags(self) -> u8 {
        self.row.get(23).copied().unwrap_or_default()
    }

    /// Returns whether it follows from others and stands in no file.
    pub fn is_derived(self) -> bool {
        self.flags() & 1 != 0
    }

    /// Returns whether its source leaves the list that it stands in open.
    pub fn is_open(self) -> bool {
        self.flags() & 2 != 0
    }

    /// Returns whether it is there yet.
    pub fn status(self) -> Option<Status> {
        (self.flags() & 4 != 0).then_some(Status::Planned)
    }

    /// Returns whether there is a remark on it.
    pub fn has_note(self) -> bool {
        self.flags() & 8 != 0
    }

    /// Returns the confidence of an inference.
    pub fn confidence(self) -> Option<Confidence> {
        let number = usize::from(self.flags() >> 4);
        number.checked_sub(1).and_then(|number| Confidence::ALL.get(number)).copied()
    }
}

/// The one of `all` whose number is at a place; the first where none has it.
fn one_of<T: Copy>(all: &[T], row: &[u8], at: usize) -> T {
    let number = row.get(at).copied().unwrap_or_default();
    all.get(usize::from(number)).copied().unwrap_or(all[0])
}
