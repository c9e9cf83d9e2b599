//! `medclust import`: records of another source as the YAML of an atlas.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::Outcome;
use super::arguments::DataArguments;
use super::atlas;
use super::failure::Failure;
use super::init::cannot;
use super::session::Session;
use crate::diagnostic::Faults;
use crate::graph::{self, Graph};
use crate::lang::Message;
use crate::source::import::{Ids, Imported, Input, Known, KnownNode, Page, Refusal, Tally, read};
use crate::source::{self, Layer, kumu, ror, spreadsheet, template};

#[derive(Debug, Args)]
pub struct Arguments {
    /// What the files are: ror (JSON of schema v1 or v2), csv or kumu
    ///
    /// ファイルの形式: ror（v1・v2 の JSON）、csv、kumu
    #[arg(value_name = "FORMAT", hide_possible_values = true)]
    import_format: ImportFormat,
    /// The files to import; `-` is standard input; gzip is unpacked
    ///
    /// 取り込むファイル。- は標準入力。gzip は展開する
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The folder to make; it must not exist, or be empty
    ///
    /// 作成するフォルダ（存在しないか空であること）
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Tie records to the nodes of the atlas that bear their identifiers, and say only what it lacks; propose nodes that bear their names
    ///
    /// identifiers.ror などでアトラスの既知のノードに結び付け、足りないことだけを書く。名称の一致は提案する
    #[arg(long = "match")]
    tie: bool,
    /// Write the proposals into this CSV file instead of to standard output
    ///
    /// 名称の一致による提案を標準出力でなくこの CSV ファイルに書く
    #[arg(long, value_name = "FILE", requires = "tie")]
    report: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ImportFormat {
    Ror,
    Csv,
    Kumu,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let hints = refusal.hint.into_iter().collect();
        Failure::Usage { message: refusal.message, hints }
    }
}

pub fn run(
    arguments: &Arguments,
    data: &DataArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let into = &arguments.into;
    source::is_there_and_empty(into).map_err(|error| cannot(into, &error))?;
    let report = arguments.report.as_deref().map(Report::begin).transpose()?;
    let progress = Progress::new(&arguments.files, session);
    progress.step("reading", "読み込み中");
    let inputs: Vec<Input> =
        arguments.files.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    progress.step("converting", "変換中");
    let below = if arguments.tie { atlas::layers(data)? } else { Vec::new() };
    let graph = if arguments.tie { Some(atlas::load(&below, None, &data.cache())?) } else { None };
    let known = graph.as_ref().map(known);
    let imported = match arguments.import_format {
        ImportFormat::Ror => ror::import(&inputs, known.as_ref(), taken(graph.as_ref())),
        ImportFormat::Csv => spreadsheet::import(&inputs, known.as_ref()),
        ImportFormat::Kumu => kumu::import(&inputs, known.as_ref(), taken(graph.as_ref())),
    }?;
    drop(inputs);
    progress.step("checking and writing", "検査・書き出し中");
    let texts: Vec<(PathBuf, String)> = imported.pages.par_iter().map(Page::written).collect();
    check(&texts, &below)?;
    let texts = template::with_schema(texts.into_iter());
    source::save(into, &texts).map_err(|error| cannot(into, &error))?;
    progress.clear();
    tell(&imported, into, session);
    match report {
        Some(report) => report.finish(&imported, session)?,
        None if arguments.tie => {
            session.answer(&&*imported.proposals, imported.proposals.is_empty())?;
        }
        None => {}
    }
    Ok(Outcome::Found)
}

/// The atlas as far as an import needs it.
fn known(graph: &Graph) -> Known<'_> {
    let nodes = graph.nodes().filter(|node| node.generic().is_none());
    let nodes = nodes.map(|node| KnownNode {
        kind: node.kind(),
        record: node.record(),
        region: node.region().map(graph::Node::id),
    });
    let mut known = Known::new(nodes.collect(), graph::fold);
    known.relations = graph
        .relations()
        .map(|relation| (relation.kind().id(), relation.from().id(), relation.to().id()))
        .collect();
    known.sources = graph.sources().map(|source| source.id()).collect();
    known.relation_kinds = graph.relation_kinds().map(|kind| kind.id()).collect();
    known
}

/// The ids that an import may not use: those of the shipped atlas, so that it can always be laid
/// over that, and those of the atlas that it is tied to.
fn taken(graph: Option<&Graph>) -> Ids {
    let mut shipped = source::read(&Layer::BUILTIN);
    let shipped = shipped.records.files.iter_mut().flat_map(|(_, records)| records.take_nodes());
    let known = graph.into_iter().flat_map(|graph| graph.nodes().map(|node| node.id().to_owned()));
    Ids::taken(shipped.map(|(_, node)| node.id.value.into()).chain(known))
}

/// Makes sure that what will be written loads without a fault, over the layers that it is tied to.
fn check(texts: &[(PathBuf, String)], below: &[Layer]) -> Result<(), Failure> {
    let mut made = source::read(below);
    made.add(texts, u16::try_from(below.len()).unwrap_or(u16::MAX));
    match crate::atlas::build(&mut made, None) {
        Ok(_) => Ok(()),
        Err(Faults(faults)) => Err(Failure::Atlas { faults, files: made.files, hint: None }),
    }
}

/// Tells what was made and what was found in the data.
fn tell(imported: &Imported, into: &Path, session: &Session) {
    let count = |of: fn(&Page) -> usize| imported.pages.iter().map(of).sum::<usize>();
    let nodes = count(|page| {
        let it = &page.records;
        it.regions.len()
            + it.organizations.len()
            + it.roles.len()
            + it.stages.len()
            + it.programs.len()
    });
    let relations = count(|page| page.records.relations.len());
    let (files, into) = (imported.pages.len(), into.display());
    session.note(&Message::new(
        format!("{into}: {nodes} nodes and {relations} relations in {files} files"),
        format!("{into}: ノード {nodes} 件、関係 {relations} 件、ファイル {files} 個"),
    ));
    tell_findings(&imported.tally, session);
}

fn tell_findings(tally: &Tally, session: &Session) {
    let counts = tally.counts();
    let width = counts.iter().map(|it| it.count.to_string().len()).max().unwrap_or(0);
    for it in counts {
        let Message { en, ja } = it.finding.message();
        let examples = it.examples.join(", ");
        let more = if it.count > it.examples.len() { ", …" } else { "" };
        session.note(&Message::new(
            format!("  {:>width$}  {en}: {examples}{more}", it.count),
            format!("  {:>width$}  {ja}: {examples}{more}", it.count),
        ));
    }
}

/// A report being written beside its place, so that it appears whole or not at all.
struct Report {
    path: PathBuf,
    beside: tempfile::NamedTempFile,
}

impl Report {
    fn begin(path: &Path) -> Result<Report, Failure> {
        if path.exists() {
            let error = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(Self::failure(path, &error));
        }
        let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
        // Made by ourselves, as the crate's own files can be read by nobody else.
        let beside = tempfile::Builder::new()
            .make_in(parent.unwrap_or(Path::new(".")), |path| fs::File::create_new(path));
        let beside = beside.map_err(|error| Self::failure(path, &error))?;
        Ok(Report { path: path.to_owned(), beside })
    }

    fn finish(mut self, imported: &Imported, session: &Session) -> Result<(), Failure> {
        let path = self.path;
        let failure = |error: io::Error| Self::failure(&path, &error);
        session.write_csv(&&*imported.proposals, &mut self.beside).map_err(failure)?;
        self.beside.flush().map_err(failure)?;
        self.beside.persist_noclobber(&path).map_err(|it| failure(it.error))?;
        Ok(())
    }

    fn failure(path: &Path, error: &io::Error) -> Failure {
        let shown = path.display();
        Failure::usage(
            format!("cannot write the report `{shown}`: {error}"),
            format!("報告 `{shown}` を書き出せません: {error}"),
        )
    }
}

/// Work on more than this many bytes takes long enough to be told of.
const LONG: u64 = 1 << 20;

/// What is being done, on one line of a terminal, where work is long.
struct Progress<'s> {
    session: Option<&'s Session<'s>>,
}

impl<'s> Progress<'s> {
    fn new(files: &[PathBuf], session: &'s Session) -> Self {
        let size = |path: &PathBuf| fs::metadata(path).map_or(LONG, |it| it.len());
        let is_long = files.iter().map(size).sum::<u64>() >= LONG;
        let is_seen = is_long && io::stderr().is_terminal();
        Progress { session: is_seen.then_some(session) }
    }

    fn step(&self, en: &str, ja: &str) {
        if let Some(session) = self.session {
            let _ = write!(io::stderr(), "\r\x1b[K{} …", session.lang().pick(en, ja));
        }
    }

    fn clear(&self) {
        if self.session.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}
