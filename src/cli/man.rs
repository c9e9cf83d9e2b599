//! `medclust man`: manual pages, one for each command.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap_mangen::Man;

use super::Outcome;
use super::arguments::command;
use super::failure::Failure;
use super::session::Session;
use crate::lang::Message;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder for the pages, such as ~/.local/share/man/man1; pages of the same names are replaced
    ///
    /// ページを置くフォルダ（例: ~/.local/share/man/man1）。同じ名前のページは置き換える
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
}

pub fn run(arguments: &Arguments, session: &Session) -> Result<Outcome, Failure> {
    let mut whole = command(session.lang()).disable_help_flag(true);
    whole.build();
    let folder = &arguments.into;
    let pages = pages(&whole);
    let shown = folder.display();
    save(folder, &pages).map_err(|error| {
        Failure::usage(
            format!("cannot write to `{shown}`: {error}"),
            format!("`{shown}` に書けません: {error}"),
        )
    })?;
    let count = pages.len();
    session.note(&Message::new(
        format!("{shown}: {count} pages; `man {shown}/medclust.1` shows the first"),
        format!("{shown}: {count} ページ。最初のページは `man {shown}/medclust.1`"),
    ));
    Ok(Outcome::Found)
}

/// The page of the program and of each command below it, by file name.
fn pages(command: &clap::Command) -> Vec<(String, Vec<u8>)> {
    let mut pages = vec![page("medclust", command)];
    for below in command.get_subcommands() {
        pages.push(page(&format!("medclust-{}", below.get_name()), below));
    }
    pages
}

fn page(name: &str, command: &clap::Command) -> (String, Vec<u8>) {
    let mut text = Vec::new();
    let titled = command.clone().name(name.to_owned()).display_name(name.to_owned());
    Man::new(titled).render(&mut text).expect("memory takes it");
    (format!("{name}.1"), text)
}

/// Writes each page whole or not at all.
fn save(folder: &Path, pages: &[(String, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in pages {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text)?;
        file.persist(folder.join(name))?;
    }
    Ok(())
}
