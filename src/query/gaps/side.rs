//! What one side of a comparison has: roles by the role in general, and flows between them.

use std::collections::{BTreeMap, BTreeSet};

use super::Flow;
use crate::graph::{Graph, Node, Relation};
use crate::model::{Basis, Core, NodeKind, Traverse};
use crate::query::scope::Scope;

/// A scope, with its roles by the role in general.
pub struct RoleScope<'g> {
    pub scope: Scope<'g>,
    roles: BTreeMap<Node<'g>, Vec<Node<'g>>>,
}

/// A flow as relations draw it from or to a role.
pub struct Drawn<'g> {
    /// As the first of them draws it.
    pub flow: Flow<'g>,
    pub relations: Vec<Relation<'g>>,
    /// Whether one of them has somebody at both ends.
    pub is_staffed: bool,
}

/// By what a flow is the same as another: its kind and its ends, in any order where it goes both ways.
pub type Key<'g> = (u16, Node<'g>, Node<'g>);

impl<'g> Flow<'g> {
    /// Returns its ends that are roles, each once.
    pub(super) fn roles(self) -> Vec<Node<'g>> {
        let mut ends = vec![self.from, self.to];
        ends.dedup();
        ends.retain(|end| end.kind() == NodeKind::Role);
        ends
    }

    /// Returns whether it is between two roles.
    pub(super) fn is_general(self) -> bool {
        [self.from, self.to].iter().all(|end| end.kind() == NodeKind::Role)
    }

    pub(super) fn key(self) -> Key<'g> {
        let Flow { from, to, .. } = self;
        let turned = self.kind.traverse() == Traverse::Both && to < from;
        let (from, to) = if turned { (to, from) } else { (from, to) };
        (self.kind.index(), from, to)
    }
}

/// Returns the type of a node; a unit counts as what it is a unit of, so that a university can
/// stand for one.
pub fn sort<'g>(node: Node<'g>) -> Option<&'g str> {
    node.r#type().map(|sort| sort.trim_end_matches("-unit"))
}

impl<'g> RoleScope<'g> {
    /// Works out what a node has, or the atlas. O(nodes + relations).
    pub fn new(graph: &'g Graph, of: Option<Node<'g>>, bases: &[Basis]) -> Self {
        let scope = Scope::new(graph, of, bases);
        let mut roles: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        for role in scope.roles() {
            roles.entry(scope.broadest(role)).or_default().push(role);
        }
        RoleScope { scope, roles }
    }

    /// Returns the role in general that a role is one of, or under which it corresponds to others;
    /// what is no role stands for itself.
    pub fn general(&self, node: Node<'g>) -> Node<'g> {
        if node.kind() == NodeKind::Role { self.scope.broadest(node) } else { node }
    }

    /// Returns the roles in general that it has, in the order of the atlas.
    pub fn roles(&self) -> impl Iterator<Item = Node<'g>> {
        self.roles.keys().copied()
    }

    /// Returns the roles that specialize a role in general here; itself, where it belongs here as it is.
    pub fn boxes(&self, role: Node<'g>) -> &[Node<'g>] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// Returns the relations by which members play a role in general.
    pub fn players(&self, role: Node<'g>) -> impl Iterator<Item = Relation<'g>> {
        self.boxes(role).iter().flat_map(|role| self.scope.players(*role))
    }

    /// Returns whether somebody plays a role in general: a member, or one for all of the country.
    pub fn plays(&self, role: Node<'g>) -> bool {
        let serves = |it: &Node<'g>| {
            self.general(*it) == role && self.scope.nationwide_players(*it).next().is_some()
        };
        self.players(role).next().is_some() || self.scope.nationwide_roles().any(|it| serves(&it))
    }

    /// Returns the roles in general that its members play, or that those of their types play anywhere.
    pub fn called_for(&self, atlas: &RoleScope<'g>) -> BTreeSet<Node<'g>> {
        let types: BTreeSet<&str> = self.scope.members().filter_map(sort).collect();
        let is_alike = |node: Node<'g>| {
            self.scope.has_member(node) || sort(node).is_some_and(|it| types.contains(it))
        };
        let plays = atlas.roles().flat_map(|role| atlas.players(role));
        plays.filter(|it| is_alike(it.from())).map(|it| self.general(it.to())).collect()
    }

    /// Returns whether it is an organization's, whose counterparts are outside of it.
    pub fn is_one(&self) -> bool {
        self.scope.of().is_some_and(|node| node.kind() == NodeKind::Organization)
    }

    /// Returns the flows that relations draw from or to a role, the first drawn first.
    pub fn drawn(&self) -> Vec<Drawn<'g>> {
        let mut place: BTreeMap<Key, usize> = BTreeMap::new();
        let mut drawn: Vec<Drawn> = Vec::new();
        for relation in self.scope.flows() {
            let ends = [relation.from(), relation.to()];
            if ends.iter().all(|end| end.kind() != NodeKind::Role) {
                continue;
            }
            let [from, to] = ends.map(|end| self.general(end));
            let flow = Flow { kind: relation.kind(), from, to };
            let at = *place.entry(flow.key()).or_insert(drawn.len());
            if at == drawn.len() {
                drawn.push(Drawn { flow, relations: Vec::new(), is_staffed: false });
            }
            drawn[at].relations.push(relation);
            drawn[at].is_staffed |= ends.iter().all(|role| self.is_staffed(*role));
        }
        drawn
    }

    /// Returns the flows that it has: somebody is at both ends.
    pub fn flows(&self) -> BTreeSet<Key<'g>> {
        let mut had = BTreeSet::new();
        for relation in self.scope.flows() {
            let to = self.stands_for(relation.to());
            for from in self.stands_for(relation.from()) {
                had.extend(to.iter().map(|to| Flow { kind: relation.kind(), from, to: *to }.key()));
            }
        }
        had
    }

    /// The roles in general that one end of a flow stands for: itself, if somebody plays it, or those
    /// that it plays.
    fn stands_for(&self, end: Node<'g>) -> Vec<Node<'g>> {
        if end.kind() == NodeKind::Role {
            return self.is_staffed(end).then(|| self.general(end)).into_iter().collect();
        }
        let is_outside = !self.scope.has_member(end);
        let plays = end.outgoing().filter(|it| it.is(Core::Plays) && self.scope.counts(*it));
        let roles = plays.map(Relation::to).filter(|role| is_outside || self.scope.has_role(*role));
        roles.map(|role| self.general(role)).collect()
    }

    /// Whether somebody is at an end: who plays the role, a member or anybody where it is a counterpart's.
    fn is_staffed(&self, role: Node<'g>) -> bool {
        if role.kind() != NodeKind::Role {
            return true;
        }
        let is_outside = !self.scope.has_role(role);
        let plays = |it: Relation<'g>| {
            self.scope.counts(it) && (is_outside || self.scope.has_member(it.from()))
        };
        role.played_by().any(plays)
    }
}
