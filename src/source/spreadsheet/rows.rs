//! Converts rows into records.

use std::collections::{BTreeMap, HashSet};

use serde::de::DeserializeOwned;

use super::Row;
use crate::control::is_invisible;
use crate::model::{
    Basis, Citation, Citations, Confidence, Date, Location, NodeKind, NodeRecord, References,
    RelationKindRecord, RelationRecord, SourceRecord, Text,
};
use crate::origin::At;
use crate::source::import::{Draft, Finding, Ids, Tally, Types, at, coin, kind_of_type, word};

/// The ids and places that the rows of nodes use.
#[derive(Debug, Default)]
pub struct Rows {
    ids: HashSet<String>,
    /// The ids that are given, in any row, and those that were made.
    taken: Ids,
    /// The rows without an id, as they stand.
    seen: HashSet<Vec<(String, String)>>,
    names: HashSet<String>,
    /// What is named as a place of others.
    places: HashSet<String>,
    types: Types,
}

type Taken = Result<(), String>;

impl Rows {
    /// Collects the ids that all rows of nodes give, and the nodes that they name as places.
    pub fn survey<'r>(rows: impl Iterator<Item = &'r Row>) -> Self {
        let (mut ids, mut places) = (Vec::new(), HashSet::new());
        for row in rows {
            ids.extend(row.cell("id").map(str::to_owned));
            places.extend(row.cell("region").map(str::to_owned));
            places.extend(row.list("within"));
        }
        Rows { taken: Ids::taken(ids), places, ..Rows::default() }
    }

    /// Adds a node; a contextual role is derived from relations and only counted.
    pub fn node(&mut self, row: &Row, place: &str, draft: &mut Draft, tally: &mut Tally) -> Taken {
        let name = row.text("name");
        let r#type = row.cell("type").map(|it| self.types.find(it));
        let kind = self.kind(row, &name, r#type.as_deref())?;
        let (kind, is_assumed) = (kind.unwrap_or(NodeKind::Organization), kind.is_none());
        let id = match (row.cell("id"), name.both().last()) {
            (Some(id), _) => id.to_owned(),
            (None, Some(name)) => match self.new_id(row, name, kind, place, tally) {
                Some(id) => id,
                None => return Ok(()),
            },
            (None, None) => return Err("it has neither id nor name".into()),
        };
        if id.contains('@') {
            tally.add(Finding::Derived, || id);
            return Ok(());
        }
        let breaks = |c: char| c == ':' || c.is_whitespace() || c.is_control() || is_invisible(c);
        if id.contains(breaks) {
            return Err(format!("`{id}` cannot be an id"));
        }
        if name.is_empty() {
            tally.add(Finding::Nameless, || format!("{place}: {id}"));
            return Ok(());
        }
        if !self.ids.insert(id.clone()) {
            tally.add(Finding::Repeated, || format!("{place}: {id}"));
            return Ok(());
        }
        if is_assumed {
            tally.add(Finding::UnknownKind, || {
                format!("{place}: {}", name.both().next().unwrap_or_default())
            });
        }
        let (basis, confidence) = standing(row, place, tally);
        let (mut within, mut region) = (row.list("within"), row.cell("region"));
        if kind == NodeKind::Region {
            within.extend(region.take().map(str::to_owned).filter(|it| !within.contains(it)));
        }
        for column in unfit(kind).iter().filter(|column| row.cell(column).is_some()) {
            tally.add(Finding::UnfitColumn, || format!("{place}: {column} ({kind})"));
        }
        let record = NodeRecord {
            id: at(id),
            r#type,
            name,
            aliases: row.list("aliases"),
            summary: row.text("summary"),
            website: row.cell("website").map(str::to_owned),
            identifiers: identifiers(row, place, tally),
            since: date(row, "since", place, tally),
            until: date(row, "until", place, tally),
            status: parsed(row, "status", place, tally, word),
            basis,
            confidence,
            sources: citations(row),
            within: references(within),
            indicators: records(row, "indicators", place, tally),
            claims: records(row, "claims", place, tally),
            notes: records(row, "notes", place, tally),
            events: records(row, "events", place, tally),
            location: location(row, place, tally),
            region: region.map(|it| at(it.to_owned())),
            part_of: references(row.list("part_of")),
        };
        draft.nodes.push((kind, record, place.to_owned()));
        Ok(())
    }

    /// The kind of a node: as it is told, or as its type tells; a place of others is a region.
    fn kind(
        &self,
        row: &Row,
        name: &Text,
        r#type: Option<&str>,
    ) -> Result<Option<NodeKind>, String> {
        if let Some(kind) = row.cell("kind") {
            let known =
                NodeKind::of_word(kind).ok_or_else(|| format!("`{kind}` is no kind of node"));
            return known.map(Some);
        }
        let is_place = name.both().any(|name| self.places.contains(name));
        Ok(r#type.and_then(kind_of_type).or(is_place.then_some(NodeKind::Region)))
    }

    /// An id for a row that gives none; nothing where the same row was there before.
    fn new_id(
        &mut self,
        row: &Row,
        name: &str,
        kind: NodeKind,
        place: &str,
        tally: &mut Tally,
    ) -> Option<String> {
        let cells = row.filled().map(|(header, cell)| (header.to_owned(), cell.to_owned()));
        if !self.seen.insert(cells.collect()) {
            tally.add(Finding::Repeated, || format!("{place}: {name}"));
            return None;
        }
        if !self.names.insert(name.to_owned()) {
            tally.add(Finding::SharedName, || format!("{place}: {name}"));
        }
        Some(self.taken.claim(&[coin(name, kind.as_str())]))
    }
}

/// The records of a column as `list --format csv` writes them: in JSON, which is YAML.
fn records<T: DeserializeOwned>(row: &Row, header: &str, place: &str, tally: &mut Tally) -> Vec<T> {
    let read = |cell: &str| serde_saphyr::from_str(cell).ok();
    parsed(row, header, place, tally, read).unwrap_or_default()
}

/// The columns that say what a kind of node does not have.
fn unfit(kind: NodeKind) -> &'static [&'static str] {
    match kind {
        NodeKind::Region => &["part_of", "events"],
        NodeKind::Organization | NodeKind::Program => &["within", "lat", "lon"],
        NodeKind::Role | NodeKind::Stage => {
            &["region", "within", "part_of", "lat", "lon", "events"]
        }
    }
}

/// The column of ROR, and those that are written `registry:identifier`.
fn identifiers(row: &Row, place: &str, tally: &mut Tally) -> BTreeMap<String, String> {
    let ror = row.cell("ror").map(|it| ("ror".to_owned(), it.to_owned()));
    let mut identifiers: BTreeMap<String, String> = ror.into_iter().collect();
    for item in row.list("identifiers") {
        match item.split_once(':') {
            Some((registry, it)) => {
                identifiers.insert(registry.trim().to_owned(), it.trim().to_owned());
            }
            None => tally.add(Finding::InvalidValue, || format!("{place}: identifiers {item}")),
        }
    }
    identifiers
}

/// Adds a relation; a derived one is only counted. Several ends in a cell mean every pair.
pub fn relation(row: &Row, place: &str, draft: &mut Draft, tally: &mut Tally) -> Taken {
    if row.cell("derived").is_some_and(|it| it.eq_ignore_ascii_case("true")) {
        tally.add(Finding::Derived, || place.to_owned());
        return Ok(());
    }
    let kind = row.cell("kind").ok_or("it has no kind")?;
    let (from, to) = (row.list("from"), row.list("to"));
    if from.is_empty() || to.is_empty() {
        return Err("it lacks an end".into());
    }
    let (basis, confidence) = standing(row, place, tally);
    let record = RelationRecord {
        kind: at(kind.to_owned()),
        from: References::default(),
        to: References::default(),
        r#in: row.cell("in").map(|it| at(it.to_owned())),
        since: date(row, "since", place, tally),
        until: date(row, "until", place, tally),
        status: parsed(row, "status", place, tally, word),
        open: parsed(row, "open", place, tally, |it| it.to_lowercase().parse().ok())
            .unwrap_or_default(),
        basis,
        confidence,
        note: row.text("note"),
        sources: citations(row),
    };
    for from in &from {
        for to in &to {
            let from = references(vec![from.clone()]);
            let to = references(vec![to.clone()]);
            draft.relations.push((RelationRecord { from, to, ..record.clone() }, place.to_owned()));
        }
    }
    Ok(())
}

/// Adds a relation kind.
pub fn relation_kind(row: &Row, draft: &mut Draft) -> Taken {
    let id = row.cell("id").ok_or("it has no id")?;
    let traverse = row.cell("traverse").ok_or("it does not say how routes use it")?;
    let ends = |header: &str| {
        let kind =
            |it: &String| NodeKind::of_word(it).ok_or_else(|| format!("`{it}` is no kind of node"));
        row.list(header).iter().map(kind).collect::<Result<Vec<_>, _>>()
    };
    draft.relation_kinds.push(RelationKindRecord {
        id: at(id.to_owned()),
        name: row.text("name"),
        inverse: row.text("inverse"),
        short: row.text("short"),
        class: match row.cell("class") {
            None => None,
            Some(class) => {
                let known = word(class);
                Some(known.ok_or("`class` is place, membership, flow or structure")?)
            }
        },
        from: ends("from")?,
        to: ends("to")?,
        traverse: word(traverse).ok_or("`traverse` is forward, both or never")?,
    });
    Ok(())
}

/// Adds a source.
pub fn source(row: &Row, place: &str, draft: &mut Draft, tally: &mut Tally) -> Taken {
    let id = row.cell("id").ok_or("it has no id")?;
    if draft.sources.iter().any(|it| *it.id == id) {
        tally.add(Finding::Repeated, || format!("{place}: {id}"));
        return Ok(());
    }
    let own = |header: &str| row.cell(header).map(str::to_owned);
    draft.sources.push(SourceRecord {
        id: at(id.to_owned()),
        title: own("title"),
        publisher: own("publisher"),
        date: date(row, "date", place, tally),
        language: own("language"),
        url: own("url"),
        checked: date(row, "checked", place, tally),
        text: None,
        text_path: None,
        note: row.text("note"),
        headings: row.list("headings"),
    });
    Ok(())
}

fn references(ids: Vec<String>) -> References {
    References(ids.into_iter().map(at).collect())
}

fn citations(row: &Row) -> Citations {
    row.list("sources").into_iter().map(|it| at(Citation(it.into()))).collect()
}

/// Reads a cell; one of another form is counted.
fn parsed<T>(
    row: &Row,
    header: &str,
    place: &str,
    tally: &mut Tally,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let cell = row.cell(header)?;
    let value = parse(cell);
    if value.is_none() {
        tally.add(Finding::InvalidValue, || format!("{place}: {header} {cell}"));
    }
    value
}

/// A date, also with the slashes that spreadsheets put into it.
fn date(row: &Row, header: &str, place: &str, tally: &mut Tally) -> Option<Date> {
    parsed(row, header, place, tally, |cell| {
        let parts = cell.split(['/', '-']).map(|it| format!("{it:0>2}")).collect::<Vec<_>>();
        cell.parse().or_else(|_| parts.join("-").parse()).ok()
    })
}

fn standing(row: &Row, place: &str, tally: &mut Tally) -> (Basis, Option<At<Confidence>>) {
    let basis: Basis = parsed(row, "basis", place, tally, word).unwrap_or_default();
    let confidence = parsed(row, "confidence", place, tally, |cell| {
        // Only what is inferred has a confidence.
        word::<Confidence>(cell).filter(|_| basis == Basis::Inferred)
    });
    (basis, confidence.map(at))
}

fn location(row: &Row, place: &str, tally: &mut Tally) -> Option<At<Location>> {
    let mut degree = |header: &str, limit: f64| {
        let within = |it: &f64| (-limit..=limit).contains(it);
        parsed(row, header, place, tally, |cell| cell.parse().ok().filter(within))
    };
    match (degree("lat", 90.0), degree("lon", 180.0)) {
        (Some(lat), Some(lon)) => Some(at(Location { lat, lon })),
        (None, None) => None,
        _ => {
            tally.add(Finding::InvalidValue, || format!("{place}: half of lat and lon"));
            None
        }
    }
}
