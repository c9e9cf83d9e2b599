//! The documents that imported records cite.

use std::collections::BTreeSet;

use super::{Finding, Known, Tally, at};
use crate::model::{Citation, NodeKind, NodeRecord, RelationRecord, SourceRecord};
use crate::origin::At;

/// What a record and its parts cite.
fn citations(record: &NodeRecord) -> impl Iterator<Item = &At<Citation>> {
    let of_parts = record.notes.iter().flat_map(|it| &it.sources);
    let of_parts = of_parts.chain(record.indicators.iter().flat_map(|it| &it.sources));
    let of_parts = of_parts.chain(record.claims.iter().flat_map(|it| &it.sources));
    let of_parts = of_parts.chain(record.events.iter().flat_map(|it| &it.sources));
    record.sources.iter().chain(of_parts)
}

/// Returns the records of all sources: those that are described, and those that are only cited.
pub fn sources(
    nodes: &[(NodeKind, NodeRecord)],
    relations: &[RelationRecord],
    described: Vec<SourceRecord>,
    known: Option<&Known>,
    tally: &mut Tally,
) -> Vec<SourceRecord> {
    let is_known = |id: &str| known.is_some_and(|known| known.sources.contains(id));
    let mut sources: Vec<SourceRecord> =
        described.into_iter().filter(|it| !is_known(&it.id)).collect();
    let mut cited = BTreeSet::new();
    for (_, record) in nodes {
        cited.extend(citations(record).map(|citation| citation.source().to_owned()));
    }
    cited.extend(relations.iter().flat_map(|it| &it.sources).map(|it| it.source().to_owned()));
    for id in cited {
        if !is_known(&id) && !sources.iter().any(|it| *it.id == id) {
            tally.add(Finding::UnknownSource, || id.clone());
            sources.push(SourceRecord { id: at(id), ..SourceRecord::default() });
        }
    }
    sources
}
