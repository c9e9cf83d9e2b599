//! `medclust pack`: the same answers from one file, and a clear error for anything else.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{ATLAS, FORMATS, Folder, Run, command, finish, medclust};

struct Packed {
    at: TempDir,
}

impl Packed {
    fn of(layers: &[&str]) -> Self {
        let packed = Packed { at: tempfile::tempdir().unwrap() };
        let made = medclust(
            ["pack"].into_iter().chain(layers.iter().copied()).chain(["-o", &packed.path()]),
        );
        assert_eq!((made.status, made.out.as_str()), (0, ""), "{}", made.err);
        packed
    }

    fn path(&self) -> String {
        self.at.path().join("atlas.pack").display().to_string()
    }

    fn run(&self, line: &str) -> Run {
        medclust(["--data", &self.path()].into_iter().chain(line.split(' ')))
    }
}

#[test]
fn it_answers_as_the_folders_do() {
    let mine = Folder::with(
        "mine.yaml",
        "organizations: [{id: devicix, aliases: [Mine], basis: curated, sources: [d]}]\nsources: [{id: d, title: D}]\n",
    );
    let packed = Packed::of(&[ATLAS, mine.typed()]);
    for line in [
        "list nodes --json",
        "list relations --format csv",
        "list sources --json",
        "show devicix ncvc --json",
        "path 国循 承認取得 -k 3",
        "trace --region minnesota",
        "gaps incubation-hub --against minnesota",
        "stats --as-of 2012",
        "search Mine",
        "show nobody",
    ] {
        let folders =
            medclust(["--data", ATLAS, "--data", mine.typed()].into_iter().chain(line.split(' ')));
        assert_eq!(packed.run(line), folders, "{line}");
    }
    assert!(packed.run("check").out.contains(&packed.path()), "faults say where they are");
}

#[test]
fn layers_go_below_and_above_it() {
    let packed = Packed::of(&[ATLAS]);
    let mine = Folder::with("mine.yaml", "organizations: [{id: devicix, aliases: [Mine]}]\n");
    let over =
        medclust(["--data", &packed.path(), "--data", mine.typed(), "show", "Mine", "--json"])
            .found();
    let node: Value = serde_json::from_str(&over).unwrap();
    assert_eq!((&node["layer"], &node["additions"][0]["layer"]), (&0.into(), &1.into()));
    let twice = medclust(["--data", &packed.path(), "--data", &packed.path(), "list"]).refused();
    assert!(twice.contains("is given twice"), "{twice}");
    let wrong = Folder::with("mine.yaml", "organizations: [{id: devicix, type: hospital}]\n");
    let fault = medclust(["--data", &packed.path(), "--data", wrong.typed(), "list"]).refused();
    assert!(fault.contains(&packed.path()) && fault.contains("usa.yaml"), "{fault}");
}

#[test]
fn the_texts_of_sources_come_along() {
    let packed = Packed::of(&["builtin"]);
    for line in ["cite minnesota-map:71-72", "search ライセンス収入"] {
        let shipped = medclust(["--data", "builtin"].into_iter().chain(line.split(' ')));
        assert_eq!(packed.run(line), shipped, "{line}");
    }
}

#[test]
fn the_cache_of_a_pack_is_for_that_pack_alone() {
    let packed = Packed::of(&["builtin"]);
    let cache = packed.at.path().join("cache");
    let kept = |line: &str| {
        let mut command = command(["--data", &packed.path()]);
        command.args(line.split(' ')).env("MEDCLUST_CACHE", &cache);
        finish(command)
    };
    // Its stamp is trusted once the clock has gone on.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    for line in ["cite minnesota-map:71-72", "show 国循", "list nodes --as-of 2015"] {
        for _ in 0..2 {
            assert_eq!(
                kept(line),
                medclust(["--data", "builtin"].into_iter().chain(line.split(' ')))
            );
        }
    }
    assert!(cache.read_dir().unwrap().count() > 0, "it is large enough to be kept");
    let small = Packed::of(&[ATLAS]);
    fs::copy(small.path(), packed.path()).unwrap();
    assert_eq!(kept("list nodes"), small.run("list nodes"), "another in its place");
    fs::write(packed.path(), "medclust atlas ").unwrap();
    assert!(kept("list").refused().contains("another version"));
}

#[test]
fn a_pack_of_another_build_answers_from_its_records() {
    let packed = Packed::of(&[ATLAS]);
    let told: Vec<Run> = FORMATS.map(|it| packed.run(&format!("list nodes --format {it}"))).into();
    let mut bytes = fs::read(packed.path()).unwrap();
    let head = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let length = u64::from_le_bytes(bytes[head + 16..head + 24].try_into().unwrap()) as usize;
    let build = head + 24 + length;
    assert!(bytes[build..build + 16].iter().all(u8::is_ascii_hexdigit), "the build stands there");
    bytes[build] = b'x';
    let sum = twox_hash::XxHash3_128::oneshot(&bytes[head + 16..]);
    bytes[head..head + 16].copy_from_slice(&sum.to_le_bytes());
    fs::write(packed.path(), bytes).unwrap();
    let again: Vec<Run> = FORMATS.map(|it| packed.run(&format!("list nodes --format {it}"))).into();
    assert_eq!(again, told);
}

#[test]
fn anything_else_is_refused_with_a_reason() {
    let packed = Packed::of(&[ATLAS]);
    let whole = fs::read(packed.path()).unwrap();
    let head = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let refused = |bytes: &[u8], why: &str| {
        fs::write(packed.path(), bytes).unwrap();
        let err = packed.run("list").refused();
        assert!(err.contains(why) && err.contains("pack the atlas again"), "{err}");
    };
    for cut in [head + 1, head + 9, whole.len() / 2, whole.len() - 1] {
        refused(&whole[..cut], "is not whole");
    }
    for at in (head + 1..whole.len()).step_by(whole.len() / 23) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x41;
        refused(&flipped, "is not whole");
    }
    let mut other = whole.clone();
    other[head - 1] ^= 1;
    refused(&other, "another version");
    refused(b"medclust atlas ", "another version");
}

#[test]
fn what_is_faulty_is_not_packed() {
    let at = tempfile::tempdir().unwrap();
    let file = at.path().join("a.pack").display().to_string();
    let wrong =
        Folder::with("mine.yaml", "organizations: [{id: a, name: {en: A}, region: nowhere}]\n");
    let err = medclust(["pack", wrong.typed(), "-o", &file]).refused();
    assert!(err.contains("nowhere"), "{err}");
    assert!(!at.path().join("a.pack").exists());
    let err = medclust(["pack", ATLAS, "-o", "/nowhere/at/all.pack"]).refused();
    assert!(err.contains("cannot write") && err.contains("nothing was changed"), "{err}");
}
