//! Makes texts safe for a terminal.

use std::borrow::Cow;

use crate::control::steers;

/// Removes what would steer a terminal or reorder a line: control characters and the marks of
/// bidirectional text. Tabs and line breaks become spaces.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let spaced = text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c });
    Cow::Owned(spaced.filter(|c| !steers(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("\u{1b}[31mred\u{7}\u{9b}2J"), "[31mred2J");
        assert_eq!(clean("a\tb\nc"), "a b c");
        assert_eq!(clean("\u{202e}abc"), "abc");
        assert_eq!(clean("大阪大学"), "大阪大学");
    }
}
