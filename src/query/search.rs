//! The nodes whose names are nearest to a text.

use super::Selection;
use crate::graph::{Graph, Match};

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
