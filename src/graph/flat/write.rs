//! Writes the flat form of a graph.

use rayon::prelude::*;
use serde::Serialize;

use super::{HEAD, NODE, NONE, RELATION, STATEMENT, Vocabulary};
use crate::graph::{NodeData, Statement};
use crate::model::{Confidence, NodeKind, Status};

/// What a graph is made of.
pub struct Parts {
    pub nodes: Vec<NodeData>,
    /// The start, the end and the statement of each relation.
    pub relations: Vec<(u32, u32, u32)>,
    pub statements: Vec<Statement>,
    pub vocabulary: Vocabulary,
}

/// Returns the flat form of these parts. O(parts).
pub fn write(parts: Parts) -> Vec<u8> {
    let Parts { nodes, relations, statements, vocabulary } = parts;
    let counts = [nodes.len(), relations.len(), statements.len()];
    let ids = sorted(&nodes);
    let kinds: Vec<u32> = nodes.iter().map(|node| node.kind as u32).collect();
    let mut ties = Vec::with_capacity(counts[1] * RELATION);
    let planned: Vec<bool> = nodes.iter().map(|node| node.record.status.is_some()).collect();
    for relation in &relations {
        relation_row(relation, &planned, &statements, &mut ties);
    }
    let mut vocabulary_bytes = Vec::new();
    add(&vocabulary, &mut vocabulary_bytes);
    // The heap, by far the longest, comes first, and grows where it stays.
    let mut bytes = vec![0; HEAD];
    let mut rows = Vec::with_capacity(counts[0] * NODE);
    for node in nodes {
        node_row(&node, &mut rows, &mut bytes);
    }
    let contexts: Vec<Option<u32>> = statements.iter().map(|said| said.context).collect();
    let mut said = Vec::with_capacity(counts[2] * STATEMENT);
    for statement in statements {
        statement_row(&statement, &mut said, &mut bytes);
    }
    let context = |tie: &(u32, u32, u32)| contexts[tie.2 as usize];
    let in_context = relations.iter().filter_map(context).count();
    let lengths = [bytes.len() - HEAD, vocabulary_bytes.len(), in_context];
    for (number, place) in counts.into_iter().chain(lengths).zip(bytes.chunks_exact_mut(8)) {
        place.copy_from_slice(&(number as u64).to_le_bytes());
    }
    bytes.append(&mut rows);
    put(&ids, &mut bytes);
    bytes.append(&mut ties);
    list(counts[0], relations.iter().map(|tie| Some(tie.0)), &mut bytes);
    list(counts[0], relations.iter().map(|tie| Some(tie.1)), &mut bytes);
    list(counts[0], relations.iter().map(context), &mut bytes);
    list(NodeKind::ALL.len(), kinds.into_iter().map(Some), &mut bytes);
    bytes.append(&mut said);
    bytes.append(&mut vocabulary_bytes);
    bytes.shrink_to_fit();
    bytes
}

fn put(numbers: &[u32], bytes: &mut Vec<u8>) {
    numbers.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
}

fn add(record: &impl Serialize, bytes: &mut Vec<u8>) {
    let taken = std::mem::take(bytes);
    *bytes = postcard::to_extend(record, taken).expect("memory takes it");
}

/// The numbers of the nodes, by their ids.
fn sorted(nodes: &[NodeData]) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..nodes.len() as u32).collect();
    numbers.par_sort_by_key(|number| &*nodes[*number as usize].record.id.value);
    numbers
}

/// Writes the numbers of some things in compressed rows, by the row of each, if it has one: where each row
/// begins, then all numbers, ascending in each.
fn list(rows: usize, of: impl Iterator<Item = Option<u32>> + Clone, bytes: &mut Vec<u8>) {
    let mut starts = vec![0_u32; rows + 1];
    of.clone().flatten().for_each(|row| starts[row as usize + 1] += 1);
    for row in 0..rows {
        starts[row + 1] += starts[row];
    }
    let mut next = starts.clone();
    let mut numbers = vec![0; starts[rows] as usize];
    for (number, row) in (0..).zip(of) {
        if let Some(row) = row {
            let place = &mut next[row as usize];
            numbers[*place as usize] = number;
            *place += 1;
        }
    }
    put(&starts, bytes);
    put(&numbers, bytes);
}

fn node_row(node: &NodeData, rows: &mut Vec<u8>, heap: &mut Vec<u8>) {
    let record = &node.record;
    rows.extend(((heap.len() - HEAD) as u64).to_le_bytes());
    let texts = [
        Some(&*record.id.value),
        record.name.ja.as_deref(),
        record.name.en.as_deref(),
        record.r#type.as_deref(),
    ];
    for text in texts {
        put(&[text.map_or(NONE, |text| text.len() as u32)], rows);
        heap.extend_from_slice(text.unwrap_or_default().as_bytes());
    }
    let start = heap.len();
    add(&(record, &node.additions), heap);
    let (role, context) = node.contextual.unwrap_or((NONE, NONE));
    let position = node.origin.position;
    put(
        &[
            (heap.len() - start) as u32,
            role,
            context,
            node.takeover.unwrap_or(NONE),
            node.origin.file.0,
            position.line,
            position.column,
        ],
        rows,
    );
    let is_planned = u8::from(record.status == Some(Status::Planned));
    let has_prose = !record.summary.is_empty()
        || !record.notes.is_empty()
        || !record.events.is_empty()
        || !record.claims.is_empty()
        || !record.indicators.is_empty();
    rows.extend([node.kind as u8, record.basis as u8, is_planned, u8::from(has_prose)]);
}

fn relation_row(
    &(from, to, statement): &(u32, u32, u32),
    planned: &[bool],
    statements: &[Statement],
    rows: &mut Vec<u8>,
) {
    let said = &statements[statement as usize];
    put(&[from, to, statement, said.context.unwrap_or(NONE)], rows);
    rows.extend(said.kind.to_le_bytes());
    let is_planned = said.status.is_some() || [from, to].iter().any(|end| planned[*end as usize]);
    rows.extend([u8::from(is_planned), 0]);
}

fn statement_row(statement: &Statement, rows: &mut Vec<u8>, heap: &mut Vec<u8>) {
    let start = heap.len();
    add(statement, heap);
    rows.extend(((start - HEAD) as u64).to_le_bytes());
    let context = statement.context.unwrap_or(NONE);
    put(&[(heap.len() - start) as u32, context, statement.origin.file.0], rows);
    rows.extend(statement.kind.to_le_bytes());
    let confidence = |it: Confidence| it as u8 + 1;
    let flags = u8::from(statement.derived)
        | (u8::from(statement.open) << 1)
        | (u8::from(statement.status == Some(Status::Planned)) << 2)
        | (u8::from(statement.note.as_ref().is_some_and(|note| !note.is_empty())) << 3)
        | (statement.confidence.map_or(0, confidence) << 4);
    rows.extend([statement.basis as u8, flags]);
}
