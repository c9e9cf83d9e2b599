//! `medclust import`: files of other tools become atlases that load and say the same.

mod bad;
mod kumu;
mod matching;
mod ror;
mod sheets;
mod tables;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{Run, medclust};

/// Imports into a new folder and tells it, with what was said on the way.
fn import(format: &str, files: &[&Path], at: &Path) -> (PathBuf, Run) {
    let into = at.join("made");
    let mut arguments = vec!["import", format];
    arguments.extend(files.iter().map(|path| path.to_str().expect("the path is text")));
    arguments.extend(["--into", into.to_str().expect("the path is text")]);
    let run = medclust(arguments);
    (into, run)
}

/// What an imported atlas lists of a kind.
fn list(data: &Path, kind: &str) -> Vec<Value> {
    let listed = medclust(["--data", data.to_str().expect("text"), "list", kind, "--json"]).json();
    serde_json::from_value(listed).expect("an array of records")
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/import").join(name)
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
