//! YAML values with the positions of all their parts.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::origin::Position;

/// A value and its position.
pub struct Node {
    pub tree: Tree,
    /// Its position; for an alias, that of the alias.
    pub position: Position,
    /// The byte range of the text that it was parsed from.
    pub written: Range<usize>,
}

/// A YAML value.
pub enum Tree {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    Seq(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// A value that did not fit and was reported.
    Gone,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, referenced, defined } = Spanned::<Tree>::deserialize(deserializer)?;
        let position =
            Position { line: referenced.line() as u32, column: referenced.column() as u32 };
        let start = defined.span().byte_offset().unwrap_or_default() as usize;
        let length = defined.span().byte_len().unwrap_or_default() as usize;
        Ok(Node { tree: value, position, written: start..start + length })
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Tree;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a YAML value")
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Integer(value.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                Ok(Tree::Integer(value.into()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
                Ok(Tree::Float(value))
            }
            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Tree::Seq(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Tree::Map(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl Tree {
    /// Returns the name of its type, in English and Japanese.
    pub fn describe(&self) -> (&'static str, &'static str) {
        match self {
            Tree::Null | Tree::Gone => ("nothing", "空"),
            Tree::Bool(_) => ("true or false", "真偽値"),
            Tree::Integer(_) | Tree::Float(_) => ("a number", "数"),
            Tree::Text(_) => ("a text", "文字列"),
            Tree::Seq(_) => ("a list", "リスト"),
            Tree::Map(_) => ("a mapping", "マッピング"),
        }
    }
}

impl Node {
    /// Returns the text of a scalar where a text is expected: a number is returned as it is
    /// written.
    pub fn text<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        match &self.tree {
            Tree::Text(text) => Some(text),
            Tree::Bool(_) | Tree::Integer(_) | Tree::Float(_) => {
                let (before, written) = (text.get(..self.written.start)?, self.written.clone());
                // A tag such as `!!int` asks for a number and nothing else.
                let mut properties = before.trim_end().rsplit([' ', '\t', '\n', '[', ',']);
                let is_tagged = properties.by_ref().map_while(|it| match it.chars().next() {
                    Some('!') => Some(true),
                    Some('&') => Some(false),
                    _ => None,
                });
                if is_tagged.into_iter().any(|is_tag| is_tag) { None } else { text.get(written) }
            }
            _ => None,
        }
    }

    /// Returns the part at the end of a path of entry and item numbers.
    pub fn part(&mut self, path: &[usize]) -> &mut Node {
        path.iter().fold(self, |node, at| match &mut node.tree {
            Tree::Seq(items) => &mut items[*at],
            Tree::Map(entries) => &mut entries[*at].1,
            _ => unreachable!("paths lead through lists and mappings"),
        })
    }

    /// Returns whether a field of the mapping did not fit and was removed.
    pub fn has_lost(&self, field: &str) -> bool {
        let Tree::Map(entries) = &self.tree else { return false };
        let is_field = |key: &Node| matches!(&key.tree, Tree::Text(name) if name == field);
        entries.iter().any(|(key, value)| is_field(key) && matches!(value.tree, Tree::Gone))
    }
}
