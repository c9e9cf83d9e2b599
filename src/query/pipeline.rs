//! Staffed routes: the ways from a need to the market with somebody who acts in each stage.
//!
//! A *staffed route* is a way along the `next` relations that passes no stage twice, with one
//! member who acts in each stage. Questions weigh by the number of staffed routes what is missing
//! or would be lost. A stage for which the atlas names nobody is passed all the same: that nothing
//! is known does not stop a product. A stage of which a source says that nobody acts there is not
//! passed.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::{Add, Sub};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::scope::{Acting, Actors, Scope, State};
use crate::graph::{Node, Pipeline};

/// Ways along the stages are followed up to this many.
pub const CHAINS: usize = 1000;

/// How many staffed routes: exactly up to 2^53, rounded above, as there may be more than 10^30.
#[derive(Clone, Copy, Debug, Default, PartialEq, JsonSchema)]
#[schemars(inline)]
pub struct Tally(f64);

impl Tally {
    /// Returns the part that this is of all, from 0 to 1; none where there are none.
    pub fn share(self, all: Tally) -> Option<f64> {
        (all.0 > 0.0).then(|| (self.0 / all.0).clamp(0.0, 1.0))
    }

    /// Returns the number.
    pub fn number(self) -> f64 {
        self.0
    }
}

/// Up to here every whole number has a floating-point number of its own.
const EXACT: f64 = (1u64 << 53) as f64;

impl Eq for Tally {}

impl PartialOrd for Tally {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tally {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Add for Tally {
    type Output = Tally;

    fn add(self, more: Tally) -> Tally {
        Tally(self.0 + more.0)
    }
}

impl Sub for Tally {
    type Output = Tally;

    fn sub(self, less: Tally) -> Tally {
        Tally((self.0 - less.0).max(0.0))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.0 <= EXACT { write!(f, "{}", self.0) } else { write!(f, "{:.1e}", self.0) }
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 <= EXACT {
            serializer.serialize_u64(self.0 as u64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// Who can take each stage of a pipeline.
pub struct Staffing<'g> {
    chains: Vec<Vec<Node<'g>>>,
    crews: BTreeMap<Node<'g>, Crew<'g>>,
    is_cut_off: bool,
    all: Tally,
}

/// Who acts at a stage.
struct Crew<'g> {
    actors: Actors<'g>,
    /// By how many of the roles each member can take the stage.
    ways: BTreeMap<Node<'g>, usize>,
}

/// What is thought away.
#[derive(Clone, Copy, Debug)]
pub enum Gone<'a, 'g> {
    /// These organizations or programs, each once, whatever they play.
    Members(&'a [Node<'g>]),
    /// All who play any of these roles.
    Roles(&'a [Node<'g>]),
    /// All who need the one set of roles or the other to take a stage. (Who could do with either is
    /// lost with both together, and not here.)
    Either(&'a [Node<'g>], &'a [Node<'g>]),
    /// A stage.
    Stage(Node<'g>),
}

impl<'g> Staffing<'g> {
    /// Gathers who acts at each stage of a pipeline, for the routes from one of them to another; there is
    /// no route where there are no ends.
    pub fn new(
        scope: &Scope<'g>,
        pipeline: &Pipeline<'g>,
        ends: Option<(Node<'g>, Node<'g>)>,
    ) -> Self {
        let crew = |stage: &Node<'g>| {
            let actors = scope.actors(*stage);
            // Several relations may say that one role acts in the stage.
            let roles = actors.acting.chunk_by(|one, next| one.role == next.role);
            let ways = ways(roles.map(|same| &same[0]));
            (*stage, Crew { actors, ways })
        };
        let none = || (Vec::new(), false);
        let (chains, is_cut_off) =
            ends.map_or_else(none, |(from, to)| pipeline.chains(from, to, CHAINS));
        let crews = pipeline.stages.iter().map(crew).collect();
        let mut staffing = Staffing { chains, crews, is_cut_off, all: Tally::default() };
        staffing.all = staffing.count(|_, crew| crew.takers(0));
        staffing
    }

    /// Returns whether no way leads along the stages from end to end.
    pub fn is_empty(&self) -> bool {
        self.chains.is_empty()
    }

    /// Returns whether the ways along the stages were too many to follow all; there are then more routes.
    pub fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }

    /// Returns who acts at a stage of the pipeline.
    ///
    /// # Panics
    /// Where it is none of them.
    pub fn actors(&self, stage: Node<'g>) -> &Actors<'g> {
        &self.crews[&stage].actors
    }

    /// Returns the members who act at a stage of the pipeline, each once, in the order of the atlas.
    ///
    /// # Panics
    /// Where it is none of them.
    pub fn members(&self, stage: Node<'g>) -> impl Iterator<Item = Node<'g>> {
        self.crews[&stage].ways.keys().copied()
    }

    /// Returns how many staffed routes there are: over the ways along the stages, the sum of the
    /// product of how many can take each stage.
    pub fn routes(&self) -> Tally {
        self.all
    }

    /// Returns how many there are without what is gone. O(ways · stages), and for each stage who
    /// plays lost roles; O(stages) where what is gone takes no stage.
    pub fn routes_without(&self, gone: Gone<'_, 'g>) -> Tally {
        let takes = |members: &[Node<'g>]| {
            let taken = |crew: &Crew| members.iter().any(|it| crew.ways.contains_key(it));
            self.crews.values().any(taken)
        };
        if let Gone::Members(lost) = gone
            && !takes(lost)
        {
            return self.all;
        }
        self.count(|stage, crew| match gone {
            Gone::Stage(lost) if lost == stage => 0,
            Gone::Stage(_) => crew.takers(0),
            Gone::Members(lost) => {
                crew.takers(lost.iter().filter(|it| crew.ways.contains_key(it)).count())
            }
            Gone::Roles(lost) => crew.takers(crew.lost_with(lost).len()),
            Gone::Either(one, other) => {
                crew.takers(crew.lost_with(one).union(&crew.lost_with(other)).count())
            }
        })
    }

    /// Returns how many there would be if `newcomer` acted in `stages` too.
    pub fn routes_with(&self, newcomer: Node<'g>, stages: &[Node<'g>]) -> Tally {
        self.count(|stage, crew| {
            let is_new = stages.contains(&stage) && !crew.ways.contains_key(&newcomer);
            if is_new { crew.ways.len() + 1 } else { crew.takers(0) }
        })
    }

    /// Counts the routes by how many can take each stage.
    fn count(&self, takers: impl Fn(Node<'g>, &Crew<'g>) -> usize) -> Tally {
        let takers: BTreeMap<Node, f64> =
            self.crews.iter().map(|(stage, crew)| (*stage, takers(*stage, crew) as f64)).collect();
        let product = |chain: &Vec<Node<'g>>| chain.iter().map(|it| takers[it]).product::<f64>();
        // An empty sum of floating-point numbers is the negative zero; a number too great is the greatest.
        let sum = self.chains.iter().map(product).fold(0.0, |sum, routes| sum + routes);
        Tally(sum.min(f64::MAX))
    }
}

impl<'g> Crew<'g> {
    /// In how many ways the stage can be taken where so many of its crew are lost: one, unknown, where
    /// nobody was named at all, unless a source says that there is nobody.
    fn takers(&self, lost: usize) -> usize {
        let is_unknown = self.ways.is_empty() && self.actors.state != State::NoneStated;
        if is_unknown { 1 } else { self.ways.len() - lost }
    }

    /// Who can take the stage by none but these roles.
    fn lost_with(&self, roles: &[Node<'g>]) -> HashSet<Node<'g>> {
        let acting = &self.actors.acting;
        let at = |role: &Node<'g>| acting.binary_search_by_key(role, |acting| acting.role).ok();
        let lost: BTreeSet<usize> = roles.iter().filter_map(at).collect();
        let lost = ways(lost.into_iter().map(|at| &acting[at]));
        let needed = lost.into_iter().filter(|(member, by)| self.ways[member] == *by);
        needed.map(|(member, _)| member).collect()
    }
}

/// By how many of some roles each member that plays any acts.
fn ways<'a, 'g: 'a>(acting: impl Iterator<Item = &'a Acting<'g>>) -> BTreeMap<Node<'g>, usize> {
    let mut ways: HashMap<Node, usize> = HashMap::new();
    for acting in acting {
        let members: HashSet<Node> = acting.players.iter().map(|it| it.from()).collect();
        for member in members {
            *ways.entry(member).or_default() += 1;
        }
    }
    ways.into_iter().collect()
}
