//! Lists the nodes, relations, relation kinds or sources of a selection.

use std::collections::HashSet;

use super::Selection;
use crate::graph::{Graph, Node, Relation, RelationKind, Source};
use crate::model::NodeKind;

/// What to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Nodes of one kind, or of all five.
    Nodes(Option<NodeKind>),
    /// Relations, derived ones included.
    Relations,
    /// Kinds of relation.
    RelationKinds,
    /// The documents that statements cite.
    Sources,
}

/// The items that were found, in the order of the atlas.
#[derive(Debug)]
pub enum Listing<'g> {
    /// Nodes.
    Nodes(Vec<Node<'g>>),
    /// Relations.
    Relations(Vec<Relation<'g>>),
    /// Relation kinds: those of the selected relations.
    RelationKinds(Vec<RelationKind<'g>>),
    /// Sources: those that the selected nodes and relations cite.
    Sources(Vec<Source<'g>>),
}

/// Lists what is selected, in time linear in the atlas.
pub fn list<'g>(graph: &'g Graph, what: What, selection: &Selection<'g>) -> Listing<'g> {
    let nodes = || graph.nodes().filter(|node| selection.has_node(*node));
    let relations = || graph.relations().filter(|relation| selection.has_relation(*relation));
    let all = selection.is_everything();
    match what {
        What::Nodes(kind) => {
            let kinds = NodeKind::ALL.into_iter().filter(|it| kind.is_none_or(|kind| kind == *it));
            let found = kinds.flat_map(|kind| graph.nodes_of(kind));
            Listing::Nodes(found.filter(|node| selection.has_node(*node)).collect())
        }
        What::Relations => Listing::Relations(relations().collect()),
        What::RelationKinds => {
            let used: HashSet<u16> = relations().map(|relation| relation.kind().index()).collect();
            let kinds = graph.relation_kinds().filter(|kind| all || used.contains(&kind.index()));
            Listing::RelationKinds(kinds.collect())
        }
        What::Sources => {
            let own =
                nodes().flat_map(|node| node.record().sources.iter().map(|it| it.value.source()));
            let cited: HashSet<&str> =
                own.chain(relations().flat_map(Relation::documents)).collect();
            let sources = graph.sources().filter(|source| all || cited.contains(source.id()));
            Listing::Sources(sources.collect())
        }
    }
}

impl<'g> Listing<'g> {
    /// Returns the number of items.
    pub fn len(&self) -> usize {
        match self {
            Listing::Nodes(found) => found.len(),
            Listing::Relations(found) => found.len(),
            Listing::RelationKinds(found) => found.len(),
            Listing::Sources(found) => found.len(),
        }
    }

    /// Returns the items at these indices, in this order.
    ///
    /// # Panics
    /// Where an index is out of range.
    pub fn at(&self, places: &[usize]) -> Self {
        fn pick<T: Copy>(found: &[T], places: &[usize]) -> Vec<T> {
            places.iter().map(|place| found[*place]).collect()
        }
        match self {
            Listing::Nodes(found) => Listing::Nodes(pick(found, places)),
            Listing::Relations(found) => Listing::Relations(pick(found, places)),
            Listing::RelationKinds(found) => Listing::RelationKinds(pick(found, places)),
            Listing::Sources(found) => Listing::Sources(pick(found, places)),
        }
    }

    /// Returns whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
