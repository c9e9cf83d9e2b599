//! Writes records as YAML in the way people write it.
//!
//! Fields are written in the order in which the model declares them. Empty fields and defaults are
//! left out; short values are written on one line. No quotes are used where none are needed, and no
//! printable text is escaped.

use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use super::scalar::{scalar, scalar_in_flow};
use crate::control::steers;
use crate::model::{AtlasFile, Date};

/// A line is no longer than this many columns where it can be broken.
const COLUMNS: usize = 100;

/// Writes the records of one file. Reading them back gives the same records, if every number is
/// finite. Linear in their size.
pub fn write(records: &AtlasFile) -> String {
    let value = serde_json::to_value(records).expect("records have string keys");
    let mut out = String::new();
    for (section, records) in fields(value) {
        let records = items(records);
        if records.is_empty() {
            continue;
        }
        out.push_str(&section);
        out.push_str(":\n");
        for record in records {
            write_item(prune(&section, record), 1, &mut out);
        }
    }
    out
}

fn fields(value: Value) -> Map<String, Value> {
    if let Value::Object(fields) = value { fields } else { Map::new() }
}

fn items(value: Value) -> Vec<Value> {
    if let Value::Array(items) = value { items } else { Vec::new() }
}

/// Leaves out what is empty or goes without saying in a record of the list that `list` names.
fn prune(list: &str, record: Value) -> Value {
    let mut kept = Map::new();
    for (name, value) in fields(record) {
        let value = match &*name {
            "identifiers" => value,
            "from" | "to" if list == "relations" => single(value),
            "indicators" | "claims" | "notes" | "events" => {
                items(value).into_iter().map(|it| prune(&name, it)).collect()
            }
            _ => without_nulls(value),
        };
        if !is_silent(&name, &value) || is_required(list, &name) {
            kept.insert(name, value);
        }
    }
    Value::Object(kept)
}

/// One id stands for the list of itself.
fn single(value: Value) -> Value {
    match value {
        Value::Array(mut ids) if ids.len() == 1 => ids.remove(0),
        value => value,
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
        }
        value => value,
    }
}

fn is_silent(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::String(basis) => name == "basis" && basis == "stated",
        Value::Bool(open) => name == "open" && !open,
        _ => false,
    }
}

/// Whether records of a list must have the field, be it empty.
fn is_required(list: &str, name: &str) -> bool {
    match list {
        "relations" => matches!(name, "from" | "to"),
        "relation_kinds" | "node_types" | "event_kinds" | "indicators" => name == "name",
        "notes" => name == "text",
        _ => false,
    }
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Writes an item of a list, its dash and all.
fn write_item(item: Value, depth: usize, out: &mut String) {
    indent(depth, out);
    out.push_str("- ");
    match item {
        Value::Object(record) if !record.is_empty() => {
            for (at, (name, value)) in record.into_iter().enumerate() {
                if at > 0 {
                    indent(depth + 1, out);
                }
                write_field(&name, value, depth + 1, out);
            }
        }
        Value::String(text) => write_text(&text, 2 * depth + 2, depth + 1, out),
        leaf => {
            out.push_str(&flow(&leaf));
            out.push('\n');
        }
    }
}

/// Writes a field whose line is already indented to `depth`.
fn write_field(name: &str, value: Value, depth: usize, out: &mut String) {
    let key = scalar(name);
    out.push_str(&key);
    out.push(':');
    let column = 2 * depth + key.width() + 1;
    match value {
        Value::String(text) if is_date(name, &text) => {
            out.push(' ');
            out.push_str(&text);
            out.push('\n');
        }
        Value::String(text) => {
            out.push(' ');
            write_text(&text, column + 1, depth + 1, out);
        }
        value => match one_line(&value, column + 1) {
            Some(line) => {
                out.push(' ');
                out.push_str(&line);
                out.push('\n');
            }
            None => write_block(value, depth, out),
        },
    }
}

/// Whether a field is a date that needs no quotes; a year below 1000 would be read as a number by some.
fn is_date(field: &str, text: &str) -> bool {
    matches!(field, "since" | "until" | "date")
        && !text.starts_with('0')
        && text.parse::<Date>().is_ok()
}

/// A value on one line, where it is made of nothing but leaves and fits beside what stands before.
fn one_line(value: &Value, column: usize) -> Option<String> {
    let is_leaf = |value: &Value| !(value.is_array() || value.is_object());
    let is_flat = match value {
        Value::Array(items) => items.iter().all(is_leaf),
        Value::Object(fields) => fields.values().all(is_leaf),
        _ => true,
    };
    let is_empty = matches!(value, Value::Array(items) if items.is_empty());
    let line = is_flat.then(|| flow(value))?;
    (is_empty || is_leaf(value) || column + line.width() <= COLUMNS).then_some(line)
}

/// Writes a mapping or a list below its field, which stands at `depth`.
fn write_block(value: Value, depth: usize, out: &mut String) {
    out.push('\n');
    match value {
        Value::Array(items) => {
            items.into_iter().for_each(|item| write_item(item, depth + 1, out));
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                indent(depth + 1, out);
                write_field(&name, value, depth + 1, out);
            }
        }
        _ => unreachable!("leaves stand on one line"),
    }
}

/// Writes a text from `column` on, and ends its line; a long one is folded between its words.
fn write_text(text: &str, column: usize, depth: usize, out: &mut String) {
    let line = scalar(text);
    if column + line.width() > COLUMNS && can_fold(text) {
        out.push_str(">-\n");
        let mut room = 0;
        for word in text.split(' ') {
            if room < word.width() + 1 {
                if room > 0 {
                    out.push('\n');
                }
                indent(depth, out);
                room = COLUMNS.saturating_sub(2 * depth).max(1);
            } else {
                out.push(' ');
                room -= 1;
            }
            out.push_str(word);
            room = room.saturating_sub(word.width()).max(1);
        }
    } else {
        out.push_str(&line);
    }
    out.push('\n');
}

/// Whether a text is words between single spaces, which a folded block gives back as they are.
fn can_fold(text: &str) -> bool {
    text.contains(' ')
        && !text.contains(|c| steers(c) || matches!(c, '\u{fffe}' | '\u{ffff}'))
        && text.split(' ').all(|word| !word.is_empty() && word.trim() == word)
}

/// A leaf, or a list or mapping of leaves, in flow style.
fn flow(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => match number.as_f64() {
            // Of the zeros, only that of fractions has a sign.
            Some(zero) if zero == 0.0 && zero.is_sign_negative() => "-0.0".to_owned(),
            Some(whole) if number.is_f64() && whole.fract() == 0.0 && whole.abs() < 1e15 => {
                format!("{whole:.0}")
            }
            _ => number.to_string(),
        },
        Value::String(text) => scalar_in_flow(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                format!("{}: {}", scalar_in_flow(name), flow(value))
            };
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
    }
}
