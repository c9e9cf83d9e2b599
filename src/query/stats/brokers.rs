//! Brokers: organizations through which others reach each other, within sectors and regions and
//! between them.

use std::collections::HashMap;
use std::hash::Hash;

use schemars::JsonSchema;
use serde::Serialize;

use super::ranked;
use crate::graph::network::{ActorNetwork, Brokerage, TooMany};
use crate::graph::ways::Ways;
use crate::graph::{Graph, Node, Relation};
use crate::model::Text;

/// The selected organizations as brokers of one another.
///
/// One is tied to another where a route leads there that enters no third organization and has at
/// most one step that is no affiliation (`plays`, `participates-in`): by a relation, in the same box or
/// program, or from one box into another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Brokers<'g> {
    /// The number of organizations that are selected.
    pub nodes: usize,
    /// The number of ordered pairs of them that are tied.
    pub ties: usize,
    /// The organizations that are a broker for the most pairs, the greatest first.
    pub top: Vec<Broker<'g>>,
}

/// An organization as a broker.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Broker<'g> {
    /// The organization.
    pub node: Node<'g>,
    /// Its sector: the type of organization; null where unknown.
    pub sector: Option<&'g str>,
    /// The name of the sector; null where it has none.
    pub sector_name: Option<&'g Text>,
    /// The region that it is in; null where unknown.
    pub region: Option<Node<'g>>,
    /// The number of ordered pairs of others for which it is a broker: a tie leads from the first
    /// to it and from it to the second, but none from the first to the second.
    pub pairs: u64,
    /// Burt's constraint: near 0 for one whose many contacts have no ties of their own, 1 and a little
    /// above for one whose contacts are one closed group; null for one without contacts.
    pub constraint: Option<f64>,
    /// The pairs by the sectors of the three.
    pub sectors: Roles,
    /// The pairs by the regions of the three.
    pub regions: Roles,
}

/// The number of pairs by the role of the broker (Gould and Fernandez 1989).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Roles {
    /// All three in one group.
    pub coordinator: u64,
    /// The two others in one group, the broker in another.
    pub itinerant: u64,
    /// From another group into the broker's own.
    pub gatekeeper: u64,
    /// From the broker's own group into another.
    pub representative: u64,
    /// Three groups.
    pub liaison: u64,
    /// All of these.
    pub total: u64,
    /// Pairs where the group of one of the three is unknown, which count for none of these.
    pub unknown: u64,
}

impl From<Brokerage> for Roles {
    fn from(brokerage: Brokerage) -> Self {
        Roles {
            coordinator: brokerage.coordinator,
            itinerant: brokerage.itinerant,
            gatekeeper: brokerage.gatekeeper,
            representative: brokerage.representative,
            liaison: brokerage.liaison,
            total: brokerage.total(),
            unknown: brokerage.unknown,
        }
    }
}

pub(super) fn brokers<'g>(
    graph: &'g Graph,
    organizations: &[Node<'g>],
    relations: &[Relation<'g>],
    ways: &Ways<'g>,
    top: usize,
) -> Result<Brokers<'g>, TooMany> {
    let actors = ActorNetwork::new(graph, organizations, relations, ways)?;
    let sector = |node: &Node<'g>| node.r#type();
    let sectors = actors.brokerage(&groups(organizations, sector));
    let regions = actors.brokerage(&groups(organizations, |node| node.region().map(Node::index)));
    let constraint = actors.constraint();
    let pairs = |place: usize| sectors[place].total() + sectors[place].unknown;
    let broker = |place: usize| {
        let node = organizations[place];
        Broker {
            node,
            sector: sector(&node),
            sector_name: sector(&node).and_then(|it| graph.type_name(it)),
            region: node.region(),
            pairs: pairs(place),
            constraint: constraint[place],
            sectors: sectors[place].into(),
            regions: regions[place].into(),
        }
    };
    Ok(Brokers {
        nodes: organizations.len(),
        ties: actors.tie_count(),
        top: ranked(organizations.len(), top, pairs).into_iter().map(broker).collect(),
    })
}

/// For each node the number of its group, in the order in which groups come up.
fn groups<'g, G: Eq + Hash>(
    nodes: &[Node<'g>],
    group: impl Fn(&Node<'g>) -> Option<G>,
) -> Vec<Option<u32>> {
    let mut numbers: HashMap<G, u32> = HashMap::new();
    let number = |node| {
        let next = numbers.len() as u32;
        group(node).map(|group| *numbers.entry(group).or_insert(next))
    };
    nodes.iter().map(number).collect()
}
