//! `missing-language`: a node without a name in one of the languages.

use super::subject::warn_of_node;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Node;
use crate::model::NodeKind;

pub static RULE: Rule = Rule { code: Code::MissingLanguage, find };

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
                (false, true) if is_proper(node) => None,
                (false, _) => Some(warning(node, "Japanese", "日本語", "ja")),
                (_, false) => Some(warning(node, "English", "英語", "en")),
                _ => None,
            }
        })
        .collect()
}

/// Whether the name is a proper one, of an organization or a program, in Latin letters: Japanese texts print
/// that as it is, and a transliteration would be an invention.
fn is_proper(node: Node) -> bool {
    // Letters up to Latin Extended-B, and Latin Extended Additional.
    let is_latin_letter = |c: char| c < '\u{0250}' || ('\u{1e00}'..='\u{1eff}').contains(&c);
    let is_latin = |name: &str| name.chars().all(|c| !c.is_alphabetic() || is_latin_letter(c));
    matches!(node.kind(), NodeKind::Organization | NodeKind::Program)
        && node.record().name.both().all(is_latin)
}
