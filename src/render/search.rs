//! Matches of a search.

use super::{Cell, Records, Report, Table, words};
use crate::graph::How;
use crate::lang::Lang;
use crate::query::search::Matches;

impl Report for Matches<'_> {
    fn records(&self) -> Records<'_> {
        Records::many(&self.found)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        Table::of(self.found.iter().copied(), lang)
            .column("id", "ID", "ID", |it| it.node.id().into())
            .column("kind", "KIND", "種類", move |it| {
                Cell::word(it.node.kind(), words::kind(it.node.kind(), lang))
            })
            .spare(1)
            .sheet("type", move |it| words::node_type(it.node, lang))
            .page("name", "NAME", "名称", |it| Cell::Node(it.node))
            .both("name", |it| Some(&it.node.record().name))
            .column("match", "MATCHED", "一致した名前", |it| it.name.into())
            .column("how", "HOW", "一致の仕方", move |it| {
                Cell::word(it.how, how(it.how, lang))
            })
            .spare(0)
            .sheet("score", |it| it.score.to_string().into())
            .table()
    }
}

fn how(how: How, lang: Lang) -> &'static str {
    match how {
        How::Exact => lang.pick("exact", "完全一致"),
        How::Folded => lang.pick("folded", "表記ゆれ"),
        How::Substring => lang.pick("substring", "部分一致"),
        How::Words => lang.pick("words", "語の一致"),
        How::Subsequence => lang.pick("subsequence", "文字の抜け"),
        How::Misspelling => lang.pick("misspelling", "綴り違い"),
    }
}
