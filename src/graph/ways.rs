//! Which steps a route may take, and what they cost.

use std::fmt;
use std::ops::Add;
use std::str::FromStr;

use foldhash::{HashSet, HashSetExt};
use serde::{Serialize, Serializer};

use super::{Direction, Graph, Node, Relation, RelationKind};
use crate::model::Traverse;

/// What a step or a route costs: one for each hop, unless a relation kind is given another weight.
///
/// A decimal number of six places, so that sums and comparisons are exact; serialized as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cost {
    millionths: u64,
}

impl Cost {
    /// The cost of a hop whose kind of relation has no weight.
    pub const ONE: Cost = Cost { millionths: MILLION };
}

const MILLION: u64 = 1_000_000;

/// The highest cost of a relation kind; sums of a billion such steps still fit.
const HIGHEST: u64 = 10_000;

/// The error of a text that is not a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCost;

impl fmt::Display for InvalidCost {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("not a cost: write a number from 0 to 10000 with at most six decimals")
    }
}

impl std::error::Error for InvalidCost {}

impl FromStr for Cost {
    type Err = InvalidCost;

    /// Reads a number from 0 to 10000 with at most six decimals, such as `2` or `0.5`.
    fn from_str(text: &str) -> Result<Self, InvalidCost> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) || decimals.len() > 6 {
            return Err(InvalidCost);
        }
        let whole: u64 = whole.parse().map_err(|_| InvalidCost)?;
        let decimals: u64 = format!("{decimals:0<6}").parse().map_err(|_| InvalidCost)?;
        let millionths = whole.min(HIGHEST + 1) * MILLION + decimals;
        (millionths <= HIGHEST * MILLION).then_some(Cost { millionths }).ok_or(InvalidCost)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (whole, decimals) = (self.millionths / MILLION, self.millionths % MILLION);
        match decimals {
            0 => write!(f, "{whole}"),
            _ => f.write_str(format!("{whole}.{decimals:06}").trim_end_matches('0')),
        }
    }
}

impl Serialize for Cost {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.millionths % MILLION {
            0 => serializer.serialize_u64(self.millionths / MILLION),
            _ => serializer.serialize_f64(self.millionths as f64 / MILLION as f64),
        }
    }
}

/// The length of a route: its cost, and among routes of equal cost the number of its hops.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    schemars::JsonSchema,
)]
pub struct Length {
    /// The sum of the costs of its hops.
    #[schemars(with = "f64")]
    pub cost: Cost,
    /// The number of its hops.
    pub hops: u32,
}

impl Length {
    /// Creates the length of one hop.
    pub(super) fn step(cost: Cost) -> Self {
        Length { cost, hops: 1 }
    }
}

impl Add for Length {
    type Output = Length;

    fn add(self, more: Length) -> Length {
        let millionths = self.cost.millionths + more.cost.millionths;
        Length { cost: Cost { millionths }, hops: self.hops + more.hops }
    }
}

/// Which relations a route may use, in which direction and at what cost, and which nodes it may enter.
pub struct Ways<'g> {
    graph: &'g Graph,
    /// By the number of the relation kind.
    kinds: Vec<KindWays>,
    keep: Vec<Box<Keep<'g>>>,
    avoid: HashSet<u32>,
}

/// Whether a relation may be read in a direction.
type Keep<'g> = dyn Fn(Relation<'g>, Direction) -> bool + 'g;

/// How relations of one kind may be used.
#[derive(Clone, Copy)]
struct KindWays {
    forward: bool,
    backward: bool,
    cost: Cost,
}

impl<'g> Ways<'g> {
    /// Creates the ways that the vocabulary allows, each step at a cost of one.
    pub fn new(graph: &'g Graph) -> Self {
        let kinds = graph
            .relation_kinds()
            .map(|kind| KindWays {
                forward: kind.traverse() != Traverse::Never,
                backward: kind.traverse() == Traverse::Both,
                cost: Cost::ONE,
            })
            .collect();
        Ways { graph, kinds, keep: Vec::new(), avoid: HashSet::new() }
    }

    /// Lets routes follow relations of the kind with this number, in the direction in which they
    /// are written.
    pub fn follow(&mut self, kind: u16) {
        self.kinds[usize::from(kind)].forward = true;
    }

    /// Lets routes follow no relations of the kind with this number.
    pub fn leave_out(&mut self, kind: u16) {
        let ways = &mut self.kinds[usize::from(kind)];
        (ways.forward, ways.backward) = (false, false);
    }

    /// Sets the cost of relations of the kind with this number.
    pub fn weigh(&mut self, kind: u16, cost: Cost) {
        self.kinds[usize::from(kind)].cost = cost;
    }

    /// Lets routes follow relations in both directions.
    pub fn both_ways(&mut self) {
        for ways in &mut self.kinds {
            ways.backward |= ways.forward;
            ways.forward = ways.backward;
        }
    }

    /// Lets routes follow only relations that satisfy `keep` too, each in the directions in which it
    /// does.
    pub fn keep(&mut self, keep: impl Fn(Relation<'g>, Direction) -> bool + 'g) {
        self.keep.push(Box::new(keep));
    }

    /// Lets routes enter none of these nodes.
    pub fn avoid(&mut self, nodes: impl IntoIterator<Item = Node<'g>>) {
        self.avoid.extend(nodes.into_iter().map(Node::index));
    }

    /// Returns the graph of the nodes and relations.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Returns whether a route may enter a node.
    pub fn enters(&self, node: Node<'g>) -> bool {
        !self.avoid.contains(&node.index())
    }

    /// Returns whether a route may take relations of a kind, in whichever direction.
    pub fn follows(&self, kind: RelationKind<'g>) -> bool {
        let ways = self.kinds[usize::from(kind.index())];
        ways.forward || ways.backward
    }

    /// Returns whether a route may take a relation in a direction.
    pub(super) fn allows(&self, relation: Relation<'g>, direction: Direction) -> bool {
        self.cost(relation, direction).is_some()
    }

    /// Returns whether every step costs the same.
    pub(super) fn is_uniform(&self) -> bool {
        self.kinds.iter().all(|kind| kind.cost == Cost::ONE)
    }

    /// The cost of a relation read in a direction; none where it may not be used so.
    fn cost(&self, relation: Relation<'g>, direction: Direction) -> Option<Cost> {
        let ways = self.kinds[usize::from(relation.kind().index())];
        let open = match direction {
            Direction::Forward => ways.forward,
            Direction::Backward => ways.backward,
        };
        let is_kept = || self.keep.iter().all(|keep| keep(relation, direction));
        (open && is_kept()).then_some(ways.cost)
    }

    /// Returns the relations that lead from one node to another, forward ones first.
    pub fn between(&self, from: Node<'g>, to: Node<'g>) -> Vec<(Relation<'g>, Direction)> {
        let forward = from.outgoing().filter(|relation| relation.to() == to);
        let backward = from.incoming().filter(|relation| relation.from() == to);
        forward
            .map(|relation| (relation, Direction::Forward))
            .chain(backward.map(|relation| (relation, Direction::Backward)))
            .filter(|(relation, direction)| self.cost(*relation, *direction).is_some())
            .collect()
    }

    /// Returns the numbers of the nodes one step away, with the cost of the step, each once and in
    /// the order of the atlas. With `Direction::Forward` these are the nodes to which steps from
    /// `node` lead, with `Direction::Backward` the nodes from which steps lead to `node`.
    pub(super) fn neighbours(&self, node: u32, towards: Direction) -> Vec<(u32, Cost)> {
        let mut found = Vec::new();
        let (out, into) = match towards {
            Direction::Forward => (Direction::Forward, Direction::Backward),
            Direction::Backward => (Direction::Backward, Direction::Forward),
        };
        let node = self.graph.node_at(node);
        let leaving = node.outgoing().map(|it| (it, it.to(), out));
        let arriving = node.incoming().map(|it| (it, it.from(), into));
        for (relation, other, direction) in leaving.chain(arriving) {
            if let Some(cost) = self.cost(relation, direction)
                && !self.avoid.contains(&other.index())
            {
                found.push((other.index(), cost));
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|(node, _)| *node);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_read_and_written_exactly() {
        for text in ["0", "1", "0.5", "2.25", "10000", "0.000001", "9999.999999"] {
            assert_eq!(text.parse::<Cost>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "-1",
            "1.",
            ".5",
            "1e3",
            "0.0000001",
            "10000.1",
            "NaN",
            "１",
            "99999999999999999999",
            "18446744073709.999999",
        ] {
            assert_eq!(text.parse::<Cost>(), Err(InvalidCost), "{text}");
        }
        assert_eq!(serde_json::to_string(&"2.50".parse::<Cost>().unwrap()).unwrap(), "2.5");
        assert_eq!(serde_json::to_string(&Cost::ONE).unwrap(), "1");
    }
}
