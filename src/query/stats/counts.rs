//! Counts of nodes and relations, by kind, type, layer and basis.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::graph::ways::Ways;
use crate::graph::{Graph, Node, Relation};
use crate::model::{Basis, NodeKind, Text};

/// A count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// How many.
    pub total: usize,
    /// The number of them that are derived: they follow from other statements and stand in no file.
    pub derived: usize,
}

/// How many nodes there are.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NodeCounts<'g> {
    /// All of them.
    #[serde(flatten)]
    pub count: Count,
    /// By kind, all five.
    pub by_kind: Vec<KindCount>,
    /// By kind and type, as far as there are any.
    pub by_type: Vec<TypeCount<'g>>,
    /// By the layer of `--data` that their records stand in, as far as there are any.
    pub by_layer: Vec<LayerCount>,
    /// By the basis of the node.
    pub by_basis: Vec<BasisCount>,
}

/// How many relations there are.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RelationCounts<'g> {
    /// All of them.
    #[serde(flatten)]
    pub count: Count,
    /// By kind, in the order of the vocabulary, as far as there are any.
    pub by_kind: Vec<RelationKindCount<'g>>,
    /// By the layer of `--data` that they stand in, as far as there are any.
    pub by_layer: Vec<LayerCount>,
    /// By basis.
    pub by_basis: Vec<BasisCount>,
}

/// How many nodes are of a kind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KindCount {
    /// The kind.
    pub kind: NodeKind,
    /// How many.
    #[serde(flatten)]
    pub count: Count,
}

/// How many nodes of a kind are of a type.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TypeCount<'g> {
    /// The kind.
    pub kind: NodeKind,
    /// The type; null for those of which none is known.
    pub r#type: Option<&'g str>,
    /// What the type is called; null where it has no name.
    pub name: Option<&'g Text>,
    /// How many.
    #[serde(flatten)]
    pub count: Count,
}

/// How many stand in a layer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LayerCount {
    /// The layer, counted from 0 in the order of `--data`.
    pub layer: u16,
    /// How many.
    #[serde(flatten)]
    pub count: Count,
}

/// How many stand on a basis.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BasisCount {
    /// The basis.
    pub basis: Basis,
    /// How many.
    #[serde(flatten)]
    pub count: Count,
}

/// How many relations are of a kind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RelationKindCount<'g> {
    /// The id of the kind.
    pub kind: &'g str,
    /// What it is called when read forwards.
    pub name: &'g Text,
    /// What it is called in a table; its name where it has no shorter label.
    pub short: &'g Text,
    /// Whether they link the nodes of the network: whether a route may follow them, or `--follow`
    /// adds them.
    pub followed: bool,
    /// How many.
    #[serde(flatten)]
    pub count: Count,
}

/// Counts nodes. O(nodes).
pub(super) fn of_nodes<'g>(nodes: &[Node<'g>]) -> NodeCounts<'g> {
    let derived = |node: &Node| node.context().is_some();
    let by_kind = tally(nodes, |node| node.kind(), derived);
    let by_type = tally(nodes, |node| (node.kind(), node.r#type()), derived);
    let name = |id: Option<&'g str>| nodes.first()?.graph().type_name(id?);
    let by_type = by_type.into_iter().map(|((kind, r#type), count)| TypeCount {
        kind,
        r#type,
        name: name(r#type),
        count,
    });
    NodeCounts {
        count: sum(by_kind.values()),
        by_kind: NodeKind::ALL
            .map(|kind| KindCount { kind, count: by_kind.get(&kind).copied().unwrap_or_default() })
            .into(),
        by_type: by_type.collect(),
        by_layer: layers(tally(nodes, |node| node.layer(), derived)),
        by_basis: bases(&tally(nodes, |node| node.basis(), derived)),
    }
}

/// Counts relations. O(relations).
pub(super) fn of_relations<'g>(
    graph: &'g Graph,
    relations: &[Relation<'g>],
    ways: &Ways<'g>,
) -> RelationCounts<'g> {
    let derived = |relation: &Relation| relation.is_derived();
    let by_kind = tally(relations, |relation| relation.kind().index(), derived);
    let kinds = graph.relation_kinds().filter_map(|kind| {
        let count = *by_kind.get(&kind.index())?;
        Some(RelationKindCount {
            kind: kind.id(),
            name: kind.name(),
            short: kind.short_text(),
            followed: ways.follows(kind),
            count,
        })
    });
    RelationCounts {
        count: sum(by_kind.values()),
        by_kind: kinds.collect(),
        by_layer: layers(tally(relations, |relation| relation.layer(), derived)),
        by_basis: bases(&tally(relations, |relation| relation.basis(), derived)),
    }
}

fn tally<T, K: Ord>(
    things: &[T],
    key: impl Fn(&T) -> K,
    derived: impl Fn(&T) -> bool,
) -> BTreeMap<K, Count> {
    let mut counts: BTreeMap<K, Count> = BTreeMap::new();
    for thing in things {
        let count = counts.entry(key(thing)).or_default();
        count.total += 1;
        count.derived += usize::from(derived(thing));
    }
    counts
}

fn sum<'c>(counts: impl Iterator<Item = &'c Count>) -> Count {
    counts.fold(Count::default(), |sum, more| Count {
        total: sum.total + more.total,
        derived: sum.derived + more.derived,
    })
}

fn layers(counts: BTreeMap<u16, Count>) -> Vec<LayerCount> {
    counts.into_iter().map(|(layer, count)| LayerCount { layer, count }).collect()
}

fn bases(counts: &BTreeMap<Basis, Count>) -> Vec<BasisCount> {
    Basis::ALL
        .map(|basis| BasisCount { basis, count: counts.get(&basis).copied().unwrap_or_default() })
        .into()
}
