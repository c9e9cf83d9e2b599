//! Which file, line and column a value came from.
//!
//! This module holds positions and the texts that they point into; it does not know what the texts
//! mean.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Serialize, Serializer};

/// A place in a text: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1; 0 where the position is unknown.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A file among those that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Where a value came from: a file and a position in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The position in the file.
    pub position: Position,
}

/// As a snapshot carries it.
impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.file.0, self.position.line, self.position.column).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (file, line, column) = Deserialize::deserialize(deserializer)?;
        Ok(Origin { file: FileId(file), position: Position { line, column } })
    }
}

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct File {
    /// The path as the user would name it.
    pub path: Cow<'static, str>,
    /// The text, without a byte-order mark.
    pub text: Cow<'static, str>,
    /// The layer it belongs to, counted from 0 in the order of `--data`.
    pub layer: u16,
}

/// All files of an atlas, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<File>);

impl Files {
    /// Adds a file and returns its number.
    ///
    /// # Panics
    /// With more than `u32::MAX` files.
    pub fn push(&mut self, file: File) -> FileId {
        let id = u32::try_from(self.0.len()).expect("fewer than 2^32 files");
        self.0.push(file);
        FileId(id)
    }

    /// Returns the file with this number.
    pub fn file(&self, id: FileId) -> &File {
        &self.0[id.0 as usize]
    }

    /// Returns the file with this number, so that its text can be set.
    pub fn file_mut(&mut self, id: FileId) -> &mut File {
        &mut self.0[id.0 as usize]
    }

    /// Returns all files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0..).map(FileId).zip(&self.0)
    }
}

/// The lines of the files, found without reading a file again for each of them.
pub struct Lines<'f> {
    files: &'f Files,
    /// Where each line of a file begins, in bytes.
    starts: HashMap<FileId, Vec<usize>>,
}

impl<'f> Lines<'f> {
    /// Creates the index of the lines of these files.
    pub fn new(files: &'f Files) -> Self {
        Lines { files, starts: HashMap::new() }
    }

    /// Returns the file with this number.
    pub fn file(&self, id: FileId) -> &'f File {
        self.files.file(id)
    }

    /// Returns the line of a position, without its line break; empty where there is none.
    pub fn at(&mut self, origin: Origin) -> &'f str {
        let text: &'f str = &self.files.file(origin.file).text;
        let starts = self.starts.entry(origin.file).or_insert_with(|| {
            let ends = text.match_indices('\n').map(|(end, _)| end + 1);
            std::iter::once(0).chain(ends).collect()
        });
        let number = (origin.position.line as usize).saturating_sub(1);
        let start = starts.get(number).copied().unwrap_or(text.len());
        text[start..].lines().next().unwrap_or_default()
    }
}

/// A value and the position at which it was written.
///
/// Costs eight bytes more than the value, where `serde_saphyr::Spanned` costs a hundred.
#[derive(Clone, Copy, Debug, Default)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub position: Position,
}

impl<T> At<T> {
    /// Attaches a position to a value.
    pub fn new(value: T, position: Position) -> Self {
        At { value, position }
    }

    /// Returns the origin of this value in `file`.
    pub fn origin(&self, file: FileId) -> Origin {
        Origin { file, position: self.position }
    }
}

impl<T> Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// The name under which `serde_saphyr` hands out positions; [`crate::source`] speaks it too.
pub(crate) const POSITIONED: &str = "__yaml_spanned";

/// Files carry the value alone; a snapshot carries line and column too.
impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.value.serialize(serializer)
        } else {
            (&self.value, self.position.line, self.position.column).serialize(serializer)
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (value, line, column) = Deserialize::deserialize(deserializer)?;
            return Ok(At { value, position: Position { line, column } });
        }
        struct Newtype<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Newtype<T> {
            type Value = At<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value with its position")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<At<T>, D::Error> {
                deserializer.deserialize_any(Fields(PhantomData))
            }
        }
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = At<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value with its position")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<At<T>, A::Error> {
                let mut value = None;
                while let Some(key) = map.next_key::<FieldName>()? {
                    match key {
                        FieldName::Value => value = Some(map.next_value()?),
                        FieldName::Referenced => {
                            let value = value.ok_or_else(|| de::Error::missing_field("value"))?;
                            return Ok(At { value, position: map.next_value()? });
                        }
                        FieldName::Other => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Err(de::Error::missing_field("referenced"))
            }
        }
        deserializer.deserialize_newtype_struct(POSITIONED, Newtype(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Position {
    /// Reads the first two fields of a `serde_saphyr::Location`, line and column, and no further.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Location;
        impl<'de> Visitor<'de> for Location {
            type Value = Position;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a line and a column")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Position, A::Error> {
                let mut number = || map.next_entry::<IgnoredAny, u32>();
                let line = number()?.ok_or_else(|| de::Error::missing_field("line"))?.1;
                let column = number()?.ok_or_else(|| de::Error::missing_field("column"))?.1;
                Ok(Position { line, column })
            }
        }
        deserializer.deserialize_struct("Location", &["line", "column"], Location)
    }
}

enum FieldName {
    Value,
    Referenced,
    Other,
}

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = FieldName;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a field name")
            }
            fn visit_str<E>(self, name: &str) -> Result<FieldName, E> {
                Ok(match name {
                    "value" => FieldName::Value,
                    "referenced" => FieldName::Referenced,
                    _ => FieldName::Other,
                })
            }
        }
        deserializer.deserialize_identifier(Name)
    }
}
