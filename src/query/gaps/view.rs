//! Gaps as they are handed to scripts: the JSON contract.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, Because, Breaks, Filler, Flow, Gap, Missing, Place, State};
use crate::graph::Node;
use crate::query::path::Route;
use crate::query::pipeline::Tally;
use crate::query::view::{NodeName, RelationView};

/// What is missing, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerView<'g> {
    /// Who lacks it.
    pub of: NodeName<'g>,
    /// Who has it; `null` where it is held against the whole atlas.
    pub against: Option<NodeName<'g>>,
    /// How many routes lead from the first stage to the last there, each stage taken by somebody.
    #[schemars(with = "f64")]
    pub staffed_routes: Tally,
    /// Whether there are more ways along the stages than were followed.
    pub cut_off: bool,
    /// How many gaps there are, told or not.
    pub count: usize,
    /// The gaps that are told, those that break most first.
    pub gaps: Vec<GapView<'g>>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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

/// A gap, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GapView<'g> {
    /// What sort of thing is missing.
    pub kind: Sort,
    /// What is missing of it.
    pub missing: Want,
    /// Whether there is a place for it: drawn with nobody named, or absent altogether.
    pub state: State,
    /// The role, in general.
    pub role: Option<NodeName<'g>>,
    /// The flow.
    pub flow: Option<FlowView<'g>>,
    /// The stage.
    pub stage: Option<NodeName<'g>>,
    /// What breaks for want of it.
    pub breaks: Breaks,
    /// The relations that draw the place here, then those by which the other side has it.
    pub evidence: Vec<RelationView<'g>>,
    /// How many could fill it, named or not; of a flow, for each end that is asked for.
    pub candidates: usize,
    /// Who could fill it, the nearest first.
    pub fillers: Vec<FillerView<'g>>,
}

/// A flow between two roles in general, or between one and somebody who is named, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FlowView<'g> {
    /// The id of its kind.
    pub kind: &'g str,
    /// From whom.
    pub from: NodeName<'g>,
    /// To whom.
    pub to: NodeName<'g>,
}

/// One who could fill a gap, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FillerView<'g> {
    /// Who.
    pub node: NodeName<'g>,
    /// Whether it belongs to whoever has the gap.
    pub r#where: Place,
    /// Why it could.
    pub because: Because,
    /// The role in general that it would play.
    pub fills: Option<NodeName<'g>>,
    /// The role by which it could.
    pub role: Option<NodeName<'g>>,
    /// The stages by which it could.
    pub stages: Vec<NodeName<'g>>,
    /// The relations that say so.
    pub evidence: Vec<RelationView<'g>>,
    /// The shortest route between it and whoever has the gap; `null` within, and where there is none.
    pub route: Option<&'g Route<'g>>,
}

impl<'g> Missing<'g> {
    /// The role, the flow and the stage that is missing or lacks something: one of the three.
    pub fn parts(self) -> (Option<Node<'g>>, Option<Flow<'g>>, Option<Node<'g>>) {
        match self {
            Missing::Member(role) => (Some(role), None, None),
            Missing::Flow(flow) => (None, Some(flow), None),
            Missing::Actor(stage) | Missing::Support(stage) => (None, None, Some(stage)),
        }
    }

    fn sort(self) -> (Sort, Want) {
        match self {
            Missing::Member(_) => (Sort::Role, Want::Member),
            Missing::Flow(_) => (Sort::Flow, Want::Flow),
            Missing::Actor(_) => (Sort::Stage, Want::Actor),
            Missing::Support(_) => (Sort::Stage, Want::Support),
        }
    }
}

impl<'g> From<&'g Gap<'g>> for GapView<'g> {
    fn from(gap: &'g Gap<'g>) -> Self {
        let (role, flow, stage) = gap.missing.parts();
        let (kind, missing) = gap.missing.sort();
        GapView {
            kind,
            missing,
            state: gap.state,
            role: role.map(NodeName::from),
            flow: flow.map(|flow| FlowView {
                kind: flow.kind.id(),
                from: flow.from.into(),
                to: flow.to.into(),
            }),
            stage: stage.map(NodeName::from),
            breaks: gap.breaks,
            evidence: gap.evidence.iter().map(|it| RelationView::from(*it)).collect(),
            candidates: gap.candidates,
            fillers: gap.fillers.iter().map(FillerView::from).collect(),
        }
    }
}

impl<'g> From<&'g Answer<'g>> for AnswerView<'g> {
    fn from(answer: &'g Answer<'g>) -> Self {
        AnswerView {
            of: answer.of.into(),
            against: answer.against.map(NodeName::from),
            staffed_routes: answer.staffed_routes,
            cut_off: answer.is_cut_off,
            count: answer.count,
            gaps: answer.gaps.iter().map(GapView::from).collect(),
        }
    }
}

impl<'g> From<&'g Filler<'g>> for FillerView<'g> {
    fn from(filler: &'g Filler<'g>) -> Self {
        FillerView {
            node: filler.node.into(),
            r#where: filler.place,
            because: filler.because,
            fills: filler.fills.map(NodeName::from),
            role: filler.role.map(NodeName::from),
            stages: filler.stages.iter().map(|it| NodeName::from(*it)).collect(),
            evidence: filler.evidence.iter().map(|it| RelationView::from(*it)).collect(),
            route: filler.route.as_deref(),
        }
    }
}
