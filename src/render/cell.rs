//! One value of a table, which still knows what it is: a terminal shows a name where a sheet takes an id.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::words;
use crate::graph::{Direction, Node, RelationKind};
use crate::lang::Lang;

/// A value of a table.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// Nothing to tell.
    Empty,
    /// A text that is the same in every format.
    Text(Cow<'a, str>),
    /// A word of the contract, and what people read for it.
    Word(String, Cow<'a, str>),
    /// A node: its id in a sheet, its name on a page.
    Node(Node<'a>),
    /// A node beside a column that tells its context: the name on a page does not repeat it.
    NodeIn(Node<'a>, Option<Node<'a>>),
    /// Several nodes.
    Nodes(Vec<Node<'a>>),
    /// A kind of relation: its id in a sheet, what it is called in this direction on a page.
    Relation(RelationKind<'a>, Direction),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// What says so; a page tells the first where room is short.
    Sources(Vec<&'a str>),
    /// A figure.
    Number(f64),
    /// A part of a whole, from 0 to 1: a percentage on a page.
    Share(f64),
    /// A figure, and how people read it: rounded, or as a percentage.
    Figure(f64, String),
}

/// How much room a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Enough for all.
    Ample,
    /// Several sources are told by the first.
    Short,
}

impl<'a> Cell<'a> {
    /// A text; nothing where it is empty.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Text(text.into())
    }

    /// Returns what is there, or nothing.
    pub fn maybe<T>(item: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        item.map_or(Cell::Empty, cell)
    }

    /// A node that may not be there.
    pub fn node(node: Option<Node<'a>>) -> Self {
        Cell::maybe(node, Cell::Node)
    }

    /// A value as the JSON contract spells it, the same in every format.
    pub fn spelt(item: impl Serialize) -> Self {
        Cell::Text(spelling(item).into())
    }

    /// A value as the JSON contract spells it, and what people read for it.
    pub fn word(item: impl Serialize, label: impl Into<Cow<'a, str>>) -> Self {
        Cell::Word(spelling(item), label.into())
    }

    /// Several texts.
    pub fn list<T: Into<Cow<'a, str>>>(items: impl IntoIterator<Item = T>) -> Self {
        Cell::List(items.into_iter().map(Into::into).collect())
    }

    /// Returns whether it is a figure, which stands at the right of its column.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Number(_) | Cell::Share(_) | Cell::Figure(..))
    }

    /// Returns what a sheet holds: ids and words of the contract, the same in every language.
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

    /// Returns what people read.
    pub fn on_page(&self, lang: Lang, room: Room) -> Cow<'_, str> {
        let comma = lang.pick(", ", "、");
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) | Cell::Word(_, text) => Cow::Borrowed(text),
            Cell::Node(node) => words::name_then(*node, None, lang),
            Cell::NodeIn(node, context) => words::name_then(*node, *context, lang),
            Cell::Nodes(nodes) => {
                let names: Vec<&str> = nodes.iter().map(|node| node.name(lang)).collect();
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

/// A value as the JSON contract spells it; empty where there is none.
pub fn spelling(item: impl Serialize) -> String {
    match super::value(item) {
        Value::String(word) => word,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
