//! Answers into a few shapes, and shapes into formats: one file for each question, one for each format.
//!
//! Owns words, columns and colours; knows no arguments and writes to any writer. A new question
//! implements [`Answer`] and has every format; a new format is one file and has every question.

mod check;
mod clean;
pub mod compare;
mod delimited;
mod diagnostic;
mod diff;
mod explain;
pub mod gaps;
mod json;
mod list;
mod path;
mod proposals;
pub mod risk;
mod sarif;
mod search;
pub mod show;
mod stats;
mod stream;
mod table;
mod terminal;
pub mod trace;
pub mod words;
mod yaml;

use std::io::{self, Write};

use serde_json::Value;

use crate::lang::Lang;

pub use clean::clean;
pub use diagnostic::{diagnostics, findings};
pub use json::document;
pub use sarif::sarif;
pub use stream::{Stream, write_stream};

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Tables for people.
    #[default]
    Table,
    /// One JSON value.
    Json,
    /// One JSON value a line.
    Ndjson,
    /// Comma-separated values (RFC 4180), with a header.
    Csv,
    /// Tab-separated values, with a header; tabs and line breaks in a field are written `\t`, `\n`.
    Tsv,
    /// YAML.
    Yaml,
    /// The ids alone, one a line.
    Ids,
}

/// How people read it.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Columns of the terminal; unlimited where absent.
    pub width: Option<u16>,
}

/// Rows under headers, for people or for spreadsheets.
#[derive(Debug, Default)]
pub struct Grid {
    /// What the columns are called; none where they need no name.
    pub headers: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// The headers of the columns that a narrow terminal can do without, the most dispensable first.
    pub spare: &'static [&'static str],
    /// The rows that stand out, in ascending order.
    pub strong: Vec<usize>,
}

/// A part of a page for people.
#[derive(Debug)]
pub enum Block {
    /// A line that stands out.
    Title(String),
    /// A line that explains.
    Line(String),
    /// A table.
    Grid(Grid),
    /// An empty line.
    Gap,
}

/// What every answer can be turned into.
pub trait Answer {
    /// Whether the answer is a list of records; else it is one record.
    fn is_list(&self) -> bool;

    /// The records for scripts, by the JSON contract.
    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_>;

    /// The columns for spreadsheets; headers never depend on a language.
    fn sheet(&self) -> Grid;

    /// The ids, for scripts that need no more.
    fn ids(&self) -> Vec<String>;

    /// The page for people.
    fn page(&self, lang: Lang) -> Vec<Block>;
}

/// Writes an answer.
///
/// # Errors
/// Where `out` takes no more.
pub fn write(
    answer: &dyn Answer,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => terminal::write(&answer.page(style.lang), style.width, out),
        Format::Json => json::write(answer, out),
        Format::Ndjson => json::write_lines(answer, out),
        Format::Csv => delimited::write_csv(&answer.sheet(), out),
        Format::Tsv => delimited::write_tsv(&answer.sheet(), out),
        Format::Yaml => yaml::write(answer, out),
        Format::Ids => delimited::write_ids(&answer.ids(), out),
    }
}

/// The JSON value of a record.
fn value(record: impl serde::Serialize) -> Value {
    serde_json::to_value(record).expect("records have string keys and finite numbers")
}
