//! Single atlases in which a date could mislead.

use medclust::model::Basis;

use crate::atlas::{Writer, graph_on};

#[test]
fn nobody_becomes_a_part_of_its_own_parts() {
    let text = "organizations:
  - {id: x, name: {en: X}, events: [{kind: merged, date: 2010, other: y}]}
  - {id: m, name: {en: M}, part_of: x}
  - {id: n, name: {en: N}, part_of: x}
  - {id: y, name: {en: Y}, part_of: m}
";
    let then = graph_on(text, "2011");
    let parts: Vec<String> = then.relations().map(|it| format!("{it:?}")).collect();
    assert_eq!(parts, ["n part-of y", "y part-of m"]);
}

#[test]
fn a_role_rests_on_the_strongest_of_what_is_left() {
    let text = "sources: [{id: a}, {id: b}, {id: c}]
regions: [{id: x, name: {en: X}}]
roles: [{id: r, name: {en: R}}]
organizations: [{id: o, name: {en: O}}]
relations:
  - {kind: plays, from: o, to: r, in: x, until: 2000, sources: [a]}
  - {kind: plays, from: o, to: r, in: x, basis: curated, sources: [b]}
  - {kind: plays, from: o, to: r, in: x, basis: inferred, confidence: low, sources: [c]}
";
    let then = graph_on(text, "2001");
    let role = then.node("r@x").expect("it is spoken of");
    let sources: Vec<&str> = role.record().sources.iter().map(|it| &*it.value.0).collect();
    assert_eq!((role.record().basis, sources), (Basis::Inferred, vec!["c"]));
    for derived in then.relations().filter(|it| it.is_derived()) {
        assert_eq!(derived.sources().collect::<Vec<_>>(), ["c"], "{derived:?}");
    }
}

#[test]
fn a_long_chain_of_takeovers_is_followed_to_its_end() {
    let organization = |n: usize| {
        let event = format!("{{kind: succeeded, date: 2000, other: o{}}}", n + 1);
        format!("id: o{n}, name: {{en: o{n}}}, events: [{}]", if n < 5_000 { &event } else { "" })
    };
    let relation = "kind: supplies, from: o0, to: x".to_owned();
    let text = Writer::default()
        .section(
            "organizations",
            (0..=5_000).map(organization).chain(["id: x, name: {en: x}".into()]),
        )
        .section("relations", [relation]);
    let then = graph_on(&text.text(), "2001");
    let left: Vec<String> = then.relations().map(|it| format!("{it:?}")).collect();
    assert_eq!(left, ["o5000 supplies x"]);
}
