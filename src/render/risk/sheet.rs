//! What breaks routes, as rows for spreadsheets.

use crate::graph::Node;
use crate::query::risk::Answer;
use crate::render::grid::Grid;
use crate::render::grid::{grid, list, word};
use crate::render::words;

/// Builds the sheet: a row for each thing told, by section.
pub fn sheet(answer: &Answer) -> Grid {
    let headers = [
        "section",
        "node",
        "stage",
        "to",
        "independent",
        "must_pass",
        "staffed_routes",
        "stages",
        "roles",
        "flows",
        "basis",
        "confidence",
        "sources",
    ];
    let mut rows: Vec<[String; 13]> = Vec::new();
    let ids = |nodes: &[Node]| list(nodes.iter().map(|node| node.id()));
    let mut row = |section: &str, nodes: &[Node], fill: &dyn Fn(&mut [String; 13])| {
        let mut row: [String; 13] = Default::default();
        row[0] = section.to_owned();
        row[1] = ids(nodes);
        fill(&mut row);
        rows.push(row);
    };
    row("routes", &[], &|row| {
        row[4] = answer.width.routes.to_string();
        row[5] = answer.must_pass.len().to_string();
        row[6] = answer.staffed.to_string();
    });
    for node in &answer.must_pass {
        row("must-pass", &[*node], &|_| {});
    }
    for node in answer.width.cut.iter().flatten() {
        row("smallest-cut", &[*node], &|_| {});
    }
    for station in &answer.stations {
        for acting in &station.actors.acting {
            for plays in &acting.players {
                row("acts", &[plays.from()], &|row| {
                    let (basis, confidence) = words::weaker(*plays, acting.acts_in);
                    row[2] = station.stage.id().to_owned();
                    row[3] = acting.role.id().to_owned();
                    row[10] = word(Some(basis));
                    row[11] = word(confidence);
                    row[12] = list(plays.sources().chain(acting.acts_in.sources()));
                });
            }
        }
    }
    for point in &answer.single_points {
        row("single-point", &[point.node], &|row| {
            row[2] = words::id(point.stage);
        });
    }
    for absence in &answer.absences {
        row("absence", &absence.gone, &|row| {
            row[4] = absence.independent.to_string();
            row[6] = absence.staffed.to_string();
            row[7] = ids(&absence.stages);
            row[8] = ids(&absence.roles);
            row[9] = absence.flows.len().to_string();
        });
    }
    if let Some(remedy) = &answer.remedy {
        row("remedy", &[remedy.from], &|row| {
            row[2] = words::id(remedy.stage);
            row[3] = remedy.to.id().to_owned();
            row[4] = remedy.after.independent.to_string();
            row[5] = remedy.after.must_pass.to_string();
            row[6] = remedy.after.staffed.to_string();
        });
    }
    grid(headers, rows.into_iter())
}
