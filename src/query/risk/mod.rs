//! What breaks the routes from one end to another, and what would help.
//!
//! It measures two things separately. *Routes* are those of [`path`](super::path): which nodes all
//! of them pass, and how many can share no node. *Staffed routes* ([`pipeline`](super::pipeline)),
//! which are counted between two stages, pass along the stages with somebody who acts in each. So a
//! stage with a single organization depends on it, even if no route passes the organization.

mod absence;
mod remedy;

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::graph::passage::{Passage, Width};
use crate::graph::routes::{Routes, Search};
use crate::graph::shape::ids;
use crate::graph::ways::Ways;
use crate::graph::{Graph, Node, Pipeline};
use crate::model::NodeKind;

use super::ends::End;
use super::path::Steps;
use super::pipeline::{Staffing, Tally};
use super::scope::{Acting, Actors, Scope, State};
use absence::Weights;

pub use absence::Absence;
pub use remedy::{Remedy, Standing};

/// What is asked.
pub struct Question<'g> {
    /// Where routes begin.
    pub from: End<'g>,
    /// Where they end.
    pub to: End<'g>,
    /// Which steps they may take.
    pub steps: Steps<'g>,
    /// The part of the atlas that is looked at.
    pub scope: Scope<'g>,
    /// What is thought away, together; where it is nothing, each organization in turn.
    pub without: Vec<Node<'g>>,
    /// How many absences are told, the worst first.
    pub limit: usize,
}

/// What routes have in common, what each absence breaks, and what would help.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer<'g> {
    /// Where the routes begin.
    pub from: End<'g>,
    /// Where they end.
    pub to: End<'g>,
    /// The region, program or organization that is looked at; `null` where it is the whole atlas.
    pub scope: Option<Node<'g>>,
    /// The hops of the shortest route; `null` where there is no route.
    pub hops: Option<u32>,
    /// What every route passes, in order, the ends left out.
    pub must_pass: Vec<Node<'g>>,
    /// How many routes share no node, and where they are thinnest.
    #[serde(flatten)]
    pub width: Width<'g>,
    /// Between two stages: the stages on the routes, and who acts there.
    #[serde(rename = "stages")]
    pub stations: Vec<Station<'g>>,
    /// The stages on every route with the fewest who act there, where somebody does.
    #[serde(serialize_with = "ids")]
    #[schemars(with = "Vec<&str>")]
    pub thinnest: Vec<Node<'g>>,
    /// How many staffed routes there are: combinations of those who are named, one for each stage,
    /// each within one context.
    #[serde(rename = "staffed_routes")]
    pub staffed: Tally,
    /// Whether there are more ways along the stages than were followed.
    #[serde(rename = "cut_off")]
    pub is_cut_off: bool,
    /// Whether a source leaves a list of those who act open: there are then more staffed routes.
    #[serde(rename = "open")]
    pub is_open: bool,
    /// What by itself ends all routes, or leaves a stage that all pass with nobody.
    pub single_points: Vec<SinglePoint<'g>>,
    /// What is broken by absences, the worst first.
    pub absences: Vec<Absence<'g>>,
    /// How many absences break something.
    pub absences_in_all: usize,
    /// The one new relation that would help most; not told where something is thought away.
    pub remedy: Option<Remedy<'g>>,
}

/// A stage on the routes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Station<'g> {
    /// The stage.
    pub stage: Node<'g>,
    /// Whether every route passes it.
    pub on_every_route: bool,
    /// What is known of who acts there.
    pub state: State,
    /// Who acts there, each once, in the order of the atlas.
    #[serde(rename = "actors")]
    pub members: Vec<Node<'g>>,
    /// The roles that act there, and who plays them.
    #[serde(rename = "roles")]
    pub acting: Vec<Acting<'g>>,
}

/// A single point of failure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SinglePoint<'g> {
    /// What must not fail.
    pub node: Node<'g>,
    /// The stage that nobody else acts in; `null` where every route passes the node itself.
    pub stage: Option<Node<'g>>,
}

/// From the need to the market: where development begins and ends in a scope; none without stages.
pub fn ends<'g>(scope: &Scope<'g>) -> Option<(End<'g>, End<'g>)> {
    let pipeline = Pipeline::new(scope.graph(), |relation| scope.counts(relation));
    let (first, last) = pipeline.ends()?;
    Some((End::at(first), End::at(last)))
}

/// Weighs the routes.
///
/// O(relations · √nodes) for the routes, and that again for each absence that is told and has several
/// nodes on the way; to find the worst, for each who takes a stage the ways along the stages.
pub fn risk<'g>(graph: &'g Graph, question: &Question<'g>) -> Answer<'g> {
    let Question { from, to, scope, .. } = question;
    let ways = ways(graph, question);
    let passage = Passage::new(&ways, &from.nodes, &to.nodes);
    let width = passage.width();
    let is_end = |node: &Node| [from, to].iter().any(|end| !end.is_set && end.node == *node);
    let passed = width.must_pass.iter().copied();
    let must_pass: Vec<Node> = passed.filter(|node| !is_end(node)).collect();
    let pipeline = pipeline(question, &passage);
    let is_way = !pipeline.stages.is_empty();
    let staffing = Staffing::new(scope, &pipeline, is_way.then_some((from.node, to.node)));
    let station = |stage: &Node<'g>| station(*stage, &staffing, width.must_pass.contains(stage));
    // Where routes do not go along the stages, who acts there tells nothing.
    let passed = pipeline.stages.iter().filter(|_| !staffing.is_empty());
    let stations: Vec<Station> = passed.map(station).collect();
    let mut answer = Answer {
        from: from.clone(),
        to: to.clone(),
        scope: scope.of(),
        hops: hops(&ways, question),
        must_pass,
        thinnest: thinnest(&stations),
        stations,
        width,
        staffed: staffing.routes(),
        is_cut_off: staffing.is_cut_off(),
        is_open: staffing.is_open(),
        single_points: Vec::new(),
        absences: Vec::new(),
        absences_in_all: 0,
        remedy: None,
    };
    let weights = Weights::new(scope, &staffing, &passage, &answer);
    // That an organization hangs by itself need not be told.
    let is_other = |node: Node<'g>| scope.of() != Some(node);
    let mut told = weights.told();
    told.retain(|absence| is_other(absence.gone[0]));
    let mut single_points = single_points(&answer.must_pass, weights.sole_actors(&told));
    single_points.retain(|point| is_other(point.node));
    let (absences, in_all) = match &question.without[..] {
        [] => {
            let in_all = told.len();
            (weights.worst(told, question.limit), in_all)
        }
        gone => (vec![weights.exact(weights.absence(gone))], 1),
    };
    // What would help is told of the atlas as it is.
    if question.without.is_empty() {
        answer.remedy = remedy::remedy(&ways, question, &passage, &staffing, &answer);
    }
    (answer.absences, answer.absences_in_all) = (absences, in_all);
    answer.single_points = single_points;
    answer
}

/// The stages on every route with the fewest who act there, where somebody does.
fn thinnest<'g>(stations: &[Station<'g>]) -> Vec<Node<'g>> {
    let staffed = || stations.iter().filter(|it| it.on_every_route && !it.members.is_empty());
    let least = staffed().map(|it| it.members.len()).min();
    staffed().filter(|it| Some(it.members.len()) == least).map(|it| it.stage).collect()
}

/// The ways within the scope: between its members, its roles, stages and the ends.
fn ways<'g>(graph: &'g Graph, question: &Question<'g>) -> Ways<'g> {
    let Question { from, to, scope, .. } = question;
    let mut ways = question.steps.ways(graph);
    if let Some(of) = scope.of() {
        let ends: HashSet<Node> = from.nodes.iter().chain(&to.nodes).copied().collect();
        let within = |node: &Node<'g>| {
            let is_end = ends.contains(node) || *node == of;
            let is_stage = node.kind() == NodeKind::Stage;
            is_stage || is_end || scope.has_member(*node) || scope.has_role(*node)
        };
        ways.avoid(graph.nodes().filter(|node| !within(node)));
    }
    ways
}

/// The stages that the routes pass; none where the ends are no stages: who acts in a stage then need
/// not be on a route.
fn pipeline<'g>(question: &Question<'g>, passage: &Passage<'g>) -> Pipeline<'g> {
    let Question { from, to, scope, .. } = question;
    let mut pipeline = Pipeline::new(scope.graph(), |relation| scope.counts(relation));
    let is_stage = |end: &End| end.node.kind() == NodeKind::Stage;
    let is_pipeline = is_stage(from) && is_stage(to);
    pipeline.keep(|stage| is_pipeline && passage.has(stage));
    pipeline
}

fn station<'g>(stage: Node<'g>, staffing: &Staffing<'g>, on_every_route: bool) -> Station<'g> {
    let Actors { state, acting, .. } = staffing.actors(stage).clone();
    Station { stage, on_every_route, state, members: staffing.members(stage).collect(), acting }
}

fn hops<'g>(ways: &Ways<'g>, question: &Question<'g>) -> Option<u32> {
    let (from, to) = (question.from.nodes.clone(), question.to.nodes.clone());
    let search = Search { from, to, via: Vec::new(), max_hops: None };
    Routes::new(ways, &search).next().map(|found| found.length.hops)
}

fn single_points<'g>(
    must_pass: &[Node<'g>],
    sole_actors: Vec<SinglePoint<'g>>,
) -> Vec<SinglePoint<'g>> {
    let passed = must_pass.iter().filter(|node| node.kind() != NodeKind::Stage);
    passed.map(|node| SinglePoint { node: *node, stage: None }).chain(sole_actors).collect()
}
