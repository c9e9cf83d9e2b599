//! A YAML value with the positions of all its parts.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::origin::{At, Position};

/// A YAML value with the positions of all its parts.
pub enum Tree {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Seq(Vec<At<Tree>>),
    Map(Vec<(At<String>, At<Tree>)>),
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
            fn visit_none<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Tree, D::Error> {
                Tree::deserialize(value)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Integer(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                Ok(i64::try_from(value).map_or(Tree::Float(value as f64), Tree::Integer))
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
    /// What sort of value it is, in English and Japanese.
    pub fn describe(&self) -> (&'static str, &'static str) {
        match self {
            Tree::Null => ("nothing", "空"),
            Tree::Bool(_) => ("true or false", "真偽値"),
            Tree::Integer(_) | Tree::Float(_) => ("a number", "数"),
            Tree::Text(_) => ("a text", "文字列"),
            Tree::Seq(_) => ("a list", "リスト"),
            Tree::Map(_) => ("a mapping", "マッピング"),
        }
    }

    /// Removes the field of a mapping in which `position` lies, and tells its name.
    pub fn drop_field_at(&mut self, position: Position) -> Option<String> {
        let Tree::Map(fields) = self else { return None };
        let at = fields.iter().rposition(|(name, _)| name.position <= position)?;
        Some(fields.remove(at).0.value)
    }
}
