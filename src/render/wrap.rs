//! Wraps text to a width: double-width characters are counted as two, and Japanese is broken where
//! its rules allow.
//!
//! Where a line may break is Unicode's to say (UAX #14): no line begins with 、 or ）, none ends with
//! （, and no Latin word is cut unless it is wider than the line. A word with hyphens is one, so that an
//! id, an option or a citation can be copied.

use std::borrow::Cow;

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthStr;

/// Returns how many columns a text takes: of plain ASCII its bytes, which most texts are.
pub fn width_of(text: &str) -> usize {
    match text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        true => text.len(),
        false => text.width(),
    }
}

/// Wraps a text to lines of at most `width` columns.
pub fn wrap(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    if width_of(text) <= width && !text.contains('\n') {
        return vec![text.into()];
    }
    let options = Options::new(width.max(1))
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options)
}

/// Returns the width of the widest part of a text that no line break may split.
pub fn unbreakable(text: &str) -> usize {
    pieces(text).map(|piece| width_of(piece.trim_end())).max().unwrap_or(0)
}

fn words(text: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    Box::new(pieces(text).map(Word::from))
}

/// The parts of a text between the places where a line may break, blanks at their ends included.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let breaks = linebreaks(text)
        .filter(|(end, _)| !is_before_mark(text, *end) && !is_after_hyphen(text, *end));
    breaks.filter_map(move |(end, opportunity)| {
        let is_end = opportunity == BreakOpportunity::Mandatory && end == text.len();
        let piece = &text[start..end];
        start = end;
        (!piece.is_empty() || !is_end).then_some(piece)
    })
}

/// Whether the mark of a basis stands there, which belongs to the name that it follows.
fn is_before_mark(text: &str, at: usize) -> bool {
    text[at..].starts_with(['~', '+']) && !text[..at].ends_with(char::is_whitespace)
}

/// Whether a hyphen that begins a word or is inside one stands before there.
fn is_after_hyphen(text: &str, at: usize) -> bool {
    text[..at].ends_with('-') && text[at..].starts_with(|it: char| it.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "大阪大学医学部附属病院（Osaka University Hospital）、国立循環器病研究センター、Devicixと共同";

    #[test]
    fn a_text_is_as_wide_as_unicode_has_it() {
        let every = (0..=0x2fff).filter_map(char::from_u32).map(|c| format!("a{c}b"));
        for text in every.chain(["", "a b", TEXT, "e\u{301}", "👩‍🔬"].map(str::to_owned)) {
            assert_eq!(width_of(&text), text.width(), "{text:?}");
        }
    }

    #[test]
    fn no_line_is_wider_and_nothing_is_lost() {
        for width in 2..80 {
            let lines = wrap(TEXT, width);
            assert!(lines.iter().all(|line| line.width() <= width), "{width}: {lines:?}");
            let joined: String = lines.concat().split_whitespace().collect();
            assert_eq!(joined, TEXT.split_whitespace().collect::<String>());
        }
    }

    #[test]
    fn lines_break_where_japanese_lets_them() {
        for width in 12..80 {
            for line in wrap(TEXT, width) {
                assert!(!line.starts_with(['、', '）', 'ー']), "{width}: {line}");
                assert!(!line.ends_with('（'), "{width}: {line}");
                assert!(!line.ends_with("Devic"), "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_mark_stays_with_its_name() {
        for width in 4..40 {
            let lines = wrap("京都大学~、大阪大学医療デザイン+、国循 … +3", width);
            assert!(!lines.iter().any(|line| line.starts_with(['~'])), "{width}: {lines:?}");
            assert!(!lines.iter().any(|line| line.starts_with("+、")), "{width}: {lines:?}");
        }
    }

    #[test]
    fn a_word_with_hyphens_is_whole() {
        let text = "段階は --stage-by-stage が順に経る。super-tokku-map:175, minnesota-map:71-72";
        for word in ["--stage-by-stage", "super-tokku-map:175,", "minnesota-map:71-72"] {
            for width in 20..60 {
                assert!(wrap(text, width).iter().any(|line| line.contains(word)), "{width} {word}");
            }
        }
    }

    #[test]
    fn what_may_not_break_is_measured() {
        assert_eq!(unbreakable("gap fund, Devicix"), 7);
        assert_eq!(unbreakable("国循、阪大"), 4);
    }
}
