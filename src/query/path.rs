//! Routes from one node to another.

use schemars::JsonSchema;
use serde::Serialize;

use super::view::{NodeName, UsedRelation};
use super::{Criterion, Selection, Term};
use crate::graph::routes::{Routes, Search, Ways, count_shortest};
use crate::graph::{Direction, Graph, Node, Relation, RelationKind};

/// Which routes are asked for.
#[derive(Clone, Debug)]
pub struct Question<'g> {
    /// Where they begin, where they end, and what they pass.
    pub search: Search<'g>,
    /// What they do not enter.
    pub avoid: Vec<Node<'g>>,
    /// Relation kinds to follow beside what the vocabulary lets a route follow.
    pub follow: Vec<RelationKind<'g>>,
    /// Relation kinds to leave out.
    pub without: Vec<RelationKind<'g>>,
    /// Whether direction is ignored.
    pub both_ways: bool,
    /// Only relations that satisfy these terms.
    pub terms: Vec<Term<'g>>,
    /// How many routes, the best first.
    pub count: usize,
}

/// Routes, best first; of equally short ones those through earlier nodes of the atlas.
#[derive(Debug)]
pub struct Answer<'g> {
    /// Where they begin.
    pub from: Node<'g>,
    /// Where they end.
    pub to: Node<'g>,
    /// The routes.
    pub routes: Vec<Route<'g>>,
    /// How many routes are as short as the first; counted up to [`COUNTED`] where they pass nodes.
    pub equally_short: u64,
    /// Where there is no route: what would give one.
    pub relaxations: Vec<Relaxation<'g>>,
}

/// A route: the nodes and, for each hop, the relations that make it.
#[derive(Debug)]
pub struct Route<'g> {
    /// The nodes, from the beginning to the end.
    pub nodes: Vec<Node<'g>>,
    /// For each hop, all relations that lead from one node to the next.
    pub steps: Vec<Vec<(Relation<'g>, Direction)>>,
}

/// What would give a route where there is none, and how long it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation<'g> {
    /// What to change.
    pub change: Change<'g>,
    /// The hops of the shortest route then.
    pub hops: usize,
}

/// A change to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<'g> {
    /// More hops.
    MaxHops,
    /// Enter what was to be avoided.
    NoAvoid,
    /// Pass less.
    NoVia,
    /// Use relations on any basis and of any date.
    NoTerms,
    /// Follow the kinds that were left out.
    NoWithout,
    /// Follow a kind that routes do not follow.
    Follow(RelationKind<'g>),
    /// Ignore direction.
    BothWays,
}

/// Equally short routes through given nodes are counted up to this many.
pub const COUNTED: usize = 1000;

/// Finds routes.
///
/// The shortest takes O(nodes + relations); each further one that for each of its hops.
pub fn path<'g>(graph: &'g Graph, question: &Question<'g>) -> Answer<'g> {
    let ways = ways(graph, question);
    let search = &question.search;
    let found: Vec<Vec<Node>> = Routes::new(&ways, search.clone()).take(question.count).collect();
    let equally_short = match &found[..] {
        [] => 0,
        _ if search.via.is_empty() => count_shortest(&ways, search.from, search.to),
        [first, ..] => {
            let same = |route: &Vec<Node>| route.len() == first.len();
            Routes::new(&ways, search.clone()).take_while(same).take(COUNTED).count() as u64
        }
    };
    let relaxations = if found.is_empty() { relaxations(graph, question) } else { Vec::new() };
    let routes = found.into_iter().map(|nodes| route(&ways, nodes)).collect();
    Answer { from: search.from, to: search.to, routes, equally_short, relaxations }
}

fn ways<'g>(graph: &'g Graph, question: &Question<'g>) -> Ways<'g> {
    let mut ways = Ways::new(graph);
    for kind in &question.follow {
        ways.follow(kind.index());
    }
    if question.both_ways {
        ways.both_ways();
    }
    for kind in &question.without {
        ways.leave_out(kind.index());
    }
    if !question.terms.is_empty() {
        let selection = Selection::new(graph, question.terms.clone());
        ways.keep(move |relation| selection.has_relation(relation));
    }
    ways.avoid(question.avoid.iter().copied());
    ways
}

fn route<'g>(ways: &Ways<'g>, nodes: Vec<Node<'g>>) -> Route<'g> {
    let steps = nodes.windows(2).map(|pair| ways.between(pair[0], pair[1])).collect();
    Route { nodes, steps }
}

/// Each single change that gives a route where there is none, the least first.
fn relaxations<'g>(graph: &'g Graph, question: &Question<'g>) -> Vec<Relaxation<'g>> {
    let mut changes =
        vec![Change::MaxHops, Change::NoAvoid, Change::NoVia, Change::NoTerms, Change::NoWithout];
    let unfollowed = graph.relation_kinds().filter(|kind| {
        kind.traverse() == crate::model::Traverse::Never && !question.follow.contains(kind)
    });
    changes.extend(unfollowed.map(Change::Follow));
    changes.push(Change::BothWays);
    changes
        .into_iter()
        .filter_map(|change| {
            let changed = apply(question, &change)?;
            let ways = ways(graph, &changed);
            let hops = Routes::new(&ways, changed.search).next()?.len() - 1;
            Some(Relaxation { change, hops })
        })
        .collect()
}

/// The question after a change; none where the change changes nothing.
fn apply<'g>(question: &Question<'g>, change: &Change<'g>) -> Option<Question<'g>> {
    let mut changed = question.clone();
    match change {
        Change::MaxHops => changed.search.max_hops.take().map(drop)?,
        Change::NoAvoid => (!std::mem::take(&mut changed.avoid).is_empty()).then_some(())?,
        Change::NoVia => (!std::mem::take(&mut changed.search.via).is_empty()).then_some(())?,
        Change::NoTerms => (!std::mem::take(&mut changed.terms).is_empty()).then_some(())?,
        Change::NoWithout => (!std::mem::take(&mut changed.without).is_empty()).then_some(())?,
        Change::Follow(kind) => changed.follow.push(*kind),
        Change::BothWays => (!std::mem::replace(&mut changed.both_ways, true)).then_some(())?,
    }
    Some(changed)
}

/// The terms that a route's relations must satisfy, from a basis.
pub fn on_basis<'g>(basis: crate::model::Basis) -> Term<'g> {
    Term { criterion: Criterion::Basis(basis), negated: false }
}

/// An answer, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerView<'g> {
    /// Where the routes begin.
    pub from: NodeName<'g>,
    /// Where they end.
    pub to: NodeName<'g>,
    /// How many routes are as short as the first.
    pub equally_short: u64,
    /// The routes, best first.
    pub routes: Vec<RouteView<'g>>,
}

/// A route, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RouteView<'g> {
    /// How many hops it takes.
    pub hops: usize,
    /// What it costs: one a hop.
    pub cost: usize,
    /// The nodes, from the beginning to the end.
    pub nodes: Vec<NodeName<'g>>,
    /// The hops.
    pub steps: Vec<StepView<'g>>,
}

/// A hop, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StepView<'g> {
    /// The id of the node it leaves.
    pub from: &'g str,
    /// The id of the node it enters.
    pub to: &'g str,
    /// All relations that make it.
    pub relations: Vec<UsedRelation<'g>>,
}

impl<'g> From<&Answer<'g>> for AnswerView<'g> {
    fn from(answer: &Answer<'g>) -> Self {
        AnswerView {
            from: answer.from.into(),
            to: answer.to.into(),
            equally_short: answer.equally_short,
            routes: answer.routes.iter().map(RouteView::from).collect(),
        }
    }
}

impl<'g> From<&Route<'g>> for RouteView<'g> {
    fn from(route: &Route<'g>) -> Self {
        let steps = route.nodes.windows(2).zip(&route.steps).map(|(ends, relations)| StepView {
            from: ends[0].id(),
            to: ends[1].id(),
            relations: relations
                .iter()
                .map(|(relation, direction)| UsedRelation {
                    kind: relation.kind().id(),
                    direction: *direction,
                    evidence: (*relation).into(),
                })
                .collect(),
        });
        RouteView {
            hops: route.steps.len(),
            cost: route.steps.len(),
            nodes: route.nodes.iter().map(|node| (*node).into()).collect(),
            steps: steps.collect(),
        }
    }
}
