//! What `check` finds in the shipped atlas.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::harness::run;

/// Weak spots of the shipped atlas, which are looked at one by one before this changes: regions that
/// the map names without saying who is there, names no source translates, parts of groups abroad.
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
    insta::assert_snapshot!(told, @"
    1 idle-stage
    4 missing-language
    8 orphan
    4 part-elsewhere
    3 shared-name
    ");
}
