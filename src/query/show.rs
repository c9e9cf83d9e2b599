//! All that the atlas says of a node.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::counted::Counted;
use super::tie::{Tie, TieDirection};
use crate::graph::{Denial, Node, Profile};
use crate::model::{Claim, Date, Event, Indicator, Note};

/// All that the atlas says of a node.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Portrait<'g> {
    /// The node.
    #[serde(skip)]
    pub node: Node<'g>,
    /// What its record says.
    #[serde(flatten)]
    pub profile: Profile<'g>,
    /// When the last of its sources was looked up; `null` where none says so, or where something later is
    /// told. What happened since is not known.
    pub checked: Option<Date>,
    /// Figures that sources give.
    pub indicators: Vec<&'g Indicator>,
    /// What sources claim, quoted.
    pub claims: Vec<&'g Claim>,
    /// Remarks with their basis.
    pub notes: Vec<&'g Note>,
    /// What happened to it.
    pub events: Vec<&'g Event>,
    /// The contextual roles R@X whose context X is this node, and who plays them.
    pub cast: Vec<Cast<'g>>,
    /// Its relations in both directions: those that start at it, then those that lead to it, the kinds
    /// in the order of the vocabulary.
    #[serde(rename = "relations")]
    pub ties: Vec<Tie<'g>>,
    /// Statements that it has no relation of a kind.
    pub denials: Vec<Denied<'g>>,
}

/// A role in the context of a node, and who plays it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cast<'g> {
    /// The contextual role.
    pub role: Node<'g>,
    /// Who plays it; empty where the atlas names nobody.
    pub players: Vec<Tie<'g>>,
}

/// A statement that a node has no relation of a kind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Denied<'g> {
    /// Whether the node has no such relation to others (`out`), or none leads to it (`in`).
    pub direction: TieDirection,
    /// The denial.
    #[serde(flatten)]
    pub denial: Denial<'g>,
}

impl<'g> From<Denial<'g>> for Denied<'g> {
    fn from(denial: Denial<'g>) -> Self {
        Denied {
            direction: if denial.lacks_from() { TieDirection::In } else { TieDirection::Out },
            denial,
        }
    }
}

/// Collects all that the atlas says about a node on the bases that count; O(d log d + denials) for d relations.
pub fn show<'g>(node: Node<'g>, counted: &Counted<'g>) -> Portrait<'g> {
    let ties = node.outgoing().map(Tie::out).chain(node.incoming().map(Tie::into));
    let mut ties: Vec<Tie> = ties.filter(|it| counted.has(it.relation)).collect();
    ties.sort_by_key(|it| (it.direction, it.relation.kind().index(), it.relation.index()));
    let cast = node.contextual_roles().map(|role| {
        let players = role.played_by().filter(|it| counted.has(*it));
        Cast { role, players: players.map(Tie::into).collect() }
    });
    let denials = node.graph().denials();
    let denials = denials.filter(|it| it.node() == node && counted.has_denial(*it));
    Portrait {
        node,
        profile: node.into(),
        checked: checked(node, &ties),
        indicators: node.indicators(),
        claims: node.claims(),
        notes: node.notes(),
        events: node.events(),
        cast: cast.collect(),
        ties,
        denials: denials.map(Denied::from).collect(),
    }
}

/// When the last of the sources of a node was looked up; nothing where something later is told of it.
fn checked(node: Node, ties: &[Tie]) -> Option<Date> {
    let record = node.record();
    let own = record.sources.iter().map(|it| it.value.source());
    let added = node.additions().flat_map(|it| &it.sources).map(|it| it.value.source());
    let events = node.events();
    let of_events = events.iter().flat_map(|it| &it.sources).map(|it| it.value.source());
    let of_ties = ties.iter().flat_map(|it| it.relation.documents());
    let cited: HashSet<&str> = own.chain(added).chain(of_events).chain(of_ties).collect();
    let sources = node.graph().sources().filter(|it| cited.contains(it.id()));
    let last = sources.filter_map(|it| it.record().checked).max()?;
    let is_later = |date: Option<Date>| date.is_some_and(|date| date > last);
    let told = events.iter().map(|it| it.date).chain([record.since, record.until]);
    (!told.into_iter().any(is_later)).then_some(last)
}
