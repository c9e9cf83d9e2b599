//! `medclust path`: routes, by the vocabulary's directions and never through a generic role.

use medclust::graph::Node;
use medclust::query::ends::End;
use medclust::query::path::{Question, Steps, path};
use serde_json::Value;

use crate::harness::{atlas, each, found, ids, json, run, text};

/// The ids of the nodes of each route.
fn routes(line: &str) -> Vec<Vec<String>> {
    let answer = json(line);
    answer["routes"].as_array().unwrap().iter().map(|route| each(&route["nodes"], "/id")).collect()
}

fn place(route: &[String], id: &str) -> usize {
    route.iter().position(|node| node == id).unwrap_or_else(|| panic!("no {id} in {route:?}"))
}

#[test]
fn routes_for_people() {
    insta::assert_snapshot!("approval_en", found("path 国循 承認取得"));
    insta::assert_snapshot!("approval_ja", found("path 国循 承認取得 --lang ja"));
}

#[test]
fn approval_is_reached_through_trials_and_review() {
    for route in routes("path 国循 承認取得 -k 4") {
        assert_eq!((&*route[0], &*route[route.len() - 1]), ("ncvc", "approval"));
        assert!(place(&route, "clinical-research") < place(&route, "review"), "{route:?}");
    }
}

#[test]
fn from_a_need_to_the_market_the_pipeline_is_walked() {
    let pipeline = [
        "clinical-need",
        "research-and-development",
        "clinical-research",
        "review",
        "approval",
        "market-development",
    ];
    for line in ["path 利用現場のニーズ 販路開拓", "path needs market"] {
        assert_eq!(ids(line), pipeline, "{line}");
    }
    assert_eq!(run("path 販路開拓 利用現場のニーズ").status, 1, "never silently backwards");
}

#[test]
fn minnesota_and_osaka_meet_in_the_university_that_the_hub_names() {
    for route in routes("path mayo-clinic osaka-university -k 2") {
        place(&route, "umn");
    }
    let none = run("path mayo-clinic osaka-university --avoid umn");
    assert_eq!((none.status, none.out.as_str()), (1, ""));
}

#[test]
fn no_route_leaves_one_context_for_another_through_the_generic_role() {
    let graph = atlas();
    let ask = |from: Node<'_>, to: Node<'_>| -> Vec<Vec<String>> {
        let question = Question {
            from: End::at(from),
            to: End::at(to),
            via: vec![],
            max_hops: None,
            steps: Steps::default(),
            count: Some(3),
        };
        let ids = |route: medclust::query::path::Route| -> Vec<String> {
            route.nodes.iter().map(|node| node.id().to_owned()).collect()
        };
        path(&graph, &question).routes().map(ids).collect()
    };
    let mut pairs = 0;
    for from in graph.nodes() {
        let Some(generic) = from.generic() else {
            continue;
        };
        for to in graph.nodes().filter(|to| *to != from && to.generic() == Some(generic)) {
            pairs += 1;
            for route in ask(from, to) {
                let passes = route.iter().any(|id| id == generic.id());
                assert!(!passes, "{from:?} to {to:?}: {route:?}");
            }
        }
    }
    assert!(pairs > 30, "the atlas has roles in several contexts: {pairs}");
}

#[test]
fn a_route_is_what_its_hops_say() {
    let traverse: Vec<(String, String)> = json("list relation-kinds")
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| (text(kind, "/id").to_owned(), text(kind, "/traverse").to_owned()))
        .collect();
    let relations = json("list relations");
    let stands = |kind: &str, from: &str, to: &str| {
        let same = |it: &&Value| it["kind"] == kind && it["from"] == from && it["to"] == to;
        relations.as_array().unwrap().iter().filter(same).count()
    };
    for line in ["mayo-clinic osaka-university", "medtronic 販路開拓", "umn 承認取得", "国循 umn"]
    {
        let answer = run(&format!("path {line} -k 5 --json")).json();
        for route in answer["routes"].as_array().unwrap() {
            let nodes = each(&route["nodes"], "/id");
            let steps = route["steps"].as_array().unwrap();
            assert_eq!(route["hops"].as_u64(), Some(steps.len() as u64));
            assert_eq!(route["cost"].as_u64(), Some(steps.len() as u64));
            assert_eq!(nodes.len(), steps.len() + 1);
            for (step, ends) in steps.iter().zip(nodes.windows(2)) {
                assert_eq!([text(step, "/from"), text(step, "/to")], [&ends[0], &ends[1]]);
                let used = step["relations"].as_array().unwrap();
                let mut parallel = 0;
                for (kind, way) in &traverse {
                    let forward = if way == "never" { 0 } else { stands(kind, &ends[0], &ends[1]) };
                    let backward = if way == "both" { stands(kind, &ends[1], &ends[0]) } else { 0 };
                    parallel += forward + backward;
                }
                assert_eq!(used.len(), parallel, "all parallel relations: {step}");
                for relation in used {
                    let kind = text(relation, "/kind");
                    let (from, to) = match text(relation, "/direction") {
                        "forward" => (&ends[0], &ends[1]),
                        "backward" => (&ends[1], &ends[0]),
                        other => panic!("{other}"),
                    };
                    assert!(stands(kind, from, to) > 0, "{kind} {from} {to}");
                    assert!(relation.get("in").is_some() && relation["sources"].is_array());
                    assert!(!text(relation, "/basis").is_empty());
                }
            }
        }
    }
}

#[test]
fn what_is_inherited_cites_its_own_context_and_says_so() {
    let answer = json("path 国循 承認取得 -k 4");
    let routes = answer["routes"].as_array().expect("a list");
    assert_eq!(routes.len(), 4);
    for route in routes {
        let step = |number: usize| &route["steps"][number]["relations"][0];
        let (plays, acts) = (step(0), step(1));
        assert_eq!((text(plays, "/kind"), text(acts, "/kind")), ("plays", "acts-in"));
        assert_eq!((&plays["in"], &plays["sources"]), (&acts["in"], &acts["sources"]));
        assert_eq!(text(acts, "/inherited_from"), "clinical-application");
        assert!(plays["inherited_from"].is_null());
    }
    assert!(found("path 国循 承認取得 --lang ja").contains("推定・高・継承"));
}

#[test]
fn what_a_role_does_in_one_context_leads_nowhere_in_another() {
    // Of Minnesota's map is known that consultants help through the review; of Osaka's hub it is not.
    let run = run("path 国循 承認取得 --avoid 臨床研究・治験 --json");
    assert_eq!(run.status, 1, "{}", run.out);
}

#[test]
fn parallel_relations_are_shown_together() {
    let answer = json("path mayo-clinic osaka-university");
    let steps = answer["routes"][0]["steps"].as_array().unwrap();
    let hub = steps.iter().find(|step| step["from"] == "umn").expect("it leaves umn");
    assert_eq!(each(&hub["relations"], "/kind"), ["participates-in", "advises"]);
}

#[test]
fn more_routes_are_longer_and_simple_and_all_different() {
    for line in ["国循 承認取得", "mayo-clinic osaka-university", "aist 審査"] {
        let many = routes(&format!("path {line} -k 12"));
        assert!(many.is_sorted_by_key(Vec::len), "{line}");
        for (at, route) in many.iter().enumerate() {
            assert!(!many[..at].contains(route), "{line}: twice");
            let mut nodes = route.clone();
            nodes.sort();
            nodes.dedup();
            assert_eq!(nodes.len(), route.len(), "{line}: a node twice");
        }
        assert_eq!(routes(&format!("path {line}")), many[..1], "the default is the best one");
        let told = json(&format!("path {line}"))["equally_short"].as_u64().unwrap() as usize;
        let short = many.iter().filter(|route| route.len() == many[0].len()).count();
        assert_eq!(short, told.min(12), "{line}");
        assert!(
            told == 1 || found(&format!("path {line}")).contains(&format!("1 of {told} equal"))
        );
    }
}

#[test]
fn via_and_avoid_are_kept() {
    for route in routes("path 国循 承認取得 --via 大阪大学 -k 3") {
        assert!(place(&route, "osaka-university") > 0);
    }
    let free = routes("path 国循 承認取得 -k 4");
    let avoided = &free[0][1];
    let others = routes(&format!("path 国循 承認取得 --avoid {avoided} -k 4"));
    assert!(others.iter().all(|route| !route.contains(avoided)));
    assert!(free.iter().filter(|route| !route.contains(avoided)).all(|it| others.contains(it)));
    assert_eq!(run("path 国循 承認取得 --avoid 国循").status, 1);
    assert_eq!(run("path 国循 承認取得 --via 審査 --avoid 審査").status, 1);
}

#[test]
fn avoiding_the_end_leaves_no_route() {
    assert_eq!(run("path 国循 承認取得 --avoid approval").status, 1);
}

#[test]
fn regions_programs_and_roles_stand_for_their_members() {
    let hospitals = ids("list --role trial-hospital@super-tokku --type hospital");
    for route in routes("path role:trial-hospital@super-tokku approval -k 5") {
        assert!(hospitals.contains(&route[0]), "{route:?}");
    }
    let answer = json("path role:trial-hospital@super-tokku approval");
    let any: Vec<&str> =
        answer["from_any"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(any, hospitals);
    let kansai = ids("list nodes --region kansai");
    for (line, at) in [("path region:kansai approval -k 9", 0), ("path stanford kansai -k 9", 1)] {
        for route in routes(line) {
            let end = if at == 0 { &route[0] } else { &route[route.len() - 1] };
            assert!(kansai.contains(end), "{line}: {route:?}");
            assert_eq!(route.iter().filter(|node| kansai.contains(node)).count(), 1, "{route:?}");
        }
    }
    let takes_part = ids("list nodes --program super-tokku");
    assert!(routes("path super-tokku approval -k 20").iter().all(|it| takes_part.contains(&it[0])));
}

#[test]
fn all_routes_come_in_order_and_end_with_the_limit() {
    let all = routes("path ncvc umn --all --max-hops 6");
    assert!(all.len() > 9 && all.is_sorted_by_key(Vec::len), "{}", all.len());
    assert!(all.iter().all(|route| route.len() <= 7));
    assert_eq!(routes("path ncvc umn -k 9 --max-hops 6"), all[..9]);
    assert_eq!(routes("path ncvc umn --all --limit 3 --max-hops 6"), all[..3]);
    let lines = found("path ncvc umn --all --max-hops 6 --format ndjson");
    assert_eq!(lines.lines().count(), all.len());
    assert_eq!(ids("path ncvc umn --all --limit 2"), all[..2].concat());
}

#[test]
fn weights_change_what_is_best() {
    let hops = |line: &str| json(line)["routes"][0]["hops"].as_u64().unwrap();
    assert_eq!(hops("path ncvc umn"), 3);
    let dear = "path ncvc umn --weight provides-seeds-to=9.5";
    let answer = json(dear);
    let best = &answer["routes"][0];
    let kinds = each(&best["steps"], "/relations/0/kind");
    assert!(!kinds.contains(&"provides-seeds-to".to_owned()), "{kinds:?}");
    assert!(found(dear).contains("hops"), "the table tells hops");
    let cheap = json("path ncvc umn --weight provides-seeds-to=0.25,participates-in=0");
    assert_eq!(cheap["routes"][0]["cost"].as_f64(), Some(0.25));
    let page = found("path ncvc umn --weight provides-seeds-to=0.25");
    assert!(page.contains("3 hops, cost 2.25"), "{page}");
}

#[test]
fn bounds_kinds_and_bases_are_kept() {
    assert_eq!(routes("path 国循 承認取得 --max-hops 4")[0].len(), 5);
    assert_eq!(run("path 国循 承認取得 --max-hops 3").status, 1);
    assert_eq!(run("path 国循 承認取得 --without acts-in").status, 1);
    assert_eq!(run("path needs market --basis stated").status, 1, "the arrows are inferred");
    assert_eq!(routes("path needs market --basis stated --basis inferred").len(), 1);
    assert_eq!(run("path 優先審査の導入 承認取得").status, 1, "to be helped is no step");
    assert_eq!(ids("path 優先審査の導入 審査 --follow supports"), ["priority-review", "review"]);
    assert_eq!(run("path 販路開拓 needs --both-ways").status, 0);
    assert_eq!(ids("path needs needs"), ["clinical-need"]);
}

#[test]
fn where_there_is_no_route_each_relaxation_told_gives_one() {
    for line in [
        "path 販路開拓 needs",
        "path 優先審査の導入 審査",
        "path 国循 承認取得 --max-hops 3",
        "path needs market --basis stated",
    ] {
        let none = run(line);
        assert_eq!((none.status, none.out.as_str()), (1, ""), "{line}");
        assert!(none.err.starts_with("no route from "), "{}", none.err);
        let offers: Vec<&str> = none
            .err
            .lines()
            .skip(1)
            .map(|offer| offer.split(" would give").next().unwrap())
            .collect();
        assert!(!offers.is_empty(), "{line}: {}", none.err);
        for offer in offers {
            let offer = offer.trim();
            let relaxed = match offer.strip_prefix("without ") {
                Some(option) => line.split(option).next().unwrap().to_owned(),
                None if offer.starts_with("--max-hops") => {
                    format!("{} {offer}", line.split("--max-hops").next().unwrap())
                }
                None => format!("{line} {offer}"),
            };
            assert_eq!(run(&relaxed).status, 0, "{line}: {offer}");
        }
        let empty = run(&format!("{line} --json"));
        assert_eq!(empty.json()["routes"], serde_json::json!([]), "{line}");
    }
}

#[test]
fn what_path_does_not_know_is_refused() {
    for (line, told) in [
        ("path ncvc", "TO"),
        ("path ncvc nobody-there", "nobody-there"),
        ("path ncvc aist -k 0", "a whole number from 1"),
        ("path ncvc aist --follow suports", "supports"),
        ("path ncvc aist --without xyz", "acts-in"),
        ("path ncvc aist --basis rumour", "inferred"),
        ("path ncvc aist --max-hops few", "few"),
        (
            "path ncvc umn-mdc --via umn --via ncvc --via aist --via dic --via mhi --via umn-otc --via abbott \
             --via nipro --via kaneka --via terumo --via olympus --via toyobo --via medtronic",
            "a part of the way",
        ),
        ("path ncvc aist --weight plays", "plays=0.5"),
        ("path ncvc aist --weight play=2", "plays"),
        ("path ncvc aist --weight plays=-1", "`-1`"),
    ] {
        let err = run(line).refused();
        assert!(err.contains(told), "{line}: {err}");
    }
}

#[test]
fn where_no_route_passes_a_node_it_is_told_soon_and_truly() {
    for via in ["mhi", "abbott", "nipro"] {
        let run = run(&format!("path 国循 承認取得 --via {via} -k 50"));
        assert_eq!(run.status, 1);
        assert!(run.err.contains("without --via"), "{}", run.err);
    }
}
