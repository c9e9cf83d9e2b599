//! `medclust search`: the nodes whose names are nearest to a text.

use medclust::graph::How;

use serde_json::Value;

use crate::harness::{Folder, atlas, each, found, ids, json, medclust, run, text};

const ORDER: [&str; 7] =
    ["exact", "folded", "substring", "words", "passage", "misspelling", "subsequence"];

/// The first hit of a search, what matched, and how.
fn first(words: &str) -> (String, String, String) {
    let first = &json(&format!("search {words}"))[0];
    let at = |pointer| text(first, pointer).to_owned();
    (at("/id"), at("/match/text"), at("/match/how"))
}

#[test]
fn names_are_found_as_people_write_them() {
    for (typed, id, matched, how) in [
        ("medtronic", "medtronic", "medtronic", "exact"),
        ("MEDTRONIC", "medtronic", "Medtronic", "folded"),
        ("Medtronic", "medtronic", "Medtronic", "exact"),
        ("メドトロニック", "medtronic", "メドトロニック", "exact"),
        ("ﾒﾄﾞﾄﾛﾆｯｸ", "medtronic", "メドトロニック", "folded"),
        ("メドトロニク", "medtronic", "メドトロニック", "misspelling"),
        ("メドトロニクス", "medtronic", "メドトロニック", "misspelling"),
        ("大阪大学中之島センター", "osaka-university", "大阪大学", "words"),
        ("めどとろ", "medtronic", "メドトロニック", "substring"),
        ("二プロ", "nipro", "二プロ", "exact"),
        ("にぷろ", "nipro", "ニプロ", "folded"),
        ("nipuro", "nipro", "ニプロ", "folded"),
        ("medotoro", "medtronic", "メドトロニック", "substring"),
        ("国循", "ncvc", "国循", "exact"),
        ("産総研", "aist", "産総研", "exact"),
    ] {
        let (found, name, by) = first(typed);
        assert_eq!((&*found, &*by), (id, how), "{typed} by {name}");
        if how != "folded" {
            assert_eq!(name, matched, "{typed}");
        }
    }
    let (id, name, how) = first("medtornic");
    assert_eq!((&*id, &*how), ("medtronic", "misspelling"));
    assert!(name.starts_with("Medtronic"), "{name}");
}

#[test]
fn who_says_more_than_a_name_or_turns_it_around_is_offered_it_and_not_given_it() {
    for (typed, id) in [
        ("Mayo Clinic Rochester", "mayo-clinic"),
        ("Rochester: Mayo-Clinic", "mayo-clinic"),
        ("Minnesota University", "umn"),
        ("メドトロニック アメリカ本社", "medtronic"),
        ("メドトロニクス", "medtronic"),
        ("medtrronic", "medtronic"),
    ] {
        let found: serde_json::Value =
            serde_json::from_str(&medclust(["search", typed, "--json"]).found()).expect("JSON");
        assert_eq!(text(&found[0], "/id"), id, "{typed}");
        let shown = medclust(["show", typed]).refused();
        let offered = shown.lines().nth(1).expect("a candidate").trim_start().to_owned();
        assert!(offered.starts_with(&format!("{id} ")), "{typed}: {shown}");
    }
}

#[test]
fn better_matches_come_first() {
    let texts = ["大学", "osaka", "クラスター", "med", "センター", "ミネソタ", "mayo", "hospital"];
    for typed in texts {
        let matches = json(&format!("search {typed} --limit 1000"));
        let rank = |item: &serde_json::Value| {
            let how = ORDER.iter().position(|how| *how == text(item, "/match/how"));
            let score = item.pointer("/match/score").and_then(serde_json::Value::as_u64);
            (how.expect("a known way"), std::cmp::Reverse(score.expect("a score")))
        };
        let ranks: Vec<_> = matches.as_array().unwrap().iter().map(rank).collect();
        assert!(ranks.is_sorted(), "{typed}: {ranks:?}");
        let mut ids = each(&matches, "/id");
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "{typed}: each node once");
    }
}

#[test]
fn what_contains_the_text_is_all_found() {
    let is_named = |it: &&Value| ["exact", "folded", "substring"].contains(&text(it, "/match/how"));
    let found = json("search 東京 --limit 1000");
    let named = found.as_array().unwrap().iter().filter(is_named);
    let mut searched: Vec<String> = named.map(|it| text(it, "/id").to_owned()).collect();
    let mut listed = ids("list nodes --name 東京");
    searched.sort();
    listed.sort();
    assert_eq!(searched, listed);
}

#[test]
fn a_name_as_it_is_written_finds_its_node_among_the_first() {
    let graph = atlas();
    for node in graph.nodes() {
        for name in node.names() {
            let matches = graph.matches(name);
            let exact = matches.iter().take_while(|found| found.how == How::Exact);
            assert!(exact.map(|found| found.node).any(|found| found == node), "{name}");
        }
    }
}

#[test]
fn the_limit_is_kept_and_what_it_hides_is_told() {
    let run = run("search 大学 --limit 3");
    assert_eq!(run.status, 0);
    assert!(run.err.contains("more; --limit"), "{}", run.err);
    assert_eq!(ids("search 大学 --limit 3"), ids("search 大学 --limit 1000")[..3]);
}

#[test]
fn a_selection_narrows_the_search() {
    assert_eq!(ids("search 大学 --region minnesota --type university"), ["umn"]);
    assert!(ids("search medtronic --region japan").iter().all(|id| id == "medtronic-japan"));
}

#[test]
fn a_table_shows_what_matched_and_how() {
    let table = found("search medtornic");
    assert!(table.contains("misspelling") && table.contains("medtronic-japan"), "{table}");
    assert!(found("search medtornic --lang ja").contains("綴り違い"));
}

#[test]
fn nothing_near_is_an_answer() {
    for words in ["search qqqqqqqq", "search ・", "search medtronic --region israel"] {
        let run = run(words);
        assert_eq!((run.status, &*run.out, &*run.err), (1, "", "nothing found\n"), "{words}");
    }
    let run = medclust(["search", "", "--json"]);
    assert_eq!((run.status, &*run.out), (1, "[]\n"));
}

#[test]
fn a_search_for_no_match_at_all_is_refused() {
    for limit in ["0", "-1", "99999999999999999999", "1.5"] {
        assert!(run(&format!("search medtronic --limit={limit}")).refused().contains(limit));
    }
}

#[test]
fn what_is_said_is_found_after_names_with_its_source() {
    let atlas = Folder::with(
        "a.yaml",
        "sources: [{id: brief, title: Brief, text: brief.txt}]
organizations:
  - {id: fund, name: {en: Aorta fund}, sources: [brief:1]}
  - {id: clinic, name: {en: Clinic}, summary: {ja: 病院。人工の aorta を作る。以上。}, sources: [brief:1]}
  - {id: maker, name: {en: Maker}, sources: [brief:2]}
  - {id: guild, name: {en: Guild}}
relations:
  - {kind: donates-to, from: guild, to: fund, note: {en: For AORTA research; since 2001}, sources: [brief:1]}
",
    );
    let atlas = atlas.add("brief.txt", "the fund\nan Ａｏｒｔａ pump\n");
    let found: Vec<Value> = serde_json::from_str(&atlas.run("search aorta --json").out).unwrap();
    let told: Vec<[&str; 4]> = found
        .iter()
        .map(|it| {
            ["/id", "/match/how", "/match/text", "/match/source"]
                .map(|at| it.pointer(at).and_then(Value::as_str).unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ["fund", "substring", "Aorta fund", "-"],
            ["clinic", "passage", "人工の aorta を作る。", "brief:1"],
            ["guild", "passage", "For AORTA research;", "brief:1"],
            ["maker", "passage", "an Ａｏｒｔａ pump", "brief:2"],
        ]
    );
    assert_eq!(atlas.run("search donates --format ids").out, "guild\n");
}

#[test]
fn a_short_acronym_is_itself_or_a_word_and_is_like_nothing_else() {
    for (acronym, expected) in [("PMDA", ""), ("XCVC", ""), ("OMDA", "omda"), ("JFMDB", "")] {
        assert_eq!(ids(&format!("search {acronym}")).join(" "), expected, "{acronym}");
    }
    // As a word of a name, of an id, and beside kanji; never within another word.
    assert!(ids("search UMN").iter().all(|id| id.split('-').any(|word| word == "umn")));
    let folder = Folder::with(
        "atlas.yaml",
        "roles: [{id: one, name: {ja: FDA対策}}, {id: two, name: {en: AFDAX}},\
            {id: three, name: {en: Three}, summary: {ja: 助言はFDAへの申請}}]",
    );
    assert_eq!(folder.run("search FDA --format ids").found(), "one\nthree\n");
    assert_eq!(folder.run("search fda --format ids").found(), "one\ntwo\nthree\n");
    assert!(ids("search MIT").is_empty());
    assert!(ids("search mit").len() > 5);
}
