//! `medclust explore`: the atlas on the whole terminal, to search and to follow relations.

mod app;
#[cfg(test)]
mod tests;
mod view;

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{
    self, DisableMouseCapture, EnableMouseCapture, Event, KeyEventKind,
};
use ratatui::crossterm::execute;

use super::Outcome;
use super::arguments::DataArguments;
use super::as_of::AsOfArguments;
use super::basis::BasisArguments;
use super::failure::Failure;
use super::names::node;
use super::session::Session;
use crate::graph::Graph;
use crate::render::page::base64;
use app::App;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Begin at this node [default: with a search]
    ///
    /// このノードから始める [既定: 検索から]
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Leave the mouse to the terminal
    ///
    /// マウスを使わない
    #[arg(long)]
    no_mouse: bool,
    #[command(flatten)]
    pub basis: BasisArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(
    arguments: &Arguments,
    data: &DataArguments,
    graph: &Graph,
    session: &Session,
) -> Result<Outcome, Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::usage("explore needs a terminal", "explore には端末が必要です").hint(
            "`medclust search` and `medclust show` answer without one",
            "端末がないところでは `medclust search` と `medclust show` が使えます",
        ));
    }
    let at = arguments.name.as_ref().map(|name| node(graph, name)).transpose()?;
    let bases = arguments.basis.bases()?;
    let mut app = App::new(graph, session.lang(), bases, options(arguments, data), at);
    let is_stopped = Arc::new(AtomicBool::new(false));
    let has_mouse = !arguments.no_mouse;
    #[cfg(unix)]
    {
        for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&is_stopped))?;
        }
        leave_when_hung_up(has_mouse)?;
    }
    let mut terminal = begin(has_mouse)?;
    let ended = turn(&mut app, &mut terminal, &is_stopped);
    end(has_mouse);
    ended?;
    Ok(Outcome::Found)
}

/// The options that say which atlas it is, as they were typed.
fn options(arguments: &Arguments, data: &DataArguments) -> String {
    let folders = data.folders.iter().map(|it| format!(" --data '{}'", it.display()));
    let mut options: String = folders.collect();
    if let Some(date) = arguments.as_of.date {
        options += &format!(" --as-of {date}");
    }
    options
}

/// Takes the terminal over; a panic gives it back as well.
fn begin(has_mouse: bool) -> io::Result<DefaultTerminal> {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let _ = execute!(io::stdout(), DisableMouseCapture);
        told(panic);
    }));
    let terminal = ratatui::try_init()?;
    if has_mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(terminal)
}

/// Ends the program when its terminal hangs up: to wait for a key of one that is gone never ends.
#[cfg(unix)]
fn leave_when_hung_up(has_mouse: bool) -> io::Result<()> {
    use signal_hook::consts::SIGHUP;
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            end(has_mouse);
            std::process::exit(128 + SIGHUP);
        }
    });
    Ok(())
}

/// Leaves the terminal as it was, if it is still there.
fn end(has_mouse: bool) {
    if has_mouse {
        let _ = execute!(io::stdout(), DisableMouseCapture);
    }
    let _ = ratatui::try_restore();
}

fn turn(app: &mut App, terminal: &mut DefaultTerminal, is_stopped: &AtomicBool) -> io::Result<()> {
    const OFTEN: Duration = Duration::from_millis(250);
    while !app.is_over && !is_stopped.load(Ordering::Relaxed) {
        terminal.draw(|frame| view::draw(app, frame))?;
        if !event::poll(OFTEN)? {
            continue;
        }
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => app.key(key),
            Event::Mouse(mouse) => app.mouse(mouse),
            _ => {}
        }
        if let Some(text) = app.copied.take() {
            // OSC 52: the terminal puts it on the clipboard, where it allows that.
            write!(io::stdout(), "\x1b]52;c;{}\x07", base64(text.as_bytes()))?;
            io::stdout().flush()?;
        }
    }
    Ok(())
}
