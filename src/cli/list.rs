//! `medclust list`: what there is of a kind under a selection.

use clap::{Args, ValueEnum};

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::graph::Graph;
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::list::{What, list};

#[derive(Debug, Args)]
pub struct Arguments {
    /// What to list: organizations, regions, roles, stages, programs, nodes (all five), relations, relation-kinds or sources
    ///
    /// 何の一覧か: organizations、regions、roles、stages、programs、nodes（以上すべて）、relations、relation-kinds、sources
    #[arg(value_name = "KIND", default_value = "organizations", hide_possible_values = true)]
    kind: Kind,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    #[value(aliases = ["organization", "組織"])]
    Organizations,
    #[value(aliases = ["region", "地域"])]
    Regions,
    #[value(aliases = ["role", "役割"])]
    Roles,
    #[value(aliases = ["stage", "段階"])]
    Stages,
    #[value(aliases = ["program", "施策"])]
    Programs,
    #[value(aliases = ["node", "ノード"])]
    Nodes,
    #[value(aliases = ["relation", "関係"])]
    Relations,
    #[value(aliases = ["relation-kind", "関係の種類"])]
    RelationKinds,
    #[value(aliases = ["source", "出典"])]
    Sources,
}

impl From<Kind> for What {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Organizations => What::Nodes(Some(NodeKind::Organization)),
            Kind::Regions => What::Nodes(Some(NodeKind::Region)),
            Kind::Roles => What::Nodes(Some(NodeKind::Role)),
            Kind::Stages => What::Nodes(Some(NodeKind::Stage)),
            Kind::Programs => What::Nodes(Some(NodeKind::Program)),
            Kind::Nodes => What::Nodes(None),
            Kind::Relations => What::Relations,
            Kind::RelationKinds => What::RelationKinds,
            Kind::Sources => What::Sources,
        }
    }
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let selection = arguments.selection.select(graph)?;
    let listing = list(graph, arguments.kind.into(), &selection);
    session.answer(&listing, listing.is_empty())?;
    if listing.is_empty() {
        session.note(&Message::new("nothing found", "該当なし"));
    }
    Ok(Outcome::of(listing.is_empty()))
}
