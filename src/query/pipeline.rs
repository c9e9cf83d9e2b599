//! How many routes lead from a need to the market, each stage taken by somebody who acts there.
//!
//! Owns the count by which questions weigh what is missing or would go: a *staffed route* is a way
//! along the `next` relations that passes no stage twice, with one who acts at each stage. A stage at
//! which the atlas names nobody is passed as it is: that nothing is known does not stop a product.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Acting, Scope};
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
    acting: Vec<Acting<'g>>,
    /// Each member once.
    actors: BTreeSet<u32>,
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
            let acting = scope.acting(*stage);
            let players = acting.iter().flat_map(|it| &it.players);
            let actors = players.map(|relation| relation.from().index()).collect();
            (stage.index(), Crew { acting, actors })
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

    /// The roles that act at a stage.
    pub fn acting(&self, stage: Node<'g>) -> &[Acting<'g>] {
        self.crews.get(&stage.index()).map_or(&[], |crew| crew.acting.as_slice())
    }

    /// Who acts at a stage, each once, in the order of the atlas.
    pub fn actors(&self, stage: Node<'g>) -> impl Iterator<Item = Node<'g>> {
        let actors = self.crews.get(&stage.index()).into_iter().flat_map(|crew| &crew.actors);
        actors.map(move |it| stage.graph().node_at(*it))
    }

    /// How many staffed routes there are; saturates.
    ///
    /// Over the ways along the stages, the sum of the product of how many can take each stage;
    /// O(ways · stages).
    pub fn routes(&self) -> u64 {
        self.count(|_, crew| crew.takers(crew.actors.len()))
    }

    /// How many there are without what is gone; O(ways · stages · what is gone), for roles times who
    /// acts.
    pub fn routes_without(&self, gone: Gone<'_, 'g>) -> u64 {
        self.count(|stage, crew| match gone {
            Gone::Stage(lost) if lost == stage => 0,
            Gone::Stage(_) => crew.takers(crew.actors.len()),
            Gone::Members(lost) => {
                let lost: BTreeSet<u32> = lost.iter().map(|node| node.index()).collect();
                crew.takers(crew.actors.len() - lost.intersection(&crew.actors).count())
            }
            Gone::Roles(lost) => {
                let left = crew.acting.iter().filter(|acting| !lost.contains(&acting.role));
                let left = left.flat_map(|acting| &acting.players);
                let left: BTreeSet<u32> = left.map(|it| it.from().index()).collect();
                crew.takers(left.len())
            }
        })
    }

    /// How many there would be if `newcomer` acted in `stages` too.
    pub fn routes_with(&self, newcomer: Node<'g>, stages: &[Node<'g>]) -> u64 {
        self.count(|stage, crew| {
            let is_new = stages.contains(&stage) && !crew.actors.contains(&newcomer.index());
            match is_new {
                true => crew.actors.len() as u64 + 1,
                false => crew.takers(crew.actors.len()),
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
    /// nobody was named at all.
    fn takers(&self, left: usize) -> u64 {
        if self.actors.is_empty() { 1 } else { left as u64 }
    }
}
