//! Atlases that cannot lie in a repository: foreign encodings, bombs, pipes, loops.

use std::fs;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use encoding_rs::SHIFT_JIS;

use super::reading::{Fault, faults};
use crate::harness::{Folder, Run, command, medclust};

/// The codes that these tests trigger.
pub const CODES: [&str; 4] = ["unreadable", "no-atlas", "not-utf8", "too-complex"];

const MAKER: &str = "organizations:\n  - id: optics\n    name: {ja: 浜松光学, en: Optics}\n";

fn faults_of(folder: &Folder) -> Vec<Fault> {
    faults(&folder.run("list").refused())
}

fn only_fault(folder: &Folder) -> Fault {
    let mut faults = faults_of(folder);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

#[test]
fn shift_jis_is_named_with_its_line() {
    let (bytes, _, _) = SHIFT_JIS.encode(MAKER);
    let fault = only_fault(&Folder::with("old.yaml", bytes));
    assert_eq!(fault.code, "not-utf8");
    assert!(fault.places[0].ends_with("old.yaml:3:16"), "{fault:#?}");
    assert_eq!(fault.shown, "    name: {ja: 浜松光学, en: Optics}", "the text is shown decoded");
    assert!(fault.hint.is_some_and(|hint| hint.contains("Shift_JIS")));
}

#[test]
fn utf_16_is_named() {
    let with_mark = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(MAKER.encode_utf16()).flat_map(bytes).collect()
    };
    for (bytes, name) in
        [(with_mark(u16::to_le_bytes), "UTF-16LE"), (with_mark(u16::to_be_bytes), "UTF-16BE")]
    {
        let fault = only_fault(&Folder::with("wide.yaml", bytes));
        assert_eq!(fault.code, "not-utf8");
        assert!(fault.places[0].ends_with("wide.yaml:1:1"), "{fault:#?}");
        assert!(fault.hint.is_some_and(|hint| hint.contains(name)), "{name}");
    }
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let folder = Folder::with("image.yaml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff");
    assert_eq!(only_fault(&folder).code, "not-utf8");
    let folder = Folder::with("prose.txt", "not: [an atlas");
    let run = medclust(["--data", folder.path().join("prose.txt").to_str().unwrap(), "list"]);
    assert_eq!(faults(&run.refused())[0].code, "syntax");
}

#[test]
fn an_encoding_fault_hides_no_other_fault() {
    let (bytes, _, _) = SHIFT_JIS.encode(MAKER);
    let relations = "relations:\n  - {kind: suplies, from: optics, to: optics}\n";
    let folder = Folder::with("old.yaml", bytes).add("relations.yaml", relations);
    let codes: Vec<_> = faults_of(&folder).into_iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["not-utf8", "unknown-relation-kind"], "`optics` may well be in the other");
}

/// Runs `list` over one file in 512 MB of address space.
fn bounded(text: &str) -> Run {
    let folder = Folder::with("bomb.yaml", text);
    let medclust = command(["--data", folder.typed(), "list"]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 524288 && exec \"$0\" \"$@\""]);
    shell.arg(medclust.get_program()).args(medclust.get_args());
    for (name, value) in medclust.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    finish_in_time(shell)
}

/// Runs a command, and kills it after 20 seconds.
fn finish_in_time(mut command: Command) -> Run {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("still running after 20 seconds");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    Run { status: status.unwrap_or_else(|| panic!("a signal ended it: {err}")), out, err }
}

/// 180 KB in which each list holds the one before ten times over.
fn alias_bomb() -> String {
    let mut text = String::from("organizations:\n- &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for level in 1.. {
        if text.len() > 180_000 {
            break;
        }
        let below = vec![format!("*a{}", level - 1); 10].join(",");
        text.push_str(&format!("- &a{level} [{below}]\n"));
    }
    text
}

#[test]
fn lists_at_both_ends_ask_for_no_more_than_an_atlas_can_have() {
    let many = |of: &str| (0..6000).map(|n| format!("{of}{n}")).collect::<Vec<_>>().join(", ");
    let nodes = (0..6000).map(|n| format!("  - {{id: o{n}, name: {{en: Lab {n}}}}}\n"));
    let text = format!(
        "organizations:\n{}relations:\n  - {{kind: supplies, from: [{1}], to: [{1}]}}\n",
        nodes.collect::<String>(),
        many("o"),
    );
    let fault = &faults(&bounded(&text).refused())[0];
    assert_eq!(fault.code, "too-complex");
    assert!(fault.places[0].ends_with("bomb.yaml:6003:12"), "{fault:#?}");
}

#[test]
fn an_alias_bomb_is_refused_at_once() {
    let err = bounded(&alias_bomb()).refused();
    assert_eq!(faults(&err).len(), 1);
    assert!(err.len() < 4000, "the answer is short: {} bytes", err.len());
}

#[test]
fn deep_nesting_is_refused_at_once() {
    for (open, count) in [("{", 100_000), ("[", 100_000), ("{", 500_000), ("[", 500_000)] {
        for start in ["", "organizations: "] {
            let err = bounded(&format!("{start}{}", open.repeat(count))).refused();
            assert_eq!(faults(&err).len(), 1, "{start}{open}");
            assert!(err.len() < 4000, "the answer is short: {} bytes", err.len());
        }
    }
}

#[test]
fn what_asks_for_more_than_its_size_warrants_is_too_complex() {
    for (open, close) in [("{a: ", "}"), ("[", "]")] {
        let nested = format!("organizations: {}x{}", open.repeat(100), close.repeat(100));
        let fault = &faults(&bounded(&nested).refused())[0];
        assert_eq!(fault.code, "too-complex", "{fault:#?}");
        assert!(fault.hint.is_some(), "{fault:#?}");
    }
}

#[test]
fn an_alias_bomb_is_too_complex() {
    assert_eq!(faults(&bounded(&alias_bomb()).refused())[0].code, "too-complex");
}

#[test]
fn deep_nesting_is_too_complex() {
    let err = bounded(&format!("organizations: {}", "[".repeat(100_000))).refused();
    assert_eq!(faults(&err)[0].code, "too-complex");
}

#[test]
fn deep_nesting_in_a_large_file_is_refused() {
    let nested = format!("organizations: {}x{}", "{a: ".repeat(63), "}".repeat(63));
    bounded(&format!("{nested} #{}", "-".repeat(300_000))).refused();
    bounded(&format!("organizations: {}", "{a: ".repeat(100_000))).refused();
}

#[test]
fn an_empty_folder_is_no_atlas() {
    let folder = Folder::with("notes.txt", "nothing here");
    let fault = only_fault(&folder);
    assert_eq!(fault.code, "no-atlas");
    assert!(fault.hint.is_some());
}

#[test]
fn a_missing_folder_is_told() {
    let folder = Folder::new();
    let missing = folder.path().join("nowhere");
    let fault = &faults(&medclust(["--data", missing.to_str().unwrap(), "list"]).refused())[0];
    assert_eq!(fault.code, "unreadable");
    assert!(fault.text.contains("nowhere"), "{fault:#?}");
}

#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with("secret.yaml", MAKER);
    let path = folder.path().join("secret.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        return; // root reads everything
    }
    let fault = only_fault(&folder);
    assert_eq!(fault.code, "unreadable");
    assert!(fault.text.contains("secret.yaml"), "{fault:#?}");
}

#[test]
fn a_pipe_in_the_folder_is_refused_and_not_waited_for() {
    let folder = Folder::with("maker.yaml", MAKER);
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.yaml")).status().unwrap();
    assert!(made.success());
    let run = finish_in_time(command(["--data", folder.typed(), "list"]));
    let fault = &faults(&run.refused())[0];
    assert_eq!(fault.code, "unreadable");
    assert!(fault.text.contains("pipe.yaml"), "{fault:#?}");
}

#[test]
fn a_loop_of_links_ends() {
    let folder = Folder::with("maker.yaml", MAKER);
    symlink(".", folder.path().join("again")).unwrap();
    let run = finish_in_time(command(["--data", folder.typed(), "list", "--format", "ids"]));
    assert_eq!(run.found(), "optics\n");
}

#[test]
fn a_link_to_nothing_is_told() {
    let folder = Folder::with("maker.yaml", MAKER);
    symlink("nowhere.yaml", folder.path().join("lost.yaml")).unwrap();
    let fault = only_fault(&folder);
    assert_eq!(fault.code, "unreadable");
    assert!(fault.text.contains("lost.yaml"), "{fault:#?}");
}
