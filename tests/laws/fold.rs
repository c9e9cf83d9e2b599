//! Folding keeps what people mean by a name, and finding by name agrees with reading all names.

use std::collections::BTreeSet;

use medclust::graph::{Graph, WhyNot, fold};
use medclust::model::NodeKind;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::{Writer, cases, graph};

/// Letters that one name may be made of; kanji that pass for kana are told apart by their
/// neighbours, and so stand only in the second text.
const LETTERS: &str = "aBz0９Ｍéßアイウヴェガパーンメカあいゔぉがぱん大阪醫學";
const WITH_LOOK_ALIKES: &str = "アメカーめか大第二力工一";

fn letters(of: &'static str, least: usize) -> impl Strategy<Value = String> {
    vec(select(of.chars().collect::<Vec<_>>()), least..9)
        .prop_map(|chars| chars.into_iter().collect())
}

fn name() -> impl Strategy<Value = String> {
    letters(LETTERS, 1)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// Puts a gap between each two neighbouring CJK characters where `at` says so.
fn spaced(name: &str, gap: &str, at: &[bool]) -> String {
    let mut out = String::new();
    let mut before = None;
    for (c, gapped) in name.chars().zip(at.iter().cycle()) {
        // A small vowel belongs to the kana before it.
        if *gapped && !"ァィゥェォぁぃぅぇぉ".contains(c) && is_cjk(c) && before.is_some_and(is_cjk)
        {
            out.push_str(gap);
        }
        out.push(c);
        before = Some(c);
    }
    out
}

fn to_katakana(c: char) -> char {
    match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(c as u32 + 0x60).expect("katakana follow"),
        c => c,
    }
}

fn to_hiragana(c: char) -> char {
    match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(c as u32 - 0x60).expect("hiragana precede"),
        c => c,
    }
}

fn to_full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xfee0).expect("full-width forms"),
        ' ' => '\u{3000}',
        c => c,
    }
}

/// Changes of spelling after which a name still means the same.
fn respelt(name: &str) -> Vec<String> {
    let each = |change: fn(char) -> char| name.chars().map(change).collect::<String>();
    vec![
        each(to_katakana),
        each(to_hiragana),
        each(to_full_width),
        name.to_uppercase(),
        name.to_lowercase(),
        format!("株式会社{name}"),
        format!("{name}株式会社"),
        format!("㈱{name}"),
        format!("{name}(株)"),
        format!("{name} Inc."),
        format!("{name}, Inc."),
        format!("{name} Co., Ltd."),
        format!(" {name}\u{3000}"),
    ]
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_names_twice_is_folding_once(text in letters(WITH_LOOK_ALIKES, 0), tail in name()) {
        let once = fold(&format!("{text}{tail}"));
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_name_keeps_something(name in name()) {
        prop_assert!(!fold(&name).is_empty());
    }

    #[test]
    fn spellings_of_a_name_fold_alike(name in name()) {
        for other in respelt(&name) {
            prop_assert_eq!(fold(&other), fold(&name), "{} and {}", other, name);
        }
    }

    #[test]
    fn gaps_between_cjk_characters_do_not_count(
        name in name(),
        gap in select(vec![" ", "\u{3000}", "・", "･", "·"]),
        at in vec(any::<bool>(), 1..8),
    ) {
        let gapped = spaced(&name, gap, &at);
        prop_assert_eq!(fold(&gapped), fold(&name), "{} and {}", gapped, name);
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]

    fn nothing_but_nothing_folds_to_nothing(text in "(?s).+|[\u{300}-\u{36f}]+") {
        prop_assert!(!fold(&text).is_empty());
    }

    #[test]

    fn gaps_beside_look_alikes_do_not_count_either(
        name in letters(WITH_LOOK_ALIKES, 1),
        at in vec(any::<bool>(), 1..8),
    ) {
        let gapped = spaced(&name, " ", &at);
        prop_assert_eq!(fold(&gapped), fold(&name), "{} and {}", gapped, name);
    }
}

/// Names that often fold alike or begin alike.
const POOL: &[&str] = &[
    "Acme",
    "acme",
    "ACME, Inc.",
    "Acme Medical",
    "Ac me",
    "o1",
    "O-1",
    "ニプロ",
    "二プロ",
    "にぷろ",
    "株式会社ニプロ",
    "ニプロ医工",
    "大阪大学",
    "大阪大學",
    "大阪",
    "阪大",
];

type Named = (NodeKind, Vec<&'static str>);

fn atlas(nodes: &[Named]) -> Graph {
    let of = |wanted: NodeKind| {
        let records = nodes.iter().zip(0..).filter(move |((kind, _), _)| *kind == wanted);
        records.map(|((_, names), n)| {
            let aliases: Vec<String> = names[1..].iter().map(|it| format!("'{it}'")).collect();
            format!("id: o{n}, name: {{ja: '{}'}}, aliases: [{}]", names[0], aliases.join(", "))
        })
    };
    let text = Writer::default()
        .section("organizations", of(NodeKind::Organization))
        .section("regions", of(NodeKind::Region))
        .text();
    graph(&text)
}

/// What the contract says: an id, else the exact name, else a folded one, else the only one that
/// begins so; several that are equally good are all told.
fn naive<'n>(nodes: &'n [Named], text: &str, kinds: &[NodeKind]) -> Result<usize, BTreeSet<usize>> {
    let (text, kinds) = match text.split_once(':') {
        Some(("organization", name)) => (name, &[NodeKind::Organization][..]),
        _ => (text, kinds),
    };
    let id = |n: usize| format!("o{n}");
    let wanted: Vec<(usize, &'n Named)> = nodes
        .iter()
        .enumerate()
        .filter(|(_, (kind, _))| kinds.is_empty() || kinds.contains(kind))
        .collect();
    if let Some((n, _)) = wanted.iter().find(|(n, _)| id(*n) == text) {
        return Ok(*n);
    }
    let key = fold(text);
    let exact = |name: &str| name == text;
    let folded = |name: &str| fold(name) == key;
    let begins = |name: &str| fold(name).starts_with(&key);
    let ways: [&dyn Fn(&str) -> bool; 3] = [&exact, &folded, &begins];
    for (nth, fits) in ways.into_iter().enumerate() {
        // An id that is written otherwise counts as a name, after the exact names.
        let hits: BTreeSet<usize> = wanted
            .iter()
            .filter(|(n, (_, names))| names.iter().any(|it| fits(it)) || (nth > 0 && fits(&id(*n))))
            .map(|(n, _)| *n)
            .collect();
        match hits.len() {
            0 => {}
            1 => return Ok(hits.into_iter().next().expect("there is one")),
            _ => return Err(hits),
        }
    }
    Err(BTreeSet::new())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn finding_agrees_with_reading_all_names(
        nodes in vec(
            (select(vec![NodeKind::Organization, NodeKind::Region]), vec(select(POOL), 1..3)),
            1..6,
        ),
        kinds in select(vec![vec![], vec![NodeKind::Organization], vec![NodeKind::Region]]),
    ) {
        let graph = atlas(&nodes);
        let number = |id: &str| id[1..].parse::<usize>().expect("ids are o0, o1 …");
        let texts = POOL.iter().map(|it| it.to_string());
        let more = ["o0", "o3", "organization:Acme", "organization:大阪", "Ac", "大", "xyz"];
        for text in texts.chain(more.map(str::to_owned)) {
            let kinds = if text.contains(':') { &[][..] } else { &kinds[..] };
            let found = match graph.find(&text, kinds).map_err(|error| error.why) {
                Ok(node) => Ok(number(node.id())),
                Err(WhyNot::Ambiguous(found)) => Err(found.iter().map(|it| number(&it.id)).collect()),
                Err(WhyNot::Unknown(_) | WhyNot::Absent(_)) => Err(BTreeSet::new()),
            };
            prop_assert_eq!(found, naive(&nodes, &text, kinds), "{} in {:?}", text, nodes);
        }
    }
}

#[test]

fn any_name_serves_whatever_characters_it_has() {
    let graph =
        graph("organizations: [{id: istyle, name: {en: 'a@cosme'}, aliases: ['region: one']}]");
    for name in ["a@cosme", "region: one"] {
        assert_eq!(graph.find(name, &[]).map(|node| node.id()), Ok("istyle"), "{name}");
    }
}
