//! `medclust cite`: what a source says, and which statements rest on it.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::names::unknown_source;
use super::session::Session;
use crate::graph::Graph;
use crate::lang::Message;
use crate::query::cite::{Locator, cite};
use crate::source::read_text;

#[derive(Debug, Args)]
pub struct Arguments {
    /// A source, or a place in it, as statements cite it: minnesota-map:71-72
    ///
    /// 出典、またはその箇所。記述が引く形で: minnesota-map:71-72
    #[arg(value_name = "SOURCE[:LINES]")]
    citation: String,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    tell(arguments.citation.trim(), graph, session)
}

/// Answers what a source, or a place in it, says.
///
/// # Errors
/// Where there is no such source, or the answer cannot be written.
pub fn tell(citation: &str, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let (id, place) =
        citation.split_once(':').map_or((citation, None), |(id, place)| (id, Some(place)));
    let source = graph.sources().find(|source| source.id() == id);
    let source = source.ok_or_else(|| unknown_source(graph, id))?;
    let path = source.record().text_path.as_deref();
    let text = match path.map(|path| (path, read_text(path))) {
        None => None,
        Some((_, Ok(text))) => Some(text),
        Some((path, Err(error))) => {
            session.note(&Message::new(
                format!("the text of `{id}`, `{path}`, cannot be read: {error}"),
                format!("`{id}` の本文 `{path}` を読めません: {error}"),
            ));
            None
        }
    };
    let found = cite(graph, source, &Locator::read(place), text.as_deref());
    let is_empty = found.lines.is_empty() && found.statements.is_empty();
    session.answer(&found, is_empty)?;
    if is_empty {
        session.note(&Message::new(
            format!("nothing found: no line and no statement at `{citation}`"),
            format!("該当なし: `{citation}` には行も、それを出典とする記述もありません"),
        ));
    }
    Ok(Outcome::of(is_empty))
}
