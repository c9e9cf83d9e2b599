//! Changes to a question that would give a route where there is none.

use super::{Question, search};
use crate::graph::routes::{MOST_IN_VAIN, Routes};
use crate::graph::{Graph, RelationKind};
use crate::model::Traverse;

/// A change to the question that gives a route where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation<'g> {
    /// The change.
    pub change: Adjustment<'g>,
    /// The number of hops of the shortest route after the change.
    pub hops: usize,
}

/// A change to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Adjustment<'g> {
    /// Without the limit of hops.
    MaxHops,
    /// Enter the nodes that were to be avoided.
    NoAvoid,
    /// Without the nodes to be passed.
    NoVia,
    /// Pass over stages of development.
    AnyOrder,
    /// Use relations on any basis.
    NoBasis,
    /// Follow the kinds that were left out.
    NoWithout,
    /// Follow a kind that routes do not follow.
    Follow(RelationKind<'g>),
    /// Ignore direction.
    BothWays,
}

/// Each single change that gives a route where there is none, the least first.
pub(super) fn relaxations<'g>(graph: &'g Graph, question: &Question<'g>) -> Vec<Relaxation<'g>> {
    let mut changes = vec![
        Adjustment::MaxHops,
        Adjustment::NoAvoid,
        Adjustment::NoVia,
        Adjustment::AnyOrder,
        Adjustment::NoBasis,
        Adjustment::NoWithout,
    ];
    let unfollowed = graph
        .relation_kinds()
        .filter(|kind| kind.traverse() == Traverse::Never && !question.steps.follow.contains(kind));
    changes.extend(unfollowed.map(Adjustment::Follow));
    changes.push(Adjustment::BothWays);
    let mut in_vain = 0;
    changes
        .into_iter()
        .filter_map(|change| {
            let changed = apply(question, &change)?;
            // What is hard to pass stays so: to try it anew for each change would add up.
            if in_vain >= MOST_IN_VAIN && !changed.via.is_empty() {
                return None;
            }
            let ways = changed.ways(graph);
            let mut routes = Routes::new(&ways, &search(&changed));
            let found = routes.next();
            in_vain += routes.in_vain();
            Some(Relaxation { change, hops: found?.nodes.len() - 1 })
        })
        .collect()
}

/// The question after a change; none where the change changes nothing.
fn apply<'g>(question: &Question<'g>, change: &Adjustment<'g>) -> Option<Question<'g>> {
    let mut changed = question.clone();
    let steps = &mut changed.steps;
    let empty = |is_empty: bool| (!is_empty).then_some(());
    match change {
        Adjustment::MaxHops => changed.max_hops.take().map(drop)?,
        Adjustment::NoAvoid => empty(std::mem::take(&mut steps.avoid).is_empty())?,
        Adjustment::NoVia => empty(std::mem::take(&mut changed.via).is_empty())?,
        Adjustment::AnyOrder => changed.stage_by_stage.then(|| changed.stage_by_stage = false)?,
        Adjustment::NoBasis => empty(std::mem::take(&mut steps.bases).is_empty())?,
        Adjustment::NoWithout => empty(std::mem::take(&mut steps.without).is_empty())?,
        Adjustment::Follow(kind) => steps.follow.push(*kind),
        Adjustment::BothWays => empty(std::mem::replace(&mut steps.both_ways, true))?,
    }
    Some(changed)
}
