//! Packed atlases: the records of layers and their graph in one file, parsed once and checked, to be read at
//! once.
//!
//! A packed file is read by the programs whose records are laid out as those of the one that wrote it;
//! others refuse it, and say so. The very build that wrote it takes the graph as it lies, where nothing is
//! laid over it. Its bytes are checked before they are used.

use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::text::{PACKED, read_text};
use super::{Atlas, Layer};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Bytes, Graph};
use crate::model::{AtlasFile, BUILTIN};
use crate::origin::{File, FileId, Files};

/// How every packed file begins.
const MAGIC: &[u8] = b"medclust atlas ";

/// How the records of this program are laid out.
const LAYOUT: &[u8] = concat!(env!("MEDCLUST_RECORDS"), "\n").as_bytes();

/// Before the graph: the build whose graphs it is one of.
const BUILD: &[u8] = concat!(env!("MEDCLUST_BUILD"), "\n").as_bytes();

/// The files of an atlas, and the texts of its sources.
#[derive(Deserialize, Serialize)]
struct Packed {
    files: Vec<PackedFile>,
    /// Path and text.
    texts: Vec<(String, String)>,
}

/// A file of an atlas.
#[derive(Deserialize, Serialize)]
struct PackedFile {
    path: String,
    /// What is written there, for the lines that faults point at.
    text: String,
    layer: u16,
    records: AtlasFile,
}

/// Packs what was read of an atlas without a fault, and has its sources name the texts in the pack. O(bytes).
///
/// # Errors
/// Where the text of a source cannot be read.
pub fn pack(atlas: &mut Atlas) -> Result<Vec<u8>, std::io::Error> {
    let mut packed = Packed { files: Vec::new(), texts: Vec::new() };
    for (id, records) in &mut atlas.records.files {
        for path in records.sources.iter_mut().filter_map(|source| source.text_path.as_mut()) {
            let name = path.rsplit_once('\n').map_or(&**path, |(_, name)| name);
            let name = name.strip_prefix(BUILTIN).unwrap_or(name).to_owned();
            if packed.texts.iter().all(|(known, _)| *known != name) {
                packed.texts.push((name.clone(), read_text(path)?));
            }
            *path = format!("{PACKED}\n{name}");
        }
        let File { path, text, layer } = atlas.files.file(*id);
        let (path, text) = (path.to_string(), text.to_string());
        packed.files.push(PackedFile { path, text, layer: *layer, records: records.clone() });
    }
    postcard::to_allocvec(&packed).map_err(std::io::Error::other)
}

/// Returns the bytes of a packed atlas: what [`pack`] made, with the graph of the records.
pub fn whole(packed: &[u8], graph: &Graph) -> Vec<u8> {
    let length = (packed.len() as u64).to_le_bytes();
    let body = [&length, packed, BUILD, &graph.to_bytes().unwrap_or_default()].concat();
    [MAGIC, LAYOUT, &XxHash3_128::oneshot(&body).to_le_bytes(), &body].concat()
}

/// Returns the graph of a packed atlas that this build wrote; nothing for others. O(bytes).
pub fn graph(path: &Path) -> Option<Graph> {
    let Whole { bytes, graph, .. } = open(path).ok()?;
    let begin = graph.start + BUILD.len();
    let is_ours = bytes[graph.clone()].starts_with(BUILD);
    let graph = Bytes::from(bytes).part(begin, graph.end).filter(|_| is_ours)?;
    let mut graph = Graph::from_bytes(graph)?;
    place(&mut graph, path);
    Some(graph)
}

/// Has the graph of a packed atlas find its texts where the atlas is.
pub fn place(graph: &mut Graph, path: &Path) {
    graph.place_texts(|text| {
        let name = text.strip_prefix(PACKED)?.strip_prefix('\n')?;
        Some(format!("{PACKED}{}\n{name}", path.display()))
    });
}

/// Returns the packed atlas that these layers are; nothing where they are another, or more.
pub fn only(layers: &[Layer]) -> Option<&Path> {
    match layers {
        [Layer::Folder(path)] if is_packed(path) => Some(path),
        _ => None,
    }
}

/// Returns whether a file is a packed atlas, of whatever layout.
pub fn is_packed(path: &Path) -> bool {
    let mut begin = [0; MAGIC.len()];
    let is_file = fs::metadata(path).is_ok_and(|about| about.is_file());
    is_file
        && fs::File::open(path).and_then(|mut file| file.read_exact(&mut begin)).is_ok()
        && begin == MAGIC
}

/// What was read of a packed atlas.
#[derive(Debug)]
pub struct Unpacked {
    /// The records of each file.
    pub records: Vec<(FileId, AtlasFile)>,
    /// How many layers they are.
    pub layers: u16,
    /// How many bytes of YAML they were.
    pub bytes: usize,
    /// A hash of all that they say.
    pub sum: u128,
}

/// Adds the files of a packed atlas, and returns their records.
///
/// # Errors
/// Where it was packed by another version, or is broken.
pub fn read(path: &Path, first: u16, files: &mut Files) -> Result<Unpacked, Box<Diagnostic>> {
    let shown = path.display();
    let whole = open(path)?;
    let Packed { files: packed, .. } = whole.unpack().ok_or_else(|| broken(path))?;
    let layers = packed.iter().map(|file| file.layer.saturating_add(1)).max().unwrap_or(1);
    let bytes = packed.iter().map(|file| file.text.len()).sum();
    let add = |file: PackedFile| {
        let PackedFile { path, text, layer, mut records } = file;
        records.place_texts(&path, &format!("{PACKED}{shown}\n"));
        let path = format!("{shown}: {path}").into();
        let layer = first.saturating_add(layer);
        (files.push(File { path, text: text.into(), layer }), records)
    };
    let records = packed.into_iter().map(add).collect();
    Ok(Unpacked { records, layers, bytes, sum: whole.sum })
}

/// Returns the text of a source in a packed atlas, by its path in there.
pub fn text(path: &Path, name: &str) -> Option<String> {
    let packed = open(path).ok()?.unpack()?;
    packed.texts.into_iter().find(|(known, _)| known == name).map(|(_, text)| text)
}

/// A packed atlas whose bytes are those that were written.
struct Whole {
    bytes: Vec<u8>,
    records: Range<usize>,
    graph: Range<usize>,
    /// A hash of all that it says.
    sum: u128,
}

impl Whole {
    fn unpack(&self) -> Option<Packed> {
        postcard::from_bytes(&self.bytes[self.records.clone()]).ok()
    }
}

fn refuse(en: String, ja: String) -> Box<Diagnostic> {
    let fault = Diagnostic::error(Code::Unreadable, en, ja);
    Box::new(fault.hint(
        "pack the atlas again, with `medclust pack`",
        "`medclust pack` でアトラスをもう一度まとめてください",
    ))
}

fn broken(path: &Path) -> Box<Diagnostic> {
    let shown = path.display();
    refuse(
        format!("`{shown}` is not whole: its bytes are not those that were written"),
        format!("`{shown}` は壊れています（書かれたときの内容と違います）"),
    )
}

fn open(path: &Path) -> Result<Whole, Box<Diagnostic>> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        refuse(
            format!("cannot read `{shown}`: {error}"),
            format!("`{shown}` を読めません: {error}"),
        )
    })?;
    let rest = bytes.strip_prefix(MAGIC).unwrap_or_default();
    let Some(rest) = rest.strip_prefix(LAYOUT) else {
        return Err(refuse(
            format!("`{shown}` was packed by another version of medclust"),
            format!("`{shown}` は別の版の medclust がまとめたものです"),
        ));
    };
    let parts = || {
        let (sum, body) = rest.split_first_chunk::<16>()?;
        let sum = u128::from_le_bytes(*sum);
        let is_whole = sum == XxHash3_128::oneshot(body);
        let (length, rest) = body.split_first_chunk().filter(|_| is_whole)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let begin = bytes.len() - rest.len();
        let end = begin.checked_add(length).filter(|end| *end <= bytes.len())?;
        Some((begin..end, end..bytes.len(), sum))
    };
    let (records, graph, sum) = parts().ok_or_else(|| broken(path))?;
    Ok(Whole { bytes, records, graph, sum })
}
