//! Full-text search in what an atlas says about its nodes, besides their names, and in the cited
//! lines of sources.

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use super::cite::Locator;
use super::statement::{Statement, of_relations, on_nodes, statements};
use crate::graph::{Direction, Graph, Node, RelationKind, fold, has_word, is_acronym};
use crate::model::Text;

/// The place of a passage, the closest to the node first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Its summary.
    Summary,
    /// A remark on it, on an event, or on a relation that starts at it.
    Note,
    /// What a source claims of it.
    Claim,
    /// The name of a figure.
    Indicator,
    /// What a relation of it is called, with its ends.
    Relation,
    /// A line of a source that it, or a statement on it, cites.
    Line,
}

/// A passage that contains a text.
#[derive(Clone, Debug)]
pub struct Passage<'g> {
    /// The node that it is about.
    pub node: Node<'g>,
    /// The place in which it was found.
    pub field: Field,
    /// The sentence.
    pub text: Cow<'g, str>,
    /// What it cites; of a line of a source, the place of the line.
    pub source: Option<Cow<'g, str>>,
}

/// A source's text, with the source's id.
pub type SourceText<'g> = (&'g str, Rc<str>);

/// Finds the passages that contain a text after folding, the closest one of each node; none for a
/// blank text.
///
/// O(length of all texts).
pub fn passages<'g>(graph: &'g Graph, text: &str, sources: &[SourceText<'g>]) -> Vec<Passage<'g>> {
    let key = fold(text);
    if key.is_empty() {
        return Vec::new();
    }
    let names = |kind: RelationKind<'g>| [kind.name(), kind.inverse(), kind.short_text()];
    let is_called = |name: &str| fold(name).contains(&key);
    // Every relation of a kind is called alike.
    let called: HashSet<u16> = graph
        .relation_kinds()
        .filter(|kind| names(*kind).iter().flat_map(|name| name.both()).any(is_called))
        .map(RelationKind::index)
        .collect();
    // Most nodes and relations have no sentences: they are passed over without their records being read.
    let told = graph.relations().filter(|it| it.has_note() || called.contains(&it.kind().index()));
    let mut found: Vec<Passage> = on_nodes(graph.nodes().filter(|it| it.has_prose()))
        .chain(of_relations(told))
        .chain(graph.denials().map(|denial| Statement::Denial { denial }))
        .flat_map(|it| said(it, &key, &called))
        .collect();
    found.extend(lines(graph, &key, sources));
    if is_acronym(text.trim()) {
        found.retain(|it| has_word(&it.text, &key));
    }
    found.sort_by(|one, other| {
        (one.field, one.node.index()).cmp(&(other.field, other.node.index()))
    });
    let mut seen = HashSet::new();
    found.retain(|passage| seen.insert(passage.node));
    found
}

/// The passages of one statement.
fn said<'g>(statement: Statement<'g>, key: &str, called: &HashSet<u16>) -> Vec<Passage<'g>> {
    let source = || statement.sources().first().map(|source| Cow::Borrowed(*source));
    let in_text = |node, field, text: &'g Text| {
        let text = text.both().find_map(|text| sentence(text, key))?;
        Some(Passage { node, field, text: text.into(), source: source() })
    };
    let found = match statement {
        Statement::Node { node } => [in_text(node, Field::Summary, &node.record().summary), None],
        Statement::Relation { relation } => {
            [in_text(relation.from(), Field::Note, relation.note()), named(statement, key, called)]
        }
        Statement::Denial { denial } => [in_text(denial.node(), Field::Note, denial.note()), None],
        Statement::Event { node, event } => [in_text(node, Field::Note, &event.note), None],
        Statement::Note { node, note } => [in_text(node, Field::Note, &note.text), None],
        Statement::Addition { .. } => [None, None],
        Statement::Indicator { node, indicator } => {
            [in_text(node, Field::Indicator, &indicator.name), None]
        }
        Statement::Claim { node, claim } => {
            let quote = sentence(&claim.quote, key).map(|text| Passage {
                node,
                field: Field::Claim,
                text: text.into(),
                source: source(),
            });
            [quote, in_text(node, Field::Claim, &claim.note)]
        }
    };
    found.into_iter().flatten().collect()
}

/// A relation whose kind is called so.
fn named<'g>(statement: Statement<'g>, key: &str, called: &HashSet<u16>) -> Option<Passage<'g>> {
    let Statement::Relation { relation } = statement else { return None };
    let kind = relation.kind();
    if !called.contains(&kind.index()) {
        return None;
    }
    let lang = match key.is_ascii() {
        true => crate::lang::Lang::En,
        false => crate::lang::Lang::Ja,
    };
    let [from, to] = [relation.from(), relation.to()].map(|node| node.name(lang));
    let label = kind.label(Direction::Forward, lang);
    let text = lang.pick(format!("{from} {label} {to}"), format!("{from}は{to}{label}"));
    let source = relation.sources().next().map(Cow::Borrowed);
    Some(Passage { node: relation.from(), field: Field::Relation, text: text.into(), source })
}

/// The cited lines, for each node that a citing statement speaks of.
fn lines<'g>(graph: &'g Graph, key: &str, sources: &[SourceText<'g>]) -> Vec<Passage<'g>> {
    let mut hits: Vec<(&str, usize, &str)> = Vec::new();
    for (id, text) in sources {
        let numbered = (1..).zip(text.lines());
        let hit = numbered.filter(|(_, line)| fold(line).contains(key));
        hits.extend(hit.map(|(number, line)| (*id, number, line.trim())));
    }
    if hits.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for statement in statements(graph) {
        for citation in statement.sources() {
            let Some((id, place)) = citation.split_once(':') else { continue };
            let place = Locator::read(Some(place));
            let hit = hits.iter().find(|(source, number, _)| {
                *source == id && place.meets(&Locator::Lines(*number, *number))
            });
            if let Some((_, number, line)) = hit {
                found.push(Passage {
                    node: statement.subject(),
                    field: Field::Line,
                    text: (*line).to_owned().into(),
                    source: Some(format!("{id}:{number}").into()),
                });
            }
        }
    }
    found
}

/// The sentence of a text that contains a key after folding; the whole text where it runs over its end.
fn sentence<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    if !fold(text).contains(key) {
        return None;
    }
    let ends = ['。', ';', '；', '\n'];
    let sentences = text.split_inclusive(ends).flat_map(|part| part.split_inclusive(". "));
    Some(sentences.map(str::trim).find(|it| fold(it).contains(key)).unwrap_or(text.trim()))
}
