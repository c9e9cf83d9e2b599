//! Packed atlases: the records of layers in one file, parsed once and checked, to be read at once.
//!
//! A packed file is read by the programs whose records are laid out as those of the one that wrote it;
//! others refuse it, and say so. Its bytes are checked before they are used.

use std::fs;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::Atlas;
use super::text::{PACKED, read_text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::AtlasFile;
use crate::origin::{File, FileId, Files};

/// How every packed file begins.
const MAGIC: &[u8] = b"medclust atlas ";

/// How the records of this program are laid out.
const LAYOUT: &[u8] = concat!(env!("MEDCLUST_RECORDS"), "\n").as_bytes();

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

/// Packs what was read of an atlas without a fault. O(bytes).
///
/// # Errors
/// Where the text of a source cannot be read.
pub fn pack(atlas: &Atlas) -> Result<Vec<u8>, std::io::Error> {
    let mut packed = Packed { files: Vec::new(), texts: Vec::new() };
    for (id, records) in &atlas.records.files {
        for path in records.sources.iter().filter_map(|source| source.text_path.as_deref()) {
            let name = path.rsplit_once('\n').map_or(path, |(_, name)| name);
            let name = name.strip_prefix("builtin:").unwrap_or(name).to_owned();
            if packed.texts.iter().all(|(known, _)| *known != name) {
                packed.texts.push((name, read_text(path)?));
            }
        }
        let File { path, text, layer } = atlas.files.file(*id);
        let (path, text) = (path.to_string(), text.to_string());
        packed.files.push(PackedFile { path, text, layer: *layer, records: records.clone() });
    }
    let body = postcard::to_allocvec(&packed).map_err(std::io::Error::other)?;
    Ok([MAGIC, LAYOUT, &XxHash3_128::oneshot(&body).to_le_bytes(), &body].concat())
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
    let (Packed { files: packed, .. }, sum) = open(path)?;
    let layers = packed.iter().map(|file| file.layer.saturating_add(1)).max().unwrap_or(1);
    let bytes = packed.iter().map(|file| file.text.len()).sum();
    let add = |file: PackedFile| {
        let PackedFile { path, text, layer, mut records } = file;
        records.place_texts(&path, &format!("{PACKED}{shown}\n"));
        let path = format!("{shown}: {path}").into();
        let layer = first.saturating_add(layer);
        (files.push(File { path, text: text.into(), layer }), records)
    };
    Ok(Unpacked { records: packed.into_iter().map(add).collect(), layers, bytes, sum })
}

/// Returns the text of a source in a packed atlas, by its path in there.
pub fn text(path: &Path, name: &str) -> Option<String> {
    let (packed, _) = open(path).ok()?;
    packed.texts.into_iter().find(|(known, _)| known == name).map(|(_, text)| text)
}

/// The packed atlas, and a hash of it.
fn open(path: &Path) -> Result<(Packed, u128), Box<Diagnostic>> {
    let shown = path.display();
    let refuse = |en: String, ja: String| {
        let fault = Diagnostic::error(Code::Unreadable, en, ja);
        Box::new(fault.hint(
            "pack the atlas again, with `medclust pack`",
            "`medclust pack` でアトラスをもう一度まとめてください",
        ))
    };
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
    let broken = || {
        refuse(
            format!("`{shown}` is not whole: its bytes are not those that were written"),
            format!("`{shown}` は壊れています（書かれたときの内容と違います）"),
        )
    };
    let (sum, body) = rest.split_first_chunk::<16>().ok_or_else(broken)?;
    let sum = u128::from_le_bytes(*sum);
    if sum != XxHash3_128::oneshot(body) {
        return Err(broken());
    }
    postcard::from_bytes(body).map(|packed| (packed, sum)).map_err(|_| broken())
}
