//! Comparisons as they are handed to scripts.

use schemars::JsonSchema;
use serde::Serialize;

use super::{By, Cell, Comparison, Row, Subject, Who};
use crate::graph::Node;
use crate::model::{Indicator, Text};
use crate::query::scope::State;
use crate::query::view::{Evidence, NodeName, RelationView};

/// A comparison, for scripts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComparisonView<'g> {
    /// What makes a row.
    pub by: By,
    /// The sides, in the order asked for.
    pub sides: Vec<SideView<'g>>,
    /// The rows.
    pub rows: Vec<RowView<'g>>,
}

/// A side.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SideView<'g> {
    /// The region, program or organization.
    pub node: NodeName<'g>,
    /// How many organizations belong to it.
    pub organizations: usize,
}

/// What each side has of one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RowView<'g> {
    /// The id of the role, stage, relation kind or program; of a figure, its name, unit and year.
    pub key: String,
    /// What it is called.
    pub name: &'g Text,
    /// A cell for each side, in the order of the sides.
    pub cells: Vec<CellView<'g>>,
    /// The id of the side that alone has it; `null` where none or several do.
    pub only: Option<&'g str>,
}

/// What one side has of one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CellView<'g> {
    /// The id of the side.
    pub side: &'g str,
    /// What is known.
    pub state: State,
    /// How many: distinct nodes, pairs or figures.
    pub count: usize,
    /// Which part of the organizations of the side is among them, from 0 to 1; `null` where the cell
    /// counts no organizations.
    pub share: Option<f64>,
    /// Who, each once; of a relation kind, which pairs.
    pub who: Vec<WhoView<'g>>,
    /// What says that there is none; where it holds in a part of the side alone, `in` tells.
    pub none: Vec<Evidence<'g>>,
    /// Of an indicator: the figures.
    pub figures: Vec<FigureView<'g>>,
}

/// Somebody, or a pair.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhoView<'g> {
    /// Who; of a pair, the beginning.
    pub node: NodeName<'g>,
    /// Of a pair, the end; else `null`.
    pub other: Option<NodeName<'g>>,
    /// The relations by which they are in the cell.
    pub relations: Vec<RelationView<'g>>,
}

/// A figure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FigureView<'g> {
    /// Whose it is: the side itself, or what lies within it.
    pub node: NodeName<'g>,
    /// The figure with its sources.
    pub indicator: &'g Indicator,
}

impl<'g> Subject<'g> {
    /// What tells it from others in every language.
    pub fn key(self) -> String {
        match self {
            Subject::Node(node) => node.id().to_owned(),
            Subject::Kind(kind) => kind.id().to_owned(),
            Subject::Indicator(figure) => {
                let name = figure.name.en.as_ref().or(figure.name.ja.as_ref());
                let year = figure.year.map(|year| year.to_string());
                let parts = [name.cloned(), figure.unit.clone(), year];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// What it is called.
    pub fn name(self) -> &'g Text {
        match self {
            Subject::Node(node) => &node.record().name,
            Subject::Kind(kind) => kind.name(),
            Subject::Indicator(figure) => &figure.name,
        }
    }
}

impl<'g> From<&Comparison<'g>> for ComparisonView<'g> {
    fn from(comparison: &Comparison<'g>) -> Self {
        let sides = comparison
            .sides
            .iter()
            .map(|it| SideView { node: it.node.into(), organizations: it.organizations });
        let row = |row: &Row<'g>| RowView {
            key: row.subject.key(),
            name: row.subject.name(),
            cells: row
                .cells
                .iter()
                .zip(&comparison.sides)
                .map(|(cell, side)| of_cell(cell, side.node))
                .collect(),
            only: row.only.map(Node::id),
        };
        ComparisonView {
            by: comparison.by,
            sides: sides.collect(),
            rows: comparison.rows.iter().map(row).collect(),
        }
    }
}

fn of_cell<'g>(cell: &Cell<'g>, side: Node<'g>) -> CellView<'g> {
    let who = |it: &Who<'g>| WhoView {
        node: it.node.into(),
        other: it.other.map(NodeName::from),
        relations: it.relations.iter().map(|it| (*it).into()).collect(),
    };
    CellView {
        side: side.id(),
        state: cell.state,
        count: cell.count(),
        share: cell.share,
        who: cell.who.iter().map(who).collect(),
        none: cell.none.iter().map(|it| (*it).into()).collect(),
        figures: cell
            .figures
            .iter()
            .map(|it| FigureView { node: it.node.into(), indicator: it.indicator })
            .collect(),
    }
}
