//! The flat form of a graph: one sequence of bytes that is read where it lies.
//!
//! Rows of fixed length stand for nodes, relations and statements; texts and whole records lie in one
//! *heap*, which rows point into. What leads from and to each node, what holds in each context and the nodes
//! of each kind are in compressed rows. So a graph in
//! the binary, in a cache or in memory is opened without being parsed, and what is not asked for is not
//! touched. Whole records are in postcard and are decoded one by one, when they are first asked for.
//!
//! Numbers are little-endian; nothing needs to be aligned. Bytes that somebody else wrote lead nowhere:
//! a number out of range is read as one within, or as nothing.

mod bytes;
mod names;
mod row;
mod shelf;
mod write;

use serde::{Deserialize, Serialize};

use super::denial::DenialData;
use super::{CoreKinds, KindData};
use crate::model::{Id, NodeKind, SourceRecord, Text};
pub use bytes::Bytes;
use bytes::{length_at, u32_at};
pub use names::{FlatName, FlatNames};
pub use row::{NodeRow, RelationRow, StatementRow};
pub use shelf::Shelf;
pub use write::{Parts, write};

/// What no node and no length is.
const NONE: u32 = u32::MAX;

/// The bytes of a row for a node, a relation, a statement.
const NODE: usize = 56;
const RELATION: usize = 20;
const STATEMENT: usize = 24;

/// What the head counts, and where each part after it begins; the last is where all ends.
#[derive(Clone, Copy, Debug)]
struct Layout {
    nodes: usize,
    relations: usize,
    statements: usize,
    /// The bytes of the heap and of the vocabulary.
    heap: usize,
    vocabulary: usize,
    /// How many relations hold in a context.
    in_context: usize,
}

/// How many bytes the head has.
const HEAD: usize = 6 * 8;

/// The parts after the head, in their order.
#[derive(Clone, Copy)]
enum Part {
    Heap,
    Nodes,
    Ids,
    Relations,
    OutStarts,
    Out,
    InStarts,
    In,
    ContextStarts,
    Contexts,
    KindStarts,
    Kinds,
    Statements,
    Vocabulary,
}

const PARTS: usize = 14;

impl Layout {
    /// Where each part begins, and where the last ends; nothing where that is beyond any memory.
    fn starts(&self) -> Option<[usize; PARTS + 1]> {
        let (nodes, relations) = (self.nodes, self.relations);
        let lengths = [
            self.heap,
            nodes.checked_mul(NODE)?,
            nodes.checked_mul(4)?,
            relations.checked_mul(RELATION)?,
            nodes.checked_add(1)?.checked_mul(4)?,
            relations.checked_mul(4)?,
            nodes.checked_add(1)?.checked_mul(4)?,
            relations.checked_mul(4)?,
            nodes.checked_add(1)?.checked_mul(4)?,
            self.in_context.checked_mul(4)?,
            (NodeKind::ALL.len() + 1) * 4,
            nodes.checked_mul(4)?,
            self.statements.checked_mul(STATEMENT)?,
            self.vocabulary,
        ];
        let mut starts = [HEAD; PARTS + 1];
        for (at, length) in lengths.into_iter().enumerate() {
            starts[at + 1] = starts[at].checked_add(length)?;
        }
        Some(starts)
    }
}

/// The small parts of a graph, which are decoded at once.
#[derive(Debug, Deserialize, Serialize)]
pub struct Vocabulary {
    pub denials: Vec<DenialData>,
    pub kinds: Vec<KindData>,
    pub sources: Vec<SourceRecord>,
    /// Where the text of each source is: no file says that.
    pub texts: Vec<Option<String>>,
    /// What types of node are called, by their ids, in their order.
    pub node_types: Vec<(Id, Text)>,
    /// What kinds of event are called, by their ids, in their order.
    pub event_kinds: Vec<(Id, Text)>,
    /// The layer of each file, by its number.
    pub layers: Vec<u16>,
    pub core: CoreKinds,
}

/// A graph in its flat form.
#[derive(Debug)]
pub struct Flat {
    bytes: Bytes,
    layout: Layout,
    starts: [usize; PARTS + 1],
    /// How many kinds of relation there are.
    kinds: u16,
}

impl Flat {
    /// Opens a graph. O(vocabulary).
    ///
    /// # Errors
    /// Nothing where the bytes are of none.
    pub fn open(bytes: Bytes) -> Option<(Flat, Vocabulary)> {
        let layout = Layout {
            nodes: length_at(&bytes, 0),
            relations: length_at(&bytes, 8),
            statements: length_at(&bytes, 16),
            heap: length_at(&bytes, 24),
            vocabulary: length_at(&bytes, 32),
            in_context: length_at(&bytes, 40),
        };
        let starts = layout.starts()?;
        let counts = [layout.nodes, layout.relations, layout.statements, layout.in_context];
        let is_counted = counts.into_iter().all(|count| u32::try_from(count).is_ok());
        let is_led_to = layout.relations == 0 || (layout.nodes > 0 && layout.statements > 0);
        if starts[PARTS] != bytes.len() || !is_counted || !is_led_to {
            return None;
        }
        let mut flat = Flat { bytes, layout, starts, kinds: 0 };
        let mut vocabulary: Vocabulary = postcard::from_bytes(flat.part(Part::Vocabulary)).ok()?;
        flat.kinds = u16::try_from(vocabulary.kinds.len()).ok()?;
        if !flat.is_sound(&vocabulary) {
            return None;
        }
        let texts = std::mem::take(&mut vocabulary.texts);
        for (source, text) in vocabulary.sources.iter_mut().zip(texts) {
            source.text_path = text;
        }
        Some((flat, vocabulary))
    }

    fn is_sound(&self, vocabulary: &Vocabulary) -> bool {
        vocabulary.texts.len() == vocabulary.sources.len()
            && vocabulary.core.0.iter().all(|kind| *kind < self.kinds)
            && vocabulary.denials.iter().all(|it| {
                (it.node as usize) < self.layout.nodes
                    && (it.statement as usize) < self.layout.statements
            })
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn part(&self, part: Part) -> &[u8] {
        let part = part as usize;
        &self.bytes[self.starts[part]..self.starts[part + 1]]
    }

    /// A row of fixed length; empty beyond the last.
    fn row(&self, part: Part, number: u32, length: usize) -> &[u8] {
        let at = number as usize * length;
        self.part(part).get(at..at + length).unwrap_or_default()
    }

    /// Returns the number of nodes.
    pub fn nodes(&self) -> usize {
        self.layout.nodes
    }

    /// Returns the number of relations.
    pub fn relations(&self) -> usize {
        self.layout.relations
    }

    /// Returns the number of statements.
    pub fn statements(&self) -> usize {
        self.layout.statements
    }

    /// Returns the row of a node. O(1).
    pub fn node(&self, number: u32) -> NodeRow<'_> {
        NodeRow { row: self.row(Part::Nodes, number, NODE), flat: self }
    }

    /// Returns the row of a statement. O(1).
    pub fn statement(&self, number: u32) -> StatementRow<'_> {
        StatementRow { row: self.row(Part::Statements, number, STATEMENT), flat: self }
    }

    /// Returns the row of a relation. O(1).
    pub fn relation(&self, number: u32) -> RelationRow<'_> {
        RelationRow { row: self.row(Part::Relations, number, RELATION), flat: self }
    }

    /// Returns whether a number is that of a node.
    fn is_node(&self, number: u32) -> bool {
        (number as usize) < self.layout.nodes
    }

    /// Returns the number of a kind of relation.
    fn kind(&self, number: u16) -> u16 {
        number.min(self.kinds.saturating_sub(1))
    }

    /// Returns the numbers of the relations from a node, ascending. O(1) to begin with.
    pub fn outgoing(&self, node: u32) -> impl Iterator<Item = u32> {
        self.listed(Part::OutStarts, Part::Out, node).map(|it| self.tie(it))
    }

    /// Returns the numbers of the relations to a node, ascending. O(1) to begin with.
    pub fn incoming(&self, node: u32) -> impl Iterator<Item = u32> {
        self.listed(Part::InStarts, Part::In, node).map(|it| self.tie(it))
    }

    /// Returns the numbers of the relations that hold in a context, ascending. O(1) to begin with.
    pub fn holding(&self, context: u32) -> impl Iterator<Item = u32> {
        self.listed(Part::ContextStarts, Part::Contexts, context).map(|it| self.tie(it))
    }

    /// Returns the numbers of the nodes of a kind, ascending. O(1) to begin with.
    pub fn of_kind(&self, kind: NodeKind) -> impl Iterator<Item = u32> {
        let last = (self.layout.nodes as u32).saturating_sub(1);
        self.listed(Part::KindStarts, Part::Kinds, kind as u32).map(move |node| node.min(last))
    }

    /// The numbers in one of the compressed rows.
    fn listed(&self, starts: Part, all: Part, row: u32) -> impl Iterator<Item = u32> {
        let starts = self.part(starts);
        let at = |row: usize| 4 * u32_at(starts, 4 * row) as usize;
        let numbers = self.part(all).get(at(row as usize)..at(row as usize + 1));
        numbers.unwrap_or_default().chunks_exact(4).map(|number| u32_at(number, 0))
    }

    /// The number of a relation.
    fn tie(&self, number: u32) -> u32 {
        number.min((self.layout.relations as u32).saturating_sub(1))
    }

    /// Returns the node with this id. O(log nodes).
    pub fn find(&self, id: &str) -> Option<u32> {
        let ids = self.part(Part::Ids);
        let (mut low, mut high) = (0, self.layout.nodes);
        while low < high {
            let middle = low + (high - low) / 2;
            let number = u32_at(ids, 4 * middle);
            match self.node(number).id().cmp(id) {
                std::cmp::Ordering::Equal => return Some(number),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}
