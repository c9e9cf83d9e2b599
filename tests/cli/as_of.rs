//! `--as-of`: every question asks about the atlas as it was on a date.

use serde_json::{Value, json};

use crate::harness::{Folder, each, found, ids, json, run, text};

const SMALL: &str = "--data tests/cli/small.yaml";

/// The relations of a shown node, as `direction kind node`.
fn ties(node: &Value) -> Vec<String> {
    let tie = |it: &Value| {
        format!("{} {} {}", text(it, "/direction"), text(it, "/kind"), text(it, "/node/id"))
    };
    node["relations"].as_array().expect("a list").iter().map(tie).collect()
}

#[test]
fn an_organization_has_the_name_it_had() {
    for (node, date, ja, en) in [
        ("ncvc", "2009", "国立循環器病センター", "National Cardiovascular Center"),
        ("ncvc", "2010-03-31", "国立循環器病センター", "National Cardiovascular Center"),
        (
            "ncvc",
            "2010-04",
            "国立循環器病研究センター",
            "National Cerebral and Cardiovascular Center",
        ),
        ("medtronic", "2010", "メドトロニック", "Medtronic, Inc."),
        ("medtronic", "2015", "メドトロニック", "Medtronic plc"),
        ("mtjapan", "2013-09", "日本医療器材工業会", "Medical Technology Association of Japan"),
    ] {
        let node = json(&format!("show {node} --as-of {date}"));
        assert_eq!([text(&node, "/name/ja"), text(&node, "/name/en")], [ja, en], "{date}");
    }
    let medtronic = json("show medtronic --as-of 2010");
    assert_eq!(medtronic["aliases"], json!(["Medtronic", "Medtronic plc"]), "and no name twice");
    assert!(
        !medtronic["events"].as_array().expect("a list").is_empty(),
        "what happened stays told"
    );
    assert_eq!(ids("list --name メドトロニック(旧 --as-of 2010"), ["medtronic-ireland"]);
    assert!(found("list --region minnesota --as-of 2009").contains("Institute of Technology"));
}

#[test]
fn any_name_finds_it_on_any_date() {
    for name in ["国循", "国立循環器病センター", "国立循環器病研究センター"]
    {
        for date in ["1980", "2009", "2020-01-31"] {
            assert_eq!(ids(&format!("show {name} --as-of {date}")), ["ncvc"], "{name} {date}");
        }
    }
}

#[test]
fn who_took_a_place_has_taken_the_relations() {
    let before = json("list relations --as-of 2016");
    assert!(each(&before, "/from").contains(&"st-jude-medical".to_owned()));
    let relations = json("list relations --as-of 2020");
    let ends = ["/from", "/to"].map(|end| each(&relations, end)).concat();
    assert!(!ends.contains(&"st-jude-medical".to_owned()));
    let taken: Vec<&Value> =
        relations.as_array().expect("a list").iter().filter(|it| it["from"] == "abbott").collect();
    assert_eq!(taken.len(), 2, "{taken:?}");
    let plays = taken.iter().find(|it| it["kind"] == "plays").expect("the role is taken over");
    let expected = json!({
        "kind": "plays",
        "from": "abbott",
        "to": "medical-company@minnesota",
        "in": "minnesota",
        "since": "2017-01-04",
        "until": null,
        "status": null,
        "open": false,
        "basis": "inferred",
        "confidence": "medium",
        "note": {
            "ja": "セント・ジュード・メディカルとして（2017-01-04 に承継）",
            "en": "as St. Jude Medical, Inc.; taken over 2017-01-04"
        },
        "sources": ["minnesota-map:51-53", "glossary:org.st_jude"],
        "layer": 0,
        "inherited_from": null,
        "derived": true
    });
    assert_eq!(**plays, expected);
    assert_eq!(ids("show SJM --as-of 2020"), ["abbott"]);
    assert!(ids("list --region minnesota --as-of 2020").contains(&"abbott".to_owned()));
    let stated = ids("list --region minnesota --as-of 2020 --basis stated");
    assert!(!stated.contains(&"abbott".to_owned()), "no source states it");
}

#[test]
fn a_part_of_who_acquired_it_stays() {
    let before = json("show covidien --as-of 2014");
    assert!(!ties(&before).contains(&"out part-of medtronic".to_owned()));
    let after = json("show covidien --as-of 2015-01-26");
    assert_eq!(text(&after, "/id"), "medtronic-ireland");
    assert!(ties(&after).contains(&"out part-of medtronic".to_owned()));
}

#[test]
fn who_is_gone_or_not_yet_there_is_in_no_answer() {
    assert!(ids("list --as-of 2015-04-16").contains(&"japan-stent-technology".to_owned()));
    assert!(ids("list --as-of 2015").contains(&"japan-stent-technology".to_owned()));
    for date in ["2015-04-17", "2002"] {
        let listed = ids(&format!("list nodes --as-of {date}"));
        assert!(!listed.contains(&"japan-stent-technology".to_owned()), "{date}");
        let relations = json(&format!("list relations --as-of {date}"));
        assert!(!each(&relations, "/from").contains(&"japan-stent-technology".to_owned()));
    }
    let found = ids("search ステント --as-of 2016");
    assert!(!found.contains(&"japan-stent-technology".to_owned()), "{found:?}");
    // Before the special zones were created there was no role in them.
    let early = ids("list roles --as-of 2007");
    assert!(early.iter().all(|id| !id.ends_with("@super-tokku")), "{early:?}");
    assert!(early.contains(&"medical-company@minnesota".to_owned()));
}

#[test]
fn a_name_of_who_was_not_there_is_told_so() {
    for (line, en, ja) in [
        (
            "show 日本ステントテクノロジー --as-of 2016",
            "error: `日本ステントテクノロジー` is in the atlas, but not on 2016\n  \
             `medclust show japan-stent-technology` tells what is known of its dates\n",
            "エラー: `日本ステントテクノロジー` はアトラスにありますが、2016 には存在しません\n  \
             `medclust show japan-stent-technology` で時期と出来事を確認できます\n",
        ),
        (
            "path osaka-comit market --as-of 2010",
            "error: `osaka-comit` is in the atlas, but not on 2010\n  \
             `medclust show osaka-comit` tells what is known of its dates\n",
            "エラー: `osaka-comit` はアトラスにありますが、2010 には存在しません\n  \
             `medclust show osaka-comit` で時期と出来事を確認できます\n",
        ),
    ] {
        assert_eq!(run(line).refused(), en);
        assert_eq!(run(&format!("{line} --lang ja")).refused(), ja);
    }
}

#[test]
fn who_may_have_gone_on_is_marked() {
    for (node, before, after, told) in [
        ("devicix", "2015-06-30", "2024", ["(acquired 2015)", "（2015年に被買収）"]),
        ("gray-plant-mooty", "2019", "2020", ["(merged 2020)", "（2020年に合併）"]),
        ("mayo-oip", "2017-07", "2017", ["(merged 2017)", "（2017年に合併）"]),
    ] {
        for command in [format!("show {node}"), format!("list --around {node} --depth 0")] {
            for (lang, told) in ["en", "ja"].into_iter().zip(told) {
                let page = |date| found(&format!("{command} --as-of {date} --lang {lang}"));
                assert!(!page(before).contains(told), "{command} {before}");
                assert!(page(after).contains(told), "{command} {after}");
            }
        }
        assert_eq!(json(&format!("show {node} --as-of {before}"))["takeover"], Value::Null);
        let marked = json(&format!("show {node} --as-of {after}"));
        let event = marked["events"].as_array().expect("a list").last();
        assert_eq!(Some(&marked["takeover"]), event, "with its date and its sources");
    }
    // LifeScience Alley was renamed after its merger: it went on.
    assert!(found("list --as-of 2005").contains("Medical Alley/MNBIO (merged 2005)"));
    assert!(!found("list --as-of 2006").contains("(merged 2005)"));
    let sheet = found("list --as-of 2024 --format csv");
    assert_eq!(sheet.lines().filter(|line| line.ends_with(",merged 2020")).count(), 1);
}

#[test]
fn who_was_succeeded_by_nobody_named_is_gone() {
    let atlas = "organizations:
  - {id: one, name: {en: Alpha}, events: [{kind: succeeded, date: 2010}]}
  - {id: two, name: {en: Beta}, events: [{kind: succeeded, date: 2010, other: three}]}
  - {id: three, name: {en: Gamma}, since: 2012}
";
    let folder = Folder::with("atlas.yaml", atlas);
    let listed =
        |date: &str| folder.run(&format!("list --as-of {date} --format csv")).found().to_owned();
    let ids = |date: &str| -> Vec<String> {
        let rows = listed(date).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        rows.iter().map(|row| row.split(',').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(ids("2010"), ["one", "two"]);
    assert_eq!(ids("2011"), ["two"], "nobody was there yet to take its place");
    assert!(listed("2011").contains("succeeded 2010"));
    assert_eq!(ids("2012"), ["three"]);
}

/// An acquired company whose id is none of its names, and one whose name begins like it.
const MERGED: &str = "organizations:
  - {id: one, name: {en: Alpha, ja: アルファ}, events: [{kind: merged, date: 2010, other: two}]}
  - {id: two, name: {en: Beta}, until: 2019}
  - {id: ones, name: {en: Ones}}
";

#[test]
fn an_absent_node_is_never_taken_for_another() {
    let folder = Folder::with("atlas.yaml", MERGED);
    let show =
        |name: &str, date: &str| folder.run(&format!("show {name} --as-of {date} --format ids"));
    assert_eq!(show("one", "2009").found(), "one\n");
    assert_eq!(show("alpha", "2010").found(), "two\n");
    let err = show("one", "2010").refused();
    assert!(
        err.contains("not on 2010") && err.contains("Beta (`two`) had taken its place"),
        "{err}"
    );
    let err = folder.run("show one --as-of 2010 --lang ja").refused();
    assert!(err.contains("Beta（`two`）が引き継いでいます"), "{err}");
    let err = show("two", "2020").refused();
    assert!(err.contains("`medclust show two`"), "{err}");
    assert!(show("three", "2020").refused().contains("there is no node called"));
}

#[test]
fn every_question_takes_a_date() {
    for (question, early, late) in [
        ("list relations --region minnesota", "2016", "2020"),
        ("show medical-company@minnesota", "2016", "2020"),
        ("search medtronic", "2010", "2020"),
        ("path minnesota-tech-fund review", "1990", "2020"),
        ("risk --region minnesota", "2016", "2020"),
        ("trace --region minnesota", "2016", "2020"),
        ("stats", "2016", "2020"),
        ("compare minnesota incubation-hub", "2016", "2020"),
    ] {
        let at = |date: &str| run(&format!("{question} --as-of {date} --format json")).out;
        if !question.starts_with("path") {
            assert_ne!(at(early), at(late), "{question}");
        }
        assert!(!at(late).is_empty(), "{question}");
        let help = found(&format!("{} --help", question.split(' ').next().expect("a word")));
        assert!(help.contains("As the atlas was on this date"), "{help}");
    }
    assert_eq!(ids("path 国循 承認取得 --as-of 2012"), ids("path ncvc 承認取得"));
}

#[test]
fn a_type_that_nobody_has_on_the_date_finds_nothing() {
    let run = run(&format!("{SMALL} list --type company --as-of 1900"));
    assert_eq!((run.status, &*run.out, &*run.err), (1, "", "nothing found\n"));
}

#[test]
fn what_is_no_date_is_refused() {
    for typed in ["!2015", "2015-13", "2015/01", "yesterday", ""] {
        for command in ["list", "show ncvc", "search a", "path ncvc umn"] {
            let err = run(&format!("{command} --as-of={typed}")).refused();
            let told = format!(
                "error: `--as-of <DATE>` cannot be `{typed}`: write a date: 2015, 2015-01 or 2015-01-26\n"
            );
            assert_eq!(err, told, "{command}");
        }
    }
    let twice = run("list --as-of 2015 --as-of 2016").refused();
    assert!(twice.contains("--as-of <DATE>"), "{twice}");
    let twice = run("list --as-of 2015 --as-of 2016 --lang ja").refused();
    assert!(twice.contains("`--as-of <DATE>` は一度しか使えません"), "{twice}");
}

#[test]
fn a_takeover_for_people() {
    insta::assert_snapshot!("abbott_en", found("show abbott --as-of 2020"));
    insta::assert_snapshot!("abbott_ja", found("show abbott --as-of 2020 --lang ja"));
}

#[test]
fn that_there_is_none_holds_on_its_dates() {
    let atlas = "sources: [{id: s}]
regions: [{id: here, name: {ja: 当地, en: Here}}]
roles: [{id: maker, name: {ja: 製造者, en: Maker}}]
stages: [{id: make, name: {ja: 製造, en: Make}}]
relations:
  - {kind: acts-in, from: maker, to: make}
  - {kind: plays, from: [], to: maker, in: here, until: 2010, sources: ['s:1']}
";
    let folder = Folder::with("atlas.yaml", atlas);
    let trace =
        |date: &str| folder.run(&format!("trace --region here --as-of {date} --json")).json();
    let state = |date: &str| trace(date)["stages"][0]["actors"]["state"].clone();
    assert_eq!(state("2009"), "none-stated");
    assert_eq!(state("2012"), "unknown", "the role went with what spoke of it");
    assert_eq!(folder.run("show maker@here --as-of 2009").status, 0);
    assert_eq!(folder.run("show maker@here --as-of 2012").status, 2);
}

#[test]
fn a_page_tells_its_date_and_a_record_does_not() {
    for (lang, told) in [("en", "as of 2015-01\n"), ("ja", "2015-01 時点\n")] {
        let page = found(&format!("trace --as-of 2015-01 --lang {lang}"));
        assert!(page.starts_with(told), "{page:.40}");
    }
    assert!(!found("list --as-of 2015 --format csv").contains("as of"));
}
