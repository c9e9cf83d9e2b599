//! `medclust schema`: the JSON Schema of atlas files, and of each command's JSON output.

use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;

use super::Outcome;
use super::failure::Failure;
use super::list::Kind;
use super::session::Session;
use crate::check;
use crate::query::contract::Contract;
use crate::query::expect::policy::policy_schema;
use crate::query::list::What;
use crate::source::atlas_schema;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    of: Option<Of>,
}

#[derive(Debug, Subcommand)]
enum Of {
    /// Print the JSON Schema of what a command gives with --json
    ///
    /// コマンドの --json の出力の JSON Schema を出力する
    Output(OutputArguments),
    /// Print the JSON Schema of a policy, as `expect` takes it
    ///
    /// expect の規則のファイルの JSON Schema を出力する
    Expect,
}

#[derive(Debug, Args)]
struct OutputArguments {
    /// The command: list, show, cite, search, path, trace, compare, gaps, risk, stats, draw, map, diff, expect or check
    ///
    /// コマンド: list、show、cite、search、path、trace、compare、gaps、risk、stats、draw、map、diff、expect、check
    #[arg(value_name = "NAME", hide_possible_values = true)]
    answering: Answering,
    /// For list: what is listed, as in `schema output list relations` [default: any of them]
    ///
    /// list の場合: 何の一覧か（例: schema output list relations）[既定: いずれか]
    #[arg(value_name = "KIND", hide_possible_values = true)]
    listed: Option<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Answering {
    List,
    Show,
    Cite,
    Search,
    Path,
    Risk,
    Trace,
    Compare,
    Stats,
    Gaps,
    Diff,
    Draw,
    Map,
    Expect,
    Check,
}

impl OutputArguments {
    fn schema(&self) -> Result<Value, Failure> {
        let contract = match (self.answering, self.listed.map(What::from)) {
            (Answering::List, None) => Contract::List,
            (Answering::List, Some(What::Nodes(_))) => Contract::Nodes,
            (Answering::List, Some(What::Relations)) => Contract::Relations,
            (Answering::List, Some(What::RelationKinds)) => Contract::RelationKinds,
            (Answering::List, Some(What::Sources)) => Contract::Sources,
            (_, Some(_)) => {
                return Err(Failure::usage(
                    "only the output of list has kinds",
                    "種類があるのは list の出力だけです",
                )
                .hint("leave the second word out", "二つ目の語を省いてください"));
            }
            (Answering::Show, None) => Contract::Show,
            (Answering::Cite, None) => Contract::Cite,
            (Answering::Search, None) => Contract::Search,
            (Answering::Path, None) => Contract::Path,
            (Answering::Risk, None) => Contract::Risk,
            (Answering::Trace, None) => Contract::Trace,
            (Answering::Compare, None) => Contract::Compare,
            (Answering::Stats, None) => Contract::Stats,
            (Answering::Gaps, None) => Contract::Gaps,
            (Answering::Diff, None) => Contract::Diff,
            (Answering::Draw, None) => Contract::Draw,
            (Answering::Map, None) => Contract::Map,
            (Answering::Expect, None) => Contract::Expect,
            (Answering::Check, None) => return Ok(check::contract()),
        };
        Ok(contract.schema())
    }
}

pub fn run(arguments: &Arguments, session: &Session) -> Result<Outcome, Failure> {
    let schema = match &arguments.of {
        None => atlas_schema(),
        Some(Of::Expect) => policy_schema(),
        Some(Of::Output(output)) => output.schema()?,
    };
    session.document(&schema)?;
    Ok(Outcome::Found)
}
