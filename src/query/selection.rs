//! Selects nodes and relations by criteria.
//!
//! One meaning for every command: repeating an option means *or*, different options mean *and*, and
//! what is negated is left out. Membership is decided on the relations that satisfy `--basis`, so that
//! a selection of stated facts never rests on an inferred one.

use super::counted::Counted;
use super::extent::{Extent, around};
use crate::graph::{Denial, Graph, Node, NodeSet, Relation};
use crate::model::Basis;

/// A criterion for nodes and relations.
#[derive(Clone, Debug)]
pub enum Criterion<'g> {
    /// The region and those within it, its members, the roles drawn there and the stages they act in.
    Region(Node<'g>),
    /// The role itself, in any context, who plays it, where, and the stages it acts in.
    Role(Node<'g>),
    /// The stage itself, the roles that act in it, who plays them, and what supports it.
    Stage(Node<'g>),
    /// The program and its parts, its members, the roles drawn in it and the stages they act in, the
    /// roles that take part, and what it leads to but organizations.
    Program(Node<'g>),
    /// Nodes of this type.
    Type(String),
    /// Nodes with a name that contains this text, after folding.
    Name(String),
    /// Nodes and relations that cite this source or this place in a source; also nodes with a
    /// relation that does.
    Source(String),
    /// Nodes and relations on this basis.
    Basis(Basis),
    /// Nodes at most so many relations away, in any direction.
    Around(Node<'g>, usize),
}

/// A criterion, or its negation.
#[derive(Clone, Debug)]
pub struct Term<'g> {
    /// The criterion.
    pub criterion: Criterion<'g>,
    /// Whether it is negated.
    pub negated: bool,
}

/// A selection of the nodes and relations of one graph.
pub struct Selection<'g> {
    terms: Vec<(Term<'g>, Cover<'g>)>,
}

/// What a criterion covers.
enum Cover<'g> {
    /// The nodes that belong, and those among them that carry the criterion themselves: the region
    /// and what lies within, the role in its contexts, the program and its parts.
    Nodes { nodes: NodeSet<'g>, core: NodeSet<'g> },
    /// These nodes, and what has one of them at an end.
    Alone(NodeSet<'g>),
    /// Whatever passes a test of its own.
    Test,
}

impl<'g> Selection<'g> {
    /// Determines what `terms` select; O(terms · relations).
    pub fn new(graph: &'g Graph, terms: Vec<Term<'g>>) -> Self {
        let tests = terms.iter().filter(|term| matches!(term.criterion, Criterion::Basis(_)));
        let tests = Selection { terms: tests.map(|it| (it.clone(), Cover::Test)).collect() };
        let counted = Counted::that(graph, |basis| {
            tests.holds(|criterion, _| matches!(criterion, Criterion::Basis(it) if *it == basis))
        });
        let cover = |term: Term<'g>| {
            let cover = Cover::of(&term.criterion, &counted);
            (term, cover)
        };
        Selection { terms: terms.into_iter().map(cover).collect() }
    }

    /// Returns whether everything is selected.
    pub fn is_everything(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns whether a node is selected.
    pub fn has_node(&self, node: Node<'g>) -> bool {
        self.holds(|criterion, cover| match cover {
            Cover::Nodes { nodes, .. } | Cover::Alone(nodes) => nodes.contains(node),
            Cover::Test => node_passes(node, criterion),
        })
    }

    /// Returns whether a relation is selected.
    pub fn has_relation(&self, relation: Relation<'g>) -> bool {
        let ends = [relation.from(), relation.to()];
        self.holds(|criterion, cover| match (criterion, cover) {
            (Criterion::Around(..), Cover::Nodes { nodes, .. }) => {
                ends.iter().all(|end| nodes.contains(*end))
            }
            (Criterion::Region(_), Cover::Nodes { nodes, core }) => match relation.context() {
                Some(context) => core.contains(context),
                None => ends.iter().all(|end| nodes.contains(*end)),
            },
            (_, Cover::Nodes { core, .. }) => {
                let context = relation.context().into_iter();
                ends.into_iter().chain(context).any(|node| core.contains(node))
            }
            (_, Cover::Alone(nodes)) => ends.iter().any(|end| nodes.contains(*end)),
            (criterion, Cover::Test) => relation_passes(relation, criterion),
        })
    }

    /// Returns whether a denial is selected.
    pub fn has_denial(&self, denial: Denial<'g>) -> bool {
        self.holds(|criterion, cover| match (criterion, cover) {
            (_, Cover::Nodes { nodes, core }) => match denial.context() {
                Some(context) => core.contains(context),
                None => nodes.contains(denial.node()),
            },
            (_, Cover::Alone(nodes)) => nodes.contains(denial.node()),
            (Criterion::Source(source), Cover::Test) => {
                denial.sources().any(|citation| cites(citation, source))
            }
            (Criterion::Basis(basis), Cover::Test) => denial.basis() == *basis,
            (criterion, Cover::Test) => node_passes(denial.node(), criterion),
        })
    }

    /// For each option: one of its terms holds, if it has any that is not negated, and no negated one.
    fn holds(&self, test: impl Fn(&Criterion<'g>, &Cover<'g>) -> bool) -> bool {
        let passes = |(term, cover): &(Term<'g>, Cover<'g>)| test(&term.criterion, cover);
        self.terms.iter().all(|of| {
            let option = std::mem::discriminant(&of.0.criterion);
            let is_or = |(other, _): &&(Term<'g>, Cover<'g>)| {
                !other.negated && std::mem::discriminant(&other.criterion) == option
            };
            match of.0.negated {
                true => !passes(of),
                false => passes(of) || self.terms.iter().filter(is_or).any(passes),
            }
        })
    }
}

impl<'g> Cover<'g> {
    fn of(criterion: &Criterion<'g>, counted: &Counted<'g>) -> Self {
        match criterion {
            Criterion::Region(node)
            | Criterion::Role(node)
            | Criterion::Stage(node)
            | Criterion::Program(node) => {
                let extent = Extent::of(*node, counted);
                Cover::Nodes { nodes: extent.nodes(), core: extent.core }
            }
            Criterion::Around(node, depth) => {
                let nodes = around(*node, *depth, counted);
                Cover::Nodes { nodes, core: NodeSet::new(counted.graph()) }
            }
            Criterion::Name(key) => Cover::Alone(counted.graph().with_name_like(key)),
            _ => Cover::Test,
        }
    }
}

fn node_passes(node: Node, criterion: &Criterion) -> bool {
    match criterion {
        Criterion::Type(wanted) => node.r#type() == Some(wanted),
        Criterion::Source(source) => {
            let ties = node.outgoing().chain(node.incoming());
            node.sources()
                .chain(ties.flat_map(Relation::sources))
                .any(|citation| cites(citation, source))
        }
        Criterion::Basis(basis) => node.basis() == *basis,
        _ => false,
    }
}

fn relation_passes(relation: Relation, criterion: &Criterion) -> bool {
    match criterion {
        Criterion::Source(source) => relation.sources().any(|citation| cites(citation, source)),
        Criterion::Basis(basis) => relation.basis() == *basis,
        _ => [relation.from(), relation.to()].into_iter().any(|end| node_passes(end, criterion)),
    }
}

fn cites(citation: &str, source: &str) -> bool {
    citation.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}
