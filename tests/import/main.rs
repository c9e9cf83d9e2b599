//! `medclust import`: files of other tools become atlases that load and say the same.

mod bad;
mod kumu;
mod matching;
mod ror;
mod sheets;
mod tables;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the binary gave.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_medclust"));
    command.args(arguments).env_remove("MEDCLUST_DATA").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Run {
    finish(command(arguments))
}

fn finish(mut command: Command) -> Run {
    let output = command.output().expect("the binary runs");
    Run {
        status: output.status.code().expect("it ends by itself"),
        stdout: String::from_utf8(output.stdout).expect("answers are UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// Imports into a new folder and tells it, with what was said on the way.
fn import(format: &str, files: &[&Path], at: &Path) -> (PathBuf, Run) {
    let into = at.join("made");
    let mut arguments = vec!["import", format];
    arguments.extend(files.iter().map(|path| path.to_str().expect("the path is text")));
    arguments.extend(["--into", into.to_str().expect("the path is text")]);
    let run = run(&arguments);
    (into, run)
}

/// What an imported atlas lists of a kind.
fn list(data: &Path, kind: &str) -> Vec<Value> {
    let run = run(&["--data", data.to_str().expect("text"), "list", kind, "--json"]);
    assert!(run.status < 2, "{}", run.stderr);
    serde_json::from_str(&run.stdout).expect("an array of records")
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// A file of the shared data, where it is there.
fn shared(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("MEDCLUST_SHARED_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {}; MEDCLUST_SHARED_DATA names its folder", path.display());
        return None;
    }
    Some(path)
}
