//! Traces as sheets: a row for each statement, and for each thing that is missing.

use crate::graph::{Denial, Node, Relation};
use crate::model::Core;
use crate::query::trace::{Stage, Trace};
use crate::render::grid::Grid;
use crate::render::grid::{list, word};

const HEADERS: [&str; 10] =
    ["number", "stage", "what", "kind", "from", "to", "in", "basis", "confidence", "sources"];

pub fn sheet(trace: &Trace) -> Grid {
    let rows = trace.stages.iter().flat_map(sheet_rows).collect();
    Grid { headers: HEADERS.map(str::to_owned).to_vec(), rows, ..Grid::default() }
}

/// The statements on a stage, one a row.
fn sheet_rows(stage: &Stage) -> Vec<Vec<String>> {
    let head = [stage.number.to_string(), stage.stage.id().to_owned()];
    let row = |cells: [String; 8]| head.iter().cloned().chain(cells).collect::<Vec<String>>();
    let mut rows = Vec::new();
    for acting in &stage.actors.acting {
        rows.push(row(relation("acts", acting.acts_in)));
        rows.extend(acting.players.iter().map(|it| row(relation(Core::Plays.id(), *it))));
        rows.extend(acting.none.iter().map(|it| row(denial(*it))));
    }
    rows.extend(stage.actors.none.iter().map(|it| row(denial(*it))));
    for (what, relations) in [
        (Core::Supports.id(), &stage.support.by),
        ("flow-in", &stage.flows_in),
        ("flow-out", &stage.flows_out),
        ("flow-within", &stage.flows_within),
        (Core::Next.id(), &stage.next),
    ] {
        rows.extend(relations.iter().map(|it| row(relation(what, *it))));
    }
    rows.extend(stage.support.none.iter().map(|it| row(denial(*it))));
    rows.extend(stage.missing.iter().map(|it| {
        let mut cells: [String; 8] = Default::default();
        cells[0] = "missing".to_owned();
        cells[1] = word(Some(*it));
        row(cells)
    }));
    rows
}

fn relation(what: &str, relation: Relation) -> [String; 8] {
    [
        what.to_owned(),
        relation.kind().id().to_owned(),
        relation.from().id().to_owned(),
        relation.to().id().to_owned(),
        relation.context().map(Node::id).unwrap_or_default().to_owned(),
        word(Some(relation.basis())),
        word(relation.confidence()),
        list(relation.sources()),
    ]
}

fn denial(denial: Denial) -> [String; 8] {
    [
        "none".to_owned(),
        denial.kind().id().to_owned(),
        String::new(),
        denial.node().id().to_owned(),
        denial.context().map(Node::id).unwrap_or_default().to_owned(),
        word(Some(denial.basis())),
        word(denial.confidence()),
        list(denial.sources()),
    ]
}
