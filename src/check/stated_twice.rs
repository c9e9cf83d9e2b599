//! `stated-twice`: one relation in two places.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::subject::{place, warn_of_relation};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Relation;

pub static RULE: Rule = Rule { code: Code::StatedTwice, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut first: HashMap<_, Relation> = HashMap::new();
    let mut found = Vec::new();
    for relation in subject.pairs() {
        let mut ends = [relation.from().index(), relation.to().index()];
        if relation.kind().is_symmetric() {
            ends.sort_unstable();
        }
        let context = relation.context().map(|context| context.index());
        let time = (relation.since(), relation.until());
        let kind = relation.kind().index();
        match first.entry((kind, ends, context, time, relation.basis() as u8, relation.layer())) {
            Entry::Vacant(free) => {
                free.insert(relation);
            }
            Entry::Occupied(taken) => found.push(warning(relation, *taken.get())),
        }
    }
    found
}

fn warning(relation: Relation, first: Relation) -> Diagnostic {
    let (kind, from, to) = (relation.kind().id(), relation.from().id(), relation.to().id());
    let warning = warn_of_relation(
        Code::StatedTwice,
        relation,
        format!("that `{from}` `{kind}` `{to}` is stated already"),
        format!("`{from}` の `{to}` への `{kind}` は既に書かれています"),
    );
    let (origin, length) = place(first);
    warning.see(origin, length, "first stated here", "最初はここ").hint(
        "make one statement of them, with the sources of both",
        "両方の出典を合わせて一つにまとめてください",
    )
}
