//! How a route goes along the stages of development: which it passes over, and who acts on the way.

use schemars::JsonSchema;
use serde::Serialize;

use super::{End, Question, Route};
use crate::graph::routes::hops;
use crate::graph::shape::{id_or_null, ids};
use crate::graph::ways::Ways;
use crate::graph::{Direction, Graph, Node, Pipeline, Relation};
use crate::model::{Core, NodeKind};
use crate::query::counted::Counted;
use crate::query::scope::{Actors, Scope, Support};

/// A route, beside the stages of development.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Course<'g> {
    /// The route.
    #[serde(flatten)]
    pub route: Route<'g>,
    /// The ids of the stages that come before the last one it passes, and that it does not pass; where
    /// it begins at a stage, only those since. In the order of development.
    #[serde(serialize_with = "ids")]
    #[schemars(with = "Vec<&str>")]
    pub stages_not_passed: Vec<Node<'g>>,
    /// The stages it passes, and who acts and supports there; `null` where that is not asked for.
    #[serde(rename = "stages")]
    pub stations: Option<Vec<Station<'g>>>,
    /// The id of the region in which that is asked: the country that the route begins in; `null` where it is
    /// the whole atlas, or where who acts is not asked for.
    #[serde(serialize_with = "id_or_null")]
    #[schemars(with = "Option<&str>")]
    pub place: Option<Node<'g>>,
}

/// A stage on a route.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Station<'g> {
    /// The stage.
    pub stage: Node<'g>,
    /// Who acts in it.
    pub actors: Actors<'g>,
    /// What supports it.
    #[serde(rename = "supports")]
    pub support: Support<'g>,
}

/// What routes are compared with: the order of the stages, and who is there.
pub(super) struct Development<'g> {
    pipeline: Pipeline<'g>,
    /// Where who acts is asked for: the country that routes begin in, or the whole atlas.
    scope: Option<Scope<'g>>,
}

impl<'g> Development<'g> {
    /// Works out what a question needs. O(stages² + relations of stages); where it asks who acts,
    /// O(nodes + relations).
    pub fn new(graph: &'g Graph, question: &Question<'g>) -> Self {
        let bases = &question.steps.bases;
        let counted = Counted::on(graph, bases);
        let pipeline = Pipeline::new(graph, |relation| counted.has(relation));
        let place = country(&question.from).or_else(|| country(&question.to));
        Development { pipeline, scope: question.who.then(|| Scope::new(graph, place, bases)) }
    }

    /// Returns a route beside the stages. O(stages), and where who acts is asked for, the relations of those on
    /// the way.
    pub fn course(&self, route: Route<'g>) -> Course<'g> {
        let passed = || route.nodes.iter().copied().filter(|node| is_stage(*node));
        let begin = route.nodes.first().copied().filter(|node| is_stage(*node));
        let mut stages_not_passed =
            passed().next_back().map_or_else(Vec::new, |last| self.pipeline.before(last, begin));
        stages_not_passed.retain(|stage| passed().all(|it| it != *stage));
        let station = |scope: &Scope<'g>, stage| Station {
            stage,
            actors: scope.actors(stage),
            support: scope.support(stage),
        };
        let stations =
            self.scope.as_ref().map(|scope| passed().map(|it| station(scope, it)).collect());
        let place = self.scope.as_ref().and_then(Scope::of);
        Course { route, stages_not_passed, stations, place }
    }
}

/// The outermost region that an end of routes lies in, or that is its context; of several nodes, that of
/// all of them.
fn country<'g>(end: &End<'g>) -> Option<Node<'g>> {
    let outermost = |node: &Node<'g>| {
        let context = node.context().unwrap_or(*node);
        let own = (context.kind() == NodeKind::Region).then_some(context);
        let mut region = own.or_else(|| context.region())?;
        let mut passed = vec![region];
        while let Some(around) = region.within().find(|it| !passed.contains(it)) {
            passed.push(around);
            region = around;
        }
        Some(region)
    };
    let mut found = end.nodes.iter().map(outermost);
    let first = found.next()??;
    found.all(|it| it == Some(first)).then_some(first)
}

/// Finds the stage from which a route takes the stages in order: of those that lead on to the goal, the
/// nearest to the beginning past no other, of equally near ones the first in development.
pub(super) fn first_stage<'g>(graph: &'g Graph, question: &Question<'g>) -> Option<Node<'g>> {
    let counted = Counted::on(graph, &question.steps.bases);
    let mut pipeline = Pipeline::new(graph, |relation| counted.has(relation));
    pipeline.between(None, Some(question.to.node));
    let mut ways = question.steps.ways(graph);
    ways.keep(|relation, direction| !is_stage(ends(relation, direction).0));
    let far = hops(&ways, &question.from.nodes, Direction::Forward);
    // Of several equally near, the first is kept.
    pipeline.stages.into_iter().filter(|it| far.contains_key(it)).min_by_key(|it| far[it])
}

/// Lets routes enter no stage but `first`, and from a stage only one that is next.
pub(super) fn in_order<'g>(ways: &mut Ways<'g>, first: Option<Node<'g>>) {
    ways.keep(move |relation, direction| {
        let (from, to) = ends(relation, direction);
        match (is_stage(from), is_stage(to)) {
            (false, false) => true,
            (false, true) => Some(to) == first,
            (true, false) => false,
            (true, true) => relation.is(Core::Next) && direction == Direction::Forward,
        }
    });
}

/// Returns where a step leaves and where it leads.
fn ends<'g>(relation: Relation<'g>, direction: Direction) -> (Node<'g>, Node<'g>) {
    match direction {
        Direction::Forward => (relation.from(), relation.to()),
        Direction::Backward => (relation.to(), relation.from()),
    }
}

fn is_stage(node: Node) -> bool {
    node.kind() == NodeKind::Stage
}
