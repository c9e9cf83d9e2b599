//! `ends-before-it-begins`: a node or a relation whose end lies before its beginning.

use super::subject::{warn_of_denial, warn_of_node, warn_of_relation};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Date;

pub static RULE: Rule = Rule { code: Code::EndsBeforeItBegins, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    const CODE: Code = Code::EndsBeforeItBegins;
    let nodes = subject.nodes().filter_map(|node| {
        let (since, until) = reversed(node.record().since, node.record().until)?;
        let id = node.id();
        let en = format!("`{id}` ends in {until}, before it begins in {since}");
        let ja = format!("`{id}` の終わり {until} が始まり {since} より前です");
        Some(warn_of_node(CODE, node, en, ja))
    });
    let relations = subject.statements().filter_map(|relation| {
        let (since, until) = reversed(relation.since(), relation.until())?;
        let kind = relation.kind().id();
        let en = format!("this `{kind}` relation ends in {until}, before it begins in {since}");
        let ja = format!("この `{kind}` の関係の終わり {until} が始まり {since} より前です");
        Some(warn_of_relation(CODE, relation, en, ja))
    });
    let denials = subject.denials().filter_map(|denial| {
        let (since, until) = reversed(denial.since(), denial.until())?;
        let kind = denial.kind().id();
        let en = format!("that there is no `{kind}` ends in {until}, before it begins in {since}");
        let ja = format!("`{kind}` がないという記述の終わり {until} が始まり {since} より前です");
        Some(warn_of_denial(CODE, denial, en, ja))
    });
    nodes
        .chain(relations)
        .chain(denials)
        .map(|warning| {
            warning.hint(
                "swap `since` and `until`, or correct one of them",
                "`since` と `until` を入れ替えるか、どちらかを直してください",
            )
        })
        .collect()
}

/// Both dates, where even the last day of the end lies before the first day of the beginning.
fn reversed(since: Option<Date>, until: Option<Date>) -> Option<(Date, Date)> {
    let (since, until) = (since?, until?);
    until.is_before(since).then_some((since, until))
}
