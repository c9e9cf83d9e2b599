//! What one side lacks of what the other has, and what breaks for want of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::loss::Loss;
use super::side::{Drawn, Key, RoleScope};
use super::{Gap, Missing};
use crate::graph::{Node, Relation};
use crate::model::Core;
use crate::query::pipeline::Staffing;
use crate::query::scope::{Actors, State, Support};

/// Both sides, and the staffed routes of the one that has what may be missing.
pub struct Lacks<'a, 'g> {
    pub of: &'a RoleScope<'g>,
    pub reference: &'a RoleScope<'g>,
    pub atlas: &'a RoleScope<'g>,
    /// The roles in general that may be asked of an organization; any of others.
    pub called: Option<BTreeSet<Node<'g>>>,
    pub staffing: &'a Staffing<'g>,
    pub loss: Loss<'a, 'g>,
}

impl<'g> Lacks<'_, 'g> {
    /// Returns the gaps in order, without who could fill them.
    pub fn find(&self, stages: &[Node<'g>]) -> Vec<Gap<'g>> {
        let mut gaps = self.roles();
        gaps.extend(self.flows());
        gaps.extend(
            stages.iter().flat_map(|stage| [self.actor(*stage), self.support(*stage)]).flatten(),
        );
        // What breaks alike stays in order: roles, flows, stages.
        gaps.sort_by_key(|gap| Reverse(gap.breaks.routes));
        gaps
    }

    /// Whether what only the reference's drawing shows counts.
    fn is_whole(&self) -> bool {
        self.reference.scope.of().is_none()
    }

    /// Whether a role in general may be asked for.
    fn is_called(&self, role: &Node<'g>) -> bool {
        self.called.as_ref().is_none_or(|called| called.contains(role))
    }

    /// Whether who acts in a stage may be asked for: one who plays a role that acts there.
    fn is_called_in(&self, stage: Node<'g>) -> bool {
        let acts = || self.atlas.scope.acting(stage).into_iter();
        self.called.is_none() || acts().any(|it| self.is_called(&self.of.general(it.role)))
    }

    fn roles(&self) -> Vec<Gap<'g>> {
        let (of, reference) = (self.of, self.reference);
        let is_missing = |role: &Node<'g>| {
            let asked = self.is_whole() || reference.plays(*role) || !of.boxes(*role).is_empty();
            asked && self.is_called(role) && !of.plays(*role)
        };
        let gap = |role: Node<'g>| {
            let here = of.boxes(role);
            let shown = match reference.plays(role) {
                true => reference.players(role).collect(),
                false => self.setting(reference.boxes(role)),
            };
            Gap {
                missing: Missing::Member(role),
                state: self.state(here),
                breaks: self.loss.of_roles(&[role]),
                evidence: once_each(self.setting(here).into_iter().chain(shown)),
                candidates: 0,
                examples: 0,
                fillers: Vec::new(),
            }
        };
        reference.roles().filter(is_missing).map(gap).collect()
    }

    /// Whether roles are drawn here, or said to be played by nobody.
    fn state(&self, here: &[Node<'g>]) -> State {
        let is_denied = |role: &Node<'g>| !self.of.scope.vacancies(*role).is_empty();
        match here {
            [] => State::Unknown,
            roles if roles.iter().all(is_denied) => State::NoneStated,
            _ => State::NobodyNamed,
        }
    }

    /// The relations that set roles in their contexts.
    fn setting(&self, roles: &[Node<'g>]) -> Vec<Relation<'g>> {
        let set = roles.iter().flat_map(|role| role.outgoing()).filter(|it| it.is(Core::In));
        set.filter(|it| self.of.scope.counts(*it)).collect()
    }

    fn flows(&self) -> Vec<Gap<'g>> {
        let had = self.of.flows();
        let here: BTreeMap<Key, Drawn> =
            self.of.drawn().into_iter().map(|drawn| (drawn.flow.key(), drawn)).collect();
        let is_missing = |drawn: &Drawn<'g>| {
            let (flow, key) = (drawn.flow, drawn.flow.key());
            let place = here.get(&key);
            if !flow.is_general() {
                return place.is_some_and(|place| !place.is_staffed);
            }
            let asked = self.is_whole() || drawn.is_staffed || place.is_some();
            let concerns = !self.of.is_one() || flow.roles().iter().any(|it| self.of.plays(*it));
            asked && concerns && !had.contains(&key)
        };
        let gap = |drawn: Drawn<'g>| {
            let flow = drawn.flow;
            let place = here.get(&flow.key());
            let shown = place.into_iter().flat_map(|place| place.relations.iter().copied());
            Gap {
                missing: Missing::Flow(flow),
                state: if place.is_some() { State::NobodyNamed } else { State::Unknown },
                breaks: self.loss.of_roles(&flow.roles()),
                evidence: once_each(shown.chain(drawn.relations)),
                candidates: 0,
                examples: 0,
                fillers: Vec::new(),
            }
        };
        self.reference.drawn().into_iter().filter(is_missing).map(gap).collect()
    }

    fn actor(&self, stage: Node<'g>) -> Option<Gap<'g>> {
        let Actors { state, acting: here, .. } = self.of.scope.actors(stage);
        if state == State::Named || !self.is_called_in(stage) {
            return None;
        }
        let crew =
            self.staffing.actors(stage).acting.iter().filter(|acting| !acting.players.is_empty());
        let shown: Vec<Relation> = crew
            .flat_map(|acting| {
                std::iter::once(acting.acts_in).chain(acting.players.iter().copied())
            })
            .collect();
        if shown.is_empty() && !self.is_whole() {
            return None;
        }
        Some(Gap {
            missing: Missing::Actor(stage),
            state,
            breaks: self.loss.of_stage(stage),
            evidence: once_each(here.iter().map(|acting| acting.acts_in).chain(shown)),
            candidates: 0,
            examples: 0,
            fillers: Vec::new(),
        })
    }

    fn support(&self, stage: Node<'g>) -> Option<Gap<'g>> {
        let shown = self.reference.scope.supports(stage);
        let Support { state, .. } = self.of.scope.support(stage);
        // An organization needs no help in a stage in which it does not act.
        let is_called = self.called.is_none() || self.of.scope.actors(stage).state == State::Named;
        (state != State::Named && is_called && (self.is_whole() || !shown.is_empty())).then(|| {
            Gap {
                missing: Missing::Support(stage),
                state,
                breaks: self.loss.none(),
                evidence: once_each(shown.into_iter()),
                candidates: 0,
                examples: 0,
                fillers: Vec::new(),
            }
        })
    }
}

fn once_each<'g>(relations: impl Iterator<Item = Relation<'g>>) -> Vec<Relation<'g>> {
    let mut seen = BTreeSet::new();
    relations.filter(|relation| seen.insert(*relation)).collect()
}
