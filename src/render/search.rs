//! Renders the matches of a search.

use super::{Cell, Records, Report, Table, words};
use crate::graph::How;
use crate::lang::Lang;
use crate::query::passage::Field;
use crate::query::search::{Hit, Matched, Matches};

impl Report for Matches<'_> {
    fn records(&self) -> Records<'_> {
        Records::many(&self.found)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        Table::of(&self.found, lang)
            .column("id", "ID", "ID", |it| it.node.id().into())
            .column("kind", "KIND", "種類", move |it| {
                Cell::word(it.node.kind(), words::kind(it.node.kind(), lang))
            })
            .spare(1)
            .sheet("type", move |it| words::node_type(it.node, lang))
            .page("name", "NAME", "名称", |it| Cell::Node(it.node))
            .both("name", |it| Some(&it.node.record().name))
            .column("match", "MATCHED", "一致した名前", |it| it.matched.text.as_ref().into())
            .column("how", "HOW", "一致の仕方", move |it| {
                Cell::word(it.matched.how, how(it, lang))
            })
            .spare(0)
            .sheet("score", |it| it.matched.score.to_string().into())
            .sheet("field", |it| Cell::spelt(it.matched.field))
            .sheet("source", |it| Cell::maybe(it.matched.source.as_deref(), Cell::from))
            .table()
    }
}

/// How it matches; of a passage, where it stands and what it cites.
fn how(found: &Hit, lang: Lang) -> String {
    let Matched { how, field, source, .. } = &found.matched;
    let how = match how {
        How::Exact => lang.pick("exact", "完全一致"),
        How::Folded => lang.pick("folded", "表記ゆれ"),
        How::Substring => lang.pick("substring", "部分一致"),
        How::Words => lang.pick("words", "語の一致"),
        How::Subsequence => lang.pick("subsequence", "文字の抜け"),
        How::Misspelling => lang.pick("misspelling", "綴り違い"),
        How::Passage => match field {
            Some(Field::Summary) => lang.pick("summary", "概要"),
            Some(Field::Claim) => lang.pick("claim", "主張"),
            Some(Field::Indicator) => lang.pick("figure", "指標"),
            Some(Field::Relation) => lang.pick("relation", "関係"),
            Some(Field::Line) => lang.pick("source", "出典の本文"),
            Some(Field::Note) | None => lang.pick("note", "注記"),
        },
    };
    match source {
        Some(source) => format!("{how}{}", words::bracketed(source, lang)),
        None => how.to_owned(),
    }
}
