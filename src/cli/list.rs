//! `medclust list`: what there is of a kind under a selection.

use clap::{Args, ValueEnum};

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::names::unknown;
use super::number::from_one;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::graph::Graph;
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::list::{Listing, What, list};
use crate::render::{self, Chosen};

#[derive(Debug, Args)]
pub struct Arguments {
    /// What to list: organizations, regions, roles, stages, programs, nodes (all five), relations, relation-kinds or sources
    ///
    /// 何の一覧か: organizations、regions、roles、stages、programs、nodes（以上すべて）、relations、relation-kinds、sources
    #[arg(value_name = "KIND", default_value = "organizations", hide_possible_values = true)]
    kind: Kind,
    /// In the order of this column, such as name or type; -COLUMN turns it around
    ///
    /// この列（name、type など）の順に並べる。-列名 で逆順
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    sort: Option<String>,
    /// These columns alone (comma-separated), in this order, by key or heading
    ///
    /// これらの列だけを、この順に表示する（コンマ区切り。CSV の列名または見出し）
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Vec<String>,
    /// Show at most N rows [default: all]
    ///
    /// N 件まで表示する [既定: すべて]
    #[arg(long, value_name = "N", value_parser = from_one, allow_negative_numbers = true)]
    limit: Option<usize>,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(flatten)]
    pub selection: SelectionArguments,
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
    let all = list(graph, arguments.kind.into(), &selection);
    let mut rows = match &arguments.sort {
        None => (0..all.len()).collect(),
        Some(sort) => {
            let (word, is_descending) = match sort.strip_prefix('-') {
                Some(word) => (word, true),
                None => (&**sort, false),
            };
            render::order(&all, &column(&all, word)?, is_descending, session.lang())
        }
    };
    rows.truncate(arguments.limit.unwrap_or(usize::MAX));
    let listing = all.at(&rows);
    if arguments.columns.is_empty() {
        session.answer(&listing, listing.is_empty())?;
    } else {
        session.takes_columns()?;
        let keys = arguments.columns.iter().map(|word| column(&listing, word));
        let keys = keys.collect::<Result<_, _>>()?;
        session.answer(&Chosen { answer: &listing, keys }, listing.is_empty())?;
    }
    let more = all.len() - listing.len();
    if all.is_empty() {
        session.note(&Message::new("nothing found", "該当なし"));
    } else if more > 0 {
        session.note(&Message::new(
            format!("{more} more; --limit {} shows them", all.len()),
            format!("ほか {more} 件。--limit {} で表示します", all.len()),
        ));
    }
    Ok(Outcome::of(all.is_empty()))
}

/// The key of the column that a word names.
fn column(listing: &Listing, word: &str) -> Result<String, Failure> {
    render::key(listing, word).ok_or_else(|| {
        let keys = render::keys(listing);
        unknown("column", "列", word, keys.iter().map(String::as_str))
    })
}
