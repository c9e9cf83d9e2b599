//! How wide texts are, and where lines break, for a font that nobody knows yet.
//!
//! Widths are those of Helvetica for ASCII and of the East Asian Width of Unicode for the rest, plus a reserve:
//! against a browser with Noto Sans they were found at most 17 % too small, in the median right.

use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthChar;

/// The advance widths of Helvetica from U+0020 to U+007E, in thousandths of the size of the font.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How much wider than measured a text may turn out.
const RESERVE: f64 = 1.12;

/// The same of bold text.
const RESERVE_BOLD: f64 = 1.18;

/// A font: its size in pixels, and whether it is bold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// The size.
    pub size: f64,
    /// Whether it is bold.
    pub is_bold: bool,
}

impl Font {
    /// A regular font.
    pub const fn regular(size: f64) -> Self {
        Font { size, is_bold: false }
    }

    /// A bold font.
    pub const fn bold(size: f64) -> Self {
        Font { size, is_bold: true }
    }

    /// Returns the width of a line, in pixels, with the reserve.
    pub fn width(self, line: &str) -> f64 {
        let em: f64 = line.chars().map(em).sum();
        em * self.size * if self.is_bold { RESERVE_BOLD } else { RESERVE }
    }

    /// Returns the height of a line.
    pub fn height(self) -> f64 {
        self.size * 1.38
    }

    /// Breaks a text into lines no wider than `most`, where a text may be broken; a longer word is
    /// broken anywhere.
    pub fn wrap(self, text: &str, most: f64) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut start = 0;
        for end in breaks(text) {
            let word = &text[start..end];
            start = end;
            if !line.is_empty() && self.width(&format!("{line}{}", word.trim_end())) > most {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                if !line.is_empty()
                    && self.width(&line) + self.width(c.encode_utf8(&mut [0; 4])) > most
                {
                    if c.is_whitespace() {
                        continue;
                    }
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        lines.push(line);
        let lines = lines.iter().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Breaks a text into as few lines as [`Font::wrap`] does, of about the same width: no last line of one
    /// character. Wraps some eight times.
    pub fn balance(self, text: &str, most: f64) -> Vec<String> {
        let mut best = self.wrap(text, most);
        let (mut narrow, mut wide) = (0.0, most);
        while best.len() > 1 && wide - narrow > self.size / 4.0 {
            let middle = (narrow + wide) / 2.0;
            let lines = self.wrap(text, middle);
            // A word that is wider than this would be broken.
            match lines.len() == best.len() && self.is_whole(&lines, text) {
                true => (best, wide) = (lines, middle),
                false => narrow = middle,
            }
        }
        best
    }

    /// Whether lines end only where a text may.
    fn is_whole(self, lines: &[String], text: &str) -> bool {
        let mut ends = breaks(text).map(|end| text[..end].trim_end().len());
        let mut at = 0;
        lines.iter().all(|line| {
            at += text[at..].find(line.as_str()).unwrap_or_default() + line.len();
            ends.any(|end| end == at)
        })
    }

    /// Breaks a text into at most so many lines; where there is more, the last ends with an ellipsis.
    pub fn fit(self, text: &str, most: f64, lines: usize) -> Vec<String> {
        let mut all = self.wrap(text, most);
        if all.len() > lines.max(1) {
            all.truncate(lines.max(1));
            if let Some(last) = all.last_mut() {
                while self.width(&format!("{last}…")) > most && last.pop().is_some() {}
                last.push('…');
            }
        }
        all
    }
}

/// Where a text may be broken, and its end: where Unicode allows, but not within a word in katakana.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    let is_kana = |c: char| matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー');
    let is_within =
        move |end: usize| text[..end].ends_with(is_kana) && text[end..].starts_with(is_kana);
    linebreaks(text).map(|(end, _)| end).filter(move |end| !is_within(*end))
}

/// The width of a character in sizes of the font.
fn em(c: char) -> f64 {
    match c {
        ' '..='~' => f64::from(HELVETICA[c as usize - 32]) / 1000.0,
        c => match c.width() {
            Some(2) => 1.0,
            Some(0) | None => 0.0,
            // Arrows, dashes and letters of other scripts.
            _ => 0.62,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Font;

    const FONT: Font = Font::regular(10.0);

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_nothing() {
        for text in [
            "National Cerebral and Cardiovascular Center",
            "国立循環器病研究センター（大阪府吹田市）",
            "Pneumonoultramicroscopicsilicovolcanoconiosis",
            "a  b",
        ] {
            for most in [20.0, 60.0, 1000.0] {
                let lines = FONT.wrap(text, most);
                assert!(lines.iter().all(|line| FONT.width(line) <= most), "{lines:?}");
                let letters = |text: &str| text.replace(' ', "");
                assert_eq!(letters(&lines.concat()), letters(text));
            }
        }
        assert!(FONT.wrap("", 10.0).is_empty());
    }

    #[test]
    fn balanced_lines_are_as_few_and_break_no_word() {
        assert_eq!(FONT.balance("研究現場のアイデア", 92.0), ["研究現場の", "アイデア"]);
        assert_eq!(FONT.balance("大阪大学ベンチャー", 92.0), ["大阪大学", "ベンチャー"]);
        for text in [
            "Engineering research institute or university",
            "医学系研究機関・大学",
            "Minnesota",
            "",
        ] {
            for most in [70.0, 120.0, 200.0] {
                let (greedy, balanced) = (FONT.wrap(text, most), FONT.balance(text, most));
                assert_eq!(balanced.len(), greedy.len());
                let widest =
                    |lines: &[String]| lines.iter().map(|it| FONT.width(it)).fold(0.0, f64::max);
                assert!(widest(&balanced) <= widest(&greedy), "{balanced:?}");
                assert_eq!(balanced.concat().replace(' ', ""), text.replace(' ', ""));
                let words = balanced.iter().flat_map(|it| it.split(' '));
                assert!(!text.is_ascii() || words.eq(text.split_whitespace()), "{balanced:?}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis() {
        let lines = FONT.fit("国立循環器病研究センター", 60.0, 1);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].ends_with('…') && FONT.width(&lines[0]) <= 60.0);
        assert_eq!(FONT.fit("国循", 60.0, 1), ["国循"]);
    }
}
