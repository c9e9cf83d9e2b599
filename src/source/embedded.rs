//! The atlas that is compiled into the binary.

use super::Shipped;
use crate::graph::Graph;
use crate::model::{AtlasFile, BUILTIN};
use crate::origin::{File, FileId, Files};

// Path, text, and the records of the text as the build script read them; then the graph of them all.
include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// Adds every file of a layer of the shipped atlas, sorted by path, and returns their records.
pub fn read(shipped: Shipped, layer: u16, files: &mut Files) -> Vec<(FileId, AtlasFile)> {
    let read = |file: &(&'static str, &'static str, &[u8])| {
        let (id, mut records) = add(file, layer, files);
        records.place_texts(file.0, BUILTIN);
        (id, records)
    };
    of(shipped).map(read).collect()
}

/// Returns the graph of the shipped atlas, both layers, as the build script made it.
pub fn graph() -> Graph {
    Graph::from_bytes(GRAPH.into()).expect("the graph is of this build")
}

/// Returns the files of a layer of the shipped atlas: path in its folder, and text.
pub fn files(layer: Shipped) -> impl Iterator<Item = (&'static str, &'static str)> {
    of(layer).map(move |(path, text, _)| (&path[folder(layer).len()..], *text))
}

fn of(
    layer: Shipped,
) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static [u8])> {
    SHIPPED.iter().filter(move |(path, ..)| path.starts_with(folder(layer)))
}

/// The folder of a layer, from the root of the project.
fn folder(layer: Shipped) -> &'static str {
    match layer {
        Shipped::Source => "data/",
        Shipped::Curated => "data-curated/",
    }
}

/// Adds only the vocabulary of the shipped atlas: the kinds of relation that every atlas may use.
pub fn vocabulary(files: &mut Files) -> (FileId, AtlasFile) {
    let vocabulary = SHIPPED.iter().find(|(path, ..)| *path == "data/vocabulary.yaml");
    add(vocabulary.expect("the shipped atlas has a vocabulary"), 0, files)
}

/// Returns a text of a source in the shipped atlas, by its path.
pub fn text(path: &str) -> Option<String> {
    TEXTS.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned())
}

fn add(
    (path, text, snapshot): &(&'static str, &'static str, &[u8]),
    layer: u16,
    files: &mut Files,
) -> (FileId, AtlasFile) {
    let id = files.push(File { path: (*path).into(), text: (*text).into(), layer });
    let records = postcard::from_bytes(snapshot).expect("the snapshot is of this build");
    (id, records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml;

    #[test]
    fn the_graph_is_that_of_the_files() {
        let graph =
            crate::atlas::build(&mut crate::source::read(&crate::source::Layer::BUILTIN), None);
        assert!(graph.unwrap().to_bytes().unwrap() == GRAPH);
    }

    #[test]
    fn the_snapshot_says_what_the_files_say() {
        for shipped in SHIPPED {
            let (id, records) = add(shipped, 0, &mut Files::default());
            let (parsed, faults) = yaml::parse(id, shipped.1);
            assert_eq!(faults, [], "{}", shipped.0);
            assert_eq!(format!("{records:?}"), format!("{parsed:?}"), "{}", shipped.0);
        }
    }
}
