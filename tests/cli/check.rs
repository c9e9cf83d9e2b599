//! `medclust check`: every code by its own examples, and the report in every form.

mod rules;
mod sarif;

use std::fs;
use std::path::Path;

use medclust::atlas;
use medclust::check::{Example, Explanation, SourcePlaces, Subject, Weights, check};
use medclust::diagnostic::{Code, Diagnostic, Faults, Severity};
use medclust::source::{self, Layer};
use serde_json::Value;

use crate::harness::{ATLAS, FORMATS, Folder, Run, command, each, finish, medclust, run, text};

/// A node with three weak spots, a relation with two, and a source that nothing cites.
const WEAK: &str = "\
sources:
  - id: field-notes
    title: Field notes
organizations:
  - id: nipro
    name: {ja: ニプロ}
  - id: ncvc
    name: {ja: 国循, en: NCVC}
relations:
  - kind: supplies
    from: nipro
    to: ncvc
    since: 2015
    until: 2010-06
";

/// What the real loader and the rules find in an atlas.
fn findings(layers: &[Layer]) -> Vec<Diagnostic> {
    let mut read = source::read(layers);
    let sources = SourcePlaces::from(&read.records);
    match atlas::build(&mut read, None) {
        Ok(graph) => check(&Subject { graph: &graph, sources: &sources }, &Weights::default()),
        Err(Faults(faults)) => faults,
    }
}

/// What they find in one file of this text.
fn found(text: &str) -> Vec<Diagnostic> {
    let folder = Folder::with("atlas.yaml", text);
    findings(&[Layer::Folder(folder.path().to_owned())])
}

fn lay_out(example: Example) -> Folder {
    let Some(file) = example.file else { return Folder::new() };
    let encoding = encoding_rs::Encoding::for_label(file.encoding.as_bytes());
    let (bytes, ..) = encoding.expect("a known encoding").encode(file.text);
    Folder::with(file.name, bytes)
}

fn codes(example: Example) -> Vec<Code> {
    let folder = lay_out(example);
    let layers = match example.file {
        None => vec![folder.path().join("absent")],
        Some(file) if file.is_layer => vec![ATLAS.into(), folder.path().to_owned()],
        Some(_) => vec![folder.path().to_owned()],
    };
    let layers: Vec<Layer> = layers.into_iter().map(Layer::Folder).collect();
    findings(&layers).iter().map(|finding| finding.code).collect()
}

#[test]
fn every_bad_example_has_its_code_alone_and_every_good_one_has_none() {
    // Unlike the main thread, a test's has too little stack for the deep nesting of one example.
    let law = std::thread::Builder::new().stack_size(16 << 20).spawn(hold_every_code);
    law.expect("a thread starts").join().expect("the law holds");
}

fn hold_every_code() {
    for explanation in Explanation::all() {
        let code = explanation.code;
        let (bad, good) = (codes(explanation.bad), codes(explanation.good));
        assert!(!bad.is_empty() && bad.iter().all(|it| *it == code), "{code}: {bad:?}");
        match explanation.severity() {
            // To show a fault mended, an example need not be free of weak spots.
            Severity::Error => {
                assert!(good.iter().all(|it| Code::WEAK_SPOTS.contains(it)), "{code}: {good:?}");
            }
            Severity::Warning => assert_eq!(good, [], "{code}"),
        }
    }
}

#[test]
fn every_code_has_a_page_that_the_first_page_names() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks");
    let first = fs::read_to_string(folder.join("README.md")).unwrap();
    let named = first.lines().filter_map(|line| line.strip_prefix("- ")).map(str::to_owned);
    let link = |code: &Code| format!("[{code}]({code}.md)");
    assert_eq!(named.collect::<Vec<_>>(), Code::ALL.iter().map(link).collect::<Vec<_>>());
    assert_eq!(fs::read_dir(folder).unwrap().count(), Code::ALL.len() + 1, "and no other pages");
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {code}\n\n")), "{page}");
        assert!(
            page.contains("\n## Bad · 悪い例\n") && page.contains("\n## Good · よい例\n"),
            "{page}"
        );
    }
}

#[test]
fn every_code_can_be_explained_in_both_languages() {
    for code in Code::ALL {
        let [en, ja] =
            ["en", "ja"].map(|lang| run(&format!("check --explain {code} --lang {lang}")).found());
        assert!(en.contains(code.as_str()) && ja.contains(code.as_str()));
        assert_ne!(en, ja);
        let told = run(&format!("check --explain {code} --json")).json();
        assert_eq!(text(&told, "/code"), code.as_str());
        assert!(!text(&told, "/meaning/en").is_empty() && !text(&told, "/meaning/ja").is_ascii());
    }
    assert!(run("check --explain orphn").refused().contains("orphan"));
}

#[test]
fn findings_are_told_in_the_order_of_the_lines() {
    let told = Folder::with("atlas.yaml", WEAK).run("check --json").json();
    let place = |finding: &Value| {
        let (code, line) = (text(finding, "/code").to_owned(), finding["line"].as_u64());
        (code, line.unwrap(), finding["column"].as_u64().unwrap())
    };
    let found: Vec<_> = told.as_array().unwrap().iter().map(place).collect();
    let expected = [
        ("uncited-source", 2, 9),
        ("missing-language", 5, 9),
        ("unsourced", 5, 9),
        ("unsourced", 7, 9),
        ("unsourced", 10, 11),
        ("ends-before-it-begins", 10, 11),
    ];
    assert_eq!(found, expected.map(|(code, line, column)| (code.to_owned(), line, column)));
}

#[test]
fn a_finding_carries_its_place_both_languages_and_a_hint() {
    let folder = Folder::with("atlas.yaml", WEAK);
    let told = folder.run("check --allow unsourced --json").json();
    let keys: Vec<_> = told[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["code", "severity", "message", "file", "line", "column", "hint", "places"]);
    for finding in told.as_array().unwrap() {
        assert_eq!(text(finding, "/severity"), "warning");
        assert!(text(finding, "/file").ends_with("atlas.yaml"));
        for pointer in ["/message", "/hint"] {
            assert!(!text(finding, &format!("{pointer}/en")).is_empty());
            assert!(!text(finding, &format!("{pointer}/ja")).is_ascii());
        }
        assert_eq!(finding["places"][0]["line"], finding["line"]);
    }
}

#[test]
fn people_see_the_line_and_the_severity() {
    let folder = Folder::with("atlas.yaml", WEAK);
    let Run { status, out, err } = folder.run("check --deny orphan,missing-language");
    assert_eq!(status, 1);
    assert!(out.contains("error[missing-language]: `nipro` has no name in English"), "{out}");
    assert!(out.contains("warning[uncited-source]"), "{out}");
    assert!(out.contains("5 |   - id: nipro\n"), "{out}");
    assert!(err.contains("1 error, 5 warnings"), "{err}");
    let japanese = folder.run("check --lang ja --deny warnings");
    assert!(japanese.out.contains("エラー[missing-language]"), "{japanese:?}");
    assert!(!japanese.out.contains("警告"), "{japanese:?}");
}

#[test]
fn what_is_allowed_is_not_looked_for() {
    let folder = Folder::with("atlas.yaml", WEAK);
    let told = each(&folder.run("check --deny warnings --allow unsourced --json").json(), "/code");
    assert_eq!(told, ["uncited-source", "missing-language", "ends-before-it-begins"]);
    let all = Code::WEAK_SPOTS.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(",");
    let nothing = folder.run(&format!("check --allow {all}"));
    assert_eq!((nothing.status, &*nothing.out), (0, ""), "{nothing:?}");
    assert!(nothing.err.contains("nothing to report"));
    assert_eq!(folder.run(&format!("check --allow {all} --json")).out, "[]\n");
}

#[test]
fn a_slip_in_the_arguments_is_refused() {
    for (line, told) in [
        ("check --deny unsorced", "unsourced"),
        ("check --allow nothing", "there are:"),
        ("check --allow dangling-reference", "cannot be allowed"),
        ("check --data a b", "--data"),
        ("check --explain orphan --allow orphan", "--allow"),
        ("check --format xml", "sarif"),
        ("list --format sarif", "check"),
    ] {
        let err = run(line).refused();
        assert!(err.contains(told), "{line}: {err}");
        assert!(!run(&format!("{line} --lang ja")).refused().is_ascii(), "{line}");
    }
}

#[test]
fn faults_of_loading_are_findings() {
    let folder = Folder::with("atlas.yaml", "stages:\n  - id: need\n    nam: {en: Need}\n");
    let run = medclust(["check", folder.typed(), "--json"]);
    let told = run.json();
    assert_eq!(each(&told, "/code"), ["unknown-field"]);
    assert_eq!(each(&told, "/severity"), ["error"]);
    let absent = medclust(["check", "no-such-folder", "--json"]);
    assert_eq!(absent.status, 1);
    let told = absent.json();
    assert_eq!(each(&told, "/code"), ["unreadable"]);
    assert_eq!((&told[0]["file"], &told[0]["line"]), (&Value::Null, &Value::Null));
}

#[test]
fn folders_are_layers_and_may_be_named_in_any_way() {
    let base = Folder::with("base.yaml", "stages:\n  - {id: need, name: {en: Need, ja: ニーズ}}\n");
    let over = Folder::with(
        "over.yaml",
        "roles:\n  - {id: maker, name: {en: Maker, ja: メーカー}}\n\
         relations:\n  - {kind: acts-in, from: maker, to: need}\n",
    );
    let both = medclust(["check", base.typed(), over.typed(), "--allow", "unsourced"]);
    assert_eq!((both.status, &*both.out), (0, ""), "{both:?}");
    let base_alone = medclust(["check", base.typed(), "--format", "ids"]);
    assert_eq!(base_alone.out, "unsourced\nidle-stage\norphan\n");
    assert_eq!(base.run("check --format ids").out, base_alone.out);
    assert_eq!(medclust(["check", over.typed(), "--format", "ids"]).out, "dangling-reference\n");
    let mut shipped = command(["check", "--format", "csv"]);
    shipped.env_remove("MEDCLUST_DATA");
    assert_eq!(run("check builtin --format csv").out, finish(shipped).out);
}

#[test]
fn every_format_tells_every_finding() {
    let folder = Folder::with("atlas.yaml", WEAK);
    for format in FORMATS {
        let run = folder.run(&format!("check --format {format}"));
        assert_eq!(run.status, 1, "{format}: {run:?}");
        for code in ["uncited-source", "unsourced", "ends-before-it-begins"] {
            assert!(run.out.contains(code), "{format}: {run:?}");
        }
    }
}
