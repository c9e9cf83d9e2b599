//! A folder of YAML files as a git repository remembers it, read with the `git` command.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::folder::{Found, is_hidden, is_yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::Files;

/// Reads every `.yaml` and `.yml` file below `path` at `revision`; `path` may be such a file itself.
///
/// Links are passed over, as are names that begin with a dot.
pub fn read(revision: &str, path: &str, layer: u16, files: &mut Files) -> Found {
    let mut found = Found::default();
    let shown = format!("{revision}:{path}");
    match texts(revision, path) {
        Ok(texts) => {
            for (name, bytes) in texts {
                let at = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
                let name =
                    if name.is_empty() { shown.clone() } else { format!("{shown}{at}{name}") };
                found.take(name, bytes, layer, files);
            }
        }
        Err(fault) => found.faults.push(*fault),
    }
    found.or_no_atlas(&shown)
}

type Texts = Vec<(String, Vec<u8>)>;

/// The files by their path below `path`; the one file without a name if `path` is a file.
fn texts(revision: &str, path: &str) -> Result<Texts, Box<Diagnostic>> {
    let shown = format!("{revision}:{path}");
    let run = |arguments: &[&str]| git(arguments, Vec::new()).map_err(|why| unread(&shown, &why));
    if run(&["rev-parse", "--git-dir"])?.is_none() {
        return Err(no_repository(&shown));
    }
    let resolve = |name: &str| run(&["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
    if revision.starts_with('-') || resolve(&format!("{revision}^{{commit}}"))?.is_none() {
        return Err(no_revision(revision));
    }
    let Some(object) = resolve(&shown)? else {
        return Err(no_path(revision, path));
    };
    let object = String::from_utf8_lossy(&object).trim().to_owned();
    let listed = run(&["ls-tree", "-r", "-z", "--full-tree", &object])?;
    let entries = match &listed {
        Some(listed) => yaml_entries(listed),
        None => vec![(object, String::new())],
    };
    let wanted: String = entries.iter().map(|(object, _)| format!("{object}\n")).collect();
    let batch = git(&["cat-file", "--batch"], wanted.into_bytes());
    let batch = batch.map_err(|why| unread(&shown, &why))?.unwrap_or_default();
    let texts = split(&batch, entries);
    texts.ok_or_else(|| unread(&shown, &io::Error::other("git gave less than it listed")))
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

/// The objects of YAML files in what `ls-tree -z` lists, with their paths.
fn yaml_entries(listed: &[u8]) -> Vec<(String, String)> {
    let entries = listed.split(|byte| *byte == 0).filter_map(|entry| {
        let entry = String::from_utf8_lossy(entry);
        let (head, path) = entry.split_once('\t')?;
        let mut head = head.split(' ');
        let (mode, _, object) = (head.next()?, head.next()?, head.next()?);
        let at = Path::new(path);
        let is_shown = at.iter().all(|name: &OsStr| !is_hidden(name));
        (mode.starts_with("100") && is_shown && is_yaml(at))
            .then(|| (object.to_owned(), path.to_owned()))
    });
    entries.collect()
}

/// Splits what `cat-file --batch` gives: for each object a line that ends in its size, its bytes,
/// and a line break.
fn split(mut batch: &[u8], entries: Vec<(String, String)>) -> Option<Texts> {
    let mut texts = Vec::new();
    for (_, path) in entries {
        let end = batch.iter().position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&batch[..end]).ok()?.rsplit(' ').next()?;
        let (start, size): (usize, usize) = (end + 1, size.parse().ok()?);
        texts.push((path, batch.get(start..start + size)?.to_vec()));
        batch = batch.get(start + size + 1..)?;
    }
    Some(texts)
}

fn unread(shown: &str, error: &io::Error) -> Box<Diagnostic> {
    if error.kind() == io::ErrorKind::NotFound {
        let fault = Diagnostic::error(
            Code::Unreadable,
            format!("`{shown}` is at a git revision, and there is no `git` command"),
            format!("`{shown}` は git のリビジョンですが、`git` コマンドがありません"),
        );
        return Box::new(fault.hint(
            "install git, or name a folder that exists",
            "git を入れるか、実在するフォルダを指定してください",
        ));
    }
    Box::new(Diagnostic::error(
        Code::Unreadable,
        format!("cannot read `{shown}` with git: {error}"),
        format!("`{shown}` を git で読めません: {error}"),
    ))
}

fn no_repository(shown: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(
        Code::Unreadable,
        format!("there is no `{shown}` here, and no git repository that could hold it"),
        format!("`{shown}` はここになく、それを含む git リポジトリもありません"),
    );
    Box::new(fault.hint(
        "check the path, or change into the repository",
        "パスを確かめるか、リポジトリの中で実行してください",
    ))
}

fn no_revision(revision: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(
        Code::Unreadable,
        format!("there is no git revision `{revision}`"),
        format!("git のリビジョン `{revision}` はありません"),
    );
    Box::new(fault.hint("`git log` shows them", "`git log` で一覧できます"))
}

fn no_path(revision: &str, path: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(
        Code::Unreadable,
        format!("there is no `{path}` at the git revision `{revision}`"),
        format!("git のリビジョン `{revision}` に `{path}` はありません"),
    );
    Box::new(fault.hint(
        "a path counts from the top of the repository; ./PATH from here",
        "パスはリポジトリの最上位からです。ここからなら ./PATH と書きます",
    ))
}
