//! The command line: arguments in, exit status out.
//!
//! Conducts all the rest: reads the atlas, asks the question, has the answer rendered. One file for
//! each command, which holds its arguments and a run; what they compute is [`crate::query`]'s.

mod arguments;
mod as_of;
mod atlas;
mod basis;
mod check;
mod cite;
mod compare;
mod completions;
mod diff;
mod draw;
mod evidence;
mod examples;
mod expect;
mod explore;
mod export;
mod failure;
mod file;
mod gaps;
mod help;
mod import;
mod init;
mod list;
mod man;
mod map;
mod mcp;
mod names;
mod number;
mod pack;
mod page;
mod pages;
mod path;
mod progress;
mod risk;
mod schema;
mod scope;
mod search;
mod selection;
mod session;
mod show;
mod slip;
mod stats;
mod steps;
mod trace;

use std::ffi::OsString;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use arguments::{Arguments, Command, DataArguments, Manner};
use as_of::AsOfArguments;
use basis::BasisArguments;
use failure::Failure;
use session::Session;

use crate::graph::Graph;
use crate::model::Basis;
use crate::render::Format;

/// Whether an answer holds anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Found,
    Nothing,
}

impl Outcome {
    fn of(is_empty: bool) -> Self {
        if is_empty { Outcome::Nothing } else { Outcome::Found }
    }
}

/// Runs a command line and tells its exit status: 0 found, 1 nothing found, 2 an error.
///
/// A reader that closes the pipe early is no error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if std::env::var_os(completions::VARIABLE).is_some() && completions::answer(&arguments) {
        return ExitCode::SUCCESS;
    }
    let manner = Manner::of(&arguments);
    let parsed = match arguments::parse(&arguments, manner) {
        Ok(parsed) => parsed,
        Err(error) => return refuse(&error, manner),
    };
    let session = Session::new(manner, parsed.output());
    match answer(&parsed, &session) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            session.report(&failure);
            ExitCode::from(2)
        }
    }
}

/// Tells what clap tells instead of arguments: help, the version, or what is wrong with them.
fn refuse(error: &clap::Error, manner: Manner) -> ExitCode {
    use clap::error::ErrorKind::{DisplayHelpOnMissingArgumentOrSubcommand, Format, Io};
    let kind = error.kind();
    let session = Session::new(manner, Default::default());
    if error.use_stderr() && !matches!(kind, DisplayHelpOnMissingArgumentOrSubcommand | Io | Format)
    {
        session.report(&slip::failure(error));
        return ExitCode::from(2);
    }
    match error.print().and_then(|()| io::stdout().flush()) {
        Err(failed) if failed.kind() != io::ErrorKind::BrokenPipe => {
            session.report(&Failure::Output(failed));
            ExitCode::from(2)
        }
        // Whoever closes the pipe does not want the help.
        _ => ExitCode::from(if error.use_stderr() { 2 } else { 0 }),
    }
}

fn answer(parsed: &Arguments, session: &Session) -> Result<Outcome, Failure> {
    let data = &parsed.global.data;
    let output = parsed.output();
    let file = parsed.global.output.as_deref();
    let exports = matches!(parsed.command, Command::Export(_));
    if output.has_mark && !output.format.is_sheet() && !exports {
        return Err(Failure::usage(
            format!("`--bom` goes with csv and tsv, not with {}", output.format.as_str()),
            format!(
                "`--bom` は csv と tsv で使えます（{} では使えません）",
                output.format.as_str()
            ),
        ));
    }
    file_of(parsed)?;
    let finds = matches!(parsed.command, Command::Check(_) | Command::Expect(_));
    if output.format == Format::Sarif && !finds {
        return Err(Failure::usage(
            "only `check` and `expect` answer in sarif",
            "sarif で答えるのは `check` と `expect` だけです",
        ));
    }
    let bases = parsed.command.basis().map_or(Ok(Vec::new()), BasisArguments::bases)?;
    macro_rules! ask {
        ($command:ident, $it:ident) => {
            ask(data, $it.as_of, &bases, session, |graph, it| $command::run($it, graph, it))
        };
    }
    match &parsed.command {
        Command::List(it) => ask!(list, it),
        Command::Show(it) => ask!(show, it),
        Command::Cite(it) => ask!(cite, it),
        Command::Search(it) => ask!(search, it),
        Command::Path(it) => ask!(path, it),
        Command::Trace(it) => ask!(trace, it),
        Command::Compare(it) => ask!(compare, it),
        Command::Gaps(it) => ask!(gaps, it),
        Command::Risk(it) => ask!(risk, it),
        Command::Stats(it) => ask!(stats, it),
        Command::Draw(it) => {
            ask(data, it.as_of(), &bases, session, |graph, session| draw::run(it, graph, session))
        }
        Command::Map(it) => ask!(map, it),
        Command::Explore(it) => {
            let run = |graph: &Graph, session: &Session| explore::run(it, data, graph, session);
            ask(data, it.as_of, &[], session, run)
        }
        Command::Page(it) => {
            let run = |graph: &Graph, session: &Session| page::run(it, file, graph, session);
            ask(data, it.as_of, &bases, session, run)
        }
        Command::Export(it) => ask(data, it.as_of, &bases, session, |graph, session| {
            export::run(it, file, output.has_mark, graph, session)
        }),
        Command::Expect(it) => ask!(expect, it),
        Command::Check(it) => check::run(it, data, session),
        Command::Diff(it) => diff::run(it, data, session),
        Command::Import(it) => import::run(it, data, session),
        Command::Init(it) => init::run(it, session),
        Command::Pack(it) => pack::run(it, file, data, session),
        Command::Schema(it) => schema::run(it, session),
        Command::Completions(it) => completions::run(it, session),
        Command::Man(it) => man::run(it, session),
        Command::Mcp(it) => mcp::run(it, data, session),
    }
}

/// Refuses a file that nothing would be written to, or of which nobody can tell how.
fn file_of(parsed: &Arguments) -> Result<(), Failure> {
    let Some(file) = &parsed.global.output else { return Ok(()) };
    let file = file.display();
    match parsed.command {
        Command::Export(_) | Command::Pack(_) | Command::Page(_) | Command::Schema(_) => Ok(()),
        Command::Explore(_)
        | Command::Init(_)
        | Command::Import(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Mcp(_) => Err(Failure::usage(
            "`-o` goes with commands that answer, with export, page, pack and schema",
            "`-o` は、答えを返すコマンドと export、page、pack、schema で使えます",
        )),
        _ if parsed.global.is_of_no_format() => Err(Failure::usage(
            format!("the ending of `{file}` tells no format"),
            format!("`{file}` の拡張子からは形式が分かりません"),
        )
        .hint(
            "end it in .xlsx, .html, .md, .csv, .tsv, .json, .ndjson, .yaml or .txt, or add --format",
            ".xlsx、.html、.md、.csv、.tsv、.json、.ndjson、.yaml、.txt で終えるか、--format を加えてください",
        )),
        _ => Ok(()),
    }
}

/// Asks a question of the atlas, as it was on the date that is asked about, and of what stands on
/// these bases.
fn ask(
    data: &DataArguments,
    as_of: AsOfArguments,
    bases: &[Basis],
    session: &Session,
    question: impl FnOnce(&Graph, &Session) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let graph =
        session.reading(|| atlas::load(&atlas::layers(data)?, as_of.date, &data.cache()))?;
    let graph = ManuallyDrop::new(graph.on(bases));
    let outcome = question(&graph, &session.about(&graph));
    // Where the process ends with the answer, to free the graph node by node takes a sixth of its time.
    if session.is_one_of_many() {
        drop(ManuallyDrop::into_inner(graph));
    }
    outcome
}
