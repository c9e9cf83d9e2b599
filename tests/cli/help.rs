//! Help, versions and what is said to a slip of the keyboard.

use crate::harness::{command, finish, found, medclust, run};

const COMMANDS: [&str; 10] =
    ["list", "show", "cite", "search", "path", "trace", "compare", "gaps", "risk", "stats"];

#[test]
fn help_is_an_answer_in_both_languages() {
    for lang in ["en", "ja"] {
        let overview = found(&format!("--help --lang {lang}"));
        for command in COMMANDS {
            assert!(overview.contains(&format!("  {command} ")), "{overview}");
            let help = found(&format!("{command} --help --lang {lang}"));
            for option in ["--data", "--lang", "--color", "--format", "--json"] {
                assert!(help.contains(option), "{command}: {option}");
            }
        }
        assert_eq!(overview.is_ascii(), lang == "en");
    }
    assert_eq!(found("-h"), found("--help"));
}

#[test]
fn every_option_of_a_command_is_explained() {
    let selection = "--region --role --stage --program --type --name --source --basis --as-of \
        --around --depth";
    let routes = "-k --all --evidence --stage-by-stage --who --via --avoid --both-ways --max-hops \
        --follow --without --weight --basis --as-of";
    let scope = "--region --program --organization --basis --evidence --as-of";
    for (command, options) in [
        ("list", selection),
        ("list", "--sort --columns --limit --wide --bom"),
        ("search", selection),
        ("search", "--limit"),
        ("path", routes),
        ("trace", scope),
        ("trace", "--from --to"),
        ("compare", "--by --basis --evidence --as-of"),
        ("gaps", "--against --basis --evidence --fillers --limit --as-of"),
        ("risk", scope),
        ("risk", "--without --limit --avoid --both-ways --follow"),
        ("show", "--as-of"),
        ("stats", selection),
        ("stats", "--limit --follow"),
    ] {
        for lang in ["en", "ja"] {
            let help = found(&format!("{command} --help --lang {lang}"));
            for option in options.split_whitespace() {
                let line = help.lines().find(|line| line.trim_start().starts_with(option));
                let explained = line.is_some_and(|line| line.trim().len() > option.len() + 8);
                assert!(explained, "{command} {option}: {help}");
            }
        }
    }
}

/// What is told of an option: its line of help, and no other's.
fn told(command: &str, option: &str, lang: &str) -> String {
    let help = found(&format!("{command} --help --lang {lang}"));
    let line = help.lines().find(|line| line.trim_start().starts_with(option));
    line.unwrap_or_else(|| panic!("{command} {option}")).trim_start().to_owned()
}

#[test]
fn the_default_that_is_told_is_the_one_that_serves() {
    for (command, option, default) in [
        ("gaps", "--fillers", "3"),
        ("stats", "--limit", "10"),
        ("search", "--limit", "20"),
        ("risk", "--limit", "10"),
        ("list", "--depth", "2"),
        ("compare", "--by", "role"),
    ] {
        let en = told(command, option, "en");
        assert!(en.ends_with(&format!("[default: {default}]")), "{en}");
        let ja = told(command, option, "ja");
        assert!(ja.ends_with(&format!("[既定: {default}]")), "{ja}");
    }
}

#[test]
fn earlier_spellings_of_options_still_serve() {
    assert_eq!(found("stats --top 2"), found("stats --limit 2"));
    let (gaps, against) = ("gaps kansai --against minnesota", "--format csv");
    assert_eq!(
        found(&format!("{gaps} {against} --top 1")),
        found(&format!("{gaps} {against} --fillers 1"))
    );
    assert_eq!(found("path ncvc umn --limit 3"), found("path ncvc umn -k 3"));
    assert_eq!(found("path ncvc umn --all --limit 3"), found("path ncvc umn -k 3"));
}

#[test]
fn japanese_help_holds_no_english_left_over() {
    for command in COMMANDS {
        let help = found(&format!("{command} --help --lang ja"));
        for word in ["[default", "[OPTIONS]", "Print", "possible values"] {
            assert!(!help.contains(word), "{command}: {word} in {help}");
        }
    }
}

#[test]
fn the_version_is_told() {
    assert_eq!(found("--version"), format!("medclust {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_a_command_help_goes_to_standard_error() {
    assert!(run("").refused().contains("Commands:"));
}

#[test]
fn a_slip_is_answered_with_what_was_meant() {
    for (line, told) in [
        ("lst", "list"),
        ("list organisations", "organizations"),
        ("list --regoin minnesota", "--region"),
        ("list --format xml", "ndjson"),
        ("list --json --format csv", "--format"),
        ("list --lang fr", "fr"),
        ("list --color sometimes", "sometimes"),
        ("path ncvc", "<TO>"),
        ("path ncvc umn -k", "lacks its value"),
        ("path ncvc umn -k few", "a whole number from 1"),
        ("list --depth -1 --around ncvc", "--depth"),
        ("list organizations companies", "companies"),
        ("check --explain no-atlas somewhere", "--explain"),
    ] {
        let err = run(line).refused();
        assert!(err.contains(told), "{line}: {err}");
        assert!(err.starts_with("error: ") && err.is_ascii(), "{line}: {err}");
        let err = run(&format!("{line} --lang ja")).refused();
        let lang_is_known = !line.contains("--lang");
        assert!(err.starts_with("エラー: ") || !lang_is_known, "{line}: {err}");
    }
}

#[test]
fn the_locale_chooses_the_language_and_lang_overrules_it() {
    let in_locale = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = command(arguments);
        command.env_remove("LC_ALL").envs(variables.iter().copied());
        finish(command).found()
    };
    let (en, ja) = (found("list stages --lang en"), found("list stages --lang ja"));
    assert_ne!(en, ja);
    let list = ["list", "stages"];
    assert_eq!(in_locale(&[("LANG", "ja_JP.UTF-8")], &list), ja);
    assert_eq!(in_locale(&[("LC_ALL", "ja_JP.UTF-8"), ("LANG", "C")], &list), ja);
    assert_eq!(in_locale(&[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")], &list), en);
    assert_eq!(in_locale(&[("LANG", "de_DE.UTF-8")], &list), en);
    assert_eq!(in_locale(&[], &list), en);
    let overruled = ["--lang", "en", "list", "stages"];
    assert_eq!(in_locale(&[("LANG", "ja_JP.UTF-8")], &overruled), en);
    assert_eq!(medclust(["list", "stages", "--lang=ja"]).found(), ja);
}
