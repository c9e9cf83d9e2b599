//! A tree handed to serde, value by value, with positions.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::Decoder;
use super::error::Error;
use super::tree::Tree;
use crate::origin::{At, POSITIONED};

/// A value on its way into a record.
#[derive(Clone, Copy)]
pub struct Value<'t> {
    pub tree: &'t At<Tree>,
    pub decoder: &'t Decoder,
}

impl<'t> Value<'t> {
    fn text<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.tree.value {
            Tree::Text(text) => visitor.visit_str(text),
            Tree::Integer(number) => visitor.visit_string(number.to_string()),
            Tree::Float(number) => visitor.visit_string(number.to_string()),
            other => Err(Error::wrong_type(other, "a text")),
        }
    }

    fn map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let Tree::Map(entries) = &self.tree.value else {
            return self.deserialize_any(visitor);
        };
        visitor.visit_map(Entries { entries, next: 0, known: None, decoder: self.decoder })
    }
}

impl<'t> Deserializer<'t> for Value<'t> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.tree.value {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Integer(value) => visitor.visit_i64(*value),
            Tree::Float(value) => visitor.visit_f64(*value),
            Tree::Text(text) => visitor.visit_str(text),
            Tree::Seq(items) => visitor.visit_seq(Items { items, next: 0, decoder: self.decoder }),
            Tree::Map(_) => self.map(visitor),
        }
        .map_err(|error| error.or_at(self.tree))
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor).map_err(|error| error.or_at(self.tree))
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.tree.value {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.tree.value {
            Tree::Null => visitor.visit_seq(Items { items: &[], next: 0, decoder: self.decoder }),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Tree::Map(entries) = &self.tree.value else {
            let expected = if name == "Text" { "struct Text" } else { "a mapping" };
            return Err(Error::wrong_type(&self.tree.value, expected).or_at(self.tree));
        };
        for (name, _) in entries.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            self.decoder.unknown(name, known);
        }
        visitor
            .visit_map(Entries { entries, next: 0, known: Some(known), decoder: self.decoder })
            .map_err(|error| error.or_at(self.tree))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.tree.value {
            Tree::Text(text) => {
                let text: StrDeserializer<Error> = text.as_str().into_deserializer();
                visitor.visit_enum(text)
            }
            other => Err(Error::wrong_type(other, "a word")),
        }
        .map_err(|error| error.or_at(self.tree))
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
        unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

/// Hands out a value with its position, in the form that [`At`] reads.
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
        let position = self.value.tree.position;
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
    items: &'t [At<Tree>],
    next: usize,
    decoder: &'t Decoder,
}

impl<'t> SeqAccess<'t> for Items<'t> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some(tree) = self.items.get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        let value = Value { tree, decoder: self.decoder };
        seed.deserialize(value).map(Some).map_err(|error| error.or_at(tree))
    }
}

struct Entries<'t> {
    entries: &'t [(At<String>, At<Tree>)],
    next: usize,
    /// The fields of the record; others are passed over. All are taken where it is a free mapping.
    known: Option<&'static [&'static str]>,
    decoder: &'t Decoder,
}

impl<'t> MapAccess<'t> for Entries<'t> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        loop {
            let Some((name, _)) = self.entries.get(self.next) else {
                return Ok(None);
            };
            self.next += 1;
            if self.known.is_none_or(|known| known.contains(&name.as_str())) {
                let name: StrDeserializer<Error> = name.as_str().into_deserializer();
                return seed.deserialize(name).map(Some);
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (_, tree) = &self.entries[self.next - 1];
        let value = Value { tree, decoder: self.decoder };
        seed.deserialize(value).map_err(|error| error.or_at(tree))
    }
}
