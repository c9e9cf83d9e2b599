//! Drawings of the network tool Kumu, in the forms that it imports and exports.
//!
//! - Elements: `Label`, `Type`, `Description`, `Tags` (parted by `|`), `Website` or `URL`
//! - Connections: `From`, `To` (labels of elements), `Type`, `Direction` (directed, mutual or
//!   undirected), `Label`, `Description`
//!
//! as CSV with these headers, or as JSON: `{"elements": […], "connections": […]}` with the same names
//! in lower case, also as Kumu's own exports have them (`_id` and `attributes`).
//!
//! An element's type is a kind of node, or a type of one (`city` is a region, `fund` a program);
//! every other is taken for a type of organization. A connection's type is a relation kind by id or
//! name, read backwards where it is the name of the inverse; others are defined anew. An element that
//! only a connection names is there nevertheless, as it is in Kumu. Every statement cites the file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use serde_json::Value;

use super::core_kinds;
use super::import::{
    Draft, Finding, Ids, Imported, Input, Known, Refusal, Tally, assemble, at, coin,
    in_its_language, new_kind, slug,
};
use super::spreadsheet::{Row, node_kind, read_table};
use crate::model::{
    Basis, Citation, NodeKind, NodeRecord, Note, References, RelationKindRecord, RelationRecord,
    SourceRecord, Text, Traverse,
};
use crate::origin::At;

/// Imports drawings, which may speak of each other's elements. Ids are made from the labels, beside
/// those that are `taken`.
///
/// # Errors
/// Where a file has neither elements nor connections.
pub fn import(inputs: &[Input], known: Option<&Known>, taken: Ids) -> Result<Imported, Refusal> {
    let mut drawing = Drawing { ids: taken, kinds: core_kinds(), ..Drawing::default() };
    let mut connections = Vec::new();
    for input in inputs {
        let source = drawing.cite(input);
        let (elements, further) = rows(input)?;
        for row in elements {
            drawing.add_element(&row, &source);
        }
        connections.extend(further.into_iter().map(|row| (row, source.clone())));
    }
    for (row, source) in connections {
        drawing.add_connection(&row, &source);
    }
    Ok(assemble(drawing.draft, known, drawing.tally))
}

type Rows = (Vec<Row>, Vec<Row>);

/// The elements and the connections of a file.
fn rows(input: &Input) -> Result<Rows, Refusal> {
    if input.text.trim_start().starts_with('{') {
        return json_rows(input);
    }
    let table = read_table(input)?;
    let has = |name: &str| table.headers.iter().any(|it| it == name);
    if has("from") && has("to") {
        Ok((Vec::new(), table.rows))
    } else if has("label") {
        Ok((table.rows, Vec::new()))
    } else {
        Err(neither(input))
    }
}

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

const REGIONS: &[&str] =
    &["country", "state", "prefecture", "city", "special-zone", "cluster", "place"];
const PROGRAMS: &[&str] = &[
    "fund",
    "special-zone-scheme",
    "theme",
    "measure",
    "hub",
    "platform",
    "course",
    "expertise",
    "curriculum",
    "goal",
    "project",
    "initiative",
];

const ORGANIZATIONS: &[&str] = &[
    "company",
    "university",
    "university-unit",
    "hospital",
    "research-institute",
    "government",
    "association",
    "consultancy",
    "law-firm",
    "contract-developer",
    "tech-transfer-office",
    "chamber",
    "foundation",
    "collective",
    "nonprofit",
];

#[derive(Default)]
struct Drawing {
    draft: Draft,
    tally: Tally,
    ids: Ids,
    /// Ids by label and by Kumu's own `_id`.
    elements: HashMap<String, String>,
    kinds: Vec<RelationKindRecord>,
    ignored: HashSet<String>,
}

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

    fn add_element(&mut self, row: &Row, source: &str) {
        let place = format!("{source}:{}", row.line);
        let Some(label) = row.cell("label") else {
            self.tally.add(Finding::Nameless, || place);
            return;
        };
        if self.elements.contains_key(label) {
            self.tally.add(Finding::Repeated, || format!("{place}: {label}"));
            return;
        }
        let given = row.cell("type").or(row.cell("element_type"));
        let (kind, r#type) = self.kind_of(given);
        let id = self.new_element(label, kind);
        if let Some(own) = row.cell("_id") {
            self.elements.insert(own.to_owned(), id.clone());
        }
        let sources = vec![cited(source)];
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
        self.note_columns(
            row,
            &["label", "type", "element_type", "description", "tags", "website", "url", "_id"],
        );
    }

    /// Gives a label an id.
    fn new_element(&mut self, label: &str, kind: NodeKind) -> String {
        let id = self.ids.claim(&[coin(label, kind.as_str())]);
        self.elements.insert(label.to_owned(), id.clone());
        id
    }

    fn kind_of(&mut self, given: Option<&str>) -> (NodeKind, Option<String>) {
        let Some(given) = given else { return (NodeKind::Organization, None) };
        let japanese = match given {
            "地域" => Some(NodeKind::Region),
            "組織" | "機関" => Some(NodeKind::Organization),
            "役割" => Some(NodeKind::Role),
            "段階" => Some(NodeKind::Stage),
            "施策" | "事業" => Some(NodeKind::Program),
            _ => None,
        };
        if let Some(kind) = japanese.or_else(|| node_kind(given.trim())) {
            return (kind, None);
        }
        let r#type = slug(given).unwrap_or_else(|| given.to_owned());
        let kind = if REGIONS.contains(&&*r#type) {
            NodeKind::Region
        } else if PROGRAMS.contains(&&*r#type) {
            NodeKind::Program
        } else {
            if !ORGANIZATIONS.contains(&&*r#type) {
                self.tally.add(Finding::AssumedKind, || given.to_owned());
            }
            NodeKind::Organization
        };
        (kind, Some(r#type))
    }

    fn add_connection(&mut self, row: &Row, source: &str) {
        let (Some(from), Some(to)) = (row.cell("from"), row.cell("to")) else {
            self.tally
                .add(Finding::Unreadable, || format!("{source}:{}: it lacks an end", row.line));
            return;
        };
        let [mut from, mut to] = [from, to].map(|label| self.end(label, source));
        let direction = row.cell("direction").unwrap_or("directed").to_lowercase();
        let given = row.cell("type").or(row.cell("connection_type")).or(row.cell("label"));
        let (kind, is_backward) = self.relation_kind(given, &direction);
        if is_backward {
            std::mem::swap(&mut from, &mut to);
        }
        let note = row.cell("description").map(in_its_language).unwrap_or_default();
        let relation = RelationRecord {
            kind: at(kind),
            from: References(vec![at(from)]),
            to: References(vec![at(to)]),
            note,
            sources: vec![cited(source)],
            ..RelationRecord::default()
        };
        self.draft.relations.push((relation, format!("{source}:{}", row.line)));
        self.note_columns(
            row,
            &["from", "to", "type", "connection_type", "label", "direction", "description", "_id"],
        );
    }

    /// The id of an element by its label; one that no element bears is there nevertheless.
    fn end(&mut self, label: &str, source: &str) -> String {
        if let Some(id) = self.elements.get(label) {
            return id.clone();
        }
        self.tally.add(Finding::AssumedKind, || label.to_owned());
        let id = self.new_element(label, NodeKind::Organization);
        let record = NodeRecord {
            id: at(id.clone()),
            name: in_its_language(label),
            sources: vec![cited(source)],
            ..NodeRecord::default()
        };
        self.draft.nodes.push((NodeKind::Organization, record, source.to_owned()));
        id
    }

    /// The relation kind that a connection's type names, and whether it is named backwards.
    fn relation_kind(&mut self, given: Option<&str>, direction: &str) -> (String, bool) {
        let name = given.unwrap_or("is related to");
        let id = coin(name, "relation");
        let is_named = |text: &Text| text.both().any(|it| it.to_lowercase() == name.to_lowercase());
        let known = |it: &&RelationKindRecord| *it.id == id || is_named(&it.name);
        if let Some(kind) = self.kinds.iter().find(known) {
            return (kind.id.value.clone(), false);
        }
        if let Some(kind) = self.kinds.iter().find(|it| is_named(&it.inverse)) {
            return (kind.id.value.clone(), true);
        }
        let traverse = match (given, direction) {
            (None, _) => Traverse::Never,
            (_, "mutual" | "undirected") => Traverse::Both,
            _ => Traverse::Forward,
        };
        let kind = new_kind(&id, in_its_language(name), traverse);
        self.tally.add(Finding::NewRelationKind, || id.clone());
        self.draft.relation_kinds.push(kind.clone());
        self.kinds.push(kind);
        (id, false)
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
    at(Citation(source.to_owned()))
}
