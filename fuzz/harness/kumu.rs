//! Drawings as Kumu exports them.

use medclust::source::kumu::import;

use super::imported::{check, input};

pub fn run(data: &[u8]) {
    check(import(&[input(super::text(data))], None, Default::default()));
}
