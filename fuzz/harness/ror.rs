//! Records of the Research Organization Registry.

use medclust::source::ror::import;

use super::imported::{check, input};

pub fn run(data: &[u8]) {
    check(import(&[input(super::text(data))], None, Default::default()));
}
