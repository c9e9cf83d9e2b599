//! The fields of a statement in a form that does not depend on how it is written.

use serde::Serialize;
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use super::FieldChange;
use crate::graph::{Denial, Node, Relation, RelationKind, Source};
use crate::model::{Core, Text};

/// The fields that are not empty, in the order of the records.
pub type Fields = Map<String, Value>;

/// Returns the fields that differ.
pub fn compare(mut old: Fields, new: Fields) -> Vec<FieldChange> {
    let mut found = Vec::new();
    let mut gone = Vec::new();
    for field in old.keys() {
        if !new.contains_key(field) {
            gone.push(field.clone());
        }
    }
    for (field, new) in new {
        let old = old.remove(&field).unwrap_or_default();
        if old != new {
            found.push(FieldChange { field, old, new });
        }
    }
    let gone = gone.into_iter().map(|field| {
        let old = old.remove(&field).unwrap_or_default();
        FieldChange { field, old, new: Value::Null }
    });
    found.extend(gone);
    found.sort_by_cached_key(|change| (rank(&change.field), change.field.clone()));
    found
}

/// Where a field stands among the others, so that a change and its inverse have one order.
fn rank(field: &str) -> usize {
    const ORDER: &[&str] = &[
        "id",
        "kind",
        "type",
        "name",
        "inverse",
        "short",
        "class",
        "title",
        "publisher",
        "date",
        "language",
        "url",
        "checked",
        "from",
        "to",
        "traverse",
        "aliases",
        "summary",
        "website",
        "identifiers",
        "location",
        "since",
        "until",
        "status",
        "open",
        "indicators",
        "claims",
        "notes",
        "events",
        "basis",
        "confidence",
        "note",
        "headings",
        "sources",
    ];
    let field = field.split('.').next().unwrap_or(field);
    ORDER.iter().position(|known| *known == field).unwrap_or(ORDER.len())
}

/// Returns the fields of a node's record, without those that stand for relations.
pub fn of_node(node: Node) -> Fields {
    let record = node.record();
    let mut fields = Writer::default();
    fields.add("id", node.id());
    fields.add("kind", node.kind());
    fields.add("type", &record.r#type);
    fields.text("name", &record.name);
    fields.add("aliases", &record.aliases);
    fields.text("summary", &record.summary);
    fields.add("website", &record.website);
    for (registry, id) in &record.identifiers {
        fields.add(&format!("identifiers.{registry}"), id);
    }
    fields.add("location", record.location);
    fields.add("since", record.since);
    fields.add("until", record.until);
    fields.add("status", record.status);
    fields.add("indicators", &record.indicators);
    fields.add("claims", &record.claims);
    fields.add("notes", &record.notes);
    fields.0.extend([("events".to_owned(), events(node, str::to_owned))]);
    fields.add("basis", record.basis);
    fields.add("confidence", record.confidence);
    fields.add("sources", &record.sources);
    fields.0.retain(|_, value| !says_nothing(value));
    fields.0
}

/// Returns the events of a node; `now` translates the ids in them.
pub fn events(node: Node, now: impl Fn(&str) -> String) -> Value {
    let mut events = value(&node.record().events);
    for event in events.as_array_mut().into_iter().flatten() {
        if let Value::String(other) = &mut event["other"] {
            *other = now(other);
        }
    }
    in_order(events)
}

/// Returns the fields of a relation other than its kind and its ends.
pub fn of_relation(relation: Relation) -> Fields {
    let mut fields = Writer::default();
    fields.add("since", relation.since());
    fields.add("until", relation.until());
    fields.add("status", relation.status());
    fields.add("open", relation.is_open().then_some(true));
    fields.add("basis", relation.basis());
    fields.add("confidence", relation.confidence());
    fields.add("sources", relation.sources().collect::<Vec<_>>());
    fields.text("note", relation.note());
    fields.0
}

/// Returns the fields of a denial other than its kind and its end.
pub fn of_denial(denial: Denial) -> Fields {
    let mut fields = Writer::default();
    fields.add("since", denial.since());
    fields.add("until", denial.until());
    fields.add("status", denial.status());
    fields.add("basis", denial.basis());
    fields.add("confidence", denial.confidence());
    fields.add("sources", denial.sources().collect::<Vec<_>>());
    fields.text("note", denial.note());
    fields.0
}

/// Returns whether a relation says no more than a field of its node would; its sources are then
/// those of the node.
pub fn is_shorthand(relation: Relation) -> bool {
    let record = relation.from().record();
    let confidence = record.confidence.map(|confidence| confidence.value);
    [Core::Within, Core::LocatedIn, Core::PartOf].iter().any(|it| relation.is(*it))
        && relation.context().is_none()
        && relation.note().is_empty()
        && relation.status().is_none()
        && !relation.is_open()
        && relation.basis() == record.basis
        && relation.confidence() == confidence
        && relation.sources().eq(record.sources.iter().map(|it| it.value.0.as_str()))
}

/// Returns the fields of a kind of relation.
pub fn of_kind(kind: RelationKind) -> Fields {
    let mut fields = Writer::default();
    fields.text("name", kind.name());
    fields.text("inverse", kind.inverse());
    fields.text("short", kind.short_text());
    fields.add("class", kind.class());
    fields.add("from", kind.from());
    fields.add("to", kind.to());
    fields.add("traverse", kind.traverse());
    fields.0
}

/// Returns the fields of a source.
pub fn of_source(source: Source) -> Fields {
    let record = source.record();
    let mut fields = Writer::default();
    fields.add("title", &record.title);
    fields.add("publisher", &record.publisher);
    fields.add("date", record.date);
    fields.add("language", &record.language);
    fields.add("url", &record.url);
    fields.add("checked", record.checked);
    fields.text("note", &record.note);
    fields.add("headings", &record.headings);
    fields.0
}

#[derive(Default)]
struct Writer(Fields);

impl Writer {
    fn add(&mut self, field: &str, said: impl Serialize) {
        let said = in_order(value(said));
        if !says_nothing(&said) {
            self.0.insert(field.to_owned(), said);
        }
    }

    fn text(&mut self, field: &str, text: &Text) {
        self.add(&format!("{field}.ja"), &text.ja);
        self.add(&format!("{field}.en"), &text.en);
    }
}

fn value(said: impl Serialize) -> Value {
    serde_json::to_value(said).expect("records have string keys")
}

fn says_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// The value with every list in one order, as none of several aliases, sources or events is the first,
/// and every text in one of the forms that Unicode takes for the same (NFC).
fn in_order(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(in_order).collect();
            items.sort_by_cached_key(Value::to_string);
            items.into()
        }
        Value::Object(fields) => {
            fields.into_iter().map(|(field, value)| (field, in_order(value))).collect()
        }
        Value::String(text) if !text.is_ascii() => text.nfc().collect::<String>().into(),
        leaf => leaf,
    }
}
