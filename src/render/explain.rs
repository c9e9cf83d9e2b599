//! Renders the explanation of a code.

use super::{Block, Records, Report, Table};
use crate::check::Explanation;
use crate::diagnostic::Severity;
use crate::lang::{Lang, Wording};

impl Report for Explanation {
    fn records(&self) -> Records<'_> {
        Records::one(self)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        Table::of([self], lang)
            .sheet("code", |it| it.code.as_str().into())
            .sheet("severity", |it| it.severity().as_str().into())
            .sheet("meaning_ja", |it| it.meaning.ja.into())
            .sheet("meaning_en", |it| it.meaning.en.into())
            .sheet("bad", |it| it.bad.text().into())
            .sheet("good", |it| it.good.text().into())
            .table()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let severity = match self.severity() {
            Severity::Error => lang.pick("error", "エラー"),
            Severity::Warning => lang.pick("warning", "警告"),
        };
        let mut page = vec![
            Block::Title(format!("{} ({severity})", self.code)),
            Block::Line(self.meaning.in_lang(lang).to_owned()),
        ];
        for (title, example) in [(BAD, self.bad), (GOOD, self.good)] {
            page.extend([Block::Gap, Block::Title(title.in_lang(lang).to_owned())]);
            let remark = example.remark.map(|remark| remark.in_lang(lang).to_owned());
            page.extend(remark.map(Block::Line));
            let lines = example.text().lines();
            page.extend(lines.map(|line| Block::Line(format!("  {line}"))));
        }
        page
    }
}

const BAD: Wording = Wording { en: "Bad", ja: "悪い例" };
const GOOD: Wording = Wording { en: "Good", ja: "よい例" };
