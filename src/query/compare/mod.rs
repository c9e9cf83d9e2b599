//! Regions and programs, or organizations, side by side: what each has, and what only one has.
//!
//! Every side is a [`Scope`]; a cell tells who, on which relations, so that it can be cited.

mod rows;
mod view;

use schemars::JsonSchema;
use serde::Serialize;

use super::scope::{Scope, State};
use crate::graph::{Denial, Graph, Node, Relation, RelationKind};
use crate::model::{Basis, Indicator, NodeKind};

pub use view::{CellView, ComparisonView, FigureView, RowView, SideView, WhoView};

/// What is compared, and how.
#[derive(Clone, Debug)]
pub struct Question<'g> {
    /// The sides: regions and programs, or organizations.
    pub sides: Vec<Node<'g>>,
    /// What makes a row.
    pub by: By,
    /// Only relations on one of these bases count; all where empty.
    pub bases: Vec<Basis>,
}

/// What makes a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A role in general: who plays it on each side.
    #[default]
    Role,
    /// A stage: who acts in it.
    Stage,
    /// A kind of relation: which pairs it ties.
    Relation,
    /// A program that reaches a side: which members take part in it.
    Program,
    /// A figure: what it is on each side.
    Indicator,
}

/// Sides, and rows that are told of each.
#[derive(Debug)]
pub struct Comparison<'g> {
    /// What makes a row.
    pub by: By,
    /// The sides, in the order asked for.
    pub sides: Vec<Side<'g>>,
    /// The rows, in the order of the atlas; stages in that of the pipeline.
    pub rows: Vec<Row<'g>>,
}

/// One of what is compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'g> {
    /// The region, program or organization.
    pub node: Node<'g>,
    /// How many organizations belong to it.
    pub organizations: usize,
}

/// What each side has of one thing.
#[derive(Debug)]
pub struct Row<'g> {
    /// The thing.
    pub subject: Subject<'g>,
    /// A cell for each side.
    pub cells: Vec<Cell<'g>>,
    /// The side that alone has it, if one alone does.
    pub only: Option<Node<'g>>,
}

/// What a row is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'g> {
    /// A role, a stage or a program.
    Node(Node<'g>),
    /// A kind of relation.
    Kind(RelationKind<'g>),
    /// A figure of this name, unit and year.
    Indicator(&'g Indicator),
}

/// What one side has of one thing.
#[derive(Debug)]
pub struct Cell<'g> {
    /// What is known.
    pub state: State,
    /// Who, each once; of a kind of relation, which pairs.
    pub who: Vec<Who<'g>>,
    /// What says that there is none.
    pub none: Vec<Denial<'g>>,
    /// The figures.
    pub figures: Vec<Figure<'g>>,
    /// How many of the organizations of the side are among them, from 0 to 1; absent where the cell
    /// counts no organizations.
    pub share: Option<f64>,
}

/// Somebody in a cell, or a pair.
#[derive(Clone, Debug)]
pub struct Who<'g> {
    /// Who; of a pair, the beginning.
    pub node: Node<'g>,
    /// Of a pair, the end.
    pub other: Option<Node<'g>>,
    /// The relations by which they are in the cell.
    pub relations: Vec<Relation<'g>>,
}

/// A figure and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'g> {
    /// The side itself, or what lies within it.
    pub node: Node<'g>,
    /// The figure.
    pub indicator: &'g Indicator,
}

/// Compares; O(sides · (nodes + relations)), and for stages that times their number.
pub fn compare<'g>(graph: &'g Graph, question: &Question<'g>) -> Comparison<'g> {
    let scope = |side: &Node<'g>| Scope::new(graph, Some(*side), &question.bases);
    let scopes: Vec<Scope> = question.sides.iter().map(scope).collect();
    let found = match question.by {
        By::Role => rows::by_role(&scopes),
        By::Stage => rows::by_stage(graph, &scopes),
        By::Relation => rows::by_relation(graph, &scopes),
        By::Program => rows::by_program(&scopes),
        By::Indicator => rows::by_indicator(graph, &scopes),
    };
    let sides: Vec<Side> = question
        .sides
        .iter()
        .zip(&scopes)
        .map(|(node, scope)| Side { node: *node, organizations: scope.organizations().count() })
        .collect();
    let rows = found.into_iter().map(|(subject, cells)| row(subject, cells, &sides, question.by));
    Comparison { by: question.by, rows: rows.collect(), sides }
}

fn row<'g>(subject: Subject<'g>, mut cells: Vec<Cell<'g>>, sides: &[Side<'g>], by: By) -> Row<'g> {
    if matches!(by, By::Role | By::Stage | By::Program) {
        for (cell, side) in cells.iter_mut().zip(sides) {
            cell.share = share(cell, *side);
        }
    }
    let mut having = cells.iter().zip(sides).filter(|(cell, _)| cell.has()).map(|it| it.1.node);
    let only = having.next().filter(|_| having.next().is_none());
    Row { subject, cells, only }
}

/// The share of a side's organizations that a cell counts.
fn share(cell: &Cell, side: Side) -> Option<f64> {
    let is_organization = |it: &&Who| it.node.kind() == NodeKind::Organization;
    let counted = cell.who.iter().filter(is_organization).count();
    let counts_any = counted > 0 || cell.who.is_empty();
    (counts_any && side.organizations > 0).then(|| counted as f64 / side.organizations as f64)
}

impl Cell<'_> {
    /// How many there are: persons, pairs or figures.
    pub fn count(&self) -> usize {
        self.who.len().max(self.figures.len())
    }

    /// Whether the side has the thing: somebody is named for it, or it is drawn.
    pub fn has(&self) -> bool {
        matches!(self.state, State::Named | State::NobodyNamed)
    }
}

impl<'g> Comparison<'g> {
    /// Whether no side has anything to tell.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether sides differ in size, so that counts alone mislead.
    pub fn sizes_differ(&self) -> bool {
        self.sides.windows(2).any(|pair| pair[0].organizations != pair[1].organizations)
    }

    /// Every relation that a cell rests on.
    pub fn relations(&self) -> impl Iterator<Item = Relation<'g>> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.flat_map(|cell| &cell.who).flat_map(|who| &who.relations).copied()
    }
}
