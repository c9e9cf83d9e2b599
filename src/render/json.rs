//! Writes JSON, as one value or as one value per line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::{Records, Report};
use crate::control::steers;

/// Writes one JSON value: an array of the records of a list, or the one record.
pub fn write(answer: &dyn Report, out: &mut dyn Write) -> io::Result<()> {
    let records = match answer.records() {
        Records::One(record) => return document(&record, out),
        Records::Many(records) => records,
    };
    let mut first = true;
    for record in records {
        out.write_all(if first { b"[\n" } else { b",\n" })?;
        first = false;
        serialize(&record, PrettyFormatter::new(), out)?;
    }
    writeln!(out, "{}", if first { "[]" } else { "\n]" })
}

/// Begins a record with a list: writes the other fields, and the name of the list.
pub fn begin(head: &Value, list: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Vec::new();
    serialize(head, PrettyFormatter::new(), &mut text)?;
    let fields = text.strip_suffix(b"\n}").unwrap_or(&text);
    out.write_all(fields)?;
    write!(out, ",\n  \"{list}\": [")
}

/// Writes an item of the list that was begun.
pub fn write_item(item: &dyn Report, is_first: bool, out: &mut dyn Write) -> io::Result<()> {
    for record in item.records() {
        out.write_all(if is_first { b"\n" } else { b",\n" })?;
        serialize(&record, PrettyFormatter::new(), out)?;
    }
    Ok(())
}

/// Ends the list and the record.
pub fn end(is_empty: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", if is_empty { "]\n}" } else { "\n  ]\n}" })
}

/// Writes a JSON value that is not an answer, such as a schema.
///
/// # Errors
/// Where `out` takes no more.
pub fn document(document: &Value, out: &mut dyn Write) -> io::Result<()> {
    serialize(document, PrettyFormatter::new(), out)?;
    writeln!(out)
}

/// Writes every record on a line of its own.
pub fn write_lines(answer: &dyn Report, out: &mut dyn Write) -> io::Result<()> {
    for record in answer.records() {
        serialize(&record, CompactFormatter, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn serialize(value: &Value, formatter: impl Formatter, out: &mut dyn Write) -> io::Result<()> {
    value
        .serialize(&mut Serializer::with_formatter(out, Escaping(formatter)))
        .map_err(io::Error::from)
}

/// Escapes every character that could control a terminal, in addition to those that JSON requires.
struct Escaping<F>(F);

macro_rules! pass_on {
    ($($name:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        }
    )*};
}

impl<F: Formatter> Formatter for Escaping<F> {
    pass_on! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(steers) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let c = rest[at..].chars().next().expect("found above");
            write!(writer, "\\u{:04x}", c as u32)?;
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_read_back() {
        let value = Value::from("a\u{9b}b\u{202e}c\u{7f}\n大阪");
        let mut out = Vec::new();
        serialize(&value, CompactFormatter, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\"a\\u009bb\\u202ec\\u007f\\n大阪\"");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
