//! One run: how answers are written, and where everything else goes.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use clap::ColorChoice;
use terminal_size::{Width, terminal_size, terminal_size_of};

use super::arguments::Manner;
use super::failure::Failure;
use super::file;
use super::pages::Pager;
use super::progress::Progress;
use crate::graph::Graph;
use crate::lang::{Lang, Message};
use crate::picture::{NotDrawn, Picture};
use crate::render::{self, Format, Stream, Style, clean};

/// How answers are to be written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Output<'o> {
    pub format: Format,
    /// The file that takes the answer; standard output where absent.
    pub file: Option<&'o Path>,
    /// As wide as they are, whatever the terminal takes.
    pub is_wide: bool,
    /// Sheets begin with a mark by which spreadsheets know UTF-8.
    pub has_mark: bool,
    /// Long pages are shown in a pager.
    pub is_paged: bool,
}

/// What a run said, where another program hears it instead of the terminal.
#[derive(Debug, Default)]
pub struct Heard {
    /// What would go to standard output.
    pub answer: Vec<u8>,
    /// What would go to standard error.
    pub told: Vec<u8>,
    /// How long the answer may be, in bytes.
    pub room: usize,
    /// Whether it would be longer.
    pub is_over: bool,
}

/// Takes the answer, as far as there is room for it.
impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.answer.len() + bytes.len() > self.room {
            self.is_over = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.answer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How this run speaks.
#[derive(Clone, Copy)]
pub struct Session<'h> {
    format: Format,
    has_mark: bool,
    is_paged: bool,
    answers: Style,
    errors: Style,
    heard: Option<&'h RefCell<Heard>>,
    file: Option<&'h Path>,
}

impl<'h> Session<'h> {
    /// Reads what the terminal and the arguments ask for.
    pub fn new(Manner { lang, color }: Manner, output: Output<'h>) -> Self {
        let colored = |is_terminal: bool| match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                is_terminal
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let width = if output.is_wide { None } else { Some(width()) };
        let links = output.format == Format::Table
            && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        let style = |is_terminal, links| {
            let color = colored(is_terminal);
            Style { lang, width, color, links: color && links, as_of: None }
        };
        Session {
            format: output.format,
            has_mark: output.has_mark,
            is_paged: output.is_paged
                && matches!(output.format, Format::Table | Format::Markdown)
                && output.file.is_none(),
            answers: style(io::stdout().is_terminal() && output.file.is_none(), links),
            errors: style(io::stderr().is_terminal(), false),
            heard: None,
            file: output.file,
        }
    }

    /// The same, of which nothing reaches the terminal.
    pub fn heard_by(self, heard: &'h RefCell<Heard>) -> Self {
        Session { is_paged: false, heard: Some(heard), ..self }
    }

    /// Returns whether the process goes on when this run has ended.
    pub fn is_one_of_many(&self) -> bool {
        self.heard.is_some()
    }

    /// The same, with pages that say which date the graph is of.
    pub fn about(self, graph: &Graph) -> Self {
        Session { answers: Style { as_of: graph.date(), ..self.answers }, ..self }
    }

    /// Begins an answer: with the date it is of, or with a byte-order mark.
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.has_mark {
            write!(out, "\u{feff}")?;
        }
        // A page of HTML has a head of its own before it.
        match self.answers.as_of.filter(|_| self.format.is_page() && self.format != Format::Html) {
            None => Ok(()),
            Some(date) => {
                let told = self.lang().pick(format!("as of {date}"), format!("{date} 時点"));
                writeln!(out, "{}", self.answers.dimmed(&told))?;
                // In Markdown, what follows would else be of the same paragraph.
                if self.format == Format::Markdown { writeln!(out) } else { Ok(()) }
            }
        }
    }

    /// The language of this run.
    pub fn lang(&self) -> Lang {
        self.answers.lang
    }

    /// Whether the format has columns that can be chosen.
    ///
    /// # Errors
    /// Where it has none.
    pub fn takes_columns(&self) -> Result<(), Failure> {
        match self.format.is_page() || self.format.is_sheet() || self.format == Format::Xlsx {
            true => Ok(()),
            false => Err(Failure::usage(
                format!("`--columns` goes with tables, not with {}", self.format.as_str()),
                format!(
                    "`--columns` は表の形式で使えます（{} では使えません）",
                    self.format.as_str()
                ),
            )
            .hint(
                "table, csv, tsv, markdown, html and xlsx have columns",
                "列があるのは table、csv、tsv、markdown、html、xlsx です",
            )),
        }
    }

    /// Writes an answer to standard output. An empty page is not written at all.
    pub fn answer(&self, answer: &dyn render::Report, is_empty: bool) -> Result<(), Failure> {
        if is_empty && self.format.is_page() {
            return Ok(());
        }
        if self.format.is_picture() {
            return self.show(answer.picture(self.lang()), is_empty);
        }
        self.deliver(|out| {
            self.begin(out)?;
            render::write(answer, self.format, self.answers, out)
        })
    }

    /// Writes an answer to standard output while it is found. An empty page is not written at all.
    pub fn stream(&self, answer: &dyn Stream, is_empty: bool) -> Result<(), Failure> {
        if is_empty && self.format.is_page() {
            return Ok(());
        }
        if self.format.is_picture() {
            return self.show(answer.picture(self.lang()), is_empty);
        }
        self.deliver(|out| {
            self.begin(out)?;
            render::write_stream(answer, self.format, self.answers, out)
        })
    }

    /// Writes a picture. Of an empty answer there is none.
    fn show(
        &self,
        drawn: Option<Result<Picture, NotDrawn>>,
        is_empty: bool,
    ) -> Result<(), Failure> {
        let format = self.format.as_str();
        let drawn = drawn.ok_or_else(|| {
            Failure::usage(
                format!("this answer has no picture, and cannot be {format}"),
                format!("この答えに図はなく、{format} にはできません"),
            )
            .hint(
                "draw, map, path, trace, compare and show have pictures",
                "図があるのは draw、map、path、trace、compare、show です",
            )
        })?;
        if is_empty {
            return Ok(());
        }
        let picture = drawn.map_err(|why| Failure::usage(why.en, why.ja))?;
        self.deliver(|out| render::write_picture(&picture, self.format, out))
    }

    /// Writes to standard output, or to a pager before it.
    fn deliver(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        if let Some(heard) = self.heard {
            return Ok(write(&mut *heard.borrow_mut())?);
        }
        if let Some(path) = self.file {
            return self.save(path, write);
        }
        if self.format.is_binary() && io::stdout().is_terminal() {
            let format = self.format.as_str();
            return Err(Failure::usage(
                format!("{format} is no text for a terminal"),
                format!("{format} は端末に表示できません"),
            )
            .hint(
                format!("write it to a file: -o answer.{format}"),
                format!("ファイルに書いてください: -o answer.{format}"),
            ));
        }
        if let Some(mut pager) = self.is_paged.then(Pager::start).flatten() {
            return Ok(pager.show(write)?);
        }
        let mut out = BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        out.flush()?;
        Ok(())
    }

    /// Writes a file whole or not at all.
    fn save(
        &self,
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let shown = path.display();
        file::save(path, write).map_err(|error| {
            Failure::usage(
                format!("cannot write `{shown}`: {error}"),
                format!("`{shown}` を書けません: {error}"),
            )
        })?;
        self.note(&Message::new(format!("{shown}: written"), format!("{shown}: 書き出しました")));
        Ok(())
    }

    /// Writes a JSON document, whatever the format of answers.
    pub fn document(&self, document: &serde_json::Value) -> Result<(), Failure> {
        self.deliver(|out| render::document(document, out))
    }

    /// Writes an answer as CSV, whatever format is asked for on standard output.
    pub fn write_csv(&self, answer: &dyn render::Report, out: &mut dyn Write) -> io::Result<()> {
        render::write(answer, Format::Csv, self.answers, out)
    }

    /// Tells something beside the answer.
    fn tell(&self, tell: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        // Nothing is left to do where even standard error is closed.
        let _ = match self.heard {
            Some(heard) => tell(&mut heard.borrow_mut().told),
            None => {
                let mut err = BufWriter::new(io::stderr().lock());
                tell(&mut err).and_then(|()| err.flush())
            }
        };
    }

    /// Reads an atlas, and tells people that it is being read where that takes long.
    pub fn reading<T>(&self, read: impl FnOnce() -> T) -> T {
        let told = self.lang().pick("reading the atlas:", "アトラスを読み込んでいます:");
        let _told = Progress::of(told);
        read()
    }

    /// Tells something beside the answer, on standard error.
    pub fn note(&self, note: &Message) {
        self.tell(|err| writeln!(err, "{}", clean(note.in_lang(self.lang()))));
    }

    /// Tells why there is no answer.
    pub fn report(&self, failure: &Failure) {
        self.tell(|err| match failure {
            Failure::Atlas { faults, files, hint } => {
                render::diagnostics(faults, files, self.errors, err)
                    .and_then(|()| self.report_hints(hint.as_slice(), err))
            }
            Failure::Usage { message, hints } => self.report_usage(message, hints, err),
            Failure::Output(error) => {
                let message = Message::new(
                    format!("the answer cannot be written: {error}"),
                    format!("答えを書き出せません: {error}"),
                );
                self.report_usage(&message, &[], err)
            }
        });
    }

    fn report_usage(
        &self,
        message: &Message,
        hints: &[Message],
        err: &mut dyn Write,
    ) -> io::Result<()> {
        let error = self.errors.alarming(self.lang().pick("error:", "エラー:"));
        writeln!(err, "{error} {}", clean(message.in_lang(self.lang())))?;
        self.report_hints(hints, err)
    }

    fn report_hints(&self, hints: &[Message], err: &mut dyn Write) -> io::Result<()> {
        hints.iter().try_for_each(|hint| writeln!(err, "  {}", clean(hint.in_lang(self.lang()))))
    }
}

/// The columns of the terminal: what `COLUMNS` says, else what the terminal does, which may stand behind
/// a pager; 100 where there is none.
fn width() -> u16 {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    // On Windows no file is called so, and one of the standard streams is all that there is to ask.
    let controlling = || terminal_size_of(File::open("/dev/tty").ok()?);
    let terminal = || terminal_size().or_else(controlling).map(|(Width(columns), _)| columns);
    told.filter(|columns| *columns > 0).or_else(terminal).unwrap_or(100)
}
