//! Who lies in the same country or region as whoever has a gap.

use crate::graph::{Node, NodeSet, Relation};
use crate::model::{Core, NodeKind};
use crate::query::counted::Counted;
use crate::query::scope::Scope;

/// What is around one side of a comparison.
pub struct Vicinity<'g> {
    counted: Counted<'g>,
    /// All that lies in one of its countries.
    country: NodeSet<'g>,
    /// Of an organization, the regions smaller than a country that it lies in; of others none, as who shares
    /// them belongs there.
    regions: NodeSet<'g>,
}

impl<'g> Vicinity<'g> {
    /// Finds what is around what is looked at or, where that is in no region itself, around its members.
    /// O(nodes + relations).
    pub fn of(scope: &Scope<'g>) -> Self {
        let counted = scope.counted();
        let mut around = regions_of(scope.of(), counted);
        if around.is_empty() {
            around = regions_of(scope.organizations(), counted);
        }
        let mut regions = around.clone();
        regions.retain(|region| !is_country(region));
        if scope.of().is_none_or(|it| it.kind() != NodeKind::Organization) {
            regions = NodeSet::new(scope.graph());
        }
        let countries = around.iter().filter(|region| is_country(*region));
        Vicinity { counted: counted.clone(), country: within(countries, counted), regions }
    }

    /// Returns whether a node lies in the same country. O(1).
    pub fn is_same_country(&self, node: Node<'g>) -> bool {
        self.country.contains(node)
    }

    /// Returns the smallest region, but a country, that a node lies in too. O(nodes) and the relations of these
    /// regions.
    pub fn shared(&self, node: Node<'g>) -> Option<Node<'g>> {
        let shared = &regions_of([node], &self.counted) & &self.regions;
        shared.iter().min_by_key(|region| self.counted.below([*region], Core::Within).len())
    }
}

fn is_country(region: Node) -> bool {
    region.r#type() == Some("country")
}

/// Returns the regions of these nodes, themselves included where they are regions, and the regions around these.
/// A node lies where it is located or, where nothing says that, where what it is part of lies: a subsidiary
/// abroad is abroad.
fn regions_of<'g>(nodes: impl IntoIterator<Item = Node<'g>>, counted: &Counted<'g>) -> NodeSet<'g> {
    let mut open: Vec<Node> = nodes.into_iter().collect();
    let mut seen = NodeSet::of(counted.graph(), open.iter().copied());
    let mut regions = NodeSet::new(counted.graph());
    while let Some(node) = open.pop() {
        if node.kind() == NodeKind::Region {
            regions.insert(node);
        } else if is_located(node, counted) {
            regions.extend(counted.outgoing(node, Core::LocatedIn).map(Relation::to));
        } else {
            let wholes = counted.outgoing(node, Core::PartOf).map(Relation::to);
            open.extend(wholes.filter(|whole| seen.insert(*whole)));
        }
    }
    counted.above(regions.iter(), Core::Within)
}

/// Returns these regions and all that lies in them: the nodes of which [`regions_of`] has one.
fn within<'g>(regions: impl Iterator<Item = Node<'g>>, counted: &Counted<'g>) -> NodeSet<'g> {
    let mut found = counted.below(regions, Core::Within);
    let located = found.iter().flat_map(|it| counted.incoming(it, Core::LocatedIn));
    let mut open: Vec<Node> = located.map(Relation::from).collect();
    while let Some(node) = open.pop() {
        if found.insert(node) {
            let parts = counted.incoming(node, Core::PartOf).map(Relation::from);
            open.extend(parts.filter(|part| !is_located(*part, counted)));
        }
    }
    found
}

fn is_located(node: Node, counted: &Counted) -> bool {
    counted.outgoing(node, Core::LocatedIn).next().is_some()
}
