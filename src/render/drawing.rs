//! Draws tables that fit the terminal.
//!
//! If a table is too wide, its cells are first wrapped between words; then only the first source is
//! shown; then columns that it can spare are left out; then words in narrow columns are broken. If
//! it still does not fit, every cell is put on a line of its own.

use std::cell::OnceCell;
use std::io::{self, Write};

use super::cell::Room;
use super::wrap::{unbreakable, width_of, wrap};
use super::{Cell, Column, Style, Table, clean};

/// Spaces between columns.
const GAP: usize = 2;

/// A cell is wrapped to no less than the first of these, unless it is narrower itself; to the second where
/// there is no other way.
const LEAST: [usize; 2] = [12, 8];

/// The widest word that is kept whole.
const WIDEST: [usize; 2] = [40, 16];

/// Draws a table to fit the width of the style, or without wrapping where that is unlimited.
pub fn write(table: &Table, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let Some(width) = style.width.map(usize::from) else {
        return Drawing::new(table, style, Room::Ample).write(None, out);
    };
    let mut drawing = Drawing::new(table, style, Room::Ample);
    if let Some(widths) = drawing.fit(width, 0) {
        return drawing.write(Some(&widths), out);
    }
    drawing = Drawing::new(table, style, Room::Short);
    let mut left_out = Vec::new();
    for tight in 0..LEAST.len() {
        loop {
            if let Some(widths) = drawing.fit(width, tight) {
                drawing.write(Some(&widths), out)?;
                return match left_out.is_empty() {
                    true => Ok(()),
                    false => {
                        writeln!(out, "{}", style.dimmed(&format!("… {}", left_out.join(", "))))
                    }
                };
            }
            match drawing.leave_out() {
                Some(heading) => left_out.push(heading),
                None => break,
            }
        }
    }
    Drawing::new(table, style, Room::Ample).write_stacked(width, out)
}

/// A column as people read it, its cells safe to show.
struct Drawn {
    heading: String,
    cells: Vec<String>,
    /// Where each cell leads.
    links: Vec<Option<String>>,
    is_right: bool,
    spare: Option<u8>,
    /// What its longest word needs, by how tight it is, once that was asked.
    needed: [OnceCell<usize>; LEAST.len()],
}

/// Where a cell leads: where it says, or where it is an address itself.
fn address(told: Option<&str>, cell: &str) -> Option<String> {
    let is_address = |text: &str| {
        let is_web = ["https://", "http://"].iter().any(|it| text.starts_with(it));
        is_web && text.chars().all(|c| c.is_ascii_graphic())
    };
    told.into_iter().chain([cell]).find(|text| is_address(text)).map(str::to_owned)
}

/// A table as people read it; columns in which no row says anything are left out.
struct Drawing<'t, 'a> {
    table: &'t Table<'a>,
    style: Style,
    columns: Vec<Drawn>,
}

impl<'t, 'a> Drawing<'t, 'a> {
    fn new(table: &'t Table<'a>, style: Style, room: Room) -> Self {
        let mut columns: Vec<Drawn> = Vec::new();
        // Where a row begins another group, what is said once is said again.
        let mut begins = vec![false; table.rows];
        for column in table.page() {
            let (mut drawn, is_right) = draw(column, table.rows, style, room);
            if column.once {
                for row in (0..table.rows).rev() {
                    begins[row] |= row == 0 || drawn[row] != drawn[row - 1];
                    if !begins[row] {
                        drawn[row].clear();
                    }
                }
            }
            if drawn.iter().any(|cell| !cell.is_empty()) {
                let heading = clean(&column.heading).into_owned();
                let links = (0..table.rows).map(|row| address(column.link(row), &drawn[row]));
                let links = if style.links { links.collect() } else { Vec::new() };
                let (cells, spare, needed) = (drawn, column.spare, Default::default());
                columns.push(Drawn { heading, cells, links, is_right, spare, needed });
            }
        }
        Drawing { table, style, columns }
    }

    /// Leaves out the column that it can spare best, and tells its heading.
    fn leave_out(&mut self) -> Option<String> {
        let ranked = self.columns.iter().enumerate().filter_map(|(at, it)| Some((it.spare?, at)));
        let (_, at) = ranked.min()?;
        Some(self.columns.remove(at).heading)
    }

    /// The widths of the columns that together take at most `width`; none if words would break.
    ///
    /// Each column has what its longest word needs; the rest goes to the narrowest that lack some.
    fn fit(&self, width: usize, tight: usize) -> Option<Vec<usize>> {
        let most: Vec<usize> = self.columns.iter().map(Drawn::width).collect();
        let needed = self.columns.iter().map(|it| it.needed(tight));
        let mut fitted: Vec<usize> =
            needed.zip(&most).map(|(needed, most)| needed.min(*most)).collect();
        let taken = fitted.iter().sum::<usize>() + GAP * fitted.len().saturating_sub(1);
        for _ in 0..width.checked_sub(taken)? {
            let lacking = (0..fitted.len()).filter(|at| fitted[*at] < most[*at]);
            let Some(narrowest) = lacking.min_by_key(|at| fitted[*at]) else {
                break;
            };
            fitted[narrowest] += 1;
        }
        Some(fitted)
    }

    /// Writes headings over a rule, then the rows.
    fn write(&self, widths: Option<&[usize]>, out: &mut dyn Write) -> io::Result<()> {
        let widths: Vec<usize> = match widths {
            Some(widths) => widths.to_vec(),
            None => self.columns.iter().map(Drawn::width).collect(),
        };
        if self.has_headings() {
            for line in self.lines(&widths, None, |column| &column.heading) {
                writeln!(out, "{}", self.style.bold(&line))?;
            }
            let rule = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
            writeln!(out, "{}", self.style.dimmed(&"─".repeat(rule)))?;
        }
        for row in 0..self.table.rows {
            let is_strong = self.table.stands_out(row);
            for line in self.lines(&widths, Some(row), |column| &column.cells[row]) {
                match is_strong {
                    true => writeln!(out, "{}", self.style.bold(&line))?,
                    false => writeln!(out, "{line}")?,
                }
            }
        }
        Ok(())
    }

    fn has_headings(&self) -> bool {
        self.columns.iter().any(|column| !column.heading.is_empty())
    }

    /// The lines of a row or of the headings, each column wrapped to its width.
    fn lines(
        &self,
        widths: &[usize],
        row: Option<usize>,
        text: impl Fn(&Drawn) -> &str,
    ) -> Vec<String> {
        let columns: Vec<_> =
            self.columns.iter().zip(widths).map(|(it, width)| wrap(text(it), *width)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        let line = |at: usize| {
            let mut line = String::new();
            for ((lines, width), column) in columns.iter().zip(widths).zip(&self.columns) {
                let text = lines.get(at).map_or("", |it| it.trim_end());
                let pad = " ".repeat(width.saturating_sub(width_of(text)));
                let link = row.and_then(|row| column.links.get(row)?.as_deref());
                let text = self.style.linked(text, link);
                match column.is_right {
                    true => line.extend([&*pad, &*text]),
                    false => line.extend([&*text, &*pad]),
                }
                line.push_str(&" ".repeat(GAP));
            }
            line.truncate(line.trim_end().len());
            line
        };
        (0..height).map(line).collect()
    }

    /// Writes every row on lines of its own, each cell after its heading.
    fn write_stacked(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let has_headings = self.has_headings();
        // Without headings, the first column tells what the others are.
        let (labels, columns) = match (has_headings, self.columns.split_first()) {
            (false, Some((first, rest))) => (Some(first), rest),
            _ => (None, &self.columns[..]),
        };
        let texts = labels.map(|it| it.cells.iter()).into_iter().flatten();
        let texts = texts.chain(columns.iter().map(|column| &column.heading));
        let label = texts.map(|it| width_of(it)).max().unwrap_or(0);
        // Headings may come from data, and be as long as a name.
        let label = label.clamp(1, (width / 3).max(LEAST[0]));
        for row in 0..self.table.rows {
            if row > 0 && has_headings {
                writeln!(out)?;
            }
            for column in columns {
                let (name, cell) = match labels {
                    Some(labels) => (&labels.cells[row], &column.cells[row]),
                    None => (&column.heading, &column.cells[row]),
                };
                if !cell.is_empty() {
                    stack(
                        name,
                        cell,
                        [label, width.saturating_sub(label + GAP).max(10)],
                        self.style,
                        out,
                    )?;
                }
            }
        }
        Ok(())
    }
}

/// Writes a cell after its label, each wrapped to its width.
fn stack(
    label: &str,
    cell: &str,
    [narrow, wide]: [usize; 2],
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (label, cell) = (wrap(label, narrow), wrap(cell, wide));
    for at in 0..label.len().max(cell.len()) {
        let [label, cell] = [&label, &cell].map(|it| it.get(at).map_or("", |it| it.trim_end()));
        let pad = (narrow + GAP).saturating_sub(width_of(label));
        let line = format!("{}{:pad$}{cell}", style.bold(label), "");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

impl Drawn {
    fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.heading).chain(&self.cells).map(String::as_str)
    }

    /// The width that its longest word needs.
    fn needed(&self, tight: usize) -> usize {
        let (least, longest) = (LEAST[tight], WIDEST[tight]);
        // Where a line may break is dear to tell: a text is asked only where it could need more room.
        let need = |known: usize, text: &str| match known < longest && width_of(text) > known {
            true => unbreakable(text).clamp(known, longest),
            false => known,
        };
        *self.needed[tight].get_or_init(|| self.texts().fold(least, need))
    }

    fn width(&self) -> usize {
        self.texts().map(width_of).max().unwrap_or(0)
    }
}

/// The texts of a column, and whether they are figures, as far as there are any.
fn draw(column: &Column, rows: usize, style: Style, room: Room) -> (Vec<String>, bool) {
    let mut are_figures = true;
    let text = |row| {
        let cell = column.cell(row);
        are_figures &= cell.is_number() || matches!(cell, Cell::Empty);
        clean(&cell.on_page(style.lang, room)).into_owned()
    };
    ((0..rows).map(text).collect(), are_figures)
}
