//! Writes YAML in the way people write it: block style, no needless quotes, Japanese unescaped.

use std::io::{self, Write};

use serde_json::Value;

use super::{Records, Report};
use crate::source::scalar;

/// Writes a list as a sequence of records, or the one record as a mapping.
pub fn write(answer: &dyn Report, out: &mut dyn Write) -> io::Result<()> {
    let records = match answer.records() {
        Records::One(record) => return write_value(&record, 0, out),
        Records::Many(records) => records,
    };
    let mut is_empty = true;
    for record in records {
        is_empty = false;
        write_item(&record, 0, out)?;
    }
    if is_empty { writeln!(out, "[]") } else { Ok(()) }
}

/// Begins a record with a list: writes the other fields, and the name of the list.
pub fn begin(head: &Value, list: &str, out: &mut dyn Write) -> io::Result<()> {
    write_value(head, 0, out)?;
    write!(out, "{list}:")
}

/// Writes an item of the list that was begun.
pub fn write_items(item: &dyn Report, is_first: bool, out: &mut dyn Write) -> io::Result<()> {
    if is_first {
        writeln!(out)?;
    }
    for record in item.records() {
        indent(1, out)?;
        write_item(&record, 1, out)?;
    }
    Ok(())
}

fn indent(depth: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{:1$}", "", 2 * depth)
}

/// Writes a mapping or a sequence whose first line is already indented.
fn write_value(value: &Value, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (at, (key, value)) in fields.iter().enumerate() {
                if at > 0 {
                    indent(depth, out)?;
                }
                write!(out, "{}:", scalar(key))?;
                write_field(value, depth, out)?;
            }
            Ok(())
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    indent(depth, out)?;
                }
                write_item(item, depth, out)?;
            }
            Ok(())
        }
        leaf => writeln!(out, "{}", plain(leaf)),
    }
}

fn write_item(item: &Value, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "- ")?;
    write_value(item, depth + 1, out)
}

fn write_field(value: &Value, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let is_nested = match value {
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if is_nested {
        writeln!(out)?;
        indent(depth + 1, out)?;
        write_value(value, depth + 1, out)
    } else {
        writeln!(out, " {}", plain(value))
    }
}

fn plain(leaf: &Value) -> String {
    match leaf {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(text) => scalar(text),
        Value::Array(_) => "[]".into(),
        Value::Object(_) => "{}".into(),
    }
}
