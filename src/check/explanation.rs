//! What a code means, as people are told it and as the documentation prints it.

use crate::diagnostic::{Code, Severity};
use crate::lang::Wording;

/// What a code means, with an atlas that has it and one that has not.
#[derive(Debug)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// What it means and why it matters.
    pub meaning: Wording,
    /// An atlas that triggers it.
    pub bad: Example,
    /// The same atlas, mended.
    pub good: Example,
}

impl Explanation {
    /// How bad it is unless something else is asked for.
    pub fn severity(&self) -> Severity {
        if Code::FAULTS.contains(&self.code) { Severity::Error } else { Severity::Warning }
    }
}

/// A small atlas.
#[derive(Clone, Copy, Debug)]
pub enum Example {
    /// One file of this text.
    File(&'static str),
    /// One file of this text, saved in the encoding of this name instead of UTF-8.
    Encoded(&'static str, &'static str),
    /// A folder that holds the file of this name and text, and nothing else.
    Named(&'static str, &'static str),
    /// One file of this text, laid over the shipped atlas.
    Layer(&'static str),
    /// A folder that does not exist.
    Absent,
}
