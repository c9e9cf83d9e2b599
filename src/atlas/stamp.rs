//! What can be known of files without reading them, so that it is seen that they have not changed.
//!
//! A file that was written anew has another time of change of its inode, which nobody can set, or another
//! inode, or another length. Only where the clock stood still in between is that not so: a stamp is
//! therefore taken only of files that are older than any clock's tick. Where a system has no such times,
//! there are no stamps, and files are read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::source::{self, Layer};

/// Files that are younger than this may change without its being seen: some file systems count time by
/// two seconds.
const TICK: Duration = Duration::from_secs(2);

/// What is known of files without reading them.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
pub struct Stamps {
    files: Vec<(PathBuf, Stamp)>,
}

impl Stamps {
    /// Returns the stamps of all files that the layers are read from; nothing where there is one of which
    /// no stamp can be taken, or one so young that it may yet change unseen.
    pub fn of(layers: &[Layer]) -> Option<Self> {
        let now = now()?;
        let stamped = |path: PathBuf| Stamp::of(&path).map(|stamp| (path, stamp));
        let files: Option<Vec<_>> = source::paths(layers)?.into_iter().map(stamped).collect();
        let files = files?;
        files.iter().all(|(_, stamp)| stamp.is_older(now, TICK)).then_some(Stamps { files })
    }

    /// Returns how many bytes the files have.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|(_, stamp)| stamp.length).sum()
    }
}

/// What is known of a file without reading it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    /// When its content changed, then when its inode did: seconds and nanoseconds.
    changed: [(i64, i64); 2],
}

impl Stamp {
    /// Returns what is known of a file; nothing where that is not enough to see that it changes.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let about = std::fs::metadata(path).ok()?;
        Some(Stamp {
            device: about.dev(),
            inode: about.ino(),
            length: about.len(),
            changed: [(about.mtime(), about.mtime_nsec()), (about.ctime(), about.ctime_nsec())],
        })
    }

    /// Returns what is known of a file; nothing where that is not enough to see that it changes.
    #[cfg(not(unix))]
    pub fn of(_: &Path) -> Option<Self> {
        None
    }

    /// Returns what is known of a file that was just written, once its clock has gone on: whoever writes
    /// there from now on is seen. Nothing where its clock is a coarse one.
    pub fn of_new(path: &Path) -> Option<Self> {
        const FINE: Duration = Duration::from_millis(20);
        let stamp = Stamp::of(path)?;
        let is_fine = stamp.changed.iter().any(|(_, nanoseconds)| *nanoseconds != 0);
        if !is_fine {
            return None;
        }
        std::thread::sleep(FINE);
        stamp.is_older(now()?, FINE / 2).then_some(stamp)
    }

    fn is_older(&self, now: Duration, by: Duration) -> bool {
        self.changed.iter().all(|(seconds, nanoseconds)| {
            let seconds = u64::try_from(*seconds).unwrap_or_default();
            let nanoseconds = u32::try_from(*nanoseconds).unwrap_or_default();
            Duration::new(seconds, nanoseconds).checked_add(by).is_some_and(|it| it <= now)
        })
    }
}

/// The time since the epoch.
fn now() -> Option<Duration> {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()
}
