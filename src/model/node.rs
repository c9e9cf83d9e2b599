//! The five kinds of node.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::list::list;
use super::number::{number, year};
use super::{Basis, Citations, Confidence, Date, Id, References, Status, Text};
use crate::lang::Lang;
use crate::origin::At;

/// The kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A place or a zone.
    Region,
    /// Somebody who acts: a company, a hospital, a university, a ministry.
    Organization,
    /// A function that organizations fill in a cluster.
    Role,
    /// A step from a clinical need to the market.
    Stage,
    /// A program, fund, hub or other scheme that supports development.
    Program,
}

impl NodeKind {
    /// All kinds, in the order in which answers list them.
    pub const ALL: [NodeKind; 5] = [
        NodeKind::Region,
        NodeKind::Organization,
        NodeKind::Role,
        NodeKind::Stage,
        NodeKind::Program,
    ];

    /// Returns the kind as it is written in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            NodeKind::Region => "region",
            NodeKind::Organization => "organization",
            NodeKind::Role => "role",
            NodeKind::Stage => "stage",
            NodeKind::Program => "program",
        }
    }

    /// Returns the kind in the words of people.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            NodeKind::Region => lang.pick("region", "地域"),
            NodeKind::Organization => lang.pick("organization", "組織"),
            NodeKind::Role => lang.pick("role", "役割"),
            NodeKind::Stage => lang.pick("stage", "段階"),
            NodeKind::Program => lang.pick("program", "施策"),
        }
    }

    /// Finds the kind that a word of either language means, in the singular or the plural.
    pub fn of_word(word: &str) -> Option<NodeKind> {
        let word = word.trim().to_lowercase();
        let singular = word.strip_suffix('s').unwrap_or(&word);
        match &*word {
            "機関" => Some(NodeKind::Organization),
            "事業" => Some(NodeKind::Program),
            word => NodeKind::ALL
                .into_iter()
                .find(|kind| kind.name(Lang::Ja) == word || kind.as_str() == singular),
        }
    }

    /// Splits `KIND:name`, with a kind in either language, into the kind and the name.
    pub fn split_from(text: &str) -> Option<(NodeKind, &str)> {
        let (word, name) = text.split_once([':', '：'])?;
        Some((NodeKind::of_word(word)?, name.trim()))
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A point on the globe, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Latitude, from -90 (south) to 90 (north).
    #[serde(deserialize_with = "number")]
    #[cfg_attr(library, schemars(range(min = -90, max = 90)))]
    pub lat: f64,
    /// Longitude, from -180 (west) to 180 (east).
    #[serde(deserialize_with = "number")]
    #[cfg_attr(library, schemars(range(min = -180, max = 180)))]
    pub lon: f64,
}

/// Whether a figure is a bound or an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Qualifier {
    /// This or more.
    AtLeast,
    /// This or less.
    AtMost,
    /// About this.
    About,
}

/// A figure about a node, from a source.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is counted or measured.
    pub name: Text,
    /// The figure, in `unit`.
    #[serde(deserialize_with = "number")]
    pub value: f64,
    /// Whether it is a bound or an estimate.
    #[serde(default)]
    pub qualifier: Option<Qualifier>,
    /// The unit of the value.
    #[serde(default)]
    pub unit: Option<String>,
    /// The year that the figure is about.
    #[serde(default, deserialize_with = "year")]
    pub year: Option<u16>,
    /// Where the figure stands.
    #[serde(default)]
    pub basis: Basis,
    /// How sure an inference is.
    #[serde(default)]
    pub confidence: Option<At<Confidence>>,
    /// A remark: what it counts, or a break in the series.
    #[serde(default)]
    pub note: Text,
    /// What says so.
    #[serde(default, deserialize_with = "list")]
    pub sources: Citations,
}

/// What a source claims, in its own words: quoted, never asserted.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The words of the source.
    pub quote: String,
    /// Why it is only quoted.
    #[serde(default)]
    pub note: Text,
    /// Where it stands that the source claims this.
    #[serde(default)]
    pub basis: Basis,
    /// How sure an inference is.
    #[serde(default)]
    pub confidence: Option<At<Confidence>>,
    /// Where it stands.
    #[serde(default, deserialize_with = "list")]
    pub sources: Citations,
}

/// A remark by the authors of the atlas.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The remark.
    pub text: Text,
    /// Where it stands.
    #[serde(default)]
    pub basis: Basis,
    /// How sure an inference is.
    #[serde(default)]
    pub confidence: Option<At<Confidence>>,
    /// What it rests on.
    #[serde(default, deserialize_with = "list")]
    pub sources: Citations,
}

/// Something that happened to an organization or a program.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When.
    #[serde(default)]
    pub date: Option<Date>,
    /// What: founded, renamed, merged, acquired, dissolved …; an open list.
    #[cfg_attr(library, schemars(extend("examples" = [
        "founded", "renamed", "merged", "acquired", "dissolved", "reorganized", "moved", "spun-off",
        "affiliated", "designated", "ended", "succeeded"
    ])))]
    pub kind: String,
    /// For a renaming, the name until then.
    #[serde(default)]
    pub former: Text,
    /// The other party, where the atlas knows it.
    #[serde(default)]
    pub other: Option<At<Id>>,
    /// A remark.
    #[serde(default)]
    pub note: Text,
    /// Where the statement stands.
    #[serde(default)]
    pub basis: Basis,
    /// How sure an inference is.
    #[serde(default)]
    pub confidence: Option<At<Confidence>>,
    /// What says so.
    #[serde(default, deserialize_with = "list")]
    pub sources: Citations,
}

impl Event {
    /// Returns the other party of the event, where the event means that it took the place of this
    /// node.
    pub fn successor(&self) -> Option<&At<Id>> {
        self.other.as_ref().filter(|_| self.is_takeover())
    }

    /// Returns whether the event may mean that another node took the place of this one.
    pub fn is_takeover(&self) -> bool {
        matches!(&*self.kind, "acquired" | "merged" | "succeeded")
    }

    /// Returns whether the event ends the node without a successor.
    pub fn is_end(&self) -> bool {
        match &*self.kind {
            "dissolved" | "ended" => true,
            "succeeded" => self.other.is_none(),
            _ => false,
        }
    }
}

/// The record of a node of any kind; fields that its kind does not have are empty.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct NodeRecord {
    /// The id, unique over all kinds.
    pub id: At<Id>,
    /// The type of region, organization and so on.
    pub r#type: Option<String>,
    /// The name.
    pub name: Text,
    /// Other names, in any language.
    pub aliases: Vec<String>,
    /// A few sentences.
    pub summary: Text,
    /// A web address.
    pub website: Option<String>,
    /// Identifiers in registries, by registry.
    pub identifiers: BTreeMap<String, String>,
    /// When it began.
    pub since: Option<Date>,
    /// When it ended.
    pub until: Option<Date>,
    /// `planned` where it is only announced.
    pub status: Option<Status>,
    /// Figures.
    pub indicators: Vec<Indicator>,
    /// Quoted claims.
    pub claims: Vec<Claim>,
    /// Remarks by the authors of the atlas.
    pub notes: Vec<Note>,
    /// Where the statement that there is such a thing stands.
    pub basis: Basis,
    /// How sure an inference is.
    pub confidence: Option<At<Confidence>>,
    /// What says so.
    pub sources: Citations,
    /// The regions that it is directly within (of a region).
    pub within: References,
    /// A point (of a region).
    pub location: Option<At<Location>>,
    /// The region it is in (of an organization or a program).
    pub region: Option<At<Id>>,
    /// The nodes that it is part of (of an organization or a program).
    pub part_of: References,
    /// The events in its history (of an organization or a program).
    pub events: Vec<Event>,
}

/// Declares the record of one kind of node: the types that it is known in, the fields that all
/// kinds share, and its own.
macro_rules! node_records {
    ($($(#[$doc:meta])* $kind:ident [$($type_name:literal),*] { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $kind {
            /// The id, unique over all kinds: lower-case kebab-case ASCII.
            pub id: At<Id>,
            /// The kind of a node.
            #[cfg_attr(library, schemars(extend("examples" = [$($type_name),*])))]
            #[serde(default)]
            pub r#type: Option<String>,
            /// The name, in one language at least.
            #[serde(default)]
            pub name: Text,
            /// Other names in any language: abbreviations, former names, misprints of sources.
            #[serde(default, deserialize_with = "list")]
            pub aliases: Vec<String>,
            /// A few sentences.
            #[serde(default)]
            pub summary: Text,
            /// A web address.
            #[serde(default)]
            pub website: Option<String>,
            /// Identifiers in registries, by registry, as in `ror: https://ror.org/…`.
            #[serde(default)]
            pub identifiers: BTreeMap<String, String>,
            /// When it began.
            #[serde(default)]
            pub since: Option<Date>,
            /// When it ended.
            #[serde(default)]
            pub until: Option<Date>,
            /// `planned` where it is only announced: it is shown, but does not act.
            #[serde(default)]
            pub status: Option<Status>,
            /// Figures that sources give.
            #[serde(default, deserialize_with = "list")]
            pub indicators: Vec<Indicator>,
            /// What sources claim, quoted.
            #[serde(default, deserialize_with = "list")]
            pub claims: Vec<Claim>,
            /// Remarks with their basis.
            #[serde(default, deserialize_with = "list")]
            pub notes: Vec<Note>,
            /// Where the statement that there is such a thing stands.
            #[serde(default)]
            pub basis: Basis,
            /// How sure an inference is.
            #[serde(default)]
            pub confidence: Option<At<Confidence>>,
            /// What says so.
            #[serde(default, deserialize_with = "list")]
            pub sources: Citations,
            $($(#[$field_doc])* #[serde(default)] pub $field: $type,)*
        }

        impl From<$kind> for NodeRecord {
            fn from(record: $kind) -> NodeRecord {
                NodeRecord {
                    id: record.id,
                    r#type: record.r#type,
                    name: record.name,
                    aliases: record.aliases,
                    summary: record.summary,
                    website: record.website,
                    identifiers: record.identifiers,
                    since: record.since,
                    until: record.until,
                    status: record.status,
                    indicators: record.indicators,
                    claims: record.claims,
                    notes: record.notes,
                    basis: record.basis,
                    confidence: record.confidence,
                    sources: record.sources,
                    $($field: record.$field,)*
                    ..NodeRecord::default()
                }
            }
        }
    )*};
}

node_records! {
    /// A place or a zone: country, state, prefecture, city, special-zone, cluster …
    Region ["country", "state", "prefecture", "city", "special-zone", "cluster"] {
        /// The regions it lies in; short for relations of kind `within`.
        within: References,
        /// A point on the globe.
        location: Option<At<Location>>,
    }
    /// Who acts: company, university, hospital, government, association …
    Organization [
        "company", "university", "university-unit", "hospital", "research-institute", "government",
        "association", "consultancy", "law-firm", "contract-developer", "tech-transfer-office",
        "fund", "chamber", "foundation", "collective"
    ] {
        /// The region it is in; short for a relation of kind `located-in`.
        region: Option<At<Id>>,
        /// What it is a part of; short for relations of kind `part-of`.
        part_of: References,
        /// What happened to it.
        #[serde(deserialize_with = "list")]
        events: Vec<Event>,
    }
    /// A function that organizations fill in a cluster.
    Role [] {}
    /// A step from a clinical need to the market.
    Stage [] {}
    /// What supports development: program, fund, theme, measure, training, hub, course, goal …
    Program [
        "program", "fund", "special-zone-scheme", "theme", "measure", "hub", "platform", "course",
        "expertise", "curriculum", "goal"
    ] {
        /// The region it is for; short for a relation of kind `located-in`.
        region: Option<At<Id>>,
        /// What it is a part of; short for relations of kind `part-of`.
        part_of: References,
        /// What happened to it.
        #[serde(deserialize_with = "list")]
        events: Vec<Event>,
    }
}
