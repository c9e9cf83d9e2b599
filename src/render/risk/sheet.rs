//! What breaks routes, as rows for spreadsheets.

use super::seats;
use crate::graph::Node;
use crate::lang::Lang;
use crate::model::{Basis, Confidence};
use crate::query::pipeline::Tally;
use crate::query::risk::Answer;
use crate::render::{Cell, Table};

/// What a row of the sheet tells; each section fills in what it has.
#[derive(Default)]
struct Row<'a> {
    section: &'static str,
    nodes: Vec<Node<'a>>,
    stage: Option<Node<'a>>,
    to: Option<Node<'a>>,
    independent: Option<usize>,
    must_pass: Option<usize>,
    staffed: Option<Tally>,
    stages: &'a [Node<'a>],
    roles: &'a [Node<'a>],
    flows: Option<usize>,
    basis: Option<(Basis, Option<Confidence>)>,
    sources: Vec<&'a str>,
}

/// A row for each thing told, by section.
pub fn sheet<'a>(answer: &'a Answer<'a>, lang: Lang) -> Table<'a> {
    Table::of(rows(answer), lang)
        .sheet("section", |it| it.section.into())
        .sheet("node", |it| Cell::Nodes(it.nodes.clone()))
        .sheet("stage", |it| Cell::node(it.stage))
        .sheet("to", |it| Cell::node(it.to))
        .sheet("independent", |it| Cell::spelt(it.independent))
        .sheet("must_pass", |it| Cell::spelt(it.must_pass))
        .sheet("staffed_routes", |it| Cell::maybe(it.staffed, |ways| ways.to_string().into()))
        .sheet("stages", |it| Cell::Nodes(it.stages.to_vec()))
        .sheet("roles", |it| Cell::Nodes(it.roles.to_vec()))
        .sheet("flows", |it| Cell::spelt(it.flows))
        .basis(|it| it.basis)
        .sources(|it| it.sources.clone())
        .names("node", |it| it.nodes.clone())
        .names("stage", |it| it.stage)
        .names("to", |it| it.to)
        .names("stages", |it| it.stages.to_vec())
        .names("roles", |it| it.roles.to_vec())
        .table()
}

fn rows<'a>(answer: &'a Answer<'a>) -> Vec<Row<'a>> {
    let row =
        |section, nodes: &[Node<'a>]| Row { section, nodes: nodes.to_vec(), ..Row::default() };
    let each = |section, nodes: &[Node<'a>]| -> Vec<Row<'a>> {
        nodes.iter().map(|node| row(section, &[*node])).collect()
    };
    let mut rows = vec![Row {
        independent: Some(answer.width.routes),
        must_pass: Some(answer.must_pass.len()),
        staffed: Some(answer.staffed),
        ..row("routes", &[])
    }];
    rows.extend(each("must-pass", &answer.must_pass));
    rows.extend(each("smallest-cut", answer.width.cut.as_deref().unwrap_or_default()));
    rows.extend(answer.stations.iter().flat_map(seats).filter_map(|seat| {
        let (acting, plays) = (seat.acting?, seat.plays?);
        Some(Row {
            stage: Some(seat.station.stage),
            to: Some(acting.role),
            basis: seat.basis(),
            sources: seat.sources(),
            ..row("acts", &[plays.from()])
        })
    }));
    let points = answer.single_points.iter();
    rows.extend(points.map(|it| Row { stage: it.stage, ..row("single-point", &[it.node]) }));
    rows.extend(answer.absences.iter().map(|it| Row {
        independent: Some(it.independent),
        staffed: Some(it.staffed),
        stages: &it.stages,
        roles: &it.roles,
        flows: Some(it.flows.len()),
        ..row("absence", &it.gone)
    }));
    rows.extend(answer.remedy.iter().map(|it| Row {
        stage: it.stage,
        to: Some(it.to),
        independent: Some(it.after.independent),
        must_pass: Some(it.after.must_pass),
        staffed: Some(it.after.staffed),
        ..row("remedy", &[it.from])
    }));
    rows
}
