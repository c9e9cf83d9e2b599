//! A short run of every fuzz target: its corpus, and mutations of it that are the same each time.
//!
//! `FUZZ_SECONDS=60 cargo test --test fuzz` looks longer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

#[path = "../fuzz/harness/mod.rs"]
mod harness;

/// How many mutations are tried of each file, and for how long at most.
const MUTATIONS: usize = 300;
const LONGEST: Duration = Duration::from_secs(3);

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

/// What breaks readers: marks of every format, wide and invisible characters, ends of numbers.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\t",
    " ",
    "\"",
    "'",
    ",",
    ";",
    ":",
    ": ",
    "- ",
    "#",
    "|",
    "&a ",
    "*a",
    "{",
    "}",
    "[",
    "]",
    "[]",
    "null",
    "~",
    "@",
    "!",
    "-",
    "0",
    "-1",
    "1e999",
    "2015-13",
    "9999-12-31",
    "株式会社",
    "㈱",
    "ー",
    "・",
    "\u{3000}",
    "\u{feff}",
    "\u{0}",
    "\u{200d}",
    "é",
    "e\u{301}",
    "İ",
    "ß",
    "ﾊﾟ",
    "𠮷",
];

/// One to four changes: something is left out, doubled, put in, replaced, or taken from another file.
fn mutated(data: &[u8], others: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut data = data.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(data.len() + 1);
        let end = (at + random.below(12)).min(data.len());
        match random.below(6) {
            0 => drop(data.drain(at..end)),
            1 => data.extend_from_within(at..end),
            2 if at < data.len() => data[at] = random.below(256) as u8,
            3 => {
                let other = &others[random.below(others.len())];
                let from = random.below(other.len() + 1);
                let until = (from + random.below(60)).min(other.len());
                data.splice(at..end, other[from..until].iter().copied());
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                data.splice(at..at, piece.bytes());
            }
        }
    }
    data
}

fn try_out(target: &str, harness: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = fs::read_dir(&folder).expect("every target has a corpus");
    let mut paths: Vec<_> = files.map(|file| file.expect("it is readable").path()).collect();
    paths.sort();
    let corpus: Vec<Vec<u8>> =
        paths.iter().map(|path| fs::read(path).expect("it is readable")).collect();
    assert!(corpus.len() > 1, "{target} has a corpus");
    let check = |data: &[u8]| {
        let run = catch_unwind(AssertUnwindSafe(|| harness(data)));
        assert!(run.is_ok(), "{target} fails on this input:\n{:?}", String::from_utf8_lossy(data));
    };
    corpus.iter().for_each(|data| check(data));
    let asked = env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let (mutations, longest) = match asked {
        Some(seconds) => (usize::MAX, Duration::from_secs(seconds)),
        None => (MUTATIONS, LONGEST),
    };
    let (begin, mut random) = (Instant::now(), Random(0x9e37_79b9_7f4a_7c15));
    for _ in 0..mutations {
        for data in &corpus {
            if begin.elapsed() > longest {
                return;
            }
            check(&mutated(data, &corpus, &mut random));
        }
    }
}

macro_rules! targets {
    ($($target:ident),*) => {$(
        #[test]
        fn $target() {
            try_out(stringify!($target), harness::$target::run);
        }
    )*};
}

targets!(yaml, csv, kumu, ror, fold, names, selection, dates);
