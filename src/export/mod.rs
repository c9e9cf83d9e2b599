//! Writes an atlas, or a part of it, in the formats of other tools: one file for each format, over the
//! same records.
//!
//! Every node and relation carries what its JSON does, flat: `name_ja`, `sources`, `basis`. What a
//! format cannot hold is counted, so that it can be told.

mod csv;
mod dot;
mod geojson;
mod gexf;
mod graphml;
mod json;
mod kumu;
mod linked;
mod mermaid;
mod records;
mod turtle;
mod xlsx;
mod xml;

use std::collections::BTreeSet;

use crate::graph::{Graph, Node, NodeSet, Relation, Source};
use crate::lang::{Lang, Message};
pub use records::{Record, Value};

/// What is exported: nodes, and the relations that hold between them.
pub struct Part<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// The nodes, in the order of the atlas.
    pub nodes: Vec<Node<'g>>,
    /// The relations with both ends among them, in the order of the atlas.
    pub relations: Vec<Relation<'g>>,
    /// The language of labels, for formats that have but one.
    pub lang: Lang,
}

/// A format of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workbook: nodes, relations, sources.
    Xlsx,
    /// Two tables with Gephi's headings.
    Csv,
    /// GraphML, with yEd's labels.
    Graphml,
    /// GEXF 1.3, of Gephi.
    Gexf,
    /// The node-link form of networkx.
    NodeLink,
    /// JSON Graph Format, version 2.
    JsonGraph,
    /// Elements of Cytoscape.
    Cytoscape,
    /// Graphviz.
    Dot,
    /// Mermaid.
    Mermaid,
    /// RDF in Turtle: W3C ORG, SKOS, PROV, schema.org.
    Turtle,
    /// The same as JSON-LD.
    JsonLd,
    /// Points on a map.
    Geojson,
    /// A drawing of Kumu.
    Kumu,
}

/// A file that an export is made of.
pub struct Exported {
    /// What stands before the name that is asked for: `nodes` and `relations` of two tables; empty of one file.
    pub part: &'static str,
    /// Its bytes; UTF-8 but for workbooks.
    pub bytes: Vec<u8>,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[
        Format::Xlsx,
        Format::Csv,
        Format::Graphml,
        Format::Gexf,
        Format::NodeLink,
        Format::JsonGraph,
        Format::Cytoscape,
        Format::Dot,
        Format::Mermaid,
        Format::Turtle,
        Format::JsonLd,
        Format::Geojson,
        Format::Kumu,
    ];

    /// Returns the format as it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Graphml => "graphml",
            Format::Gexf => "gexf",
            Format::NodeLink => "node-link",
            Format::JsonGraph => "json-graph",
            Format::Cytoscape => "cytoscape",
            Format::Dot => "dot",
            Format::Mermaid => "mermaid",
            Format::Turtle => "turtle",
            Format::JsonLd => "jsonld",
            Format::Geojson => "geojson",
            Format::Kumu => "kumu",
        }
    }
}

impl<'g> Part<'g> {
    /// Returns the part that these nodes make, with the relations between them.
    pub fn of(graph: &'g Graph, nodes: Vec<Node<'g>>, lang: Lang) -> Self {
        let set = NodeSet::of(graph, nodes.iter().copied());
        let is_in = |it: &Relation<'g>| set.contains(it.from()) && set.contains(it.to());
        let relations = graph.relations().filter(is_in).collect();
        Part { graph, nodes, relations, lang }
    }

    /// Returns the sources that it cites, in the order of the atlas.
    pub fn sources(&self) -> Vec<Source<'g>> {
        let own = self.nodes.iter().flat_map(|node| node.record().sources.iter());
        let mut cited: BTreeSet<&str> = own.map(|it| it.value.source()).collect();
        cited.extend(self.relations.iter().flat_map(|it| it.documents()));
        self.graph.sources().filter(|source| cited.contains(source.id())).collect()
    }

    /// Writes the part; what the format does not hold is told. O(part).
    pub fn write(&self, format: Format) -> (Vec<Exported>, Vec<Message>) {
        let one = |text: String| vec![Exported { part: "", bytes: text.into_bytes() }];
        match format {
            Format::Xlsx => {
                let (bytes, told) = xlsx::write(self);
                (vec![Exported { part: "", bytes }], told)
            }
            Format::Csv => (csv::write(self), Vec::new()),
            Format::Graphml => {
                let (text, told) = graphml::write(self);
                (one(text), told)
            }
            Format::Gexf => {
                let (text, told) = gexf::write(self);
                (one(text), told)
            }
            Format::NodeLink => (one(json::node_link(self)), Vec::new()),
            Format::JsonGraph => (one(json::json_graph(self)), Vec::new()),
            Format::Cytoscape => (one(json::cytoscape(self)), Vec::new()),
            Format::Dot => (one(dot::write(self)), vec![picture()]),
            Format::Mermaid => (one(mermaid::write(self)), vec![picture()]),
            Format::Turtle => (one(turtle::write(self)), Vec::new()),
            Format::JsonLd => (one(linked::write(self)), Vec::new()),
            Format::Geojson => {
                let (text, told) = geojson::write(self);
                (one(text), told)
            }
            Format::Kumu => (one(kumu::write(self)), vec![kumu::loss()]),
        }
    }
}

fn picture() -> Message {
    Message::new(
        "a drawing: it holds names, kinds and basis; dates, sources and notes are left out",
        "図のため、名称・種類・根拠だけを含み、日付・出典・注記は含みません",
    )
}
