//! `medclust risk`: what breaks the routes from one end to another, and what would help.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::{self, Failure};
use super::scope::ScopeArguments;
use super::session::Session;
use super::steps::{StepArguments, end, nodes};
use crate::graph::Graph;
use crate::lang::Message;
use crate::query::risk::{Question, ends, risk};
use crate::query::scope::Scope;
use crate::render::risk::Risk;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Where routes begin, by any name [default: the first stage, the need]
    #[arg(id = "begin", value_name = "FROM", requires = "finish")]
    from: Option<String>,
    /// Where they end [default: the last stage, the market]
    #[arg(id = "finish", value_name = "TO")]
    to: Option<String>,
    #[command(flatten)]
    scope: ScopeArguments,
    /// Tell what the absence of this node would break; repeat to think several away together
    #[arg(id = "gone", long = "without", value_name = "NODE")]
    without: Vec<String>,
    /// Tell at most N absences [default: 10]
    #[arg(id = "rows", long = "limit", value_name = "N", default_value = "10", hide_default_value = true, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Add basis and sources to what acts where
    #[arg(long)]
    evidence: bool,
    #[command(flatten)]
    steps: StepArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let steps = arguments.steps.steps(graph)?;
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
        limit: arguments.limit as usize,
    };
    let answer = risk(graph, &question);
    let silent = answer.scope.filter(|_| question.scope.is_silent());
    session.answer(&Risk { answer: &answer, evidence: arguments.evidence }, silent.is_some())?;
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
