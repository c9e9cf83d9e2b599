//! Hands plain YAML to serde, value by value.

use std::fmt;

use serde::de::value::{MapDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::{DEEPEST, Reader, Result, Shape, may_be_else};
use crate::origin::{POSITIONED, Position};

/// That something is left to the full parser.
#[derive(Debug)]
pub struct Left;

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("left to the full parser")
    }
}

impl std::error::Error for Left {}

impl de::Error for Left {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Left
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Context {
    /// How far in the block around it is.
    indent: i32,
    /// Whether it is part of a flow, between brackets.
    is_flow: bool,
    /// The line of its key or its dash.
    line: u32,
    /// Whether it follows a dash.
    is_item: bool,
}

/// A value that is yet to be read.
pub struct Value<'r, 't> {
    reader: &'r mut Reader<'t>,
    context: Context,
}

impl<'r, 't> Value<'r, 't> {
    /// The whole of a text.
    pub fn new(reader: &'r mut Reader<'t>, indent: i32) -> Self {
        Value { reader, context: Context { indent, is_flow: false, line: 0, is_item: false } }
    }

    /// Goes to where the value begins, and tells what it is.
    fn begin(&mut self) -> Result<Shape> {
        let Context { indent, is_flow, line, is_item } = self.context;
        match is_flow {
            true => self.reader.skip_in_flow(indent)?,
            false => self.reader.skip_blanks()?,
        }
        let is_same_line = self.reader.line == line;
        let shape = self.reader.shape(indent, is_same_line, is_flow)?;
        let is_block = matches!(shape, Shape::BlockMap | Shape::BlockList);
        // Behind a key, a block begins in a line of its own; a list of lists is rare.
        let is_odd = is_same_line && (!is_item || shape == Shape::BlockList);
        if is_block && is_odd { Err(Left) } else { Ok(shape) }
    }

    /// Reads a text, as a field that holds a text takes it.
    fn text(mut self) -> Result<std::borrow::Cow<'t, str>> {
        if self.begin()? != Shape::Scalar {
            return Err(Left);
        }
        let (text, is_quoted) = self.reader.scalar(self.context.indent, self.context.is_flow)?;
        match is_quoted || !may_be_else(&text) || is_date(&text) || is_whole(&text) {
            true => Ok(text),
            false => Err(Left),
        }
    }

    fn list<V: Visitor<'t>>(self, shape: Shape, visitor: V) -> Result<V::Value> {
        let Value { reader, context } = self;
        if reader.depth >= DEEPEST {
            return Err(Left);
        }
        reader.depth += 1;
        let indent = match shape {
            Shape::BlockList => reader.column(),
            _ => {
                reader.at += 1;
                context.indent
            }
        };
        let is_flow = shape == Shape::FlowList;
        let mut items = Items { reader, indent, is_flow, is_first: true, is_done: false };
        let value = visitor.visit_seq(&mut items)?;
        // What was not read must be nothing.
        if !items.is_done && items.next_item()? {
            return Err(Left);
        }
        items.reader.depth -= 1;
        Ok(value)
    }

    fn map<V: Visitor<'t>>(self, shape: Shape, is_record: bool, visitor: V) -> Result<V::Value> {
        let Value { reader, context } = self;
        if reader.depth >= DEEPEST {
            return Err(Left);
        }
        reader.depth += 1;
        let indent = match shape {
            Shape::BlockMap => reader.column(),
            _ => {
                reader.at += 1;
                context.indent
            }
        };
        let is_flow = shape == Shape::FlowMap;
        let mut entries = Entries {
            reader,
            indent,
            is_flow,
            is_first: true,
            is_done: false,
            line: 0,
            seen: Vec::new(),
            is_record,
        };
        let value = visitor.visit_map(&mut entries)?;
        if !entries.is_done && entries.go_on()? {
            return Err(Left);
        }
        entries.reader.depth -= 1;
        Ok(value)
    }
}

/// Whether a word is a date as it is written with a dash, which is no number.
fn is_date(word: &str) -> bool {
    let is_part = |part: &str, many: usize| {
        part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = word.split('-');
    parts.next().is_some_and(|it| is_part(it, 4))
        && word.contains('-')
        && parts.clone().count() <= 2
        && parts.all(|it| is_part(it, 2))
}

/// Whether a word is a whole number without a sign.
fn is_whole(word: &str) -> bool {
    let is_short = (1..=15).contains(&word.len()) && (word == "0" || !word.starts_with('0'));
    is_short && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is a number with a point, or one below nothing.
fn is_decimal(word: &str) -> bool {
    let (whole, decimals) =
        word.strip_prefix('-').unwrap_or(word).split_once('.').unwrap_or(("", ""));
    is_whole(whole)
        && (1..=15).contains(&decimals.len())
        && decimals.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'t> Deserializer<'t> for Value<'_, 't> {
    type Error = Left;

    fn deserialize_any<V: Visitor<'t>>(mut self, visitor: V) -> Result<V::Value> {
        let shape = self.begin()?;
        match shape {
            Shape::BlockMap | Shape::FlowMap => self.map(shape, false, visitor),
            Shape::BlockList | Shape::FlowList => self.list(shape, visitor),
            Shape::Scalar => {
                let Context { indent, is_flow, .. } = self.context;
                let (text, is_quoted) = self.reader.scalar(indent, is_flow)?;
                match &*text {
                    word if is_quoted || !may_be_else(word) || is_date(word) => {
                        visitor.visit_str(word)
                    }
                    word if is_whole(word) => visitor.visit_u64(word.parse().map_err(|_| Left)?),
                    word if word.strip_prefix('-').is_some_and(|it| it != "0" && is_whole(it)) => {
                        visitor.visit_i64(word.parse().map_err(|_| Left)?)
                    }
                    word if is_decimal(word) => visitor.visit_f64(word.parse().map_err(|_| Left)?),
                    _ => Err(Left),
                }
            }
        }
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_string(self.text()?.into_owned())
    }

    fn deserialize_bool<V: Visitor<'t>>(mut self, visitor: V) -> Result<V::Value> {
        if self.begin()? != Shape::Scalar {
            return Err(Left);
        }
        match self.reader.scalar(self.context.indent, self.context.is_flow)? {
            (text, false) if text == "true" => visitor.visit_bool(true),
            (text, false) if text == "false" => visitor.visit_bool(false),
            _ => Err(Left),
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        if name != POSITIONED {
            return visitor.visit_newtype_struct(self);
        }
        self.begin()?;
        let position = self.reader.position();
        visitor.visit_newtype_struct(Positioned { value: self, position })
    }

    fn deserialize_seq<V: Visitor<'t>>(mut self, visitor: V) -> Result<V::Value> {
        match self.begin()? {
            shape @ (Shape::BlockList | Shape::FlowList) => self.list(shape, visitor),
            _ => Err(Left),
        }
    }

    fn deserialize_map<V: Visitor<'t>>(mut self, visitor: V) -> Result<V::Value> {
        match self.begin()? {
            shape @ (Shape::BlockMap | Shape::FlowMap) => self.map(shape, false, visitor),
            _ => Err(Left),
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        mut self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.begin()? {
            // A record finds by itself what is given twice.
            shape @ (Shape::BlockMap | Shape::FlowMap) => self.map(shape, true, visitor),
            _ => Err(Left),
        }
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let word = self.text()?;
        let word: StrDeserializer<Left> = word.as_ref().into_deserializer();
        visitor.visit_enum(word)
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}

/// A value with its position, as [`At`](crate::origin::At) reads it.
struct Positioned<'r, 't> {
    value: Value<'r, 't>,
    position: Position,
}

impl<'t> Deserializer<'t> for Positioned<'_, 't> {
    type Error = Left;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        let fields = PositionedFields { value: Some(self.value), position: self.position, next: 0 };
        visitor.visit_map(fields)
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct PositionedFields<'r, 't> {
    value: Option<Value<'r, 't>>,
    position: Position,
    next: u8,
}

impl<'t> MapAccess<'t> for PositionedFields<'_, 't> {
    type Error = Left;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.next += 1;
        let name = match self.next {
            1 => "value",
            2 => "referenced",
            _ => return Ok(None),
        };
        let name: StrDeserializer<Left> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => {
                let Position { line, column } = self.position;
                let fields = [("line", line), ("column", column)];
                seed.deserialize(MapDeserializer::new(fields.into_iter()))
            }
        }
    }
}

/// The items of a list.
struct Items<'r, 't> {
    reader: &'r mut Reader<'t>,
    /// Where the dashes are; of a flow, how far in the block around is.
    indent: i32,
    is_flow: bool,
    is_first: bool,
    is_done: bool,
}

impl Items<'_, '_> {
    /// Goes to the next item, past its dash; returns whether there is one.
    fn next_item(&mut self) -> Result<bool> {
        let is_first = std::mem::replace(&mut self.is_first, false);
        if self.is_flow {
            return next_in_flow(self.reader, b']', self.indent, is_first);
        }
        if !is_first {
            self.reader.skip_blanks()?;
            if self.reader.is_over() || self.reader.column() < self.indent {
                return Ok(false);
            }
            if self.reader.column() > self.indent {
                return Err(Left);
            }
            if !self.reader.is_dash() {
                return Ok(false);
            }
        }
        self.reader.at += 1;
        Ok(true)
    }
}

/// Goes to the next part of a flow, or past its end.
fn next_in_flow(reader: &mut Reader, end: u8, indent: i32, is_first: bool) -> Result<bool> {
    reader.skip_in_flow(indent)?;
    let at_end = |reader: &mut Reader| {
        let is_end = reader.peek() == end;
        reader.at += usize::from(is_end);
        is_end
    };
    if at_end(reader) {
        return Ok(false);
    }
    if !is_first {
        if reader.peek() != b',' {
            return Err(Left);
        }
        reader.at += 1;
        reader.skip_in_flow(indent)?;
        // A comma before the end is allowed.
        if at_end(reader) {
            return Ok(false);
        }
    }
    Ok(true)
}

impl<'t> SeqAccess<'t> for &mut Items<'_, 't> {
    type Error = Left;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        if self.is_done || !self.next_item()? {
            self.is_done = true;
            return Ok(None);
        }
        let context = Context {
            indent: self.indent,
            is_flow: self.is_flow,
            line: self.reader.line,
            is_item: true,
        };
        seed.deserialize(Value { reader: self.reader, context }).map(Some)
    }

    /// Most lists, such as those of sources, hold one, and there are many: room for four is kept by whoever
    /// is told nothing.
    fn size_hint(&self) -> Option<usize> {
        Some(1)
    }
}

/// The entries of a mapping.
struct Entries<'r, 't> {
    reader: &'r mut Reader<'t>,
    /// Where the keys are; of a flow, how far in the block around is.
    indent: i32,
    is_flow: bool,
    is_first: bool,
    is_done: bool,
    /// The line of the last key.
    line: u32,
    /// The keys that were read, where nobody else looks whether one is given twice.
    seen: Vec<&'t str>,
    is_record: bool,
}

impl Entries<'_, '_> {
    /// Goes to the next key; returns whether there is one.
    fn go_on(&mut self) -> Result<bool> {
        let is_first = std::mem::replace(&mut self.is_first, false);
        if self.is_flow {
            return next_in_flow(self.reader, b'}', self.indent, is_first);
        }
        if !is_first {
            self.reader.skip_blanks()?;
            if self.reader.is_over() || self.reader.column() < self.indent {
                return Ok(false);
            }
            if self.reader.column() > self.indent || self.reader.is_dash() {
                return Err(Left);
            }
        }
        Ok(true)
    }
}

impl<'t> MapAccess<'t> for &mut Entries<'_, 't> {
    type Error = Left;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if self.is_done || !self.go_on()? {
            self.is_done = true;
            return Ok(None);
        }
        self.line = self.reader.line;
        let key = self.reader.key(self.is_flow)?;
        if !self.is_record {
            if self.seen.contains(&key) {
                return Err(Left);
            }
            self.seen.push(key);
        }
        let key: StrDeserializer<Left> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value> {
        let context =
            Context { indent: self.indent, is_flow: self.is_flow, line: self.line, is_item: false };
        seed.deserialize(Value { reader: self.reader, context })
    }
}
