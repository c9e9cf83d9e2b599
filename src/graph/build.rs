//! Records into a graph, and every fault that would keep them from being one.

use std::collections::HashMap;

use petgraph::graph::{DiGraph, NodeIndex};

use super::cycles::cycles;
use super::{CoreKinds, Graph, KindData, NodeData, Statement};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{
    AtlasFile, Basis, Citation, Confidence, Event, NodeKind, NodeRecord, Records,
    RelationKindRecord, RelationRecord, SourceRecord, Text,
};
use crate::origin::{At, FileId, Origin};

/// Builds the graph, contextual roles and all.
///
/// O(records), but for the search of near names where a reference leads nowhere.
///
/// # Errors
/// Every fault of every record; then there is no graph.
pub fn build(records: Records) -> Result<Graph, Vec<Diagnostic>> {
    let mut builder = Builder { uncertain: records.uncertain, ..Builder::default() };
    let mut nodes = Vec::new();
    let mut relations = Vec::new();
    for (file, mut records) in records.files {
        builder.take_vocabulary(file, &mut records);
        nodes.extend(records.take_nodes().map(|(kind, record)| (file, kind, record)));
        relations.extend(records.relations.into_iter().map(|record| (file, record)));
    }
    for (file, records) in records.core {
        builder.complete_vocabulary(file, records);
    }
    let core = builder.core_kinds();
    builder.add_nodes(nodes);
    let Some(core) = core else { return Err(builder.faults) };
    builder.add_shorthand(core);
    for (file, record) in relations {
        builder.add_relation(file, record, core);
    }
    builder.inherit_stages(core);
    builder.find_cycles(core);
    if builder.faults.is_empty() { Ok(builder.finish(core)) } else { Err(builder.faults) }
}

#[derive(Default)]
struct Builder {
    topology: DiGraph<(), u32, u32>,
    nodes: Vec<NodeData>,
    statements: Vec<Statement>,
    /// Where each relation was written, for faults found later.
    origins: Vec<(Origin, usize)>,
    kinds: Vec<KindData>,
    kind_origins: Vec<Origin>,
    sources: Vec<SourceRecord>,
    source_origins: Vec<Origin>,
    ids: HashMap<String, u32>,
    kind_ids: HashMap<String, u16>,
    source_ids: HashMap<String, u32>,
    uncertain: std::collections::HashSet<String>,
    faults: Vec<Diagnostic>,
}

/// What one record says of all its pairs, before its ends are known.
struct Pairs<'r> {
    file: FileId,
    from: &'r [At<String>],
    to: &'r [At<String>],
    context: Option<u32>,
}

impl Builder {
    fn take_vocabulary(&mut self, file: FileId, records: &mut AtlasFile) {
        for source in std::mem::take(&mut records.sources) {
            let origin = source.id.origin(file);
            match self.source_ids.get(&source.id.value) {
                Some(first) => {
                    let first = self.source_origins[*first as usize];
                    self.faults.push(duplicate(&source.id, origin, first));
                }
                None => {
                    self.source_ids.insert(source.id.value.clone(), self.sources.len() as u32);
                    self.source_origins.push(origin);
                    self.sources.push(source);
                }
            }
        }
        for kind in std::mem::take(&mut records.relation_kinds) {
            let origin = kind.id.origin(file);
            match self.kind_ids.get(&kind.id.value) {
                Some(first) => {
                    let first = self.kind_origins[usize::from(*first)];
                    self.faults.push(duplicate(&kind.id, origin, first));
                }
                None => self.add_kind(kind, origin),
            }
        }
    }

    /// Adds the core kinds that no file defines.
    fn complete_vocabulary(&mut self, file: FileId, records: AtlasFile) {
        for kind in records.relation_kinds {
            if !self.kind_ids.contains_key(&kind.id.value) {
                let origin = kind.id.origin(file);
                self.add_kind(kind, origin);
            }
        }
    }

    fn add_kind(&mut self, kind: RelationKindRecord, origin: Origin) {
        let index = u16::try_from(self.kinds.len()).expect("fewer than 65,536 relation kinds");
        self.kind_ids.insert(kind.id.value.clone(), index);
        self.kind_origins.push(origin);
        self.kinds.push(KindData {
            id: kind.id.value,
            name: kind.name,
            inverse: kind.inverse,
            from: kind.from,
            to: kind.to,
            traverse: kind.traverse,
        });
    }

    /// The kinds that the model speaks of; a fault for each that the vocabulary lacks.
    fn core_kinds(&mut self) -> Option<CoreKinds> {
        let mut kind = |id: &str| {
            let found = self.kind_ids.get(id).copied();
            if found.is_none() {
                self.faults.push(Diagnostic::error(
                    Code::UnknownRelationKind,
                    format!("the vocabulary lacks the relation kind `{id}`"),
                    format!("語彙に関係の種類 `{id}` がありません"),
                ));
            }
            found
        };
        let kinds = ["within", "located-in", "part-of", "plays", "specializes", "in", "acts-in", "succeeds"]
            .map(&mut kind);
        let [within, located_in, part_of, plays, specializes, within_context, acts_in, succeeds] = kinds;
        Some(CoreKinds {
            within: within?,
            located_in: located_in?,
            part_of: part_of?,
            plays: plays?,
            specializes: specializes?,
            within_context: within_context?,
            acts_in: acts_in?,
            succeeds: succeeds?,
        })
    }

    fn add_nodes(&mut self, nodes: Vec<(FileId, NodeKind, NodeRecord)>) {
        for (file, kind, record) in nodes {
            let origin = record.id.origin(file);
            let id = &record.id.value;
            if id.is_empty() || id.contains(|c: char| c == '@' || c == ':' || c.is_whitespace() || c.is_control()) {
                self.faults.push(invalid_id(&record.id, origin));
            }
            if let Some(first) = self.ids.get(id) {
                let first = self.nodes[*first as usize].origin;
                self.faults.push(duplicate(&record.id, origin, first));
                continue;
            }
            self.check_values(file, &record);
            self.push_node(NodeData { kind, record, contextual: None, origin });
        }
    }

    fn push_node(&mut self, node: NodeData) -> u32 {
        let index = self.topology.add_node(()).index() as u32;
        self.ids.insert(node.record.id.value.clone(), index);
        self.nodes.push(node);
        index
    }

    /// The faults of a node that need no other node to be seen.
    fn check_values(&mut self, file: FileId, record: &NodeRecord) {
        let (origin, length) = (record.id.origin(file), record.id.chars().count());
        if record.name.is_empty() {
            let fault = Diagnostic::error(
                Code::NoName,
                format!("`{}` has no name", record.id.value),
                format!("`{}` に名称がありません", record.id.value),
            );
            let fault = fault.hint("add `name: {ja: …, en: …}`, one of them at least", "`name: {ja: …, en: …}` の少なくとも一方を書いてください");
            self.faults.push(fault.at(origin, length));
        }
        if let Some(point) = &record.location
            && !((-90.0..=90.0).contains(&point.lat) && (-180.0..=180.0).contains(&point.lon))
        {
            let fault = Diagnostic::error(
                Code::InvalidLocation,
                format!("{}, {} is not on the globe", point.lat, point.lon),
                format!("{}, {} は地球上の点ではありません", point.lat, point.lon),
            );
            let fault = fault.hint(
                "latitude runs from -90 to 90, longitude from -180 to 180",
                "緯度は -90〜90、経度は -180〜180 です",
            );
            self.faults.push(fault.at(point.origin(file), 1));
        }
        self.check_confidence(file, record.basis, record.confidence);
        self.check_citations(file, &record.sources);
        for event in &record.events {
            self.check_confidence(file, event.basis, event.confidence);
            self.check_citations(file, &event.sources);
        }
        for note in &record.notes {
            self.check_confidence(file, note.basis, note.confidence);
            self.check_citations(file, &note.sources);
        }
        self.check_citations(file, record.indicators.iter().flat_map(|indicator| &indicator.sources));
        self.check_citations(file, record.claims.iter().flat_map(|claim| &claim.sources));
    }

    fn check_confidence(&mut self, file: FileId, basis: Basis, confidence: Option<At<Confidence>>) {
        if let Some(confidence) = confidence
            && basis != Basis::Inferred
        {
            let fault = Diagnostic::error(
                Code::ConfidenceWithoutInference,
                "only what is inferred has a confidence",
                "確信度は推定（basis: inferred）にだけ付けられます",
            );
            let fault = fault.hint("add `basis: inferred`, or remove it", "`basis: inferred` を加えるか、確信度を消してください");
            self.faults.push(fault.at(confidence.origin(file), 1));
        }
    }

    /// Turns the shorthand fields of nodes into relations of the kinds of those names.
    fn add_shorthand(&mut self, core: CoreKinds) {
        for index in 0..self.nodes.len() {
            let node = &mut self.nodes[index];
            let file = node.origin.file;
            let record = &mut node.record;
            let within = std::mem::take(&mut record.within).0;
            let part_of = std::mem::take(&mut record.part_of).0;
            let region: Vec<_> = record.region.take().into_iter().collect();
            let statement = Statement {
                kind: core.within,
                context: None,
                since: None,
                until: None,
                basis: record.basis,
                confidence: record.confidence.map(|confidence| confidence.value),
                note: Text::default(),
                sources: record.sources.clone(),
                derived: false,
            };
            let successions: Vec<_> = record.events.iter().filter_map(succession).collect();
            for (kind, targets) in [(core.within, within), (core.located_in, region), (core.part_of, part_of)] {
                if !targets.is_empty() {
                    let statement = Statement { kind, ..statement.clone() };
                    let from = [At::new(self.nodes[index].record.id.value.clone(), Default::default())];
                    self.add_pairs(statement, &Pairs { file, from: &from, to: &targets, context: None }, core);
                }
            }
            for (other, statement) in successions {
                let statement = Statement { kind: core.succeeds, ..statement };
                let to = [At::new(self.nodes[index].record.id.value.clone(), other.position)];
                let from = [other];
                self.add_pairs(statement, &Pairs { file, from: &from, to: &to, context: None }, core);
            }
        }
    }

    fn add_relation(&mut self, file: FileId, record: RelationRecord, core: CoreKinds) {
        self.check_confidence(file, record.basis, record.confidence);
        self.check_citations(file, &record.sources);
        let context = record.r#in.as_ref().and_then(|id| self.context(file, id));
        let Some(kind) = self.kind_ids.get(&record.kind.value).copied() else {
            self.faults.push(self.unknown_kind(file, &record.kind));
            return;
        };
        if record.r#in.is_some() && context.is_none() {
            return;
        }
        let statement = Statement {
            kind,
            context,
            since: record.since,
            until: record.until,
            basis: record.basis,
            confidence: record.confidence.map(|confidence| confidence.value),
            note: record.note,
            sources: record.sources,
            derived: false,
        };
        let pairs = Pairs { file, from: &record.from.0, to: &record.to.0, context };
        self.add_pairs(statement, &pairs, core);
    }

    /// Adds one relation for every pair of ends.
    fn add_pairs(&mut self, statement: Statement, pairs: &Pairs, core: CoreKinds) {
        let from = self.ends(pairs, pairs.from, &statement, core, true);
        let to = self.ends(pairs, pairs.to, &statement, core, false);
        let number = self.statements.len() as u32;
        self.statements.push(statement);
        for (from, _) in &from {
            for (to, at) in &to {
                self.topology.add_edge(NodeIndex::new(*from as usize), NodeIndex::new(*to as usize), number);
                let length = self.nodes[*to as usize].record.id.value.chars().count();
                self.origins.push((Origin { file: pairs.file, position: *at }, length));
            }
        }
    }

    /// Finds the nodes at one end of a relation; a role in a context is the contextual one.
    fn ends(
        &mut self,
        pairs: &Pairs,
        ids: &[At<String>],
        statement: &Statement,
        core: CoreKinds,
        is_from: bool,
    ) -> Vec<(u32, crate::origin::Position)> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(node) = self.reference(pairs.file, id, statement, core) else { continue };
            let kind = self.nodes[node as usize].kind;
            let data = &self.kinds[usize::from(statement.kind)];
            let allowed = if is_from { &data.from } else { &data.to };
            if !allowed.is_empty() && !allowed.contains(&kind) {
                let fault = wrong_end(data, id, kind, allowed, is_from).at(id.origin(pairs.file), id.chars().count());
                self.faults.push(fault);
                continue;
            }
            let node = match pairs.context {
                Some(context) if kind == NodeKind::Role && self.nodes[node as usize].contextual.is_none() => {
                    self.contextual_role(node, context, statement, core)
                }
                _ => node,
            };
            found.push((node, id.position));
        }
        found
    }

    /// Finds the node of an id, `R@X` included; a fault if there is none.
    fn reference(&mut self, file: FileId, id: &At<String>, statement: &Statement, core: CoreKinds) -> Option<u32> {
        if let Some(node) = self.ids.get(&id.value) {
            return Some(*node);
        }
        let Some((role, context)) = id.split_once('@') else {
            self.dangling(file, id, &id.value, None);
            return None;
        };
        let at = |text: &str| At::new(text.to_owned(), id.position);
        let context = self.context(file, &at(context));
        match self.ids.get(role).copied() {
            Some(role) if self.nodes[role as usize].kind == NodeKind::Role => {
                Some(self.contextual_role(role, context?, statement, core))
            }
            _ => {
                self.dangling(file, id, role, Some(NodeKind::Role));
                None
            }
        }
    }

    fn context(&mut self, file: FileId, id: &At<String>) -> Option<u32> {
        let Some(node) = self.ids.get(&id.value).copied() else {
            self.dangling(file, id, &id.value, None);
            return None;
        };
        let kind = self.nodes[node as usize].kind;
        if matches!(kind, NodeKind::Region | NodeKind::Program) {
            return Some(node);
        }
        let fault = Diagnostic::error(
            Code::WrongContext,
            format!("`{}` is of kind {kind}; a context is a region or a program", id.value),
            format!("`{}` は {kind} です。文脈（in）になれるのは region か program です", id.value),
        );
        self.faults.push(fault.at(id.origin(file), id.chars().count()));
        None
    }

    /// The contextual role R@X, derived when it is first spoken of.
    fn contextual_role(&mut self, role: u32, context: u32, statement: &Statement, core: CoreKinds) -> u32 {
        let (generic, place) = (&self.nodes[role as usize].record, &self.nodes[context as usize].record);
        let id = format!("{}@{}", generic.id.value, place.id.value);
        if let Some(node) = self.ids.get(&id).copied() {
            if statement.basis < self.nodes[node as usize].record.basis {
                self.restate(node, statement);
            }
            return node;
        }
        let record = NodeRecord {
            id: At::new(id, Default::default()),
            name: contextual_name(generic, place),
            basis: statement.basis,
            confidence: statement.confidence.map(|confidence| At::new(confidence, Default::default())),
            sources: statement.sources.clone(),
            ..NodeRecord::default()
        };
        let origin = self.nodes[role as usize].origin;
        let node = self.push_node(NodeData { kind: NodeKind::Role, record, contextual: Some((role, context)), origin });
        for (kind, target) in [(core.specializes, role), (core.within_context, context)] {
            let statement = Statement {
                kind,
                context: None,
                since: None,
                until: None,
                note: Text::default(),
                derived: true,
                ..statement.clone()
            };
            self.derive(node, target, statement);
        }
        node
    }

    /// Lets a contextual role, first met in a weaker statement, rest on a stronger one.
    fn restate(&mut self, node: u32, statement: &Statement) {
        let record = &mut self.nodes[node as usize].record;
        record.basis = statement.basis;
        record.confidence = statement.confidence.map(|confidence| At::new(confidence, Default::default()));
        record.sources.clone_from(&statement.sources);
        let edges: Vec<u32> =
            self.topology.edges(NodeIndex::new(node as usize)).map(|edge| *edge.weight()).collect();
        for number in edges {
            let derived = &mut self.statements[number as usize];
            if derived.derived {
                derived.basis = statement.basis;
                derived.confidence = statement.confidence;
                derived.sources.clone_from(&statement.sources);
            }
        }
    }

    fn derive(&mut self, from: u32, to: u32, statement: Statement) {
        let number = self.statements.len() as u32;
        self.statements.push(statement);
        self.topology.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), number);
        self.origins.push((self.nodes[from as usize].origin, 1));
    }

    /// Gives every contextual role the stages that its generic role acts in.
    fn inherit_stages(&mut self, core: CoreKinds) {
        for index in 0..self.nodes.len() as u32 {
            let Some((role, context)) = self.nodes[index as usize].contextual else { continue };
            let mut inherited: Vec<(u32, u32)> = self
                .topology
                .edges(NodeIndex::new(role as usize))
                .filter(|edge| self.statements[*edge.weight() as usize].kind == core.acts_in)
                .map(|edge| (*edge.weight(), petgraph::visit::EdgeRef::target(&edge).index() as u32))
                .collect();
            inherited.sort_unstable();
            for (statement, stage) in inherited {
                let statement = Statement {
                    context: Some(context),
                    derived: true,
                    ..self.statements[statement as usize].clone()
                };
                self.derive(index, stage, statement);
            }
        }
    }

    /// A fault for each citation of a source that no file describes.
    fn check_citations<'c>(&mut self, file: FileId, citations: impl IntoIterator<Item = &'c At<Citation>>) {
        for citation in citations {
            let id = citation.source();
            if !self.source_ids.contains_key(id) && !self.uncertain.contains(id) {
                self.faults.push(self.unknown_source(file, citation));
            }
        }
    }

    fn find_cycles(&mut self, core: CoreKinds) {
        for kind in [core.within, core.part_of] {
            let name = self.kinds[usize::from(kind)].id.clone();
            let weights: Vec<u32> = self.topology.edge_weights().copied().collect();
            let chosen = |edge: u32| self.statements[weights[edge as usize] as usize].kind == kind;
            for cycle in cycles(&self.topology, chosen) {
                let mut ids: Vec<&str> = Vec::with_capacity(cycle.len() + 1);
                for edge in &cycle {
                    let ends = self.topology.edge_endpoints(petgraph::graph::EdgeIndex::new(*edge as usize));
                    let (from, _) = ends.expect("edges have ends");
                    ids.push(&self.nodes[from.index()].record.id.value);
                }
                ids.push(ids[0]);
                let round = ids.join(" → ");
                let mut fault = Diagnostic::error(
                    Code::Cycle,
                    format!("a cycle of `{name}`: {round}"),
                    format!("`{name}` が循環しています: {round}"),
                )
                .hint("remove one of these relations", "このうちどれか一つの関係を消してください");
                for (edge, to) in cycle.iter().zip(&ids[1..]).take(8) {
                    let (origin, length) = self.origins[*edge as usize];
                    fault = fault.see(origin, length, format!("{name} `{to}`"), format!("{name} `{to}`"));
                }
                if let Some(first) = fault.places.first_mut() {
                    first.label = None;
                }
                self.faults.push(fault);
            }
        }
    }

    fn dangling(&mut self, file: FileId, written: &At<String>, id: &str, kind: Option<NodeKind>) {
        if self.uncertain.contains(id) {
            return;
        }
        let near = nearest(
            id,
            self.nodes
                .iter()
                .filter(|node| node.contextual.is_none() && kind.is_none_or(|kind| node.kind == kind))
                .map(|node| &*node.record.id.value),
        );
        let (en, ja) = match kind {
            Some(NodeKind::Role) => (format!("there is no role `{id}`"), format!("役割 `{id}` はありません")),
            _ => (format!("there is no node `{id}`"), format!("ノード `{id}` はありません")),
        };
        let fault = Diagnostic::error(Code::DanglingReference, en, ja).at(written.origin(file), written.chars().count());
        self.faults.push(suggest(fault, &near));
    }

    fn unknown_kind(&self, file: FileId, kind: &At<String>) -> Diagnostic {
        let near = nearest(kind, self.kinds.iter().map(|kind| &*kind.id));
        let fault = Diagnostic::error(
            Code::UnknownRelationKind,
            format!("there is no relation kind `{}`", kind.value),
            format!("関係の種類 `{}` はありません", kind.value),
        )
        .at(kind.origin(file), kind.chars().count());
        match near.is_empty() {
            true => fault.hint(
                "`medclust list relation-kinds` shows them; `relation_kinds:` defines further ones",
                "`medclust list relation-kinds` で一覧できます。`relation_kinds:` で追加できます",
            ),
            false => suggest(fault, &near),
        }
    }

    fn unknown_source(&self, file: FileId, citation: &At<Citation>) -> Diagnostic {
        let id = citation.source();
        let near = nearest(id, self.sources.iter().map(|source| &*source.id.value));
        let fault = Diagnostic::error(
            Code::DanglingReference,
            format!("there is no source `{id}`"),
            format!("出典 `{id}` はありません"),
        )
        .at(citation.origin(file), id.chars().count());
        match near.is_empty() {
            true => fault.hint("describe it under `sources:`", "`sources:` に出典を書いてください"),
            false => suggest(fault, &near),
        }
    }

    fn finish(self, core: CoreKinds) -> Graph {
        Graph {
            topology: self.topology,
            nodes: self.nodes,
            statements: self.statements,
            kinds: self.kinds,
            sources: self.sources,
            ids: self.ids,
            core,
            folded: std::sync::OnceLock::new(),
        }
    }
}

/// The other party of an event by which it took this node's place, and the statement that it did.
fn succession(event: &Event) -> Option<(At<String>, Statement)> {
    let other = event.other.clone()?;
    matches!(&*event.kind, "acquired" | "merged" | "succeeded").then(|| {
        let statement = Statement {
            kind: 0,
            context: None,
            since: event.date,
            until: None,
            basis: event.basis,
            confidence: event.confidence.map(|confidence| confidence.value),
            note: event.note.clone(),
            sources: event.sources.clone(),
            derived: false,
        };
        (other, statement)
    })
}

fn contextual_name(role: &NodeRecord, context: &NodeRecord) -> Text {
    use crate::lang::Lang;
    let both = |lang| Some((role.name.in_lang(lang)?, context.name.in_lang(lang)?));
    Text {
        ja: both(Lang::Ja).map(|(role, context)| format!("{role}（{context}）")),
        en: both(Lang::En).map(|(role, context)| format!("{role} ({context})")),
    }
}

fn suggest(fault: Diagnostic, near: &[&str]) -> Diagnostic {
    if near.is_empty() {
        return fault.hint("check the spelling of the id", "id の綴りを確かめてください");
    }
    let quoted: Vec<_> = near.iter().map(|id| format!("`{id}`")).collect();
    fault.hint(
        format!("did you mean {}?", quoted.join(" or ")),
        format!("{} のことですか?", quoted.join("、")),
    )
}

fn duplicate(id: &At<String>, origin: Origin, first: Origin) -> Diagnostic {
    let length = id.chars().count();
    Diagnostic::error(
        Code::DuplicateId,
        format!("the id `{}` is taken", id.value),
        format!("id `{}` は既に使われています", id.value),
    )
    .at(origin, length)
    .see(first, length, "first given here", "最初はここ")
    .hint("ids are unique over all kinds: choose another", "id は全種類を通じて一意です。別の id にしてください")
}

fn invalid_id(id: &At<String>, origin: Origin) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidId,
        format!("`{}` cannot be an id", id.value),
        format!("`{}` は id にできません", id.value),
    )
    .at(origin, id.chars().count())
    .hint(
        "an id is lower-case kebab-case ASCII, such as `mayo-clinic`",
        "id は `mayo-clinic` のような小文字英数字とハイフンです",
    )
}

fn wrong_end(kind: &KindData, id: &At<String>, found: NodeKind, allowed: &[NodeKind], is_from: bool) -> Diagnostic {
    let allowed: Vec<_> = allowed.iter().map(|kind| kind.as_str()).collect();
    let (en, ja) = if is_from { ("starts from", "始点") } else { ("leads to", "終点") };
    Diagnostic::error(
        Code::WrongEndKind,
        format!("`{}` {en} {}, but `{}` is of kind {found}", kind.id, allowed.join(" or "), id.value),
        format!("`{}` の{ja}は {} ですが、`{}` は {found} です", kind.id, allowed.join(" か "), id.value),
    )
    .hint(
        "swap `from` and `to`, or choose another relation kind",
        "`from` と `to` を入れ替えるか、別の種類の関係にしてください",
    )
}
