//! Answers in files: `-o`, the format by the ending, HTML pages and workbooks.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::harness::{Folder, finish, medclust, medclust_in, run, shell};

#[test]
fn a_file_holds_what_standard_output_would() {
    let at = tempfile::tempdir().unwrap();
    for (line, ending, format) in [
        ("list --region minnesota", "csv", "csv"),
        ("path ncvc approval -k 2", "md", "markdown"),
        ("trace --region minnesota", "JSON", "json"),
        ("gaps kansai", "yml", "yaml"),
        ("search med", "jsonl", "ndjson"),
        ("show ncvc", "txt", "table"),
        ("stats", "html", "html"),
    ] {
        let file = format!("answer.{ending}");
        let words: Vec<&str> = line.split(' ').chain(["-o", &file]).collect();
        let written = medclust_in(at.path(), &words);
        assert_eq!((written.status, &*written.out), (0, ""), "{line}: {written:?}");
        assert!(written.err.starts_with(&format!("{file}: written\n")), "{written:?}");
        let expected = run(&format!("{line} --format {format}")).out;
        assert_eq!(fs::read_to_string(at.path().join(&file)).unwrap(), expected, "{line}");
    }
    let told = medclust_in(at.path(), &["list", "--json", "-o", "x.foo"]);
    assert_eq!(told.status, 0, "--json tells the format: {told:?}");
    for line in ["list -o a.foo", "list -o a", "init new -o x.csv", "pack", "man --into m -o x"] {
        let words: Vec<&str> = line.split(' ').collect();
        medclust_in(at.path(), &words).refused();
    }
    let lost = medclust_in(at.path(), &["list", "-o", "nowhere/x.csv"]).refused();
    assert!(lost.contains("cannot write `nowhere/x.csv`"), "{lost}");
    let names: Vec<_> =
        fs::read_dir(at.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names.len(), 8, "nothing is left half written: {names:?}");
}

#[test]
fn nothing_found_writes_no_page() {
    let at = tempfile::tempdir().unwrap();
    let run = medclust_in(at.path(), &["list", "--name", "qqqq", "-o", "answer.html"]);
    assert_eq!(run.status, 1);
    assert!(!at.path().join("answer.html").exists());
}

/// The parts of a package, each well-formed XML.
fn parts(path: &Path) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|it| it.unwrap().into_owned()).collect();
    let part = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = Reader::from_str(&text);
        while reader.read_event().unwrap_or_else(|it| panic!("{name}: {it}")) != Event::Eof {}
        (name, text)
    };
    names.into_iter().map(part).collect()
}

const HOSTILE: &str = "organizations:\n  - {id: a, name: {en: \"=HYPERLINK(\\\"x\\\")<b>&\\u202e]]></t>\\u0007\"}, \
                       website: 'https://example.org/?a=1&b=\"2\"'}\n";

#[test]
fn a_workbook_is_an_answer_and_its_table() {
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("a.yaml"), HOSTILE).unwrap();
    for line in ["list", "show a", "stats", "export xlsx", "search a", "check"] {
        let words = ["--data", "a.yaml"].into_iter().chain(line.split(' '));
        let words: Vec<&str> = words.chain(["-o", "x.xlsx"]).collect();
        let run = medclust_in(at.path(), &words);
        assert!(run.status <= 1, "{line}: {run:?}");
        let first = fs::read(at.path().join("x.xlsx")).unwrap();
        let all = parts(&at.path().join("x.xlsx"));
        assert!(all.iter().any(|(name, _)| name == "xl/workbook.xml"), "{line}");
        if line == "list" {
            let sheet = &all.iter().find(|(name, _)| name == "xl/worksheets/sheet2.xml").unwrap().1;
            assert!(sheet.contains("=HYPERLINK(\"x\")&lt;b&gt;&amp;]]&gt;&lt;/t&gt;</t>"));
            assert!(sheet.contains("<pane ySplit=\"1\"") && sheet.contains("<autoFilter"));
            let links = &all.iter().find(|(name, _)| name.ends_with("sheet2.xml.rels")).unwrap().1;
            assert!(links.contains("https://example.org/?a=1&amp;b=&quot;2&quot;"), "{links}");
        }
        assert!(!all.iter().any(|(_, text)| text.contains("<f>")), "a formula: {line}");
        medclust_in(at.path(), &words);
        assert_eq!(fs::read(at.path().join("x.xlsx")).unwrap(), first, "the same bytes: {line}");
    }
}

#[test]
fn a_page_of_html_holds_names_as_text() {
    let folder = Folder::with("a.yaml", HOSTILE);
    let page = medclust(["--data", folder.typed(), "list", "--format", "html", "--wide"]).found();
    assert!(page.contains("=HYPERLINK(\"x\")&lt;b&gt;&amp;"), "{page}");
    assert!(!page.contains("<b>") && !page.contains('\u{202e}') && !page.contains('\u{7}'));
    assert!(page.contains("default-src 'none'"));
    let page = run("trace --region minnesota --format html --lang ja --as-of 2015").found();
    assert!(page.starts_with("<!doctype html>\n<html lang=\"ja\">"), "{page:.200}");
    assert!(page.contains("<p>2015 時点</p>") && page.ends_with("</body>\n</html>\n"));
    assert_eq!(page.matches("<h1>").count(), 1);
    // Beyond the language, it speaks of nothing outside itself.
    assert!(!page.contains("src=") && !page.contains("url("));
}

#[test]
fn a_workbook_is_not_thrown_at_a_terminal() {
    let script = "script -qec 'medclust list --format xlsx' /dev/null";
    let told = finish(shell(script));
    assert!(told.out.contains("-o answer.xlsx"), "{told:?}");
}
