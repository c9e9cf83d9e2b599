//! The stages in the order in which development passes them.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::{Graph, Node, Relation};
use crate::model::{Core, NodeKind};

/// The stages with the `next` relations between them, in order.
#[derive(Debug)]
pub struct Pipeline<'g> {
    /// The stages; what must come before another does, and the order of the atlas decides the rest.
    pub stages: Vec<Node<'g>>,
    /// The stages that lead back to themselves, each loop in the order of `stages`.
    pub loops: Vec<Vec<Node<'g>>>,
    next: BTreeMap<u32, BTreeSet<u32>>,
}

impl<'g> Pipeline<'g> {
    /// Orders the stages by the `next` relations that satisfy `counts`; stages of one loop stay together.
    ///
    /// Strongly connected components (Kosaraju) taken in topological order (Kahn, CACM 5, 1962);
    /// O(stages² + relations of stages).
    pub fn new(graph: &'g Graph, counts: impl Fn(Relation<'g>) -> bool) -> Self {
        let stages: Vec<Node> = graph.nodes_of(NodeKind::Stage).collect();
        let mut steps: DiGraphMap<u32, ()> = DiGraphMap::new();
        for stage in &stages {
            steps.add_node(stage.index());
            let leads = stage.outgoing().filter(|it| it.is(Core::Next) && counts(*it));
            for relation in leads {
                steps.add_edge(stage.index(), relation.to().index(), ());
            }
        }
        let mut groups: Vec<Vec<u32>> = kosaraju_scc(&steps);
        groups.iter_mut().for_each(|group| group.sort_unstable());
        let group_of: BTreeMap<u32, usize> = (0..)
            .zip(&groups)
            .flat_map(|(at, group)| group.iter().map(move |it| (*it, at)))
            .collect();
        let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); groups.len()];
        for (from, to, ()) in steps.all_edges() {
            if group_of[&from] != group_of[&to] {
                before[group_of[&to]].insert(group_of[&from]);
            }
        }
        let order = in_order(&groups, before);
        let node = |index: &u32| graph.node_at(*index);
        let returns = |group: &[u32]| group.len() > 1 || steps.contains_edge(group[0], group[0]);
        Pipeline {
            stages: order.iter().flat_map(|at| groups[*at].iter().map(node)).collect(),
            loops: order
                .iter()
                .filter(|at| returns(&groups[**at]))
                .map(|at| groups[*at].iter().map(node).collect())
                .collect(),
            next: steps.nodes().map(|it| (it, steps.neighbors(it).collect())).collect(),
        }
    }

    /// Keeps the stages on a way from `from` to `to` (from any or to any where absent).
    pub fn between(&mut self, from: Option<Node<'g>>, to: Option<Node<'g>>) {
        let after = from.map(|from| reached(from.index(), &self.next));
        let before = to.map(|to| reached(to.index(), &backwards(&self.next)));
        self.keep(|stage| {
            after.as_ref().is_none_or(|it| it.contains(&stage.index()))
                && before.as_ref().is_none_or(|it| it.contains(&stage.index()))
        });
    }

    /// Keeps the stages that satisfy `wanted`.
    pub fn keep(&mut self, wanted: impl Fn(Node<'g>) -> bool) {
        let Some(graph) = self.stages.first().map(|stage| stage.graph) else { return };
        let kept = |stage: u32| wanted(graph.node_at(stage));
        self.stages.retain(|stage| wanted(*stage));
        self.loops.retain(|stages| stages.iter().all(|stage| wanted(*stage)));
        self.next.retain(|stage, next| {
            next.retain(|it| kept(*it));
            kept(*stage)
        });
    }

    /// Returns the stages that come before one, in order: those that development passes on a way from a beginning
    /// (from `from`, where that is given) and that lead on to it. What only follows on it is none, even
    /// where a loop leads back.
    ///
    /// A beginning is a stage that no other leads to, or the first of a loop that none leads into.
    /// O(stages + relations of stages).
    pub fn before(&self, stage: Node<'g>, from: Option<Node<'g>>) -> Vec<Node<'g>> {
        // The way ends at the stage.
        let goal = stage.index();
        let open: BTreeMap<u32, BTreeSet<u32>> = self
            .next
            .iter()
            .filter(|(it, _)| **it != goal)
            .map(|(it, next)| (*it, next.clone()))
            .collect();
        let mut passed = BTreeSet::new();
        match from {
            Some(from) => passed.extend(reached(from.index(), &open)),
            None => self.beginnings().for_each(|it| passed.extend(reached(it.index(), &open))),
        }
        let leads = reached(goal, &backwards(&self.next));
        let is_before = |it: &&Node<'g>| {
            **it != stage && passed.contains(&it.index()) && leads.contains(&it.index())
        };
        self.stages.iter().filter(is_before).copied().collect()
    }

    /// The first stage of each group that no stage before it leads to.
    fn beginnings(&self) -> impl Iterator<Item = Node<'g>> {
        let mut known = BTreeSet::new();
        self.stages.iter().copied().filter(move |stage| {
            let is_new = !known.contains(&stage.index());
            if is_new {
                known.extend(reached(stage.index(), &self.next));
            }
            is_new
        })
    }

    /// Returns the stages that a stage leads to.
    pub fn next(&self, stage: Node<'g>) -> impl Iterator<Item = Node<'g>> {
        let next = self.next.get(&stage.index()).into_iter().flatten();
        next.map(move |it| stage.graph.node_at(*it))
    }

    /// Where development begins and ends: the first stage that leads on, and the last that it leads to;
    /// none where no stage leads to another.
    pub fn ends(&self) -> Option<(Node<'g>, Node<'g>)> {
        let leads_on = |stage: &&Node<'g>| self.next(**stage).any(|next| next != **stage);
        let first = *self.stages.iter().find(leads_on)?;
        let after = reached(first.index(), &self.next);
        let last = self.stages.iter().rfind(|stage| after.contains(&stage.index()))?;
        Some((first, *last))
    }

    /// Returns the ways from one stage to another that pass no stage twice, and whether there may
    /// be more than `most` of them; the order is that of the atlas, depth first.
    pub fn chains(&self, from: Node<'g>, to: Node<'g>, most: usize) -> (Vec<Vec<Node<'g>>>, bool) {
        let before = reached(to.index(), &backwards(&self.next));
        let mut found = Vec::new();
        let mut open = vec![vec![from]];
        // Loops may hold far more dead ends than ways.
        let mut tries = most.saturating_mul(100);
        while let Some(chain) = open.pop() {
            if found.len() == most || tries == 0 {
                return (found, true);
            }
            tries -= 1;
            let here = chain[chain.len() - 1];
            if here == to {
                found.push(chain);
                continue;
            }
            let leads = |next: &Node<'g>| before.contains(&next.index()) && !chain.contains(next);
            let next: Vec<Node> = self.next(here).filter(leads).collect();
            open.extend(next.into_iter().rev().map(|next| [&chain[..], &[next]].concat()));
        }
        (found, false)
    }
}

/// The same steps the other way.
fn backwards(next: &BTreeMap<u32, BTreeSet<u32>>) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut back: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (stage, next) in next {
        for then in next {
            back.entry(*then).or_default().insert(*stage);
        }
    }
    back
}

/// The groups so that each comes after those `before` it, the least stage first.
fn in_order(groups: &[Vec<u32>], mut before: Vec<BTreeSet<usize>>) -> Vec<usize> {
    let ready = |at: &usize| (groups[*at][0], *at);
    let mut open: BTreeSet<(u32, usize)> =
        (0..groups.len()).filter(|at| before[*at].is_empty()).map(|at| ready(&at)).collect();
    let mut order = Vec::with_capacity(groups.len());
    while let Some((_, done)) = open.pop_first() {
        order.push(done);
        for (at, needs) in before.iter_mut().enumerate() {
            if needs.remove(&done) && needs.is_empty() {
                open.insert(ready(&at));
            }
        }
    }
    order
}

fn reached(start: u32, next: &BTreeMap<u32, BTreeSet<u32>>) -> BTreeSet<u32> {
    let mut found = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(here) = open.pop() {
        open.extend(next.get(&here).into_iter().flatten().filter(|it| found.insert(**it)));
    }
    found
}
