//! Pages as HTML: one file with nothing from elsewhere, to read, print or attach to a mail.

use std::io::{self, Write};

use super::cell::Room;
use super::{Block, Cell, Column, Style, Table, clean};
use crate::lang::Lang;
use crate::office::{attribute, text};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--quiet:#5a5a5a;--line:#c9c9c9;--head:#eef1f6;--link:#0b5394}\
@media(prefers-color-scheme:dark){:root{--ink:#eaeaea;--paper:#16181c;--quiet:#a8a8a8;--line:#3c4048;--head:#22262d;--link:#8ab4f8}}\
body{font:16px/1.55 'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI','Yu Gothic',Meiryo,Arial,sans-serif;\
color:var(--ink);background:var(--paper);max-width:72rem;margin:2rem auto;padding:0 1.25rem}\
h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{max-width:60rem;white-space:pre-line}\
.scroll{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;font-size:.92rem}\
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem;border-bottom:1px solid var(--line);min-width:4.5rem}\
th{background:var(--head);white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums}\
tr.s td{font-weight:600}a{color:var(--link)}footer{color:var(--quiet);font-size:.85rem;margin-top:2.5rem}\
@media print{body{margin:0;max-width:none;font-size:10pt}.scroll{overflow:visible}tr{break-inside:avoid}}";

/// Begins a page; its title is the first of its blocks.
pub fn begin(blocks: &[Block], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let lang = style.lang;
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(title.as_str()),
        _ => None,
    });
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>",
        lang.as_str(),
        text(&clean(title.unwrap_or("medclust"))),
    )?;
    if let Some(date) = style.as_of {
        writeln!(out, "<p>{}</p>", lang.pick(format!("as of {date}"), format!("{date} 時点")))?;
    }
    write(blocks, true, lang, out)
}

/// Writes blocks; the first title of a page is its heading.
pub fn write(blocks: &[Block], is_first: bool, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut level = if is_first { "h1" } else { "h2" };
    for block in blocks {
        match block {
            Block::Title(title) => {
                writeln!(out, "<{level}>{}</{level}>", text(&clean(title)))?;
                level = "h2";
            }
            Block::Line(line) if line.trim().is_empty() => {}
            Block::Line(line) => writeln!(out, "<p>{}</p>", text(&clean(line)))?,
            Block::Table(table) if table.rows > 0 => write_table(table, lang, out)?,
            Block::Table(_) | Block::Gap => {}
        }
    }
    Ok(())
}

/// Ends a page.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "</main>\n<footer>medclust {}</footer>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

fn write_table(table: &Table, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let cell =
        |column: &Column, row| clean(&column.cell(row).on_page(lang, Room::Ample)).into_owned();
    let says = |column: &&Column| (0..table.rows).any(|row| !cell(column, row).is_empty());
    let columns: Vec<&Column> = table.page().filter(says).collect();
    let is_figure = |cell: Cell| cell.is_number() || matches!(cell, Cell::Empty);
    let classes: Vec<&str> = columns
        .iter()
        .map(|it| match (0..table.rows).all(|row| is_figure(it.cell(row))) {
            true => " class=\"n\"",
            false => "",
        })
        .collect();
    writeln!(out, "<div class=\"scroll\"><table>")?;
    if columns.iter().any(|it| !it.heading.is_empty()) {
        write!(out, "<thead><tr>")?;
        for (column, class) in columns.iter().zip(&classes) {
            write!(out, "<th scope=\"col\"{class}>{}</th>", text(&column.heading))?;
        }
        writeln!(out, "</tr></thead>")?;
    }
    writeln!(out, "<tbody>")?;
    for row in 0..table.rows {
        write!(out, "{}", if table.stands_out(row) { "<tr class=\"s\">" } else { "<tr>" })?;
        for (column, class) in columns.iter().zip(&classes) {
            write!(out, "<td{class}>{}</td>", linked(&cell(column, row)))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table></div>")
}

/// A text; where it is the address of a page, a link to it.
fn linked(told: &str) -> String {
    let is_address = ["https://", "http://"].iter().any(|it| told.starts_with(it));
    match is_address && !told.contains(char::is_whitespace) {
        true => format!("<a href=\"{}\" rel=\"noreferrer\">{}</a>", attribute(told), text(told)),
        false => text(told),
    }
}
