//! `medclust diff`: what changed between two atlases.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::DataArguments;
use super::failure::Failure;
use super::session::Session;
use super::{Outcome, atlas};
use crate::lang::Message;
use crate::query::diff::diff;
use crate::source::Layer;

#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 both say the same, 1 they differ, 2 an error.\n\
With --data, both are read on top of that atlas.\n\n\
終了コード: 0 同じ、1 違いがある、2 エラー\n\
--data を指定すると、どちらもそのアトラスの上に重ねて読みます。")]
pub struct Arguments {
    /// The atlas as it was: a folder, builtin, A+B for B over A, or a folder at a git revision (HEAD~3:data)
    ///
    /// 前のアトラス: フォルダ、builtin、A+B（A に B を重ねる）、または git のリビジョンのフォルダ（HEAD~3:data）
    #[arg(value_name = "A", display_order = 1)]
    old: PathBuf,
    /// The atlas as it is, likewise
    ///
    /// 今のアトラス（同じように指定する）
    #[arg(value_name = "B", display_order = 2)]
    new: PathBuf,
}

pub fn run(
    arguments: &Arguments,
    data: &DataArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let load = |atlas: &Path| {
        let below = match data.folders.is_empty() {
            true => Vec::new(),
            false => atlas::layers(data)?,
        };
        let layers = atlas::each_once([below, layers(atlas)].concat())?;
        session.reading(|| atlas::load(&layers, None, &data.cache()))
    };
    let (old, new) = (load(&arguments.old)?, load(&arguments.new)?);
    let difference = diff(&old, &new);
    session.answer(&difference, difference.is_empty())?;
    if difference.is_empty() {
        session.note(&Message::new("both say the same", "違いはありません"));
    }
    Ok(Outcome::of(!difference.is_empty()))
}

/// What names an atlas: what exists wins over what git remembers; `A+B` is B laid over A.
fn layers(text: &Path) -> Vec<Layer> {
    if text.exists() {
        return vec![Layer::Folder(text.to_owned())];
    }
    let typed = text.to_str().unwrap_or_default();
    if typed.contains('+') {
        return typed.split('+').flat_map(|part| layers(Path::new(part))).collect();
    }
    match typed.split_once(':') {
        Some(("builtin", _)) => atlas::layers_of(text),
        Some((revision, path)) if !is_drive(revision, path) => {
            vec![Layer::Revision { revision: revision.to_owned(), path: path.to_owned() }]
        }
        _ => atlas::layers_of(text),
    }
}

/// Whether a text that is cut at its first colon is a path such as `C:\atlas`.
fn is_drive(revision: &str, path: &str) -> bool {
    let is_letter = revision.len() == 1 && revision.chars().all(|c| c.is_ascii_alphabetic());
    is_letter && path.starts_with(['\\', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_and_drives_are_told_apart() {
        let revision = |text: &str| match &layers(Path::new(text))[..] {
            [Layer::Revision { revision, path }] => Some((revision.clone(), path.clone())),
            _ => None,
        };
        let pair = |revision: &str, path: &str| Some((revision.to_owned(), path.to_owned()));
        assert_eq!(revision("HEAD~3:data"), pair("HEAD~3", "data"));
        assert_eq!(revision("HEAD:"), pair("HEAD", ""));
        assert_eq!(revision(r"C:\atlas"), None);
        assert_eq!(revision("C:/atlas"), None);
        assert_eq!(revision("data"), None);
        assert_eq!(layers(Path::new("builtin")), Layer::BUILTIN);
        assert_eq!(layers(Path::new("builtin:source+mine")).len(), 2);
    }
}
