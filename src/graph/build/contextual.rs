//! Contextual roles: R@X, which a relation in X speaks of where it names R.

use super::Builder;
use crate::graph::NodeData;
use crate::lang::Lang;
use crate::model::{NodeKind, NodeRecord, Text};
use crate::origin::At;

impl Builder {
    /// Finds the contextual role R@X, or makes it when it is first spoken of. What it rests on is
    /// derived once it is known what speaks of it.
    pub(super) fn contextual_role(&mut self, role: u32, context: u32) -> u32 {
        let (generic, place) = (&self.nodes[role as usize], &self.nodes[context as usize]);
        let id = format!("{}@{}", generic.record.id.value, place.record.id.value);
        if let Some(node) = self.ids.get(&*id) {
            return *node;
        }
        let record = NodeRecord {
            id: At::new(id.into(), Default::default()),
            name: contextual_name(&generic.record, &place.record),
            ..NodeRecord::default()
        };
        let origin = generic.origin;
        self.push_node(NodeData {
            kind: NodeKind::Role,
            record,
            contextual: Some((role, context)),
            takeover: None,
            additions: Vec::new(),
            origin,
        })
    }
}

/// Returns the name of a role in a context.
pub fn contextual_name(role: &NodeRecord, context: &NodeRecord) -> Text {
    let both = |lang| Some((role.name.in_lang(lang)?, context.name.in_lang(lang)?));
    Text {
        ja: both(Lang::Ja).map(|(role, context)| format!("{role}（{context}）")),
        en: both(Lang::En).map(|(role, context)| format!("{role} ({context})")),
    }
}
