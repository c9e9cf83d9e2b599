//! The plain reader against the full parser: what it reads is the same, positions included.

use std::fs;
use std::path::Path;

use super::read;
use crate::model::AtlasFile;
use crate::source::yaml;

/// Numbers that are the same each time (Marsaglia's xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// What YAML reads in many ways.
const PIECES: &[&str] = &[
    "\n", " ", "  ", "\"", "'", ",", ":", ": ", "- ", "-", "#", " #", "|", ">", "&a ", "*a", "{",
    "}", "[", "]", "[]", "{}", "null", "~", "@", "!", "!x ", "0", "-1", "007", "1.50", "1e3",
    "2015-01", "true", "yes", "...", "---\n", "? ", "%", "\t", "\r", "\u{a0}", "\u{2028}",
    "\u{85}", "\u{feff}", "é", "。", "\\", "\\n", "\\x41", "<<: ", "\n\n", "\n  ", "\n    ",
    "a: b", ", a", "'' ", "\"\"", ". ", "=", "a\n", ":\n", ",\n", " :", "[a, b]", "{a: b}", "- - ",
    "`", "0x1F", "1_000", ".5", "+1", "N", "on",
];

fn yaml_below(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            yaml_below(&path, found);
        } else if path.extension().is_some_and(|it| it == "yaml") {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

fn corpus() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["data", "data-curated", "tests/atlas"] {
        yaml_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    found
}

fn bytes(records: &AtlasFile) -> Vec<u8> {
    postcard::to_allocvec(records).unwrap()
}

/// Whether the plain reader reads it, and if it does, as the full parser does.
#[track_caller]
fn check(text: &str) -> bool {
    let Some(plain) = read::<AtlasFile>(text) else { return false };
    let full = yaml::in_full(text);
    let full = full.unwrap_or_else(|error| panic!("the full parser refuses {text:?}: {error}"));
    let full = full.unwrap_or_default();
    assert!(bytes(&plain) == bytes(&full), "{text:?}\n{plain:?}\n{full:?}");
    true
}

#[test]
fn most_of_what_atlases_are_written_in_is_plain() {
    let corpus = corpus();
    let all: usize = corpus.iter().map(String::len).sum();
    let plain: usize = corpus.iter().filter(|it| check(it)).map(String::len).sum();
    assert!(plain * 10 > all * 9, "{plain} of {all} bytes");
}

#[test]
fn whatever_is_changed_it_is_read_as_the_full_parser_reads_it_or_left_to_it() {
    let corpus = corpus();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|it| it.parse().ok());
    let until =
        seconds.map(|it: u64| std::time::Instant::now() + std::time::Duration::from_secs(it));
    let (mut tried, mut read) = (0, 0);
    while until.map_or(tried < 6000, |until| std::time::Instant::now() < until) {
        let lines: Vec<&str> = corpus[random.below(corpus.len())].lines().collect();
        // A section, and some records of it.
        let head = lines.iter().position(|line| line.ends_with(':') && !line.starts_with(' '));
        let head = lines[head.unwrap_or(0)];
        let start = random.below(lines.len());
        let start = (start..lines.len()).find(|at| lines[*at].starts_with("  - ")).unwrap_or(start);
        let count = 1 + random.below(9);
        let part = lines[start..].iter().take(count).copied().collect::<Vec<_>>().join("\n");
        let mut text = format!("{head}\n{part}\n");
        for _ in 0..random.below(3) {
            let mut at = random.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let piece = PIECES[random.below(PIECES.len())];
            match random.below(3) {
                0 => text.insert_str(at, piece),
                1 if at < text.len() => drop(text.remove(at)),
                _ => {
                    let mut end = (at + 1 + random.below(4)).min(text.len());
                    while !text.is_char_boundary(end) {
                        end += 1;
                    }
                    text.replace_range(at..end, piece);
                }
            }
        }
        tried += 1;
        read += usize::from(check(&text));
    }
    assert!(read > tried / 20, "{read} of {tried}");
}

#[test]
fn what_is_not_plain_is_left() {
    for text in [
        "",
        "# nothing\n",
        "organizations:\n",
        "---\norganizations: []\n",
        "organizations: [{id: a, name: {en: yes}}]\n",
        "organizations: [{id: a, name: {en: 'a\n  b'}}]\n",
        "organizations:\n  - id: a\n    name: {en: a\n      b}\n",
        "organizations:\n  - &x {id: a}\n",
        "organizations:\n  - id: a\n    id: b\n",
        "organizations: [{id: a}] ]\n",
        "organizations: [{id: a}\n",
    ] {
        assert!(!check(text), "{text:?}");
    }
    for text in [
        "organizations: []\n",
        "organizations: [{id: a, name: {en: A b, ja: '名 ''前'''}, sources: [s:1-2, t]}]",
        "organizations:\n- id: a # a remark\n  name:\n    en: \"A \\\"b\\\"\"\n\n- id: b\n",
        "regions: [{id: a, location: {lat: 1.5, lon: -20}}]\n",
    ] {
        assert!(check(text), "{text:?}");
    }
}
