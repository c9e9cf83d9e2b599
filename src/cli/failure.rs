//! What ends a command without an answer.

use std::fmt;
use std::io;

use crate::diagnostic::Diagnostic;
use crate::graph::Node;
use crate::lang::{Lang, Message};
use crate::origin::Files;

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// What was typed cannot be answered.
    Usage {
        /// What is wrong.
        message: Message,
        /// What could be meant, or what to do.
        hints: Vec<Message>,
    },
    /// The atlas is at fault.
    Atlas {
        /// All that is wrong with it.
        faults: Vec<Diagnostic>,
        /// The files that were read.
        files: Files,
        /// What to do about it as a whole.
        hint: Option<Message>,
    },
    /// The answer cannot be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

impl Failure {
    /// A failure of what was typed.
    pub fn usage(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Failure::Usage { message: Message::new(en, ja), hints: Vec::new() }
    }

    /// Adds what to do about it.
    pub fn hint(mut self, en: impl Into<String>, ja: impl Into<String>) -> Self {
        if let Failure::Usage { hints, .. } = &mut self {
            hints.push(Message::new(en, ja));
        }
        self
    }
}

/// What to write where a value of the command line is none; clap carries it to where it is told.
#[derive(Clone, Debug)]
pub struct Refused(pub Message);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for Refused {}

/// Says that the atlas names nobody of a region or a program.
pub fn nobody(of: Node, lang: Lang) -> Message {
    let name = of.name(lang);
    Message::new(
        format!("the atlas names nobody of {name}"),
        format!("{name}についてアトラスに名の挙がる者はありません"),
    )
}
