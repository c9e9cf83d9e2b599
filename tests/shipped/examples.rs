//! The examples in the help of every command, run as they stand there.

use std::fs;
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_medclust");

fn help(arguments: &[&str], lang: &str) -> String {
    let output = Command::new(PROGRAM).args(arguments).args(["--help", "--lang", lang]).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

/// The lines behind the last line that is a heading.
fn examples(help: &str, heading: &str) -> Vec<String> {
    let Some((_, told)) = help.rsplit_once(heading) else { return Vec::new() };
    told.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A folder with what the examples speak of.
fn folder() -> tempfile::TempDir {
    let at = tempfile::tempdir().unwrap();
    for name in ["atlas", "atlas-new"] {
        let made = Command::new(PROGRAM).current_dir(&at).args(["init", name]).output().unwrap();
        assert!(made.status.success());
    }
    let stages = fs::read_dir(at.path().join("atlas-new")).unwrap().count();
    assert!(stages > 0);
    fs::write(
        at.path().join("atlas-new/more.yaml"),
        "organizations: [{id: newcomer, name: {en: New}}]\n",
    )
    .unwrap();
    fs::write(at.path().join("companies.csv"), "name,region\nHamamatsu Optics,Hamamatsu\n")
        .unwrap();
    fs::copy(
        concat!(env!("CARGO_MANIFEST_DIR"), "/examples/policy.yaml"),
        at.path().join("policy.yaml"),
    )
    .unwrap();
    let drawn = Command::new(PROGRAM).args(["export", "kumu"]).output().unwrap();
    fs::write(at.path().join("project.json"), drawn.stdout).unwrap();
    at
}

fn run(line: &str, folder: &Path) {
    // What takes the whole terminal is given one, and told to end.
    let in_terminal = format!("(sleep 1; printf '\\003') | script -qec \"{line}\" /dev/null");
    let line = if line.starts_with("medclust explore") { &*in_terminal } else { line };
    let path = format!(
        "{}:{}",
        Path::new(PROGRAM).parent().unwrap().display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("MEDCLUST_DATA")
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    // 1 is the answer of a check that finds something, and of atlases that differ.
    assert!(output.status.code().is_some_and(|it| it < 2), "{line}: {err}");
}

#[test]
fn every_command_ends_its_help_with_two_examples_that_work() {
    for (lang, heading) in [("en", "Examples:"), ("ja", "例:")] {
        let overview = help(&[], lang);
        let (_, told) =
            overview.split_once(if lang == "en" { "Commands:" } else { "コマンド:" }).unwrap();
        let commands: Vec<&str> = told
            .lines()
            .skip(1)
            .take_while(|line| !line.is_empty())
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert!(commands.len() >= 25, "{commands:?}");
        let folder = folder();
        for command in commands {
            let examples = examples(&help(&[command], lang), heading);
            assert_eq!(examples.len(), 2, "{command}");
            for line in examples {
                assert!(line.starts_with(&format!("medclust {command}")), "{line}");
                run(&line, folder.path());
            }
        }
    }
}
