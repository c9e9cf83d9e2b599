//! What every input must satisfy, whatever it is: shared by the fuzz targets and `tests/fuzz.rs`.
#![allow(dead_code)]

pub mod csv;
pub mod dates;
pub mod fold;
mod imported;
pub mod kumu;
mod loaded;
pub mod names;
pub mod ror;
pub mod selection;
pub mod yaml;

/// The text of an input; what is no UTF-8 is replaced, as it would be refused long before.
fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}
