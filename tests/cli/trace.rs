//! `medclust trace`: the pipeline stage by stage, and what is not there.

use serde_json::{Value, json};

use crate::harness::{each, found, ids, json, run, text};

const STAGES: &str = "--data tests/cli/atlas-of-stages.yaml";

/// The stage of an id in a trace.
fn stage<'v>(trace: &'v Value, id: &str) -> &'v Value {
    let stages = trace["stages"].as_array().expect("stages");
    stages.iter().find(|it| it["stage"]["id"] == id).unwrap_or_else(|| panic!("{id} in {trace}"))
}

/// Who acts in a stage, through which role.
fn acting(stage: &Value) -> Vec<(String, Vec<String>)> {
    let acting = stage["actors"]["acting"].as_array().expect("a list").iter();
    acting.map(|it| (text(it, "/role/id").to_owned(), each(&it["players"], "/node/id"))).collect()
}

#[test]
fn minnesota_for_people() {
    insta::assert_snapshot!("minnesota_en", found("trace --region minnesota"));
    insta::assert_snapshot!("minnesota_ja", found("trace --region minnesota --lang ja"));
}

#[test]
fn the_super_special_zone_for_people() {
    insta::assert_snapshot!("super_tokku_en", found("trace --program super-tokku"));
    insta::assert_snapshot!("super_tokku_ja", found("trace --program super-tokku --lang ja"));
}

#[test]
fn the_whole_atlas_for_people() {
    let all = found("trace");
    assert!(all.lines().count() < 80, "no wall");
    insta::assert_snapshot!("whole_en", all);
}

#[test]
fn loops_and_what_is_not_there_for_people() {
    let line = format!("{STAGES} trace --region north");
    insta::assert_snapshot!("north_en", found(&line));
    insta::assert_snapshot!("north_ja", found(&format!("{line} --lang ja")));
    insta::assert_snapshot!("north_evidence_en", found(&format!("{line} --evidence")));
    insta::assert_snapshot!("north_evidence_ja", found(&format!("{line} --evidence --lang ja")));
}

#[test]
fn the_stages_come_in_order_whatever_the_files_say() {
    let stages = ["idea", "prototype", "trial", "approval", "sale"];
    assert_eq!(ids(&format!("{STAGES} trace")), stages);
    let trace = json(&format!("{STAGES} trace"));
    assert_eq!(trace["scope"], Value::Null);
    assert_eq!(stage(&trace, "trial")["loop"], json!(["prototype", "trial"]));
    assert_eq!(stage(&trace, "idea")["loop"], Value::Null);
    assert_eq!(each(&stage(&trace, "trial")["next"], "/to"), ["prototype", "approval"]);
    assert_eq!(each(&stage(&trace, "prototype")["previous"], "/from"), ["idea", "trial"]);
    assert_eq!(text(stage(&trace, "trial"), "/next/0/sources/0"), "survey:1");
}

#[test]
fn minnesota_acts_as_its_map_says() {
    let trace = json("trace --region ミネソタ州");
    assert_eq!(text(&trace, "/scope/id"), "minnesota");
    let at = |id: &str| acting(stage(&trace, id));
    let role = |role: &str, players: &[&str]| {
        (format!("{role}@minnesota"), players.iter().map(|it| (*it).to_owned()).collect())
    };
    let care = role("medical-research", &["mayo-clinic", "umn-hospital"]);
    assert_eq!(at("clinical-need"), [care]);
    assert_eq!(at("review"), [role("consulting-company", &["gray-plant-mooty", "rcri"])]);
    assert_eq!(at("approval"), []);
    assert_eq!(stage(&trace, "approval")["actors"]["state"], "unknown");
    assert_eq!(stage(&trace, "approval")["missing"], json!([]), "silence is no lack");
    let needs = stage(&trace, "clinical-need");
    assert_eq!(text(needs, "/actors/acting/0/acts_in/basis"), "inferred");
    assert_eq!(text(needs, "/actors/acting/0/players/0/sources/0"), "minnesota-map:71-72");
    assert!(each(&needs["flows_out"], "/kind").contains(&"presents-problem-to".to_owned()));
    assert!(each(&needs["flows_in"], "/kind").contains(&"provides-solution-to".to_owned()));
}

#[test]
fn the_joint_development_of_the_hub_is_the_hubs() {
    let trace = json("trace --program incubation-hub");
    let support = &stage(&trace, "research-and-development")["supports"];
    assert_eq!(each(&support["by"], "/node/id"), ["joint-development"]);
    let device = &stage(&trace, "research-and-development")["actors"];
    assert_eq!(device["state"], "nobody-named");
    // Minnesota's map says what consultants do there; the hub's only that they are taught.
    assert!(acting(stage(&trace, "review")).is_empty());
    let minnesota = json("trace --region minnesota");
    assert_eq!(acting(stage(&minnesota, "review")).len(), 1);
}

#[test]
fn silence_a_bare_role_and_a_denial_are_told_apart() {
    let trace = json(&format!("{STAGES} trace --region north"));
    let state = |id: &str, of: &str| text(&stage(&trace, id)[of], "/state").to_owned();
    assert_eq!(state("idea", "actors"), "unknown");
    assert_eq!(state("prototype", "actors"), "named");
    assert_eq!(state("sale", "actors"), "nobody-named");
    assert_eq!(state("approval", "actors"), "none-stated");
    assert_eq!(state("prototype", "supports"), "named");
    assert_eq!(state("trial", "supports"), "none-stated");
    assert_eq!(state("approval", "supports"), "unknown");
    let none = &stage(&trace, "approval")["actors"]["none"][0];
    assert_eq!((text(none, "/in"), text(none, "/sources/0")), ("north", "survey:7"));
    assert_eq!(text(none, "/note/en"), "Devices are approved in the south.");
    // A box that only a denial draws is there, with nobody in it.
    let fund = &stage(&trace, "prototype")["actors"]["acting"][1];
    assert_eq!(text(fund, "/role/id"), "gap-fund@north");
    assert_eq!((fund["players"].clone(), text(fund, "/none/0/sources/0")), (json!([]), "survey:7"));
    assert_eq!(stage(&trace, "prototype")["missing"], json!(["player"]));
}

#[test]
fn a_denial_holds_within_and_not_beyond() {
    let state = |scope: &str| {
        let trace = json(&format!("{STAGES} trace {scope}"));
        let actors = &stage(&trace, "approval")["actors"];
        (text(actors, "/state").to_owned(), actors["none"].as_array().expect("a list").len())
    };
    assert_eq!(
        state("--region port"),
        ("none-stated".into(), 1),
        "what holds in north holds in its port"
    );
    assert_eq!(state("--region south"), ("unknown".into(), 0));
    assert_eq!(state(""), ("unknown".into(), 1), "of all regions, it holds in one");
    assert_eq!(state("--region north --basis inferred"), ("unknown".into(), 0));
}

#[test]
fn flows_cross_into_a_stage_leave_it_or_stay() {
    let trace = json(&format!("{STAGES} trace --region north"));
    let flows = |id: &str, of: &str| {
        let flows = stage(&trace, id)[of].as_array().expect("a list").iter();
        flows.map(|it| format!("{} {}", text(it, "/from"), text(it, "/to"))).collect::<Vec<_>>()
    };
    assert_eq!(flows("trial", "flows_within"), ["works clinic"]);
    assert_eq!(flows("prototype", "flows_out"), ["works clinic", "maker@north seller@north"]);
    assert_eq!(flows("sale", "flows_in"), ["maker@north seller@north"]);
}

#[test]
fn a_stretch_keeps_its_numbers() {
    let trace = json("trace --from 研究開発 --to 承認取得");
    let numbers: Vec<u64> = trace["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [3, 4, 5, 6]);
    let stages = ["research-and-development", "clinical-research", "review", "approval"];
    assert_eq!(each(&trace["stages"], "/stage/id"), stages);
    assert_eq!(ids("trace --from approval --to approval"), ["approval"]);
}

#[test]
fn where_the_end_is_not_ahead_nothing_is_found() {
    let back = run("trace --from approval --to needs");
    assert_eq!((back.status, &*back.out), (1, ""));
    assert!(back.err.starts_with("nothing found: Approval obtained does not lead to"), "{back:?}");
    assert!(back.err.contains("the other way round it does"), "{back:?}");
    let apart = run("trace --from clinical-need --to research-idea");
    assert!(apart.status == 1 && !apart.err.contains("other way"), "{apart:?}");
    assert_eq!(run("trace --from approval --to needs --json").json()["stages"], json!([]));
    // No slide draws an arrow between stages: stated alone, none leads on.
    assert_eq!(run("trace --basis stated --from review --to approval").status, 1);
    let stated = json("trace --basis stated");
    assert_eq!(stage(&stated, "review")["missing"], json!(["next"]));
}

#[test]
fn a_scope_is_one_thing_of_the_right_kind() {
    for line in [
        "trace --region minnesota --program super-tokku",
        "trace --region super-tokku",
        "trace --organization minnesota",
        "trace --program nobody-at-all",
        "trace --from mayo-clinic",
        "trace --basis told",
    ] {
        run(line).refused();
    }
    assert!(run("trace --region minesotta").refused().contains("minnesota"));
    let trace = json("trace --organization 国循");
    let care = acting(stage(&trace, "clinical-research"));
    assert!(care.iter().all(|(_, players)| *players == ["ncvc"]) && care.len() == 4, "{care:?}");
}

#[test]
fn a_sheet_has_a_row_for_each_statement() {
    let sheet = found(&format!("{STAGES} trace --region north --format csv"));
    let rows: Vec<&str> = sheet.lines().filter(|row| row.starts_with("4,")).collect();
    assert_eq!(
        rows,
        [
            "4,approval,none,acts-in,,approval,north,stated,,survey:7,承認,Approval,,,承認,Approval,北部,North",
            "4,approval,next,next,approval,sale,,stated,,survey:1,承認,Approval,承認,Approval,販売,Sale,,",
            "4,approval,missing,actor,,,,,,,承認,Approval,,,,,,",
        ]
    );
}
