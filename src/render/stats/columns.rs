//! Tables built column by column: words flush left, numbers flush right.

use unicode_width::UnicodeWidthStr;

use super::super::grid::{Block, Grid};
use crate::lang::Lang;
use crate::query::view::NodeName;

/// A column with its header.
pub(super) struct Column {
    header: String,
    cells: Vec<String>,
}

impl Column {
    /// A column of words.
    pub(super) fn words(header: &str, cells: impl Iterator<Item = String>) -> Self {
        Column { header: header.to_owned(), cells: cells.collect() }
    }

    /// A column of numbers.
    pub(super) fn numbers(header: &str, cells: impl Iterator<Item = impl ToString>) -> Self {
        let cells: Vec<String> = cells.map(|cell| cell.to_string()).collect();
        let widest = cells.iter().map(String::len).max().unwrap_or(0).max(header.width());
        let cells = cells.into_iter().map(|cell| format!("{cell:>widest$}")).collect();
        let indent = widest - header.width();
        Column { header: format!("{:indent$}{header}", ""), cells }
    }
}

/// A table of columns of one length.
pub(super) fn grid(columns: Vec<Column>) -> Grid {
    let (headers, columns): (Vec<String>, Vec<Vec<String>>) =
        columns.into_iter().map(|column| (column.header, column.cells)).unzip();
    let rows = columns.first().map_or(0, Vec::len);
    let row = |at: usize| columns.iter().map(|cells| cells[at].clone()).collect();
    Grid { headers, rows: (0..rows).map(row).collect(), ..Grid::default() }
}

/// Lines of a label and what it stands for.
pub(super) fn labelled<const N: usize>(lines: [(&str, String); N]) -> Block {
    let rows = lines.map(|(label, text)| vec![label.to_owned(), text]);
    Block::Grid(Grid { rows: rows.to_vec(), ..Grid::default() })
}

/// A table under its title and a line that explains it.
pub(super) fn table(title: &str, line: &str, grid: Grid) -> [Block; 4] {
    let (title, line) = (title.to_owned(), line.to_owned());
    [Block::Gap, Block::Title(title), Block::Line(line), Block::Grid(grid)]
}

/// What a node is called.
pub(super) fn name(node: &NodeName, lang: Lang) -> String {
    node.name.in_lang(lang).unwrap_or(node.id).to_owned()
}
