//! Strings as YAML scalars that people would write.

use crate::control::steers;
use crate::model::Date;

/// A string as a plain scalar where it reads back as itself, else in quotes.
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

/// A string as it stands inside `[…]` or `{…}`, where the marks of flow style need quotes too.
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
        || text.ends_with(char::is_whitespace)
        || text.ends_with(':')
        || text.contains(": ")
        || text.contains(" #"))
}

/// Whether some reader of YAML would take the text for a number; dates such as `2015-01` are none.
fn looks_like_a_number(text: &str) -> bool {
    let is_date = text.len() > 4 && text.parse::<Date>().is_ok();
    let numeric = |b: u8| b.is_ascii_hexdigit() || b"+-._xXoO:,".contains(&b);
    !is_date && text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(numeric)
}
