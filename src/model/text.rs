//! A text in Japanese, in English, or in both.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// A name or a sentence in each language that a source gives it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Japanese.
    #[serde(default)]
    pub ja: Option<String>,
    /// English.
    #[serde(default)]
    pub en: Option<String>,
}

impl Text {
    /// In neither language.
    pub const NONE: Text = Text { ja: None, en: None };

    /// Returns the text in `lang`, or else in the other language.
    pub fn in_lang(&self, lang: Lang) -> Option<&str> {
        let (first, second) = lang.pick((&self.en, &self.ja), (&self.ja, &self.en));
        first.as_deref().or(second.as_deref())
    }

    /// Returns whether neither language is given, or only blanks.
    pub fn is_empty(&self) -> bool {
        self.both().all(|text| text.trim().is_empty())
    }

    /// Returns the wordings that are given, Japanese first.
    pub fn both(&self) -> impl Iterator<Item = &str> {
        [&self.ja, &self.en].into_iter().filter_map(|text| text.as_deref())
    }
}
