//! Findings of a check as sheets and records; people read them as [`super::findings`].

use serde_json::Value;

use super::{Answer, Block, Grid, value};
use crate::check::Report;
use crate::lang::Lang;

impl Answer for Report<'_> {
    fn is_list(&self) -> bool {
        true
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(self.views().map(value))
    }

    fn sheet(&self) -> Grid {
        let headers = [
            "code",
            "severity",
            "file",
            "line",
            "column",
            "message_ja",
            "message_en",
            "hint_ja",
            "hint_en",
        ];
        let number = |number: Option<u32>| number.map(|it| it.to_string()).unwrap_or_default();
        let rows = self.views().zip(self.findings).map(|(view, finding)| {
            let hint = finding.hint.as_ref();
            vec![
                view.code.to_owned(),
                view.severity.to_owned(),
                view.file.unwrap_or_default().to_owned(),
                number(view.line),
                number(view.column),
                finding.message.ja.clone(),
                finding.message.en.clone(),
                hint.map(|hint| hint.ja.clone()).unwrap_or_default(),
                hint.map(|hint| hint.en.clone()).unwrap_or_default(),
            ]
        });
        Grid {
            headers: headers.map(str::to_owned).to_vec(),
            rows: rows.collect(),
            ..Grid::default()
        }
    }

    fn ids(&self) -> Vec<String> {
        self.findings.iter().map(|finding| finding.code.to_string()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let line = |finding: &crate::diagnostic::Diagnostic| {
            Block::Line(format!("{}: {}", finding.code, finding.message.in_lang(lang)))
        };
        self.findings.iter().map(line).collect()
    }
}
