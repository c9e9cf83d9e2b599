//! Renders answers: into a few shapes, and these into formats. One file for each question, one for
//! each format.
//!
//! This module decides on words, columns and colours, and writes to any writer; it does not know
//! the command line. A new question implements [`Report`] and has every format; a new format is one
//! file and serves every question.

mod actors;
mod cell;
mod check;
mod chosen;
mod cite;
mod clean;
pub mod compare;
mod delimited;
mod diagnostic;
mod diff;
mod drawing;
pub mod expect;
mod explain;
pub mod gaps;
mod html;
mod json;
mod list;
pub(crate) mod map;
mod markdown;

pub mod page;
mod path;
mod pictures;
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
mod wrap;
pub mod xlsx;
mod yaml;

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::lang::Lang;
use crate::model::Date;
use crate::picture::{self, NotDrawn, Picture};

pub use cell::Cell;
pub use chosen::{Chosen, key, keys, order};
pub use clean::clean;
pub use diagnostic::diagnostics;
pub use json::document;
pub use pictures::Drawing;
pub use stream::{Stream, write_stream};
pub use table::{Audience, Column, Table};

/// The format of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Tables for people.
    #[default]
    Table,
    /// One JSON value.
    Json,
    /// One JSON value per line.
    Ndjson,
    /// Comma-separated values (RFC 4180), with a header.
    Csv,
    /// Tab-separated values, with a header; tabs and line breaks in a field are written `\t`, `\n`.
    Tsv,
    /// YAML.
    Yaml,
    /// Markdown, for reports.
    Markdown,
    /// Only the ids, one per line.
    Ids,
    /// One HTML file, to read, print or attach.
    Html,
    /// A workbook for Excel and LibreOffice.
    Xlsx,
    /// A picture as SVG.
    Svg,
    /// A picture as a slide for PowerPoint and LibreOffice.
    Pptx,
    /// SARIF 2.1.0 (OASIS), of findings alone.
    Sarif,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[
        Format::Table,
        Format::Json,
        Format::Ndjson,
        Format::Csv,
        Format::Tsv,
        Format::Yaml,
        Format::Markdown,
        Format::Ids,
        Format::Html,
        Format::Xlsx,
        Format::Svg,
        Format::Pptx,
        Format::Sarif,
    ];

    /// Returns the format as it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Yaml => "yaml",
            Format::Markdown => "markdown",
            Format::Ids => "ids",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Svg => "svg",
            Format::Pptx => "pptx",
            Format::Sarif => "sarif",
        }
    }

    /// Returns whether people read it as a page.
    pub fn is_page(self) -> bool {
        matches!(self, Format::Table | Format::Markdown | Format::Html)
    }

    /// Returns whether it is no text, and of no use on a terminal.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Pptx)
    }

    /// Returns whether it is a picture, which not every answer has.
    pub fn is_picture(self) -> bool {
        matches!(self, Format::Svg | Format::Pptx)
    }

    /// Returns the format that the name of a file asks for by its ending.
    pub fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        let named = match &*ending {
            "md" => "markdown",
            "yml" => "yaml",
            "jsonl" => "ndjson",
            "htm" => "html",
            "txt" => "table",
            ending => ending,
        };
        Format::ALL.iter().copied().find(|format| format.as_str() == named)
    }

    /// Returns whether spreadsheets read it.
    pub fn is_sheet(self) -> bool {
        matches!(self, Format::Csv | Format::Tsv)
    }
}

/// The language, width and colours of a page.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Columns of the terminal; unlimited where absent.
    pub width: Option<u16>,
    /// Whether texts may stand out by colour and weight.
    pub color: bool,
    /// Whether the terminal shows texts as links (OSC 8).
    pub links: bool,
    /// The date that the answer is of, where one is asked about.
    pub as_of: Option<Date>,
}

impl Style {
    /// A text that stands out.
    pub fn bold(self, text: &str) -> String {
        self.painted(anstyle::Style::new().bold(), text)
    }

    /// A text that steps back.
    pub fn dimmed(self, text: &str) -> String {
        self.painted(anstyle::Style::new().dimmed(), text)
    }

    /// A text that warns.
    pub fn alarming(self, text: &str) -> String {
        self.painted(anstyle::AnsiColor::Red.on_default().bold(), text)
    }

    /// A text that leads to an address, where the terminal has links.
    pub fn linked(self, text: &str, address: Option<&str>) -> String {
        match address.filter(|_| self.links && !text.is_empty()) {
            Some(address) => format!("\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"),
            None => text.to_owned(),
        }
    }

    fn painted(self, look: anstyle::Style, text: &str) -> String {
        match self.color && !text.is_empty() {
            true => format!("{look}{text}{look:#}"),
            false => text.to_owned(),
        }
    }
}

/// A part of a page for people.
pub enum Block<'a> {
    /// A heading.
    Title(String),
    /// A line that explains.
    Line(String),
    /// A table.
    Table(Table<'a>),
    /// An empty line.
    Gap,
}

impl<'a> From<Table<'a>> for Block<'a> {
    fn from(table: Table<'a>) -> Self {
        Block::Table(table)
    }
}

/// The records of an answer for scripts, as the JSON contract describes them.
pub enum Records<'a> {
    /// One record.
    One(Value),
    /// A list of records.
    Many(Box<dyn Iterator<Item = Value> + 'a>),
}

impl<'a> Records<'a> {
    /// One record.
    pub fn one(record: impl Serialize) -> Self {
        Records::One(value(record))
    }

    /// A list of records.
    pub fn many<T: Serialize + 'a>(records: impl IntoIterator<Item = T, IntoIter: 'a>) -> Self {
        Records::Many(Box::new(records.into_iter().map(value)))
    }
}

impl<'a> IntoIterator for Records<'a> {
    type Item = Value;
    type IntoIter = Box<dyn Iterator<Item = Value> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        match self {
            Records::One(record) => Box::new(std::iter::once(record)),
            Records::Many(records) => records,
        }
    }
}

/// An answer that can be written in every format.
pub trait Report {
    /// Returns the records for scripts, as the JSON contract describes them.
    fn records(&self) -> Records<'_>;

    /// Returns the table for spreadsheets; keys and cells do not depend on the language.
    fn table(&self, lang: Lang) -> Table<'_>;

    /// Returns the ids; by default the first column of the table.
    fn ids(&self) -> Vec<String> {
        let table = self.table(Lang::default());
        let first = table.sheet().next();
        let cells = first.into_iter().flat_map(|it| (0..table.rows).map(|row| it.cell(row)));
        cells.map(|cell| cell.in_sheet().into_owned()).collect()
    }

    /// Returns the page for people; by default the table.
    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        vec![Block::Table(self.table(lang))]
    }

    /// Writes the page for people.
    ///
    /// # Errors
    /// Where `out` takes no more.
    fn page(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        terminal::write(&self.blocks(style.lang), style, out)
    }

    /// The picture, with names in `lang`, or why it cannot be drawn; nothing where the answer has none.
    fn picture(&self, _lang: Lang) -> Option<Result<Picture, NotDrawn>> {
        None
    }

    /// The log of findings, with texts in `lang`; only what finds faults has one.
    fn sarif(&self, _lang: Lang) -> Option<Value> {
        None
    }
}

/// Writes an answer.
///
/// # Errors
/// Where `out` takes no more, or the answer has no such format.
pub fn write(
    answer: &dyn Report,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => answer.page(style, out),
        Format::Json => json::write(answer, out),
        Format::Ndjson => json::write_lines(answer, out),
        Format::Csv => delimited::write_csv(&answer.table(style.lang), out),
        Format::Tsv => delimited::write_tsv(&answer.table(style.lang), out),
        Format::Yaml => yaml::write(answer, out),
        Format::Markdown => markdown::write(&answer.blocks(style.lang), style.lang, out),
        Format::Ids => delimited::write_ids(&answer.ids(), out),
        Format::Html => {
            html::begin(&answer.blocks(style.lang), style, out)?;
            html::end(out)
        }
        Format::Xlsx => {
            let table = answer.table(style.lang);
            xlsx::write(&answer.blocks(style.lang), &table, style.lang, out)
        }
        Format::Svg | Format::Pptx => {
            let picture = answer.picture(style.lang).and_then(Result::ok).ok_or_else(no_picture)?;
            write_picture(&picture, format, out)
        }
        Format::Sarif => json::document(&answer.sarif(style.lang).ok_or_else(no_findings)?, out),
    }
}

/// Writes a picture.
///
/// # Errors
/// Where `out` takes no more.
pub fn write_picture(picture: &Picture, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Pptx => out.write_all(&picture::write_pptx(picture)),
        _ => out.write_all(picture::write_svg(picture).as_bytes()),
    }
}

/// Why an answer cannot be drawn.
fn no_picture() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "this answer has no picture")
}

/// Why an answer cannot be written as SARIF.
fn no_findings() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "SARIF tells findings, and this answer has none")
}

/// The JSON value of a record.
fn value(record: impl Serialize) -> Value {
    serde_json::to_value(record).expect("records have string keys and finite numbers")
}
