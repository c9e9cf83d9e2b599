//! `medclust export`: the atlas, or a part of it, in the format of another tool.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::export::{Exported, Format, Part};
use crate::graph::{Graph, Node};
use crate::lang::Message;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The format: csv, graphml, gexf, node-link, json-graph, cytoscape, dot, mermaid, turtle, jsonld, geojson or kumu
    ///
    /// 形式: csv、graphml、gexf、node-link、json-graph、cytoscape、dot、mermaid、turtle、jsonld、geojson、kumu
    #[arg(id = "export_format", value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    pub selection: SelectionArguments,
    /// Write to this file; for csv, two tables into this folder [default: standard output]
    ///
    /// このファイルに書く。csv では二つの表をこのフォルダに書く [既定: 標準出力]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
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
    if is_sheet && arguments.output.is_none() {
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
            file.text = safe(&file.text);
        }
    }
    match &arguments.output {
        None => {
            let mut out = io::stdout().lock();
            files.iter().try_for_each(|file| out.write_all(file.text.as_bytes()))?;
            out.flush()?;
        }
        Some(path) => save(path, &files, has_mark).map_err(|error| cannot(path, &error))?,
    }
    if let Some(path) = &arguments.output {
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
fn save(path: &Path, files: &[Exported], has_mark: bool) -> io::Result<()> {
    for file in files {
        let path = match file.part {
            "" => path.to_owned(),
            part => path.join(format!("{part}.csv")),
        };
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        if !file.part.is_empty() {
            fs::create_dir_all(folder)?;
        }
        let mut made = tempfile::NamedTempFile::new_in(folder)?;
        if has_mark {
            made.write_all("\u{feff}".as_bytes())?;
        }
        made.write_all(file.text.as_bytes())?;
        made.persist(path)?;
    }
    Ok(())
}

/// The table with an apostrophe before each cell that begins as a formula does.
fn safe(table: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in reader.records().map_while(Result::ok) {
        let cell = |cell: &str| match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            true => format!("'{cell}"),
            false => cell.to_owned(),
        };
        writer.write_record(row.iter().map(cell)).expect("memory takes it");
    }
    String::from_utf8(writer.into_inner().expect("memory takes it")).expect("texts are UTF-8")
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::usage(
        format!("cannot write `{path}`: {error}"),
        format!("`{path}` を書けません: {error}"),
    )
}
