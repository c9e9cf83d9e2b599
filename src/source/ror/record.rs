//! A record of the Research Organization Registry, in either version of its schema.
//!
//! The version is detected for each record, as files mix them. Fields that are absent or null are
//! empty; fields that an atlas does not need are skipped.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny};
use serde_json::{Value, value::RawValue};

/// A record, in the terms of schema v2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The last part of the id, which identifies the organization: `000p86k36`.
    pub suffix: String,
    /// The names, in the order of the record.
    pub names: Vec<Name>,
    /// The locations, the main one first.
    pub places: Vec<Locality>,
    /// Websites, the main one first.
    pub websites: Vec<String>,
    /// Identifiers by registry, the preferred one first.
    pub identifiers: BTreeMap<String, Vec<String>>,
    /// `education`, `healthcare` …
    pub types: Vec<String>,
    /// `active`, `inactive` or `withdrawn`.
    pub status: String,
    /// The year in which it was founded, as it is written.
    pub established: Option<String>,
    /// Links to other records: the kind, and the suffix of the other's id.
    pub links: Vec<(String, String)>,
    /// The day on which the record was last changed.
    pub modified: Option<String>,
}

/// A name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Name {
    /// The name itself.
    pub value: String,
    /// The language, as an ISO 639 code.
    pub lang: Option<String>,
    /// Whether the registry displays this name.
    pub is_display: bool,
    /// Whether it is a full name, not an alias or an acronym.
    pub is_label: bool,
}

/// A city.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Locality {
    /// The number of the city in GeoNames.
    pub geonames: Option<u64>,
    /// The name of the city.
    pub name: Option<String>,
    /// Latitude and longitude.
    pub point: Option<(f64, f64)>,
    /// ISO 3166 code and name of the country.
    pub country: (Option<String>, Option<String>),
    /// ISO 3166-2 code, without the country's, and name of the state or prefecture.
    pub subdivision: (Option<String>, Option<String>),
}

/// Reads one record.
///
/// # Errors
/// With what is wrong with it.
pub fn read(text: &RawValue) -> Result<Record, String> {
    #[derive(serde::Deserialize)]
    struct Probe {
        names: Option<IgnoredAny>,
    }
    let text = text.get();
    if !text.starts_with('{') {
        return Err("no object".into());
    }
    let is_v2 = serde_json::from_str::<Probe>(text).map_err(worded)?.names.is_some();
    let (id, mut record) = if is_v2 {
        let record: v2::Organization = serde_json::from_str(text).map_err(worded)?;
        (record.id.clone(), record.into())
    } else {
        let record: v1::Organization = serde_json::from_str(text).map_err(worded)?;
        (record.id.clone(), Record::from(record))
    };
    record.suffix = suffix(&id).ok_or_else(|| format!("`{id}` is no ROR id"))?;
    for name in &mut record.names {
        name.value = name.value.trim().to_owned();
    }
    record.names.retain(|name| !name.value.is_empty());
    Ok(record)
}

/// Returns the part of a ROR id after the address.
pub fn suffix(id: &str) -> Option<String> {
    let suffix = id.trim_end_matches('/').rsplit('/').next().unwrap_or(id).to_lowercase();
    let is_one = suffix.len() == 9 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_one.then_some(suffix)
}

/// What the reader of JSON says, without the position inside the record.
fn worded(error: serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

/// Takes null for the empty value.
fn or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Takes a whole number however it is written: `1998`, `1998.0` or `"1998"`.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    match Option::<Value>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Value::Number(number)) => {
            let whole = number.as_f64().filter(|it| it.fract() == 0.0).map(|it| it as i64);
            number.as_i64().or(whole).map(Some).ok_or_else(|| D::Error::custom("no whole number"))
        }
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => {
            text.trim().parse().map(Some).map_err(|_| D::Error::custom("no whole number"))
        }
        Some(_) => Err(D::Error::custom("no whole number")),
    }
}

/// Takes a number or a text as it is written.
fn written<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<Value>::deserialize(deserializer)? {
        None => None,
        Some(Value::String(text)) => filled(Some(text)),
        Some(other) => Some(other.to_string()),
    })
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

mod v1;
mod v2;
