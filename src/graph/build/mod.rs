//! Builds the graph of records, or finds every fault that keeps them from being one.

mod contextual;
mod cycles;
mod derive;
mod faults;
mod layering;
mod values;
mod vocabulary;
mod written;

use std::collections::HashSet;

use foldhash::HashMap;

use super::denial::DenialData;
use super::{CoreKinds, Graph, KindData, NodeData, Statement};
use crate::diagnostic::{Code, Diagnostic, Faults};
use crate::model::{
    Core, Date, Event, Id, NodeKind, NodeRecord, Records, References, RelationRecord, SourceRecord,
};
use crate::origin::{At, FileId, Origin, Position};
pub(super) use contextual::contextual_name;
use faults::{NearNames, duplicate, too_many, without_ends, wrong_end};
use layering::Merge;
use vocabulary::Terms;
pub(super) use written::{Tie, Written};

/// An atlas has no more relations: lists at both ends multiply, and a small file could ask for any memory.
const MOST_RELATIONS: usize = 1 << 25;

/// Builds the graph of the whole atlas: resolves the references, then derives what follows from the
/// statements.
///
/// O(records).
///
/// # Errors
/// Every fault of every record; then there is no graph.
pub fn build(records: Records) -> Result<Graph, Faults> {
    resolve(records).map(Written::derive)
}

/// Builds the graph of the atlas as it was on `date`: of the statements, only those that held then
/// are kept before anything is derived. The module `as_of` says what that means.
///
/// # Errors
/// Every fault of every record, whatever its dates.
pub fn build_as_of(records: Records, date: Date) -> Result<Graph, Faults> {
    resolve(records).map(|written| written.held_on(date).derive())
}

/// Resolves every reference of the records.
fn resolve(records: Records) -> Result<Written, Faults> {
    let Records { mut files, core, layers, uncertain } = records;
    let mut builder = Builder { uncertain, layers, ..Builder::default() };
    for (file, records) in &mut files {
        builder.take_vocabulary(*file, records);
    }
    for (file, records) in core {
        builder.complete_vocabulary(file, records);
    }
    let core = builder.core_kinds();
    let Some(core) = core else {
        return Err(Faults(builder.faults));
    };
    // A record is let go once it is taken.
    for (file, records) in &mut files {
        builder.add_nodes(*file, records.take_nodes(), core);
    }
    builder.check_names();
    builder.add_shorthand(core);
    for (file, records) in files {
        records.relations.into_iter().for_each(|record| builder.add_relation(file, record));
    }
    builder.find_cycles(core);
    if builder.faults.is_empty() { Ok(builder.finish(core)) } else { Err(Faults(builder.faults)) }
}

#[derive(Default)]
struct Builder {
    nodes: Vec<NodeData>,
    /// The kind of each node: relations ask for millions of them, at random, and here they lie close.
    node_kinds: Vec<NodeKind>,
    ties: Vec<Tie>,
    statements: Vec<Statement>,
    denials: Vec<DenialData>,
    /// Where in the file of its statement each of the ties was written, for faults found later.
    positions: Vec<Position>,
    kinds: Vec<KindData>,
    kind_origins: Vec<Origin>,
    sources: Vec<SourceRecord>,
    source_origins: Vec<Origin>,
    node_types: Terms,
    event_kinds: Terms,
    ids: HashMap<Id, u32>,
    kind_ids: HashMap<Id, u16>,
    source_ids: HashMap<Id, u32>,
    /// What the shorthand fields of each record say.
    shorthand: Vec<Shorthand>,
    /// The `region` of each node, as the first layer that has one gives it.
    regions: HashMap<u32, (Id, Origin)>,
    layers: Vec<u16>,
    uncertain: HashSet<String>,
    faults: Vec<Diagnostic>,
    hints: NearNames,
}

/// The fields of a node's record that stand for relations.
struct Shorthand {
    id: At<Id>,
    file: FileId,
    within: References,
    region: Option<At<Id>>,
    part_of: References,
    statement: Statement,
    successions: Vec<(At<Id>, Statement)>,
}

/// What one record says of all its pairs, before its ends are known.
struct Pairs<'r> {
    file: FileId,
    from: &'r [At<Id>],
    to: &'r [At<Id>],
    context: Option<u32>,
}

impl Builder {
    fn add_nodes(
        &mut self,
        file: FileId,
        nodes: impl Iterator<Item = (NodeKind, NodeRecord)>,
        core: CoreKinds,
    ) {
        for (kind, mut record) in nodes {
            let origin = record.id.origin(file);
            self.check_id(&record.id, origin);
            self.check_values(file, &record);
            let shorthand = take_shorthand(&mut record, file, core);
            let node = match self.ids.get(&record.id.value).copied() {
                None => self.push_node(NodeData {
                    kind,
                    record,
                    contextual: None,
                    takeover: None,
                    additions: Vec::new(),
                    origin,
                }),
                Some(node) => {
                    let known = &self.nodes[node as usize];
                    let (first, same_kind) = (known.origin, known.kind == kind);
                    if !same_kind {
                        self.faults.push(duplicate(&record.id, origin, first));
                    }
                    if !same_kind || !self.extends(&record.id, origin, first) {
                        continue;
                    }
                    let (id, mut merge) = (record.id.clone(), Merge::default());
                    let layer = self.layer(file);
                    let known = &mut self.nodes[node as usize];
                    let addition = merge.node(&mut known.record, record, layer);
                    known.additions.extend(Some(addition).filter(|it| !it.is_empty()));
                    self.report(merge, &id, origin, first);
                    node
                }
            };
            self.check_region(node, &shorthand);
            self.shorthand.push(shorthand);
        }
    }

    /// The layer of a file.
    fn layer(&self, file: FileId) -> u16 {
        self.layers.get(file.0 as usize).copied().unwrap_or_default()
    }

    fn push_node(&mut self, node: NodeData) -> u32 {
        let index = self.nodes.len() as u32;
        self.ids.insert(node.record.id.value.clone(), index);
        self.node_kinds.push(node.kind);
        self.nodes.push(node);
        index
    }

    /// Turns the shorthand fields of nodes into relations of the kinds of those names.
    fn add_shorthand(&mut self, core: CoreKinds) {
        for shorthand in std::mem::take(&mut self.shorthand) {
            let Shorthand { file, statement, .. } = shorthand;
            let own = [shorthand.id];
            for (kind, targets) in [
                (core[Core::Within], &*shorthand.within.0),
                (core[Core::LocatedIn], shorthand.region.as_slice()),
                (core[Core::PartOf], &*shorthand.part_of.0),
            ] {
                if !targets.is_empty() {
                    let pairs = Pairs { file, from: &own, to: targets, context: None };
                    self.add_pairs(Statement { kind, ..statement.clone() }, &pairs);
                }
            }
            for (other, statement) in shorthand.successions {
                let pairs = Pairs { file, from: &[other], to: &own, context: None };
                self.add_pairs(statement, &pairs);
            }
        }
    }

    fn add_relation(&mut self, file: FileId, record: RelationRecord) {
        if record.from.0.is_empty() && record.to.0.is_empty() {
            self.faults.push(without_ends(&record.kind, file));
        }
        self.check_confidence(file, record.basis, record.confidence);
        self.check_citations(file, &record.sources);
        let context = record.r#in.as_ref().and_then(|id| self.context(file, id));
        let kind = self.kind_ids.get(&record.kind.value).copied();
        if kind.is_none() {
            let fault = self.unknown_kind(file, &record.kind);
            self.faults.push(fault);
        }
        let (Some(kind), false) = (kind, record.r#in.is_some() && context.is_none()) else {
            return self.check_ends(file, &record);
        };
        let statement = Statement {
            kind,
            context,
            since: record.since,
            until: record.until,
            status: record.status,
            open: record.open,
            basis: record.basis,
            confidence: record.confidence.map(|confidence| confidence.value),
            note: Statement::note(record.note),
            sources: record.sources,
            derived: false,
            origin: record.kind.origin(file),
        };
        let pairs = Pairs { file, from: &record.from.0, to: &record.to.0, context };
        self.add_pairs(statement, &pairs);
    }

    /// The faults of the ends of a relation that cannot be added.
    fn check_ends(&mut self, file: FileId, record: &RelationRecord) {
        for id in record.from.0.iter().chain(&record.to.0) {
            if !self.ids.contains_key(&id.value) && !id.contains('@') {
                self.dangling(file, id, None);
            }
        }
    }

    /// Adds one relation for every pair of ends.
    fn add_pairs(&mut self, statement: Statement, pairs: &Pairs) {
        let from = self.ends(pairs, pairs.from, statement.kind, true);
        let to = self.ends(pairs, pairs.to, statement.kind, false);
        if from.len().saturating_mul(to.len())
            > MOST_RELATIONS - self.ties.len().min(MOST_RELATIONS)
        {
            self.faults.push(too_many(statement.origin, [from.len(), to.len()]));
            return;
        }
        let number = self.statements.len() as u32;
        self.statements.push(statement);
        self.deny(number, pairs, &from, &to);
        for (from, _) in &from {
            for (to, at) in &to {
                self.ties.push(Tie { from: *from, to: *to, statement: number, written: number });
                self.positions.push(*at);
            }
        }
    }

    /// Keeps what a record with nothing at one end says of the nodes at the other.
    fn deny(
        &mut self,
        statement: u32,
        pairs: &Pairs,
        from: &[(u32, Position)],
        to: &[(u32, Position)],
    ) {
        let (named, lacks_from) = match (pairs.from.is_empty(), pairs.to.is_empty()) {
            (true, false) => (to, true),
            (false, true) => (from, false),
            _ => return,
        };
        let denial =
            |(node, _): &(u32, Position)| DenialData { statement, node: *node, lacks_from };
        self.denials.extend(named.iter().map(denial));
    }

    /// Finds the nodes at one end of a relation; a role in a context is the contextual one.
    fn ends(
        &mut self,
        pairs: &Pairs,
        ids: &[At<Id>],
        relation: u16,
        is_from: bool,
    ) -> Vec<(u32, Position)> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(node) = self.reference(pairs.file, id) else {
                continue;
            };
            let kind = self.node_kinds[node as usize];
            let data = &self.kinds[usize::from(relation)];
            let allowed = if is_from { &data.from } else { &data.to };
            if !allowed.is_empty() && !allowed.contains(&kind) {
                let fault = wrong_end(data, id, kind, allowed, is_from)
                    .at(id.origin(pairs.file), id.chars().count());
                self.faults.push(fault);
                continue;
            }
            let node = match pairs.context {
                Some(context)
                    if kind == NodeKind::Role && self.nodes[node as usize].contextual.is_none() =>
                {
                    self.contextual_role(node, context)
                }
                _ => node,
            };
            found.push((node, id.position));
        }
        found
    }

    /// Finds the node of an id, `R@X` included; a fault if there is none.
    fn reference(&mut self, file: FileId, id: &At<Id>) -> Option<u32> {
        if let Some(node) = self.ids.get(&id.value) {
            return Some(*node);
        }
        let Some((role, context)) = id.split_once('@') else {
            self.dangling(file, id, None);
            return None;
        };
        let role = At::new(Id::from(role), id.position);
        let column = id.position.column + role.chars().count() as u32 + 1;
        let context = At::new(Id::from(context), Position { column, ..id.position });
        let context = self.context(file, &context);
        match self.ids.get(&role.value).copied() {
            Some(node) if self.node_kinds[node as usize] == NodeKind::Role => {
                Some(self.contextual_role(node, context?))
            }
            _ => {
                self.dangling(file, &role, Some(NodeKind::Role));
                None
            }
        }
    }

    fn context(&mut self, file: FileId, id: &At<Id>) -> Option<u32> {
        let Some(node) = self.ids.get(&id.value).copied() else {
            self.dangling(file, id, None);
            return None;
        };
        let kind = self.node_kinds[node as usize];
        if matches!(kind, NodeKind::Region | NodeKind::Program) {
            return Some(node);
        }
        let fault = Diagnostic::error(
            Code::WrongContext,
            format!("`{}` is of kind {kind}; a context is a region or a program", id.value),
            format!("`{}` は {kind} です。文脈（in）になれるのは region か program です", id.value),
        );
        let fault = fault.hint(
            "name the region or the program in which the relation holds",
            "関係が成り立つ region か program を書いてください",
        );
        self.faults.push(fault.at(id.origin(file), id.chars().count()));
        None
    }
}

/// Takes the fields that stand for relations out of a record.
fn take_shorthand(record: &mut NodeRecord, file: FileId, core: CoreKinds) -> Shorthand {
    let statement = Statement {
        kind: core[Core::Within],
        context: None,
        since: None,
        until: None,
        status: None,
        open: false,
        basis: record.basis,
        confidence: record.confidence.map(|confidence| confidence.value),
        note: None,
        sources: record.sources.clone(),
        derived: false,
        origin: record.id.origin(file),
    };
    Shorthand {
        id: record.id.clone(),
        file,
        within: std::mem::take(&mut record.within),
        region: record.region.take(),
        part_of: std::mem::take(&mut record.part_of),
        statement,
        successions: record
            .events
            .iter()
            .filter_map(|event| succession(event, file, core))
            .collect(),
    }
}

/// The other party of an event by which it took this node's place, and the statement that it did.
fn succession(event: &Event, file: FileId, core: CoreKinds) -> Option<(At<Id>, Statement)> {
    let other = event.successor()?.clone();
    let statement = Statement {
        kind: core[Core::Succeeds],
        context: None,
        since: event.date,
        until: None,
        status: None,
        open: false,
        basis: event.basis,
        confidence: event.confidence.map(|confidence| confidence.value),
        note: Statement::note(event.note.clone()),
        sources: event.sources.clone(),
        derived: false,
        origin: other.origin(file),
    };
    Some((other, statement))
}
