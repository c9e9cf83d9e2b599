//! Contextual roles on a date: what is left that speaks of them.

use super::Tie;
use crate::graph::denial::DenialData;
use crate::graph::{Graph, Statement};
use crate::model::{Basis, Core};
use crate::origin::At;

/// What speaks of a contextual role.
#[derive(Clone, Copy, Default)]
struct Support {
    /// How many statements do on every date.
    ever: u32,
    /// How many of them are left as they were.
    left: u32,
    /// What it rests on, among what is left or was taken over.
    rest: Option<Rest>,
}

#[derive(Clone, Copy)]
struct Rest {
    /// The first statement.
    first: u32,
    /// The first of those on the strongest basis.
    strongest: u32,
    basis: Basis,
}

impl Support {
    fn add(&mut self, statement: u32, basis: Basis) {
        let new = Rest { first: statement, strongest: statement, basis };
        let rest = self.rest.get_or_insert(new);
        if basis < rest.basis {
            *rest = Rest { first: rest.first, ..new };
        }
    }

    /// What it rests on, where that may be another than before.
    fn changed(self) -> Option<Rest> {
        self.rest.filter(|_| self.left < self.ever)
    }
}

impl Graph {
    /// Leaves out the contextual roles that nothing speaks of any more, and lets the others rest on
    /// what is left, as if nothing else had ever been written. O(nodes + relations).
    pub(super) fn settle_roles(
        &mut self,
        there: &mut [bool],
        ties: &mut Vec<Tie>,
        denials: &[DenialData],
    ) {
        let supports = self.supports(ties, denials);
        for (is_there, support) in there.iter_mut().zip(&supports) {
            *is_there &= support.ever == 0 || support.rest.is_some();
        }
        ties.retain(|tie| there[tie.from as usize] && there[tie.to as usize]);
        for (node, support) in self.nodes.iter_mut().zip(&supports) {
            if let Some(rest) = support.changed() {
                let statement = &self.statements[rest.strongest as usize];
                node.record.basis = statement.basis;
                node.record.confidence =
                    statement.confidence.map(|it| At::new(it, Default::default()));
                node.record.sources.clone_from(&statement.sources);
            }
        }
        for tie in &*ties {
            if let Some(rest) = supports[tie.from as usize].changed()
                && self.is_of_role(tie.from, tie.statement)
            {
                self.restate(tie.statement, rest);
            }
        }
    }

    /// Lets a relation that ties a contextual role to its role or context rest on what is left.
    fn restate(&mut self, derived: u32, Rest { first, strongest, .. }: Rest) {
        let origin = self.statements[first as usize].origin;
        let Statement { basis, confidence, sources, .. } =
            self.statements[strongest as usize].clone();
        let derived = &mut self.statements[derived as usize];
        // The stages are inherited: they rest on what the role acts in.
        if derived.kind != self.core[Core::ActsIn] {
            *derived = Statement { basis, confidence, sources, origin, ..derived.clone() };
        }
    }

    fn supports(&self, ties: &[Tie], denials: &[DenialData]) -> Vec<Support> {
        let mut supports = vec![Support::default(); self.nodes.len()];
        for edge in self.topology.raw_edges() {
            let ends = [edge.source(), edge.target()].map(|end| end.index() as u32);
            if !self.is_of_role(ends[0], edge.weight) {
                self.contextual(ends).for_each(|role| supports[role].ever += 1);
            }
        }
        for tie in ties.iter().filter(|tie| !self.is_of_role(tie.from, tie.statement)) {
            let basis = self.statements[tie.statement as usize].basis;
            for role in self.contextual([tie.from, tie.to]) {
                supports[role].left += u32::from(!tie.taken_over);
                supports[role].add(tie.statement, basis);
            }
        }
        for denial in &self.denials {
            supports[denial.node as usize].ever += u32::from(self.is_contextual(denial.node));
        }
        for denial in denials.iter().filter(|denial| self.is_contextual(denial.node)) {
            let support = &mut supports[denial.node as usize];
            support.left += 1;
            support.add(denial.statement, self.statements[denial.statement as usize].basis);
        }
        supports
    }

    fn is_contextual(&self, node: u32) -> bool {
        self.nodes[node as usize].contextual.is_some()
    }

    fn contextual(&self, ends: [u32; 2]) -> impl Iterator<Item = usize> {
        ends.into_iter().filter(|end| self.is_contextual(*end)).map(|end| end as usize)
    }

    /// Whether a statement from this node is one that the graph derives of a contextual role.
    fn is_of_role(&self, from: u32, statement: u32) -> bool {
        let statement = &self.statements[statement as usize];
        let kinds = [self.core[Core::Specializes], self.core[Core::In], self.core[Core::ActsIn]];
        statement.derived
            && self.nodes[from as usize].contextual.is_some()
            && kinds.contains(&statement.kind)
    }
}
