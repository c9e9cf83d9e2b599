//! Reads ROR files: a JSON array, one record per line, a single record, or a response of the search
//! API.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::record::{self, Record};
use crate::source::import::{Finding, Input, Refusal, Tally};

/// Reads every record that can be read; of several with the same id, the first.
///
/// # Errors
/// Where not one can be read, or where an array is no JSON.
pub fn records(inputs: &[Input], tally: &mut Tally) -> Result<Vec<Record>, Refusal> {
    let mut found = Vec::new();
    let mut seen: HashMap<String, ()> = HashMap::new();
    for input in inputs {
        if is_matching(&input.text) {
            return Err(matching(input));
        }
        let mut first_error = None;
        let before = found.len();
        for (line, piece) in pieces(input)? {
            match piece.and_then(record::read) {
                Ok(record) if record.names.is_empty() => {
                    tally.add(Finding::Nameless, || format!("line {line}"));
                }
                Ok(record) => match seen.insert(record.suffix.clone(), ()) {
                    None => found.push(record),
                    Some(()) => tally.add(Finding::Repeated, || record.suffix),
                },
                Err(error) => {
                    tally.add(Finding::Unreadable, || format!("line {line}: {error}"));
                    first_error.get_or_insert((line, error));
                }
            }
        }
        if found.len() == before && before == 0 {
            return Err(nothing(input, first_error));
        }
    }
    Ok(found)
}

fn nothing(input: &Input, first_error: Option<(usize, String)>) -> Refusal {
    let name = &input.name;
    let refusal = match first_error {
        Some((line, error)) => Refusal::new(
            format!("`{name}` holds no record of ROR: line {line}: {error}"),
            format!("`{name}` に ROR のレコードがありません（{line} 行目: {error}）"),
        ),
        None => Refusal::new(
            format!("`{name}` holds no record of ROR"),
            format!("`{name}` に ROR のレコードがありません"),
        ),
    };
    refusal.hint(
        "a JSON array of records is expected, or one record a line, of schema v1 or v2",
        "レコードの JSON 配列、または一行に一レコード（スキーマ v1 か v2）が必要です",
    )
}

/// Whether a text answers which organizations an affiliation may mean: candidates with scores.
fn is_matching(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Candidate<'t> {
        #[serde(borrow)]
        organization: Option<&'t RawValue>,
        #[serde(borrow)]
        matching_type: Option<&'t RawValue>,
    }
    #[derive(serde::Deserialize)]
    struct Answer<'t> {
        #[serde(borrow)]
        items: Vec<Candidate<'t>>,
    }
    let is_candidate = |it: &Candidate| it.organization.is_some() && it.matching_type.is_some();
    let answer: Option<Answer> =
        text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok()).flatten();
    answer.is_some_and(|it| it.items.first().is_some_and(is_candidate))
}

fn matching(input: &Input) -> Refusal {
    let name = &input.name;
    Refusal::new(
        format!(
            "`{name}` is an answer of ROR's affiliation matching: guesses with scores, no records"
        ),
        format!("`{name}` は ROR の所属照合の回答（点数つきの候補）で、レコードではありません"),
    )
    .hint(
        "choose one, and import its record: https://api.ror.org/v2/organizations/ID",
        "候補を選び、そのレコードを取り込んでください: https://api.ror.org/v2/organizations/ID",
    )
}

type Pieces<'t> = Vec<(usize, Result<&'t RawValue, String>)>;

/// The JSON values that should be records, each with the line at which it begins.
fn pieces(input: &Input) -> Result<Pieces<'_>, Refusal> {
    #[derive(serde::Deserialize)]
    struct ItemList<'t> {
        #[serde(borrow)]
        items: Vec<&'t RawValue>,
    }
    let text = &*input.text;
    let start = text.trim_start();
    if start.starts_with('[') {
        let values = serde_json::from_str(text).map_err(|error| broken(input, &error))?;
        return Ok(with_lines(text, values));
    }
    let first_line = start.lines().next().unwrap_or_default();
    if start.starts_with('{') && serde_json::from_str::<&RawValue>(first_line).is_err() {
        if let Ok(found) = serde_json::from_str::<ItemList>(text) {
            return Ok(with_lines(text, found.items));
        }
        if let Ok(one) = serde_json::from_str(text) {
            return Ok(with_lines(text, vec![one]));
        }
    }
    if let Ok(found) = serde_json::from_str::<ItemList>(first_line) {
        return Ok(with_lines(text, found.items));
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    Ok(lines.map(|(number, line)| (number, parse(line))).collect())
}

fn parse(line: &str) -> Result<&RawValue, String> {
    serde_json::from_str(line.trim()).map_err(|error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or(&text);
        format!("{what} at column {}", error.column())
    })
}

/// Ties values to the lines at which they begin in the text that they borrow from.
fn with_lines<'t>(text: &str, values: Vec<&'t RawValue>) -> Pieces<'t> {
    let (mut line, mut counted) = (1, 0);
    let start = text.as_ptr() as usize;
    let place = |value: &'t RawValue| {
        let at = (value.get().as_ptr() as usize).saturating_sub(start).min(text.len());
        line += text.as_bytes()[counted..at].iter().filter(|byte| **byte == b'\n').count();
        counted = at;
        (line, Ok(value))
    };
    values.into_iter().map(place).collect()
}

fn broken(input: &Input, error: &serde_json::Error) -> Refusal {
    let name = &input.name;
    Refusal::new(
        format!("`{name}` is no JSON: {error}"),
        format!("`{name}` は JSON として読めません: {error}"),
    )
    .hint("fetch it again, or mend it there", "取得し直すか、その箇所を直してください")
}
