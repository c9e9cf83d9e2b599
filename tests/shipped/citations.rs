//! What the atlas cites, against the text of the slides.

use std::collections::BTreeSet;

use medclust::graph::Graph;
use medclust::model::Basis;

use crate::harness::{shipped, slides};

const SOURCE: &str = include_str!("../../data/five-slides.txt");

/// The lines of each slide, first and last, from 1.
const SLIDES: [(&str, usize, usize); 5] = [
    ("world-map", 1, 47),
    ("minnesota-map", 48, 113),
    ("training-slide", 114, 150),
    ("super-tokku-map", 154, 328),
    ("hub-slide", 329, 423),
];

/// A statement of the atlas: what it is, its basis where it has one, and what it cites.
struct Statement<'g> {
    what: String,
    basis: Option<Basis>,
    sources: Vec<&'g str>,
}

/// Every statement that is written in a file; what is derived stands in none.
fn statements(graph: &Graph) -> Vec<Statement<'_>> {
    let mut all = Vec::new();
    let mut add =
        |what: String, basis, sources: Vec<_>| all.push(Statement { what, basis, sources });
    for node in graph.nodes().filter(|node| node.generic().is_none()) {
        let (id, record) = (node.id(), node.record());
        macro_rules! cited {
            ($sources:expr) => {
                $sources.iter().map(|citation| &*citation.value.0).collect()
            };
        }
        add(format!("node {id}"), Some(record.basis), cited!(record.sources));
        for indicator in &record.indicators {
            add(format!("indicator of {id}"), Some(indicator.basis), cited!(indicator.sources));
        }
        for claim in &record.claims {
            add(format!("claim on {id}"), Some(claim.basis), cited!(claim.sources));
        }
        for note in &record.notes {
            add(format!("note on {id}"), Some(note.basis), cited!(note.sources));
        }
        for addition in node.additions() {
            let sources = addition.citations().collect();
            add(format!("addition to {id}"), Some(addition.basis), sources);
        }
        for event in &record.events {
            add(format!("event of {id}"), Some(event.basis), cited!(event.sources));
        }
    }
    for relation in graph.relations().filter(|relation| !relation.is_derived()) {
        let sources = relation.sources().collect();
        add(format!("relation {relation:?}"), Some(relation.basis()), sources);
    }
    all
}

/// The slide and the lines of a citation; none where it cites no slide.
fn lines_of(citation: &str) -> Option<(&str, Vec<usize>)> {
    let (source, locator) = citation.split_once(':').unwrap_or((citation, ""));
    SLIDES.iter().find(|(slide, ..)| *slide == source)?;
    let number = |text: &str| text.parse::<usize>().unwrap_or_else(|_| panic!("{citation}"));
    let lines = match locator.split_once('-') {
        Some((first, last)) => (number(first)..=number(last)).collect(),
        None => vec![number(locator)],
    };
    assert!(!lines.is_empty(), "{citation} runs backwards");
    Some((source, lines))
}

fn line(number: usize) -> &'static str {
    SOURCE.lines().nth(number - 1).unwrap_or_else(|| panic!("the source has no line {number}"))
}

#[test]
fn every_line_of_the_source_is_cited_or_a_heading() {
    let graph = slides();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for statement in statements(&graph) {
        let lines = statement.sources.iter().filter_map(|citation| lines_of(citation));
        told.extend(lines.flat_map(|(_, lines)| lines));
    }
    assert!(told.len() > 250, "{}", told.len());
    for source in graph.sources() {
        for heading in &source.record().headings {
            let (_, lines) = lines_of(&format!("{}:{heading}", source.id()))
                .map(|(slide, lines)| (slide.to_owned(), lines))
                .expect("headings are lines of slides");
            assert!(lines.iter().all(|number| !line(*number).trim().is_empty()), "{heading}");
            told.extend(lines);
        }
    }
    let written = (1..).zip(SOURCE.lines()).filter(|(_, line)| !line.trim().is_empty());
    let lost: Vec<_> = written.filter(|(number, _)| !told.contains(number)).collect();
    assert!(lost.is_empty(), "neither cited nor a heading: {lost:#?}");
}

#[test]
fn every_locator_lies_in_its_slide() {
    let graph = slides();
    for statement in statements(&graph) {
        for (slide, lines) in statement.sources.iter().filter_map(|citation| lines_of(citation)) {
            let (_, first, last) = SLIDES.iter().find(|(it, ..)| *it == slide).unwrap();
            let (what, inside) = (&statement.what, *first..=*last);
            assert!(lines.iter().all(|line| inside.contains(line)), "{what}: {slide} {lines:?}");
            let written = lines.iter().any(|number| !line(*number).trim().is_empty());
            assert!(written, "{what}: {slide} {lines:?} are blank");
        }
    }
}

#[test]
fn the_source_layer_cites_slides_alone_and_nothing_curated() {
    for statement in statements(&slides()) {
        let Statement { what, basis, sources } = &statement;
        assert_ne!(*basis, Some(Basis::Curated), "{what}");
        let is_slide = |citation: &&str| lines_of(citation).is_some();
        assert!(!sources.is_empty() && sources.iter().all(is_slide), "{what}: {sources:?}");
    }
}

#[test]
fn what_is_curated_cites_a_source_with_an_address_or_says_that_it_is_known() {
    let graph = shipped();
    let is_told = |citation: &&str| {
        let (id, _) = citation.split_once(':').unwrap_or((citation, ""));
        let source = graph.sources().find(|source| source.id() == id).expect(id).record();
        let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        id == "general-knowledge" || source.url.as_deref().is_some_and(is_web)
    };
    let mut curated = 0;
    for Statement { what, basis, sources } in statements(&graph) {
        if basis == Some(Basis::Curated) {
            assert!(sources.iter().any(is_told), "{what}: {sources:?}");
            curated += 1;
        }
    }
    assert!(curated > 500, "{curated}");
}

#[test]
fn every_address_was_looked_up_at_a_time_that_is_told() {
    let graph = shipped();
    let records = graph.sources().map(|source| source.record());
    let silent: Vec<&str> = records
        .filter(|it| it.url.is_some() && it.checked.is_none())
        .map(|it| it.id.value.as_str())
        .collect();
    assert_eq!(silent, Vec::<&str>::new());
}

#[test]
fn every_inference_says_how_sure_it_is() {
    let graph = shipped();
    for relation in graph.relations().filter(|relation| relation.basis() == Basis::Inferred) {
        assert!(relation.confidence().is_some(), "{relation:?}");
    }
    for node in graph.nodes().filter(|node| node.record().basis == Basis::Inferred) {
        assert!(node.record().confidence.is_some(), "{node:?}");
    }
}

#[test]
fn every_claim_and_title_is_quoted_word_for_word() {
    let squeeze = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let graph = slides();
    let mut claims = 0;
    for node in graph.nodes() {
        for claim in &node.record().claims {
            let citations = claim.sources.iter().map(|citation| &*citation.value.0);
            let cited: String =
                citations.filter_map(lines_of).flat_map(|(_, lines)| lines).map(line).collect();
            let quote = claim.quote.trim_matches(['「', '」']);
            assert!(squeeze(&cited).contains(&squeeze(quote)), "{node:?}: {quote} in {cited}");
            claims += 1;
        }
    }
    assert!(claims >= 3, "{claims}");
    for (slide, first, last) in SLIDES {
        let text: String = (first..=last).map(line).collect();
        let source = graph.sources().find(|source| source.id() == slide).expect(slide);
        let title = source.record().title.as_deref().expect(slide);
        assert!(squeeze(&text).contains(&squeeze(title)), "{slide}: {title}");
    }
}
