//! Listings as pages, sheets and records.

use serde_json::Value;

use super::words::{self, join};
use super::{Answer, Block, Grid, value};
use crate::graph::{Node, Relation, RelationKind, Source};
use crate::lang::Lang;
use crate::model::Text;
use crate::query::list::Listing;
use crate::query::view::{NodeView, RelationKindView, RelationView, SourceView};

impl Answer for Listing<'_> {
    fn is_list(&self) -> bool {
        true
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        match self {
            Listing::Nodes(nodes) => Box::new(nodes.iter().map(|it| value(NodeView::from(*it)))),
            Listing::Relations(found) => {
                Box::new(found.iter().map(|it| value(RelationView::from(*it))))
            }
            Listing::RelationKinds(kinds) => {
                Box::new(kinds.iter().map(|it| value(RelationKindView::from(*it))))
            }
            Listing::Sources(sources) => {
                Box::new(sources.iter().map(|it| value(SourceView::from(*it))))
            }
        }
    }

    fn sheet(&self) -> Grid {
        match self {
            Listing::Nodes(nodes) => node_sheet(nodes),
            Listing::Relations(relations) => relation_sheet(relations),
            Listing::RelationKinds(kinds) => kind_sheet(kinds),
            Listing::Sources(sources) => source_sheet(sources),
        }
    }

    fn ids(&self) -> Vec<String> {
        match self {
            Listing::Nodes(nodes) => nodes.iter().map(|node| node.id().to_owned()).collect(),
            Listing::Relations(relations) => relations
                .iter()
                .map(|it| format!("{} {} {}", it.from().id(), it.kind().id(), it.to().id()))
                .collect(),
            Listing::RelationKinds(kinds) => {
                kinds.iter().map(|kind| kind.id().to_owned()).collect()
            }
            Listing::Sources(sources) => {
                sources.iter().map(|source| source.id().to_owned()).collect()
            }
        }
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        vec![Block::Grid(match self {
            Listing::Nodes(nodes) => node_table(nodes, lang),
            Listing::Relations(relations) => relation_table(relations, lang),
            Listing::RelationKinds(kinds) => kind_table(kinds, lang),
            Listing::Sources(sources) => source_table(sources, lang),
        })]
    }
}

/// Builds a grid, leaving out the columns in which no row says anything.
pub(super) fn grid<const N: usize>(
    headers: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Grid {
    let rows: Vec<[String; N]> = rows.collect();
    let kept: Vec<usize> =
        (0..N).filter(|column| rows.iter().any(|row| !row[*column].is_empty())).collect();
    Grid {
        headers: kept.iter().map(|column| headers[*column].to_owned()).collect(),
        rows: rows
            .into_iter()
            .map(|mut row| kept.iter().map(|column| std::mem::take(&mut row[*column])).collect())
            .collect(),
        ..Grid::default()
    }
}

/// Builds a grid with all its columns.
pub(super) fn sheet<const N: usize>(
    headers: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Grid {
    Grid {
        headers: headers.map(str::to_owned).to_vec(),
        rows: rows.map(|row| row.to_vec()).collect(),
        ..Grid::default()
    }
}

fn node_table(nodes: &[Node], lang: Lang) -> Grid {
    let mixed = nodes.windows(2).any(|pair| pair[0].kind() != pair[1].kind());
    let headers = lang.pick(
        ["ID", "KIND", "NAME", "TYPE", "IN", "ROLES", "SOURCES"],
        ["ID", "種類", "名称", "類型", "所在・文脈", "役割", "出典"],
    );
    let mut table = grid(
        headers,
        nodes.iter().map(|node| {
            let record = node.record();
            let kind = if mixed { words::kind(node.kind(), lang) } else { "" };
            let place =
                node.context().or(node.region()).or(node.within().next()).or(node.part_of().next());
            let mut roles: Vec<&str> =
                node.roles().map(|role| role.generic().unwrap_or(role).name(lang)).collect();
            let mut seen = std::collections::HashSet::new();
            roles.retain(|role| seen.insert(*role));
            [
                node.id().to_owned(),
                kind.to_owned(),
                words::name_and_takeover(*node, node.generic().unwrap_or(*node).name(lang), lang),
                words::sort(record.r#type.as_deref().unwrap_or_default(), lang).to_owned(),
                words::name(place, lang),
                roles.join(", "),
                first_of(record.sources.iter().map(|it| it.value.0.as_str())),
            ]
        }),
    );
    table.spare = lang.pick(&["TYPE", "SOURCES", "KIND"], &["類型", "出典", "種類"]);
    table
}

/// The first of several things, and how many more there are.
fn first_of<'a>(mut items: impl Iterator<Item = &'a str>) -> String {
    match (items.next(), items.count()) {
        (None, _) => String::new(),
        (Some(first), 0) => first.to_owned(),
        (Some(first), more) => format!("{first} +{more}"),
    }
}

fn node_sheet(nodes: &[Node]) -> Grid {
    let headers = [
        "id",
        "kind",
        "type",
        "name_ja",
        "name_en",
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
        "takeover",
    ];
    sheet(
        headers,
        nodes.iter().map(|node| {
            let view = NodeView::from(*node);
            let location = |pick: fn(crate::model::Location) -> f64| {
                view.location.map(|point| pick(point).to_string()).unwrap_or_default()
            };
            [
                view.id.to_owned(),
                view.kind.to_string(),
                view.r#type.unwrap_or_default().to_owned(),
                view.name.ja.clone().unwrap_or_default(),
                view.name.en.clone().unwrap_or_default(),
                list(view.aliases.iter().map(String::as_str)),
                view.region.unwrap_or_default().to_owned(),
                list(view.within.iter().copied()),
                list(view.part_of.iter().copied()),
                view.r#in.unwrap_or_default().to_owned(),
                list(view.roles.iter().copied()),
                list(view.stages.iter().copied()),
                view.website.unwrap_or_default().to_owned(),
                view.identifiers.get("ror").cloned().unwrap_or_default(),
                location(|point| point.lat),
                location(|point| point.lon),
                word(view.since),
                word(view.until),
                word(Some(view.basis)),
                word(view.confidence),
                list(view.sources.iter().copied()),
                words::takeover(*node, Lang::En),
            ]
        }),
    )
}

/// Several values in one field of a sheet.
pub(super) fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

/// A value as the JSON contract spells it; empty where there is none.
pub(super) fn word(item: Option<impl serde::Serialize>) -> String {
    match item.map(value) {
        Some(Value::String(word)) => word,
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

pub(super) fn relation_table(relations: &[Relation], lang: Lang) -> Grid {
    let headers = lang.pick(
        ["FROM", "RELATION", "TO", "CONTEXT", "WHEN", "BASIS", "SOURCES"],
        ["始点", "関係", "終点", "文脈", "時期", "根拠", "出典"],
    );
    grid(
        headers,
        relations.iter().map(|relation| {
            [
                words::name_in(relation.from(), relation.context(), lang).to_owned(),
                relation.kind().name().in_lang(lang).unwrap_or(relation.kind().id()).to_owned(),
                words::name_in(relation.to(), relation.context(), lang).to_owned(),
                words::name(relation.context(), lang),
                words::span(relation.since(), relation.until()),
                words::standing(*relation, lang),
                join(relation.sources()),
            ]
        }),
    )
}

fn relation_sheet(relations: &[Relation]) -> Grid {
    let headers = [
        "kind",
        "from",
        "to",
        "in",
        "since",
        "until",
        "basis",
        "confidence",
        "note_ja",
        "note_en",
        "sources",
        "derived",
    ];
    sheet(
        headers,
        relations.iter().map(|relation| {
            let [note_ja, note_en] = both(relation.note());
            [
                relation.kind().id().to_owned(),
                relation.from().id().to_owned(),
                relation.to().id().to_owned(),
                relation.context().map(Node::id).unwrap_or_default().to_owned(),
                word(relation.since()),
                word(relation.until()),
                word(Some(relation.basis())),
                word(relation.confidence()),
                note_ja,
                note_en,
                list(relation.sources()),
                relation.is_derived().to_string(),
            ]
        }),
    )
}

fn both(text: &Text) -> [String; 2] {
    [&text.ja, &text.en].map(|text| text.clone().unwrap_or_default())
}

fn kind_table(kinds: &[RelationKind], lang: Lang) -> Grid {
    let headers = lang.pick(
        ["ID", "NAME", "INVERSE", "FROM", "TO", "ROUTES"],
        ["ID", "名称", "逆の名称", "始点", "終点", "経路"],
    );
    let ends = |kinds: &[crate::model::NodeKind]| {
        kinds.iter().map(|kind| words::kind(*kind, lang)).collect::<Vec<_>>().join(", ")
    };
    grid(
        headers,
        kinds.iter().map(|kind| {
            [
                kind.id().to_owned(),
                kind.name().in_lang(lang).unwrap_or_default().to_owned(),
                kind.inverse().in_lang(lang).unwrap_or_default().to_owned(),
                ends(kind.from()),
                ends(kind.to()),
                words::traverse(kind.traverse(), lang).to_owned(),
            ]
        }),
    )
}

fn kind_sheet(kinds: &[RelationKind]) -> Grid {
    let headers =
        ["id", "name_ja", "name_en", "inverse_ja", "inverse_en", "from", "to", "traverse"];
    sheet(
        headers,
        kinds.iter().map(|kind| {
            let ([name_ja, name_en], [inverse_ja, inverse_en]) =
                (both(kind.name()), both(kind.inverse()));
            let ends =
                |kinds: &[crate::model::NodeKind]| list(kinds.iter().map(|kind| kind.as_str()));
            [
                kind.id().to_owned(),
                name_ja,
                name_en,
                inverse_ja,
                inverse_en,
                ends(kind.from()),
                ends(kind.to()),
                word(Some(kind.traverse())),
            ]
        }),
    )
}

fn source_table(sources: &[Source], lang: Lang) -> Grid {
    let headers = lang.pick(
        ["ID", "TITLE", "PUBLISHER", "DATE", "NOTE"],
        ["ID", "題名", "発行者", "日付", "備考"],
    );
    grid(
        headers,
        sources.iter().map(|source| {
            let record = source.record();
            [
                source.id().to_owned(),
                record.title.clone().unwrap_or_default(),
                record.publisher.clone().unwrap_or_default(),
                word(record.date),
                record.note.in_lang(lang).unwrap_or_default().to_owned(),
            ]
        }),
    )
}

fn source_sheet(sources: &[Source]) -> Grid {
    let headers = ["id", "title", "publisher", "date", "language", "url", "note_ja", "note_en"];
    sheet(
        headers,
        sources.iter().map(|source| {
            let record = source.record();
            let [note_ja, note_en] = both(&record.note);
            [
                source.id().to_owned(),
                record.title.clone().unwrap_or_default(),
                record.publisher.clone().unwrap_or_default(),
                word(record.date),
                record.language.clone().unwrap_or_default(),
                record.url.clone().unwrap_or_default(),
                note_ja,
                note_en,
            ]
        }),
    )
}
