//! Traces as pages, sheets and records.

mod sheet;

use std::collections::HashMap;

use serde_json::Value;

use super::grid::{Answer, Block, Grid};
use super::value;
use super::words::{self, join};
use crate::graph::{Denial, Node, Relation};
use crate::lang::Lang;
use crate::model::Basis;
use crate::query::scope::{Acting, State};
use crate::query::trace::{Missing, Stage, Trace, TraceView};

/// The answer to `trace`, with or without the evidence of each statement on the page.
pub struct Told<'a, 'g> {
    /// The answer.
    pub trace: &'a Trace<'g>,
    /// Whether the page tells basis and sources; the other formats always do.
    pub evidence: bool,
}

/// So many names are told in the overview.
const FIRST: usize = 3;

impl Answer for Told<'_, '_> {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(TraceView::from(self.trace))))
    }

    fn sheet(&self) -> Grid {
        sheet::sheet(self.trace)
    }

    fn ids(&self) -> Vec<String> {
        self.trace.stages.iter().map(|it| it.stage.id().to_owned()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let view = View { of: self.trace.of, lang };
        let whole = lang.pick("The whole atlas", "アトラス全体");
        let name = self.trace.of.map_or(whole, |of| of.name(lang));
        let mut page =
            vec![Block::Title(lang.pick(
                format!("{name}: from need to market"),
                format!("{name}: ニーズから市場まで"),
            ))];
        page.extend(self.trace.loops.iter().map(|it| Block::Line(round(it, lang))));
        page.push(Block::Grid(view.overview(&self.trace.stages)));
        for stage in &self.trace.stages {
            page.push(Block::Gap);
            page.push(Block::Title(view.title(stage)));
            page.push(Block::Grid(match self.evidence {
                true => view.evidence(stage),
                false => view.section(stage),
            }));
        }
        let mut relations = self.trace.stages.iter().flat_map(Stage::relations);
        if !self.evidence && relations.any(|it| it.basis() != Basis::Stated) {
            page.extend([Block::Gap, Block::Line(words::legend(lang))]);
        }
        page
    }
}

/// A loop, back to where it began.
fn round(stages: &[Node], lang: Lang) -> String {
    let names: Vec<&str> = stages.iter().chain(stages.first()).map(|it| it.name(lang)).collect();
    format!("↺ {}", names.join(" → "))
}

/// Whose trace is shown, and in which language.
#[derive(Clone, Copy)]
struct View<'g> {
    of: Option<Node<'g>>,
    lang: Lang,
}

impl<'g> View<'g> {
    /// A row for each stage.
    fn overview(self, stages: &[Stage<'g>]) -> Grid {
        let headers = self.lang.pick(
            ["", "STAGE", "WHO ACTS", "SUPPORT", "MISSING"],
            ["", "段階", "担い手", "支援", "欠けているもの"],
        );
        let row = |stage: &Stage<'g>| {
            let round = if stage.r#loop.is_some() { " ↺" } else { "" };
            let players = self.players(&stage.actors.acting);
            let helpers =
                words::distinct(stage.support.by.iter().map(|it| (it.from(), it.basis())));
            let missing: Vec<&str> = stage.missing.iter().map(|it| self.missing(*it)).collect();
            vec![
                stage.number.to_string(),
                format!("{}{round}", stage.stage.name(self.lang)),
                self.first(&players, stage.actors.state),
                self.first(&helpers, stage.support.state),
                missing.join(self.lang.pick(", ", "、")),
            ]
        };
        Grid {
            headers: headers.map(str::to_owned).to_vec(),
            rows: stages.iter().map(row).collect(),
            ..Grid::default()
        }
    }

    /// How many there are and who comes first, or why there is nobody.
    fn first(self, found: &[(Node<'g>, Basis)], state: State) -> String {
        match found.is_empty() {
            true => words::state(state, self.lang).to_owned(),
            false => {
                format!("{}: {}", found.len(), words::first_names(found, FIRST, self.of, self.lang))
            }
        }
    }

    /// Who plays any of these roles, each marked by the weaker of playing and of acting in the stage.
    fn players(self, acting: &[Acting<'g>]) -> Vec<(Node<'g>, Basis)> {
        words::distinct(acting.iter().flat_map(|acting| {
            let weaker = |it: &Relation<'g>| it.basis().max(acting.acts_in.basis());
            acting.players.iter().map(move |it| (it.from(), weaker(it)))
        }))
    }

    /// All names; of the whole atlas, the first.
    fn names(self, found: &[(Node<'g>, Basis)]) -> String {
        match self.of {
            Some(_) => words::marked_names(found, self.of, self.lang),
            None => words::first_names(found, FIRST, None, self.lang),
        }
    }

    fn missing(self, missing: Missing) -> &'static str {
        match missing {
            Missing::Actor => self.lang.pick("who acts", "担い手"),
            Missing::Player => self.lang.pick("names for a role", "役割の担い手の名"),
            Missing::Support => self.lang.pick("support", "支援"),
            Missing::Next => self.lang.pick("what comes next", "次の段階"),
        }
    }

    /// A stage and where it leads.
    fn title(self, stage: &Stage<'g>) -> String {
        let next: Vec<&str> = stage.next.iter().map(|it| it.to().name(self.lang)).collect();
        let leads = if next.is_empty() {
            String::new()
        } else {
            format!(" → {}", next.join(self.lang.pick(", ", "、")))
        };
        format!("{}. {}{leads}", stage.number, stage.stage.name(self.lang))
    }

    /// What is known of a stage, a line for each role and each flow.
    fn section(self, stage: &Stage<'g>) -> Grid {
        let mut rows: Vec<(&str, String)> = Vec::new();
        let acts = self.lang.pick("acts", "担い手");
        rows.extend(self.roles(&stage.actors.acting).into_iter().map(|it| (acts, it)));
        if stage.actors.acting.is_empty() && stage.actors.none.is_empty() {
            rows.push((acts, words::state(State::Unknown, self.lang).to_owned()));
        }
        rows.extend(stage.actors.none.iter().map(|it| (acts, self.denial(*it, true))));
        let support = self.lang.pick("support", "支援");
        let helpers = words::distinct(stage.support.by.iter().map(|it| (it.from(), it.basis())));
        if !helpers.is_empty() {
            rows.push((support, self.names(&helpers)));
        } else if stage.support.none.is_empty() {
            rows.push((support, words::state(State::Unknown, self.lang).to_owned()));
        }
        rows.extend(stage.support.none.iter().map(|it| (support, self.denial(*it, true))));
        for (label, flows) in self.flows(stage) {
            match self.of {
                Some(_) => rows.extend(self.statements(flows).into_iter().map(|it| (label, it))),
                None => rows.extend(self.kinds(flows).map(|it| (label, it))),
            }
        }
        Grid { rows: labelled(rows, |(label, text)| (label, vec![text])), ..Grid::default() }
    }

    /// The roles that act, the contexts of one together, and who plays them.
    fn roles(self, acting: &[Acting<'g>]) -> Vec<String> {
        let mut groups: Vec<(Node<'g>, Vec<&Acting<'g>>)> = Vec::new();
        for acting in acting {
            let role = acting.role.generic().unwrap_or(acting.role);
            match groups.iter_mut().find(|(known, _)| *known == role) {
                Some((_, group)) => group.push(acting),
                None => groups.push((role, vec![acting])),
            }
        }
        groups.into_iter().map(|(role, group)| self.role(role, &group)).collect()
    }

    fn role(self, role: Node<'g>, group: &[&Acting<'g>]) -> String {
        let lang = self.lang;
        let basis = group.iter().map(|it| it.acts_in.basis()).min().unwrap_or_default();
        let elsewhere = group.iter().filter_map(|it| it.role.context());
        let context = match &elsewhere.filter(|it| Some(*it) != self.of).collect::<Vec<Node>>()[..]
        {
            [] => String::new(),
            [first] => words::bracketed(first.name(lang), lang),
            [first, others @ ..] => {
                words::bracketed(&format!("{} +{}", first.name(lang), others.len()), lang)
            }
        };
        let players = group.iter().flat_map(|it| &it.players);
        let players = words::distinct(players.map(|it| (it.from(), it.basis())));
        let names = match group.iter().flat_map(|it| &it.none).next() {
            _ if !players.is_empty() => self.names(&players),
            Some(denial) => self.denial(*denial, true),
            None => words::state(State::NobodyNamed, lang).to_owned(),
        };
        format!("{}{context}{}: {names}", role.name(lang), words::mark(basis))
    }

    /// That a source says there is none, where, and which.
    fn denial(self, denial: Denial<'g>, with_sources: bool) -> String {
        let mut said = words::state(State::NoneStated, self.lang).to_owned();
        if let Some(context) = denial.context().filter(|it| Some(*it) != self.of) {
            let name = context.name(self.lang);
            said = self.lang.pick(format!("{said} in {name}"), format!("{name}: {said}"));
        }
        let sources = join(denial.sources());
        match with_sources && !sources.is_empty() {
            true => format!("{said}{} ({sources})", words::mark(denial.basis())),
            false => said,
        }
    }

    fn flows<'a>(self, stage: &'a Stage<'g>) -> [(&'static str, &'a [Relation<'g>]); 3] {
        [
            (self.lang.pick("in", "入る流れ"), &stage.flows_in[..]),
            (self.lang.pick("out", "出る流れ"), &stage.flows_out[..]),
            (self.lang.pick("within", "内の流れ"), &stage.flows_within[..]),
        ]
    }

    /// How many flows there are of each kind.
    fn kinds(self, flows: &[Relation<'g>]) -> Option<String> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for flow in flows {
            let name = flow.kind().short(self.lang);
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        let told = |(name, count): &(&str, usize)| {
            self.lang.pick(format!("{name}: {count}"), format!("{name} {count} 件"))
        };
        let counts: Vec<String> = counts.iter().map(told).collect();
        (!counts.is_empty()).then(|| counts.join(self.lang.pick("; ", "、")))
    }

    /// Flows as sentences; what one starts in one way is one sentence.
    fn statements(self, flows: &[Relation<'g>]) -> Vec<String> {
        let mut places: HashMap<(Node, u16), usize> = HashMap::new();
        let mut groups: Vec<Vec<Relation<'g>>> = Vec::new();
        for flow in flows {
            let start = (flow.from(), flow.kind().index());
            let place = *places.entry(start).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Vec::new());
            }
            groups[place].push(*flow);
        }
        let sentence = |group: Vec<Relation<'g>>| {
            let to = words::distinct(group.iter().map(|it| (it.to(), it.basis())));
            let to = words::marked_names(&to, self.of, self.lang);
            let from = words::name_in(group[0].from(), self.of, self.lang);
            words::statement(from, group[0].kind(), &to, self.lang)
        };
        groups.into_iter().map(sentence).collect()
    }

    /// Every statement on a stage, a row each, with its basis and its sources.
    fn evidence(self, stage: &Stage<'g>) -> Grid {
        let lang = self.lang;
        let mut rows = self.acting(stage);
        let support = lang.pick("support", "支援");
        let help = |it: &Relation<'g>| (support, self.cited(it.from().name(lang).to_owned(), *it));
        rows.extend(stage.support.by.iter().map(help));
        rows.extend(stage.support.none.iter().map(|it| (support, self.cited_denial(*it, ""))));
        if stage.support.state == State::Unknown {
            rows.push((support, self.uncited(State::Unknown, "")));
        }
        for (label, flows) in self.flows(stage) {
            let flow = |it: &Relation<'g>| {
                let [from, to] = [it.from(), it.to()].map(|it| words::name_in(it, self.of, lang));
                (label, self.cited(words::statement(from, it.kind(), to, lang), *it))
            };
            rows.extend(flows.iter().map(flow));
        }
        let next = lang.pick("next", "次");
        let leads = |it: &Relation<'g>| (next, self.cited(it.to().name(lang).to_owned(), *it));
        rows.extend(stage.next.iter().map(leads));
        let headers =
            lang.pick(["", "STATEMENT", "BASIS", "SOURCES"], ["", "記述", "根拠", "出典"]);
        Grid {
            headers: headers.map(str::to_owned).to_vec(),
            rows: labelled(rows, |(label, cells)| (label, cells.to_vec())),
            ..Grid::default()
        }
    }

    /// The statements on who acts in a stage.
    fn acting(self, stage: &Stage<'g>) -> Vec<(&'static str, [String; 3])> {
        let acts = self.lang.pick("acts", "担い手");
        let mut rows: Vec<[String; 3]> = Vec::new();
        for acting in &stage.actors.acting {
            let role = words::name_in(acting.role, self.of, self.lang).to_owned();
            rows.push(self.cited(role, acting.acts_in));
            let player =
                |it: &Relation<'g>| self.cited(format!("– {}", it.from().name(self.lang)), *it);
            rows.extend(acting.players.iter().map(player));
            rows.extend(acting.none.iter().map(|it| self.cited_denial(*it, "– ")));
            if acting.players.is_empty() && acting.none.is_empty() {
                rows.push(self.uncited(State::NobodyNamed, "– "));
            }
        }
        rows.extend(stage.actors.none.iter().map(|it| self.cited_denial(*it, "")));
        if stage.actors.state == State::Unknown {
            rows.push(self.uncited(State::Unknown, ""));
        }
        rows.into_iter().map(|it| (acts, it)).collect()
    }

    fn uncited(self, state: State, before: &str) -> [String; 3] {
        let said = words::state(state, self.lang);
        [format!("{before}{said}"), String::new(), String::new()]
    }

    fn cited(self, said: String, relation: Relation<'g>) -> [String; 3] {
        let basis = words::basis(relation.basis(), relation.confidence(), self.lang);
        [said, basis, join(relation.sources())]
    }

    fn cited_denial(self, denial: Denial<'g>, before: &str) -> [String; 3] {
        let basis = words::basis(denial.basis(), denial.confidence(), self.lang);
        [format!("{before}{}", self.denial(denial, false)), basis, join(denial.sources())]
    }
}

/// Rows with a label before them, said once for those that share it.
fn labelled<'l, T>(rows: Vec<T>, parts: impl Fn(T) -> (&'l str, Vec<String>)) -> Vec<Vec<String>> {
    let mut before = "";
    let row = |row: T| {
        let (label, cells) = parts(row);
        let said = if std::mem::replace(&mut before, label) == label { "" } else { label };
        std::iter::once(said.to_owned()).chain(cells).collect()
    };
    rows.into_iter().map(row).collect()
}
