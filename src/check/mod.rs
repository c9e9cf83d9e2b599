//! Weak spots of an atlas: rules over a graph that exists, one file each.
//!
//! Owns what every code means, with a bad and a good example, for its rules and for the faults of
//! loading alike. What keeps an atlas from being a graph is [`crate::graph`]'s to find.

mod countries;
mod ends_before_it_begins;
mod explanation;
mod faults;
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

pub use explanation::{Example, Explanation};
pub use report::{FindingView, MessageView, PlaceView, Report, contract};
pub use subject::{SourcePlaces, Subject};

/// One sort of weak spot: what it means, and how it is found.
#[derive(Debug)]
pub struct Rule {
    /// What its code means.
    pub explanation: Explanation,
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

/// What every code means: the faults of loading first, then the rules.
pub fn explanations() -> impl Iterator<Item = &'static Explanation> {
    let rules = RULES.iter().map(|rule| &rule.explanation);
    faults::form::EXPLANATIONS.iter().chain(faults::sense::EXPLANATIONS).chain(rules)
}

/// What a code means.
///
/// # Panics
/// Where a code has no explanation, which a test rules out.
pub fn explain(code: Code) -> &'static Explanation {
    explanations().find(|explanation| explanation.code == code).expect("every code is explained")
}

/// How much the codes weigh in one run.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// These are not looked for.
    pub allowed: HashSet<Code>,
    /// These count as errors.
    pub denied: HashSet<Code>,
    /// All count as errors.
    pub deny_warnings: bool,
}

/// Finds every weak spot that is not allowed, in the order of the files and of the lines in them.
///
/// O(n log n) for n nodes, relations and findings.
pub fn check(subject: &Subject, weights: &Weights) -> Vec<Diagnostic> {
    let asked = RULES.iter().filter(|rule| !weights.allowed.contains(&rule.explanation.code));
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
    fn every_code_is_explained_once_and_in_order() {
        let explained: Vec<Code> = explanations().map(|explanation| explanation.code).collect();
        assert_eq!(explained, Code::ALL);
        let rules: Vec<Code> = RULES.iter().map(|rule| rule.explanation.code).collect();
        assert_eq!(rules, Code::WEAK_SPOTS);
    }
}
