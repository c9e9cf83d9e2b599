//! `medclust explore` in a real terminal, with real keys: under tmux, where there is one.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::harness::{command, finish, medclust};

/// A terminal of 80 × 24; it ends with its owner.
struct Tmux {
    socket: String,
}

impl Tmux {
    /// Starts a shell; nothing where there is no tmux.
    fn start(name: &str) -> Option<Self> {
        let version = Command::new("tmux").arg("-V").stdout(Stdio::null()).status();
        version.ok().filter(|it| it.success())?;
        let tmux = Tmux { socket: format!("medclust-{name}-{}", std::process::id()) };
        let program = command(["explore"]);
        let folder = std::path::Path::new(program.get_program()).parent().unwrap().to_owned();
        let mut new = tmux.command();
        new.args(["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "env", "-i"]);
        new.args(["PATH=/usr/bin:/bin", "TERM=screen-256color", "LC_ALL=C.UTF-8", "PS1=$ "]);
        for (key, value) in program.get_envs() {
            if let Some(value) = value.filter(|_| key.to_string_lossy().starts_with("MEDCLUST")) {
                new.arg(format!("{}={}", key.display(), value.display()));
            }
        }
        new.args(["sh", "-c", &format!("PATH={}:$PATH exec sh", folder.display())]);
        assert!(new.status().unwrap().success());
        tmux.wait("$");
        Some(tmux)
    }

    fn command(&self) -> Command {
        let mut tmux = Command::new("tmux");
        tmux.args(["-u", "-L", &self.socket]).env("LC_ALL", "C.UTF-8");
        tmux
    }

    fn keys(&self, keys: &[&str]) {
        assert!(self.command().arg("send-keys").args(keys).status().unwrap().success());
    }

    fn screen(&self) -> String {
        let output = self.command().args(["capture-pane", "-p"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Waits for a text to be on a screen that is drawn to its end.
    #[track_caller]
    fn wait(&self, text: &str) -> String {
        let began = Instant::now();
        let mut before = String::new();
        loop {
            let screen = self.screen();
            if screen.contains(text) && screen == before {
                return screen;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "no {text:?} in:\n{screen}");
            before = screen;
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.command().arg("kill-server").status();
    }
}

#[test]
fn keys_lead_from_a_search_to_a_card_and_leave_the_terminal_as_it_was() {
    let Some(tmux) = Tmux::start("keys") else { return };
    tmux.keys(&["echo before; medclust explore --lang ja", "Enter"]);
    tmux.wait("検索:");
    tmux.keys(&["-l", "国循"]);
    tmux.wait("検索: 国循");
    tmux.keys(&["Enter"]);
    let card = tmux.wait("出典: ");
    assert!(card.contains("国立循環器病研究センター") && card.contains("Enter 進む"), "{card}");
    tmux.keys(&["l"]);
    tmux.wait("National Cerebral and Cardiovascular Center");
    tmux.keys(&["q"]);
    let after = tmux.wait("before\n$");
    assert!(!after.contains("National Cerebral"), "the screen before is back: {after}");
    tmux.keys(&["stty -a | grep -o ' -echo ' || echo echoing", "Enter"]);
    tmux.wait("echoing");
}

#[test]
fn whatever_ends_it_leaves_the_terminal_as_it_was() {
    let Some(tmux) = Tmux::start("ends") else { return };
    for (end, told) in [("C-c", "ended 0"), ("kill", "ended 0")] {
        tmux.keys(&["clear; medclust explore --basis stated; echo ended $?", "Enter"]);
        tmux.wait("Search:");
        match end {
            "kill" => {
                let _ = Command::new("pkill")
                    .args(["-TERM", "-f", "medclust explore --basis stated$"])
                    .status();
            }
            key => tmux.keys(&[key]),
        }
        tmux.wait(told);
        tmux.keys(&["stty -a | grep -o ' -icanon ' || echo line by line", "Enter"]);
        tmux.wait("line by line\n");
    }
}

#[test]
fn it_ends_with_its_terminal() {
    let Some(tmux) = Tmux::start("hangup") else { return };
    tmux.keys(&["medclust explore --no-mouse", "Enter"]);
    tmux.wait("Search:");
    let runs = || {
        let found = Command::new("pgrep").args(["-f", "medclust explore --no-mouse$"]).output();
        !found.unwrap().stdout.is_empty()
    };
    assert!(runs());
    drop(tmux);
    let began = Instant::now();
    while runs() {
        assert!(began.elapsed() < Duration::from_secs(20), "it goes on without one");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn without_a_terminal_it_says_what_serves_instead() {
    let refused = medclust(["explore"]).refused();
    assert!(refused.contains("`medclust search` and `medclust show`"), "{refused}");
    assert_eq!(finish(command(["explore", "--lang", "ja"])).status, 2);
}
