//! Small atlases, written as a person would write them.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use medclust::graph::{self, Graph};
use medclust::model::{AtlasFile, Records};
use medclust::origin::FileId;
use proptest::prelude::ProptestConfig;

/// The settings of a law that is tried on so many cases; a failure is printed, not filed.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The graph of an atlas of one file, over the core vocabulary.
pub fn graph(text: &str) -> Graph {
    graph_of([text])
}

/// The graph of an atlas of one file as it was on a date.
pub fn graph_on(text: &str, date: &str) -> Graph {
    let built = graph::build_as_of(records_of([text]), date.parse().expect("a date"));
    built.unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"))
}

/// The graph of an atlas of several files, over the core vocabulary.
pub fn graph_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Graph {
    let texts: Vec<&str> = texts.into_iter().collect();
    let built = graph::build(records_of(texts.iter().copied()));
    built.unwrap_or_else(|faults| panic!("{faults:#?}\n{}", texts.join("\n")))
}

fn records_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Records {
    static CORE: OnceLock<AtlasFile> = OnceLock::new();
    let core = CORE.get_or_init(|| records(include_str!("../../data/vocabulary.yaml")));
    Records {
        files: (1..).map(FileId).zip(texts.into_iter().map(records)).collect(),
        core: vec![(FileId(0), core.clone())],
        ..Records::default()
    }
}

fn records(text: &str) -> AtlasFile {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A text being written: one record a line, each section once and in any order.
#[derive(Default)]
pub struct Writer(String);

impl Writer {
    /// Writes a section with its records, each a YAML flow mapping without its braces.
    pub fn section(mut self, name: &str, records: impl IntoIterator<Item = String>) -> Self {
        let mut records = records.into_iter().peekable();
        if records.peek().is_some() {
            writeln!(self.0, "{name}:").expect("a string takes it");
        }
        for record in records {
            writeln!(self.0, "  - {{{record}}}").expect("a string takes it");
        }
        self
    }

    /// The text.
    pub fn text(self) -> String {
        self.0
    }
}

/// Nodes `p0`, `p1` … of one kind, named by their ids.
pub fn nodes(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("id: {prefix}{n}, name: {{en: '{prefix}{n}'}}")).collect()
}

/// An empty folder of its own for each call.
pub fn folder() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("laws-{}-{number}", std::process::id());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&path).expect("the target folder can be written");
    path
}
