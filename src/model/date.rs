//! Dates as sources give them: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};

/// A date of the Gregorian calendar, as exact as its source: `2015`, `2015-01` or `2015-01-26`.
///
/// Dates order by their first day; of two that begin together, the less exact comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    /// 0 where only the year is known.
    month: u8,
    /// 0 where only the month is known.
    day: u8,
}

impl Date {
    /// Returns the first day that the date can mean, as (year, month, day).
    pub fn first_day(self) -> (u16, u8, u8) {
        (self.year, self.month.max(1), self.day.max(1))
    }

    /// Returns the last day that the date can mean, as (year, month, day).
    pub fn last_day(self) -> (u16, u8, u8) {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in(self.year, month) } else { self.day };
        (self.year, month, day)
    }

    /// Returns whether the date lies wholly before `other`: the last day that it can mean is before
    /// the first day that `other` can mean.
    pub fn is_before(self, other: Date) -> bool {
        self.last_day() < other.first_day()
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// The error of a text that is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDate;

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("not a date: write 2015, 2015-01 or 2015-01-26")
    }
}

impl std::error::Error for InvalidDate {}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut parts = text.split('-');
        let mut part = |width: usize| match parts.next() {
            None => Ok(None),
            Some(digits) if digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse::<u16>().map(Some).map_err(|_| InvalidDate)
            }
            Some(_) => Err(InvalidDate),
        };
        let year = part(4)?.ok_or(InvalidDate)?;
        let month = part(2)?.map(|month| month as u8);
        let day = part(2)?.map(|day| day as u8);
        if parts.next().is_some()
            || year == 0
            || month.is_some_and(|month| !(1..=12).contains(&month))
            || day.is_some_and(|day| !(1..=days_in(year, month.unwrap_or(1))).contains(&day))
        {
            return Err(InvalidDate);
        }
        Ok(Date { year, month: month.unwrap_or(0), day: day.unwrap_or(0) })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::invalid_value(de::Unexpected::Str(&text), &"a date"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_survive_a_round_trip() {
        for text in ["2015", "2015-01", "2015-01-26", "2016-02-29", "0001-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "15",
            "2015-1",
            "2015-13",
            "2015-00",
            "2015-02-29",
            "2015-01-32",
            "2015-01-26-",
            "２０１５",
            "2015/01",
            "-2015",
            "0000",
            "2015-01-26T00",
        ] {
            assert_eq!(text.parse::<Date>(), Err(InvalidDate), "{text}");
        }
    }

    #[test]
    fn a_vague_date_spans_its_days() {
        let date: Date = "2016-02".parse().unwrap();
        assert_eq!((date.first_day(), date.last_day()), ((2016, 2, 1), (2016, 2, 29)));
        let date: Date = "2015".parse().unwrap();
        assert_eq!((date.first_day(), date.last_day()), ((2015, 1, 1), (2015, 12, 31)));
    }

    #[test]
    fn a_date_is_before_another_where_no_day_is_shared() {
        let is_before =
            |one: &str, other: &str| one.parse::<Date>().unwrap().is_before(other.parse().unwrap());
        assert!(is_before("2015-12-31", "2016") && is_before("2015", "2016-01-01"));
        assert!(!is_before("2015", "2015-12-31") && !is_before("2015-01-01", "2015"));
        assert!(!is_before("2016", "2015"));
    }
}
