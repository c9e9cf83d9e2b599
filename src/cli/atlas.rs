//! The atlas that a command speaks of.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::graph::{self, Graph};
use crate::origin::Files;
use crate::source::{self, Layer};

/// Reads the layers that `--data` names, or else `MEDCLUST_DATA`, or else the shipped atlas.
///
/// # Errors
/// With every fault of every file; nothing is half loaded.
pub fn load(data: &[PathBuf]) -> Result<(Graph, Files), Failure> {
    load_layers(&layers(data))
}

/// Reads these layers.
///
/// # Errors
/// With every fault of every file.
pub fn load_layers(layers: &[Layer]) -> Result<(Graph, Files), Failure> {
    let mut read = source::read(layers);
    let uncertain = !read.faults.is_empty();
    match graph::build(std::mem::take(&mut read.records)) {
        Ok(graph) if !uncertain => Ok((graph, read.files)),
        built => {
            let mut faults = read.faults;
            faults.extend(built.err().unwrap_or_default());
            Err(Failure::Atlas(faults, read.files))
        }
    }
}

/// The layer that a path names: `builtin` is the shipped one.
pub fn layer(path: &Path) -> Layer {
    match path.to_str() {
        Some("builtin") => Layer::Builtin,
        _ => Layer::Folder(path.to_owned()),
    }
}

fn layers(data: &[PathBuf]) -> Vec<Layer> {
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
