//! Who acts in a stage of a scope and what supports it, or how it is known that nobody does.

use schemars::JsonSchema;
use serde::Serialize;

use super::Scope;
use crate::graph::{Denial, Node, Relation};
use crate::model::{Core, NodeKind};
use crate::query::tie::{Tie, ties_into};

/// What the atlas knows of who does something.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It names somebody.
    Named,
    /// A source draws the role, but names nobody who plays it.
    NobodyNamed,
    /// A source says that there is none.
    NoneStated,
    /// It says nothing.
    #[default]
    Unknown,
}

/// A role that acts in a stage, and who plays it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Acting<'g> {
    /// The role, contextual or not.
    pub role: Node<'g>,
    /// The relation by which it acts in the stage.
    pub acts_in: Relation<'g>,
    /// The relations by which members play it; empty where the atlas names nobody.
    #[serde(serialize_with = "ties_into")]
    #[schemars(with = "Vec<Tie>")]
    pub players: Vec<Relation<'g>>,
    /// The relations by which others play it in a region that this lies in, and serve it too.
    #[serde(serialize_with = "ties_into")]
    #[schemars(with = "Vec<Tie>")]
    pub nationwide: Vec<Relation<'g>>,
    /// The relations by which somebody is only planned to play it; they count for nothing.
    #[serde(serialize_with = "ties_into")]
    #[schemars(with = "Vec<Tie>")]
    pub planned: Vec<Relation<'g>>,
    /// What says that nobody plays it.
    pub none: Vec<Denial<'g>>,
}

/// Who acts in a stage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Actors<'g> {
    /// What is known.
    pub state: State,
    /// The roles that act, in the order of the atlas.
    pub acting: Vec<Acting<'g>>,
    /// What says that nobody acts; where it holds in a part of the scope alone, `in` tells.
    pub none: Vec<Denial<'g>>,
}

/// What supports a stage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Support<'g> {
    /// What is known; never `nobody-named`: a role drawn without a name is no support.
    pub state: State,
    /// The relations by which programs and organizations support the stage or a role that acts in it.
    #[serde(serialize_with = "ties_into")]
    #[schemars(with = "Vec<Tie>")]
    pub by: Vec<Relation<'g>>,
    /// The relations by which others do so in a region that this lies in.
    #[serde(serialize_with = "ties_into")]
    #[schemars(with = "Vec<Tie>")]
    pub nationwide: Vec<Relation<'g>>,
    /// What says that nothing does; where it holds in a part of the scope alone, `in` tells.
    pub none: Vec<Denial<'g>>,
}

impl<'g> Acting<'g> {
    /// Returns whether somebody plays the role, here or for all of the country.
    pub fn is_played(&self) -> bool {
        !self.players.is_empty() || !self.nationwide.is_empty()
    }

    /// Returns the relations by which it is played, here and for all of the country.
    pub fn all_players(&self) -> impl Iterator<Item = Relation<'g>> {
        self.players.iter().chain(&self.nationwide).copied()
    }
}

impl<'g> Scope<'g> {
    /// Returns the roles that act in a stage, and who plays them.
    pub fn acting(&self, stage: Node<'g>) -> Vec<Acting<'g>> {
        let acts = self.counted.incoming(stage, Core::ActsIn);
        let mut acting: Vec<Acting> = acts
            .filter(|it| !it.is_planned())
            .filter(|it| self.has_role(it.from()) || self.is_nationwide(it.from()))
            .map(|acts_in| {
                let role = acts_in.from();
                let none = self.vacancies(role);
                Acting {
                    role,
                    acts_in,
                    players: self.players(role).collect(),
                    nationwide: self.nationwide_players(role).collect(),
                    planned: self.planned_players(role).collect(),
                    none,
                }
            })
            .collect();
        acting.sort_by_key(|it| it.role);
        acting
    }

    /// Returns who acts in a stage, or how it is known that nobody does.
    pub fn actors(&self, stage: Node<'g>) -> Actors<'g> {
        let acting = self.acting(stage);
        let none: Vec<Denial> = self.denials(stage, Core::ActsIn).collect();
        let is_denied = none.iter().any(|it| self.is_denied(*it));
        let mut roles = acting.iter();
        let state = if acting.iter().any(Acting::is_played) {
            State::Named
        } else if is_denied || (!acting.is_empty() && roles.all(|it| !it.none.is_empty())) {
            State::NoneStated
        } else if acting.is_empty() {
            State::Unknown
        } else {
            State::NobodyNamed
        };
        Actors { state, acting, none }
    }

    /// Returns the relations by which programs and organizations support a stage or a role that acts in it.
    pub fn supports(&self, stage: Node<'g>) -> Vec<Relation<'g>> {
        self.helping(stage).into_iter().filter(|it| self.is_own_support(*it)).collect()
    }

    fn is_own_support(&self, relation: Relation<'g>) -> bool {
        match relation.from().kind() {
            NodeKind::Program => self.has_program(relation.from()),
            _ => self.has_member(relation.from()),
        }
    }

    /// The relations by which anybody supports a stage or a role that acts in it here.
    fn helping(&self, stage: Node<'g>) -> Vec<Relation<'g>> {
        let mut roles: Vec<Node> = self.acting(stage).iter().map(|it| it.role).collect();
        roles.dedup();
        let helped = std::iter::once(stage).chain(roles);
        let supports = helped.flat_map(|node| self.counted.incoming(node, Core::Supports));
        supports.filter(|it| !it.is_planned()).collect()
    }

    /// Returns what supports a stage, or how it is known that nothing does.
    pub fn support(&self, stage: Node<'g>) -> Support<'g> {
        let (by, others): (Vec<_>, Vec<_>) =
            self.helping(stage).into_iter().partition(|it| self.is_own_support(*it));
        let serves = |it: &Relation<'g>| it.context().is_some_and(|it| self.enclosing.contains(it));
        let nationwide: Vec<Relation> = others.into_iter().filter(serves).collect();
        let none: Vec<Denial> = self.denials(stage, Core::Supports).collect();
        let is_denied = none.iter().any(|it| self.is_denied(*it));
        let state = match (by.is_empty() && nationwide.is_empty(), is_denied) {
            (false, _) => State::Named,
            (true, true) => State::NoneStated,
            (true, false) => State::Unknown,
        };
        Support { state, by, nationwide, none }
    }
}
