//! Characters that steer a terminal instead of being shown on it, or that are not shown at all.

/// Returns whether a character is a control character, or reorders or breaks a line of text.
pub fn steers(c: char) -> bool {
    let is_mark =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || is_mark || c == '\u{feff}'
}

/// Returns whether a character is invisible.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    )
}
