//! Staffed routes are as many as writing down every one of them gives, whatever is thought away.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Pipeline, Relation};
use medclust::model::NodeKind;
use medclust::query::pipeline::{Gone, Staffing};
use medclust::query::scope::Scope;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::{Writer, cases, graph};

/// A random atlas: regions `x`, organizations `o`, roles `r`, stages `s` and programs `y`.
#[derive(Clone, Debug)]
pub struct Case {
    /// The region of each organization, of two types in turns, and what it is a part of, if that comes before it.
    organizations: Vec<(Option<usize>, Option<usize>)>,
    relations: Vec<Drawn>,
}

/// What sort of relation, its ends, context and basis.
type Drawn = (Sort, usize, usize, Option<&'static str>, &'static str);

/// A kind of relation, what it leads from and what to.
type Sort = (&'static str, &'static str, &'static str);

/// How many there are of each kind of node; half as many regions and programs.
const SIZE: usize = 4;

/// The sorts of relation; common ones stand several times.
const SORTS: [Sort; 19] = [
    ("plays", "o", "r"),
    ("plays", "o", "r"),
    ("plays", "o", "r"),
    ("plays", "o", "r"),
    ("acts-in", "r", "s"),
    ("acts-in", "r", "s"),
    ("acts-in", "r", "s"),
    ("acts-in", "r", "s"),
    ("next", "s", "s"),
    ("next", "s", "s"),
    ("advises", "r", "r"),
    ("collaborates-with", "r", "r"),
    ("advises", "o", "o"),
    ("collaborates-with", "o", "r"),
    ("participates-in", "o", "y"),
    ("plays", "y", "r"),
    ("supports", "y", "s"),
    ("supports", "o", "r"),
    ("funds", "o", "o"),
];

/// Any such atlas.
pub fn case() -> impl Strategy<Value = Case> {
    let context = option::weighted(0.8, select(vec!["x0", "x0", "x1", "y0", "y1"]));
    let basis = select(vec!["stated", "stated", "stated", "inferred"]);
    let relation = (select(&SORTS[..]), 0..SIZE, 0..SIZE, context, basis);
    let organization = (option::of(0..SIZE / 2), option::weighted(0.3, 0..SIZE));
    (vec(organization, SIZE), vec(relation, 0..60))
        .prop_map(|(organizations, relations)| Case { organizations, relations })
}

impl Case {
    /// Its graph.
    pub fn graph(&self) -> Graph {
        self.graph_with("")
    }

    /// Its graph, the region `x0` within `x1`.
    fn nested(&self) -> Graph {
        self.graph_with(", within: x1")
    }

    fn graph_with(&self, place: &str) -> Graph {
        let named = |id: String, rest: String| format!("id: {id}, name: {{en: {id}}}{rest}");
        let plain = |prefix: &'static str, count: usize| {
            (0..count).map(move |n| named(format!("{prefix}{n}"), String::new()))
        };
        let organizations = (0..).zip(&self.organizations).map(|(n, (region, whole))| {
            let region = region.map(|region| format!(", region: x{region}"));
            let whole = whole.filter(|whole| *whole < n).map(|it| format!(", part_of: [o{it}]"));
            let sort = format!(", type: {}", ["company", "university"][n % 2]);
            named(format!("o{n}"), sort + &region.unwrap_or_default() + &whole.unwrap_or_default())
        });
        let relations =
            self.relations.iter().map(|((kind, start, end), from, to, context, basis)| {
                let speaks_of_roles = *start == "r" || *end == "r";
                let context = context.filter(|_| speaks_of_roles).map(|it| format!(", in: {it}"));
                let number = |of: &str, n: usize| if of == "y" { n % (SIZE / 2) } else { n };
                format!(
                    "kind: {kind}, from: {start}{}, to: {end}{}{}, basis: {basis}",
                    number(start, *from),
                    number(end, *to),
                    context.unwrap_or_default()
                )
            });
        let text = Writer::default()
            .section("regions", [named("x0".into(), place.into()), named("x1".into(), "".into())])
            .section("organizations", organizations)
            .section("roles", plain("r", SIZE))
            .section("stages", plain("s", SIZE))
            .section("programs", plain("y", SIZE / 2))
            .section("relations", relations);
        graph(&text.text())
    }
}

/// The contexts of a staffed route; `None` is what is played in general.
pub type Contexts<'g> = Vec<Option<Node<'g>>>;

/// A staffed route: its contexts, its stages, and who takes each; nobody where nobody is known.
pub type Staffed<'g> = (Contexts<'g>, Vec<(Node<'g>, Option<Node<'g>>)>);

/// Whether somebody can act in a stage by a role of these contexts that is not among `lost`.
pub fn can_take<'g>(
    scope: &Scope<'g>,
    contexts: &Contexts<'g>,
    stage: Node<'g>,
    taker: Node<'g>,
    lost: &[Node<'g>],
) -> bool {
    let can = |role: Node<'g>| {
        let mut acts = role.outgoing().filter(|it| it.kind().id() == "acts-in");
        let plays = role.played_by().any(|it| it.from() == taker && scope.counts(it));
        let is_own = scope.has_role(role) && scope.has_member(taker);
        contexts.contains(&role.context())
            && !lost.contains(&role)
            && plays
            && (is_own || scope.is_nationwide(role))
            && acts.any(|it| it.to() == stage && scope.counts(it))
    };
    scope.graph().nodes().any(can)
}

/// Whether somebody can act in a stage, in whichever context.
pub fn can_act<'g>(scope: &Scope<'g>, stage: Node<'g>, taker: Node<'g>) -> bool {
    let all = scope.graph().nodes().map(Some).chain([None]).collect();
    can_take(scope, &all, stage, taker, &[])
}

/// The contexts in which roles are played that act in a stage, each with `None` and the regions
/// around it, but for those that are around another.
fn contexts<'g>(scope: &Scope<'g>, stages: &[Node<'g>]) -> Vec<Contexts<'g>> {
    let graph = scope.graph();
    let takes = |context: Node<'g>| {
        let can = |it: Node<'g>| {
            stages.iter().any(|stage| can_take(scope, &vec![Some(context)], *stage, it, &[]))
        };
        graph.nodes().any(can)
    };
    let all: Vec<Node> = graph.nodes().filter(|it| takes(*it)).collect();
    let around = |context: Node<'g>| context.within().collect::<Vec<_>>();
    let inner = all.iter().filter(|it| !all.iter().any(|other| around(*other).contains(it)));
    let with = |context: &Node<'g>| {
        let more = around(*context).into_iter().map(Some);
        [None, Some(*context)].into_iter().chain(more).collect()
    };
    let found: Vec<Contexts> = inner.map(with).collect();
    if found.is_empty() { vec![vec![None]] } else { found }
}

/// Every staffed route from one stage to another.
pub fn staffed<'g>(
    scope: &Scope<'g>,
    stages: &[Node<'g>],
    ends: Option<(Node<'g>, Node<'g>)>,
) -> Vec<Staffed<'g>> {
    let Some((first, last)) = ends else { return Vec::new() };
    let mut whole = Vec::new();
    for contexts in contexts(scope, stages) {
        let takers = |stage: Node<'g>| -> Vec<Option<Node<'g>>> {
            let able = |it: &Node<'g>| can_take(scope, &contexts, stage, *it, &[]);
            let able: Vec<_> = scope.graph().nodes().filter(able).map(Some).collect();
            if able.is_empty() { vec![None] } else { able }
        };
        let mut open: Vec<Vec<_>> = takers(first).into_iter().map(|it| vec![(first, it)]).collect();
        while let Some(route) = open.pop() {
            let (here, _) = route[route.len() - 1];
            if here == last {
                whole.push((contexts.clone(), route));
                continue;
            }
            let next: BTreeSet<u32> = here
                .outgoing()
                .filter(|it: &Relation| it.kind().id() == "next" && scope.counts(*it))
                .map(|it| it.to().index())
                .collect();
            for stage in next.into_iter().map(|it| scope.graph().node_at(it)) {
                if route.iter().all(|(passed, _)| *passed != stage) {
                    open.extend(takers(stage).into_iter().map(|it| {
                        let mut longer = route.clone();
                        longer.push((stage, it));
                        longer
                    }));
                }
            }
        }
    }
    whole
}

/// How many of the routes keep whoever takes each of their stages.
fn kept<'g>(
    routes: &[Staffed<'g>],
    keeps: impl Fn(&Contexts<'g>, Node<'g>, Option<Node<'g>>) -> bool,
) -> usize {
    let keeps = |(contexts, route): &&Staffed<'g>| {
        route.iter().all(|(stage, it)| keeps(contexts, *stage, *it))
    };
    routes.iter().filter(keeps).count()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn staffed_routes_are_those_that_can_be_written_down(
        case in case(),
        nested in any::<bool>(),
        of in 0..6usize,
        ends in option::of((0..SIZE, 0..SIZE)),
    ) {
        let graph = if nested { case.nested() } else { case.graph() };
        let of = [None, Some("x0"), Some("x1"), Some("y0"), Some("o0"), Some("o1")][of];
        let scope = Scope::new(&graph, of.map(|id| graph.node(id).unwrap()), &[]);
        let pipeline = Pipeline::new(&graph, |_| true);
        let stage = |n: usize| graph.node(&format!("s{n}")).expect("it is written");
        let ends = match ends {
            Some((from, to)) => Some((stage(from), stage(to))),
            None => pipeline.ends(),
        };
        let staffing = Staffing::new(&scope, &pipeline, ends);
        let all = staffed(&scope, &pipeline.stages, ends);
        let left = |gone| staffing.routes_without(gone).number() as usize;
        prop_assert_eq!(staffing.routes().number() as usize, all.len());
        for stage in &pipeline.stages {
            let untaken = kept(&all, |_, it, taker| it != *stage || taker.is_none());
            prop_assert_eq!(left(Gone::Takers(*stage)), untaken);
        }
        for member in graph.nodes().filter(|it| it.kind() == NodeKind::Organization) {
            let left = staffing.routes_without(Gone::Members(&[member])).number() as usize;
            prop_assert_eq!(left, kept(&all, |_, _, it| it != Some(member)));
        }
        let roles: Vec<Node> = scope.roles().collect();
        for one in &roles {
            for lost in [vec![*one], vec![*one, roles[0]]] {
                let can = |contexts: &_, stage, taker: Option<Node>| {
                    taker.is_none_or(|taker| can_take(&scope, contexts, stage, taker, &lost))
                };
                let left = staffing.routes_without(Gone::Roles(&lost)).number() as usize;
                prop_assert_eq!(left, kept(&all, can), "without {:?}", &lost);
            }
            let (one, other) = ([*one], [roles[0]]);
            let can = |contexts: &_, stage, taker: Option<Node>| {
                let is_able = |taker| {
                    [&one, &other].iter().all(|lost| can_take(&scope, contexts, stage, taker, &lost[..]))
                };
                taker.is_none_or(is_able)
            };
            let left = staffing.routes_without(Gone::Either(&one, &other)).number() as usize;
            prop_assert_eq!(left, kept(&all, can), "without {:?} or {:?}", one, other);
        }
    }
}
