//! Rows as records.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Row;
use crate::model::{
    Basis, Citation, Confidence, Date, Location, NodeKind, NodeRecord, References,
    RelationKindRecord, RelationRecord, SourceRecord,
};
use crate::origin::At;
use crate::source::import::{Draft, Finding, Tally, at, coin};

/// What the rows of nodes so far have taken.
#[derive(Debug, Default)]
pub struct Rows {
    ids: HashSet<String>,
}

type Taken = Result<(), String>;

impl Rows {
    /// Takes a node; a contextual role follows from relations and is counted alone.
    pub fn node(&mut self, row: &Row, place: &str, draft: &mut Draft, tally: &mut Tally) -> Taken {
        let kind = row.cell("kind").ok_or("it has no kind")?;
        let kind = node_kind(kind).ok_or_else(|| format!("`{kind}` is no kind of node"))?;
        let name = row.text("name");
        let id = match (row.cell("id"), name.both().last()) {
            (Some(id), _) => id.to_owned(),
            (None, Some(name)) => coin(name, kind.as_str()),
            (None, None) => return Err("it has neither id nor name".into()),
        };
        if id.contains('@') {
            tally.add(Finding::Derived, || id);
            return Ok(());
        }
        if id.contains(|c: char| c == ':' || c.is_whitespace() || c.is_control()) {
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
        let (basis, confidence) = standing(row, place, tally);
        let record = NodeRecord {
            id: at(id),
            r#type: row.cell("type").map(str::to_owned),
            name,
            aliases: row.list("aliases"),
            summary: row.text("summary"),
            website: row.cell("website").map(str::to_owned),
            identifiers: row.cell("ror").map(|it| ("ror".into(), it.into())).into_iter().collect(),
            since: date(row, "since", place, tally),
            until: date(row, "until", place, tally),
            basis,
            confidence,
            sources: citations(row),
            within: references(row.list("within")),
            location: location(row, place, tally),
            region: row.cell("region").map(|it| at(it.to_owned())),
            part_of: references(row.list("part_of")),
            ..NodeRecord::default()
        };
        draft.nodes.push((kind, record, place.to_owned()));
        Ok(())
    }
}

/// Takes a relation; a derived one is counted alone. Several ends in a cell mean every pair.
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

/// Takes a relation kind.
pub fn relation_kind(row: &Row, draft: &mut Draft) -> Taken {
    let id = row.cell("id").ok_or("it has no id")?;
    let traverse = row.cell("traverse").ok_or("it does not say how routes use it")?;
    let ends = |header: &str| {
        let kind = |it: &String| node_kind(it).ok_or_else(|| format!("`{it}` is no kind of node"));
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

/// Takes a document.
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
        text: None,
        text_path: None,
        note: row.text("note"),
        headings: Vec::new(),
    });
    Ok(())
}

/// A value as files spell it.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Value::from(text.to_lowercase())).ok()
}

/// A kind of node, in the singular or the plural.
pub fn node_kind(text: &str) -> Option<NodeKind> {
    word(text).or_else(|| word(text.strip_suffix(['s', 'S'])?))
}

fn references(ids: Vec<String>) -> References {
    References(ids.into_iter().map(at).collect())
}

fn citations(row: &Row) -> Vec<At<Citation>> {
    row.list("sources").into_iter().map(|it| at(Citation(it))).collect()
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
        word(cell).filter(|_| basis == Basis::Inferred)
    });
    (basis, confidence.map(at))
}

fn location(row: &Row, place: &str, tally: &mut Tally) -> Option<At<Location>> {
    let mut degree = |header: &str, limit: f64| {
        let within = |it: &f64| (-limit..=limit).contains(it);
        parsed(row, header, place, tally, |cell| cell.parse().ok().filter(within))
    };
    let (lat, lon) = (degree("lat", 90.0)?, degree("lon", 180.0)?);
    Some(at(Location { lat, lon }))
}
