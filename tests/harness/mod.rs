//! Runs the real binary and reads what it says; shared by all test crates that do.
#![allow(dead_code)] // each of them uses a part of it

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use medclust::atlas;
use medclust::graph::Graph;
use medclust::source::Layer;
use serde_json::Value;

/// The frozen atlas that tests ask, so that the shipped one can grow.
pub const ATLAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/atlas");

/// All formats that `--format` knows.
pub const FORMATS: [&str; 9] =
    ["table", "json", "ndjson", "csv", "tsv", "yaml", "markdown", "html", "ids"];

/// [`ATLAS`], for questions too many to start the binary for each.
pub fn atlas() -> Graph {
    atlas::load(&[Layer::Folder(ATLAS.into())]).expect("the atlas of the tests has no fault")
}

/// What the slides say: the first layer of the shipped atlas.
pub fn slides() -> Graph {
    atlas::load(&Layer::BUILTIN[..1]).expect("the source layer has no fault")
}

/// The shipped atlas, all layers.
pub fn shipped() -> Graph {
    atlas::load(&Layer::BUILTIN).expect("the shipped atlas has no fault")
}

/// What one run said, and how it ended.
#[derive(PartialEq, Eq)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// The binary over [`ATLAS`], with nothing else from the environment that changes what it says.
pub fn command<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = over_atlas(PROGRAM);
    command.args(arguments);
    command
}

/// A shell that runs a script and knows `medclust` by name, as [`command`] would start it.
pub fn shell(script: &str) -> Command {
    let program = Path::new(PROGRAM).parent().expect("the binary lies in a folder").to_owned();
    let known = env::var_os("PATH").unwrap_or_default();
    let known = env::join_paths([program].into_iter().chain(env::split_paths(&known)));
    let mut command = over_atlas("sh");
    command.env("PATH", known.expect("the paths can be joined")).args(["-c", script, "sh"]);
    command
}

/// More columns than any page takes.
const UNLIMITED: &str = "65535";

const PROGRAM: &str = env!("CARGO_BIN_EXE_medclust");

fn over_atlas(program: &str) -> Command {
    let mut command = Command::new(program);
    for name in ["LANG", "LC_ALL", "LC_MESSAGES", "MEDCLUST_DATA", "NO_COLOR", "TERM"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("MEDCLUST_DATA", ATLAS).env("COLUMNS", UNLIMITED);
    command.env("MEDCLUST_CACHE", "");
    command.stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn finish(mut command: Command) -> Run {
    let output = command.output().expect("the binary starts");
    Run {
        status: output.status.code().expect("no signal ends it"),
        out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// Runs medclust with these arguments.
pub fn medclust<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    finish(command(arguments))
}

/// Runs medclust with these arguments from within a folder.
pub fn medclust_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = command(arguments);
    command.current_dir(folder);
    finish(command)
}

/// Runs a command line whose words hold no blanks.
pub fn run(line: &str) -> Run {
    medclust(line.split_whitespace())
}

/// The answer of a command line that must find something.
pub fn found(line: &str) -> String {
    run(line).found()
}

/// The ids that a command line finds; none where it finds nothing.
pub fn ids(line: &str) -> Vec<String> {
    let run = run(&format!("{line} --format ids"));
    assert!(run.status <= 1, "{line}: {run:?}");
    run.out.lines().map(str::to_owned).collect()
}

/// The JSON answer of a command line that must find something.
pub fn json(line: &str) -> Value {
    run(&format!("{line} --json")).json()
}

/// The texts at `pointer` in every item of a list.
pub fn each(list: &Value, pointer: &str) -> Vec<String> {
    let items = list.as_array().expect("a list").iter();
    items.map(|item| text(item, pointer).to_owned()).collect()
}

/// The text at `pointer`.
pub fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} in {value}"))
}

impl fmt::Debug for Run {
    /// Shows the beginnings, which is enough to see what went wrong.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Run { status, out, err } = self;
        write!(f, "exit {status}, stdout {out:.400}, stderr {err:.400}")
    }
}

impl Run {
    /// The answer of a run that found something and had nothing else to say.
    #[track_caller]
    pub fn found(self) -> String {
        assert!(self.status == 0 && self.err.is_empty(), "{self:?}");
        self.out
    }

    /// The answer of a run, found or empty, as JSON.
    #[track_caller]
    pub fn json(self) -> Value {
        assert!(self.status <= 1, "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// What an error said; nothing may have been answered.
    #[track_caller]
    pub fn refused(self) -> String {
        assert!(self.status == 2 && self.out.is_empty(), "{self:?}");
        assert!(!self.err.is_empty(), "an error says why");
        self.err
    }
}

/// A folder of its own for one test, gone with it.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("atlas-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    /// Makes a folder that holds one file.
    pub fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        Folder::new().add(name, bytes)
    }

    /// Adds a file.
    #[must_use]
    pub fn add(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.join(name), bytes).expect("a file can be written");
        self
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The path as it is typed.
    pub fn typed(&self) -> &str {
        self.0.to_str().expect("the path is UTF-8")
    }

    /// Runs a command line over the atlas in this folder.
    pub fn run(&self, line: &str) -> Run {
        medclust(["--data", self.typed()].into_iter().chain(line.split_whitespace()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
