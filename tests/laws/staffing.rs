//! Staffed routes are as many as writing down every one of them gives, whatever is thought away.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Pipeline, Relation};
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
            .section("regions", plain("x", SIZE / 2))
            .section("organizations", organizations)
            .section("roles", plain("r", SIZE))
            .section("stages", plain("s", SIZE))
            .section("programs", plain("y", SIZE / 2))
            .section("relations", relations);
        graph(&text.text())
    }
}

/// A staffed route: its stages, and who takes each; nobody where nobody is known.
pub type Staffed<'g> = Vec<(Node<'g>, Option<Node<'g>>)>;

/// Whether a member can act in a stage by a role that is not among `lost`.
pub fn can_take<'g>(
    scope: &Scope<'g>,
    stage: Node<'g>,
    member: Node<'g>,
    lost: &[Node<'g>],
) -> bool {
    let plays = |role: Node<'g>| scope.players(role).any(|it| it.from() == member);
    let acts = |role: Node<'g>| {
        let mut acts = role.outgoing().filter(|it| it.kind().id() == "acts-in");
        acts.any(|it| it.to() == stage && scope.counts(it))
    };
    scope.roles().any(|role| !lost.contains(&role) && acts(role) && plays(role))
}

/// Every staffed route from one stage to another.
pub fn staffed<'g>(scope: &Scope<'g>, ends: Option<(Node<'g>, Node<'g>)>) -> Vec<Staffed<'g>> {
    let Some((first, last)) = ends else { return Vec::new() };
    let takers = |stage: Node<'g>| -> Vec<Option<Node<'g>>> {
        let able = scope.members().filter(|it| can_take(scope, stage, *it, &[]));
        let able: Vec<_> = able.map(Some).collect();
        if able.is_empty() { vec![None] } else { able }
    };
    let mut whole = Vec::new();
    let mut open: Vec<Staffed> = takers(first).into_iter().map(|it| vec![(first, it)]).collect();
    while let Some(route) = open.pop() {
        let (here, _) = route[route.len() - 1];
        if here == last {
            whole.push(route);
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
    whole
}

/// How many of the routes keep whoever takes each of their stages.
fn kept<'g>(routes: &[Staffed<'g>], keeps: impl Fn(Node<'g>, Option<Node<'g>>) -> bool) -> usize {
    routes.iter().filter(|route| route.iter().all(|(stage, it)| keeps(*stage, *it))).count()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn staffed_routes_are_those_that_can_be_written_down(
        case in case(),
        of in 0..6usize,
        ends in option::of((0..SIZE, 0..SIZE)),
    ) {
        let graph = case.graph();
        let of = [None, Some("x0"), Some("x1"), Some("y0"), Some("o0"), Some("o1")][of];
        let scope = Scope::new(&graph, of.map(|id| graph.node(id).unwrap()), &[]);
        let pipeline = Pipeline::new(&graph, |_| true);
        let stage = |n: usize| graph.node(&format!("s{n}")).expect("it is written");
        let ends = match ends {
            Some((from, to)) => Some((stage(from), stage(to))),
            None => pipeline.ends(),
        };
        let staffing = Staffing::new(&scope, &pipeline, ends);
        let all = staffed(&scope, ends);
        let left = |gone| staffing.routes_without(gone).number() as usize;
        prop_assert_eq!(staffing.routes().number() as usize, all.len());
        for stage in &pipeline.stages {
            prop_assert_eq!(left(Gone::Stage(*stage)), kept(&all, |it, _| it != *stage));
        }
        for member in scope.members() {
            let left = staffing.routes_without(Gone::Members(&[member])).number() as usize;
            prop_assert_eq!(left, kept(&all, |_, it| it != Some(member)));
        }
        let roles: Vec<Node> = scope.roles().collect();
        for one in &roles {
            for lost in [vec![*one], vec![*one, roles[0]]] {
                let can = |stage, taker: Option<Node>| {
                    taker.is_none_or(|taker| can_take(&scope, stage, taker, &lost))
                };
                let left = staffing.routes_without(Gone::Roles(&lost)).number() as usize;
                prop_assert_eq!(left, kept(&all, can), "without {:?}", &lost);
            }
            let (one, other) = ([*one], [roles[0]]);
            let can = |stage, taker: Option<Node>| {
                let is_able = |taker| {
                    [&one, &other].iter().all(|lost| can_take(&scope, stage, taker, &lost[..]))
                };
                taker.is_none_or(is_able)
            };
            let left = staffing.routes_without(Gone::Either(&one, &other)).number() as usize;
            prop_assert_eq!(left, kept(&all, can), "without {:?} or {:?}", one, other);
        }
    }
}
