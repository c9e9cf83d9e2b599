//! A graph from its parts, and as bytes: what the binary, a pack and a cache hold of an atlas, so that its
//! files need not be parsed and resolved again.
//!
//! The bytes are for the very build of the program that wrote them.

use std::fmt;
use std::sync::OnceLock;

use super::Graph;
use super::flat::{Bytes, Flat, FlatNames, Parts, Shelf, write};

/// How many bytes tell the length of the graph, before its names.
const LENGTH: usize = 8;

impl Graph {
    /// Makes the graph of the whole atlas. O(parts).
    pub(super) fn of(parts: Parts) -> Graph {
        let graph = Graph::open(write(parts).into());
        graph.expect("what was just written can be opened")
    }

    fn open(bytes: Bytes) -> Option<Graph> {
        let (flat, vocabulary) = Flat::open(bytes)?;
        Some(Graph {
            described: Shelf::new(flat.nodes()),
            statements: Shelf::new(flat.statements()),
            flat,
            vocabulary,
            names: OnceLock::new(),
            bases: Vec::new(),
            date: None,
            absent: Vec::new(),
        })
    }

    /// Returns the graph as bytes; nothing for that of a date, which is cheap to make of the whole.
    /// O(graph).
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let (flat, names) = (self.flat.bytes(), self.names().bytes());
        let length = (flat.len() as u64).to_le_bytes();
        self.date.is_none().then(|| [&length, flat, names].concat())
    }

    /// Changes where the texts of sources are.
    pub fn place_texts(&mut self, place: impl Fn(&str) -> Option<String>) {
        for text in self.vocabulary.sources.iter_mut().filter_map(|it| it.text_path.as_mut()) {
            if let Some(placed) = place(text) {
                *text = placed;
            }
        }
    }

    /// Returns the graph that bytes are of; nothing where they are of none. What is not asked for is not
    /// read. O(vocabulary).
    pub fn from_bytes(bytes: Bytes) -> Option<Graph> {
        let length = usize::try_from(u64::from_le_bytes(*bytes.first_chunk::<LENGTH>()?)).ok()?;
        let end = LENGTH.checked_add(length)?;
        let graph = Graph::open(bytes.part(LENGTH, end)?)?;
        let names = FlatNames::open(bytes.part(end, bytes.len())?, graph.node_count())?;
        Some(Graph { names: OnceLock::from(names), ..graph })
    }
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (nodes, relations) = (self.node_count(), self.relations().len());
        write!(f, "a graph of {nodes} nodes and {relations} relations")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas;
    use crate::model::NodeKind;
    use crate::source::Layer;

    /// What a graph says: its records in full, with their positions.
    fn told(graph: &Graph) -> String {
        let nodes: Vec<_> = graph.nodes().map(|it| (it.described(), it.origin())).collect();
        let relations: Vec<_> = graph.relations().map(|it| (it, it.statement())).collect();
        format!("{nodes:?} {relations:?} {:?}", graph.vocabulary)
    }

    #[test]
    fn a_graph_comes_back_as_it_was() {
        let graph = atlas::load(&Layer::BUILTIN).unwrap();
        let bytes = graph.to_bytes().expect("it has no date");
        let back = Graph::from_bytes(bytes.into()).expect("they are of a graph");
        assert_eq!(told(&back), told(&graph));
        assert_eq!(back.find("国循", &[]).unwrap().id(), "ncvc");
    }

    #[test]
    fn rows_say_what_records_say() {
        let graph = atlas::load(&Layer::BUILTIN).unwrap();
        for node in graph.nodes() {
            let record = node.record();
            assert_eq!((node.id(), node.basis()), (&*record.id.value, record.basis));
            assert_eq!(node.row().names(), [record.name.ja.as_deref(), record.name.en.as_deref()]);
            assert_eq!((node.r#type(), node.status()), (record.r#type.as_deref(), record.status));
            assert_eq!(graph.node(node.id()), Some(node));
            let leaving = graph.relations().filter(|it| it.from() == node);
            assert!(node.outgoing().eq(leaving), "{node:?}");
            let arriving = graph.relations().filter(|it| it.to() == node);
            assert!(node.incoming().eq(arriving), "{node:?}");
            let holding = graph.relations().filter(|it| it.context() == Some(node));
            assert!(node.holding_here().eq(holding), "{node:?}");
        }
        for kind in NodeKind::ALL {
            let all = graph.nodes().filter(|node| node.kind() == kind);
            assert!(graph.nodes_of(kind).eq(all), "{kind}");
        }
        for relation in graph.relations() {
            let said = relation.statement();
            assert_eq!(relation.kind().index(), said.kind);
            assert_eq!(relation.context().map(|it| it.index()), said.context);
            let told = (relation.basis(), relation.confidence(), relation.status());
            assert_eq!(told, (said.basis, said.confidence, said.status));
            assert_eq!((relation.is_open(), relation.is_derived()), (said.open, said.derived));
            let ends = [relation.from(), relation.to()].map(|it| it.record().status);
            let is_planned = said.status.is_some() || ends.iter().any(Option::is_some);
            assert_eq!(relation.is_planned(), is_planned);
            assert_eq!(relation.layer(), graph.layer_of(said.origin.file));
        }
    }

    #[test]
    fn broken_bytes_are_of_no_graph_or_of_one_that_can_be_asked() {
        let graph = atlas::load(&Layer::BUILTIN[..1]).unwrap();
        let bytes = graph.to_bytes().unwrap();
        for cut in (0..bytes.len()).step_by(997) {
            assert!(Graph::from_bytes(bytes[..cut].to_vec().into()).is_none(), "cut at {cut}");
        }
        let longer = [&bytes[..], b"x"].concat();
        assert!(Graph::from_bytes(longer.into()).is_none());
        for (at, bit) in (0..bytes.len()).step_by(211).zip((0..8).cycle()) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x5a >> bit;
            if let Some(graph) = Graph::from_bytes(flipped.into()) {
                told(&graph);
                let _ = graph.find("国循", &[]);
                let _ = graph.matches("国立循環");
            }
        }
    }
}
