//! Which organizations reach which, with no other in between.

use petgraph::unionfind::UnionFind;

use super::{Links, NOWHERE, Ways, is_followed, places};
use crate::graph::{Direction, Graph, Node, Relation};
use crate::model::{Core, NodeKind};

/// The most pairs of contacts over which figures are worked out: about a second's work.
const MOST_CONTACTS: u64 = 50_000_000;

/// A tie is kept in memory while ties are gathered; as many as this take about 100 MB.
const MOST_TIES: u64 = 10_000_000;

/// A directed network of organizations, without loops: a tie leads from each to those that it
/// reaches.
///
/// An organization reaches another by a walk of steps that a route may take, which enters no third
/// organization and has at most one step that is not an *affiliation*. An affiliation is a relation
/// by which an organization `plays` a role or `participates-in` a program, walked in either
/// direction. So organizations that play the same role are tied to each other, and if a role
/// supplies another, all who play the one are tied to all who play the other.
pub struct ActorNetwork {
    pub(super) leading: Links,
    pub(super) led: Links,
    pub(super) around: Links,
}

/// The error of a network with too many ties to work out its figures in reasonable time and memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// The number of ties or of pairs of contacts.
    pub found: u64,
    /// The greatest number that is worked out.
    pub most: u64,
}

impl TooMany {
    fn check(found: u64, most: u64) -> Result<(), TooMany> {
        if found > most { Err(TooMany { found, most }) } else { Ok(()) }
    }
}

impl ActorNetwork {
    /// Ties `organizations` by those of `relations` that a route may take.
    ///
    /// O(relations + ties · log ties). Nodes that affiliations alone connect (a role and the
    /// programs that it takes part in) form one circle. A tie within a circle or from one circle to
    /// another counts once for each pair of their members.
    ///
    /// # Errors
    /// Where there are so many members that to count on would take too long.
    pub fn new<'g>(
        graph: &'g Graph,
        organizations: &[Node<'g>],
        relations: &[Relation<'g>],
        ways: &Ways<'g>,
    ) -> Result<Self, TooMany> {
        let circles = Circles::new(graph, organizations, relations, ways);
        let pairs = circles.ties()?;
        let size = organizations.len();
        let actors = ActorNetwork {
            led: Links::new(size, pairs.iter().map(|(from, to)| (*to, *from)).collect()),
            around: Links::both_ways(size, pairs.clone()),
            leading: Links::new(size, pairs),
        };
        TooMany::check(actors.contacts(), MOST_CONTACTS)?;
        Ok(actors)
    }

    /// Returns the number of ties, each an ordered pair of organizations.
    pub fn tie_count(&self) -> usize {
        self.leading.count()
    }

    /// How many pairs of contacts all figures look at.
    fn contacts(&self) -> u64 {
        let through = |node| self.led.degree(node) as u64 * self.leading.degree(node) as u64;
        let beside = |node| (self.around.degree(node) as u64).pow(2);
        self.leading.nodes().map(|node| through(node) + beside(node)).sum()
    }
}

/// Organizations by the circles that they move in.
///
/// An organization is the number of its place; the circles come after.
struct Circles {
    /// Who belongs to what: circle or organization (itself), and organization; sorted.
    members: Vec<(u32, u32)>,
    /// Within or between which of them there are ties; sorted.
    meeting: Vec<(u32, u32)>,
}

impl Circles {
    fn new<'g>(
        graph: &'g Graph,
        organizations: &[Node<'g>],
        relations: &[Relation<'g>],
        ways: &Ways<'g>,
    ) -> Self {
        let is_affiliation =
            |relation: &Relation| relation.is(Core::Plays) || relation.is(Core::ParticipatesIn);
        let followed = relations.iter().filter(|relation| is_followed(**relation, ways));
        let (affiliations, flows): (Vec<Relation>, Vec<Relation>) =
            followed.partition(|relation| is_affiliation(relation));
        let sides = sides(graph, organizations, &affiliations);
        let ends = |relation: &Relation| {
            let [from, to] = [relation.from(), relation.to()].map(|end| sides[end.index as usize]);
            (from != NOWHERE && to != NOWHERE).then_some((from, to))
        };
        let is_organization = |side: u32| (side as usize) < organizations.len();
        let mut members: Vec<(u32, u32)> =
            (0..organizations.len() as u32).map(|place| (place, place)).collect();
        let mut meeting = Vec::new();
        for (from, to) in affiliations.iter().filter_map(ends) {
            match (is_organization(from), is_organization(to)) {
                (true, true) => meeting.extend([(from, to), (to, from)]),
                (true, false) => members.push((to, from)),
                (false, true) => members.push((from, to)),
                (false, false) => {}
            }
        }
        members.sort_unstable();
        members.dedup();
        let circles = members.iter().map(|(side, _)| *side).filter(|side| !is_organization(*side));
        meeting.extend(circles.map(|circle| (circle, circle)));
        for flow in &flows {
            let Some((from, to)) = ends(flow) else { continue };
            meeting.extend(ways.allows(*flow, Direction::Forward).then_some((from, to)));
            meeting.extend(ways.allows(*flow, Direction::Backward).then_some((to, from)));
        }
        meeting.sort_unstable();
        meeting.dedup();
        Circles { members, meeting }
    }

    fn of(&self, side: u32) -> &[(u32, u32)] {
        let start = self.members.partition_point(|(other, _)| *other < side);
        let end = self.members.partition_point(|(other, _)| *other <= side);
        &self.members[start..end]
    }

    /// Each ordered pair of organizations that meet, some perhaps more than once.
    fn ties(&self) -> Result<Vec<(u32, u32)>, TooMany> {
        let sides = self.meeting.iter().map(|(from, to)| (self.of(*from), self.of(*to)));
        let pairs = sides.clone().map(|(from, to)| from.len() as u64 * to.len() as u64);
        TooMany::check(pairs.fold(0, u64::saturating_add), MOST_TIES)?;
        let ties = sides.flat_map(|(from, to)| {
            from.iter().flat_map(move |(_, from)| to.iter().map(move |(_, to)| (*from, *to)))
        });
        Ok(ties.collect())
    }
}

/// For each node of the graph: the place of an organization, or the number of the circle of another
/// node. Organizations that do not count are nowhere.
fn sides<'g>(
    graph: &'g Graph,
    organizations: &[Node<'g>],
    affiliations: &[Relation<'g>],
) -> Vec<u32> {
    let is_organization = |node: Node| node.kind() == NodeKind::Organization;
    let mut circles = UnionFind::<u32>::new(graph.node_count());
    for affiliation in affiliations {
        let (from, to) = (affiliation.from(), affiliation.to());
        if !is_organization(from) && !is_organization(to) {
            circles.union(from.index, to.index);
        }
    }
    let mut sides = places(organizations);
    sides.resize(graph.node_count(), NOWHERE);
    for (node, label) in graph.nodes().zip(circles.into_labeling()) {
        if !is_organization(node) {
            sides[node.index as usize] = organizations.len() as u32 + label;
        }
    }
    sides
}
