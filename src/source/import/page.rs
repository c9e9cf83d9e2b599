//! The files of a new atlas, none too long for a person to open.

use std::path::PathBuf;

use crate::model::{AtlasFile, NodeKind, NodeRecord, Organization, Program, Region, Role, Stage};
use crate::source::write;

/// How many records a file holds at most.
const LONGEST: usize = 1000;

/// A file of a new atlas, before it is written.
#[derive(Debug, Default)]
pub struct Page {
    /// The path of the file, relative to the folder of the atlas.
    pub path: PathBuf,
    /// A comment line that says what the file contains.
    pub heading: String,
    /// The records of the file.
    pub records: AtlasFile,
}

impl Page {
    /// Creates an empty page.
    pub fn new(path: impl Into<PathBuf>, heading: impl Into<String>) -> Self {
        Page { path: path.into(), heading: heading.into(), records: AtlasFile::default() }
    }

    /// Returns the path and the text of the file.
    pub fn written(&self) -> (PathBuf, String) {
        let heading = self.heading.replace(char::is_control, " ");
        (self.path.clone(), format!("# {heading}\n{}", write(&self.records)))
    }

    /// Adds a node to the section of its kind; fields that the kind does not have are left out.
    pub fn push(&mut self, kind: NodeKind, record: NodeRecord) {
        macro_rules! take {
            ($section:ident, $kind:ident $(, $field:ident)*) => {
                self.records.$section.push($kind {
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
                })
            };
        }
        match kind {
            NodeKind::Region => take!(regions, Region, within, location),
            NodeKind::Organization => take!(organizations, Organization, region, part_of, events),
            NodeKind::Role => take!(roles, Role),
            NodeKind::Stage => take!(stages, Stage),
            NodeKind::Program => take!(programs, Program, region, part_of, events),
        }
    }
}

/// Splits records evenly into as few files as possible and names them: `stem.yaml`, or
/// `stem-1.yaml` and so on.
pub fn chunks<T>(stem: &str, records: Vec<T>) -> Vec<(String, Vec<T>)> {
    let count = records.len().div_ceil(LONGEST).max(1);
    let size = records.len().div_ceil(count).max(1);
    let mut records = records.into_iter().peekable();
    let mut chunks = Vec::new();
    while records.peek().is_some() {
        let path = match count {
            1 => format!("{stem}.yaml"),
            _ => format!("{stem}-{}.yaml", chunks.len() + 1),
        };
        chunks.push((path, records.by_ref().take(size).collect()));
    }
    chunks
}
