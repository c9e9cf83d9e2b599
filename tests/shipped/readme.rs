//! The README shows what the program really prints.

use std::{env, fs};

use crate::harness::{Folder, finish, shell};

/// A ```` ```console ```` block: the command after `$ ` and what it prints.
struct Example<'r> {
    line: &'r str,
    printed: &'r str,
}

fn examples(readme: &str) -> Vec<Example<'_>> {
    let blocks = readme.split("```console\n$ ").skip(1);
    blocks
        .map(|block| {
            let block = block.split("```").next().unwrap();
            let (line, printed) = block.split_once('\n').unwrap();
            Example { line, printed }
        })
        .collect()
}

/// Runs a line in a shell that knows the program; none where the shell lacks a tool of the line.
fn run(line: &str) -> Option<String> {
    let mut command = shell(line);
    command.env("LC_ALL", "C.UTF-8").env("COLUMNS", "100").env_remove("MEDCLUST_DATA");
    let run = finish(command);
    (run.status != 127).then_some(run.out)
}

#[test]
fn every_example_prints_what_it_shows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let mut updated = readme.clone();
    let update = env::var_os("UPDATE_README").is_some();
    for Example { line, printed } in examples(&readme) {
        let Some(real) = run(line) else {
            eprintln!("skipped, a tool is missing: {line}");
            continue;
        };
        if update {
            let shown = format!("$ {line}\n{printed}```");
            updated = updated.replace(&shown, &format!("$ {line}\n{real}```"));
        } else {
            assert_eq!(real, printed, "{line}");
        }
    }
    if update {
        fs::write(path, &updated).unwrap();
    }
    assert!(examples(&updated).len() >= 4);
}

#[test]
fn the_example_atlas_loads() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let atlas = readme.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = Folder::with("atlas.yaml", atlas);
    let makers = folder.run("list --role optics-maker@hamamatsu --format ids");
    assert_eq!(makers.found(), "enshu-optics\n");
}
