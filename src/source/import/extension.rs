//! Reduces an imported record to what the atlas does not say yet.

use serde::Serialize;

use super::{Finding, Known, KnownNode, Tally};
use crate::model::{Core, Event, NodeRecord, RelationRecord, Text};

/// Keeps in a record only what the atlas does not say of the node; contradictions are counted in
/// `tally` and dropped.
pub fn keep_new(ours: &mut NodeRecord, node: KnownNode, known: &Known, tally: &mut Tally) {
    let (id, theirs) = (ours.id.value.clone(), node.record);
    keep_new_names(ours, theirs);
    let mut differs = |field: &str, ours: &str, theirs: &str| {
        if ours.trim_end_matches('/') != theirs.trim_end_matches('/') {
            tally.add(Finding::Differing, || format!("{id}: {field} {ours}, not {theirs}"));
        }
    };
    for (field, ours, theirs) in [
        ("type", &mut ours.r#type, &theirs.r#type),
        ("website", &mut ours.website, &theirs.website),
    ] {
        if let (Some(value), Some(theirs)) = (&ours, theirs) {
            differs(field, value, theirs);
            *ours = None;
        }
    }
    for (field, ours, theirs) in
        [("since", &mut ours.since, theirs.since), ("until", &mut ours.until, theirs.until)]
    {
        if let (Some(value), Some(theirs)) = (&ours, theirs) {
            differs(field, &value.to_string(), &theirs.to_string());
            *ours = None;
        }
    }
    ours.identifiers.retain(|registry, value| match theirs.identifiers.get(registry) {
        Some(theirs) => {
            if registry != "ror" {
                differs(registry, value, theirs);
            }
            false
        }
        None => true,
    });
    if node.region.is_some() {
        ours.region = None;
    }
    if theirs.location.is_some() {
        ours.location = None;
    }
    let is_new = |kind: Core, to: &str| !known.relations.contains(&(kind.id(), &*id, to));
    ours.part_of.0.retain(|parent| is_new(Core::PartOf, parent));
    ours.within.0.retain(|region| is_new(Core::Within, region));
    ours.events.retain(|event| !theirs.events.iter().any(|it| is_same(it, event)));
    ours.indicators.retain(|it| !says(&theirs.indicators, it));
    ours.claims.retain(|it| !says(&theirs.claims, it));
    ours.notes.retain(|it| !says(&theirs.notes, it));
}

/// Whether one of the records is written alike.
fn says<T: Serialize>(records: &[T], record: &T) -> bool {
    let written = |it: &T| serde_json::to_value(it).ok();
    records.iter().any(|it| written(it) == written(record))
}

fn is_same(one: &Event, other: &Event) -> bool {
    let party = |event: &Event| event.other.as_ref().map(|it| it.value.clone());
    one.kind == other.kind && party(one) == party(other)
}

/// A name in a language that the atlas has already becomes an alias.
fn keep_new_names(ours: &mut NodeRecord, theirs: &NodeRecord) {
    let Text { ja, en } = &mut ours.name;
    let mut aliases = Vec::new();
    if theirs.name.ja.is_some() {
        aliases.extend(ja.take());
    }
    if theirs.name.en.is_some() {
        aliases.extend(en.take());
    }
    aliases.append(&mut ours.aliases);
    let is_known = |name: &str| {
        theirs.name.both().chain(theirs.aliases.iter().map(|it| &**it)).any(|it| it == name)
    };
    aliases.retain(|name| !is_known(name));
    ours.aliases = aliases;
    if theirs.summary.ja.is_some() {
        ours.summary.ja = None;
    }
    if theirs.summary.en.is_some() {
        ours.summary.en = None;
    }
}

/// Returns whether the atlas lacks a relation.
pub fn is_new(relation: &RelationRecord, known: &Known) -> bool {
    let is_known = |from: &str, to: &str| known.relations.contains(&(&*relation.kind, from, to));
    !relation.from.0.iter().all(|from| relation.to.0.iter().all(|to| is_known(from, to)))
}

/// Returns whether a record says nothing but that its source knows the node.
pub fn is_bare(it: &NodeRecord) -> bool {
    it.name.is_empty()
        && it.r#type.is_none()
        && it.aliases.is_empty()
        && it.summary.is_empty()
        && it.website.is_none()
        && it.identifiers.is_empty()
        && it.since.is_none()
        && it.until.is_none()
        && it.notes.is_empty()
        && it.indicators.is_empty()
        && it.claims.is_empty()
        && it.region.is_none()
        && it.location.is_none()
        && it.within.0.is_empty()
        && it.part_of.0.is_empty()
        && it.events.is_empty()
}
