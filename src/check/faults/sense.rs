//! What the faults of sense mean: of records that cannot be a graph.

use crate::check::{Example, Explanation};
use crate::diagnostic::Code;
use crate::lang::Wording;

/// In the order of [`Code::FAULTS`].
pub static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::InvalidId,
        meaning: Wording {
            en: "An id holds a character that an id cannot have: a blank, `@` (which writes a role in a context) or `:` (which writes a kind and a name, or a place in a source).",
            ja: "id に使えない文字があります。空白、`@`（文脈つきの役割の記法）、`:`（種類と名称、出典の箇所の記法）は使えません。",
        },
        bad: Example::File(
            "\
organizations:
  - id: mayo clinic
    name: {en: Mayo Clinic}
",
        ),
        good: Example::File(
            "\
organizations:
  - id: mayo-clinic
    name: {en: Mayo Clinic}
",
        ),
    },
    Explanation {
        code: Code::InvalidLocation,
        meaning: Wording {
            en: "A latitude is not between -90 and 90, or a longitude not between -180 and 180.",
            ja: "緯度が -90〜90、または経度が -180〜180 の範囲にありません。",
        },
        bad: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
    location: {lat: 135.52, lon: 34.69}
",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
    location: {lat: 34.69, lon: 135.52}
",
        ),
    },
    Explanation {
        code: Code::NoName,
        meaning: Wording {
            en: "A node has no name in any language.",
            ja: "ノードにどの言語の名称もありません。",
        },
        bad: Example::File(
            "\
organizations:
  - id: nipro
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
        code: Code::DuplicateId,
        meaning: Wording {
            en: "Two records have the same id. Ids are unique over all kinds and all files.",
            ja: "二つの記録が同じ id をもっています。id はすべての種類・すべてのファイルを通じて一意です。",
        },
        bad: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
organizations:
  - id: osaka
    name: {ja: 大阪大学}
",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
organizations:
  - id: osaka-university
    name: {ja: 大阪大学}
",
        ),
    },
    Explanation {
        code: Code::Contradiction,
        meaning: Wording {
            en: "A layer gives a field another value than an earlier layer does. A layer may add (names in another language, aliases, identifiers, events, relations), not contradict.",
            ja: "前の層と違う値が項目に書かれています。層は（別の言語の名称、別名、識別子、出来事、関係を）足せますが、食い違いは書けません。",
        },
        bad: Example::Layer(
            "\
organizations:
  - id: mayo-clinic
    type: university
",
        ),
        good: Example::Layer(
            "\
organizations:
  - id: mayo-clinic
    aliases: [Mayo]
",
        ),
    },
    Explanation {
        code: Code::DanglingReference,
        meaning: Wording {
            en: "An id is referred to, but no record of any file has it.",
            ja: "参照されている id の記録が、どのファイルにもありません。",
        },
        bad: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    region: osaka
",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
organizations:
  - id: nipro
    name: {ja: ニプロ}
    region: osaka
",
        ),
    },
    Explanation {
        code: Code::UnknownRelationKind,
        meaning: Wording {
            en: "A relation is of a kind that the vocabulary does not have. `medclust list relation-kinds` shows the kinds; `relation_kinds:` defines further ones.",
            ja: "語彙にない種類の関係です。`medclust list relation-kinds` で一覧でき、`relation_kinds:` で追加できます。",
        },
        bad: Example::File(
            "\
organizations:
  - {id: nipro, name: {ja: ニプロ}}
  - {id: ncvc, name: {ja: 国循}}
relations:
  - kind: suplies
    from: nipro
    to: ncvc
",
        ),
        good: Example::File(
            "\
organizations:
  - {id: nipro, name: {ja: ニプロ}}
  - {id: ncvc, name: {ja: 国循}}
relations:
  - kind: supplies
    from: nipro
    to: ncvc
",
        ),
    },
    Explanation {
        code: Code::WrongEndKind,
        meaning: Wording {
            en: "A relation starts from or leads to a kind of node that its kind of relation does not join: often `from` and `to` are swapped.",
            ja: "関係の始点か終点が、その種類の関係ではつなげない種類のノードです。`from` と `to` が逆のことがよくあります。",
        },
        bad: Example::File(
            "\
organizations:
  - {id: ncvc, name: {ja: 国循}}
roles:
  - {id: trial-hospital, name: {ja: 治験実施病院}}
relations:
  - kind: plays
    from: trial-hospital
    to: ncvc
",
        ),
        good: Example::File(
            "\
organizations:
  - {id: ncvc, name: {ja: 国循}}
roles:
  - {id: trial-hospital, name: {ja: 治験実施病院}}
relations:
  - kind: plays
    from: ncvc
    to: trial-hospital
",
        ),
    },
    Explanation {
        code: Code::WrongContext,
        meaning: Wording {
            en: "The context of a relation (`in`) is neither a region nor a program.",
            ja: "関係の文脈（`in`）が地域でも施策でもありません。",
        },
        bad: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
organizations:
  - {id: ncvc, name: {ja: 国循}}
roles:
  - {id: trial-hospital, name: {ja: 治験実施病院}}
relations:
  - kind: plays
    from: ncvc
    to: trial-hospital
    in: ncvc
",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
organizations:
  - {id: ncvc, name: {ja: 国循}}
roles:
  - {id: trial-hospital, name: {ja: 治験実施病院}}
relations:
  - kind: plays
    from: ncvc
    to: trial-hospital
    in: osaka
",
        ),
    },
    Explanation {
        code: Code::ConfidenceWithoutInference,
        meaning: Wording {
            en: "A statement that a source makes, or that we add, has a `confidence`; only what is inferred has one.",
            ja: "出典が述べたこと、または補足したことに `confidence` があります。確信度は推定（`basis: inferred`）だけのものです。",
        },
        bad: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    confidence: low
",
        ),
        good: Example::File(
            "\
organizations:
  - id: nipro
    name: {ja: ニプロ}
    basis: inferred
    confidence: low
",
        ),
    },
    Explanation {
        code: Code::Cycle,
        meaning: Wording {
            en: "Regions lie within each other, or organizations or programs are parts of each other, all the way round.",
            ja: "地域の包含関係、または組織・施策の所属関係が一周しています。",
        },
        bad: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
    within: [kansai]
  - id: kansai
    name: {ja: 関西}
    within: [osaka]
",
        ),
        good: Example::File(
            "\
regions:
  - id: osaka
    name: {ja: 大阪府}
    within: [kansai]
  - id: kansai
    name: {ja: 関西}
",
        ),
    },
];
