//! Reads a folder of YAML files at a revision of a git repository, with the `git` command.

mod faults;
mod tree;

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use super::folder::Contents;
use crate::diagnostic::Diagnostic;
use crate::origin::Files;
use tree::{Entry, Lost, Tree};

/// Reads every `.yaml` and `.yml` file below `path` at `revision`; `path` may be such a file itself.
///
/// As in a folder, links are followed, and names that begin with a dot are skipped.
pub fn read(revision: &str, path: &str, layer: u16, files: &mut Files) -> Contents {
    let mut found = Contents::default();
    let shown = format!("{revision}:{path}");
    match texts(revision, path) {
        Ok((texts, told)) => {
            found.faults.extend(told);
            for (name, bytes) in texts {
                found.take(name, bytes, layer, files);
            }
        }
        Err(fault) => found.faults.push(*fault),
    }
    found.or_no_atlas(&shown)
}

type Texts = Vec<(String, Vec<u8>)>;

/// The files by the paths that people would name them by, and what cannot be read.
fn texts(revision: &str, path: &str) -> Result<(Texts, Vec<Diagnostic>), Box<Diagnostic>> {
    let shown = format!("{revision}:{path}");
    let run = |arguments: &[&str]| {
        git(arguments, Vec::new()).map_err(|why| Box::new(faults::unread(&shown, &why)))
    };
    if revision.is_empty() {
        return Err(Box::new(faults::index(path)));
    }
    if run(&["rev-parse", "--git-dir"])?.is_none() {
        return Err(Box::new(faults::no_repository(&shown)));
    }
    let commit = format!("{revision}^{{commit}}");
    let commit = run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    let Some(commit) = commit.filter(|_| !revision.starts_with('-')) else {
        return Err(Box::new(faults::no_revision(revision)));
    };
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let listed = run(&["ls-tree", "-r", "-z", "--full-tree", &commit])?.unwrap_or_default();
    let mut tree = Tree::of(&listed);
    let links: Vec<String> = tree.links().into_keys().map(str::to_owned).collect();
    let targets = objects(&shown, &links)?;
    let target = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    tree.targets = links.into_iter().zip(targets.into_iter().map(target)).collect();
    // A path counts from the top, but for one that begins with a dot.
    let here = match path.split('/').next() {
        Some("." | "..") => run(&["rev-parse", "--show-prefix"])?.unwrap_or_default(),
        _ => Vec::new(),
    };
    let from_top =
        format!("{}/{path}", String::from_utf8_lossy(&here).trim_end_matches(['\n', '\r']));
    let (mut entries, mut told) = (Vec::new(), Vec::new());
    match tree.resolve(&from_top) {
        Ok((at, Entry::Folder(_))) => {
            let end = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
            tree.files_below(
                &at,
                &format!("{shown}{end}"),
                &mut Vec::new(),
                &mut entries,
                &mut told,
            );
        }
        Ok((_, Entry::File(object))) => entries.push((object.clone(), shown.clone())),
        Ok((_, Entry::Submodule)) => return Err(Box::new(faults::submodule(&shown))),
        Ok((_, Entry::Link(_))) => unreachable!("links are followed"),
        Err(Lost::Missing) => return Err(Box::new(faults::no_path(revision, path))),
        Err(lost) => return Err(Box::new(faults::lost(&shown, lost))),
    }
    let (wanted, names): (Vec<String>, Vec<String>) = entries.into_iter().unzip();
    Ok((names.into_iter().zip(objects(&shown, &wanted)?).collect(), told))
}

/// What these objects hold.
fn objects(shown: &str, wanted: &[String]) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let lines: String = wanted.iter().map(|object| format!("{object}\n")).collect();
    let unread = |why: &io::Error| Box::new(faults::unread(shown, why));
    let batch = git(&["cat-file", "--batch"], lines.into_bytes()).map_err(|why| unread(&why))?;
    let objects = split(&batch.unwrap_or_default(), wanted.len());
    objects.ok_or_else(|| unread(&io::Error::other("git gave less than it listed")))
}

/// Runs git and tells what it printed; nothing where it refused.
fn git(arguments: &[&str], input: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    let mut git = Command::new("git")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let stdin = git.stdin.take();
    // Git answers while it still reads: both must flow at once.
    let writer = thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(&input)));
    let output = git.wait_with_output()?;
    // Where git stopped reading, its exit status tells more.
    let _ = writer.join();
    Ok(output.status.success().then_some(output.stdout))
}

/// Splits what `cat-file --batch` gives: for each object a line that ends in its size, its bytes,
/// and a line break.
fn split(mut batch: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut texts = Vec::new();
    for _ in 0..count {
        let end = batch.iter().position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&batch[..end]).ok()?.rsplit(' ').next()?;
        let (start, size): (usize, usize) = (end + 1, size.parse().ok()?);
        texts.push(batch.get(start..start + size)?.to_vec());
        batch = batch.get(start + size + 1..)?;
    }
    Some(texts)
}
