//! What the faults of form mean: of files that cannot be read as records.

use crate::check::{Example, Explanation};
use crate::diagnostic::Code;
use crate::lang::Wording;

/// In the order of [`Code::FAULTS`].
pub static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::Unreadable,
        meaning: Wording {
            en: "A file or folder cannot be read: it is not there, may not be opened, or is a device.",
            ja: "ファイルやフォルダを読めません。存在しないか、開く権限がないか、通常のファイルではありません。",
        },
        bad: Example::Absent,
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
",
        ),
    },
    Explanation {
        code: Code::NoAtlas,
        meaning: Wording {
            en: "A folder holds no file whose name ends in `.yaml` or `.yml`, so there is nothing to load.",
            ja: "フォルダに `.yaml` や `.yml` で終わるファイルが一つもなく、読み込むものがありません。",
        },
        bad: Example::Named(
            "notes.txt",
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
",
        ),
    },
    Explanation {
        code: Code::NotUtf8,
        meaning: Wording {
            en: "A file is saved in another encoding than UTF-8. Have the editor save it as UTF-8.",
            ja: "ファイルが UTF-8 以外の文字コードで保存されています。エディターで UTF-8 にして保存してください。",
        },
        bad: Example::Encoded(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
",
            "Shift_JIS",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
",
        ),
    },
    Explanation {
        code: Code::Syntax,
        meaning: Wording {
            en: "A file is not YAML: a bracket or a quote is not closed, or lines are not indented alike.",
            ja: "ファイルが YAML になっていません。括弧や引用符が閉じていないか、字下げが揃っていません。",
        },
        bad: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府
",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
",
        ),
    },
    Explanation {
        code: Code::TooComplex,
        meaning: Wording {
            en: "A file asks for far more than its size warrants, by deep nesting or by aliases of aliases; reading stops before memory runs out. Nest less deeply, and write repeated values out.",
            ja: "深い入れ子やエイリアスの重なりによって、ファイルの大きさに見合わない展開が求められるため、メモリーが尽きる前に読み込みをやめました。入れ子を浅くし、繰り返す値は書き下してください。",
        },
        bad: Example::File(
            "\
organizations:
  - [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[nipro]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
",
        ),
        good: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    aliases: [Nipro, 二プロ]
",
        ),
    },
    Explanation {
        code: Code::UnknownField,
        meaning: Wording {
            en: "A record has a field that records of its kind do not have. Misspelt fields would otherwise be lost silently.",
            ja: "その種類の記録にはない項目が書かれています。綴りの誤った項目が黙って失われないよう、誤りとして扱います。",
        },
        bad: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    webiste: https://www.nipro.co.jp
",
        ),
        good: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    website: https://www.nipro.co.jp
",
        ),
    },
    Explanation {
        code: Code::MissingField,
        meaning: Wording {
            en: "A field that every record of its kind needs is absent.",
            ja: "その種類の記録に必須の項目がありません。",
        },
        bad: Example::File(
            "\
organizations:
  - name: {ja: ニプロ}
",
        ),
        good: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
",
        ),
    },
    Explanation {
        code: Code::WrongType,
        meaning: Wording {
            en: "A value has another shape than its field takes: a text where a list is needed, a word where one of a few is needed.",
            ja: "値の形が項目に合いません。リストが必要なところに文字列がある、決まった語以外の語がある、などです。",
        },
        bad: Example::File(
            "\
organizations:
  - id: nipro
    name: ニプロ
",
        ),
        good: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
",
        ),
    },
    Explanation {
        code: Code::DuplicateField,
        meaning: Wording {
            en: "A record gives one field twice, and only one of the values could count.",
            ja: "一つの記録に同じ項目が二度書かれていて、どちらか一方しか生かせません。",
        },
        bad: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    name: {en: Nipro}
",
        ),
        good: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ, en: Nipro}
",
        ),
    },
    Explanation {
        code: Code::InvalidDate,
        meaning: Wording {
            en: "A date is no year, month or day of the calendar. Write `2015`, `2015-01` or `2015-01-26`.",
            ja: "日付が暦の年・月・日ではありません。`2015`、`2015-01`、`2015-01-26` のように書いてください。",
        },
        bad: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    since: 1954/07
",
        ),
        good: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    since: 1954-07
",
        ),
    },
];
