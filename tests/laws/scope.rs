//! Who and what belongs to a scope is what its definition says, read word for word.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Relation};
use medclust::model::{Basis, Class, NodeKind};
use medclust::query::compare::{self, By, compare};
use medclust::query::scope::{Scope, State};
use medclust::query::trace::{self, trace};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::{Writer, cases, graph};

type Ids = BTreeSet<String>;

/// A random atlas: regions `x`, organizations `o`, roles `r`, stages `s` and programs `y`, three of each.
#[derive(Clone, Debug)]
pub struct Case {
    /// What x1 and x2 lie within, what o1 and o2, y1 and y2 are parts of: one of less number.
    above: [[Option<usize>; 2]; 3],
    /// Where each organization and each program is.
    places: [[Option<usize>; 3]; 2],
    relations: Vec<(Kind, usize, usize, Option<&'static str>, &'static str)>,
}

/// A kind and the prefixes of its ends; `-` for an end that is empty.
type Kind = (&'static str, &'static str, &'static str);

const KINDS: &[Kind] = &[
    ("plays", "o", "r"),
    ("plays", "o", "r"),
    ("plays", "y", "r"),
    ("acts-in", "r", "s"),
    ("acts-in", "r", "s"),
    ("next", "s", "s"),
    ("advises", "o", "r"),
    ("advises", "r", "y"),
    ("advises", "y", "o"),
    ("participates-in", "o", "y"),
    ("participates-in", "r", "y"),
    ("runs", "o", "y"),
    ("supports", "y", "s"),
    ("supports", "o", "r"),
    ("funds", "x", "y"),
    ("key-player-in", "o", "x"),
    ("supports", "o", "y"),
    ("advises", "o", "y"),
    ("plays", "-", "r"),
    ("acts-in", "-", "s"),
    ("supports", "-", "s"),
];

pub fn case() -> impl Strategy<Value = Case> {
    let above = || [option::weighted(0.6, 0..1usize), option::weighted(0.6, 0..2usize)];
    let place = || option::of(0..3usize);
    let context = option::weighted(0.6, select(vec!["x0", "x1", "x2", "y0", "y1", "y2"]));
    let basis = select(vec!["stated", "stated", "inferred", "curated"]);
    let relation = (select(KINDS), 0..3usize, 0..3usize, context, basis);
    let places = || [place(), place(), place()];
    ([above(), above(), above()], [places(), places()], vec(relation, 0..18))
        .prop_map(|(above, places, relations)| Case { above, places, relations })
}

impl Case {
    pub fn graph(&self) -> Graph {
        let named = |id: String, rest: String| format!("id: {id}, name: {{en: {id}}}{rest}");
        let within = |field: &str, prefix: &str, of: usize, n: usize| {
            let above = n.checked_sub(1).and_then(|at| self.above[of][at]);
            above.map(|above| format!(", {field}: {prefix}{above}")).unwrap_or_default()
        };
        let place = |of: usize, n: usize| {
            self.places[of][n].map(|at| format!(", region: x{at}")).unwrap_or_default()
        };
        let three = |prefix: &'static str| (0..3usize).map(move |n| (n, format!("{prefix}{n}")));
        let relations =
            self.relations.iter().map(|((kind, before, after), from, to, context, basis)| {
                let from = if *before == "-" { "[]".to_owned() } else { format!("{before}{from}") };
                let context = context.map(|context| format!(", in: {context}")).unwrap_or_default();
                format!("kind: {kind}, from: {from}, to: {after}{to}{context}, basis: {basis}")
            });
        let regions = three("x").map(|(n, id)| named(id, within("within", "x", 0, n)));
        let organizations =
            three("o").map(|(n, id)| named(id, within("part_of", "o", 1, n) + &place(0, n)));
        let programs =
            three("y").map(|(n, id)| named(id, within("part_of", "y", 2, n) + &place(1, n)));
        let text = Writer::default()
            .section("regions", regions)
            .section("organizations", organizations)
            .section("roles", three("r").map(|(_, id)| named(id, String::new())))
            .section("stages", three("s").map(|(_, id)| named(id, String::new())))
            .section("programs", programs)
            .section("relations", relations);
        graph(&text.text())
    }
}

/// The counted relations of a graph, read one by one as often as a definition needs them.
struct Facts<'g> {
    graph: &'g Graph,
    counted: Vec<Relation<'g>>,
}

impl<'g> Facts<'g> {
    fn new(graph: &'g Graph, bases: &[Basis]) -> Self {
        let counts = |it: &Relation| bases.is_empty() || bases.contains(&it.basis());
        Facts { graph, counted: graph.relations().filter(counts).collect() }
    }

    fn kind(&self, id: &str) -> NodeKind {
        self.graph.node(id).expect("it is there").kind()
    }

    fn before(&self, kind: &str, to: &Ids) -> Ids {
        let of = self.counted.iter().filter(|it| it.kind().id() == kind);
        let of = of.filter(|it| to.contains(it.to().id()));
        of.map(|it| it.from().id().to_owned()).collect()
    }

    fn after(&self, kind: &str, from: &Ids) -> Ids {
        let of = self.counted.iter().filter(|it| it.kind().id() == kind);
        let of = of.filter(|it| from.contains(it.from().id()));
        of.map(|it| it.to().id().to_owned()).collect()
    }

    fn closed(&self, start: Ids, step: impl Fn(&Ids) -> Ids) -> Ids {
        let more: Ids = start.union(&step(&start)).cloned().collect();
        if more == start { start } else { self.closed(more, step) }
    }

    fn only(&self, ids: Ids, kind: NodeKind) -> Ids {
        ids.into_iter().filter(|id| self.kind(id) == kind).collect()
    }

    /// Who plays a role in one of the contexts, or is an end of a relation that holds in one.
    fn cast(&self, contexts: &Ids) -> Ids {
        let in_context = |it: &&Relation<'g>| {
            let is = |node: Option<Node>| node.is_some_and(|node| contexts.contains(node.id()));
            is(it.context()) || (it.kind().id() == "plays" && is(it.to().context()))
        };
        let ends = self.counted.iter().filter(in_context).flat_map(|it| [it.from(), it.to()]);
        let acts = |it: &Node| matches!(it.kind(), NodeKind::Organization | NodeKind::Program);
        ends.filter(acts).map(|it| it.id().to_owned()).collect()
    }

    /// Who is located in one of the contexts, is a key player there, runs it, takes part or is a part.
    fn belonging(&self, contexts: &Ids) -> Ids {
        let kinds = ["located-in", "key-player-in", "runs", "participates-in", "part-of"];
        let leading = kinds.into_iter().flat_map(|kind| self.before(kind, contexts));
        leading.filter(|id| self.kind(id) != NodeKind::Role).collect()
    }

    /// The contexts, the members and the programs of a scope.
    fn extent(&self, of: &str) -> [Ids; 3] {
        let own = Ids::from([of.to_owned()]);
        match self.kind(of) {
            NodeKind::Region => {
                let contexts = self.closed(own, |it| self.before("within", it));
                let members = &self.belonging(&contexts) | &self.cast(&contexts);
                let programs = [
                    members.clone(),
                    self.after("funds", &contexts),
                    self.after("runs", &self.only(members.clone(), NodeKind::Organization)),
                    self.played_in(&self.only(members.clone(), NodeKind::Organization)),
                ];
                let programs = self.whole(programs.into_iter().flatten().collect());
                [contexts, members, programs]
            }
            NodeKind::Program => {
                let contexts = self.closed(own, |it| self.before("part-of", it));
                let contexts = self.only(contexts, NodeKind::Program);
                let members = &(&contexts | &self.belonging(&contexts)) | &self.cast(&contexts);
                [contexts, members.clone(), self.only(members, NodeKind::Program)]
            }
            _ => {
                let members = self.closed(own, |it| self.before("part-of", it));
                let programs = [
                    self.after("runs", &members),
                    self.after("participates-in", &members),
                    self.played_in(&members),
                ];
                let programs = self.whole(programs.into_iter().flatten().collect());
                [Ids::new(), members, programs]
            }
        }
    }

    /// The regions that a region or a program lies in.
    fn enclosing(&self, of: &str) -> Ids {
        let own = Ids::from([of.to_owned()]);
        let places = match self.kind(of) {
            NodeKind::Region => own.clone(),
            NodeKind::Program => {
                let wholes = self.closed(own.clone(), |it| self.after("part-of", it));
                self.after("located-in", &wholes)
            }
            _ => Ids::new(),
        };
        let above = self.closed(places, |it| self.after("within", it));
        &above - &own
    }

    fn played_in(&self, players: &Ids) -> Ids {
        let roles = self.after("plays", players);
        let context = |id: &String| self.graph.node(id).and_then(Node::context);
        roles.iter().filter_map(context).map(|it| it.id().to_owned()).collect()
    }

    fn whole(&self, programs: Ids) -> Ids {
        let programs = self.only(programs, NodeKind::Program);
        let above = self.closed(programs, |it| self.after("part-of", it));
        self.closed(above, |it| self.before("part-of", it))
    }

    fn roles(&self, of: &str, contexts: &Ids, members: &Ids) -> Ids {
        let mut roles = self.before("in", contexts);
        if self.kind(of) != NodeKind::Program {
            roles.extend(self.after("plays", members));
        }
        if self.kind(of) == NodeKind::Region {
            let context = |id: &str| self.graph.node(id).and_then(Node::context);
            let is_here = |it: Node| it.kind() != NodeKind::Region || contexts.contains(it.id());
            roles.retain(|id| context(id).is_none_or(is_here));
        }
        let generic = |id: &String| self.graph.node(id).and_then(Node::generic);
        let told: Ids = roles.iter().filter_map(generic).map(|it| it.id().to_owned()).collect();
        let is_played = |id: &str| {
            self.counted.iter().any(|it| it.kind().id() == "plays" && it.to().id() == id)
        };
        roles.retain(|id| !told.contains(id) || is_played(id));
        roles
    }
}

fn ids<'g>(nodes: impl Iterator<Item = Node<'g>>) -> Ids {
    nodes.map(|it| it.id().to_owned()).collect()
}

pub fn bases() -> impl Strategy<Value = Vec<Basis>> {
    let basis = select(vec![Basis::Stated, Basis::Inferred, Basis::Curated]);
    prop_oneof![2 => Just(Vec::new()), 1 => vec(basis, 1..3)]
}

pub const SCOPES: [&str; 9] = ["x0", "x1", "x2", "y0", "y1", "y2", "o0", "o1", "o2"];

/// The numbers of relations, and how the atlas tells a relation apart.
fn numbers<'g>(relations: impl IntoIterator<Item = Relation<'g>>) -> BTreeSet<u32> {
    relations.into_iter().map(Relation::index).collect()
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_scope_is_what_its_definition_says(case in case(), bases in bases()) {
        let graph = case.graph();
        let facts = Facts::new(&graph, &bases);
        for of in SCOPES {
            let scope = Scope::new(&graph, graph.node(of), &bases);
            let [contexts, members, programs] = facts.extent(of);
            prop_assert_eq!(ids(scope.members()), members.clone(), "members of {}", of);
            prop_assert_eq!(ids(scope.programs()), programs.clone(), "programs of {}", of);
            let roles = facts.roles(of, &contexts, &members);
            prop_assert_eq!(ids(scope.roles()), roles.clone(), "roles of {}", of);
            let enclosing = facts.enclosing(of);
            let serves = |node: Option<Node>| node.is_some_and(|it| enclosing.contains(it.id()));
            let joined = |node: Node| members.contains(node.id()) || roles.contains(node.id());
            let own = |node: Node| match facts.kind(of) {
                NodeKind::Region => false,
                NodeKind::Program => contexts.contains(node.id()),
                _ => members.contains(node.id()) || roles.contains(node.id()),
            };
            let flows = facts.counted.iter().copied().filter(|it| it.kind().class() == Class::Flow).filter(|it| {
                (joined(it.from()) && joined(it.to())) || own(it.from()) || own(it.to())
            });
            prop_assert_eq!(numbers(scope.flows()), numbers(flows), "flows of {}", of);
            for stage in ["s0", "s1", "s2"] {
                let stage = graph.node(stage).expect("it is written");
                let acts = facts.counted.iter().filter(|it| {
                    it.kind().id() == "acts-in" && it.to() == stage
                        && (roles.contains(it.from().id()) || serves(it.from().context()))
                });
                let acting = scope.acting(stage);
                prop_assert_eq!(numbers(acting.iter().map(|it| it.acts_in)), numbers(acts.copied()));
                for it in &acting {
                    let plays = facts.counted.iter().copied().filter(|plays| {
                        plays.kind().id() == "plays"
                            && plays.to() == it.role
                            && members.contains(plays.from().id())
                    });
                    prop_assert_eq!(numbers(it.players.iter().copied()), numbers(plays));
                    let others = facts.counted.iter().copied().filter(|plays| {
                        plays.kind().id() == "plays"
                            && plays.to() == it.role
                            && serves(it.role.context())
                            && !members.contains(plays.from().id())
                    });
                    prop_assert_eq!(numbers(it.nationwide.iter().copied()), numbers(others));
                }
                let supports = facts.counted.iter().copied().filter(|it| {
                    let helps = it.to() == stage || acting.iter().any(|acting| acting.role == it.to());
                    let reaches = match it.from().kind() {
                        NodeKind::Program => programs.contains(it.from().id()),
                        _ => members.contains(it.from().id()),
                    };
                    it.kind().id() == "supports" && helps && reaches
                });
                let supports = numbers(supports);
                let others = facts.counted.iter().copied().filter(|it| {
                    let helps = it.to() == stage || acting.iter().any(|acting| acting.role == it.to());
                    it.kind().id() == "supports" && helps && serves(it.context())
                });
                prop_assert_eq!(&numbers(scope.supports(stage)), &supports);
                let others = &numbers(others) - &supports;
                prop_assert_eq!(numbers(scope.support(stage).nationwide), others);
            }
        }
    }

    #[test]
    fn the_whole_atlas_is_everything(case in case(), bases in bases()) {
        let graph = case.graph();
        let facts = Facts::new(&graph, &bases);
        let scope = Scope::new(&graph, None, &bases);
        let of = |kind| ids(graph.nodes().filter(move |it| it.kind() == kind));
        prop_assert_eq!(ids(scope.organizations()), of(NodeKind::Organization));
        prop_assert_eq!(ids(scope.programs()), of(NodeKind::Program));
        let plays = facts.counted.iter().copied().filter(|it| it.kind().id() == "plays");
        let played = scope.roles().flat_map(|it| scope.players(it).collect::<Vec<_>>());
        prop_assert_eq!(numbers(played), numbers(plays));
    }

    #[test]
    fn only_a_denial_of_the_whole_scope_says_that_there_is_none(case in case(), bases in bases()) {
        let graph = case.graph();
        let facts = Facts::new(&graph, &bases);
        for of in SCOPES {
            let scope = Scope::new(&graph, graph.node(of), &bases);
            let up = if facts.kind(of) == NodeKind::Region { "within" } else { "part-of" };
            let around = facts.closed(Ids::from([of.to_owned()]), |it| facts.after(up, it));
            for stage in ["s0", "s1", "s2"].map(|id| graph.node(id).expect("it is written")) {
                let is_denied = |kind: &str| graph.denials().any(|it| {
                    let counts = bases.is_empty() || bases.contains(&it.basis());
                    let covers = it.context().is_none_or(|it| {
                        facts.kind(of) != NodeKind::Organization && around.contains(it.id())
                    });
                    it.kind().id() == kind && it.lacks_from() && it.node() == stage && counts && covers
                });
                let support = scope.support(stage);
                let expected = match (support.by.is_empty() && support.nationwide.is_empty(), is_denied("supports")) {
                    (false, _) => State::Named,
                    (true, true) => State::NoneStated,
                    (true, false) => State::Unknown,
                };
                prop_assert_eq!(support.state, expected, "{} {:?}", of, stage);
                let actors = scope.actors(stage);
                let named = actors.acting.iter().any(|it| it.players.len() + it.nationwide.len() > 0);
                prop_assert_eq!(actors.state == State::Named, named);
                if actors.acting.is_empty() {
                    prop_assert_eq!(actors.state == State::NoneStated, is_denied("acts-in"));
                    prop_assert_eq!(actors.state == State::Unknown, !is_denied("acts-in"));
                }
            }
        }
    }

    #[test]
    fn a_trace_tells_each_stage_and_each_flow_once(case in case(), bases in bases()) {
        let graph = case.graph();
        for of in SCOPES.iter().map(|id| graph.node(id)).chain([None]) {
            let question = trace::Question { of, from: None, to: None, bases: bases.clone() };
            let found = trace(&graph, &question);
            let scope = Scope::new(&graph, of, &bases);
            prop_assert_eq!(found.stages.len(), 3);
            for told in &found.stages {
                let here: Ids = told.actors.acting.iter().flat_map(|it| {
                    let players = it.players.iter().map(|it| it.from());
                    [it.role].into_iter().chain(players).map(|it| it.id().to_owned())
                }).collect();
                let touches = |it: &Relation| [it.from(), it.to()].map(|it| here.contains(it.id()));
                let naive = |ends: [bool; 2]| numbers(scope.flows().filter(|it| touches(it) == ends));
                prop_assert_eq!(numbers(told.flows_in.iter().copied()), naive([false, true]));
                prop_assert_eq!(numbers(told.flows_out.iter().copied()), naive([true, false]));
                prop_assert_eq!(numbers(told.flows_within.iter().copied()), naive([true, true]));
                let counts = |it: &Relation| bases.is_empty() || bases.contains(&it.basis());
                prop_assert!(told.relations().all(|it| counts(&it)), "evidence counts");
            }
        }
    }

    #[test]
    fn every_name_in_a_cell_is_there_by_a_relation_of_the_graph(
        case in case(),
        bases in bases(),
        sides in select(vec![["x0", "y1"], ["x1", "x2"], ["y0", "y2"], ["o0", "o1"]]),
    ) {
        let graph = case.graph();
        let facts = Facts::new(&graph, &bases);
        let nodes: Vec<Node> = sides.iter().filter_map(|id| graph.node(id)).collect();
        for by in [By::Role, By::Stage, By::Relation, By::Program] {
            let question = compare::Question { sides: nodes.clone(), by, bases: bases.clone() };
            let found = compare(&graph, &question);
            let view = serde_json::to_value(&found).expect("records");
            for row in view["rows"].as_array().expect("rows") {
                let key = row["key"].as_str().expect("a key");
                let mut having = Vec::new();
                for (cell, of) in row["cells"].as_array().expect("cells").iter().zip(sides) {
                    let members = facts.extent(of)[1].clone();
                    let who: Ids = cell["who"].as_array().expect("who").iter().map(|who| {
                        for relation in who["relations"].as_array().expect("relations") {
                            let is_it = |it: &&Relation| {
                                [it.kind().id(), it.from().id(), it.to().id()]
                                    == ["kind", "from", "to"].map(|of| relation[of].as_str().expect("an id"))
                            };
                            assert!(facts.counted.iter().any(|it| is_it(&it)), "{relation}");
                        }
                        format!("{} {}", who["node"]["id"], who["other"]["id"])
                    }).collect();
                    prop_assert_eq!(cell["count"].as_u64(), Some(who.len() as u64));
                    if by == By::Role {
                        let plays = facts.counted.iter().filter(|it| {
                            let role = it.to();
                            let roles = facts.roles(of, &facts.extent(of)[0], &members);
                            it.kind().id() == "plays"
                                && role.generic().unwrap_or(role).id() == key
                                && members.contains(it.from().id())
                                && roles.contains(role.id())
                        });
                        let players = ids(plays.map(|it| it.from()));
                        prop_assert_eq!(who.len(), players.len(), "{} {}", key, of);
                        let organizations = facts.only(members, NodeKind::Organization).len();
                        let counted = facts.only(players, NodeKind::Organization).len();
                        if let Some(share) = cell["share"].as_f64() {
                            prop_assert_eq!(share, counted as f64 / organizations as f64);
                        }
                    }
                    if matches!(cell["state"].as_str(), Some("named" | "nobody-named")) {
                        having.push(of);
                    }
                }
                let only = row["only"].as_str();
                prop_assert_eq!(only, if having.len() == 1 { Some(having[0]) } else { None });
            }
        }
    }
}
