//! Lists the files of the shipped atlas, so that they can be compiled into the binary.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut paths = Vec::new();
    collect(&root.join("data"), &mut paths)?;
    paths.sort();
    let mut code = String::from("static SHIPPED: &[(&str, &str)] = &[\n");
    for path in &paths {
        let name = path.strip_prefix(&root).expect("below the root").display().to_string();
        let name = name.replace('\\', "/");
        writeln!(code, "    ({name:?}, include_str!({path:?})),").expect("a string takes it");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("shipped.rs"), code)
}

/// Collects the YAML files below `folder`, and has cargo watch each folder.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.push(path);
        }
    }
    Ok(())
}
