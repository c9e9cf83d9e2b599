//! Writes strings as YAML scalars that people would write.

use crate::control::steers;
use crate::model::Date;

/// Returns a string as a plain scalar if it reads back as itself, else in quotes.
pub fn scalar(text: &str) -> String {
    let is_unfit = |c: char| steers(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.chars().any(is_unfit) {
        let mut quoted = String::from("\"");
        for c in text.chars() {
            match c {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                c if is_unfit(c) => quoted.push_str(&format!("\\u{:04x}", c as u32)),
                c => quoted.push(c),
            }
        }
        quoted.push('"');
        return quoted;
    }
    if is_plain(text) { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

/// Returns a string as it is written inside `[…]` or `{…}`, where the punctuation of flow style
/// needs quotes too.
pub fn scalar_in_flow(text: &str) -> String {
    let written = scalar(text);
    let is_bare = !written.starts_with(['\'', '"']);
    if is_bare && written.contains([',', '[', ']', '{', '}']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        written
    }
}

/// Whether a text, written without quotes, reads back as this text and as no other type.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let is_word = matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    let opens = match first {
        '-' => !text[1..].starts_with(char::is_alphabetic),
        first => {
            !first.is_alphanumeric()
                && first.is_ascii()
                && !matches!(first, '(' | '/' | '_' | '$' | '^' | ';')
        }
    };
    !(is_word
        || opens
        || looks_like_a_number(text)
        || looks_like_a_day(text)
        || text.ends_with(char::is_whitespace)
        || text.ends_with(':')
        || text.contains(": ")
        || text.contains(" #"))
}

/// Whether some reader of YAML would take the text for a number, in whatever base or in sixties; a month
/// such as `2015-01` is none.
fn looks_like_a_number(text: &str) -> bool {
    let is_date = text.len() > 4 && text.parse::<Date>().is_ok();
    let numeric = |b: u8| b.is_ascii_hexdigit() || b"+-._xXoO:,".contains(&b);
    !is_date && text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(numeric)
}

/// Whether a reader of YAML 1.1 would take the text for a day, or a time of one.
fn looks_like_a_day(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let Some((year, rest)) = text.split_once('-') else { return false };
    let Some((month, rest)) = rest.split_once('-') else { return false };
    let (day, time) = rest.split_at(digits(rest).min(2));
    let is_number =
        |text: &str, most| (1..=most).contains(&text.len()) && digits(text) == text.len();
    year.len() == 4
        && is_number(year, 4)
        && is_number(month, 2)
        && !day.is_empty()
        && (time.is_empty() || time.starts_with(['T', 't', ' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_reader_would_take_for_something_else_is_quoted() {
        for text in [
            "2015-01-26",
            "2015-1-2",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43.10 -5",
            "2015",
            "1_000",
            "0b1010",
            "0o17",
            "017",
            "0x1F",
            "0xdead_beef",
            "1e3",
            "1.5E+10",
            "190:20:30",
            "12:30",
            "190:20:30.15",
            "1,000",
            "+1",
            "-1",
            "-.inf",
            ".NaN",
            "1.",
            "y",
            "N",
            "yes",
            "No",
            "on",
            "OFF",
            "true",
            "FALSE",
            "null",
            "Null",
            "~",
            "=",
            "<<",
            "",
            "- a",
            "-",
            "---",
            "...",
            "? a",
            ": a",
            "a: b",
            "a:",
            "a #b",
            " a",
            "a ",
            "#a",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "{a",
            "[a",
            "'a",
            "\"a",
        ] {
            assert_eq!(scalar(text), format!("'{}'", text.replace('\'', "''")), "{text}");
        }
    }

    #[test]
    fn what_every_reader_takes_for_a_text_is_not() {
        for text in [
            "2015-01",
            "3M",
            "1st",
            "a-b",
            "-a",
            "yes please",
            "none",
            "nil",
            "12-lead ECG",
            "http://example.org/a#b",
            "関西",
            "/etc",
            "(a)",
            "2015-2016 report",
        ] {
            assert_eq!(scalar(text), text);
        }
    }
}
