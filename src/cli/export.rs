//! `medclust export`: the atlas, or a part of it, in the format of another tool.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::file;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::export::{Exported, Format, Part};
use crate::graph::{Graph, Node};
use crate::lang::Message;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The format: xlsx, csv, graphml, gexf, node-link, json-graph, cytoscape, dot, mermaid, turtle, jsonld, geojson or kumu
    ///
    /// 形式: xlsx、csv、graphml、gexf、node-link、json-graph、cytoscape、dot、mermaid、turtle、jsonld、geojson、kumu
    #[arg(id = "export_format", value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    pub selection: SelectionArguments,
    /// In csv, put an apostrophe before cells that a spreadsheet would take for a formula
    ///
    /// csv で、表計算ソフトが数式とみなすセルの前に ' を付ける
    #[arg(long)]
    safe: bool,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

pub fn run(
    arguments: &Arguments,
    file: Option<&Path>,
    has_mark: bool,
    graph: &Graph,
    session: &Session,
) -> Result<Outcome, Failure> {
    let is_sheet = arguments.format == Format::Csv;
    if !is_sheet && (arguments.safe || has_mark) {
        return Err(Failure::usage(
            "`--safe` and `--bom` go with csv",
            "`--safe` と `--bom` は csv で使えます",
        ));
    }
    let is_book = arguments.format == Format::Xlsx;
    if is_book && file.is_none() && io::stdout().is_terminal() {
        return Err(Failure::usage(
            "xlsx is no text for a terminal",
            "xlsx は端末に表示できません",
        )
        .hint("write it to a file: -o atlas.xlsx", "ファイルに書いてください: -o atlas.xlsx"));
    }
    if is_sheet && file.is_none() {
        return Err(Failure::usage("csv is two tables", "csv は二つの表になります")
            .hint("name a folder for them: -o FOLDER", "フォルダを指定してください: -o フォルダ"));
    }
    let selection = arguments.selection.select(graph)?;
    let nodes: Vec<Node> = graph.nodes().filter(|node| selection.has_node(*node)).collect();
    if nodes.is_empty() {
        session.note(&Message::new("nothing found", "該当なし"));
        return Ok(Outcome::Nothing);
    }
    let part = Part::of(graph, nodes, session.lang());
    let (mut files, told) = part.write(arguments.format);
    if arguments.safe {
        for file in &mut files {
            file.bytes = safe(&file.bytes);
        }
    }
    match file {
        None => {
            let mut out = io::stdout().lock();
            files.iter().try_for_each(|file| out.write_all(&file.bytes))?;
            out.flush()?;
        }
        Some(path) => save_all(path, &files, has_mark).map_err(|error| cannot(path, &error))?,
    }
    if let Some(path) = file {
        let (path, nodes, relations) = (path.display(), part.nodes.len(), part.relations.len());
        session.note(&Message::new(
            format!("{path}: {nodes} nodes and {relations} relations"),
            format!("{path}: ノード {nodes} 件、関係 {relations} 件"),
        ));
    }
    told.iter().for_each(|told| session.note(told));
    Ok(Outcome::Found)
}

/// Writes a file, or several into a folder, each whole or not at all.
fn save_all(path: &Path, files: &[Exported], has_mark: bool) -> io::Result<()> {
    for file in files {
        let path = match file.part {
            "" => path.to_owned(),
            part => path.join(format!("{part}.csv")),
        };
        if let Some(folder) = path.parent().filter(|_| !file.part.is_empty()) {
            fs::create_dir_all(folder)?;
        }
        file::save(&path, |out| {
            let mark = if has_mark { "\u{feff}" } else { "" };
            out.write_all(mark.as_bytes())?;
            out.write_all(&file.bytes)
        })?;
    }
    Ok(())
}

/// The table with an apostrophe before each cell that begins as a formula does.
fn safe(table: &[u8]) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in reader.records().map_while(Result::ok) {
        let cell = |cell: &str| match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            true => format!("'{cell}"),
            false => cell.to_owned(),
        };
        writer.write_record(row.iter().map(cell)).expect("memory takes it");
    }
    writer.into_inner().expect("memory takes it")
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::usage(
        format!("cannot write `{path}`: {error}"),
        format!("`{path}` を書けません: {error}"),
    )
}
