//! `medclust trace`: the way from a need to the market, stage by stage.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::evidence::EvidenceArguments;
use super::failure::{self, Failure};
use super::names::{Others, node_of};
use super::scope::ScopeArguments;
use super::session::Session;
use crate::graph::{Graph, Node};
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::trace::{Question, trace};
use crate::render::trace::Told;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Begin at this stage
    ///
    /// この段階から始める
    #[arg(long, value_name = "STAGE")]
    from: Option<String>,
    /// End at this stage
    ///
    /// この段階で終える
    #[arg(long, value_name = "STAGE")]
    to: Option<String>,
    #[command(flatten)]
    scope: ScopeArguments,
    #[command(flatten)]
    pub evidence: EvidenceArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let stage = |name: &Option<String>| {
        name.as_ref()
            .map(|name| node_of(graph, name, &[NodeKind::Stage], Others::Scope))
            .transpose()
    };
    let question = Question {
        of: arguments.scope.node(graph)?,
        from: stage(&arguments.from)?,
        to: stage(&arguments.to)?,
        bases: arguments.evidence.basis.bases()?,
    };
    let answer = trace(graph, &question);
    let is_empty = answer.is_empty() || answer.is_silent;
    session.answer(&Told { trace: &answer, evidence: arguments.evidence.is_told }, is_empty)?;
    if is_empty {
        let silent = question.of.filter(|_| answer.is_silent && !answer.is_empty());
        session.note(&match silent {
            Some(of) => failure::nobody(of, session.lang()),
            None => nothing(question.from.zip(question.to), answer.is_backwards, session),
        });
    }
    Ok(Outcome::of(is_empty))
}

/// Why there is no stage.
fn nothing(ends: Option<(Node, Node)>, is_backwards: bool, session: &Session) -> Message {
    let Some((from, to)) = ends else {
        return Message::new("nothing found: there is no stage", "該当なし: 段階がありません");
    };
    let lang = session.lang();
    let (from, to) = (from.name(lang), to.name(lang));
    let (en, ja) = match is_backwards {
        true => (
            "; the other way round it does: swap --from and --to",
            "。逆向きならつながります（--from と --to を入れ替えてください）",
        ),
        false => ("", ""),
    };
    Message::new(
        format!("nothing found: {from} does not lead to {to}{en}"),
        format!("該当なし: {from} から {to} へは進みません{ja}"),
    )
}
