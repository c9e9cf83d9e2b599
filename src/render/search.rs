//! Matches of a search as pages, sheets and records.

use serde_json::Value;

use super::list::word;
use super::{Answer, Block, Grid, value, words};
use crate::graph::How;
use crate::lang::Lang;
use crate::query::search::{MatchView, Matches};

impl Answer for Matches<'_> {
    fn is_list(&self) -> bool {
        true
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(self.found.iter().map(|found| value(MatchView::from(found))))
    }

    fn sheet(&self) -> Grid {
        let headers = ["id", "kind", "type", "name_ja", "name_en", "match", "how", "score"];
        let row = |found: &crate::graph::Match| {
            let (node, record) = (found.node, found.node.record());
            vec![
                node.id().to_owned(),
                node.kind().to_string(),
                record.r#type.clone().unwrap_or_default(),
                record.name.ja.clone().unwrap_or_default(),
                record.name.en.clone().unwrap_or_default(),
                found.name.to_owned(),
                word(Some(found.how)),
                found.score.to_string(),
            ]
        };
        Grid {
            headers: headers.map(str::to_owned).to_vec(),
            rows: self.found.iter().map(row).collect(),
            ..Grid::default()
        }
    }

    fn ids(&self) -> Vec<String> {
        self.found.iter().map(|found| found.node.id().to_owned()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let headers = lang.pick(
            ["ID", "KIND", "NAME", "MATCHED", "HOW"],
            ["ID", "種類", "名称", "一致した名前", "一致の仕方"],
        );
        let row = |found: &crate::graph::Match| {
            let node = found.node;
            vec![
                node.id().to_owned(),
                words::kind(node.kind(), lang).to_owned(),
                node.name(lang).to_owned(),
                found.name.to_owned(),
                how(found.how, lang).to_owned(),
            ]
        };
        vec![Block::Grid(Grid {
            headers: headers.map(str::to_owned).to_vec(),
            rows: self.found.iter().map(row).collect(),
            ..Grid::default()
        })]
    }
}

fn how(how: How, lang: Lang) -> &'static str {
    match how {
        How::Exact => lang.pick("exact", "完全一致"),
        How::Folded => lang.pick("folded", "表記ゆれ"),
        How::Substring => lang.pick("substring", "部分一致"),
        How::Subsequence => lang.pick("subsequence", "文字の抜け"),
        How::Misspelling => lang.pick("misspelling", "綴り違い"),
    }
}
