//! What follows from the statements of an atlas: contextual roles, and the stages that they inherit.
//!
//! - **A contextual role** R@X is there where a statement speaks of it. It rests on the strongest of
//!   those statements, the first of several, and so do `R@X specializes R` and `R@X in X`.
//! - **Stages**: what R acts in at all, R@X acts in too, unless a statement says so of R@X itself. What
//!   another R@Y acts in says nothing of R@X. An inherited relation cites what R@X rests on, for that
//!   is what its own context says, or what R's relation cites where that is nothing; it stands on the
//!   weaker basis of the two.

use std::collections::{HashMap, HashSet};

use super::{Tie, Written};
use crate::graph::as_of::LeftOut;
use crate::graph::flat::{Parts, Vocabulary};
use crate::graph::{Graph, Statement};
use crate::model::Core;
use crate::origin::At;

/// What a contextual role rests on, by the numbers of statements as they were written.
#[derive(Clone, Copy)]
struct Rest {
    first: u32,
    strongest: Tie,
}

impl Written {
    /// Derives what follows and makes the graph. O(nodes + relations).
    pub fn derive(mut self) -> Graph {
        let rests = self.rests();
        let mut there = match &mut self.past {
            Some(past) => std::mem::take(&mut past.there),
            None => vec![true; self.nodes.len()],
        };
        for (index, rest) in rests.iter().enumerate() {
            match rest {
                Some(rest) => self.settle(index as u32, *rest),
                None => there[index] &= self.nodes[index].contextual.is_none(),
            }
        }
        self.inherit_stages(&there);
        self.number_anew(&there)
    }

    /// What each contextual role rests on; nothing for other nodes, and where nothing speaks of it.
    fn rests(&self) -> Vec<Option<Rest>> {
        let mut rests: Vec<Option<Rest>> = vec![None; self.nodes.len()];
        let is_contextual: Vec<bool> =
            self.nodes.iter().map(|node| node.contextual.is_some()).collect();
        let mut add = |node: u32, tie: Tie| {
            if !is_contextual[node as usize] {
                return;
            }
            let strength = |tie: &Tie| (self.statement(tie).basis, tie.written);
            let rest =
                rests[node as usize].get_or_insert(Rest { first: tie.written, strongest: tie });
            rest.first = rest.first.min(tie.written);
            if strength(&tie) < strength(&rest.strongest) {
                rest.strongest = tie;
            }
        };
        for tie in &self.ties {
            add(tie.from, *tie);
            add(tie.to, *tie);
        }
        for denial in &self.denials {
            let (node, statement) = (denial.node, denial.statement);
            add(node, Tie { from: node, to: node, statement, written: statement });
        }
        rests
    }

    /// Lets a contextual role rest on what speaks of it, and ties it to its role and its context.
    fn settle(&mut self, index: u32, Rest { first, strongest }: Rest) {
        let Some((role, context)) = self.nodes[index as usize].contextual else { return };
        let origin = self.statements[first as usize].origin;
        let Statement { basis, confidence, sources, .. } = self.statement(&strongest).clone();
        let record = &mut self.nodes[index as usize].record;
        record.basis = basis;
        record.confidence = confidence.map(|it| At::new(it, Default::default()));
        record.sources.clone_from(&sources);
        let derived = Statement {
            kind: self.core[Core::Specializes],
            context: None,
            since: None,
            until: None,
            status: None,
            open: false,
            basis,
            confidence,
            note: None,
            sources,
            derived: true,
            origin,
        };
        self.tie(index, role, derived.clone());
        self.tie(index, context, Statement { kind: self.core[Core::In], ..derived });
    }

    fn inherit_stages(&mut self, there: &[bool]) {
        let acts =
            self.ties.iter().filter(|tie| self.statement(tie).kind == self.core[Core::ActsIn]);
        let acts: Vec<Tie> = acts.copied().collect();
        let said: HashSet<(u32, u32)> = acts.iter().map(|tie| (tie.from, tie.to)).collect();
        let mut of_role: HashMap<u32, Vec<Tie>> = HashMap::new();
        for tie in acts {
            of_role.entry(tie.from).or_default().push(tie);
        }
        for index in (0..there.len() as u32).filter(|index| there[*index as usize]) {
            let Some((role, context)) = self.nodes[index as usize].contextual else { continue };
            let general = of_role.get(&role).into_iter().flatten();
            for tie in general.filter(|tie| !said.contains(&(index, tie.to))) {
                let said = self.statement(tie);
                let record = &self.nodes[index as usize].record;
                let confidence = record.confidence.map(|it| it.value);
                let (basis, confidence) =
                    (said.basis, said.confidence).max((record.basis, confidence));
                let sources =
                    if record.sources.is_empty() { &said.sources } else { &record.sources };
                let inherited = Statement {
                    context: Some(context),
                    basis,
                    confidence,
                    sources: sources.clone(),
                    derived: true,
                    ..said.clone()
                };
                self.tie(index, tie.to, inherited);
            }
        }
    }

    fn tie(&mut self, from: u32, to: u32, statement: Statement) {
        let number = self.statements.len() as u32;
        self.statements.push(statement);
        self.ties.push(Tie { from, to, statement: number, written: number });
    }

    /// Makes the graph of the nodes that are there.
    fn number_anew(mut self, there: &[bool]) -> Graph {
        let numbers = numbers(there);
        let number = |index: u32| numbers[index as usize];
        let mut is_used = vec![false; self.statements.len()];
        self.ties.iter().for_each(|tie| is_used[tie.statement as usize] = true);
        self.denials.iter().for_each(|denial| is_used[denial.statement as usize] = true);
        let statements = self::numbers(&is_used);

        let mut absent = Vec::new();
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for (index, mut node) in (0..).zip(self.nodes) {
            if there[index as usize] {
                let placed = |(role, context)| (number(role), number(context));
                node.contextual = node.contextual.map(placed);
                nodes.push(node);
                continue;
            }
            let place = self.past.as_ref().map_or(index, |past| past.places[index as usize]);
            let heir = there[place as usize].then(|| number(place));
            absent.push(LeftOut { kind: node.kind, record: node.record, heir });
        }
        let ends =
            |tie: &Tie| (number(tie.from), number(tie.to), statements[tie.statement as usize]);
        let relations = self.ties.iter().map(ends).collect();
        for denial in &mut self.denials {
            denial.node = number(denial.node);
            denial.statement = statements[denial.statement as usize];
        }
        let mut used = is_used.into_iter();
        self.statements.retain(|_| used.next() == Some(true));
        for statement in &mut self.statements {
            statement.context = statement.context.map(number);
        }
        let vocabulary = Vocabulary {
            denials: self.denials,
            kinds: self.kinds,
            texts: self.sources.iter_mut().map(|source| source.text_path.take()).collect(),
            sources: self.sources,
            node_types: self.node_types.into_iter().collect(),
            event_kinds: self.event_kinds.into_iter().collect(),
            layers: self.layers,
            core: self.core,
        };
        let statements = self.statements;
        let date = self.past.map(|past| past.date);
        Graph { date, absent, ..Graph::of(Parts { nodes, relations, statements, vocabulary }) }
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
