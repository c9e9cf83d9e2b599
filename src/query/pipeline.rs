//! How many routes lead from a need to the market, each stage taken by somebody who acts there.
//!
//! Owns the count by which questions weigh what is missing or would go: a *staffed route* is a way
//! along the `next` relations that passes no stage twice, with one who acts at each stage. A stage at
//! which the atlas names nobody is passed as it is: that nothing is known does not stop a product.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::scope::{Acting, Scope};
use crate::graph::{Node, Pipeline};

/// Ways along the stages are followed up to this many.
pub const CHAINS: usize = 1000;

/// Who can take each stage of a pipeline.
pub struct Staffing<'g> {
    chains: Vec<Vec<Node<'g>>>,
    crews: BTreeMap<u32, Crew<'g>>,
}

/// Who acts in a stage.
struct Crew<'g> {
    /// The roles, in the order of the atlas.
    acting: Vec<Acting<'g>>,
    /// By how many of them each member can take the stage.
    ways: HashMap<u32, usize>,
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
    /// All who need the one set of roles or the other to take a stage. (Who could do with either is
    /// lost with both together, and not here.)
    Either(&'a [Node<'g>], &'a [Node<'g>]),
    /// A stage.
    Stage(Node<'g>),
}

impl<'g> Staffing<'g> {
    /// Gathers who acts at each stage from the first of a pipeline to its last.
    pub fn new(scope: &Scope<'g>, pipeline: &Pipeline<'g>) -> Self {
        let crew = |stage: &Node<'g>| {
            let acting = scope.acting(*stage);
            // Several relations may say that one role acts in the stage.
            let roles = acting.chunk_by(|one, next| one.role == next.role).map(|same| &same[0]);
            let ways = ways(roles);
            (stage.index(), Crew { acting, ways })
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

    /// Who acts at a stage.
    pub fn crew(&self, stage: Node<'g>) -> &[Acting<'g>] {
        self.crews.get(&stage.index()).map_or(&[], |crew| &crew.acting)
    }

    /// How many staffed routes there are without what is gone; saturates.
    ///
    /// Over the ways along the stages, the sum of the product of how many can take each stage;
    /// O(ways · stages + who plays the lost roles).
    pub fn routes_without(&self, gone: Gone<'_, 'g>) -> u64 {
        let takers = self.takers(gone);
        let product = |chain: &Vec<Node<'g>>| {
            chain.iter().map(|stage| takers[&stage.index()]).fold(1, u64::saturating_mul)
        };
        self.chains.iter().map(product).fold(0, u64::saturating_add)
    }

    /// The same as an approximate number, for where there are too many to count.
    pub fn weight_without(&self, gone: Gone<'_, 'g>) -> f64 {
        let takers = self.takers(gone);
        let product = |chain: &Vec<Node<'g>>| -> f64 {
            chain.iter().map(|stage| takers[&stage.index()] as f64).product()
        };
        self.chains.iter().map(product).sum()
    }

    /// How many can take each stage without what is gone; one, unknown, where nobody was named before.
    fn takers(&self, gone: Gone<'_, 'g>) -> BTreeMap<u32, u64> {
        let left = |(stage, crew): (&u32, &Crew<'g>)| {
            let all = crew.ways.len();
            let left = match gone {
                Gone::Stage(lost) if lost.index() == *stage => 0,
                _ if all == 0 => 1,
                Gone::Nothing | Gone::Stage(_) => all,
                Gone::Member(lost) => all - usize::from(crew.ways.contains_key(&lost.index())),
                Gone::Roles(lost) => all - crew.lost_with(lost).len(),
                Gone::Either(one, other) => {
                    all - crew.lost_with(one).union(&crew.lost_with(other)).count()
                }
            };
            (*stage, left as u64)
        };
        self.crews.iter().map(left).collect()
    }
}

impl<'g> Crew<'g> {
    /// Who can take the stage by none but these roles.
    fn lost_with(&self, roles: &[Node<'g>]) -> HashSet<u32> {
        let at = |role: &Node<'g>| {
            self.acting.binary_search_by_key(&role.index(), |acting| acting.role.index()).ok()
        };
        let lost: BTreeSet<usize> = roles.iter().filter_map(at).collect();
        let lost = ways(lost.into_iter().map(|at| &self.acting[at]));
        let needed = lost.into_iter().filter(|(member, by)| self.ways[member] == *by);
        needed.map(|(member, _)| member).collect()
    }
}

/// By how many of some roles each member that plays any acts.
fn ways<'a, 'g: 'a>(acting: impl Iterator<Item = &'a Acting<'g>>) -> HashMap<u32, usize> {
    let mut ways = HashMap::new();
    for acting in acting {
        let members: BTreeSet<u32> = acting.players.iter().map(|it| it.from().index()).collect();
        for member in members {
            *ways.entry(member).or_default() += 1;
        }
    }
    ways
}
