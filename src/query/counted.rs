//! The relations that a question takes into account, by their basis.

use crate::graph::{Denial, Graph, Node, NodeSet, Relation};
use crate::model::{Basis, Class, Core, NodeKind};

/// The relations of a graph that are on certain bases. A relation *counts* if it is among them.
#[derive(Clone, Debug)]
pub struct Counted<'g> {
    graph: &'g Graph,
    bases: Vec<Basis>,
}

impl<'g> Counted<'g> {
    /// Selects the relations on one of `bases`; all where it is empty.
    pub fn on(graph: &'g Graph, bases: &[Basis]) -> Self {
        Counted::that(graph, |basis| bases.is_empty() || bases.contains(&basis))
    }

    /// Selects the relations on each basis that satisfies a test.
    pub fn that(graph: &'g Graph, test: impl Fn(Basis) -> bool) -> Self {
        let all = Basis::ALL;
        Counted { graph, bases: all.into_iter().filter(|basis| test(*basis)).collect() }
    }

    /// Returns the graph of the relations.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Returns whether a relation counts.
    pub fn has(&self, relation: Relation<'g>) -> bool {
        self.bases.contains(&relation.basis())
    }

    /// Returns whether a denial counts.
    pub fn has_denial(&self, denial: Denial<'g>) -> bool {
        self.bases.contains(&denial.basis())
    }

    /// Returns the relations of one kind that start at a node.
    pub fn outgoing(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Relation<'g>> {
        node.outgoing().filter(move |it| it.is(kind) && self.has(*it))
    }

    /// Returns the relations of one kind that lead to a node.
    pub fn incoming(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Relation<'g>> {
        node.incoming().filter(move |it| it.is(kind) && self.has(*it))
    }

    /// Returns all relations at a node.
    pub fn at(&self, node: Node<'g>) -> impl Iterator<Item = Relation<'g>> {
        node.outgoing().chain(node.incoming()).filter(|it| self.has(*it))
    }

    /// Returns `start` and all nodes from which relations of one kind lead there, directly or
    /// through others. O(relations of what is found).
    pub fn below(&self, start: impl IntoIterator<Item = Node<'g>>, kind: Core) -> NodeSet<'g> {
        self.closure(start, |node| self.incoming(node, kind).map(Relation::from).collect())
    }

    /// Returns `start` and all nodes to which relations of one kind lead from there, directly or
    /// through others. O(relations of what is found).
    pub fn above(&self, start: impl IntoIterator<Item = Node<'g>>, kind: Core) -> NodeSet<'g> {
        self.closure(start, |node| self.outgoing(node, kind).map(Relation::to).collect())
    }

    /// Returns the regions that a region or a program lies in; none for others.
    pub fn enclosing(&self, of: Option<Node<'g>>) -> NodeSet<'g> {
        let regions: Vec<Node> = match of.map(|node| (node, node.kind())) {
            Some((region, NodeKind::Region)) => vec![region],
            Some((program, NodeKind::Program)) => {
                let wholes = self.above([program], Core::PartOf);
                let places = wholes.iter().flat_map(|it| self.outgoing(it, Core::LocatedIn));
                places.map(Relation::to).collect()
            }
            _ => Vec::new(),
        };
        let mut above = self.above(regions, Core::Within);
        above.retain(|it| Some(it) != of);
        above
    }

    /// Returns the role in general that a role is one of: itself, or the broadest by `broader`.
    pub fn broadest(&self, role: Node<'g>) -> Node<'g> {
        let mut passed = vec![role.generic().unwrap_or(role)];
        loop {
            let here = passed[passed.len() - 1];
            let broader = self.outgoing(here, Core::Broader).map(Relation::to);
            // Contexts may tie into a loop what is none by itself.
            let broader = broader.map(|it| it.generic().unwrap_or(it)).min();
            match broader.filter(|it| !passed.contains(it)) {
                Some(broader) => passed.push(broader),
                None => return here,
            }
        }
    }

    /// Returns the organizations and programs that belong to a region or program by a relation to
    /// it whose class is place or membership.
    pub fn belonging(&self, context: Node<'g>) -> impl Iterator<Item = Node<'g>> {
        let ties = |class| matches!(class, Class::Place | Class::Membership);
        let leading = context.incoming().filter(move |it| ties(it.kind().class()) && self.has(*it));
        leading.map(Relation::from).filter(|node| acts(*node))
    }

    fn closure(
        &self,
        start: impl IntoIterator<Item = Node<'g>>,
        next: impl Fn(Node<'g>) -> Vec<Node<'g>>,
    ) -> NodeSet<'g> {
        let mut open: Vec<Node> = start.into_iter().collect();
        let mut found = NodeSet::of(self.graph, open.iter().copied());
        while let Some(node) = open.pop() {
            open.extend(next(node).into_iter().filter(|node| found.insert(*node)));
        }
        found
    }
}

/// Returns whether a node can act: whether it is an organization or a program.
pub fn acts(node: Node) -> bool {
    matches!(node.kind(), NodeKind::Organization | NodeKind::Program)
}
