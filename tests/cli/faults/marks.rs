//! Characters that look like marks of YAML are named on their own lines; so is what hides them.

use super::reading::faults;
use crate::harness::Folder;

const A: &str = "organizations:\n  - id: a\n    name: {ja: 甲}\n";

/// A text with its faults: code, place, and a part of what is told.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const CASES: &[Case] = &[
    (
        "organizations:\n  - id：a\n    name: {ja: 甲}\n  - {id: b, nam: x}\n",
        &[("syntax", "2:7", "full-width colon"), ("unknown-field", "4:13", "did you mean `name`?")],
    ),
    ("organizations：\n  - id: a\n    name: {ja: 甲}\n", &[("syntax", "1:14", "full-width colon")]),
    ("organizations:\n  - id: a\n    name： {ja: 甲}\n", &[("syntax", "3:9", "full-width colon")]),
    (
        "organizations:\n　- id: a\n　　name: {ja: 甲}\n",
        &[("syntax", "2:1", "full-width blank"), ("syntax", "3:1", "full-width blank")],
    ),
    (
        "organizations:\n  - id:　a\n    name: {ja:　甲, colour: x}\n",
        &[
            ("syntax", "2:8", "full-width blank"),
            ("syntax", "3:15", "full-width blank"),
            ("unknown-field", "3:19", "`colour`"),
        ],
    ),
    ("organizations:\n  － id: a\n    name: {ja: 甲}\n", &[("syntax", "2:3", "dash")]),
    ("organizations:\n  – id: a\n    name: {ja: 甲}\n", &[("syntax", "2:3", "dash")]),
    ("organizations:\n  - id: a\n    name: {ja: “甲, 乙: 丙”}\n", &[("syntax", "3:16", "quote")]),
    (
        "organizations:\n  - id: a\n    name: {ja: 甲}\n    website: ＂a: b＂\n",
        &[("syntax", "4:14", "quote")],
    ),
    (
        "organizations:\n  - id: a\n    name: ｛ja: 甲、en: A｝\n",
        &[("syntax", "3:11", "bracket"), ("syntax", "3:17", "comma")],
    ),
    ("＃ 注\norganizations:\n  - id: a\n    name: {ja: 甲}\n", &[("syntax", "1:1", "hash")]),
    ("organizations:\n  - id: a\n    na\u{200b}me: {ja: 甲}\n", &[("syntax", "3:7", "zero-width")]),
    ("\u{200b}organizations:\n  - id: a\n    name: {ja: 甲}\n", &[("syntax", "1:1", "zero-width")]),
    (
        "regions:\n\u{feff}organizations:\n  - id: a\n    name: {ja: 甲}\n",
        &[("syntax", "2:1", "byte-order mark")],
    ),
    (
        "organizations:\n  - id: a\u{200b}\n    name: {ja: 甲}\n",
        &[("invalid-id", "2:9", "cannot be seen")],
    ),
    (
        "organizations:\n  - id: b\n    name: {ja: 甲}\n    part_of: b\u{2060}\n",
        &[("dangling-reference", "4:14", "cannot be seen")],
    ),
    (
        "organizations:\n  - ｉｄ: a\n    since: ２０１５\n",
        &[
            ("unknown-field", "2:5", "half-width characters: `id`"),
            ("invalid-date", "3:12", "`2015`"),
        ],
    ),
    // A name may hold them all.
    (
        "organizations:\n  - id: a\n    name: {ja: 甲：乙　丙、“丁”－戊\u{200d}}\n    colour: x\n    summary:\n      \
         ja: |\n        備考：甲\n        type：乙\n",
        &[("unknown-field", "4:5", "`colour`")],
    ),
];

#[test]
fn lookalikes_are_named_on_their_own_lines() {
    for (text, expected) in CASES {
        let folder = Folder::with("atlas.yaml", text);
        let faults = faults(&folder.run("list").refused());
        let found: Vec<&str> = faults.iter().map(|fault| &*fault.code).collect();
        assert_eq!(
            found,
            expected.iter().map(|it| it.0).collect::<Vec<_>>(),
            "{text}\n{faults:#?}"
        );
        for (fault, (_, place, told)) in faults.iter().zip(*expected) {
            assert!(
                fault.places[0].ends_with(&format!("atlas.yaml:{place}")),
                "{text}\n{fault:#?}"
            );
            assert!(fault.text.contains(told), "{text}\n{fault:#?}");
        }
    }
}

#[test]
fn where_nothing_is_at_fault_they_are_text() {
    let text = format!("{A}    summary: {{ja: id：a、“乙”　－ 丙\u{200b}}}\n");
    Folder::with("atlas.yaml", text).run("list").found();
}
