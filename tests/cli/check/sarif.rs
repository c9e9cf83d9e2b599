//! SARIF by the essentials of its schema, and by what code scanning demands beyond it.

use medclust::diagnostic::Code;
use serde_json::Value;

use super::WEAK;
use crate::harness::{Folder, each, medclust, text};

fn log(arguments: &[&str]) -> Value {
    let run = medclust(["check", "--format", "sarif"].iter().chain(arguments));
    let log = run.json();
    assert_eq!(text(&log, "/version"), "2.1.0");
    assert!(text(&log, "/$schema").ends_with("sarif-schema-2.1.0.json"));
    assert_eq!(log["runs"].as_array().map(Vec::len), Some(1));
    log["runs"][0].clone()
}

fn number(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("{pointer} in {value}"))
}

#[test]
fn the_tool_describes_every_code() {
    let run = log(&["builtin"]);
    assert_eq!(text(&run, "/tool/driver/name"), "medclust");
    let rules = &run["tool"]["driver"]["rules"];
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(each(rules, "/id"), codes);
    for rule in rules.as_array().unwrap() {
        for pointer in ["/shortDescription/text", "/fullDescription/text", "/help/text"] {
            assert!(!text(rule, pointer).is_empty());
        }
        assert!(["error", "warning"].contains(&text(rule, "/defaultConfiguration/level")));
    }
}

#[test]
fn every_result_has_its_rule_its_level_and_one_place() {
    let folder = Folder::with("a b.yaml", WEAK);
    let run = log(&[folder.typed(), "--deny", "unsourced"]);
    assert_eq!(text(&run, "/columnKind"), "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 6);
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][number(result, "/ruleIndex") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let is_denied = text(result, "/ruleId") == "unsourced";
        assert_eq!(text(result, "/level"), if is_denied { "error" } else { "warning" });
        assert!(!text(result, "/message/text").is_empty());
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1));
        let uri = text(result, "/locations/0/physicalLocation/artifactLocation/uri");
        assert!(uri.starts_with("file:///") && uri.ends_with("/a%20b.yaml"), "{uri}");
        let region = "/locations/0/physicalLocation/region";
        let column = number(result, &format!("{region}/startColumn"));
        assert!(number(result, &format!("{region}/startLine")) >= 1 && column >= 1);
        assert!(number(result, &format!("{region}/endColumn")) > column);
    }
}

#[test]
fn further_places_are_related() {
    let twins =
        "roles:\n  - {id: a, name: {en: Twin, ja: 双子}}\n  - {id: b, name: {en: twin, ja: 二}}\n";
    let folder = Folder::with("atlas.yaml", twins);
    let run = log(&[folder.typed(), "--allow", "unsourced,orphan"]);
    let result = &run["results"][0];
    assert_eq!(text(result, "/ruleId"), "shared-name");
    let line = |of: &str| number(result, &format!("/{of}/0/physicalLocation/region/startLine"));
    assert_eq!((line("locations"), line("relatedLocations")), (3, 2));
    assert!(!text(result, "/relatedLocations/0/message/text").is_empty());
}

#[test]
fn what_has_no_place_is_told_of_the_run() {
    // Code scanning refuses a result without a location.
    let run = log(&["no-such-folder"]);
    assert_eq!(run["results"].as_array().map(Vec::len), Some(0));
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let note = &invocation["toolExecutionNotifications"][0];
    assert_eq!(text(note, "/associatedRule/id"), "unreadable");
    assert_eq!(text(note, "/level"), "error");
}
