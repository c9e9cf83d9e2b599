//! The texts of sources, read when they are needed.

use std::fs;
use std::io;
use std::path::{Component, Path};

use super::{embedded, pack};
use crate::model::AtlasFile;

/// Before the path of a text that is compiled into the binary.
pub(super) const BUILTIN: &str = "builtin:";

/// Before the path of a packed atlas, a line break, and the path of a text in it.
pub(super) const PACKED: &str = "packed:";

/// The longest text that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Works out where the texts are that a file names: paths that [`read_text`] takes, each with what goes
/// `before` it.
pub(super) fn place_texts(records: &mut AtlasFile, file: &str, before: &str) {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    for source in &mut records.sources {
        source.text_path = source.text.as_ref().map(|text| match is_inside(Path::new(text)) {
            true => format!("{before}{}", folder.join(text).display()),
            false => format!("{OUTSIDE}{text}"),
        });
    }
}

/// Before a path that leads out of the atlas, which is not followed.
const OUTSIDE: &str = "outside:";

fn is_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Reads the text of a source.
///
/// # Errors
/// Where there is no such file, or it is no UTF-8, larger than 64 MiB, or outside the folder of the file
/// that names it.
pub fn read_text(path: &str) -> io::Result<String> {
    if let Some(path) = path.strip_prefix(BUILTIN) {
        return embedded::text(path).ok_or_else(|| io::ErrorKind::NotFound.into());
    }
    if let Some((packed, name)) = path.strip_prefix(PACKED).and_then(|it| it.split_once('\n')) {
        return pack::text(Path::new(packed), name).ok_or_else(|| io::ErrorKind::NotFound.into());
    }
    if path.starts_with(OUTSIDE) {
        return Err(io::Error::other("it is not below the folder of the file that names it"));
    }
    let about = fs::metadata(path)?;
    if !about.is_file() || about.len() > LARGEST {
        return Err(io::Error::other("not a regular file of at most 64 MiB"));
    }
    fs::read_to_string(path)
}
