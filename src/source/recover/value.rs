//! A serde deserializer over a [`Tree`] that keeps positions.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::Decoder;
use super::error::Error;
use super::tree::{Node, Tree};
use crate::origin::POSITIONED;

/// A value that is being deserialized into a record.
#[derive(Clone, Copy)]
pub struct Value<'t> {
    pub node: &'t Node,
    pub decoder: &'t Decoder<'t>,
}

impl<'t> Value<'t> {
    fn text<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.text(self.decoder.text) {
            Some(text) => visitor.visit_str(text),
            None => Err(Error::wrong_type(&self.node.tree, "a text")),
        }
    }

    fn map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let Tree::Map(entries) = &self.node.tree else {
            return self.deserialize_any(visitor);
        };
        visitor.visit_map(Entries { entries, next: 0, known: None, decoder: self.decoder })
    }
}

impl<'t> Deserializer<'t> for Value<'t> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.tree {
            Tree::Null | Tree::Gone => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Integer(value) => match (i64::try_from(*value), u64::try_from(*value)) {
                (_, Ok(value)) => visitor.visit_u64(value),
                (Ok(value), _) => visitor.visit_i64(value),
                _ => visitor.visit_f64(*value as f64),
            },
            Tree::Float(value) => visitor.visit_f64(*value),
            Tree::Text(text) => visitor.visit_str(text),
            Tree::Seq(items) => visitor.visit_seq(Items { items, next: 0, decoder: self.decoder }),
            Tree::Map(_) => self.map(visitor),
        }
        .map_err(|error| error.or_at(self.node))
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor).map_err(|error| error.or_at(self.node))
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.tree {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Tree::Map(entries) = &self.node.tree else {
            let expected = if name == "Text" { "struct Text" } else { "a mapping" };
            return Err(Error::wrong_type(&self.node.tree, expected).or_at(self.node));
        };
        for (name, _) in entries {
            if !known.contains(&self.decoder.name(name)) {
                self.decoder.unknown(name, known);
            }
        }
        visitor
            .visit_map(Entries { entries, next: 0, known: Some(known), decoder: self.decoder })
            .map_err(|error| error.or_at(self.node))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let word = match &self.node.tree {
            // A word that says no more may also be written as a mapping of it to nothing.
            Tree::Map(entries) => match &entries[..] {
                [(word, value)] if matches!(value.tree, Tree::Null) => word,
                _ => self.node,
            },
            _ => self.node,
        };
        match word.text(self.decoder.text) {
            Some(text) => {
                let text: StrDeserializer<Error> = text.into_deserializer();
                visitor.visit_enum(text)
            }
            None => Err(Error::wrong_type(&self.node.tree, "a word")),
        }
        .map_err(|error| error.or_at(self.node))
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == POSITIONED {
            visitor.visit_newtype_struct(Positioned(self))
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// Hands out a value with its position, in the form that [`At`](crate::origin::At) reads.
struct Positioned<'t>(Value<'t>);

impl<'t> Deserializer<'t> for Positioned<'t> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(PositionedFields { value: self.0, next: 0 })
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

struct PositionedFields<'t> {
    value: Value<'t>,
    next: u8,
}

impl<'t> MapAccess<'t> for PositionedFields<'t> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.next += 1;
        let name = match self.next {
            1 => "value",
            2 => "referenced",
            _ => return Ok(None),
        };
        let name: StrDeserializer<Error> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let position = self.value.node.position;
        match self.next {
            1 => seed.deserialize(self.value),
            _ => {
                let fields = [("line", position.line), ("column", position.column)];
                seed.deserialize(de::value::MapDeserializer::new(fields.into_iter()))
            }
        }
    }
}

struct Items<'t> {
    items: &'t [Node],
    next: usize,
    decoder: &'t Decoder<'t>,
}

impl<'t> SeqAccess<'t> for Items<'t> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        while let Some(node) = self.items.get(self.next) {
            self.next += 1;
            if !matches!(node.tree, Tree::Gone) {
                let value = Value { node, decoder: self.decoder };
                let item = seed.deserialize(value).map(Some);
                return item.map_err(|error| error.or_at(node).within(self.next - 1));
            }
        }
        Ok(None)
    }
}

struct Entries<'t> {
    entries: &'t [(Node, Node)],
    next: usize,
    /// The fields of the record; others are passed over. All are taken where it is a free mapping.
    known: Option<&'static [&'static str]>,
    decoder: &'t Decoder<'t>,
}

impl<'t> MapAccess<'t> for Entries<'t> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        loop {
            let Some((key, value)) = self.entries.get(self.next) else {
                return Ok(None);
            };
            self.next += 1;
            if matches!(value.tree, Tree::Gone) {
                continue;
            }
            if self.known.is_none() && key.text(self.decoder.text).is_none() {
                let error = Error::wrong_type(&key.tree, "a text");
                return Err(error.or_at(key).within(self.next - 1));
            }
            let name = self.decoder.name(key);
            if self.known.is_none_or(|known| known.contains(&name)) {
                let name: StrDeserializer<Error> = name.into_deserializer();
                return seed.deserialize(name).map(Some);
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (_, node) = &self.entries[self.next - 1];
        let value = Value { node, decoder: self.decoder };
        seed.deserialize(value).map_err(|error| error.or_at(node).within(self.next - 1))
    }
}
