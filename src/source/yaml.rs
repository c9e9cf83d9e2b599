//! Parses a YAML text into the records of one file.

use serde_saphyr::options::NonFiniteFloatPolicy;
use serde_saphyr::{Error, Options};

use super::lookalike::{self, Suspect};
use super::{plain, recover};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::AtlasFile;
use crate::origin::{FileId, Origin, Position};

/// Parses a text; an empty one gives an empty file. Of a text with faults, returns every fault of
/// form and the records that have none.
pub fn parse(file: FileId, text: &str) -> (AtlasFile, Vec<Diagnostic>) {
    if let Some(records) = plain::read(text) {
        return (records, Vec::new());
    }
    let first = match in_full(text) {
        Ok(records) => return (records.unwrap_or_default(), Vec::new()),
        Err(first) => first,
    };
    let (records, mut faults) = read_again(file, text);
    if faults.is_empty() {
        faults.push(describe(file, text, &first));
    }
    mended(file, text, &faults).unwrap_or((records, faults))
}

/// Parses a text by the parser that knows all of YAML.
pub fn in_full(text: &str) -> Result<Option<AtlasFile>, Error> {
    serde_saphyr::from_str_with_options(text, options(text))
}

fn read_again(file: FileId, text: &str) -> (AtlasFile, Vec<Diagnostic>) {
    let read = recover::faults(file, text);
    read.unwrap_or_else(|error| (AtlasFile::default(), vec![describe(file, text, &error)]))
}

/// Reading a text this often, in bytes, is no burden.
const BEARABLE: usize = 16 << 20;

/// Reads a text with its lookalikes of marks mended, where that makes it better: they are its
/// faults, with what else there is.
fn mended(file: FileId, text: &str, faults: &[Diagnostic]) -> Option<(AtlasFile, Vec<Diagnostic>)> {
    let suspects = lookalike::suspects(text);
    let judged = |faults: &[Diagnostic]| {
        (faults.iter().filter(|it| it.code == Code::Syntax).count(), faults.len())
    };
    let mut guilty: Vec<&Suspect> = suspects.iter().collect();
    let mut best = judged(&read_again(file, &lookalike::mend(text, &suspects).text).1);
    if best >= judged(faults) {
        return None;
    }
    // What may stay as it is, is no fault.
    if suspects.len() * text.len() <= BEARABLE {
        for suspect in &suspects {
            let others = guilty.iter().copied().filter(|it| !std::ptr::eq(*it, suspect));
            let others: Vec<&Suspect> = others.collect();
            let mended = lookalike::mend(text, others.iter().copied());
            let judged = judged(&read_again(file, &mended.text).1);
            if judged <= best {
                (best, guilty) = (judged, others);
            }
        }
    }
    let mended = lookalike::mend(text, guilty.iter().copied());
    let (records, mut faults) = read_again(file, &mended.text);
    for place in faults.iter_mut().flat_map(|fault| &mut fault.places) {
        place.origin.position = mended.written(place.origin.position);
    }
    faults.extend(guilty.iter().map(|suspect| suspect.fault(file)));
    faults.sort_by_key(|fault| fault.places.first().map(|place| place.origin));
    Some((records, faults))
}

/// How deep values may nest; records nest six deep.
const DEEPEST: usize = 32;

/// Returns the limits for parsing a text: they grow with its length, so that large texts load and
/// small ones cannot demand too much.
pub fn options(text: &str) -> Options {
    let size = text.len().max(1 << 16);
    serde_saphyr::options! {
        strict_booleans: true,
        budget: serde_saphyr::budget! {
            max_events: size,
            max_nodes: size,
            max_total_scalar_bytes: 2 * size,
            max_aliases: size,
            max_anchors: size,
            // What aliases expand to is counted, not how many there are.
            enforce_alias_anchor_ratio: false,
            max_depth: DEEPEST,
            flow_nesting_limit: DEEPEST,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: size },
        // What a figure may be is told by the records, and `007` or `1_000` may well be an id.
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    }
}

/// Words an error that ended the reading of a text.
pub fn describe(file: FileId, text: &str, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let position = error.location().map_or(Position::default(), |location| Position {
        line: location.line() as u32,
        column: location.column() as u32,
    });
    let position = within(text, position);
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
        Error::DuplicateMappingKey { key, .. } => duplicate(key.as_deref().unwrap_or("?")),
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

/// Returns the message for a field that is given twice.
pub fn duplicate(field: &str) -> Diagnostic {
    Diagnostic::error(
        Code::DuplicateField,
        format!("the field `{field}` is given twice"),
        format!("項目 `{field}` が二度書かれています"),
    )
    .hint("keep one of them", "どちらか一方だけを残してください")
}

/// A position, or the end of the text where that lies before it.
fn within(text: &str, position: Position) -> Position {
    let last = text.lines().count().max(1) as u32;
    let line = position.line.clamp(1, last);
    let length = text.lines().nth(line as usize - 1).unwrap_or_default().chars().count() as u32;
    let column = if position.line > last { length + 1 } else { position.column };
    Position { line, column: column.clamp(1, length + 1) }
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
