//! A scope: the part of the atlas that a question is about, the whole of it or what belongs to a
//! region, a program or an organization.
//!
//! A scope decides who acts, what supports, and which flows count in it; each question decides what
//! to ask. Everything it returns is a relation of the graph, so that it can be cited.

mod actors;

use std::collections::HashMap;

use super::counted::Counted;
use super::extent::Extent;
use crate::graph::{Denial, Graph, Node, NodeSet, Relation};
use crate::model::{Basis, Class, Core, NodeKind};

pub use actors::{Acting, Actors, State, Support};

/// A part of the atlas, worked out: the whole of it, or what belongs to a region, a program or an
/// organization by its [`Extent`].
pub struct Scope<'g> {
    of: Option<Node<'g>>,
    counted: Counted<'g>,
    extent: Extent<'g>,
    /// The regions or programs that it lies in, itself included.
    around: NodeSet<'g>,
    /// The regions that a region or a program lies in: what acts in them as a whole serves it too.
    enclosing: NodeSet<'g>,
    /// The broadest role that corresponds, for each role in general that is not its own broadest.
    broadest: HashMap<Node<'g>, Node<'g>>,
    /// The statements that nothing leads to a node.
    denials: HashMap<Node<'g>, Vec<Denial<'g>>>,
}

impl<'g> Scope<'g> {
    /// Works out what belongs to a region, a program or an organization (to the atlas where there is
    /// none), over the relations on one of `bases` (on any where empty). O(nodes + relations).
    pub fn new(graph: &'g Graph, of: Option<Node<'g>>, bases: &[Basis]) -> Self {
        let counted = Counted::on(graph, bases);
        let extent = of.map_or_else(|| Extent::whole(&counted), |it| Extent::of(it, &counted));
        let around = match of.map(|node| (node, node.kind())) {
            Some((region, NodeKind::Region)) => counted.above([region], Core::Within),
            Some((program, NodeKind::Program)) => counted.above([program], Core::PartOf),
            _ => NodeSet::new(graph),
        };
        let mut enclosing = counted.enclosing(of);
        enclosing.retain(|it| !extent.core.contains(it));
        let mut denials: HashMap<Node, Vec<Denial>> = HashMap::new();
        for denial in graph.denials().filter(|it| it.lacks_from()) {
            denials.entry(denial.node()).or_default().push(denial);
        }
        let roles = graph.nodes_of(NodeKind::Role).filter(|it| it.generic().is_none());
        let broadest = roles.map(|role| (role, counted.broadest(role)));
        let broadest = broadest.filter(|(role, broadest)| role != broadest).collect();
        Scope { of, counted, extent, around, enclosing, broadest, denials }
    }

    /// Returns what it is the scope of; none where it is the whole atlas.
    pub fn of(&self) -> Option<Node<'g>> {
        self.of
    }

    /// Returns the graph that it is a part of.
    pub fn graph(&self) -> &'g Graph {
        self.counted.graph()
    }

    /// Returns the relations that count.
    pub fn counted(&self) -> &Counted<'g> {
        &self.counted
    }

    /// Returns whether a relation counts, by its basis.
    pub fn counts(&self, relation: Relation<'g>) -> bool {
        self.counted.has(relation)
    }

    /// Returns whether an organization or a program belongs to it as one who acts.
    pub fn has_member(&self, node: Node<'g>) -> bool {
        self.extent.members.contains(node)
    }

    /// Returns who acts in it, in the order of the atlas: organizations and programs.
    pub fn members(&self) -> impl Iterator<Item = Node<'g>> {
        self.extent.members.iter()
    }

    /// Returns whether the atlas says nothing of who acts in it: it names no organization, and
    /// draws no role.
    pub fn is_silent(&self) -> bool {
        self.of.is_some() && self.organizations().next().is_none() && self.extent.boxes.is_empty()
    }

    /// Returns what it is made of, in the order of the atlas: the region and those within it, the
    /// program and its parts, the organization and its units; of the whole atlas, its regions and
    /// programs.
    pub fn core(&self) -> &NodeSet<'g> {
        &self.extent.core
    }

    /// Returns the organizations that act in it, in the order of the atlas.
    pub fn organizations(&self) -> impl Iterator<Item = Node<'g>> {
        self.members().filter(|node| node.kind() == NodeKind::Organization)
    }

    /// Returns the programs whose support reaches it, in the order of the atlas.
    pub fn programs(&self) -> impl Iterator<Item = Node<'g>> {
        self.extent.programs.iter()
    }

    /// Returns the roles that belong to it, in the order of the atlas. A role in general is left
    /// out where it is told in a context and nobody plays it in general.
    pub fn roles(&self) -> impl Iterator<Item = Node<'g>> {
        self.extent.roles.iter()
    }

    /// Returns the role in general that a role is one of, the broadest that corresponds to it.
    pub fn broadest(&self, role: Node<'g>) -> Node<'g> {
        let general = role.generic().unwrap_or(role);
        self.broadest.get(&general).copied().unwrap_or(general)
    }

    /// Returns the relations by which members play a role.
    pub fn players(&self, role: Node<'g>) -> impl Iterator<Item = Relation<'g>> {
        let plays = role.played_by().filter(|it| self.counts(*it) && !it.is_planned());
        plays.filter(|it| self.has_member(it.from()))
    }

    /// Returns the relations by which others play a role in a region that it lies in, as a
    /// ministry does in its country: they serve it too, and are told apart from its own.
    pub fn nationwide_players(&self, role: Node<'g>) -> impl Iterator<Item = Relation<'g>> {
        let plays = role.played_by().filter(|it| self.counts(*it) && !it.is_planned());
        plays.filter(move |it| self.is_nationwide(role) && !self.has_member(it.from()))
    }

    /// Returns whether a role is one of a region that it lies in.
    pub fn is_nationwide(&self, role: Node<'g>) -> bool {
        role.context().is_some_and(|context| self.enclosing.contains(context))
    }

    /// Returns the roles of the regions that it lies in, in the order of the atlas.
    pub fn nationwide_roles(&self) -> impl Iterator<Item = Node<'g>> {
        self.enclosing.iter().flat_map(Node::contextual_roles)
    }

    /// Returns the relations by which it is only planned that somebody who belongs to it plays a
    /// role.
    pub fn planned_players(&self, role: Node<'g>) -> impl Iterator<Item = Relation<'g>> {
        let belongs = |node| self.has_member(node) || self.extent.related.contains(node);
        let planned = role.played_by().filter(|it| self.counts(*it) && it.is_planned());
        planned.filter(move |it| belongs(it.from()))
    }

    /// Returns the flows between those who act: what a route may follow between organizations or
    /// roles, such as problems presented, solutions and money. Both ends belong to it. One will do
    /// where it is the program that it is the scope of or a part, or the organization, a unit or a
    /// role that they play.
    pub fn flows(&self) -> impl Iterator<Item = Relation<'g>> {
        self.near().filter(|relation| self.is_flow(*relation))
    }

    /// Returns whether a relation is one of the [`flows`](Self::flows).
    pub fn is_flow(&self, relation: Relation<'g>) -> bool {
        let joins = |node| self.has_member(node) || self.has_role(node);
        relation.kind().class() == Class::Flow
            && !relation.is_planned()
            && self.holds(relation, joins)
            && self.counts(relation)
    }

    /// Returns what else ties those who belong to it: relations of all kinds that are no flows, but
    /// for those of places, roles and stages. The ends are as those of flows, or one is a program
    /// of the scope.
    pub fn ties(&self) -> impl Iterator<Item = Relation<'g>> {
        const OTHERS: [Core; 5] =
            [Core::Plays, Core::Specializes, Core::Broader, Core::ActsIn, Core::Next];
        let joins = |node| self.has_member(node) || self.has_role(node) || self.has_program(node);
        self.near().filter(move |relation| {
            let kind = relation.kind();
            let acts = |node| self.has_member(node) || self.has_role(node);
            !matches!(kind.class(), Class::Flow | Class::Place)
                && !OTHERS.iter().any(|it| kind.is(*it))
                && !relation.is_planned()
                && (acts(relation.from()) || acts(relation.to()))
                && self.holds(*relation, joins)
                && self.counts(*relation)
        })
    }

    /// Returns the statements that nothing leads to a node by a relation of `kind`, here or in a
    /// part of here.
    pub fn denials(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Denial<'g>> {
        self.denials_at(node, kind).filter(|it| {
            let here = it.context().is_none_or(|it| self.extent.contexts.contains(it));
            here || self.is_denied(*it)
        })
    }

    /// Returns whether a denial holds in all of it, not in a part alone.
    pub fn is_denied(&self, denial: Denial<'g>) -> bool {
        let context = denial.context().or(denial.node().context());
        context.is_none_or(|context| self.around.contains(context))
    }

    /// Returns the statements that nobody plays a role in general in all of it.
    pub fn absences(&self, role: Node<'g>) -> Vec<Denial<'g>> {
        let contextual = role.incoming().filter(|it| it.is(Core::Specializes));
        let nodes = std::iter::once(role).chain(contextual.map(Relation::from));
        let denials = nodes.flat_map(|node| self.denials_at(node, Core::Plays));
        denials.filter(|it| self.is_denied(*it)).collect()
    }

    /// Returns the statements that nobody plays a role, of it or of the role in general.
    pub fn vacancies(&self, role: Node<'g>) -> Vec<Denial<'g>> {
        let nodes = std::iter::once(role).chain(role.generic());
        nodes.flat_map(|node| self.denials_at(node, Core::Plays)).collect()
    }

    fn denials_at(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Denial<'g>> {
        let denials = self.denials.get(&node).into_iter().flatten().copied();
        denials.filter(move |it| it.is(kind) && self.counted.has_denial(*it))
    }

    /// Returns whether a program is one whose support reaches it.
    pub fn has_program(&self, node: Node<'g>) -> bool {
        self.extent.programs.contains(node)
    }

    /// Returns whether a role belongs to it.
    pub fn has_role(&self, role: Node<'g>) -> bool {
        self.extent.roles.contains(role)
    }

    /// The relations at those who belong to it, in the order of the atlas.
    fn near(&self) -> Box<dyn Iterator<Item = Relation<'g>> + '_> {
        if self.of.is_none() {
            return Box::new(self.graph().relations());
        }
        let Extent { members, roles, programs, contexts, .. } = &self.extent;
        let own = &(members | roles) | &(programs | contexts);
        let ties = own.iter().flat_map(|node| node.outgoing().chain(node.incoming()));
        let mut near: Vec<Relation> = ties.collect();
        near.sort_unstable();
        near.dedup();
        Box::new(near.into_iter())
    }

    /// Whether both ends belong, or one is what it is the scope of.
    fn holds(&self, relation: Relation<'g>, joins: impl Fn(Node<'g>) -> bool) -> bool {
        let ends = [relation.from(), relation.to()];
        let its_own = |node: Node<'g>| match self.of.map(Node::kind) {
            Some(NodeKind::Organization) => self.has_member(node) || self.has_role(node),
            Some(NodeKind::Program) => self.extent.contexts.contains(node),
            _ => false,
        };
        ends.into_iter().all(joins) || ends.into_iter().any(its_own)
    }
}
