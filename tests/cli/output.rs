//! What all commands share: formats, languages, exit status, closed pipes, colour, hostile names.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::harness::{FORMATS, Folder, command, finish, found, ids, run, shell};

const QUESTIONS: [&str; 19] = [
    "list --region minnesota",
    "list nodes",
    "list relations",
    "list relation-kinds",
    "list sources",
    "show ncvc",
    "show california mayo-clinic",
    "search 大学",
    "path mayo-clinic osaka-university -k 3",
    "path region:minnesota program:incubation-hub --all --max-hops 4",
    "risk",
    "risk mayo-clinic osaka-university",
    "trace --region minnesota",
    "trace",
    "compare minnesota incubation-hub",
    "compare ncvc osaka-university --by relation",
    "stats --region minnesota",
    "gaps kansai --against minnesota",
    "gaps incubation-hub",
];

fn stdout(line: &str) -> String {
    let run = run(line);
    assert!(run.status <= 1, "{line}: {run:?}");
    run.out
}

#[test]
fn yaml_and_lines_say_what_json_says() {
    for question in QUESTIONS {
        let json: Value = serde_json::from_str(&stdout(&format!("{question} --json"))).unwrap();
        let yaml = stdout(&format!("{question} --format yaml"));
        let options = serde_saphyr::options! { budget: None };
        let read: Value = serde_saphyr::from_str_with_options(&yaml, options).unwrap();
        assert_eq!(read, json, "{question}");
        let lines = stdout(&format!("{question} --format ndjson"));
        let lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
        match json {
            Value::Array(items) => assert_eq!(lines, items, "{question}"),
            // Of routes each is a record, written as soon as it is found.
            Value::Object(fields) if fields.contains_key("routes") => {
                assert_eq!(Value::from(lines), fields["routes"], "{question}");
            }
            one => assert_eq!(lines, [one], "{question}"),
        }
        assert_eq!(
            stdout(&format!("{question} --format json")),
            stdout(&format!("{question} --json"))
        );
    }
}

#[test]
fn sheets_read_back_with_their_header() {
    for question in QUESTIONS {
        let csv = stdout(&format!("{question} --format csv"));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert!(header.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert!(!rows.is_empty(), "{question}");
        let tsv = stdout(&format!("{question} --format tsv"));
        let read = |cell: &str| cell.replace("\\\\", "\\");
        let mut lines = tsv.lines().map(|line| line.split('\t').map(read).collect());
        assert_eq!(lines.next(), Some(header), "{question}");
        assert_eq!(lines.collect::<Vec<Vec<String>>>(), rows, "{question}");
    }
    let csv = stdout("list --region minnesota --format csv");
    let first = csv.lines().map(|line| line.split(',').next().unwrap());
    assert_eq!(first.skip(1).collect::<Vec<_>>(), ids("list --region minnesota"));
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    for question in [
        "list nodes",
        "list relations",
        "show ncvc",
        "path umn osaka-university -k 3",
        "trace --evidence",
        "compare japan minnesota super-tokku --by program",
        "risk --evidence",
        "stats",
        "gaps minnesota",
    ] {
        for format in ["table", "json"] {
            let line = format!("{question} --format {format}");
            assert_eq!(stdout(&line), stdout(&line), "{line}");
        }
    }
}

#[test]
fn a_language_changes_what_people_read_and_nothing_else() {
    for question in [
        "list relations",
        "path needs market",
        "trace",
        "compare minnesota incubation-hub",
        "gaps kansai",
        "risk",
        "stats",
    ] {
        for format in FORMATS {
            let said = ["en", "ja"]
                .map(|lang| stdout(&format!("{question} --format {format} --lang {lang}")));
            let is_page = ["table", "markdown", "html"].contains(&format);
            assert_eq!(said[0] == said[1], !is_page, "{question} {format}");
        }
    }
}

#[test]
fn an_empty_answer_is_valid_in_every_format() {
    for question in ["list --region israel", "search qqqqqqqq"] {
        for format in FORMATS {
            let run = run(&format!("{question} --format {format}"));
            assert_eq!((run.status, &*run.err), (1, "nothing found\n"), "{question} {format}");
            match format {
                "json" | "yaml" => assert_eq!(run.out, "[]\n"),
                "csv" | "tsv" => assert_eq!(run.out.lines().count(), 1, "the header stays"),
                _ => assert_eq!(run.out, ""),
            }
        }
    }
    let run = run("path israel minnesota --json");
    assert_eq!(run.status, 1);
    assert_eq!(run.json()["routes"], serde_json::json!([]));
}

/// Reads one line of the answer and closes the pipe.
fn close_early(lines: &[&str]) {
    for line in lines {
        let mut command = command(line.split(' '));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        let mut reader = BufReader::with_capacity(64, child.stdout.take().unwrap());
        reader.read_line(&mut first).unwrap();
        drop(reader);
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let status = child.wait().unwrap();
        assert_eq!((status.code(), &*err), (Some(0), ""), "{line}");
        assert!(!first.is_empty() && stdout(line).len() > 1 << 16, "{line} overfills a pipe");
    }
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    close_early(&["list relations --json", "list relations --format yaml", "list relations"]);
    close_early(&["list relations --format ndjson"]);
}

#[test]
fn a_reader_that_closes_the_pipe_of_a_sheet_is_no_error() {
    let ids = ids("list organizations");
    let everyone = ids.join(" ");
    for format in ["csv", "tsv"] {
        close_early(&[&format!("show {everyone} {everyone} {everyone} --format {format}")]);
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else {
        return;
    };
    let mut command = command(["list"]);
    let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.is_empty());
}

#[test]
fn colour_is_for_terminals_and_who_asks_for_it() {
    for question in
        ["list --region minnesota", "show ncvc", "path needs market", "show nobody-at-all"]
    {
        let coloured = |option: &str| {
            let run = run(&format!("{question} {option}"));
            run.out.contains('\u{1b}') || run.err.contains('\u{1b}')
        };
        assert!(!coloured(""), "{question}: no terminal");
        assert!(!coloured("--color never"), "{question}");
        assert!(coloured("--color always"), "{question}");
        let mut no_color = command(question.split(' ').chain(["--color", "always"]));
        no_color.env("NO_COLOR", "1");
        let run = finish(no_color);
        assert!(run.out.contains('\u{1b}') || run.err.contains('\u{1b}'), "the option overrules");
    }
    for format in FORMATS.iter().filter(|format| **format != "table") {
        let line = format!("list --color always --format {format}");
        assert_eq!(found(&line), found(&format!("list --format {format}")), "{format}");
    }
}

const HOSTILE: &str = r#"
sources:
  - {id: notes, title: "t\e[2J\u202Et", publisher: "p\ap", note: {en: "n\e]0;x\an"}}
regions:
  - {id: place, name: {ja: "場\e[31m所", en: "pl\u009B31mace"}, type: "ci\e[1mty"}
  - {id: other, name: {en: "oth\e[31mer"}, indicators: [{name: {en: "i\e[31mnd"}, value: 1, unit: "u\e[31m"}]}
roles:
  - {id: maker, name: {en: "ma\e[31mker"}}
organizations:
  - id: optics
    type: "com\e[5mpany"
    name: {ja: "浜松\e[31m光学\u0007", en: "Opt\u202Eics\r\nInc\tX\u007F\u0085\u2028Z"}
    aliases: ["al\e]8;;http://x\e\\ias", "b\u200Fb"]
    summary: {en: "s\e[31mum\n\nmary"}
    website: "https://x/\e[31m"
    identifiers: {ror: "r\e[31mor"}
    region: place
    indicators: [{name: {en: "i\e[31mnd"}, value: 1, unit: "u\e[31m", sources: ["notes:1\e[31m"]}]
    claims: [{quote: "q\e[31mq", note: {en: "n\e[31mn"}, sources: ["notes:\e[31m"]}]
    notes: [{text: {en: "t\e[31mt"}, sources: [notes]}]
    events: [{kind: "re\e[31mnamed", former: {en: "f\e[31mf"}, note: {en: "e\e[31me"}}]
    sources: ["notes:\e[31m7"]
stages:
  - {id: build, name: {en: "bu\e[31mild"}}
relation_kinds:
  - {id: "ma\e[31mkes", name: {en: "ma\e[31mkes"}, inverse: {en: "ma\e[31mde"}, traverse: both}
relations:
  - {kind: acts-in, from: maker, to: build, sources: ["notes:\e[31m"]}
  - {kind: plays, from: optics, to: maker, in: place, basis: inferred, sources: ["notes:\e[31m"]}
  - {kind: plays, from: [], to: maker, in: other, sources: ["notes:\e[31m"]}
  - {kind: "ma\e[31mkes", from: optics, to: build, note: {en: "no\e[31mte"}, sources: ["notes:\e[31m"]}
"#;

/// Whether a character steers a terminal or reorders a line.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
}

#[test]
fn hostile_names_never_reach_a_terminal_raw() {
    let folder = Folder::with("atlas.yaml", HOSTILE);
    for question in [
        "list nodes",
        "list relations",
        "list relation-kinds",
        "list sources",
        "show optics",
        "show place",
        "search optics",
        "search 浜松",
        "path optics build",
        "path build place",
        "stats",
        "stats --follow qqqqq",
        "gaps place",
        "gaps optics --evidence",
        "risk",
        "risk optics build --evidence",
        "show nobody",
        "show opt",
        "list --type compny",
        "trace --evidence",
        "trace --organization optics",
        "compare place other --evidence",
        "compare place other --by relation",
        "compare place other --by indicator",
    ] {
        for format in FORMATS {
            for lang in ["en", "ja"] {
                let run = folder.run(&format!("{question} --format {format} --lang {lang}"));
                let out = if format == "tsv" { run.out.replace('\t', " ") } else { run.out };
                for said in [&out, &run.err] {
                    let raw = said.chars().find(|c| steers(*c));
                    assert_eq!(raw, None, "{question} {format}: {said:?}");
                }
            }
        }
    }
}

#[test]
fn hostile_names_are_whole_in_json() {
    let folder = Folder::with("atlas.yaml", HOSTILE);
    let node = folder.run("show optics --json").json();
    assert_eq!(node["name"]["ja"], "浜松\u{1b}[31m光学\u{7}");
    assert_eq!(node["name"]["en"], "Opt\u{202e}ics\r\nInc\tX\u{7f}\u{85}\u{2028}Z");
    let yaml = folder.run("show optics --format yaml").out;
    assert_eq!(serde_saphyr::from_str::<Value>(&yaml).unwrap(), node);
}

#[test]
fn what_is_typed_and_what_is_at_fault_is_cleaned_too() {
    let typed = "no\u{1b}[31mbody\u{7}";
    for arguments in [
        vec!["show", typed],
        vec!["list", "--region", typed],
        vec!["list", "--type", typed],
        vec!["list", "--basis", typed],
        vec!["list", "--as-of", typed],
        vec!["--data", typed, "list"],
    ] {
        let err = crate::harness::medclust(&arguments).refused();
        assert_eq!(err.chars().find(|c| steers(*c)), None, "{arguments:?}: {err:?}");
    }
    let broken = HOSTILE.replace("to: build", "to: \"nobody\\e[31m\"");
    let err = Folder::with("atlas.yaml", broken).run("list").refused();
    assert_eq!(err.chars().find(|c| steers(*c)), None, "{err:?}");
}

#[test]
fn the_line_of_a_fault_is_cleaned_too() {
    let broken = HOSTILE.replace("website", "we\u{9b}b");
    let err = Folder::with("atlas.yaml", broken).run("list").refused();
    assert_eq!(err.chars().find(|c| steers(*c)), None, "{err:?}");
}

#[test]
fn the_fault_behind_japanese_text_for_people() {
    let line = "--data tests/broken/behind-japanese list";
    insta::assert_snapshot!("fault_en", run(line).refused());
    insta::assert_snapshot!("fault_ja", run(&format!("{line} --lang ja")).refused());
}

#[test]
fn help_and_errors_are_coloured_as_they_ask_for() {
    let coloured = |line: &str| {
        let run = run(line);
        run.out.contains('\u{1b}') || run.err.contains('\u{1b}')
    };
    for line in ["--help", "list --help", "search", "list --nonsense"] {
        assert!(!coloured(&format!("--color never {line}")), "{line}");
        assert!(!coloured(&format!("{line} --color=never")), "{line}");
    }
    for line in ["--color always --help", "--color=always list --help"] {
        assert!(coloured(line), "{line}");
    }
}

#[test]
fn help_that_cannot_be_written_is_an_error() {
    for line in ["--help", "--version", "path --help"] {
        let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else {
            return;
        };
        let mut command = command(line.split(' '));
        let output = command.stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(!output.stderr.is_empty(), "{line}");
    }
}

#[test]
#[cfg(target_os = "linux")] // for `setsid` and `script`
fn a_page_is_as_wide_as_the_terminal_behind_a_pipe_else_100_columns() {
    let width = |page: &str| page.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let mut wide = command(["list", "--wide"]);
    wide.env("COLUMNS", "40");
    assert_eq!(finish(wide).found(), found("list"));
    // Without a terminal of its own, a process has none to ask.
    let mut bare = shell("setsid --wait medclust list | cat");
    bare.env_remove("COLUMNS");
    let bare = width(&finish(bare).found());
    assert!((80..=100).contains(&bare), "{bare}");
    for (columns, streams) in [(72, ""), (60, "2>/dev/null </dev/null")] {
        let within = format!("stty rows 24 cols {columns}; medclust list {streams} | cat");
        let mut terminal = shell("script --quiet --return --command \"$1\" /dev/null");
        terminal.arg(within).env_remove("COLUMNS");
        let page = finish(terminal).found();
        assert!(width(&page) <= columns && width(&page) > columns - 20, "{columns}: {page}");
    }
}

#[test]
fn markdown_holds_what_a_wide_page_holds() {
    let folder = Folder::with("atlas.yaml", "regions: [{id: a, name: {en: 'x|y *z* <b>'}}]");
    let page = folder.run("list regions --format markdown").found();
    assert_eq!(page, "| ID | NAME |\n| --- | --- |\n| a | x\\|y \\*z\\* \\<b\\> |\n\n");
    for line in
        ["list roles", "path ncvc approval", "stats", "trace --region minnesota", "show ncvc"]
    {
        let page = found(&format!("{line} --format markdown"));
        let mut columns = 0;
        for row in page.lines() {
            let cells = row.replace("\\|", "").matches('|').count();
            assert!(columns == 0 || cells == 0 || cells == columns, "{line}: {row}");
            columns = cells;
        }
    }
    insta::assert_snapshot!(
        "markdown_ja",
        found("compare minnesota kansai --by stage --format markdown --lang ja")
    );
}

#[test]
fn a_mark_before_sheets_is_for_who_asks_for_it() {
    for format in ["csv", "tsv"] {
        let plain = found(&format!("list --format {format}"));
        assert_eq!(found(&format!("list --bom --format {format}")), format!("\u{feff}{plain}"));
        let routes = found(&format!("path ncvc umn --bom --format {format}"));
        assert!(routes.starts_with('\u{feff}') && !routes[3..].contains('\u{feff}'));
    }
    for lang in ["en", "ja"] {
        assert!(run(&format!("list --bom --json --lang {lang}")).refused().contains("csv"));
    }
}
