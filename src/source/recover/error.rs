//! The error of a record that does not fit its type.

use std::fmt;

use serde::de::{self, Unexpected};

use super::tree::{Node, Tree};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::AN_END;
use crate::origin::Position;

/// The error of a record that does not fit its type.
#[derive(Debug)]
pub struct Error {
    pub fault: Box<Diagnostic>,
    pub position: Option<Position>,
    pub length: usize,
    /// The missing field, if that is the fault.
    pub missing: Option<&'static str>,
    /// The way to the value at fault by the numbers of entries and items, the last step first.
    path: Vec<usize>,
}

impl Error {
    fn new(fault: Diagnostic) -> Self {
        Error { fault: Box::new(fault), position: None, length: 1, missing: None, path: Vec::new() }
    }

    /// Creates the error of a value of the wrong type.
    pub fn wrong_type(found: &Tree, expected: &str) -> Self {
        let (en, ja) = found.describe();
        Self::unfit(Code::WrongType, expected, en, ja)
    }

    fn unfit(code: Code, expected: &str, en: &str, ja: &str) -> Self {
        let (expected_en, expected_ja) = wording(expected);
        let fault = Diagnostic::error(
            code,
            format!("expected {expected_en}, found {en}"),
            format!("{expected_ja}が必要ですが、{ja}があります"),
        );
        Error::new(
            fault.hint(
                format!("write {expected_en} here"),
                format!("{expected_ja}を書いてください"),
            ),
        )
    }

    /// Points the error at `value`, unless it already points into it.
    pub fn or_at(mut self, value: &Node) -> Self {
        if self.position.is_none() {
            self.position = Some(value.position);
            self.length = match &value.tree {
                Tree::Text(text) => text.chars().count(),
                Tree::Bool(_) | Tree::Integer(_) | Tree::Float(_) => value.written.len(),
                _ => 1,
            };
        }
        self
    }

    /// Prepends the number of an entry or item to the path.
    pub fn within(mut self, number: usize) -> Self {
        self.path.push(number);
        self
    }

    /// Returns the path from the record to the value at fault.
    pub fn path(&self) -> Vec<usize> {
        self.path.iter().rev().copied().collect()
    }
}

/// What is expected, in English and Japanese; serde words some of it in terms of Rust.
fn wording(expected: &str) -> (&str, &str) {
    match expected {
        "a text" | "a string" => ("a text", "文字列"),
        "a mapping" | "a map" => ("a mapping of fields", "項目のマッピング"),
        "struct Text" => ("`{ja: …, en: …}`", "`{ja: …, en: …}` "),
        "a sequence" | "a list of records" => ("a list", "リスト"),
        "an id or a list of ids" => ("an id or a list of ids", "id か id のリスト"),
        AN_END => (expected, "id、id のリスト、または（出典が「ない」と述べる場合の）`[]` "),
        "a number" => (expected, "数"),
        "a year" => ("a year such as 2015", "2015 のような年"),
        "a word" => ("a word", "語"),
        "a date" => {
            ("a date such as 2015, 2015-01 or 2015-01-26", "2015、2015-01、2015-01-26 のような日付")
        }
        "sections such as `organizations:`" => (expected, "`organizations:` のような節"),
        "sections such as `rules:`" => (expected, "`rules:` のような節"),
        "a name or a list of names" => (
            "a name or a list of names, in quotes where it begins with `!`",
            "名前か名前のリスト（`!` で始まるものは引用符で囲む）",
        ),
        "u64" => ("a whole number from 0", "0 以上の整数"),
        "a boolean" => ("true or false", "true か false"),
        other => (other, other),
    }
}

/// What was found, in English and Japanese.
fn found(found: Unexpected) -> (String, String) {
    match found {
        Unexpected::Str(text) => (format!("`{text}`"), format!("「{text}」")),
        Unexpected::Unit | Unexpected::Option => ("nothing".into(), "空".into()),
        Unexpected::Seq => ("a list".into(), "リスト".into()),
        Unexpected::Map => ("a mapping".into(), "マッピング".into()),
        Unexpected::Bool(_) => ("true or false".into(), "真偽値".into()),
        Unexpected::Signed(number) => (format!("`{number}`"), format!("「{number}」")),
        Unexpected::Unsigned(number) => (format!("`{number}`"), format!("「{number}」")),
        Unexpected::Float(number) if !number.is_finite() => {
            ("what is no finite number".into(), "有限でない数".into())
        }
        Unexpected::Float(number) => (format!("`{number}`"), format!("「{number}」")),
        other => (other.to_string(), other.to_string()),
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
        Error::new(Diagnostic::error(Code::WrongType, message.to_string(), message.to_string()))
    }

    fn invalid_type(unexpected: Unexpected, expected: &dyn de::Expected) -> Self {
        let (en, ja) = found(unexpected);
        Self::unfit(Code::WrongType, &expected.to_string(), &en, &ja)
    }

    fn invalid_value(unexpected: Unexpected, expected: &dyn de::Expected) -> Self {
        let (en, ja) = found(unexpected);
        let expected = expected.to_string();
        match expected.as_str() {
            "a date" => Self::unfit(Code::InvalidDate, &expected, &en, &ja),
            _ => Self::unfit(Code::WrongType, &expected, &en, &ja),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        let fault = Diagnostic::error(
            Code::MissingField,
            format!("the field `{field}` is missing"),
            format!("項目 `{field}` がありません"),
        );
        let fault =
            fault.hint(format!("add `{field}: …`"), format!("`{field}: …` を加えてください"));
        Error { missing: Some(field), ..Error::new(fault) }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let known = expected.join(", ");
        let fault = Diagnostic::error(
            Code::WrongType,
            format!("`{variant}` is none of: {known}"),
            format!("`{variant}` は次のいずれでもありません: {known}"),
        );
        Error::new(match nearest(variant, expected.iter().copied()).first() {
            Some(near) => {
                fault.hint(format!("did you mean `{near}`?"), format!("`{near}` のことですか?"))
            }
            None => fault.hint("write one of them", "このいずれかを書いてください"),
        })
    }
}
