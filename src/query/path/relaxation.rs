//! What would give a route where there is none.

use super::{Question, search};
use crate::graph::routes::{MOST_IN_VAIN, Routes};
use crate::graph::{Graph, RelationKind};
use crate::model::Traverse;

/// What would give a route where there is none, and how long it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation<'g> {
    /// What to change.
    pub change: Change<'g>,
    /// The hops of the shortest route then.
    pub hops: usize,
}

/// A change to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<'g> {
    /// More hops.
    MaxHops,
    /// Enter what was to be avoided.
    NoAvoid,
    /// Pass less.
    NoVia,
    /// Pass over stages.
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
        Change::MaxHops,
        Change::NoAvoid,
        Change::NoVia,
        Change::AnyOrder,
        Change::NoBasis,
        Change::NoWithout,
    ];
    let unfollowed = graph
        .relation_kinds()
        .filter(|kind| kind.traverse() == Traverse::Never && !question.steps.follow.contains(kind));
    changes.extend(unfollowed.map(Change::Follow));
    changes.push(Change::BothWays);
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
fn apply<'g>(question: &Question<'g>, change: &Change<'g>) -> Option<Question<'g>> {
    let mut changed = question.clone();
    let steps = &mut changed.steps;
    let empty = |is_empty: bool| (!is_empty).then_some(());
    match change {
        Change::MaxHops => changed.max_hops.take().map(drop)?,
        Change::NoAvoid => empty(std::mem::take(&mut steps.avoid).is_empty())?,
        Change::NoVia => empty(std::mem::take(&mut changed.via).is_empty())?,
        Change::AnyOrder => changed.stage_by_stage.then(|| changed.stage_by_stage = false)?,
        Change::NoBasis => empty(std::mem::take(&mut steps.bases).is_empty())?,
        Change::NoWithout => empty(std::mem::take(&mut steps.without).is_empty())?,
        Change::Follow(kind) => steps.follow.push(*kind),
        Change::BothWays => empty(std::mem::replace(&mut steps.both_ways, true))?,
    }
    Some(changed)
}
