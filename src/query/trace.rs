//! The way from a need to the market, stage by stage: who acts, what supports it, what flows, and
//! what is missing.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::scope::{Acting, Actors, Scope, State, Support};
use crate::graph::{Graph, Node, Pipeline, Relation};
use crate::model::{Basis, Core};

/// Which stages are asked for, and of whom.
#[derive(Clone, Debug)]
pub struct Question<'g> {
    /// The region, program or organization; the whole atlas where absent.
    pub of: Option<Node<'g>>,
    /// The first stage.
    pub from: Option<Node<'g>>,
    /// The last stage.
    pub to: Option<Node<'g>>,
    /// Only relations on one of these bases count; all where empty.
    pub bases: Vec<Basis>,
}

/// The stages, in the order in which development passes them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Trace<'g> {
    /// The region, program or organization that it is the trace of; `null` where it is the whole atlas.
    #[serde(rename = "scope")]
    pub of: Option<Node<'g>>,
    /// The stages between those asked for; none where the one does not lead to the other.
    pub stages: Vec<Stage<'g>>,
    /// The loops among them, each in the order of the stages.
    #[serde(skip)]
    pub loops: Vec<Vec<Node<'g>>>,
    /// Whether the atlas names nobody there: no organization, and no role.
    #[serde(rename = "silent")]
    pub is_silent: bool,
    /// Whether there are none, but would be with the two ends swapped.
    #[serde(skip)]
    pub is_backwards: bool,
}

/// A stage and what is known of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Stage<'g> {
    /// The stage.
    pub stage: Node<'g>,
    /// Its place in the whole pipeline, from 1.
    pub number: usize,
    /// The ids of the stages of the loop that it is part of, if any.
    pub r#loop: Option<Vec<&'g str>>,
    /// The relations by which it leads on.
    pub next: Vec<Relation<'g>>,
    /// The relations by which others lead here.
    pub previous: Vec<Relation<'g>>,
    /// Who acts in it.
    pub actors: Actors<'g>,
    /// What supports it.
    #[serde(rename = "supports")]
    pub support: Support<'g>,
    /// Flows that come from elsewhere to a role that acts here, or to one who plays it.
    pub flows_in: Vec<Relation<'g>>,
    /// Flows that go elsewhere.
    pub flows_out: Vec<Relation<'g>>,
    /// Flows between those who act here.
    pub flows_within: Vec<Relation<'g>>,
    /// What it lacks.
    pub missing: Vec<Missing>,
}

/// What a stage is known to lack; that the atlas says nothing is no lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// A source says that nobody acts in it.
    Actor,
    /// Nobody is named for a role that acts in it.
    Player,
    /// A source says that nothing supports it.
    Support,
    /// It leads nowhere, and is not the last.
    Next,
}

/// Traces the pipeline; O(stages · relations).
pub fn trace<'g>(graph: &'g Graph, question: &Question<'g>) -> Trace<'g> {
    let scope = Scope::new(graph, question.of, &question.bases);
    let whole = Pipeline::new(graph, |relation| scope.counts(relation));
    let mut pipeline = Pipeline::new(graph, |relation| scope.counts(relation));
    pipeline.between(question.from, question.to);
    let flows: Vec<Relation> = scope.flows().collect();
    let stages = (1..).zip(&whole.stages).filter(|(_, it)| pipeline.stages.contains(it));
    let stages: Vec<Stage> = stages
        .map(|(number, stage)| {
            let r#loop = whole.loops.iter().find(|it| it.contains(stage));
            let r#loop = r#loop.map(|it| it.iter().map(|stage| stage.id()).collect());
            let is_last = number == whole.stages.len();
            tell(&scope, &flows, *stage, PipelinePosition { number, r#loop, is_last })
        })
        .collect();
    let is_backwards = stages.is_empty() && {
        let mut swapped = whole;
        swapped.between(question.to, question.from);
        !swapped.stages.is_empty()
    };
    Trace {
        of: question.of,
        stages,
        loops: pipeline.loops,
        is_silent: scope.is_silent(),
        is_backwards,
    }
}

/// Where a stage stands in the pipeline.
struct PipelinePosition<'g> {
    number: usize,
    r#loop: Option<Vec<&'g str>>,
    is_last: bool,
}

fn tell<'g>(
    scope: &Scope<'g>,
    flows: &[Relation<'g>],
    stage: Node<'g>,
    place: PipelinePosition<'g>,
) -> Stage<'g> {
    let is_next = |it: &Relation<'g>| it.is(Core::Next) && scope.counts(*it);
    let actors = scope.actors(stage);
    let here: BTreeSet<Node> = actors.acting.iter().flat_map(nodes).collect();
    let crossing = |ends: [bool; 2]| -> Vec<Relation<'g>> {
        let are_here = |it: &Relation<'g>| [it.from(), it.to()].map(|it| here.contains(&it));
        flows.iter().filter(|it| are_here(it) == ends).copied().collect()
    };
    let (flows_in, flows_out) = (crossing([false, true]), crossing([true, false]));
    let flows_within = crossing([true, true]);
    let mut told = Stage {
        stage,
        number: place.number,
        r#loop: place.r#loop,
        next: stage.outgoing().filter(is_next).collect(),
        previous: stage.incoming().filter(is_next).collect(),
        support: scope.support(stage),
        actors,
        flows_in,
        flows_out,
        flows_within,
        missing: Vec::new(),
    };
    told.missing = missing(&told, place.is_last);
    told
}

/// A role and who plays it.
fn nodes<'a, 'g>(acting: &'a Acting<'g>) -> impl Iterator<Item = Node<'g>> + use<'a, 'g> {
    std::iter::once(acting.role).chain(acting.players.iter().map(|it| it.from()))
}

fn missing(stage: &Stage, is_last: bool) -> Vec<Missing> {
    let acting = &stage.actors.acting;
    let lacks = [
        (Missing::Actor, stage.actors.state == State::NoneStated),
        (Missing::Player, acting.iter().any(|it| !it.is_played())),
        (Missing::Support, stage.support.state == State::NoneStated),
        (Missing::Next, stage.next.is_empty() && !is_last),
    ];
    lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(missing, _)| missing).collect()
}

impl Trace<'_> {
    /// Returns whether there is no stage.
    pub fn is_empty(&self) -> bool {
        self.stages.is_empty()
    }
}

impl<'g> Stage<'g> {
    /// Returns every relation that is told of it.
    pub fn relations(&self) -> impl Iterator<Item = Relation<'g>> {
        let acting = self.actors.acting.iter();
        let acting = acting.flat_map(|it| std::iter::once(it.acts_in).chain(it.all_players()));
        let flows = self.flows_in.iter().chain(&self.flows_out).chain(&self.flows_within);
        let support = self.support.by.iter().chain(&self.support.nationwide);
        acting.chain(support.chain(flows).chain(&self.next).copied())
    }
}
