//! What is told of each stage, line by line: the sheet, and the page with its evidence.

use super::View;
use crate::graph::{Denial, Node, Relation};
use crate::lang::Lang;
use crate::model::Core;
use crate::query::scope::{Acting, State};
use crate::query::statement::Statement;
use crate::query::trace::{Missing, Stage};
use crate::render::{Cell, Table, words};

/// What is told of a stage: a statement, or that there is none.
pub struct Line<'a> {
    pub stage: &'a Stage<'a>,
    pub part: Part,
    pub said: Said<'a>,
}

/// Which part of what is told of a stage.
#[derive(Clone, Copy)]
pub enum Part {
    Acts,
    Plays,
    /// Who plays the role in a region that the scope lies in.
    Nationwide,
    /// Who is only planned to play the role.
    Planned,
    Supports,
    FlowIn,
    FlowOut,
    FlowWithin,
    Next,
    Missing,
}

#[derive(Clone, Copy)]
pub enum Said<'a> {
    Statement(Statement<'a>),
    /// That the atlas says nothing; for pages alone.
    Silence(State),
    /// For sheets alone.
    Missing(Missing),
}

impl Part {
    /// What sheets call it.
    fn key(self) -> &'static str {
        match self {
            Part::Acts => "acts",
            Part::Plays => Core::Plays.id(),
            Part::Nationwide => "nationwide",
            Part::Planned => "planned",
            Part::Supports => Core::Supports.id(),
            Part::FlowIn => "flow-in",
            Part::FlowOut => "flow-out",
            Part::FlowWithin => "flow-within",
            Part::Next => Core::Next.id(),
            Part::Missing => "missing",
        }
    }

    /// Returns what people call it.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Part::Acts | Part::Plays | Part::Planned => lang.pick("acts", "担い手"),
            Part::Nationwide => lang.pick("nationwide", "全国"),
            Part::Supports => lang.pick("support", "支援"),
            Part::FlowIn => lang.pick("in", "入る流れ"),
            Part::FlowOut => lang.pick("out", "出る流れ"),
            Part::FlowWithin => lang.pick("within", "内の流れ"),
            Part::Next => lang.pick("next", "次"),
            Part::Missing => lang.pick("missing", "欠けているもの"),
        }
    }
}

/// Returns all that is told of a stage, in order.
pub fn lines<'a>(stage: &'a Stage<'a>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut tell = |part, relations: &[Relation<'a>], denials: &[Denial<'a>], silence| {
        let relations = relations.iter().map(|it| Statement::Relation { relation: *it });
        let denials = denials.iter().map(|it| Statement::Denial { denial: *it });
        let statements = relations.chain(denials).map(Said::Statement);
        let said = statements.chain(Option::map(silence, Said::Silence));
        lines.extend(said.map(|said| Line { stage, part, said }));
    };
    let unknown = |state| (state == State::Unknown).then_some(state);
    for Acting { acts_in, players, nationwide, planned, none, .. } in &stage.actors.acting {
        let is_vacant = players.is_empty() && nationwide.is_empty() && none.is_empty();
        tell(Part::Acts, &[*acts_in], &[], None);
        tell(Part::Nationwide, nationwide, &[], None);
        tell(Part::Planned, planned, &[], None);
        tell(Part::Plays, players, none, is_vacant.then_some(State::NobodyNamed));
    }
    tell(Part::Acts, &[], &stage.actors.none, unknown(stage.actors.state));
    tell(Part::Nationwide, &stage.support.nationwide, &[], None);
    tell(Part::Supports, &stage.support.by, &stage.support.none, unknown(stage.support.state));
    for (part, flows) in flows(stage) {
        tell(part, flows, &[], None);
    }
    tell(Part::Next, &stage.next, &[], None);
    let missing = stage.missing.iter().map(|it| Said::Missing(*it));
    lines.extend(missing.map(|said| Line { stage, part: Part::Missing, said }));
    lines
}

pub fn flows<'a>(stage: &'a Stage<'a>) -> [(Part, &'a [Relation<'a>]); 3] {
    [
        (Part::FlowIn, &stage.flows_in),
        (Part::FlowOut, &stage.flows_out),
        (Part::FlowWithin, &stage.flows_within),
    ]
}

impl<'a> Line<'a> {
    fn statement(&self) -> Option<Statement<'a>> {
        match self.said {
            Said::Statement(statement) => Some(statement),
            Said::Silence(_) | Said::Missing(_) => None,
        }
    }

    fn ends(&self) -> [Option<Node<'a>>; 2] {
        self.statement().map(Statement::ends).unwrap_or_default()
    }

    /// What sheets call the part; a denial has a word of its own.
    fn what(&self) -> &'static str {
        match self.said {
            Said::Statement(Statement::Denial { .. }) => "none",
            _ => self.part.key(),
        }
    }

    /// The kind of relation, or what is missing.
    fn kind(&self) -> Cell<'a> {
        match self.said {
            Said::Statement(said) => Cell::maybe(said.kind(), |kind| kind.id().into()),
            Said::Silence(_) => Cell::Empty,
            Said::Missing(missing) => Cell::spelt(missing),
        }
    }
}

impl<'a> View<'a> {
    /// Lines with their basis and sources, a row each.
    pub fn statements(self, told: impl Iterator<Item = Line<'a>>) -> Table<'a> {
        Table::of(told, self.lang)
            .sheet("number", |it| Cell::Number(it.stage.number as f64))
            .sheet("stage", |it| Cell::Node(it.stage.stage))
            .sheet("what", |it| it.what().into())
            .page("part", "", "", move |it| it.part.label(self.lang).into())
            .once()
            .sheet("kind", Line::kind)
            .sheet("from", |it| Cell::node(it.ends()[0]))
            .sheet("to", |it| Cell::node(it.ends()[1]))
            .sheet("in", |it| Cell::node(it.statement().and_then(Statement::context)))
            .page("statement", "STATEMENT", "記述", move |it| self.said(it).into())
            .basis(|it| it.statement().map(Statement::basis))
            .sources(|it| it.statement().map(Statement::sources).unwrap_or_default())
            .both("stage", |it| Some(&it.stage.stage.record().name))
            .both("from", |it| it.ends()[0].map(|node| &node.record().name))
            .both("to", |it| it.ends()[1].map(|node| &node.record().name))
            .both("in", |it| {
                let context = it.statement().and_then(Statement::context);
                context.map(|node| &node.record().name)
            })
            .table()
    }

    /// A line, but for what its stage and its part tell.
    fn said(self, line: &Line<'a>) -> String {
        let [from, to] =
            line.ends().map(|it| it.map_or("", |it| words::name_in(it, self.of, self.lang)));
        let said = match (line.said, line.part) {
            (Said::Missing(missing), _) => self.missing(missing).to_owned(),
            (Said::Silence(state), _) => words::state(state, self.lang).to_owned(),
            (Said::Statement(Statement::Denial { denial }), _) => self.denial(denial),
            (Said::Statement(_), Part::Planned) => {
                line.ends()[0].map_or_else(String::new, |it| words::planned(it, self.lang))
            }
            (Said::Statement(_), Part::Acts | Part::Plays | Part::Nationwide | Part::Supports) => {
                from.to_owned()
            }
            (Said::Statement(_), Part::Next) => to.to_owned(),
            (Said::Statement(it), _) => {
                it.kind().map_or(String::new(), |it| words::statement(from, it, to, self.lang))
            }
        };
        match line.part {
            Part::Plays | Part::Planned => format!("– {said}"),
            _ => said,
        }
    }
}
