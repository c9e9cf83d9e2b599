//! A search ranks by how a name matches, and forgives a slip of the finger.

use medclust::graph::{Graph, How, fold, romaji};
use medclust::query::Selection;
use medclust::query::search::search;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::BTreeSet;

use super::atlas::{Writer, cases, graph};

/// Syllables of which names share many.
const LATIN: &[&str] = &["med", "tro", "nic", "bio", "san", "lab", "oka", "x"];
const KANA: &[&str] = &["メド", "トロ", "ニッ", "ク", "サン", "バイ", "オ", "ラボ"];
const KANJI: &[&str] = &["大阪", "神戸", "医療", "機器", "大学", "病院", "研究", "所"];

fn name() -> impl Strategy<Value = String> {
    let of = |syllables: &'static [&'static str]| {
        vec(select(syllables), 1..6).prop_map(|syllables| syllables.concat())
    };
    prop_oneof![of(LATIN), of(KANA), of(KANJI)]
}

/// Nodes whose ids, mere numbers, stay out of the way.
fn atlas(names: &BTreeSet<String>) -> Graph {
    let record = |(n, name): (usize, &String)| format!("id: '{n}', name: {{en: '{name}'}}");
    graph(&Writer::default().section("organizations", names.iter().enumerate().map(record)).text())
}

/// What is found, best first: name, how, score.
fn found(graph: &Graph, text: &str) -> Vec<(String, How, u16)> {
    let all = Selection::new(graph, Vec::new());
    let found = search(graph, text, &all, &[], usize::MAX).found.into_iter();
    found.map(|it| (it.matched.text.into_owned(), it.matched.how, it.matched.score)).collect()
}

/// What a name is known by: folded, and in Latin letters where it is in kana.
fn keys(name: &str) -> Vec<String> {
    [fold(name)].into_iter().chain(romaji(name).map(|it| fold(&it))).collect()
}

/// Whether a name contains a folded text.
fn contains(name: &str, key: &str) -> bool {
    keys(name).iter().any(|it| it.contains(key))
}

/// Whether some name contains the text, and so no misspelling is looked for.
fn is_contained(names: &BTreeSet<String>, text: &str) -> bool {
    names.iter().any(|name| contains(name, &fold(text)))
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn better_ways_to_match_come_first(names in btree_set(name(), 1..12), text in name()) {
        let graph = atlas(&names);
        let found = found(&graph, &text);
        prop_assert!(found.is_sorted_by(|a, b| (a.1, b.2) <= (b.1, a.2)), "{:?}", found);
        let distinct: BTreeSet<&String> = found.iter().map(|it| &it.0).collect();
        prop_assert_eq!(distinct.len(), found.len());
        for (name, how, _) in &found {
            let (keys, key) = (keys(name), fold(&text));
            match how {
                How::Exact | How::Folded => prop_assert!(keys.contains(&key)),
                How::Substring => prop_assert!(!keys.contains(&key) && contains(name, &key)),
                How::Subsequence => {
                    let is_in = |name: &String| {
                        let mut chars = name.chars();
                        key.chars().all(|c| chars.any(|it| it == c))
                    };
                    prop_assert!(!contains(name, &key) && keys.iter().any(is_in));
                }
                How::Words | How::Misspelling => prop_assert!(!contains(name, &key)),
                How::Passage => prop_assert!(false, "nothing is said beside names"),
            }
        }
        let contained = names.iter().filter(|name| contains(name, &fold(&text))).count();
        let told = found.iter().filter(|it| it.1 <= How::Substring).count();
        prop_assert_eq!(told, contained);
    }

    #[test]
    fn a_name_itself_comes_first(names in btree_set(name(), 1..12), at in any::<Index>()) {
        let graph = atlas(&names);
        let name = names.iter().nth(at.index(names.len())).expect("within");
        let first = found(&graph, name).into_iter().next();
        prop_assert_eq!(first, Some((name.clone(), How::Exact, 1000)));
        let shouted = format!(" {} ", name.to_uppercase());
        let first = found(&graph, &shouted).into_iter().next().map(|it| it.0);
        prop_assert!(first.is_some_and(|first| keys(&first).contains(&fold(name))));
    }

    #[test]
    fn who_says_more_than_a_name_or_turns_it_around_is_offered_it(
        names in btree_set(name(), 1..12),
        at in any::<Index>(),
        more in name(),
    ) {
        let graph = atlas(&names);
        let name = names.iter().nth(at.index(names.len())).expect("within");
        prop_assume!(name.chars().count() > 1);
        let text = format!("{name} {more} zz9");
        let (text, all) = (&text, found(&graph, &text));
        prop_assert!(all.iter().any(|it| it.0 == *name && it.1 == How::Words), "{}: {:?}", text, all);
        prop_assert!(graph.find(text, &[]).is_err());
    }

    #[test]
    fn a_slip_of_the_finger_is_forgiven(names in btree_set(name(), 1..12), at in any::<Index>()) {
        let graph = atlas(&names);
        for name in names.iter().filter(|name| name.chars().count() >= 6) {
            let letters: Vec<char> = name.chars().collect();
            let mut shorter = letters.clone();
            shorter.remove(at.index(letters.len()));
            let mut swapped = letters.clone();
            let place = at.index(letters.len() - 1);
            swapped.swap(place, place + 1);
            for slip in [shorter, swapped] {
                let slip: String = slip.into_iter().collect();
                let found = found(&graph, &slip);
                let is_found = found.iter().any(|it| it.0 == *name);
                prop_assert!(is_found || is_contained(&names, &slip), "{} by {}: {:?}", name, slip, found);
            }
        }
    }
}
