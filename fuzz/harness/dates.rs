//! Dates: the first line is one, the second, if there is any, another.

use medclust::model::Date;

/// A year, a month and a day; 0 where there is none.
type Parts = (u16, u16, u16);

pub fn run(data: &[u8]) {
    let text = super::text(data);
    let mut lines = text.lines();
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    for text in [first, second] {
        let date = text.parse::<Date>();
        assert_eq!(date.is_ok(), naive(text).is_some(), "{text:?}");
        assert!(date.is_err() || date.is_ok_and(|date| date.to_string() == text), "{text:?}");
    }
    if let (Some(one), Some(other)) = (naive(first), naive(second)) {
        let (date, next) = (first.parse::<Date>(), second.parse::<Date>());
        let is_before = date.is_ok_and(|date| next.is_ok_and(|next| date.is_before(next)));
        let each = |parts: Parts| days().filter(move |day| is_day_of(*day, parts));
        let all_before = each(one).all(|day| each(other).all(|next| day < next));
        let years = (one.0, other.0);
        // Only the days within a year are written out.
        let expected = if years.0 == years.1 { all_before } else { years.0 < years.1 };
        assert_eq!(is_before, expected, "{first} before {second}");
    }
}

/// Every month and day that a leap year may have.
fn days() -> impl Iterator<Item = (u16, u16)> + Clone {
    (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day)))
}

fn is_day_of((month, day): (u16, u16), (year, of_month, of_day): Parts) -> bool {
    day <= longest(year, month) && [0, month].contains(&of_month) && [0, day].contains(&of_day)
}

fn longest(year: u16, month: u16) -> u16 {
    let is_leap = year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Four digits, then two and two: the calendar has such a day.
fn naive(text: &str) -> Option<Parts> {
    let digits = |part: &str, many: usize| {
        let is_number = part.len() == many && part.chars().all(|c| c.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok()).flatten()
    };
    let parts: Vec<&str> = text.split('-').collect();
    let year = digits(parts[0], 4).filter(|year| *year > 0)?;
    let month = match parts.get(1) {
        None => 0,
        Some(month) => digits(month, 2).filter(|month| (1..=12).contains(month))?,
    };
    let day = match parts.get(2) {
        None => 0,
        Some(day) => digits(day, 2).filter(|day| (1..=longest(year, month)).contains(day))?,
    };
    (parts.len() <= 3).then_some((year, month, day))
}
