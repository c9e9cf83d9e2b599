//! Who acts: what is only planned does not, what serves the country is told apart, and a list that
//! its source leaves open is shown so.

use super::harness::Folder;

/// Two prefectures of a country with an agency of its own; one has a planned fund and an open list.
const ATLAS: &str = "
regions:
  - {id: land, type: country, name: {ja: 国, en: Land}}
  - {id: east, name: {ja: 東県, en: East}, within: land}
  - {id: west, name: {ja: 西県, en: West}, within: land}
organizations:
  - {id: agency, name: {ja: 審査庁, en: Agency}, region: land}
  - {id: hospital, name: {ja: 東病院, en: Hospital}, region: east}
  - {id: clinic, name: {ja: 西病院, en: Clinic}, region: west}
  - {id: fund, name: {ja: 東基金, en: Fund}, region: east, status: planned}
roles:
  - {id: care, name: {ja: 臨床, en: Care}}
  - {id: reviewer, name: {ja: 審査者, en: Reviewer}}
  - {id: gap-fund, name: {ja: 橋渡し基金, en: Gap fund}}
stages:
  - {id: need, name: {ja: ニーズ, en: Need}}
  - {id: money, name: {ja: 資金, en: Money}}
  - {id: review, name: {ja: 審査, en: Review}}
programs:
  - {id: advice, name: {ja: 相談, en: Advice}}
sources: [{id: s, title: S}]
relations:
  - {kind: next, from: need, to: money}
  - {kind: next, from: money, to: review}
  - {kind: acts-in, from: care, to: need}
  - {kind: acts-in, from: gap-fund, to: money}
  - {kind: acts-in, from: reviewer, to: review}
  - {kind: plays, from: agency, to: reviewer, in: land}
  - {kind: supports, from: advice, to: review, in: land}
  - {kind: plays, from: hospital, to: care, in: east, open: true, sources: [s]}
  - {kind: plays, from: clinic, to: care, in: west}
  - {kind: plays, from: fund, to: gap-fund, in: east}
";

fn atlas() -> Folder {
    Folder::with("atlas.yaml", ATLAS)
}

#[test]
fn what_is_planned_is_shown_and_does_not_act() {
    let folder = atlas();
    let page = folder.run("trace --region east").found();
    assert!(page.contains("Gap fund: drawn, nobody named; Fund (planned)"), "{page}");
    let page = folder.run("trace --region east --lang ja").found();
    assert!(page.contains("東基金（計画）"), "{page}");
    let stage = &folder.run("trace --region east --json").json()["stages"][1];
    assert_eq!(stage["actors"]["state"], "nobody-named");
    assert_eq!(stage["actors"]["acting"][0]["planned"][0]["node"]["id"], "fund");
    let listed = folder.run("list --region east").found();
    assert!(listed.contains("Fund (planned)"), "{listed}");
    let rows = folder.run("compare east west --json").json();
    let fund = rows["rows"].as_array().unwrap().iter().find(|it| it["key"] == "gap-fund");
    assert_eq!(fund.expect("it is drawn")["cells"][0]["count"], 0);
    assert_eq!(rows["sides"][0]["organizations"], 1);
    // Nothing leads through it, but for what is asked about itself.
    let none = folder.run("path hospital money --both-ways --avoid need --avoid review --json");
    assert_eq!(none.json()["routes"], serde_json::json!([]));
    assert_eq!(folder.run("path fund money --json").json()["routes"].as_array().unwrap().len(), 1);
}

#[test]
fn what_serves_the_country_is_told_apart() {
    let folder = atlas();
    let page = folder.run("trace --region east --lang ja").found();
    assert!(page.contains("全国: 審査庁"), "{page}");
    assert!(page.contains("全国: 相談"), "{page}");
    let stage = &folder.run("trace --region west --json").json()["stages"][2];
    assert_eq!(stage["actors"]["state"], "named");
    assert_eq!(stage["actors"]["acting"][0]["players"].as_array().unwrap().len(), 0);
    assert_eq!(stage["actors"]["acting"][0]["nationwide"][0]["node"]["id"], "agency");
    let rows = folder.run("compare east west --by stage --json").json();
    for cell in rows["rows"][2]["cells"].as_array().unwrap() {
        assert_eq!(cell["count"], 0, "it is neither's own");
        assert_eq!(cell["nationwide"][0]["node"]["id"], "agency");
    }
    let gaps = folder.run("gaps west --json").json();
    let lacks = gaps["gaps"].as_array().unwrap().iter();
    let lacks: Vec<_> = lacks.map(|it| (&it["role"]["id"], &it["stage"]["id"])).collect();
    assert!(!lacks.iter().any(|(role, stage)| **role == "reviewer" || **stage == "review"));
    let risk = folder.run("risk --region east --json").json();
    let staffed = risk["stages"].as_array().unwrap().last().unwrap();
    assert_eq!(staffed["actors"][0]["id"], "agency");
}

#[test]
fn a_list_left_open_has_no_shares() {
    let folder = atlas();
    let page = folder.run("trace --region east --lang ja").found();
    assert!(page.contains("東病院 等"), "{page}");
    let risk = folder.run("risk --region east --json").json();
    assert_eq!(risk["open"], true);
    assert_eq!(folder.run("risk --region west --json").json()["open"], false);
    let gaps = folder.run("gaps west --against east --json").json();
    assert_eq!(gaps["open"], true);
    let page = folder.run("risk --region east").found();
    assert!(page.contains("so there are more") && !page.contains('%'), "{page}");
    let rows = folder.run("compare east west --json").json();
    assert_eq!(rows["rows"][0]["cells"][0]["share"], serde_json::Value::Null);
    assert_eq!(rows["rows"][0]["cells"][1]["share"], 1.0);
    let relation = &folder.run("list relations --json").json();
    let open = relation.as_array().unwrap().iter().filter(|it| it["open"] == true);
    assert_eq!(open.count(), 1);
}
