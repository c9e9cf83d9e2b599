//! `no-confidence`: an inference that does not tell how sure it is.

use super::subject::{warn_of_denial, warn_of_node, warn_of_relation};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Node;
use crate::model::{Basis, Confidence};
use crate::origin::At;

pub static RULE: Rule = Rule { code: Code::NoConfidence, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = subject.nodes().flat_map(of_node).collect();
    let relations = subject.statements();
    let unsure = relations.filter(|it| it.basis() == Basis::Inferred && it.confidence().is_none());
    found.extend(unsure.map(|relation| {
        let kind = relation.kind().id();
        let en = format!("this `{kind}` relation is inferred, but does not say how surely");
        let ja = format!("この `{kind}` の関係は推定ですが、確信度がありません");
        with_hint(warn_of_relation(Code::NoConfidence, relation, en, ja))
    }));
    let denials = subject.denials();
    let unsure = denials.filter(|it| it.basis() == Basis::Inferred && it.confidence().is_none());
    found.extend(unsure.map(|denial| {
        let kind = denial.kind().id();
        let en = format!("that there is no `{kind}` relation is inferred, but not how surely");
        let ja = format!("`{kind}` の関係がないという推定に確信度がありません");
        with_hint(warn_of_denial(Code::NoConfidence, denial, en, ja))
    }));
    found
}

/// The inferences on a node itself that do not tell how sure they are.
fn of_node(node: Node) -> Vec<Diagnostic> {
    let (record, id) = (node.record(), node.id());
    let is_unsure = |basis, confidence: Option<At<Confidence>>| {
        basis == Basis::Inferred && confidence.is_none()
    };
    let mut unsure: Vec<(String, String)> = Vec::new();
    if is_unsure(record.basis, record.confidence) {
        unsure.push((format!("`{id}`"), format!("`{id}` ")));
    }
    if node.additions().any(|it| it.basis == Basis::Inferred && it.confidence.is_none()) {
        unsure.push((format!("what a layer adds to `{id}`"), format!("`{id}` への補い")));
    }
    for event in record.events.iter().filter(|event| is_unsure(event.basis, event.confidence)) {
        let kind = &event.kind;
        unsure
            .push((format!("the event `{kind}` of `{id}`"), format!("`{id}` の出来事 `{kind}` ")));
    }
    if record.indicators.iter().any(|it| is_unsure(it.basis, it.confidence)) {
        unsure.push((format!("a figure of `{id}`"), format!("`{id}` の指標")));
    }
    if record.claims.iter().any(|it| is_unsure(it.basis, it.confidence)) {
        unsure.push((format!("a claim on `{id}`"), format!("`{id}` についての主張")));
    }
    if record.notes.iter().any(|note| is_unsure(note.basis, note.confidence)) {
        unsure.push((format!("a note of `{id}`"), format!("`{id}` の注記")));
    }
    let warning = |(en, ja)| {
        let en = format!("{en} is inferred, but does not say how surely");
        let ja = format!("{ja}は推定ですが、確信度がありません");
        with_hint(warn_of_node(Code::NoConfidence, node, en, ja))
    };
    unsure.into_iter().map(warning).collect()
}

fn with_hint(warning: Diagnostic) -> Diagnostic {
    warning.hint(
        "add `confidence: high`, `medium` or `low`",
        "`confidence: high`、`medium`、`low` のいずれかを加えてください",
    )
}
