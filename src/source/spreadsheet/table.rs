//! Parses a table, whichever delimiter and line endings its spreadsheet uses.

use std::collections::HashMap;

use csv::ReaderBuilder;
use unicode_normalization::UnicodeNormalization;

use crate::model::Text;
use crate::source::import::{Input, Refusal, in_its_language};

/// Rows under headers.
#[derive(Debug, Default)]
pub struct Table {
    /// The headers in lower case, with `_` for blanks.
    pub headers: Vec<String>,
    /// The rows that are not empty.
    pub rows: Vec<Row>,
    /// The rows with more cells than there are headers, so that it is unclear which cell belongs
    /// where: their lines, and what is wrong.
    pub overfull: Vec<(u64, String)>,
}

/// One row: its cells by header.
#[derive(Debug, Default)]
pub struct Row {
    /// The line at which it begins, from 1.
    pub line: u64,
    cells: Vec<(String, String)>,
}

impl Row {
    /// Creates a row of these cells.
    pub fn new(line: u64, cells: impl IntoIterator<Item = (String, String)>) -> Self {
        let filled = |(_, cell): &(String, String)| !cell.is_empty();
        Row { line, cells: cells.into_iter().filter(filled).collect() }
    }

    /// Returns the value in a column; `None` if it is empty.
    pub fn cell(&self, header: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name == header).map(|(_, cell)| &**cell)
    }

    /// Returns the values of a column that are separated by `;`. A `;` within a value is written
    /// `\;`, a backslash `\\`.
    pub fn list(&self, header: &str) -> Vec<String> {
        let (mut items, mut item) = (Vec::new(), String::new());
        let mut rest = self.cell(header).unwrap_or_default().chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\\' if matches!(rest.peek(), Some(';' | '\\')) => item.extend(rest.next()),
                ';' => items.push(std::mem::take(&mut item)),
                c => item.push(c),
            }
        }
        items.push(item);
        let items = items.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
        items.map(str::to_owned).collect()
    }

    /// Returns a text from the columns `NAME_ja` and `NAME_en`, or from `NAME` in the language of
    /// its script.
    pub fn text(&self, name: &str) -> Text {
        let own = |lang: &str| self.cell(&format!("{name}_{lang}")).map(str::to_owned);
        let plain = self.cell(name).map(in_its_language).unwrap_or_default();
        Text { ja: own("ja").or(plain.ja), en: own("en").or(plain.en) }
    }

    /// Returns the columns that are not empty, with their values.
    pub fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cells.iter().map(|(header, cell)| (&**header, &**cell))
    }
}

/// Reads a table. Linear in its size.
///
/// # Errors
/// Where there is no header, or where a quote is not closed at the end of its cell.
pub fn read_table(input: &Input) -> Result<Table, Refusal> {
    let (delimiter, start) = layout(&input.text);
    let text = &input.text[start..];
    let mut lines = Lines { bytes: input.text.as_bytes(), at: 0, line: 1 };
    if let Some(at) = open_quote(text.as_bytes(), delimiter) {
        return Err(open(input, lines.of(start + at)));
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    for record in reader.records() {
        let record = record.map_err(|error| {
            Refusal::new(
                format!("`{}` is no table: {error}", input.name),
                format!("`{}` は表として読めません: {error}", input.name),
            )
        })?;
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        // The reader takes line breaks that lie before a record for a part of it.
        let begins = start + record.position().map_or(0, |it| it.byte() as usize);
        let breaks = input.text[begins..].bytes().take_while(|it| matches!(it, b'\r' | b'\n'));
        let line = lines.of(begins + breaks.count());
        if table.headers.is_empty() {
            table.headers = cells.into_iter().map(folded).collect();
        } else {
            table.push(line, &cells);
        }
    }
    if table.headers.is_empty() {
        return Err(Refusal::new(
            format!("`{}` is empty", input.name),
            format!("`{}` は空です", input.name),
        ));
    }
    Ok(table)
}

fn folded(header: &str) -> String {
    header.nfkc().collect::<String>().trim().to_lowercase().replace([' ', '-'], "_")
}

impl Table {
    fn push(&mut self, line: u64, cells: &[&str]) {
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if filled > self.headers.len() {
            let what = format!("{filled} cells under {} headers", self.headers.len());
            return self.overfull.push((line, what));
        }
        let named = self.headers.iter().enumerate().map(|(at, header)| match &**header {
            "" => format!("column {}", at + 1),
            header => header.to_owned(),
        });
        let cells = cells.iter().map(|cell| (*cell).to_owned());
        self.rows.push(Row::new(line, named.zip(cells)));
    }

    /// Renames the columns.
    pub fn rename(&mut self, name: impl Fn(&str) -> String) {
        let cells = self.rows.iter_mut().flat_map(|row| &mut row.cells).map(|(header, _)| header);
        for header in self.headers.iter_mut().chain(cells) {
            *header = name(header);
        }
    }

    /// Checks that no two columns have the same name.
    ///
    /// # Errors
    /// Where two have.
    pub fn check_headers(&self, input: &Input) -> Result<(), Refusal> {
        let mut columns: HashMap<&str, usize> = HashMap::new();
        for (at, header) in (1..).zip(&self.headers).filter(|(_, header)| !header.is_empty()) {
            if let Some(first) = columns.insert(header, at) {
                let name = &input.name;
                return Err(Refusal::new(
                    format!("columns {first} and {at} of `{name}` are both `{header}`"),
                    format!("`{name}` の {first} 列目と {at} 列目がどちらも `{header}` です"),
                )
                .hint("give each column a header of its own", "見出しは列ごとに変えてください"));
            }
        }
        Ok(())
    }
}

/// The number of a line, counted on from place to place.
struct Lines<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line in which a byte lies, no earlier than the one asked for before. Lines end in `\n`,
    /// `\r\n` or, on old Macs, `\r`.
    fn of(&mut self, byte: usize) -> u64 {
        for at in self.at..byte {
            let is_second = self.bytes[at] == b'\n' && at > 0 && self.bytes[at - 1] == b'\r';
            self.line += u64::from(matches!(self.bytes[at], b'\r' | b'\n') && !is_second);
        }
        self.at = self.at.max(byte);
        self.line
    }
}

/// What parts the fields, and where the table begins: a first line `sep=;` tells, as Excel writes it;
/// else, of comma, semicolon and tab, it is what the header has most of.
fn layout(text: &str) -> (u8, usize) {
    let blank = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let header = &text[blank..];
    let end = header.find(['\r', '\n']).unwrap_or(header.len());
    let told = header[..end].trim_matches(['"', ' ']);
    if let Some(mark) = told.get(..4).filter(|it| it.eq_ignore_ascii_case("sep=")) {
        let mark = told.as_bytes().get(mark.len()).copied().unwrap_or(b'\t');
        return (mark, blank + end);
    }
    let (mut is_quoted, mut counts) = (false, [0; 3]);
    for byte in header.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => break,
            byte if !is_quoted => {
                if let Some(at) = MARKS.iter().position(|it| *it == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    // Of equals, the last is the greatest.
    let most = (0..MARKS.len()).max_by_key(|at| counts[*at]).unwrap_or_default();
    (MARKS[most], 0)
}

const MARKS: [u8; 3] = [b'\t', b';', b','];

/// The place of a quote that opens a cell and is not closed at its end.
fn open_quote(text: &[u8], delimiter: u8) -> Option<usize> {
    #[derive(Clone, Copy)]
    enum Quoting {
        Start { after_blank: bool },
        Plain,
        Quoted(usize),
        Closed(usize),
    }
    let mut state = Quoting::Start { after_blank: false };
    for (at, byte) in text.iter().copied().enumerate() {
        let ends_cell = byte == delimiter || matches!(byte, b'\r' | b'\n');
        state = match (state, byte) {
            (Quoting::Start { after_blank: false }, b'"') => Quoting::Quoted(at),
            (Quoting::Start { after_blank: true }, b'"') => return Some(at),
            (Quoting::Quoted(open), b'"') => Quoting::Closed(open),
            (Quoting::Quoted(open), _) => Quoting::Quoted(open),
            (Quoting::Closed(open), b'"') => Quoting::Quoted(open),
            (_, _) if ends_cell => Quoting::Start { after_blank: false },
            (Quoting::Start { .. }, b' ' | b'\t') => Quoting::Start { after_blank: true },
            (Quoting::Closed(open), b' ' | b'\t') => Quoting::Closed(open),
            (Quoting::Closed(open), _) => return Some(open),
            _ => Quoting::Plain,
        };
    }
    match state {
        Quoting::Quoted(open) => Some(open),
        _ => None,
    }
}

fn open(input: &Input, line: u64) -> Refusal {
    let name = &input.name;
    Refusal::new(
        format!(
            "`{name}`, line {line}: a quote opens here and is not closed at the end of its cell"
        ),
        format!("`{name}` の {line} 行目: ここで開いた引用符がセルの終わりで閉じていません"),
    )
    .hint(
        "a cell in quotes has them at its very ends; one inside is written twice",
        "引用符はセルの両端に置き、中の引用符は二つ重ねてください",
    )
}
