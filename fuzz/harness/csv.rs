//! Tables of nodes, relations, kinds and sources.

use medclust::source::spreadsheet::import;

use super::imported::{check, input};

pub fn run(data: &[u8]) {
    check(import(&[input(super::text(data))], None));
}
