//! `medclust search`: the nodes whose names are nearest to a text.

use std::collections::HashMap;
use std::rc::Rc;

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::number::from_one;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::graph::Graph;
use crate::lang::Message;
use crate::query::passage::SourceText;
use crate::query::search::search;
use crate::source::read_text;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The text, in any language
    ///
    /// 探す文字列（どの言語でもよい）
    #[arg(value_name = "TEXT")]
    text: String,
    /// The most matches to show
    ///
    /// 表示する最大件数
    #[arg(long, value_name = "N", default_value = "20", value_parser = from_one, allow_negative_numbers = true)]
    limit: usize,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(flatten)]
    pub selection: SelectionArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let selection = arguments.selection.select(graph)?;
    let texts = texts(graph);
    let matches = search(graph, &arguments.text, &selection, &texts, arguments.limit);
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

/// The texts of the sources, as far as they can be read; `cite` tells why one cannot.
fn texts(graph: &Graph) -> Vec<SourceText<'_>> {
    let mut read: HashMap<String, Rc<str>> = HashMap::new();
    let found = graph.sources().filter_map(|source| {
        let path = source.record().text_path.clone()?;
        if !read.contains_key(&path) {
            read.insert(path.clone(), read_text(&path).ok()?.into());
        }
        Some((source.id(), Rc::clone(&read[&path])))
    });
    found.collect()
}
