//! Pages for people: titles, lines and tables that fit the terminal.

use std::borrow::Cow;
use std::io::{self, Write};

use colored::Colorize;
use unicode_width::UnicodeWidthStr;

use super::{Block, clean, table};

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
            Block::Grid(grid) => table::write(grid, width, out)?,
            Block::Gap => writeln!(out)?,
        }
    }
    Ok(())
}

fn wrap(text: &str, width: Option<u16>) -> Vec<Cow<'_, str>> {
    match width {
        Some(width) if text.width() > usize::from(width) => {
            textwrap::wrap(text, usize::from(width.max(10)))
        }
        _ => vec![text.into()],
    }
}
