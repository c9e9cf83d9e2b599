//! The JSON forms of networkx, of JSON Graph Format and of Cytoscape.

use serde_json::{Map, Value, json};

use super::Part;
use super::records::{object, of_node, of_relation};

fn node_of(part: &Part, at: usize) -> Map<String, Value> {
    let node = part.nodes[at];
    let mut record = object(&of_node(node));
    record.insert("label".to_owned(), node.name(part.lang).into());
    record
}

fn relation_of(part: &Part, at: usize) -> Map<String, Value> {
    let relation = part.relations[at];
    let mut record = object(&of_relation(relation));
    record.insert("kind".to_owned(), relation.kind().id().into());
    record.insert("label".to_owned(), relation.kind().short(part.lang).into());
    record
}

/// Writes the node-link form of networkx (3.4 and later: `edges`), a directed multigraph.
pub fn node_link(part: &Part) -> String {
    let nodes = (0..part.nodes.len()).map(|at| {
        let mut record = node_of(part, at);
        record.insert("id".to_owned(), part.nodes[at].id().into());
        Value::Object(record)
    });
    let edges = (0..part.relations.len()).map(|at| {
        let relation = part.relations[at];
        let mut record = relation_of(part, at);
        record.insert("source".to_owned(), relation.from().id().into());
        record.insert("target".to_owned(), relation.to().id().into());
        record.insert("key".to_owned(), at.into());
        Value::Object(record)
    });
    pretty(&json!({
        "directed": true,
        "multigraph": true,
        "graph": {},
        "nodes": nodes.collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(),
    }))
}

/// Writes JSON Graph Format, version 2.
pub fn json_graph(part: &Part) -> String {
    let nodes: Map<String, Value> = (0..part.nodes.len())
        .map(|at| {
            let node = part.nodes[at];
            let value = json!({"label": node.name(part.lang), "metadata": object(&of_node(node))});
            (node.id().to_owned(), value)
        })
        .collect();
    let edges = (0..part.relations.len()).map(|at| {
        let relation = part.relations[at];
        json!({
            "source": relation.from().id(),
            "target": relation.to().id(),
            "relation": relation.kind().id(),
            "directed": true,
            "label": relation.kind().short(part.lang),
            "metadata": object(&of_relation(relation)),
        })
    });
    let edges: Vec<Value> = edges.collect();
    pretty(
        &json!({"graph": {"directed": true, "type": "medclust", "nodes": nodes, "edges": edges}}),
    )
}

/// Writes the elements of Cytoscape.
pub fn cytoscape(part: &Part) -> String {
    let nodes = (0..part.nodes.len()).map(|at| {
        let mut record = node_of(part, at);
        record.insert("id".to_owned(), part.nodes[at].id().into());
        json!({"data": record})
    });
    let edges = (0..part.relations.len()).map(|at| {
        let relation = part.relations[at];
        let mut record = relation_of(part, at);
        // An id of a relation must be none of a node; no node's id has a colon.
        record.insert("id".to_owned(), format!("relation:{at}").into());
        record.insert("source".to_owned(), relation.from().id().into());
        record.insert("target".to_owned(), relation.to().id().into());
        json!({"data": record})
    });
    let (nodes, edges): (Vec<Value>, Vec<Value>) = (nodes.collect(), edges.collect());
    pretty(&json!({"elements": {"nodes": nodes, "edges": edges}}))
}

/// Returns JSON as people can read it.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
