//! Workbooks for Excel and LibreOffice (SpreadsheetML, ECMA-376 part 1).
//!
//! Every text is an inline string, so a cell that begins with `=` stays text. An answer is two sheets: the page
//! as people read it, and its table for further work, with keys, both languages and every column.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::cell::Room;
use super::words;
use super::{Block, Cell, Column, Table};
use crate::lang::Lang;
use crate::office::{Package, RELATIONSHIPS, Relationship, attribute, text};

/// A workbook that is being made.
#[derive(Default)]
pub struct Workbook {
    sheets: Vec<Sheet>,
}

/// A sheet.
pub struct Sheet {
    name: String,
    rows: Vec<Vec<Value>>,
    /// The row of the headings, from 0, and how many there are: they stay in sight, and the rows can be filtered.
    headings: Option<(usize, usize)>,
}

/// A cell.
struct Value {
    content: Content,
    look: Look,
    link: Option<Link>,
}

enum Content {
    Empty,
    Text(String),
    Number(f64),
}

/// Where a cell leads.
enum Link {
    /// A page of the web.
    Web(String),
    /// A cell of a sheet of this workbook.
    Cell(String),
}

/// How a cell looks; the numbers are those of `STYLES`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain = 0,
    Heading = 1,
    Title = 2,
    Bold = 3,
    Link = 4,
    Share = 5,
    Line = 6,
}

/// Excel takes no longer text in a cell.
pub const LONGEST: usize = 32_767;

/// Excel takes no more rows, and no more links of a sheet.
pub const MOST_ROWS: usize = 1_048_576;
const MOST_LINKS: usize = 65_530;

const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<fonts count=\"5\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
<font><b/><sz val=\"11\"/><color rgb=\"FFFFFFFF\"/><name val=\"Calibri\"/></font>\
<font><b/><sz val=\"14\"/><name val=\"Calibri\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font>\
<font><u/><sz val=\"11\"/><color rgb=\"FF0B5394\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF1F3864\"/></patternFill></fill></fills>\
<borders count=\"2\"><border/><border><bottom style=\"hair\"><color rgb=\"FFB0B0B0\"/></bottom></border></borders>\
<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
<cellXfs count=\"7\">\
<xf borderId=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
<xf fontId=\"1\" fillId=\"2\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>\
<xf fontId=\"2\" applyFont=\"1\"/>\
<xf fontId=\"3\" borderId=\"1\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
<xf fontId=\"4\" borderId=\"1\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
<xf numFmtId=\"9\" borderId=\"1\" applyNumberFormat=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
<xf applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// Writes an answer: its page, and its table for spreadsheets.
pub fn write(blocks: &[Block], table: &Table, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut workbook = Workbook::default();
    workbook.sheets.push(page(blocks, lang));
    workbook.add_table(lang.pick("Data", "データ"), table, lang);
    out.write_all(&workbook.finish())
}

impl Workbook {
    /// Adds a table as a sheet of its own, with every column that spreadsheets have.
    pub fn add_table(&mut self, name: &str, table: &Table, lang: Lang) {
        let columns: Vec<&Column> = table.sheet().collect();
        let heading = |column: &&Column| {
            let key = match column.key.rsplit_once('_') {
                Some((key, "ja" | "en")) => {
                    column.key.replacen(&format!("{key}_"), &format!("{key}."), 1)
                }
                _ => column.key.clone().into_owned(),
            };
            Value::text(words::field(&key, lang), Look::Heading)
        };
        let mut rows = vec![columns.iter().map(heading).collect()];
        rows.extend(
            (0..table.rows).map(|row| {
                columns.iter().map(|column| Value::of_sheet(&column.cell(row))).collect()
            }),
        );
        self.sheets.push(Sheet { name: name.to_owned(), rows, headings: Some((0, columns.len())) });
    }

    /// Has the cells of these columns of a sheet lead to the row, in another sheet, that begins with the same text.
    pub fn link(&mut self, from: usize, columns: &[usize], to: usize) {
        let target = &self.sheets[to];
        let at: std::collections::HashMap<String, String> = (0..)
            .zip(&target.rows)
            .skip(1)
            .filter_map(|(row, cells)| Some((cells.first()?, row)))
            .filter_map(|(cell, row)| match &cell.content {
                Content::Text(text) => {
                    let name = target.name.replace('\'', "''");
                    Some((text.clone(), format!("'{name}'!{}", reference(row, 0))))
                }
                _ => None,
            })
            .collect();
        for row in self.sheets[from].rows.iter_mut().skip(1) {
            for column in columns {
                let Some(cell) = row.get_mut(*column) else { continue };
                let Content::Text(text) = &cell.content else { continue };
                if let Some(place) = at.get(text) {
                    (cell.link, cell.look) = (Some(Link::Cell(place.clone())), Look::Link);
                }
            }
        }
    }

    /// Returns how many texts are too long for a cell, and how many rows are too many for their sheet.
    pub fn beyond(&self) -> (usize, usize) {
        let is_long = |value: &&Value| match &value.content {
            Content::Text(text) => text.len() > LONGEST && text.chars().count() > LONGEST,
            _ => false,
        };
        let values = self.sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
        let rows = self.sheets.iter().map(|sheet| sheet.rows.len().saturating_sub(MOST_ROWS));
        (values.filter(is_long).count(), rows.sum())
    }

    /// Returns the bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        const SHEET: &str =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        let mut package = Package::default();
        package.relate("", "", &[Relationship::to("r1", "officeDocument", "xl/workbook.xml")]);
        let mut sheets = String::new();
        let mut filters = String::new();
        let mut related = vec![Relationship::to("styles", "styles", "styles.xml")];
        for (number, sheet) in (1..).zip(&self.sheets) {
            let name = attribute(&sheet.name);
            sheets += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"s{number}\"/>");
            if let Some(range) = sheet.filtered() {
                let name = text(&sheet.name.replace('\'', "''"));
                let (from, to) = range;
                filters += &format!(
                    "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{}\" hidden=\"1\">\
                     '{name}'!{}:{}</definedName>",
                    number - 1,
                    absolute(from),
                    absolute(to)
                );
            }
            let target = format!("worksheets/sheet{number}.xml");
            related.push(Relationship::to(format!("s{number}"), "worksheet", target));
            let (xml, links) = sheet.write();
            package.part(format!("xl/worksheets/sheet{number}.xml"), SHEET, &xml);
            if !links.is_empty() {
                package.relate("xl/worksheets", &format!("sheet{number}.xml"), &links);
            }
        }
        let filters = match filters.is_empty() {
            true => String::new(),
            false => format!("<definedNames>{filters}</definedNames>"),
        };
        package.part(
            "xl/workbook.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            &format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                 xmlns:r=\"{RELATIONSHIPS}\"><sheets>{sheets}</sheets>{filters}</workbook>"
            ),
        );
        package.part(
            "xl/styles.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
            STYLES,
        );
        package.relate("xl", "workbook.xml", &related);
        package.finish()
    }
}

/// The page as people read it; where it has one table, its headings stay in sight.
fn page(blocks: &[Block], lang: Lang) -> Sheet {
    let mut rows = Vec::new();
    let mut headings = Vec::new();
    for block in blocks {
        match block {
            Block::Title(title) => rows.push(vec![Value::text(title.clone(), Look::Title)]),
            Block::Line(line) => rows.push(vec![Value::text(line.clone(), Look::Line)]),
            Block::Gap => rows.push(Vec::new()),
            Block::Table(table) if table.rows > 0 => {
                let says = |column: &&Column| {
                    let cell = |row| column.cell(row).on_page(lang, Room::Ample).is_empty();
                    !(0..table.rows).all(cell)
                };
                let columns: Vec<&Column> = table.page().filter(says).collect();
                if columns.iter().any(|it| !it.heading.is_empty()) {
                    headings.push((rows.len(), columns.len()));
                    let heading = |it: &&Column| Value::text(it.heading.clone(), Look::Heading);
                    rows.push(columns.iter().map(heading).collect());
                }
                rows.extend((0..table.rows).map(|row| {
                    let look = if table.stands_out(row) { Look::Bold } else { Look::Plain };
                    columns.iter().map(|it| Value::of_page(&it.cell(row), look, lang)).collect()
                }));
            }
            Block::Table(_) => {}
        }
    }
    // What stays in sight must leave room for the rest.
    let headings = match headings[..] {
        [only] if only.0 < 8 => Some(only),
        _ => None,
    };
    Sheet { name: lang.pick("Answer", "答え").to_owned(), rows, headings }
}

impl Value {
    fn text(text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        let is_address = ["https://", "http://"].iter().any(|it| text.starts_with(it));
        let is_link = is_address && look == Look::Plain && !text.contains(char::is_whitespace);
        let link = is_link.then(|| Link::Web(text.clone()));
        let look = if link.is_some() { Look::Link } else { look };
        let content = if text.is_empty() { Content::Empty } else { Content::Text(text) };
        Value { content, look, link }
    }

    fn number(number: f64, look: Look) -> Self {
        Value { content: Content::Number(number), look, link: None }
    }

    fn of_page(cell: &Cell, look: Look, lang: Lang) -> Self {
        match cell {
            Cell::Number(number) => Value::number(*number, look),
            Cell::Share(share) => Value::number(*share, Look::Share),
            cell => Value::text(cell.on_page(lang, Room::Ample), look),
        }
    }

    fn of_sheet(cell: &Cell) -> Self {
        match cell {
            Cell::Number(number) | Cell::Figure(number, _) | Cell::Share(number) => {
                Value::number(*number, Look::Plain)
            }
            cell => Value::text(cell.in_sheet(), Look::Plain),
        }
    }

    fn write(&self, at: &str) -> String {
        let look = self.look as u8;
        match &self.content {
            Content::Empty => format!("<c r=\"{at}\" s=\"{look}\"/>"),
            Content::Number(number) => format!("<c r=\"{at}\" s=\"{look}\"><v>{number}</v></c>"),
            Content::Text(told) => {
                let told: String = told.chars().take(LONGEST).collect();
                let told = text(&told);
                format!(
                    "<c r=\"{at}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{told}</t></is></c>"
                )
            }
        }
    }

    fn width(&self) -> usize {
        match &self.content {
            Content::Empty => 0,
            // A title or a line runs over the cells beside it.
            Content::Text(_) if matches!(self.look, Look::Title | Look::Line) => 0,
            Content::Text(text) => text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0),
            Content::Number(number) => number.to_string().len(),
        }
    }
}

impl Sheet {
    /// The first and the last cell of the rows that can be filtered.
    fn filtered(&self) -> Option<((usize, usize), (usize, usize))> {
        let (row, columns) = self.headings?;
        let last = self.rows.len().min(MOST_ROWS) - 1;
        (columns > 0).then(|| ((row, 0), (last, columns - 1)))
    }

    fn write(&self) -> (String, Vec<Relationship>) {
        let mut xml = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"{RELATIONSHIPS}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">"
        );
        if let Some((row, _)) = self.headings {
            let (below, at) = (row + 1, reference(row + 1, 0));
            xml += &format!(
                "<pane ySplit=\"{below}\" topLeftCell=\"{at}\" activePane=\"bottomLeft\" state=\"frozen\"/>"
            );
        }
        xml += "</sheetView></sheetViews>";
        let widths = self.widths();
        xml += &columns(&widths);
        xml += "<sheetData>";
        let mut links = Vec::new();
        let mut merged = Vec::new();
        for (row, cells) in self.rows.iter().take(MOST_ROWS).enumerate() {
            let height = 15 * lines(cells, &widths);
            xml += &format!("<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">", row + 1);
            let runs_over = matches!(cells[..], [Value { look: Look::Title | Look::Line, .. }]);
            if runs_over && widths.len() > 1 {
                merged.push(format!("{}:{}", reference(row, 0), reference(row, widths.len() - 1)));
            }
            for (column, cell) in cells.iter().enumerate() {
                let at = reference(row, column);
                xml += &cell.write(&at);
                links.extend(cell.link.as_ref().map(|link| (at, link)));
            }
            xml += "</row>";
        }
        xml += "</sheetData>";
        if let Some((from, to)) = self.filtered() {
            let (from, to) = (reference(from.0, from.1), reference(to.0, to.1));
            xml += &format!("<autoFilter ref=\"{from}:{to}\"/>");
        }
        if !merged.is_empty() {
            let merge = |range: String| format!("<mergeCell ref=\"{range}\"/>");
            let merged: String = merged.into_iter().map(merge).collect();
            xml += &format!("<mergeCells>{merged}</mergeCells>");
        }
        links.truncate(MOST_LINKS);
        let mut related = Vec::new();
        if !links.is_empty() {
            xml += "<hyperlinks>";
            for (at, link) in links {
                match link {
                    Link::Cell(place) => {
                        let place = attribute(place);
                        xml += &format!("<hyperlink ref=\"{at}\" location=\"{place}\"/>");
                    }
                    Link::Web(address) => {
                        let id = format!("l{}", related.len());
                        xml += &format!("<hyperlink ref=\"{at}\" r:id=\"{id}\"/>");
                        related.push(Relationship {
                            id,
                            kind: "hyperlink",
                            target: address.clone(),
                            is_external: true,
                        });
                    }
                }
            }
            xml += "</hyperlinks>";
        }
        // A4 on its side, all columns on one page.
        xml +=
            "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>";
        (xml, related)
    }

    /// Columns as wide as what they hold, within reason.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(Value::width).max().unwrap_or(0).clamp(6, 48) + 2
        };
        (0..columns).map(width).collect()
    }
}

fn columns(widths: &[usize]) -> String {
    let column = |(number, width)| {
        format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>")
    };
    let columns: String = (1..).zip(widths).map(column).collect();
    if columns.is_empty() { columns } else { format!("<cols>{columns}</cols>") }
}

/// How many lines a row takes where its cells are wrapped; not every program measures that by itself.
fn lines(cells: &[Value], widths: &[usize]) -> usize {
    let all: usize = widths.iter().sum();
    let of = |(value, width): (&Value, &usize)| {
        let Content::Text(text) = &value.content else { return 1 };
        let room = match value.look {
            Look::Line => all,
            // Larger letters.
            Look::Title => return 2,
            _ => *width,
        };
        let room = room.saturating_sub(2).max(1);
        text.lines().map(|line| line.width().div_ceil(room).max(1)).sum()
    };
    // Excel has no higher rows.
    cells.iter().zip(widths).map(of).max().unwrap_or(1).min(27)
}

/// A cell as Excel names it: row 0 and column 0 are `A1`.
fn reference(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

fn absolute((row, column): (usize, usize)) -> String {
    format!("${}${}", letters(column), row + 1)
}

fn letters(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    name.reverse();
    String::from_utf8(name).expect("letters are ASCII")
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn cells_are_named_as_excel_names_them() {
        assert_eq!(reference(0, 0), "A1");
        assert_eq!(reference(9, 25), "Z10");
        assert_eq!(reference(0, 26), "AA1");
        assert_eq!(reference(0, 701), "ZZ1");
        assert_eq!(reference(0, 702), "AAA1");
    }
}
