//! Drawings of the network tool Kumu, in the forms that it imports and exports.
//!
//! - Elements: `Label`, `ID`, `Type`, `Description`, `Tags` (parted by `|`), `Website` or `URL`
//! - Connections: `From`, `To`, `Type`, `Direction` (directed, mutual or undirected), `Label`,
//!   `Description`
//!
//! as CSV with these headers, or as JSON: `{"elements": […], "connections": […]}` with the same names
//! in lower case, also as Kumu's own exports have them (`_id` and `attributes`).
//!
//! As in Kumu, an element is identified by its id, or else by label and type together; connections
//! refer to the id or the label, and to several parted by `|`. One that is mutual or undirected holds
//! both ways. An end without an element is made one, as in Kumu, and told.
//!
//! An element's type is a kind of node, or a type of one (`city` is a region, `fund` a program);
//! every other is taken for a type of organization. A connection's type is a relation kind by id or
//! name, read backwards where it is the name of the inverse; others are defined anew. Every statement
//! cites the file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use serde_json::Value;

use super::import::{
    Draft, Finding, Ids, Imported, Input, Kinds, Known, Named, Refusal, Tally, Types, assemble, at,
    coin, in_its_language, kind_of_type, nothing, slug,
};
use super::spreadsheet::{Row, read_table};
use crate::model::{
    Basis, Citation, Citations, NodeKind, NodeRecord, Note, References, RelationRecord,
    SourceRecord, Text, Traverse,
};
use crate::origin::At;

/// Imports drawings, which may speak of each other's elements. Ids are made from the labels, beside
/// those that are `taken`.
///
/// # Errors
/// Where a file has neither elements nor connections, or all of them are empty.
pub fn import(inputs: &[Input], known: Option<&Known>, taken: Ids) -> Result<Imported, Refusal> {
    let mut drawing = Drawing { ids: taken, ..Drawing::default() };
    let mut connections = Vec::new();
    for input in inputs {
        let source = drawing.cite(input);
        let (elements, further) = drawing.rows(input, &source)?;
        for row in elements {
            drawing.add_element(&row, &source);
        }
        connections.extend(further.into_iter().map(|row| (row, source.clone())));
    }
    if drawing.draft.nodes.is_empty() && connections.is_empty() {
        return Err(match drawing.tally.counts().is_empty() {
            true => empty(inputs),
            false => nothing(&drawing.tally),
        });
    }
    for (row, _) in &connections {
        drawing.note_direction(row);
    }
    for (row, source) in connections {
        drawing.add_connection(&row, &source);
    }
    Ok(assemble(drawing.draft, known, drawing.tally))
}

fn empty(inputs: &[Input]) -> Refusal {
    let names: Vec<String> = inputs.iter().map(|input| format!("`{}`", input.name)).collect();
    Refusal::new(
        format!("{}: the project is empty: it has no element and no connection", names.join(", ")),
        format!("{}: プロジェクトが空です（要素も接続もありません）", names.join("、")),
    )
    .hint("export it from Kumu again", "Kumu から書き出し直してください")
}

/// The elements and the connections of a file.
type Rows = (Vec<Row>, Vec<Row>);

fn neither(input: &Input) -> Refusal {
    let name = &input.name;
    Refusal::new(
        format!("`{name}` has neither elements nor connections of Kumu"),
        format!("`{name}` に Kumu の要素も接続もありません"),
    )
    .hint(
        "elements have the header Label; connections From and To; JSON has `elements` and `connections`",
        "要素の表には Label、接続の表には From と To の見出しが、JSON には elements と connections が必要です",
    )
}

fn json_rows(input: &Input) -> Result<Rows, Refusal> {
    let drawing: Value = serde_json::from_str(&input.text).map_err(|error| {
        let name = &input.name;
        Refusal::new(
            format!("`{name}` is no JSON: {error}"),
            format!("`{name}` は JSON として読めません: {error}"),
        )
    })?;
    let list = |name: &str| drawing.get(name).and_then(Value::as_array);
    if list("elements").is_none() && list("connections").is_none() {
        return Err(neither(input));
    }
    let rows = |name: &str| {
        let items = list(name).into_iter().flatten();
        (1..).zip(items).map(|(number, item)| Row::new(number, cells(item))).collect()
    };
    Ok((rows("elements"), rows("connections")))
}

/// The fields of an object as cells; those of `attributes` among them.
fn cells(item: &Value) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    for (name, value) in item.as_object().into_iter().flatten() {
        let name = name.to_lowercase().replace(' ', "_");
        match value {
            Value::Object(_) if name == "attributes" => cells.extend(self::cells(value)),
            Value::String(text) => {
                cells.insert(name, text.trim().to_owned());
            }
            Value::Array(items) => {
                let items =
                    items.iter().map(|it| it.as_str().map_or(it.to_string(), str::to_owned));
                cells.insert(name, items.collect::<Vec<_>>().join("|"));
            }
            Value::Null | Value::Object(_) => {}
            other => {
                cells.insert(name, other.to_string());
            }
        }
    }
    cells
}

#[derive(Default)]
struct Drawing {
    draft: Draft,
    tally: Tally,
    ids: Ids,
    /// Nodes by the ids that Kumu knows their elements by.
    by_id: HashMap<String, String>,
    /// Nodes by the labels of their elements.
    by_label: HashMap<String, Vec<String>>,
    /// The elements without an id, by label and type.
    seen: HashSet<(String, Option<String>)>,
    kinds: Kinds,
    types: Types,
    /// The new kinds of which some connection goes one way.
    one_way: HashSet<String>,
    ignored: HashSet<String>,
}

/// The columns of elements that are read.
const ELEMENT: &[&str] =
    &["label", "type", "element_type", "description", "tags", "website", "url", "_id", "id"];

/// The columns of connections that are read.
const CONNECTION: &[&str] =
    &["from", "to", "type", "connection_type", "label", "direction", "description", "_id", "id"];

impl Drawing {
    /// Describes the file as a source, and tells its id.
    fn cite(&mut self, input: &Input) -> String {
        let path = Path::new(&input.name);
        let title = path.file_name().map_or(input.name.clone(), |it| it.to_string_lossy().into());
        let stem = title.split('.').next().unwrap_or_default();
        let mut id = format!("kumu-{}", slug(stem).unwrap_or_else(|| "drawing".into()));
        while self.draft.sources.iter().any(|it| *it.id == id) {
            id.push_str("-2");
        }
        self.draft.sources.push(SourceRecord {
            id: at(id.clone()),
            title: Some(title),
            note: Text {
                ja: Some("Kumu の図から取り込んだ。".into()),
                en: Some("Imported from a drawing of Kumu.".into()),
            },
            ..SourceRecord::default()
        });
        id
    }

    /// The elements and the connections of a file.
    fn rows(&mut self, input: &Input, source: &str) -> Result<Rows, Refusal> {
        if input.text.trim_start().starts_with(['{', '[']) {
            return json_rows(input);
        }
        let table = read_table(input)?;
        table.check_headers(input)?;
        for (line, what) in table.overfull {
            self.tally.add(Finding::Overfull, || format!("{source}:{line}: {what}"));
        }
        let has = |name: &str| table.headers.iter().any(|it| it == name);
        if has("from") && has("to") {
            Ok((Vec::new(), table.rows))
        } else if has("label") {
            Ok((table.rows, Vec::new()))
        } else {
            Err(neither(input))
        }
    }

    fn add_element(&mut self, row: &Row, source: &str) {
        let place = format!("{source}:{}", row.line);
        let Some(label) = row.cell("label") else {
            self.tally.add(Finding::Nameless, || place);
            return;
        };
        let given = row.cell("type").or(row.cell("element_type"));
        let own: Vec<&str> = ["_id", "id"].iter().filter_map(|it| row.cell(it)).collect();
        let is_new = match &own[..] {
            [] => self.seen.insert((label.to_owned(), given.map(str::to_owned))),
            own => !own.iter().any(|id| self.by_id.contains_key(*id)),
        };
        if !is_new {
            self.tally.add(Finding::Repeated, || format!("{place}: {label}"));
            return;
        }
        let (kind, r#type) = self.kind_of(given);
        let id = self.new_element(label, kind);
        for own in own {
            self.by_id.insert(own.to_owned(), id.clone());
        }
        let sources = Citations::from([cited(source)]);
        let tags = row.cell("tags").map(|tags| Note {
            text: in_its_language(&format!("Tags: {}", tags.replace('|', ", "))),
            basis: Basis::Stated,
            sources: sources.clone(),
            ..Note::default()
        });
        let record = NodeRecord {
            id: at(id),
            r#type,
            name: in_its_language(label),
            summary: row.cell("description").map(in_its_language).unwrap_or_default(),
            website: row.cell("website").or(row.cell("url")).map(str::to_owned),
            notes: tags.into_iter().collect(),
            sources,
            ..NodeRecord::default()
        };
        self.draft.nodes.push((kind, record, place));
        self.note_columns(row, ELEMENT);
    }

    /// Gives an element an id of its own.
    fn new_element(&mut self, label: &str, kind: NodeKind) -> String {
        let id = self.ids.claim(&[coin(label, kind.as_str())]);
        let bearers = self.by_label.entry(label.to_owned()).or_default();
        bearers.push(id.clone());
        if bearers.len() == 2 {
            self.tally.add(Finding::SharedName, || label.to_owned());
        }
        id
    }

    fn kind_of(&mut self, given: Option<&str>) -> (NodeKind, Option<String>) {
        let Some(given) = given else { return (NodeKind::Organization, None) };
        if let Some(kind) = NodeKind::of_word(given) {
            return (kind, None);
        }
        let named = self.types.find(given);
        let r#type = slug(&named).unwrap_or(named);
        let kind = kind_of_type(&r#type).unwrap_or_else(|| {
            self.tally.add(Finding::AssumedKind, || given.to_owned());
            NodeKind::Organization
        });
        (kind, Some(r#type))
    }

    /// What a connection is called, and whether it goes both ways.
    fn terms<'r>(&self, row: &'r Row) -> (Option<&'r str>, bool) {
        let given = row.cell("type").or(row.cell("connection_type")).or(row.cell("label"));
        let direction = row.cell("direction").unwrap_or("directed").to_lowercase();
        (given, matches!(&*direction, "mutual" | "undirected"))
    }

    fn note_direction(&mut self, row: &Row) {
        if let (Some(given), false) = self.terms(row) {
            self.one_way.insert(coin(given, "relation"));
        }
    }

    fn add_connection(&mut self, row: &Row, source: &str) {
        let place = format!("{source}:{}", row.line);
        let (Some(from), Some(to)) = (row.cell("from"), row.cell("to")) else {
            self.tally.add(Finding::Unreadable, || format!("{place}: it lacks an end"));
            return;
        };
        let direction = row.cell("direction").map(str::to_lowercase);
        if direction.is_some_and(|it| !matches!(&*it, "directed" | "mutual" | "undirected")) {
            let given = row.cell("direction").unwrap_or_default();
            self.tally.add(Finding::InvalidValue, || format!("{place}: direction {given}"));
        }
        let [from, to] = [from, to].map(|end| self.ends(end, source, &place));
        let (given, is_mutual) = self.terms(row);
        let Named { id: kind, is_backward } = self.relation_kind(given);
        let (from, to) = if is_backward { (to, from) } else { (from, to) };
        // What a route follows both ways is stated once.
        let is_twofold =
            is_mutual && given.is_some() && self.kinds.traverse(&kind) != Some(Traverse::Both);
        let note = row.cell("description").map(in_its_language).unwrap_or_default();
        for from in &from {
            for to in &to {
                let relation = |from: &str, to: &str| RelationRecord {
                    kind: at(kind.clone()),
                    from: References([at(from.to_owned())].into()),
                    to: References([at(to.to_owned())].into()),
                    note: note.clone(),
                    sources: [cited(source)].into(),
                    ..RelationRecord::default()
                };
                self.draft.relations.push((relation(from, to), place.clone()));
                if is_twofold && from != to {
                    self.draft.relations.push((relation(to, from), place.clone()));
                }
            }
        }
        self.note_columns(row, CONNECTION);
    }

    /// The nodes that an end names: one, or several parted by `|`.
    fn ends(&mut self, end: &str, source: &str, place: &str) -> Vec<String> {
        let is_one = self.by_id.contains_key(end) || self.by_label.contains_key(end);
        let parts = if is_one { vec![end] } else { end.split('|').map(str::trim).collect() };
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.filter_map(|part| self.end(part, source, place)).collect()
    }

    /// The node of an element by its id or label; one that no element bears is there nevertheless.
    fn end(&mut self, named: &str, source: &str, place: &str) -> Option<String> {
        if let Some(id) = self.by_id.get(named) {
            return Some(id.clone());
        }
        match self.by_label.get(named).map(Vec::as_slice) {
            Some([id]) => return Some(id.clone()),
            Some(_) => {
                self.tally.add(Finding::Ambiguous, || format!("{place}: {named}"));
                return None;
            }
            None => {}
        }
        self.tally.add(Finding::EndWithoutElement, || format!("{place}: {named}"));
        let id = self.new_element(named, NodeKind::Organization);
        let record = NodeRecord {
            id: at(id.clone()),
            name: in_its_language(named),
            sources: [cited(source)].into(),
            ..NodeRecord::default()
        };
        self.draft.nodes.push((NodeKind::Organization, record, place.to_owned()));
        Some(id)
    }

    /// The relation kind that a connection's type names.
    fn relation_kind(&mut self, given: Option<&str>) -> Named {
        let name = given.unwrap_or("is related to");
        if let Some(named) = self.kinds.find(name) {
            return named;
        }
        let traverse = match given {
            None => Traverse::Never,
            Some(name) if self.one_way.contains(&coin(name, "relation")) => Traverse::Forward,
            Some(_) => Traverse::Both,
        };
        let kind = Kinds::define(name, traverse);
        let id = kind.id.value.clone();
        self.tally.add(Finding::NewRelationKind, || id.to_string());
        self.draft.relation_kinds.push(kind.clone());
        self.kinds.add(kind);
        Named { id, is_backward: false }
    }

    fn note_columns(&mut self, row: &Row, read: &[&str]) {
        for (header, _) in row.filled().filter(|(header, _)| !read.contains(header)) {
            if self.ignored.insert(header.to_owned()) {
                self.tally.add(Finding::UnknownColumn, || header.to_owned());
            }
        }
    }
}

fn cited(source: &str) -> At<Citation> {
    at(Citation(source.into()))
}
