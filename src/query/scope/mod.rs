//! What belongs together: the whole atlas, or a region, a program or an organization with its own.
//!
//! Owns who counts as acting, supporting and dealing with whom under a scope; what is asked of them
//! is each question's own. Whatever is found is a relation of the graph, so that it can be cited.

mod actors;
mod extent;

use std::collections::{BTreeSet, HashMap};

use super::{Criterion, Selection, Term};
use crate::graph::{Denial, Graph, Node, Relation};
use crate::model::{Basis, Class, Core, NodeKind};

pub use actors::{Acting, Actors, State, Support};

/// A part of the atlas, worked out.
///
/// It has *contexts* (regions or programs whose boxes belong to it), *members* (organizations and
/// programs that act in it) and *programs* (whose support reaches it):
///
/// - The whole atlas: everything.
/// - A region. Contexts: it and the regions within it. Members: who is located there, plays a role in
///   a context, or is an end of a relation that holds in one. Programs: those among the members, that
///   a context pays for, that a member organization runs or plays a role in; with the wholes that they
///   are parts of, and all parts.
/// - A program. Contexts: it and its parts. Members: these, who runs them or takes part in them, plays
///   a role in one, or is an end of a relation that holds in one. Programs: those among the members.
/// - An organization. Contexts: none. Members: it and its units. Programs: those that a member runs,
///   takes part in or plays a role in; with wholes and parts.
///
/// Its roles are those drawn in its contexts and, but for a program, those that its members play.
pub struct Scope<'g> {
    graph: &'g Graph,
    of: Option<Node<'g>>,
    standing: Selection<'g>,
    /// The regions or programs whose contextual roles belong to it.
    contexts: BTreeSet<u32>,
    /// Who acts in it: organizations, and programs that play a role.
    members: BTreeSet<u32>,
    /// The programs whose support reaches it.
    programs: BTreeSet<u32>,
    /// The regions or programs that it lies in, itself included.
    around: BTreeSet<u32>,
    roles: Vec<Node<'g>>,
    /// The statements that nothing leads to a node, by its number.
    denials: HashMap<u32, Vec<Denial<'g>>>,
}

impl<'g> Scope<'g> {
    /// Works out what belongs to a region, a program or an organization (to the atlas where there is
    /// none), over the relations on one of `bases` (on any where empty). O(nodes + relations).
    pub fn new(graph: &'g Graph, of: Option<Node<'g>>, bases: &[Basis]) -> Self {
        let term = |basis: &Basis| Term { criterion: Criterion::Basis(*basis), negated: false };
        let mut scope = Scope {
            graph,
            of,
            standing: Selection::new(graph, bases.iter().map(term).collect()),
            contexts: BTreeSet::new(),
            members: BTreeSet::new(),
            programs: BTreeSet::new(),
            around: BTreeSet::new(),
            roles: Vec::new(),
            denials: HashMap::new(),
        };
        for denial in graph.denials().filter(|it| it.lacks_from()) {
            scope.denials.entry(denial.node().index()).or_default().push(denial);
        }
        match of.map(|node| (node, node.kind())) {
            None => scope.take_everything(),
            Some((node, NodeKind::Region)) => scope.take_region(node),
            Some((node, NodeKind::Program)) => scope.take_program(node),
            Some((node, _)) => scope.take_organization(node),
        }
        scope.roles = scope.collect_roles();
        scope
    }

    /// What it is the scope of; none where it is the whole atlas.
    pub fn of(&self) -> Option<Node<'g>> {
        self.of
    }

    /// The graph that it is a part of.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Whether a relation counts, by its basis.
    pub fn counts(&self, relation: Relation<'g>) -> bool {
        self.standing.has_relation(relation)
    }

    /// Whether an organization or a program belongs to it as one who acts.
    pub fn has_member(&self, node: Node<'g>) -> bool {
        self.members.contains(&node.index())
    }

    /// Who acts in it, in the order of the atlas: organizations and programs.
    pub fn members(&self) -> impl Iterator<Item = Node<'g>> {
        self.members.iter().map(|it| self.at(*it))
    }

    /// What it is made of, in the order of the atlas: the region and those within it, the program and
    /// its parts, the organization and its units; of the whole atlas, its regions and programs.
    pub fn core(&self) -> impl Iterator<Item = Node<'g>> {
        let is_organization = self.of.is_some_and(|of| of.kind() == NodeKind::Organization);
        let core = if is_organization { &self.members } else { &self.contexts };
        core.iter().map(|it| self.at(*it))
    }

    /// The organizations that act in it, in the order of the atlas.
    pub fn organizations(&self) -> impl Iterator<Item = Node<'g>> {
        self.members().filter(|node| node.kind() == NodeKind::Organization)
    }

    /// The programs whose support reaches it, in the order of the atlas.
    pub fn programs(&self) -> impl Iterator<Item = Node<'g>> {
        self.programs.iter().map(|it| self.at(*it))
    }

    /// The roles that belong to it, in the order of the atlas. A role in general is left out where it is
    /// told in a context and nobody plays it in general.
    pub fn roles(&self) -> impl Iterator<Item = Node<'g>> {
        self.roles.iter().copied()
    }

    /// The relations by which members play a role.
    pub fn players(&self, role: Node<'g>) -> impl Iterator<Item = Relation<'g>> {
        role.played_by().filter(|it| self.counts(*it) && self.has_member(it.from()))
    }

    /// The flows between those who act: what a route may follow between organizations or roles, such
    /// as problems presented, solutions and money. Both ends belong to it. One will do where it is the
    /// program that it is the scope of or a part, or the organization, a unit or a role that they play.
    pub fn flows(&self) -> impl Iterator<Item = Relation<'g>> {
        let joins = |node| self.has_member(node) || self.has_role(node);
        self.graph.relations().filter(move |relation| {
            relation.kind().class() == Class::Flow
                && self.holds(*relation, joins)
                && self.counts(*relation)
        })
    }

    /// What else ties those who belong to it: relations of all kinds that are no flows, but for those
    /// of places, roles and stages. The ends are as those of flows, or one is a program of the scope.
    pub fn ties(&self) -> impl Iterator<Item = Relation<'g>> {
        const OTHERS: [Core; 4] = [Core::Plays, Core::Specializes, Core::ActsIn, Core::Next];
        let joins = |node| self.has_member(node) || self.has_role(node) || self.has_program(node);
        self.graph.relations().filter(move |relation| {
            let kind = relation.kind();
            let acts = |node| self.has_member(node) || self.has_role(node);
            !matches!(kind.class(), Class::Flow | Class::Place)
                && !OTHERS.iter().any(|it| kind.is(*it))
                && (acts(relation.from()) || acts(relation.to()))
                && self.holds(*relation, joins)
                && self.counts(*relation)
        })
    }

    /// The statements that nothing leads to a node by a relation of `kind`, here or in a part of here.
    pub fn denials(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Denial<'g>> {
        self.denials_at(node, kind).filter(|it| {
            let here = it.context().is_none_or(|it| self.contexts.contains(&it.index()));
            here || self.is_denied(*it)
        })
    }

    /// Whether a denial holds in all of it, not in a part alone.
    pub fn is_denied(&self, denial: Denial<'g>) -> bool {
        let context = denial.context().or(denial.node().context());
        context.is_none_or(|context| self.around.contains(&context.index()))
    }

    /// The statements that nobody plays a role in general in all of it.
    pub fn absences(&self, role: Node<'g>) -> Vec<Denial<'g>> {
        let contextual = role.incoming().filter(|it| it.is(Core::Specializes));
        let nodes = std::iter::once(role).chain(contextual.map(Relation::from));
        let denials = nodes.flat_map(|node| self.denials_at(node, Core::Plays));
        denials.filter(|it| self.is_denied(*it)).collect()
    }

    /// The statements that nobody plays a role, of it or of the role in general.
    pub fn vacancies(&self, role: Node<'g>) -> Vec<Denial<'g>> {
        let nodes = std::iter::once(role).chain(role.generic());
        nodes.flat_map(|node| self.denials_at(node, Core::Plays)).collect()
    }

    fn denials_at(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Denial<'g>> {
        let denials = self.denials.get(&node.index()).into_iter().flatten().copied();
        denials.filter(move |it| it.is(kind) && self.standing.has_denial(*it))
    }

    /// Whether a program is one whose support reaches it.
    pub fn has_program(&self, node: Node<'g>) -> bool {
        self.programs.contains(&node.index())
    }

    /// Whether a role belongs to it.
    pub fn has_role(&self, role: Node<'g>) -> bool {
        self.roles.binary_search_by_key(&role.index(), |role| role.index()).is_ok()
    }

    /// Whether both ends belong, or one is what it is the scope of.
    fn holds(&self, relation: Relation<'g>, joins: impl Fn(Node<'g>) -> bool) -> bool {
        let ends = [relation.from(), relation.to()];
        let its_own = |node: Node<'g>| match self.of.map(Node::kind) {
            Some(NodeKind::Organization) => self.has_member(node) || self.has_role(node),
            Some(NodeKind::Program) => self.contexts.contains(&node.index()),
            _ => false,
        };
        ends.into_iter().all(joins) || ends.into_iter().any(its_own)
    }

    fn at(&self, index: u32) -> Node<'g> {
        self.graph.node_at(index)
    }

    fn out(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Relation<'g>> {
        node.outgoing().filter(move |it| it.is(kind) && self.counts(*it))
    }

    fn into(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Relation<'g>> {
        node.incoming().filter(move |it| it.is(kind) && self.counts(*it))
    }
}
