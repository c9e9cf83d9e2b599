//! Distributes organizations and regions over files, by country.

use std::collections::BTreeMap;

use super::convert::Entry;
use super::links::RELATED;
use super::record::Record;
use crate::model::{Class, NodeKind, Region, RelationKindRecord, SourceRecord, Text, Traverse};
use crate::source::import::{Known, Page, at, chunks, is_bare};

/// Distributes organizations and regions over files, by country.
pub fn pages(
    entries: Vec<Entry>,
    regions: BTreeMap<String, Vec<Region>>,
    records: &[Record],
    known: Option<&Known>,
) -> Vec<Page> {
    let mut pages = Vec::new();
    if known.is_none_or(|known| !known.sources.contains("ror")) {
        let mut page = Page::new("sources.yaml", "The document that every statement here cites");
        page.records.sources.push(registry(records));
        pages.push(page);
    }
    let is_used = entries.iter().any(|it| it.relations.iter().any(|it| *it.kind == RELATED));
    if is_used && known.is_none_or(|known| !known.relation_kinds.contains(RELATED)) {
        let mut page = Page::new("vocabulary.yaml", "Relation kinds beside those of the core");
        page.records.relation_kinds.push(related());
        pages.push(page);
    }
    for (country, regions) in regions {
        let name = regions.first().and_then(|it| it.name.en.clone());
        let name = name.unwrap_or_else(|| country.to_uppercase());
        for (path, regions) in chunks(&format!("regions/{country}"), regions) {
            let mut page = Page::new(path, format!("Places of organizations: {name}"));
            page.records.regions = regions;
            pages.push(page);
        }
    }
    let mut by_country: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in entries.into_iter().filter(says_something) {
        let country = entry.country.clone().unwrap_or_else(|| "nowhere".into());
        by_country.entry(country).or_default().push(entry);
    }
    for (country, mut entries) in by_country {
        entries.sort_by(|a, b| a.record.id.value.cmp(&b.record.id.value));
        for (path, entries) in chunks(&format!("organizations/{country}"), entries) {
            let heading = format!("Organizations and their relations: {}", country.to_uppercase());
            let mut page = Page::new(path, heading);
            for entry in entries {
                page.records.relations.extend(entry.relations);
                if !is_bare(&entry.record) {
                    page.push(NodeKind::Organization, entry.record);
                }
            }
            pages.push(page);
        }
    }
    pages
}

fn says_something(entry: &Entry) -> bool {
    !(is_bare(&entry.record) && entry.relations.is_empty())
}

fn registry(records: &[Record]) -> SourceRecord {
    let changed = records.iter().filter_map(|record| record.modified.as_deref()).max();
    SourceRecord {
        id: at("ror".to_owned()),
        title: Some("ROR data".into()),
        publisher: Some("Research Organization Registry (ROR)".into()),
        date: changed.and_then(|date| date.parse().ok()),
        language: Some("en".into()),
        url: Some("https://ror.org".into()),
        checked: None,
        text: None,
        text_path: None,
        note: Text {
            ja: Some(
                "研究機関の公開登録簿。CC0 1.0。出典の箇所は ROR ID の末尾。日付は最後に変更されたレコードのもの。"
                    .into(),
            ),
            en: Some(
                "An open registry of research organizations. CC0 1.0. A locator is the last part of a ROR id; \
                 the date is that of the record changed last."
                    .into(),
            ),
        },
        headings: Vec::new(),
    }
}

fn related() -> RelationKindRecord {
    let text = |ja: &str, en: &str| Text { ja: Some(ja.into()), en: Some(en.into()) };
    RelationKindRecord {
        id: at(RELATED.to_owned()),
        name: text("に関連する", "is related to"),
        inverse: text("に関連する", "is related to"),
        short: text("関連", "relation"),
        class: Some(Class::Structure),
        from: vec![NodeKind::Organization],
        to: vec![NodeKind::Organization],
        traverse: Traverse::Never,
    }
}
