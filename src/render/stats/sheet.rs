//! Figures for spreadsheets: of what section, of what in it, which figure, and its value.

use serde::Serialize;

use super::brokers::{ALL, BY_ROLE};
use crate::graph::Node;
use crate::lang::Lang;
use crate::model::Text;
use crate::query::stats::{
    Answer, Brokers, Count, NetworkFigures, NodeCounts, RelationCounts, Roles,
};
use crate::render::cell::spelling;
use crate::render::{Cell, Table};

/// A figure.
struct Row<'a> {
    section: &'static str,
    of: Of<'a>,
    figure: &'static str,
    value: Cell<'a>,
}

/// What a figure is of: its key, and what it is called where it has a name.
type Of<'a> = (String, Option<&'a Text>);

pub(super) fn sheet<'a>(answer: &'a Answer<'a>, lang: Lang) -> Table<'a> {
    let mut sheet = Sheet(Vec::new());
    sheet.nodes(&answer.nodes);
    sheet.relations(&answer.relations);
    sheet.network(&answer.network);
    if let Some(brokers) = &answer.brokers {
        sheet.brokers(brokers);
    }
    Table::of(sheet.0, lang)
        .sheet("section", |it| it.section.into())
        .sheet("key", |it| it.of.0.clone().into())
        .sheet("figure", |it| it.figure.into())
        .sheet("value", |it| it.value.clone())
        .both("key", |it| it.of.1)
        .table()
}

/// All there is of a section.
fn all<'a>() -> Of<'a> {
    (String::new(), None)
}

fn key<'a>(key: impl Serialize) -> Of<'a> {
    (spelling(key), None)
}

fn of(node: Node<'_>) -> Of<'_> {
    (node.id().to_owned(), Some(&node.record().name))
}

struct Sheet<'a>(Vec<Row<'a>>);

impl<'a> Sheet<'a> {
    fn add(
        &mut self,
        section: &'static str,
        of: Of<'a>,
        figure: &'static str,
        value: impl Serialize,
    ) {
        self.0.push(Row { section, of, figure, value: Cell::spelt(value) });
    }

    fn count(&mut self, section: &'static str, of: Of<'a>, count: Count) {
        self.add(section, of.clone(), "total", count.total);
        self.add(section, of, "derived", count.derived);
    }

    fn nodes(&mut self, nodes: &'a NodeCounts<'a>) {
        self.count("nodes", all(), nodes.count);
        for it in &nodes.by_kind {
            self.count("nodes-by-kind", key(it.kind), it.count);
        }
        for it in &nodes.by_type {
            let id = format!("{}:{}", it.kind, it.r#type.unwrap_or_default());
            self.count("nodes-by-type", (id, it.name), it.count);
        }
        for it in &nodes.by_layer {
            self.count("nodes-by-layer", key(it.layer), it.count);
        }
        for it in &nodes.by_basis {
            self.count("nodes-by-basis", key(it.basis), it.count);
        }
    }

    fn relations(&mut self, relations: &'a RelationCounts<'a>) {
        self.count("relations", all(), relations.count);
        for it in &relations.by_kind {
            self.count("relations-by-kind", (it.kind.to_owned(), Some(it.name)), it.count);
        }
        for it in &relations.by_layer {
            self.count("relations-by-layer", key(it.layer), it.count);
        }
        for it in &relations.by_basis {
            self.count("relations-by-basis", key(it.basis), it.count);
        }
    }

    fn network(&mut self, network: &'a NetworkFigures<'a>) {
        for (figure, value) in [
            ("nodes", Some(network.nodes)),
            ("links", Some(network.links)),
            ("components", Some(network.components)),
            ("largest", Some(network.largest)),
            ("isolated", Some(network.isolated)),
            ("pivots", network.pivots),
        ] {
            self.add("network", all(), figure, value);
        }
        for part in &network.sizes {
            self.add("components-by-size", key(part.nodes), "components", part.components);
        }
        for node in &network.articulation_points {
            self.add("articulation-points", of(*node), "articulation", true);
        }
        for position in &network.top {
            let section = "network-node";
            self.add(section, of(position.node), "degree", position.degree);
            self.add(section, of(position.node), "out", position.out);
            self.add(section, of(position.node), "in", position.r#in);
            self.add(section, of(position.node), "betweenness", position.betweenness);
            self.add(section, of(position.node), "articulation", position.articulation);
        }
    }

    fn brokers(&mut self, brokers: &'a Brokers<'a>) {
        self.add("brokers", all(), "nodes", brokers.nodes);
        self.add("brokers", all(), "ties", brokers.ties);
        for broker in &brokers.top {
            let node = broker.node;
            self.add("broker", of(node), "sector", broker.sector);
            self.add("broker", of(node), "region", broker.region.map(Node::id));
            self.add("broker", of(node), "pairs", broker.pairs);
            self.add("broker", of(node), "constraint", broker.constraint);
            self.roles("broker-between-sectors", node, &broker.sectors);
            self.roles("broker-between-regions", node, &broker.regions);
        }
    }

    fn roles(&mut self, section: &'static str, node: Node<'a>, roles: &Roles) {
        for pairs in BY_ROLE.into_iter().chain([ALL]) {
            self.add(section, of(node), pairs.key, (pairs.of)(roles));
        }
        self.add(section, of(node), "unknown", roles.unknown);
    }
}
