//! A folder of YAML files, read into texts.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::encoding;
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::{File, FileId, Files};

/// A file larger than this is refused before it is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// The atlas files in a folder.
#[derive(Debug, Default)]
pub struct Contents {
    /// The files that can be parsed, sorted by path.
    pub texts: Vec<FileId>,
    /// The files that are no text; they are kept so that their lines can be shown.
    pub broken: Vec<FileId>,
    /// What is wrong.
    pub faults: Vec<Diagnostic>,
}

/// Reads every `.yaml` and `.yml` file below `path`; `path` may be such a file itself.
///
/// Links are followed; names that begin with a dot are skipped.
pub fn read(path: &Path, layer: u16, files: &mut Files) -> Contents {
    let mut found = Contents::default();
    for file in walk(path) {
        match file {
            Ok(path) => read_file(&path, layer, files, &mut found),
            Err((path, error)) => found.faults.push(unreadable(&path, &error)),
        }
    }
    found.or_no_atlas(&path.display().to_string())
}

/// Returns the files that are read below `path`, and what cannot be reached, in order.
pub fn walk(path: &Path) -> impl Iterator<Item = Result<PathBuf, (PathBuf, io::Error)>> {
    let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    let seen = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    seen.filter_map(move |entry| match entry {
        Ok(entry) => {
            let is_given = entry.depth() == 0;
            let is_read = !entry.file_type().is_dir() && (is_given || is_yaml(entry.path()));
            is_read.then(|| Ok(entry.into_path()))
        }
        // A link back to a folder above leads to nothing that is not read anyway.
        Err(error) if error.loop_ancestor().is_some() => None,
        Err(error) => {
            let at = error.path().unwrap_or(path).to_owned();
            let error = error.into_io_error();
            Some(Err((at, error.unwrap_or_else(|| io::Error::other("a link leads in a circle")))))
        }
    })
}

impl Contents {
    /// Adds a file: a text, or a fault where its bytes are not text.
    pub fn take(&mut self, path: String, bytes: Vec<u8>, layer: u16, files: &mut Files) {
        let id = files.push(File { path: path.into(), text: String::new().into(), layer });
        let text = match encoding::decode(bytes, id) {
            Ok(text) => {
                self.texts.push(id);
                text
            }
            Err((text, fault)) => {
                self.broken.push(id);
                self.faults.push(*fault);
                text
            }
        };
        files.file_mut(id).text = text.into();
    }

    /// Adds a fault if no file was found at `shown`.
    pub fn or_no_atlas(mut self, shown: &str) -> Self {
        if !(self.texts.is_empty() && self.faults.is_empty()) {
            return self;
        }
        let fault = Diagnostic::error(
            Code::NoAtlas,
            format!("no .yaml file in `{shown}`"),
            format!("`{shown}` に .yaml ファイルがありません"),
        );
        self.faults.push(fault.hint(
            "an atlas is a folder of YAML files; name it with --data",
            "アトラスは YAML ファイルのフォルダです。--data で指定してください",
        ));
        self
    }
}

fn read_file(path: &Path, layer: u16, files: &mut Files, found: &mut Contents) {
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => return found.faults.push(unreadable(path, &error)),
    };
    found.take(path.display().to_string(), bytes, layer, files);
}

/// Reads a regular file; a pipe or a device, which might never end, is refused.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let length = fs::metadata(path)?;
    if !length.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    if length.len() > LARGEST {
        return Err(io::Error::other("larger than 1 GiB: split it into several files"));
    }
    let mut bytes = Vec::with_capacity(length.len() as usize + 1);
    fs::File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let path = path.display();
    let fault = Diagnostic::error(
        Code::Unreadable,
        format!("cannot read `{path}`: {error}"),
        format!("`{path}` を読めません: {error}"),
    );
    match error.kind() {
        io::ErrorKind::NotFound => fault.hint("check the path", "パスを確かめてください"),
        _ => fault,
    }
}

/// Returns whether a name begins with a dot, so that it is skipped.
pub fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

pub(super) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
    })
}
