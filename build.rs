//! Compiles the shipped atlas into the binary: its files as they are, for people, their records as
//! snapshots, for further layers, and their graph, because parsing the YAML and resolving the references
//! would take most of a command's time.

#[allow(dead_code)]
#[path = "src/control.rs"]
mod control;
#[allow(dead_code)]
#[path = "src/diagnostic.rs"]
mod diagnostic;
#[allow(dead_code, unused_imports)]
#[path = "src/graph/mod.rs"]
mod graph;
#[allow(dead_code)]
#[path = "src/lang.rs"]
mod lang;
#[allow(dead_code, unused_imports)]
#[path = "src/model/mod.rs"]
mod model;
#[allow(dead_code)]
#[path = "src/origin.rs"]
mod origin;

use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use model::{AtlasFile, BUILTIN, Records};
use origin::FileId;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // The records derive their JSON Schemas in the library alone, and questions are asked there alone.
    println!("cargo::rustc-cfg=library");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rustc-env=MEDCLUST_BUILD={:016x}", build()?);
    println!("cargo::rustc-env=MEDCLUST_RECORDS={:016x}", records()?);
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut paths = Vec::new();
    for layer in ["data", "data-curated"] {
        collect(&root.join(layer), "yaml", &mut paths)?;
    }
    paths.sort();
    let mut all = Records::default();
    let mut code = String::from("static SHIPPED: &[(&str, &str, &[u8])] = &[\n");
    for (number, path) in paths.iter().enumerate() {
        let name = path.strip_prefix(&root).expect("below the root").display().to_string();
        let text = fs::read_to_string(path)?;
        let mut records: AtlasFile = serde_saphyr::from_str(&text)
            .unwrap_or_else(|error| panic!("{name} is no atlas file: {error}"));
        let snapshot = out.join(format!("{number}.snapshot"));
        fs::write(&snapshot, postcard::to_allocvec(&records).map_err(io::Error::other)?)?;
        let name = name.replace('\\', "/");
        writeln!(code, "    ({name:?}, include_str!({path:?}), include_bytes!({snapshot:?})),")
            .expect("a string takes it");
        records.place_texts(&name, BUILTIN);
        all.layers.push(u16::from(name.starts_with("data-curated/")));
        all.files.push((FileId(number as u32), records));
    }
    let graph = graph::build(all).unwrap_or_else(|faults| panic!("no atlas: {faults:?}"));
    let bytes = out.join("shipped.graph");
    fs::write(&bytes, graph.to_bytes().expect("it has no date"))?;
    writeln!(code, "];\n\nstatic GRAPH: &[u8] = include_bytes!({bytes:?});")
        .expect("a string takes it");
    code.push_str("\nstatic TEXTS: &[(&str, &str)] = &[\n");
    let mut texts = Vec::new();
    collect(&root.join("data"), "txt", &mut texts)?;
    texts.sort();
    for path in texts {
        let name = path.strip_prefix(&root).expect("below the root").display().to_string();
        let name = name.replace('\\', "/");
        writeln!(code, "    ({name:?}, include_str!({path:?})),").expect("a string takes it");
    }
    code.push_str("];\n");
    fs::write(out.join("shipped.rs"), code)
}

/// A hash of the sources, of the shipped atlas and of the dependencies: two builds with the same one read
/// and write the same graphs.
fn build() -> io::Result<u64> {
    println!("cargo::rerun-if-changed=Cargo.lock");
    let mut paths = vec![PathBuf::from("Cargo.lock")];
    collect(Path::new("src"), "rs", &mut paths)?;
    for layer in ["data", "data-curated"] {
        collect(Path::new(layer), "yaml", &mut paths)?;
    }
    hash(paths)
}

/// A hash of how records are laid out.
fn records() -> io::Result<u64> {
    let mut paths = vec![PathBuf::from("src/origin.rs")];
    collect(Path::new("src/model"), "rs", &mut paths)?;
    hash(paths)
}

fn hash(mut paths: Vec<PathBuf>) -> io::Result<u64> {
    paths.sort();
    let mut hasher = DefaultHasher::new();
    for path in paths.into_iter().filter(|path| path.exists()) {
        fs::read(path)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

/// Collects the files below `folder` with an extension, and has cargo watch each folder.
fn collect(folder: &Path, wanted: &str, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, wanted, paths)?;
        } else if path.extension().is_some_and(|extension| extension == wanted) {
            paths.push(path);
        }
    }
    Ok(())
}
