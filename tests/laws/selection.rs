//! What is selected is what the plain definition of each option selects, and options combine as sets.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Relation};
use medclust::model::{Basis, NodeKind};
use medclust::query::{Criterion, Selection, Term};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::{Writer, cases, graph};

type Ids = BTreeSet<String>;

/// A random atlas: regions `x`, organizations `o`, roles `r`, stages `s` and programs `y`.
#[derive(Clone, Debug)]
struct Case {
    /// Region x(n + 1) lies within these, each numbered at most n.
    within: Vec<Vec<usize>>,
    /// The region, if any, and the type of each organization.
    organizations: Vec<(Option<usize>, bool)>,
    /// Program y(n + 1) is part of the one of this number modulo n + 1, if any.
    parts: Vec<Option<usize>>,
    relations: Vec<(&'static str, usize, usize, Option<&'static str>, &'static str)>,
}

const KINDS: &[&str] =
    &["plays", "acts-in", "presents-problem-to", "participates-in", "supports", "next"];

fn case() -> impl Strategy<Value = Case> {
    let context = option::weighted(0.7, select(vec!["x0", "x1", "x2", "x3", "y0", "y1"]));
    let basis = select(vec!["stated", "stated", "inferred", "curated"]);
    let relation = (select(KINDS), 0..3usize, 0..3usize, context, basis);
    (
        vec(vec(0..4usize, 0..3), 3),
        vec((option::of(0..4usize), any::<bool>()), 3),
        vec(option::of(0..3usize), 2),
        vec(relation, 0..12),
    )
        .prop_map(|(within, organizations, parts, relations)| Case {
            within,
            organizations,
            parts,
            relations,
        })
}

impl Case {
    fn graph(&self) -> Graph {
        let named = |id: String, rest: String| format!("id: {id}, name: {{en: {id}}}{rest}");
        let regions = (0..4).map(|n| {
            let above: BTreeSet<usize> = match n {
                0 => BTreeSet::new(),
                n => self.within[n - 1].iter().map(|above| above % n).collect(),
            };
            let above: Vec<String> = above.iter().map(|above| format!("x{above}")).collect();
            named(format!("x{n}"), format!(", within: [{}]", above.join(", ")))
        });
        let organizations = (0..).zip(&self.organizations).map(|(n, (region, is_company))| {
            let region = region.map(|region| format!(", region: x{region}")).unwrap_or_default();
            let r#type = if *is_company { "company" } else { "hospital" };
            named(format!("o{n}"), format!("{region}, type: {type}"))
        });
        let programs = (0..3usize).map(|n| {
            let part = n.checked_sub(1).and_then(|before| self.parts[before]);
            let part = part.map(|whole| format!(", part_of: [y{}]", whole % n));
            named(format!("y{n}"), part.unwrap_or_default())
        });
        let relations = self.relations.iter().map(|(kind, from, to, context, basis)| {
            let (start, end) = match *kind {
                "plays" => ("o", "r"),
                "acts-in" => ("r", "s"),
                "presents-problem-to" => ("r", "r"),
                "participates-in" => ("o", "y"),
                "supports" => ("y", "s"),
                _ => ("s", "s"),
            };
            let context = context.map(|context| format!(", in: {context}")).unwrap_or_default();
            format!("kind: {kind}, from: {start}{from}, to: {end}{to}{context}, basis: {basis}")
        });
        let plain = |prefix: &'static str| {
            (0..3).map(move |n| named(format!("{prefix}{n}"), String::new()))
        };
        let text = Writer::default()
            .section("regions", regions)
            .section("organizations", organizations)
            .section("roles", plain("r"))
            .section("stages", plain("s"))
            .section("programs", programs)
            .section("relations", relations);
        graph(&text.text())
    }
}

/// The relations of an atlas, read one by one as often as a definition needs them.
struct Facts<'g>(Vec<Relation<'g>>);

impl<'g> Facts<'g> {
    fn all(graph: &'g Graph) -> Self {
        Facts(graph.relations().collect())
    }

    /// The nodes from which a relation of `kind` leads into `to`.
    fn before(&self, kind: &str, to: &Ids) -> Ids {
        let of = self.0.iter().filter(|it| it.kind().id() == kind && to.contains(it.to().id()));
        of.map(|it| it.from().id().to_owned()).collect()
    }

    /// The nodes to which a relation of `kind` leads out of `from`.
    fn after(&self, kind: &str, from: &Ids) -> Ids {
        let of = self.0.iter().filter(|it| it.kind().id() == kind && from.contains(it.from().id()));
        of.map(|it| it.to().id().to_owned()).collect()
    }

    /// All that any relation, of any kind and direction, ties to `nodes`, and they themselves.
    fn around(&self, nodes: &Ids) -> Ids {
        let ends = self.0.iter().map(|it| [it.from().id().to_owned(), it.to().id().to_owned()]);
        let tied = ends.filter(|ends| ends.iter().any(|end| nodes.contains(end))).flatten();
        nodes.iter().cloned().chain(tied).collect()
    }

    /// `start` and whatever leads to it over relations of `kind`, to the fixed point.
    fn below(&self, kind: &str, start: &str) -> Ids {
        let mut found = Ids::from([start.to_owned()]);
        loop {
            let more: Ids = found.union(&self.before(kind, &found)).cloned().collect();
            if more == found {
                return found;
            }
            found = more;
        }
    }

    /// Who is an end of a relation that holds in one of these contexts: organizations and programs.
    fn named(&self, contexts: &Ids) -> Ids {
        let is_here = |it: &&Relation| it.context().is_some_and(|it| contexts.contains(it.id()));
        let ends = self.0.iter().filter(is_here).flat_map(|it| [it.from(), it.to()]);
        let acts = |it: &Node| matches!(it.kind(), NodeKind::Organization | NodeKind::Program);
        ends.filter(acts).map(|it| it.id().to_owned()).collect()
    }

    /// What lies in a region, its members, the roles drawn in its context, and their stages.
    fn region(&self, region: &str) -> Ids {
        let regions = self.below("within", region);
        let roles = self.before("in", &regions);
        let members = [self.before("located-in", &regions), self.before("plays", &roles)];
        let members = union([union(members), self.named(&regions)]);
        union([members, self.after("acts-in", &roles), roles, regions])
    }

    /// A role in any context, who plays it, in which contexts, and the stages it acts in.
    fn role(&self, role: &str) -> Ids {
        let roles = self.below("specializes", role);
        let players = self.before("plays", &roles);
        union([players, self.after("acts-in", &roles), self.after("in", &roles), roles])
    }

    /// A stage, who acts in it, who plays those roles, and what supports it.
    fn stage(&self, stage: &str) -> Ids {
        let stage = Ids::from([stage.to_owned()]);
        let roles = self.before("acts-in", &stage);
        union([self.before("plays", &roles), self.before("supports", &stage), roles, stage])
    }

    /// A program with its parts, its members, the roles drawn in it, their stages, and what it supports.
    fn program(&self, program: &str) -> Ids {
        let programs = self.below("part-of", program);
        let roles = self.before("in", &programs);
        let members = [self.before("participates-in", &programs), self.before("plays", &roles)];
        let members = union([union(members), self.named(&programs)]);
        let wholes = self.after("part-of", &programs);
        let stages = [self.after("acts-in", &roles), self.after("supports", &programs)];
        union([members, union(stages), wholes, roles, programs])
    }
}

fn union(sets: impl IntoIterator<Item = Ids>) -> Ids {
    sets.into_iter().flatten().collect()
}

fn selected<'g>(graph: &'g Graph, terms: Vec<Term<'g>>) -> Ids {
    let selection = Selection::new(graph, terms);
    graph.nodes().filter(|it| selection.has_node(*it)).map(|it| it.id().to_owned()).collect()
}

fn only(criterion: Criterion<'_>) -> Vec<Term<'_>> {
    vec![Term { criterion, negated: false }]
}

/// The criteria that a number stands for; equal tens stand for the same option.
fn criterion(graph: &Graph, number: usize) -> Criterion<'_> {
    let node = |prefix: &str| -> Node<'_> {
        graph.node(&format!("{prefix}{}", number % 10 % 3)).expect("there are three of each")
    };
    match number / 10 {
        0 => Criterion::Region(node("x")),
        1 => Criterion::Role(node("r")),
        2 => Criterion::Stage(node("s")),
        3 => Criterion::Program(node("y")),
        4 => Criterion::Around(node("o"), number % 10 % 4),
        5 => Criterion::Type(["company", "hospital", "none"][number % 3].to_owned()),
        _ => Criterion::Name(["x", "1", "(x"][number % 3].to_owned()),
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn each_option_covers_what_its_definition_says(case in case()) {
        let graph = case.graph();
        let facts = Facts::all(&graph);
        let node = |id: &str| graph.node(id).expect("it is written");
        for id in ["x0", "x1", "x2", "x3"] {
            prop_assert_eq!(selected(&graph, only(Criterion::Region(node(id)))), facts.region(id));
        }
        for n in 0..3 {
            let [role, stage, program, organization] = ["r", "s", "y", "o"].map(|of| format!("{of}{n}"));
            prop_assert_eq!(selected(&graph, only(Criterion::Role(node(&role)))), facts.role(&role));
            prop_assert_eq!(selected(&graph, only(Criterion::Stage(node(&stage)))), facts.stage(&stage));
            prop_assert_eq!(selected(&graph, only(Criterion::Program(node(&program)))), facts.program(&program));
            let mut near = Ids::from([organization.clone()]);
            for depth in 0..4 {
                let criterion = Criterion::Around(node(&organization), depth);
                prop_assert_eq!(selected(&graph, only(criterion)), near.clone());
                near = facts.around(&near);
            }
        }
    }

    #[test]
    fn membership_rests_on_relations_of_the_basis(case in case()) {
        let graph = case.graph();
        let facts = Facts(graph.relations().filter(|it| it.basis() == Basis::Stated).collect());
        for id in ["x0", "x1", "x2", "x3"] {
            let region = Criterion::Region(graph.node(id).expect("it is written"));
            let terms = [region, Criterion::Basis(Basis::Stated)];
            let terms = terms.map(|criterion| Term { criterion, negated: false }).to_vec();
            let mut naive = facts.region(id);
            naive.retain(|id| graph.node(id).is_some_and(|it| it.record().basis == Basis::Stated));
            prop_assert_eq!(selected(&graph, terms), naive);
        }
    }

    #[test]
    fn options_combine_as_sets(case in case(), terms in vec((0..70usize, any::<bool>()), 0..5)) {
        let graph = case.graph();
        let all: Ids = graph.nodes().map(|node| node.id().to_owned()).collect();
        // Or within an option, and between options, and nothing of what is negated.
        let mut naive = all.clone();
        for option in 0..7 {
            let of = |negated| terms.iter().filter(move |it| it.0 / 10 == option && it.1 == negated);
            let set = |it: &(usize, bool)| selected(&graph, only(criterion(&graph, it.0)));
            if of(false).next().is_some() {
                naive = &naive & &union(of(false).map(set));
            }
            naive = &naive - &union(of(true).map(set));
        }
        let terms = terms.iter().map(|(number, negated)| Term {
            criterion: criterion(&graph, *number),
            negated: *negated,
        });
        let terms: Vec<Term> = terms.collect();
        prop_assert_eq!(Selection::new(&graph, terms.clone()).is_everything(), terms.is_empty());
        prop_assert_eq!(selected(&graph, terms), naive);
    }

    #[test]
    fn a_negated_option_selects_all_other_relations(case in case(), number in 0..70usize) {
        let graph = case.graph();
        let of = |negated| {
            let term = Term { criterion: criterion(&graph, number), negated };
            let selection = Selection::new(&graph, vec![term]);
            let found = graph.relations().filter(|it| selection.has_relation(*it));
            found.map(|it| it.index()).collect::<BTreeSet<u32>>()
        };
        prop_assert!(of(false).is_disjoint(&of(true)));
        prop_assert_eq!(of(false).len() + of(true).len(), graph.relations().count());
    }
}
