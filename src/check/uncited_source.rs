//! `uncited-source`: a source that nothing cites.

use std::collections::HashSet;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Citation, NodeRecord};
use crate::origin::At;

pub static RULE: Rule = Rule { code: Code::UncitedSource, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut cited: HashSet<&str> = HashSet::new();
    for node in subject.nodes() {
        let added = node.additions().flat_map(|it| &it.sources);
        let all = citations(node.record()).chain(added);
        cited.extend(all.map(|citation| citation.source()));
    }
    // Pairs of one record share their citations.
    for relation in subject.statements() {
        cited.extend(relation.documents());
    }
    for denial in subject.denials() {
        cited.extend(denial.documents());
    }
    subject
        .graph
        .sources()
        .filter(|source| !cited.contains(source.id()))
        .map(|source| {
            let id = source.id();
            subject
                .warn_of_source(
                    Code::UncitedSource,
                    id,
                    format!("nothing cites the source `{id}`"),
                    format!("出典 `{id}` はどこにも引かれていません"),
                )
                .hint(
                    "cite it where it says something, or remove it",
                    "基づく記述の `sources` に書くか、消してください",
                )
        })
        .collect()
}

/// Every citation on a record, and on what hangs on it.
fn citations(record: &NodeRecord) -> impl Iterator<Item = &At<Citation>> {
    let events = record.events.iter().flat_map(|event| &event.sources);
    let indicators = record.indicators.iter().flat_map(|indicator| &indicator.sources);
    let claims = record.claims.iter().flat_map(|claim| &claim.sources);
    let notes = record.notes.iter().flat_map(|note| &note.sources);
    record.sources.iter().chain(events).chain(indicators).chain(claims).chain(notes)
}
