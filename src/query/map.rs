//! Where organizations are: how many in each region that has a location, and who has none.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::scope::Scope;
use crate::graph::shape::ids;
use crate::graph::{Graph, Node};
use crate::model::{Basis, Location, NodeKind};

/// Places, and who is at none of them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Places<'g> {
    /// The region that is mapped; `null` where it is the whole atlas.
    pub region: Option<Node<'g>>,
    /// The regions with a location, those with the most organizations first.
    pub places: Vec<Place<'g>>,
    /// The organizations of which no location is known.
    pub without_location: Vec<Node<'g>>,
}

/// A region and who is there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Place<'g> {
    /// The region.
    pub region: Node<'g>,
    /// Where it is.
    pub location: Location,
    /// Whether it is a special zone.
    pub special_zone: bool,
    /// The organizations that are there, by id; each at the smallest region that has a location.
    #[serde(serialize_with = "ids")]
    #[schemars(with = "Vec<&str>")]
    pub organizations: Vec<Node<'g>>,
}

/// Finds places, by the relations on one of these bases; O(nodes + relations).
pub fn map<'g>(graph: &'g Graph, region: Option<Node<'g>>, bases: &[Basis]) -> Places<'g> {
    let scope = Scope::new(graph, region, bases);
    let is_here = |node: Node<'g>| region.is_none() || scope.core().contains(node);
    let regions = graph.nodes_of(NodeKind::Region).filter(|it| is_here(*it));
    let mut places: BTreeMap<Node<'g>, Place<'g>> = BTreeMap::new();
    for node in regions {
        if let Some(location) = node.location() {
            let special_zone = node.r#type().is_some_and(|it| it.contains("special-zone"));
            places.insert(
                node,
                Place { region: node, location, special_zone, organizations: Vec::new() },
            );
        }
    }
    let mut without_location = Vec::new();
    for organization in scope.organizations() {
        // Outwards, until there is a location.
        let mut open: Vec<Node> = organization.region().into_iter().collect();
        let mut seen = open.clone();
        let mut found = None;
        while let Some(node) = open.first().copied() {
            open.remove(0);
            if places.contains_key(&node) {
                found = Some(node);
                break;
            }
            for outer in node.within() {
                if !seen.contains(&outer) {
                    seen.push(outer);
                    open.push(outer);
                }
            }
        }
        match found.and_then(|it| places.get_mut(&it)) {
            Some(place) => place.organizations.push(organization),
            None => without_location.push(organization),
        }
    }
    let mut places: Vec<Place> = places.into_values().collect();
    places.sort_by_key(|it| std::cmp::Reverse(it.organizations.len()));
    Places { region, places, without_location }
}
