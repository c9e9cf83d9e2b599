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
    headers: Vec<&'g str>,
    rows: Vec<Vec<Cow<'g, str>>>,
}

impl<'g> From<&'g Grid> for Drawing<'g> {
    fn from(grid: &'g Grid) -> Self {
        Drawing {
            headers: grid.headers.iter().map(String::as_str).collect(),
            rows: grid
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| clean(cell)).collect())
                .collect(),
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
        let header = self.headers.get(column).copied();
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
        let mut table = Table::new();
        table.load_style(PLAIN);
        table.set_content_arrangement(match widths {
            Some(_) => ContentArrangement::Dynamic,
            None => ContentArrangement::Disabled,
        });
        if !self.headers.is_empty() {
            table.set_header(&self.headers);
        }
        table.add_rows(&self.rows);
        let columns = self.columns();
        for (at, column) in table.column_iter_mut().enumerate() {
            let gap = if at + 1 == columns { 0 } else { GAP as u16 };
            column.set_padding((0, gap));
            if let Some(widths) = widths {
                let width = u16::try_from(widths[at]).unwrap_or(u16::MAX - gap);
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + gap)));
            }
        }
        let mut in_header = !self.headers.is_empty();
        for line in table.lines() {
            let line = line.trim_end();
            if in_header && line.starts_with('─') {
                in_header = false;
                writeln!(out, "{}", line.dimmed())?;
            } else if in_header {
                writeln!(out, "{}", line.bold())?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    /// Writes every row on lines of its own, each cell after its header.
    fn write_stacked(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let labels = self.headers.iter().map(|header| header.width()).max();
        let labels =
            labels.or_else(|| self.cells(0).map(UnicodeWidthStr::width).max()).unwrap_or(0) + GAP;
        let space = width.saturating_sub(labels).max(10);
        for (number, row) in self.rows.iter().enumerate() {
            let labelled: Vec<(&str, &str)> = match self.headers[..] {
                [] => row
                    .first()
                    .zip(row.get(1))
                    .map(|(label, cell)| (&**label, &**cell))
                    .into_iter()
                    .collect(),
                _ => self.headers.iter().copied().zip(row.iter().map(|cell| &**cell)).collect(),
            };
            if number > 0 && !self.headers.is_empty() {
                writeln!(out)?;
            }
            for (label, cell) in labelled.into_iter().filter(|(_, cell)| !cell.is_empty()) {
                for (at, line) in textwrap::wrap(cell, space).iter().enumerate() {
                    let label = if at == 0 { label } else { "" };
                    writeln!(
                        out,
                        "{}{:pad$}{line}",
                        label.bold(),
                        "",
                        pad = labels - label.width()
                    )?;
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
    fn a_table_that_is_not_on_a_terminal_has_a_line_a_row() {
        assert_eq!(drawn(None).lines().count(), 4);
    }
}
