//! One run: how answers are written, and where everything else goes.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ColorChoice;
use colored::Colorize;

use super::arguments::Manner;
use super::failure::Failure;
use crate::check::Report;
use crate::graph::Graph;
use crate::lang::{Lang, Message};
use crate::model::Date;
use crate::render::{self, Format, Stream, Style, clean};

/// How this run speaks.
#[derive(Clone, Copy)]
pub struct Session {
    format: Format,
    style: Style,
    color_answers: bool,
    color_errors: bool,
    as_of: Option<Date>,
}

impl Session {
    /// Reads what the terminal and the arguments ask for.
    pub fn new(manner: Manner, format: Format) -> Self {
        let colored = |is_terminal: bool| match manner.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                is_terminal
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let color_answers = colored(io::stdout().is_terminal());
        colored::control::set_override(color_answers);
        Session {
            format,
            color_answers,
            style: Style { lang: manner.lang, width: width() },
            color_errors: colored(io::stderr().is_terminal()),
            as_of: None,
        }
    }

    /// The same, with pages that say which date the graph is of.
    pub fn about(self, graph: &Graph) -> Self {
        Session { as_of: graph.date(), ..self }
    }

    fn write_date(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.as_of.filter(|_| self.format == Format::Table) {
            None => Ok(()),
            Some(date) => {
                let told = self.lang().pick(format!("as of {date}"), format!("{date} 時点"));
                writeln!(out, "{}", told.dimmed())
            }
        }
    }

    /// The language of this run.
    pub fn lang(&self) -> Lang {
        self.style.lang
    }

    /// Writes an answer to standard output. An empty table is not written at all.
    pub fn answer(&self, answer: &dyn render::Report, is_empty: bool) -> Result<(), Failure> {
        if is_empty && self.format == Format::Table {
            return Ok(());
        }
        let mut out = BufWriter::new(io::stdout().lock());
        self.write_date(&mut out)?;
        render::write(answer, self.format, self.style, &mut out)?;
        out.flush()?;
        Ok(())
    }

    /// Writes an answer to standard output while it is found. An empty table is not written at all.
    pub fn stream(&self, answer: &dyn Stream, is_empty: bool) -> Result<(), Failure> {
        if is_empty && self.format == Format::Table {
            return Ok(());
        }
        let mut out = BufWriter::new(io::stdout().lock());
        self.write_date(&mut out)?;
        render::write_stream(answer, self.format, self.style, &mut out)?;
        out.flush()?;
        Ok(())
    }

    /// Writes a JSON document to standard output, whatever the format of answers.
    pub fn document(&self, document: &serde_json::Value) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        render::document(document, &mut out)?;
        out.flush()?;
        Ok(())
    }

    /// Writes what a check found to standard output.
    pub fn findings(&self, report: &Report) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        let (files, style) = (report.files, self.style);
        match self.format {
            Format::Table => {
                render::findings(report.findings, files, style, self.color_answers, &mut out)?;
            }
            format => render::write(report, format, style, &mut out)?,
        }
        out.flush()?;
        Ok(())
    }

    /// Writes an answer as CSV, whatever format is asked for on standard output.
    pub fn write_csv(&self, answer: &dyn render::Report, out: &mut dyn Write) -> io::Result<()> {
        render::write(answer, Format::Csv, self.style, out)
    }

    /// Tells something beside the answer, on standard error.
    pub fn note(&self, note: &Message) {
        // Nothing is left to do where even standard error is closed.
        let _ = writeln!(io::stderr(), "{}", clean(note.in_lang(self.lang())));
    }

    /// Tells why there is no answer.
    pub fn report(&self, failure: &Failure) {
        let mut err = BufWriter::new(io::stderr().lock());
        let _ = match failure {
            Failure::Atlas { faults, files, hint } => {
                render::diagnostics(faults, files, self.style, self.color_errors, &mut err)
                    .and_then(|()| self.report_hints(hint.as_slice(), &mut err))
            }
            Failure::Usage { message, hints } => self.report_usage(message, hints, &mut err),
            Failure::Output(error) => {
                let message = Message::new(
                    format!("the answer cannot be written: {error}"),
                    format!("答えを書き出せません: {error}"),
                );
                self.report_usage(&message, &[], &mut err)
            }
        };
        let _ = err.flush();
    }

    fn report_usage(
        &self,
        message: &Message,
        hints: &[Message],
        err: &mut dyn Write,
    ) -> io::Result<()> {
        colored::control::set_override(self.color_errors);
        let error = self.lang().pick("error:", "エラー:").red().bold();
        writeln!(err, "{error} {}", clean(message.in_lang(self.lang())))?;
        self.report_hints(hints, err)
    }

    fn report_hints(&self, hints: &[Message], err: &mut dyn Write) -> io::Result<()> {
        hints.iter().try_for_each(|hint| writeln!(err, "  {}", clean(hint.in_lang(self.lang()))))
    }
}

/// The columns of the terminal: what `COLUMNS` says, else what the terminal does; unlimited where
/// standard output is none.
fn width() -> Option<u16> {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    told.filter(|columns| *columns > 0).or_else(|| {
        let stdout = io::stdout();
        terminal_size::terminal_size_of(&stdout).map(|(terminal_size::Width(columns), _)| columns)
    })
}
