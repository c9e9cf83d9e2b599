//! All faults of a text whose records do not all fit, where reading stops at the first.
//!
//! Only a text that has already failed comes here. It is read once more into a tree, and each
//! record is decoded by itself: fields that a record does not have are noted and passed over, so
//! that one slip hides no other.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};

use super::yaml;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{
    Organization, Program, Region, RelationKindRecord, RelationRecord, Role, SourceRecord, Stage,
};
use crate::origin::{At, FileId, Origin, POSITIONED, Position};

/// Finds all faults of a text; none if every record fits after all.
///
/// # Errors
/// Where the text cannot be read as YAML at all.
pub fn faults(file: FileId, text: &str) -> Result<Vec<Diagnostic>, serde_saphyr::Error> {
    let root: At<Tree> = serde_saphyr::from_str_with_options(text, yaml::options(text))?;
    let decoder = Decoder { file, faults: RefCell::default() };
    decoder.sections(&root);
    Ok(decoder.faults.into_inner())
}

struct Decoder {
    file: FileId,
    faults: RefCell<Vec<Diagnostic>>,
}

impl Decoder {
    fn report(&self, fault: Diagnostic, position: Position, length: usize) {
        let origin = Origin { file: self.file, position };
        self.faults.borrow_mut().push(fault.at(origin, length));
    }

    fn sections(&self, root: &At<Tree>) {
        let Tree::Map(sections) = &root.value else {
            let error = Error::wrong_type(&root.value, "sections such as `organizations:`");
            return self.report(*error.fault, root.position, 1);
        };
        for (name, records) in sections {
            match name.as_str() {
                "sources" => self.records::<SourceRecord>(records),
                "relation_kinds" => self.records::<RelationKindRecord>(records),
                "regions" => self.records::<Region>(records),
                "organizations" => self.records::<Organization>(records),
                "roles" => self.records::<Role>(records),
                "stages" => self.records::<Stage>(records),
                "programs" => self.records::<Program>(records),
                "relations" => self.records::<RelationRecord>(records),
                _ => self.unknown(name, SECTIONS),
            }
        }
    }

    fn records<'t, R: Deserialize<'t>>(&'t self, section: &'t At<Tree>) {
        match &section.value {
            Tree::Null => {}
            Tree::Seq(records) => {
                for record in records {
                    if let Err(error) = R::deserialize(Value { tree: record, decoder: self }) {
                        let position = error.position.unwrap_or(record.position);
                        self.report(*error.fault, position, error.length);
                    }
                }
            }
            other => {
                let error = Error::wrong_type(other, "a list of records");
                self.report(*error.fault, section.position, 1);
            }
        }
    }

    fn unknown(&self, name: &At<String>, known: &[&str]) {
        let field = &name.value;
        let fault = Diagnostic::error(
            Code::UnknownField,
            format!("there is no field `{field}` here"),
            format!("ここに項目 `{field}` はありません"),
        );
        let near = nearest(field, known.iter().copied());
        let fault = match near.first() {
            Some(near) => {
                fault.hint(format!("did you mean `{near}`?"), format!("`{near}` のことですか?"))
            }
            None => {
                let known = known.join(", ");
                fault.hint(format!("the fields are: {known}"), format!("使える項目: {known}"))
            }
        };
        self.report(fault, name.position, field.chars().count());
    }
}

const SECTIONS: &[&str] = &[
    "sources",
    "relation_kinds",
    "regions",
    "organizations",
    "roles",
    "stages",
    "programs",
    "relations",
];

/// A YAML value with the positions of all its parts.
enum Tree {
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
    fn describe(&self) -> (&'static str, &'static str) {
        match self {
            Tree::Null => ("nothing", "空"),
            Tree::Bool(_) => ("true or false", "真偽値"),
            Tree::Integer(_) | Tree::Float(_) => ("a number", "数"),
            Tree::Text(_) => ("a text", "文字列"),
            Tree::Seq(_) => ("a list", "リスト"),
            Tree::Map(_) => ("a mapping", "マッピング"),
        }
    }
}

/// Why a record does not fit, and where, as far as that is known yet.
#[derive(Debug)]
struct Error {
    fault: Box<Diagnostic>,
    position: Option<Position>,
    length: usize,
}

impl Error {
    fn new(code: Code, en: String, ja: String) -> Self {
        Error { fault: Box::new(Diagnostic::error(code, en, ja)), position: None, length: 1 }
    }

    fn wrong_type(found: &Tree, expected: &str) -> Self {
        let (en, ja) = found.describe();
        Error::new(
            Code::WrongType,
            format!("expected {expected}, found {en}"),
            format!("{expected} が必要ですが、{ja}があります"),
        )
    }

    /// Points the error at `value` unless it already points into it.
    fn or_at(mut self, value: &At<Tree>) -> Self {
        if self.position.is_none() {
            self.position = Some(value.position);
            if let Tree::Text(text) = &value.value {
                self.length = text.chars().count();
            }
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.fault.message.en)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error::new(Code::WrongType, message.to_string(), message.to_string())
    }

    fn invalid_type(found: Unexpected, expected: &dyn de::Expected) -> Self {
        Error::new(
            Code::WrongType,
            format!("expected {expected}, found {found}"),
            format!("{expected} が必要ですが、{found} があります"),
        )
    }

    fn invalid_value(found: Unexpected, expected: &dyn de::Expected) -> Self {
        let expected = expected.to_string();
        let code = if expected.starts_with("a date") { Code::InvalidDate } else { Code::WrongType };
        Error::new(
            code,
            format!("expected {expected}, found {found}"),
            format!("{expected} が必要ですが、{found} があります"),
        )
    }

    fn missing_field(field: &'static str) -> Self {
        Error::new(
            Code::MissingField,
            format!("the field `{field}` is missing"),
            format!("項目 `{field}` がありません"),
        )
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let known = expected.join(", ");
        let fault = Diagnostic::error(
            Code::WrongType,
            format!("`{variant}` is none of: {known}"),
            format!("`{variant}` は次のいずれでもありません: {known}"),
        );
        let fault = match nearest(variant, expected.iter().copied()).first() {
            Some(near) => {
                fault.hint(format!("did you mean `{near}`?"), format!("`{near}` のことですか?"))
            }
            None => fault,
        };
        Error { fault: Box::new(fault), position: None, length: 1 }
    }
}

/// A value on its way into a record.
#[derive(Clone, Copy)]
struct Value<'t> {
    tree: &'t At<Tree>,
    decoder: &'t Decoder,
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
        _name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Tree::Map(entries) = &self.tree.value else {
            return Err(Error::wrong_type(&self.tree.value, "a mapping").or_at(self.tree));
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
        seed.deserialize(Value { tree, decoder: self.decoder }).map(Some)
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
        seed.deserialize(Value { tree, decoder: self.decoder })
    }
}
