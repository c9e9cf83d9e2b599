//! `medclust gaps`: what is missing, what breaks for want of it, and who could fill it.

use serde_json::Value;

use crate::harness::{Folder, command, each, finish, found, ids, json, run, text};

/// The gaps of an answer that are of this kind, as `missing: what`.
fn of_kind(answer: &Value, kind: &str) -> Vec<String> {
    let gaps = answer["gaps"].as_array().unwrap().iter().filter(|gap| gap["kind"] == kind);
    gaps.map(|gap| format!("{}: {}", text(gap, "/missing"), name(gap))).collect()
}

/// The id of what is missing.
fn name(gap: &Value) -> String {
    match text(gap, "/kind") {
        "flow" => ["/flow/from/id", "/flow/kind", "/flow/to/id"].map(|at| text(gap, at)).join(" "),
        kind => text(gap, &format!("/{kind}/id")).to_owned(),
    }
}

/// The gap of this name.
fn gap<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let gaps = answer["gaps"].as_array().unwrap();
    gaps.iter().find(|gap| name(gap) == id).unwrap_or_else(|| panic!("no {id} in {answer}"))
}

fn at_width(line: &str, columns: &str) -> String {
    let mut command = command(line.split_whitespace());
    command.env("COLUMNS", columns);
    finish(command).found()
}

#[test]
fn gaps_for_people() {
    for (name, line) in [
        ("kansai", "gaps kansai --against minnesota"),
        ("hub", "gaps incubation-hub --against minnesota"),
    ] {
        insta::assert_snapshot!(format!("{name}_en"), at_width(line, "100"));
        insta::assert_snapshot!(
            format!("{name}_ja"),
            at_width(&format!("{line} --lang ja"), "100")
        );
    }
    let line = "gaps kansai --against minnesota --evidence --limit 3 --top 1";
    insta::assert_snapshot!("evidence_en", at_width(line, "120"));
    insta::assert_snapshot!("evidence_ja", at_width(&format!("{line} --lang ja"), "120"));
}

#[test]
fn kansai_lacks_who_knows_the_need_and_who_takes_it_through_review() {
    let answer = json("gaps kansai --against minnesota");
    assert_eq!([text(&answer, "/of/id"), text(&answer, "/against/id")], ["kansai", "minnesota"]);
    // Two hospitals, nine developers, two consultants and six sellers are named; nobody for the rest.
    assert_eq!(answer["staffed_routes"], 2 * 9 * 2 * 6);
    assert_eq!(
        answer["count"].as_u64().unwrap() as usize,
        answer["gaps"].as_array().unwrap().len()
    );
    for id in ["consulting-company", "clinical-need", "review"] {
        let gap = gap(&answer, id);
        assert_eq!(
            (&gap["breaks"]["share"], text(gap, "/state")),
            (&1.0.into(), "unknown"),
            "{id}"
        );
    }
    // Its trial hospitals and laboratories play these under other names.
    let absent = ["materials-supplier", "donor", "medical-research", "engineering-research"];
    assert!(absent.iter().all(|id| !of_kind(&answer, "role").contains(&format!("member: {id}"))));
    let need = &gap(&answer, "clinical-need")["fillers"][0];
    assert_eq!(
        [text(need, "/node/id"), text(need, "/where")],
        ["osaka-university-hospital", "within"]
    );
    assert_eq!(
        [text(need, "/because"), text(need, "/fills/id")],
        ["plays-role", "medical-research"]
    );
    assert_eq!(text(need, "/role/id"), "trial-hospital@super-tokku");
    assert_eq!(each(&need["evidence"], "/kind"), ["plays", "acts-in"]);
    let review = &gap(&answer, "review")["fillers"][0];
    assert_eq!([text(review, "/where"), text(review, "/because")], ["within", "supports-stage"]);
}

#[test]
fn the_route_that_ties_one_elsewhere_is_the_one_that_path_finds() {
    let answer = json("gaps kansai --against minnesota");
    let mut routes = 0;
    for gap in answer["gaps"].as_array().unwrap() {
        for filler in gap["fillers"].as_array().unwrap() {
            let id = text(filler, "/node/id");
            if filler["where"] == "within" {
                assert!(filler["route"].is_null(), "{id}");
                continue;
            }
            let (to, from) = (
                run(&format!("path {id} kansai --json")),
                run(&format!("path kansai {id} --json")),
            );
            let best = [to, from].map(|run| run.json()["routes"][0].clone());
            let hops = |route: &Value| route["hops"].as_u64().unwrap_or(u64::MAX);
            let least = if hops(&best[0]) <= hops(&best[1]) { &best[0] } else { &best[1] };
            let steps = least["steps"].as_array().cloned().unwrap_or_default();
            let kinds: Vec<String> =
                steps.iter().flat_map(|step| each(&step["relations"], "/kind")).collect();
            let is_whole = !least.is_null() && kinds.iter().all(|kind| kind == "part-of");
            let tie = if is_whole { &Value::Null } else { least };
            // `path` tells more of a route.
            for key in ["cost", "hops", "nodes", "steps"] {
                assert_eq!(filler["route"][key], tie[key], "{id}");
            }
            routes += usize::from(!tie.is_null());
        }
    }
    assert!(routes > 8, "{routes}");
}

#[test]
fn a_hub_says_which_of_its_boxes_are_empty() {
    let answer = json("gaps incubation-hub");
    let nobody = gap(&answer, "learner");
    assert_eq!([text(nobody, "/state"), text(nobody, "/missing")], ["nobody-named", "member"]);
    assert_eq!(nobody["fillers"], Value::Array(vec![]));
    assert!(each(&nobody["evidence"], "/kind").contains(&"in".to_owned()), "what draws the box");
    let trains = gap(&answer, "incubation-hub trains learner");
    assert_eq!(text(trains, "/state"), "nobody-named");
    let consultant = gap(&answer, "consulting-company");
    assert_eq!(text(consultant, "/state"), "nobody-named");
    assert_eq!(text(consultant, "/fillers/0/where"), "elsewhere");
    assert!(consultant["fillers"][0]["route"].is_null(), "no route ties them");
    let page = found("gaps incubation-hub");
    assert!(page.contains("role: Learner") && page.contains("drawn, nobody named"), "{page}");
}

#[test]
fn every_gap_says_what_it_rests_on() {
    for line in ["gaps kansai --against minnesota", "gaps super-tokku --against kansai", "gaps umn"]
    {
        for gap in json(line)["gaps"].as_array().unwrap() {
            // Against the whole atlas a stage may be missing because nobody is known anywhere.
            let is_known = line.contains("--against");
            assert!(!is_known || !gap["evidence"].as_array().unwrap().is_empty(), "{line}: {gap}");
            for filler in gap["fillers"].as_array().unwrap() {
                assert!(!filler["evidence"].as_array().unwrap().is_empty(), "{line}: {filler}");
            }
        }
    }
    let (plain, shown) = (found("gaps kansai"), found("gaps kansai --evidence"));
    assert!(!plain.contains("BASIS") && shown.contains("BASIS") && shown.contains("SOURCES"));
    assert!(shown.contains("minnesota-map:71-72") && shown.contains("inferred, medium"));
    assert_eq!(json("gaps kansai --evidence"), json("gaps kansai"), "JSON has it anyway");
}

#[test]
fn limits_and_bases_are_kept() {
    let all = json("gaps kansai");
    let some = json("gaps kansai --limit 4 --top 1");
    assert_eq!(some["gaps"].as_array().unwrap().len(), 4);
    assert_eq!(some["count"], all["count"]);
    for (one, other) in some["gaps"].as_array().unwrap().iter().zip(all["gaps"].as_array().unwrap())
    {
        assert_eq!((name(one), &one["candidates"]), (name(other), &other["candidates"]));
        assert_eq!(one["fillers"][0], other["fillers"][0]);
        assert!(one["fillers"].as_array().unwrap().len() <= 1);
    }
    assert!(found("gaps kansai --limit 4").contains("The first 4 of "));
    // What leads from stage to stage is read from the layout, so no way is stated.
    let stated = json("gaps kansai --against minnesota --basis stated");
    assert_eq!(
        (&stated["staffed_routes"], &stated["gaps"][0]["breaks"]["share"]),
        (&0.into(), &Value::Null)
    );
    for gap in stated["gaps"].as_array().unwrap() {
        let bases = each(&gap["evidence"], "/basis");
        assert!(bases.iter().all(|basis| basis == "stated"), "{gap}");
    }
}

#[test]
fn ids_tell_what_is_missing() {
    let ids = ids("gaps kansai --against minnesota");
    assert!(ids.contains(&"gap-fund".to_owned()), "{ids:?}");
    assert!(ids.contains(&"gap-fund funds engineering-research".to_owned()), "{ids:?}");
    let csv = found("gaps kansai --against minnesota --format csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let told = json("gaps kansai --against minnesota");
    let fillers = |gap: &Value| gap["fillers"].as_array().unwrap().len().max(1);
    let expected: usize = told["gaps"].as_array().unwrap().iter().map(fillers).sum();
    assert_eq!(rows.len(), expected);
}

#[test]
fn a_sheet_ends_with_the_names_of_its_ids() {
    let csv = found("gaps kansai --against minnesota --format csv");
    assert_eq!(csv, found("gaps kansai --against minnesota --format csv --lang ja"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |key: &str| header.iter().position(|it| it == key).unwrap_or_else(|| panic!("{key}"));
    assert!(at("route_sources") < at("role_ja"), "{header:?}");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (id, key, name) in [
        ("gap-fund", "role", "Gap fund"),
        ("funds", "flow", "funds"),
        ("engineering-research", "to", "Engineering research institute or university"),
        ("review", "stage", "Regulatory review"),
        ("kyoto-university", "filler", "Kyoto University"),
    ] {
        let row = rows.iter().find(|row| &row[at(key)] == id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(&row[at(&format!("{key}_en"))], name);
    }
    for row in &rows {
        let several = |key: &str| row[at(key)].split("; ").count();
        assert_eq!(several("route"), several("route_ja"), "{row:?}");
    }
}

#[test]
fn what_gaps_does_not_know_is_refused() {
    for (line, told) in [
        ("gaps", "NAME"),
        ("gaps nobody-there", "nobody-there"),
        ("gaps kansai --against nobody-there", "nobody-there"),
        ("gaps kansai --against kansai", "--against"),
        ("gaps 関西 --against Kansai", "kansai"),
        ("gaps gap-fund", "gap-fund"),
        ("gaps kansai --basis rumour", "inferred"),
        ("gaps kansai --top 0", "0"),
        ("gaps kansai --limit 0", "0"),
    ] {
        for lang in ["en", "ja"] {
            let err = run(&format!("{line} --lang {lang}")).refused();
            assert!(err.contains(told), "{line}: {err}");
        }
    }
}

#[test]
fn nothing_missing_is_said_and_is_no_answer() {
    let none = run("gaps umn --against mayo-clinic");
    assert_eq!((none.status, &*none.out), (1, ""));
    assert_eq!(
        none.err,
        "the atlas knows of nothing that Mayo Clinic has and University of Minnesota lacks\n"
    );
    let none = run("gaps umn --against mayo-clinic --json");
    assert_eq!((none.status, &none.json()["gaps"]), (1, &Value::Array(vec![])));
}

/// Two towns: `north` has a clinic that advises a maker, `south` both and no advice between them.
const TOWNS: &str = "
regions: [{id: north, name: {en: North}}, {id: south, name: {en: South}}]
roles: [{id: clinic, name: {en: Clinic}}, {id: maker, name: {en: Maker}}, {id: tester, name: {en: Tester}}]
stages: [{id: need, name: {en: Need}}, {id: market, name: {en: Market}}]
organizations:
  - {id: ward, name: {en: Ward}, region: north}
  - {id: forge, name: {en: Forge}, type: company, region: north}
  - {id: lab, name: {en: Lab}, type: company, region: north}
  - {id: spital, name: {en: Spital}, region: south}
  - {id: smithy, name: {en: Smithy}, type: company, region: south}
  - {id: bench, name: {en: Bench}, region: south, part_of: [smithy]}
programs: [{id: aid, name: {en: Aid}, region: north}]
relations:
  - {kind: plays, from: ward, to: clinic, in: north}
  - {kind: plays, from: forge, to: maker, in: north}
  - {kind: plays, from: spital, to: clinic, in: south}
  - {kind: plays, from: smithy, to: maker, in: south}
  - {kind: acts-in, from: clinic, to: need}
  - {kind: acts-in, from: maker, to: market}
  - {kind: next, from: need, to: market}
  - {kind: advises, from: clinic, to: maker, in: north}
";

fn towns(more: &str) -> Folder {
    Folder::with("atlas.yaml", format!("{TOWNS}{more}"))
}

#[test]
fn a_flow_between_two_who_are_both_here_is_all_that_is_missing() {
    let folder = towns("");
    let answer = folder.run("gaps south --against north --json").json();
    assert_eq!(of_kind(&answer, "role"), <[String; 0]>::default());
    let flow = gap(&answer, "clinic advises maker");
    assert_eq!([text(flow, "/state"), text(flow, "/missing")], ["unknown", "flow"]);
    assert_eq!(each(&flow["fillers"], "/node/id"), ["spital", "smithy"]);
    assert_eq!(each(&flow["fillers"], "/because"), ["is-here", "is-here"]);
    assert_eq!(flow["breaks"]["routes"], 1, "the one way needs both");
    let page = folder.run("gaps south --against north").found();
    assert!(
        page.contains("Spital → Smithy") && page.contains("only the flow is missing"),
        "{page}"
    );
    // Organizations that deal so with each other have the flow, whatever map it is drawn on.
    let folder = towns("  - {kind: advises, from: spital, to: smithy}\n");
    assert_eq!(folder.run("gaps south --against north").status, 1);
}

#[test]
fn an_empty_box_is_filled_from_where_somebody_plays_the_role() {
    let more = "  - {kind: supplies, from: tester, to: maker, in: south}
  - {kind: plays, from: lab, to: tester, in: north}
  - {kind: supplies, from: lab, to: smithy}
  - {kind: supports, from: aid, to: market}
";
    let answer = towns(more).run("gaps south --json").json();
    let tester = gap(&answer, "tester");
    assert_eq!(text(tester, "/state"), "nobody-named");
    assert_eq!(tester["fillers"][0]["route"]["hops"], 1);
    assert_eq!(each(&tester["fillers"][0]["route"]["nodes"], "/id"), ["lab", "smithy"]);
    // Lab supplies Smithy and plays the tester, but is not of South: the flow is still to be found here.
    assert_eq!(text(gap(&answer, "tester supplies maker"), "/state"), "nobody-named");
    let support = of_kind(&answer, "stage");
    assert_eq!(support, ["support: need", "support: market"]);
    assert_eq!(text(gap(&answer, "market"), "/fillers/0/node/id"), "aid");
}

#[test]
fn a_member_in_a_related_role_comes_before_anybody_elsewhere() {
    let more = "  - {kind: acts-in, from: tester, to: market}
  - {kind: plays, from: lab, to: tester, in: north}
";
    let answer = towns(more).run("gaps south --against north --json").json();
    let tester = gap(&answer, "tester");
    assert_eq!(
        (each(&tester["fillers"], "/node/id"), &tester["candidates"]),
        (vec!["smithy".into(), "lab".into()], &1.into())
    );
    assert_eq!(text(&tester["fillers"][0], "/where"), "within");
    assert_eq!(each(&tester["fillers"][0]["stages"], "/id"), ["market"]);
}

#[test]
fn an_organization_is_asked_for_its_own_flows_only() {
    let folder = towns("  - {kind: supplies, from: tester, to: clinic, in: north}\n");
    let flows = |name: &str| of_kind(&folder.run(&format!("gaps {name} --json")).json(), "flow");
    assert_eq!(flows("smithy"), ["flow: clinic advises maker"]);
    assert_eq!(flows("bench"), <[String; 0]>::default());
    assert_eq!(flows("ward"), ["flow: tester supplies clinic"], "nobody is named who does");
}

#[test]
fn more_ways_than_can_be_counted_are_weighed() {
    let named = |id: String| format!("{{id: {id}, name: {{en: {id}}}}}");
    let all = |prefix: &str, count: usize| -> Vec<String> {
        (0..count).map(|n| format!("{prefix}{n}")).collect()
    };
    let records = |ids: &[String]| ids.iter().cloned().map(named).collect::<Vec<_>>().join(", ");
    let (many, stages) = (all("o", 301), all("s", 8));
    let next =
        stages.windows(2).map(|it| format!("{{kind: next, from: {}, to: {}}}", it[0], it[1]));
    let atlas = format!(
        "regions: [{}]
roles: [{}]
stages: [{}]
organizations: [{}, {{id: here, name: {{en: Here}}, region: x0}}]
relations:
  - {{kind: acts-in, from: r0, to: [{}]}}
  - {{kind: acts-in, from: r1, to: s0}}
  - {{kind: plays, from: [{}], to: r0, in: x1}}
  - {{kind: plays, from: o0, to: r1, in: x1}}
  - {}
",
        records(&all("x", 2)),
        records(&all("r", 2)),
        records(&stages),
        records(&many),
        stages.join(", "),
        many[1..].join(", "),
        next.collect::<Vec<_>>().join("\n  - "),
    );
    let folder = Folder::with("atlas.yaml", atlas);
    let answer = folder.run("gaps x0 --json").json();
    let routes = answer["staffed_routes"].as_f64().unwrap();
    assert!((routes / (301.0 * 300f64.powi(7)) - 1.0).abs() < 1e-12, "{routes}");
    let share = |id: &str| gap(&answer, id)["breaks"]["share"].as_f64().unwrap();
    assert!((share("r1") - 1.0 / 301.0).abs() < 1e-9, "{}", share("r1"));
    assert!((share("r0") - 1.0).abs() < 1e-9);
    let page = folder.run("gaps x0 --limit 1").found();
    assert!(page.contains("of 6.6e19 combinations") && page.contains("6.6e19 (100%)"), "{page}");
}

#[test]
fn what_a_source_says_there_is_none_of_is_told_so() {
    let more = "  - {kind: plays, from: [], to: tester, in: south, sources: [notes]}
  - {kind: plays, from: lab, to: tester, in: north}
sources: [{id: notes}]
";
    let folder = towns(more);
    let answer = folder.run("gaps south --against north --json").json();
    assert_eq!(text(gap(&answer, "tester"), "/state"), "none-stated");
    let page = folder.run("gaps south --against north").found();
    assert!(page.contains("role: Tester") && page.contains("none, says the source"), "{page}");
}

#[test]
fn who_stands_in_is_of_the_type_that_does_it_elsewhere() {
    let answer = json("gaps kansai --against minnesota");
    let fund = gap(&answer, "gap-fund");
    assert_eq!(text(fund, "/fillers/0/node/id"), "minnesota-tech-fund", "no hospital is a fund");
    assert_eq!(text(fund, "/fillers/0/where"), "elsewhere", "in another country: an example");
    // Of like types alone: a college is no hospital, an office of patents no developer.
    let answer = json("gaps umn --against super-tokku");
    let hospital = gap(&answer, "clinical-research");
    let fillers = each(&hospital["fillers"], "/node/id");
    assert!(!fillers.contains(&"umn-science-engineering".to_owned()), "{fillers:?}");
}

#[test]
fn of_a_place_where_nobody_is_named_nothing_is_told() {
    for line in [
        "gaps israel --against minnesota",
        "gaps minnesota --against israel",
        "trace --region israel",
        "risk --region israel",
    ] {
        let none = run(line);
        assert_eq!((none.status, &*none.out), (1, ""), "{line}");
        assert!(none.err.contains("names nobody of Israel"), "{line}: {}", none.err);
        assert!(run(&format!("{line} --lang ja")).err.contains("イスラエル"), "{line}");
    }
    assert_eq!(run("gaps israel --json").json()["silent"], serde_json::json!(["israel"]));
    let beside = run("compare israel minnesota --by stage");
    assert_eq!(beside.status, 0);
    assert!(
        beside.out.contains("Israel: nobody is named; Minnesota: 18 organizations"),
        "{beside:?}"
    );
}

#[test]
fn roles_that_correspond_are_one() {
    let rows = json("compare kansai minnesota");
    let rows = rows["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["key"] == "medical-research").unwrap();
    assert_eq!(each(&row["cells"], "/state"), ["named", "named"]);
    assert_eq!(each(&row["cells"][0]["under"], "/id"), ["trial-hospital", "clinical-application"]);
    assert!(rows.iter().all(|row| row["key"] != "trial-hospital"));
    assert!(found("compare kansai minnesota --lang ja").contains("別の名: 治験拠点医療機関"));
    let players = ids("list organizations --role medical-research");
    assert!(
        ["mayo-clinic", "osaka-university-hospital"]
            .iter()
            .all(|id| players.contains(&(*id).into()))
    );
    // A narrower role stays itself where it is asked for.
    assert!(!ids("list organizations --role trial-hospital").contains(&"mayo-clinic".into()));
}

#[test]
fn an_organization_is_asked_only_for_what_its_like_play() {
    let clinic = "  - {kind: plays, from: [], to: tester, in: south}\n";
    let answer = towns(clinic).run("gaps bench --json").json();
    assert_eq!(answer["count"], 0, "nothing is known of the like of a bench");
}

#[test]
fn who_is_in_the_same_country_comes_before_an_example() {
    let atlas = "
regions:
  - {id: japan, type: country, name: {en: Japan}}
  - {id: osaka, name: {en: Osaka}, within: japan}
  - {id: tokyo, name: {en: Tokyo}, within: japan}
  - {id: usa, type: country, name: {en: USA}}
roles: [{id: fund, name: {en: Fund}}, {id: maker, name: {en: Maker}}]
organizations:
  - {id: abroad, name: {en: Abroad}, type: bank, region: usa}
  - {id: far, name: {en: Far}, type: bank, region: tokyo}
  - {id: shop, name: {en: Shop}, type: company, region: osaka}
  - {id: group, name: {en: Group}, type: bank}
  - {id: near, name: {en: Near}, type: bank, region: osaka}
  - {id: branch, name: {en: Branch}, type: bank, part_of: [shop], region: usa}
relations:
  - {kind: plays, from: [abroad, far, branch], to: fund, in: usa}
  - {kind: plays, from: shop, to: maker}
";
    let folder = Folder::with("atlas.yaml", atlas);
    let answer = folder.run("gaps osaka --against usa --json").json();
    let fund = gap(&answer, "fund");
    assert_eq!(each(&fund["fillers"], "/node/id"), ["far", "branch", "abroad"]);
    assert_eq!(each(&fund["fillers"], "/where"), ["same-country", "elsewhere", "elsewhere"]);
    assert_eq!([&fund["candidates"], &fund["examples"]], [1, 2]);
    assert_eq!(fund["fillers"][1]["route"], Value::Null, "to be a part is no tie");
    let page = folder.run("gaps osaka --against usa").found();
    assert!(page.contains("in the country: Far"), "{page}");
    // Of an organization, who is in its region is told to be; a region that is a country does not count.
    let near = atlas.replace("[abroad, far, branch]", "[abroad, near, shop]");
    let answer = Folder::with("atlas.yaml", near).run("gaps far --json").json();
    let fund = gap(&answer, "fund");
    assert_eq!(text(fund, "/fillers/0/where"), "same-country");
    assert!(fund["fillers"].as_array().unwrap().iter().all(|it| it["shares"].is_null()));
    let near = atlas
        .replace("[abroad, far, branch]", "[abroad, near]")
        .replace("Far}, type: bank, region: tokyo", "Far}, type: bank, region: osaka");
    let answer = Folder::with("atlas.yaml", near).run("gaps far --json").json();
    assert_eq!(text(gap(&answer, "fund"), "/fillers/0/shares/id"), "osaka");
}
