//! Long pages on a terminal, in the pager that the user likes.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

/// A pager that waits for what it shows.
pub struct Pager {
    child: Child,
}

impl Pager {
    /// Starts `$PAGER`, else less, where standard output is a terminal; nothing where there is none, where
    /// none is wanted (empty, or `cat`), or where it cannot be started.
    pub fn start() -> Option<Self> {
        if !io::stdout().is_terminal() {
            return None;
        }
        let told = env::var("PAGER").ok();
        let mut command = match told.as_deref().map(str::trim) {
            Some("" | "cat") => return None,
            Some(told) => of_words(told)?,
            None => {
                let mut less = Command::new("less");
                less.arg("-FRX");
                less
            }
        };
        if env::var_os("LESS").is_none() {
            // What fits is only printed, colours stay, and the page is left on the screen.
            command.env("LESS", "FRX");
        }
        if env::var_os("LESSCHARSET").is_none() {
            command.env("LESSCHARSET", "utf-8");
        }
        outlive_interrupts();
        let child = command.stdin(Stdio::piped()).spawn().ok()?;
        Some(Pager { child })
    }

    /// Has it show what is written, and waits until it is closed. Whoever closes it early has seen enough.
    ///
    /// # Errors
    /// Where writing fails for another reason.
    pub fn show(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let Some(input) = self.child.stdin.take() else { return Ok(()) };
        let mut out = BufWriter::new(input);
        let written = write(&mut out).and_then(|()| out.flush());
        drop(out);
        self.child.wait()?;
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }
}

/// A command line of plain words.
fn of_words(line: &str) -> Option<Command> {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words);
    Some(command)
}

/// A pager has the keyboard: an interrupt is for it, and must not take this process away from under it.
fn outlive_interrupts() {
    #[cfg(unix)]
    {
        let noticed = std::sync::Arc::default();
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, noticed);
    }
}
