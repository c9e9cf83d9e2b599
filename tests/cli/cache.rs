//! The cache of large atlases: an answer is never another one, whatever lies in the cache.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use crate::harness::{FORMATS, Run, command, finish};

/// An atlas large enough to be kept, and a folder for the cache.
struct Large {
    at: TempDir,
}

impl Large {
    fn new() -> Self {
        let at = tempfile::tempdir().unwrap();
        fs::create_dir(at.path().join("atlas")).unwrap();
        let large = Large { at };
        let filler = "x".repeat(1 << 10);
        let mut text = "sources: [{id: s, title: S}]\nroles: [{id: r, name: {en: R}}]\n\
                        regions: [{id: here, name: {en: Here, ja: ここ}}]\norganizations:\n"
            .to_owned();
        for n in 0..1100 {
            writeln!(text, "  - {{id: o{n}, name: {{en: Lab {n}}}, summary: {{en: {filler}}}, sources: [s:{n}]}}")
                .unwrap();
        }
        text.push_str("relations:\n");
        for n in 0..1099 {
            writeln!(
                text,
                "  - {{kind: supplies, from: o{n}, to: o{}, since: 2010, sources: [s]}}",
                n + 1
            )
            .unwrap();
        }
        text.push_str("  - {kind: plays, from: [o1, o2], to: r, in: here, sources: [s]}\n");
        large.write("a.yaml", &text);
        large.write("b.yaml", "organizations: [{id: zed, name: {en: Old name}, sources: [s]}]\n");
        large
    }

    fn path(&self, name: &str) -> PathBuf {
        self.at.path().join("atlas").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn cache(&self) -> PathBuf {
        self.at.path().join("cache")
    }

    fn run(&self, line: &str) -> Run {
        let data = self.at.path().join("atlas");
        let mut command = command(["--data", data.to_str().unwrap()]);
        command.args(line.split(' ')).env("MEDCLUST_CACHE", self.cache());
        finish(command)
    }

    fn name(&self) -> String {
        self.run("list organizations --format csv --sort name")
            .found()
            .lines()
            .last()
            .unwrap()
            .to_owned()
    }

    /// The entries of the cache, with when they were written.
    fn entries(&self) -> Vec<(PathBuf, SystemTime)> {
        let Ok(all) = fs::read_dir(self.cache()) else { return Vec::new() };
        let entry =
            |entry: fs::DirEntry| (entry.path(), entry.metadata().unwrap().modified().unwrap());
        let all = all.map(|it| entry(it.unwrap()));
        all.filter(|(path, _)| path.extension().is_none_or(|it| it != "stamps")).collect()
    }

    fn entry(&self) -> PathBuf {
        let [(path, _)] = &self.entries()[..] else { panic!("one entry: {:?}", self.entries()) };
        path.clone()
    }
}

#[test]
fn what_is_kept_answers_byte_for_byte() {
    let large = Large::new();
    large.run("show o5").found();
    let kept = large.entries();
    for format in FORMATS {
        for question in ["list relations", "show o5"] {
            let line = format!("{question} --format {format}");
            assert_eq!(large.run(&line), large.run(&format!("{line} --no-cache")), "{line}");
        }
    }
    for line in [
        "path o3 o9 --json",
        "search Lab",
        "trace --region here --json",
        "stats --json",
        "show o5 --as-of 2005",
        "path o3 o9 --as-of 2005",
        "show nobody",
        "cite s:3",
        "path o9 o3 --basis curated",
    ] {
        assert_eq!(large.run(line), large.run(&format!("{line} --no-cache")), "{line}");
    }
    assert_eq!(large.entries(), kept, "written once");
}

/// What changes once the files are older than any clock's tick, so that they are not read to see it.
#[test]
#[cfg(unix)]
fn what_changes_is_seen_without_reading() {
    let large = Large::new();
    let linked = tempfile::tempdir().unwrap();
    let elsewhere = |name: &str| linked.path().join(name);
    let one =
        |name: &str| format!("organizations: [{{id: zed, name: {{en: {name}}}, sources: [s]}}]\n");
    fs::remove_file(large.path("b.yaml")).unwrap();
    fs::write(elsewhere("one.yaml"), one("Old name")).unwrap();
    fs::write(elsewhere("other.yaml"), one("Two name")).unwrap();
    std::os::unix::fs::symlink(elsewhere("one.yaml"), large.path("b.yaml")).unwrap();
    let settle = || {
        std::thread::sleep(std::time::Duration::from_millis(2100));
        let shown = large.run("show zed").found();
        let entry = large.entry();
        assert!(entry.with_extension("stamps").exists());
        assert_eq!(large.run("show zed").found(), shown);
        (shown, entry)
    };
    let (shown, entry) = settle();
    assert!(shown.contains("Old name"));
    // Of the same length and, as far as that can be told to a file, of the same time.
    let time = fs::metadata(elsewhere("one.yaml")).unwrap().modified().unwrap();
    fs::write(elsewhere("one.yaml"), one("New name")).unwrap();
    let file = fs::File::options().write(true).open(elsewhere("one.yaml")).unwrap();
    file.set_modified(time).unwrap();
    assert!(large.run("show zed").found().contains("New name"));
    settle();
    fs::remove_file(large.path("b.yaml")).unwrap();
    std::os::unix::fs::symlink(elsewhere("other.yaml"), large.path("b.yaml")).unwrap();
    assert!(large.run("show zed").found().contains("Two name"));
    settle();
    large.write("c.yaml", "organizations: [{id: added, name: {en: Added}, sources: [s]}]\n");
    large.run("show added").found();
    settle();
    fs::rename(large.path("c.yaml"), large.path("c.txt")).unwrap();
    large.run("show added").refused();
    // A bit of the entry itself, and its end.
    let (shown, _) = settle();
    let mut bytes = fs::read(&entry).unwrap();
    let at = bytes.windows(8).position(|it| it == b"Two name").unwrap();
    bytes[at] ^= 1;
    fs::write(&entry, &bytes).unwrap();
    assert_eq!(large.run("show zed").found(), shown);
    settle();
    fs::File::options().write(true).open(&entry).unwrap().set_len(bytes.len() as u64 / 2).unwrap();
    assert_eq!(large.run("show zed").found(), shown);
    fs::write(entry.with_extension("stamps"), "nothing of ours").unwrap();
    assert_eq!(large.run("show zed").found(), shown);
}

#[test]
fn what_changes_is_seen_whatever_the_clock_says() {
    let large = Large::new();
    let old = large.name();
    assert!(old.contains("Old name"), "{old}");
    // Of the same length, and of the same time.
    let path = large.path("b.yaml");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    large.write("b.yaml", "organizations: [{id: zed, name: {en: New name}, sources: [s]}]\n");
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(large.run("show zed --format ids").found(), "zed\n");
    assert!(large.run("show zed").found().contains("New name"));
    large.write("c.yaml", "organizations: [{id: added, name: {en: Added}, sources: [s]}]\n");
    large.run("show added").found();
    fs::rename(large.path("c.yaml"), large.path("d.yaml")).unwrap();
    large.run("show added").found();
    fs::remove_file(large.path("d.yaml")).unwrap();
    assert!(large.run("show added").refused().contains("added"));
    large.write("b.yaml", "organizations: [{id: zed\n");
    large.run("show o5").refused();
    assert_eq!(large.entries().len(), 1, "one entry for an atlas, whatever it said");
}

#[test]
fn what_is_broken_is_passed_over_and_written_anew() {
    let large = Large::new();
    let expected = large.run("show o5 --json").found();
    let entry = large.entry();
    let whole = fs::read(&entry).unwrap();
    let head = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    for broken in [
        Vec::new(),
        b"medclust graph 0000000000000000\n".to_vec(),
        b"\xff\xfe nothing of ours".to_vec(),
        whole[..head + 1].to_vec(),
        whole[..whole.len() / 2].to_vec(),
        whole[..whole.len() - 1].to_vec(),
        [&whole[..], b"x"].concat(),
        flipped(3),
        flipped(head + 5),
        flipped(head + 20),
        flipped(whole.len() / 2),
    ] {
        fs::write(&entry, &broken).unwrap();
        assert_eq!(large.run("show o5 --json").found(), expected);
        assert!(fs::read(&entry).unwrap() == whole, "mended");
    }
}

#[test]
fn without_a_cache_it_answers_too() {
    let large = Large::new();
    fs::write(large.cache(), "a file, not a folder").unwrap();
    large.run("show o5").found();
    assert_eq!(fs::read_to_string(large.cache()).unwrap(), "a file, not a folder");
    fs::remove_file(large.cache()).unwrap();
    large.run("show o5 --no-cache").found();
    assert!(!large.cache().exists(), "nothing is written where it is not wanted");
    let small = tempfile::tempdir().unwrap();
    fs::write(small.path().join("a.yaml"), "organizations: [{id: a, name: {en: A}}]\n").unwrap();
    let mut command = command(["--data", small.path().to_str().unwrap(), "show", "a"]);
    command.env("MEDCLUST_CACHE", large.cache());
    finish(command).found();
    assert!(!large.cache().exists(), "a small atlas is parsed as soon as read");
}

#[test]
fn several_at_once_do_not_disturb_each_other() {
    let large = Large::new();
    let expected = large.run("show o5 --no-cache").found();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| large.run("show o5").found())).collect();
        for run in runs {
            assert_eq!(run.join().unwrap(), expected);
        }
    });
    let is_entry = |path: &Path| path.extension().is_some_and(|it| it == "graph");
    assert!(large.entries().iter().all(|(path, _)| is_entry(path)), "nothing half written is left");
}
