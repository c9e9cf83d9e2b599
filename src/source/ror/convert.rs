//! Converts a record into an organization.

use std::collections::HashMap;

use super::citation;
use super::places::Places;
use super::record::{Name, Record};
use crate::model::{
    Citations, Core, Date, Event, NodeRecord, Note, References, RelationRecord, Text,
};
use crate::source::import::{Finding, Tally, at, has_japanese};

/// An organization with its relations.
#[derive(Debug, Default)]
pub struct Entry {
    /// The last part of the ROR id of the record.
    pub suffix: String,
    /// The code of the country of its main location.
    pub country: Option<String>,
    /// The organization.
    pub record: NodeRecord,
    /// Relations that start from it.
    pub relations: Vec<RelationRecord>,
}

impl Name {
    /// Returns whether the registry says that the name is in a language.
    pub fn is_in(&self, lang: &str) -> bool {
        self.lang.as_deref() == Some(lang)
    }
}

/// The type of organization for each type of the registry, the most specific first.
const TYPES: &[(&str, &str)] = &[
    ("education", "university"),
    ("healthcare", "hospital"),
    ("facility", "research-institute"),
    ("company", "company"),
    ("government", "government"),
    ("nonprofit", "nonprofit"),
    ("archive", "archive"),
    ("funder", "funder"),
    ("other", "other"),
];

/// Converts a record into an organization, without its links to others.
pub fn entry(
    record: &Record,
    ids: &HashMap<String, String>,
    places: &Places,
    tally: &mut Tally,
) -> Entry {
    let suffix = &record.suffix;
    let mut entry = Entry { suffix: suffix.clone(), ..Entry::default() };
    let (name, aliases) = names(record);
    let (events, notes) = status(record, tally);
    entry.record = NodeRecord {
        id: at(ids[suffix].clone()),
        r#type: main_type(record, tally),
        name,
        aliases,
        website: record.websites.first().cloned(),
        identifiers: record
            .identifiers
            .iter()
            .filter_map(|(registry, ids)| Some((registry.clone(), ids.first()?.clone())))
            .chain([("ror".to_owned(), format!("https://ror.org/{suffix}"))])
            .collect(),
        since: since(record, tally),
        notes,
        sources: [citation(suffix)].into(),
        events,
        ..NodeRecord::default()
    };
    for further in record.websites.iter().skip(1) {
        tally.add(Finding::FurtherWebsite, || format!("{suffix}: {further}"));
    }
    for further in record.identifiers.values().flat_map(|ids| ids.iter().skip(1)) {
        tally.add(Finding::FurtherIdentifier, || format!("{suffix}: {further}"));
    }
    locate(&mut entry, record, places, tally);
    entry
}

/// The name in each language, and all others.
fn names(record: &Record) -> (Text, Vec<String>) {
    let labels = || record.names.iter().filter(|name| name.is_label);
    let pick = |lang: &str| {
        let named = || labels().filter(|name| name.is_in(lang));
        named().find(|name| name.is_display).or_else(|| named().next())
    };
    let mut name = Text {
        ja: pick("ja").map(|it| it.value.clone()),
        en: pick("en").map(|it| it.value.clone()),
    };
    let display = labels().find(|name| name.is_display).or_else(|| labels().next());
    let shown = match (&name.ja, &name.en) {
        (None, None) => display.or(record.names.first()),
        _ => display,
    };
    if let Some(shown) = shown.filter(|shown| !shown.is_in("ja") && !shown.is_in("en")) {
        let slot = if has_japanese(&shown.value) { &mut name.ja } else { &mut name.en };
        slot.get_or_insert_with(|| shown.value.clone());
    } else if let Some(shown) = shown.filter(|_| name.ja.is_none() && name.en.is_none()) {
        let slot = if shown.is_in("ja") { &mut name.ja } else { &mut name.en };
        *slot = Some(shown.value.clone());
    }
    let mut aliases: Vec<String> = Vec::new();
    for other in &record.names {
        let is_known = name.both().any(|it| it == other.value) || aliases.contains(&other.value);
        if !is_known {
            aliases.push(other.value.clone());
        }
    }
    (name, aliases)
}

fn main_type(record: &Record, tally: &mut Tally) -> Option<String> {
    let given = |ror: &str| record.types.iter().any(|it| it == ror);
    let mut known = TYPES.iter().filter(|(ror, _)| given(ror));
    let main = known.next().map(|(_, ours)| (*ours).to_owned());
    for (further, _) in known {
        tally.add(Finding::FurtherType, || format!("{}: {further}", record.suffix));
    }
    for unknown in record.types.iter().filter(|it| !TYPES.iter().any(|(ror, _)| ror == it)) {
        tally.add(Finding::UnknownType, || format!("{}: {unknown}", record.suffix));
    }
    main
}

fn since(record: &Record, tally: &mut Tally) -> Option<Date> {
    let year = record.established.as_deref()?;
    let number =
        year.parse::<f64>().ok().filter(|it| it.fract() == 0.0 && (1.0..=9999.0).contains(it));
    let date = number.and_then(|number| format!("{number:04.0}").parse().ok());
    if date.is_none() {
        tally.add(Finding::InvalidValue, || format!("{}: established {year}", record.suffix));
    }
    date
}

fn status(record: &Record, tally: &mut Tally) -> (Vec<Event>, Vec<Note>) {
    let sources = Citations::from([citation(&record.suffix)]);
    match &*record.status {
        "inactive" => {
            (vec![Event { kind: "ended".into(), sources, ..Event::default() }], Vec::new())
        }
        "withdrawn" => {
            let text = Text {
                ja: Some("ROR はこのレコードを取り下げた。".into()),
                en: Some("ROR has withdrawn this record.".into()),
            };
            (Vec::new(), vec![Note { text, sources, ..Note::default() }])
        }
        "active" | "" => Default::default(),
        other => {
            tally.add(Finding::InvalidValue, || format!("{}: status {other}", record.suffix));
            Default::default()
        }
    }
}

fn locate(entry: &mut Entry, record: &Record, places: &Places, tally: &mut Tally) {
    let mut regions: Vec<String> = Vec::new();
    for place in &record.places {
        match places.region_of(place) {
            None => tally.add(Finding::UnknownPlace, || record.suffix.clone()),
            Some((region, country)) => {
                entry.country.get_or_insert(country);
                if !regions.contains(&region) {
                    regions.push(region);
                }
            }
        }
    }
    let mut regions = regions.into_iter();
    entry.record.region = regions.next().map(at);
    entry.relations.extend(regions.map(|region| RelationRecord {
        kind: at(Core::LocatedIn.id().to_owned()),
        from: References([entry.record.id.clone()].into()),
        to: References([at(region)].into()),
        sources: [citation(&record.suffix)].into(),
        ..RelationRecord::default()
    }));
}
