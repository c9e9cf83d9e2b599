//! A node as the rest of the program sees it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use petgraph::Direction as Way;
use petgraph::graph::NodeIndex;

use super::{Graph, NodeData, Relation};
use crate::lang::Lang;
use crate::model::{Core, Event, NodeKind, NodeRecord};
use crate::origin::Origin;

/// A handle to a node: small, copied freely, borrowing the graph.
#[derive(Clone, Copy)]
pub struct Node<'g> {
    pub(super) graph: &'g Graph,
    pub(super) index: u32,
}

impl<'g> Node<'g> {
    fn data(self) -> &'g NodeData {
        &self.graph.nodes[self.index as usize]
    }

    /// The graph that it is a node of.
    pub fn graph(self) -> &'g Graph {
        self.graph
    }

    /// The number of the node, below [`Graph::node_count`].
    pub fn index(self) -> u32 {
        self.index
    }

    /// The id; `R@X` for a contextual role.
    pub fn id(self) -> &'g str {
        &self.data().record.id.value
    }

    /// Which of the five kinds it is.
    pub fn kind(self) -> NodeKind {
        self.data().kind
    }

    /// All that its record says.
    pub fn record(self) -> &'g NodeRecord {
        &self.data().record
    }

    /// Where its record stands.
    pub fn origin(self) -> Origin {
        self.data().origin
    }

    /// The layer that its record stands in, counted from 0 in the order of `--data`; later layers may
    /// extend it.
    pub fn layer(self) -> u16 {
        self.graph.layer_of(self.origin())
    }

    /// The name in `lang`, or in the other language, or the id.
    pub fn name(self, lang: Lang) -> &'g str {
        self.record().name.in_lang(lang).unwrap_or(self.id())
    }

    /// Returns what its type is called in `lang`, or in the other language, or the type as it is
    /// written; none where its record gives no type.
    pub fn type_name(self, lang: Lang) -> Option<&'g str> {
        let id = self.record().r#type.as_deref()?;
        Some(self.graph.type_name(id).and_then(|name| name.in_lang(lang)).unwrap_or(id))
    }

    /// Every name that it goes by: its names, then its aliases.
    pub fn names(self) -> impl Iterator<Item = &'g str> {
        let record = self.record();
        record.name.both().chain(record.aliases.iter().map(String::as_str))
    }

    /// What says that there is such a node, as citations `source` or `source:locator`.
    pub fn sources(self) -> impl Iterator<Item = &'g str> {
        self.record().sources.iter().map(|citation| &*citation.value.0)
    }

    /// The generic role of a contextual one.
    pub fn generic(self) -> Option<Node<'g>> {
        self.data().contextual.map(|(role, _)| self.graph.node_at(role))
    }

    /// The context of a contextual role.
    pub fn context(self) -> Option<Node<'g>> {
        self.data().contextual.map(|(_, context)| self.graph.node_at(context))
    }

    /// The merger or acquisition that it had undergone by the date of the graph, where it is the last
    /// that is known of it and nobody is known to have taken its place. None where there is no date.
    pub fn takeover(self) -> Option<&'g Event> {
        let data = self.data();
        data.takeover.map(|number| &data.record.events[number as usize])
    }

    /// The region that it is in: the first that a `located-in` relation names, or the context of a
    /// contextual role where that is a region.
    pub fn region(self) -> Option<Node<'g>> {
        let context = self.context().filter(|context| context.kind() == NodeKind::Region);
        context.or_else(|| self.targets(Core::LocatedIn).next())
    }

    /// The regions that it lies directly within.
    pub fn within(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::Within)
    }

    /// What it is directly a part of.
    pub fn part_of(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::PartOf)
    }

    /// The roles that it plays.
    pub fn roles(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::Plays)
    }

    /// The stages that it acts in, inherited ones included.
    pub fn stages(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::ActsIn)
    }

    /// The contextual roles of which it is the context.
    pub fn contextual_roles(self) -> impl Iterator<Item = Node<'g>> {
        self.leading_here(Core::In).map(Relation::from)
    }

    /// The relations by which others play it, of a role.
    pub fn played_by(self) -> impl Iterator<Item = Relation<'g>> {
        self.leading_here(Core::Plays)
    }

    fn leading_here(self, kind: Core) -> impl Iterator<Item = Relation<'g>> {
        self.incoming().filter(move |relation| relation.is(kind))
    }

    fn targets(self, kind: Core) -> impl Iterator<Item = Node<'g>> {
        self.outgoing().filter(move |relation| relation.is(kind)).map(Relation::to)
    }

    /// The relations that start here, in the order of the files. O(d log d) for d of them.
    pub fn outgoing(self) -> impl Iterator<Item = Relation<'g>> {
        self.relations(Way::Outgoing)
    }

    /// The relations that lead here, in the order of the files. O(d log d) for d of them.
    pub fn incoming(self) -> impl Iterator<Item = Relation<'g>> {
        self.relations(Way::Incoming)
    }

    fn relations(self, way: Way) -> impl Iterator<Item = Relation<'g>> {
        let edges = self.graph.topology.edges_directed(NodeIndex::new(self.index as usize), way);
        let mut indices: Vec<u32> =
            edges.map(|edge| petgraph::visit::EdgeRef::id(&edge).index() as u32).collect();
        indices.sort_unstable();
        indices.into_iter().map(move |index| self.graph.relation_at(index))
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for Node<'_> {}

/// In the order of the atlas, of nodes of one graph.
impl Ord for Node<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let graphs = || std::ptr::from_ref(self.graph).cmp(&std::ptr::from_ref(other.graph));
        self.index.cmp(&other.index).then_with(graphs)
    }
}

impl PartialOrd for Node<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.id())
    }
}
