//! The texts of sources, read when they are needed.

use std::fs;
use std::io;
use std::path::Path;

use super::{embedded, pack};
use crate::model::{BUILTIN, OUTSIDE};

/// Before the path of a packed atlas, a line break, and the path of a text in it.
pub(super) const PACKED: &str = "packed:";

/// The longest text that is read, in bytes.
const LARGEST: u64 = 64 << 20;

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
