//! `medclust risk`: what breaks the routes from one end to another, and what would help.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::evidence::EvidenceArguments;
use super::failure::{self, Failure};
use super::names::{end, nodes};
use super::number::from_one;
use super::scope::ScopeArguments;
use super::session::Session;
use super::steps::StepArguments;
use crate::graph::Graph;
use crate::lang::Message;
use crate::query::risk::{Question, ends, risk};
use crate::query::scope::Scope;
use crate::render::risk::Risk;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Where routes begin, by any name [default: the first stage, the need]
    ///
    /// 経路の始点（どの名前でもよい）[既定: 最初の段階、ニーズ]
    #[arg(value_name = "FROM", requires = "to")]
    from: Option<String>,
    /// Where they end [default: the last stage, the market]
    ///
    /// 経路の終点 [既定: 最後の段階、市場]
    #[arg(value_name = "TO")]
    to: Option<String>,
    #[command(flatten)]
    scope: ScopeArguments,
    /// Tell what the absence of this node would break; repeat to think several away together
    ///
    /// このノードがなければ何が失われるか。重ねるとともにないものとする
    #[arg(long, value_name = "NODE")]
    without: Vec<String>,
    /// Tell at most N absences
    ///
    /// なくなった場合の影響を N 件まで表示する
    #[arg(long, value_name = "N", default_value = "10", value_parser = from_one, allow_negative_numbers = true)]
    limit: usize,
    #[command(flatten)]
    pub evidence: EvidenceArguments,
    #[command(flatten)]
    steps: StepArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let steps = arguments.steps.steps(graph, arguments.evidence.basis.bases()?)?;
    let scope = Scope::new(graph, arguments.scope.node(graph)?, &steps.bases);
    let (from, to) = match (&arguments.from, &arguments.to) {
        (Some(from), Some(to)) => (end(graph, from, &steps.bases)?, end(graph, to, &steps.bases)?),
        _ => ends(&scope).ok_or_else(|| {
            Failure::usage("no stage leads to another", "ほかの段階へ進む段階がありません").hint(
                "name both ends: medclust risk FROM TO",
                "両端を指定してください: medclust risk 始点 終点",
            )
        })?,
    };
    let question = Question {
        from,
        to,
        steps,
        scope,
        without: nodes(graph, &arguments.without)?,
        limit: arguments.limit,
    };
    let answer = risk(graph, &question);
    let silent = answer.scope.filter(|_| question.scope.is_silent());
    let told = Risk { answer: &answer, evidence: arguments.evidence.is_told };
    session.answer(&told, silent.is_some())?;
    if let Some(of) = silent {
        session.note(&failure::nobody(of, session.lang()));
        return Ok(Outcome::Nothing);
    }
    if answer.hops.is_none() {
        session.note(&Message::new(
            "no route; `medclust path` tells what would give one",
            "経路がありません。`medclust path` は何があれば通じるかを示します",
        ));
    }
    Ok(Outcome::of(answer.hops.is_none()))
}
