//! Figures as files write them.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};

/// Reads a finite number, which may stand in quotes.
pub(super) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(Number("a number"))
    } else {
        f64::deserialize(deserializer)
    }
}

/// Reads a year, or nothing.
pub(super) fn year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    struct Year(u16);
    impl<'de> Deserialize<'de> for Year {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let year = deserializer.deserialize_any(Number("a year"))?;
            let is_year = year.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&year);
            let refused = || de::Error::invalid_value(Unexpected::Float(year), &"a year");
            is_year.then_some(Year(year as u16)).ok_or_else(refused)
        }
    }
    if deserializer.is_human_readable() {
        let year = Option::<Year>::deserialize(deserializer)?;
        Ok(year.map(|year| year.0))
    } else {
        Option::deserialize(deserializer)
    }
}

/// Takes a finite number, and says what is expected.
struct Number(&'static str);

impl Visitor<'_> for Number {
    type Value = f64;
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0)
    }
    fn visit_i64<E>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }
    fn visit_u64<E>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<f64, E> {
        let refused = || de::Error::invalid_value(Unexpected::Float(value), &self);
        value.is_finite().then_some(value).ok_or_else(refused)
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<f64, E> {
        let value = text.parse().ok().filter(|value: &f64| value.is_finite());
        value.ok_or_else(|| de::Error::invalid_value(Unexpected::Str(text), &self))
    }
}
