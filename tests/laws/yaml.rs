//! YAML says the same as JSON, whatever the names are.

use medclust::graph::Graph;
use medclust::lang::Lang;
use medclust::query::Selection;
use medclust::query::list::{What, list};
use medclust::render::{self, Format, Records, Report, Style, Table};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

use super::atlas::{cases, graph};

/// Whole texts that some reader of YAML takes for something else than a text.
const MISLEADING: &[&str] = &[
    "",
    " ",
    "~",
    "null",
    "Null",
    "NULL",
    "true",
    "True",
    "yes",
    "Yes",
    "NO",
    "on",
    "Off",
    "y",
    "N",
    "0",
    "-1",
    "+1",
    "1.5",
    "-.5",
    ".5",
    "1e3",
    "1E+3",
    "1_000",
    "0x1F",
    "0o17",
    "017",
    "0b11",
    "190:20:30",
    "12:30",
    ".inf",
    "-.INF",
    ".nan",
    "inf",
    "nan",
    "2015",
    "2015-01",
    "2015-01-26",
    "2015-01-26T00:00:00Z",
    "=",
    "<<",
    "-",
    "--",
    "---",
    "...",
    "- a",
    "-a",
    "?",
    "? a",
    "?a",
    ":",
    ": a",
    ":a",
    "a:",
    "a: b",
    "a:b",
    "a :b",
    "#",
    "# a",
    "#a",
    "a #b",
    "a#b",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    "|-",
    ">",
    "%YAML",
    "@a",
    "`a`",
    "'",
    "''",
    "'a'",
    "\"a\"",
    "it's",
    "a\"b",
    "{a}",
    "[a]",
    "{}",
    "[]",
    ",a",
    "a, b",
    "a]",
    "a}",
    "\\",
    "a\\n",
    "a ",
    " a",
    "a\n",
    "\na",
    "a\nb",
    "a\r\nb",
    "\t",
    "a\tb",
    "a\u{b}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "a\u{a0}",
    "\u{a0}a",
    "\u{2028}",
    "\u{feff}",
    "a\u{feff}",
    "\u{202e}a",
    "\u{fffd}",
    "🫀",
    "👩‍⚕️",
    "株式会社",
    "　大阪　",
    "大阪: 兵庫",
    "＃１",
    "１２",
    "𝟙",
    "_1",
    "(1)",
    "/",
    "$1",
    "^",
    ";",
    "é",
    "٣",
];

/// A text that is likely to be read as something else.
pub fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(MISLEADING).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        1 => "[-0-9a-fx.:_ eE+]{0,6}",
    ];
    // YAML has no way to write the two noncharacters of the basic plane.
    vec(piece, 1..4).prop_map(|pieces| pieces.concat().replace(['\u{fffe}', '\u{ffff}'], ""))
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<i16>().prop_map(|it| Value::from(f64::from(it) / 8.0)),
        hostile().prop_map(Value::from),
        hostile().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((hostile(), inner), 0..4)
                .prop_map(|it| Value::from(it.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// An answer made of nothing but its records.
struct Plain(Vec<Value>, bool);

impl Report for Plain {
    fn records(&self) -> Records<'_> {
        match self.1 {
            true => Records::Many(Box::new(self.0.iter().cloned())),
            false => Records::One(self.0[0].clone()),
        }
    }
    fn table(&self, lang: Lang) -> Table<'_> {
        Table::of::<()>([], lang).table()
    }
}

fn write(answer: &dyn Report, format: Format) -> String {
    let mut out = Vec::new();
    let style = Style { lang: Lang::En, width: None, color: false, links: false, as_of: None };
    render::write(answer, format, style, &mut out).expect("a vector takes it");
    String::from_utf8(out).expect("answers are UTF-8")
}

fn read_yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn read_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn organization(name: &str, alias: &str) -> Graph {
    // JSON is YAML, but for a few characters that must be escaped.
    let escaped = |c: char| match c {
        '\u{7f}'.. if !c.is_alphanumeric() && (c as u32) < 0x1_0000 => {
            format!("\\u{:04x}", c as u32)
        }
        c => c.to_string(),
    };
    let quoted =
        |text: &str| Value::from(text).to_string().chars().map(escaped).collect::<String>();
    let (name, alias) = (quoted(&format!("A{name}")), quoted(alias));
    graph(&format!("organizations: [{{id: a, name: {{ja: {name}}}, aliases: [{alias}]}}]"))
}

#[test]
fn every_misleading_text_is_read_back_as_a_text() {
    for text in MISLEADING {
        let record =
            Value::from_iter([("key", Value::from(*text)), (text, Value::from(vec![*text]))]);
        let yaml = write(&Plain(vec![record.clone()], false), Format::Yaml);
        assert_eq!(read_yaml(&yaml), record, "{yaml}");
    }
}

#[test]

fn noncharacters_are_escaped() {
    for text in ["\u{fffe}", "a\u{ffff}"] {
        let yaml = write(&Plain(vec![Value::from(text)], false), Format::Yaml);
        assert!(yaml.is_ascii(), "{yaml:?}");
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn yaml_says_the_same_as_json(records in vec(value(), 0..4)) {
        let answer = Plain(records.clone(), true);
        let json = write(&answer, Format::Json);
        let yaml = write(&answer, Format::Yaml);
        prop_assert_eq!(read_json(&json), Value::from(records));
        prop_assert_eq!(read_yaml(&yaml), read_json(&json), "{}", yaml);
    }

    #[test]
    fn so_it_does_for_one_record(record in value()) {
        let yaml = write(&Plain(vec![record.clone()], false), Format::Yaml);
        prop_assert_eq!(read_yaml(&yaml), record, "{}", yaml);
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn so_it_does_for_a_listing(name in hostile(), alias in hostile()) {
        let graph = organization(&name, &alias);
        let listing = list(&graph, What::Nodes(None), &Selection::new(&graph, Vec::new()));
        let json = read_json(&write(&listing, Format::Json));
        prop_assert_eq!(&json[0]["name"]["ja"], &Value::from(format!("A{name}")));
        prop_assert_eq!(&json[0]["aliases"][0], &Value::from(alias));
        prop_assert_eq!(read_yaml(&write(&listing, Format::Yaml)), json);
    }
}
