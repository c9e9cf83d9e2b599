//! The options that say of whom a question speaks, the same for every command that has them.

use clap::Args;

use super::failure::Failure;
use super::names::{Others, node_of};
use crate::graph::{Graph, Node};
use crate::model::NodeKind;

/// A region, a program or an organization; the whole atlas where none is given.
#[derive(Debug, Default, Args)]
#[group(id = "scope", multiple = false)]
pub struct ScopeArguments {
    /// Speak of this region: who is located or plays a role in it, and what supports them
    ///
    /// この地域について: そこにある者、そこで役割を担う者、それを支えるもの
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Speak of this program: its parts, and who takes part
    ///
    /// この施策について: その部分と参加者
    #[arg(long, value_name = "PROGRAM")]
    program: Option<String>,
    /// Speak of this organization and its units
    ///
    /// この組織とその部門について
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
}

impl ScopeArguments {
    /// Finds the node that is spoken of.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn node<'g>(&self, graph: &'g Graph) -> Result<Option<Node<'g>>, Failure> {
        let named = [
            (&self.region, NodeKind::Region),
            (&self.program, NodeKind::Program),
            (&self.organization, NodeKind::Organization),
        ];
        let mut named = named.into_iter().filter_map(|(name, kind)| Some((name.as_ref()?, kind)));
        named.next().map(|(name, kind)| node_of(graph, name, &[kind], Others::Scope)).transpose()
    }
}
