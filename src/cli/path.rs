//! `medclust path`: routes from one node to another.

use clap::Args;

use super::Outcome;
use super::failure::{Failure, find};
use super::selection::{basis, unknown};
use super::session::Session;
use crate::graph::routes::Search;
use crate::graph::{Graph, Node, RelationKind};
use crate::lang::Message;
use crate::query::path::{Answer, Change, Question, Relaxation, on_basis, path};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Where routes begin, by any name
    from: String,
    /// Where they end
    to: String,
    /// Show the N best routes
    #[arg(short = 'k', value_name = "N", default_value = "1", hide_default_value = true, value_parser = clap::value_parser!(u32).range(1..))]
    count: u32,
    /// Pass this node; repeat to pass several
    #[arg(long, value_name = "NAME")]
    via: Vec<String>,
    /// Do not enter this node
    #[arg(long, value_name = "NAME")]
    avoid: Vec<String>,
    /// Ignore the direction of relations
    #[arg(long)]
    both_ways: bool,
    /// Take at most N hops
    #[arg(long, value_name = "N")]
    max_hops: Option<usize>,
    /// Follow these relation kinds too (comma-separated), such as supports
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    follow: Vec<String>,
    /// Leave these relation kinds out (comma-separated)
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    without: Vec<String>,
    /// Use only relations on this basis: stated, inferred or curated
    #[arg(long, value_name = "BASIS")]
    basis: Vec<String>,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let nodes = |names: &[String]| -> Result<Vec<Node>, Failure> {
        names.iter().map(|name| find(graph, name, &[])).collect()
    };
    let kinds = |ids: &[String]| -> Result<Vec<RelationKind>, Failure> {
        ids.iter().map(|id| kind(graph, id)).collect()
    };
    let terms =
        arguments.basis.iter().map(|text| basis(text).map(on_basis)).collect::<Result<_, _>>()?;
    let question = Question {
        search: Search {
            from: find(graph, &arguments.from, &[])?,
            to: find(graph, &arguments.to, &[])?,
            via: nodes(&arguments.via)?,
            max_hops: arguments.max_hops,
        },
        avoid: nodes(&arguments.avoid)?,
        follow: kinds(&arguments.follow)?,
        without: kinds(&arguments.without)?,
        both_ways: arguments.both_ways,
        terms,
        count: arguments.count as usize,
    };
    let answer = path(graph, &question);
    let is_empty = answer.routes.is_empty();
    session.answer(&answer, is_empty)?;
    if is_empty {
        explain(&answer, session);
    }
    Ok(Outcome::of(is_empty))
}

/// The relation kind of this id.
pub fn kind<'g>(graph: &'g Graph, id: &str) -> Result<RelationKind<'g>, Failure> {
    let known = graph.relation_kinds().map(RelationKind::id);
    graph.relation_kind(id).ok_or_else(|| unknown("relation kind", "関係の種類", id, known))
}

/// Tells that there is no route, and what would give one.
fn explain(answer: &Answer, session: &Session) {
    let lang = session.lang();
    let (from, to) = (answer.from.name(lang), answer.to.name(lang));
    session.note(&Message::new(
        format!("no route from {from} to {to}"),
        format!("{from} から {to} への経路はありません"),
    ));
    for relaxation in answer.relaxations.iter().take(5) {
        session.note(&offer(relaxation));
    }
}

fn offer(Relaxation { change, hops }: &Relaxation) -> Message {
    let (en, ja) = match change {
        Change::MaxHops => (format!("--max-hops {hops}"), format!("--max-hops {hops} なら")),
        Change::NoAvoid => ("without --avoid".to_owned(), "--avoid を外せば".to_owned()),
        Change::NoVia => ("without --via".to_owned(), "--via を外せば".to_owned()),
        Change::NoTerms => ("without --basis".to_owned(), "--basis を外せば".to_owned()),
        Change::NoWithout => ("without --without".to_owned(), "--without を外せば".to_owned()),
        Change::Follow(kind) => {
            (format!("--follow {}", kind.id()), format!("--follow {} なら", kind.id()))
        }
        Change::BothWays => ("--both-ways".to_owned(), "--both-ways なら".to_owned()),
    };
    let unit = if *hops == 1 { "hop" } else { "hops" };
    Message::new(
        format!("  {en} would give a route of {hops} {unit}"),
        format!("  {ja} {hops} 段の経路があります"),
    )
}
