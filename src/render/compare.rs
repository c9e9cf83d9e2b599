//! Renders comparisons.

use super::cell::spelling;
use super::pictures;
use super::words;
use super::{Block, Cell, Records, Report, Table};
use crate::graph::Node;
use crate::lang::Lang;
use crate::model::{Basis, Core, Indicator};
use crate::picture::{NotDrawn, Picture};
use crate::query::compare::{self, By, Comparison, Row, Subject, Who};
use crate::query::scope::State;
use crate::query::statement::Statement;

/// The answer to `compare`.
pub struct Told<'a> {
    /// The answer.
    pub comparison: &'a Comparison<'a>,
    /// Whether the page shows basis and sources of each cell; the other formats always do.
    pub evidence: bool,
}

/// So many pairs are told in a cell.
const FIRST: usize = 3;

impl Report for Told<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(self.comparison)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let triple = |it: &Statement| match it {
            Statement::Relation { relation } => Some(words::triple(*relation)),
            _ => None,
        };
        Table::of(lines(self.comparison), lang)
            .sheet("key", |it| it.row.subject.key().into())
            .both("name", |it| Some(it.row.subject.name()))
            .sheet("side", |it| Cell::Node(it.cell.side))
            .sheet("state", |it| Cell::spelt(it.cell.state))
            .sheet("count", |it| Cell::Number(it.cell.count as f64))
            .sheet("share", |it| Cell::maybe(it.cell.share, Cell::Share))
            .sheet("who", |it| Cell::node(it.who))
            .both("who", |it| it.who.map(|node| &node.record().name))
            .sheet("nationwide", |it| it.is_nationwide.to_string().into())
            .sheet("other", |it| Cell::node(it.other))
            .sheet("value", |it| Cell::maybe(it.figure, |it| Cell::Number(it.value)))
            .sheet("qualifier", |it| Cell::spelt(it.figure.map(|it| it.qualifier)))
            .sheet("relations", move |it| distinct(it.said.iter().filter_map(triple)))
            .sheet("basis", |it| distinct(it.said.iter().map(|it| spelling(it.basis().0))))
            .sheet("confidence", |it| distinct(it.said.iter().map(|it| spelling(it.basis().1))))
            .sheet("sources", |it| distinct(it.said.iter().flat_map(|it| it.sources())))
            .sheet("only", |it| Cell::node(it.row.only))
            .both("side", |it| Some(&it.cell.side.record().name))
            .both("other", |it| it.other.map(|node| &node.record().name))
            .both("only", |it| it.row.only.map(|node| &node.record().name))
            .table()
    }

    fn ids(&self) -> Vec<String> {
        self.comparison.rows.iter().map(|row| row.subject.key()).collect()
    }

    fn picture(&self, lang: Lang) -> Option<Result<Picture, NotDrawn>> {
        Some(pictures::comparison(self.comparison, lang))
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let view = View { comparison: self.comparison, lang };
        let mut page =
            vec![Block::Title(view.title()), Block::Line(view.sizes()), view.overview().into()];
        let mut relations = self.comparison.relations();
        if self.evidence {
            page.extend([Block::Gap, view.evidence().into()]);
        } else if relations.any(|it| it.basis() != Basis::Stated) {
            page.extend([Block::Gap, Block::Line(words::legend(lang))]);
        }
        page
    }
}

/// Somebody in a cell or a figure of it, and what says so; or that there is nobody.
struct Line<'a> {
    row: &'a Row<'a>,
    cell: &'a compare::Cell<'a>,
    who: Option<Node<'a>>,
    other: Option<Node<'a>>,
    figure: Option<&'a Indicator>,
    is_nationwide: bool,
    said: Vec<Statement<'a>>,
}

/// A line for each of those in a cell; one where there is nobody.
fn lines<'a>(comparison: &'a Comparison<'a>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let cells = comparison.rows.iter().flat_map(|row| row.cells.iter().map(move |it| (row, it)));
    for (row, cell) in cells {
        let line = |said| Line {
            row,
            cell,
            who: None,
            other: None,
            figure: None,
            is_nationwide: false,
            said,
        };
        let here = cell.who.iter().map(|it| (it, false));
        let serving = cell.nationwide.iter().map(|it| (it, true));
        lines.extend(here.chain(serving).map(|(it, is_nationwide)| Line {
            who: Some(it.node),
            other: it.other,
            is_nationwide,
            ..line(relations(it).collect())
        }));
        lines.extend(cell.figures.iter().map(|it| Line {
            who: Some(it.node),
            figure: Some(it.indicator),
            ..line(vec![Statement::Indicator { node: it.node, indicator: it.indicator }])
        }));
        if cell.count == 0 && cell.nationwide.is_empty() {
            lines.push(line(denials(cell).collect()));
        }
    }
    lines
}

fn relations<'a>(who: &'a Who<'a>) -> impl Iterator<Item = Statement<'a>> {
    who.relations.iter().map(|relation| Statement::Relation { relation: *relation })
}

fn denials<'a>(cell: &'a compare::Cell<'a>) -> impl Iterator<Item = Statement<'a>> {
    cell.none.iter().map(|denial| Statement::Denial { denial: *denial })
}

/// Several values in one field of a sheet, each once.
fn distinct<'a, T: AsRef<str>>(items: impl Iterator<Item = T>) -> Cell<'a> {
    let mut all: Vec<String> = Vec::new();
    for item in items.map(|it| it.as_ref().to_owned()) {
        if !item.is_empty() && !all.contains(&item) {
            all.push(item);
        }
    }
    Cell::list(all)
}

/// What is compared, in one language.
#[derive(Clone, Copy)]
struct View<'a> {
    comparison: &'a Comparison<'a>,
    lang: Lang,
}

impl<'a> View<'a> {
    fn title(self) -> String {
        let names = self.comparison.sides.iter().map(|side| side.node.name(self.lang));
        let names: Vec<&str> = names.collect();
        let names = match names[..] {
            [one, other] => self.lang.pick(format!("{one} and {other}"), format!("{one}と{other}")),
            _ => names.join(self.lang.pick(", ", "、")),
        };
        let (en, ja) = match self.comparison.by {
            By::Role => ("role by role", "役割ごとの比較"),
            By::Stage => ("stage by stage", "段階ごとの比較"),
            By::Relation => ("relation by relation", "関係ごとの比較"),
            By::Program => ("program by program", "施策ごとの比較"),
            By::Type => ("type by type", "組織の類型ごとの比較"),
            By::Indicator => ("figure by figure", "指標ごとの比較"),
        };
        format!("{names}: {}", self.lang.pick(en, ja))
    }

    /// How many organizations each side has, and what percentages are of.
    fn sizes(self) -> String {
        let size = |side: &compare::Side| {
            let (name, count) = (side.node.name(self.lang), side.organizations);
            let organizations = self.lang.pick(
                words::count(count, "organization", "organizations"),
                format!("{count} 組織"),
            );
            if side.is_silent {
                return format!(
                    "{name}: {}",
                    self.lang.pick("nobody is named", "名の挙がる者なし")
                );
            }
            let all = if self.has_shares() { " (100%)" } else { "" };
            format!("{name}: {organizations}{all}")
        };
        let sizes: Vec<String> = self.comparison.sides.iter().map(size).collect();
        sizes.join(self.lang.pick("; ", "、"))
    }

    fn has_shares(self) -> bool {
        let counted = matches!(self.comparison.by, By::Role | By::Stage | By::Program | By::Type);
        counted && self.comparison.sizes_differ()
    }

    /// A row for each thing, with what each side has of it.
    fn overview(self) -> Table<'a> {
        let (en, ja) = match self.comparison.by {
            By::Role => ("ROLE", "役割"),
            By::Stage => ("STAGE", "段階"),
            By::Relation => ("RELATION", "関係"),
            By::Program => ("PROGRAM", "施策"),
            By::Type => ("TYPE", "類型"),
            By::Indicator => ("FIGURE", "指標"),
        };
        let mut table =
            Table::of(&self.comparison.rows, self.lang)
                .page("name", en, ja, move |row| self.subject(row).into());
        for (at, side) in self.comparison.sides.iter().enumerate() {
            let name = side.node.name(self.lang);
            let cell = move |row: &&'a Row<'a>| self.cell(&row.cells[at]).into();
            table = table.page(side.node.id().to_owned(), name, name, cell);
        }
        table
            .page("only", "ONLY IN", "ここだけ", |row| Cell::node(row.only))
            .spare(0)
            .strong(|row| row.only.is_some())
            .table()
    }

    fn subject(self, row: &Row) -> String {
        let (key, name) = (row.subject.key(), row.subject.name());
        let name = || name.in_lang(self.lang).unwrap_or(&key).to_owned();
        match row.subject {
            Subject::Kind(kind) => words::between(kind, self.lang).to_owned(),
            Subject::Indicator(Indicator { year: Some(year), .. }) => {
                format!("{}{}", name(), words::bracketed(&year.to_string(), self.lang))
            }
            _ => name(),
        }
    }

    /// How many, which part of the side, and who; or why there is nobody.
    fn cell(self, cell: &compare::Cell) -> String {
        if !cell.figures.is_empty() {
            let figures =
                cell.figures.iter().map(|it| self.figure(it.node, it.indicator, cell.side));
            return figures.collect::<Vec<_>>().join(self.lang.pick("; ", "、"));
        }
        let serving: Vec<(Node, Basis)> =
            cell.nationwide.iter().map(|it| (it.node, self.basis(it))).collect();
        let serving = words::nationwide(&serving, None, self.lang);
        match (cell.who.is_empty(), serving) {
            (true, None) => self.nobody(cell).to_owned(),
            (true, Some(serving)) => serving,
            (false, None) => self.counted(cell),
            (false, Some(serving)) => {
                let own = self.counted(cell);
                self.lang.pick(format!("{own}; {serving}"), format!("{own}、{serving}"))
            }
        }
    }

    fn counted(self, cell: &compare::Cell) -> String {
        let share = match cell.share {
            Some(share) if self.has_shares() => format!(" ({:.0}%)", share * 100.0),
            _ => String::new(),
        };
        format!("{}{share}: {}", cell.count, self.names(cell))
    }

    fn names(self, cell: &compare::Cell) -> String {
        let side = Some(cell.side);
        if self.comparison.by != By::Relation {
            let who: Vec<(Node, Basis)> =
                cell.who.iter().map(|it| (it.node, self.basis(it))).collect();
            let relations = cell.who.iter().flat_map(|it| it.relations.iter().copied());
            let names = words::marked_names(&who, side, self.lang);
            let names = words::and_others(names, relations, self.lang);
            let under = cell.under.iter().map(|it| it.name(self.lang));
            let under = under.collect::<Vec<_>>().join(self.lang.pick(", ", "、"));
            return match (&*under, self.lang) {
                ("", _) => names,
                (_, Lang::En) => format!("{names} (as {under})"),
                (_, Lang::Ja) => format!("{names}（別の名: {under}）"),
            };
        }
        let pair = |who: &Who| {
            let ends = [Some(who.node), who.other].into_iter().flatten();
            let ends: Vec<&str> = ends.map(|it| words::name_in(it, side, self.lang)).collect();
            format!("{}{}", ends.join(" → "), words::mark(self.basis(who)))
        };
        let pairs: Vec<String> = cell.who.iter().take(FIRST).map(pair).collect();
        let more = match cell.count.saturating_sub(FIRST) {
            0 => String::new(),
            more => format!(" … +{more}"),
        };
        format!("{}{more}", pairs.join(self.lang.pick("; ", "、")))
    }

    /// What somebody's place in a cell rests on at best: by stage, both on playing and on acting.
    fn basis(self, who: &Who) -> Basis {
        let strongest = |kind: Option<Core>| {
            let of = who.relations.iter().filter(|it| kind.is_none_or(|kind| it.is(kind)));
            of.map(|it| it.basis()).min().unwrap_or_default()
        };
        match self.comparison.by {
            By::Stage => strongest(Some(Core::Plays)).max(strongest(Some(Core::ActsIn))),
            _ => strongest(None),
        }
    }

    fn nobody(self, cell: &compare::Cell) -> &'static str {
        match (cell.state, self.comparison.by) {
            (State::NobodyNamed, By::Program) => {
                self.lang.pick("supports it, nobody named", "支援は届くが参加者の名はない")
            }
            (State::Unknown, By::Stage) => words::state(State::Unknown, self.lang),
            (State::Unknown, _) => "–",
            (state, _) => words::state(state, self.lang),
        }
    }

    fn figure(self, node: Node, indicator: &Indicator, side: Node) -> String {
        let whose = match node == side {
            true => String::new(),
            false => words::bracketed(node.name(self.lang), self.lang),
        };
        format!("{}{whose}", words::amount(indicator, self.lang))
    }

    /// Every statement behind the cells, a row each, with its basis and its sources.
    fn evidence(self) -> Table<'a> {
        let cells = self.comparison.rows.iter();
        let cells = cells.flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        let statements = cells.flat_map(|(row, cell)| {
            let figures = cell
                .figures
                .iter()
                .map(|it| Statement::Indicator { node: it.node, indicator: it.indicator });
            let said = cell
                .who
                .iter()
                .chain(&cell.nationwide)
                .flat_map(relations)
                .chain(figures)
                .chain(denials(cell));
            said.map(move |it| (row, cell.side, it))
        });
        Table::of(statements, self.lang)
            .page("name", "", "", move |(row, ..)| self.subject(row).into())
            .once()
            .page("side", "SIDE", "側", |(_, side, _)| Cell::Node(*side))
            .once()
            .page("statement", "STATEMENT", "記述", move |(row, side, said)| {
                self.said(row, *side, *said).into()
            })
            .basis(|(.., it)| Some(it.basis()))
            .sources(|(.., it)| it.sources())
            .table()
    }

    /// A statement, but for what row and side tell.
    fn said(self, row: &Row, side: Node, statement: Statement) -> String {
        let lang = self.lang;
        let name = |node| words::name_in(node, Some(side), lang);
        match statement {
            Statement::Relation { relation: it } => match (it.is(Core::Plays), it.to().context()) {
                (true, Some(context)) if self.comparison.by == By::Role => {
                    let elsewhere = (context != side).then(|| context.name(lang));
                    let context = elsewhere.map(|it| words::bracketed(it, lang));
                    format!("{}{}", name(it.from()), context.unwrap_or_default())
                }
                _ => words::statement(name(it.from()), it.kind(), name(it.to()), lang),
            },
            Statement::Denial { denial } => {
                let (said, node) = (words::state(State::NoneStated, lang), denial.node());
                match row.subject {
                    Subject::Node(own) if own == node.generic().unwrap_or(node) => said.to_owned(),
                    _ => format!("{said}: {}", name(node)),
                }
            }
            Statement::Indicator { node, indicator } => self.figure(node, indicator, side),
            _ => String::new(),
        }
    }
}
