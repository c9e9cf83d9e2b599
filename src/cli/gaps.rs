//! `medclust gaps`: what a region, a program or an organization lacks, and who could fill it.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::evidence::EvidenceArguments;
use super::failure::Failure;
use super::names::alike;
use super::number::from_one;
use super::session::Session;
use crate::graph::{Graph, Node};
use crate::lang::Message;
use crate::query::gaps::{Answer, Question, gaps};
use crate::render::gaps::Gaps;

#[derive(Debug, Args)]
pub struct Arguments {
    /// A region, a program or an organization, by any name
    ///
    /// 地域・施策・組織（どの名前でもよい）
    #[arg(value_name = "NAME")]
    whose: String,
    /// Hold it against this region, program or organization [default: the whole atlas]
    ///
    /// この地域・施策・組織と比べる [既定: アトラス全体]
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    #[command(flatten)]
    pub evidence: EvidenceArguments,
    /// Name at most N who could fill a gap
    ///
    /// 一つの欠落につき、埋められる者を N 者まで挙げる
    #[arg(long, alias = "top", value_name = "N", default_value = "3", value_parser = from_one, allow_negative_numbers = true)]
    fillers: usize,
    /// Show the N gaps that break most [default: all]
    ///
    /// 影響の大きい順に N 件まで表示する [既定: すべて]
    #[arg(long, value_name = "N", value_parser = from_one, allow_negative_numbers = true)]
    limit: Option<usize>,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let names: Vec<&str> =
        [&arguments.whose].into_iter().chain(&arguments.against).map(String::as_str).collect();
    let named = alike(graph, &names)?;
    let (of, against) = (named[0], named.get(1).copied());
    if against == Some(of) {
        return Err(Failure::usage(
            format!("`{}` lacks nothing that it has itself", of.id()),
            format!("`{}` を自身と比べても、欠けるものはありません", of.id()),
        )
        .hint(
            "name another one after --against, or leave it out to ask the whole atlas",
            "--against には別のものを指定するか、省いてアトラス全体と比べてください",
        ));
    }
    let question = Question {
        of,
        against,
        bases: arguments.evidence.basis.bases()?,
        top: arguments.fillers,
        limit: arguments.limit,
    };
    let answer = gaps(graph, &question);
    let is_empty = answer.gaps.is_empty();
    session.answer(&Gaps { answer: &answer, evidence: arguments.evidence.is_told }, is_empty)?;
    if is_empty {
        session.note(&nothing(&answer, session));
    }
    Ok(Outcome::of(is_empty))
}

fn nothing(answer: &Answer, session: &Session) -> Message {
    let name = |node: Node| node.name(session.lang()).to_owned();
    if let Some(silent) = answer.silent.first() {
        return Message::new(
            format!("the atlas names nobody of {}: what is lacking cannot be told", name(*silent)),
            format!(
                "{}についてアトラスに名の挙がる者がなく、欠けているものは分かりません",
                name(*silent)
            ),
        );
    }
    let of = name(answer.of);
    match answer.against.map(name) {
        Some(against) => Message::new(
            format!("the atlas knows of nothing that {against} has and {of} lacks"),
            format!("{against}にあって{of}に欠けるものは、アトラスには見当たりません"),
        ),
        None => Message::new(
            format!("the atlas knows of nothing that {of} would need and lacks"),
            format!("{of}に要るもので欠けているものは、アトラスには見当たりません"),
        ),
    }
}
