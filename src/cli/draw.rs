//! `medclust draw`: a picture of a region, a program, a route, a trace or a comparison.

use clap::{Args, Subcommand};

use super::as_of::AsOfArguments;
use super::basis::BasisArguments;
use super::failure::Failure;
use super::names::node;
use super::session::Session;
use super::{Outcome, compare, path, show, trace};
use crate::graph::Graph;
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::counted::Counted;
use crate::query::draw::draw;
use crate::query::show::show as portray;
use crate::render::{Drawing, show::Portraits};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub struct Arguments {
    /// A region or a program: its roles, who plays them, and what flows between them; another node: what is around it
    ///
    /// 地域・施策: 役割とその担い手、間を流れるもの。ほかのノード: その周辺
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    pub basis: BasisArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Draw routes, as `path` finds them
    ///
    /// path が見つける経路を描く
    Path(path::Arguments),
    /// Draw the stages from need to market: who acts in each, what is missing
    ///
    /// ニーズから市場までの段階、担い手、欠けているものを描く
    Trace(trace::Arguments),
    /// Draw regions, programs or organizations side by side
    ///
    /// 地域・施策・組織を並べて描く
    Compare(compare::Arguments),
    /// Draw a node and what is around it
    ///
    /// ノードとその周辺を描く
    Around(show::Arguments),
}

impl Arguments {
    /// The date that is asked about.
    pub fn as_of(&self) -> AsOfArguments {
        match &self.what {
            None => self.as_of,
            Some(What::Path(it)) => it.as_of,
            Some(What::Trace(it)) => it.as_of,
            Some(What::Compare(it)) => it.as_of,
            Some(What::Around(it)) => it.as_of,
        }
    }

    /// Which statements count.
    pub fn basis(&self) -> &BasisArguments {
        match &self.what {
            None => &self.basis,
            Some(What::Path(it)) => &it.evidence.basis,
            Some(What::Trace(it)) => &it.evidence.basis,
            Some(What::Compare(it)) => &it.evidence.basis,
            Some(What::Around(it)) => &it.basis,
        }
    }
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    match &arguments.what {
        Some(What::Path(it)) => path::run(it, graph, session),
        Some(What::Trace(it)) => trace::run(it, graph, session),
        Some(What::Compare(it)) => compare::run(it, graph, session),
        Some(What::Around(it)) => show::run(it, graph, session),
        None => of_node(arguments, graph, session),
    }
}

fn of_node(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let name = arguments.name.as_ref().ok_or_else(|| {
        Failure::usage("nothing is named to draw", "描くものの指定がありません").hint(
            "name a region: medclust draw minnesota -o minnesota.svg",
            "地域を指定してください: medclust draw ミネソタ -o minnesota.svg",
        )
    })?;
    let drawn = node(graph, name)?;
    let bases = arguments.basis.bases()?;
    if !matches!(drawn.kind(), NodeKind::Region | NodeKind::Program) {
        let counted = Counted::on(graph, &bases);
        session.answer(&Portraits(vec![portray(drawn, &counted)]), false)?;
        return Ok(Outcome::Found);
    }
    let scene = draw(graph, drawn, &bases);
    let is_empty = scene.boxes.is_empty();
    session.answer(&Drawing(&scene), is_empty)?;
    if is_empty {
        let name = drawn.name(session.lang());
        session.note(&Message::new(
            format!("nothing to draw: the atlas names nobody of {name}"),
            format!("描くものがありません: {name}についてアトラスに名の挙がる者はありません"),
        ));
    }
    Ok(Outcome::of(is_empty))
}
