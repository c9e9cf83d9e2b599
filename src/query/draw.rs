//! What a picture of a region or a program shows: its roles with who plays them, and what flows between them.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::scope::Scope;
use super::tie::{Tie, ties_into};
use crate::graph::shape::ids;
use crate::graph::{Graph, Node, Relation};
use crate::model::{Basis, NodeKind};

/// A region, a program or an organization, drawn.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Scene<'g> {
    /// What is drawn.
    pub of: Node<'g>,
    /// The boxes: roles that are drawn there, then whoever else relations lead from and to; of a place without
    /// roles, its organizations.
    pub boxes: Vec<Place<'g>>,
    /// The relations between boxes.
    pub relations: Vec<Relation<'g>>,
    /// The numbers of the boxes that each relation joins.
    #[serde(skip)]
    pub joins: Vec<(usize, usize)>,
}

/// A box.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Place<'g> {
    /// The role, or who stands by itself; of a region, the role in general.
    pub node: Node<'g>,
    /// The roles of the parts that it stands for.
    #[serde(serialize_with = "ids")]
    #[schemars(with = "Vec<&str>")]
    pub roles: Vec<Node<'g>>,
    /// The relations by which the role is played.
    #[serde(serialize_with = "ties_into")]
    #[schemars(with = "Vec<Tie>")]
    pub players: Vec<Relation<'g>>,
}

/// Finds what is drawn; O(nodes + relations).
pub fn draw<'g>(graph: &'g Graph, of: Node<'g>, bases: &[Basis]) -> Scene<'g> {
    let scope = Scope::new(graph, Some(of), bases);
    let is_here = |role: &Node<'g>| role.context().is_some_and(|it| scope.core().contains(it));
    let roles: Vec<Node> = scope.roles().filter(is_here).collect();
    let mut boxes: Vec<Place> = Vec::new();
    for role in roles {
        // The parts of a region are not told apart, those of a program are.
        let node = match of.kind() {
            NodeKind::Region => role.generic().unwrap_or(role),
            _ => role,
        };
        let players = scope.players(role);
        match boxes.iter_mut().find(|it| it.node == node) {
            Some(place) => {
                place.roles.push(role);
                place.players.extend(players);
            }
            None => boxes.push(Place { node, roles: vec![role], players: players.collect() }),
        }
    }
    if boxes.is_empty() {
        boxes = scope.organizations().map(Place::alone).collect();
    }
    let mut scene = Scene { of, boxes, relations: Vec::new(), joins: Vec::new() };
    scene.join(&scope);
    scene
}

impl<'g> Place<'g> {
    /// The box of one who stands by itself.
    fn alone(node: Node<'g>) -> Self {
        Place { node, roles: Vec::new(), players: Vec::new() }
    }

    /// Returns whether it is the box of a node, rather than one that the node is in.
    pub fn stands_for(&self, node: Node<'g>) -> bool {
        self.node == node || self.roles.contains(&node)
    }
}

impl<'g> Scene<'g> {
    /// Finds the relations between boxes. What joins two who play roles is drawn between the roles, unless that is
    /// said of the roles themselves.
    fn join(&mut self, scope: &Scope<'g>) {
        let mut home: BTreeMap<Node<'g>, usize> = BTreeMap::new();
        for (number, place) in self.boxes.iter().enumerate() {
            let all = place.roles.iter().copied().chain([place.node]);
            home.extend(all.map(|node| (node, number)));
        }
        for (number, place) in self.boxes.iter().enumerate() {
            for player in &place.players {
                home.entry(player.from()).or_insert(number);
            }
        }
        let is_role = |node: Node<'g>| node.context().is_some() || node.generic().is_some();
        let all: Vec<Relation> = scope.flows().collect();
        let told: BTreeSet<(u16, usize, usize)> = all
            .iter()
            .filter(|it| is_role(it.from()) && is_role(it.to()))
            .filter_map(|it| {
                Some((it.kind().index(), *home.get(&it.from())?, *home.get(&it.to())?))
            })
            .collect();
        for relation in all {
            let ends = [relation.from(), relation.to()];
            let is_of_members = !ends.into_iter().any(is_role);
            let mut number = |node: Node<'g>| match home.get(&node) {
                Some(number) => *number,
                None => {
                    self.boxes.push(Place::alone(node));
                    home.insert(node, self.boxes.len() - 1);
                    self.boxes.len() - 1
                }
            };
            let (from, to) = (number(ends[0]), number(ends[1]));
            let is_told = told.contains(&(relation.kind().index(), from, to));
            if from != to && !(is_of_members && is_told) {
                self.relations.push(relation);
                self.joins.push((from, to));
            }
        }
    }
}
