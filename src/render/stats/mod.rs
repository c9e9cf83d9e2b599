//! Figures as pages, sheets and records.

mod brokers;
mod columns;
mod page;

use serde_json::Value;

use super::grid::word;
use super::grid::{Answer, Block, Grid};
use super::value;
use crate::lang::Lang;
use crate::query::stats::{self, Count, Roles};

impl Answer for stats::Answer<'_> {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(self)))
    }

    fn sheet(&self) -> Grid {
        let mut sheet = Sheet::default();
        sheet.nodes(self);
        sheet.relations(self);
        sheet.network(self);
        sheet.brokers(self);
        let headers = ["section", "key", "figure", "value"];
        Grid { headers: headers.map(str::to_owned).to_vec(), rows: sheet.0, ..Grid::default() }
    }

    fn ids(&self) -> Vec<String> {
        self.network.top.iter().map(|position| position.node.id.to_owned()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        page::page(self, lang)
    }
}

/// Rows of one figure each: of what section, of what in it, which figure, and its value.
#[derive(Default)]
struct Sheet(Vec<Vec<String>>);

impl Sheet {
    fn add(&mut self, section: &str, key: &str, figure: &str, value: impl ToString) {
        let cells = [section, key, figure].map(str::to_owned);
        self.0.push([&cells[..], &[value.to_string()]].concat());
    }

    fn count(&mut self, section: &str, key: &str, count: Count) {
        self.add(section, key, "total", count.total);
        self.add(section, key, "derived", count.derived);
    }

    fn nodes(&mut self, stats::Answer { nodes, .. }: &stats::Answer) {
        self.count("nodes", "", nodes.count);
        for kind in &nodes.by_kind {
            self.count("nodes-by-kind", kind.kind.as_str(), kind.count);
        }
        for of in &nodes.by_type {
            let key = format!("{}:{}", of.kind, of.r#type.unwrap_or_default());
            self.count("nodes-by-type", &key, of.count);
        }
        for layer in &nodes.by_layer {
            self.count("nodes-by-layer", &layer.layer.to_string(), layer.count);
        }
        for basis in &nodes.by_basis {
            self.count("nodes-by-basis", &word(Some(basis.basis)), basis.count);
        }
    }

    fn relations(&mut self, stats::Answer { relations, .. }: &stats::Answer) {
        self.count("relations", "", relations.count);
        for kind in &relations.by_kind {
            self.count("relations-by-kind", kind.kind, kind.count);
        }
        for layer in &relations.by_layer {
            self.count("relations-by-layer", &layer.layer.to_string(), layer.count);
        }
        for basis in &relations.by_basis {
            self.count("relations-by-basis", &word(Some(basis.basis)), basis.count);
        }
    }

    fn network(&mut self, stats::Answer { network, .. }: &stats::Answer) {
        for (figure, value) in [
            ("nodes", network.nodes),
            ("links", network.links),
            ("components", network.components),
            ("largest", network.largest),
            ("isolated", network.isolated),
        ] {
            self.add("network", "", figure, value);
        }
        self.add("network", "", "pivots", word(network.pivots));
        for part in &network.sizes {
            self.add("components-by-size", &part.nodes.to_string(), "components", part.components);
        }
        for node in &network.articulation_points {
            self.add("articulation-points", node.id, "articulation", true);
        }
        for position in &network.top {
            let mut add = |figure, value: String| {
                self.add("network-node", position.node.id, figure, value);
            };
            add("degree", position.degree.to_string());
            add("out", position.out.to_string());
            add("in", position.r#in.to_string());
            add("betweenness", word(Some(position.betweenness)));
            add("articulation", position.articulation.to_string());
        }
    }

    fn brokers(&mut self, stats::Answer { brokers, .. }: &stats::Answer) {
        let Some(brokers) = brokers else {
            return;
        };
        self.add("brokers", "", "nodes", brokers.nodes);
        self.add("brokers", "", "ties", brokers.ties);
        for broker in &brokers.top {
            let id = broker.node.id;
            self.add("broker", id, "sector", broker.sector.unwrap_or_default());
            self.add("broker", id, "region", broker.region.as_ref().map_or("", |it| it.id));
            self.add("broker", id, "pairs", broker.pairs);
            self.add("broker", id, "constraint", word(broker.constraint));
            self.roles("broker-between-sectors", id, &broker.sectors);
            self.roles("broker-between-regions", id, &broker.regions);
        }
    }

    fn roles(&mut self, section: &str, id: &str, roles: &Roles) {
        for (figure, value) in [
            ("coordinator", roles.coordinator),
            ("itinerant", roles.itinerant),
            ("gatekeeper", roles.gatekeeper),
            ("representative", roles.representative),
            ("liaison", roles.liaison),
            ("total", roles.total),
            ("unknown", roles.unknown),
        ] {
            self.add(section, id, figure, value);
        }
    }
}
