//! A fault as plain data: code, severity, message, places and a hint.
//!
//! A diagnostic says what is wrong and where; [`crate::render`] writes it for a terminal or a file.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;

use crate::lang::Message;
use crate::origin::Origin;

/// What kind of fault it is; printed in kebab-case and stable for scripts.
macro_rules! codes {
    ($($(#[$list_doc:meta])* $list:ident:
        $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)?;)*) => {
        /// What kind of fault it is; its kebab-case name is stable for scripts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($($(#[$doc])* $variant,)*)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$($(Code::$variant,)*)*];
            $($(#[$list_doc])* pub const $list: &[Code] = &[$(Code::$variant),*];)*

            /// Returns the code as it is printed.
            pub fn as_str(self) -> &'static str {
                match self { $($(Code::$variant => $text,)*)* }
            }

            /// Returns the page of `docs/checks/` that explains the code, in Markdown.
            pub fn page(self) -> &'static str {
                match self {
                    $($(Code::$variant => {
                        include_str!(concat!("../docs/checks/", $text, ".md"))
                    })*)*
                }
            }
        }
    };
}

codes! {
    /// The faults that keep an atlas from being loaded.
    FAULTS:
    /// A file or folder cannot be read.
    Unreadable = "unreadable",
    /// A folder holds no atlas file.
    NoAtlas = "no-atlas",
    /// A file is not UTF-8.
    NotUtf8 = "not-utf8",
    /// A file is not YAML.
    Syntax = "syntax",
    /// A file asks for more memory or time than its size warrants.
    TooComplex = "too-complex",
    /// A field that records of this kind do not have.
    UnknownField = "unknown-field",
    /// A required field is missing.
    MissingField = "missing-field",
    /// A value of a type that its field does not take.
    WrongType = "wrong-type",
    /// A field is given twice in one record.
    DuplicateField = "duplicate-field",
    /// A date that is not a year, a month or a day of the calendar.
    InvalidDate = "invalid-date",
    /// An id with a character that ids cannot have.
    InvalidId = "invalid-id",
    /// A latitude or longitude that is not on the globe.
    InvalidLocation = "invalid-location",
    /// A node without a name in any language.
    NoName = "no-name",
    /// Two records with the same id.
    DuplicateId = "duplicate-id",
    /// A value that contradicts an earlier layer.
    Contradiction = "contradiction",
    /// A reference to an id that does not exist.
    DanglingReference = "dangling-reference",
    /// A relation kind that the vocabulary does not know.
    UnknownRelationKind = "unknown-relation-kind",
    /// A relation whose end is of a kind that its vocabulary does not allow.
    WrongEndKind = "wrong-end-kind",
    /// A context that is neither a region nor a program.
    WrongContext = "wrong-context",
    /// A confidence on a statement that is not inferred.
    ConfidenceWithoutInference = "confidence-without-inference",
    /// Something that lies within itself, or is a part of itself.
    Cycle = "cycle",
    ;

    /// The weak spots of an atlas that can be loaded.
    WEAK_SPOTS:
    /// A node without a name in one of the languages.
    MissingLanguage = "missing-language",
    /// A statement that cites no source.
    Unsourced = "unsourced",
    /// A node or a relation whose end lies before its beginning.
    EndsBeforeItBegins = "ends-before-it-begins",
    /// A stage that no role acts in.
    IdleStage = "idle-stage",
    /// A node that no relation ties to anything but its place.
    Orphan = "orphan",
    /// Two nodes of one kind that go by one name.
    SharedName = "shared-name",
    /// A relation that is stated twice.
    StatedTwice = "stated-twice",
    /// A part that lies elsewhere than its whole.
    PartElsewhere = "part-elsewhere",
    /// An inference that does not tell how sure it is.
    NoConfidence = "no-confidence",
    /// A source that nothing cites.
    UncitedSource = "uncited-source",
    /// Coordinates outside the country of their region.
    OutsideCountry = "outside-country",
    /// An id that is no lower-case kebab-case ASCII.
    IdStyle = "id-style",
    ;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The atlas cannot be used, or must not be.
    Error,
    /// The atlas can be used, but could be better.
    Warning,
}

impl Severity {
    /// Returns the severity as it is written in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A place in a file that a fault points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The position at which it begins; line 0 stands for the file as a whole.
    pub origin: Origin,
    /// The number of characters that it covers; at least one is marked.
    pub length: u32,
    /// An explanation of the place.
    pub label: Option<Message>,
}

/// A fault: something wrong in an atlas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code of the fault.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The message: a lower-case fragment that says what is wrong.
    pub message: Message,
    /// The places of the fault: the first is its own, further ones explain it. Empty where no file
    /// is at fault.
    pub places: Vec<Place>,
    /// A hint: what to do about the fault.
    pub hint: Option<Message>,
}

impl Diagnostic {
    /// Creates an error without a place.
    pub fn error(code: Code, en: impl Into<String>, ja: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: Message::new(en, ja),
            places: Vec::new(),
            hint: None,
        }
    }

    /// Creates a warning without a place.
    pub fn warning(code: Code, en: impl Into<String>, ja: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, en, ja) }
    }

    /// Points at `length` characters from `origin`.
    #[must_use]
    pub fn at(mut self, origin: Origin, length: usize) -> Self {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.places.push(Place { origin, length, label: None });
        self
    }

    /// Adds a further place, with an explanation of it.
    #[must_use]
    pub fn see(
        mut self,
        origin: Origin,
        length: usize,
        en: impl Into<String>,
        ja: impl Into<String>,
    ) -> Self {
        self = self.at(origin, length);
        if let Some(place) = self.places.last_mut() {
            place.label = Some(Message::new(en, ja));
        }
        self
    }

    /// Adds a hint: what to do about the fault.
    #[must_use]
    pub fn hint(mut self, en: impl Into<String>, ja: impl Into<String>) -> Self {
        self.hint = Some(Message::new(en, ja));
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} ({})", self.message.en, self.code)
    }
}

impl Error for Diagnostic {}

/// All faults that keep records from being a graph, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Diagnostic>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (number, fault) in self.0.iter().enumerate() {
            let end = if number == 0 { "" } else { "\n" };
            write!(f, "{end}{fault}")?;
        }
        Ok(())
    }
}

impl Error for Faults {}

/// Returns the candidates nearest to `word` by edit distance, best first, at most three.
///
/// Distance is optimal string alignment (insert, delete, replace, swap neighbours); a candidate
/// further away than a third of the word's length is not near. O(length of the word) for each
/// character of a candidate of about its length.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// The names nearest to many words, for the hints of many faults.
///
/// Each word is looked up once. After about a tenth of a second's work no further word is looked
/// up, and the remaining faults have no hint.
#[derive(Debug, Default)]
pub struct Hints {
    found: HashMap<String, Vec<String>>,
    /// How many pairs of characters were compared, at most.
    compared: usize,
}

/// How many pairs of characters are compared for hints of one sort.
const MOST_COMPARED: usize = 100_000_000;

impl Hints {
    /// Returns the [`nearest`] of `candidates`, which must be the same at every call.
    pub fn nearest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> &[String] {
        if self.compared > MOST_COMPARED && !self.found.contains_key(word) {
            return &[];
        }
        self.found.entry(word.to_owned()).or_insert_with(|| {
            let compare = |candidate: &&str| self.compared += word.len() * candidate.len() + 1;
            nearest(word, candidates.into_iter().inspect(compare))
                .into_iter()
                .map(str::to_owned)
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let names: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        }
    }

    #[test]
    fn nearest_prefers_fewer_edits() {
        assert_eq!(
            nearest("medtornic", ["3m", "medtronic", "medtronix"]),
            ["medtronic", "medtronix"]
        );
        assert!(nearest("zzz", ["medtronic"]).is_empty());
    }

    #[test]
    fn hints_are_sought_once_for_a_word_and_end_when_they_cost_too_much() {
        let ids: Vec<String> = (0..20_000).map(|n| format!("organization-number-{n}")).collect();
        let mut sought = 0;
        let mut hints = Hints::default();
        let mut near = |word: &str| {
            let ids = ids.iter().map(|id| &**id).inspect(|_| sought += 1);
            hints.nearest(word, ids).to_vec()
        };
        for _ in 0..1000 {
            assert_eq!(near("organisation-number-7").first().unwrap(), "organization-number-7");
        }
        for n in 0..1000 {
            near(&format!("elsewhere-{n}"));
        }
        assert!(near("organisation-number-8").is_empty());
        assert_eq!(near("organisation-number-7").first().unwrap(), "organization-number-7");
        assert!(sought < 50 * ids.len(), "{sought}");
    }
}
