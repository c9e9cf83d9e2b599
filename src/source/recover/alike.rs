//! The second reading judges as the first: held over every field and what people put into one.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

/// Every section with a record that has all its fields.
const RECORDS: &[(&str, &[(&str, &str)])] = &[
    (
        "sources",
        &[
            ("id", "map"),
            ("title", "Map"),
            ("publisher", "P"),
            ("date", "2014-05"),
            ("language", "ja"),
            ("url", "https://example.org"),
            ("note", "{en: n}"),
            ("headings", "[1, 2-3]"),
        ],
    ),
    (
        "relation_kinds",
        &[
            ("id", "knows"),
            ("name", "{en: knows}"),
            ("inverse", "{ja: 知られる}"),
            ("from", "[region, role]"),
            ("to", "[stage]"),
            ("short", "{ja: 知人}"),
            ("class", "flow"),
            ("traverse", "both"),
        ],
    ),
    ("node_types", &[("id", "city"), ("name", "{ja: 市}")]),
    (
        "regions",
        &[
            ("id", "osaka"),
            ("type", "prefecture"),
            ("name", "{ja: 大阪府, en: Osaka}"),
            ("aliases", "[Ōsaka, 浪速]"),
            ("summary", "{ja: 要約}"),
            ("website", "https://example.org"),
            ("identifiers", "{iso: JP-27, jis: 27}"),
            ("since", "1868"),
            ("until", "2015-01-26"),
            ("status", "planned"),
            (
                "indicators",
                "[{name: {en: n}, value: 3.5, qualifier: about, unit: x, year: 2014, basis: inferred, confidence: low, note: {ja: 注}, sources: [s:1]}]",
            ),
            ("claims", "[{quote: q, note: {en: n}, basis: curated, sources: [s:1]}]"),
            ("notes", "[{text: {ja: x}, basis: inferred, confidence: low, sources: [s]}]"),
            ("basis", "inferred"),
            ("confidence", "high"),
            ("sources", "[map:1-2]"),
            ("within", "[japan, kansai]"),
            ("location", "{lat: 34.7, lon: 135.5}"),
        ],
    ),
    (
        "organizations",
        &[
            ("id", "lab"),
            ("region", "osaka"),
            ("part_of", "ncvc"),
            (
                "events",
                "[{date: 1977, kind: founded, former: {ja: 旧}, other: x, note: {en: n}, basis: curated}]",
            ),
        ],
    ),
    ("roles", &[("id", "trials"), ("name", "{en: trials}")]),
    ("stages", &[("id", "need")]),
    ("programs", &[("id", "hub"), ("region", "osaka"), ("part_of", "[a]"), ("events", "[]")]),
    (
        "relations",
        &[
            ("kind", "plays"),
            ("from", "[a, b]"),
            ("to", "c"),
            ("in", "osaka"),
            ("since", "2015"),
            ("until", "2016-02"),
            ("status", "planned"),
            ("open", "true"),
            ("basis", "inferred"),
            ("confidence", "medium"),
            ("note", "{ja: 注}"),
            ("sources", "[map:3]"),
        ],
    ),
];

/// What people, and other tools, put into a field.
const VALUES: &[&str] = &[
    "",
    "~",
    "null",
    "Null",
    "''",
    "\"\"",
    "x",
    "' x '",
    "true",
    "True",
    "FALSE",
    "yes",
    "on",
    "7",
    "+7",
    "-7",
    "007",
    "1_000",
    "0x1F",
    "0o17",
    "7.0",
    "1.50",
    "-.5",
    "1e3",
    "1e400",
    "-1e400",
    ".nan",
    ".NaN",
    ".inf",
    "-.Inf",
    "'7'",
    "\"1.5\"",
    "'.nan'",
    "'1e400'",
    "inf",
    "nan",
    "99999999999999999999",
    "2014",
    "'2014'",
    "2014-13",
    "2015-01-26",
    "2015-01-26T00:00:00Z",
    "12:30",
    "[]",
    "[~]",
    "[x]",
    "[[x]]",
    "[true, 1.50, .nan]",
    "[{x: y}]",
    "[x, [y], {z: 1}]",
    "{}",
    "{x: y}",
    "{ja: x, ja: y}",
    "{ja: 1.50}",
    "{en: true, ja: .nan}",
    "{ja: {x: y}}",
    "{ja: [x]}",
    "{high: ~}",
    "{high: x}",
    "{1: x}",
    "{~: x}",
    "{[x]: y}",
    "{lat: 1e400, lon: .nan}",
    "{lat: '1', lon: 2, alt: 3}",
    "{lat: x}",
    "!!str 7",
    "!!int '7'",
    "!!int 7",
    "!!float 7",
    "!!bool true",
    "!!null ''",
    "!x y",
    "! 7",
    "!!binary aGk=",
    "!!seq []",
    "&a x",
    "*seven",
    "*list",
    "*text",
    "[*seven, *list]",
    "{<<: *text}",
    "{<<: *text, ja: z}",
    "{<<: [*text, *text]}",
    "high",
    "High",
    "stated",
    "region",
    "[region, x]",
    "大阪",
    "'a\\b'",
    "\"\\u0041\"",
    "a b\n      c",
    "|\n      a\n      b",
    ">-\n      7",
    "[{value: x, name: {en: n}}, {value: 1, name: 2}, {year: -1, name: {}, value: 1}]",
    "[{kind: [x]}, {kind: a, date: 19}, {other: []}]",
    "[{text: ~}, {text: {ja: a}, basis: x}]",
];

/// A file of one record of a section, with some fields changed and some left out.
fn record(section: usize, changed: &[(&str, &str)], left_out: &[&str]) -> String {
    let (section, fields) = RECORDS[section];
    let mut text = format!("{section}:\n");
    let own = fields.iter().filter(|(name, _)| !left_out.contains(name));
    let own = own.map(|(name, value)| {
        let changed = changed.iter().find(|(changed, _)| changed == name);
        (*name, changed.map_or(*value, |(_, value)| value))
    });
    for (number, (name, value)) in own.enumerate() {
        text.push_str(&format!("  {} {name}: {value}\n", if number == 0 { '-' } else { ' ' }));
    }
    text
}

/// The anchors of [`VALUES`] in a text of their own section.
fn with_anchors(text: &str) -> String {
    let anchors = "[{id: z, title: &seven 7, headings: &list [a, 2], note: &text {ja: x, en: y}}]";
    match text.strip_prefix("sources:\n") {
        Some(records) => {
            format!("sources:\n  - {}\n{records}", &anchors[1..anchors.len() - 1])
        }
        None => format!("sources: {anchors}\n{text}"),
    }
}

/// Whether a text loads; and that both readings say so, and say the same of it.
fn judge(text: &str) -> Result<bool, TestCaseError> {
    let file = FileId(0);
    let first = serde_saphyr::from_str_with_options::<Option<AtlasFile>>(text, yaml::options(text));
    match (first, faults(file, text)) {
        (Ok(first), Ok((second, faults))) => {
            prop_assert!(faults.is_empty(), "{text}\n{faults:#?}");
            prop_assert_eq!(format!("{:?}", first.unwrap_or_default()), format!("{second:?}"));
            Ok(true)
        }
        (Err(error), Ok((_, faults))) => {
            prop_assert!(!faults.is_empty(), "{text}\nthe first reading alone: {error}");
            Ok(false)
        }
        (Err(_), Err(_)) => Ok(false),
        (Ok(_), Err(error)) => {
            prop_assert!(false, "{text}\nthe second reading alone: {error}");
            Ok(false)
        }
    }
}

#[test]
fn both_readings_judge_every_field_alike() {
    let (mut taken, mut failures) = (0, Vec::new());
    for (section, (_, fields)) in RECORDS.iter().enumerate() {
        for (name, _) in *fields {
            for value in VALUES {
                let text = with_anchors(&record(section, &[(name, value)], &[]));
                match judge(&text) {
                    Ok(is_taken) => taken += usize::from(is_taken),
                    Err(error) => failures.push(format!("{name}: {value}: {error}")),
                }
            }
            judge(&record(section, &[], &[name])).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    assert!(failures.is_empty(), "{}\n{}", failures.len(), failures.concat());
    assert!(taken > 1000, "{taken}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn so_they_do_where_several_fields_differ(
        section in 0..RECORDS.len(),
        values in prop::collection::vec(select(VALUES), 3),
        (changed, left_out) in (0..20usize, 0..40usize),
        again in any::<bool>(),
    ) {
        let names: Vec<&str> = RECORDS[section].1.iter().map(|(name, _)| *name).collect();
        let at = |number: usize| names[number % names.len()];
        let changes = [(at(changed), values[0]), (at(changed + 1), values[1]), (at(changed + 3), values[2])];
        let left_out: &[&str] = if left_out < names.len() { &[names[left_out]] } else { &[] };
        let mut text = record(section, &changes, left_out);
        if again {
            text.push_str(&format!("    {}: {}\n", at(changed + 2), values[2]));
        }
        judge(&with_anchors(&text))?;
    }

    #[test]
    fn a_fault_hides_no_other(
        records in subsequence((0..RECORDS.len()).collect::<Vec<_>>(), 2..=RECORDS.len()),
        nth in 0..100usize,
    ) {
        // Each record has a field of no meaning; as many faults are told.
        let mut text = String::new();
        for section in &records {
            let fields = RECORDS[*section].1;
            let (name, _) = fields[nth % fields.len()];
            text.push_str(&record(*section, &[(name, "{zzz: [{}]}")], &[]));
        }
        let (_, faults) = faults(FileId(0), &text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let lines: HashSet<u32> =
            faults.iter().filter_map(|fault| fault.places.first()).map(|it| it.origin.position.line).collect();
        let free = records.iter().filter(|it| {
            let fields = RECORDS[**it].1;
            fields[nth % fields.len()].0 == "identifiers"
        });
        prop_assert!(lines.len() + free.count() >= records.len(), "{}\n{:#?}", text, faults);
    }
}
