//! The options that select what a question speaks of, the same for every command.

use clap::Args;

use super::basis::BasisArguments;
use super::failure::Failure;
use super::names::{self, Others, citation, node_of, node_type};
use super::number::from_zero;
use crate::graph::{Graph, fold};
use crate::model::NodeKind;
use crate::query::{Criterion, Selection, Term};

/// Repeating an option means or; different options mean and; a leading `!` negates.
#[derive(Debug, Default, Args)]
#[command(
    next_help_heading = "Selection (repeat an option for or; different options mean and; !VALUE negates) | 絞り込み（同じ項目を重ねると「または」、別の項目は「かつ」、!値 は否定）"
)]
pub struct SelectionArguments {
    /// In this region: what lies within it, its members, its roles and their stages
    ///
    /// この地域: その中にあるもの、メンバー、役割とその段階
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// This role in any context, and who plays it
    ///
    /// この役割（どの文脈でも）と、それを担う者
    #[arg(long, value_name = "ROLE")]
    role: Vec<String>,
    /// This stage, and who acts in it or supports it
    ///
    /// この段階と、そこで働く者・支える者
    #[arg(long, value_name = "STAGE")]
    stage: Vec<String>,
    /// This program: its parts, its members, its roles and their stages
    ///
    /// この施策: その部分、メンバー、役割とその段階
    #[arg(long, value_name = "PROGRAM")]
    program: Vec<String>,
    /// Of this type, such as company or hospital
    ///
    /// この類型（company、病院 など）
    #[arg(long = "type", value_name = "TYPE")]
    r#type: Vec<String>,
    /// With a name that contains this text
    ///
    /// 名前がこの文字列を含む
    #[arg(long, value_name = "TEXT")]
    name: Vec<String>,
    /// Citing this source, or this place in it (minnesota-map:71-72)
    ///
    /// この出典、または出典の箇所（minnesota-map:71-72）を引く
    #[arg(long, value_name = "SOURCE")]
    source: Vec<String>,
    #[command(flatten)]
    pub basis: BasisArguments,
    /// Near this node
    ///
    /// このノードの近くにある
    #[arg(long, value_name = "NAME")]
    around: Vec<String>,
    /// How many relations of any kind --around reaches: 2 reach who shares a role, a place or a program
    ///
    /// --around が届く関係の数（種類は問わない）。2 で、役割・所在・施策を同じくする者に届く
    #[arg(long, value_name = "N", default_value = "2", requires = "around", value_parser = from_zero, allow_negative_numbers = true)]
    depth: usize,
}

impl SelectionArguments {
    /// Works the selection out.
    ///
    /// # Errors
    /// Where a name, a source or a basis is none.
    pub fn select<'g>(&self, graph: &'g Graph) -> Result<Selection<'g>, Failure> {
        Ok(Selection::new(graph, self.terms(graph)?))
    }

    fn terms<'g>(&self, graph: &'g Graph) -> Result<Vec<Term<'g>>, Failure> {
        let all = [
            (By::Region, &self.region),
            (By::Role, &self.role),
            (By::Stage, &self.stage),
            (By::Program, &self.program),
            (By::Type, &self.r#type),
            (By::Name, &self.name),
            (By::Source, &self.source),
            (By::Around(self.depth), &self.around),
        ];
        let terms = all
            .into_iter()
            .flat_map(|(by, values)| values.iter().map(move |value| term(graph, by, value)));
        let mut terms = terms.collect::<Result<Vec<_>, _>>()?;
        let bases = self.basis.bases()?.into_iter();
        terms.extend(bases.map(|it| Term { criterion: Criterion::Basis(it), negated: false }));
        Ok(terms)
    }
}

/// What is selected by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Region,
    Role,
    Stage,
    Program,
    Type,
    Name,
    Source,
    /// A node, and what is at most so many relations away.
    Around(usize),
}

/// The term that a value means; a leading `!` negates it.
///
/// # Errors
/// Where it names nothing.
pub fn term<'g>(graph: &'g Graph, by: By, value: &str) -> Result<Term<'g>, Failure> {
    let (text, negated) = match value.strip_prefix('!') {
        Some(text) => (text, true),
        None => (value, false),
    };
    let node = |kind: NodeKind| node_of(graph, text, &[kind], Others::Selection);
    let criterion = match by {
        By::Region => Criterion::Region(node(NodeKind::Region)?),
        By::Role => Criterion::Role(node(NodeKind::Role)?),
        By::Stage => Criterion::Stage(node(NodeKind::Stage)?),
        By::Program => Criterion::Program(node(NodeKind::Program)?),
        By::Type => Criterion::Type(node_type(graph, text)?),
        By::Name => Criterion::Name(fold(text)),
        By::Source => Criterion::Source(citation(graph, text)?),
        By::Around(depth) => Criterion::Around(names::node(graph, text)?, depth),
    };
    Ok(Term { criterion, negated })
}
