//! The atlas that is compiled into the binary.

use crate::origin::{FileId, Files};

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// Adds every file of the shipped atlas, sorted by path.
pub fn read(layer: u16, files: &mut Files) {
    for (path, text) in SHIPPED {
        files.push(super::file((*path).to_owned(), (*text).to_owned(), layer));
    }
}

/// Adds the shipped vocabulary alone: the core kinds of relation, which every atlas may use.
pub fn vocabulary(files: &mut Files) -> FileId {
    let (path, text) = SHIPPED
        .iter()
        .find(|(path, _)| path.ends_with("/vocabulary.yaml"))
        .expect("the shipped atlas has a vocabulary");
    files.push(super::file((*path).to_owned(), (*text).to_owned(), 0))
}
