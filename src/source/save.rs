//! Writes files into a folder, all of them or none.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes files into a new folder. They are written to a temporary folder beside it and then moved,
/// so that the folder is never incomplete. The folder may exist already if it is empty; then it is
/// kept.
///
/// # Errors
/// Where the folder holds anything, is no folder, or cannot be written; then it is as it was.
pub fn save(folder: &Path, files: &[(PathBuf, String)]) -> io::Result<()> {
    let exists = is_there_and_empty(folder)?;
    let parent = match folder.parent() {
        _ if exists => folder,
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let beside = tempfile::Builder::new().prefix(".medclust-").tempdir_in(parent)?;
    let made = beside.path().join("made");
    for (path, text) in files {
        let path = made.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&made))?;
        fs::write(path, text)?;
    }
    if exists { move_all(&made, folder) } else { fs::rename(made, folder) }
}

/// Returns whether the folder exists, and is empty.
///
/// # Errors
/// Where it holds anything, is no folder, or cannot be read.
pub fn is_there_and_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(true),
            Some(_) => Err(io::Error::new(io::ErrorKind::AlreadyExists, "the folder is not empty")),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Moves what is in one folder into another, all of it or nothing. A shell may stand in the other,
/// so it cannot be replaced.
fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    let names: Vec<_> = fs::read_dir(from)?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<io::Result<_>>()?;
    for (done, name) in names.iter().enumerate() {
        if let Err(error) = fs::rename(from.join(name), to.join(name)) {
            for name in &names[..done] {
                // What cannot be taken back stays whole, at least.
                let _ = fs::rename(to.join(name), from.join(name));
            }
            return Err(error);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<(PathBuf, String)> {
        vec![("a.yaml".into(), "a".into()), ("b/c.yaml".into(), "c".into())]
    }

    #[test]
    fn a_new_or_an_empty_folder_is_filled() {
        let at = tempfile::tempdir().unwrap();
        let empty = at.path().join("empty");
        fs::create_dir(&empty).unwrap();
        for folder in [at.path().join("new"), empty] {
            save(&folder, &files()).unwrap();
            assert_eq!(fs::read_to_string(folder.join("b/c.yaml")).unwrap(), "c");
        }
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 2, "nothing else is left");
    }

    #[test]
    fn what_exists_is_never_touched() {
        let at = tempfile::tempdir().unwrap();
        fs::write(at.path().join("mine"), "mine").unwrap();
        for folder in [at.path().to_owned(), at.path().join("mine")] {
            assert!(save(&folder, &files()).is_err());
        }
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_leaves_nothing() {
        let at = tempfile::tempdir().unwrap();
        let clash = vec![("a".into(), "a".into()), ("a/b".into(), "b".into())];
        assert!(save(&at.path().join("new"), &clash).is_err());
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 0);
    }
}
