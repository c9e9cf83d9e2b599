//! Tells people at a terminal that something is being done, once it takes longer than a second.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What takes this long is told.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error while something is done; it is gone when this is dropped.
pub struct Progress {
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Tells this from a second on, with the seconds that it has taken; nothing without a terminal.
    pub fn of(what: &str) -> Self {
        let (done, is_done) = channel::<()>();
        let what = what.to_owned();
        let show = move || {
            let mut seconds = 0;
            while is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                seconds += 1;
                let _ = write!(io::stderr(), "\r{what} {seconds} s\x1b[K");
            }
            if seconds > 0 {
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        };
        let told = io::stderr().is_terminal();
        Progress { shown: told.then(|| (done, thread::spawn(show))) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, shown)) = self.shown.take() {
            drop(done);
            let _ = shown.join();
        }
    }
}
