//! Writes answers while they are found: a record with one list, which may be long.

use std::io::{self, Write};

use serde_json::Value;

use super::{
    Block, Format, Report, Style, Table, delimited, html, json, markdown, no_findings, no_picture,
    terminal, xlsx, yaml,
};
use crate::lang::Lang;
use crate::picture::{NotDrawn, Picture};

/// An answer that is still being found, and can be written item by item; each item is a [`Report`].
pub trait Stream {
    /// Returns the fields of the record before its list.
    fn head(&self) -> Value;

    /// Returns the name of the list.
    fn list(&self) -> &'static str;

    /// Returns a table without rows, with the columns of the items.
    fn columns(&self, lang: Lang) -> Table<'_>;

    /// Returns the part of the page before the items.
    fn title(&self, lang: Lang) -> Vec<Block<'_>>;

    /// The picture, as [`Report::picture`] has it.
    fn picture(&self, _lang: Lang) -> Option<Result<Picture, NotDrawn>> {
        None
    }

    /// Returns the items; each is found when it is read.
    fn items(&self) -> Box<dyn Iterator<Item = Box<dyn Report + '_>> + '_>;
}

/// Writes an answer item by item, so that the first can be read before the last is found.
///
/// # Errors
/// Where `out` takes no more.
pub fn write_stream(
    stream: &dyn Stream,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == Format::Xlsx {
        return write_whole(stream, style.lang, out);
    }
    match format {
        Format::Html => html::begin(&stream.title(style.lang), style, out)?,
        Format::Table => terminal::write(&stream.title(style.lang), style, out)?,
        Format::Markdown => markdown::write(&stream.title(style.lang), style.lang, out)?,
        Format::Json => json::begin(&stream.head(), stream.list(), out)?,
        Format::Csv => delimited::write_csv_keys(&stream.columns(style.lang), out)?,
        Format::Tsv => delimited::write_tsv_keys(&stream.columns(style.lang), out)?,
        Format::Yaml => yaml::begin(&stream.head(), stream.list(), out)?,
        Format::Ndjson | Format::Ids | Format::Xlsx => {}
        Format::Svg | Format::Pptx => return Err(no_picture()),
        Format::Sarif => return Err(no_findings()),
    }
    let mut is_empty = true;
    for item in stream.items() {
        match format {
            Format::Table => terminal::write(&item.blocks(style.lang), style, out)?,
            Format::Markdown => markdown::write(&item.blocks(style.lang), style.lang, out)?,
            Format::Json => json::write_item(&*item, is_empty, out)?,
            Format::Csv => delimited::write_csv_rows(&item.table(style.lang), out)?,
            Format::Tsv => delimited::write_tsv_rows(&item.table(style.lang), out)?,
            Format::Yaml => yaml::write_items(&*item, is_empty, out)?,
            Format::Ndjson => json::write_lines(&*item, out)?,
            Format::Ids => delimited::write_ids(&item.ids(), out)?,
            Format::Html => html::write(&item.blocks(style.lang), false, style.lang, out)?,
            Format::Xlsx | Format::Svg | Format::Pptx | Format::Sarif => return Err(no_findings()),
        }
        is_empty = false;
        out.flush()?;
    }
    match format {
        Format::Html => html::end(out),
        Format::Json => json::end(is_empty, out),
        Format::Yaml if is_empty => writeln!(out, " []"),
        _ => Ok(()),
    }
}

/// Writes an answer as a workbook, which needs all items at once.
fn write_whole(stream: &dyn Stream, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let items: Vec<Box<dyn Report + '_>> = stream.items().collect();
    let mut blocks = stream.title(lang);
    blocks.extend(items.iter().flat_map(|item| item.blocks(lang)));
    let tables: Vec<Table> = items.iter().map(|item| item.table(lang)).collect();
    xlsx::write(&blocks, &Table::stacked(stream.columns(lang), tables), lang, out)
}
