//! Tables that fit the terminal, double-width characters counted.
//!
//! A table too wide has its cells wrapped; where words would break it first leaves out the columns
//! that it can spare, and then puts every cell on a line of its own.

use std::borrow::Cow;
use std::io::{self, Write};

use colored::Colorize;
use comfy_table::{
    ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle, Width,
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Grid, clean};

/// A rule under the header, and nothing but space between columns.
const PLAIN: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('─'))
    .header_lines(ContentLineStyle::none())
    .content_lines(ContentLineStyle::none());

/// Spaces between columns.
const GAP: usize = 2;

/// A cell is not broken into pieces narrower than this, unless it is narrower itself.
const LEAST: usize = 12;

/// The widest word that is kept whole.
const WIDEST: usize = 40;

/// Writes a grid in `width` columns, or without wrapping where it is unlimited.
pub fn write(grid: &Grid, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let mut drawing = Drawing::from(grid);
    let Some(width) = width.map(usize::from) else {
        return drawing.write(None, out);
    };
    let mut left_out = Vec::new();
    let mut spare = grid.spare.iter();
    loop {
        if let Some(widths) = drawing.fit(width) {
            drawing.write(Some(&widths), out)?;
            return match left_out.is_empty() {
                true => Ok(()),
                false => writeln!(out, "{}", format!("… {}", left_out.join(", ")).dimmed()),
            };
        }
        let Some(header) = spare.next() else {
            return Drawing::from(grid).write_stacked(width, out);
        };
        if drawing.leave_out(header) {
            left_out.push(*header);
        }
    }
}

/// A grid whose cells are safe to show.
struct Drawing<'g> {
    headers: Vec<Cow<'g, str>>,
    rows: Vec<Vec<Cow<'g, str>>>,
    strong: &'g [usize],
}

impl<'g> From<&'g Grid> for Drawing<'g> {
    fn from(grid: &'g Grid) -> Self {
        Drawing {
            headers: grid.headers.iter().map(|header| clean(header)).collect(),
            rows: grid
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| clean(cell)).collect())
                .collect(),
            strong: &grid.strong,
        }
    }
}

impl Drawing<'_> {
    /// Leaves a column out; tells whether there was one.
    fn leave_out(&mut self, header: &str) -> bool {
        let Some(at) = self.headers.iter().position(|known| *known == header) else {
            return false;
        };
        self.headers.remove(at);
        for row in &mut self.rows {
            row.remove(at);
        }
        true
    }

    fn columns(&self) -> usize {
        self.rows.first().map_or(self.headers.len(), Vec::len)
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let header = self.headers.get(column).map(|header| &**header);
        header.into_iter().chain(self.rows.iter().map(move |row| &*row[column]))
    }

    /// Widths of the columns that together take at most `width`; none if words would break.
    ///
    /// Each column has what its longest word needs; the rest goes to the narrowest that lack some.
    fn fit(&self, width: usize) -> Option<Vec<usize>> {
        let most: Vec<usize> = (0..self.columns())
            .map(|at| self.cells(at).map(UnicodeWidthStr::width).max().unwrap_or(0))
            .collect();
        let mut fitted: Vec<usize> = most
            .iter()
            .enumerate()
            .map(|(at, most)| {
                let word =
                    self.cells(at).flat_map(words).map(UnicodeWidthStr::width).max().unwrap_or(0);
                word.clamp(LEAST, WIDEST).min(*most)
            })
            .collect();
        let taken: usize = fitted.iter().sum::<usize>() + GAP * self.columns().saturating_sub(1);
        for _ in 0..width.checked_sub(taken)? {
            let lacking = (0..fitted.len()).filter(|at| fitted[*at] < most[*at]);
            let Some(narrowest) = lacking.min_by_key(|at| fitted[*at]) else {
                break;
            };
            fitted[narrowest] += 1;
        }
        Some(fitted)
    }

    fn write(&self, widths: Option<&[usize]>, out: &mut dyn Write) -> io::Result<()> {
        let mut table = self.table(widths);
        table.add_rows(&self.rows);
        self.shape(&mut table, widths);
        let mut strong = self.strong_lines(widths).into_iter();
        let mut in_header = !self.headers.is_empty();
        for line in table.lines() {
            let line = line.trim_end();
            if in_header && line.starts_with('─') {
                in_header = false;
                writeln!(out, "{}", line.dimmed())?;
            } else if in_header || strong.next() == Some(true) {
                writeln!(out, "{}", line.bold())?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    /// An empty table with the headers.
    fn table(&self, widths: Option<&[usize]>) -> Table {
        let mut table = Table::new();
        table.load_style(PLAIN);
        table.set_content_arrangement(match widths {
            Some(_) => ContentArrangement::Dynamic,
            None => ContentArrangement::Disabled,
        });
        if !self.headers.is_empty() {
            table.set_header(&self.headers);
        }
        table
    }

    /// Gives the columns of a table their widths.
    fn shape(&self, table: &mut Table, widths: Option<&[usize]>) {
        let columns = self.columns();
        for (at, column) in table.column_iter_mut().enumerate() {
            let gap = if at + 1 == columns { 0 } else { GAP as u16 };
            column.set_padding((0, gap));
            if let Some(widths) = widths {
                let width = u16::try_from(widths[at]).unwrap_or(u16::MAX - gap);
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + gap)));
            }
        }
    }

    /// For each line below the headers, whether its row stands out; nothing where none does.
    ///
    /// A table does not tell how many lines a row takes, so each is drawn by itself.
    fn strong_lines(&self, widths: Option<&[usize]>) -> Vec<bool> {
        if self.strong.is_empty() {
            return Vec::new();
        }
        let height = |row: &Vec<Cow<str>>| {
            let mut table = Table::new();
            table.load_style(PLAIN);
            table.add_row(row);
            self.shape(&mut table, widths);
            if widths.is_some() {
                table.set_content_arrangement(ContentArrangement::Dynamic);
            }
            table.lines().count()
        };
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(at, row)| vec![self.strong.binary_search(&at).is_ok(); height(row)])
            .collect()
    }

    /// Writes every row on lines of its own, each cell after its header.
    fn write_stacked(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let labels = self.headers.iter().map(|header| header.width()).max();
        let labels = labels.or_else(|| self.cells(0).map(UnicodeWidthStr::width).max());
        // Headers may come from data, and be as long as a name.
        let most = (width / 3).max(LEAST);
        let labels = labels.unwrap_or(0).min(most);
        let space = width.saturating_sub(labels + GAP).max(10);
        for (number, row) in self.rows.iter().enumerate() {
            let labelled: Vec<(&str, &str)> = match self.headers[..] {
                [] => row
                    .first()
                    .zip(row.get(1))
                    .map(|(label, cell)| (&**label, &**cell))
                    .into_iter()
                    .collect(),
                _ => {
                    let headers = self.headers.iter().map(|header| &**header);
                    headers.zip(row.iter().map(|cell| &**cell)).collect()
                }
            };
            if number > 0 && !self.headers.is_empty() {
                writeln!(out)?;
            }
            for (label, cell) in labelled.into_iter().filter(|(_, cell)| !cell.is_empty()) {
                let (label, cell) =
                    (textwrap::wrap(label, labels.max(1)), textwrap::wrap(cell, space));
                for at in 0..label.len().max(cell.len()) {
                    let line = |lines: &[Cow<str>]| {
                        lines.get(at).cloned().unwrap_or_default().into_owned()
                    };
                    let (label, cell) = (line(&label), line(&cell));
                    let pad = (labels + GAP).saturating_sub(label.width());
                    let line = format!("{}{:pad$}{cell}", label.bold(), "");
                    writeln!(out, "{}", line.trim_end())?;
                }
            }
        }
        Ok(())
    }
}

/// What a line break should not split: a line may break at spaces and between wide characters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.width().is_some_and(|width| width > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        Grid {
            headers: row(["ID", "名称", "TYPE"]),
            rows: vec![
                row(["osaka-university-hospital", "大阪大学医学部附属病院", "hospital"]),
                row(["3m", "スリーエム\u{1b}[31m", "company"]),
            ],
            spare: &["TYPE"],
            strong: vec![0],
        }
    }

    fn drawn(width: Option<u16>) -> String {
        colored::control::set_override(false);
        let mut out = Vec::new();
        write(&grid(), width, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in 30..90 {
            for line in drawn(Some(width)).lines() {
                assert!(line.width() <= usize::from(width), "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_header_as_long_as_a_name_is_wrapped() {
        colored::control::set_override(false);
        let long = "A very long name of a region that heads a column of its own ".repeat(3);
        let headers =
            vec!["ROLE".to_owned(), long.clone(), "関西イノベーション国際戦略総合特区".into()];
        let rows = vec![vec!["Industry support association".to_owned(); 3]];
        let grid = Grid { headers, rows, ..Grid::default() };
        for width in 30..60 {
            let mut out = Vec::new();
            write(&grid, Some(width), &mut out).unwrap();
            let drawn = String::from_utf8(out).unwrap();
            assert!(drawn.lines().all(|line| line.width() <= usize::from(width)), "{drawn}");
        }
    }

    #[test]
    fn every_cell_is_shown_or_said_to_be_left_out() {
        for width in 30..90 {
            let drawn: String = drawn(Some(width)).split_whitespace().collect();
            assert!(drawn.contains("osaka-university-hospital"), "{width}");
            assert!(
                drawn.contains("hospital3m")
                    || drawn.contains("company")
                    || drawn.contains("…TYPE"),
                "{width}: {drawn}"
            );
        }
    }

    #[test]
    fn a_row_stands_out_with_all_its_lines() {
        let grid = grid();
        for width in [None, Some(70), Some(50), Some(42)] {
            let drawing = Drawing::from(&grid);
            let widths = width.and_then(|width| drawing.fit(width));
            let strong = drawing.strong_lines(widths.as_deref());
            let mut out = Vec::new();
            drawing.write(widths.as_deref(), &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            let lines: Vec<&str> = out.lines().skip(2).collect();
            assert_eq!(lines.len(), strong.len(), "{width:?} {out}");
            let second = lines.iter().position(|it| it.contains("3m")).unwrap();
            let expected: Vec<bool> = (0..lines.len()).map(|at| at < second).collect();
            assert_eq!(strong, expected, "{width:?} {out}");
        }
    }

    #[test]
    fn a_table_that_is_not_on_a_terminal_has_a_line_a_row() {
        assert_eq!(drawn(None).lines().count(), 4);
    }
}
