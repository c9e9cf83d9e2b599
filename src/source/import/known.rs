//! What an atlas holds already, as far as an import needs it.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::model::{NodeKind, NodeRecord};

/// A node that the atlas holds.
#[derive(Clone, Copy, Debug)]
pub struct KnownNode<'a> {
    /// Which of the five kinds.
    pub kind: NodeKind,
    /// What its record says.
    pub record: &'a NodeRecord,
    /// The region that it is in.
    pub region: Option<&'a str>,
}

/// An atlas that imported records may be tied to.
pub struct Known<'a> {
    nodes: Vec<KnownNode<'a>>,
    by_id: HashMap<&'a str, usize>,
    by_identifier: HashMap<(&'a str, String), usize>,
    by_name: HashMap<String, Vec<usize>>,
    /// Relations by kind, from and to.
    pub relations: HashSet<(&'a str, &'a str, &'a str)>,
    /// The ids of the documents that it describes.
    pub sources: HashSet<&'a str>,
    /// The ids of its relation kinds.
    pub relation_kinds: HashSet<&'a str>,
    fold: fn(&str) -> String,
}

impl<'a> Known<'a> {
    /// Takes in the nodes of an atlas; `fold` makes names comparable.
    pub fn new(nodes: Vec<KnownNode<'a>>, fold: fn(&str) -> String) -> Self {
        let mut by_id = HashMap::new();
        let mut by_identifier = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, node) in nodes.iter().enumerate() {
            by_id.insert(&*node.record.id.value, at);
            for (registry, identifier) in &node.record.identifiers {
                by_identifier.entry((&**registry, bare(identifier))).or_insert(at);
            }
            for name in node.record.name.both().chain(node.record.aliases.iter().map(|it| &**it)) {
                let known = by_name.entry(fold(name)).or_default();
                if known.last() != Some(&at) {
                    known.push(at);
                }
            }
        }
        Known {
            nodes,
            by_id,
            by_identifier,
            by_name,
            relations: HashSet::new(),
            sources: HashSet::new(),
            relation_kinds: HashSet::new(),
            fold,
        }
    }

    /// Returns the nodes.
    pub fn nodes(&self) -> &[KnownNode<'a>] {
        &self.nodes
    }

    /// Returns the node of an id.
    pub fn node(&self, id: &str) -> Option<KnownNode<'a>> {
        self.by_id.get(id).map(|at| self.nodes[*at])
    }

    /// Returns the node that bears an identifier of a registry.
    pub fn identified(&self, registry: &str, identifier: &str) -> Option<KnownNode<'a>> {
        self.by_identifier.get(&(registry, bare(identifier))).map(|at| self.nodes[*at])
    }

    /// Returns the nodes of a kind without an identifier of `registry` that bear one of `names`, each with
    /// the first such name.
    pub fn namesakes<'n>(
        &self,
        kind: NodeKind,
        registry: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Vec<(KnownNode<'a>, &'n str)> {
        let mut found: Vec<(usize, &str)> = Vec::new();
        for name in names {
            for at in self.by_name.get(&(self.fold)(name)).into_iter().flatten() {
                let node = &self.nodes[*at];
                let is_open = node.kind == kind && !node.record.identifiers.contains_key(registry);
                if is_open && !found.iter().any(|(known, _)| known == at) {
                    found.push((*at, name));
                }
            }
        }
        found.into_iter().map(|(at, name)| (self.nodes[at], name)).collect()
    }
}

/// An identifier without the address that it may be written with: the part after the last `/`.
fn bare(identifier: &str) -> String {
    identifier.trim_end_matches('/').rsplit('/').next().unwrap_or(identifier).to_lowercase()
}

/// A node of the atlas that an imported one may be: for a person to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The registry of `identifier`.
    pub registry: &'static str,
    /// The identifier that the node would bear.
    pub identifier: String,
    /// The id that the imported one has now.
    pub imported: String,
    /// The id of the node of the atlas.
    pub node: String,
    /// The name that both bear.
    pub name: String,
}
