//! Who is in the atlas, but was not there on the date of the graph.

use crate::graph::{Candidate, Graph, fold};
use crate::model::{Date, NodeKind, NodeRecord};

/// A node that was left out.
#[derive(Debug)]
pub struct LeftOut {
    pub kind: NodeKind,
    pub record: NodeRecord,
    /// Who stood in its place.
    pub heir: Option<u32>,
}

/// That a node of the atlas was not there on the date of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentNode {
    /// The id of the node.
    pub id: String,
    /// The date.
    pub date: Date,
    /// Who had taken its place.
    pub heir: Option<Box<Candidate>>,
}

impl Graph {
    /// The types of all nodes, and of those who were not there on the date of the graph: a question
    /// may ask for them all the same.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        let absent = self.absent.iter().map(|absent| &absent.record);
        let records = self.nodes.iter().map(|node| &node.record).chain(absent);
        records.filter_map(|record| record.r#type.as_deref())
    }

    /// The node, left out, that `text` names by its id or, folded, by a name; only of one of `kinds`,
    /// or of any where it is empty. O(names of who was left out).
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
            id: absent.record.id.value.clone(),
            date,
            heir: absent.heir.map(|heir| Box::new(self.node_at(heir).into())),
        })
    }
}
