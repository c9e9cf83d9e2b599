//! The options that say of whom a question speaks, the same for every command that has them.

use clap::Args;

use super::failure::{Failure, find};
use crate::graph::{Graph, Node};
use crate::model::NodeKind;

/// A region, a program or an organization; the whole atlas where none is given.
#[derive(Debug, Default, Args)]
#[group(id = "scope", multiple = false)]
pub struct ScopeArguments {
    /// Speak of this region: who is located or plays a role in it, and what supports them
    #[arg(id = "of_region", long = "region", value_name = "REGION")]
    region: Option<String>,
    /// Speak of this program: its parts, and who takes part
    #[arg(id = "of_program", long = "program", value_name = "PROGRAM")]
    program: Option<String>,
    /// Speak of this organization and its units
    #[arg(id = "of_organization", long = "organization", value_name = "NAME")]
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
        named.next().map(|(name, kind)| find(graph, name, &[kind])).transpose()
    }
}
