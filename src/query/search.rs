//! Searches for nodes by their names, and by what the atlas says about them.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Selection;
use super::passage::{Field, Passage, SourceText, passages};
use crate::graph::{Graph, How, Match, Node, Profile};

/// The best matches, best first: names before passages.
#[derive(Debug)]
pub struct Matches<'g> {
    /// The best matches, at most as many as asked for.
    pub found: Vec<Hit<'g>>,
    /// The number of matches in all.
    pub total: usize,
}

/// A node that was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit<'g> {
    /// The node.
    #[serde(flatten, serialize_with = "profile")]
    #[schemars(with = "Profile")]
    pub node: Node<'g>,
    /// The name or passage that matched.
    #[serde(rename = "match")]
    pub matched: Matched<'g>,
}

/// The name or the passage that matched, and how.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Matched<'g> {
    /// The name, or the sentence.
    pub text: Cow<'g, str>,
    /// How it matches.
    pub how: How,
    /// The score, from 0 to 1000, higher is better, comparable within one search; 0 for a passage.
    pub score: u16,
    /// The place of a passage; `null` for a name.
    pub field: Option<Field>,
    /// What a passage cites, or the place of a line of a source; `null` for a name.
    pub source: Option<Cow<'g, str>>,
}

/// Searches the names of the selected nodes, then the passages about those whose names do not
/// match; `texts` are those of sources. Time is linear in the length of all names and texts.
pub fn search<'g>(
    graph: &'g Graph,
    text: &str,
    selection: &Selection<'g>,
    texts: &[SourceText<'g>],
    limit: usize,
) -> Matches<'g> {
    let mut found: Vec<Hit> = graph.matches(text).into_iter().map(Hit::from).collect();
    let said = passages(graph, text, texts).into_iter().map(Hit::from);
    found.extend(said);
    // A name that is near only letter by letter says less than a passage that holds the very text.
    found.sort_by_key(|it| (it.matched.how, Reverse(it.matched.score)));
    let mut seen = HashSet::new();
    found.retain(|it| seen.insert(it.node) && selection.has_node(it.node));
    let total = found.len();
    found.truncate(limit);
    Matches { found, total }
}

impl<'g> From<Match<'g>> for Hit<'g> {
    fn from(found: Match<'g>) -> Self {
        let Match { node, name, how, score } = found;
        Hit { node, matched: Matched { text: name.into(), how, score, field: None, source: None } }
    }
}

impl<'g> From<Passage<'g>> for Hit<'g> {
    fn from(found: Passage<'g>) -> Self {
        let Passage { node, field, text, source } = found;
        Hit {
            node,
            matched: Matched { text, how: How::Passage, score: 0, field: Some(field), source },
        }
    }
}

fn profile<S: Serializer>(node: &Node, serializer: S) -> Result<S::Ok, S::Error> {
    Profile::from(*node).serialize(serializer)
}
