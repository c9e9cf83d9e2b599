//! `idle-stage`: a stage that no role acts in, and of which no source says so.

use std::collections::HashSet;

use super::subject::warn_of_node;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Node;
use crate::model::{Core, NodeKind};

pub static RULE: Rule = Rule { code: Code::IdleStage, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut spoken_of: HashSet<Node> = subject
        .pairs()
        .filter(|relation| relation.is(Core::ActsIn))
        .map(|relation| relation.to())
        .collect();
    let denials = subject.graph.denials().filter(|it| it.is(Core::ActsIn) && it.lacks_from());
    spoken_of.extend(denials.map(|denial| denial.node()));
    subject
        .nodes()
        .filter(|node| node.kind() == NodeKind::Stage && !spoken_of.contains(node))
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
