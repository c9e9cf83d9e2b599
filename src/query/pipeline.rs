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
    crews: BTreeMap<u32, Vec<Acting<'g>>>,
}

/// What is thought away.
#[derive(Clone, Copy, Debug)]
pub enum Gone<'a, 'g> {
    /// Nothing.
    Nothing,
    /// An organization or a program, whatever it plays.
    Member(Node<'g>),
    /// All who play any of these roles.
    Roles(&'a [Node<'g>]),
    /// A stage.
    Stage(Node<'g>),
}

impl<'g> Staffing<'g> {
    /// Gathers who acts at each stage from the first of a pipeline to its last.
    pub fn new(scope: &Scope<'g>, pipeline: &Pipeline<'g>) -> Self {
        let crew = |stage: &Node<'g>| (stage.index(), scope.acting(*stage));
        Staffing {
            chains: pipeline.chains(CHAINS),
            crews: pipeline.stages.iter().map(crew).collect(),
        }
    }

    /// Whether the ways along the stages were too many to follow all.
    pub fn is_cut_off(&self) -> bool {
        self.chains.len() == CHAINS
    }

    /// Who acts at a stage.
    pub fn crew(&self, stage: Node<'g>) -> &[Acting<'g>] {
        self.crews.get(&stage.index()).map_or(&[], Vec::as_slice)
    }

    /// How many staffed routes there are without what is gone; saturates.
    ///
    /// Over the ways along the stages, the sum of the product of how many can take each stage;
    /// O(ways · stages + who acts).
    pub fn routes_without(&self, gone: Gone<'_, 'g>) -> u64 {
        let mut takers: BTreeMap<u32, u64> = BTreeMap::new();
        for stage in self.chains.iter().flatten() {
            takers.entry(stage.index()).or_insert_with(|| self.takers(*stage, gone));
        }
        let taken = |stage: &Node<'g>| takers[&stage.index()];
        let routes =
            self.chains.iter().map(|chain| chain.iter().map(taken).fold(1u64, u64::saturating_mul));
        routes.fold(0, u64::saturating_add)
    }

    /// How many can take a stage without what is gone; one, unknown, where nobody was named before.
    fn takers(&self, stage: Node<'g>, gone: Gone<'_, 'g>) -> u64 {
        if matches!(gone, Gone::Stage(lost) if lost == stage) {
            return 0;
        }
        let crew = || self.crew(stage).iter();
        let left: BTreeSet<u32> = crew()
            .filter(|acting| !matches!(gone, Gone::Roles(lost) if lost.contains(&acting.role)))
            .flat_map(|acting| acting.players.iter().map(|it| it.from()))
            .filter(|member| !matches!(gone, Gone::Member(lost) if lost == *member))
            .map(Node::index)
            .collect();
        let nobody_known = crew().all(|acting| acting.players.is_empty());
        if nobody_known { 1 } else { left.len() as u64 }
    }
}
