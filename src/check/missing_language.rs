//! `missing-language`: a node without a name in one of the languages.

use super::subject::warn_of_node;
use super::{Example, Explanation, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Wording;

pub static RULE: Rule = Rule {
    explanation: Explanation {
        code: Code::MissingLanguage,
        meaning: Wording {
            en: "A node has a name in one language only, so the readers of the other see a foreign \
                 name. Translate what merely describes (a role, a stage, a measure); a proper name that \
                 no source gives in a language may stay absent: then allow this code.",
            ja: "ノードの名称が一方の言語にしかなく、もう一方の言語の読者には外国語の名称が表示されます。\
                 役割・段階・施策のような説明的な名称は訳してください。どの出典にもない固有名詞は空のままで\
                 よく、その場合はこのコードを --allow で許可してください。",
        },
        bad: Example::File(
            "\
roles:
  - id: trial-hospital
    name: {ja: 治験実施病院}
",
        ),
        good: Example::File(
            "\
roles:
  - id: trial-hospital
    name: {ja: 治験実施病院, en: Trial hospital}
",
        ),
    },
    find,
};

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let warning = |node, en: &str, ja: &str, key: &str| {
        warn_of_node(
            Code::MissingLanguage,
            node,
            format!("`{}` has no name in {en}", node.id()),
            format!("`{}` に{ja}の名称がありません", node.id()),
        )
        .hint(
            format!("add `{key}: …` to its name if a source gives one, or if it can be translated"),
            format!("出典にあるか、訳せるものなら、name に `{key}: …` を加えてください"),
        )
    };
    let is_given =
        |name: &Option<String>| name.as_ref().is_some_and(|name| !name.trim().is_empty());
    subject
        .nodes()
        .filter_map(|node| {
            let name = &node.record().name;
            match (is_given(&name.ja), is_given(&name.en)) {
                (false, _) => Some(warning(node, "Japanese", "日本語", "ja")),
                (_, false) => Some(warning(node, "English", "英語", "en")),
                _ => None,
            }
        })
        .collect()
}
