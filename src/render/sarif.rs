//! Writes findings as SARIF 2.1.0 (OASIS), as far as GitHub code scanning and editors read it.

use serde::Serialize;
use serde_json::Value;

use super::value;
use crate::check::{Explanation, Report};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::lang::Lang;
use crate::origin::{Files, Origin};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the findings as one run; texts are in `lang`.
pub fn log(report: &Report, lang: Lang) -> Value {
    let placed = |finding: &&Diagnostic| !finding.places.is_empty();
    let (results, notes): (Vec<_>, Vec<_>) = report.findings.iter().partition(placed);
    let notes = notes.into_iter().map(|finding| Notification::new(finding, lang)).collect();
    let results = results.into_iter().map(|it| Outcome::new(it, report.files, lang)).collect();
    written(driver(lang), notes, results, lang)
}

/// A finding against a rule of a policy.
pub struct Breach {
    /// The number of the rule.
    pub rule: usize,
    /// What was found.
    pub text: String,
    /// Where the rule stands.
    pub origin: Origin,
    /// How many characters of it are marked.
    pub length: usize,
}

/// Writes what falls short of a policy as one run: its rules, by id and title, and the findings.
pub fn policy(
    rules: Vec<(&str, String)>,
    breaches: impl Iterator<Item = Breach>,
    files: &Files,
    lang: Lang,
) -> Value {
    let ids: Vec<String> = rules.iter().map(|(id, _)| (*id).to_owned()).collect();
    let rules = rules.into_iter().map(|(id, title)| Rule {
        id: id.to_owned(),
        short_description: Text::new(title.clone()),
        full_description: Text::new(title.clone()),
        help: Text::new(title),
        default_configuration: Configuration { level: "error" },
    });
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        rules: rules.collect(),
    };
    let results = breaches.map(|breach| {
        let length = u32::try_from(breach.length).unwrap_or(u32::MAX);
        let place = Place { origin: breach.origin, length, label: None };
        Outcome {
            rule_id: ids[breach.rule].clone(),
            rule_index: breach.rule,
            level: "error",
            message: Text::new(breach.text),
            locations: vec![Location::new(&place, files, lang)],
            related_locations: Vec::new(),
        }
    });
    written(driver, Vec::new(), results.collect(), lang)
}

fn written(driver: Driver, notes: Vec<Notification>, results: Vec<Outcome>, lang: Lang) -> Value {
    value(Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            language: lang.pick("en", "ja"),
            // Columns count characters, not units of UTF-16.
            column_kind: "unicodeCodePoints",
            invocations: [Invocation {
                execution_successful: notes.is_empty(),
                tool_execution_notifications: notes,
            }],
            results,
        }],
    })
}

fn driver(lang: Lang) -> Driver {
    let rules = Explanation::all().map(|explanation| Rule {
        id: explanation.code.as_str().to_owned(),
        short_description: Text::new(explanation.code.as_str().replace('-', " ")),
        full_description: Text::new(explanation.meaning.in_lang(lang)),
        help: Text::new(format!(
            "{}\n\nmedclust check --explain {}",
            explanation.meaning.in_lang(lang),
            explanation.code
        )),
        default_configuration: Configuration { level: explanation.severity().as_str() },
    });
    Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        rules: rules.collect(),
    }
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn new(text: impl Into<String>) -> Self {
        Text { text: text.into() }
    }

    /// What is wrong, and what to do about it.
    fn of(finding: &Diagnostic, lang: Lang) -> Self {
        let message = finding.message.in_lang(lang);
        match &finding.hint {
            Some(hint) => Text::new(format!("{message}\n{}", hint.in_lang(lang))),
            None => Text::new(message),
        }
    }
}

/// How the run went: a finding without a place has no location, which code scanning demands of a
/// result, and is told here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    #[serde(rename = "associatedRule")]
    rule: RuleReference,
}

#[derive(Serialize)]
struct RuleReference {
    id: &'static str,
}

impl Notification {
    fn new(finding: &Diagnostic, lang: Lang) -> Self {
        Notification {
            level: finding.severity.as_str(),
            message: Text::of(finding, lang),
            rule: RuleReference { id: finding.code.as_str() },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

impl Outcome {
    fn new(finding: &Diagnostic, files: &Files, lang: Lang) -> Self {
        let is_this = |code| code == finding.code;
        let mut places = finding.places.iter().map(|place| Location::new(place, files, lang));
        Outcome {
            rule_id: finding.code.as_str().to_owned(),
            rule_index: Code::ALL.iter().position(|code| is_this(*code)).unwrap_or_default(),
            level: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: Text::of(finding, lang),
            locations: places.by_ref().take(1).collect(),
            related_locations: places.collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

impl Location {
    fn new(place: &Place, files: &Files, lang: Lang) -> Self {
        let position = place.origin.position;
        let region = Region {
            start_line: position.line,
            start_column: position.column.max(1),
            end_column: position.column.max(1) + place.length.max(1),
        };
        Location {
            physical_location: PhysicalLocation {
                artifact_location: Artifact { uri: uri(&files.file(place.origin.file).path) },
                region: (position.line > 0).then_some(region),
            },
            message: place.label.as_ref().map(|label| Text::new(label.in_lang(lang))),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_column: u32,
}

/// A path as a URI reference (RFC 3986): relative ones stay relative, to the root of the repository.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("./data/a b.yaml"), "data/a%20b.yaml");
        assert_eq!(uri("データ/x#1.yaml"), "%E3%83%87%E3%83%BC%E3%82%BF/x%231.yaml");
        assert_eq!(uri("/tmp/atlas.yaml"), "file:///tmp/atlas.yaml");
        assert_eq!(uri("data\\regions.yaml"), "data/regions.yaml");
    }
}
