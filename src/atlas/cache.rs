//! Keeps the graphs of large atlases in the user's cache folder, so that files that have not changed
//! need not be parsed again.
//!
//! An entry is used only where this very build of the program wrote it, where the texts that it was made
//! of are, byte for byte, those that are there now, and where its bytes are whole: neither clocks nor
//! sizes are asked. Whatever else is found there is passed over and written anew.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy;
use twox_hash::XxHash3_128;

use crate::graph::Graph;
use crate::source::Texts;

/// Below this many bytes of text, parsing takes less than a second's hundredth.
const WORTH_KEEPING: usize = 1 << 20;

/// The entries take no more than this, in bytes; the oldest go first.
const MOST: u64 = 2 << 30;

/// How an entry begins: what it is, the build that wrote it.
const HEAD: &[u8] = concat!("medclust graph ", env!("MEDCLUST_BUILD"), "\n").as_bytes();

/// The ending of an entry's name.
const ENDING: &str = "graph";

/// A folder of entries, or none.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// Returns the cache of the user: the folder that `MEDCLUST_CACHE` names, none where that is empty,
    /// else the one that the system has for such things.
    pub fn of_user() -> Self {
        let folder = match std::env::var_os("MEDCLUST_CACHE") {
            Some(told) => Some(PathBuf::from(told)).filter(|it| !it.as_os_str().is_empty()),
            None => {
                let system = etcetera::choose_base_strategy().ok();
                system.map(|system| system.cache_dir().join("medclust"))
            }
        };
        Cache { folder }
    }

    /// Returns where the graph of these texts is kept; nothing where they are not worth it. O(bytes).
    pub fn entry(&self, texts: &Texts) -> Option<Entry> {
        let is_worth = |_: &&PathBuf| texts.is_whole() && texts.bytes() >= WORTH_KEEPING;
        let folder = self.folder.as_ref().filter(is_worth)?;
        // One entry for an atlas, whatever it said before.
        let name = XxHash3_128::oneshot(texts.place().as_encoded_bytes());
        let path = folder.join(format!("{name:032x}.{ENDING}"));
        Some(Entry { path, mark: texts.fingerprint().to_le_bytes() })
    }
}

/// A place for a graph in the cache.
#[derive(Clone, Debug)]
pub struct Entry {
    path: PathBuf,
    /// By what it is known that the texts are the same.
    mark: [u8; 16],
}

impl Entry {
    /// Returns the graph that is kept. O(bytes).
    pub fn find(&self) -> Option<Graph> {
        let bytes = fs::read(&self.path).ok()?;
        let rest = bytes.strip_prefix(HEAD)?.strip_prefix(&self.mark[..])?;
        let (sum, graph) = rest.split_first_chunk::<16>()?;
        (*sum == sum_of(graph)).then(|| Graph::from_bytes(graph)).flatten()
    }

    /// Keeps the graph of the texts. That it cannot is no fault: the next run parses again.
    pub fn keep(&self, graph: &Graph) {
        let bytes = graph.to_bytes();
        if let Some(bytes) = bytes.filter(|bytes| bytes.len() as u64 <= MOST) {
            let _ = write(&self.path, &self.mark, &bytes);
        }
    }
}

fn sum_of(bytes: &[u8]) -> [u8; 16] {
    XxHash3_128::oneshot(bytes).to_le_bytes()
}

/// Writes an entry whole or not at all, for this user alone.
fn write(path: &Path, mark: &[u8], graph: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    make_room(folder, path, graph.len() as u64)?;
    let mut file = tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(folder)?;
    for part in [HEAD, mark, &sum_of(graph), graph] {
        file.write_all(part)?;
    }
    file.persist(path)?;
    Ok(())
}

/// Removes the oldest entries until one of `length` bytes fits.
fn make_room(folder: &Path, path: &Path, length: u64) -> io::Result<()> {
    let mut entries: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.path();
        let is_ours = name.extension().is_some_and(|it| it == ENDING) && name != path;
        if let (true, Ok(about)) = (is_ours, entry.metadata()) {
            entries.push((about.modified()?, about.len(), name));
        }
    }
    entries.sort();
    let mut taken = length + entries.iter().map(|(_, length, _)| length).sum::<u64>();
    for (_, length, name) in entries {
        if taken <= MOST {
            break;
        }
        fs::remove_file(name)?;
        taken -= length;
    }
    Ok(())
}
