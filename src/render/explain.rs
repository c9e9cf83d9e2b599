//! What a code means, as an answer.

use serde::Serialize;
use serde_json::Value;

use super::grid::{Answer, Block, Grid};
use super::value;
use crate::check::{Example, Explanation};
use crate::diagnostic::Severity;
use crate::lang::{Lang, Wording};

impl Answer for Explanation {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(ExplanationView {
            code: self.code.as_str(),
            severity: self.severity().as_str(),
            meaning: WordingView { en: self.meaning.en, ja: self.meaning.ja },
            bad: self.bad.into(),
            good: self.good.into(),
        })))
    }

    fn sheet(&self) -> Grid {
        let headers = ["code", "severity", "meaning_ja", "meaning_en", "bad", "good"];
        let text = |example: Example| example.text().to_owned();
        let row = vec![
            self.code.to_string(),
            self.severity().as_str().to_owned(),
            self.meaning.ja.to_owned(),
            self.meaning.en.to_owned(),
            text(self.bad),
            text(self.good),
        ];
        Grid { headers: headers.map(str::to_owned).to_vec(), rows: vec![row], ..Grid::default() }
    }

    fn ids(&self) -> Vec<String> {
        vec![self.code.to_string()]
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let severity = match self.severity() {
            Severity::Error => lang.pick("error", "エラー"),
            Severity::Warning => lang.pick("warning", "警告"),
        };
        let mut page = vec![
            Block::Title(format!("{} ({severity})", self.code)),
            Block::Line(self.meaning.in_lang(lang).to_owned()),
        ];
        for (title, example) in [(BAD, self.bad), (GOOD, self.good)] {
            page.push(Block::Gap);
            page.push(Block::Title(title.in_lang(lang).to_owned()));
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

/// An explanation, for scripts.
#[derive(Serialize)]
struct ExplanationView {
    code: &'static str,
    severity: &'static str,
    meaning: WordingView,
    bad: ExampleView,
    good: ExampleView,
}

#[derive(Serialize)]
struct WordingView {
    en: &'static str,
    ja: &'static str,
}

/// An example, for scripts: the one file that it consists of, if any.
#[derive(Serialize)]
struct ExampleView {
    file: Option<&'static str>,
    encoding: Option<&'static str>,
    text: Option<&'static str>,
}

impl From<Example> for ExampleView {
    fn from(Example { file, .. }: Example) -> Self {
        ExampleView {
            file: file.map(|it| it.name),
            encoding: file.map(|it| it.encoding),
            text: file.map(|it| it.text),
        }
    }
}
