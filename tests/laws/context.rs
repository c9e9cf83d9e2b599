//! A role in a context is a node of its own, derived where it is spoken of and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use medclust::graph::Graph;
use medclust::graph::routes::{Routes, Search};
use medclust::graph::ways::Ways;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::{Writer, cases, graph, nodes};

/// A relation as a file writes it; `p`, `o`, `r`, `s`, `x` and `y` begin the ids of programs,
/// organizations, roles, stages, regions and programs that serve as contexts.
#[derive(Clone, Debug)]
struct Written {
    kind: &'static str,
    from: String,
    to: String,
    context: Option<String>,
    basis: &'static str,
    /// Whether it cites a source: its number.
    is_cited: bool,
}

fn context() -> impl Strategy<Value = String> {
    (0..4usize).prop_map(|n| if n < 2 { format!("x{n}") } else { format!("y{}", n - 2) })
}

fn role() -> impl Strategy<Value = String> {
    (0..3usize, option::weighted(0.2, context())).prop_map(|(n, context)| match context {
        Some(context) => format!("r{n}@{context}"),
        None => format!("r{n}"),
    })
}

fn written() -> impl Strategy<Value = Written> {
    let node = |prefix: &'static str| (0..3usize).prop_map(move |n| format!("{prefix}{n}"));
    let ends = prop_oneof![
        (Just("plays"), node("o"), role()),
        (Just("acts-in"), role(), node("s")),
        (Just("presents-problem-to"), role(), role()),
        (Just("advises"), node("o"), role()),
    ];
    let basis = select(vec!["stated", "inferred", "curated"]);
    (ends, option::of(context()), basis, any::<bool>()).prop_map(
        |((kind, from, to), context, basis, is_cited)| Written {
            kind,
            from,
            to,
            context,
            basis,
            is_cited,
        },
    )
}

fn atlas(relations: &[Written]) -> Graph {
    let relation = |(number, it): (usize, &Written)| {
        let Written { kind, from, to, basis, .. } = it;
        let context = it.context.iter().map(|context| format!(", in: {context}"));
        let context = context.collect::<String>();
        let sources = it.sources(number).join(", ");
        format!(
            "kind: {kind}, from: {from}, to: {to}, basis: {basis}, sources: [{sources}]{context}"
        )
    };
    let text = Writer::default()
        .section("relations", relations.iter().enumerate().map(relation))
        .section("sources", ["id: n".to_owned()])
        .section("roles", nodes("r", 3))
        .section("regions", nodes("x", 2))
        .section("organizations", nodes("o", 3))
        .section("programs", nodes("y", 2))
        .section("stages", nodes("s", 3));
    graph(&text.text())
}

impl Written {
    /// What an end means: a role in a context is the contextual one.
    fn meant(&self, end: &str) -> String {
        match &self.context {
            Some(context) if end.starts_with('r') && !end.contains('@') => {
                format!("{end}@{context}")
            }
            _ => end.to_owned(),
        }
    }

    fn sources(&self, number: usize) -> Vec<String> {
        self.is_cited.then(|| format!("'n:{number}'")).into_iter().collect()
    }

    fn ends(&self) -> [String; 2] {
        [self.meant(&self.from), self.meant(&self.to)]
    }
}

/// The contextual roles that are spoken of.
fn spoken(relations: &[Written]) -> BTreeSet<String> {
    relations.iter().flat_map(Written::ends).filter(|end| end.contains('@')).collect()
}

/// The strongest basis comes first.
fn rank(basis: &str) -> usize {
    ["stated", "inferred", "curated"].iter().position(|it| *it == basis).expect("one of them")
}

/// The targets of the relations of one kind that start at a node, sorted.
fn targets(graph: &Graph, id: &str, kind: &str, derived: bool) -> Vec<String> {
    let node = graph.node(id).expect("it is there");
    let mut found: Vec<String> = node
        .outgoing()
        .filter(|it| it.kind().id() == kind && it.is_derived() == derived)
        .map(|it| it.to().id().to_owned())
        .collect();
    found.sort_unstable();
    found
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn it_is_there_exactly_where_it_is_spoken_of(relations in vec(written(), 0..10)) {
        let graph = atlas(&relations);
        let ids = graph.nodes().map(|node| node.id().to_owned());
        prop_assert_eq!(ids.filter(|id| id.contains('@')).collect::<BTreeSet<_>>(), spoken(&relations));
        for id in spoken(&relations) {
            let (role, context) = id.split_once('@').expect("filtered above");
            let node = graph.node(&id).expect("found above");
            prop_assert_eq!(targets(&graph, &id, "specializes", true), [role]);
            prop_assert_eq!(targets(&graph, &id, "in", true), [context]);
            prop_assert_eq!(node.generic().map(|node| node.id()), Some(role));
            prop_assert_eq!(node.context().map(|node| node.id()), Some(context));
        }
    }

    #[test]
    fn it_inherits_the_stages_of_its_role_and_no_others(relations in vec(written(), 0..12)) {
        let graph = atlas(&relations);
        for id in spoken(&relations) {
            let (role, context) = id.split_once('@').expect("filtered above");
            let acts = || relations.iter().enumerate().filter(|(_, it)| it.kind == "acts-in");
            let own: BTreeSet<&String> =
                acts().filter(|(_, it)| it.meant(&it.from) == id).map(|(_, it)| &it.to).collect();
            let general = || {
                acts().filter(|(_, it)| it.meant(&it.from) == role && !own.contains(&it.to))
            };
            let mut stages: Vec<String> = general().map(|(_, it)| it.to.clone()).collect();
            stages.sort_unstable();
            prop_assert_eq!(targets(&graph, &id, "acts-in", true), stages);

            let of_it = relations.iter().enumerate().filter(|(_, it)| it.ends().contains(&id));
            let (number, strongest) =
                of_it.min_by_key(|(number, it)| (rank(it.basis), *number)).expect("it is spoken of");
            let node = graph.node(&id).expect("it is spoken of");
            let inherited = node.outgoing().filter(|it| it.inherited_from().is_some());
            for (relation, (of_role, said)) in inherited.zip(general()) {
                prop_assert_eq!(relation.to().id(), &said.to);
                prop_assert_eq!(relation.context().map(|node| node.id()), Some(context));
                prop_assert_eq!(relation.inherited_from().map(|node| node.id()), Some(role));
                let sources = match strongest.is_cited {
                    true => strongest.sources(number),
                    false => said.sources(of_role),
                };
                let cited: Vec<String> = relation.sources().map(|it| format!("'{it}'")).collect();
                prop_assert_eq!(cited, sources);
                let basis = rank(said.basis).max(rank(strongest.basis));
                prop_assert_eq!(relation.basis() as usize, basis);
            }
        }
    }

    #[test]
    fn no_route_changes_contexts_through_the_generic_role(relations in vec(written(), 0..12)) {
        let graph = atlas(&relations);
        // What routes may use, as written: no contextual role is tied to its generic one.
        let mut steps: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for relation in &relations {
            let [from, to] = relation.ends();
            if relation.kind == "plays" {
                steps.entry(to.clone()).or_default().insert(from.clone());
            }
            if relation.kind == "acts-in" {
                for id in spoken(&relations).into_iter().filter(|id| id.split('@').next() == Some(&from)) {
                    steps.entry(id).or_default().insert(to.clone());
                }
            }
            steps.entry(from).or_default().insert(to);
        }
        let reached = |from: &str| {
            let mut found = BTreeSet::from([from.to_owned()]);
            let mut open = vec![from.to_owned()];
            while let Some(node) = open.pop() {
                let on = steps.get(&node).into_iter().flatten();
                open.extend(on.filter(|next| found.insert((*next).clone())).cloned());
            }
            found
        };
        let ways = Ways::new(&graph);
        for from in graph.nodes().filter(|node| node.generic().is_some()) {
            let routed = graph.nodes().filter(|to| {
                let search =
                    Search { from: vec![from], to: vec![*to], via: Vec::new(), max_hops: None };
                Routes::new(&ways, &search).next().is_some()
            });
            let routed: BTreeSet<String> = routed.map(|node| node.id().to_owned()).collect();
            prop_assert_eq!(routed, reached(from.id()));
        }
    }
}
