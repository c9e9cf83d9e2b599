//! `medclust check`: faults and weak spots of an atlas.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::arguments::DataArguments;
use super::atlas::{self, Read};
use super::failure::Failure;
use super::names::unknown;
use super::session::Session;
use crate::check::{Explanation, Report, Subject, Weights, check, sort};
use crate::diagnostic::{Code, Diagnostic, Faults, Severity};
use crate::lang::Message;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Check the atlas in these folders, as layers; `builtin` is the shipped one [default: --data, or else the shipped atlas]
    ///
    /// これらのフォルダのアトラスを、層として調べる。builtin は付属のアトラス [既定: --data、なければ付属のアトラス]
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Count this code as an error; `warnings` counts all
    ///
    /// このコードをエラーとして数える。warnings はすべての警告
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    deny: Vec<String>,
    /// Do not look for this code of a warning
    ///
    /// この警告のコードを調べない
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    allow: Vec<String>,
    /// Show what a code means, with a bad and a good example
    ///
    /// コードの意味を、悪い例・よい例とともに表示する
    #[arg(long, value_name = "CODE", conflicts_with_all = ["folders", "deny", "allow"])]
    explain: Option<String>,
}

pub fn run(
    arguments: &Arguments,
    data: &DataArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    if let Some(text) = &arguments.explain {
        session.answer(&Explanation::of(code(text, Code::ALL)?), false)?;
        return Ok(Outcome::Found);
    }
    let weights = weights(arguments)?;
    if !arguments.folders.is_empty() && !data.folders.is_empty() {
        return Err(Failure::usage(
            "both `--data` and a folder to check are given: name all layers in one of the two ways",
            "`--data` と調べるフォルダの両方があります。すべての層をどちらか一方で指定してください",
        ));
    }
    let layers = match arguments.folders.is_empty() {
        true => atlas::layers(data)?,
        false => {
            let folders = arguments.folders.clone();
            atlas::layers(&DataArguments { folders, ..*data })?
        }
    };
    let Read { graph, files, sources } = session.reading(|| atlas::read(&layers));
    let findings = match graph {
        Ok(graph) => check(&Subject { graph: &graph, sources: &sources }, &weights),
        Err(Faults(mut faults)) => {
            sort(&mut faults);
            faults
        }
    };
    session.answer(&Report { findings: &findings, files: &files }, false)?;
    session.note(&summary(&findings));
    if let Some(hint) = atlas::lacks_below(&layers, &findings) {
        session.note(&hint);
    }
    // Whoever asks what is wrong has an answer where something is; status 1 tells scripts so.
    Ok(if findings.is_empty() { Outcome::Found } else { Outcome::Nothing })
}

fn weights(arguments: &Arguments) -> Result<Weights, Failure> {
    let mut weights = Weights::default();
    for text in &arguments.deny {
        match text.as_str() {
            "warnings" => weights.deny_warnings = true,
            text => {
                weights.denied.insert(code(text, Code::ALL)?);
            }
        }
    }
    for text in &arguments.allow {
        let code = code(text, Code::ALL)?;
        if Code::FAULTS.contains(&code) {
            return Err(Failure::usage(
                format!("`{code}` cannot be allowed: an atlas that has it cannot be loaded"),
                format!("`{code}` は許可できません。これがあるアトラスは読み込めません"),
            ));
        }
        weights.allowed.insert(code);
    }
    Ok(weights)
}

fn code(text: &str, known: &[Code]) -> Result<Code, Failure> {
    let found = known.iter().copied().find(|code| code.as_str() == text);
    found.ok_or_else(|| unknown("code", "コード", text, known.iter().map(|code| code.as_str())))
}

fn summary(findings: &[Diagnostic]) -> Message {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    if findings.is_empty() {
        return Message::new("nothing to report", "問題はありません");
    }
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    Message::new(
        format!(
            "{errors} error{}, {warnings} warning{}; `medclust check --explain CODE` tells more",
            plural(errors),
            plural(warnings)
        ),
        format!(
            "エラー {errors} 件、警告 {warnings} 件。詳しくは `medclust check --explain コード` へ"
        ),
    )
}
