//! How many routes lead from a need to the market, each stage taken by somebody who acts there.
//!
//! Owns the count by which questions weigh what is missing or would go: a *staffed route* is a way
//! along the `next` relations that passes no stage twice, with one who acts at each stage. A stage at
//! which the atlas names nobody is passed as it is: that nothing is known does not stop a product. One of
//! which a source says that nobody acts there is not passed.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Actors, Scope, State};
use crate::graph::{Node, Pipeline};

/// Ways along the stages are followed up to this many.
pub const CHAINS: usize = 1000;

/// Who can take each stage of a pipeline.
pub struct Staffing<'g> {
    chains: Vec<Vec<Node<'g>>>,
    crews: BTreeMap<u32, Crew<'g>>,
}

/// Who acts at a stage.
struct Crew<'g> {
    actors: Actors<'g>,
    /// Each member once.
    members: BTreeSet<u32>,
}

/// What is thought away.
#[derive(Clone, Copy, Debug)]
pub enum Gone<'a, 'g> {
    /// These organizations or programs, whatever they play.
    Members(&'a [Node<'g>]),
    /// All who play any of these roles.
    Roles(&'a [Node<'g>]),
    /// A stage.
    Stage(Node<'g>),
}

impl<'g> Staffing<'g> {
    /// Gathers who acts at each stage from the first of a pipeline to its last.
    pub fn new(scope: &Scope<'g>, pipeline: &Pipeline<'g>) -> Self {
        let crew = |stage: &Node<'g>| {
            let actors = scope.actors(*stage);
            let players = actors.acting.iter().flat_map(|it| &it.players);
            let members = players.map(|relation| relation.from().index()).collect();
            (stage.index(), Crew { actors, members })
        };
        Staffing {
            chains: pipeline.chains(CHAINS),
            crews: pipeline.stages.iter().map(crew).collect(),
        }
    }

    /// Whether the ways along the stages were too many to follow all.
    pub fn is_cut_off(&self) -> bool {
        self.chains.len() == CHAINS
    }

    /// Who acts at a stage of the pipeline.
    ///
    /// # Panics
    /// Where it is none of them.
    pub fn actors(&self, stage: Node<'g>) -> &Actors<'g> {
        &self.crews[&stage.index()].actors
    }

    /// The members who act at a stage of the pipeline, each once, in the order of the atlas.
    ///
    /// # Panics
    /// Where it is none of them.
    pub fn members(&self, stage: Node<'g>) -> impl Iterator<Item = Node<'g>> {
        self.crews[&stage.index()].members.iter().map(move |it| stage.graph().node_at(*it))
    }

    /// How many staffed routes there are; saturates.
    ///
    /// Over the ways along the stages, the sum of the product of how many can take each stage;
    /// O(ways · stages).
    pub fn routes(&self) -> u64 {
        self.count(|_, crew| crew.takers(crew.members.len()))
    }

    /// How many there are without what is gone; O(ways · stages · what is gone), for roles times who
    /// acts.
    pub fn routes_without(&self, gone: Gone<'_, 'g>) -> u64 {
        self.count(|stage, crew| match gone {
            Gone::Stage(lost) if lost == stage => 0,
            Gone::Stage(_) => crew.takers(crew.members.len()),
            Gone::Members(lost) => {
                let lost: BTreeSet<u32> = lost.iter().map(|node| node.index()).collect();
                crew.takers(crew.members.len() - lost.intersection(&crew.members).count())
            }
            Gone::Roles(lost) => {
                let left = crew.actors.acting.iter().filter(|acting| !lost.contains(&acting.role));
                let left = left.flat_map(|acting| &acting.players);
                let left: BTreeSet<u32> = left.map(|it| it.from().index()).collect();
                crew.takers(left.len())
            }
        })
    }

    /// How many there would be if `newcomer` acted in `stages` too.
    pub fn routes_with(&self, newcomer: Node<'g>, stages: &[Node<'g>]) -> u64 {
        self.count(|stage, crew| {
            let is_new = stages.contains(&stage) && !crew.members.contains(&newcomer.index());
            match is_new {
                true => crew.members.len() as u64 + 1,
                false => crew.takers(crew.members.len()),
            }
        })
    }

    /// Counts the routes by how many can take each stage.
    fn count(&self, takers: impl Fn(Node<'g>, &Crew<'g>) -> u64) -> u64 {
        let taken = |stage: &Node<'g>| takers(*stage, &self.crews[&stage.index()]);
        let product = |chain: &Vec<Node<'g>>| chain.iter().map(taken).fold(1, u64::saturating_mul);
        self.chains.iter().map(product).fold(0, u64::saturating_add)
    }
}

impl Crew<'_> {
    /// In how many ways the stage can be taken where so many of its crew are left: one, unknown, where
    /// nobody was named at all, unless a source says that there is nobody.
    fn takers(&self, left: usize) -> u64 {
        let is_unknown = self.members.is_empty() && self.actors.state != State::NoneStated;
        if is_unknown { 1 } else { left as u64 }
    }
}
