//! `medclust stats`: the atlas in figures.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::names::relation_kinds;
use super::number::from_one;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::graph::Graph;
use crate::graph::network::TooMany;
use crate::lang::Message;
use crate::query::stats::{Answer, Question, stats};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Rank the N greatest
    ///
    /// 上位 N 件を示す
    #[arg(long, alias = "top", value_name = "N", default_value = "10", value_parser = from_one, allow_negative_numbers = true)]
    limit: usize,
    /// Follow these relation kinds too (comma-separated), such as supports
    ///
    /// これらの種類の関係もたどる（コンマ区切り。例: supports）
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    follow: Vec<String>,
    #[command(flatten)]
    pub selection: SelectionArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let question = Question {
        follow: relation_kinds(graph, &arguments.follow)?,
        selection: arguments.selection.select(graph)?,
        top: arguments.limit,
    };
    let answer = stats(graph, &question);
    session.answer(&answer, answer.is_empty())?;
    explain(&answer, session);
    Ok(Outcome::of(answer.is_empty()))
}

/// Tells where there is nothing, or less than was asked for.
fn explain(answer: &Answer, session: &Session) {
    if answer.is_empty() {
        session.note(&Message::new("nothing found", "該当なし"));
    }
    if let Some(pivots) = answer.network.pivots {
        session.note(&Message::new(
            format!("betweenness is estimated from {pivots} nodes; a smaller selection is exact"),
            format!("媒介の割合は {pivots} 個のノードからの推計です。絞り込むと正確に求めます"),
        ));
    }
    if let Some(TooMany { found, most }) = answer.too_many_ties {
        session.note(&Message::new(
            format!(
                "brokers are not counted: {found} pairs of organizations are more than {most}; \
                 select less, such as one --region"
            ),
            format!(
                "仲介者は数えていません: 組織の組が {found} あり、上限 {most} を超えます。\
                 --region などで絞り込んでください"
            ),
        ));
    }
}
