//! Texts as an atlas of their own.

use std::path::PathBuf;

use medclust::atlas;
use medclust::diagnostic::Faults;
use medclust::graph::Graph;
use medclust::lang::Lang;
use medclust::origin::Files;
use medclust::render::{Style, diagnostics};
use medclust::source;

/// The graph of these files; where they are at fault, every fault can be shown in its place.
pub fn load(texts: &[(PathBuf, String)]) -> Option<Graph> {
    let mut read = source::read(&[]);
    read.add(texts, 0);
    match atlas::build(&mut read, None) {
        Ok(graph) => Some(graph),
        Err(Faults(faults)) => {
            assert!(!faults.is_empty(), "it is refused, and nobody knows why");
            for place in faults.iter().flat_map(|fault| &fault.places) {
                let position = place.origin.position;
                assert!(is_in(&read.files, place.origin.file, position.line, position.column));
            }
            for lang in [Lang::En, Lang::Ja] {
                let style =
                    Style { lang, width: Some(40), color: false, links: false, as_of: None };
                let shown = diagnostics(&faults, &read.files, style, &mut Vec::new());
                shown.expect("a vector takes it");
            }
            None
        }
    }
}

/// Whether a file has such a line and column; line 0 stands for the whole file.
fn is_in(files: &Files, file: medclust::origin::FileId, line: u32, column: u32) -> bool {
    let text = &files.file(file).text;
    let mut lines = text.split('\n').chain([""]);
    line == 0
        || lines
            .nth(line as usize - 1)
            .is_some_and(|line| column as usize <= line.chars().count() + 1)
}
