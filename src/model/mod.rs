//! The records of an atlas, as its files write them.
//!
//! This module defines the fields of records and checks single values, such as a date or a basis.
//! [`crate::graph`] checks whether the records agree with each other.

mod atlas_file;
mod date;
mod list;
mod node;
mod number;
mod place;
mod relation;
#[cfg(library)]
pub mod schema;
mod text;
mod vocabulary;

pub use atlas_file::{AtlasFile, Records};
pub use date::Date;
pub use node::{
    Claim, Event, Indicator, Location, NodeKind, NodeRecord, Note, Organization, Program,
    Qualifier, Region, Role, Stage,
};
pub use place::{BUILTIN, OUTSIDE};
pub(crate) use relation::AN_END;
pub use relation::{
    Basis, Citation, Citations, Confidence, References, RelationRecord, SourceRecord, Status,
};
pub use text::Text;
pub use vocabulary::{Class, Core, RelationKindRecord, TermRecord, Traverse};

/// An id. One of up to 23 bytes lies in its record: an atlas has millions.
pub type Id = smol_str::SmolStr;
