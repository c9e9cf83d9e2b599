//! The stages come in an order that development can follow, loops told, and ways found are all ways.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Pipeline};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::atlas::{Writer, cases, graph, nodes};

type Steps = BTreeSet<(usize, usize)>;

/// How many stages there are.
const STAGES: usize = 6;

fn steps() -> impl Strategy<Value = Steps> {
    vec((0..STAGES, 0..STAGES), 0..10).prop_map(|steps| steps.into_iter().collect())
}

fn atlas(steps: &Steps) -> Graph {
    let next = steps.iter().map(|(from, to)| format!("kind: next, from: s{from}, to: s{to}"));
    graph(
        &Writer::default().section("stages", nodes("s", STAGES)).section("relations", next).text(),
    )
}

/// Whether a way of at least one step leads from one stage to another.
fn leads(steps: &Steps, from: usize, to: usize) -> bool {
    let mut found: BTreeSet<usize> = BTreeSet::from([from]);
    for _ in 0..STAGES {
        let next = steps.iter().filter(|(before, _)| found.contains(before)).map(|(_, to)| *to);
        if next.clone().any(|it| it == to) {
            return true;
        }
        found.extend(next.collect::<Vec<_>>());
    }
    false
}

fn number(stage: &Node) -> usize {
    stage.id()[1..].parse().expect("s and a number")
}

fn numbers(stages: &[Node]) -> Vec<usize> {
    stages.iter().map(number).collect()
}

/// All ways from one stage to another that pass none twice.
fn ways(steps: &Steps, way: Vec<usize>, to: usize) -> BTreeSet<Vec<usize>> {
    let here = way[way.len() - 1];
    if here == to {
        return BTreeSet::from([way]);
    }
    let next = steps.iter().filter(|(from, to)| *from == here && !way.contains(to));
    next.flat_map(|(_, next)| ways(steps, [&way[..], &[*next]].concat(), to)).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_comes_before_stands_before(steps in steps()) {
        let graph = atlas(&steps);
        let pipeline = Pipeline::new(&graph, |_| true);
        let order = numbers(&pipeline.stages);
        prop_assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), (0..STAGES).collect());
        prop_assert_eq!(order.len(), STAGES);
        for (before, stage) in order.iter().enumerate() {
            for later in &order[before + 1..] {
                let back = leads(&steps, *later, *stage);
                prop_assert!(!back || leads(&steps, *stage, *later), "{:?}: {} {}", order, stage, later);
            }
        }
        if steps.iter().all(|(from, to)| from < to) {
            let sorted = order.windows(2).all(|pair| pair[0] < pair[1]);
            prop_assert!(sorted, "the order of the atlas decides the rest: {:?}", order);
        }
    }

    #[test]
    fn a_loop_holds_the_stages_that_lead_back_to_each_other(steps in steps()) {
        let graph = atlas(&steps);
        let pipeline = Pipeline::new(&graph, |_| true);
        let mut looped = BTreeSet::new();
        for stages in pipeline.loops.iter().map(|it| numbers(it)) {
            for one in &stages {
                prop_assert!(looped.insert(*one), "in one loop alone");
                prop_assert!(stages.iter().all(|other| leads(&steps, *one, *other)));
            }
            let places = pipeline.stages.iter().map(number).skip_while(|it| *it != stages[0]);
            prop_assert_eq!(places.take(stages.len()).collect::<Vec<_>>(), stages, "together");
        }
        prop_assert_eq!(looped, (0..STAGES).filter(|it| leads(&steps, *it, *it)).collect());
    }

    #[test]
    fn between_are_the_stages_on_a_way(
        steps in steps(),
        from in option::of(0..STAGES),
        to in option::of(0..STAGES),
    ) {
        let graph = atlas(&steps);
        let mut pipeline = Pipeline::new(&graph, |_| true);
        let whole = numbers(&pipeline.stages);
        let node = |stage: Option<usize>| stage.and_then(|it| graph.node(&format!("s{it}")));
        pipeline.between(node(from), node(to));
        let is_between = |stage: &usize| {
            from.is_none_or(|from| from == *stage || leads(&steps, from, *stage))
                && to.is_none_or(|to| to == *stage || leads(&steps, *stage, to))
        };
        let kept: Vec<usize> = whole.into_iter().filter(is_between).collect();
        prop_assert_eq!(numbers(&pipeline.stages), kept.clone());
        for stage in &pipeline.stages {
            let next: BTreeSet<usize> = pipeline.next(*stage).map(|it| number(&it)).collect();
            let naive = steps.iter().filter(|(from, to)| *from == number(stage) && kept.contains(to));
            prop_assert_eq!(next, naive.map(|(_, to)| *to).collect());
        }
    }

    #[test]
    fn chains_are_all_simple_ways_from_one_stage_to_another(
        steps in steps(),
        from in 0..STAGES,
        to in 0..STAGES,
        most in 1..4usize,
    ) {
        let graph = atlas(&steps);
        let pipeline = Pipeline::new(&graph, |_| true);
        let order = numbers(&pipeline.stages);
        let at = |stage: usize| {
            pipeline.stages[order.iter().position(|it| *it == stage).expect("it is there")]
        };
        let (chains, is_cut_off) = pipeline.chains(at(from), at(to), usize::MAX);
        let found: BTreeSet<Vec<usize>> = chains.iter().map(|it| numbers(it)).collect();
        prop_assert_eq!(found.len(), chains.len(), "each once");
        prop_assert_eq!(found, ways(&steps, vec![from], to));
        prop_assert!(!is_cut_off);
        let (few, is_cut_off) = pipeline.chains(at(from), at(to), most);
        prop_assert_eq!(few.len(), chains.len().min(most));
        prop_assert!(is_cut_off || chains.len() <= most, "more are not passed over in silence");
    }

    #[test]
    fn development_begins_where_it_leads_on_and_ends_where_that_leads(steps in steps()) {
        let graph = atlas(&steps);
        let pipeline = Pipeline::new(&graph, |_| true);
        let order = numbers(&pipeline.stages);
        let leads_on = |stage: &usize| steps.iter().any(|(from, to)| from == stage && to != stage);
        let first = order.iter().copied().find(leads_on);
        prop_assert_eq!(pipeline.ends().map(|(from, _)| number(&from)), first);
        let Some((first, last)) = first.zip(pipeline.ends().map(|(_, to)| number(&to))) else {
            return Ok(());
        };
        let after = |stage: &&usize| **stage == first || leads(&steps, first, **stage);
        prop_assert_eq!(last, *order.iter().rfind(after).unwrap());
    }

    #[test]
    fn before_a_stage_is_what_leads_to_it_from_a_beginning_and_not_through_it(
        steps in steps(),
        stage in 0..STAGES,
        from in option::of(0..STAGES),
    ) {
        let graph = atlas(&steps);
        let pipeline = Pipeline::new(&graph, |_| true);
        let node = |stage: usize| graph.node(&format!("s{stage}")).expect("it is written");
        let is_beginning = |one: &usize| {
            let mut leading = (0..STAGES).filter(|other| leads(&steps, *other, *one));
            leading.all(|other| leads(&steps, *one, other) && *one <= other)
        };
        let starts: Vec<usize> = match from {
            Some(from) => vec![from],
            None => (0..STAGES).filter(is_beginning).collect(),
        };
        let past: Steps = steps.iter().filter(|(from, to)| ![from, to].contains(&&stage)).copied().collect();
        let is_before = |it: &usize| {
            let begins = |start: &usize| *start != stage && (start == it || leads(&past, *start, *it));
            *it != stage && leads(&steps, *it, stage) && starts.iter().any(begins)
        };
        let found = numbers(&pipeline.before(node(stage), from.map(node)));
        let whole = numbers(&pipeline.stages);
        prop_assert_eq!(found, whole.into_iter().filter(is_before).collect::<Vec<_>>());
    }
}
