//! `medclust gaps`: what a region, a program or an organization lacks, and who could fill it.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::evidence::EvidenceArguments;
use super::failure::{Failure, find};
use super::session::Session;
use crate::graph::{Graph, Node};
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::gaps::{Answer, Question, gaps};
use crate::render::gaps::Gaps;

#[derive(Debug, Args)]
pub struct Arguments {
    /// A region, a program or an organization, by any name
    #[arg(value_name = "NAME")]
    whose: String,
    /// Hold it against this region, program or organization [default: the whole atlas]
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    #[command(flatten)]
    evidence: EvidenceArguments,
    /// Name at most N who could fill a gap
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
    /// Show the N gaps that break most [default: all]
    #[arg(long = "limit", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    at_most: Option<u32>,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let of = whole(graph, &arguments.whose)?;
    let against = arguments.against.as_deref().map(|name| whole(graph, name)).transpose()?;
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
        bases: arguments.evidence.bases()?,
        top: arguments.top as usize,
        limit: arguments.at_most.map(|most| most as usize),
    };
    let answer = gaps(graph, &question);
    let is_empty = answer.gaps.is_empty();
    session.answer(&Gaps { answer: &answer, evidence: arguments.evidence.is_told }, is_empty)?;
    if is_empty {
        session.note(&nothing(&answer, session));
    }
    Ok(Outcome::of(is_empty))
}

/// The region, the program or the organization of this name.
fn whole<'g>(graph: &'g Graph, name: &str) -> Result<Node<'g>, Failure> {
    find(graph, name, &[NodeKind::Region, NodeKind::Program, NodeKind::Organization])
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
