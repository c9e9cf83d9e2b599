//! Tables of nodes, relations, relation kinds and sources, as `list --format csv` writes them and as
//! people keep them in spreadsheets.
//!
//! What a table holds is told by its headers, in any order and case, in English or as tables in
//! Japanese print them (`名称`, `類型`, `所在` …):
//!
//! - nodes: `id` or a name, and `kind`, which else follows from the type; `type`, `name_ja`, `name_en` (or `name`), `summary_ja`,
//!   `summary_en` (or `summary`), `aliases`, `region`, `within`, `part_of`, `website`, `ror`,
//!   `identifiers` (`registry:identifier`), `lat`, `lon`, `indicators`, `claims`, `notes` and `events` (JSON), `since`, `until`, `status`, `basis`, `confidence`, `sources`
//! - relations: `kind`, `from`, `to`; `in`, `since`, `until`, `status`, `open`, `basis`, `confidence`, `note_ja`,
//!   `note_en` (or `note`), `sources`, `derived`
//! - relation kinds: `id`, `traverse`; `name_ja`, `name_en`, `inverse_ja`, `inverse_en`, `from`, `to`
//! - sources: `id`, `title`; `publisher`, `date`, `language`, `url`, `note_ja`, `note_en`, `headings`
//!
//! Nodes and kinds of relation may be named instead of given by id. Several values of a cell are parted
//! by `;`, one that belongs to a value stands as `\;`. Fields are parted by commas, semicolons or tabs,
//! whichever the first line has most of or a line `sep=;` before it tells. What follows from other rows (contextual roles, rows that
//! are `derived`, the columns `roles`, `stages` and `in` of nodes) is not read.

mod headers;
mod names;
mod rows;
mod table;

use super::import::{Draft, Finding, Imported, Input, Known, Refusal, Tally, assemble, nothing};
use headers::Content;
use table::Table;

pub(super) use table::{Row, read_table};

/// Imports tables, which may speak of each other.
///
/// With `known`, nodes that the atlas holds say only what it lacks, and relations may lead to its
/// nodes.
///
/// # Errors
/// Where a file is no table of a kind listed above, or none has a row that can be read.
pub fn import(inputs: &[Input], known: Option<&Known>) -> Result<Imported, Refusal> {
    let (mut draft, mut tally) = (Draft::default(), Tally::default());
    let mut tables = Vec::new();
    for input in inputs {
        let mut table = read_table(input)?;
        let content = Content::of(&mut table).ok_or_else(|| unknown_headers(input, &table))?;
        table.check_headers(input)?;
        tables.push((input, content, table));
    }
    let of_nodes = tables.iter().filter(|(_, content, _)| *content == Content::Nodes);
    let mut rows = rows::Rows::survey(of_nodes.flat_map(|(.., table)| &table.rows));
    for (input, content, table) in &tables {
        let place = |line: u64| match inputs {
            [_] => format!("line {line}"),
            _ => format!("{} line {line}", input.name),
        };
        for column in unread(*content, table) {
            tally.add(Finding::UnknownColumn, || column);
        }
        for (line, what) in &table.overfull {
            tally.add(Finding::Overfull, || format!("{}: {what}", place(*line)));
        }
        for row in &table.rows {
            let place = place(row.line);
            let taken = match content {
                Content::Nodes => rows.node(row, &place, &mut draft, &mut tally),
                Content::Relations => rows::relation(row, &place, &mut draft, &mut tally),
                Content::RelationKinds => rows::relation_kind(row, &mut draft),
                Content::Sources => rows::source(row, &place, &mut draft, &mut tally),
            };
            if let Err(error) = taken {
                tally.add(Finding::Unreadable, || format!("{place}: {error}"));
            }
        }
    }
    let is_empty = draft.nodes.is_empty()
        && draft.relations.is_empty()
        && draft.relation_kinds.is_empty()
        && draft.sources.is_empty();
    if is_empty {
        return Err(nothing(&tally));
    }
    names::resolve(&mut draft, known, &mut tally);
    Ok(assemble(draft, known, tally))
}

/// The columns that say something and are not read.
fn unread(content: Content, table: &Table) -> Vec<String> {
    let mut unread: Vec<String> = Vec::new();
    for (header, _) in table.rows.iter().flat_map(Row::filled) {
        if !content.reads(header) && !unread.iter().any(|it| it == header) {
            unread.push(header.to_owned());
        }
    }
    unread
}

fn unknown_headers(input: &Input, table: &Table) -> Refusal {
    let headers = table.headers.join(", ");
    Refusal::new(
        format!("the headers of `{}` are of no known table: {headers}", input.name),
        format!("`{}` の見出しに当てはまる表がありません: {headers}", input.name),
    )
    .hint(
        "nodes have `id` or `name`, and `kind`; relations `kind`, `from`, `to`; relation kinds `id`, `traverse`; sources `id`, `title`",
        "ノードは id か名称と種類、関係は 関係・始点・終点（kind・from・to）、関係の種類は id・traverse、出典は id・題名の列が必要です",
    )
}
