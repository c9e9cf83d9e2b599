//! The figures of networks are what counting by definition gives.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use medclust::graph::{Graph, Node, Relation};
use medclust::model::{NodeKind, Traverse};
use medclust::query::stats::{Answer, Question, Roles, stats};
use medclust::query::{Criterion, Selection, Term};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::atlas::{Writer, cases, graph, nodes};
use super::betweenness::{Matrix, betweenness, is_near};

/// What may be related to what: kind, where from and where to.
const KINDS: [(&str, char, char); 12] = [
    ("plays", 'o', 'r'),
    ("plays", 'o', 'r'),
    ("plays", 'p', 'r'),
    ("participates-in", 'o', 'p'),
    ("participates-in", 'r', 'p'),
    ("part-of", 'o', 'o'),
    ("supplies", 'o', 'o'),
    ("supplies", 'r', 'r'),
    ("supplies", 'o', 'r'),
    ("funds", 'p', 'o'),
    ("collaborates-with", 'o', 'o'),
    ("supports", 'o', 'p'),
];

/// An atlas of organizations, roles and programs in two regions, and what is asked of it.
#[derive(Clone, Debug)]
struct Case {
    /// The type and the region of each organization, where it has one.
    organizations: Vec<(Option<usize>, Option<usize>)>,
    /// Kind, ends, and the region in which they hold.
    relations: Vec<(usize, usize, usize, Option<usize>)>,
    follow: bool,
    within: Option<usize>,
}

const OTHERS: usize = 3;

fn case() -> impl Strategy<Value = Case> {
    let of = || option::weighted(0.9, 0..2usize);
    let relation = (0..KINDS.len(), 0..9usize, 0..9usize, option::weighted(0.3, 0..2usize));
    let within = option::weighted(0.2, 0..2usize);
    (vec((of(), of()), 1..8), vec(relation, 0..26), any::<bool>(), within).prop_map(
        |(organizations, relations, follow, within)| Case {
            organizations,
            relations,
            follow,
            within,
        },
    )
}

impl Case {
    fn graph(&self) -> Graph {
        let organizations = self.organizations.iter().enumerate().map(|(at, (sort, place))| {
            let mut record = format!("id: o{at}, name: {{en: o{at}}}");
            if let Some(sort) = sort {
                write!(record, ", type: t{sort}").expect("a string takes it");
            }
            if let Some(place) = place {
                write!(record, ", region: g{place}").expect("a string takes it");
            }
            record
        });
        let relations = self.relations.iter().filter_map(|(kind, from, to, place)| {
            let (kind, start, end) = KINDS[*kind];
            let size = |side| if side == 'o' { self.organizations.len() } else { OTHERS };
            let (from, to) = (from % size(start), to % size(end));
            // Nothing can be a part of its own part.
            let place = place.map(|place| format!(", in: g{place}")).unwrap_or_default();
            (kind != "part-of" || from < to)
                .then(|| format!("kind: {kind}, from: {start}{from}, to: {end}{to}{place}"))
        });
        let text = Writer::default()
            .section("regions", nodes("g", 2))
            .section("organizations", organizations)
            .section("roles", nodes("r", OTHERS))
            .section("programs", nodes("p", OTHERS))
            .section("relations", relations)
            .text();
        graph(&text)
    }

    fn selection<'g>(&self, graph: &'g Graph) -> Selection<'g> {
        let term = self.within.map(|place| {
            let region = graph.node(&format!("g{place}")).expect("it is there");
            Term { criterion: Criterion::Region(region), negated: false }
        });
        Selection::new(graph, term.into_iter().collect())
    }
}

/// The selected part of a graph, read anew.
struct Oracle<'g> {
    nodes: Vec<Node<'g>>,
    relations: Vec<Relation<'g>>,
    follow: bool,
}

impl<'g> Oracle<'g> {
    fn new(graph: &'g Graph, selection: &Selection<'g>, follow: bool) -> Self {
        Oracle {
            nodes: graph.nodes().filter(|node| selection.has_node(*node)).collect(),
            relations: graph.relations().filter(|it| selection.has_relation(*it)).collect(),
            follow,
        }
    }

    fn is_followed(&self, relation: &Relation) -> bool {
        let kind = relation.kind();
        kind.traverse() != Traverse::Never || (self.follow && kind.id() == "supports")
    }

    fn links(&self) -> Matrix {
        let linked = |a: Node, b: Node| {
            a != b
                && self.relations.iter().any(|it| {
                    let ends = [it.from(), it.to()];
                    self.is_followed(it) && (ends == [a, b] || ends == [b, a])
                })
        };
        self.nodes.iter().map(|a| self.nodes.iter().map(|b| linked(*a, *b)).collect()).collect()
    }

    fn organizations(&self) -> Vec<Node<'g>> {
        let all = self.nodes.iter().copied();
        all.filter(|node| node.kind() == NodeKind::Organization).collect()
    }

    /// The steps that may be taken: from, to, and whether it is an affiliation.
    fn steps(&self) -> Vec<(Node<'g>, Node<'g>, bool)> {
        let mut steps = Vec::new();
        for relation in self.relations.iter().filter(|it| self.is_followed(it)) {
            let kind = relation.kind();
            let is_affiliation = ["plays", "participates-in"].contains(&kind.id());
            steps.push((relation.from(), relation.to(), is_affiliation));
            if kind.traverse() == Traverse::Both {
                steps.push((relation.to(), relation.from(), is_affiliation));
            }
        }
        steps
    }

    /// Who reaches whom, by trying every walk.
    fn ties(&self) -> Matrix {
        let (organizations, steps) = (self.organizations(), self.steps());
        let reached = |start: Node<'g>| {
            let mut seen = vec![(start, false)];
            let mut at = 0;
            while let Some((here, spent)) = seen.get(at).copied() {
                at += 1;
                if here != start && here.kind() == NodeKind::Organization {
                    continue;
                }
                for (from, to, is_affiliation) in &steps {
                    let state = (*to, spent || !is_affiliation);
                    if *from == here && (*is_affiliation || !spent) && !seen.contains(&state) {
                        seen.push(state);
                    }
                }
            }
            seen
        };
        let row = |a: &Node<'g>| {
            let reached = reached(*a);
            organizations.iter().map(|b| a != b && reached.iter().any(|(it, _)| it == b)).collect()
        };
        organizations.iter().map(row).collect()
    }
}

/// The parts that hang together, without one node; by flooding.
fn parts(links: &Matrix, without: Option<usize>) -> Vec<usize> {
    let mut seen: BTreeSet<usize> = without.into_iter().collect();
    let mut sizes = Vec::new();
    for start in 0..links.len() {
        let mut open = vec![start];
        let mut size = 0;
        while let Some(node) = open.pop() {
            if seen.insert(node) {
                size += 1;
                open.extend((0..links.len()).filter(|next| links[node][*next]));
            }
        }
        sizes.extend((size > 0).then_some(size));
    }
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

/// Burt's formula, over ties in either direction.
fn constraint(ties: &Matrix, i: usize) -> Option<f64> {
    let all = 0..ties.len();
    let tied = |a: usize, b: usize| ties[a][b] || ties[b][a];
    let degree = |a: usize| all.clone().filter(|b| tied(a, *b)).count();
    let part = |a: usize, b: usize| if tied(a, b) { 1.0 / degree(a) as f64 } else { 0.0 };
    let contacts = all.clone().filter(|j| tied(i, *j));
    let bound = contacts.map(|j| {
        let by_way: f64 =
            all.clone().filter(|q| *q != i && *q != j).map(|q| part(i, q) * part(q, j)).sum();
        (part(i, j) + by_way).powi(2)
    });
    (degree(i) > 0).then(|| bound.sum())
}

/// Gould and Fernandez' five roles of B, over all A and C.
fn roles<G: PartialEq>(ties: &Matrix, groups: &[Option<G>], b: usize) -> Roles {
    let mut roles = Roles {
        coordinator: 0,
        itinerant: 0,
        gatekeeper: 0,
        representative: 0,
        liaison: 0,
        total: 0,
        unknown: 0,
    };
    for a in 0..ties.len() {
        for c in 0..ties.len() {
            if a == c || !ties[a][b] || !ties[b][c] || ties[a][c] {
                continue;
            }
            let [Some(from), Some(broker), Some(to)] = [a, b, c].map(|it| groups[it].as_ref())
            else {
                roles.unknown += 1;
                continue;
            };
            roles.total += 1;
            roles.coordinator += u64::from(from == broker && broker == to);
            roles.itinerant += u64::from(from == to && from != broker);
            roles.gatekeeper += u64::from(from != broker && broker == to);
            roles.representative += u64::from(from == broker && broker != to);
            roles.liaison += u64::from(from != broker && broker != to && from != to);
        }
    }
    roles
}

/// An answer with all ranks, and its nodes in the order of the atlas.
fn answer<'g>(graph: &'g Graph, case: &Case) -> Answer<'g> {
    let follow = graph.relation_kind("supports").filter(|_| case.follow).into_iter().collect();
    stats(graph, &Question { selection: case.selection(graph), follow, top: usize::MAX })
}

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn counts_are_of_what_is_selected(case in case()) {
        let graph = case.graph();
        let oracle = Oracle::new(&graph, &case.selection(&graph), case.follow);
        let answer = answer(&graph, &case);
        let (nodes, relations) = (&answer.nodes, &answer.relations);
        prop_assert_eq!(nodes.count.total, oracle.nodes.len());
        for it in &nodes.by_kind {
            let of = || oracle.nodes.iter().filter(|node| node.kind() == it.kind);
            prop_assert_eq!(it.count.total, of().count());
            prop_assert_eq!(it.count.derived, of().filter(|it| it.id().contains('@')).count());
        }
        for it in &nodes.by_type {
            let of = oracle.nodes.iter().filter(|node| {
                node.kind() == it.kind && node.record().r#type.as_deref() == it.r#type
            });
            prop_assert_eq!(it.count.total, of.count());
        }
        prop_assert_eq!(nodes.by_type.iter().map(|it| it.count.total).sum::<usize>(), nodes.count.total);
        prop_assert_eq!(nodes.by_basis.iter().map(|it| it.count.total).sum::<usize>(), nodes.count.total);
        prop_assert_eq!(nodes.by_layer.iter().map(|it| it.count.total).sum::<usize>(), nodes.count.total);
        prop_assert_eq!(relations.count.total, oracle.relations.len());
        for it in &relations.by_kind {
            let of = || oracle.relations.iter().filter(|relation| relation.kind().id() == it.kind);
            prop_assert_eq!(it.count.total, of().count());
            prop_assert_eq!(it.count.derived, of().filter(|it| it.is_derived()).count());
            prop_assert_eq!(it.followed, of().all(|relation| oracle.is_followed(relation)));
        }
        prop_assert_eq!(
            relations.by_kind.iter().map(|it| it.count.total).sum::<usize>(),
            relations.count.total
        );
        for it in &relations.by_basis {
            let of = oracle.relations.iter().filter(|relation| relation.basis() == it.basis);
            prop_assert_eq!(it.count.total, of.count());
        }
    }

    #[test]
    fn a_network_is_what_its_links_make_it(case in case()) {
        let graph = case.graph();
        let oracle = Oracle::new(&graph, &case.selection(&graph), case.follow);
        let (links, network) = (oracle.links(), answer(&graph, &case).network);
        let sizes = parts(&links, None);
        prop_assert_eq!(network.nodes, links.len());
        prop_assert_eq!(2 * network.links, links.iter().flatten().filter(|it| **it).count());
        prop_assert_eq!(network.components, sizes.len());
        prop_assert_eq!(network.largest, sizes.first().copied().unwrap_or(0));
        prop_assert_eq!(network.isolated, sizes.iter().filter(|size| **size == 1).count());
        let told = network.sizes.iter().flat_map(|it| vec![it.nodes; it.components]);
        prop_assert_eq!(told.collect::<Vec<_>>(), sizes.clone());
        let cuts = |node: &usize| parts(&links, Some(*node)).len() > sizes.len();
        let points: Vec<&str> =
            (0..links.len()).filter(cuts).map(|node| oracle.nodes[node].id()).collect();
        let told: Vec<&str> = network.articulation_points.iter().map(|node| node.id()).collect();
        prop_assert_eq!(&told, &points);
        prop_assert_eq!(network.pivots, None);
        prop_assert_eq!(network.top.len(), links.len());
        let shares = betweenness(&links);
        let mut order = Vec::new();
        for position in &network.top {
            let at = oracle.nodes.iter().position(|node| node.id() == position.node.id()).unwrap();
            prop_assert_eq!(position.degree, links[at].iter().filter(|it| **it).count());
            prop_assert!(is_near(position.betweenness, shares[at]), "{:?} {}", position, shares[at]);
            prop_assert_eq!(position.articulation, points.contains(&position.node.id()));
            let of = |outgoing: bool| oracle.relations.iter().filter(|it| {
                let [here, there] = if outgoing { [it.from(), it.to()] } else { [it.to(), it.from()] };
                let both = oracle.nodes.contains(&here) && oracle.nodes.contains(&there);
                here.id() == position.node.id() && here != there && both && oracle.is_followed(it)
            }).count();
            prop_assert_eq!((position.out, position.r#in), (of(true), of(false)));
            order.push((-(position.betweenness * 1e10).round() as i64, at));
        }
        prop_assert!(order.is_sorted(), "{:?}", order);
    }

    #[test]
    fn brokers_stand_between_what_is_not_tied(case in case()) {
        let graph = case.graph();
        let oracle = Oracle::new(&graph, &case.selection(&graph), case.follow);
        let (organizations, ties) = (oracle.organizations(), oracle.ties());
        let brokers = answer(&graph, &case).brokers.expect("they are few");
        prop_assert_eq!(brokers.nodes, organizations.len());
        prop_assert_eq!(brokers.ties, ties.iter().flatten().filter(|it| **it).count());
        let sectors: Vec<_> =
            organizations.iter().map(|it| it.record().r#type.as_deref()).collect();
        let regions: Vec<_> = organizations.iter().map(|it| it.region().map(Node::id)).collect();
        prop_assert_eq!(brokers.top.len(), organizations.len());
        let mut order = Vec::new();
        for broker in &brokers.top {
            let at = organizations.iter().position(|node| node.id() == broker.node.id()).unwrap();
            prop_assert_eq!(broker.sector, sectors[at]);
            prop_assert_eq!(broker.region.as_ref().map(|region| region.id()), regions[at]);
            prop_assert_eq!(broker.sectors, roles(&ties, &sectors, at));
            prop_assert_eq!(broker.regions, roles(&ties, &regions, at));
            prop_assert_eq!(broker.pairs, broker.sectors.total + broker.sectors.unknown);
            prop_assert_eq!(broker.pairs, broker.regions.total + broker.regions.unknown);
            let (told, naive) = (broker.constraint, constraint(&ties, at));
            prop_assert_eq!(told.is_some(), naive.is_some());
            prop_assert!(is_near(told.unwrap_or(0.0), naive.unwrap_or(0.0)));
            order.push((std::cmp::Reverse(broker.pairs), at));
        }
        prop_assert!(order.is_sorted(), "{:?}", order);
    }
}
