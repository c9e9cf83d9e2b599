//! Keeps the graphs of large atlases in the user's cache folder, so that files that have not changed
//! need not be parsed again.
//!
//! An entry is used only where this very build of the program wrote it, for texts that are, byte for byte,
//! those that are there now, and where its bytes are whole. That is seen at once where the [stamps](Stamps)
//! of all files are as they were; otherwise texts and entry are read and compared. Whatever else is found
//! in the folder is passed over and written anew.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::stamp::{Stamp, Stamps};
use crate::graph::{Bytes, Graph};
use crate::source::{self, Layer, Texts};

/// Below this many bytes of text, parsing takes less than a second's hundredth.
const WORTH_KEEPING: u64 = 1 << 20;

/// The entries take no more than this, in bytes; the oldest go first.
const MOST: u64 = 2 << 30;

/// How an entry begins: what it is, the build that wrote it. The fingerprint of the texts follows, then the
/// hash of the graph, then the graph.
const HEAD: &[u8] = concat!("medclust graph ", env!("MEDCLUST_BUILD"), "\n").as_bytes();

/// The bytes of a fingerprint, and of a hash.
const MARK: usize = 16;

/// The ending of an entry's name, and of that of its stamps.
const ENDING: &str = "graph";
const STAMPS: &str = "stamps";

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

    /// Returns where the graph of these layers is kept; nothing where none is.
    pub fn entry(&self, layers: &[Layer]) -> Option<Entry> {
        let folder = self.folder.as_ref()?;
        // One entry for an atlas, whatever it said before.
        let name = XxHash3_128::oneshot(source::place(layers).as_encoded_bytes());
        let path = folder.join(format!("{name:032x}.{ENDING}"));
        Some(Entry { path, files: Stamps::of(layers).filter(|it| it.bytes() >= WORTH_KEEPING) })
    }
}

/// A place for a graph in the cache.
#[derive(Debug)]
pub struct Entry {
    path: PathBuf,
    /// The files as they are now, before they are read.
    files: Option<Stamps>,
}

/// The files that an entry was made of, and the entry itself, as they were.
#[derive(PartialEq, Deserialize, Serialize)]
struct Seen {
    files: Stamps,
    entry: Stamp,
}

impl Entry {
    /// Returns whether the files are so large that the graph is worth keeping.
    pub fn is_worth(&self) -> bool {
        self.files.is_some()
    }

    /// Returns the graph that is kept, where it is seen without reading the files that it is theirs.
    /// O(files).
    pub fn find_seen(&self) -> Option<Graph> {
        let (files, entry) = (self.files.as_ref()?, Stamp::of(&self.path)?);
        let seen = fs::read(self.path.with_extension(STAMPS)).ok()?;
        let seen: Seen = postcard::from_bytes(seen.strip_prefix(HEAD)?).ok()?;
        (seen.files == *files && seen.entry == entry).then_some(())?;
        let bytes = Bytes::map(&self.path).ok()?;
        (bytes.starts_with(HEAD)).then(|| graph_of(&bytes)).flatten()
    }

    /// Returns the graph that is kept, where it is that of these texts. O(bytes).
    pub fn find(&self, texts: &Texts) -> Option<Graph> {
        if !is_worth(texts) {
            return None;
        }
        let bytes = Bytes::map(&self.path).ok()?;
        let mark = texts.fingerprint().to_le_bytes();
        let rest = bytes.strip_prefix(HEAD)?.strip_prefix(&mark[..])?;
        let (sum, graph) = rest.split_first_chunk::<MARK>()?;
        let is_whole = *sum == sum_of(graph);
        let graph = is_whole.then(|| graph_of(&bytes)).flatten()?;
        self.see();
        Some(graph)
    }

    /// Keeps the graph of the texts with this fingerprint. That it cannot is no fault: the next run parses
    /// again.
    pub fn keep(&self, graph: &Graph, fingerprint: u128) {
        let bytes = graph.to_bytes().filter(|bytes| bytes.len() as u64 <= MOST);
        let is_kept =
            |bytes: Vec<u8>| write(&self.path, &fingerprint.to_le_bytes(), &bytes).is_ok();
        if bytes.is_some_and(is_kept) {
            self.see();
        }
    }

    /// Keeps the stamps of the files that the entry was made of.
    fn see(&self) {
        let seen = self.files.as_ref().zip(Stamp::of_new(&self.path));
        if let Some((files, entry)) = seen
            && let Ok(bytes) = postcard::to_allocvec(&(files, entry))
        {
            let _ = replace(&self.path.with_extension(STAMPS), &[HEAD, &bytes]);
        }
    }
}

/// Returns whether it takes so long to parse the texts that their graph is worth keeping.
pub fn is_worth(texts: &Texts) -> bool {
    texts.is_whole() && texts.bytes() as u64 >= WORTH_KEEPING
}

fn graph_of(entry: &Bytes) -> Option<Graph> {
    Graph::from_bytes(entry.part(HEAD.len() + 2 * MARK, entry.len())?)
}

fn sum_of(bytes: &[u8]) -> [u8; MARK] {
    XxHash3_128::oneshot(bytes).to_le_bytes()
}

/// Writes an entry whole or not at all, for this user alone.
fn write(path: &Path, mark: &[u8], graph: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    make_room(folder, path, graph.len() as u64)?;
    replace(path, &[HEAD, mark, &sum_of(graph), graph])
}

/// Puts a file of these parts in the place of another: whoever has that one open keeps it.
fn replace(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut file = tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(folder)?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
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
        fs::remove_file(&name)?;
        let _ = fs::remove_file(name.with_extension(STAMPS));
        taken -= length;
    }
    Ok(())
}
