//! Laws of the page: its script finds the routes of `path` and the nodes of every name. They are run in Node,
//! where there is one.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use medclust::graph::{Graph, Node};
use medclust::lang::Lang;
use medclust::query::map::map;
use medclust::query::path::{Question as Asked, path};
use medclust::render::page::{Question, write};

use crate::harness::{atlas, shipped};

fn page(graph: &Graph) -> String {
    let question = Question {
        graph,
        nodes: graph.nodes().collect(),
        relations: graph.relations().collect(),
        places: map(graph, None, &[]),
        texts: BTreeMap::new(),
        lang: Lang::Ja,
    };
    write(&question, &[]).unwrap()
}

/// What the script of a page answers to `ask`, which sees `page` and `atlas`; nothing where there is no Node.
fn asked(html: &str, ask: &str) -> Option<serde_json::Value> {
    let between = |from: &str, to: &str| {
        let start = html.find(from).unwrap() + from.len();
        &html[start..start + html[start..].find(to).unwrap()]
    };
    let data = between("id=\"atlas\">", "</script>");
    let script = between("</script>\n<script>", "</script>");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.js"), script).unwrap();
    fs::write(folder.path().join("atlas.json"), data).unwrap();
    let ask =
        format!("const page = require('./page.js'); const atlas = require('./atlas.json');\n{ask}");
    fs::write(folder.path().join("ask.js"), ask).unwrap();
    let output = Command::new("node").arg("ask.js").current_dir(&folder).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Every so manieth pair of nodes; all take minutes.
const STEP: usize = 53;

fn pairs<'g>(graph: &'g Graph) -> Vec<(Node<'g>, Node<'g>)> {
    let nodes: Vec<Node> = graph.nodes().collect();
    let all = nodes.iter().flat_map(|from| nodes.iter().map(move |to| (*from, *to)));
    all.filter(|(from, to)| from != to).step_by(STEP).collect()
}

#[test]
fn the_script_finds_the_routes_of_path() {
    let graph = shipped();
    let pairs = pairs(&graph);
    let numbers: Vec<(u32, u32)> =
        pairs.iter().map(|(from, to)| (from.index(), to.index())).collect();
    let ask = format!(
        "console.log(JSON.stringify({}.map(([from, to]) => page.routes(atlas, from, to, 1)[0] ?? null)));",
        serde_json::to_string(&numbers).unwrap()
    );
    let Some(found) = asked(&page(&graph), &ask) else { return };
    let mut none = 0;
    for ((from, to), found) in pairs.iter().zip(found.as_array().unwrap()) {
        let best = path(&graph, &Asked::between(*from, *to)).best();
        let route = best.map(|it| it.route.nodes.iter().map(|it| it.index()).collect::<Vec<_>>());
        none += usize::from(route.is_none());
        assert_eq!(serde_json::json!(route), *found, "{} → {}", from.id(), to.id());
    }
    assert!(none > 0 && none < pairs.len());
}

#[test]
fn the_script_finds_every_name() {
    let graph = atlas();
    let names: Vec<(u32, String)> = graph
        .nodes()
        .flat_map(|node| node.names().map(move |name| (node.index(), name.to_owned())))
        .collect();
    let ask = format!(
        "console.log(JSON.stringify({}.filter(([number, name]) => !page.search(atlas, name, 9999).includes(number))));",
        serde_json::to_string(&names).unwrap()
    );
    let Some(missed) = asked(&page(&graph), &ask) else { return };
    assert!(names.len() > 300);
    assert!(missed == serde_json::json!([]), "{missed}");
}
