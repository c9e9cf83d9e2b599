//! Bytes from wherever they are: in the binary, in memory, in a mapped file.

use std::fs::File;
use std::io;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use memmap2::Mmap;

/// Bytes, or a part of them, shared and never copied.
#[derive(Clone, Debug)]
pub struct Bytes {
    whole: Whole,
    part: Range<usize>,
}

#[derive(Clone, Debug)]
enum Whole {
    Static(&'static [u8]),
    Owned(Arc<Vec<u8>>),
    Mapped(Arc<Mmap>),
}

impl Bytes {
    /// Maps a file that nobody writes to: whoever changes it puts another in its place.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn map(path: &Path) -> io::Result<Bytes> {
        let file = File::open(path)?;
        // SAFETY: the bytes must not change while they are mapped. Files of the cache are written under
        // another name and then renamed, never in place, and lie in a folder of the user's own.
        #[allow(unsafe_code)]
        let file = unsafe { Mmap::map(&file)? };
        let length = file.len();
        Ok(Bytes { whole: Whole::Mapped(Arc::new(file)), part: 0..length })
    }

    /// Returns these bytes without those before `from` and without those from `to` on.
    ///
    /// # Errors
    /// Nothing where there are not so many.
    pub fn part(&self, from: usize, to: usize) -> Option<Bytes> {
        let part = self.part.start.checked_add(from)?..self.part.start.checked_add(to)?;
        (from <= to && part.end <= self.part.end).then(|| Bytes { part, ..self.clone() })
    }
}

impl From<&'static [u8]> for Bytes {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes { whole: Whole::Static(bytes), part: 0..bytes.len() }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        let part = 0..bytes.len();
        Bytes { whole: Whole::Owned(Arc::new(bytes)), part }
    }
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        let whole = match &self.whole {
            Whole::Static(bytes) => bytes,
            Whole::Owned(bytes) => &bytes[..],
            Whole::Mapped(file) => &file[..],
        };
        &whole[self.part.clone()]
    }
}

/// Returns the number at a place, little-endian; 0 beyond the end.
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let number = bytes.get(at..).and_then(|rest| rest.first_chunk());
    number.map_or(0, |number| u32::from_le_bytes(*number))
}

/// Returns the number at a place, little-endian; 0 beyond the end, or where it is larger than any length.
pub fn length_at(bytes: &[u8], at: usize) -> usize {
    let number = bytes.get(at..).and_then(|rest| rest.first_chunk());
    number.map_or(0, |number| usize::try_from(u64::from_le_bytes(*number)).unwrap_or_default())
}

/// Returns the text at a place; empty where there is none.
pub fn text_at(bytes: &[u8], at: usize, length: usize) -> &str {
    let text = at.checked_add(length).and_then(|end| bytes.get(at..end));
    std::str::from_utf8(text.unwrap_or_default()).unwrap_or_default()
}
