//! Contextual roles: R@X, derived where a relation in X speaks of R.

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::Builder;
use crate::graph::{CoreKinds, NodeData, Statement};
use crate::lang::Lang;
use crate::model::{Core, NodeKind, NodeRecord, Text};
use crate::origin::At;

impl Builder {
    /// The contextual role R@X, derived when it is first spoken of.
    pub(super) fn contextual_role(
        &mut self,
        role: u32,
        context: u32,
        statement: &Statement,
        core: CoreKinds,
    ) -> u32 {
        let (generic, place) =
            (&self.nodes[role as usize].record, &self.nodes[context as usize].record);
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
            confidence: statement
                .confidence
                .map(|confidence| At::new(confidence, Default::default())),
            sources: statement.sources.clone(),
            ..NodeRecord::default()
        };
        let origin = self.nodes[role as usize].origin;
        let node = self.push_node(NodeData {
            kind: NodeKind::Role,
            record,
            contextual: Some((role, context)),
            origin,
        });
        for (kind, target) in [(core[Core::Specializes], role), (core[Core::In], context)] {
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
        record.confidence =
            statement.confidence.map(|confidence| At::new(confidence, Default::default()));
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
    pub(super) fn inherit_stages(&mut self, core: CoreKinds) {
        for index in 0..self.nodes.len() as u32 {
            let Some((role, context)) = self.nodes[index as usize].contextual else {
                continue;
            };
            let mut inherited: Vec<(u32, u32)> = self
                .topology
                .edges(NodeIndex::new(role as usize))
                .filter(|edge| self.statements[*edge.weight() as usize].kind == core[Core::ActsIn])
                .map(|edge| (*edge.weight(), edge.target().index() as u32))
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
}

/// The name of a role in a context.
pub fn contextual_name(role: &NodeRecord, context: &NodeRecord) -> Text {
    let both = |lang| Some((role.name.in_lang(lang)?, context.name.in_lang(lang)?));
    Text {
        ja: both(Lang::Ja).map(|(role, context)| format!("{role}（{context}）")),
        en: both(Lang::En).map(|(role, context)| format!("{role} ({context})")),
    }
}
