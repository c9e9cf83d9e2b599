//! `medclust show`: all that the atlas says of a node.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::basis::BasisArguments;
use super::cite;
use super::failure::Failure;
use super::names::node;
use super::session::Session;
use crate::graph::Graph;
use crate::query::counted::Counted;
use crate::query::show::show;
use crate::render::show::Portraits;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The nodes, by any name; or a source, by its id
    ///
    /// ノード（どの名前でもよい）、または出典の id
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(flatten)]
    pub basis: BasisArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    if let [name] = &arguments.names[..]
        && is_source(graph, name)
    {
        return cite::tell(name, graph, session);
    }
    let nodes = arguments.names.iter().map(|name| node(graph, name));
    let nodes: Vec<_> = nodes.collect::<Result<_, _>>()?;
    let counted = Counted::on(graph, &arguments.basis.bases()?);
    let portraits = Portraits(nodes.into_iter().map(|node| show(node, &counted)).collect());
    session.answer(&portraits, false)?;
    Ok(Outcome::Found)
}

/// Whether a name is that of a source, or of a place in one, and of no node.
fn is_source(graph: &Graph, name: &str) -> bool {
    let id = name.split_once(':').map_or(name, |(id, _)| id);
    graph.sources().any(|source| source.id() == id) && graph.find(name, &[]).is_err()
}
