//! `orphan`: a node that no relation ties to anything but its place.

use super::subject::warn_of_node;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::NodeSet;
use crate::model::{Core, NodeKind};

pub static RULE: Rule = Rule { code: Code::Orphan, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut tied = NodeSet::new(subject.graph);
    for relation in subject.graph.relations() {
        tied.insert(relation.to());
        if !relation.is(Core::Within) && !relation.is(Core::LocatedIn) {
            tied.insert(relation.from());
        }
        if let Some(context) = relation.context() {
            tied.insert(context);
        }
    }
    for denial in subject.graph.denials() {
        tied.insert(denial.node());
        if let Some(context) = denial.context() {
            tied.insert(context);
        }
    }
    subject
        .nodes()
        // A region may be on a map with nobody in it.
        .filter(|node| node.kind() != NodeKind::Region && !tied.contains(*node))
        .map(|node| {
            let id = node.id();
            let (en, ja) = match node.kind() {
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
