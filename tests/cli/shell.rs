//! What makes a shell comfortable: completion, manual pages, the pager.

use std::fs;

use crate::harness::{Run, finish, found, medclust, shell};

/// What bash is told where this is typed and the last word is to be completed.
fn completed(words: &[&str]) -> Vec<String> {
    let script = format!(
        "source <(medclust completions bash)\n\
         COMP_WORDS=({}); COMP_CWORD={}; COMP_TYPE=9\n\
         _clap_complete_medclust medclust \"${{COMP_WORDS[COMP_CWORD]}}\"\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len() - 1,
    );
    let mut bash = shell("exec bash --norc --noprofile -c \"$1\"");
    bash.arg(script);
    finish(bash).found().lines().map(|it| it.trim_end().to_owned()).collect()
}

#[test]
fn bash_completes_commands_options_ids_and_names() {
    let has = |words: &[&str], word: &str| {
        let found = completed(words);
        assert!(found.iter().any(|it| it == word), "{words:?}: {found:?}");
    };
    has(&["medclust", "tra"], "trace");
    has(&["medclust", "list", "--reg"], "--region");
    has(&["medclust", "show", "ncv"], "ncvc");
    has(&["medclust", "show", "国"], "国立循環器病研究センター");
    has(&["medclust", "show", "国"], "国循");
    has(&["medclust", "list", "--region", "minn"], "minnesota");
    has(&["medclust", "list", "--region", "Minn"], "Minnesota");
    has(&["medclust", "path", "ncvc", "承"], "承認取得");
    has(&["medclust", "cite", "minnesota-m"], "minnesota-map");
    has(&["medclust", "list", "--basis", "in"], "inferred");
    let regions = completed(&["medclust", "list", "--region", "n"]);
    assert!(!regions.iter().any(|it| it == "ncvc"), "regions alone: {regions:?}");
}

#[test]
fn the_atlas_of_the_line_is_the_one_that_completes() {
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("a.yaml"), "organizations: [{id: my-own, name: {ja: 私の}}]\n")
        .unwrap();
    let data = at.path().to_str().unwrap();
    assert_eq!(completed(&["medclust", "--data", data, "show", "my"]), ["my-own"]);
    assert_eq!(completed(&["medclust", &format!("--data={data}"), "show", "私"]), ["私の"]);
    fs::write(at.path().join("a.yaml"), "organizations: [{\n").unwrap();
    assert_eq!(completed(&["medclust", "--data", data, "show", "my"]), [""], "no noise");
}

#[test]
fn every_shell_has_its_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(found(&format!("completions {shell}")).contains("medclust"), "{shell}");
    }
    assert!(medclust(["completions", "tcsh"]).refused().contains("there are: bash"));
}

#[test]
fn manual_pages_tell_every_command() {
    let at = tempfile::tempdir().unwrap();
    let into = at.path().join("man1");
    for (lang, word) in [("en", "Examples:"), ("ja", "例:")] {
        let Run { status, out, err } =
            medclust(["man", "--into", into.to_str().unwrap(), "--lang", lang]);
        assert_eq!((status, &*out), (0, ""), "{err}");
        let page = fs::read_to_string(into.join("medclust-path.1")).unwrap();
        assert!(page.starts_with(".ie") && page.contains(word), "{page}");
    }
    let commands = found("--help").lines().filter(|line| line.starts_with("  ")).count();
    assert!(fs::read_dir(&into).unwrap().count() > 15, "{commands}");
    fs::write(at.path().join("file"), "").unwrap();
    let file = at.path().join("file");
    assert!(medclust(["man", "--into", file.to_str().unwrap()]).refused().contains("cannot write"));
}

/// Runs a command in a terminal of its own, as `script` makes one.
#[cfg(target_os = "linux")]
fn in_terminal(line: &str, pager: &str) -> String {
    let mut script = shell("exec script -qec \"$1\" /dev/null");
    script.arg(format!("medclust {line}")).env("PAGER", pager).env("TERM", "xterm");
    finish(script).out
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_has_a_pager_unless_it_wants_none() {
    let shown = in_terminal("show ncvc", "sed s/^/>/");
    assert!(shown.lines().all(|line| line.starts_with('>')), "{shown}");
    assert!(!in_terminal("show ncvc --no-pager", "sed s/^/>/").contains('>'));
    for pager in ["cat", "", "no-such-pager-anywhere"] {
        let plain = in_terminal("show ncvc --color never", pager);
        assert!(plain.contains("ncvc"), "{pager}: {plain}");
    }
    let json = in_terminal("show ncvc --json", "sed s/^/>/");
    assert!(json.starts_with('{'), "what scripts read is not paged: {json}");
    let first = in_terminal("list", "head -n1");
    assert_eq!(first.lines().count(), 1, "closed early: {first}");
}

#[test]
fn ids_and_addresses_are_links_where_the_terminal_has_them() {
    let run = |flags: &str, line: &str| {
        let script = format!("{flags} script -qec 'medclust {line} --no-pager' /dev/null");
        let mut terminal = shell(&script);
        terminal.env("TERM", "xterm-256color");
        finish(terminal).out
    };
    let link = |address: &str, text: &str| format!("\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\");
    let list = run("FORCE_HYPERLINK=1", "list --name 国立循環器病");
    assert!(list.contains(&link("https://www.ncvc.go.jp", "ncvc")), "{list:?}");
    let card = run("FORCE_HYPERLINK=1", "show ncvc");
    let address = "https://www.ncvc.go.jp";
    assert!(card.contains(&link(address, address)), "{card:?}");
    for plain in [
        run("FORCE_HYPERLINK=0", "list --name 国立循環器病"),
        run("FORCE_HYPERLINK=1", "list --name 国立循環器病 --color never"),
        run("FORCE_HYPERLINK=1", "list --name 国立循環器病 --format markdown"),
        found("list --name 国立循環器病"),
    ] {
        assert!(!plain.contains("\x1b]8"), "{plain:?}");
    }
}
