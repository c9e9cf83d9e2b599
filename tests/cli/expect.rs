//! `medclust expect`: a policy, held against the answers of the commands that it counts by.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Run, ids, json, medclust, text};

struct Policy(TempDir);

impl Policy {
    fn of(rules: &str) -> Self {
        let at = tempfile::tempdir().unwrap();
        fs::write(at.path().join("policy.yaml"), rules).unwrap();
        Policy(at)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("policy.yaml")
    }

    fn run(&self, further: &[&str]) -> Run {
        let path = self.path();
        medclust([&["expect", path.to_str().unwrap()], further].concat())
    }
}

/// The verdict on one rule over the atlas of the tests.
fn verdict(rule: &str) -> Value {
    let answer = Policy::of(&format!("rules: [{{id: it, {rule}}}]\n")).run(&["--json"]);
    assert!(answer.status <= 1, "{rule}: {answer:?}");
    let mut verdicts: Vec<Value> = serde_json::from_str(&answer.out).unwrap();
    let verdict = verdicts.pop().unwrap();
    assert_eq!(verdict["met"] == true, answer.status == 0, "{rule}");
    assert_eq!(verdict["met"] == true, verdict["findings"].as_array().unwrap().is_empty());
    verdict
}

const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/policy.yaml");

#[test]
fn a_policy_for_people() {
    for lang in ["en", "ja"] {
        let run = medclust(["expect", RULES, "--lang", lang]);
        assert_eq!(run.status, 1);
        insta::assert_snapshot!(format!("policy_{lang}"), format!("{}\n{}", run.out, run.err));
    }
}

#[test]
fn a_list_is_counted_as_list_lists_it() {
    for (rule, line) in [
        ("count: organizations, region: minnesota", "list --region minnesota"),
        ("count: roles, region: ミネソタ州", "list roles --region minnesota"),
        (
            "count: organizations, region: minnesota, type: ['!company']",
            "list --region minnesota --type !company",
        ),
        ("count: relations, basis: [inferred]", "list relations --basis inferred"),
        ("count: nodes, source: world-map", "list nodes --source world-map"),
        ("count: nodes, around: ncvc", "list nodes --around ncvc"),
        ("count: stages", "list stages"),
    ] {
        let count = ids(line).len();
        assert!(count > 0, "{line}");
        assert_eq!(verdict(&format!("{rule}, at_least: {count}, at_most: {count}"))["met"], true);
        let less = verdict(&format!("{rule}, at_least: {}", count + 1));
        let more = verdict(&format!("{rule}, at_most: {}", count - 1));
        assert_eq!(text(&less, "/findings/0/because"), "too-few", "{rule}");
        assert_eq!(text(&more, "/findings/0/because"), "too-many", "{rule}");
        assert_eq!(more["findings"][0]["found"], count, "{rule}");
    }
}

#[test]
fn each_stage_that_falls_short_is_told_with_who_there_is() {
    let trace = json("trace --region minnesota");
    for (count, nationwide) in [("stage-actors", true), ("stage-actors", false)] {
        let verdict = verdict(&format!(
            "count: {count}, region: minnesota, at_least: 3, nationwide: {nationwide}"
        ));
        let short: Vec<(String, usize)> = verdict["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| (text(it, "/stage/id").to_owned(), it["found"].as_u64().unwrap() as usize))
            .collect();
        let expected: Vec<(String, usize)> = trace["stages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|stage| {
                let mut who: Vec<&str> = Vec::new();
                for acting in stage["actors"]["acting"].as_array().unwrap() {
                    let fields: &[&str] =
                        if nationwide { &["players", "nationwide"] } else { &["players"] };
                    for field in fields {
                        let all = acting[field].as_array().unwrap();
                        who.extend(all.iter().map(|it| text(it, "/from")));
                    }
                }
                who.sort_unstable();
                who.dedup();
                (text(stage, "/stage/id").to_owned(), who.len())
            })
            .filter(|(_, count)| *count < 3)
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(short, expected);
    }
    let one = verdict("count: stage-actors, region: minnesota, stage: approval, at_least: 99");
    assert_eq!(one["findings"].as_array().unwrap().len(), 1);
    let others = verdict("count: stage-supports, stage: '!approval', at_least: 99");
    assert_eq!(
        others["findings"].as_array().unwrap().len(),
        trace["stages"].as_array().unwrap().len() - 1
    );
}

#[test]
fn gaps_and_single_points_are_those_of_their_commands() {
    let gaps = json("gaps kansai --against minnesota");
    let roles: Vec<&Value> = gaps["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["missing"] == "member")
        .map(|it| &it["role"]["id"])
        .collect();
    let found =
        verdict("count: gaps, region: kansai, against: ミネソタ州, missing: [member], at_most: 0");
    let told: Vec<&Value> = found["findings"][0]["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["role"]["id"])
        .collect();
    assert!(!roles.is_empty());
    assert_eq!(told, roles);
    let risk = json("risk --region minnesota");
    let points = risk["single_points"].as_array().unwrap().len() as u64;
    let found = verdict("count: single-points, region: minnesota, at_most: 0");
    assert_eq!(found["findings"][0]["found"].as_u64().unwrap_or(0), points);
    let ends = verdict("count: single-points, from: market, to: needs, at_most: 0");
    assert_eq!(text(&ends, "/findings/0/because"), "no-route");
}

/// What nothing is known of must not pass as met.
#[test]
fn silence_meets_no_rule() {
    let silent = ids("list regions")
        .into_iter()
        .find(|it| json_or_null(&format!("trace --region {it}"))["silent"] == true)
        .expect("a region of which the atlas names nobody");
    let gaps = verdict(&format!("count: gaps, region: {silent}, at_most: 0"));
    assert_eq!(text(&gaps, "/findings/0/because"), "nobody-named");
    let points = verdict(&format!("count: single-points, region: {silent}, at_most: 0"));
    assert_eq!(text(&points, "/findings/0/because"), "nobody-named");
    let none = Policy::of("rules: []\n").run(&[]);
    assert_eq!(none.status, 1);
    assert!(none.err.contains("no rule"), "{none:?}");
}

fn json_or_null(line: &str) -> Value {
    let run = medclust(line.split_whitespace().chain(["--json"]));
    serde_json::from_str(&run.out).unwrap_or_default()
}

#[test]
fn every_fault_of_a_policy_is_told_where_it_stands() {
    let policy = Policy::of(concat!(
        "rules:\n",
        "  - id: a\n    count: stage-actor\n    region: kansia\n",
        "  - id: b\n    count: stage-actors\n    region: !kansai\n    at_least: -1\n",
        "  - id: c\n    count: gaps\n    role: investor\n    at_least: 3\n    at_most: 2\n",
        "  - {id: c, count: organizations, region: kansia, at_most: 1}\n",
        "  - {id: d, count: single-points, from: kansai, at_most: 1}\n",
        "  - {id: e, count: nodes}\n",
        "  - {id: f, count: stage-supports, region: [kansai, minnesota], at_most: 1}\n",
        "rule: 3\n",
    ));
    let told = policy.run(&[]).refused();
    for (code, line) in [
        ("wrong-type", 3),
        ("wrong-type", 7),
        ("wrong-type", 8),
        ("unknown-field", 11),
        ("contradiction", 13),
        ("missing-field", 15),
        ("missing-field", 16),
        ("wrong-type", 17),
        ("unknown-field", 18),
        ("dangling-reference", 14),
        ("duplicate-id", 14),
    ] {
        let place = format!("policy.yaml:{line}:");
        let is_told = |it: &&str| it.contains(&format!("[{code}]")) && it.contains(&place);
        assert!(told.split("\n\n").any(|it| is_told(&it)), "{code} {line}: {told}");
    }
    let japanese = policy.run(&["--lang", "ja"]).refused();
    assert!(japanese.contains("0 以上の整数が必要ですが"), "{japanese}");
    medclust(["expect", "/nonexistent"]).refused();
    medclust(["expect"]).refused();
}

#[test]
fn sarif_points_at_the_rule() {
    let run = medclust(["expect", RULES, "--format", "sarif"]);
    let log: Value = serde_json::from_str(&run.out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(!results.is_empty());
    let policy = fs::read_to_string(RULES).unwrap();
    for result in results {
        let id = text(result, "/ruleId");
        let at = &result["locations"][0]["physicalLocation"]["region"];
        let line = at["startLine"].as_u64().unwrap() as usize - 1;
        assert!(policy.lines().nth(line).unwrap().ends_with(&format!("id: {id}")));
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], id);
    }
}
