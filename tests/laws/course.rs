//! Routes that take the stages in order are those of all routes that do; what a route passes over is told.

use std::collections::BTreeSet;

use medclust::graph::{Graph, Node, Pipeline};
use medclust::model::{NodeKind, Traverse};
use medclust::query::path::{Course, Question, path};
use medclust::query::scope::Scope;
use proptest::prelude::*;

use super::atlas::cases;
use super::staffing::case;

/// More hops than stages and a way to the first of them take.
const HOPS: usize = 6;

fn ask<'g>(graph: &'g Graph, ends: (Node<'g>, Node<'g>), in_order: bool) -> Vec<Course<'g>> {
    let question = Question {
        max_hops: Some(HOPS),
        count: None,
        stage_by_stage: in_order,
        who: true,
        ..Question::between(ends.0, ends.1)
    };
    path(graph, &question).routes().collect()
}

fn stages<'g>(nodes: &[Node<'g>]) -> Vec<Node<'g>> {
    nodes.iter().copied().filter(|it| it.kind() == NodeKind::Stage).collect()
}

/// Whether development goes from one stage to another.
fn is_next(one: Node, other: Node) -> bool {
    one.outgoing().any(|it| it.kind().id() == "next" && it.to() == other)
}

/// How many steps the nearest way takes to a stage past no other; each node is entered once.
fn far(start: Node, goal: Node) -> Option<usize> {
    let mut shell = BTreeSet::from([start.index()]);
    let mut known = shell.clone();
    for hops in 0.. {
        if shell.contains(&goal.index()) {
            return Some(hops);
        }
        let graph = start.graph();
        let open =
            shell.iter().map(|it| graph.node_at(*it)).filter(|it| it.kind() != NodeKind::Stage);
        let next: BTreeSet<u32> = open
            .flat_map(|node| {
                let forward = node.outgoing().filter(|it| it.kind().traverse() != Traverse::Never);
                let back = node.incoming().filter(|it| it.kind().traverse() == Traverse::Both);
                forward.map(|it| it.to()).chain(back.map(|it| it.from())).collect::<Vec<_>>()
            })
            .map(|node| node.index())
            .collect();
        shell = next.difference(&known).copied().collect();
        known.extend(&shell);
        if shell.is_empty() {
            return None;
        }
    }
    None
}

/// Whether one stage leads to another, or is it.
fn leads(one: Node, other: Node, left: usize) -> bool {
    let mut next = one.outgoing().filter(|it| it.kind().id() == "next");
    one == other || (left > 0 && next.any(|it| leads(it.to(), other, left - 1)))
}

/// The outermost region around the place of a node, as long as there is one further out.
fn outermost(node: Node) -> Option<Node> {
    let context = node.context().unwrap_or(node);
    let own = (context.kind() == NodeKind::Region).then_some(context);
    let mut region = own.or_else(|| context.region())?;
    while let Some(around) = region.within().next() {
        region = around;
    }
    Some(region)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn stage_by_stage_are_the_routes_that_pass_over_none(
        case in case(),
        from in 0..4usize,
        to in 0..4usize,
    ) {
        let graph = case.graph();
        let (start, goal) = (graph.node(&format!("o{from}")).unwrap(), graph.node(&format!("s{to}")).unwrap());
        let order = Pipeline::new(&graph, |_| true).stages;
        let reached = order.iter().filter(|it| leads(**it, goal, 4)).filter_map(|it| Some((far(start, *it)?, *it)));
        // `min_by_key` keeps the first of the nearest.
        let first = reached.min_by_key(|(far, _)| *far).map(|(_, stage)| stage);
        let is_in_order = |course: &Course| {
            let (nodes, taken) = (&course.route.nodes, stages(&course.route.nodes));
            nodes[nodes.len() - taken.len()..] == taken[..]
                && taken.first() == first.as_ref()
                && taken.windows(2).all(|pair| is_next(pair[0], pair[1]))
        };
        let all = ask(&graph, (start, goal), false);
        let routes = |courses: &[Course]| -> Vec<Vec<u32>> {
            courses.iter().map(|it| it.route.nodes.iter().map(|node| node.index()).collect()).collect()
        };
        let kept: Vec<Course> = all.iter().filter(|it| is_in_order(it)).cloned().collect();
        prop_assert_eq!(routes(&ask(&graph, (start, goal), true)), routes(&kept));
    }

    #[test]
    fn what_is_passed_over_comes_before_and_is_not_passed(
        case in case(),
        from in prop::sample::select(vec!["o0", "o1", "r0", "s0", "s1"]),
        to in 0..4usize,
    ) {
        let graph = case.graph();
        let (start, goal) = (graph.node(from).unwrap(), graph.node(&format!("s{to}")).unwrap());
        let pipeline = Pipeline::new(&graph, |_| true);
        let begin = Some(start).filter(|it| it.kind() == NodeKind::Stage);
        for course in ask(&graph, (start, goal), false).into_iter().take(50) {
            let passed = stages(&course.route.nodes);
            let before = pipeline.before(goal, begin);
            let left_out: Vec<Node> = before.into_iter().filter(|it| !passed.contains(it)).collect();
            prop_assert_eq!(&course.stages_not_passed, &left_out);
            let place = [start, goal].into_iter().find_map(outermost);
            prop_assert_eq!(course.place, place);
            let scope = Scope::new(&graph, place, &[]);
            let stations = course.stations.expect("it is asked for");
            prop_assert_eq!(stations.iter().map(|it| it.stage).collect::<Vec<_>>(), passed);
            for station in stations {
                prop_assert_eq!(station.actors.state, scope.actors(station.stage).state);
                prop_assert_eq!(station.support.by, scope.supports(station.stage));
            }
        }
    }
}
