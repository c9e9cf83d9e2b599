//! The nodes whose names are nearest to a text.

use schemars::JsonSchema;
use serde::Serialize;

use super::Selection;
use super::view::NodeView;
use crate::graph::{Graph, How, Match};

/// The best matches, best first.
#[derive(Debug)]
pub struct Matches<'g> {
    /// The best, at most as many as were asked for.
    pub found: Vec<Match<'g>>,
    /// How many there are in all.
    pub total: usize,
}

/// Searches the selected nodes; time is linear in all names.
pub fn search<'g>(
    graph: &'g Graph,
    text: &str,
    selection: &Selection<'g>,
    limit: usize,
) -> Matches<'g> {
    let mut found = graph.matches(text);
    found.retain(|found| selection.has_node(found.node));
    let total = found.len();
    found.truncate(limit);
    Matches { found, total }
}

/// A match, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatchView<'g> {
    /// The node.
    #[serde(flatten)]
    pub node: NodeView<'g>,
    /// What matched.
    pub r#match: MatchedName<'g>,
}

/// The name that matched, and how.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatchedName<'g> {
    /// The name.
    pub text: &'g str,
    /// How it matches.
    pub how: How,
    /// How near it is, from 0 to 1000.
    pub score: u16,
}

impl<'g> From<&Match<'g>> for MatchView<'g> {
    fn from(found: &Match<'g>) -> Self {
        MatchView {
            node: found.node.into(),
            r#match: MatchedName { text: found.name, how: found.how, score: found.score },
        }
    }
}
