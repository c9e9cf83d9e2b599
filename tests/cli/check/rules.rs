//! Where each rule draws its line.

use medclust::diagnostic::Code;

use super::found;

/// The lines of the findings of one code in an atlas of one file.
fn lines(code: Code, text: &str) -> Vec<u32> {
    let found = found(text);
    assert!(found.iter().all(|it| Code::WEAK_SPOTS.contains(&it.code)), "{found:#?}");
    let found = found.iter().filter(|finding| finding.code == code);
    found.map(|finding| finding.places[0].origin.position.line).collect()
}

#[test]
fn what_a_field_says_needs_no_source_beside_its_node() {
    let text = "\
sources: [{id: s}]
regions:
  - {id: osaka, name: {ja: 大阪}, sources: [s]}
organizations:
  - {id: a, name: {en: A}, region: osaka, sources: [s]}
  - {id: b, name: {en: B}, region: osaka, part_of: a}
  - {id: c, name: {en: C}, sources: [s], events: [{kind: merged, other: a}]}
";
    assert_eq!(lines(Code::Unsourced, text), [6, 7]);
}

#[test]
fn everything_on_a_node_needs_its_source() {
    let text = |sources: &str| {
        format!(
            "\
sources: [{{id: s}}]
organizations:
  - id: a
    name: {{en: A}}
    events: [{{kind: founded{sources}}}]
    indicators: [{{name: {{en: Staff}}, value: 3{sources}}}]
    claims: [{{quote: Q{sources}}}]
    notes: [{{text: {{en: N}}{sources}}}]
    sources: [s]
"
        )
    };
    assert_eq!(lines(Code::Unsourced, &text("")), [3; 4]);
    assert_eq!(lines(Code::Unsourced, &text(", sources: [s:1]")), [0; 0]);
}

#[test]
fn a_list_on_both_sides_is_told_once() {
    let text = "\
organizations:
  - {id: a, name: {en: A}}
  - {id: b, name: {en: B}}
  - {id: c, name: {en: C}}
relations:
  - {kind: supplies, from: [a, b], to: [b, c], since: 2015, until: 2014, basis: inferred}
  - {kind: supplies, from: a, to: c, since: 2015, until: 2014}
";
    assert_eq!(lines(Code::EndsBeforeItBegins, text), [6, 7]);
    assert_eq!(lines(Code::NoConfidence, text), [6]);
}

#[test]
fn vague_dates_have_the_benefit_of_the_doubt() {
    for (since, until, is_reversed) in [
        ("2015-04", "2015", false),
        ("2015", "2015-01-01", false),
        ("2015-04", "2015-04", false),
        ("2015-04-02", "2015-04-01", true),
        ("2015-04", "2015-03-31", true),
        ("2015", "2014", true),
    ] {
        let text =
            format!("programs:\n  - {{id: a, name: {{en: A}}, since: {since}, until: {until}}}\n");
        let found = lines(Code::EndsBeforeItBegins, &text);
        assert_eq!(found.is_empty(), !is_reversed, "{since} {until}");
    }
}

#[test]
fn a_place_ties_to_nothing_but_a_context_does() {
    let text = "\
regions:
  - {id: japan, name: {ja: 日本}}
  - {id: osaka, name: {ja: 大阪}, within: japan}
  - {id: tokyo, name: {ja: 東京}, within: japan}
  - {id: kyoto, name: {ja: 京都}, within: japan}
organizations:
  - {id: a, name: {en: A}, region: osaka}
  - {id: b, name: {en: B}, region: japan}
  - {id: c, name: {en: C}, part_of: b}
  - {id: d, name: {en: D}}
  - {id: e, name: {en: E}}
roles:
  - {id: maker, name: {en: Maker}}
relations:
  - {kind: supplies, from: d, to: e, in: tokyo}
  - {kind: plays, from: d, to: maker, in: japan}
";
    assert_eq!(lines(Code::Orphan, text), [7], "a region may be on the map alone");
}

#[test]
fn contextual_roles_are_nobody_s_weak_spot() {
    let text = "\
sources: [{id: s}]
regions: [{id: japan, name: {ja: 日本, en: Japan}, sources: [s]}]
organizations: [{id: a, name: {en: A, ja: あ}, sources: [s]}]
roles: [{id: maker, name: {en: Maker, ja: メーカー}, sources: [s]}]
relations: [{kind: plays, from: a, to: maker, in: japan, sources: [s]}]
";
    assert_eq!(found(text), []);
}

#[test]
fn inferences_are_looked_for_wherever_they_stand() {
    let text = "\
organizations:
  - {id: a, name: {en: A}, basis: inferred}
  - {id: b, name: {en: B}, notes: [{text: {en: N}, basis: inferred}]}
  - {id: c, name: {en: C}, events: [{kind: founded, basis: inferred}]}
  - {id: d, name: {en: D}, basis: inferred, confidence: low, part_of: a}
  - {id: e, name: {en: E}, basis: curated}
";
    assert_eq!(lines(Code::NoConfidence, text), [2, 3, 4]);
}

#[test]
fn names_are_shared_within_a_kind_only_and_told_once_a_pair() {
    let text = "\
regions:
  - {id: osaka, name: {ja: 大阪, en: Osaka}}
organizations:
  - {id: a, name: {ja: 大阪, en: OSAKA}, aliases: [Osaka]}
  - {id: b, name: {ja: 株式会社大阪, en: 'Osaka, Inc.'}}
  - {id: c, name: {en: osaka}}
";
    assert_eq!(lines(Code::SharedName, text), [5, 6]);
}

#[test]
fn any_region_in_common_makes_a_part_lie_with_its_whole() {
    let text = "\
regions:
  - {id: japan, name: {ja: 日本}}
  - {id: oita, name: {ja: 大分}, within: japan}
  - {id: miyazaki, name: {ja: 宮崎}, within: japan}
  - {id: east-kyushu, name: {ja: 東九州}, within: [oita, miyazaki]}
organizations:
  - {id: group, name: {en: G}, region: japan}
  - {id: maker, name: {en: M}, region: oita, part_of: group}
  - {id: plant, name: {en: P}, region: east-kyushu, part_of: maker}
  - {id: branch, name: {en: B}, region: miyazaki, part_of: maker}
  - {id: nowhere, name: {en: N}, part_of: maker}
  - {id: head, name: {en: H}, region: japan, part_of: maker}
";
    assert_eq!(lines(Code::PartElsewhere, text), [10]);
    let both = format!("{text}relations: [{{kind: located-in, from: maker, to: miyazaki}}]\n");
    assert_eq!(lines(Code::PartElsewhere, &both), [0; 0]);
}

#[test]
fn a_country_is_known_by_type_and_any_name() {
    let text = |country: &str| {
        format!(
            "regions:\n  - {{id: x, {country}}}\n  - {{id: a, name: {{en: A}}, within: x}}\n  \
             - {{id: b, name: {{en: B}}, within: a, location: {{lat: 10, lon: 20}}}}\n"
        )
    };
    for (country, is_known) in [
        ("type: country, name: {ja: 米国}, aliases: [USA]", true),
        ("type: country, name: {en: ireland}", true),
        ("type: country, name: {ja: アイルランド}", true),
        ("type: state, name: {en: Georgia}", false),
        ("type: country, name: {en: Atlantis}", false),
    ] {
        let found = lines(Code::OutsideCountry, &text(country));
        assert_eq!(found, if is_known { vec![4] } else { vec![] }, "{country}");
    }
}

#[test]
fn ids_are_kebab_case() {
    for (id, is_kebab) in [
        ("3m", true),
        ("mayo-clinic-2", true),
        ("Mayo", false),
        ("mayo_clinic", false),
        ("mayo--clinic", false),
        ("mayo-", false),
        ("大阪", false),
    ] {
        let text = format!("stages: [{{id: {id}, name: {{en: A}}}}]\nsources: [{{id: {id}}}]\n");
        let found = lines(Code::IdStyle, &text);
        assert_eq!(found, if is_kebab { vec![] } else { vec![1, 2] }, "{id}");
    }
}

#[test]
fn a_source_is_cited_wherever_it_is() {
    let text = "\
sources: [{id: a}, {id: b}, {id: c}, {id: d}, {id: e}, {id: f}]
organizations:
  - id: x
    name: {en: X}
    events: [{kind: founded, sources: [a:1]}]
    indicators: [{name: {en: Staff}, value: 3, sources: [b]}]
    claims: [{quote: Q, sources: [c]}]
    notes: [{text: {en: N}, sources: [d]}]
relations: [{kind: supplies, from: x, to: x, sources: [e:7-8]}]
";
    let found = found(text);
    let uncited: Vec<_> = found.iter().filter(|it| it.code == Code::UncitedSource).collect();
    assert_eq!(uncited.len(), 1);
    assert!(uncited[0].message.en.contains("`f`"));
}

#[test]
fn a_statement_that_there_is_none_is_a_statement() {
    let text = |rest: &str| {
        format!(
            "\
sources: [{{id: s}}]
stages:
  - {{id: a, name: {{en: A}}, sources: [s]}}
  - {{id: b, name: {{en: B}}, sources: [s]}}
relations:
  - {{kind: acts-in, from: [], to: [a, b]{rest}}}
"
        )
    };
    let said = text(", sources: [s]");
    for code in [Code::IdleStage, Code::Orphan, Code::Unsourced, Code::UncitedSource] {
        assert_eq!(lines(code, &said), [0; 0], "{code:?}");
    }
    let vague = text(", basis: inferred, since: 2015, until: 2014");
    for code in [Code::Unsourced, Code::NoConfidence, Code::EndsBeforeItBegins] {
        assert_eq!(lines(code, &vague), [6], "{code:?}");
    }
    // That nothing supports a stage does not say that nobody acts in it.
    let other = text(", sources: [s]").replace("kind: acts-in", "kind: supports");
    assert_eq!(lines(Code::IdleStage, &other), [3, 4]);
}
