//! Reads atlases: folders of YAML files, and the atlas that is compiled into the binary.
//!
//! This module reads files and finds every fault of form. [`crate::graph`] checks whether the
//! records agree with each other.

mod archive;
mod embedded;
mod encoding;
mod folder;
pub mod import;
pub mod kumu;
mod lookalike;
pub mod pack;
mod plain;
mod recover;
mod revision;
pub mod ror;
mod save;
mod scalar;
pub mod spreadsheet;
pub mod template;
mod text;
mod write;
mod yaml;

use std::ffi::OsString;
use std::path::PathBuf;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use twox_hash::XxHash3_128;

use crate::diagnostic::Diagnostic;
use crate::model::{AtlasFile, Records, RelationKindRecord, TermRecord, schema};
use crate::origin::{File, FileId, Files, Lines};

pub use embedded::graph as shipped;
pub use encoding::decode;
use folder::Contents;
pub use folder::is_hidden;
use pack::Unpacked;
pub use recover::section;
pub use save::{is_there_and_empty, save};
pub use scalar::scalar;
pub use text::read_text;
pub use write::write;

/// Where a layer of an atlas is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// A layer of the atlas shipped in the binary.
    Builtin(Shipped),
    /// A folder of YAML files, or one such file.
    Folder(PathBuf),
    /// A folder, or a file, at a revision of the git repository around the current folder.
    Revision {
        /// A commit, as git names it: `HEAD~3`, a branch, a tag.
        revision: String,
        /// The path in the repository.
        path: String,
    },
}

/// A layer of the atlas shipped in the binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shipped {
    /// What the five slides state, and what is read from them.
    Source,
    /// Researched facts, laid over it.
    Curated,
}

impl Layer {
    /// The atlas shipped in the binary: all its layers.
    pub const BUILTIN: [Layer; 2] =
        [Layer::Builtin(Shipped::Source), Layer::Builtin(Shipped::Curated)];
}

/// The records of an atlas with the texts that they come from.
#[derive(Debug, Default)]
pub struct Atlas {
    /// The texts.
    pub files: Files,
    /// The records that have no fault of form.
    pub records: Records,
    /// Every fault of form.
    pub faults: Vec<Diagnostic>,
}

/// The texts of layers, read and not yet parsed.
#[derive(Debug)]
pub struct Texts {
    layers: Vec<Layer>,
    files: Files,
    /// What each layer holds, in order.
    contents: Vec<Content>,
}

/// What a layer holds.
#[derive(Debug)]
enum Content {
    /// Records that are compiled in, or packed.
    Records(Unpacked),
    /// Texts to parse.
    Texts(Contents),
}

/// Reads the files of the layers, in order; what cannot be read is told when they are parsed.
pub fn gather(layers: &[Layer]) -> Texts {
    let mut files = Files::default();
    let mut contents = Vec::new();
    let mut number: u16 = 0;
    for layer in layers {
        let mut further = 1;
        contents.push(match layer {
            Layer::Builtin(shipped) => {
                let records = embedded::read(*shipped, number, &mut files);
                // A build has one shipped atlas.
                Content::Records(Unpacked { records, layers: 1, bytes: 0, sum: 0 })
            }
            Layer::Folder(path) if pack::is_packed(path) => {
                match pack::read(path, number, &mut files) {
                    Ok(unpacked) => {
                        further = unpacked.layers;
                        Content::Records(unpacked)
                    }
                    Err(fault) => {
                        Content::Texts(Contents { faults: vec![*fault], ..Contents::default() })
                    }
                }
            }
            Layer::Folder(path) => Content::Texts(folder::read(path, number, &mut files)),
            Layer::Revision { revision, path } => {
                Content::Texts(revision::read(revision, path, number, &mut files))
            }
        });
        number = number.saturating_add(further);
    }
    Texts { layers: layers.to_vec(), files, contents }
}

/// Reads all files of the layers, in order, and collects all faults of form.
///
/// Files are parsed in parallel; the result does not depend on it. Time and memory are linear in
/// the length of the texts, and aliases and nesting are limited so that a small text cannot demand
/// more.
pub fn read(layers: &[Layer]) -> Atlas {
    gather(layers).parse()
}

/// Returns where the layers are, as they were named, and from which folder where that matters.
pub fn place(layers: &[Layer]) -> OsString {
    let is_anywhere = |layer: &Layer| matches!(layer, Layer::Folder(path) if path.is_absolute());
    let mut place = match layers.iter().all(is_anywhere) {
        true => OsString::new(),
        false => std::env::current_dir().unwrap_or_default().into_os_string(),
    };
    for layer in layers {
        place.push("\n");
        match layer {
            Layer::Builtin(Shipped::Source) => place.push("builtin:source"),
            Layer::Builtin(Shipped::Curated) => place.push("builtin:curated"),
            Layer::Folder(path) => place.push(path),
            Layer::Revision { revision, path } => place.push(format!("{revision}:{path}")),
        }
    }
    place
}

/// Returns the files that the layers are read from, in their order; nothing where they are not only files,
/// or cannot all be reached.
pub fn paths(layers: &[Layer]) -> Option<Vec<PathBuf>> {
    let mut all = Vec::new();
    for layer in layers {
        match layer {
            Layer::Builtin(_) => {}
            Layer::Folder(path) => {
                for file in folder::walk(path) {
                    all.push(file.ok()?);
                }
            }
            Layer::Revision { .. } => return None,
        }
    }
    Some(all)
}

impl Texts {
    /// Returns whether every file could be read.
    pub fn is_whole(&self) -> bool {
        self.contents.iter().all(|content| match content {
            Content::Records(_) => true,
            Content::Texts(found) => found.broken.is_empty() && found.faults.is_empty(),
        })
    }

    /// Returns the bytes of the texts, packed ones included.
    pub fn bytes(&self) -> usize {
        let packed = self.packed().map(|it| it.bytes).sum::<usize>();
        packed + self.to_parse().map(|file| file.text.len()).sum::<usize>()
    }

    /// Returns a hash of all that the texts say and of how they are named: texts with the same one make the
    /// same graph. O(bytes).
    pub fn fingerprint(&self) -> u128 {
        let mut told = place(&self.layers).into_encoded_bytes();
        told.extend(self.packed().flat_map(|it| it.sum.to_le_bytes()));
        for file in self.to_parse() {
            told.extend(file.layer.to_le_bytes());
            told.extend((file.path.len() as u64).to_le_bytes());
            told.extend(file.path.as_bytes());
            told.extend(XxHash3_128::oneshot(file.text.as_bytes()).to_le_bytes());
        }
        XxHash3_128::oneshot(&told)
    }

    fn packed(&self) -> impl Iterator<Item = &Unpacked> {
        self.contents.iter().filter_map(|content| match content {
            Content::Records(unpacked) => Some(unpacked),
            Content::Texts(_) => None,
        })
    }

    fn to_parse(&self) -> impl Iterator<Item = &File> {
        let texts = self.contents.iter().filter_map(|content| match content {
            Content::Records(_) => None,
            Content::Texts(found) => Some(&found.texts),
        });
        texts.flatten().map(|id| self.files.file(*id))
    }

    /// Parses the texts, as [`read`] says.
    pub fn parse(self) -> Atlas {
        let mut atlas = Atlas { files: self.files, ..Atlas::default() };
        let mut broken = Vec::new();
        for content in self.contents {
            let found = match content {
                Content::Records(unpacked) => {
                    atlas.records.files.extend(unpacked.records);
                    continue;
                }
                Content::Texts(found) => found,
            };
            broken.extend(found.broken);
            atlas.faults.extend(found.faults);
            for (id, parsed) in found.texts.iter().zip(parse_all(&atlas.files, &found.texts)) {
                let (mut records, faults) = parsed;
                records.place_texts(&atlas.files.file(*id).path, "");
                if !faults.is_empty() {
                    broken.push(*id);
                }
                atlas.records.files.push((*id, records));
                atlas.faults.extend(faults);
            }
        }
        if !self.layers.contains(&Layer::Builtin(Shipped::Source)) {
            atlas.records.core.push(embedded::vocabulary(&mut atlas.files));
        }
        atlas.records.layers = atlas.files.iter().map(|(_, file)| file.layer).collect();
        atlas.records.uncertain =
            broken.iter().flat_map(|id| ids_in(&atlas.files.file(*id).text)).collect();
        atlas
    }
}

/// Adds labels to faults whose marked text contains invisible or full-width characters.
pub fn advise(faults: Vec<Diagnostic>, files: &Files) -> Vec<Diagnostic> {
    let mut lines = Lines::new(files);
    let advise = |fault: Diagnostic| match fault.places.first() {
        Some(place) => {
            let line = lines.at(place.origin);
            if line.is_ascii() { fault } else { lookalike::advise(fault, line) }
        }
        None => fault,
    };
    faults.into_iter().map(advise).collect()
}

impl Atlas {
    /// Adds texts that are not saved yet, as a further layer.
    pub fn add(&mut self, texts: &[(PathBuf, String)], layer: u16) {
        let ids: Vec<FileId> = texts
            .iter()
            .map(|(path, text)| {
                let path = path.display().to_string().into();
                self.files.push(File { path, text: text.clone().into(), layer })
            })
            .collect();
        for (id, parsed) in ids.iter().zip(parse_all(&self.files, &ids)) {
            let (records, faults) = parsed;
            self.records.files.push((*id, records));
            self.faults.extend(faults);
        }
        self.records.layers = self.files.iter().map(|(_, file)| file.layer).collect();
    }
}

/// The core vocabulary, which every atlas may use.
fn core_kinds() -> Vec<RelationKindRecord> {
    embedded::vocabulary(&mut Files::default()).1.relation_kinds
}

/// What the core vocabulary calls the types of node.
fn core_types() -> Vec<TermRecord> {
    embedded::vocabulary(&mut Files::default()).1.node_types
}

/// Returns the JSON Schema of an atlas file. For relation kinds, editors suggest those of the
/// shipped vocabulary.
pub fn atlas_schema() -> serde_json::Value {
    let (_, vocabulary) = embedded::vocabulary(&mut Files::default());
    schema::atlas_file(vocabulary.relation_kinds.iter().map(|kind| &**kind.id))
}

/// What looks like the id of a record, in a text that cannot be read as records.
fn ids_in(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("id:").skip(1).filter_map(|rest| {
        let id = rest.trim_start_matches([' ', '"', '\'']);
        let end =
            id.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(id.len());
        (end > 0).then(|| id[..end].to_owned())
    })
}

type Parsed = (AtlasFile, Vec<Diagnostic>);

/// Below this many bytes in all, starting threads costs more than it saves.
const WORTH_THREADS: usize = 256 * 1024;

/// The stack of a parsing thread, in bytes: enough for the deepest nesting that is allowed.
const STACK: usize = 8 << 20;

fn parse_all(files: &Files, ids: &[FileId]) -> Vec<Parsed> {
    let parse = |id: &FileId| yaml::parse(*id, &files.file(*id).text);
    let bytes: usize = ids.iter().map(|id| files.file(*id).text.len()).sum();
    if ids.len() > 1
        && bytes >= WORTH_THREADS
        && let Ok(threads) = ThreadPoolBuilder::new().stack_size(STACK).build()
    {
        return threads.install(|| ids.par_iter().map(parse).collect());
    }
    ids.iter().map(parse).collect()
}
