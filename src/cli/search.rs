//! `medclust search`: the nodes whose names are nearest to a text.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::graph::Graph;
use crate::lang::Message;
use crate::query::search::search;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The text, in any language
    #[arg(value_name = "TEXT")]
    text: String,
    /// The most matches to show
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let selection = arguments.selection.select(graph)?;
    let matches = search(graph, &arguments.text, &selection, arguments.limit as usize);
    let is_empty = matches.found.is_empty();
    session.answer(&matches, is_empty)?;
    let more = matches.total - matches.found.len();
    if matches.total == 0 {
        session.note(&Message::new("nothing found", "該当なし"));
    } else if more > 0 {
        session.note(&Message::new(
            format!("{more} more; --limit {} shows them", matches.total),
            format!("ほか {more} 件。--limit {} で表示します", matches.total),
        ));
    }
    Ok(Outcome::of(is_empty))
}
