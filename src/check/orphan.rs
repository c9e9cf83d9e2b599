//! `orphan`: a node that no relation ties to anything but its place.

use super::subject::warn_of_node;
use super::{Example, Explanation, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Wording;
use crate::model::{Core, NodeKind};

pub static RULE: Rule = Rule {
    explanation: Explanation {
        code: Code::Orphan,
        meaning: Wording {
            en: "Nothing refers to a role or another node, and it refers to nothing but the region it lies \
                 in: no route reaches it, and no comparison shows it. Say what it does, or leave it out.",
            ja: "その役割などのノードは、どこからも参照されず、所在地のほかには何も参照していません。\
                 経路で到達できず、比較にも現れません。何をするのかを書くか、外してください。",
        },
        bad: Example::File(
            "\
roles:
  - id: trial-hospital
    name: {en: Trial hospital, ja: 治験実施病院}
",
        ),
        good: Example::File(
            "\
organizations:
  - id: ncvc
    name: {ja: 国立循環器病研究センター}
roles:
  - id: trial-hospital
    name: {en: Trial hospital, ja: 治験実施病院}
relations:
  - kind: plays
    from: ncvc
    to: trial-hospital
",
        ),
    },
    find,
};

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut is_tied = vec![false; subject.graph.node_count()];
    for relation in subject.graph.relations() {
        is_tied[relation.to().index() as usize] = true;
        if !relation.is(Core::Within) && !relation.is(Core::LocatedIn) {
            is_tied[relation.from().index() as usize] = true;
        }
        if let Some(context) = relation.context() {
            is_tied[context.index() as usize] = true;
        }
    }
    for denial in subject.graph.denials() {
        is_tied[denial.node().index() as usize] = true;
        if let Some(context) = denial.context() {
            is_tied[context.index() as usize] = true;
        }
    }
    subject
        .nodes()
        .filter(|node| !is_tied[node.index() as usize])
        .map(|node| {
            let id = node.id();
            let (en, ja) = match node.kind() {
                NodeKind::Region => (
                    "let something lie or take place in it, or remove it",
                    "そこにあるもの・そこで行われることを書くか、消してください",
                ),
                NodeKind::Role => (
                    "say with a relation `plays` who fills it, or remove it",
                    "誰が担うのかを `plays` の関係で書くか、消してください",
                ),
                _ => {
                    ("add a relation from or to it, or remove it", "関係を加えるか、消してください")
                }
            };
            warn_of_node(
                Code::Orphan,
                node,
                format!("nothing refers to `{id}`"),
                format!("`{id}` はどこからも参照されていません"),
            )
            .hint(en, ja)
        })
        .collect()
}
