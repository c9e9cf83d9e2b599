//! Bad input gets a clear error, and leaves nothing behind.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{fixture, import};
use crate::harness::{Run, finish, medclust, shell};

/// Imports what must be refused, and makes sure that nothing is left beside the files themselves.
fn refused(format: &str, file: &Path, at: &Path) -> Run {
    let before = fs::read_dir(at).unwrap().count();
    let (into, run) = import(format, &[file], at);
    assert_eq!((run.status, &*run.out), (2, ""), "{}", run.err);
    assert!(!into.exists(), "nothing is half written");
    assert_eq!(fs::read_dir(at).unwrap().count(), before);
    run
}

#[test]
fn what_cannot_be_read_is_named() {
    let at = tempfile::tempdir().unwrap();
    let cases: [(&str, &str, &[u8], &str); 15] = [
        ("csv", "n.zip", b"PK\x03\x04\0\0a.yaml", "is a zip archive, and no text"),
        ("csv", "n.xlsx", b"PK\x03\x04[Content_Types].xml xl/workbook.xml", "is an Excel workbook"),
        (
            "kumu",
            "n.ods",
            b"PK\x03\x04application/vnd.oasis.opendocument.spreadsheet",
            "spreadsheet",
        ),
        ("ror", "n.pdf", b"%PDF-1.7", "is a PDF document"),
        (
            "ror",
            "matching.json",
            br#"{"items": [{"matching_type": "EXACT", "score": 1, "organization": {"id": "x"}}]}"#,
            "an answer of ROR's affiliation matching",
        ),
        ("ror", "empty.json", b"", "holds no record of ROR"),
        ("ror", "text.json", b"hello\nworld", "holds no record of ROR: line 1"),
        (
            "ror",
            "cut.json",
            b"[{\"id\": 1}, {",
            "is no JSON: EOF while parsing an object at line 1 column 13",
        ),
        ("ror", "odd.json", b"[1, 2]", "line 1: no object"),
        ("ror", "latin.json", b"[\n\"\xe9\"]", "is not UTF-8: see line 2"),
        (
            "csv",
            "sjis.csv",
            b"id,kind,name\na,region,\x91\xe5\x8d\xe3\n",
            "it looks like Shift_JIS: save it as UTF-8",
        ),
        ("csv", "utf16.csv", b"\xff\xfei\0d\0", "it looks like UTF-16"),
        ("csv", "other.csv", b"x,y\n1,2\n", "are of no known table: x, y"),
        ("csv", "empty.csv", b"id,kind,name\n", "there is no row that can be read"),
        ("kumu", "other.csv", b"x,y\n1,2\n", "neither elements nor connections"),
    ];
    for (format, name, bytes, expected) in cases {
        let file = at.path().join(name);
        fs::write(&file, bytes).unwrap();
        let run = refused(format, &file, at.path());
        assert!(run.err.contains(expected), "{name}: {}", run.err);
    }
}

#[test]
fn a_missing_file_and_a_folder_are_told_apart() {
    let at = tempfile::tempdir().unwrap();
    let missing = refused("ror", &at.path().join("missing"), at.path());
    assert!(missing.err.contains("check the path"), "{}", missing.err);
    let folder = refused("ror", at.path(), at.path());
    assert!(folder.err.contains("is a folder"), "{}", folder.err);
}

#[test]
fn a_broken_gzip_file_is_told() {
    let at = tempfile::tempdir().unwrap();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&fs::read(fixture("ror.json")).unwrap()).unwrap();
    let whole = gzip.finish().unwrap();
    let half = at.path().join("half.gz");
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let run = refused("ror", &half, at.path());
    assert!(run.err.contains("broken gzip file: it ends in the middle, after"), "{}", run.err);
    let mut bytes = whole;
    let last = bytes.len() - 6;
    bytes[last] ^= 0xff;
    let wrong = at.path().join("wrong.gz");
    fs::write(&wrong, bytes).unwrap();
    let run = refused("ror", &wrong, at.path());
    assert!(run.err.contains("broken gzip file"), "{}", run.err);
}

#[test]
fn nothing_is_ever_overwritten() {
    let at = tempfile::tempdir().unwrap();
    let mine = at.path().join("mine");
    fs::write(&mine, "mine").unwrap();
    for (into, expected) in [(at.path(), "it is not empty"), (&*mine, "it is a file")] {
        let file = fixture("ror.json");
        let run =
            medclust(["import", "ror", file.to_str().unwrap(), "--into", into.to_str().unwrap()]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains(expected), "{}", run.err);
    }
    assert_eq!(fs::read_to_string(mine).unwrap(), "mine");
    assert_eq!(fs::read_dir(at.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let at = tempfile::tempdir().unwrap();
    let file = fixture("ror.json");
    let missing = at.path().join("no/such/parent");
    let run =
        medclust(["import", "ror", file.to_str().unwrap(), "--into", missing.to_str().unwrap()]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("the folder above it does not exist"), "{}", run.err);
}

/// A disk that fills up in the middle: no file may grow beyond a block.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_leaves_nothing() {
    let at = tempfile::tempdir().unwrap();
    for into in ["new", "empty"] {
        let into = at.path().join(into);
        let is_there = into.ends_with("empty");
        if is_there {
            fs::create_dir(&into).unwrap();
        }
        let script = "ulimit -f 1; trap '' XFSZ; exec medclust import ror \"$1\" --into \"$2\"";
        let mut command = shell(script);
        command.args([fixture("ror.json"), into.clone()]);
        let run = finish(command);
        assert_eq!(run.status, 2, "{}", run.err);
        assert!(run.err.contains("File too large"), "{}", run.err);
        assert_eq!(into.exists(), is_there);
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), usize::from(is_there));
        assert!(!is_there || fs::read_dir(&into).unwrap().next().is_none());
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_must_not_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let at = tempfile::tempdir().unwrap();
    let locked = at.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let (_, run) = import("ror", &[&fixture("ror.json")], &locked);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("cannot make"), "{}", run.err);
    assert_eq!(fs::read_dir(&locked).unwrap().count(), 0);
}
