//! The values of tables. A cell still knows what it is: a terminal shows the name of a node, a
//! sheet its id.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::words;
use crate::graph::{Direction, Node, RelationKind};
use crate::lang::Lang;

/// A value of a table.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// No value.
    Empty,
    /// A text that is the same in every format.
    Text(Cow<'a, str>),
    /// A word of the JSON contract, and what people read for it.
    Word(String, Cow<'a, str>),
    /// A node: its id in a sheet, its name on a page.
    Node(Node<'a>),
    /// A node beside a column with its context, which the name on a page does not repeat.
    NodeIn(Node<'a>, Option<Node<'a>>),
    /// Several nodes.
    Nodes(Vec<Node<'a>>),
    /// A kind of relation: its id in a sheet, its name in this direction on a page.
    Relation(RelationKind<'a>, Direction),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// Citations; a narrow page shows only the first.
    Sources(Vec<&'a str>),
    /// A number.
    Number(f64),
    /// A share from 0 to 1: a percentage on a page.
    Share(f64),
    /// A number, and what people read for it: rounded, or as a percentage.
    Figure(f64, String),
}

/// How much room a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Enough for all.
    Ample,
    /// Only the first of several sources is shown.
    Short,
}

impl<'a> Cell<'a> {
    /// Creates a cell with a text; an empty cell for an empty text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Text(text.into())
    }

    /// Creates a cell from an optional value; an empty cell for `None`.
    pub fn maybe<T>(item: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        item.map_or(Cell::Empty, cell)
    }

    /// Creates a cell with an optional node.
    pub fn node(node: Option<Node<'a>>) -> Self {
        Cell::maybe(node, Cell::Node)
    }

    /// Creates a cell with a value as JSON spells it, the same in every format.
    pub fn spelt(item: impl Serialize) -> Self {
        Cell::Text(spelling(item).into())
    }

    /// Creates a cell with a value as JSON spells it, and what people read for it.
    pub fn word(item: impl Serialize, label: impl Into<Cow<'a, str>>) -> Self {
        Cell::Word(spelling(item), label.into())
    }

    /// Creates a cell with several texts.
    pub fn list<T: Into<Cow<'a, str>>>(items: impl IntoIterator<Item = T>) -> Self {
        Cell::List(items.into_iter().map(Into::into).collect())
    }

    /// Returns whether it is a number, which is aligned to the right.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Number(_) | Cell::Share(_) | Cell::Figure(..))
    }

    /// Returns the text in a sheet: ids and words of the JSON contract, the same in every language.
    pub fn in_sheet(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Word(key, _) => Cow::Borrowed(key),
            Cell::Node(node) | Cell::NodeIn(node, _) => Cow::Borrowed(node.id()),
            Cell::Nodes(nodes) => listed(nodes.iter().map(|node| node.id())).into(),
            Cell::Relation(kind, _) => Cow::Borrowed(kind.id()),
            Cell::List(items) => listed(items.iter().map(|item| &**item)).into(),
            Cell::Sources(sources) => listed(sources.iter().copied()).into(),
            Cell::Number(number) | Cell::Figure(number, _) => number.to_string().into(),
            Cell::Share(share) => format!("{share:.4}").into(),
        }
    }

    /// Returns the text on a page.
    pub fn on_page(&self, lang: Lang, room: Room) -> Cow<'_, str> {
        let comma = lang.pick(", ", "、");
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) | Cell::Word(_, text) => Cow::Borrowed(text),
            Cell::Node(node) => words::name_then(*node, None, lang),
            Cell::NodeIn(node, context) => words::name_then(*node, *context, lang),
            Cell::Nodes(nodes) => {
                let names: Vec<Cow<str>> =
                    nodes.iter().map(|node| words::name_then(*node, None, lang)).collect();
                names.join(comma).into()
            }
            Cell::Relation(kind, direction) => Cow::Borrowed(kind.label(*direction, lang)),
            Cell::List(items) => items.join(comma).into(),
            Cell::Sources(sources) => match (room, &sources[..]) {
                (Room::Short, [first, more @ ..]) if !more.is_empty() => {
                    format!("{first} +{}", more.len()).into()
                }
                _ => sources.join(", ").into(),
            },
            Cell::Number(number) => number.to_string().into(),
            Cell::Share(share) => words::percent(*share).into(),
            Cell::Figure(_, told) => Cow::Borrowed(told),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(text.into())
    }
}

/// Several values in one field of a sheet; a `;` of a value stands as `\;`, a backslash as `\\`.
fn listed<'i>(items: impl Iterator<Item = &'i str>) -> String {
    let escaped = items.map(|item| match item.contains([';', '\\']) {
        true => item.replace('\\', "\\\\").replace(';', "\\;").into(),
        false => Cow::Borrowed(item),
    });
    escaped.collect::<Vec<_>>().join("; ")
}

/// Returns a value as JSON spells it; empty for `null`.
pub fn spelling(item: impl Serialize) -> String {
    match super::value(item) {
        Value::String(word) => word,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
