//! Who acts in a stage of a scope and what supports it, or how it is known that nobody does.

use schemars::JsonSchema;
use serde::Serialize;

use super::Scope;
use crate::graph::{Denial, Node, Relation};
use crate::model::{Core, NodeKind};
use crate::query::tie::{Tie, ties_into};

/// What the atlas knows of who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It names somebody.
    Named,
    /// A source draws the role, but names nobody who plays it.
    NobodyNamed,
    /// A source says that there is none.
    NoneStated,
    /// It says nothing.
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
    /// What says that nothing does; where it holds in a part of the scope alone, `in` tells.
    pub none: Vec<Denial<'g>>,
}

impl<'g> Scope<'g> {
    /// Returns the roles that act in a stage, and who plays them.
    pub fn acting(&self, stage: Node<'g>) -> Vec<Acting<'g>> {
        let acts = self.counted.incoming(stage, Core::ActsIn);
        let mut acting: Vec<Acting> = acts
            .filter(|relation| self.has_role(relation.from()))
            .map(|acts_in| {
                let role = acts_in.from();
                let none = self.vacancies(role);
                Acting { role, acts_in, players: self.players(role).collect(), none }
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
        let state = if acting.iter().any(|it| !it.players.is_empty()) {
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
        let mut roles: Vec<Node> = self.acting(stage).iter().map(|it| it.role).collect();
        roles.dedup();
        let helped = std::iter::once(stage).chain(roles);
        let supports = helped.flat_map(|node| self.counted.incoming(node, Core::Supports));
        let reaches = |relation: &Relation<'g>| match relation.from().kind() {
            NodeKind::Program => self.has_program(relation.from()),
            _ => self.has_member(relation.from()),
        };
        supports.filter(reaches).collect()
    }

    /// Returns what supports a stage, or how it is known that nothing does.
    pub fn support(&self, stage: Node<'g>) -> Support<'g> {
        let by = self.supports(stage);
        let none: Vec<Denial> = self.denials(stage, Core::Supports).collect();
        let state = match (by.is_empty(), none.iter().any(|it| self.is_denied(*it))) {
            (false, _) => State::Named,
            (true, true) => State::NoneStated,
            (true, false) => State::Unknown,
        };
        Support { state, by, none }
    }
}
