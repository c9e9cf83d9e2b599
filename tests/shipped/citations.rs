//! What the atlas cites, against the text of the slides.

use std::collections::BTreeSet;

use medclust::graph::Graph;
use medclust::model::Basis;

use crate::harness::shipped;

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
            add(format!("indicator of {id}"), None, cited!(indicator.sources));
        }
        for claim in &record.claims {
            add(format!("claim on {id}"), None, cited!(claim.sources));
        }
        for note in &record.notes {
            add(format!("note on {id}"), Some(note.basis), cited!(note.sources));
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
    let graph = shipped();
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
    let graph = shipped();
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
fn what_is_stated_cites_a_slide_and_what_is_curated_something_else() {
    for statement in statements(&shipped()) {
        let slides =
            statement.sources.iter().filter(|citation| lines_of(citation).is_some()).count();
        let Statement { what, basis, sources } = &statement;
        assert!(!sources.is_empty(), "{what} cites nothing");
        match basis {
            Some(Basis::Stated | Basis::Inferred) => assert!(slides > 0, "{what}: {sources:?}"),
            Some(Basis::Curated) => assert!(slides < sources.len(), "{what}: {sources:?}"),
            None => {}
        }
    }
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
    let graph = shipped();
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
