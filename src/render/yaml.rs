//! YAML as people write it: block style, no needless quotes, Japanese as it is.

use std::io::{self, Write};

use serde_json::Value;

use super::Answer;
use super::clean::steers;

/// Writes a list as a sequence of records, or the one record as a mapping.
pub fn write(answer: &dyn Answer, out: &mut dyn Write) -> io::Result<()> {
    let mut is_empty = true;
    for record in answer.records() {
        is_empty = false;
        if answer.is_list() {
            write_item(&record, 0, out)?;
        } else {
            write_value(&record, 0, out)?;
        }
    }
    if is_empty && answer.is_list() { writeln!(out, "[]") } else { Ok(()) }
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

/// A string as a plain scalar where it reads back as itself, else in quotes.
fn scalar(text: &str) -> String {
    let is_unfit = |c: char| steers(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.chars().any(is_unfit) {
        let mut quoted = String::from("\"");
        for c in text.chars() {
            match c {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                c if is_unfit(c) => quoted.push_str(&format!("\\u{:04x}", c as u32)),
                c => quoted.push(c),
            }
        }
        quoted.push('"');
        return quoted;
    }
    if is_plain(text) { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

/// Whether a text, written without quotes, reads back as this text and as no other type.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let is_word = matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    let opens = match first {
        '-' => !text[1..].starts_with(char::is_alphabetic),
        first => {
            !first.is_alphanumeric()
                && first.is_ascii()
                && !matches!(first, '(' | '/' | '_' | '$' | '^' | ';')
        }
    };
    !(is_word
        || opens
        || looks_like_a_number(text)
        || text.ends_with(char::is_whitespace)
        || text.ends_with(':')
        || text.contains(": ")
        || text.contains(" #"))
}

/// Whether some reader of YAML would take the text for a number; dates such as `2015-01` are none.
fn looks_like_a_number(text: &str) -> bool {
    let is_date = text.len() > 4 && text.parse::<crate::model::Date>().is_ok();
    let numeric = |b: u8| b.is_ascii_hexdigit() || b"+-._xXoO:,".contains(&b);
    !is_date && text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(numeric)
}
