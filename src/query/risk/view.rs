//! The answer to `risk`, for scripts.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Absence, Answer, Remedy, SinglePoint, Standing, Station};
use crate::graph::{Node, Relation};
use crate::query::pipeline::Tally;
use crate::query::scope::State;
use crate::query::view::{Evidence, NodeName, RelationView};

/// What routes have in common, what each absence breaks, and what would help.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerView<'g> {
    /// What the routes begin at.
    pub from: NodeName<'g>,
    /// What the routes end at.
    pub to: NodeName<'g>,
    /// The region, program or organization that is looked at; `null` where it is the whole atlas.
    pub scope: Option<NodeName<'g>>,
    /// The hops of the shortest route; `null` where there is no route.
    pub hops: Option<u32>,
    /// What every route passes, in order, the ends left out.
    pub must_pass: Vec<NodeName<'g>>,
    /// How many routes share no node.
    pub independent: usize,
    /// As many such routes, by the ids of their nodes.
    pub independent_routes: Vec<Vec<&'g str>>,
    /// A smallest set of nodes without which there is no route; `null` where no node can cut them.
    pub smallest_cut: Option<Vec<NodeName<'g>>>,
    /// The nodes without which fewer routes are independent.
    pub vital: Vec<NodeName<'g>>,
    /// The stages on the routes, and who acts there.
    pub stages: Vec<StationView<'g>>,
    /// The ids of the stages on every route with the fewest who act there, where somebody does.
    pub thinnest: Vec<&'g str>,
    /// How many ways there are along the stages, each taken by one who acts there.
    #[schemars(with = "f64")]
    pub staffed_routes: Tally,
    /// Whether there are more ways along the stages than were followed.
    pub cut_off: bool,
    /// What by itself ends all routes, or leaves a stage that all pass with nobody.
    pub single_points: Vec<SinglePointView<'g>>,
    /// What is broken by absences, the worst first.
    pub absences: Vec<AbsenceView<'g>>,
    /// How many absences break something, those not told included.
    pub absences_in_all: usize,
    /// The one new relation that would help most.
    pub remedy: Option<RemedyView<'g>>,
}

/// A stage on the routes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StationView<'g> {
    /// The stage.
    pub stage: NodeName<'g>,
    /// Whether every route passes it.
    pub on_every_route: bool,
    /// What is known of who acts there.
    pub state: State,
    /// Who acts there, each once.
    pub actors: Vec<NodeName<'g>>,
    /// The roles that act there.
    pub roles: Vec<ActingView<'g>>,
}

/// A role that acts in a stage.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActingView<'g> {
    /// The role.
    pub role: NodeName<'g>,
    /// What says that it acts there.
    pub acts_in: Evidence<'g>,
    /// The relations by which it is played.
    pub players: Vec<RelationView<'g>>,
}

/// A single point of failure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SinglePointView<'g> {
    /// What must not fail.
    pub node: NodeName<'g>,
    /// The stage in which nobody else acts; `null` where every route passes the node itself.
    pub stage: Option<NodeName<'g>>,
}

/// What is broken without some nodes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AbsenceView<'g> {
    /// What is gone.
    pub gone: Vec<NodeName<'g>>,
    /// The units that go with it.
    pub units: Vec<NodeName<'g>>,
    /// How many routes share no node then; none where there is no route left.
    pub independent: usize,
    /// How many staffed routes are left.
    #[schemars(with = "f64")]
    pub staffed_routes: Tally,
    /// The stages on the routes that are left with nobody.
    pub stages: Vec<NodeName<'g>>,
    /// The roles that are left with nobody.
    pub roles: Vec<NodeName<'g>>,
    /// The flows that lose an end.
    pub flows: Vec<RelationView<'g>>,
}

/// A relation that is not there and would help.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RemedyView<'g> {
    /// The id of its kind.
    pub kind: &'g str,
    /// What it would start from.
    pub from: NodeName<'g>,
    /// What it would lead to.
    pub to: NodeName<'g>,
    /// The id of the region or program that it would hold in, where it takes one.
    pub r#in: Option<&'g str>,
    /// The stage that it would strengthen; `null` where it would lead around what all routes pass, or
    /// join what is apart.
    pub stage: Option<NodeName<'g>>,
    /// How the routes stand.
    pub before: StandingView,
    /// How they would stand.
    pub after: StandingView,
}

/// How routes stand.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandingView {
    /// How many routes share no node.
    pub independent: usize,
    /// How many nodes every route passes.
    pub must_pass: usize,
    /// How many staffed routes there are.
    #[schemars(with = "f64")]
    pub staffed_routes: Tally,
}

fn names<'g>(nodes: &[Node<'g>]) -> Vec<NodeName<'g>> {
    nodes.iter().map(|node| (*node).into()).collect()
}

fn relations<'g>(relations: &[Relation<'g>]) -> Vec<RelationView<'g>> {
    relations.iter().map(|relation| (*relation).into()).collect()
}

impl<'g> From<&Answer<'g>> for AnswerView<'g> {
    fn from(answer: &Answer<'g>) -> Self {
        let width = &answer.width;
        let ids = |route: &Vec<Node<'g>>| route.iter().map(|node| node.id()).collect();
        AnswerView {
            from: answer.from.node.into(),
            to: answer.to.node.into(),
            scope: answer.scope.map(NodeName::from),
            hops: answer.hops,
            must_pass: names(&answer.must_pass),
            independent: width.routes,
            independent_routes: width.disjoint.iter().map(ids).collect(),
            smallest_cut: width.cut.as_deref().map(names),
            vital: names(&width.vital),
            stages: answer.stations.iter().map(StationView::from).collect(),
            thinnest: answer.thinnest().map(|station| station.stage.id()).collect(),
            staffed_routes: answer.staffed,
            cut_off: answer.is_cut_off,
            single_points: answer.single_points.iter().map(SinglePointView::from).collect(),
            absences: answer.absences.iter().map(AbsenceView::from).collect(),
            absences_in_all: answer.absences_in_all,
            remedy: answer.remedy.as_ref().map(RemedyView::from),
        }
    }
}

impl<'g> From<&Station<'g>> for StationView<'g> {
    fn from(station: &Station<'g>) -> Self {
        StationView {
            stage: station.stage.into(),
            on_every_route: station.on_every_route,
            state: station.actors.state,
            actors: names(&station.members),
            roles: station
                .actors
                .acting
                .iter()
                .map(|acting| ActingView {
                    role: acting.role.into(),
                    acts_in: acting.acts_in.into(),
                    players: relations(&acting.players),
                })
                .collect(),
        }
    }
}

impl<'g> From<&SinglePoint<'g>> for SinglePointView<'g> {
    fn from(point: &SinglePoint<'g>) -> Self {
        SinglePointView { node: point.node.into(), stage: point.stage.map(NodeName::from) }
    }
}

impl<'g> From<&Absence<'g>> for AbsenceView<'g> {
    fn from(absence: &Absence<'g>) -> Self {
        AbsenceView {
            gone: names(&absence.gone),
            units: names(&absence.units),
            independent: absence.independent,
            staffed_routes: absence.staffed,
            stages: names(&absence.stages),
            roles: names(&absence.roles),
            flows: relations(&absence.flows),
        }
    }
}

impl<'g> From<&Remedy<'g>> for RemedyView<'g> {
    fn from(remedy: &Remedy<'g>) -> Self {
        RemedyView {
            kind: remedy.kind.id(),
            from: remedy.from.into(),
            to: remedy.to.into(),
            r#in: remedy.context.map(Node::id),
            stage: remedy.stage.map(NodeName::from),
            before: remedy.before.into(),
            after: remedy.after.into(),
        }
    }
}

impl From<Standing> for StandingView {
    fn from(standing: Standing) -> Self {
        let Standing { independent, must_pass, staffed } = standing;
        StandingView { independent, must_pass, staffed_routes: staffed }
    }
}
