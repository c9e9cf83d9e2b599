//! Who could fill a gap: members by a related role, else the nearest elsewhere.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::side::{RoleScope, general};
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
    atlas: RoleScope<'g>,
    /// Who acts in each stage, anywhere.
    crews: BTreeMap<Node<'g>, Vec<Acting<'g>>>,
    ways: Ways<'g>,
    /// Where routes to it end: it and its members.
    ends: Vec<Node<'g>>,
    /// How many hops the shortest route takes from each node to any of these.
    to_here: HashMap<Node<'g>, u32>,
    /// The same from any of these to each node.
    from_here: HashMap<Node<'g>, u32>,
    top: usize,
    known: HashMap<Node<'g>, Shortlist<'g>>,
    routes: HashMap<Node<'g>, Option<Route<'g>>>,
}

/// Those who could, the nearest first; no more than are to be named.
#[derive(Clone, Default)]
struct Shortlist<'g> {
    fillers: Vec<Filler<'g>>,
    count: usize,
}

impl<'a, 'g> Fillers<'a, 'g> {
    /// Measures how far everything is from one side. O(relations · log nodes).
    pub fn new(graph: &'g Graph, of: &'a RoleScope<'g>, steps: &Steps<'g>, top: usize) -> Self {
        let ways = steps.ways(graph);
        let atlas = RoleScope::new(graph, None, &steps.bases);
        let stages = graph.nodes().filter(|node| node.kind() == NodeKind::Stage);
        let crews = stages.map(|stage| (stage, atlas.scope.acting(stage))).collect();
        let ends = NodeSet::of(graph, of.scope.of().into_iter().chain(of.scope.members()));
        let ends: Vec<Node> = ends.iter().collect();
        let to_here = hops(&ways, &ends, Direction::Backward);
        let from_here = hops(&ways, &ends, Direction::Forward);
        let (known, routes) = (HashMap::new(), HashMap::new());
        Fillers { of, atlas, crews, ways, ends, to_here, from_here, top, known, routes }
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
        gap.fillers = found.fillers;
        for filler in gap.fillers.iter_mut().filter(|it| it.place == FillerPlace::Elsewhere) {
            filler.route = self.route(filler.node);
        }
    }

    fn for_role(&mut self, role: Node<'g>) -> Shortlist<'g> {
        if let Some(found) = self.known.get(&role) {
            return found.clone();
        }
        let plays = self.atlas.players(role);
        let same = plays.map(|plays| self.filler(plays, Because::PlaysRole, Some(role), None));
        let mut fillers = by_node(same);
        let known: BTreeSet<Node> = members(&fillers).map(|it| it.node).collect();
        // Members who play the very role elsewhere are the nearest, then come these.
        let related = self.related(role).into_iter();
        fillers.extend(related.filter(|filler| !known.contains(&filler.node)));
        let found = self.nearest(fillers);
        self.known.insert(role, found.clone());
        found
    }

    /// The members of a type that plays `role` somewhere (of any, where nobody does) that play another
    /// role: one acting in most of the stages in which `role` acts first, then one that belongs here.
    /// Those that share no stage are told only where none does.
    fn related(&self, role: Node<'g>) -> Vec<Filler<'g>> {
        let types = self.types(role);
        let fits = |node: Node<'g>| {
            let is_alike = types.is_empty() || sort(node).is_some_and(|it| types.contains(it));
            is_alike && self.of.scope.has_member(node)
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
        if by_role.is_empty() && !types.is_empty() {
            let plays = self.of.scope.roles().flat_map(|role| self.of.scope.players(role));
            for plays in plays.filter(|it| fits(it.from())) {
                let key = (plays.from(), plays.to());
                by_role.insert(key, self.filler(plays, Because::IsAlike, Some(role), None));
            }
        }
        let nearness = |it: &Filler<'g>| {
            let role = it.role.expect("it plays a role");
            let is_own = self.of.scope.has_role(role);
            (Reverse(it.stages.len()), !is_own, it.node, role)
        };
        let mut fillers: Vec<Filler> = by_role.into_values().collect();
        fillers.sort_by_key(nearness);
        let mut seen = BTreeSet::new();
        fillers.retain(|it| seen.insert(it.node));
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

    /// Members who could play a role that acts in the stage, or else whoever acts in it elsewhere.
    fn for_actor(&mut self, stage: Node<'g>) -> Shortlist<'g> {
        let crew = self.crew(stage).iter();
        let roles: BTreeSet<Node> = crew.map(|acting| general(acting.role)).collect();
        let within = roles.into_iter().map(|role| self.for_role(role));
        let within = within.filter(|found| members(&found.fillers).next().is_some());
        if let Some(found) = within.max_by_key(|found| found.count) {
            return found;
        }
        let acts = self.crew(stage).iter().flat_map(|acting| {
            acting.players.iter().map(|plays| {
                let mut filler = self.filler(*plays, Because::ActsInStage, None, Some(stage));
                add(&mut filler.evidence, acting.acts_in);
                filler
            })
        });
        self.nearest(by_node(acts))
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
        let mut ranked: Vec<(usize, Filler)> =
            found.into_iter().flat_map(|found| (0..).zip(found.fillers)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let fillers = ranked.into_iter().map(|(_, filler)| filler).take(self.top).collect();
        Shortlist { fillers, count }
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
        let is_member = scope.has_member(node) || reaches;
        Filler {
            node,
            place: if is_member { FillerPlace::Within } else { FillerPlace::Elsewhere },
            because,
            fills,
            role: Some(by.to()).filter(|to| Some(*to) != stage),
            stages: stage.into_iter().collect(),
            evidence: vec![by],
            route: None,
        }
    }

    /// Members alone, where there are any; else the others, the nearest first.
    fn nearest(&self, mut fillers: Vec<Filler<'g>>) -> Shortlist<'g> {
        if members(&fillers).next().is_some() {
            fillers.retain(|filler| filler.place == FillerPlace::Within);
        } else {
            fillers.sort_by_key(|filler| {
                let (to, from) = self.far(filler.node);
                (to.min(from), filler.node)
            });
        }
        let count = fillers.len();
        fillers.truncate(self.top);
        Shortlist { fillers, count }
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
            Routes::new(ways, &search).next().map(|found| Route::over(ways, found))
        });
        route.clone()
    }
}

/// The type of a node; a unit counts as what it is a unit of, so that a university can stand for one.
fn sort<'g>(node: Node<'g>) -> Option<&'g str> {
    node.record().r#type.as_deref().map(|sort| sort.trim_end_matches("-unit"))
}

fn members<'f, 'g>(fillers: &'f [Filler<'g>]) -> impl Iterator<Item = &'f Filler<'g>> {
    fillers.iter().filter(|filler| filler.place == FillerPlace::Within)
}

/// Each once, by the first role, with the evidence for that role; in the order of the atlas.
fn by_node<'g>(fillers: impl Iterator<Item = Filler<'g>>) -> Vec<Filler<'g>> {
    let mut found: BTreeMap<Node, Filler> = BTreeMap::new();
    for filler in fillers {
        match found.get_mut(&filler.node) {
            Some(known) if known.role == filler.role => {
                filler.evidence.into_iter().for_each(|it| add(&mut known.evidence, it));
            }
            Some(_) => {}
            None => drop(found.insert(filler.node, filler)),
        }
    }
    found.into_values().collect()
}

fn add<'g>(evidence: &mut Vec<Relation<'g>>, relation: Relation<'g>) {
    if !evidence.contains(&relation) {
        evidence.push(relation);
    }
}
