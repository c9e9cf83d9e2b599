//! Pages for people: titles, lines and tables that fit the terminal.

use std::io::{self, Write};

use colored::Colorize;
use comfy_table::{ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};
use unicode_width::UnicodeWidthStr;

use super::{Block, Grid, clean};

/// Draws a page; tables are wrapped to `width` columns, or not at all where it is unlimited.
pub fn write(page: &[Block], width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    for block in page {
        match block {
            Block::Title(text) => {
                for line in wrap(&clean(text), width) {
                    writeln!(out, "{}", line.bold())?;
                }
            }
            Block::Line(text) => {
                for line in wrap(&clean(text), width) {
                    writeln!(out, "{line}")?;
                }
            }
            Block::Grid(grid) => write_grid(grid, width, out)?,
            Block::Gap => writeln!(out)?,
        }
    }
    Ok(())
}

fn wrap(text: &str, width: Option<u16>) -> Vec<std::borrow::Cow<'_, str>> {
    match width {
        Some(width) if text.width() > usize::from(width) => textwrap::wrap(text, usize::from(width.max(10))),
        _ => vec![text.into()],
    }
}

/// A rule under the header, and nothing but space between columns.
const PLAIN: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .header_lines(ContentLineStyle::none())
    .content_lines(ContentLineStyle::none());

fn write_grid(grid: &Grid, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(PLAIN);
    match width {
        Some(width) => {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.max(20))
        }
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    if !grid.headers.is_empty() {
        table.set_header(&grid.headers);
    }
    for row in &grid.rows {
        table.add_row(row.iter().map(|cell| clean(cell).into_owned()));
    }
    let last = grid.rows.first().map_or(grid.headers.len(), Vec::len).saturating_sub(1);
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if at == last { 0 } else { 2 }));
    }
    let mut in_header = !grid.headers.is_empty();
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
