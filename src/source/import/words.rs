//! Translates words of tables and drawings, in either language, into words of an atlas.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{coin, in_its_language, new_kind, slug};
use crate::model::{Id, NodeKind, RelationKindRecord, TermRecord, Text, Traverse};
use crate::source::{core_kinds, core_types};

/// Reads a word as atlas files spell it.
pub fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Value::from(text.trim().to_lowercase())).ok()
}

const REGIONS: &[&str] =
    &["country", "state", "prefecture", "city", "special-zone", "cluster", "place"];

const PROGRAMS: &[&str] = &[
    "fund",
    "special-zone-scheme",
    "theme",
    "measure",
    "hub",
    "platform",
    "course",
    "expertise",
    "curriculum",
    "goal",
    "project",
    "initiative",
];

const ORGANIZATIONS: &[&str] = &[
    "company",
    "university",
    "university-unit",
    "hospital",
    "research-institute",
    "government",
    "association",
    "consultancy",
    "law-firm",
    "contract-developer",
    "tech-transfer-office",
    "chamber",
    "foundation",
    "collective",
    "nonprofit",
];

/// Returns the kind of node that a type belongs to, if it is known.
pub fn kind_of_type(r#type: &str) -> Option<NodeKind> {
    let lists = [
        (NodeKind::Region, REGIONS),
        (NodeKind::Program, PROGRAMS),
        (NodeKind::Organization, ORGANIZATIONS),
    ];
    lists.into_iter().find(|(_, types)| types.contains(&r#type)).map(|(kind, _)| kind)
}

/// The types of node that the core vocabulary names.
#[derive(Debug)]
pub struct Types(Vec<TermRecord>);

impl Default for Types {
    fn default() -> Self {
        Types(core_types())
    }
}

impl Types {
    /// Returns the type that a word names, in either language; an unknown word is returned as a new
    /// type.
    pub fn find(&self, word: &str) -> String {
        let named = self.0.iter().find(|it| is_named(&it.name, word));
        named.map_or_else(|| word.to_owned(), |it| it.id.to_string())
    }
}

fn is_named(text: &Text, name: &str) -> bool {
    text.both().any(|it| it.to_lowercase() == name.to_lowercase())
}

/// A kind of relation, found by one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id of the kind.
    pub id: Id,
    /// Whether the name is that of the inverse.
    pub is_backward: bool,
}

/// The kinds of relation: those of the core, and those that an import finds.
#[derive(Debug)]
pub struct Kinds(Vec<RelationKindRecord>);

impl Default for Kinds {
    fn default() -> Self {
        Kinds(core_kinds())
    }
}

impl Kinds {
    /// Returns the kind that a text names: by its id, its name, or the name of its inverse.
    pub fn find(&self, name: &str) -> Option<Named> {
        let is_it = |it: &&RelationKindRecord| *it.id == name || is_named(&it.name, name);
        let id = coin(name, "relation");
        let kinds = || self.0.iter();
        let forward = kinds().find(is_it).or_else(|| kinds().find(|it| is_named(&it.short, name)));
        let forward = forward.or_else(|| kinds().find(|it| *it.id == id));
        if let Some(kind) = forward {
            return Some(Named { id: kind.id.value.clone(), is_backward: false });
        }
        let backward = kinds().find(|it| is_named(&it.inverse, name))?;
        Some(Named { id: backward.id.value.clone(), is_backward: true })
    }

    /// Returns in which directions routes may use a kind.
    pub fn traverse(&self, id: &str) -> Option<Traverse> {
        self.0.iter().find(|it| *it.id == id).map(|it| it.traverse)
    }

    /// Returns the kinds of node at which relations of a kind may start and end; any kind where
    /// empty.
    pub fn ends(&self, id: &str) -> (&[NodeKind], &[NodeKind]) {
        let kind = self.0.iter().find(|it| *it.id == id);
        kind.map_or((&[], &[]), |kind| (&kind.from, &kind.to))
    }

    /// Adds a kind that was found.
    pub fn add(&mut self, kind: RelationKindRecord) {
        self.0.push(kind);
    }

    /// Creates a new kind with this name.
    pub fn define(name: &str, traverse: Traverse) -> RelationKindRecord {
        let said =
            if slug(name).as_deref() == Some(name) { name.replace('-', " ") } else { name.into() };
        new_kind(&coin(name, "relation"), in_its_language(&said), traverse)
    }
}
