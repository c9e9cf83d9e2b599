//! Routes from one node, or any of several, to another.

use std::cell::Cell;

use schemars::JsonSchema;
use serde::Serialize;

use super::counted::Counted;
use super::ends::End;
use crate::graph::routes::{MOST_IN_VAIN, RankedRoute, Routes, Search, count_shortest};
use crate::graph::shape::id;
use crate::graph::ways::{Cost, Length, Ways};
use crate::graph::{Direction, Graph, Node, Relation, RelationKind};
use crate::model::Basis;

/// The routes that are asked for.
#[derive(Clone, Debug)]
pub struct Question<'g> {
    /// Where they begin.
    pub from: End<'g>,
    /// Where they end.
    pub to: End<'g>,
    /// The nodes that they must pass, in any order.
    pub via: Vec<Node<'g>>,
    /// The greatest number of hops; `None` for any number.
    pub max_hops: Option<usize>,
    /// The steps that they may take.
    pub steps: Steps<'g>,
    /// The number of routes, the best first; `None` for all.
    pub count: Option<usize>,
}

impl<'g> Question<'g> {
    /// Asks for the best route from one node to another, by any step that the vocabulary allows.
    pub fn between(from: Node<'g>, to: Node<'g>) -> Self {
        Question {
            from: End::at(from),
            to: End::at(to),
            via: Vec::new(),
            max_hops: None,
            steps: Steps::default(),
            count: Some(1),
        }
    }
}

/// The steps that routes may take, as a change to what the vocabulary allows.
#[derive(Clone, Debug, Default)]
pub struct Steps<'g> {
    /// Nodes that routes must not enter.
    pub avoid: Vec<Node<'g>>,
    /// Relation kinds that routes may follow in addition.
    pub follow: Vec<RelationKind<'g>>,
    /// Relation kinds that routes must not follow.
    pub without: Vec<RelationKind<'g>>,
    /// Relation kinds whose relations cost more or less than one.
    pub weights: Vec<(RelationKind<'g>, Cost)>,
    /// Whether direction is ignored.
    pub both_ways: bool,
    /// Only relations on these bases; on any where empty.
    pub bases: Vec<Basis>,
}

impl<'g> Steps<'g> {
    /// Determines the ways through a graph.
    pub fn ways(&self, graph: &'g Graph) -> Ways<'g> {
        let mut ways = Ways::new(graph);
        for kind in &self.follow {
            ways.follow(kind.index());
        }
        if self.both_ways {
            ways.both_ways();
        }
        for kind in &self.without {
            ways.leave_out(kind.index());
        }
        for (kind, cost) in &self.weights {
            ways.weigh(kind.index(), *cost);
        }
        if !self.bases.is_empty() {
            let counted = Counted::on(graph, &self.bases);
            ways.keep(move |relation| counted.has(relation));
        }
        ways.avoid(self.avoid.iter().copied());
        ways
    }
}

/// Routes, the best first; of equally good ones those with fewer hops, then those through earlier
/// nodes of the atlas. Each is found when it is read.
pub struct Answer<'g> {
    /// Where they begin.
    pub from: End<'g>,
    /// Where they end.
    pub to: End<'g>,
    /// The number of routes as good as the first; counted up to [`COUNTED`] where routes must pass
    /// given nodes.
    pub equally_short: u64,
    /// The number of routes asked for; `None` for all.
    pub count: Option<usize>,
    /// Where there is no route: changes to the question that would give one.
    pub relaxations: Vec<Relaxation<'g>>,
    ways: Ways<'g>,
    search: Search<'g>,
    first: Option<RankedRoute<'g>>,
    gave_up: Cell<bool>,
}

/// A route: the nodes and, for each hop, the relations that make it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Route<'g> {
    /// What it costs, and how many hops it takes.
    #[serde(flatten)]
    pub length: Length,
    /// The nodes, from the beginning to the end.
    pub nodes: Vec<Node<'g>>,
    /// The hops.
    pub steps: Vec<Step<'g>>,
}

/// A hop of a route.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Step<'g> {
    /// The id of the node it leaves.
    #[serde(serialize_with = "id")]
    #[schemars(with = "&str")]
    pub from: Node<'g>,
    /// The id of the node it enters.
    #[serde(serialize_with = "id")]
    #[schemars(with = "&str")]
    pub to: Node<'g>,
    /// All relations that lead from the one to the other.
    pub relations: Vec<Used<'g>>,
}

/// A relation of a hop.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Used<'g> {
    /// Whether the hop follows the relation forward or backward.
    pub direction: Direction,
    /// The relation.
    #[serde(flatten)]
    pub relation: Relation<'g>,
}

/// A change to the question that gives a route where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation<'g> {
    /// The change.
    pub change: Adjustment<'g>,
    /// The number of hops of the shortest route after the change.
    pub hops: usize,
}

/// A change to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Adjustment<'g> {
    /// Without the limit of hops.
    MaxHops,
    /// Enter the nodes that were to be avoided.
    NoAvoid,
    /// Without the nodes to be passed.
    NoVia,
    /// Use relations on any basis.
    NoBasis,
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
/// The best route takes O(relations · log nodes); each further one that for each of its hops, at
/// the time it is read.
pub fn path<'g>(graph: &'g Graph, question: &Question<'g>) -> Answer<'g> {
    let (ways, search) = (question.steps.ways(graph), search(question));
    let mut routes = Routes::new(&ways, &search);
    let first = routes.next();
    let gave_up = Cell::new(first.is_none() && routes.gave_up());
    let is_plain = search.via.is_empty() && search.max_hops.is_none();
    let equally_short = match &first {
        None => 0,
        Some(_) if is_plain => count_shortest(&ways, &search.from, &search.to),
        Some(first) => {
            let same = |route: &RankedRoute| route.length == first.length;
            Routes::new(&ways, &search).take_while(same).take(COUNTED).count() as u64
        }
    };
    let relaxations = if first.is_none() { relaxations(graph, question) } else { Vec::new() };
    let (from, to) = (question.from.clone(), question.to.clone());
    let count = question.count;
    drop(routes);
    Answer { from, to, equally_short, count, relaxations, ways, search, first, gave_up }
}

impl<'g> Answer<'g> {
    /// Returns whether there is no route.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// Returns the best route.
    pub fn best(&self) -> Option<Route<'g>> {
        self.first.clone().map(|found| Route::over(&self.ways, found))
    }

    /// Returns the routes; each is found when it is read.
    pub fn routes(&self) -> impl Iterator<Item = Route<'g>> {
        let more = self.count.is_none_or(|count| count > 1) && self.first.is_some();
        let rest = more.then(|| {
            let mut routes = Routes::new(&self.ways, &self.search);
            let next = move || {
                let next = routes.next();
                self.gave_up.set(next.is_none() && routes.gave_up());
                next
            };
            std::iter::from_fn(next).skip(1)
        });
        let found = self.first.clone().into_iter().chain(rest.into_iter().flatten());
        found.take(self.count.unwrap_or(usize::MAX)).map(|found| Route::over(&self.ways, found))
    }

    /// Returns whether there may be more routes than were read: fewer were found than asked for,
    /// and the search for routes through given nodes is limited.
    pub fn gave_up(&self) -> bool {
        self.gave_up.get()
    }
}

impl<'g> Route<'g> {
    /// Creates the route over the nodes that were found, with the relations of each hop.
    pub fn over(ways: &Ways<'g>, RankedRoute { length, nodes }: RankedRoute<'g>) -> Self {
        let used = |(relation, direction)| Used { direction, relation };
        let step = |ends: &[Node<'g>]| {
            let [from, to] = [ends[0], ends[1]];
            Step { from, to, relations: ways.between(from, to).into_iter().map(used).collect() }
        };
        let steps = nodes.windows(2).map(step).collect();
        Route { length, nodes, steps }
    }

    /// Returns the relations of all hops.
    pub fn relations(&self) -> impl Iterator<Item = Relation<'g>> {
        self.steps.iter().flat_map(|step| step.relations.iter().map(|used| used.relation))
    }
}

fn search<'g>(question: &Question<'g>) -> Search<'g> {
    Search {
        from: question.from.nodes.clone(),
        to: question.to.nodes.clone(),
        via: question.via.clone(),
        max_hops: question.max_hops,
    }
}

/// Each single change that gives a route where there is none, the least first.
fn relaxations<'g>(graph: &'g Graph, question: &Question<'g>) -> Vec<Relaxation<'g>> {
    let mut changes = vec![
        Adjustment::MaxHops,
        Adjustment::NoAvoid,
        Adjustment::NoVia,
        Adjustment::NoBasis,
        Adjustment::NoWithout,
    ];
    let unfollowed = graph.relation_kinds().filter(|kind| {
        kind.traverse() == crate::model::Traverse::Never && !question.steps.follow.contains(kind)
    });
    changes.extend(unfollowed.map(Adjustment::Follow));
    changes.push(Adjustment::BothWays);
    let mut in_vain = 0;
    changes
        .into_iter()
        .filter_map(|change| {
            let changed = apply(question, &change)?;
            // What is hard to pass stays so: to try it anew for each change would add up.
            if in_vain >= MOST_IN_VAIN && !changed.via.is_empty() {
                return None;
            }
            let ways = changed.steps.ways(graph);
            let mut routes = Routes::new(&ways, &search(&changed));
            let found = routes.next();
            in_vain += routes.in_vain();
            Some(Relaxation { change, hops: found?.nodes.len() - 1 })
        })
        .collect()
}

/// The question after a change; none where the change changes nothing.
fn apply<'g>(question: &Question<'g>, change: &Adjustment<'g>) -> Option<Question<'g>> {
    let mut changed = question.clone();
    let steps = &mut changed.steps;
    let empty = |is_empty: bool| (!is_empty).then_some(());
    match change {
        Adjustment::MaxHops => changed.max_hops.take().map(drop)?,
        Adjustment::NoAvoid => empty(std::mem::take(&mut steps.avoid).is_empty())?,
        Adjustment::NoVia => empty(std::mem::take(&mut changed.via).is_empty())?,
        Adjustment::NoBasis => empty(std::mem::take(&mut steps.bases).is_empty())?,
        Adjustment::NoWithout => empty(std::mem::take(&mut steps.without).is_empty())?,
        Adjustment::Follow(kind) => steps.follow.push(*kind),
        Adjustment::BothWays => empty(std::mem::replace(&mut steps.both_ways, true))?,
    }
    Some(changed)
}

/// An answer but for its routes, which are written as they are found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Heading<'g> {
    /// What the routes begin at.
    pub from: Node<'g>,
    /// The ids of the nodes any of which they may begin at; `null` where it is the one.
    pub from_any: Option<Vec<&'g str>>,
    /// What the routes end at.
    pub to: Node<'g>,
    /// The ids of the nodes any of which they may end at; `null` where it is the one.
    pub to_any: Option<Vec<&'g str>>,
    /// The number of routes as good as the first.
    pub equally_short: u64,
}

impl<'g> From<&Answer<'g>> for Heading<'g> {
    fn from(answer: &Answer<'g>) -> Self {
        let any =
            |end: &End<'g>| end.is_set.then(|| end.nodes.iter().map(|node| node.id()).collect());
        Heading {
            from: answer.from.node,
            from_any: any(&answer.from),
            to: answer.to.node,
            to_any: any(&answer.to),
            equally_short: answer.equally_short,
        }
    }
}

/// The whole of what `path --json` writes.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is of use: the routes are written as they are found")]
pub struct Written<'g> {
    #[serde(flatten)]
    heading: Heading<'g>,
    /// The routes, best first.
    routes: Vec<Route<'g>>,
}
