//! Comparisons as pages, sheets and records.

use std::num::NonZeroUsize;

use serde_json::Value;

use super::grid::{Answer, Block, Grid};
use super::grid::{list, word};
use super::value;
use super::words::{self, join};
use crate::graph::{Node, Relation};
use crate::lang::Lang;
use crate::model::{Basis, Core};
use crate::query::compare::{
    By, Cell, Comparison, ComparisonView, Figure, Row, Side, Subject, Who,
};
use crate::query::scope::State;

/// The answer to `compare`, with or without the evidence of each cell on the page.
pub struct Told<'a, 'g> {
    /// The answer.
    pub comparison: &'a Comparison<'g>,
    /// Whether the page tells basis and sources; the other formats always do.
    pub evidence: bool,
}

/// So many pairs are told in a cell.
const FIRST: usize = 3;

const HEADERS: [&str; 18] = [
    "key",
    "name_ja",
    "name_en",
    "side",
    "state",
    "count",
    "share",
    "who",
    "who_ja",
    "who_en",
    "other",
    "value",
    "qualifier",
    "relations",
    "basis",
    "confidence",
    "sources",
    "only",
];

impl Answer for Told<'_, '_> {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(ComparisonView::from(self.comparison))))
    }

    fn sheet(&self) -> Grid {
        let mut rows = Vec::new();
        for row in &self.comparison.rows {
            for (cell, side) in row.cells.iter().zip(&self.comparison.sides) {
                rows.extend(sheet_rows(row, cell, *side));
            }
        }
        Grid { headers: HEADERS.map(str::to_owned).to_vec(), rows, ..Grid::default() }
    }

    fn ids(&self) -> Vec<String> {
        self.comparison.rows.iter().map(|row| row.subject.key()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let view = View { comparison: self.comparison, lang };
        let mut page = vec![Block::Title(view.title()), Block::Line(view.sizes())];
        page.push(Block::Grid(view.grid()));
        let mut relations = self.comparison.relations();
        if self.evidence {
            page.extend([Block::Gap, Block::Grid(view.evidence())]);
        } else if relations.any(|it| it.basis() != Basis::Stated) {
            page.extend([Block::Gap, Block::Line(words::legend(lang))]);
        }
        page
    }
}

/// What is compared, in one language.
#[derive(Clone, Copy)]
struct View<'a, 'g> {
    comparison: &'a Comparison<'g>,
    lang: Lang,
}

impl<'g> View<'_, 'g> {
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
            By::Indicator => ("figure by figure", "指標ごとの比較"),
        };
        format!("{names}: {}", self.lang.pick(en, ja))
    }

    /// How many organizations each side has, and what percentages are of.
    fn sizes(self) -> String {
        let size = |side: &Side| {
            let (name, count) = (side.node.name(self.lang), side.organizations);
            let unit = if count == 1 { "organization" } else { "organizations" };
            let all = if self.has_shares() { " (100%)" } else { "" };
            let (en, ja) = (format!("{name}: {count} {unit}"), format!("{name}: {count} 組織"));
            format!("{}{all}", self.lang.pick(en, ja))
        };
        let sizes: Vec<String> = self.comparison.sides.iter().map(size).collect();
        sizes.join(self.lang.pick("; ", "、"))
    }

    fn has_shares(self) -> bool {
        let counted = matches!(self.comparison.by, By::Role | By::Stage | By::Program);
        counted && self.comparison.sizes_differ()
    }

    fn grid(self) -> Grid {
        let by = match self.comparison.by {
            By::Role => self.lang.pick("ROLE", "役割"),
            By::Stage => self.lang.pick("STAGE", "段階"),
            By::Relation => self.lang.pick("RELATION", "関係"),
            By::Program => self.lang.pick("PROGRAM", "施策"),
            By::Indicator => self.lang.pick("FIGURE", "指標"),
        };
        let sides = self.comparison.sides.iter().map(|side| side.node.name(self.lang).to_owned());
        let headers = std::iter::once(by.to_owned()).chain(sides);
        let only = self.lang.pick("ONLY IN", "ここだけ").to_owned();
        let row = |row: &Row<'g>| {
            let cells = row.cells.iter().zip(&self.comparison.sides);
            std::iter::once(self.subject(row))
                .chain(cells.map(|(cell, side)| self.cell(cell, *side)))
                .chain([words::name(row.only, self.lang)])
                .collect()
        };
        let rows = &self.comparison.rows;
        let strong = (0..).zip(rows).filter(|(_, row)| row.only.is_some()).map(|(at, _)| at);
        Grid {
            headers: headers.chain([only]).collect(),
            rows: rows.iter().map(row).collect(),
            strong: strong.collect(),
            ..Grid::default()
        }
    }

    fn subject(self, row: &Row<'g>) -> String {
        let key = row.subject.key();
        let name = row.subject.name().in_lang(self.lang).unwrap_or(&key).to_owned();
        match row.subject {
            Subject::Indicator(figure) => {
                let year = figure.year.map(|year| words::bracketed(&year.to_string(), self.lang));
                format!("{name}{}", year.unwrap_or_default())
            }
            Subject::Node(_) | Subject::Kind(_) => name,
        }
    }

    /// How many, which part of the side, and who; or why there is nobody.
    fn cell(self, cell: &Cell<'g>, side: Side<'g>) -> String {
        if !cell.figures.is_empty() {
            let figures = cell.figures.iter().map(|it| self.figure(it, side));
            return figures.collect::<Vec<_>>().join(self.lang.pick("; ", "、"));
        }
        if cell.who.is_empty() {
            return self.nobody(cell).to_owned();
        }
        let share = match cell.share {
            Some(share) if self.has_shares() => format!(" ({:.0}%)", share * 100.0),
            _ => String::new(),
        };
        format!("{}{share}: {}", cell.who.len(), self.names(cell, side))
    }

    fn names(self, cell: &Cell<'g>, side: Side<'g>) -> String {
        if self.comparison.by != By::Relation {
            let who: Vec<(Node, Basis)> =
                cell.who.iter().map(|it| (it.node, self.basis(it))).collect();
            return words::marked_names(&who, Some(side.node), self.lang);
        }
        let pair = |who: &Who<'g>| {
            let ends = [Some(who.node), who.other].into_iter().flatten();
            let ends: Vec<&str> =
                ends.map(|it| words::name_in(it, Some(side.node), self.lang)).collect();
            format!("{}{}", ends.join(" → "), words::mark(self.basis(who)))
        };
        let pairs: Vec<String> = cell.who.iter().take(FIRST).map(pair).collect();
        let more = NonZeroUsize::new(cell.who.len().saturating_sub(FIRST));
        let more = more.map(|more| format!(" … +{more}")).unwrap_or_default();
        format!("{}{more}", pairs.join(self.lang.pick("; ", "、")))
    }

    /// What somebody's place in a cell rests on at best: by stage, both on playing and on acting.
    fn basis(self, who: &Who<'g>) -> Basis {
        let strongest = |kind: Option<Core>| {
            let of = who.relations.iter().filter(|it| kind.is_none_or(|kind| it.is(kind)));
            of.map(|it| it.basis()).min().unwrap_or_default()
        };
        match self.comparison.by {
            By::Stage => strongest(Some(Core::Plays)).max(strongest(Some(Core::ActsIn))),
            _ => strongest(None),
        }
    }

    fn nobody(self, cell: &Cell<'g>) -> &'static str {
        match (cell.state, self.comparison.by) {
            (State::NobodyNamed, By::Program) => {
                self.lang.pick("supports it, nobody named", "支援は届くが参加者の名はない")
            }
            (State::Unknown, By::Stage) => words::state(State::Unknown, self.lang),
            (State::Unknown, _) => "–",
            (state, _) => words::state(state, self.lang),
        }
    }

    fn figure(self, figure: &Figure<'g>, side: Side<'g>) -> String {
        let indicator = figure.indicator;
        let whose = match figure.node == side.node {
            true => String::new(),
            false => words::bracketed(figure.node.name(self.lang), self.lang),
        };
        format!("{}{whose}", words::amount(indicator, self.lang))
    }

    /// Every statement behind the cells, a row each, with its basis and its sources.
    fn evidence(self) -> Grid {
        let headers = self.lang.pick(
            ["", "SIDE", "STATEMENT", "BASIS", "SOURCES"],
            ["", "側", "記述", "根拠", "出典"],
        );
        let mut rows = Vec::new();
        for row in &self.comparison.rows {
            let mut subject = self.subject(row);
            for (cell, side) in row.cells.iter().zip(&self.comparison.sides) {
                let mut name = side.node.name(self.lang).to_owned();
                for [said, basis, sources] in self.statements(row, cell, *side) {
                    let head = [std::mem::take(&mut subject), std::mem::take(&mut name)];
                    rows.push(head.into_iter().chain([said, basis, sources]).collect());
                }
            }
        }
        Grid { headers: headers.map(str::to_owned).to_vec(), rows, ..Grid::default() }
    }

    fn statements(self, row: &Row<'g>, cell: &Cell<'g>, side: Side<'g>) -> Vec<[String; 3]> {
        let lang = self.lang;
        let basis = |it: Relation| words::basis(it.basis(), it.confidence(), lang);
        let statement = |it: &Relation<'g>| {
            let [from, to] =
                [it.from(), it.to()].map(|end| words::name_in(end, Some(side.node), lang));
            let said = match (it.is(Core::Plays), it.to().context()) {
                // Row and column tell the role, but for a context within the side.
                (true, Some(context)) if self.comparison.by == By::Role => {
                    let elsewhere = (context != side.node).then(|| context.name(lang));
                    let context = elsewhere.map(|it| words::bracketed(it, lang));
                    format!("{from}{}", context.unwrap_or_default())
                }
                _ => words::statement(from, it.kind(), to, lang),
            };
            [said, basis(*it), join(it.sources())]
        };
        let mut all: Vec<[String; 3]> =
            cell.who.iter().flat_map(|who| who.relations.iter().map(statement)).collect();
        all.extend(cell.figures.iter().map(|it| {
            let sources = join(it.indicator.sources.iter().map(|it| it.value.0.as_str()));
            [self.figure(it, side), words::basis(Basis::Stated, None, lang), sources]
        }));
        all.extend(cell.none.iter().map(|it| {
            let mut said = words::state(State::NoneStated, lang).to_owned();
            let node = it.node();
            if !matches!(row.subject, Subject::Node(own) if own == node.generic().unwrap_or(node)) {
                said = format!("{said}: {}", words::name_in(node, Some(side.node), lang));
            }
            [said, words::basis(it.basis(), it.confidence(), lang), join(it.sources())]
        }));
        all
    }
}

/// A row for each of those in a cell; one where there is nobody.
fn sheet_rows(row: &Row, cell: &Cell, side: Side) -> Vec<Vec<String>> {
    let name = row.subject.name();
    let head = [
        row.subject.key(),
        name.ja.clone().unwrap_or_default(),
        name.en.clone().unwrap_or_default(),
        side.node.id().to_owned(),
        word(Some(cell.state)),
        cell.count().to_string(),
        cell.share.map(|share| format!("{share:.4}")).unwrap_or_default(),
    ];
    let only = words::id(row.only);
    let line = |tail: [String; 10]| {
        head.iter().cloned().chain(tail).chain([only.clone()]).collect::<Vec<String>>()
    };
    let mut lines: Vec<Vec<String>> = cell.who.iter().map(|it| line(who_cells(it))).collect();
    lines.extend(cell.figures.iter().map(|it| line(figure_cells(it))));
    if lines.is_empty() {
        let mut tail: [String; 10] = Default::default();
        tail[6] = distinct(cell.none.iter().map(|it| word(Some(it.basis()))));
        tail[7] = distinct(cell.none.iter().map(|it| word(it.confidence())));
        tail[8] = distinct(cell.none.iter().flat_map(|it| it.sources().map(str::to_owned)));
        lines.push(line(tail));
    }
    lines
}

fn who_cells(who: &Who) -> [String; 10] {
    let name = &who.node.record().name;
    let relations = || who.relations.iter();
    [
        who.node.id().to_owned(),
        name.ja.clone().unwrap_or_default(),
        name.en.clone().unwrap_or_default(),
        words::id(who.other),
        String::new(),
        String::new(),
        distinct(
            relations().map(|it| format!("{} {} {}", it.from().id(), it.kind().id(), it.to().id())),
        ),
        distinct(relations().map(|it| word(Some(it.basis())))),
        distinct(relations().map(|it| word(it.confidence()))),
        distinct(relations().flat_map(|it| it.sources().map(str::to_owned))),
    ]
}

fn figure_cells(figure: &Figure) -> [String; 10] {
    let (name, indicator) = (&figure.node.record().name, figure.indicator);
    [
        figure.node.id().to_owned(),
        name.ja.clone().unwrap_or_default(),
        name.en.clone().unwrap_or_default(),
        String::new(),
        indicator.value.to_string(),
        word(indicator.qualifier),
        String::new(),
        word(Some(Basis::Stated)),
        String::new(),
        list(indicator.sources.iter().map(|it| it.value.0.as_str())),
    ]
}

/// Several values in one field of a sheet, each once.
fn distinct(items: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for item in items {
        if !item.is_empty() && !all.contains(&item) {
            all.push(item);
        }
    }
    all.join("; ")
}
