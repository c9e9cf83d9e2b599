//! `part-elsewhere`: a part that lies elsewhere than its whole.

use std::collections::HashMap;

use super::subject::{warn_of_relation, with_regions_around};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Node, Relation};
use crate::model::Core;

pub static RULE: Rule = Rule { code: Code::PartElsewhere, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut regions: HashMap<Node, Vec<Node>> = HashMap::new();
    for relation in subject.pairs().filter(|relation| relation.is(Core::LocatedIn)) {
        regions.entry(relation.from()).or_default().push(relation.to());
    }
    let parts = subject.pairs().filter(|relation| relation.is(Core::PartOf));
    parts.filter_map(|relation| of_part(relation, &regions)).collect()
}

fn of_part(relation: Relation, regions: &HashMap<Node, Vec<Node>>) -> Option<Diagnostic> {
    let (part, whole) = (relation.from(), relation.to());
    let (here, there) = (regions.get(&part)?, regions.get(&whole)?);
    let is_near = |a: &Node| there.iter().any(|b| lies_within(*a, *b) || lies_within(*b, *a));
    if spans_regions(part) || here.iter().any(is_near) {
        return None;
    }
    let (mine, its) = (here.first()?.id(), there.first()?.id());
    let (part, whole) = (part.id(), whole.id());
    let warning = warn_of_relation(
        Code::PartElsewhere,
        relation,
        format!("`{part}` in `{mine}` is part of `{whole}` in `{its}`"),
        format!("`{part}`（`{mine}`）は `{whole}`（`{its}`）の一部ですが、地域が食い違います"),
    );
    Some(warning.hint(
        "correct `part_of` or `region`, or give the whole a region that holds both",
        "`part_of` か `region` を直すか、全体に両方を含む地域を書いてください",
    ))
}

/// Whether parts of its type are usual in other regions: a foreign subsidiary, a regional bureau.
fn spans_regions(part: Node) -> bool {
    matches!(part.r#type(), Some("company" | "government"))
}

/// Whether `region` is `whole` or lies within it; a step for each region around it.
fn lies_within(region: Node, whole: Node) -> bool {
    with_regions_around(region).contains(&whole)
}
