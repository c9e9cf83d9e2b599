//! What spreadsheets and other tools do to tables: nothing moves, nothing disappears untold.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{import, list};
use crate::harness::{Run, medclust};

fn imported(at: &Path, text: impl AsRef<[u8]>) -> (PathBuf, Run) {
    let path = at.join("n.csv");
    fs::write(&path, text).unwrap();
    import("csv", &[&path], at)
}

/// The made nodes, and what was told.
fn nodes(text: &str) -> (Vec<Value>, String) {
    let at = tempfile::tempdir().unwrap();
    let (data, made) = imported(at.path(), text);
    assert_eq!(made.status, 0, "{text}\n{}", made.err);
    (list(&data, "nodes"), made.err)
}

fn refused(text: &str) -> String {
    let at = tempfile::tempdir().unwrap();
    let (into, made) = imported(at.path(), text);
    assert_eq!((made.status, into.exists()), (2, false), "{text}\n{}", made.err);
    made.err
}

#[test]
fn lines_are_counted_however_they_end() {
    let lines =
        ["kind,id,name_en", "", "organization,a,\"A", "of two lines\"", "bad,b,B", "", "bad,c,C"];
    for end in ["\n", "\r\n", "\r"] {
        for last in ["", end] {
            let (nodes, told) = nodes(&format!("{}{last}", lines.join(end)));
            assert_eq!(nodes.len(), 1, "{end:?}");
            assert!(
                told.contains("line 5: `bad` is no kind of node, line 7: `bad`"),
                "{end:?} {told}"
            );
        }
    }
}

#[test]
fn a_row_of_too_many_cells_is_left_out_and_told() {
    let (nodes, told) = nodes("id,kind,name_en\na,region,A,,\nb,region,B, C\n");
    assert_eq!((nodes.len(), &nodes[0]["name"]["en"]), (1, &"A".into()));
    assert!(
        told.contains("more cells than headers, left out: line 3: 4 cells under 3 headers"),
        "{told}"
    );
}

#[test]
fn a_quote_that_does_not_close_is_told_with_its_line() {
    for (rest, line) in [
        ("a,region,\"A\n", 2),
        ("a,region,A\nb,region,\"B\nc,region,\"C\"\n", 3),
        ("a,region,\"A\" and more\n", 2),
        ("a,region, \"A, B\"\n", 2),
    ] {
        let told = refused(&format!("id,kind,name_en\n{rest}"));
        assert!(told.contains(&format!("line {line}: a quote opens here")), "{rest} {told}");
    }
    let (nodes, _) = nodes("id,kind,name_en\na,region,5\" stent\nb,region,\"\"\"B\"\"\" \n");
    assert_eq!(
        (&nodes[0]["name"]["en"], &nodes[1]["name"]["en"]),
        (&"5\" stent".into(), &"\"B\"".into())
    );
}

#[test]
fn a_header_given_twice_is_refused() {
    for headers in
        ["id,kind,name_en,aliases,aliases", "id,kind,Name EN,name-en,x", "id,kind,名称,name,x"]
    {
        let told = refused(&format!("{headers}\na,region,A,B,C\n"));
        assert!(told.contains("are both `"), "{told}");
    }
}

#[test]
fn excel_may_tell_what_parts_the_fields() {
    for (first, mark) in [("sep=;", ';'), ("\"sep=|\"", '|'), ("SEP=\t", '\t'), ("sep=,", ',')] {
        let row = |cells: [&str; 4]| cells.join(&mark.to_string());
        let rows = [row(["id", "kind", "name_en", "website"]), row(["a", "region", "A", "x,y"])];
        let rows = if mark == ',' { rows.map(|row| row.replace("x,y", "xy")) } else { rows };
        let (nodes, told) = nodes(&format!("{first}\r\n{}\r\n", rows.join("\r\n")));
        assert_eq!(nodes[0]["id"], "a", "{told}");
        assert!(!told.contains("left out"), "{told}");
    }
}

#[test]
fn a_list_of_names_resolves_its_own() {
    let (nodes, told) = nodes(
        "name,region\n高松市,\n中央病院,高松市\n中央病院,丸亀市\n中央病院,丸亀市\n丸亀市,\n高松病院,坂出市\n",
    );
    let of_kind = |kind: &str| nodes.iter().filter(|it| it["kind"] == kind).collect::<Vec<_>>();
    assert_eq!((of_kind("region").len(), of_kind("organization").len()), (2, 3), "{told}");
    let regions: Vec<&str> =
        of_kind("region").iter().map(|it| it["name"]["ja"].as_str().unwrap()).collect();
    assert_eq!(regions, ["高松市", "丸亀市"]);
    let namesakes = of_kind("organization");
    assert_eq!(namesakes[0]["region"], of_kind("region")[0]["id"]);
    assert_eq!(namesakes[1]["region"], of_kind("region")[1]["id"], "namesakes stay apart");
    for expected in [
        "1  records given again, of which the first is taken: line 5: 中央病院",
        "1  names shared by several records",
        "1  links to records outside the set, left out: line 7:",
        "3  nodes whose kind is not told",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

#[test]
fn a_name_that_several_bear_is_not_guessed_at() {
    let (nodes, told) = nodes(
        "kind,name,region,part_of\nregion,府中市,,\nregion,府中市,東京都,\nregion,東京都,,\n\
         organization,府中病院,府中市,東京都\n",
    );
    assert_eq!(nodes.len(), 4);
    assert_eq!(nodes[3]["region"], Value::Null);
    assert!(told.contains("several nodes bear, left out: line 5: 府中市"), "{told}");
    // The one that does not fit is told too.
    assert!(told.contains("their kind does not allow, left out: line 5:"), "{told}");
}

#[test]
fn headers_may_be_japanese() {
    let (nodes, told) = nodes(
        "識別子,種類,名称,名称（英語）,類型,所在,別名,所属,緯度,経度,設立,概要,出典,電話\n\
         takamatsu,地域,高松市,Takamatsu,市,,,,34.34,134.05,,,,\n\
         ,,高松病院,,病院,高松市,甲;乙,,34.3,134.0,1951/4,救急,map:1,087\n",
    );
    assert_eq!(nodes[0]["type"], "city");
    assert_eq!(nodes[0]["location"]["lat"], 34.34);
    let hospital = &nodes[1];
    assert_eq!(
        (&hospital["kind"], &hospital["type"]),
        (&"organization".into(), &"hospital".into())
    );
    assert_eq!(hospital["region"], "takamatsu");
    assert_eq!(hospital["aliases"], serde_json::json!(["甲", "乙"]));
    assert_eq!(hospital["since"], "1951-04");
    assert_eq!(hospital["summary"]["ja"], "救急");
    assert!(told.contains("columns that are not read: 電話"), "{told}");
    assert!(told.contains("line 3: lat (organization)"), "{told}");
}

#[test]
fn relations_may_name_nodes_and_kinds() {
    let at = tempfile::tempdir().unwrap();
    let (nodes, relations) = (at.path().join("n.csv"), at.path().join("r.csv"));
    fs::write(&nodes, "種類,名称\n組織,甲\n組織,乙\n役割,設計\n地域,関西\n").unwrap();
    fs::write(&relations, "関係,始点,終点,文脈,備考\n助言,甲,乙,,毎年\nを担う,甲,設計,関西,\nに担われる,設計,乙,,\nなかよし,甲,乙,,\n").unwrap();
    let (data, made) = import("csv", &[&nodes, &relations], at.path());
    assert_eq!(made.status, 0, "{}", made.err);
    let plain: Vec<Value> =
        list(&data, "relations").into_iter().filter(|it| it["derived"] != true).collect();
    let kinds: Vec<&str> = plain.iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[..3], ["advises", "plays", "plays"], "{}", made.err);
    assert_eq!(plain[0]["note"]["ja"], "毎年");
    assert!(made.err.contains("1  new kinds of relation"), "{}", made.err);
    assert!(!made.err.contains("left out"), "{}", made.err);
}

#[test]
fn what_list_writes_comes_back_the_same_or_is_told() {
    let at = tempfile::tempdir().unwrap();
    let own = at.path().join("own.yaml");
    fs::write(
        &own,
        r#"sources: [{id: s, title: "T; \"x\"", headings: ["1", "2-3"], note: {en: "a\nb"}}]
organizations:
  - id: a
    type: hospital
    name: {en: "A, B", ja: 甲}
    aliases: ['x; y', 'back\slash', 'a\; b', '"q"', '=1+1']
    summary: {ja: 要約, en: "two\nlines"}
    identifiers: {ror: "https://ror.org/1", jis: 27}
    events: [{kind: founded, date: 1900, note: {en: n}, other: b, sources: [s]}]
    claims: [{quote: "q: \\u007f", sources: ['s:9']}]
    notes: [{text: {}, basis: inferred, confidence: low}]
    sources: ['s:1; 2', s:3]
  - {id: b, name: {en: B}}
regions: [{id: r, name: {ja: 地}, indicators: [{name: {en: n}, value: 1}], location: {lat: 1, lon: 2}}]
"#,
    )
    .unwrap();
    let csv =
        |data: &str, kind: &str| medclust(["--data", data, "list", kind, "--format", "csv"]).out;
    let own = own.to_str().unwrap();
    let files: Vec<PathBuf> = ["nodes", "sources"]
        .map(|kind| {
            let path = at.path().join(format!("{kind}.csv"));
            fs::write(&path, csv(own, kind)).unwrap();
            path
        })
        .into();
    let files: Vec<&Path> = files.iter().map(|it| &**it).collect();
    let (data, made) = import("csv", &files, at.path());
    assert_eq!(made.status, 0, "{}", made.err);
    assert_eq!(made.err.lines().count(), 1, "nothing is left out: {}", made.err);
    for kind in ["nodes", "sources"] {
        let rows = |data: &str| csv(data, kind).lines().map(str::to_owned).collect::<BTreeSet<_>>();
        assert_eq!(rows(data.to_str().unwrap()), rows(own), "{kind}");
    }
}
