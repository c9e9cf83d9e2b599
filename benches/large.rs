//! How long a large atlas takes, and how much memory.
//!
//! `cargo bench --bench large -- 100000` (or `NODES=100000`) writes an atlas of so many nodes and
//! twice as many relations into a temporary folder, and prints seconds and peak memory of each
//! command on it: where the files are parsed, where the cache has the graph, and where the atlas is packed.
//! Medians of three. Numbers come from a generator with a fixed seed, so every run writes the same.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

fn main() -> Result<(), Box<dyn Error>> {
    let told = env::args().skip(1).find_map(|argument| argument.parse().ok());
    let nodes = told.or_else(|| env::var("NODES").ok()?.parse().ok()).unwrap_or(100_000);
    let folder = env::temp_dir().join(format!("medclust-large-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let measured = write(nodes, &folder).and_then(|bytes| {
        println!("{nodes} nodes, {} MB of YAML", bytes / 1_000_000);
        measure(nodes, &folder)
    });
    fs::remove_dir_all(&folder)?;
    measured
}

/// Organizations in regions, each playing a role and tied to three others, a thousand to a file.
fn write(nodes: usize, folder: &Path) -> Result<usize, Box<dyn Error>> {
    let mut bytes = 0;
    let mut random = Random(42);
    for (file, first) in (0..nodes).step_by(1000).enumerate() {
        let last = (first + 1000).min(nodes);
        let mut text = String::new();
        if file == 0 {
            text.push_str("sources:\n  - {id: made-up, title: Made up}\n");
            write_stages(&mut text)?;
        }
        writeln!(
            text,
            "regions:\n  - id: region-{file}\n    name: {{ja: 地域{file}, en: Region {file}}}"
        )?;
        text.push_str("organizations:\n");
        for n in first..last {
            let (word, syllable) = (random.below(90_000), random.below(46));
            let kana = char::from_u32(0x30a2 + syllable as u32).unwrap_or('ア');
            writeln!(
                text,
                "  - id: o{n}\n    type: company\n    name: {{ja: {kana}ラボ第{n}, en: Lab {word} {n}}}"
            )?;
            writeln!(text, "    region: region-{file}\n    sources: [made-up:{n}]")?;
        }
        text.push_str("relations:\n");
        for n in (0..STAGES).filter(|_| file == 0) {
            writeln!(text, "  - {{kind: acts-in, from: role-{n}, to: stage-{n}}}")?;
            if n + 1 < STAGES {
                writeln!(text, "  - {{kind: next, from: stage-{n}, to: stage-{}}}", n + 1)?;
            }
        }
        for n in first..last {
            // A ring, so that every node is reached, and two chords each, so that it is soon.
            let (next, near, far) = ((n + 1) % nodes, random.below(nodes), random.below(nodes));
            writeln!(
                text,
                "  - {{kind: supplies, from: o{n}, to: [o{next}, o{near}, o{far}], sources: [made-up]}}"
            )?;
            let role = random.below(STAGES);
            writeln!(text, "  - {{kind: plays, from: o{n}, to: role-{role}, in: region-{file}}}")?;
        }
        bytes += text.len();
        fs::write(folder.join(format!("{file:05}.yaml")), text)?;
    }
    Ok(bytes)
}

/// How many stages there are, one after another, each with a role that acts there.
const STAGES: usize = 7;

fn write_stages(text: &mut String) -> Result<(), Box<dyn Error>> {
    for (section, id, ja) in [("stages", "stage", "段階"), ("roles", "role", "役割")] {
        writeln!(text, "{section}:")?;
        for n in 0..STAGES {
            writeln!(text, "  - {{id: {id}-{n}, name: {{ja: {ja}{n}, en: {id} {n}}}}}")?;
        }
    }
    Ok(())
}

fn measure(nodes: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    let last = format!("o{}", nodes / 2);
    let commands: [&[&str]; 16] = [
        &["list", "regions", "--format", "ids"],
        &["list", "--format", "ids"],
        &["list", "--region", "region-7", "--format", "ids"],
        &["show", "o5"],
        &["search", "Lab 12345"],
        &["search", "medtornic"],
        &["path", "o0", &last],
        &["path", "o0", &last, "-k", "10", "--weight", "supplies=0.5"],
        &["path", "region:region-0", "stage-6"],
        &["trace", "--region", "region-0"],
        &["compare", "region-0", "region-1"],
        &["gaps", "region-0", "--against", "region-1"],
        &["risk"],
        &["risk", "o0", &last],
        &["stats"],
        &["stats", "--region", "region-0"],
    ];
    let cache = folder.join(".cache");
    let packed = folder.join(".packed");
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_medclust"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.env("MEDCLUST_CACHE", &cache);
        command
    };
    let made = run(program().arg("pack").arg(folder).arg("-o").arg(&packed))?;
    println!("pack: {:.2} s; {} MB", made.0, fs::metadata(&packed)?.len() / 1_000_000);
    println!("{:>18}  {:>18}  {:>18}  command", "parsed", "kept", "packed");
    for arguments in commands {
        let mut cells = Vec::new();
        for (data, flags) in
            [(folder, &["--no-cache"][..]), (folder, &[]), (&packed, &["--no-cache"])]
        {
            let ask = || run(program().arg("--data").arg(data).args(arguments).args(flags));
            if flags.is_empty() {
                // The first run makes what the others read.
                ask()?;
            }
            let mut runs = [ask()?, ask()?, ask()?];
            runs.sort_by(|one, other| one.0.total_cmp(&other.0));
            let (time, memory) = runs[1];
            let memory =
                memory.map_or("unknown".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1000));
            cells.push(format!("{:>6.0} ms {memory:>8}", time * 1000.0));
        }
        println!("{}  medclust {}", cells.join("  "), arguments.join(" "));
    }
    Ok(())
}

/// Runs a command to its end: seconds, and peak memory in kB where it is known.
fn run(command: &mut Command) -> Result<(f64, Option<u64>), Box<dyn Error>> {
    let start = Instant::now();
    let mut child = command.spawn()?;
    let memory = watch(&mut child)?;
    Ok((start.elapsed().as_secs_f64(), memory))
}

/// Waits for a child; its peak memory in kB, where the system tells it while the child runs.
fn watch(child: &mut Child) -> Result<Option<u64>, Box<dyn Error>> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        let told = fs::read_to_string(&status).ok();
        let kilobytes = told.as_deref().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.trim().strip_suffix(" kB")?.parse().ok()
        });
        peak = peak.max(kilobytes);
        if let Some(status) = child.try_wait()? {
            // 1 is an answer too: nothing found.
            return if status.code().is_some_and(|code| code < 2) {
                Ok(peak)
            } else {
                Err(status.to_string().into())
            };
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// A xorshift generator (Marsaglia 2003): chance enough for names and chords.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
