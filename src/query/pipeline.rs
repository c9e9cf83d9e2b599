//! Staffed routes: the ways from a need to the market with somebody who acts in each stage.
//!
//! A *staffed route* is a way along the `next` relations that passes no stage twice, with one
//! member who acts in each stage. Questions weigh by the number of staffed routes what is missing
//! or would be lost. A stage for which the atlas names nobody is passed all the same: that nothing
//! is known does not stop a product. A stage of which a source says that nobody acts there is not
//! passed.
//!
//! A staffed route keeps to one *context*: who plays roles in one region or program, with those
//! who play theirs in a region that it lies in, or in general. What one map names and what another
//! names make no route together. The routes of all contexts are added up. They are combinations
//! of the names that sources give, no more: where a source leaves its list open, there are more.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::{Add, Sub};

use foldhash::{HashMap, HashMapExt, HashSet};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::scope::{Acting, Actors, Scope, State};
use crate::graph::{Node, Pipeline, Relation};

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
    actors: BTreeMap<Node<'g>, Actors<'g>>,
    casts: Vec<Cast<'g>>,
    /// In which of these each member can take a stage, ascending.
    casts_of: HashMap<Node<'g>, Vec<usize>>,
    is_cut_off: bool,
    is_open: bool,
    all: Tally,
}

/// Who can take each stage in one context.
struct Cast<'g> {
    /// The context and those around it; `None` is what is played in general.
    around: HashSet<Option<Node<'g>>>,
    crews: BTreeMap<Node<'g>, Crew<'g>>,
    /// How many routes there are.
    routes: Tally,
}

/// Who can take a stage in one context.
struct Crew<'g> {
    acting: Vec<Acting<'g>>,
    /// Whether the stage is passed as it is where nobody is named.
    is_passed: bool,
    /// By how many of the roles each can take the stage.
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
    /// All who take a stage.
    Takers(Node<'g>),
}

impl<'g> Staffing<'g> {
    /// Gathers who acts at each stage of a pipeline, for the routes from one of them to another; there is
    /// no route where there are no ends.
    pub fn new(
        scope: &Scope<'g>,
        pipeline: &Pipeline<'g>,
        ends: Option<(Node<'g>, Node<'g>)>,
    ) -> Self {
        let none = || (Vec::new(), false);
        let (chains, is_cut_off) =
            ends.map_or_else(none, |(from, to)| pipeline.chains(from, to, CHAINS));
        let actors: BTreeMap<Node, Actors> =
            pipeline.stages.iter().map(|stage| (*stage, scope.actors(*stage))).collect();
        let players = || actors.values().flat_map(|it| &it.acting).flat_map(Acting::all_players);
        let is_open = players().any(Relation::is_open);
        let casts = contexts(scope, players()).into_iter().map(|around| {
            let crew =
                |(stage, actors): (&Node<'g>, &Actors<'g>)| (*stage, Crew::new(actors, &around));
            let crews = actors.iter().map(crew).collect();
            Cast { around, crews, routes: Tally::default() }
        });
        let casts: Vec<Cast> = casts.collect();
        let mut casts_of: HashMap<Node, Vec<usize>> = HashMap::new();
        for (at, cast) in casts.iter().enumerate() {
            for member in cast.crews.values().flat_map(|crew| crew.ways.keys()) {
                let casts = casts_of.entry(*member).or_default();
                if casts.last() != Some(&at) {
                    casts.push(at);
                }
            }
        }
        let all = Tally::default();
        let mut staffing = Staffing { chains, actors, casts, casts_of, is_cut_off, is_open, all };
        for at in 0..staffing.casts.len() {
            staffing.casts[at].routes = staffing.count(at, |_, crew| crew.takers(0));
        }
        staffing.all = staffing.casts.iter().fold(Tally::default(), |sum, it| sum + it.routes);
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

    /// Returns whether a list of those who act is left open by its source: there are then more
    /// routes, and no part of them can be told.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Returns who acts at a stage of the pipeline.
    ///
    /// # Panics
    /// Where it is none of them.
    pub fn actors(&self, stage: Node<'g>) -> &Actors<'g> {
        &self.actors[&stage]
    }

    /// Returns those who act at a stage of the pipeline, each once, in the order of the atlas.
    ///
    /// # Panics
    /// Where it is none of them.
    pub fn members(&self, stage: Node<'g>) -> impl Iterator<Item = Node<'g>> {
        let players = self.actors[&stage].acting.iter().flat_map(Acting::all_players);
        players.map(Relation::from).collect::<BTreeSet<_>>().into_iter()
    }

    /// Returns how many staffed routes there are: over the contexts and the ways along the stages,
    /// the sum of the product of how many can take each stage.
    pub fn routes(&self) -> Tally {
        self.all
    }

    /// Returns how many there are without what is gone. O(contexts · ways · stages), and for each
    /// stage who plays lost roles; O(contexts) where what is gone takes no stage.
    pub fn routes_without(&self, gone: Gone<'_, 'g>) -> Tally {
        let all = 0..self.casts.len();
        let touched: BTreeSet<usize> = match gone {
            Gone::Members(lost) => {
                lost.iter().filter_map(|it| self.casts_of.get(it)).flatten().copied().collect()
            }
            _ => all.clone().collect(),
        };
        let left = all.map(|at| match touched.contains(&at) {
            true => self.count(at, |stage, crew| crew.takers_without(stage, gone)),
            false => self.casts[at].routes,
        });
        left.fold(Tally::default(), |sum, routes| sum + routes)
    }

    /// Returns how many there would be if `newcomer` acted in `stages` too, in a context.
    pub fn routes_with(
        &self,
        newcomer: Node<'g>,
        stages: &[Node<'g>],
        context: Option<Node<'g>>,
    ) -> Tally {
        let more = (0..self.casts.len()).map(|at| {
            self.count(at, |stage, crew| {
                let acts = stages.contains(&stage) && self.casts[at].around.contains(&context);
                let is_new = acts && !crew.ways.contains_key(&newcomer);
                if is_new { crew.ways.len() + 1 } else { crew.takers(0) }
            })
        });
        more.fold(Tally::default(), |sum, routes| sum + routes)
    }

    /// Counts the routes of a context by how many can take each stage.
    fn count(&self, cast: usize, takers: impl Fn(Node<'g>, &Crew<'g>) -> usize) -> Tally {
        let crews = self.casts[cast].crews.iter();
        let takers: BTreeMap<Node, f64> =
            crews.map(|(stage, crew)| (*stage, takers(*stage, crew) as f64)).collect();
        let product = |chain: &Vec<Node<'g>>| chain.iter().map(|it| takers[it]).product::<f64>();
        // An empty sum of floating-point numbers is the negative zero; a number too great is the greatest.
        let sum = self.chains.iter().map(product).fold(0.0, |sum, routes| sum + routes);
        Tally(sum.min(f64::MAX))
    }
}

/// The contexts whose routes are counted, each with those around it: what roles are played in, but
/// for a region that another of them lies in, which is counted there. `None` is what is played in
/// general, and alone where nothing is played in a context.
fn contexts<'g>(
    scope: &Scope<'g>,
    players: impl Iterator<Item = Relation<'g>>,
) -> Vec<HashSet<Option<Node<'g>>>> {
    let all: BTreeSet<Node> = players.filter_map(|it| it.to().context()).collect();
    let around = |context: Node<'g>| scope.counted().enclosing(Some(context));
    let outer: HashSet<Node> =
        all.iter().flat_map(|it| around(*it).iter().collect::<Vec<_>>()).collect();
    let inner = all.iter().filter(|context| !outer.contains(context));
    let mut found: Vec<HashSet<Option<Node>>> = inner
        .map(|context| {
            [None, Some(*context)].into_iter().chain(around(*context).iter().map(Some)).collect()
        })
        .collect();
    if found.is_empty() {
        found.push(HashSet::from_iter([None]));
    }
    found
}

impl<'g> Crew<'g> {
    /// Those of the actors of a stage who play roles in these contexts.
    fn new(actors: &Actors<'g>, around: &HashSet<Option<Node<'g>>>) -> Self {
        let acting = actors.acting.iter().filter(|it| around.contains(&it.role.context()));
        let acting: Vec<Acting> = acting.cloned().collect();
        // Several relations may say that one role acts in the stage.
        let roles = acting.chunk_by(|one, next| one.role == next.role);
        let ways = ways(roles.map(|same| &same[0]));
        Crew { ways, acting, is_passed: actors.state != State::NoneStated }
    }

    /// In how many ways the stage can be taken without what is gone.
    fn takers_without(&self, stage: Node<'g>, gone: Gone<'_, 'g>) -> usize {
        match gone {
            Gone::Takers(lost) if lost == stage => self.takers(self.ways.len()),
            Gone::Takers(_) => self.takers(0),
            Gone::Members(lost) => {
                self.takers(lost.iter().filter(|it| self.ways.contains_key(it)).count())
            }
            Gone::Roles(lost) => self.takers(self.lost_with(lost).len()),
            Gone::Either(one, other) => {
                self.takers(self.lost_with(one).union(&self.lost_with(other)).count())
            }
        }
    }

    /// In how many ways the stage can be taken where so many of its crew are lost: one, unknown, where
    /// nobody was named at all, unless a source says that there is nobody.
    fn takers(&self, lost: usize) -> usize {
        if self.ways.is_empty() && self.is_passed { 1 } else { self.ways.len() - lost }
    }

    /// Who can take the stage by none but these roles.
    fn lost_with(&self, roles: &[Node<'g>]) -> HashSet<Node<'g>> {
        let acting = &self.acting;
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
        let members: HashSet<Node> = acting.all_players().map(Relation::from).collect();
        for member in members {
            *ways.entry(member).or_default() += 1;
        }
    }
    ways.into_iter().collect()
}
