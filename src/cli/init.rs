//! `medclust init`: a folder to start an own atlas from.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::Failure;
use super::session::Session;
use crate::lang::Message;
use crate::source::{Shipped, save, template};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder to make; one that holds anything is left as it is
    ///
    /// 作るフォルダ。中に何かあるフォルダには手を付けない
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Start from a copy of the atlas that is shipped: builtin, or one layer of it, builtin:source or builtin:curated [default: a small example]
    ///
    /// 付属のアトラスの写しから始める: builtin、またはその一層 builtin:source、builtin:curated [既定: 小さな見本]
    #[arg(long = "from", value_name = "ATLAS", hide_possible_values = true)]
    start: Option<Start>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Start {
    Builtin,
    #[value(name = "builtin:source")]
    Source,
    #[value(name = "builtin:curated")]
    Curated,
}

pub fn run(arguments: &Arguments, session: &Session) -> Result<Outcome, Failure> {
    let files = match arguments.start {
        None => template::small(session.lang()),
        Some(Start::Builtin) => template::shipped(),
        Some(Start::Source) => template::shipped_layer(Shipped::Source),
        Some(Start::Curated) => template::shipped_layer(Shipped::Curated),
    };
    let folder = arguments.folder.display();
    save(&arguments.folder, &files).map_err(|error| cannot(&arguments.folder, &error))?;
    let count = files.len();
    session.note(&Message::new(
        format!("made {folder}: {count} files; comments and schema guide you in an editor"),
        format!("{folder} に {count} 個のファイルを作りました。エディターではコメントとスキーマが案内します"),
    ));
    let at = |below: &str| quoted(&arguments.folder.join(below));
    let next = match arguments.start {
        None => format!("--data {} path our-hospital our-product", quoted(&arguments.folder)),
        Some(Start::Builtin) => format!("--data {} --data {} list", at("source"), at("curated")),
        Some(Start::Source) => format!("--data {} list", quoted(&arguments.folder)),
        Some(Start::Curated) => {
            format!("--data builtin:source --data {} list", quoted(&arguments.folder))
        }
    };
    session.note(&Message::new(format!("next: medclust {next}"), format!("次は: medclust {next}")));
    Ok(Outcome::Found)
}

/// The path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    match path.contains(|c: char| c.is_whitespace() || "'\"$&;()".contains(c)) {
        true => format!("'{}'", path.replace('\'', r"'\''")),
        false => path,
    }
}

/// Why nothing was made.
pub fn cannot(folder: &Path, error: &io::Error) -> Failure {
    let (en, ja) = match error.kind() {
        io::ErrorKind::AlreadyExists => ("it is not empty".into(), "空ではありません".into()),
        io::ErrorKind::NotADirectory => ("it is a file".into(), "ファイルです".into()),
        io::ErrorKind::NotFound => {
            ("the folder above it does not exist".into(), "上のフォルダがありません".into())
        }
        _ => (error.to_string(), error.to_string()),
    };
    let folder = folder.display();
    Failure::usage(
        format!("cannot make `{folder}`: {en}; nothing was changed"),
        format!("`{folder}` を作れません: {ja}（何も変更していません）"),
    )
    .hint(
        "name a folder that does not exist yet, or an empty one",
        "まだ無いフォルダか、空のフォルダを指定してください",
    )
}
