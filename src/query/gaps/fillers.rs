//! Who could fill a gap: members by a related role, else the nearest elsewhere.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::side::{RoleScope, sort};
use super::vicinity::Vicinity;
use super::{Because, Filler, FillerPlace, Flow, Gap, Missing};
use crate::graph::routes::{Routes, Search, hops};
use crate::graph::ways::Ways;
use crate::graph::{Direction, Graph, Node, NodeSet, Relation};
use crate::model::{Core, NodeKind};
use crate::query::path::{Route, Steps};
use crate::query::scope::Acting;

/// What is needed to find those who could fill the gaps of one side.
pub struct Fillers<'a, 'g> {
    of: &'a RoleScope<'g>,
    atlas: &'a RoleScope<'g>,
    /// Who acts in each stage, anywhere.
    crews: BTreeMap<Node<'g>, Vec<Acting<'g>>>,
    ways: Ways<'g>,
    /// Where routes to it end: it and its members.
    ends: Vec<Node<'g>>,
    /// How many hops the shortest route takes from each node to any of these.
    to_here: HashMap<Node<'g>, u32>,
    /// The same from any of these to each node.
    from_here: HashMap<Node<'g>, u32>,
    vicinity: Vicinity<'g>,
    top: usize,
    known: HashMap<Node<'g>, Shortlist<'g>>,
    routes: HashMap<Node<'g>, Option<Route<'g>>>,
}

/// Those who could, the nearest first; no more than are to be named.
#[derive(Clone, Default)]
struct Shortlist<'g> {
    fillers: Vec<Filler<'g>>,
    /// How many are here or in the same country.
    count: usize,
    /// How many are elsewhere.
    examples: usize,
}

impl<'a, 'g> Fillers<'a, 'g> {
    /// Measures how far everything is from one side. O(relations · log nodes).
    pub fn new(
        graph: &'g Graph,
        of: &'a RoleScope<'g>,
        atlas: &'a RoleScope<'g>,
        steps: &Steps<'g>,
        top: usize,
    ) -> Self {
        let ways = steps.ways(graph);
        let stages = graph.nodes_of(NodeKind::Stage);
        let crews = stages.map(|stage| (stage, atlas.scope.acting(stage))).collect();
        let ends = NodeSet::of(graph, of.scope.of().into_iter().chain(of.scope.members()));
        let ends: Vec<Node> = ends.iter().collect();
        let to_here = hops(&ways, &ends, Direction::Backward);
        let from_here = hops(&ways, &ends, Direction::Forward);
        let vicinity = Vicinity::of(&of.scope);
        let (known, routes) = (HashMap::new(), HashMap::new());
        Fillers { of, atlas, crews, ways, ends, to_here, from_here, vicinity, top, known, routes }
    }

    /// Tells who could fill a gap.
    pub fn fill(&mut self, gap: &mut Gap<'g>) {
        let found = match gap.missing {
            Missing::Member(role) => self.for_role(role),
            Missing::Flow(flow) => self.for_flow(flow),
            Missing::Actor(stage) => self.for_actor(stage),
            Missing::Support(stage) => self.for_support(stage),
        };
        gap.candidates = found.count;
        gap.examples = found.examples;
        gap.fillers = found.fillers;
        for filler in gap.fillers.iter_mut().filter(|it| it.place != FillerPlace::Within) {
            filler.shares = self.vicinity.shared(filler.node);
            filler.route = self.route(filler.node);
        }
    }

    fn for_role(&mut self, role: Node<'g>) -> Shortlist<'g> {
        if let Some(found) = self.known.get(&role) {
            return found.clone();
        }
        let plays = self.atlas.players(role);
        let same = plays.map(|plays| self.filler(plays, Because::PlaysRole, Some(role), None));
        let found = self.nearest(by_node(same.chain(self.related(role))));
        self.known.insert(role, found.clone());
        found
    }

    /// The members of a type that plays `role` somewhere that play another role in one of its stages: one
    /// that acts in most of them first, then one that belongs here.
    fn related(&self, role: Node<'g>) -> Vec<Filler<'g>> {
        let types = self.types(role);
        let fits = |node: Node<'g>| {
            sort(node).is_some_and(|it| types.contains(it)) && self.of.scope.has_member(node)
        };
        let mut by_role: BTreeMap<(Node, Node), Filler> = BTreeMap::new();
        for stage in self.stages(role) {
            for acting in self.crew(stage) {
                for plays in acting.players.iter().filter(|it| fits(it.from())) {
                    let because = Because::ActsInSameStage;
                    let filler = by_role
                        .entry((plays.from(), acting.role))
                        .or_insert_with(|| self.filler(*plays, because, Some(role), None));
                    add(&mut filler.evidence, *plays);
                    add(&mut filler.evidence, acting.acts_in);
                    if !filler.stages.contains(&stage) {
                        filler.stages.push(stage);
                    }
                }
            }
        }
        let nearness = |it: &Filler<'g>| {
            let role = it.role.expect("it plays a role");
            let is_own = self.of.scope.has_role(role);
            (Reverse(it.stages.len()), !is_own, it.node, role)
        };
        let mut fillers: Vec<Filler> = by_role.into_values().collect();
        fillers.sort_by_key(nearness);
        fillers
    }

    /// The types of those who play a role in general.
    fn types(&self, role: Node<'g>) -> BTreeSet<&'g str> {
        self.atlas.players(role).filter_map(|plays| sort(plays.from())).collect()
    }

    /// The stages in which a role in general acts, in whatever context, in the order of the atlas.
    fn stages(&self, role: Node<'g>) -> Vec<Node<'g>> {
        let boxes = self.atlas.boxes(role).iter().copied().chain([role]);
        let acts = boxes.flat_map(Node::outgoing).filter(|it| it.is(Core::ActsIn));
        let acts = acts.filter(|it| self.atlas.scope.counts(*it));
        let stages: BTreeSet<Node> = acts.map(Relation::to).collect();
        stages.into_iter().collect()
    }

    fn crew(&self, stage: Node<'g>) -> &[Acting<'g>] {
        self.crews.get(&stage).map_or(&[], Vec::as_slice)
    }

    /// Members who play a role that corresponds to one acting in the stage, or support it, and whoever
    /// acts in it elsewhere.
    fn for_actor(&self, stage: Node<'g>) -> Shortlist<'g> {
        let crew = self.crew(stage);
        let roles: BTreeMap<Node, Relation> =
            crew.iter().map(|it| (self.of.general(it.role), it.acts_in)).collect();
        let players = || crew.iter().flat_map(|acting| &acting.players);
        let types: BTreeSet<&str> = players().filter_map(|it| sort(it.from())).collect();
        let corresponding = self.of.roles().filter(|role| roles.contains_key(role));
        let plays = corresponding.flat_map(|role| self.of.players(role));
        let plays = plays.filter(|it| sort(it.from()).is_some_and(|it| types.contains(it)));
        let here = plays.map(|plays| {
            let role = self.of.general(plays.to());
            let mut filler = self.filler(plays, Because::PlaysRole, Some(role), Some(stage));
            add(&mut filler.evidence, roles[&role]);
            filler
        });
        let support = self.of.scope.supports(stage).into_iter();
        let support = support.map(|it| self.filler(it, Because::SupportsStage, None, Some(stage)));
        let acts = crew.iter().flat_map(|acting| {
            acting.players.iter().map(|plays| {
                let mut filler = self.filler(*plays, Because::ActsInStage, None, Some(stage));
                add(&mut filler.evidence, acting.acts_in);
                filler
            })
        });
        self.nearest(by_node(here.chain(support).chain(acts)))
    }

    fn for_support(&self, stage: Node<'g>) -> Shortlist<'g> {
        let supports = self.atlas.scope.supports(stage).into_iter();
        let fillers = supports.map(|it| self.filler(it, Because::SupportsStage, None, Some(stage)));
        self.nearest(by_node(fillers))
    }

    fn for_flow(&mut self, flow: Flow<'g>) -> Shortlist<'g> {
        let ends = flow.roles();
        let missing: Vec<Node> = ends.iter().copied().filter(|end| !self.of.plays(*end)).collect();
        let found: Vec<Shortlist> = match missing.is_empty() {
            true => ends.iter().map(|end| self.here(*end)).collect(),
            false => missing.iter().map(|end| self.for_role(*end)).collect(),
        };
        // The nearest for each end come first.
        let count = found.iter().map(|found| found.count).sum();
        let examples = found.iter().map(|found| found.examples).sum();
        let mut ranked: Vec<(usize, Filler)> =
            found.into_iter().flat_map(|found| (0..).zip(found.fillers)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let fillers = ranked.into_iter().map(|(_, filler)| filler).take(self.top).collect();
        Shortlist { fillers, count, examples }
    }

    /// The members that play a role here.
    fn here(&self, role: Node<'g>) -> Shortlist<'g> {
        let plays = self.of.players(role);
        self.nearest(by_node(plays.map(|it| self.filler(it, Because::IsHere, Some(role), None))))
    }

    /// One who could, by a relation that says so.
    fn filler(
        &self,
        by: Relation<'g>,
        because: Because,
        fills: Option<Node<'g>>,
        stage: Option<Node<'g>>,
    ) -> Filler<'g> {
        let (node, scope) = (by.from(), &self.of.scope);
        let reaches = because == Because::SupportsStage && scope.has_program(node);
        let place = match scope.has_member(node) || reaches {
            true => FillerPlace::Within,
            false if self.vicinity.is_same_country(node) => FillerPlace::SameCountry,
            false => FillerPlace::Elsewhere,
        };
        Filler {
            node,
            place,
            because,
            fills,
            role: Some(by.to()).filter(|to| Some(*to) != stage),
            stages: stage.into_iter().collect(),
            evidence: vec![by],
            shares: None,
            route: None,
        }
    }

    /// Members first, then those of the same country, then the others; within each, by the sort of reason
    /// where they are members, else the nearest first.
    fn nearest(&self, mut fillers: Vec<Filler<'g>>) -> Shortlist<'g> {
        fillers.sort_by_key(|filler| {
            let far = match filler.place {
                FillerPlace::Within => 0,
                _ => {
                    let (to, from) = self.far(filler.node);
                    to.min(from)
                }
            };
            (filler.place, far)
        });
        let examples = fillers.iter().filter(|it| it.place == FillerPlace::Elsewhere).count();
        let count = fillers.len() - examples;
        fillers.truncate(self.top);
        Shortlist { fillers, count, examples }
    }

    /// How many hops it is from a node to here and from here to it.
    fn far(&self, node: Node<'g>) -> (u32, u32) {
        let far = |hops: &HashMap<Node<'g>, u32>| hops.get(&node).copied().unwrap_or(u32::MAX);
        (far(&self.to_here), far(&self.from_here))
    }

    /// The shortest route that ties a node to a member, from the node where both directions are as short.
    fn route(&mut self, node: Node<'g>) -> Option<Route<'g>> {
        let (to, from) = self.far(node);
        let (ways, ends) = (&self.ways, &self.ends);
        let route = self.routes.entry(node).or_insert_with(|| {
            if to.min(from) == u32::MAX {
                return None;
            }
            let (one, all) = (vec![node], ends.clone());
            let (start, end) = if to <= from { (one, all) } else { (all, one) };
            let search = Search { from: start, to: end, via: Vec::new(), max_hops: None };
            let route = Routes::new(ways, &search).next().map(|found| Route::over(ways, found));
            // That a subsidiary belongs to a group ties it to nobody but the group.
            route.filter(|route| !route.relations().all(|it| it.is(Core::PartOf)))
        });
        route.clone()
    }
}

/// Each once, by the first role and reason, with the evidence for these, in the order in which they are met.
fn by_node<'g>(fillers: impl Iterator<Item = Filler<'g>>) -> Vec<Filler<'g>> {
    let mut places: HashMap<Node, usize> = HashMap::new();
    let mut found: Vec<Filler> = Vec::new();
    for filler in fillers {
        let place = *places.entry(filler.node).or_insert(found.len());
        match found.get_mut(place) {
            Some(known) if known.role == filler.role && known.because == filler.because => {
                filler.evidence.into_iter().for_each(|it| add(&mut known.evidence, it));
            }
            Some(_) => {}
            None => found.push(filler),
        }
    }
    found
}

fn add<'g>(evidence: &mut Vec<Relation<'g>>, relation: Relation<'g>) {
    if !evidence.contains(&relation) {
        evidence.push(relation);
    }
}
