//! What the record of a later layer adds to a node, with the basis and the sources of that record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Graph, Node};
use crate::model::{
    Basis, Citations, Claim, Confidence, Event, Indicator, Location, NodeRecord, Note,
};

/// What the record of a later layer adds to a node, beyond what has a basis of its own.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Addition {
    /// Further names.
    pub aliases: Vec<String>,
    /// A web address.
    pub website: Option<String>,
    /// Identifiers in registries, by registry.
    pub identifiers: BTreeMap<String, String>,
    /// A point on the globe.
    pub location: Option<Location>,
    /// Where it stands.
    pub basis: Basis,
    /// How sure an inference is.
    pub confidence: Option<Confidence>,
    /// What says so.
    pub sources: Citations,
    /// The layer that it stands in, counted from 0 in the order of `--data`.
    pub layer: u16,
}

impl Addition {
    /// Returns what the record stands on; nothing is added yet.
    pub(super) fn of(record: &NodeRecord, layer: u16) -> Self {
        Addition {
            aliases: Vec::new(),
            website: None,
            identifiers: BTreeMap::new(),
            location: None,
            basis: record.basis,
            confidence: record.confidence.map(|it| it.value),
            sources: Citations::new(),
            layer,
        }
    }

    /// Returns whether it adds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.aliases.is_empty()
            && self.website.is_none()
            && self.identifiers.is_empty()
            && self.location.is_none()
            && self.sources.is_empty()
    }

    /// Returns the citations, each `source` or `source:locator`.
    pub fn citations(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|citation| &*citation.value.0)
    }
}

impl Graph {
    /// Has answers tell of a node only what stands on one of `bases`; on any where it is empty.
    /// Nodes are still found by all their names.
    #[must_use]
    pub fn on(mut self, bases: &[Basis]) -> Self {
        self.bases = bases.to_vec();
        self
    }

    fn tells(&self, basis: Basis) -> bool {
        self.bases.is_empty() || self.bases.contains(&basis)
    }
}

impl<'g> Node<'g> {
    /// Returns what later layers add to the record, in their order.
    pub fn additions(self) -> impl Iterator<Item = &'g Addition> {
        self.described().additions.iter().filter(move |it| self.graph().tells(it.basis))
    }

    /// Whether something that the record has is told: by the record itself, or by the addition that
    /// has it.
    fn tells(self, has: impl Fn(&Addition) -> bool) -> bool {
        let added = self.described().additions.iter().find(|it| has(it));
        self.graph().tells(added.map_or(self.basis(), |it| it.basis))
    }

    /// Returns its aliases.
    pub fn aliases(self) -> Vec<&'g str> {
        let aliases = self.record().aliases.iter();
        aliases
            .filter(|alias| self.tells(|it| it.aliases.contains(alias)))
            .map(|it| &**it)
            .collect()
    }

    /// Returns its web address.
    pub fn website(self) -> Option<&'g str> {
        let website = self.record().website.as_deref();
        website.filter(|_| self.tells(|it| it.website.is_some()))
    }

    /// Returns its identifiers in registries, by registry.
    pub fn identifiers(self) -> BTreeMap<&'g str, &'g str> {
        let all = self.record().identifiers.iter().map(|(registry, id)| (&**registry, &**id));
        all.filter(|(registry, _)| self.tells(|it| it.identifiers.contains_key(*registry)))
            .collect()
    }

    /// Returns its point on the globe.
    pub fn location(self) -> Option<Location> {
        let location = self.record().location.map(|it| it.value);
        location.filter(|_| self.tells(|it| it.location.is_some()))
    }

    /// Returns figures about it.
    pub fn indicators(self) -> Vec<&'g Indicator> {
        self.record().indicators.iter().filter(|it| self.graph().tells(it.basis)).collect()
    }

    /// Returns what sources claim of it.
    pub fn claims(self) -> Vec<&'g Claim> {
        self.record().claims.iter().filter(|it| self.graph().tells(it.basis)).collect()
    }

    /// Returns the remarks on it.
    pub fn notes(self) -> Vec<&'g Note> {
        self.record().notes.iter().filter(|it| self.graph().tells(it.basis)).collect()
    }

    /// Returns what happened to it.
    pub fn events(self) -> Vec<&'g Event> {
        self.record().events.iter().filter(|it| self.graph().tells(it.basis)).collect()
    }
}
