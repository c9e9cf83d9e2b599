//! Gaps as a sheet: a row for each gap and each who could fill it.

use std::collections::BTreeSet;

use super::{sources, steps};
use crate::graph::Relation;
use crate::query::gaps::{Answer, Filler, Gap, GapView};
use crate::render::grid::Grid;
use crate::render::grid::{list, word};
use crate::render::words::id;

const HEADERS: [&str; 25] = [
    "kind",
    "missing",
    "state",
    "role",
    "flow",
    "from",
    "to",
    "stage",
    "breaks",
    "share",
    "basis",
    "sources",
    "candidates",
    "filler",
    "where",
    "because",
    "fills",
    "filler_role",
    "filler_stages",
    "filler_basis",
    "filler_sources",
    "hops",
    "route",
    "route_basis",
    "route_sources",
];

/// The columns that tell of a gap, those before `filler`.
const OF_GAP: usize = 13;

/// Builds the sheet; a gap that nobody could fill has a row too.
pub fn sheet(answer: &Answer) -> Grid {
    let rows = answer.gaps.iter().flat_map(|gap| {
        let cells = gap_cells(gap);
        let mut rows: Vec<Vec<String>> =
            gap.fillers.iter().map(|it| [cells.clone(), filler_cells(it)].concat()).collect();
        if rows.is_empty() {
            rows.push([cells, vec![String::new(); HEADERS.len() - OF_GAP]].concat());
        }
        rows
    });
    let rows = rows.collect();
    Grid { headers: HEADERS.map(str::to_owned).to_vec(), rows, ..Grid::default() }
}

fn gap_cells(gap: &Gap) -> Vec<String> {
    let view = GapView::from(gap);
    let (role, flow, stage) = gap.missing.parts();
    vec![
        word(Some(view.kind)),
        word(Some(view.missing)),
        word(Some(view.state)),
        id(role),
        flow.map(|flow| flow.kind.id()).unwrap_or_default().to_owned(),
        id(flow.map(|flow| flow.from)),
        id(flow.map(|flow| flow.to)),
        id(stage),
        gap.breaks.routes.to_string(),
        word(gap.breaks.share),
        bases(&gap.evidence),
        list(sources(&gap.evidence).into_iter()),
        gap.candidates.to_string(),
    ]
}

fn filler_cells(filler: &Filler) -> Vec<String> {
    let route = filler.route.as_deref();
    let relations = route.map(steps).unwrap_or_default();
    vec![
        filler.node.id().to_owned(),
        word(Some(filler.place)),
        word(Some(filler.because)),
        id(filler.fills),
        id(filler.role),
        list(filler.stages.iter().map(|stage| stage.id())),
        bases(&filler.evidence),
        list(sources(&filler.evidence).into_iter()),
        route.map(|route| route.length.hops.to_string()).unwrap_or_default(),
        list(route.into_iter().flat_map(|route| &route.nodes).map(|node| node.id())),
        bases(&relations),
        list(sources(&relations).into_iter()),
    ]
}

/// On what bases some relations stand, each once, the strongest first.
fn bases(relations: &[Relation]) -> String {
    let bases: BTreeSet<_> = relations.iter().map(|relation| relation.basis()).collect();
    let words: Vec<String> = bases.into_iter().map(|basis| word(Some(basis))).collect();
    list(words.iter().map(String::as_str))
}
