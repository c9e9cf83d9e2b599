//! Makes readable ids from names.

use std::collections::HashSet;

use crate::model::Text;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An id is cut between words before it is longer than this.
const LONGEST: usize = 60;

/// Returns a name as lower-case kebab-case ASCII: `Universität Zürich` gives `universitat-zurich`.
///
/// Latin letters lose their marks. Other scripts are dropped, since their reading could only be
/// guessed. Returns `None` where fewer than two characters are left, or less than half of the name.
pub fn slug(name: &str) -> Option<String> {
    let mut slug = String::new();
    let (mut kept, mut lost) = (0usize, 0usize);
    for c in name.nfkd() {
        let letters = latin(c);
        if !letters.is_empty() {
            kept += 1;
            slug.push_str(&letters);
        } else if is_combining_mark(c) || matches!(c, '\'' | '’' | '.') {
            // Stands inside a word.
        } else {
            lost += usize::from(c.is_alphanumeric());
            slug.push_str(if c == '&' { "-and-" } else { "-" });
        }
    }
    while slug.contains("--") {
        slug = slug.replace("--", "-");
    }
    let slug = slug.trim_matches('-');
    let slug = if slug.len() > LONGEST {
        slug[..LONGEST].rsplit_once('-').map_or(&slug[..LONGEST], |(words, _)| words)
    } else {
        slug
    };
    (slug.len() >= 2 && kept > lost).then(|| slug.to_owned())
}

/// A Latin letter or a digit in lower-case ASCII; nothing for everything else.
fn latin(c: char) -> String {
    let letters = match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ə' | 'Ə' => "e",
        c if c.is_ascii_alphanumeric() => return c.to_ascii_lowercase().to_string(),
        _ => "",
    };
    letters.to_owned()
}

/// Returns a readable id for a name, or else one made of `stem` and a number computed from the name
/// (32-bit FNV-1a), so that it is the same in every import.
pub fn coin(name: &str, stem: &str) -> String {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    slug(name).unwrap_or_else(|| format!("{stem}-{:08x}", name.bytes().fold(0x811c_9dc5, step)))
}

/// Returns whether a text holds kana or kanji.
pub fn has_japanese(text: &str) -> bool {
    text.contains(|c| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '々' | '\u{f900}'..='\u{faff}'))
}

/// Returns a text in the language that its script suggests: Japanese where it contains kana or
/// kanji, else English.
pub fn in_its_language(text: &str) -> Text {
    let text = text.to_owned();
    match has_japanese(&text) {
        true => Text { ja: Some(text), en: None },
        false => Text { ja: None, en: Some(text) },
    }
}

/// A set of ids in use, which gives out each id once.
#[derive(Clone, Debug, Default)]
pub struct Ids(HashSet<String>);

impl Ids {
    /// Creates the set of ids that are in use already.
    pub fn taken(ids: impl IntoIterator<Item = String>) -> Self {
        Ids(ids.into_iter().collect())
    }

    /// Returns whether an id is not in use.
    pub fn is_free(&self, id: &str) -> bool {
        !self.0.contains(id)
    }

    /// Gives out the first of `candidates` that is free, or else the last of them with the smallest
    /// number that makes it free.
    ///
    /// # Panics
    /// Without a candidate.
    pub fn claim(&mut self, candidates: &[String]) -> String {
        let last = candidates.last().expect("an id has a candidate");
        let numbered = (2..).map(|number| format!("{last}-{number}"));
        let id = candidates
            .iter()
            .cloned()
            .chain(numbered)
            .find(|id| self.is_free(id))
            .expect("numbers do not end");
        self.0.insert(id.clone());
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_readable_ids() {
        for (name, id) in [
            ("Universität Zürich", Some("universitat-zurich")),
            ("Med-Tech  (USA), Inc.", Some("med-tech-usa-inc")),
            ("Queen's College", Some("queens-college")),
            ("S.p.A. Øre & Łódź", Some("spa-ore-and-lodz")),
            ("ＮＴＴ東", Some("ntt")),
            ("東京大学 UT", None),
            ("大阪", None),
            ("-", None),
            ("A", None),
        ] {
            assert_eq!(slug(name).as_deref(), id, "{name}");
        }
        assert!(
            slug(&"word ".repeat(40)).is_some_and(|id| id.len() <= LONGEST && id.ends_with('d'))
        );
    }

    #[test]
    fn no_id_is_given_twice() {
        let mut ids = Ids::taken(["a".to_owned()]);
        let candidates = ["a".to_owned(), "a-x".to_owned()];
        assert_eq!(ids.claim(&candidates), "a-x");
        assert_eq!(ids.claim(&candidates), "a-x-2");
        assert_eq!(ids.claim(&candidates), "a-x-3");
    }
}
