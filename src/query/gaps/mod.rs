//! What a region, a program or an organization lacks, and who could fill it.
//!
//! It is compared with a *reference*: another region, program or organization, or the whole atlas.
//! Three things can be missing:
//! - A *role* in general that the reference has and that no member plays here. If the reference has
//!   the role but nobody plays it there either, it is missing only where this side has the role
//!   too.
//! - A *flow* of a kind between two roles that the reference has and this side has not: neither
//!   between these roles, with somebody at each end, nor from somebody who plays the first to
//!   somebody who plays the second. If routes follow the kind both ways, either direction will do.
//!   If nobody is at an end in the reference either, the flow is missing only where this side has
//!   it too. Of an organization, only flows from or to a role that it plays count. A flow between a
//!   role and a named organization is missing where this side has it and nobody plays the role.
//! - A *stage* in which nobody acts here, or which nothing supports here; compared with another
//!   one, only where somebody or something does there.
//!
//! | what | is had where | asked for against another one where | against the whole atlas where |
//! |---|---|---|---|
//! | role | a member plays it | somebody plays it there, or it is drawn here | it is drawn anywhere |
//! | flow | somebody is at each end | somebody is at each end there, or it is drawn here | it is drawn anywhere |
//! | who acts in a stage | a member acts in it | somebody acts in it there | there is the stage |
//! | what supports a stage | something supports it here | something supports it there | there is the stage |
//!
//! That the atlas says nothing does not mean that nothing is there. Each gap therefore tells what
//! is known: the atlas says nothing, it has the role without a name, or a source says that there is
//! none ([`State`]). Of a region or program in which the atlas names nobody, no gaps are told. Of
//! an organization, only what organizations of its type play somewhere can be missing, and what it
//! plays itself.
//!
//! A gap *breaks* those staffed routes ([`Staffing`]) of the reference that need what is missing.
//! Who could fill it is sought among the members first: those who play the same role elsewhere,
//! then those who play a role that acts in a stage in which the missing role acts, if they are of a
//! type that plays the missing role somewhere (a hospital does not replace a gap fund). Then it is
//! sought in the same country, the nearest by a route to or from a member first. Those in other
//! countries serve as examples. Roles that correspond ([`Core::Broader`]) count as one.

mod fillers;
mod loss;
mod missing;
mod side;
mod vicinity;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::path::{Route, Steps};
use super::pipeline::{Staffing, Tally};
use super::scope::{Scope, State};
use crate::graph::shape::{ids, kind_id, serialize_as};
use crate::graph::{Graph, Node, Pipeline, Relation, RelationKind};
use crate::model::Basis;
#[cfg(doc)]
use crate::model::Core;
use fillers::Fillers;
use loss::Loss;
use missing::Lacks;
use side::RoleScope;

/// Whose gaps are asked for.
#[derive(Clone, Debug)]
pub struct Question<'g> {
    /// A region, a program or an organization.
    pub of: Node<'g>,
    /// Another one, which has what is asked for; the whole atlas where absent.
    pub against: Option<Node<'g>>,
    /// Only relations on these bases; on any where empty.
    pub bases: Vec<Basis>,
    /// How many of those who could fill a gap are named, one or more.
    pub top: usize,
    /// How many gaps are told, those that break most first; all where absent.
    pub limit: Option<usize>,
}

/// What is missing, what breaks most first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer<'g> {
    /// Who lacks it.
    pub of: Node<'g>,
    /// Who has it; `null` where it is held against the whole atlas.
    pub against: Option<Node<'g>>,
    /// The first stage and the last, between which staffed routes are counted.
    #[serde(skip)]
    pub span: Option<(Node<'g>, Node<'g>)>,
    /// Those of the two of which the atlas names nobody; where there is one, nothing can be told of
    /// gaps.
    #[serde(serialize_with = "ids")]
    #[schemars(with = "Vec<&str>")]
    pub silent: Vec<Node<'g>>,
    /// How many combinations of those who are named take each stage from the first to the last
    /// there, each within one context.
    pub staffed_routes: Tally,
    /// Whether there are more ways along the stages than were followed.
    #[serde(rename = "cut_off")]
    pub is_cut_off: bool,
    /// Whether a source leaves a list of those who act open: there are then more such routes, and
    /// no share of them is told.
    #[serde(rename = "open")]
    pub is_open: bool,
    /// How many gaps there are, told or not.
    pub count: usize,
    /// The gaps that are told: what breaks more first, then roles, flows and stages, then the order of
    /// the atlas.
    pub gaps: Vec<Gap<'g>>,
}

/// Something missing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Gap<'g> {
    /// What.
    #[serde(flatten)]
    pub missing: Missing<'g>,
    /// What is known of it here; never `named`. That the atlas says nothing is no lack.
    pub state: State,
    /// What breaks for want of it.
    pub breaks: Breaks,
    /// The relations that draw the place here, then those by which the reference has what is missing.
    pub evidence: Vec<Relation<'g>>,
    /// How many could fill it, named or not: members, and others of the same country; of a flow, for each
    /// end that is asked for.
    pub candidates: usize,
    /// How many there are elsewhere, as examples.
    pub examples: usize,
    /// Who could fill it, the nearest first, then the examples.
    pub fillers: Vec<Filler<'g>>,
}

/// How many of the staffed routes of the reference need something.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Breaks {
    /// How many.
    pub routes: Tally,
    /// The same as a share of all, from 0 to 1; `null` where there are none, or
    /// where a list of those who act is left open.
    pub share: Option<f64>,
}

/// What can be missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Missing<'g> {
    /// Somebody who plays a role, in general.
    Member(Node<'g>),
    /// A flow.
    Flow(Flow<'g>),
    /// Somebody who acts in a stage.
    Actor(Node<'g>),
    /// What supports a stage.
    Support(Node<'g>),
}

/// A flow between two roles in general, or between one and somebody who is named.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Flow<'g> {
    /// Of what kind.
    #[serde(serialize_with = "kind_id")]
    #[schemars(with = "&str")]
    pub kind: RelationKind<'g>,
    /// From whom.
    pub from: Node<'g>,
    /// To whom.
    pub to: Node<'g>,
}

/// What is missing, by its parts.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Parts<'g> {
    /// What sort of thing is missing.
    pub kind: Sort,
    /// What is missing of it.
    pub missing: Want,
    /// The role, in general.
    pub role: Option<Node<'g>>,
    /// The flow.
    pub flow: Option<Flow<'g>>,
    /// The stage.
    pub stage: Option<Node<'g>>,
}

/// What sort of thing is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A role.
    Role,
    /// A flow.
    Flow,
    /// A stage.
    Stage,
}

/// What is missing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Want {
    /// Somebody who plays the role.
    Member,
    /// The flow.
    Flow,
    /// Somebody who acts in the stage.
    Actor,
    /// What supports the stage.
    Support,
}

serialize_as! { Missing => Parts; }

impl<'g> From<Missing<'g>> for Parts<'g> {
    fn from(missing: Missing<'g>) -> Self {
        let parts = |kind, missing| Parts { kind, missing, role: None, flow: None, stage: None };
        match missing {
            Missing::Member(role) => Parts { role: Some(role), ..parts(Sort::Role, Want::Member) },
            Missing::Flow(flow) => Parts { flow: Some(flow), ..parts(Sort::Flow, Want::Flow) },
            Missing::Actor(stage) => {
                Parts { stage: Some(stage), ..parts(Sort::Stage, Want::Actor) }
            }
            Missing::Support(stage) => {
                Parts { stage: Some(stage), ..parts(Sort::Stage, Want::Support) }
            }
        }
    }
}

/// One who could fill a gap.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Filler<'g> {
    /// Who.
    pub node: Node<'g>,
    /// Where.
    #[serde(rename = "where")]
    pub place: FillerPlace,
    /// Why.
    pub because: Because,
    /// The role in general that it would play.
    pub fills: Option<Node<'g>>,
    /// The role by which it could.
    pub role: Option<Node<'g>>,
    /// The stages by which it could.
    pub stages: Vec<Node<'g>>,
    /// The relations that say so.
    pub evidence: Vec<Relation<'g>>,
    /// The smallest region, but a country, in which an organization that has the gap is too.
    pub shares: Option<Node<'g>>,
    /// The shortest route from it to a member, or from a member to it where that is shorter; `null`
    /// within, where there is none, and where all that ties them is who is part of whom.
    pub route: Option<Route<'g>>,
}

/// Where one who could fill a gap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FillerPlace {
    /// It belongs to whoever has the gap.
    Within,
    /// It does not, but lies in the same country.
    SameCountry,
    /// It lies in another country, or nothing is known of where: an example of who does it.
    Elsewhere,
}

/// Why one could fill a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// It plays the role in another context.
    PlaysRole,
    /// It plays a role that acts in the same stages.
    ActsInSameStage,
    /// It acts in the stage in another context.
    ActsInStage,
    /// It supports the stage in another context.
    SupportsStage,
    /// It plays the role here: both ends of the flow are here, only the flow is not.
    IsHere,
}

/// Finds gaps and who could fill them.
///
/// O(nodes + relations) for what is there; for each gap the ways along the stages, who acts in its
/// stages, and for each one named a search for a route.
pub fn gaps<'g>(graph: &'g Graph, question: &Question<'g>) -> Answer<'g> {
    let of = RoleScope::new(graph, Some(question.of), &question.bases);
    let atlas = RoleScope::new(graph, None, &question.bases);
    let other = question.against.map(|it| RoleScope::new(graph, Some(it), &question.bases));
    let reference = other.as_ref().unwrap_or(&atlas);
    let sides = [&of, reference].map(|it| &it.scope);
    let silent = sides.into_iter().filter(|it| it.is_silent()).filter_map(Scope::of).collect();
    let pipeline = Pipeline::new(graph, |relation| of.scope.counts(relation));
    let span = pipeline.ends();
    let staffing = Staffing::new(&reference.scope, &pipeline, span);
    let loss = Loss::new(reference, &staffing);
    let staffed_routes = loss.all;
    let called = of.is_one().then(|| of.called_for(&atlas));
    let lacks = Lacks { of: &of, reference, atlas: &atlas, called, staffing: &staffing, loss };
    let is_told = sides.iter().all(|it| !it.is_silent());
    let mut gaps = if is_told { lacks.find(&pipeline.stages) } else { Vec::new() };
    let count = gaps.len();
    gaps.truncate(question.limit.unwrap_or(count));
    if !gaps.is_empty() {
        let steps = Steps { bases: question.bases.clone(), ..Steps::default() };
        let mut fillers = Fillers::new(graph, &of, &atlas, &steps, question.top);
        gaps.iter_mut().for_each(|gap| fillers.fill(gap));
    }
    Answer {
        of: question.of,
        against: question.against,
        span,
        silent,
        staffed_routes,
        is_cut_off: staffing.is_cut_off(),
        is_open: staffing.is_open(),
        count,
        gaps,
    }
}
