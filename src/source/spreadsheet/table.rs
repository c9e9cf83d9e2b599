//! A text as rows under headers, however its spreadsheet parts the fields.

use csv::ReaderBuilder;

use crate::model::Text;
use crate::source::import::{Input, Refusal, in_its_language};

/// Rows under headers.
#[derive(Debug, Default)]
pub struct Table {
    /// The headers in lower case, with `_` for blanks.
    pub headers: Vec<String>,
    /// The rows that are not empty.
    pub rows: Vec<Row>,
}

/// One row: its cells by header.
#[derive(Debug, Default)]
pub struct Row {
    /// The line at which it begins, from 1.
    pub line: u64,
    cells: Vec<(String, String)>,
}

impl Row {
    /// A row of these cells.
    pub fn new(line: u64, cells: impl IntoIterator<Item = (String, String)>) -> Self {
        let filled = |(_, cell): &(String, String)| !cell.is_empty();
        Row { line, cells: cells.into_iter().filter(filled).collect() }
    }

    /// What stands in a column; nothing if that is empty.
    pub fn cell(&self, header: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name == header).map(|(_, cell)| &**cell)
    }

    /// The several values of a column.
    pub fn list(&self, header: &str) -> Vec<String> {
        let items = self.cell(header).unwrap_or_default().split(';').map(str::trim);
        items.filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }

    /// A text by the columns `NAME_ja` and `NAME_en`, or `NAME` in the language of its script.
    pub fn text(&self, name: &str) -> Text {
        let own = |lang: &str| self.cell(&format!("{name}_{lang}")).map(str::to_owned);
        let plain = self.cell(name).map(in_its_language).unwrap_or_default();
        Text { ja: own("ja").or(plain.ja), en: own("en").or(plain.en) }
    }

    /// The columns that say something.
    pub fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cells.iter().map(|(header, cell)| (&**header, &**cell))
    }
}

/// Reads a table.
///
/// # Errors
/// Where there is no header, or where the quotes do not match.
pub fn read_table(input: &Input) -> Result<Table, Refusal> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(&input.text))
        .flexible(true)
        .from_reader(input.text.as_bytes());
    let broken = |error: csv::Error| {
        Refusal::new(
            format!("`{}` is no table: {error}", input.name),
            format!("`{}` は表として読めません: {error}", input.name),
        )
    };
    let fold = |header: &str| header.trim().to_lowercase().replace([' ', '-'], "_");
    let headers: Vec<String> = reader.headers().map_err(broken)?.iter().map(fold).collect();
    if headers.iter().all(String::is_empty) {
        return Err(Refusal::new(
            format!("`{}` is empty", input.name),
            format!("`{}` は空です", input.name),
        ));
    }
    let mut table = Table { headers, rows: Vec::new() };
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| cell.trim().to_owned());
        let row = Row::new(line, table.headers.iter().cloned().zip(cells));
        if !row.cells.is_empty() {
            table.rows.push(row);
        }
    }
    Ok(table)
}

/// The character that parts the fields: of comma, semicolon and tab, the one that the header has
/// most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    // Of equals, the last is the greatest.
    [b'\t', b';', b','].into_iter().max_by_key(|it| count(*it)).unwrap_or(b',')
}
