//! Regions and programs, or organizations, side by side: what each has, and what only one has.
//!
//! Every side is a [`Scope`]; a cell has the relations that it rests on, so that it can be cited.

mod rows;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use self::rows::CellContent;
use super::scope::{Scope, State};
use crate::graph::shape::{id, id_or_null, serialize_as};
use crate::graph::{Denial, Graph, Node, Relation, RelationKind};
use crate::lang::Lang;
use crate::model::{Basis, Indicator, NodeKind, Text};

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
    /// A type of organization: who on each side is of it.
    Type,
    /// A figure: what it is on each side.
    Indicator,
}

/// Sides, and rows that are told of each.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparison<'g> {
    /// What makes a row.
    pub by: By,
    /// The sides, in the order asked for.
    pub sides: Vec<Side<'g>>,
    /// The rows, in the order of the atlas; stages in that of the pipeline.
    pub rows: Vec<Row<'g>>,
}

/// One of what is compared.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Side<'g> {
    /// The region, program or organization.
    pub node: Node<'g>,
    /// How many organizations belong to it.
    pub organizations: usize,
    /// Whether the atlas names nobody there: no organization, and no role.
    #[serde(rename = "silent")]
    pub is_silent: bool,
}

/// What each side has of one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row<'g> {
    /// The thing.
    #[serde(flatten)]
    pub subject: Subject<'g>,
    /// A cell for each side, in the order of the sides.
    pub cells: Vec<Cell<'g>>,
    /// The id of the side that alone has it; `null` where none or several do.
    #[serde(serialize_with = "id_or_null")]
    #[schemars(with = "Option<&str>")]
    pub only: Option<Node<'g>>,
}

/// What a row is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'g> {
    /// A role, a stage or a program.
    Node(Node<'g>),
    /// A kind of relation.
    Kind(RelationKind<'g>),
    /// A type of organization, by its id, and what the vocabulary calls it.
    Type(&'g str, Option<&'g Text>),
    /// A figure of this name, unit and year.
    Indicator(&'g Indicator),
}

/// What one side has of one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cell<'g> {
    /// The id of the side.
    #[serde(serialize_with = "id")]
    #[schemars(with = "&str")]
    pub side: Node<'g>,
    /// What is known.
    pub state: State,
    /// How many: distinct nodes, pairs or figures.
    pub count: usize,
    /// How many of the organizations of the side are among them, from 0 to 1; `null` where the cell
    /// counts no organizations.
    pub share: Option<f64>,
    /// Who, each once; of a kind of relation, which pairs.
    pub who: Vec<Who<'g>>,
    /// Others who do so for a region that the side lies in, and serve it too; they are not counted.
    pub nationwide: Vec<Who<'g>>,
    /// The roles by which they are there under another name than that of the row.
    pub under: Vec<Node<'g>>,
    /// What says that there is none; where it holds in a part of the side alone, `in` tells.
    pub none: Vec<Denial<'g>>,
    /// The figures.
    pub figures: Vec<Figure<'g>>,
}

/// Somebody in a cell, or a pair.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Who<'g> {
    /// Who; of a pair, the beginning.
    pub node: Node<'g>,
    /// Of a pair, the end; else `null`.
    pub other: Option<Node<'g>>,
    /// The relations by which they are in the cell.
    pub relations: Vec<Relation<'g>>,
}

/// A figure and whose it is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Figure<'g> {
    /// Whose it is: the side itself, or what lies within it.
    pub node: Node<'g>,
    /// The figure with its sources.
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
        By::Type => rows::by_type(graph, &scopes),
        By::Indicator => rows::by_indicator(graph, &scopes),
    };
    let sides: Vec<Side> = question
        .sides
        .iter()
        .zip(&scopes)
        .map(|(node, scope)| Side {
            node: *node,
            organizations: scope.organizations().count(),
            is_silent: scope.is_silent(),
        })
        .collect();
    let rows = found.into_iter().map(|(subject, cells)| row(subject, cells, &sides, question.by));
    Comparison { by: question.by, rows: rows.collect(), sides }
}

fn row<'g>(
    subject: Subject<'g>,
    found: Vec<CellContent<'g>>,
    sides: &[Side<'g>],
    by: By,
) -> Row<'g> {
    let cells: Vec<Cell> =
        found.into_iter().zip(sides).map(|(found, side)| cell(subject, found, *side, by)).collect();
    let mut having = cells.iter().filter(|cell| cell.has()).map(|cell| cell.side);
    let only = having.next().filter(|_| having.next().is_none());
    Row { subject, cells, only }
}

fn cell<'g>(subject: Subject<'g>, found: CellContent<'g>, side: Side<'g>, by: By) -> Cell<'g> {
    let CellContent { state, who, nationwide, none, figures } = found;
    let counts_organizations = matches!(by, By::Role | By::Stage | By::Program | By::Type);
    let share = counts_organizations.then(|| share(&who, side)).flatten();
    let count = who.len().max(figures.len());
    let under = match (by, subject) {
        (By::Role, Subject::Node(role)) => others(role, &who),
        _ => Vec::new(),
    };
    Cell { side: side.node, state, count, share, who, nationwide, under, none, figures }
}

/// The roles in general but `role` that these play, each once, in the order of the atlas.
fn others<'g>(role: Node<'g>, who: &[Who<'g>]) -> Vec<Node<'g>> {
    let plays = who.iter().flat_map(|who| &who.relations).map(|it| it.to());
    let played: BTreeSet<Node> = plays.map(|it| it.generic().unwrap_or(it)).collect();
    played.into_iter().filter(|it| *it != role).collect()
}

/// The share of a side's organizations that are among these.
fn share(who: &[Who], side: Side) -> Option<f64> {
    // Of a list that its source leaves open there may be more.
    if who.iter().flat_map(|it| &it.relations).any(|it| it.is_open()) {
        return None;
    }
    let is_organization = |it: &&Who| it.node.kind() == NodeKind::Organization;
    let counted = who.iter().filter(is_organization).count();
    let counts_any = counted > 0 || who.is_empty();
    (counts_any && side.organizations > 0).then(|| counted as f64 / side.organizations as f64)
}

impl Cell<'_> {
    /// Returns whether the side has the thing: somebody is named for it, or it is drawn.
    pub fn has(&self) -> bool {
        matches!(self.state, State::Named | State::NobodyNamed)
    }
}

impl<'g> Comparison<'g> {
    /// Returns whether no side has anything to tell.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns whether sides differ in size, so that counts alone mislead.
    pub fn sizes_differ(&self) -> bool {
        self.sides.windows(2).any(|pair| pair[0].organizations != pair[1].organizations)
    }

    /// Returns every relation that a cell rests on.
    pub fn relations(&self) -> impl Iterator<Item = Relation<'g>> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let who = cells.flat_map(|cell| cell.who.iter().chain(&cell.nationwide));
        who.flat_map(|who| &who.relations).copied()
    }
}

/// What a type that no vocabulary names is called.
static UNNAMED: Text = Text { ja: None, en: None };

impl<'g> Subject<'g> {
    /// Returns what tells it from others in every language.
    pub fn key(self) -> String {
        match self {
            Subject::Node(node) => node.id().to_owned(),
            Subject::Kind(kind) => kind.id().to_owned(),
            Subject::Type(id, _) => id.to_owned(),
            Subject::Indicator(figure) => {
                let name = figure.name.en.as_ref().or(figure.name.ja.as_ref());
                let year = figure.year.map(|year| year.to_string());
                let parts = [name.cloned(), figure.unit.clone(), year];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Returns what people read for it.
    pub fn called(self, lang: Lang) -> String {
        let name = self.name().in_lang(lang).unwrap_or_default().to_owned();
        match self {
            Subject::Indicator(figure) => {
                let year = figure.year.map(|year| format!(" ({year})")).unwrap_or_default();
                format!("{name}{year}")
            }
            Subject::Type(id, _) if name.is_empty() => id.to_owned(),
            _ => name,
        }
    }

    /// Returns what it is called.
    pub fn name(self) -> &'g Text {
        match self {
            Subject::Node(node) => &node.record().name,
            Subject::Kind(kind) => kind.name(),
            Subject::Type(_, name) => name.unwrap_or(&UNNAMED),
            Subject::Indicator(figure) => &figure.name,
        }
    }
}

serialize_as! { Subject => SubjectShape; }

/// The JSON of what a row is about.
#[derive(Serialize, JsonSchema)]
struct SubjectShape<'g> {
    /// The id of the role, stage, relation kind or program; of a figure, its name, unit and year.
    key: String,
    /// What it is called.
    name: &'g Text,
}

impl<'g> From<Subject<'g>> for SubjectShape<'g> {
    fn from(subject: Subject<'g>) -> Self {
        SubjectShape { key: subject.key(), name: subject.name() }
    }
}
