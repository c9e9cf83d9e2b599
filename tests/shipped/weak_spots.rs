//! What `check` finds in the shipped atlas.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::harness::run;

/// The shipped atlas has none: what would be normal is no weak spot, and what is one is mended.
#[test]
fn the_shipped_atlas_has_few_weak_spots() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for code in run("check builtin --format ids").out.lines() {
        *counts.entry(code.to_owned()).or_default() += 1;
    }
    let mut told = String::new();
    for (code, count) in counts {
        writeln!(told, "{count} {code}").unwrap();
    }
    assert_eq!(told, "");
}
