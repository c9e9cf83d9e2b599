//! The two languages: Japanese and English.
//!
//! The language changes what people read, never ids, JSON keys or the order of an answer.

use serde::Serialize;

/// The language of names, headings and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// 日本語
    Ja,
    /// English
    #[default]
    En,
}

impl Lang {
    /// Picks the wording of this language.
    pub fn pick<T>(self, en: T, ja: T) -> T {
        match self {
            Lang::En => en,
            Lang::Ja => ja,
        }
    }

    /// Returns the language as it is typed: `ja` or `en`.
    pub fn as_str(self) -> &'static str {
        self.pick("en", "ja")
    }

    /// Parses a locale name such as `ja_JP.UTF-8`; every other locale means English.
    pub fn from_locale(locale: &str) -> Self {
        match locale.split(['_', '.', '-', '@']).next() {
            Some("ja") => Lang::Ja,
            _ => Lang::En,
        }
    }
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The English wording.
    pub en: String,
    /// The Japanese wording.
    pub ja: String,
}

impl Message {
    /// Creates a message from its two wordings.
    pub fn new(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Message { en: en.into(), ja: ja.into() }
    }

    /// Returns the wording in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.ja)
    }
}

/// One text in both languages, as the program itself holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// The English wording.
    pub en: &'static str,
    /// The Japanese wording.
    pub ja: &'static str,
}

impl Wording {
    /// Returns the wording in `lang`.
    pub fn in_lang(self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.ja)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_language_of_a_locale() {
        assert_eq!(Lang::from_locale("ja_JP.UTF-8"), Lang::Ja);
        assert_eq!(Lang::from_locale("ja"), Lang::Ja);
        assert_eq!(Lang::from_locale("C.UTF-8"), Lang::En);
        assert_eq!(Lang::from_locale("jam_JM"), Lang::En);
        assert_eq!(Lang::from_locale(""), Lang::En);
    }
}
