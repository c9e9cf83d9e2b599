//! The common input and output of all importers.
//!
//! An importer turns a file of another tool into the records of an atlas. Irregularities in the
//! file are counted, with examples, and never end the import; only a file from which nothing can be
//! read does.

mod ancestry;
mod assembly;
mod documents;
mod extension;
mod finding;
mod input;
mod known;
mod naming;
mod page;
mod words;

use std::error::Error;
use std::fmt;

use crate::lang::Message;
use crate::origin::{At, Position};

pub use ancestry::Ancestry;
pub use assembly::{Draft, Whereabouts, assemble, new_kind};
use documents::sources;
pub use extension::{is_bare, is_new, keep_new};
pub use finding::{Count, Finding, Tally};
pub use input::{Input, read};
pub use known::{Known, KnownNode, Proposal};
pub use naming::{Ids, coin, has_japanese, in_its_language, slug};
pub use page::{Page, chunks};
pub use words::{Kinds, Named, Types, kind_of_type, word};

/// The result of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files of the new atlas.
    pub pages: Vec<Page>,
    /// The irregularities that were found in the data.
    pub tally: Tally,
    /// Proposed matches between imported nodes and nodes of the existing atlas.
    pub proposals: Vec<Proposal>,
}

/// Why a file cannot be imported at all.
#[derive(Debug)]
pub struct Refusal {
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl Error for Refusal {}

impl Refusal {
    /// Creates a refusal without a hint.
    pub fn new(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Refusal { message: Message::new(en, ja), hint: None }
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, en: impl Into<String>, ja: impl Into<String>) -> Self {
        self.hint = Some(Message::new(en, ja));
        self
    }
}

/// Creates the refusal of files from which nothing can be taken; `tally` says why.
pub fn nothing(tally: &Tally) -> Refusal {
    let refusal = Refusal::new("there is no row that can be read", "読める行がありません");
    match tally.counts().first().and_then(|it| it.examples.first()) {
        Some(example) => refusal.hint(example.clone(), example.clone()),
        None => refusal,
    }
}

/// Wraps a value with an unknown position, as it stands in no file yet.
pub fn at<T>(value: impl Into<T>) -> At<T> {
    At::new(value.into(), Position::default())
}
