//! How long a whole command takes on the shipped atlas, against an empty Rust program.
//!
//! `cargo bench --bench startup` runs them in turns (A B C A B C …), so that whatever else the
//! machine does falls on all alike, and prints a table. It measures; it does not judge.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

const WARM_UP: usize = 5;
const ROUNDS: usize = 40;

/// The commands that are measured, with their arguments.
const COMMANDS: &[(&str, &[&str])] = &[
    ("an empty program", &[]),
    ("medclust --version", &["--version"]),
    ("medclust list", &["list"]),
    ("medclust path 国循 承認取得", &["path", "国循", "承認取得"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::temp_dir().join(format!("medclust-startup-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let measured = empty_program(&folder).and_then(|empty| measure(&empty));
    fs::remove_dir_all(&folder)?;
    print(&measured?);
    Ok(())
}

/// Compiles the empty program, the least that any Rust program can take.
fn empty_program(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let (source, program) = (folder.join("empty.rs"), folder.join("empty"));
    fs::write(&source, "fn main() {}\n")?;
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(rustc).arg("-O").arg(&source).arg("-o").arg(&program).status()?;
    if !compiled.success() {
        return Err("the empty program does not compile".into());
    }
    Ok(program)
}

/// Runs each command once a round; the times of each, by round.
fn measure(empty: &Path) -> Result<Vec<Vec<Duration>>, Box<dyn Error>> {
    let mut times = vec![Vec::with_capacity(ROUNDS); COMMANDS.len()];
    for round in 0..WARM_UP + ROUNDS {
        for (nth, (name, arguments)) in COMMANDS.iter().enumerate() {
            let medclust = Path::new(env!("CARGO_BIN_EXE_medclust"));
            let mut command = Command::new(if nth == 0 { empty } else { medclust });
            command.args(*arguments).env_remove("MEDCLUST_DATA");
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let start = Instant::now();
            let status = command.status()?;
            let time = start.elapsed();
            if !status.success() {
                return Err(format!("{name}: {status}").into());
            }
            if round >= WARM_UP {
                times[nth].push(time);
            }
        }
    }
    Ok(times)
}

fn print(times: &[Vec<Duration>]) {
    println!("{:>9}  {:>7}  {:>15}  command ({ROUNDS} rounds)", "median", "ratio", "min – max");
    for ((name, _), own) in COMMANDS.iter().zip(times) {
        let milliseconds: Vec<f64> = own.iter().map(|time| time.as_secs_f64() * 1e3).collect();
        // The ratio within each round: a busy moment falls on both.
        let pairs = own.iter().zip(&times[0]);
        let ratios = pairs.map(|(own, empty)| own.as_secs_f64() / empty.as_secs_f64()).collect();
        let least = milliseconds.iter().copied().fold(f64::INFINITY, f64::min);
        let most = milliseconds.iter().copied().fold(0.0, f64::max);
        let (median, ratio) = (median(milliseconds), median(ratios));
        println!("{median:>6.2} ms  {ratio:>6.1}×  {least:>5.2} – {most:>4.2} ms  {name}");
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        f64::midpoint(values[middle - 1], values[middle])
    } else {
        values[middle]
    }
}
