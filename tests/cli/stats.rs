//! `medclust stats`: counts, the network and brokers, held against what networkx says.

use serde_json::Value;

use crate::harness::{ATLAS, Folder, each, found, ids, json, run, text};

const SMALL: &str = "--data tests/cli/small.yaml";

#[test]
fn the_atlas_for_people() {
    insta::assert_snapshot!("atlas_en", found("stats"));
    insta::assert_snapshot!("atlas_ja", found("stats --lang ja"));
}

#[test]
fn a_region_for_people() {
    insta::assert_snapshot!("minnesota_en", found("stats --region minnesota --top 3"));
}

/// The field `key` of every item of a list that is told apart by `by`.
fn field(list: &Value, by: &str, of: &str, key: &str) -> u64 {
    let item = list.as_array().unwrap().iter().find(|item| item[by] == of);
    item.unwrap_or_else(|| panic!("{of} in {list}"))[key].as_u64().unwrap()
}

#[test]
fn counts_are_those_of_list() {
    for selection in ["", "--region minnesota", "--basis inferred", "--role medical-research"] {
        let stats = json(&format!("stats {selection}"));
        let count = |what: &str| ids(&format!("list {what} {selection}")).len() as u64;
        assert_eq!(stats["nodes"]["total"], count("nodes"), "{selection}");
        assert_eq!(stats["relations"]["total"], count("relations"), "{selection}");
        for kind in ["region", "organization", "role", "stage", "program"] {
            let told = field(&stats["nodes"]["by_kind"], "kind", kind, "total");
            assert_eq!(told, count(&format!("{kind}s")), "{kind} {selection}");
        }
        let relations = json(&format!("list relations {selection}"));
        let kinds = each(&relations, "/kind");
        for kind in each(&stats["relations"]["by_kind"], "/kind") {
            let told = field(&stats["relations"]["by_kind"], "kind", &kind, "total");
            assert_eq!(told, kinds.iter().filter(|it| **it == kind).count() as u64, "{kind}");
        }
        let derived = relations.as_array().unwrap().iter().filter(|it| it["derived"] == true);
        assert_eq!(stats["relations"]["derived"], derived.count(), "{selection}");
    }
}

#[test]
fn layers_are_counted_apart() {
    let mine = "organizations: [{id: optics, name: {en: Optics}}]";
    let folder = Folder::with("mine.yaml", mine);
    let line = format!("--data {ATLAS} --data {} stats", folder.typed());
    let stats = json(&line);
    let layers = &stats["nodes"]["by_layer"];
    assert_eq!(layers[0]["total"], json("stats")["nodes"]["total"]);
    assert_eq!(layers[1], serde_json::json!({"layer": 1, "total": 1, "derived": 0}));
    assert!(found(&line).contains("LAYER"));
}

/// A hash (FNV-1a, 64 bits) of what the figures of the atlas depend on.
fn fingerprint() -> String {
    let lines_of = |what: &str, name: &str, fields: &[&str]| -> Vec<String> {
        let line = |item: &Value| {
            let fields = fields.iter().map(|field| item[*field].as_str().unwrap_or_default());
            [name].into_iter().chain(fields).collect::<Vec<_>>().join("\t")
        };
        json(&format!("list {what}")).as_array().unwrap().iter().map(line).collect()
    };
    let mut lines = lines_of("nodes", "node", &["id", "kind", "type", "region"]);
    let relations = lines_of("relations", "relation", &["from", "kind", "to"]);
    // Kinds that no relation is of may come and go.
    let is_used = |kind: &String| {
        let id = kind.split('\t').nth(1).expect("an id");
        relations.iter().any(|relation| relation.split('\t').nth(2) == Some(id))
    };
    lines.extend(
        lines_of("relation-kinds", "kind", &["id", "traverse"]).into_iter().filter(is_used),
    );
    lines.extend(relations);
    lines.sort_unstable();
    let hash = lines.join("\n").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// What networkx makes of the atlas.
fn networkx() -> Value {
    let figures: Value =
        serde_json::from_str(include_str!("../fixtures/stats-networkx.json")).unwrap();
    assert_eq!(
        figures["fingerprint"],
        fingerprint(),
        "the atlas has changed since networkx counted it; count again (needs `pip install networkx`):\n  \
         python3 data-tools/stats-figures.py target/debug/medclust tests/atlas > tests/fixtures/stats-networkx.json\n"
    );
    figures
}

fn is_near(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => a == b,
    }
}

#[test]
fn the_network_is_as_networkx_sees_it() {
    let (expected, stats) = (&networkx()["network"], json("stats --top 1000000"));
    let network = &stats["network"];
    assert_eq!(network["pivots"], Value::Null);
    for figure in ["nodes", "links"] {
        assert_eq!(network[figure], expected[figure], "{figure}");
    }
    let components: Vec<u64> =
        expected["components"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    assert_eq!(network["components"], components.len());
    assert_eq!(network["largest"], components[0]);
    assert_eq!(network["isolated"], components.iter().filter(|size| **size == 1).count());
    let mut points = each(&network["articulation_points"], "/id");
    points.sort_unstable();
    assert_eq!(Value::from(points), expected["articulation_points"]);
    let positions = expected["positions"].as_object().unwrap();
    let top = network["top"].as_array().unwrap();
    assert_eq!(top.len(), positions.len());
    for position in top {
        let id = text(position, "/node/id");
        let is_point = expected["articulation_points"].as_array().unwrap().contains(&id.into());
        assert_eq!(position["articulation"], is_point, "{id}");
        assert_eq!(position["degree"], positions[id]["degree"], "{id}");
        let shares = [&position["betweenness"], &positions[id]["betweenness"]];
        assert!(is_near(shares[0], shares[1]), "{id} {shares:?}");
    }
}

#[test]
fn brokers_are_as_networkx_and_the_definition_say() {
    let (expected, stats) = (&networkx()["brokers"], json("stats --top 1000000"));
    let brokers = &stats["brokers"];
    for figure in ["nodes", "ties"] {
        assert_eq!(brokers[figure], expected[figure], "{figure}");
    }
    let positions = expected["positions"].as_object().unwrap();
    let top = brokers["top"].as_array().unwrap();
    assert_eq!(top.len(), positions.len());
    for broker in top {
        let id = text(broker, "/node/id");
        let [told, naive] = [&broker["constraint"], &positions[id]["constraint"]];
        assert!(is_near(told, naive), "{id} {told} {naive}");
        for groups in ["sectors", "regions"] {
            assert_eq!(broker[groups], positions[id][groups], "{id} {groups}");
        }
    }
}

#[test]
fn top_limits_both_rankings_and_keeps_their_order() {
    let (all, three) = (json("stats --top 1000000"), json("stats --top 3"));
    for section in ["network", "brokers"] {
        let (all, three) = (&all[section]["top"], three[section]["top"].as_array().unwrap());
        assert_eq!(three.len(), 3);
        assert_eq!(three[..], all.as_array().unwrap()[..3]);
    }
    assert_eq!(json("stats")["network"]["top"].as_array().unwrap().len(), 10);
    assert_eq!(ids("stats --top 3"), each(&three["network"]["top"], "/node/id"));
}

#[test]
fn following_more_kinds_links_more() {
    let (plain, more) = (json("stats"), json("stats --follow supports,within"));
    let links = |stats: &Value| stats["network"]["links"].as_u64().unwrap();
    assert!(links(&more) > links(&plain));
    let followed = |stats: &Value| {
        let kinds = stats["relations"]["by_kind"].as_array().unwrap().clone();
        kinds.into_iter().find(|kind| kind["kind"] == "within").unwrap()["followed"].clone()
    };
    assert_eq!([followed(&plain), followed(&more)], [Value::from(false), Value::from(true)]);
    assert_eq!(plain["relations"]["total"], more["relations"]["total"]);
}

#[test]
fn a_sheet_has_a_figure_a_row() {
    let csv = found(&format!("{SMALL} stats --top 2 --format csv"));
    for row in [
        "section,key,figure,value,key_ja,key_en",
        "nodes-by-kind,organization,total,4,,",
        "nodes-by-type,organization:company,total,2,企業,company",
        "network,,pivots,,,",
    ] {
        assert!(csv.lines().any(|line| line == row), "{row} in {csv}");
    }
    let of = |section: &str| csv.lines().filter(|line| line.starts_with(section)).count();
    assert_eq!([of("network-node,"), of("broker-between-sectors,")], [2 * 5, 2 * 7]);
}

#[test]
fn too_many_ties_are_said_to_be_uncounted() {
    // All of one box are tied to each other: so many of them in ten million ways.
    let members: Vec<String> = (0..3200).map(|n| format!("o{n}")).collect();
    let mut atlas = "roles: [{id: maker, name: {en: maker}}]\norganizations:\n".to_owned();
    for id in &members {
        atlas += &format!("  - {{id: {id}, name: {{en: {id}}}}}\n");
    }
    let plays = members.join(", ");
    atlas += &format!("relations: [{{kind: plays, from: [{plays}], to: maker}}]\n");
    let folder = Folder::with("atlas.yaml", atlas);
    let counted = folder.run("stats --json --top 1");
    assert_eq!(counted.status, 0);
    assert!(counted.err.contains("brokers are not counted: 10240000 pairs"), "{}", counted.err);
    let stats = counted.json();
    assert_eq!(stats["brokers"], Value::Null);
    assert_eq!(text(&stats, "/network/top/0/node/id"), "maker");
    assert_eq!(stats["network"]["top"][0]["betweenness"], 1.0);
    let ja = folder.run("stats --lang ja");
    assert!(ja.err.starts_with("仲介者は数えていません"), "{}", ja.err);
}

#[test]
fn nothing_selected_is_an_answer() {
    let run = run(&format!("{SMALL} stats --region texas --type city"));
    assert_eq!((run.status, &*run.out, &*run.err), (1, "", "nothing found\n"));
    let line = format!("{SMALL} stats --region texas --type city --json");
    let stats = crate::harness::run(&line).json();
    assert_eq!(stats["nodes"]["total"], 0);
    assert_eq!(stats["network"]["top"], serde_json::json!([]));
}

#[test]
fn what_it_does_not_know_is_refused() {
    for (line, told) in [
        ("stats --limit 0", "--limit"),
        ("stats --top many", "a whole number from 1"),
        ("stats --follow suports", "supports"),
        ("stats --region nowhere", "nowhere"),
        ("stats organizations", "organizations"),
    ] {
        let err = run(line).refused();
        assert!(err.contains(told), "{line}: {err}");
        assert!(!run(&format!("{line} --lang ja")).refused().is_ascii(), "{line}");
    }
}
