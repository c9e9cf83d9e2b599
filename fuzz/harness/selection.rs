//! Selections on the shipped atlas: each line is a term, as `role trial-hospital`, `! type hospital`,
//! `around ncvc 2`.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use medclust::atlas;
use medclust::graph::{Graph, Node, fold};
use medclust::query::{Criterion, Selection, Term};
use medclust::source::Layer;

type Ids<'g> = BTreeSet<&'g str>;

pub fn run(data: &[u8]) {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    let graph = GRAPH.get_or_init(|| atlas::load(&Layer::BUILTIN).expect("it has no fault"));
    let text = super::text(data);
    let terms: Vec<Term> = text.lines().take(6).filter_map(|line| term(graph, line)).collect();
    let all: Ids = graph.nodes().map(Node::id).collect();
    // Terms of one option are joined, those of different ones met, what is negated is left out.
    let mut expected = all;
    for option in &terms {
        let same = |it: &&Term| {
            std::mem::discriminant(&it.criterion) == std::mem::discriminant(&option.criterion)
        };
        let (no, yes): (Vec<&Term>, Vec<&Term>) =
            terms.iter().filter(same).partition(|it| it.negated);
        let joined = |of: &[&Term<'static>]| -> Ids {
            of.iter().flat_map(|it| alone(graph, &it.criterion)).collect()
        };
        if !yes.is_empty() {
            let yes = joined(&yes);
            expected.retain(|id| yes.contains(id));
        }
        let no = joined(&no);
        expected.retain(|id| !no.contains(id));
    }
    assert_eq!(chosen(graph, &terms), expected, "{text}");
    for option in &terms {
        if let Some(plain) = naive(graph, &option.criterion) {
            assert_eq!(alone(graph, &option.criterion), plain, "{option:?}");
        }
    }
}

fn term(graph: &'static Graph, line: &str) -> Option<Term<'static>> {
    let (negated, line) = match line.strip_prefix("! ") {
        Some(line) => (true, line),
        None => (false, line),
    };
    let (option, value) = line.split_once(' ')?;
    let node = |id: &str| graph.node(id);
    let criterion = match option {
        "region" => Criterion::Region(node(value)?),
        "role" => Criterion::Role(node(value)?),
        "stage" => Criterion::Stage(node(value)?),
        "program" => Criterion::Program(node(value)?),
        "type" => Criterion::Type(value.to_owned()),
        "name" => Criterion::Name(fold(value)),
        "source" => Criterion::Source(value.to_owned()),
        "around" => {
            let (id, depth) = value.rsplit_once(' ')?;
            Criterion::Around(node(id)?, depth.parse::<u8>().ok()?.into())
        }
        _ => return None,
    };
    Some(Term { criterion, negated })
}

fn chosen(graph: &'static Graph, terms: &[Term<'static>]) -> Ids<'static> {
    let selection = Selection::new(graph, terms.to_vec());
    graph.nodes().filter(|node| selection.has_node(*node)).map(Node::id).collect()
}

fn alone(graph: &'static Graph, criterion: &Criterion<'static>) -> Ids<'static> {
    chosen(graph, &[Term { criterion: criterion.clone(), negated: false }])
}

/// What the plain definition of an option selects, where it is plain.
fn naive(graph: &'static Graph, criterion: &Criterion) -> Option<Ids<'static>> {
    let passes = |test: &dyn Fn(Node) -> bool| {
        Some(graph.nodes().filter(|node| test(*node)).map(Node::id).collect())
    };
    match criterion {
        Criterion::Type(wanted) => passes(&|it| it.record().r#type.as_ref() == Some(wanted)),
        Criterion::Name(wanted) => passes(&|it| it.names().any(|name| fold(name).contains(wanted))),
        Criterion::Around(center, depth) => {
            let mut near: BTreeSet<&str> = BTreeSet::from([graph.node(center.id())?.id()]);
            for _ in 0..*depth {
                let ties = graph.relations().map(|it| [it.from().id(), it.to().id()]);
                let touching = ties.filter(|ends| ends.iter().any(|end| near.contains(end)));
                let next: Vec<&str> = touching.flatten().collect();
                let before = near.len();
                near.extend(next);
                if near.len() == before {
                    break;
                }
            }
            Some(near)
        }
        _ => None,
    }
}
