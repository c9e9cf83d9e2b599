//! `medclust risk`: what all routes pass, what absences break, and that the remedy does what it says.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{ATLAS, Folder, each, found, json, medclust, run, text};

#[test]
fn risk_for_people() {
    insta::assert_snapshot!("minnesota_en", found("risk --region minnesota"));
    insta::assert_snapshot!("kansai_ja", found("risk --region kansai --lang ja"));
    insta::assert_snapshot!("without_en", found("risk --region minnesota --without umn"));
    insta::assert_snapshot!("between_ja", found("risk mayo-clinic osaka-university --lang ja"));
}

/// The nodes without which `path` finds no route, asked one by one.
fn broken_by_avoiding(from: &str, to: &str, candidates: &[String]) -> BTreeSet<String> {
    let breaks = |id: &&String| {
        *id != from && *id != to && run(&format!("path {from} {to} --avoid {id}")).status == 1
    };
    candidates.iter().filter(breaks).cloned().collect()
}

#[test]
fn what_all_routes_pass_is_what_path_cannot_avoid() {
    for (from, to) in [("mayo-clinic", "osaka-university"), ("clinical-need", "market-development")]
    {
        let answer = json(&format!("risk {from} {to}"));
        let first = &json(&format!("path {from} {to}"))["routes"][0]["nodes"];
        let must: BTreeSet<String> = each(&answer["must_pass"], "/id").into_iter().collect();
        assert!(!must.is_empty());
        assert_eq!(must, broken_by_avoiding(from, to, &each(first, "/id")), "{from} {to}");
        let cut = each(&answer["smallest_cut"], "/id");
        let avoid: String = cut.iter().map(|id| format!(" --avoid {id}")).collect();
        assert_eq!(run(&format!("path {from} {to}{avoid}")).status, 1, "{cut:?}");
        assert_eq!(answer["independent"], answer["independent_routes"].as_array().unwrap().len());
        assert_eq!(answer["independent"], cut.len());
    }
}

#[test]
fn by_default_it_speaks_of_the_way_from_need_to_market() {
    let answer = json("risk");
    assert_eq!(text(&answer, "/from/id"), "clinical-need");
    assert_eq!(text(&answer, "/to/id"), "market-development");
    assert_eq!(answer, json("risk 利用現場のニーズ 販路開拓"));
}

/// How many ways there are along the one chain of stages, by what `list` says of who plays what.
fn staffed(answer: &Value, gone: &BTreeSet<String>) -> u64 {
    let stages = answer["stages"].as_array().unwrap().iter();
    let ways = stages.map(|station| {
        let players = station["roles"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|role| each(&role["players"], "/from"));
        let all: BTreeSet<String> = players.collect();
        if all.is_empty() { 1 } else { all.difference(gone).count() as u64 }
    });
    ways.product()
}

#[test]
fn an_absence_takes_the_units_along_and_counts_what_is_left() {
    let answer = json("risk --region minnesota");
    assert_eq!(answer["staffed_routes"].as_u64(), Some(staffed(&answer, &BTreeSet::new())));
    for absence in answer["absences"].as_array().unwrap() {
        let gone: BTreeSet<String> = each(&absence["gone"], "/id")
            .into_iter()
            .chain(each(&absence["units"], "/id"))
            .collect();
        assert_eq!(absence["staffed_routes"].as_u64(), Some(staffed(&answer, &gone)), "{gone:?}");
        let name = text(absence, "/gone/0/id");
        let alone = json(&format!("risk --region minnesota --without {name}"));
        assert_eq!(&alone["absences"][0], absence);
    }
    let both = json("risk --region minnesota --without gray-plant-mooty --without rcri");
    assert_eq!(each(&both["absences"][0]["stages"], "/id"), ["review"]);
    assert_eq!(both["absences"][0]["staffed_routes"], 0);
    assert_eq!(each(&both["absences"][0]["roles"], "/id"), ["consulting-company@minnesota"]);
}

#[test]
fn the_remedy_does_what_it_says() {
    for line in [
        "risk",
        "risk --region minnesota",
        "risk mayo-clinic osaka-university",
        "risk medtronic umn-cse",
    ] {
        let before = run(&format!("{line} --json")).json();
        let remedy = &before["remedy"];
        let context = match remedy["in"].as_str() {
            Some(context) => format!(", in: {context}"),
            None => String::new(),
        };
        let (kind, from, to) =
            (text(remedy, "/kind"), text(remedy, "/from/id"), text(remedy, "/to/id"));
        let layer = format!("relations:\n  - {{kind: {kind}, from: {from}, to: {to}{context}}}\n");
        let folder = Folder::with("more.yaml", layer);
        let words = ["--data", ATLAS, "--data", folder.typed()];
        let typed = words.into_iter().chain(line.split_whitespace()).chain(["--json"]);
        let after = medclust(typed).json();
        for (told, real) in [("independent", "independent"), ("staffed_routes", "staffed_routes")] {
            assert_eq!(remedy["after"][told], after[real], "{line}: {remedy}");
        }
        let must = after["must_pass"].as_array().unwrap().len();
        assert_eq!(remedy["after"]["must_pass"], must, "{line}");
        assert_ne!(remedy["before"], Value::Null);
    }
}

#[test]
fn a_stage_with_one_organization_is_a_single_point_of_failure() {
    let atlas = "stages:
  - {id: need, name: {ja: 需要, en: Need}}
  - {id: make, name: {ja: 製造, en: Make}}
  - {id: sell, name: {ja: 販売, en: Sell}}
roles:
  - {id: maker, name: {ja: 製造者, en: Maker}}
  - {id: seller, name: {ja: 販売者, en: Seller}}
organizations:
  - {id: whole, name: {ja: 親会社, en: Whole}}
  - {id: part, name: {ja: 子会社, en: Part}, part_of: whole}
  - {id: shop-a, name: {ja: 甲店, en: Shop A}}
  - {id: shop-b, name: {ja: 乙店, en: Shop B}}
relations:
  - {kind: next, from: need, to: make}
  - {kind: next, from: make, to: sell}
  - {kind: acts-in, from: maker, to: make}
  - {kind: acts-in, from: seller, to: sell}
  - {kind: plays, from: part, to: maker}
  - {kind: plays, from: [shop-a, shop-b], to: seller}
";
    let folder = Folder::with("atlas.yaml", atlas);
    let answer = folder.run("risk --json").json();
    let points = answer["single_points"].as_array().unwrap();
    assert_eq!(points.len(), 1, "{points:?}");
    assert_eq!((text(&points[0], "/node/id"), text(&points[0], "/stage/id")), ("part", "make"));
    assert_eq!(answer["thinnest"], serde_json::json!(["make"]));
    let page = folder.run("risk").found();
    assert!(page.contains("nobody else acts in Make"), "{page}");
    let more =
        Folder::with("atlas.yaml", format!("{atlas}  - {{kind: plays, from: whole, to: maker}}\n"));
    let page = more.run("risk").found();
    assert!(page.contains("Whole  nobody but it and its units acts in Make"), "{page}");
    let without = folder.run("risk --without whole --json").json();
    assert_eq!(each(&without["absences"][0]["units"], "/id"), ["part"]);
    assert_eq!(without["absences"][0]["staffed_routes"], 0);
}

#[test]
fn without_a_route_it_says_so_and_offers_one() {
    let none = run("risk market needs");
    assert_eq!(none.status, 1);
    assert!(none.out.contains("no route leads there") && none.err.contains("medclust path"));
    assert_eq!(run("risk market needs --json").json()["hops"], Value::Null);
}

#[test]
fn what_risk_does_not_know_is_refused() {
    for (line, told) in [
        ("risk ncvc", "TO"),
        ("risk ncvc nobody-there", "nobody-there"),
        ("risk --region medtronic", "medtronic"),
        ("risk --without nobody-there", "nobody-there"),
        ("risk --limit 0", "0"),
        ("risk --follow suports", "supports"),
    ] {
        let err = run(line).refused();
        assert!(err.contains(told), "{line}: {err}");
    }
    let folder = Folder::with("atlas.yaml", "regions: [{id: here, name: {en: Here}}]\n");
    assert!(folder.run("risk").refused().contains("no stage leads to another"));
}

#[test]
fn between_organizations_only_what_is_on_a_route_is_told() {
    let answer = json("risk mayo-clinic osaka-university");
    assert_eq!(answer["stages"], serde_json::json!([]));
    let gone = each(&answer["absences"], "/gone/0/id");
    assert_eq!(gone, ["umn", "support-center-experts", "incubation-hub"]);
    assert_eq!(answer["absences"][0]["independent"], 0);
}

#[test]
fn a_whole_of_which_a_unit_is_on_every_route_is_told_too() {
    let folder = Folder::with(
        "atlas.yaml",
        "organizations:
  - {id: maker, name: {en: Maker}}
  - {id: whole, name: {en: Whole}}
  - {id: division, name: {en: Division}, part_of: whole}
  - {id: team, name: {en: Team}, part_of: division}
  - {id: clinic, name: {en: Clinic}}
  - {id: other, name: {en: Other}}
relations:
  - {kind: supplies, from: maker, to: team}
  - {kind: supplies, from: team, to: clinic}
  - {kind: supplies, from: other, to: clinic}
",
    );
    let answer = folder.run("risk maker clinic --json").json();
    assert_eq!(each(&answer["must_pass"], "/id"), ["team"]);
    let gone: BTreeSet<String> = each(&answer["absences"], "/gone/0/id").into_iter().collect();
    assert_eq!(gone, ["division", "team", "whole"].map(str::to_owned).into());
}

#[test]
fn a_loop_is_walked_from_where_it_is_asked_and_a_stage_apart_changes_nothing() {
    let atlas = "stages: [{id: a, name: {en: A}}, {id: b, name: {en: B}}, {id: c, name: {en: C}}]
roles: [{id: r, name: {en: R}}]
organizations: [{id: o, name: {en: O}}, {id: p, name: {en: P}}]
relations:
  - {kind: next, from: a, to: b}
  - {kind: next, from: b, to: c}
  - {kind: next, from: c, to: a}
  - {kind: acts-in, from: r, to: a}
  - {kind: plays, from: [o, p], to: r}
";
    let folder = Folder::with("atlas.yaml", atlas);
    let ways = |line: &str| folder.run(&format!("{line} --json")).json()["staffed_routes"].clone();
    assert_eq!([ways("risk b c"), ways("risk c b"), ways("risk")], [1, 2, 2]);
    let apart = Folder::with("apart.yaml", "stages: [{id: apart, name: {en: Apart}}]\n");
    let told = medclust(["--data", ATLAS, "--data", apart.typed(), "risk", "--json"]).json();
    assert_eq!(text(&told, "/to/id"), "market-development");
    assert_eq!(told["staffed_routes"], json("risk")["staffed_routes"]);
}

#[test]
fn the_remedy_is_none_that_is_there_by_the_relations_that_count() {
    let atlas = "stages: [{id: a, name: {en: A}}, {id: b, name: {en: B}}]
roles: [{id: r, name: {en: R}}]
organizations: [{id: o, type: company, name: {en: O}}]
sources: [{id: s}]
relations:
  - {kind: next, from: a, to: b}
  - {kind: acts-in, from: r, to: b, basis: curated, sources: [s]}
  - {kind: plays, from: o, to: r}
";
    let folder = Folder::with("atlas.yaml", atlas);
    assert_eq!(folder.run("risk --basis stated --json").json()["remedy"], Value::Null);
}

#[test]
fn against_the_order_of_the_stages_nobody_takes_them() {
    let answer = json("risk market needs --both-ways");
    assert_eq!(answer["stages"], serde_json::json!([]));
    assert_eq!(answer["independent"], 2);
}

#[test]
fn a_sheet_has_a_row_for_each_thing_told_and_ends_with_names() {
    let (csv, told) =
        (found("risk --region minnesota --format csv"), json("risk --region minnesota"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |key: &str| header.iter().position(|it| it == key).unwrap_or_else(|| panic!("{key}"));
    assert!(at("sources") < at("node_ja"), "{header:?}");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |section: &str| -> Vec<&csv::StringRecord> {
        rows.iter().filter(|row| &row[at("section")] == section).collect()
    };
    for (section, key) in
        [("must-pass", "must_pass"), ("smallest-cut", "smallest_cut"), ("absence", "absences")]
    {
        assert_eq!(of(section).len(), told[key].as_array().unwrap().len(), "{section}");
    }
    for (row, absence) in of("absence").into_iter().zip(told["absences"].as_array().unwrap()) {
        assert_eq!(&row[at("node")], each(&absence["gone"], "/id").join("; "));
        assert_eq!(&row[at("node_en")], each(&absence["gone"], "/name/en").join("; "));
        assert_eq!(&row[at("roles")], each(&absence["roles"], "/id").join("; "));
        assert_eq!(row[at("staffed_routes")], absence["staffed_routes"].to_string());
        assert_eq!(row[at("flows")], absence["flows"].as_array().unwrap().len().to_string());
    }
    let (remedy, row) = (&told["remedy"], of("remedy")[0]);
    assert_eq!(&row[at("to")], text(remedy, "/to/id"));
    assert_eq!(&row[at("stage_en")], text(remedy, "/stage/name/en"));
}

#[test]
fn who_is_thought_away_twice_is_gone_once() {
    let twice = json("risk --region minnesota --without rcri --without RCRI");
    assert_eq!(twice, json("risk --region minnesota --without rcri"));
}

#[test]
fn that_an_organization_hangs_by_itself_is_not_told() {
    let answer = json("risk --organization ncvc");
    assert!(answer["staffed_routes"].as_u64().unwrap() > 0);
    assert_eq!(answer["single_points"], serde_json::json!([]));
    assert!(!each(&answer["absences"], "/gone/0/id").contains(&"ncvc".to_owned()));
    let asked = json("risk --organization ncvc --without ncvc");
    assert_eq!(asked["staffed_routes"], answer["staffed_routes"]);
    assert_eq!(asked["absences"].as_array().unwrap().len(), 1, "unless it is asked for");
}
