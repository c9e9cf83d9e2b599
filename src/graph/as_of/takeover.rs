//! Who had taken whose place on a date.
//!
//! An event `acquired`, `merged` or `succeeded` with another organization, begun by the date, means
//! that the other one has taken this one's place: the latest counts, if the other one can have been
//! founded by then, and chains are followed. Who goes in a circle keeps its place, and so does an *acquired* organization that by a relation that holds
//! is still a part of who acquired it.
//!
//! The other one takes its relations over, but for where it was and what it was a part of
//! (`located-in`, `within`, `part-of`): these say nothing of who took its place. Nor does it come to be
//! related to itself, twice to the same, or to be a part of its own parts. What is taken over is no
//! longer what a source states of the other one: it is derived, inferred with medium confidence, since
//! the takeover, and says so in its note; its sources are those of the statement and of the events.
//! Names become aliases of the other one.
//!
//! Only organizations take places: what is a context, or a role, stands for itself.
//!
//! Where an event of these kinds leaves a node in its place, because it names nobody, or nobody who can
//! take it, the atlas does not tell what became of the node: it stays and carries the event as a
//! [mark](crate::graph::Node::takeover), until a later event shows that it went on. `succeeded` by
//! nobody named ends it.

use std::collections::{BTreeMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::{Tie, Written, can_hold, has_begun, has_ended};
use crate::graph::{NodeData, Statement};
use crate::lang::Lang;
use crate::model::{Basis, Confidence, Core, Date, Event, NodeKind, NodeRecord, Text};

/// For every node, the node that has taken its place.
pub struct Takeovers {
    /// Who took the place of each node in the end; itself where nobody did.
    places: Vec<u32>,
    /// The event by which the next one did, of all that have one, and the next one.
    steps: Vec<Option<Step>>,
}

#[derive(Clone, Copy)]
struct Step {
    /// Which of the events of the node.
    event: usize,
    next: u32,
}

impl Takeovers {
    /// Finds who had taken whose place on `date`. O(nodes + events + relations).
    pub fn on(written: &Written, date: Date) -> Self {
        let nodes = &written.nodes;
        let begun: Vec<bool> = nodes.iter().map(|node| has_begun(&node.record, date)).collect();
        let step = |index: u32| {
            let node = &nodes[index as usize];
            if node.kind != NodeKind::Organization || !begun[index as usize] {
                return None;
            }
            let events = node.record.events.iter().enumerate();
            let taking = events.filter(|(_, event)| event.successor().is_some());
            let dated = taking.filter_map(|(number, event)| Some((event.date?, number)));
            let done = dated.filter(|(on, _)| !date.is_before(*on));
            let (_, event) = done.max_by_key(|(on, _)| on.first_day())?;
            let next = *written.ids.get(&node.record.events[event].successor()?.value)?;
            let takes = nodes[next as usize].kind == NodeKind::Organization;
            (takes && begun[next as usize]).then_some(Step { event, next })
        };
        let steps: Vec<Option<Step>> = (0..nodes.len() as u32).map(step).collect();
        let parts = written.parts_on(date);
        let stays = |node: u32, step: Step, last: u32| {
            nodes[node as usize].record.events[step.event].kind == "acquired"
                && [step.next, last].into_iter().any(|whole| parts.contains(&(node, whole)))
        };
        Takeovers { places: places(&steps, stays), steps }
    }

    /// Returns the node that has taken the place of `node`; `node` itself where there is none.
    pub fn place(&self, node: u32) -> u32 {
        self.places[node as usize]
    }

    /// Returns, for each node, the node that has taken its place; itself where there is none.
    pub fn places(self) -> Vec<u32> {
        self.places
    }

    /// Each node from `node` to the last before who stands in its place, with the event that ended it.
    fn chain<'n>(
        &self,
        nodes: &'n [NodeData],
        node: u32,
    ) -> impl Iterator<Item = (&'n NodeData, &'n Event)> {
        let mut at = node;
        std::iter::from_fn(move || {
            let step = self.steps[at as usize].filter(|_| at != self.place(node))?;
            let data = &nodes[at as usize];
            at = step.next;
            Some((data, &data.record.events[step.event]))
        })
    }

    /// Returns the statement of a relation whose ends are replaced by the nodes that have taken
    /// their places.
    pub fn take_over(&self, written: &Written, tie: &Tie) -> Statement {
        let statement = written.statement(tie);
        let mut taken = Statement {
            basis: Basis::Inferred,
            confidence: Some(Confidence::Medium),
            derived: true,
            ..statement.clone()
        };
        let (mut en, mut ja) = (Vec::new(), Vec::new());
        for end in [tie.from, tie.to] {
            let mut last: Option<Date> = None;
            for (_, event) in self.chain(&written.nodes, end) {
                last = last.max(event.date);
                for citation in &event.sources {
                    if taken.sources.iter().all(|known| known.value != citation.value) {
                        taken.sources.push(citation.clone());
                    }
                }
            }
            let Some(date) = last else { continue };
            taken.since = taken.since.max(last);
            let NodeRecord { id, name, .. } = &written.nodes[end as usize].record;
            let name = |lang| name.in_lang(lang).unwrap_or(&id.value);
            en.push(format!("as {}; taken over {date}", name(Lang::En)));
            ja.push(format!("{}として（{date} に承継）", name(Lang::Ja)));
        }
        let note = statement.note.as_deref().cloned().unwrap_or_default();
        en.extend(note.en);
        ja.extend(note.ja);
        taken.note = Statement::note(Text { ja: Some(ja.join("。")), en: Some(en.join("; ")) });
        taken
    }

    /// Adds the names of each node that is gone to the aliases of the node that has taken its
    /// place, if that exists. O(names).
    pub fn pass_names_on(&self, nodes: &mut [NodeData], there: &[bool]) {
        let mut heirs: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (node, heir) in (0..).zip(self.places.iter().copied()) {
            if node != heir && there[heir as usize] {
                heirs.entry(heir).or_default().push(node);
            }
        }
        for (heir, gone) in heirs {
            let own = &nodes[heir as usize].record;
            let mut known: HashSet<&str> =
                own.name.both().chain(own.aliases.iter().map(String::as_str)).collect();
            let mut aliases = Vec::new();
            for node in gone {
                let record = &nodes[node as usize].record;
                let names = record.name.both().chain(record.aliases.iter().map(String::as_str));
                aliases.extend(names.filter(|name| known.insert(name)).map(str::to_owned));
            }
            nodes[heir as usize].record.aliases.extend(aliases);
        }
    }
}

/// Who stands in the place of each node, `step` by step, but for those that `stays` tells to stay.
fn places(steps: &[Option<Step>], stays: impl Fn(u32, Step, u32) -> bool) -> Vec<u32> {
    let mut places: Vec<Option<u32>> = vec![None; steps.len()];
    let mut is_open = vec![false; steps.len()];
    let mut path: Vec<(u32, Step)> = Vec::new();
    for start in 0..steps.len() as u32 {
        let mut at = start;
        while let Some(step) = steps[at as usize]
            && places[at as usize].is_none()
            && !std::mem::replace(&mut is_open[at as usize], true)
        {
            path.push((at, step));
            at = step.next;
        }
        if places[at as usize].is_none() {
            // The end of a chain, or a circle back to `at`: who is in it stays.
            let circle = path.iter().rposition(|(node, _)| *node == at).unwrap_or(path.len());
            for (node, _) in path.drain(circle..) {
                places[node as usize] = Some(node);
            }
            places[at as usize] = Some(at);
        }
        while let Some((node, step)) = path.pop() {
            let last = places[step.next as usize].unwrap_or(step.next);
            places[node as usize] = Some(if stays(node, step, last) { node } else { last });
        }
    }
    (0..).zip(places).map(|(node, place)| place.unwrap_or(node)).collect()
}

/// Returns the number (among the events of the node) of the last event by which another node may
/// have taken its place on `date`; `None` where a later event shows that the node went on.
pub fn left_open(record: &NodeRecord, date: Date) -> Option<u32> {
    let events = (0..).zip(&record.events);
    let dated = events.filter_map(|(number, event)| Some((event.date?, number, event)));
    let done = dated.filter(|(on, ..)| !date.is_before(*on));
    let (_, number, event) = done.max_by_key(|(on, ..)| on.first_day())?;
    event.is_takeover().then_some(number)
}

impl Written {
    /// Who is a part of whom by a relation that holds on `date`.
    fn parts_on(&self, date: Date) -> HashSet<(u32, u32)> {
        let is_there = |context: u32| {
            let record = &self.nodes[context as usize].record;
            has_begun(record, date) && !has_ended(record, date)
        };
        let holds = |tie: &&Tie| {
            let statement = self.statement(tie);
            statement.kind == self.core[Core::PartOf]
                && can_hold(statement.since, statement.until, date)
                && statement.context.is_none_or(is_there)
        };
        self.ties.iter().filter(holds).map(|tie| (tie.from, tie.to)).collect()
    }

    /// Returns whether a relation passes from its `from` to the node that takes the place of that.
    pub(super) fn is_passed_on(&self, statement: &Statement) -> bool {
        let core = self.core;
        ![core[Core::LocatedIn], core[Core::Within], core[Core::PartOf]].contains(&statement.kind)
    }

    /// Drops `part-of` relations taken over that would make a node a part of itself. O(parts).
    pub(super) fn drop_circular(&self, ties: &mut Vec<Tie>) {
        let is_part = |tie: &Tie| self.statement(tie).kind == self.core[Core::PartOf];
        if !ties.iter().any(|tie| tie.is_taken_over() && is_part(tie)) {
            return;
        }
        let parts = ties.iter().filter(|tie| is_part(tie)).map(|tie| (tie.from, tie.to));
        let parts = DiGraph::<(), (), u32>::from_edges(parts);
        let mut knots = vec![0; parts.node_count()];
        for (number, knot) in kosaraju_scc(&parts).into_iter().enumerate() {
            knot.into_iter().for_each(|node| knots[node.index()] = number);
        }
        let is_circular = |tie: &Tie| knots[tie.from as usize] == knots[tie.to as usize];
        ties.retain(|tie| !(tie.is_taken_over() && is_part(tie) && is_circular(tie)));
    }
}
