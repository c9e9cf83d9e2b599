//! The part of an atlas that the rules check: the statements in files, without those that the graph
//! derives.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Denial, Graph, Node, Relation};
use crate::model::{Id, Records};
use crate::origin::Origin;

/// The position of the record of each source, by the id of the source. The graph keeps sources
/// without their positions.
#[derive(Clone, Debug, Default)]
pub struct SourcePlaces(HashMap<Id, Origin>);

impl From<&Records> for SourcePlaces {
    fn from(records: &Records) -> Self {
        let described = records.files.iter().flat_map(|(file, records)| {
            let sources = records.sources.iter();
            sources.map(|source| (source.id.value.clone(), source.id.origin(*file)))
        });
        SourcePlaces(described.collect())
    }
}

/// An atlas to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// The positions of the records of the sources.
    pub sources: &'g SourcePlaces,
}

impl<'g> Subject<'g> {
    /// Returns the nodes that have records of their own: all but contextual roles.
    pub fn nodes(self) -> impl Iterator<Item = Node<'g>> {
        self.graph.nodes().filter(|node| node.generic().is_none())
    }

    /// Returns the relations that stand in files, one for each pair of ends.
    pub fn pairs(self) -> impl Iterator<Item = Relation<'g>> {
        self.graph.relations().filter(|relation| !relation.is_derived())
    }

    /// Returns the relations that have records of their own; of a record with several pairs of
    /// ends, the first.
    ///
    /// A field of a node (`region`, `part_of`, the other party of an event) makes a relation too,
    /// but it shares the sources, the basis and the dates of its node or event.
    pub fn statements(self) -> impl Iterator<Item = Relation<'g>> {
        let mut fields: HashSet<Origin> = HashSet::new();
        for node in self.nodes() {
            let origin = node.origin();
            fields.insert(origin);
            let others = node.record().events.iter().filter_map(|event| event.other.as_ref());
            fields.extend(others.map(|other| other.origin(origin.file)));
        }
        let mut before = None;
        self.pairs().filter(move |relation| {
            let this = relation.origin();
            before.replace(this) != Some(this) && !fields.contains(&this)
        })
    }

    /// Returns the denials; of a record with several nodes, the first.
    pub fn denials(self) -> impl Iterator<Item = Denial<'g>> {
        let mut before = None;
        self.graph.denials().filter(move |denial| {
            let this = denial.origin();
            before.replace(this) != Some(this)
        })
    }

    /// Returns a warning about a source, at its id.
    pub fn warn_of_source(
        self,
        code: Code,
        id: &str,
        en: impl Into<String>,
        ja: impl Into<String>,
    ) -> Diagnostic {
        let warning = Diagnostic::warning(code, en, ja);
        match self.sources.0.get(id) {
            Some(origin) => warning.at(*origin, id.chars().count()),
            None => warning,
        }
    }
}

/// Returns a warning about a node, at its id.
pub fn warn_of_node(
    code: Code,
    node: Node,
    en: impl Into<String>,
    ja: impl Into<String>,
) -> Diagnostic {
    Diagnostic::warning(code, en, ja).at(node.origin(), node.id().chars().count())
}

/// Returns a warning about a relation, at its place in the file.
pub fn warn_of_relation(
    code: Code,
    relation: Relation,
    en: impl Into<String>,
    ja: impl Into<String>,
) -> Diagnostic {
    let (origin, length) = place(relation);
    Diagnostic::warning(code, en, ja).at(origin, length)
}

/// Returns the place of a relation in its file and the number of characters to mark: its kind, or
/// the id of the node one of whose fields makes it.
pub fn place(relation: Relation) -> (Origin, usize) {
    let origin = relation.origin();
    let is_field = origin == relation.from().origin();
    let marked = if is_field { relation.from().id() } else { relation.kind().id() };
    (origin, marked.chars().count())
}

/// Returns a warning about a denial, at its place in the file.
pub fn warn_of_denial(
    code: Code,
    denial: Denial,
    en: impl Into<String>,
    ja: impl Into<String>,
) -> Diagnostic {
    let marked = denial.kind().id().chars().count();
    Diagnostic::warning(code, en, ja).at(denial.origin(), marked)
}

/// Returns a region and all regions that it lies within, each once, nearest first.
pub fn with_regions_around(region: Node) -> Vec<Node> {
    let mut around = vec![region];
    let mut next = 0;
    while let Some(region) = around.get(next).copied() {
        for outer in region.within() {
            if !around.contains(&outer) {
                around.push(outer);
            }
        }
        next += 1;
    }
    around
}
