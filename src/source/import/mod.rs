//! What every importer is given, and what it gives.
//!
//! An importer turns a file of another tool into the records of an atlas. Dirt in the file is
//! counted, with examples, and never ends the import; only a file of which nothing can be read does.

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

/// What an import makes of a file.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files of the atlas to be.
    pub pages: Vec<Page>,
    /// What was found in the data beside what could be taken.
    pub tally: Tally,
    /// Nodes of the atlas that imported ones may be.
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
    /// A refusal without a hint yet.
    pub fn new(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Refusal { message: Message::new(en, ja), hint: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, en: impl Into<String>, ja: impl Into<String>) -> Self {
        self.hint = Some(Message::new(en, ja));
        self
    }
}

/// Refuses files of which nothing can be taken; what was found in them tells why.
pub fn nothing(tally: &Tally) -> Refusal {
    let refusal = Refusal::new("there is no row that can be read", "読める行がありません");
    match tally.counts().first().and_then(|it| it.examples.first()) {
        Some(example) => refusal.hint(example.clone(), example.clone()),
        None => refusal,
    }
}

/// Ties a value to no position, as it stands in no file yet.
pub fn at<T>(value: T) -> At<T> {
    At::new(value, Position::default())
}
