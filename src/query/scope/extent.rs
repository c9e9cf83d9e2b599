//! Who and what belongs to a scope: worked out once, over the relations that count.

use std::collections::BTreeSet;

use super::Scope;
use crate::graph::{Node, Relation};
use crate::model::{Core, NodeKind};

impl<'g> Scope<'g> {
    pub(super) fn take_everything(&mut self) {
        let of_kind = |kind| self.graph.nodes().filter(move |node| node.kind() == kind);
        let programs: BTreeSet<u32> = of_kind(NodeKind::Program).map(Node::index).collect();
        let regions = of_kind(NodeKind::Region).map(Node::index);
        self.contexts = regions.chain(programs.iter().copied()).collect();
        self.members = of_kind(NodeKind::Organization).map(Node::index).collect();
        self.members.extend(&programs);
        self.programs = programs;
    }

    pub(super) fn take_region(&mut self, region: Node<'g>) {
        self.contexts = self.below([region], Core::Within);
        self.around = self.above(region, Core::Within);
        let located = self.leading_to(&self.contexts, Core::LocatedIn);
        self.members = located.into_iter().chain(self.cast(&self.contexts)).collect();
        let organizations = self.members_of(NodeKind::Organization);
        let mut programs = self.programs_of(&organizations, &[Core::Runs]);
        programs.extend(self.members_of(NodeKind::Program));
        let paid = self.contexts.iter().flat_map(|it| self.out(self.at(*it), Core::Funds));
        let paid = paid.map(Relation::to).filter(|it| it.kind() == NodeKind::Program);
        programs.extend(paid.map(Node::index));
        self.programs = self.whole(programs);
    }

    pub(super) fn take_program(&mut self, program: Node<'g>) {
        self.contexts = self.below([program], Core::PartOf);
        self.contexts.retain(|node| self.graph.node_at(*node).kind() == NodeKind::Program);
        self.around = self.above(program, Core::PartOf);
        let mut members = self.cast(&self.contexts);
        for kind in [Core::Runs, Core::ParticipatesIn, Core::PartOf] {
            members.extend(self.leading_to(&self.contexts, kind));
        }
        members.extend(&self.contexts);
        members.retain(|node| self.at(*node).kind() != NodeKind::Role);
        self.members = members;
        self.programs = self.members_of(NodeKind::Program);
    }

    pub(super) fn take_organization(&mut self, organization: Node<'g>) {
        self.members = self.below([organization], Core::PartOf);
        let organizations = self.members_of(NodeKind::Organization);
        let mut programs = self.programs_of(&organizations, &[Core::Runs, Core::ParticipatesIn]);
        programs.extend(self.members_of(NodeKind::Program));
        self.programs = self.whole(programs);
    }

    /// The roles that belong here: those in its contexts, and those that its members play.
    pub(super) fn collect_roles(&self) -> Vec<Node<'g>> {
        let drawn = self.contexts.iter().flat_map(|it| self.into(self.at(*it), Core::In));
        let mut found: BTreeSet<u32> = drawn.map(|relation| relation.from().index()).collect();
        // A program's members may play roles elsewhere, which are not the program's.
        if self.of.is_none_or(|of| of.kind() != NodeKind::Program) {
            let played = self.members.iter().flat_map(|it| self.out(self.at(*it), Core::Plays));
            found.extend(played.map(|relation| relation.to().index()));
        }
        if self.of.is_none() {
            let roles = self.graph.nodes().filter(|it| it.kind() == NodeKind::Role);
            found.extend(roles.filter(|it| it.generic().is_none()).map(Node::index));
        }
        // What is said of a role in general stands again on the role in each context.
        let spoken_of: BTreeSet<u32> =
            found.iter().filter_map(|it| self.at(*it).generic()).map(Node::index).collect();
        found.retain(|it| {
            !spoken_of.contains(it) || self.into(self.at(*it), Core::Plays).next().is_some()
        });
        found.into_iter().map(|it| self.at(it)).collect()
    }

    fn members_of(&self, kind: NodeKind) -> BTreeSet<u32> {
        self.members.iter().copied().filter(|it| self.at(*it).kind() == kind).collect()
    }

    /// What leads to any of `nodes` by a relation of `kind`.
    fn leading_to(&self, nodes: &BTreeSet<u32>, kind: Core) -> BTreeSet<u32> {
        let leading = nodes.iter().flat_map(|it| self.into(self.at(*it), kind));
        leading.map(|relation| relation.from().index()).collect()
    }

    /// `start` and all that leads to it by relations of `kind`.
    fn below(&self, start: impl IntoIterator<Item = Node<'g>>, kind: Core) -> BTreeSet<u32> {
        let mut open: Vec<Node> = start.into_iter().collect();
        let mut found: BTreeSet<u32> = open.iter().map(|node| node.index()).collect();
        while let Some(node) = open.pop() {
            let next = self.into(node, kind).map(Relation::from);
            open.extend(next.filter(|node| found.insert(node.index())));
        }
        found
    }

    /// `start` and all that it leads to by relations of `kind`.
    fn above(&self, start: Node<'g>, kind: Core) -> BTreeSet<u32> {
        let mut open = vec![start];
        let mut found = BTreeSet::from([start.index()]);
        while let Some(node) = open.pop() {
            let next = self.out(node, kind).map(Relation::to);
            open.extend(next.filter(|node| found.insert(node.index())));
        }
        found
    }

    /// Who plays a role in any of these contexts, or is an end of a relation that holds in one.
    fn cast(&self, contexts: &BTreeSet<u32>) -> BTreeSet<u32> {
        let roles = contexts.iter().flat_map(|it| self.at(*it).contextual_roles());
        let plays = roles.flat_map(|role| self.into(role, Core::Plays));
        let here = |it: &Relation| it.context().is_some_and(|it| contexts.contains(&it.index()));
        let said_here = self.graph.relations().filter(|it| here(it) && self.counts(*it));
        let ends = said_here.flat_map(|it| [it.from(), it.to()]);
        let acts = |it: &Node| matches!(it.kind(), NodeKind::Organization | NodeKind::Program);
        plays.map(Relation::from).chain(ends).filter(acts).map(Node::index).collect()
    }

    /// The programs in which any of these plays a role, or to which relations of `kinds` tie it.
    fn programs_of(&self, members: &BTreeSet<u32>, kinds: &[Core]) -> BTreeSet<u32> {
        let members = || members.iter().map(|it| self.at(*it));
        let contexts = members()
            .flat_map(|member| self.out(member, Core::Plays))
            .filter_map(|relation| relation.to().context());
        let tied = kinds.iter().flat_map(|kind| members().flat_map(|it| self.out(it, *kind)));
        let all = contexts.chain(tied.map(Relation::to));
        all.filter(|it| it.kind() == NodeKind::Program).map(Node::index).collect()
    }

    /// The wholes that these programs are parts of, with all parts: a measure of the whole scheme
    /// helps whoever takes part in one of its themes.
    fn whole(&self, programs: BTreeSet<u32>) -> BTreeSet<u32> {
        let mut wholes = programs;
        let mut open: Vec<u32> = wholes.iter().copied().collect();
        while let Some(part) = open.pop() {
            let above = self.out(self.at(part), Core::PartOf).map(Relation::to);
            let above = above.filter(|it| it.kind() == NodeKind::Program).map(Node::index);
            open.extend(above.filter(|it| wholes.insert(*it)));
        }
        let mut all = self.below(wholes.into_iter().map(|it| self.at(it)), Core::PartOf);
        all.retain(|it| self.at(*it).kind() == NodeKind::Program);
        all
    }
}
