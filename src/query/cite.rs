//! Looks up a place in a source: its lines, and the statements that cite it.

use schemars::JsonSchema;
use serde::Serialize;

use super::statement::{Statement, statements};
use crate::graph::{Graph, Source};

/// A place in a source: the whole source, some lines, or an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locator {
    /// The whole source.
    Whole,
    /// A range of lines, first and last, counted from 1.
    Lines(usize, usize),
    /// The id of an entry, or whatever else the source uses.
    Entry(String),
}

/// A place in a source, with its lines and the statements that cite it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Citation<'g> {
    /// The source.
    pub source: Source<'g>,
    /// The lines of the place; empty where the atlas does not have the text.
    pub lines: Vec<Line>,
    /// The statements that cite the place, or a part of it.
    pub statements: Vec<Statement<'g>>,
}

/// A line of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its text.
    pub text: String,
}

impl Locator {
    /// Parses a locator: `71`, `71-72`, or the id of an entry; `None` means the whole source.
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

    /// Returns whether another place is the same, or shares a line with this one.
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

/// Looks up a place; `text` is the text of the source, if the atlas has it. O(nodes + relations).
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
