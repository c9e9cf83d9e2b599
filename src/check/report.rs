//! What a check found, as it is handed to scripts: the JSON contract.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Message;
use crate::model::schema::entitled;
use crate::origin::Files;

/// The findings of a check, with the files that they point into.
#[derive(Debug)]
pub struct Report<'f> {
    /// Faults, or else weak spots, in the order of the files and of the lines in them.
    pub findings: &'f [Diagnostic],
    /// The files.
    pub files: &'f Files,
}

impl<'f> Report<'f> {
    /// Returns the findings in the form in which scripts read them.
    pub fn views(&self) -> impl Iterator<Item = FindingView<'f>> + use<'f> {
        let files = self.files;
        self.findings.iter().map(move |finding| {
            let places: Vec<_> =
                finding.places.iter().map(|place| PlaceView::new(place, files)).collect();
            let first = places.first();
            FindingView {
                code: finding.code.as_str(),
                severity: finding.severity.as_str(),
                message: (&finding.message).into(),
                file: first.map(|place| place.file),
                line: first.and_then(|place| place.line),
                column: first.and_then(|place| place.column),
                hint: finding.hint.as_ref().map(MessageView::from),
                places,
            }
        })
    }
}

/// Returns the JSON Schema of the findings.
pub fn contract() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    entitled::<Vec<FindingView>>("medclust check --json", settings)
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingView<'f> {
    /// The code of the finding.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: MessageView<'f>,
    /// The path of the file; `null` where no file is at fault.
    pub file: Option<&'f str>,
    /// The line, from 1; `null` where the file as a whole is at fault.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// What to do about it.
    pub hint: Option<MessageView<'f>>,
    /// The place of the finding itself, then places that explain it.
    pub places: Vec<PlaceView<'f>>,
}

/// A place in a file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceView<'f> {
    /// The path of the file, as it was given.
    pub file: &'f str,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// The number of characters that are marked.
    pub length: u32,
    /// An explanation of the place.
    pub label: Option<MessageView<'f>>,
}

impl<'f> PlaceView<'f> {
    fn new(place: &'f Place, files: &'f Files) -> Self {
        let position = Some(place.origin.position).filter(|position| position.line > 0);
        PlaceView {
            file: &files.file(place.origin.file).path,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            length: place.length,
            label: place.label.as_ref().map(MessageView::from),
        }
    }
}

/// A sentence in both languages.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MessageView<'f> {
    /// In English.
    en: &'f str,
    /// In Japanese.
    ja: &'f str,
}

impl<'f> From<&'f Message> for MessageView<'f> {
    fn from(message: &'f Message) -> Self {
        MessageView { en: &message.en, ja: &message.ja }
    }
}
