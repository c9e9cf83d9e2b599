//! `medclust pack`: an atlas in one file that is read at once.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::arguments::DataArguments;
use super::atlas;
use super::failure::Failure;
use super::file;
use super::session::Session;
use crate::diagnostic::Faults;
use crate::lang::Message;
use crate::source;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The folders to pack, as layers; `builtin` is the shipped atlas [default: --data, or else the shipped atlas]
    ///
    /// まとめるフォルダ（層として）。builtin は付属のアトラス [既定: --data、なければ付属のアトラス]
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
}

pub fn run(
    arguments: &Arguments,
    file: Option<&Path>,
    data: &DataArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let layers = match arguments.folders.is_empty() {
        true => atlas::layers(data)?,
        false => {
            let folders = arguments.folders.clone();
            atlas::layers(&DataArguments { folders, ..*data })?
        }
    };
    let path = file.ok_or_else(|| {
        Failure::usage("no file is named to pack into", "まとめる先のファイルがありません").hint(
            "name one: -o atlas.pack; --data atlas.pack reads it",
            "指定してください: -o atlas.pack（--data atlas.pack で読めます）",
        )
    })?;
    let mut read = source::read(&layers);
    // The graph takes the records.
    let packed = source::pack::pack(&mut read);
    // Whatever is wrong with them is told now, not to those who read the file.
    let graph = match crate::atlas::build(&mut read, None) {
        Ok(graph) => graph,
        Err(Faults(faults)) => {
            let hint = atlas::lacks_below(&layers, &faults);
            return Err(Failure::Atlas { faults, files: read.files, hint });
        }
    };
    let packed = packed.map_err(|error| cannot(path, &error))?;
    let bytes = source::pack::whole(&packed, &graph);
    file::save(path, |out| out.write_all(&bytes)).map_err(|error| cannot(path, &error))?;
    let (path, length) = (path.display(), bytes.len().div_ceil(1000));
    session.note(&Message::new(
        format!("{path}: {length} kB; `medclust --data {path} list` reads it"),
        format!("{path}: {length} kB。`medclust --data {path} list` で読めます"),
    ));
    Ok(Outcome::Found)
}

/// Writes a file whole or not at all.
fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    let path = path.display();
    Failure::usage(
        format!("cannot write `{path}`: {error}; nothing was changed"),
        format!("`{path}` を書けません: {error}（何も変更していません）"),
    )
}
