//! The part of an existing atlas that an import needs to know.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::model::{NodeKind, NodeRecord};

/// A node of the existing atlas.
#[derive(Clone, Copy, Debug)]
pub struct KnownNode<'a> {
    /// The kind of node.
    pub kind: NodeKind,
    /// The record of the node.
    pub record: &'a NodeRecord,
    /// The region that it is in.
    pub region: Option<&'a str>,
}

/// An existing atlas, to which imported records may be connected.
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
    /// Creates an index of the nodes of an atlas; `fold` makes names comparable.
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

    /// Returns the node with an id.
    pub fn node(&self, id: &str) -> Option<KnownNode<'a>> {
        self.by_id.get(id).map(|at| self.nodes[*at])
    }

    /// Returns the node with an identifier of a registry.
    pub fn identified(&self, registry: &str, identifier: &str) -> Option<KnownNode<'a>> {
        self.by_identifier.get(&(registry, bare(identifier))).map(|at| self.nodes[*at])
    }

    /// Returns the nodes of a kind that have one of `names` and no identifier of `registry`, each
    /// with the first such name.
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

/// A proposed match: an imported node may be this node of the atlas. A person has to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The registry of `identifier`.
    pub registry: &'static str,
    /// The identifier that the node would get.
    pub identifier: String,
    /// The id of the imported node.
    pub imported: String,
    /// The id of the node of the atlas.
    pub node: String,
    /// The name that both have.
    pub name: String,
}
