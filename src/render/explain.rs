//! What codes mean, as an answer and as the page of documentation that is made from the same text.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

use super::grid::{Answer, Block, Grid};
use super::value;
use crate::check::{Example, Explanation, explanations};
use crate::diagnostic::Severity;
use crate::lang::{Lang, Wording};

impl Answer for &Explanation {
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
        let text = |example| ExampleView::from(example).text.unwrap_or_default().to_owned();
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
            let view = ExampleView::from(example);
            page.push(Block::Gap);
            page.push(Block::Title(title.in_lang(lang).to_owned()));
            page.extend(remark(example).map(|remark| Block::Line(remark.in_lang(lang).to_owned())));
            let lines = view.text.unwrap_or_default().lines();
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
    fn from(example: Example) -> Self {
        let (file, encoding, text) = match example {
            Example::File(text) | Example::Layer(text) => ("atlas.yaml", "UTF-8", text),
            Example::Encoded(text, encoding) => ("atlas.yaml", encoding, text),
            Example::Named(file, text) => (file, "UTF-8", text),
            Example::Absent => return ExampleView { file: None, encoding: None, text: None },
        };
        ExampleView { file: Some(file), encoding: Some(encoding), text: Some(text) }
    }
}

/// What an example does not show by its text.
fn remark(example: Example) -> Option<Wording> {
    match example {
        Example::File(_) => None,
        Example::Encoded(..) => Some(Wording {
            en: "This text, saved as Shift_JIS:",
            ja: "Shift_JIS で保存した次のテキスト:",
        }),
        Example::Named(..) => Some(Wording {
            en: "A folder with nothing but this text, in a file called `notes.txt`:",
            ja: "`notes.txt` という名前のファイルに書かれた次のテキストしかないフォルダ:",
        }),
        Example::Layer(_) => Some(Wording {
            en: "A layer over the shipped atlas, `medclust check builtin mine`:",
            ja: "付属のアトラスに重ねた層 `medclust check builtin mine`:",
        }),
        Example::Absent => Some(Wording {
            en: "A folder that does not exist: `medclust check no-such-folder`",
            ja: "存在しないフォルダ: `medclust check no-such-folder`",
        }),
    }
}

const OPENING: &str = "\
<!-- Made from the texts of `medclust check --explain CODE`: UPDATE_DOCS=1 cargo test --test check -->

# What `medclust check` finds

`medclust check [DIR]…` tells the faults that keep an atlas from being loaded, and where there are none,
its weak spots. `--deny CODE` counts a weak spot as an error (`--deny warnings` all of them), `--allow CODE`
leaves it out, `--format json` and `--format sarif` hand the findings to scripts, editors and code scanning.
The exit status is 0 where nothing is found and 1 where something is.

`medclust check [DIR]…` は、アトラスを読み込めなくする誤りを示し、それがなければ弱い点を示します。
`--deny CODE` はその弱い点をエラーとして数え（`--deny warnings` はすべて）、`--allow CODE` は調べません。
`--format json` と `--format sarif` は、結果をスクリプト、エディター、コードスキャンに渡します。
終了コードは、何もなければ 0、何かあれば 1 です。
";

/// The page of documentation that lists every code, in Markdown.
pub fn documentation() -> String {
    let mut page = OPENING.to_owned();
    let headings = [
        (Severity::Error, "## Faults of loading: errors · 読み込みの誤り: エラー"),
        (Severity::Warning, "## Weak spots: warnings · 弱い点: 警告"),
    ];
    for (severity, heading) in headings {
        write_to(&mut page, format_args!("\n{heading}\n"));
        for explanation in explanations().filter(|it| it.severity() == severity) {
            let Wording { en, ja } = explanation.meaning;
            write_to(&mut page, format_args!("\n### {}\n\n{en}\n\n{ja}\n", explanation.code));
            for (title, example) in [(BAD, explanation.bad), (GOOD, explanation.good)] {
                write_to(&mut page, format_args!("\n{} · {}\n", title.en, title.ja));
                if let Some(Wording { en, ja }) = remark(example) {
                    write_to(&mut page, format_args!("\n{en}\n\n{ja}\n"));
                }
                if let Some(text) = ExampleView::from(example).text {
                    write_to(&mut page, format_args!("\n```yaml\n{text}```\n"));
                }
            }
        }
    }
    page
}

fn write_to(page: &mut String, text: std::fmt::Arguments) {
    page.write_fmt(text).expect("a string takes it");
}
