//! The oldest Rust that the manifest promises is one that everything can be built with.
//!
//! Only one toolchain may be at hand, so the promise is held from three sides: here, it is not above
//! the toolchain that builds, and no package that the program is built from asks for a newer one; and
//! clippy's `incompatible_msrv`, on by default, refuses what the standard library gained later.

use std::collections::{HashMap, HashSet};
use std::process::Command;

use serde_json::Value;

/// The numbers of a version such as `1.89` or `1.95.0`; what is left out is 0.
fn version(text: &str) -> [u32; 3] {
    let mut numbers = text.split(['.', '-']).map(|it| it.parse().unwrap_or(0));
    [(); 3].map(|()| numbers.next().unwrap_or(0))
}

fn output(program: &str, arguments: &[&str]) -> String {
    let run = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it is part of the toolchain");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("it writes UTF-8")
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The packages that the program is built from, by normal and build dependencies.
fn built_from(metadata: &Value) -> HashSet<&str> {
    let nodes = list(&metadata["resolve"]["nodes"]);
    let nodes: HashMap<&str, &Value> = nodes.iter().map(|node| (text(node, "/id"), node)).collect();
    let root = text(metadata, "/resolve/root");
    let (mut found, mut open) = (HashSet::from([root]), vec![root]);
    while let Some(node) = open.pop() {
        for dependency in list(&nodes[node]["deps"]) {
            let is_for_tests = |kind: &Value| kind["kind"] == "dev";
            let package = text(dependency, "/pkg");
            if !list(&dependency["dep_kinds"]).iter().all(is_for_tests) && found.insert(package) {
                open.push(package);
            }
        }
    }
    found
}

#[test]
fn nothing_asks_for_a_newer_rust_than_promised() {
    let promised = env!("CARGO_PKG_RUST_VERSION");
    let rustc = output("rustc", &["-vV"]);
    let told = |name| rustc.lines().find_map(|line| line.strip_prefix(name)).expect("rustc tells");
    let (installed, host) = (told("release: "), told("host: "));
    assert!(version(promised) <= version(installed), "{promised} is newer than {installed}");

    // Packages of other systems may not have been fetched.
    let asked = ["metadata", "--format-version=1", "--locked", "--filter-platform", host];
    let metadata = output(env!("CARGO"), &asked);
    let metadata: Value = serde_json::from_str(&metadata).expect("cargo writes JSON");
    let needed = built_from(&metadata);
    assert!(needed.len() > 20, "{needed:?}");
    let packages = list(&metadata["packages"]).iter();
    let newer = packages
        .filter(|it| needed.contains(text(it, "/id")))
        .filter(|it| version(text(it, "/rust_version")) > version(promised));
    let newer: Vec<String> =
        newer.map(|it| format!("{} {}", text(it, "/name"), text(it, "/rust_version"))).collect();
    assert!(newer.is_empty(), "these need a newer Rust than {promised}: {newer:?}");
}
