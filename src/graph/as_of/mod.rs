//! The atlas as it was on a date.
//!
//! Decides what a date means: which nodes existed, which relations held, which names nodes had, and
//! which node had taken the place of which. It works on the statements of the files, before
//! anything is derived from them, so that derived relations follow from what held on the date.
//! Questions ask the graph of the date and need not handle dates. An atlas without dates and events
//! is the same on every date.
//!
//! - **Dates** may be vague: `2015` stands for every day of that year, and a statement that can
//!   have held on one of the days is kept. An unknown beginning or end is open; an event without a
//!   date has no effect.
//! - **Nodes** are left out, with their relations, where `since`, `until` or every `founded` event
//!   lies wholly after the date, or where `until` or an event that
//!   [ends](crate::model::Event::is_end) them lies wholly before it.
//! - **Relations** are left out where `since` or `until` exclude the date, or where an end or the
//!   context is left out.
//! - **Contextual roles** R@X are left out with R or X, and where no statement that is kept names
//!   them.
//! - **Names**: see [`names`].
//! - **Mergers**: see [`takeover`].
//!
//! Nodes and relations keep their order. O(nodes + relations + names) time and memory; a relation that
//! was taken over costs the length of the chain of takeovers.

mod absence;
mod names;
mod takeover;

use std::collections::HashSet;

use super::build::{Tie, Written};
use super::denial::DenialData;
use crate::model::{Date, NodeRecord};
pub use absence::AbsentNode;
pub(super) use absence::LeftOut;
use takeover::Takeovers;

/// The nodes that a date leaves out, and what became of them.
pub(super) struct Past {
    pub date: Date,
    /// For each node, whether it existed.
    pub there: Vec<bool>,
    /// For each node, the node that had taken its place in the end; itself where there is none.
    pub places: Vec<u32>,
}

impl Written {
    /// Keeps what held on `date`, as the module describes.
    pub(super) fn held_on(mut self, date: Date) -> Written {
        let takeovers = Takeovers::on(&self, date);
        let there = self.nodes_on(date, &takeovers);
        names::restore(&mut self.nodes, date);
        let mut ties = self.ties_on(date, &there, &takeovers);
        self.drop_repeated(&mut ties);
        self.drop_circular(&mut ties);
        self.ties = ties;
        self.keep_denials(date, &there);
        takeovers.pass_names_on(&mut self.nodes, &there);
        for node in &mut self.nodes {
            node.takeover = takeover::left_open(&node.record, date);
        }
        self.past = Some(Past { date, there, places: takeovers.places() });
        self
    }

    /// Which nodes were there: neither not yet nor no more, and with nobody in their place.
    fn nodes_on(&self, date: Date, takeovers: &Takeovers) -> Vec<bool> {
        let mut there: Vec<bool> = Vec::with_capacity(self.nodes.len());
        for (index, node) in (0..).zip(&self.nodes) {
            // The role and the context stand before the contextual role.
            let is_spoken_of =
                |(role, context): (u32, u32)| there[role as usize] && there[context as usize];
            let is_there = has_begun(&node.record, date)
                && !has_ended(&node.record, date)
                && takeovers.place(index) == index
                && node.contextual.is_none_or(is_spoken_of);
            there.push(is_there);
        }
        there
    }

    /// The relations that held, those that were taken over among them.
    fn ties_on(&mut self, date: Date, there: &[bool], takeovers: &Takeovers) -> Vec<Tie> {
        let mut kept = Vec::with_capacity(self.ties.len());
        for tie in std::mem::take(&mut self.ties) {
            let statement = self.statement(&tie);
            let (from, to) = (takeovers.place(tie.from), takeovers.place(tie.to));
            let is_there = |node: u32| there[node as usize];
            let holds = can_hold(statement.since, statement.until, date)
                && statement.context.is_none_or(is_there)
                && is_there(from)
                && is_there(to);
            if !holds {
                continue;
            }
            if (from, to) == (tie.from, tie.to) {
                kept.push(tie);
            } else if from != to && (from == tie.from || self.is_passed_on(statement)) {
                let taken = takeovers.take_over(self, &tie);
                let number = self.statements.len() as u32;
                self.statements.push(taken);
                kept.push(Tie { from, to, statement: number, written: tie.written });
            }
        }
        kept
    }

    /// Keeps the statements of there being none that held, of what was there. Nobody takes them over:
    /// that one had none tells nothing of the other.
    fn keep_denials(&mut self, date: Date, there: &[bool]) {
        let statements = &self.statements;
        self.denials.retain(|denial: &DenialData| {
            let statement = &statements[denial.statement as usize];
            let is_there = |node: u32| there[node as usize];
            can_hold(statement.since, statement.until, date)
                && is_there(denial.node)
                && statement.context.is_none_or(is_there)
        });
    }

    /// Drops what was taken over and is there already.
    fn drop_repeated(&self, ties: &mut Vec<Tie>) {
        if !ties.iter().any(Tie::is_taken_over) {
            return;
        }
        let said = |tie: &Tie| {
            let statement = self.statement(tie);
            (statement.kind, tie.from, tie.to, statement.context)
        };
        let mut known: HashSet<_> =
            ties.iter().filter(|tie| !tie.is_taken_over()).map(said).collect();
        ties.retain(|tie| !tie.is_taken_over() || known.insert(said(tie)));
    }
}

/// Whether something with this beginning and end can have held on `date`.
fn can_hold(since: Option<Date>, until: Option<Date>, date: Date) -> bool {
    !since.is_some_and(|since| date.is_before(since))
        && !until.is_some_and(|until| until.is_before(date))
}

/// Whether a node can have been there by `date`.
fn has_begun(record: &NodeRecord, date: Date) -> bool {
    let founded = record.events.iter().filter(|event| event.kind == "founded");
    let mut founded = founded.filter_map(|event| event.date).peekable();
    can_hold(record.since, None, date)
        && (founded.peek().is_none() || founded.any(|founded| !date.is_before(founded)))
}

/// Whether a node was there no more on `date`.
fn has_ended(record: &NodeRecord, date: Date) -> bool {
    let mut ends = record.events.iter().filter(|event| event.is_end());
    !can_hold(None, record.until, date)
        || ends.any(|event| event.date.is_some_and(|end| end.is_before(date)))
}
