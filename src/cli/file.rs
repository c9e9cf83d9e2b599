//! Files that take an answer.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file whole or not at all, readable by whom new files are.
///
/// # Errors
/// Where it cannot be written; then it is as it was.
pub fn save(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A file that `tempfile` makes itself is readable by its owner alone.
    let mut made = tempfile::Builder::new()
        .prefix(".medclust-")
        .make_in(folder, |path| fs::File::create_new(path))?;
    let mut out = BufWriter::new(made.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    made.persist(path)?;
    Ok(())
}
