//! `medclust list`: kinds, and the selection that other commands share.

use std::collections::BTreeSet;

use crate::harness::{each, found, ids, json, run, text};

const SMALL: &str = "--data tests/cli/small.yaml";

/// The nodes of the small atlas under a selection.
fn small(selection: &str) -> Vec<String> {
    ids(&format!("{SMALL} list nodes {selection}"))
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn minnesota_names_the_people_of_its_map_and_no_one_else() {
    let people = "bbam lifescience-alley medtronic 3m st-jude-medical minnesota-other-companies \
        devicix integra gray-plant-mooty rcri umn umn-cse umn-mdc umn-hospital umn-otc \
        minnesota-tech-fund mayo-clinic mayo-oip";
    assert_eq!(ids("list --region minnesota"), words(people));
    for name in ["ミネソタ州", "region:ミネソタ州", "MINNESOTA"] {
        assert_eq!(ids(&format!("list --region {name}")), words(people), "{name}");
    }
}

#[test]
fn minnesota_for_people() {
    insta::assert_snapshot!("minnesota_en", found("list --region minnesota"));
    insta::assert_snapshot!("minnesota_ja", found("list --region minnesota --lang ja"));
}

#[test]
fn the_default_is_organizations() {
    assert_eq!(found("list --json"), found("list organizations --json"));
}

#[test]
fn nodes_are_all_five_kinds() {
    let kinds = ["regions", "organizations", "roles", "stages", "programs"];
    let each: Vec<_> = kinds.iter().map(|kind| ids(&format!("list {kind}"))).collect();
    assert!(each.iter().all(|ids| !ids.is_empty()));
    assert_eq!(ids("list nodes"), each.concat());
}

#[test]
fn ids_are_the_ids_of_the_json() {
    for line in ["list --region minnesota", "list nodes", "list sources", "list relation-kinds"] {
        assert_eq!(each(&json(line), "/id"), ids(line), "{line}");
    }
}

#[test]
fn a_node_is_an_object_of_the_contract() {
    let nodes = json(&format!("{SMALL} list --region hamamatsu"));
    let node = &nodes[0];
    assert_eq!(text(node, "/id"), "optics");
    assert_eq!(text(node, "/kind"), "organization");
    assert_eq!(text(node, "/type"), "company");
    assert_eq!(text(node, "/name/ja"), "浜松光学");
    assert_eq!(text(node, "/name/en"), "Hamamatsu Optics");
    assert_eq!(node["aliases"], serde_json::json!(["HO"]));
    assert_eq!(text(node, "/region"), "hamamatsu");
    let keys = |node: &serde_json::Value| node.as_object().unwrap().keys().cloned().collect();
    let all: BTreeSet<Vec<String>> =
        json("list nodes").as_array().unwrap().iter().map(keys).collect();
    assert_eq!(all, BTreeSet::from([keys(node)]), "every node has every field");
}

#[test]
fn a_relation_is_an_object_of_the_contract() {
    let relations = json(&format!("{SMALL} list relations"));
    let fields = "kind from to in since until basis confidence note sources";
    for relation in relations.as_array().unwrap() {
        for field in words(fields) {
            assert!(relation.get(field).is_some(), "{field} in {relation}");
        }
    }
    let triples = |relations: &serde_json::Value| -> Vec<String> {
        let item = |it| format!("{} {} {}", text(it, "/from"), text(it, "/kind"), text(it, "/to"));
        relations.as_array().unwrap().iter().map(item).collect()
    };
    let all = triples(&relations);
    for expected in [
        "optics located-in hamamatsu",
        "hamamatsu within shizuoka",
        "fund-a part-of fund",
        "optics plays maker@shizuoka",
        "devices plays maker@shizuoka",
        "maker@shizuoka supplies tester@shizuoka",
        "maker@shizuoka specializes maker",
        "maker@shizuoka in shizuoka",
        "maker@shizuoka acts-in build",
        "tester@fund-a acts-in try",
    ] {
        assert_eq!(all.iter().filter(|it| *it == expected).count(), 1, "{expected} in {all:#?}");
    }
    let nodes: BTreeSet<String> = ids(&format!("{SMALL} list nodes")).into_iter().collect();
    let ends = ["/from", "/to"].map(|end| each(&relations, end)).concat();
    assert!(ends.iter().all(|end| nodes.contains(end)), "every end is a node");
}

#[test]
fn relation_kinds_say_how_they_read_and_how_routes_use_them() {
    let kinds = json("list relation-kinds");
    for kind in kinds.as_array().unwrap() {
        for pointer in ["/id", "/name/ja", "/name/en", "/inverse/ja", "/inverse/en"] {
            assert!(!text(kind, pointer).is_empty());
        }
        assert!(["forward", "both", "never"].contains(&text(kind, "/traverse")));
        assert!(["place", "membership", "flow", "structure"].contains(&text(kind, "/class")));
        for pointer in ["/short/ja", "/short/en"] {
            assert!(text(kind, pointer).chars().count() < 18, "{kind}");
        }
    }
    let traverse = |id: &str| {
        let kind = kinds.as_array().unwrap().iter().find(|kind| kind["id"] == id);
        text(kind.expect(id), "/traverse").to_owned()
    };
    for id in ["located-in", "within", "specializes", "supports"] {
        assert_eq!(traverse(id), "never", "{id}");
    }
    assert_eq!([traverse("plays"), traverse("part-of")], ["both", "both"]);
    assert_eq!([traverse("acts-in"), traverse("next")], ["forward", "forward"]);
}

#[test]
fn each_option_selects_what_it_says() {
    for (selection, expected) in [
        ("--region texas", "texas devices maker@texas build"),
        (
            "--region chubu",
            "chubu shizuoka hamamatsu optics devices enshu-hospital maker@shizuoka tester@shizuoka build try",
        ),
        ("--role maker@texas", "texas devices maker@texas build"),
        ("--role maker", "shizuoka texas optics devices maker maker@shizuoka maker@texas build"),
        ("--stage try", "enshu-hospital tester tester@fund-a tester@shizuoka try"),
        ("--stage build", "optics devices maker maker@shizuoka maker@texas build fund"),
        ("--program fund-a", "enshu-hospital tester@fund-a try fund fund-a"),
        ("--program fund", "enshu-hospital tester@fund-a build try fund fund-a"),
        ("--type company", "optics devices"),
        ("--type 企業", "optics devices"),
        ("--name 浜松", "hamamatsu optics"),
        ("--name ＨＡＭＡ", "hamamatsu optics"),
        ("--name ho", "optics enshu-hospital"),
        ("--source fieldnotes:2", "chubu shizuoka"),
        ("--source fieldnotes-2", "texas devices agency maker maker@texas build fund"),
        ("--basis inferred", "enshu-hospital tester@fund-a"),
        ("--around optics --depth 1", "hamamatsu optics enshu-hospital maker@shizuoka"),
        ("--around optics --depth 0", "optics"),
    ] {
        assert_eq!(small(selection), words(expected), "{selection}");
    }
}

#[test]
fn a_date_selects_what_can_have_been_there() {
    let there =
        |date: &str| -> Vec<String> { ids(&format!("{SMALL} list --type company --as-of {date}")) };
    for (date, expected) in [
        ("1953-08-31", ""),
        ("1953", "optics"),
        ("1953-09-01", "optics"),
        ("2015", "optics"),
        ("2015-12-31", "optics"),
        ("2016-01", "devices"),
    ] {
        assert_eq!(there(date), words(expected), "{date}");
    }
    let supplies = |date: &str| {
        let relations = format!("{SMALL} list relations --as-of {date} --json");
        run(&relations).json().to_string().contains(r#""kind":"supplies","from":"optics""#)
    };
    assert_eq!(["1999", "2000-01-01", "2010", "2011"].map(supplies), [false, true, true, false]);
}

#[test]
fn depth_reaches_one_relation_further_each() {
    let mut before = small("--around optics --depth 0");
    for depth in 1..6 {
        let next = small(&format!("--around optics --depth {depth}"));
        assert!(before.iter().all(|id| next.contains(id)), "depth {depth}");
        before = next;
    }
}

const OPTIONS: [(&str, &str, &str); 9] = [
    ("--region", "shizuoka", "texas"),
    ("--role", "maker", "tester"),
    ("--stage", "build", "try"),
    ("--program", "fund-a", "fund"),
    ("--type", "company", "city"),
    ("--name", "浜松", "fund"),
    ("--source", "fieldnotes:2", "fieldnotes-2"),
    ("--basis", "stated", "inferred"),
    ("--around", "optics", "fund"),
];

#[test]
fn repeating_an_option_means_or_and_a_leading_mark_negates() {
    for kind in ["nodes", "relations"] {
        let select = |selection: String| -> Vec<String> {
            let run = run(&format!("{SMALL} list {kind} {selection} --format ndjson"));
            assert!(run.status <= 1, "{run:?}");
            run.out.lines().map(str::to_owned).collect()
        };
        let all = select(String::new());
        // What is a member depends on the basis, so that negating it is another question.
        for (option, a, b) in OPTIONS.iter().filter(|(option, ..)| *option != "--basis") {
            let with_a = select(format!("{option} {a}"));
            let with_b = select(format!("{option} {b}"));
            assert!(!with_a.is_empty() && with_a != all, "{option} {a}");
            let keep = |test: &dyn Fn(bool, bool) -> bool| -> Vec<String> {
                let kept = all.iter().filter(|it| test(with_a.contains(it), with_b.contains(it)));
                kept.cloned().collect()
            };
            for (selection, expected) in [
                (format!("{option} {a} {option} {b}"), keep(&|a, b| a || b)),
                (format!("{option} !{a}"), keep(&|a, _| !a)),
                (format!("{option} !{a} {option} !{b}"), keep(&|a, b| !a && !b)),
                (format!("{option} {a} {option} !{b}"), keep(&|a, b| a && !b)),
            ] {
                assert_eq!(select(selection.clone()), expected, "{kind} {selection}");
            }
        }
    }
}

#[test]
fn different_options_mean_and() {
    let options = OPTIONS.iter().filter(|(option, ..)| *option != "--basis");
    let options: Vec<_> = options.collect();
    for (first, a, _) in &options {
        for (second, _, b) in options.iter().filter(|(second, ..)| second != first) {
            let with_b = small(&format!("{second} {b}"));
            let mut both = small(&format!("{first} {a}"));
            both.retain(|id| with_b.contains(id));
            let found = small(&format!("{first} {a} {second} {b}"));
            assert_eq!(found, both, "{first} {a} {second} {b}");
        }
    }
}

#[test]
fn stated_answers_rest_on_no_inferred_relation() {
    let relations = json(&format!("{SMALL} list relations --basis stated"));
    assert!(each(&relations, "/basis").iter().all(|basis| basis == "stated"));
    assert!(!small("--program fund-a --basis stated").contains(&"enshu-hospital".to_owned()));
    let mixed = json(&format!("{SMALL} list relations --basis inferred --basis curated"));
    let bases: BTreeSet<String> = each(&mixed, "/basis").into_iter().collect();
    assert_eq!(bases, ["curated", "inferred"].map(str::to_owned).into());
}

#[test]
fn what_an_option_does_not_know_is_refused_with_what_it_does() {
    for (selection, told) in [
        ("--region shizuokaa", "shizuoka"),
        ("--region maker", "region"),
        ("--role nobody", "role"),
        ("--type compny", "company"),
        ("--type xyz", "university"),
        ("--source feildnotes", "fieldnotes"),
        ("--source nowhere", "fieldnotes-2"),
        ("--basis guessed", "stated, inferred or curated"),
        ("--as-of 2015-13", "2015-01-26"),
        ("--around nobody", "nobody"),
        ("--depth 1", "--around"),
    ] {
        let line = match selection {
            "--type xyz" => format!("list {selection}"),
            _ => format!("{SMALL} list {selection}"),
        };
        let err = run(&line).refused();
        assert!(err.contains(told), "{selection}: {err}");
    }
}

#[test]
fn nothing_selected_is_an_answer() {
    let run = run(&format!("{SMALL} list --region texas --type city"));
    assert_eq!((run.status, &*run.out, &*run.err), (1, "", "nothing found\n"));
}

#[test]
fn columns_are_chosen_by_key_or_heading_in_either_language() {
    for (columns, header) in [
        ("id,type", "id,type"),
        ("類型,ID", "type,id"),
        ("name", "name_ja,name_en"),
        ("NAME_EN,place", "name_en,place"),
        ("roles,region", "roles,region"),
    ] {
        let sheet = found(&format!("list --columns {columns} --format csv"));
        assert_eq!(sheet.lines().next(), Some(header), "{columns}");
        assert_eq!(sheet.lines().count(), found("list --format csv").lines().count());
    }
    let page = found("list regions --columns lat,id,名称 --lang ja");
    assert_eq!(words(page.lines().next().unwrap()), ["lat", "ID", "名称"]);
    for (lang, hint) in [("en", "did you mean name?"), ("ja", "name のことですか?")] {
        let err = run(&format!("list --columns nam --lang {lang}")).refused();
        assert!(err.contains(hint), "{err}");
    }
    assert!(run("list --columns id --json").refused().contains("csv"));
}

#[test]
fn rows_are_sorted_by_any_column_in_every_format_and_cut_after_that() {
    let mut by_id = ids("list");
    by_id.sort();
    assert_eq!(ids("list --sort id"), by_id);
    assert_eq!(each(&json("list --sort id"), "/id"), by_id);
    by_id.reverse();
    assert_eq!(ids("list --sort=-id"), by_id);
    assert_eq!(ids("list --sort -ID"), by_id);
    // Figures by size, and what has none last, both ways.
    let lat = |line: &str| -> Vec<Option<f64>> {
        let sheet = found(&format!("{line} --columns lat --format csv"));
        sheet.lines().skip(1).map(|it| it.trim_matches('"').parse().ok()).collect()
    };
    let up = lat("list regions --sort lat");
    assert!(up.is_sorted_by(|one, other| match (one, other) {
        (Some(one), Some(other)) => one <= other,
        (one, other) => one.is_some() >= other.is_some(),
    }));
    let known = |rows: Vec<Option<f64>>| rows.into_iter().flatten().collect::<Vec<_>>();
    let mut down = known(lat("list regions --sort=-lat"));
    assert!(lat("list regions --sort=-lat").last() == Some(&None));
    down.reverse();
    assert_eq!(down, known(up));
    let few = run("list --sort id --limit 2 --format ids");
    assert_eq!(words(&few.out), ids("list --sort id")[..2]);
    assert!(few.err.contains(&format!("--limit {}", ids("list").len())), "{few:?}");
    assert!(run("list --sort nothing").refused().contains("there is no column `nothing`"));
    assert!(run("list --limit 0").refused().contains("from 1"));
}

#[test]
fn around_reaches_over_relations_of_every_kind() {
    let relations = json("list relations");
    let ends = |it: &serde_json::Value| [text(it, "/from").to_owned(), text(it, "/to").to_owned()];
    let near = |known: BTreeSet<String>| -> BTreeSet<String> {
        let ties = relations.as_array().unwrap().iter().map(ends);
        let met = ties.filter(|ends| ends.iter().any(|end| known.contains(end)));
        met.flatten().chain(known.iter().cloned()).collect()
    };
    let one = near(BTreeSet::from(["ncvc".to_owned()]));
    let two = near(one.clone());
    let around =
        |depth: &str| BTreeSet::from_iter(ids(&format!("list nodes --around ncvc {depth}")));
    assert_eq!(around("--depth 1"), one);
    assert_eq!(around("--depth 2"), two);
    assert_eq!(around(""), two);
}
