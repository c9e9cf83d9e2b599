//! Routes from one node, or any of several, to another.

mod course;
mod relaxation;

use std::cell::Cell;

use schemars::JsonSchema;
use serde::Serialize;

use super::counted::Counted;
use super::ends::End;
use crate::graph::routes::{RankedRoute, Routes, Search, count_shortest};
use crate::graph::shape::id;
use crate::graph::ways::{Cost, Length, Ways};
use crate::graph::{Direction, Graph, Node, Relation, RelationKind};
use crate::model::Basis;
use course::{Development, first_stage, in_order};
use relaxation::relaxations;

pub use course::{Course, Station};
pub use relaxation::{Adjustment, Relaxation};

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
    /// Whether they take the stages of development in order, none passed over, from the nearest to the
    /// beginning up to the stage at the end.
    pub stage_by_stage: bool,
    /// Whether it is told who acts and who supports at each stage on the way.
    pub who: bool,
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
            stage_by_stage: false,
            who: false,
        }
    }

    /// The ways that its routes take.
    fn ways(&self, graph: &'g Graph) -> Ways<'g> {
        let mut ways = self.steps.ways(graph);
        let ends = [&self.from, &self.to].map(|end| end.nodes.clone()).concat();
        // What is only planned leads nowhere yet, but for what is asked about itself.
        let is_asked = move |node| ends.contains(&node);
        ways.keep(move |it, _| !it.is_planned() || is_asked(it.from()) || is_asked(it.to()));
        if self.stage_by_stage {
            in_order(&mut ways, first_stage(graph, self));
        }
        ways
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
            ways.keep(move |relation, _| counted.has(relation));
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
    /// Where routes take the stages in order: the first of them, if there is any.
    pub first_stage: Option<Node<'g>>,
    /// Whether routes take the stages in order.
    pub stage_by_stage: bool,
    /// Whether it is told who acts and who supports at each stage.
    pub tells_who: bool,
    /// Where there is no route: changes to the question that would give one.
    pub relaxations: Vec<Relaxation<'g>>,
    development: Development<'g>,
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

/// Equally short routes through given nodes are counted up to this many.
pub const COUNTED: usize = 1000;

/// Finds routes.
///
/// The best route takes O(relations · log nodes); each further one that for each of its hops, at
/// the time it is read.
pub fn path<'g>(graph: &'g Graph, question: &Question<'g>) -> Answer<'g> {
    let (ways, search) = (question.ways(graph), search(question));
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
    drop(routes);
    let is_ordered = question.stage_by_stage;
    Answer {
        from,
        to,
        equally_short,
        count: question.count,
        first_stage: is_ordered.then(|| first_stage(graph, question)).flatten(),
        stage_by_stage: is_ordered,
        tells_who: question.who,
        relaxations,
        development: Development::new(graph, question),
        ways,
        search,
        first,
        gave_up,
    }
}

impl<'g> Answer<'g> {
    /// Returns whether there is no route.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// Returns the best route.
    pub fn best(&self) -> Option<Course<'g>> {
        self.first.clone().map(|found| self.course(found))
    }

    /// Returns the routes; each is found when it is read.
    pub fn routes(&self) -> impl Iterator<Item = Course<'g>> {
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
        found.take(self.count.unwrap_or(usize::MAX)).map(|found| self.course(found))
    }

    fn course(&self, found: RankedRoute<'g>) -> Course<'g> {
        self.development.course(Route::over(&self.ways, found))
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
    routes: Vec<Course<'g>>,
}
