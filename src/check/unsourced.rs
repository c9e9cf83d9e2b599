//! `unsourced`: a statement that cites no source.

use super::subject::{warn_of_denial, warn_of_node, warn_of_relation};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Node;
use crate::lang::Lang;

pub static RULE: Rule = Rule { code: Code::Unsourced, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = subject.nodes().flat_map(of_node).collect();
    let bare = subject.statements().filter(|relation| relation.sources().next().is_none());
    found.extend(bare.map(|relation| {
        let kind = relation.kind().id();
        let en = format!("this `{kind}` relation cites no source");
        let ja = format!("この `{kind}` の関係に出典がありません");
        with_hint(warn_of_relation(Code::Unsourced, relation, en, ja))
    }));
    let bare = subject.denials().filter(|denial| denial.sources().next().is_none());
    found.extend(bare.map(|denial| {
        let kind = denial.kind().id();
        let en = format!("that there is no `{kind}` relation here cites no source");
        let ja = format!("`{kind}` の関係がないという記述に出典がありません");
        with_hint(warn_of_denial(Code::Unsourced, denial, en, ja))
    }));
    found
}

/// The statements on a node itself that cite nothing.
fn of_node(node: Node) -> Vec<Diagnostic> {
    let (record, id) = (node.record(), node.id());
    let mut bare: Vec<(String, String)> = Vec::new();
    if record.sources.is_empty() {
        bare.push((format!("`{id}`"), format!("`{id}` ")));
    }
    if node.additions().any(|it| it.sources.is_empty()) {
        bare.push((format!("what a layer adds to `{id}`"), format!("`{id}` への補い")));
    }
    for event in record.events.iter().filter(|event| event.sources.is_empty()) {
        let kind = &event.kind;
        bare.push((format!("the event `{kind}` of `{id}`"), format!("`{id}` の出来事 `{kind}` ")));
    }
    for indicator in record.indicators.iter().filter(|indicator| indicator.sources.is_empty()) {
        let name = |lang| indicator.name.in_lang(lang).unwrap_or_default();
        bare.push((
            format!("the indicator “{}” of `{id}`", name(Lang::En)),
            format!("`{id}` の指標「{}」", name(Lang::Ja)),
        ));
    }
    if record.claims.iter().any(|claim| claim.sources.is_empty()) {
        bare.push((format!("a claim of `{id}`"), format!("`{id}` の主張")));
    }
    if record.notes.iter().any(|note| note.sources.is_empty()) {
        bare.push((format!("a note of `{id}`"), format!("`{id}` の注記")));
    }
    let warning = |(en, ja)| {
        let (en, ja) = (format!("{en} cites no source"), format!("{ja}に出典がありません"));
        with_hint(warn_of_node(Code::Unsourced, node, en, ja))
    };
    bare.into_iter().map(warning).collect()
}

fn with_hint(warning: Diagnostic) -> Diagnostic {
    warning.hint(
        "add `sources: […]` with what says so",
        "そう述べている出典を `sources: […]` に書いてください",
    )
}
