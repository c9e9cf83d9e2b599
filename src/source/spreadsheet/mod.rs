//! Tables of nodes, relations, relation kinds and sources, as `list --format csv` writes them and as
//! people keep them in spreadsheets.
//!
//! What a table holds is told by its headers, in any order and case:
//!
//! - nodes: `kind` with `id` or a name; `type`, `name_ja`, `name_en` (or `name`), `summary_ja`,
//!   `summary_en` (or `summary`), `aliases`, `region`, `within`, `part_of`, `website`, `ror`, `lat`,
//!   `lon`, `since`, `until`, `basis`, `confidence`, `sources`
//! - relations: `kind`, `from`, `to`; `in`, `since`, `until`, `basis`, `confidence`, `note_ja`,
//!   `note_en` (or `note`), `sources`, `derived`
//! - relation kinds: `id`, `traverse`; `name_ja`, `name_en`, `inverse_ja`, `inverse_en`, `from`, `to`
//! - sources: `id`, `title`; `publisher`, `date`, `language`, `url`, `note_ja`, `note_en`
//!
//! Several values of a cell are parted by `;`. Fields are parted by commas, semicolons or tabs,
//! whichever the first line has most of. What follows from other rows (contextual roles, rows that
//! are `derived`, the columns `roles`, `stages` and `in` of nodes) is not read.

mod rows;
mod table;

use super::import::{Draft, Finding, Imported, Input, Known, Refusal, Tally, assemble};
use table::Table;

pub(super) use rows::node_kind;
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
    let several = inputs.len() > 1;
    let mut rows = rows::Rows::default();
    for input in inputs {
        let table = read_table(input)?;
        let content = Content::of(&table).ok_or_else(|| unknown_headers(input, &table))?;
        for header in table.headers.iter().filter(|it| !content.headers().contains(&&***it)) {
            tally.add(Finding::UnknownColumn, || header.clone());
        }
        for row in &table.rows {
            let line = row.line;
            let place = if several {
                format!("{} line {line}", input.name)
            } else {
                format!("line {line}")
            };
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
    Ok(assemble(draft, known, tally))
}

fn nothing(tally: &Tally) -> Refusal {
    let refusal = Refusal::new("there is no row that can be read", "読める行がありません");
    match tally.counts().first().and_then(|it| it.examples.first()) {
        Some(example) => refusal.hint(example.clone(), example.clone()),
        None => refusal,
    }
}

fn unknown_headers(input: &Input, table: &Table) -> Refusal {
    let headers = table.headers.join(", ");
    Refusal::new(
        format!("the headers of `{}` are of no known table: {headers}", input.name),
        format!("`{}` の見出しに当てはまる表がありません: {headers}", input.name),
    )
    .hint(
        "nodes have `kind` and `id` or `name`; relations `kind`, `from`, `to`; relation kinds `id`, `traverse`; sources `id`, `title`",
        "ノードは kind と id か name、関係は kind・from・to、関係の種類は id・traverse、出典は id・title の列が必要です",
    )
}

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Nodes,
    Relations,
    RelationKinds,
    Sources,
}

impl Content {
    fn of(table: &Table) -> Option<Content> {
        let has = |name: &str| table.headers.iter().any(|it| it == name);
        let is_named = has("id") || has("name") || has("name_ja") || has("name_en");
        if has("traverse") && has("id") {
            Some(Content::RelationKinds)
        } else if has("kind") && has("from") && has("to") {
            Some(Content::Relations)
        } else if has("kind") && is_named {
            Some(Content::Nodes)
        } else if has("id") && has("title") {
            Some(Content::Sources)
        } else {
            None
        }
    }

    /// The columns that are read, or whose content follows from others.
    fn headers(self) -> &'static [&'static str] {
        match self {
            Content::Nodes => &[
                "id",
                "kind",
                "type",
                "name",
                "name_ja",
                "name_en",
                "summary",
                "summary_ja",
                "summary_en",
                "aliases",
                "region",
                "within",
                "part_of",
                "in",
                "roles",
                "stages",
                "website",
                "ror",
                "lat",
                "lon",
                "since",
                "until",
                "basis",
                "confidence",
                "sources",
            ],
            Content::Relations => &[
                "kind",
                "from",
                "to",
                "in",
                "since",
                "until",
                "basis",
                "confidence",
                "note",
                "note_ja",
                "note_en",
                "sources",
                "derived",
            ],
            Content::RelationKinds => &[
                "id",
                "name",
                "name_ja",
                "name_en",
                "inverse",
                "inverse_ja",
                "inverse_en",
                "from",
                "to",
                "traverse",
                "class",
                "short",
                "short_ja",
                "short_en",
            ],
            Content::Sources => &[
                "id",
                "title",
                "publisher",
                "date",
                "language",
                "url",
                "note",
                "note_ja",
                "note_en",
            ],
        }
    }
}
