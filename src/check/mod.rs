//! Finds weak spots of an atlas, with one file for each rule.
//!
//! The explanation of each code, with a bad and a good example, is read from its page in
//! `docs/checks/`, for these rules and for the faults of loading alike. The faults that keep an
//! atlas from being a graph are found by [`crate::graph`].

mod countries;
mod ends_before_it_begins;
mod explanation;
mod id_style;
mod idle_stage;
mod missing_language;
mod no_confidence;
mod orphan;
mod outside_country;
mod part_elsewhere;
mod report;
mod shared_name;
mod stated_twice;
mod subject;
mod uncited_source;
mod unsourced;

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Severity};

pub use explanation::{Example, ExampleFile, Explanation};
pub use report::{FindingView, MessageView, PlaceView, Report, contract};
pub use subject::{SourcePlaces, Subject};

/// One sort of weak spot, and how it is found.
#[derive(Debug)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// Finds every such spot, in the order of the files; linear in the size of the graph.
    find: fn(&Subject) -> Vec<Diagnostic>,
}

/// All rules, in the order of [`Code::WEAK_SPOTS`].
pub static RULES: &[&Rule] = &[
    &missing_language::RULE,
    &unsourced::RULE,
    &ends_before_it_begins::RULE,
    &idle_stage::RULE,
    &orphan::RULE,
    &shared_name::RULE,
    &stated_twice::RULE,
    &part_elsewhere::RULE,
    &no_confidence::RULE,
    &uncited_source::RULE,
    &outside_country::RULE,
    &id_style::RULE,
];

/// Which codes are left out of a run, and which count as errors.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Codes that are not looked for.
    pub allowed: HashSet<Code>,
    /// Codes that count as errors.
    pub denied: HashSet<Code>,
    /// Whether all codes count as errors.
    pub deny_warnings: bool,
}

/// Finds every weak spot that is not allowed, in the order of the files and of the lines in them.
///
/// O(n log n) for n nodes, relations and findings.
pub fn check(subject: &Subject, weights: &Weights) -> Vec<Diagnostic> {
    let asked = RULES.iter().filter(|rule| !weights.allowed.contains(&rule.code));
    let mut found: Vec<Diagnostic> = asked.flat_map(|rule| (rule.find)(subject)).collect();
    for finding in &mut found {
        if weights.deny_warnings || weights.denied.contains(&finding.code) {
            finding.severity = Severity::Error;
        }
    }
    sort(&mut found);
    found
}

/// Puts findings into the order of the files and of the lines in them.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by_key(|finding| finding.places.first().map(|place| place.origin));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weak_spot_has_its_rule() {
        let rules: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(rules, Code::WEAK_SPOTS);
    }
}
