//! Gaps are what their definitions say, read word by word; what breaks is counted one by one, and who
//! could fill a gap is the nearest by the routes of `path`.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Pipeline, Relation};
use medclust::model::{Basis, Core, NodeKind, Traverse};
use medclust::query::ends::End;
use medclust::query::gaps::{
    Answer, Because, Filler, FillerPlace, Flow, Gap, Missing, Question, gaps,
};
use medclust::query::path::{self, Steps, path};
use medclust::query::scope::{Scope, State};
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::cases;
use super::staffing::{Case, Staffed, can_act, can_take, case, staffed};

/// Whose gaps, against whom, and on which basis alone.
type Asked = (&'static str, Option<&'static str>, Option<Basis>);

fn asked() -> impl Strategy<Value = Asked> {
    let wholes = || select(vec!["x0", "x1", "y0", "y1", "o0", "o1"]);
    let against = prop_oneof![wholes().prop_map(Some), Just(None)];
    (wholes(), against, prop_oneof![4 => Just(None), 1 => Just(Some(Basis::Stated))])
        .prop_filter("not against itself", |(of, against, _)| Some(*of) != *against)
}

/// Both sides of a question, read plainly.
struct Sides<'g> {
    graph: &'g Graph,
    of: Scope<'g>,
    reference: Scope<'g>,
    atlas: Scope<'g>,
}

fn general(role: Node<'_>) -> Node<'_> {
    role.generic().unwrap_or(role)
}

/// The roles of a scope that specialize a role in general.
fn boxes<'g>(scope: &Scope<'g>, role: Node<'g>) -> Vec<Node<'g>> {
    scope.roles().filter(|it| general(*it) == role).collect()
}

/// Who plays a role in general in a scope.
fn players<'g>(scope: &Scope<'g>, role: Node<'g>) -> Vec<Node<'g>> {
    let plays = boxes(scope, role).into_iter().flat_map(|it| scope.players(it).collect::<Vec<_>>());
    plays.map(Relation::from).collect()
}

/// The two ends of a relation, the other way round too where routes follow it both ways.
fn ends(relation: Relation<'_>) -> Vec<[Node<'_>; 2]> {
    let (from, to) = (relation.from(), relation.to());
    match relation.kind().traverse() {
        Traverse::Both => vec![[from, to], [to, from]],
        _ => vec![[from, to]],
    }
}

impl<'g> Sides<'g> {
    fn new(graph: &'g Graph, (of, against, basis): Asked) -> Self {
        let scope = |id: Option<&str>| {
            let node = id.map(|id| graph.node(id).unwrap());
            Scope::new(graph, node, &Vec::from_iter(basis))
        };
        Sides { graph, of: scope(Some(of)), reference: scope(against), atlas: scope(None) }
    }

    fn is_whole(&self) -> bool {
        self.reference.of().is_none()
    }

    /// Whether somebody is at an end of a flow.
    fn is_staffed(&self, scope: &Scope<'g>, end: Node<'g>) -> bool {
        if end.kind() != NodeKind::Role {
            return true;
        }
        let mut plays = end.played_by().filter(|it| scope.counts(*it));
        // A role outside of an organization is its counterpart's.
        if scope.has_role(end) {
            scope.players(end).next().is_some()
        } else {
            plays.next().is_some()
        }
    }

    /// Whether an end of a relation is this role, played, or plays it.
    fn is_or_plays(&self, end: Node<'g>, role: Node<'g>) -> bool {
        if end.kind() == NodeKind::Role {
            return general(end) == role && self.is_staffed(&self.of, end);
        }
        let plays = end.outgoing().filter(|it| it.kind().id() == "plays" && self.of.counts(*it));
        let mut roles = plays
            .map(Relation::to)
            .filter(|role| !self.of.has_member(end) || self.of.has_role(*role));
        roles.any(|it| general(it) == role)
    }

    /// The relations that draw a flow in a scope.
    fn drawn(&self, scope: &Scope<'g>, flow: Flow<'g>) -> Vec<Relation<'g>> {
        let is_end = |node: Node<'g>, end: Node<'g>| match node.kind() {
            NodeKind::Role => general(node) == end,
            _ => node == end,
        };
        let draws = |it: &Relation<'g>| {
            it.kind() == flow.kind
                && ends(*it)
                    .iter()
                    .any(|[from, to]| is_end(*from, flow.from) && is_end(*to, flow.to))
        };
        scope.flows().filter(draws).collect()
    }

    /// Whether one of the relations that draw a flow in a scope has somebody at both ends.
    fn is_flow_staffed(&self, scope: &Scope<'g>, flow: Flow<'g>) -> bool {
        let staffed = |it: &Relation<'g>| {
            self.is_staffed(scope, it.from()) && self.is_staffed(scope, it.to())
        };
        self.drawn(scope, flow).iter().any(staffed)
    }

    /// Of which side the atlas names nobody: no organization, and no role.
    fn silent(&self) -> Vec<Node<'g>> {
        let is_silent = |scope: &&Scope<'g>| {
            let of = scope.of().expect("not the whole atlas");
            let drawn = self.graph.nodes().filter(|node| {
                let set = node.outgoing().filter(|it| it.is(Core::In) && scope.counts(*it));
                set.map(Relation::to).any(|it| scope.core().contains(it))
            });
            of.kind() != NodeKind::Organization
                && scope.members().all(|it| it.kind() != NodeKind::Organization)
                && drawn.count() == 0
        };
        let sides = [&self.of, &self.reference].into_iter().filter(|it| it.of().is_some());
        sides.filter(is_silent).filter_map(Scope::of).collect()
    }

    /// Whether a role may be asked of whoever has the gap: of an organization, what it or its like plays.
    fn is_called(&self, role: Node<'g>) -> bool {
        let is_organization = self.of.of().unwrap().kind() == NodeKind::Organization;
        let is_alike = |node: &Node<'g>| {
            let alike = self
                .of
                .members()
                .any(|member| sort(member).is_some() && sort(member) == sort(*node));
            alike || self.of.has_member(*node)
        };
        !is_organization || players(&self.atlas, role).iter().any(is_alike)
    }

    fn has_gap(&self, missing: Missing<'g>) -> bool {
        match missing {
            _ if !self.silent().is_empty() => false,
            Missing::Member(role) => {
                let here = boxes(&self.of, role);
                let there = players(&self.reference, role);
                !boxes(&self.reference, role).is_empty()
                    && players(&self.of, role).is_empty()
                    && self.is_called(role)
                    && (self.is_whole() || !there.is_empty() || !here.is_empty())
            }
            Missing::Flow(flow) => self.lacks_flow(flow),
            Missing::Actor(stage) => {
                let acts =
                    |scope: &Scope<'g>| scope.members().any(|member| can_act(scope, stage, member));
                let acting = self.atlas.acting(stage);
                let is_called = self.of.of().unwrap().kind() != NodeKind::Organization
                    || acting.iter().any(|it| self.is_called(general(it.role)));
                !acts(&self.of) && is_called && (self.is_whole() || acts(&self.reference))
            }
            Missing::Support(stage) => {
                let acts = || self.of.members().any(|it| can_act(&self.of, stage, it));
                let is_called = self.of.of().unwrap().kind() != NodeKind::Organization || acts();
                is_called
                    && self.of.supports(stage).is_empty()
                    && (self.is_whole() || !self.reference.supports(stage).is_empty())
            }
        }
    }

    fn lacks_flow(&self, flow: Flow<'g>) -> bool {
        let here = self.drawn(&self.of, flow);
        if self.drawn(&self.reference, flow).is_empty() {
            return false;
        }
        if [flow.from, flow.to].iter().any(|end| end.kind() != NodeKind::Role) {
            return !here.is_empty() && !self.is_flow_staffed(&self.of, flow);
        }
        let has = self.of.flows().filter(|it| it.kind() == flow.kind).any(|it| {
            let is = |[from, to]: &[Node<'g>; 2]| {
                self.is_or_plays(*from, flow.from) && self.is_or_plays(*to, flow.to)
            };
            ends(it).iter().any(is)
        });
        let asked =
            self.is_whole() || self.is_flow_staffed(&self.reference, flow) || !here.is_empty();
        let is_organization = self.of.of().unwrap().kind() == NodeKind::Organization;
        let plays = |role| !players(&self.of, role).is_empty();
        !has && asked && (!is_organization || plays(flow.from) || plays(flow.to))
    }

    /// Everything that could be missing.
    fn everything(&self) -> Vec<Missing<'g>> {
        let of_kind = |kind| self.graph.nodes().filter(move |node| node.kind() == kind);
        let roles = || of_kind(NodeKind::Role).filter(|role| role.generic().is_none());
        let mut all: Vec<Missing> = roles().map(Missing::Member).collect();
        let ends = || {
            let others = of_kind(NodeKind::Organization).chain(of_kind(NodeKind::Program));
            roles().chain(others)
        };
        for kind in self
            .graph
            .relation_kinds()
            .filter(|kind| ["advises", "collaborates-with"].contains(&kind.id()))
        {
            for from in ends() {
                let to =
                    ends().filter(|to| [from, *to].iter().any(|it| it.kind() == NodeKind::Role));
                all.extend(to.map(|to| Missing::Flow(Flow { kind, from, to })));
            }
        }
        for stage in of_kind(NodeKind::Stage) {
            all.extend([Missing::Actor(stage), Missing::Support(stage)]);
        }
        all
    }

    /// Whether a staffed route of the reference needs what is missing.
    fn needs(&self, (contexts, route): &Staffed<'g>, missing: Missing<'g>) -> bool {
        let needs_role = |role: Node<'g>| {
            let lost = boxes(&self.reference, role);
            route.iter().any(|(stage, taker)| {
                taker
                    .is_some_and(|taker| !can_take(&self.reference, contexts, *stage, taker, &lost))
            })
        };
        match missing {
            Missing::Member(role) => needs_role(role),
            Missing::Flow(flow) => {
                let ends = [flow.from, flow.to];
                ends.iter().filter(|end| end.kind() == NodeKind::Role).all(|end| needs_role(*end))
            }
            Missing::Actor(lost) => {
                route.iter().any(|(stage, taker)| *stage == lost && taker.is_some())
            }
            Missing::Support(_) => false,
        }
    }
}

fn ask<'g>(graph: &'g Graph, (of, against, basis): Asked) -> Answer<'g> {
    let node = |id: &str| graph.node(id).unwrap();
    let (of, against) = (node(of), against.map(node));
    gaps(graph, &Question { of, against, bases: Vec::from_iter(basis), top: 9, limit: None })
}

/// A flow that goes both ways may be told either way.
fn same<'g>(one: Missing<'g>, other: Missing<'g>) -> bool {
    match (one, other) {
        (Missing::Flow(one), Missing::Flow(other)) => {
            let turned = Flow { from: other.to, to: other.from, ..other };
            one == other || (one.kind.traverse() == Traverse::Both && one == turned)
        }
        _ => one == other,
    }
}

fn hold_what_is_missing(case: &Case, asked: Asked) -> Result<(), TestCaseError> {
    let graph = case.graph();
    let sides = Sides::new(&graph, asked);
    let answer = ask(&graph, asked);
    prop_assert_eq!(&answer.silent, &sides.silent());
    for missing in sides.everything() {
        let told = answer.gaps.iter().filter(|gap| same(gap.missing, missing)).count();
        let expected = usize::from(sides.has_gap(missing));
        prop_assert_eq!(told, expected, "{:?} of {:?}", missing, asked);
    }
    for gap in &answer.gaps {
        prop_assert!(sides.everything().iter().any(|it| same(*it, gap.missing)), "{:?}", gap);
        let is_drawn = match gap.missing {
            Missing::Member(role) => !boxes(&sides.of, role).is_empty(),
            Missing::Flow(flow) => !sides.drawn(&sides.of, flow).is_empty(),
            Missing::Actor(stage) => !sides.of.acting(stage).is_empty(),
            Missing::Support(_) => false,
        };
        prop_assert_eq!(gap.state == State::NobodyNamed, is_drawn, "{:?}", gap);
        prop_assert!(gap.evidence.iter().all(|it| sides.of.counts(*it)));
    }
    Ok(())
}

fn hold_what_breaks(case: &Case, asked: Asked) -> Result<(), TestCaseError> {
    let graph = case.graph();
    let sides = Sides::new(&graph, asked);
    let answer = ask(&graph, asked);
    let pipeline = Pipeline::new(&graph, |it| sides.of.counts(it));
    let all = staffed(&sides.reference, &pipeline.stages, pipeline.ends());
    prop_assert_eq!(answer.staffed_routes.number() as usize, all.len());
    for gap in &answer.gaps {
        let breaks = all.iter().filter(|route| sides.needs(route, gap.missing)).count();
        prop_assert_eq!(gap.breaks.routes.number() as usize, breaks, "{:?}", gap.missing);
        let share = (!all.is_empty()).then(|| breaks as f64 / all.len() as f64);
        prop_assert_eq!(gap.breaks.share, share);
    }
    let rank = |gap: &Gap| match gap.missing {
        Missing::Member(_) => 0,
        Missing::Flow(_) => 1,
        Missing::Actor(_) | Missing::Support(_) => 2,
    };
    let order: Vec<_> =
        answer.gaps.iter().map(|gap| (std::cmp::Reverse(gap.breaks.routes), rank(gap))).collect();
    prop_assert!(order.is_sorted(), "{:?}", order);
    Ok(())
}

/// The nodes of a route, and whether all that ties them is who is part of whom.
type Nearest<'g> = (Vec<Node<'g>>, bool);

/// The hops of the shortest route between a node and whoever has the gap, in either direction.
fn nearest<'g>(
    sides: &Sides<'g>,
    node: Node<'g>,
    bases: &[Basis],
) -> Option<(u32, Vec<Nearest<'g>>)> {
    let of = sides.of.of().unwrap();
    let mut nodes: Vec<Node> = sides.of.members().chain([of]).collect();
    nodes.sort_by_key(|node| node.index());
    nodes.dedup();
    let here = End { node: of, is_set: true, nodes };
    let ask = |from: End<'g>, to: End<'g>| {
        let steps = Steps { bases: bases.to_vec(), ..Steps::default() };
        let question = path::Question { from, to, steps, ..path::Question::between(node, node) };
        path(sides.graph, &question).best().map(|best| best.route)
    };
    let both = [ask(End::at(node), here.clone()), ask(here, End::at(node))];
    let least = both.iter().flatten().map(|route| route.length.hops).min()?;
    let best = both.into_iter().flatten().filter(|route| route.length.hops == least);
    let whole = |route: &path::Route| route.relations().all(|it| it.is(Core::PartOf));
    Some((least, best.map(|route| (route.nodes.clone(), whole(&route))).collect()))
}

/// The stages in which a role acts.
fn acts<'g>(sides: &Sides<'g>, role: Node<'g>) -> Vec<Node<'g>> {
    let acts = role.outgoing().filter(|it| it.kind().id() == "acts-in" && sides.of.counts(*it));
    acts.map(Relation::to).collect()
}

/// By which roles a member could play a role, with how many of its stages they share; more than any
/// for the role itself.
fn related<'g>(sides: &Sides<'g>, member: Node<'g>, role: Node<'g>) -> Vec<usize> {
    let specializes = |it: &Node<'g>| *it == role || it.generic() == Some(role);
    let contexts = sides.graph.nodes().filter(specializes);
    let stages: BTreeSet<&str> =
        contexts.flat_map(|it| acts(sides, it)).map(|stage| stage.id()).collect();
    let plays = member.outgoing().filter(|it| it.kind().id() == "plays" && sides.of.counts(*it));
    let shared = plays.map(Relation::to).map(|it| match general(it) == role {
        true => usize::MAX,
        false => {
            let own: BTreeSet<&str> = acts(sides, it).iter().map(|stage| stage.id()).collect();
            own.intersection(&stages).count()
        }
    });
    shared.filter(|shared| *shared > 0).collect()
}

/// The type of a node, that of the whole for a unit.
fn sort<'g>(node: Node<'g>) -> Option<&'g str> {
    node.record().r#type.as_deref().map(|sort| sort.trim_end_matches("-unit"))
}

/// Who could play a role: whoever plays it, and members of a like type that play a related one.
fn could_play<'g>(sides: &Sides<'g>, role: Node<'g>) -> Vec<Node<'g>> {
    let mut all = players(&sides.atlas, role);
    let fits = |member: &Node<'g>| {
        let alike = all.iter().any(|it| sort(*it).is_some() && sort(*it) == sort(*member));
        alike && !related(sides, *member, role).is_empty()
    };
    let within: Vec<Node> = sides.of.members().filter(fits).collect();
    all.extend(within);
    all.sort_by_key(|node| node.index());
    all.dedup();
    all
}

fn hold_who_could_fill(case: &Case, asked: Asked) -> Result<(), TestCaseError> {
    let graph = case.graph();
    let sides = Sides::new(&graph, asked);
    let bases = Vec::from_iter(asked.2);
    for gap in &ask(&graph, asked).gaps {
        let fillers = &gap.fillers;
        prop_assert_eq!(fillers.len(), (gap.candidates + gap.examples).min(9));
        if let Missing::Member(role) = gap.missing {
            let mut told: Vec<Node> = fillers.iter().map(|filler| filler.node).collect();
            told.sort_by_key(|node| node.index());
            prop_assert_eq!(told, could_play(&sides, role), "{:?}", gap);
            let within = || fillers.iter().filter(|it| it.place == FillerPlace::Within);
            let shared = within().map(|filler| match filler.because {
                Because::ActsInSameStage => filler.stages.len(),
                _ => usize::MAX,
            });
            let shared: Vec<usize> = shared.collect();
            prop_assert!(shared.is_sorted_by(|one, next| one >= next), "{:?}", gap);
            for (filler, shared) in within().zip(shared) {
                let best = related(&sides, filler.node, role).into_iter().max();
                prop_assert_eq!(best, Some(shared), "{:?}", filler);
            }
        }
        let mut last = 0;
        for filler in fillers {
            let is_member = sides.of.has_member(filler.node) || sides.of.has_program(filler.node);
            prop_assert!(is_member || filler.place == FillerPlace::Elsewhere);
            prop_assert!(filler.evidence.iter().any(|it| it.from() == filler.node));
            if filler.place == FillerPlace::Within {
                prop_assert!(filler.route.is_none());
                let alike = |it: &&Filler| it.fills == filler.fills;
                let before = fillers.iter().filter(alike).take_while(|it| it.node != filler.node);
                prop_assert!(before.into_iter().all(|it| it.place == FillerPlace::Within));
                continue;
            }
            prop_assert!(filler.because != Because::IsHere && !sides.of.has_member(filler.node));
            let route = filler.route.as_ref().map(|route| (route.length.hops, route.nodes.clone()));
            let expected = nearest(&sides, filler.node, &bases);
            let is_tie = expected.as_ref().is_some_and(|(_, best)| !best[0].1);
            prop_assert_eq!(route.is_some(), is_tie);
            if let (Some((hops, nodes)), Some((least, best))) = (&route, &expected) {
                prop_assert_eq!(hops, least);
                prop_assert_eq!(nodes, &best[0].0, "from the filler where both are as short");
            }
            if !matches!(gap.missing, Missing::Flow(_)) {
                let near = expected.map_or(u32::MAX, |(hops, _)| hops);
                prop_assert!(last <= near, "{:?}", gap);
                last = near;
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_gap_is_what_its_definition_says(case in case(), asked in asked()) {
        hold_what_is_missing(&case, asked)?;
    }

    #[test]
    fn what_breaks_are_the_routes_that_need_it(case in case(), asked in asked()) {
        hold_what_breaks(&case, asked)?;
    }

    #[test]
    fn who_could_fill_it_is_the_nearest(case in case(), asked in asked()) {
        hold_who_could_fill(&case, asked)?;
    }
}
