//! `medclust page`: an atlas, or a part of it, as one HTML file to explore.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::file;
use super::selection::SelectionArguments;
use super::session::Session;
use crate::export::Part;
use crate::graph::{Graph, Node};
use crate::lang::Message;
use crate::query::compare::{self, By, compare};
use crate::query::gaps::{self, gaps};
use crate::query::map::map;
use crate::query::trace::{self, trace};
use crate::render::compare::Told as Compared;
use crate::render::gaps::Gaps;
use crate::render::page::{Question, Sheet, foremost, write};
use crate::render::trace::Told as Traced;
use crate::source::read_text;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    pub selection: SelectionArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

/// So many places have tables of their own on the page.
const FOREMOST: usize = 3;

pub fn run(
    arguments: &Arguments,
    file: Option<&Path>,
    graph: &Graph,
    session: &Session,
) -> Result<Outcome, Failure> {
    let selection = arguments.selection.select(graph)?;
    let nodes: Vec<Node> = graph.nodes().filter(|node| selection.has_node(*node)).collect();
    if nodes.is_empty() {
        session.note(&Message::new("nothing found", "該当なし"));
        return Ok(Outcome::Nothing);
    }
    let part = Part::of(graph, nodes, session.lang());
    let bases = arguments.selection.basis.bases()?;
    let texts: BTreeMap<_, _> = graph
        .sources()
        .filter_map(|it| Some((it.id(), read_text(it.record().text_path.as_deref()?).ok()?.into())))
        .collect();
    let question = Question {
        graph,
        places: map(graph, None, &bases),
        texts,
        lang: session.lang(),
        relations: part.relations,
        nodes: part.nodes,
    };
    let html =
        page(graph, &question).map_err(|message| Failure::Usage { message, hints: Vec::new() })?;
    let Some(path) = file else {
        if io::stdout().is_terminal() {
            return Err(Failure::usage(
                "a page is for the browser",
                "ページはブラウザで見るものです",
            )
            .hint("write it to a file: -o atlas.html", "ファイルに書いてください: -o atlas.html"));
        }
        io::stdout().lock().write_all(html.as_bytes())?;
        return Ok(Outcome::Found);
    };
    let (shown, kib) = (path.display(), html.len().div_ceil(1000));
    file::save(path, |out| out.write_all(html.as_bytes())).map_err(|error| {
        Failure::usage(
            format!("cannot write `{shown}`: {error}"),
            format!("`{shown}` を書けません: {error}"),
        )
    })?;
    session.note(&Message::new(
        format!("{shown}: {kib} kB; open it in a browser"),
        format!("{shown}: {kib} kB。ブラウザで開いてください"),
    ));
    Ok(Outcome::Found)
}

/// The page, with what is known of development in the foremost places as tables.
fn page(graph: &Graph, question: &Question) -> Result<String, Message> {
    let places = foremost(&question.nodes, FOREMOST);
    let traces: Vec<_> = places
        .iter()
        .map(|place| {
            let asked =
                trace::Question { of: Some(*place), from: None, to: None, bases: Vec::new() };
            (*place, trace(graph, &asked))
        })
        .collect();
    let traced: Vec<Traced> =
        traces.iter().map(|(_, trace)| Traced { trace, evidence: false }).collect();
    let lacking: Vec<_> = places
        .iter()
        .map(|place| {
            let asked = gaps::Question {
                of: *place,
                against: None,
                bases: Vec::new(),
                top: 3,
                limit: Some(12),
            };
            (*place, gaps(graph, &asked))
        })
        .collect();
    let gaps: Vec<Gaps> =
        lacking.iter().map(|(_, answer)| Gaps { answer, evidence: false }).collect();
    let compared = (places.len() > 1).then(|| {
        let asked =
            compare::Question { sides: places[..2].to_vec(), by: By::Role, bases: Vec::new() };
        compare(graph, &asked)
    });
    let comparison = compared.as_ref().map(|it| Compared { comparison: it, evidence: false });
    let title = |node: Node, en: &str, ja: &str| {
        use crate::lang::Lang::{En, Ja};
        Message::new(format!("{}: {en}", node.name(En)), format!("{}: {ja}", node.name(Ja)))
    };
    let mut sheets = Vec::new();
    for ((place, _), answer) in traces.iter().zip(&traced) {
        let title = title(*place, "from need to market", "ニーズから市場まで");
        sheets.push(Sheet { title, answer });
    }
    if let Some(answer) = &comparison {
        let title = Message::new("Side by side", "比較");
        sheets.push(Sheet { title, answer });
    }
    for ((place, _), answer) in lacking.iter().zip(&gaps) {
        let title = title(*place, "what the atlas does not name there", "名の挙がらないもの");
        sheets.push(Sheet { title, answer });
    }
    write(question, &sheets)
}
