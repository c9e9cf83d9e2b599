//! The command line: arguments in, exit status out.
//!
//! Conducts all the rest: reads the atlas, asks the question, has the answer rendered. One file for
//! each command, which holds its arguments and a run; what they compute is [`crate::query`]'s.

mod arguments;
mod as_of;
mod atlas;
mod check;
mod cite;
mod compare;
mod diff;
mod evidence;
mod failure;
mod gaps;
mod import;
mod init;
mod japanese;
mod list;
mod path;
mod risk;
mod schema;
mod scope;
mod search;
mod selection;
mod session;
mod show;
mod stats;
mod steps;
mod trace;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Arguments, Command};
use as_of::AsOfArguments;
use failure::Failure;
use session::Session;

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
    let lang = arguments::language(&arguments);
    let parsed = match arguments::parse(&arguments, lang) {
        Ok(parsed) => parsed,
        Err(error) => {
            return match error.print().and_then(|()| io::stdout().flush()) {
                Err(failed) if failed.kind() != io::ErrorKind::BrokenPipe => {
                    eprintln!("error: {failed}");
                    ExitCode::from(2)
                }
                // Whoever closes the pipe does not want the help.
                _ => ExitCode::from(if error.use_stderr() { 2 } else { 0 }),
            };
        }
    };
    let session = Session::new(&parsed.global, lang);
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

fn answer(parsed: &Arguments, session: &Session) -> Result<Outcome, Failure> {
    let data = &parsed.global.data;
    if parsed.global.is_sarif() && !matches!(parsed.command, Command::Check(_)) {
        return Err(Failure::usage(
            "only `check` answers in sarif",
            "sarif で答えるのは `check` だけです",
        ));
    }
    let graph = |as_of: &AsOfArguments| {
        let date = as_of.date()?;
        session.speak_of(date);
        let (graph, _) = atlas::load(data, date)?;
        // The process ends with the answer: to take the graph apart first would only take time.
        Ok::<_, Failure>(&*Box::leak(Box::new(graph)))
    };
    match &parsed.command {
        Command::List(arguments) => list::run(arguments, graph(&arguments.as_of)?, session),
        Command::Show(arguments) => show::run(arguments, graph(&arguments.as_of)?, session),
        Command::Search(arguments) => search::run(arguments, graph(&arguments.as_of)?, session),
        Command::Cite(arguments) => cite::run(arguments, graph(&arguments.as_of)?, session),
        Command::Path(arguments) => path::run(arguments, graph(&arguments.as_of)?, session),
        Command::Trace(arguments) => trace::run(arguments, graph(&arguments.as_of)?, session),
        Command::Compare(arguments) => compare::run(arguments, graph(&arguments.as_of)?, session),
        Command::Gaps(arguments) => gaps::run(arguments, graph(&arguments.as_of)?, session),
        Command::Risk(arguments) => risk::run(arguments, graph(&arguments.as_of)?, session),
        Command::Stats(arguments) => stats::run(arguments, graph(&arguments.as_of)?, session),
        Command::Check(arguments) => check::run(arguments, data, session),
        Command::Diff(arguments) => diff::run(arguments, data, session),
        Command::Import(arguments) => import::run(arguments, data, session),
        Command::Init(arguments) => init::run(arguments, session),
        Command::Schema(arguments) => schema::run(arguments, session),
    }
}
