//! What is broken when an organization is gone, with the units that are part of it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, SinglePoint, Station};
use crate::graph::passage::Passage;
use crate::graph::{Node, NodeSet, Relation};
use crate::model::Core;
use crate::query::extent::units;
use crate::query::pipeline::{Gone, Staffing, Tally};
use crate::query::scope::Scope;

/// What is broken without some nodes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Absence<'g> {
    /// What is gone.
    pub gone: Vec<Node<'g>>,
    /// The units that go with it, in the order of the atlas.
    pub units: Vec<Node<'g>>,
    /// How many routes share no node then.
    pub independent: usize,
    /// How many staffed routes are left.
    #[serde(rename = "staffed_routes")]
    pub staffed: Tally,
    /// The stages on the routes that are left with nobody.
    pub stages: Vec<Node<'g>>,
    /// The roles that are left with nobody.
    pub roles: Vec<Node<'g>>,
    /// The flows that lose an end.
    pub flows: Vec<Relation<'g>>,
    #[serde(skip)]
    severity: Severity,
}

/// How bad an absence is, the worst last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Severity {
    ends_all: bool,
    stages: usize,
    vital: usize,
    staffed_lost: Tally,
    roles: usize,
    flows: usize,
}

/// What absences are weighed by, gathered once.
pub(super) struct Weights<'a, 'g> {
    scope: &'a Scope<'g>,
    staffing: &'a Staffing<'g>,
    passage: &'a Passage<'g>,
    answer: &'a Answer<'g>,
    must_pass: HashSet<Node<'g>>,
    vital: HashSet<Node<'g>>,
    /// Who plays each role.
    players: HashMap<Node<'g>, BTreeSet<Node<'g>>>,
}

impl<'a, 'g> Weights<'a, 'g> {
    pub(super) fn new(
        scope: &'a Scope<'g>,
        staffing: &'a Staffing<'g>,
        passage: &'a Passage<'g>,
        answer: &'a Answer<'g>,
    ) -> Self {
        let played = |role: Node<'g>| scope.players(role).map(Relation::from).collect();
        Weights {
            scope,
            staffing,
            passage,
            answer,
            must_pass: answer.must_pass.iter().copied().collect(),
            vital: answer.width.vital.iter().copied().collect(),
            players: scope.roles().map(|role| (role, played(role))).collect(),
        }
    }

    /// Returns what is broken without these nodes and the units of those that are organizations.
    pub(super) fn absence(&self, gone: &[Node<'g>]) -> Absence<'g> {
        let units = units(gone, self.scope.counted());
        let party: Vec<Node> = gone.iter().chain(&units).copied().collect();
        let lost: BTreeSet<Node> = party.iter().copied().collect();
        let all_lost = |players: &BTreeSet<Node>| !players.is_empty() && players.is_subset(&lost);
        let played = party.iter().flat_map(|node| node.roles());
        let roles: BTreeSet<Node> =
            played.filter(|role| self.players.get(role).is_some_and(all_lost)).collect();
        let roles: Vec<Node> = roles.into_iter().collect();
        let ends = party.iter().chain(&roles);
        let ties = ends.flat_map(|end| end.outgoing().chain(end.incoming()));
        let flows: BTreeSet<Relation> = ties.filter(|it| self.scope.is_flow(*it)).collect();
        let emptied = |station: &&Station<'g>| {
            !station.members.is_empty() && station.members.iter().all(|it| lost.contains(it))
        };
        let stages: Vec<Node> =
            self.answer.stations.iter().filter(emptied).map(|it| it.stage).collect();
        let staffed = self.staffing.routes_without(Gone::Members(&party));
        let severity = Severity {
            ends_all: party.iter().any(|node| self.must_pass.contains(node)),
            stages: stages.len(),
            vital: party.iter().filter(|node| self.vital.contains(node)).count(),
            staffed_lost: self.staffing.routes() - staffed,
            roles: roles.len(),
            flows: flows.len(),
        };
        Absence {
            gone: gone.to_vec(),
            units,
            independent: self.answer.width.routes,
            staffed,
            stages,
            roles,
            flows: flows.into_iter().collect(),
            severity,
        }
    }

    /// Returns the absences of one each that break something, in the order of the atlas.
    pub(super) fn told(&self) -> Vec<Absence<'g>> {
        self.each().filter(|it| self.is_told(it)).collect()
    }

    /// Returns the worst of these, each with how many independent routes it leaves.
    pub(super) fn worst(&self, mut absences: Vec<Absence<'g>>, most: usize) -> Vec<Absence<'g>> {
        absences.sort_by_key(|absence| Reverse(absence.severity));
        absences.truncate(most);
        absences.into_iter().map(|it| self.exact(it)).collect()
    }

    /// Returns the absence with how many independent routes it leaves. The greatest flow is sought
    /// anew only where several nodes of it are on the way: one takes away one route, if it is
    /// vital, or none.
    pub(super) fn exact(&self, mut absence: Absence<'g>) -> Absence<'g> {
        let on_way: Vec<Node> = absence.party().filter(|node| self.passage.has(*node)).collect();
        absence.independent -= match on_way[..] {
            [] => 0,
            [one] if !self.passage.is_end(one) => usize::from(self.vital.contains(&one)),
            _ => {
                let gone = NodeSet::of(self.scope.graph(), on_way);
                absence.independent - self.passage.without(&gone).width().routes
            }
        };
        absence
    }

    /// Returns those of whom each alone can take a stage which all routes pass.
    pub(super) fn sole_actors(&self, absences: &[Absence<'g>]) -> Vec<SinglePoint<'g>> {
        let mut found: Vec<SinglePoint> = Vec::new();
        for absence in absences {
            let node = absence.gone[0];
            for stage in &absence.stages {
                let passed =
                    self.answer.stations.iter().any(|it| it.stage == *stage && it.on_every_route);
                // A whole is no point of its own where one of its units is one.
                let by_unit = |unit: &Node<'g>| self.empties(*unit, *stage);
                if passed && !absence.units.iter().any(by_unit) {
                    found.push(SinglePoint { node, stage: Some(*stage) });
                }
            }
        }
        found
    }

    /// Whether an absence breaks something: between stages anything, else a route.
    fn is_told(&self, absence: &Absence<'g>) -> bool {
        let Severity { ends_all, vital, .. } = absence.severity;
        match self.answer.stations.is_empty() {
            true => ends_all || vital > 0,
            false => absence.severity > Severity::default(),
        }
    }

    fn empties(&self, node: Node<'g>, stage: Node<'g>) -> bool {
        self.absence(&[node]).stages.contains(&stage)
    }

    /// The absence of each who acts, but for those between which routes are asked for, and those who
    /// break nothing where only routes can break.
    fn each(&self) -> impl Iterator<Item = Absence<'g>> {
        let asked = [self.answer.from.node, self.answer.to.node];
        let others = self.scope.members().filter(move |node| !asked.contains(node));
        let on_routes = self.must_pass.iter().chain(&self.vital).copied();
        let breakers = self.scope.counted().above(on_routes, Core::PartOf);
        let is_only_routes = self.answer.stations.is_empty();
        let may_break = others.filter(move |node| !is_only_routes || breakers.contains(*node));
        may_break.map(|node| self.absence(&[node]))
    }
}

impl<'g> Absence<'g> {
    /// Returns all that goes.
    pub fn party(&self) -> impl Iterator<Item = Node<'g>> {
        self.gone.iter().chain(&self.units).copied()
    }
}
