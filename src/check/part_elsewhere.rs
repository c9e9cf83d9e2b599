//! `part-elsewhere`: a part that lies elsewhere than its whole.

use std::collections::HashMap;

use super::subject::{warn_of_relation, with_regions_around};
use super::{Example, Explanation, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Node, Relation};
use crate::lang::Wording;
use crate::model::Core;

pub static RULE: Rule = Rule {
    explanation: Explanation {
        code: Code::PartElsewhere,
        meaning: Wording {
            en: "Something is a part of an organization or a program, but lies in a region that neither \
                 contains the region of the whole nor lies within it. One of the two is likely wrong; \
                 where a group does span regions, give the whole the region that holds both.",
            ja: "ある組織や施策の一部とされているのに、その地域が全体の地域を含まず、含まれてもいません。\
                 どちらかが誤りでしょう。実際に複数の地域にまたがるなら、全体にはその両方を含む地域を書いてください。",
        },
        bad: Example::File(
            "\
regions:
  - {id: osaka, name: {ja: 大阪府, en: Osaka}}
  - {id: tokyo, name: {ja: 東京都, en: Tokyo}}
organizations:
  - id: osaka-university
    name: {ja: 大阪大学}
    region: osaka
  - id: osaka-university-hospital
    name: {ja: 大阪大学医学部附属病院}
    part_of: [osaka-university]
    region: tokyo
",
        ),
        good: Example::File(
            "\
regions:
  - {id: osaka, name: {ja: 大阪府, en: Osaka}}
  - {id: suita, name: {ja: 吹田市, en: Suita}, within: [osaka]}
organizations:
  - id: osaka-university
    name: {ja: 大阪大学}
    region: osaka
  - id: osaka-university-hospital
    name: {ja: 大阪大学医学部附属病院}
    part_of: [osaka-university]
    region: suita
",
        ),
    },
    find,
};

fn find(subject: &Subject) -> Vec<Diagnostic> {
    let mut regions: HashMap<u32, Vec<Node>> = HashMap::new();
    for relation in subject.pairs().filter(|relation| relation.is(Core::LocatedIn)) {
        regions.entry(relation.from().index()).or_default().push(relation.to());
    }
    let parts = subject.pairs().filter(|relation| relation.is(Core::PartOf));
    parts.filter_map(|relation| of_part(relation, &regions)).collect()
}

fn of_part(relation: Relation, regions: &HashMap<u32, Vec<Node>>) -> Option<Diagnostic> {
    let (part, whole) = (relation.from(), relation.to());
    let (here, there) = (regions.get(&part.index())?, regions.get(&whole.index())?);
    let is_near = |a: &Node| there.iter().any(|b| lies_within(*a, *b) || lies_within(*b, *a));
    if here.iter().any(is_near) {
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

/// Whether `region` is `whole` or lies within it; a step for each region around it.
fn lies_within(region: Node, whole: Node) -> bool {
    with_regions_around(region).contains(&whole)
}
