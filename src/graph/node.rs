//! A handle to a node of the graph.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter;

use super::flat::NodeRow;
use super::{Described, Graph, Relation};
use crate::lang::Lang;
use crate::model::{Basis, Core, Event, NodeKind, NodeRecord, Status};
use crate::origin::Origin;

/// A handle to a node: small, copied freely, borrowing the graph.
#[derive(Clone, Copy)]
pub struct Node<'g> {
    pub(super) graph: &'g Graph,
    pub(super) index: u32,
}

impl<'g> Node<'g> {
    pub(super) fn row(self) -> NodeRow<'g> {
        self.graph.flat.node(self.index)
    }

    pub(super) fn described(self) -> &'g Described {
        let read = || postcard::from_bytes(self.row().record()).unwrap_or_default();
        self.graph.described.get(self.index, read)
    }

    /// Returns the graph of the node.
    pub fn graph(self) -> &'g Graph {
        self.graph
    }

    /// Returns the number of the node, below [`Graph::node_count`].
    pub fn index(self) -> u32 {
        self.index
    }

    /// Returns the id; `R@X` for a contextual role.
    pub fn id(self) -> &'g str {
        self.row().id()
    }

    /// Returns the kind of the node.
    pub fn kind(self) -> NodeKind {
        self.row().kind()
    }

    /// Returns the type of region, organization and so on.
    pub fn r#type(self) -> Option<&'g str> {
        self.row().r#type()
    }

    /// Returns the basis of the statement that there is such a thing.
    pub fn basis(self) -> Basis {
        self.row().basis()
    }

    /// Returns whether it is there yet; `None` for what is.
    pub fn status(self) -> Option<Status> {
        self.row().status()
    }

    /// Returns whether more is told of it in sentences than its names: a summary, a remark, an event, a
    /// claim, a figure.
    pub fn has_prose(self) -> bool {
        self.row().has_prose()
    }

    /// Returns the record of the node. It is read when it is first asked for; the other methods are
    /// cheaper.
    pub fn record(self) -> &'g NodeRecord {
        &self.described().record
    }

    /// Returns whether it is only announced.
    pub fn is_planned(self) -> bool {
        self.status() == Some(Status::Planned)
    }

    /// Returns the position of its record in the files.
    pub fn origin(self) -> Origin {
        self.row().origin()
    }

    /// Returns the layer of its record, counted from 0 in the order of `--data`. Later layers may
    /// extend the record.
    pub fn layer(self) -> u16 {
        self.graph.layer_of(self.origin().file)
    }

    /// Returns the name in `lang`, or in the other language, or the id.
    pub fn name(self, lang: Lang) -> &'g str {
        let [ja, en] = self.row().names();
        let (first, second) = lang.pick((en, ja), (ja, en));
        first.or(second).unwrap_or(self.id())
    }

    /// Returns the name of its type in `lang`, or in the other language, or else the type as it is
    /// written; `None` where its record gives no type.
    pub fn type_name(self, lang: Lang) -> Option<&'g str> {
        let id = self.r#type()?;
        Some(self.graph.type_name(id).and_then(|name| name.in_lang(lang)).unwrap_or(id))
    }

    /// Returns all names of the node: its names, then its aliases.
    pub fn names(self) -> impl Iterator<Item = &'g str> {
        // The record is read only for whoever asks for more than the names.
        let aliases = iter::once_with(move || self.record().aliases.iter().map(String::as_str));
        self.row().names().into_iter().flatten().chain(aliases.flatten())
    }

    /// Returns the citations of its record, each `source` or `source:locator`.
    pub fn sources(self) -> impl Iterator<Item = &'g str> {
        self.record().sources.iter().map(|citation| &*citation.value.0)
    }

    /// Returns, for a contextual role R@X, the role R.
    pub fn generic(self) -> Option<Node<'g>> {
        self.row().contextual().map(|(role, _)| self.graph.node_at(role))
    }

    /// Returns, for a contextual role R@X, the context X.
    pub fn context(self) -> Option<Node<'g>> {
        self.row().contextual().map(|(_, context)| self.graph.node_at(context))
    }

    /// Returns the merger or acquisition after which it is unknown what became of the node: the
    /// last such event up to the date of the graph, where no other node is known to have taken its
    /// place. `None` where the graph has no date.
    pub fn takeover(self) -> Option<&'g Event> {
        self.row().takeover().and_then(|number| self.record().events.get(number as usize))
    }

    /// Returns the region that it is in: the first that a `located-in` relation names, or the context of a
    /// contextual role where that is a region.
    pub fn region(self) -> Option<Node<'g>> {
        let context = self.context().filter(|context| context.kind() == NodeKind::Region);
        context.or_else(|| self.targets(Core::LocatedIn).next())
    }

    /// Returns the regions that it is directly within.
    pub fn within(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::Within)
    }

    /// Returns what it is directly a part of.
    pub fn part_of(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::PartOf)
    }

    /// Returns the roles that it plays.
    pub fn roles(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::Plays)
    }

    /// Returns the stages that it acts in, inherited ones included.
    pub fn stages(self) -> impl Iterator<Item = Node<'g>> {
        self.targets(Core::ActsIn)
    }

    /// Returns the contextual roles R@X whose context X is this node.
    pub fn contextual_roles(self) -> impl Iterator<Item = Node<'g>> {
        self.leading_here(Core::In).map(Relation::from)
    }

    /// Returns the relations by which organizations and programs play this role.
    pub fn played_by(self) -> impl Iterator<Item = Relation<'g>> {
        self.leading_here(Core::Plays)
    }

    fn leading_here(self, kind: Core) -> impl Iterator<Item = Relation<'g>> {
        self.incoming().filter(move |relation| relation.is(kind))
    }

    fn targets(self, kind: Core) -> impl Iterator<Item = Node<'g>> {
        self.outgoing().filter(move |relation| relation.is(kind)).map(Relation::to)
    }

    /// Returns the relations that hold in this context, in the order of the files.
    pub fn holding_here(self) -> impl Iterator<Item = Relation<'g>> {
        self.graph.flat.holding(self.index).map(|index| self.graph.relation_at(index))
    }

    /// Returns the relations from this node, in the order of the files.
    pub fn outgoing(self) -> impl Iterator<Item = Relation<'g>> {
        self.graph.flat.outgoing(self.index).map(|index| self.graph.relation_at(index))
    }

    /// Returns the relations to this node, in the order of the files.
    pub fn incoming(self) -> impl Iterator<Item = Relation<'g>> {
        self.graph.flat.incoming(self.index).map(|index| self.graph.relation_at(index))
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for Node<'_> {}

/// Nodes of one graph compare by the order of the atlas.
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
