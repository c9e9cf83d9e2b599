//! The Research Organization Registry (ROR, CC0) into an atlas.
//!
//! | in the registry | in the atlas |
//! |---|---|
//! | display name and labels in `ja`, `en` | `name`; a display name in another language, or in none, is the English one where there is no other, as it is what the registry shows to everyone |
//! | other labels, aliases, acronyms | `aliases` |
//! | `education` | `university` |
//! | `healthcare` | `hospital` |
//! | `facility` | `research-institute` |
//! | `company`, `government`, `nonprofit`, `archive`, `funder`, `other` | the same; of several types the first in the order of this table: `funder` and `other` only say something where nothing else does |
//! | location | `region`: country, subdivision (ISO 3166), city (GeoNames); further ones are `located-in` |
//! | `established` | `since` |
//! | `inactive` | an event `ended` without a date |
//! | `withdrawn` | a note |
//! | website, Wikipedia, external ids | `website`, `identifiers` |
//! | parent, child | `part_of` of the child; a relation of its own where only the parent says so |
//! | related | `related-to`, once for both ends; never part of a route, as it says next to nothing |
//! | successor, predecessor | an event `succeeded` of the earlier one, from which the graph derives `succeeds` |
//!
//! Every statement cites `ror:` with the last part of the ROR id of the record that makes it. Ids
//! are made from the English name; where several records share one, all of theirs end in the last
//! part of their ROR ids, whatever the order of the file.

mod convert;
mod layout;
mod links;
mod places;
mod reading;
mod record;

use std::collections::HashMap;

use crate::model::{Citation, NodeKind};
use crate::origin::At;

use super::import::{
    Finding, Ids, Imported, Input, Known, KnownNode, Proposal, Refusal, Tally, at, is_new,
    keep_new, slug,
};
use places::Places;
use record::Record;

/// Imports the records of ROR files.
///
/// `taken` are ids that the result must not use. With `known`, records that the atlas holds already
/// (by `identifiers.ror`) keep its ids and say only what it lacks; records that bear the name of a
/// node without such an identifier are proposed. Linear in the size of the files, but for sorting.
///
/// # Errors
/// Where nothing can be read.
pub fn import(
    inputs: &[Input],
    known: Option<&Known>,
    mut taken: Ids,
) -> Result<Imported, Refusal> {
    let mut tally = Tally::default();
    let mut records = reading::records(inputs, &mut tally)?;
    records.sort_by(|a, b| a.suffix.cmp(&b.suffix));
    let mut places = Places::gather(&records, known, &mut taken, &mut tally);
    let ids = ids(&records, known, &mut taken, &mut tally);
    let mut proposals = std::mem::take(&mut places.proposals);
    proposals.extend(known.iter().flat_map(|known| propose(&records, &ids, known)));
    let links = links::gather(&records, &ids, known, &mut tally);
    let mut entries = Vec::with_capacity(records.len());
    for record in &records {
        entries.push(convert::entry(record, &ids, &places, &mut tally));
    }
    links.tell(&mut entries, &ids);
    if let Some(known) = known {
        for (entry, record) in entries.iter_mut().zip(&records) {
            if let Some(node) = tied(known, &record.suffix) {
                keep_new(&mut entry.record, node, known, &mut tally);
                entry.relations.retain(|relation| is_new(relation, known));
            }
        }
    }
    let pages = layout::pages(entries, places.regions, &records, known);
    Ok(Imported { pages, tally, proposals })
}

/// The citation of a record.
fn citation(suffix: &str) -> At<Citation> {
    at(Citation(format!("ror:{suffix}").into()))
}

/// The organization of the atlas that bears a ROR id.
fn tied<'a>(known: &Known<'a>, suffix: &str) -> Option<KnownNode<'a>> {
    known.identified("ror", suffix).filter(|node| node.kind == NodeKind::Organization)
}

/// The ids of all records by suffix, and of those that they link to and the atlas holds.
fn ids(
    records: &[Record],
    known: Option<&Known>,
    taken: &mut Ids,
    tally: &mut Tally,
) -> HashMap<String, String> {
    let mut bearers: HashMap<String, usize> = HashMap::new();
    let slugs: Vec<Option<String>> = records.iter().map(readable).collect();
    for slug in slugs.iter().flatten() {
        *bearers.entry(slug.clone()).or_default() += 1;
    }
    let mut shared: Vec<_> = bearers.iter().filter(|(_, count)| **count > 1).collect();
    shared.sort_by_key(|(slug, count)| (std::cmp::Reverse(**count), *slug));
    for (slug, count) in shared {
        tally.add(Finding::SharedName, || format!("{slug} ({count})"));
    }
    let mut ids = HashMap::new();
    for (record, slug) in records.iter().zip(&slugs) {
        let suffix = &record.suffix;
        let id = match known.and_then(|known| tied(known, suffix)) {
            Some(node) => node.record.id.to_string(),
            None => {
                let alone = slug.clone().filter(|slug| bearers[slug] == 1);
                let base = slug.as_deref().unwrap_or("ror");
                let candidates: Vec<String> =
                    alone.into_iter().chain([format!("{base}-{suffix}")]).collect();
                taken.claim(&candidates)
            }
        };
        ids.insert(suffix.clone(), id);
    }
    for (_, suffix) in records.iter().flat_map(|record| &record.links) {
        if !ids.contains_key(suffix)
            && let Some(node) = known.and_then(|known| tied(known, suffix))
        {
            ids.insert(suffix.clone(), node.record.id.to_string());
        }
    }
    ids
}

/// What an id can be made of: the English name, the display name, or any other in Latin letters.
fn readable(record: &Record) -> Option<String> {
    let english = record.names.iter().filter(|name| name.is_label && name.is_in("en"));
    let display = record.names.iter().filter(|name| name.is_display);
    let labels = record.names.iter().filter(|name| name.is_label);
    let all = english.chain(display).chain(labels).chain(&record.names);
    all.into_iter().find_map(|name| slug(&name.value))
}

/// The nodes of the atlas that records may be, for sharing a name and having no ROR id.
fn propose(records: &[Record], ids: &HashMap<String, String>, known: &Known) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for record in records.iter().filter(|record| tied(known, &record.suffix).is_none()) {
        let names = record.names.iter().map(|name| &*name.value);
        for (node, name) in known.namesakes(NodeKind::Organization, "ror", names) {
            proposals.push(Proposal {
                registry: "ror",
                identifier: format!("https://ror.org/{}", record.suffix),
                imported: ids[&record.suffix].clone(),
                node: node.record.id.to_string(),
                name: name.to_owned(),
            });
        }
    }
    proposals
}
