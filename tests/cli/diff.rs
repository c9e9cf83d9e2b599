//! `medclust diff`, as people and scripts rely on it: folders, the shipped atlas, git revisions.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{ATLAS, command, finish, medclust_in};

const MAKERS: &str = "\
sources:
  - {id: map, title: 地図}
regions:
  - {id: osaka, name: {ja: 大阪, en: Osaka}, sources: [map:1]}
organizations:
  - {id: ncvc, name: {ja: 国循, en: NCVC}, aliases: [a, b], region: osaka, sources: [map:1]}
  - {id: maker, name: {ja: 工業, en: Maker}, region: osaka, sources: [map:2]}
relations:
  - {kind: supplies, from: maker, to: ncvc, sources: [map:2]}
  - {kind: advises, from: ncvc, to: maker, since: 2001, sources: [map:3]}
";

/// A folder with the atlas `a`, and `b` with some of its words replaced.
fn two(replaced: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let changed = replaced.iter().fold(MAKERS.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    write(&folder, "a/atlas.yaml", MAKERS);
    write(&folder, "b/atlas.yaml", &changed);
    folder
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The answer and the exit status.
fn diff(folder: &TempDir, arguments: &[&str]) -> (String, i32) {
    let run = medclust_in(folder.path(), &[&["diff"], arguments].concat());
    (run.out, run.status)
}

fn changes(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let (answer, status) = diff(folder, &[arguments, &["--json"]].concat());
    let changes: Vec<Value> = serde_json::from_str(&answer).expect("an array");
    assert_eq!(status, i32::from(!changes.is_empty()));
    changes
}

/// What became of what, in short.
fn short(changes: &[Value]) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    changes
        .iter()
        .map(|it| {
            let fields = it["fields"].as_array().unwrap().iter().map(|it| word(&it["field"]));
            let fields = fields.collect::<Vec<_>>().join(",");
            let id = it["id"].as_str().map_or_else(|| word(&it["kind"]), str::to_owned);
            format!("{} {} {id}: {fields}", word(&it["of"]), word(&it["change"]))
        })
        .collect()
}

fn between(replaced: &[(&str, &str)]) -> Vec<String> {
    short(&changes(&two(replaced), &["a", "b"]))
}

#[test]
fn the_same_is_the_same() {
    let folder = two(&[("[a, b]", "[b, a]")]);
    assert_eq!(diff(&folder, &["a", "b"]), (String::new(), 0));
    assert_eq!(diff(&folder, &["a", "a", "--json"]), ("[]\n".to_owned(), 0));
    assert_eq!(diff(&folder, &["builtin", "builtin"]), (String::new(), 0));
    let told = medclust_in(folder.path(), &["diff", "a", "b"]).err;
    assert_eq!(told, "both say the same\n");
}

#[test]
fn every_sort_of_change_is_told_once() {
    assert_eq!(between(&[("en: Maker", "en: Maker Inc.")]), ["node renamed maker: name.en"]);
    assert_eq!(between(&[("[a, b]", "[b]")]), ["node changed ncvc: aliases"]);
    assert_eq!(between(&[("since: 2001", "since: 2002")]), ["relation redated advises: since"]);
    assert_eq!(
        between(&[("since: 2001", "until: 2002")]),
        ["relation redated advises: since,until"]
    );
    assert_eq!(
        between(&[("sources: [map:3]", "sources: [map:3, map:4]")]),
        ["relation changed advises: sources"]
    );
    assert_eq!(
        between(&[("sources: [map:3]", "basis: inferred")]),
        ["relation changed advises: basis,sources"]
    );
    assert_eq!(
        between(&[("kind: supplies, ", "kind: funds, ")]),
        ["relation added funds: basis,sources", "relation removed supplies: basis,sources"]
    );
    assert_eq!(between(&[("title: 地図", "title: 図")]), ["source changed map: title"]);
    assert_eq!(
        between(&[("regions:", "roles: [{id: r, name: {en: r}}]\nregions:")]),
        ["node added r: name.en,basis"]
    );
    // A field that stands for a relation: the relation tells where, the node tells its sources.
    assert_eq!(
        between(&[("Maker}, region: osaka, ", "Maker}, ")]),
        ["relation removed located-in: basis,sources"]
    );
    assert_eq!(
        between(&[("osaka, sources: [map:2]", "osaka, sources: [map:9]")]),
        ["node changed maker: sources"]
    );
}

#[test]
fn a_new_id_is_recognized_where_the_name_or_the_ror_id_tells() {
    // Its relations go with it.
    assert_eq!(between(&[("maker", "maker-inc")]), ["node renamed maker-inc: id"]);
    let ror = "en: NCVC}, identifiers: {ror: https://ror.org/01v55qb38}";
    let folder = two(&[("en: NCVC}", ror)]);
    let again = MAKERS.replace("en: NCVC}", &ror.replace("NCVC", "National Center"));
    write(&folder, "c/atlas.yaml", &again.replace("ncvc", "national-center"));
    let found = changes(&folder, &["b", "c"]);
    assert_eq!(short(&found), ["node renamed national-center: id,name.en"]);
    assert_eq!(
        (&found[0]["fields"][0]["old"], &found[0]["fields"][0]["new"]),
        (&Value::from("ncvc"), &Value::from("national-center"))
    );
    // Two of one name could be either.
    let twins = "roles: [{id: one, name: {en: x}}, {id: two, name: {en: x}}]\n";
    write(&folder, "twins/atlas.yaml", twins);
    write(&folder, "third/atlas.yaml", "roles: [{id: three, name: {en: x}}]\n");
    let found = changes(&folder, &["twins", "third"]);
    assert_eq!(found.iter().filter(|it| it["change"] == "removed").count(), 2);
}

#[test]
fn every_format_tells_it() {
    let folder = two(&[("en: Maker", "en: Maker Inc."), ("since: 2001", "since: 2002")]);
    let format = |format: &str| diff(&folder, &["a", "b", "--format", format]).0;
    assert_eq!(format("ids"), "maker\nncvc advises maker\n");
    assert_eq!(
        format("csv").lines().nth(1),
        Some("node,renamed,maker,organization,,,,name.en,Maker,Maker Inc.")
    );
    assert_eq!(format("tsv").lines().count(), 3);
    assert_eq!(format("ndjson").lines().count(), 2);
    let yaml: Value = serde_saphyr::from_str(&format("yaml")).unwrap();
    assert_eq!(yaml, serde_json::from_str::<Value>(&format("json")).unwrap());
    let en = format("table");
    assert!(en.contains("Nodes renamed: 1") && en.contains("Relations redated: 1"), "{en}");
    let ja = diff(&folder, &["a", "b", "--lang", "ja"]).0;
    assert!(ja.contains("時期が変わった関係: 1") && ja.contains("国循"), "{ja}");
}

#[test]
fn both_may_extend_another_atlas() {
    let folder = tempfile::tempdir().unwrap();
    let overlay = |source: &str| {
        format!(
            "relations:\n  - {{kind: advises, from: mayo-clinic, to: medtronic, sources: [{source}]}}\n"
        )
    };
    write(&folder, "a.yaml", &overlay("minnesota-map:1"));
    write(&folder, "b.yaml", &overlay("minnesota-map:2"));
    assert_eq!(diff(&folder, &["a.yaml", "b.yaml"]).1, 2);
    let found = changes(&folder, &["a.yaml", "b.yaml", "--data", ATLAS]);
    assert_eq!(short(&found), ["relation changed advises: sources"]);
}

fn git(folder: &TempDir, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A repository whose first commit holds `a` and files that are none of an atlas, and whose second
/// holds `b` in two files in its place.
fn repository() -> TempDir {
    let folder = two(&[("en: Maker", "en: Maker Inc.")]);
    let text = fs::read_to_string(folder.path().join("b/atlas.yaml")).unwrap();
    let (head, relations) = text.split_at(text.find("relations:").unwrap());
    write(&folder, "data/図 1.yaml", MAKERS);
    write(&folder, "data/README.md", "no: [atlas");
    write(&folder, "data/.hidden/broken.yaml", "{{{");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "data"]);
    git(&folder, &["commit", "-q", "-m", "one"]);
    fs::remove_file(folder.path().join("data/図 1.yaml")).unwrap();
    write(&folder, "data/nodes.yaml", head);
    write(&folder, "data/deeper/relations.yml", relations);
    git(&folder, &["add", "data"]);
    git(&folder, &["commit", "-q", "-m", "two"]);
    folder
}

#[test]
fn revisions_are_read_as_they_were() {
    let folder = repository();
    let renamed = ["node renamed maker: name.en"];
    assert_eq!(short(&changes(&folder, &["HEAD~1:data", "data"])), renamed);
    assert_eq!(short(&changes(&folder, &["HEAD~1:data/", "HEAD:data"])), renamed);
    assert_eq!(short(&changes(&folder, &["HEAD~1:data/図 1.yaml", "HEAD:"])), renamed);
    assert_eq!(short(&changes(&folder, &["HEAD:data", "b"])), <[&str; 0]>::default());
    // What is not committed is not in the revision.
    fs::remove_dir_all(folder.path().join("data")).unwrap();
    assert_eq!(short(&changes(&folder, &["a", "HEAD:data"])), renamed);
    // From below the top of the repository, too.
    fs::create_dir(folder.path().join("below")).unwrap();
    let below = medclust_in(&folder.path().join("below"), &["diff", "HEAD:data", "../b"]);
    assert_eq!(below.status, 0, "{}", below.err);
}

#[cfg(unix)]
#[test]
fn what_exists_wins_over_a_revision() {
    let folder = repository();
    write(&folder, "HEAD:data/atlas.yaml", MAKERS);
    assert_eq!(diff(&folder, &["HEAD:data", "a"]), (String::new(), 0));
}

#[test]
fn faults_of_a_revision_name_it() {
    let folder = repository();
    write(&folder, "data/nodes.yaml", "organizations:\n  - {id: a, nmae: {en: a}}\n");
    git(&folder, &["commit", "-q", "-a", "-m", "three"]);
    let told = medclust_in(folder.path(), &["diff", "a", "HEAD:data"]).refused();
    assert!(told.contains("HEAD:data/nodes.yaml:2:13"), "{told}");
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let folder = repository();
    let told = |folder: &Path, old: &str| medclust_in(folder, &["diff", old, "builtin"]).refused();
    let here = folder.path();
    assert!(told(here, "nowhere").contains("cannot read `nowhere`"));
    assert!(told(here, "HEAD~9:data").contains("no git revision `HEAD~9`"));
    assert!(told(here, "HEAD:nowhere").contains("no `nowhere` at the git revision `HEAD`"));
    assert!(told(here, "HEAD:data/deeper/none.yaml").contains("git revision"));
    let outside = tempfile::tempdir().unwrap();
    assert!(told(outside.path(), "HEAD:data").contains("no git repository"));
    let mut command = command(["diff", "HEAD:data", "builtin"]);
    command.current_dir(here).env("PATH", "");
    let told = finish(command).refused();
    assert!(told.contains("no `git` command"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_revision_reads_links_as_the_folder_does() {
    use std::os::unix::fs::symlink;
    let folder = two(&[]);
    let at = folder.path();
    write(&folder, "other/o.yaml", "organizations: [{id: o, name: {en: O}}]");
    write(&folder, "other/.hidden.yaml", "no: atlas");
    write(&folder, "far/f.yml", "organizations: [{id: f, name: {en: F}}]");
    for (to, from) in [
        ("../other/o.yaml", "a/link.yaml"),
        ("../far/", "a/far"),
        ("../far", "far/up"),
        (".", "a/loop"),
        ("a", "whole"),
    ] {
        symlink(to, at.join(from)).unwrap();
    }
    fs::remove_dir_all(at.join("b")).unwrap();
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-qm", "x"]);
    for (revision, path) in [
        ("HEAD:a", "a"),
        ("HEAD:whole", "whole"),
        ("HEAD:whole/", "a"),
        ("HEAD:a/link.yaml", "a/link.yaml"),
        ("HEAD:other", "other"),
    ] {
        assert_eq!(diff(&folder, &[revision, path]), (String::new(), 0), "{revision} {path}");
    }
    fs::remove_file(at.join("a/link.yaml")).unwrap();
    assert_eq!(short(&changes(&folder, &["HEAD:a", "a"])), ["node removed o: name.en,basis"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_folder_at_a_revision_is_called_by_its_name() {
    use std::os::unix::fs::symlink;
    let folder = two(&[]);
    let at = folder.path();
    write(&folder, "sub/s.yaml", "organizations: [{id: s, name: {en: S}}]");
    git(&folder, &["init", "-q", "sub"]);
    git(&folder, &["-C", "sub", "add", "-A"]);
    git(&folder, &["-C", "sub", "commit", "-qm", "x"]);
    symlink("/etc", at.join("out")).unwrap();
    symlink("nowhere.yaml", at.join("b/lost.yaml")).unwrap();
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-qm", "x"]);
    for (atlas, told) in [
        ("HEAD:sub", "`HEAD:sub` is a submodule"),
        (":a", "`:a` is what git has staged for the next commit"),
        ("HEAD:out", "the link `HEAD:out` leads out of the repository"),
        ("HEAD:b", "the link `HEAD:b/lost.yaml` leads to nothing"),
        ("HEAD:nowhere", "there is no `nowhere` at the git revision `HEAD`"),
    ] {
        let run = medclust_in(at, &["diff", atlas, "a"]);
        assert_eq!(run.status, 2, "{atlas}");
        assert!(run.err.contains(told), "{atlas}: {}", run.err);
    }
}
