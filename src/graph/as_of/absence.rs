//! The nodes that an atlas has but that did not exist on the date of the graph.

use crate::graph::{Candidate, Graph, Node, fold};
use crate::model::{Date, NodeKind, NodeRecord};

/// A node that is left out of the graph of a date.
#[derive(Debug)]
pub struct LeftOut {
    pub kind: NodeKind,
    pub record: NodeRecord,
    /// The number of the node that had taken its place.
    pub heir: Option<u32>,
}

/// A node that did not exist on the date of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentNode {
    /// The id of the node.
    pub id: String,
    /// The date of the graph.
    pub date: Date,
    /// The node that had taken its place by then, if any.
    pub heir: Option<Box<Candidate>>,
}

impl Graph {
    /// Returns the types of all nodes, those included that did not exist on the date of the graph,
    /// so that a question may name them.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        let absent = self.absent.iter().filter_map(|absent| absent.record.r#type.as_deref());
        self.nodes().filter_map(Node::r#type).chain(absent)
    }

    /// Finds a node that did not exist on the date by its id or by a folded name, among those of
    /// `kinds` (of any kind where empty). O(names of such nodes).
    pub(in crate::graph) fn absence(&self, text: &str, kinds: &[NodeKind]) -> Option<AbsentNode> {
        let key = fold(text);
        let is_named = |absent: &&LeftOut| {
            let record = &absent.record;
            let names = record.name.both().chain(record.aliases.iter().map(String::as_str));
            record.id.value == text || names.map(fold).any(|name| name == key)
        };
        let wanted = |absent: &&LeftOut| kinds.is_empty() || kinds.contains(&absent.kind);
        let date = self.date?;
        let absent = self.absent.iter().filter(wanted).find(is_named)?;
        Some(AbsentNode {
            id: absent.record.id.to_string(),
            date,
            heir: absent.heir.map(|heir| Box::new(self.node_at(heir).into())),
        })
    }
}
