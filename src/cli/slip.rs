//! What clap refuses of a command line, told as every other failure is, in both languages.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::{Failure, Refused};
use crate::lang::Message;

/// Says what is wrong with a command line, what was meant, and where to read on.
pub fn failure(error: &clap::Error) -> Failure {
    let mut failure = Failure::Usage { message: message(error), hints: Vec::new() };
    let values = told(error, ContextKind::ValidValue);
    if !values.is_empty() {
        let (en, ja) = (values.join(", "), values.join("、"));
        failure = failure.hint(format!("there are: {en}"), format!("使えるもの: {ja}"));
    }
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let meant: Vec<String> = suggested.into_iter().flat_map(|kind| told(error, kind)).collect();
    if !meant.is_empty() {
        let quoted: Vec<_> = meant.iter().map(|it| format!("`{it}`")).collect();
        failure = failure.hint(
            format!("did you mean {}?", quoted.join(" or ")),
            format!("{} のことですか?", quoted.join("、")),
        );
    }
    if let Some(usage) = told(error, ContextKind::Usage).first() {
        let usage = usage.trim_start_matches("Usage: ");
        failure = failure.hint(format!("usage: {usage}"), format!("使い方: {usage}"));
    }
    match asked(error) {
        Some(_) => failure,
        None => failure.hint("--help tells more", "詳しくは --help をご覧ください"),
    }
}

fn message(error: &clap::Error) -> Message {
    let argument = told(error, ContextKind::InvalidArg).join(" ");
    let value = told(error, ContextKind::InvalidValue).join(" ");
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => Message::new(
            format!("there is no option `{argument}` here"),
            format!("ここに `{argument}` というオプションはありません"),
        ),
        ErrorKind::UnknownArgument => Message::new(
            format!("`{argument}` is one argument too many"),
            format!("引数 `{argument}` が余分です"),
        ),
        ErrorKind::InvalidSubcommand => {
            let name = told(error, ContextKind::InvalidSubcommand).join(" ");
            Message::new(
                format!("there is no command `{name}`"),
                format!("`{name}` というコマンドはありません"),
            )
        }
        ErrorKind::InvalidValue if value.is_empty() && asked(error).is_none() => Message::new(
            format!("`{argument}` lacks its value"),
            format!("`{argument}` に値がありません"),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (en, ja) = match asked(error) {
                Some(Message { en, ja }) => {
                    (format!(": write {en}"), format!("。{ja}を書いてください"))
                }
                None => Default::default(),
            };
            Message::new(
                format!("`{argument}` cannot be `{value}`{en}"),
                format!("`{argument}` に `{value}` は使えません{ja}"),
            )
        }
        ErrorKind::TooManyValues => Message::new(
            format!("`{argument}` takes no `{value}`"),
            format!("`{argument}` に余分な値 `{value}` があります"),
        ),
        ErrorKind::MissingRequiredArgument => {
            Message::new(format!("missing: {argument}"), format!("引数が足りません: {argument}"))
        }
        ErrorKind::MissingSubcommand => Message::new("there is no command", "コマンドがありません"),
        ErrorKind::ArgumentConflict => conflict(error, &argument),
        ErrorKind::InvalidUtf8 => {
            Message::new("an argument is not UTF-8", "UTF-8 でない引数があります")
        }
        _ => Message::new("the arguments cannot be understood", "引数を解釈できません"),
    }
}

fn conflict(error: &clap::Error, argument: &str) -> Message {
    let prior = told(error, ContextKind::PriorArg);
    if prior.is_empty() || prior == [argument] {
        return Message::new(
            format!("`{argument}` serves once only"),
            format!("`{argument}` は一度しか使えません"),
        );
    }
    let prior: Vec<_> = prior.iter().map(|it| format!("`{it}`")).collect();
    Message::new(
        format!("`{argument}` does not go together with {}", prior.join(", ")),
        format!("`{argument}` と {} は同時に使えません", prior.join("、")),
    )
}

/// What a parser of our own asks to write instead.
fn asked(error: &clap::Error) -> Option<&Message> {
    error.source()?.downcast_ref::<Refused>().map(|Refused(message)| message)
}

fn told(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}
