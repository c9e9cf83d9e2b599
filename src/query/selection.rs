//! Which nodes and relations a question speaks of.
//!
//! One meaning for every command: repeating an option means *or*, different options mean *and*, and
//! what is negated is left out. Membership is decided on the relations that satisfy `--basis`, so that
//! a selection of stated facts never rests on an inferred one.

use std::collections::HashSet;

use crate::graph::{Denial, Graph, Node, Relation, fold};
use crate::model::{Basis, Core, NodeKind};

/// One thing that can be asked of a node or a relation.
#[derive(Clone, Debug)]
pub enum Criterion<'g> {
    /// In the region, in a region within it, or playing a role in its context.
    Region(Node<'g>),
    /// The role itself, in any context, who plays it, where, and the stages it acts in.
    Role(Node<'g>),
    /// The stage itself, the roles that act in it, who plays them, and what supports it.
    Stage(Node<'g>),
    /// The program itself and its parts, who plays a role in them, and what is tied to them.
    Program(Node<'g>),
    /// Of this type.
    Type(String),
    /// With a name that contains this text, after folding.
    Name(String),
    /// Citing this source, or this very place in a source, itself or in a relation.
    Source(String),
    /// Standing on this basis.
    Basis(Basis),
    /// At most so many relations away, in any direction.
    Around(Node<'g>, usize),
}

/// A criterion, or its opposite.
#[derive(Clone, Debug)]
pub struct Term<'g> {
    /// What is asked.
    pub criterion: Criterion<'g>,
    /// Whether the opposite is.
    pub negated: bool,
}

/// A selection, worked out for one graph.
pub struct Selection<'g> {
    terms: Vec<(Term<'g>, Extent)>,
}

/// What a criterion covers.
enum Extent {
    /// The nodes that belong, and those among them that carry the criterion themselves: the region
    /// and what lies within, the role in its contexts, the program and its parts.
    Nodes { members: HashSet<u32>, core: HashSet<u32> },
    /// Whatever passes a test of its own.
    Test,
}

impl<'g> Selection<'g> {
    /// Works out what `terms` cover; O(terms · relations).
    pub fn new(graph: &'g Graph, terms: Vec<Term<'g>>) -> Self {
        let standing: Vec<Term> = terms.iter().filter(|term| term.is_standing()).cloned().collect();
        let members = Members { graph, standing: Selection { terms: pair_tests(standing) } };
        let terms = terms
            .into_iter()
            .map(|term| {
                let extent = members.extent(&term.criterion);
                (term, extent)
            })
            .collect();
        Selection { terms }
    }

    /// Whether everything is selected.
    pub fn is_everything(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a node is selected.
    pub fn has_node(&self, node: Node<'g>) -> bool {
        self.holds(|criterion, extent| match extent {
            Extent::Nodes { members, .. } => members.contains(&node.index()),
            Extent::Test => node_passes(node, criterion),
        })
    }

    /// Whether a relation is selected.
    pub fn has_relation(&self, relation: Relation<'g>) -> bool {
        let ends = [relation.from(), relation.to()];
        self.holds(|criterion, extent| match (criterion, extent) {
            (Criterion::Around(..), Extent::Nodes { members, .. }) => {
                ends.iter().all(|end| members.contains(&end.index()))
            }
            (Criterion::Region(_), Extent::Nodes { members, core }) => match relation.context() {
                Some(context) => core.contains(&context.index()),
                None => ends.iter().all(|end| members.contains(&end.index())),
            },
            (_, Extent::Nodes { core, .. }) => {
                let context = relation.context().into_iter();
                ends.into_iter().chain(context).any(|node| core.contains(&node.index()))
            }
            (criterion, Extent::Test) => relation_passes(relation, criterion),
        })
    }

    /// Whether a statement that there is none is selected.
    pub fn has_denial(&self, denial: Denial<'g>) -> bool {
        self.holds(|criterion, extent| match (criterion, extent) {
            (_, Extent::Nodes { members, core }) => match denial.context() {
                Some(context) => core.contains(&context.index()),
                None => members.contains(&denial.node().index()),
            },
            (Criterion::Source(source), Extent::Test) => {
                denial.sources().any(|citation| cites(citation, source))
            }
            (Criterion::Basis(basis), Extent::Test) => denial.basis() == *basis,
            (criterion, Extent::Test) => node_passes(denial.node(), criterion),
        })
    }

    /// For each option: one of its terms holds, if it has any that is not negated, and no negated one.
    fn holds(&self, test: impl Fn(&Criterion<'g>, &Extent) -> bool) -> bool {
        let mut open = HashSet::new();
        let mut met = HashSet::new();
        for (term, extent) in &self.terms {
            let option = std::mem::discriminant(&term.criterion);
            match (term.negated, test(&term.criterion, extent)) {
                (true, true) => return false,
                (true, false) => {}
                (false, true) => {
                    met.insert(option);
                }
                (false, false) => {
                    open.insert(option);
                }
            }
        }
        open.is_subset(&met)
    }
}

impl Term<'_> {
    /// Whether it decides which relations count when members are sought.
    fn is_standing(&self) -> bool {
        matches!(self.criterion, Criterion::Basis(_))
    }
}

fn pair_tests(terms: Vec<Term<'_>>) -> Vec<(Term<'_>, Extent)> {
    terms.into_iter().map(|term| (term, Extent::Test)).collect()
}

fn node_passes(node: Node, criterion: &Criterion) -> bool {
    let record = node.record();
    match criterion {
        Criterion::Type(wanted) => record.r#type.as_ref() == Some(wanted),
        Criterion::Name(text) => node.names().any(|name| fold(name).contains(text.as_str())),
        Criterion::Source(source) => {
            let own = record.sources.iter().map(|citation| &*citation.value.0);
            let ties = node.outgoing().chain(node.incoming());
            own.chain(ties.flat_map(Relation::sources)).any(|citation| cites(citation, source))
        }
        Criterion::Basis(basis) => record.basis == *basis,
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

/// Finds who belongs to what, over the relations that count.
struct Members<'g> {
    graph: &'g Graph,
    standing: Selection<'g>,
}

impl<'g> Members<'g> {
    fn extent(&self, criterion: &Criterion<'g>) -> Extent {
        let (core, members) = match criterion {
            Criterion::Region(region) => self.region(*region),
            Criterion::Role(role) => self.role(*role),
            Criterion::Stage(stage) => self.stage(*stage),
            Criterion::Program(program) => self.program(*program),
            Criterion::Around(node, depth) => (HashSet::new(), self.around(*node, *depth)),
            _ => return Extent::Test,
        };
        Extent::Nodes { members, core }
    }

    fn outgoing(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Node<'g>> {
        let counts = |relation: &Relation<'g>| self.standing.has_relation(*relation);
        node.outgoing().filter(counts).filter(move |it| it.is(kind)).map(Relation::to)
    }

    fn incoming(&self, node: Node<'g>, kind: Core) -> impl Iterator<Item = Node<'g>> {
        let counts = |relation: &Relation<'g>| self.standing.has_relation(*relation);
        node.incoming().filter(counts).filter(move |it| it.is(kind)).map(Relation::from)
    }

    /// `start` and all that leads to it by relations of `kind`.
    fn closure(&self, start: Node<'g>, kind: Core) -> HashSet<u32> {
        let mut found = HashSet::from([start.index()]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            open.extend(self.incoming(node, kind).filter(|below| found.insert(below.index())));
        }
        found
    }

    /// The contextual roles in any of `contexts`, and who plays them.
    fn in_contexts(&self, contexts: &HashSet<u32>) -> (Vec<Node<'g>>, Vec<Node<'g>>) {
        let context = |index: &u32| self.graph.node_at(*index);
        let roles: Vec<Node> = contexts
            .iter()
            .map(context)
            .flat_map(|context| self.incoming(context, Core::In))
            .collect();
        let players = roles.iter().flat_map(|role| self.incoming(*role, Core::Plays)).collect();
        (roles, players)
    }

    fn region(&self, region: Node<'g>) -> (HashSet<u32>, HashSet<u32>) {
        let regions = self.closure(region, Core::Within);
        let here = regions.iter().map(|index| self.graph.node_at(*index));
        let located = here.flat_map(|region| self.incoming(region, Core::LocatedIn));
        let mut members: HashSet<u32> = located.map(Node::index).collect();
        let (roles, players) = self.in_contexts(&regions);
        for role in &roles {
            members.extend(self.outgoing(*role, Core::ActsIn).map(Node::index));
        }
        members.extend(roles.iter().chain(&players).map(|node| node.index()));
        members.extend(&regions);
        (regions, members)
    }

    fn role(&self, role: Node<'g>) -> (HashSet<u32>, HashSet<u32>) {
        let roles = self.closure(role, Core::Specializes);
        let mut members = roles.clone();
        for role in roles.iter().map(|index| self.graph.node_at(*index)) {
            members.extend(self.incoming(role, Core::Plays).map(Node::index));
            members.extend(self.outgoing(role, Core::ActsIn).map(Node::index));
            members.extend(role.context().map(Node::index));
        }
        (roles, members)
    }

    fn stage(&self, stage: Node<'g>) -> (HashSet<u32>, HashSet<u32>) {
        let mut members = HashSet::from([stage.index()]);
        for role in self.incoming(stage, Core::ActsIn) {
            members.insert(role.index());
            members.extend(self.incoming(role, Core::Plays).map(Node::index));
        }
        members.extend(self.incoming(stage, Core::Supports).map(Node::index));
        (HashSet::from([stage.index()]), members)
    }

    fn program(&self, program: Node<'g>) -> (HashSet<u32>, HashSet<u32>) {
        let programs: HashSet<u32> = self
            .closure(program, Core::PartOf)
            .into_iter()
            .filter(|index| self.graph.node_at(*index).kind() == NodeKind::Program)
            .collect();
        let mut members = programs.clone();
        for program in programs.iter().map(|index| self.graph.node_at(*index)) {
            let ties = program.outgoing().chain(program.incoming());
            let ties = ties.filter(|relation| self.standing.has_relation(*relation));
            members.extend(ties.flat_map(|tie| [tie.from().index(), tie.to().index()]));
        }
        let (roles, players) = self.in_contexts(&programs);
        members.extend(roles.iter().chain(&players).map(|node| node.index()));
        (programs, members)
    }

    fn around(&self, node: Node<'g>, depth: usize) -> HashSet<u32> {
        let mut found = HashSet::from([node.index()]);
        let mut layer = vec![node];
        for _ in 0..depth {
            let mut next = Vec::new();
            for node in layer {
                let ties = node.outgoing().chain(node.incoming());
                let ties = ties.filter(|relation| self.standing.has_relation(*relation));
                for other in ties.flat_map(|tie| [tie.from(), tie.to()]) {
                    if found.insert(other.index()) {
                        next.push(other);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            layer = next;
        }
        found
    }
}
