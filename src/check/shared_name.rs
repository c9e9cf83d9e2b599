//! `shared-name`: two nodes of one kind that go by one name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::subject::warn_of_node;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Node, fold};

pub static RULE: Rule = Rule { code: Code::SharedName, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut first_called: HashMap<_, Node> = HashMap::new();
    let mut found = Vec::new();
    for node in subject.nodes() {
        // Two that share several names are told once.
        let mut partners: Vec<Node> = Vec::new();
        for name in node.names() {
            match first_called.entry((node.kind(), fold(name).into_boxed_str())) {
                Entry::Vacant(free) => {
                    free.insert(node);
                }
                Entry::Occupied(taken) => {
                    let first = *taken.get();
                    if first != node && !are_told_apart(first, node) && !partners.contains(&first) {
                        partners.push(first);
                        found.push(warning(node, first, name));
                    }
                }
            }
        }
    }
    found
}

/// Whether two of one name differ in their types, as a subject that is taught and the expertise do.
fn are_told_apart(one: Node, other: Node) -> bool {
    let (one, other) = (&one.record().r#type, &other.record().r#type);
    one.is_some() && other.is_some() && one != other
}

fn warning(node: Node, first: Node, name: &str) -> Diagnostic {
    let (id, other) = (node.id(), first.id());
    warn_of_node(
        Code::SharedName,
        node,
        format!("`{id}` and `{other}` both go by “{name}”"),
        format!("`{id}` と `{other}` はどちらも「{name}」と呼ばれています"),
    )
    .see(first.origin(), other.chars().count(), "the other is here", "もう一方はここ")
    .hint(
        "if they are one, make one record of them; if not, remove the name from one or make it fuller",
        "同じものなら一つの記録にまとめ、別のものなら一方からこの名称を消すか、より詳しくしてください",
    )
}
