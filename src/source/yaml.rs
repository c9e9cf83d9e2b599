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

/// The limits for a text: large ones may be large, but none may demand more than its size warrants.
pub fn options(text: &str) -> Options {
    let size = text.len().max(1 << 16);
    serde_saphyr::options! {
        strict_booleans: true,
        budget: serde_saphyr::budget! {
            max_events: size,
            max_nodes: size,
            max_total_scalar_bytes: 2 * size,
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
    let origin = Origin { file, position };
    let text = error.render_with_formatter(&serde_saphyr::UserMessageFormatter);
    let text = text.trim_end().trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let fault = match error {
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => Diagnostic::error(
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
        ),
    };
    fault.at(origin, 1)
}
