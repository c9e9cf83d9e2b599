//! `medclust compare`: sides, rows, cells, and what only one side has.

use serde_json::{Value, json};

use crate::harness::{each, found, json, run, text};

const STAGES: &str = "--data tests/cli/atlas-of-stages.yaml";
const SHOWPIECE: &str = "compare minnesota incubation-hub";

fn row<'v>(comparison: &'v Value, key: &str) -> &'v Value {
    let rows = comparison["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("{key} in {comparison}"))
}

/// The state of each cell of a row, and who is in it.
fn cells(comparison: &Value, key: &str) -> Vec<(String, Vec<String>)> {
    let cells = row(comparison, key)["cells"].as_array().expect("cells").iter();
    cells.map(|it| (text(it, "/state").to_owned(), each(&it["who"], "/node/id"))).collect()
}

fn cell(state: &str, who: &[&str]) -> (String, Vec<String>) {
    (state.to_owned(), who.iter().map(|it| (*it).to_owned()).collect())
}

#[test]
fn minnesota_and_the_hub_for_people() {
    insta::assert_snapshot!("showpiece_en", found(SHOWPIECE));
    insta::assert_snapshot!("showpiece_ja", found(&format!("{SHOWPIECE} --lang ja")));
    insta::assert_snapshot!("showpiece_stage_en", found(&format!("{SHOWPIECE} --by stage")));
    insta::assert_snapshot!("showpiece_relation_en", found(&format!("{SHOWPIECE} --by relation")));
    insta::assert_snapshot!(
        "showpiece_program_ja",
        found(&format!("{SHOWPIECE} --by program --lang ja"))
    );
}

#[test]
fn evidence_for_people() {
    let line = format!("{STAGES} compare north south --evidence");
    insta::assert_snapshot!("evidence_en", found(&line));
    insta::assert_snapshot!("evidence_ja", found(&format!("{line} --lang ja --by stage")));
    insta::assert_snapshot!("figures_en", found("compare california ireland japan --by indicator"));
}

#[test]
fn rows_are_the_roles_of_both_maps() {
    let found = json(SHOWPIECE);
    let hub = ["mtjapan", "jfmda", "amdd", "omda"];
    let associations = cells(&found, "industry-association");
    assert_eq!(associations[0], cell("named", &["bbam", "lifescience-alley"]));
    let mut named = associations[1].1.clone();
    named.sort_unstable();
    let mut hub = hub.map(str::to_owned);
    hub.sort_unstable();
    assert_eq!(named, hub);
    let consulting = [cell("named", &["gray-plant-mooty", "rcri"]), cell("nobody-named", &[])];
    assert_eq!(cells(&found, "consulting-company"), consulting);
    assert_eq!(row(&found, "consulting-company")["only"], Value::Null);
    let fund = [cell("named", &["minnesota-tech-fund"]), cell("unknown", &[])];
    assert_eq!(cells(&found, "gap-fund"), fund);
    assert_eq!(row(&found, "gap-fund")["only"], "minnesota");
    assert_eq!(row(&found, "learner")["only"], "incubation-hub");
    let relation = row(&found, "gap-fund")["cells"][0]["who"][0]["relations"][0].clone();
    assert_eq!(text(&relation, "/to"), "gap-fund@minnesota");
    assert_eq!(text(&relation, "/sources/0"), "minnesota-map:79-80");
}

#[test]
fn shares_are_of_the_organizations_of_a_side() {
    let comparison = json(SHOWPIECE);
    let sizes: Vec<u64> = comparison["sides"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["organizations"].as_u64().unwrap())
        .collect();
    assert_eq!(sizes, [18, 8]);
    let shares = |key: &str| {
        let cells = row(&comparison, key)["cells"].as_array().unwrap().iter();
        cells.map(|it| it["share"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(shares("industry-association"), [json!(2.0 / 18.0), json!(0.5)]);
    assert_eq!(shares("gap-fund"), [json!(1.0 / 18.0), json!(0.0)]);
    // A program plays it: a share of the organizations says nothing of that.
    assert_eq!(shares("lecturer"), [json!(0.0), Value::Null]);
    let by_relation = json(&format!("{SHOWPIECE} --by relation"));
    assert_eq!(row(&by_relation, "advises")["cells"][0]["share"], Value::Null);
    // Percentages are shown where sizes differ, and only there.
    assert!(found(SHOWPIECE).contains("(11%)"));
    assert!(!found("compare ncvc aist").contains('%'));
}

#[test]
fn the_joint_development_of_the_hub_counts() {
    let found = json(&format!("{SHOWPIECE} --by relation"));
    let pairs = row(&found, "develops-with")["cells"][1]["who"].clone();
    assert_eq!(each(&pairs, "/node/id"), ["ncvc", "osaka-university"]);
    assert_eq!(each(&pairs, "/other/id"), ["company@incubation-hub", "company@incubation-hub"]);
    assert_eq!(row(&found, "develops-with")["only"], "incubation-hub");
    let problems = row(&found, "presents-problem-to");
    assert_eq!(
        (problems["only"].as_str(), &problems["cells"][0]["count"]),
        (Some("minnesota"), &json!(1))
    );
}

#[test]
fn programs_tell_who_takes_part() {
    let found = json(&format!("{SHOWPIECE} --by program"));
    let hub = cells(&found, "incubation-hub");
    assert_eq!(hub[0], cell("named", &["umn"]));
    assert!(hub[1].1.contains(&"stanford-university".to_owned()), "{hub:?}");
    let small = json(&format!("{STAGES} compare north south --by program"));
    assert_eq!(cells(&small, "grant"), [cell("named", &["works"]), cell("unknown", &[])]);
}

#[test]
fn stages_come_in_order_with_what_is_denied() {
    let found = json(&format!("{STAGES} compare north south --by stage"));
    assert_eq!(each(&found["rows"], "/key"), ["idea", "prototype", "trial", "approval", "sale"]);
    assert_eq!(cells(&found, "approval"), [cell("none-stated", &[]), cell("unknown", &[])]);
    assert_eq!(text(&row(&found, "approval")["cells"][0], "/none/0/sources/0"), "survey:7");
    assert_eq!(cells(&found, "prototype"), [cell("named", &["works"]), cell("named", &["lab"])]);
    assert_eq!(row(&found, "trial")["only"], "north");
    let roles = json(&format!("{STAGES} compare north south"));
    assert_eq!(cells(&roles, "gap-fund"), [cell("none-stated", &[]), cell("unknown", &[])]);
    assert_eq!(row(&roles, "gap-fund")["only"], Value::Null);
}

#[test]
fn figures_stand_beside_each_other() {
    let found = json("compare japan ireland --by indicator");
    let companies = row(&found, "Number of medical-technology companies, companies");
    let figure = &companies["cells"][1]["figures"][0]["indicator"];
    assert_eq!((&figure["value"], text(figure, "/qualifier")), (&json!(300.0), "at-least"));
    assert_eq!(text(figure, "/sources/0"), "world-map:27");
    assert_eq!(companies["only"], "ireland");
    let small = json(&format!("{STAGES} compare north south --by indicator"));
    assert_eq!(row(&small, "Companies, companies, 2020")["only"], "south");
}

#[test]
fn a_basis_leaves_out_what_rests_on_another() {
    let stated = json(&format!("{SHOWPIECE} --basis stated"));
    let hub = cells(&stated, "company");
    assert_eq!(hub[1], cell("nobody-named", &[]));
    // The slide prints no label for the associations, nor arrows to the learners.
    assert_eq!(cells(&stated, "industry-association")[1], cell("unknown", &[]));
    assert!(stated["rows"].as_array().unwrap().iter().all(|it| it["key"] != "learner"));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let alone = run("compare minnesota").refused();
    assert!(alone.contains("alone") && alone.contains("trace"), "{alone}");
    let twice = run("compare minnesota kansai ミネソタ州").refused();
    assert!(twice.contains("`minnesota` is named twice"), "{twice}");
    let mixed = run("compare minnesota mayo-clinic").refused();
    assert!(mixed.contains("is an organization") && mixed.contains("is a region"), "{mixed}");
    let mixed = run("compare minnesota mayo-clinic --lang ja").refused();
    assert!(mixed.contains("は組織") && mixed.contains("は地域"), "{mixed}");
    run("compare").refused();
    run("compare minnesota medical-research").refused();
    run("compare minnesota kansai --by colour").refused();
    assert!(run("compare minesotta kansai").refused().contains("minnesota"));
    let nothing = run("compare israel germany --by indicator");
    assert_eq!((nothing.status, &*nothing.out), (1, ""));
}

#[test]
fn a_sheet_has_a_row_for_each_of_each_side() {
    let sheet = found(&format!("{STAGES} compare north south --format tsv"));
    let rows: Vec<Vec<&str>> = sheet.lines().map(|line| line.split('\t').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|it| *it == name).expect(name);
    let told = |row: &Vec<&str>| {
        ["key", "side", "state", "count", "who", "only"].map(|name| row[column(name)]).join(" ")
    };
    let told: Vec<String> = rows[1..].iter().map(told).collect();
    assert!(told.contains(&"tester north named 2 clinic north".to_owned()), "{told:?}");
    assert!(told.contains(&"tester north named 2 works north".to_owned()), "{told:?}");
    assert!(told.contains(&"tester south unknown 0  north".to_owned()), "{told:?}");
    assert!(told.contains(&"gap-fund north none-stated 0  ".to_owned()), "{told:?}");
}

#[test]
fn what_one_side_alone_has_is_bold_on_a_terminal() {
    let out = found(&format!("{STAGES} compare north south --color always"));
    let bold = |word: &str| {
        let line = out.lines().find(|line| line.contains(word)).expect(word);
        line.starts_with("\u{1b}[1m")
    };
    assert!(bold("Tester") && !bold("Maker"), "{out}");
}

#[test]
fn every_organization_is_of_one_type() {
    let comparison = json(&format!("{SHOWPIECE} --by type"));
    for (at, side) in comparison["sides"].as_array().unwrap().iter().enumerate() {
        let rows = comparison["rows"].as_array().unwrap().iter();
        let who: Vec<String> =
            rows.flat_map(|row| each(&row["cells"][at]["who"], "/node/id")).collect();
        let all = side["organizations"].as_u64().unwrap() as usize;
        assert_eq!(who.len(), all, "each has a type in this atlas, and one only");
    }
    assert_eq!(
        cells(&comparison, "law-firm"),
        [cell("named", &["gray-plant-mooty"]), cell("unknown", &[])]
    );
    let page = found(&format!("{SHOWPIECE} --by 類型 --lang ja"));
    assert!(page.contains("組織の類型ごとの比較") && page.contains("法律事務所"), "{page}");
}
