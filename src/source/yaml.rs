//! One YAML text into the records of one file.

use serde_saphyr::{Error, Options};

use super::recover;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::AtlasFile;
use crate::origin::{FileId, Origin, Position};

/// Reads a text; an empty one is an atlas file that says nothing.
///
/// # Errors
/// All faults of form that the text has.
pub fn parse(file: FileId, text: &str) -> Result<AtlasFile, Vec<Diagnostic>> {
    match serde_saphyr::from_str_with_options::<Option<AtlasFile>>(text, options(text)) {
        Ok(records) => Ok(records.unwrap_or_default()),
        Err(first) => Err(recover::faults(file, text)
            .unwrap_or_else(|error| vec![describe(file, &error)])
            .none_if_empty()
            .unwrap_or_else(|| vec![describe(file, &first)])),
    }
}

trait NoneIfEmpty: Sized {
    fn none_if_empty(self) -> Option<Self>;
}

impl<T> NoneIfEmpty for Vec<T> {
    fn none_if_empty(self) -> Option<Self> {
        (!self.is_empty()).then_some(self)
    }
}

/// How deep values may nest; records nest six deep.
const DEEPEST: usize = 32;

/// The limits for a text: large ones may be large, but none may demand more than its size warrants.
pub fn options(text: &str) -> Options {
    let size = text.len().max(1 << 16);
    serde_saphyr::options! {
        strict_booleans: true,
        budget: serde_saphyr::budget! {
            max_events: size,
            max_nodes: size,
            max_total_scalar_bytes: 2 * size,
            max_depth: DEEPEST,
            flow_nesting_limit: DEEPEST,
        },
    }
}

/// Words an error that ended the reading of a text.
fn describe(file: FileId, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let position = error.location().map_or(Position::default(), |location| Position {
        line: location.line() as u32,
        column: location.column() as u32,
    });
    let error = innermost(error);
    let text = error.render_with_formatter(&serde_saphyr::UserMessageFormatter);
    let text = text.split(" at line ").next().unwrap_or_default().trim_end_matches(['.', ' ']);
    let fault = match error {
        _ if is_limit(error, text) => Diagnostic::error(
            Code::TooComplex,
            format!("the file asks for more than its size warrants: {text}"),
            format!("ファイルが大きさに見合わない展開を求めています: {text}"),
        )
        .hint(
            "write repeated values out instead of using aliases, or nest less deeply",
            "エイリアスを使わずに書き下すか、入れ子を浅くしてください",
        ),
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("?");
            Diagnostic::error(
                Code::DuplicateField,
                format!("the field `{key}` is given twice"),
                format!("項目 `{key}` が二度書かれています"),
            )
            .hint("keep one of them", "どちらか一方だけを残してください")
        }
        Error::MultipleDocuments { .. } => Diagnostic::error(
            Code::Syntax,
            "a second document begins here",
            "ここから二つ目の文書が始まっています",
        )
        .hint("remove the `---`, or split the file", "`---` を消すか、ファイルを分けてください"),
        _ => Diagnostic::error(
            Code::Syntax,
            format!("not YAML: {text}"),
            format!("YAML として読めません: {text}"),
        )
        .hint(
            "check indentation, quotes, colons and brackets here and on the line before",
            "この行と前の行の字下げ、引用符、コロン、括弧を確かめてください",
        ),
    };
    fault.at(Origin { file, position }, 1)
}

/// The error itself, where an alias wraps it.
fn innermost(error: &Error) -> &Error {
    match error {
        Error::AliasError { error, .. } => innermost(error.without_snippet()),
        error => error,
    }
}

/// Whether a limit of the reader ended the reading; the parser below it tells that only in words.
fn is_limit(error: &Error, text: &str) -> bool {
    matches!(
        error,
        Error::Budget { .. }
            | Error::AliasReplayLimitExceeded { .. }
            | Error::AliasExpansionLimitExceeded { .. }
            | Error::AliasReplayStackDepthExceeded { .. }
    ) || text.contains("limit exceeded")
}
