//! `id-style`: an id that is no lower-case kebab-case ASCII.

use super::subject::warn_of_node;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};

pub static RULE: Rule = Rule { code: Code::IdStyle, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    const CODE: Code = Code::IdStyle;
    let words = |id: &str| {
        (
            format!("the id `{id}` is no lower-case kebab-case ASCII"),
            format!("id `{id}` が小文字英数字とハイフンの形ではありません"),
        )
    };
    let nodes = subject.nodes().filter(|node| !is_kebab(node.id())).map(|node| {
        let (en, ja) = words(node.id());
        with_hint(warn_of_node(CODE, node, en, ja), node.id())
    });
    let sources = subject.graph.sources().map(|source| source.id()).filter(|id| !is_kebab(id));
    let sources = sources.map(|id| {
        let (en, ja) = words(id);
        with_hint(subject.warn_of_source(CODE, id, en, ja), id)
    });
    nodes.chain(sources).collect()
}

fn with_hint(warning: Diagnostic, id: &str) -> Diagnostic {
    let words: Vec<String> = id
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    match id.is_ascii() && !words.is_empty() {
        true => {
            let better = words.join("-");
            warning.hint(
                format!("write `{better}`, here and wherever it is referred to"),
                format!("参照している箇所も含めて `{better}` と書いてください"),
            )
        }
        false => warning.hint(
            "write it such as `mayo-clinic`, here and wherever it is referred to",
            "参照している箇所も含めて `mayo-clinic` のように書いてください",
        ),
    }
}

fn is_kebab(id: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    id.split('-').all(|word| !word.is_empty() && word.chars().all(is_plain))
}
