//! What belongs to a node: its contexts, its members, its roles, its programs.
//!
//! Only this module decides it, over the relations that count. Selections, scopes, the ends of
//! routes and `risk --without` use it, so that every command that counts members counts the same.
//!
//! **Members** are organizations and programs. Of a region or a program, whose contexts are it and those
//! within it or its parts, they are who
//! - is tied to a context by a place or a membership: is located there, runs it, takes part, is a part;
//! - plays a role drawn in a context;
//! - is named in a relation that holds in a context.
//!
//! What is only planned is among `related`, not among the members. Who supports, advises or pays it from outside, and is named there in no other way, is no member.
//! Of an organization the members are it and its units; of a role, who plays it in any context, or a
//! narrower one; of a
//! stage, who plays a role that acts in it.

use std::collections::BTreeSet;

use super::counted::{Counted, acts};
use crate::graph::{Graph, Node, NodeSet, Relation};
use crate::model::{Class, Core, NodeKind};

/// What belongs to a node, or to the whole atlas.
#[derive(Clone, Debug)]
pub struct Extent<'g> {
    /// The node itself with its parts: the region and those within it, the program and its parts,
    /// the organization and its units, the role in each context, the stage; of the whole atlas, its
    /// regions and programs.
    pub core: NodeSet<'g>,
    /// The regions and programs whose contextual roles belong to it.
    pub contexts: NodeSet<'g>,
    /// The organizations and programs that act in it.
    pub members: NodeSet<'g>,
    /// The programs whose support reaches it.
    pub programs: NodeSet<'g>,
    /// The roles that belong to it: those drawn in its contexts and, but for a program, whose members
    /// may play roles elsewhere, those that its members play. A role in general is left out where it is
    /// told in a context and nobody plays it in general.
    pub roles: NodeSet<'g>,
    /// The roles in its contexts; of a role, the role in each context; of a stage, the roles that
    /// act in it.
    pub boxes: NodeSet<'g>,
    /// The stages in which the `boxes` act.
    pub stages: NodeSet<'g>,
    /// Further nodes that it is connected to: of a program, the roles that take part and what it
    /// leads to other than organizations; of a stage, what supports it; and what is only planned.
    pub related: NodeSet<'g>,
}

impl<'g> Extent<'g> {
    /// Determines what belongs to a node. O(nodes + relations).
    pub fn of(node: Node<'g>, counted: &Counted<'g>) -> Self {
        let mut extent = match node.kind() {
            NodeKind::Region => Extent::of_region(node, counted),
            NodeKind::Program => Extent::of_program(node, counted),
            NodeKind::Organization => Extent::of_organization(node, counted),
            NodeKind::Role => Extent::of_role(node, counted),
            NodeKind::Stage => Extent::of_stage(node, counted),
        };
        extent.roles = match node.kind() {
            NodeKind::Role | NodeKind::Stage => extent.boxes.clone(),
            NodeKind::Program => extent.distinct(extent.boxes.clone(), counted),
            kind => {
                let mut roles = extent.played(counted);
                if kind == NodeKind::Region {
                    // What a company does in one region it does not do in another.
                    let is_elsewhere = |context: Node<'g>| {
                        context.kind() == NodeKind::Region && !extent.contexts.contains(context)
                    };
                    roles.retain(|role| !role.context().is_some_and(is_elsewhere));
                }
                extent.distinct(roles, counted)
            }
        };
        extent.set_planned_apart();
        extent
    }

    /// What is only planned belongs to it, but does not act.
    fn set_planned_apart(&mut self) {
        let planned: Vec<Node> = self.members.iter().filter(|it| it.is_planned()).collect();
        self.related.extend(planned);
        self.members.retain(|it| !it.is_planned());
        self.programs.retain(|it| !it.is_planned());
    }

    /// Returns the extent of the whole atlas: everything. O(nodes + relations).
    pub fn whole(counted: &Counted<'g>) -> Self {
        let graph = counted.graph();
        let all = |kind| NodeSet::of(graph, graph.nodes_of(kind));
        let programs = all(NodeKind::Program);
        let contexts = &all(NodeKind::Region) | &programs;
        let mut boxes = drawn(&contexts, counted);
        boxes.extend(graph.nodes_of(NodeKind::Role).filter(|it| it.generic().is_none()));
        let mut extent = Extent {
            core: contexts.clone(),
            contexts,
            members: &all(NodeKind::Organization) | &programs,
            programs,
            boxes,
            stages: all(NodeKind::Stage),
            ..Extent::empty(graph)
        };
        extent.roles = extent.distinct(extent.played(counted), counted);
        extent.set_planned_apart();
        extent
    }

    /// Returns all nodes that belong to it.
    pub fn nodes(&self) -> NodeSet<'g> {
        let parts =
            [&self.contexts, &self.members, &self.boxes, &self.stages, &self.related].into_iter();
        parts.fold(self.core.clone(), |all, part| &all | part)
    }

    /// The roles drawn in its contexts, and those that its members play.
    fn played(&self, counted: &Counted<'g>) -> NodeSet<'g> {
        let plays = self.members.iter().flat_map(|it| counted.outgoing(it, Core::Plays));
        &self.boxes | &NodeSet::of(counted.graph(), plays.map(Relation::to))
    }

    /// These roles, but for those in general that are told in a context and that nobody plays in general:
    /// what is said of a role in general stands again on the role in each context.
    fn distinct(&self, mut roles: NodeSet<'g>, counted: &Counted<'g>) -> NodeSet<'g> {
        let told = NodeSet::of(counted.graph(), roles.iter().filter_map(Node::generic));
        let is_played = |role| counted.incoming(role, Core::Plays).next().is_some();
        roles.retain(|role| !told.contains(role) || is_played(role));
        roles
    }

    fn empty(graph: &'g Graph) -> Self {
        let none = NodeSet::new(graph);
        Extent {
            core: none.clone(),
            contexts: none.clone(),
            members: none.clone(),
            programs: none.clone(),
            roles: none.clone(),
            boxes: none.clone(),
            stages: none.clone(),
            related: none,
        }
    }

    fn of_region(region: Node<'g>, counted: &Counted<'g>) -> Self {
        let mut extent = Extent::of_contexts(counted.below([region], Core::Within), counted);
        let organizations = || extent.members_of(NodeKind::Organization);
        let played = organizations().flat_map(|it| counted.outgoing(it, Core::Plays));
        let run = organizations().flat_map(|it| counted.outgoing(it, Core::Runs));
        let paid = extent.contexts.iter().flat_map(|it| counted.outgoing(it, Core::Funds));
        let programs = run.chain(paid).map(Relation::to);
        let programs = programs.chain(played.filter_map(|it| it.to().context()));
        let programs = programs.chain(extent.members.iter());
        extent.programs = whole(programs, counted);
        extent
    }

    fn of_program(program: Node<'g>, counted: &Counted<'g>) -> Self {
        let mut parts = counted.below([program], Core::PartOf);
        parts.retain(|node| node.kind() == NodeKind::Program);
        let mut extent = Extent::of_contexts(parts, counted);
        extent.members = &extent.members | &extent.contexts;
        extent.programs = NodeSet::of(counted.graph(), extent.members_of(NodeKind::Program));
        let led_to = extent.contexts.iter().flat_map(Node::outgoing).filter(|it| counted.has(*it));
        let led_to = led_to.map(Relation::to).filter(|it| it.kind() != NodeKind::Organization);
        let leading = extent.contexts.iter().flat_map(Node::incoming).filter(|it| counted.has(*it));
        let taking_part = leading.filter(|it| it.kind().class() == Class::Membership);
        extent.related =
            NodeSet::of(counted.graph(), led_to.chain(taking_part.map(Relation::from)));
        extent
    }

    /// What belongs to regions or programs by the roles drawn in them and what is said there.
    fn of_contexts(contexts: NodeSet<'g>, counted: &Counted<'g>) -> Self {
        let graph = counted.graph();
        let mut extent = Extent::empty(graph);
        let boxes = drawn(&contexts, counted);
        let stages = boxes.iter().flat_map(|role| counted.outgoing(role, Core::ActsIn));
        extent.stages.extend(stages.map(Relation::to));
        let roles = contexts.iter().flat_map(Node::contextual_roles);
        let plays = roles.flat_map(|role| counted.incoming(role, Core::Plays)).map(Relation::from);
        let said_here = contexts.iter().flat_map(Node::holding_here);
        let named = said_here.filter(|it| counted.has(*it)).flat_map(|it| [it.from(), it.to()]);
        extent.members.extend(contexts.iter().flat_map(|it| counted.belonging(it)));
        extent.members.extend(plays.chain(named).filter(|node| acts(*node)));
        Extent { core: contexts.clone(), contexts, boxes, ..extent }
    }

    fn of_organization(organization: Node<'g>, counted: &Counted<'g>) -> Self {
        let members = counted.below([organization], Core::PartOf);
        let mut extent = Extent::empty(counted.graph());
        let organizations = members.iter().filter(|it| it.kind() == NodeKind::Organization);
        let ties = organizations.flat_map(Node::outgoing).filter(|it| counted.has(*it));
        let takes_part = ties.filter(|it| it.kind().class() == Class::Membership);
        let programs = takes_part.flat_map(|it| [Some(it.to()), it.to().context()]).flatten();
        extent.programs = whole(programs.chain(members.iter()), counted);
        Extent { core: members.clone(), members, ..extent }
    }

    fn of_role(role: Node<'g>, counted: &Counted<'g>) -> Self {
        let mut extent = Extent::empty(counted.graph());
        let narrower = counted.below([role], Core::Broader);
        extent.boxes = counted.below(narrower.iter(), Core::Specializes);
        extent.take_players(counted);
        let stages = extent.boxes.iter().flat_map(|role| counted.outgoing(role, Core::ActsIn));
        extent.stages.extend(stages.map(Relation::to));
        extent.contexts.extend(extent.boxes.iter().filter_map(Node::context));
        Extent { core: extent.boxes.clone(), ..extent }
    }

    fn of_stage(stage: Node<'g>, counted: &Counted<'g>) -> Self {
        let mut extent = Extent::empty(counted.graph());
        extent.core.insert(stage);
        extent.stages.insert(stage);
        extent.boxes.extend(counted.incoming(stage, Core::ActsIn).map(Relation::from));
        extent.take_players(counted);
        extent.related.extend(counted.incoming(stage, Core::Supports).map(Relation::from));
        extent
    }

    fn take_players(&mut self, counted: &Counted<'g>) {
        let plays = self.boxes.iter().flat_map(|role| counted.incoming(role, Core::Plays));
        self.members.extend(plays.map(Relation::from));
    }

    fn members_of(&self, kind: NodeKind) -> impl Iterator<Item = Node<'g>> {
        self.members.iter().filter(move |node| node.kind() == kind)
    }
}

/// The roles that relations which count set in these contexts.
fn drawn<'g>(contexts: &NodeSet<'g>, counted: &Counted<'g>) -> NodeSet<'g> {
    let set = contexts.iter().flat_map(|it| counted.incoming(it, Core::In));
    NodeSet::of(counted.graph(), set.map(Relation::from))
}

/// Finds the nodes at most `depth` relations away from a node, in any direction. O(relations of
/// what is found).
pub fn around<'g>(node: Node<'g>, depth: usize, counted: &Counted<'g>) -> NodeSet<'g> {
    let mut found = NodeSet::of(counted.graph(), [node]);
    let mut layer = vec![node];
    for _ in 0..depth {
        let ties = layer.into_iter().flat_map(|node| counted.at(node));
        let ends = ties.flat_map(|tie| [tie.from(), tie.to()]);
        layer = ends.filter(|other| found.insert(*other)).collect();
        if layer.is_empty() {
            break;
        }
    }
    found
}

/// Finds the organizations that are part of any of `wholes`, at any depth, in the order of the
/// atlas.
pub fn units<'g>(wholes: &[Node<'g>], counted: &Counted<'g>) -> Vec<Node<'g>> {
    let mut open = wholes.to_vec();
    let mut found = BTreeSet::new();
    while let Some(whole) = open.pop() {
        let parts = counted.incoming(whole, Core::PartOf).map(Relation::from);
        let units = parts.filter(|it| it.kind() == NodeKind::Organization);
        open.extend(units.filter(|unit| found.insert(*unit)));
    }
    found.into_iter().filter(|unit| !wholes.contains(unit)).collect()
}

/// The programs among `nodes`, the wholes that they are parts of, and all parts of these: a measure of
/// the whole scheme helps whoever takes part in one of its themes.
fn whole<'g>(nodes: impl Iterator<Item = Node<'g>>, counted: &Counted<'g>) -> NodeSet<'g> {
    let is_program = |node: &Node<'g>| node.kind() == NodeKind::Program;
    let wholes = counted.above(nodes.filter(is_program), Core::PartOf);
    let mut all = counted.below(wholes.iter().filter(is_program), Core::PartOf);
    all.retain(|node| is_program(&node));
    all
}
