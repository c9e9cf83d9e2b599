//! The statements of an atlas, of every sort, with what they cite.

use schemars::JsonSchema;
use serde::Serialize;

use crate::graph::shape::AdditionShape;
use crate::graph::{Addition, Denial, Graph, Node, Relation, RelationKind};
use crate::model::{Basis, Citation, Claim, Confidence, Event, Indicator, Note};
use crate::origin::At;

/// A statement in a file; derived nodes and relations are none.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Statement<'g> {
    /// A node exists.
    Node {
        /// The node.
        node: Node<'g>,
    },
    /// A relation between two nodes.
    Relation {
        /// The relation.
        relation: Relation<'g>,
    },
    /// A denial.
    Denial {
        /// The denial.
        denial: Denial<'g>,
    },
    /// A figure of a node.
    Indicator {
        /// The node.
        node: Node<'g>,
        /// The figure.
        indicator: &'g Indicator,
    },
    /// Something that happened to a node.
    Event {
        /// The node.
        node: Node<'g>,
        /// What happened.
        event: &'g Event,
    },
    /// What a source claims of a node, quoted.
    Claim {
        /// The node.
        node: Node<'g>,
        /// The claim.
        claim: &'g Claim,
    },
    /// What the record of a later layer adds to a node.
    Addition {
        /// The node.
        node: Node<'g>,
        /// What it adds.
        #[serde(serialize_with = "crate::graph::shape::addition")]
        #[schemars(with = "AdditionShape")]
        addition: &'g Addition,
    },
    /// A remark on a node.
    Note {
        /// The node.
        node: Node<'g>,
        /// The remark.
        note: &'g Note,
    },
}

/// Returns every statement, those on nodes first, in the order of the atlas. O(nodes + relations).
pub fn statements(graph: &Graph) -> impl Iterator<Item = Statement<'_>> {
    let denials = graph.denials().map(|denial| Statement::Denial { denial });
    on_nodes(graph.nodes()).chain(of_relations(graph.relations())).chain(denials)
}

/// Returns the statements on these nodes.
pub fn on_nodes<'g>(nodes: impl Iterator<Item = Node<'g>>) -> impl Iterator<Item = Statement<'g>> {
    let written = nodes.filter(|node| node.generic().is_none());
    written.flat_map(|node| {
        let record = node.record();
        let indicators =
            record.indicators.iter().map(move |it| Statement::Indicator { node, indicator: it });
        let events = record.events.iter().map(move |event| Statement::Event { node, event });
        let claims = record.claims.iter().map(move |claim| Statement::Claim { node, claim });
        let notes = record.notes.iter().map(move |note| Statement::Note { node, note });
        let additions =
            node.additions().map(move |addition| Statement::Addition { node, addition });
        std::iter::once(Statement::Node { node })
            .chain(additions)
            .chain(indicators)
            .chain(events)
            .chain(claims)
            .chain(notes)
    })
}

/// Returns the statements among these relations.
pub fn of_relations<'g>(
    relations: impl Iterator<Item = Relation<'g>>,
) -> impl Iterator<Item = Statement<'g>> {
    let written = relations.filter(|relation| !relation.is_derived());
    written.map(|relation| Statement::Relation { relation })
}

impl<'g> Statement<'g> {
    /// Returns the kind of relation that it states or denies.
    pub fn kind(self) -> Option<RelationKind<'g>> {
        match self {
            Statement::Relation { relation } => Some(relation.kind()),
            Statement::Denial { denial } => Some(denial.kind()),
            _ => None,
        }
    }

    /// Returns the start and the end of a relation; of a denial, one of them.
    pub fn ends(self) -> [Option<Node<'g>>; 2] {
        match self {
            Statement::Relation { relation } => [Some(relation.from()), Some(relation.to())],
            Statement::Denial { denial } if denial.lacks_from() => [None, Some(denial.node())],
            Statement::Denial { denial } => [Some(denial.node()), None],
            _ => [None, None],
        }
    }

    /// Returns the context of a relation or a denial.
    pub fn context(self) -> Option<Node<'g>> {
        match self {
            Statement::Relation { relation } => relation.context(),
            Statement::Denial { denial } => denial.context(),
            _ => None,
        }
    }

    /// Returns the node that it is about; of a relation, the node at which it starts.
    pub fn subject(self) -> Node<'g> {
        match self {
            Statement::Relation { relation } => relation.from(),
            Statement::Denial { denial } => denial.node(),
            Statement::Node { node }
            | Statement::Indicator { node, .. }
            | Statement::Event { node, .. }
            | Statement::Claim { node, .. }
            | Statement::Addition { node, .. }
            | Statement::Note { node, .. } => node,
        }
    }

    /// Returns what it cites.
    pub fn sources(self) -> Vec<&'g str> {
        let written = |sources: &'g [At<Citation>]| sources.iter().map(|it| &*it.value.0).collect();
        match self {
            Statement::Node { node } => node.sources().collect(),
            Statement::Relation { relation } => relation.sources().collect(),
            Statement::Denial { denial } => denial.sources().collect(),
            Statement::Indicator { indicator, .. } => written(&indicator.sources),
            Statement::Event { event, .. } => written(&event.sources),
            Statement::Claim { claim, .. } => written(&claim.sources),
            Statement::Note { note, .. } => written(&note.sources),
            Statement::Addition { addition, .. } => written(&addition.sources),
        }
    }

    /// Returns its basis and confidence.
    pub fn basis(self) -> (Basis, Option<Confidence>) {
        let sure = |it: Option<At<Confidence>>| it.map(|it| it.value);
        match self {
            Statement::Node { node } => (node.basis(), sure(node.record().confidence)),
            Statement::Relation { relation } => (relation.basis(), relation.confidence()),
            Statement::Denial { denial } => (denial.basis(), denial.confidence()),
            Statement::Event { event, .. } => (event.basis, sure(event.confidence)),
            Statement::Note { note, .. } => (note.basis, sure(note.confidence)),
            Statement::Addition { addition, .. } => (addition.basis, addition.confidence),
            Statement::Indicator { indicator, .. } => (indicator.basis, sure(indicator.confidence)),
            Statement::Claim { claim, .. } => (claim.basis, sure(claim.confidence)),
        }
    }
}
