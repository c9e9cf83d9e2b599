//! The graph as it was on a date.
//!
//! Owns what a date means: who was there, what held, which name they had, who had taken whose place.
//! Questions ask the graph of the date and know nothing of dates; what holds at all is
//! [`build`](super::build())'s. A graph without dates and events is the same on every date.
//!
//! - **Dates** may be vague: `2015` stands for its days, and what can have held on one of them holds.
//!   Where a beginning or an end is unknown, it is open; an event without a date tells nothing.
//! - **Nodes** go where `since`, `until`, or every event `founded`, lies wholly after, or `until` or an
//!   event `dissolved` or `ended` wholly before the date, and their relations with them.
//! - **Relations** go where `since` and `until` exclude the date, or where an end or the context is gone.
//! - **Contextual roles** R@X go with R or X, and where none of the statements that spoke of them is
//!   left. What they rest on, and what is derived of them, follows the statements that are left.
//! - **Names**: see [`names`].
//! - **Mergers**: see [`takeover`].
//!
//! Nodes and relations keep their order. O(nodes + relations + names) time and memory; a relation that
//! was taken over costs the length of the chain of takeovers.

mod absence;
mod names;
mod roles;
mod takeover;

use std::collections::HashSet;
use std::sync::OnceLock;

use petgraph::graph::{DiGraph, NodeIndex};

use super::denial::DenialData;
use super::{Graph, NodeData};
use crate::model::{Date, NodeRecord};
pub use absence::Absence;
pub(super) use absence::Absent;
use takeover::Takeovers;

/// A relation between numbers of the graph before nodes are left out.
struct Tie {
    from: u32,
    to: u32,
    statement: u32,
    /// Whether an end took it over from another node.
    taken_over: bool,
}

impl Graph {
    /// The graph as it was on `date`; the module says what that means.
    ///
    /// A graph of that date is itself. To ask for another date, begin with the graph of the atlas: what
    /// has been left out does not come back.
    pub fn as_of(mut self, date: Date) -> Graph {
        if self.date == Some(date) {
            return self;
        }
        let takeovers = Takeovers::on(&self, date);
        let mut there = self.nodes_on(date, &takeovers);
        names::restore(&mut self.nodes, date);
        let mut ties = self.ties_on(date, &there, &takeovers);
        self.drop_repeated(&mut ties);
        self.drop_circular(&mut ties);
        let denials = self.denials_on(date, &there);
        self.settle_roles(&mut there, &mut ties, &denials);
        takeovers.pass_names_on(&mut self.nodes, &there);
        self.denials = denials;
        self.keep(&there, ties, &takeovers, date)
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
        let mut ties = Vec::with_capacity(self.topology.edge_count());
        for index in 0..self.topology.edge_count() {
            let edge = &self.topology.raw_edges()[index];
            let (from, to) = (edge.source().index() as u32, edge.target().index() as u32);
            let statement = &self.statements[edge.weight as usize];
            let places = (takeovers.place(from), takeovers.place(to));
            let is_there = |node: u32| there[node as usize];
            let holds = can_hold(statement.since, statement.until, date)
                && statement.context.is_none_or(is_there)
                && is_there(places.0)
                && is_there(places.1);
            if !holds {
                continue;
            }
            if places == (from, to) {
                ties.push(Tie { from, to, statement: edge.weight, taken_over: false });
            } else if places.0 != places.1 && (places.0 == from || self.is_passed_on(statement)) {
                let statement = takeovers.take_over(self, statement, [from, to]);
                let number = self.statements.len() as u32;
                self.statements.push(statement);
                let (from, to) = places;
                ties.push(Tie { from, to, statement: number, taken_over: true });
            }
        }
        ties
    }

    /// The statements of there being none that held, of what was there. Nobody takes them over: that one
    /// had none tells nothing of the other.
    fn denials_on(&self, date: Date, there: &[bool]) -> Vec<DenialData> {
        let holds = |denial: &DenialData| {
            let statement = &self.statements[denial.statement as usize];
            let is_there = |node: u32| there[node as usize];
            can_hold(statement.since, statement.until, date)
                && is_there(denial.node)
                && statement.context.is_none_or(is_there)
        };
        self.denials.iter().copied().filter(holds).collect()
    }

    /// Drops what was taken over and is there already.
    fn drop_repeated(&self, ties: &mut Vec<Tie>) {
        if ties.iter().all(|tie| !tie.taken_over) {
            return;
        }
        let said = |tie: &Tie| {
            let statement = &self.statements[tie.statement as usize];
            (statement.kind, tie.from, tie.to, statement.context)
        };
        let mut known: HashSet<_> = ties.iter().filter(|tie| !tie.taken_over).map(said).collect();
        ties.retain(|tie| !tie.taken_over || known.insert(said(tie)));
    }

    /// Numbers anew what is left.
    fn keep(mut self, there: &[bool], ties: Vec<Tie>, takeovers: &Takeovers, date: Date) -> Graph {
        let numbers = numbers(there);
        let number = |index: u32| numbers[index as usize];
        let kept = |index: u32| there[index as usize].then(|| number(index));
        for absent in &mut self.absent {
            absent.heir = absent.heir.and_then(kept);
        }
        let mut topology = DiGraph::with_capacity(0, ties.len());
        let mut nodes: Vec<NodeData> = Vec::new();
        for (index, mut node) in (0..).zip(std::mem::take(&mut self.nodes)) {
            if there[index as usize] {
                let placed = |(role, context)| (number(role), number(context));
                node.contextual = node.contextual.map(placed);
                topology.add_node(());
                nodes.push(node);
            } else {
                let NodeData { kind, record, .. } = node;
                self.ids.remove(&record.id.value);
                let heir = kept(takeovers.place(index));
                self.absent.push(Absent { kind, record, heir });
            }
        }
        self.ids.values_mut().for_each(|index| *index = number(*index));
        let mut is_used = vec![false; self.statements.len()];
        ties.iter().for_each(|tie| is_used[tie.statement as usize] = true);
        self.denials.iter().for_each(|denial| is_used[denial.statement as usize] = true);
        let statements = self::numbers(&is_used);
        for tie in ties {
            let ends = [tie.from, tie.to].map(|end| NodeIndex::new(number(end) as usize));
            topology.add_edge(ends[0], ends[1], statements[tie.statement as usize]);
        }
        for denial in &mut self.denials {
            denial.node = number(denial.node);
            denial.statement = statements[denial.statement as usize];
        }
        let mut used = is_used.into_iter();
        self.statements.retain(|_| used.next() == Some(true));
        for statement in &mut self.statements {
            statement.context = statement.context.map(number);
        }
        Graph { topology, nodes, folded: OnceLock::new(), date: Some(date), ..self }
    }
}

/// The new number of each that is kept, in order.
fn numbers(kept: &[bool]) -> Vec<u32> {
    let mut next = 0;
    let number = |kept: &bool| {
        let number = next;
        next += u32::from(*kept);
        number
    };
    kept.iter().map(number).collect()
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
    let mut ends =
        record.events.iter().filter(|event| matches!(&*event.kind, "dissolved" | "ended"));
    !can_hold(None, record.until, date)
        || ends.any(|event| event.date.is_some_and(|end| end.is_before(date)))
}
