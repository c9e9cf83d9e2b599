//! Writes pages for people: titles, lines and tables that fit the terminal.

use std::io::{self, Write};

use super::{Block, Style, clean, drawing, wrap::wrap};

/// Draws a page; texts and tables are wrapped to the width of the style, or not at all where it is unlimited.
pub fn write(page: &[Block], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let width = style.width.map_or(usize::MAX, |width| usize::from(width.max(10)));
    for block in page {
        match block {
            Block::Title(text) => {
                for line in wrap(&clean(text), width) {
                    writeln!(out, "{}", style.bold(&line))?;
                }
            }
            Block::Line(text) => {
                for line in wrap(&clean(text), width) {
                    writeln!(out, "{line}")?;
                }
            }
            Block::Table(table) => drawing::write(table, style, out)?,
            Block::Gap => writeln!(out)?,
        }
    }
    Ok(())
}
