//! `medclust map`: where organizations are.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::basis::BasisArguments;
use super::failure::Failure;
use super::names::{Others, node_of};
use super::session::Session;
use crate::graph::Graph;
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::map::map;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Map this region [default: the world]
    ///
    /// この地域の地図 [既定: 世界]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    #[command(flatten)]
    pub basis: BasisArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let region = arguments.region.as_ref();
    let region = region.map(|name| node_of(graph, name, &[NodeKind::Region], Others::None));
    let places = map(graph, region.transpose()?, &arguments.basis.bases()?);
    let is_empty = places.places.is_empty();
    session.answer(&places, is_empty)?;
    if is_empty {
        session.note(&Message::new(
            "nothing to map: no region there has a location",
            "地図にできません: 位置の分かる地域がありません",
        ));
    }
    Ok(Outcome::of(is_empty))
}
