//! What a node or a relation says, flat, under the names that its JSON has.

use serde::Serialize;
use serde_json::Value as Json;

use crate::control::steers;
use crate::graph::{Node, Profile, Relation};

/// A value that every format can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// The fields that say something, in the order of the JSON.
pub type Record = Vec<(String, Value)>;

impl Value {
    /// Returns the value as a text.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
        }
    }

    /// Returns the value as JSON.
    pub fn json(&self) -> Json {
        match self {
            Value::Text(text) => Json::from(text.as_str()),
            Value::Number(number) => Json::from(*number),
            Value::Flag(flag) => Json::from(*flag),
        }
    }

    /// Returns the name of its type, as GraphML and GEXF have it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Text(_) => "string",
            Value::Number(_) => "double",
            Value::Flag(_) => "boolean",
        }
    }
}

/// Returns what a node says, its id left out.
pub fn of_node(node: Node) -> Record {
    let mut record = flat(&Profile::from(node));
    record.retain(|(key, _)| key != "id");
    record
}

/// Returns what a relation says, its ends and its kind left out.
pub fn of_relation(relation: Relation) -> Record {
    let mut record = flat(&relation);
    record.retain(|(key, _)| !matches!(&**key, "from" | "to" | "kind"));
    record
}

/// Returns these fields as a JSON object.
pub fn object(record: &Record) -> serde_json::Map<String, Json> {
    record.iter().map(|(key, value)| (key.clone(), value.json())).collect()
}

/// Flattens a record: `name: {ja, en}` to `name_ja` and `name_en`, lists of texts to one text with `; `
/// between them, and lists of records to JSON. What is empty is left out.
fn flat(record: &impl Serialize) -> Record {
    let mut fields = Record::new();
    if let Ok(Json::Object(all)) = serde_json::to_value(record) {
        for (key, value) in all {
            add(key, value, &mut fields);
        }
    }
    fields
}

fn add(key: String, value: Json, fields: &mut Record) {
    match value {
        Json::Null => {}
        Json::Bool(flag) => fields.push((key, Value::Flag(flag))),
        Json::Number(number) => {
            fields.push((key, Value::Number(number.as_f64().unwrap_or_default())));
        }
        Json::String(text) => fields.push((key, Value::Text(text))),
        Json::Object(parts) => {
            for (part, value) in parts {
                add(format!("{key}_{part}"), value, fields);
            }
        }
        Json::Array(items) if items.is_empty() => {}
        Json::Array(items) if items.iter().all(Json::is_string) => {
            let texts: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
            fields.push((key, Value::Text(texts.join("; "))));
        }
        list => fields.push((key, Value::Text(list.to_string()))),
    }
}

/// Returns a text in double quotes, as Graphviz and Turtle read it: a quote, a backslash and the end of a line
/// are escaped by a backslash, and what steers a terminal is written as `steering` does.
pub fn quoted(text: &str, steering: impl Fn(char) -> String) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if steers(c) => out.push_str(&steering(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Returns the keys of many records with the type of each, in the order in which they are met.
pub fn columns<'r>(records: impl IntoIterator<Item = &'r Record>) -> Vec<(String, &'static str)> {
    let mut columns: Vec<(String, &'static str)> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for (key, value) in records.into_iter().flatten() {
        if known.insert(key.clone()) {
            columns.push((key.clone(), value.type_name()));
        }
    }
    columns
}
