//! Pages as Markdown (GitHub's), for reports and issues: whole tables, never cut to a width.

use std::io::{self, Write};

use super::cell::Room;
use super::{Block, Cell, Column, Table, clean};
use crate::lang::Lang;

/// Writes a page.
pub fn write(page: &[Block], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for block in page {
        match block {
            Block::Title(text) => writeln!(out, "## {}\n", escape(text))?,
            Block::Line(text) if text.trim().is_empty() => {}
            Block::Line(text) => writeln!(out, "{}\n", escape(text))?,
            Block::Table(table) if table.rows > 0 => write_table(table, lang, out)?,
            Block::Table(_) | Block::Gap => {}
        }
    }
    Ok(())
}

fn write_table(table: &Table, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let says = |column: &&Column| {
        (0..table.rows).any(|row| !column.cell(row).on_page(lang, Room::Ample).is_empty())
    };
    let columns: Vec<&Column> = table.page().filter(says).collect();
    let headings: Vec<String> = columns.iter().map(|it| escape(&it.heading)).collect();
    writeln!(out, "| {} |", headings.join(" | "))?;
    let is_figure = |cell: Cell| cell.is_number() || matches!(cell, Cell::Empty);
    let rule = columns.iter().map(|it| match (0..table.rows).all(|row| is_figure(it.cell(row))) {
        true => "---:",
        false => "---",
    });
    writeln!(out, "| {} |", rule.collect::<Vec<_>>().join(" | "))?;
    for row in 0..table.rows {
        let cells = columns.iter().map(|it| escape(&it.cell(row).on_page(lang, Room::Ample)));
        let cells = cells.map(|text| match table.stands_out(row) && !text.is_empty() {
            true => format!("**{text}**"),
            false => text,
        });
        writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
    }
    writeln!(out)
}

/// A text on one line, with what Markdown would read as its own marks escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in clean(text).trim().chars() {
        match c {
            '\n' | '\t' => escaped.push(' '),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '~' => {
                escaped.extend(['\\', c]);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
