//! What belongs together: the whole atlas, or a region, a program or an organization with its own.
//!
//! Owns who counts as acting, supporting and dealing with whom under a scope; what is asked of them
//! is each question's own. Whatever is found is a relation of the graph, so that it can be cited.

use std::collections::BTreeSet;

use super::{Criterion, Selection, Term};
use crate::graph::{Graph, Node, Relation, RelationKind};
use crate::model::{Basis, NodeKind, Traverse};

/// A part of the atlas, worked out.
///
/// - The whole atlas: everything.
/// - A region: the regions within it; what is located in them; who plays a role in their context, and
///   in which contexts they do; the programs that are located there, that the region pays for, that
///   one of its organizations runs or plays a role in.
/// - A program: its parts, who plays a role in them, runs them or takes part in them.
/// - An organization: its units, the roles that they play, the programs that they run or take part in.
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
    roles: Vec<Node<'g>>,
}

/// A role that acts in a stage, and who plays it.
#[derive(Clone, Debug)]
pub struct Acting<'g> {
    /// The role, contextual or not.
    pub role: Node<'g>,
    /// The relation by which it acts in the stage.
    pub acts_in: Relation<'g>,
    /// The relations by which members play it; empty where the atlas names nobody.
    pub players: Vec<Relation<'g>>,
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
            roles: Vec::new(),
        };
        match of.map(|node| (node, node.kind())) {
            None => scope.take_everything(),
            Some((node, NodeKind::Region)) => scope.take_region(node),
            Some((node, NodeKind::Program)) => scope.take_program(node),
            Some((node, _)) => scope.take_organization(node),
        }
        scope.roles = scope.collect_roles();
        scope
    }

    fn take_everything(&mut self) {
        let of_kind = |kind| self.graph.nodes().filter(move |node| node.kind() == kind);
        let programs: BTreeSet<u32> = of_kind(NodeKind::Program).map(Node::index).collect();
        let regions = of_kind(NodeKind::Region).map(Node::index);
        self.contexts = regions.chain(programs.iter().copied()).collect();
        self.members = of_kind(NodeKind::Organization).map(Node::index).collect();
        self.members.extend(&programs);
        self.programs = programs;
    }

    fn take_region(&mut self, region: Node<'g>) {
        self.contexts = self.below([region], "within");
        let located = self.leading_to(&self.contexts, "located-in");
        self.members = located.into_iter().chain(self.cast(&self.contexts)).collect();
        let organizations = self.members_of(NodeKind::Organization);
        let mut programs = self.programs_of(&organizations, &["runs"]);
        programs.extend(self.members_of(NodeKind::Program));
        let paid = self.contexts.iter().flat_map(|it| self.out(self.at(*it), "funds"));
        programs.extend(paid.map(|relation| relation.to().index()));
        self.programs = self.whole(programs);
    }

    fn take_program(&mut self, program: Node<'g>) {
        self.contexts = self.below([program], "part-of");
        self.contexts.retain(|node| self.graph.node_at(*node).kind() == NodeKind::Program);
        self.programs = self.contexts.clone();
        let mut members = self.cast(&self.contexts);
        for kind in ["runs", "participates-in", "part-of"] {
            members.extend(self.leading_to(&self.contexts, kind));
        }
        members.extend(&self.contexts);
        members.retain(|node| self.at(*node).kind() != NodeKind::Role);
        self.members = members;
    }

    fn take_organization(&mut self, organization: Node<'g>) {
        self.members = self.below([organization], "part-of");
        let organizations = self.members_of(NodeKind::Organization);
        let mut programs = self.programs_of(&organizations, &["runs", "participates-in"]);
        programs.extend(self.members_of(NodeKind::Program));
        self.programs = self.whole(programs);
    }

    /// The roles that belong here: those in its contexts, and those that its members play.
    fn collect_roles(&self) -> Vec<Node<'g>> {
        let set_here = self.contexts.iter().flat_map(|it| self.at(*it).contextual_roles());
        let played = self.members.iter().flat_map(|it| self.out(self.at(*it), "plays"));
        let played = played.map(Relation::to);
        let mut found: BTreeSet<u32> = match self.of.map(Node::kind) {
            // A program's members may play roles elsewhere, which are not the program's.
            Some(NodeKind::Program) => set_here.map(Node::index).collect(),
            Some(_) => set_here.chain(played).map(Node::index).collect(),
            None => self.of_kind(NodeKind::Role).map(Node::index).collect(),
        };
        // What is said of a role in general stands again on the role in each context.
        let spoken_of: BTreeSet<u32> =
            found.iter().filter_map(|it| self.at(*it).generic()).map(Node::index).collect();
        found.retain(|it| !spoken_of.contains(it) || self.at(*it).played_by().next().is_some());
        found.into_iter().map(|it| self.at(it)).collect()
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

    /// The organizations that act in it, in the order of the atlas.
    pub fn organizations(&self) -> impl Iterator<Item = Node<'g>> {
        self.members().filter(|node| node.kind() == NodeKind::Organization)
    }

    /// Whether a program's support reaches it.
    pub fn has_program(&self, node: Node<'g>) -> bool {
        self.programs.contains(&node.index())
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

    /// The roles that act in a stage, and who plays them.
    pub fn acting(&self, stage: Node<'g>) -> Vec<Acting<'g>> {
        let acts = self.into(stage, "acts-in");
        let mut acting: Vec<Acting> = acts
            .filter(|relation| self.has_role(relation.from()))
            .map(|acts_in| {
                let role = acts_in.from();
                Acting { role, acts_in, players: self.players(role).collect() }
            })
            .collect();
        acting.sort_by_key(|it| it.role.index());
        acting
    }

    /// The relations by which programs and organizations support a stage or a role that acts in it.
    pub fn supports(&self, stage: Node<'g>) -> Vec<Relation<'g>> {
        let acting = self.acting(stage);
        let helped = std::iter::once(stage).chain(acting.iter().map(|it| it.role));
        let supports = helped.flat_map(|node| self.into(node, "supports"));
        let reaches = |relation: &Relation<'g>| match relation.from().kind() {
            NodeKind::Program => self.has_program(relation.from()),
            _ => self.has_member(relation.from()),
        };
        supports.filter(reaches).collect()
    }

    /// The flows between those who act: what a route may follow between organizations or roles, such
    /// as problems presented, solutions and money. Both ends belong to it; of an organization, one end.
    pub fn flows(&self) -> impl Iterator<Item = Relation<'g>> {
        let either = self.of.is_some_and(|node| node.kind() == NodeKind::Organization);
        self.graph.relations().filter(move |relation| {
            let ends = [relation.from(), relation.to()].map(|end| self.has_end(end));
            let belongs = if either { ends.contains(&true) } else { ends == [true, true] };
            belongs && is_flow(relation.kind()) && self.counts(*relation)
        })
    }

    /// Whether a role belongs to it.
    pub fn has_role(&self, role: Node<'g>) -> bool {
        self.roles.binary_search_by_key(&role.index(), |role| role.index()).is_ok()
    }

    fn has_end(&self, node: Node<'g>) -> bool {
        self.has_member(node) || self.has_role(node)
    }

    fn at(&self, index: u32) -> Node<'g> {
        self.graph.node_at(index)
    }

    fn of_kind(&self, kind: NodeKind) -> impl Iterator<Item = Node<'g>> {
        self.graph.nodes().filter(move |node| node.kind() == kind)
    }

    fn members_of(&self, kind: NodeKind) -> BTreeSet<u32> {
        self.members.iter().copied().filter(|it| self.at(*it).kind() == kind).collect()
    }

    fn out(&self, node: Node<'g>, kind: &'static str) -> impl Iterator<Item = Relation<'g>> {
        node.outgoing().filter(move |it| it.kind().id() == kind && self.counts(*it))
    }

    fn into(&self, node: Node<'g>, kind: &'static str) -> impl Iterator<Item = Relation<'g>> {
        node.incoming().filter(move |it| it.kind().id() == kind && self.counts(*it))
    }

    /// What leads to any of `nodes` by a relation of `kind`.
    fn leading_to(&self, nodes: &BTreeSet<u32>, kind: &'static str) -> BTreeSet<u32> {
        let leading = nodes.iter().flat_map(|it| self.into(self.at(*it), kind));
        leading.map(|relation| relation.from().index()).collect()
    }

    /// `start` and all that leads to it by relations of `kind`.
    fn below(
        &self,
        start: impl IntoIterator<Item = Node<'g>>,
        kind: &'static str,
    ) -> BTreeSet<u32> {
        let mut open: Vec<Node> = start.into_iter().collect();
        let mut found: BTreeSet<u32> = open.iter().map(|node| node.index()).collect();
        while let Some(node) = open.pop() {
            let next = self.into(node, kind).map(Relation::from);
            open.extend(next.filter(|node| found.insert(node.index())));
        }
        found
    }

    /// Who plays a role in any of these contexts.
    fn cast(&self, contexts: &BTreeSet<u32>) -> BTreeSet<u32> {
        let roles = contexts.iter().flat_map(|it| self.at(*it).contextual_roles());
        let plays = roles.flat_map(|role| self.into(role, "plays"));
        plays.map(|relation| relation.from().index()).collect()
    }

    /// The programs in which any of these plays a role, or to which relations of `kinds` tie it.
    fn programs_of(&self, members: &BTreeSet<u32>, kinds: &[&'static str]) -> BTreeSet<u32> {
        let members = || members.iter().map(|it| self.at(*it));
        let contexts = members()
            .flat_map(|member| self.out(member, "plays"))
            .filter_map(|relation| relation.to().context());
        let tied = kinds.iter().flat_map(|kind| members().flat_map(|it| self.out(it, kind)));
        let all = contexts.chain(tied.map(Relation::to));
        all.filter(|it| it.kind() == NodeKind::Program).map(Node::index).collect()
    }

    /// The wholes that these programs are parts of, with all parts: a measure of the whole scheme
    /// helps whoever takes part in one of its themes.
    fn whole(&self, programs: BTreeSet<u32>) -> BTreeSet<u32> {
        let mut wholes = programs;
        let mut open: Vec<u32> = wholes.iter().copied().collect();
        while let Some(part) = open.pop() {
            let above = self.out(self.at(part), "part-of").map(Relation::to);
            let above = above.filter(|it| it.kind() == NodeKind::Program).map(Node::index);
            open.extend(above.filter(|it| wholes.insert(*it)));
        }
        let mut all = self.below(wholes.into_iter().map(|it| self.at(it)), "part-of");
        all.retain(|it| self.at(*it).kind() == NodeKind::Program);
        all
    }
}

/// Whether relations of a kind are flows: a route may follow them, and they may join organizations
/// or roles, not counting membership.
pub fn is_flow(kind: RelationKind) -> bool {
    let joins = |ends: &[NodeKind]| {
        let acts = |it: &NodeKind| matches!(it, NodeKind::Organization | NodeKind::Role);
        ends.is_empty() || ends.iter().any(acts)
    };
    kind.traverse() != Traverse::Never
        && !matches!(kind.id(), "plays" | "part-of" | "participates-in")
        && joins(kind.from())
        && joins(kind.to())
}
