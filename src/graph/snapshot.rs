//! A graph as bytes, and back: what a cache keeps of an atlas, so that its files need not be parsed
//! and resolved again.
//!
//! The bytes are for the very build of the program that wrote them. What they hold is checked before it
//! is used: no number in them leads out of the graph.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use serde::{Deserialize, Serialize};

use super::denial::DenialData;
use super::names::FoldedName;
use super::{CoreKinds, Graph, KindData, NodeData, Statement};
use crate::model::{SourceRecord, Text};

/// The parts of a graph that cannot be worked out from the others, as they are read.
#[derive(Deserialize)]
struct Parts {
    nodes: Vec<NodeData>,
    statements: Vec<Statement>,
    /// The start, the end and the statement of each relation.
    relations: Vec<(u32, u32, u32)>,
    denials: Vec<DenialData>,
    kinds: Vec<KindData>,
    sources: Vec<SourceRecord>,
    /// Where the text of each source is: no file says that.
    texts: Vec<Option<String>>,
    node_types: HashMap<String, Text>,
    event_kinds: HashMap<String, Text>,
    layers: Vec<u16>,
    core: CoreKinds,
    folded: Vec<FoldedName>,
}

/// The same parts, as they are written.
#[derive(Serialize)]
struct View<'g> {
    nodes: &'g [NodeData],
    statements: &'g [Statement],
    relations: Vec<(u32, u32, u32)>,
    denials: &'g [DenialData],
    kinds: &'g [KindData],
    sources: &'g [SourceRecord],
    texts: Vec<Option<&'g str>>,
    node_types: BTreeMap<&'g String, &'g Text>,
    event_kinds: BTreeMap<&'g String, &'g Text>,
    layers: &'g [u16],
    core: CoreKinds,
    folded: &'g [FoldedName],
}

impl Graph {
    /// Returns the graph as bytes; nothing for that of a date, which is cheap to make of the whole.
    /// O(graph).
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        if self.date.is_some() {
            return None;
        }
        let relations = self.topology.edge_references();
        let ends = |edge: petgraph::graph::EdgeReference<'_, u32, u32>| {
            (edge.source().index() as u32, edge.target().index() as u32, *edge.weight())
        };
        let view = View {
            nodes: &self.nodes,
            statements: &self.statements,
            relations: relations.map(ends).collect(),
            denials: &self.denials,
            kinds: &self.kinds,
            sources: &self.sources,
            texts: self.sources.iter().map(|source| source.text_path.as_deref()).collect(),
            // In an order, so that the same graph is the same bytes.
            node_types: self.node_types.iter().collect(),
            event_kinds: self.event_kinds.iter().collect(),
            layers: &self.layers,
            core: self.core,
            folded: self.folded_names(),
        };
        postcard::to_allocvec(&view).ok()
    }

    /// Returns the graph that bytes are of; nothing where they are of none. O(bytes).
    pub fn from_bytes(bytes: &[u8]) -> Option<Graph> {
        let (mut parts, rest) = postcard::take_from_bytes::<Parts>(bytes).ok()?;
        if !rest.is_empty() || !parts.is_sound() {
            return None;
        }
        for (source, text) in parts.sources.iter_mut().zip(parts.texts) {
            source.text_path = text;
        }
        let mut topology = DiGraph::with_capacity(parts.nodes.len(), parts.relations.len());
        for _ in &parts.nodes {
            topology.add_node(());
        }
        for (from, to, statement) in &parts.relations {
            let [from, to] = [from, to].map(|end| NodeIndex::new(*end as usize));
            topology.add_edge(from, to, *statement);
        }
        let ids =
            parts.nodes.iter().zip(0..).map(|(node, index)| (node.record.id.value.clone(), index));
        Some(Graph {
            ids: ids.collect(),
            topology,
            nodes: parts.nodes,
            statements: parts.statements,
            denials: parts.denials,
            kinds: parts.kinds,
            sources: parts.sources,
            node_types: parts.node_types,
            event_kinds: parts.event_kinds,
            layers: parts.layers,
            core: parts.core,
            folded: OnceLock::from(parts.folded),
            bases: Vec::new(),
            date: None,
            absent: Vec::new(),
        })
    }
}

impl Parts {
    /// Returns whether every number leads to something.
    fn is_sound(&self) -> bool {
        let is_node = |node: u32| (node as usize) < self.nodes.len();
        let is_said = |statement: u32| (statement as usize) < self.statements.len();
        let is_kind = |kind: u16| usize::from(kind) < self.kinds.len();
        self.texts.len() == self.sources.len()
            && self.core.0.iter().all(|kind| is_kind(*kind))
            && self.nodes.iter().all(|node| {
                node.contextual.is_none_or(|(role, context)| is_node(role) && is_node(context))
                    && node.takeover.is_none()
            })
            && self.statements.iter().all(|it| is_kind(it.kind) && it.context.is_none_or(is_node))
            && self
                .relations
                .iter()
                .all(|(from, to, it)| is_node(*from) && is_node(*to) && is_said(*it))
            && self.denials.iter().all(|it| is_node(it.node) && is_said(it.statement))
            && self.folded.iter().all(|name| is_node(name.node))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas;
    use crate::source::Layer;

    /// What a graph says: its records in full, with their positions.
    fn told(graph: &Graph) -> String {
        let Graph { topology, nodes, statements, denials, kinds, sources, layers, .. } = graph;
        let edges: Vec<_> =
            topology.raw_edges().iter().map(|it| (it.source(), it.target(), it.weight)).collect();
        format!("{edges:?} {nodes:?} {statements:?} {denials:?} {kinds:?} {sources:?} {layers:?}")
    }

    #[test]
    fn a_graph_comes_back_as_it_was() {
        let graph = atlas::load(&Layer::BUILTIN).unwrap();
        let bytes = graph.to_bytes().expect("it has no date");
        let back = Graph::from_bytes(&bytes).expect("they are of a graph");
        assert_eq!(told(&back), told(&graph));
        assert_eq!(back.ids, graph.ids);
        assert_eq!(back.node_types, graph.node_types);
        assert_eq!(back.find("国循", &[]).unwrap().id(), "ncvc");
    }

    #[test]
    fn broken_bytes_are_of_no_graph_or_of_a_sound_one() {
        let graph = atlas::load(&Layer::BUILTIN[..1]).unwrap();
        let bytes = graph.to_bytes().unwrap();
        for cut in (0..bytes.len()).step_by(997) {
            assert!(Graph::from_bytes(&bytes[..cut]).is_none(), "cut at {cut}");
        }
        let longer = [&bytes[..], b"x"].concat();
        assert!(Graph::from_bytes(&longer).is_none());
        for at in (0..bytes.len()).step_by(211) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x5a;
            if let Some(graph) = Graph::from_bytes(&flipped) {
                let sources = graph.relations().map(|it| it.sources().count()).sum::<usize>();
                let names = graph.nodes().map(|node| node.names().count()).sum::<usize>();
                assert!(sources + names > 0, "it can be asked");
            }
        }
    }
}
