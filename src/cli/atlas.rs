//! The atlas that a command speaks of.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::atlas;
use crate::check::SourcePlaces;
use crate::diagnostic::Faults;
use crate::graph::Graph;
use crate::model::Date;
use crate::origin::Files;
use crate::source::{self, Layer};

/// An atlas as far as it can be read.
pub struct Read {
    /// The graph, or every fault of every file.
    pub graph: Result<Graph, Faults>,
    /// The files.
    pub files: Files,
    /// Where its sources are described.
    pub sources: SourcePlaces,
}

/// Reads the layers that `--data` names, or else `MEDCLUST_DATA`, or else the shipped atlas: as they
/// are, or as they were on `date`.
///
/// # Errors
/// With every fault of every file; nothing is half loaded.
pub fn load(data: &[PathBuf], date: Option<Date>) -> Result<(Graph, Files), Failure> {
    load_layers(&layers(data), date)
}

/// Reads these layers.
///
/// # Errors
/// With every fault of every file.
pub fn load_layers(layers: &[Layer], date: Option<Date>) -> Result<(Graph, Files), Failure> {
    let Read { graph, files, .. } = read_layers(layers, date);
    match graph {
        Ok(graph) => Ok((graph, files)),
        Err(Faults(faults)) => Err(Failure::Atlas(faults, files)),
    }
}

/// Reads the same layers, whether or not they make a graph.
pub fn read(data: &[PathBuf]) -> Read {
    read_layers(&layers(data), None)
}

fn read_layers(layers: &[Layer], date: Option<Date>) -> Read {
    let mut read = source::read(layers);
    let sources = SourcePlaces::from(&read.records);
    let graph = atlas::build(&mut read, date);
    Read { graph, files: read.files, sources }
}

/// The layer that a path names: `builtin` is the shipped one.
pub fn layer(path: &Path) -> Layer {
    match path.to_str() {
        Some("builtin") => Layer::Builtin,
        _ => Layer::Folder(path.to_owned()),
    }
}

/// The layers that `--data` names, or else `MEDCLUST_DATA`, or else the shipped atlas.
pub fn layers(data: &[PathBuf]) -> Vec<Layer> {
    if !data.is_empty() {
        return data.iter().map(|path| layer(path)).collect();
    }
    let told = std::env::var_os("MEDCLUST_DATA").filter(|paths| !paths.is_empty());
    match told {
        Some(paths) => std::env::split_paths(&paths)
            .filter(|path| !path.as_os_str().is_empty())
            .map(|path| layer(&path))
            .collect(),
        None => vec![Layer::Builtin],
    }
}
