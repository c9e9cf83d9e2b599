//! `medclust compare`: regions and programs, or organizations, side by side.

use clap::{Args, ValueEnum};

use super::Outcome;
use super::as_of::AsOfArguments;
use super::evidence::EvidenceArguments;
use super::failure::{self, Failure};
use super::names::alike;
use super::session::Session;
use crate::graph::{Graph, Node};
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::compare::{By, Question, compare};
use crate::render::compare::Told;
use crate::render::words;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Two or more regions and programs, or two or more organizations, by any name
    ///
    /// 二つ以上の地域や施策、または二つ以上の組織（どの名前でもよい）
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// What makes a row: role, stage, relation, program, type or indicator
    ///
    /// 何を行にするか: role、stage、relation、program、type、indicator
    #[arg(long, value_name = "WHAT", default_value = "role", hide_possible_values = true)]
    by: ByName,
    #[command(flatten)]
    pub evidence: EvidenceArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ByName {
    #[value(aliases = ["roles", "役割"])]
    Role,
    #[value(aliases = ["stages", "段階"])]
    Stage,
    #[value(aliases = ["relations", "関係"])]
    Relation,
    #[value(aliases = ["programs", "施策"])]
    Program,
    #[value(aliases = ["types", "類型"])]
    Type,
    #[value(aliases = ["indicators", "指標"])]
    Indicator,
}

impl From<ByName> for By {
    fn from(by: ByName) -> Self {
        match by {
            ByName::Role => By::Role,
            ByName::Stage => By::Stage,
            ByName::Relation => By::Relation,
            ByName::Program => By::Program,
            ByName::Type => By::Type,
            ByName::Indicator => By::Indicator,
        }
    }
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let names: Vec<&str> = arguments.names.iter().map(String::as_str).collect();
    let sides = alike(graph, &names)?;
    check(&sides)?;
    let question =
        Question { sides, by: arguments.by.into(), bases: arguments.evidence.basis.bases()? };
    let answer = compare(graph, &question);
    let is_silent = answer.sides.iter().all(|side| side.is_silent);
    let is_empty = answer.is_empty() || is_silent;
    session
        .answer(&Told { comparison: &answer, evidence: arguments.evidence.is_told }, is_empty)?;
    for side in answer.sides.iter().filter(|side| side.is_silent) {
        session.note(&failure::nobody(side.node, session.lang()));
    }
    if is_empty && !is_silent {
        session.note(&Message::new(
            "nothing found: no side has anything to compare",
            "該当なし: どの側にも比べるものがありません",
        ));
    }
    Ok(Outcome::of(is_empty))
}

/// Whether the sides can be compared.
fn check(sides: &[Node]) -> Result<(), Failure> {
    if let [only] = sides {
        let id = only.id();
        return Err(Failure::usage(
            format!("`{id}` alone cannot be compared"),
            format!("`{id}` だけでは比べられません"),
        )
        .hint(
            "name a second one; `trace` and `show` speak of one alone",
            "もう一つ指定してください。一つだけなら `trace` や `show` があります",
        ));
    }
    let twice = sides.iter().enumerate().find(|(at, side)| sides[..*at].contains(side));
    if let Some((_, side)) = twice {
        let id = side.id();
        return Err(Failure::usage(
            format!("`{id}` is named twice"),
            format!("`{id}` が二度指定されています"),
        )
        .hint(
            "nothing sets it apart from itself: name another",
            "自分自身との違いはありません。別のものを指定してください",
        ));
    }
    let is_organization = |side: &&Node| side.kind() == NodeKind::Organization;
    let organization = sides.iter().find(is_organization);
    let context = sides.iter().find(|side| !is_organization(side));
    match organization.zip(context) {
        None => Ok(()),
        Some((one, other)) => Err(apart(*one, *other)),
    }
}

fn apart(organization: Node, context: Node) -> Failure {
    use crate::lang::Lang::{En, Ja};
    let (one, other) = (organization.id(), context.id());
    let kind = |lang| words::kind(context.kind(), lang);
    Failure::usage(
        format!(
            "`{one}` is an organization and `{other}` is a {}: they cannot be compared",
            kind(En)
        ),
        format!("`{one}` は組織、`{other}` は{}で、比べられません", kind(Ja)),
    )
    .hint(
        "compare organizations with organizations, regions and programs with each other",
        "組織は組織どうし、地域と施策は互いに比べてください",
    )
}
