//! What a source says at a place, and which statements rest on it.

use schemars::JsonSchema;
use serde::Serialize;

use super::statement::{Statement, statements};
use crate::graph::{Graph, Source};

/// A place in a source: all of it, some of its lines, or what the source itself calls a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locator {
    /// The whole source.
    Whole,
    /// Lines, from the first to the last, from 1.
    Lines(usize, usize),
    /// Anything else, such as the id of an entry.
    Entry(String),
}

/// What a source says at a place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Citation<'g> {
    /// The source.
    pub source: Source<'g>,
    /// The lines there; none where the atlas does not hold the text.
    pub lines: Vec<Line>,
    /// The statements that cite the place, or a part of it.
    pub statements: Vec<Statement<'g>>,
}

/// A line of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// What it says.
    pub text: String,
}

impl Locator {
    /// Reads a locator: `71`, `71-72`, or the id of an entry; nothing means the whole source.
    pub fn read(text: Option<&str>) -> Self {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Locator::Whole;
        };
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        match (first.parse(), last.parse()) {
            (Ok(first), Ok(last)) if first <= last => Locator::Lines(first, last),
            _ => Locator::Entry(text.to_owned()),
        }
    }

    /// Returns whether a place is this one, or shares a line with it.
    pub fn meets(&self, other: &Locator) -> bool {
        match (self, other) {
            (Locator::Whole, _) => true,
            (Locator::Lines(first, last), Locator::Lines(from, to)) => first <= to && from <= last,
            _ => self == other,
        }
    }

    /// Whether a line, from 1, is in the place.
    fn has(&self, line: usize) -> bool {
        self.meets(&Locator::Lines(line, line))
    }
}

/// Looks a place up; `text` is that of the source, where the atlas holds it. O(nodes + relations).
pub fn cite<'g>(
    graph: &'g Graph,
    source: Source<'g>,
    locator: &Locator,
    text: Option<&str>,
) -> Citation<'g> {
    let is_cited = |citation: &&str| {
        let (id, place) =
            citation.split_once(':').map_or((*citation, None), |(id, it)| (id, Some(it)));
        id == source.id() && locator.meets(&Locator::read(place))
    };
    let lines = (1..).zip(text.unwrap_or_default().lines());
    let lines = lines.map(|(number, text)| Line { number, text: text.to_owned() });
    // A text may hold several sources: of the whole of one, the lines that statements cite are told.
    let cited: Vec<Locator> = match locator {
        Locator::Whole => statements(graph)
            .flat_map(Statement::sources)
            .filter(is_cited)
            .map(|citation| Locator::read(citation.split_once(':').map(|(_, place)| place)))
            .filter(|place| *place != Locator::Whole)
            .collect(),
        place => vec![place.clone()],
    };
    Citation {
        source,
        lines: lines.filter(|line| cited.iter().any(|it| it.has(line.number))).collect(),
        statements: statements(graph).filter(|it| it.sources().iter().any(&is_cited)).collect(),
    }
}
