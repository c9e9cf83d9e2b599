//! `idle-stage`: a stage that no role acts in, and of which no source says so.

use std::collections::HashSet;

use super::subject::warn_of_node;
use super::{Example, Explanation, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Wording;
use crate::model::{Core, NodeKind};

pub static RULE: Rule = Rule {
    explanation: Explanation {
        code: Code::IdleStage,
        meaning: Wording {
            en: "No role acts in a stage, so the way from a need to the market has a step that nobody \
                 takes. Say with an `acts-in` relation which role does, or with `from: []` that a source says \
                 nobody does.",
            ja: "その段階で活動する役割がなく、ニーズから市場までの道に誰も担わない段階があります。\
                 どの役割が活動するかを `acts-in` の関係で書くか、\
                 誰もいないと出典が述べるなら `from: []` と書いてください。",
        },
        bad: Example::File(
            "\
stages:
  - id: clinical-trial
    name: {en: Clinical trial, ja: 治験}
",
        ),
        good: Example::File(
            "\
stages:
  - id: clinical-trial
    name: {en: Clinical trial, ja: 治験}
roles:
  - id: trial-hospital
    name: {en: Trial hospital, ja: 治験実施病院}
relations:
  - kind: acts-in
    from: trial-hospital
    to: clinical-trial
",
        ),
    },
    find,
};

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut spoken_of: HashSet<u32> = subject
        .pairs()
        .filter(|relation| relation.is(Core::ActsIn))
        .map(|relation| relation.to().index())
        .collect();
    let denials = subject.graph.denials().filter(|it| it.is(Core::ActsIn) && it.lacks_from());
    spoken_of.extend(denials.map(|denial| denial.node().index()));
    subject
        .nodes()
        .filter(|node| node.kind() == NodeKind::Stage && !spoken_of.contains(&node.index()))
        .map(|stage| {
            let id = stage.id();
            warn_of_node(
                Code::IdleStage,
                stage,
                format!("no role acts in the stage `{id}`"),
                format!("段階 `{id}` で活動する役割がありません"),
            )
            .hint(
                format!("add a relation `kind: acts-in` from a role to `{id}`"),
                format!("役割から `{id}` への `kind: acts-in` の関係を加えてください"),
            )
        })
        .collect()
}
