//! Relations, the vocabulary of their kinds, and the documents that statements cite.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize, Serializer};
use smallvec::{SmallVec, smallvec};
use smol_str::ToSmolStr;

use super::list::list;
use super::{Core, Date, Id, Text};
use crate::origin::{At, Position};

/// The basis of a statement: whether a source says it, we inferred it, or we added it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveDeserialize, Serialize,
)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The source says it.
    #[default]
    Stated,
    /// Our reading of a lost layout; carries a [`Confidence`].
    Inferred,
    /// General knowledge added by us, with its own source.
    Curated,
}

impl Basis {
    /// All bases, from the strongest to the weakest.
    pub const ALL: [Basis; 3] = [Basis::Stated, Basis::Inferred, Basis::Curated];
}

/// The confidence of an inference.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveDeserialize, Serialize,
)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Hardly another reading is possible.
    High,
    /// The likeliest reading.
    Medium,
    /// One reading among others.
    Low,
}

impl Confidence {
    /// All, from the surest to the least sure.
    pub const ALL: [Confidence; 3] = [Confidence::High, Confidence::Medium, Confidence::Low];
}

/// Whether something is there yet.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveDeserialize, Serialize,
)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Announced or intended; it is shown, but does not act.
    Planned,
}

/// A citation: `source` or `source:locator`, as in `minnesota-map:71-72`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveDeserialize, Serialize)]
#[serde(transparent)]
pub struct Citation(pub Id);

impl Citation {
    /// Returns the id of the document.
    pub fn source(&self) -> &str {
        self.0.split_once(':').map_or(&*self.0, |(source, _)| source)
    }

    /// Returns the place in the document, if one is given.
    pub fn locator(&self) -> Option<&str> {
        self.0.split_once(':').map(|(_, locator)| locator)
    }
}

/// The citations of a statement; most have one.
pub type Citations = SmallVec<[At<Citation>; 1]>;

/// One id, or a list of ids.
#[derive(Clone, Debug, Default)]
pub struct References(pub SmallVec<[At<Id>; 1]>);

impl Serialize for References {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for References {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Deserialize::deserialize(deserializer).map(References);
        }
        let written = At::<Written>::deserialize(deserializer)?;
        Ok(References(written.value.ids(written.position).unwrap_or_default()))
    }
}

/// Reads an end of a relation. It may be `[]`, which says that there is none, but not left blank,
/// which may be a slip of the keyboard.
fn end<'de, D: Deserializer<'de>>(deserializer: D) -> Result<References, D::Error> {
    if !deserializer.is_human_readable() {
        return Deserialize::deserialize(deserializer).map(References);
    }
    let written = At::<Written>::deserialize(deserializer)?;
    let ids = written.value.ids(written.position);
    let blank = || de::Error::invalid_type(de::Unexpected::Unit, &AN_END);
    ids.map(References).ok_or_else(blank)
}

/// What an end of a relation may be, as error messages put it.
pub(crate) const AN_END: &str =
    "an id, a list of ids, or `[]` where a source says that there is none";

/// References as a file writes them.
enum Written {
    Blank,
    One(Id),
    Many(SmallVec<[At<Id>; 1]>),
}

impl Written {
    /// The ids, a single one at `position`; none where the file leaves a blank.
    fn ids(self, position: Position) -> Option<SmallVec<[At<Id>; 1]>> {
        match self {
            Written::Blank => None,
            Written::One(id) => Some(smallvec![At::new(id, position)]),
            Written::Many(ids) => Some(ids),
        }
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Written;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an id or a list of ids")
            }
            fn visit_str<E: de::Error>(self, id: &str) -> Result<Written, E> {
                Ok(Written::One(id.into()))
            }
            fn visit_u64<E: de::Error>(self, id: u64) -> Result<Written, E> {
                Ok(Written::One(id.to_smolstr()))
            }
            fn visit_i64<E: de::Error>(self, id: i64) -> Result<Written, E> {
                Ok(Written::One(id.to_smolstr()))
            }
            fn visit_f64<E: de::Error>(self, id: f64) -> Result<Written, E> {
                Ok(Written::One(id.to_smolstr()))
            }
            fn visit_bool<E: de::Error>(self, id: bool) -> Result<Written, E> {
                Ok(Written::One(id.to_smolstr()))
            }
            fn visit_unit<E>(self) -> Result<Written, E> {
                Ok(Written::Blank)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Written, A::Error> {
                let mut ids = SmallVec::with_capacity(seq.size_hint().unwrap_or(0).min(1024));
                while let Some(id) = seq.next_element()? {
                    ids.push(id);
                }
                Ok(Written::Many(ids))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

/// A relation as a file writes it. Lists at both ends mean a relation for every pair; `[]` at one
/// end means that there is no such relation.
#[derive(Clone, Debug, Default, DeriveDeserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RelationRecord {
    /// The id of its kind in the vocabulary.
    pub kind: At<Id>,
    /// The nodes at which it starts; `[]` where a source says that there is none, such as that
    /// nobody plays a role.
    #[serde(deserialize_with = "end")]
    #[cfg_attr(library, schemars(schema_with = "super::schema::end"))]
    pub from: References,
    /// The nodes at which it ends; `[]` where a source says that there is none.
    #[serde(deserialize_with = "end")]
    #[cfg_attr(library, schemars(schema_with = "super::schema::end"))]
    pub to: References,
    /// The context: a region or a program. Every role endpoint R means R@context.
    #[serde(default)]
    pub r#in: Option<At<Id>>,
    /// When it began.
    #[serde(default)]
    pub since: Option<Date>,
    /// When it ended.
    #[serde(default)]
    pub until: Option<Date>,
    /// `planned` where the source only announces it.
    #[serde(default)]
    pub status: Option<Status>,
    /// Whether the source leaves its list open, as by 等 or "and others": more are meant than named.
    #[serde(default)]
    pub open: bool,
    /// Where the statement stands.
    #[serde(default)]
    pub basis: Basis,
    /// The confidence of an inference.
    #[serde(default)]
    pub confidence: Option<At<Confidence>>,
    /// A remark.
    #[serde(default)]
    pub note: Text,
    /// What says so.
    #[serde(default, deserialize_with = "list")]
    pub sources: Citations,
}

impl RelationRecord {
    /// Returns the position of the record: that of its first value.
    pub fn position(&self) -> Position {
        self.kind.position
    }

    /// Returns whether it is of this kind.
    pub fn is(&self, kind: Core) -> bool {
        *self.kind == kind.id()
    }
}

/// A document that statements cite.
#[derive(Clone, Debug, Default, DeriveDeserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SourceRecord {
    /// Its id.
    pub id: At<Id>,
    /// Its title, in its own language.
    #[serde(default)]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// When.
    #[serde(default)]
    pub date: Option<Date>,
    /// Its language, as an ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// Where to find it.
    #[serde(default)]
    pub url: Option<String>,
    /// When somebody last looked it up; whatever happened since is not known from it.
    #[serde(default)]
    pub checked: Option<Date>,
    /// The path of the file with its text, relative to the file of this record; `cite` shows the
    /// cited lines of it.
    #[serde(default)]
    pub text: Option<String>,
    /// The path of that file as the program can read it, computed when this record is read.
    #[serde(skip)]
    pub text_path: Option<String>,
    /// A remark.
    #[serde(default)]
    pub note: Text,
    /// Lines of the text that are only headings, which no statement needs to cite.
    #[serde(default, deserialize_with = "list")]
    pub headings: Vec<String>,
}
