//! Renders traces.

mod lines;

use std::collections::HashMap;

use self::lines::{Part, Said, flows, lines};
use super::actors::{self, FIRST, nationwide, players, starts};
use super::pictures;
use super::words::{self, join};
use super::{Block, Cell, Records, Report, Table};
use crate::graph::{Denial, Node, Relation};
use crate::lang::Lang;
use crate::model::Basis;
use crate::picture::{NotDrawn, Picture};
use crate::query::scope::{Acting, State};
use crate::query::trace::{Missing, Stage, Trace};

/// The answer to `trace`.
pub struct Told<'a> {
    /// The answer.
    pub trace: &'a Trace<'a>,
    /// Whether the page shows basis and sources of each statement; the other formats always do.
    pub evidence: bool,
}

impl Report for Told<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(self.trace)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let lines = self.trace.stages.iter().flat_map(lines);
        let told = lines.filter(|it| !matches!(it.said, Said::Silence(_)));
        View { of: self.trace.of, lang }.statements(told)
    }

    fn ids(&self) -> Vec<String> {
        self.trace.stages.iter().map(|it| it.stage.id().to_owned()).collect()
    }

    fn picture(&self, lang: Lang) -> Option<Result<Picture, NotDrawn>> {
        Some(pictures::trace(self.trace, lang))
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let view = View { of: self.trace.of, lang };
        let whole = lang.pick("The whole atlas", "アトラス全体");
        let name = self.trace.of.map_or(whole, |of| of.name(lang));
        let title = lang.pick("from need to market", "ニーズから市場まで");
        let mut page = vec![Block::Title(format!("{name}: {title}"))];
        page.extend(self.trace.loops.iter().map(|it| Block::Line(round(it, lang))));
        page.push(view.overview(&self.trace.stages).into());
        for stage in &self.trace.stages {
            page.extend([Block::Gap, Block::Title(view.title(stage))]);
            page.push(Block::Table(match self.evidence {
                true => view.statements(
                    lines(stage).into_iter().filter(|it| !matches!(it.said, Said::Missing(_))),
                ),
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
struct View<'a> {
    of: Option<Node<'a>>,
    lang: Lang,
}

impl<'a> View<'a> {
    /// A row for each stage.
    fn overview(self, stages: &'a [Stage<'a>]) -> Table<'a> {
        let missing =
            move |stage: &Stage| Cell::list(stage.missing.iter().map(|it| self.missing(*it)));
        Table::of(stages, self.lang)
            .page("number", "", "", |it| Cell::Number(it.number as f64))
            .page("stage", "STAGE", "段階", move |it| {
                let round = if it.r#loop.is_some() { " ↺" } else { "" };
                format!("{}{round}", it.stage.name(self.lang)).into()
            })
            .page("actors", "WHO ACTS", "担い手", move |it| {
                actors::few(
                    &players(&it.actors.acting),
                    &nationwide(&it.actors.acting),
                    it.actors.state,
                    self.of,
                    self.lang,
                )
                .into()
            })
            .page("supports", "SUPPORT", "支援", move |it| {
                actors::few(
                    &starts(&it.support.by),
                    &starts(&it.support.nationwide),
                    it.support.state,
                    self.of,
                    self.lang,
                )
                .into()
            })
            .page("missing", "MISSING", "欠けているもの", move |it| missing(it))
            .table()
    }

    /// All names; of the whole atlas, the first.
    fn names(self, found: &[(Node<'a>, Basis)]) -> String {
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
    fn title(self, stage: &Stage) -> String {
        let next: Vec<&str> = stage.next.iter().map(|it| it.to().name(self.lang)).collect();
        let leads = match next.join(self.lang.pick(", ", "、")) {
            next if next.is_empty() => next,
            next => format!(" → {next}"),
        };
        format!("{}. {}{leads}", stage.number, stage.stage.name(self.lang))
    }

    /// What is known of a stage, a line for each role and each flow.
    fn section(self, stage: &Stage<'a>) -> Table<'a> {
        let mut rows: Vec<(Part, String)> = Vec::new();
        let mut tell =
            |part, texts: Vec<String>| rows.extend(texts.into_iter().map(|it| (part, it)));
        let denials =
            |all: &[Denial<'a>]| all.iter().map(|it| self.cited_denial(*it)).collect::<Vec<_>>();
        let unknown = || words::state(State::Unknown, self.lang).to_owned();
        tell(Part::Acts, self.roles(&stage.actors.acting));
        if stage.actors.acting.is_empty() && stage.actors.none.is_empty() {
            tell(Part::Acts, vec![unknown()]);
        }
        tell(Part::Acts, denials(&stage.actors.none));
        let own = starts(&stage.support.by);
        let own = (!own.is_empty()).then(|| self.names(&own));
        let serving = words::nationwide(&starts(&stage.support.nationwide), None, self.lang);
        match own.into_iter().chain(serving).collect::<Vec<_>>() {
            none if none.is_empty() && stage.support.none.is_empty() => {
                tell(Part::Supports, vec![unknown()]);
            }
            helpers => tell(Part::Supports, helpers),
        }
        tell(Part::Supports, denials(&stage.support.none));
        for (part, flows) in flows(stage) {
            tell(part, if self.of.is_some() { self.sentences(flows) } else { self.kinds(flows) });
        }
        Table::of(rows, self.lang)
            .page("part", "", "", move |(part, _)| part.label(self.lang).into())
            .once()
            .page("told", "", "", |(_, told)| told.clone().into())
            .table()
    }

    /// The roles that act, the contexts of one together, and who plays them.
    fn roles(self, acting: &[Acting<'a>]) -> Vec<String> {
        let mut groups: Vec<(Node<'a>, Vec<&Acting<'a>>)> = Vec::new();
        for acting in acting {
            let role = acting.role.generic().unwrap_or(acting.role);
            match groups.iter_mut().find(|(known, _)| *known == role) {
                Some((_, group)) => group.push(acting),
                None => groups.push((role, vec![acting])),
            }
        }
        groups.into_iter().map(|(role, group)| self.role(role, &group)).collect()
    }

    fn role(self, role: Node<'a>, group: &[&Acting<'a>]) -> String {
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
        let players: Vec<Relation> = group.iter().flat_map(|it| &it.players).copied().collect();
        let serving: Vec<Relation> = group.iter().flat_map(|it| &it.nationwide).copied().collect();
        let serving = words::nationwide(&starts(&serving), None, lang);
        let mut names = match group.iter().flat_map(|it| &it.none).next() {
            _ if !players.is_empty() => {
                words::and_others(self.names(&starts(&players)), players.iter().copied(), lang)
            }
            Some(denial) => self.cited_denial(*denial),
            None if serving.is_some() => String::new(),
            None => words::state(State::NobodyNamed, lang).to_owned(),
        };
        let more = serving.into_iter().chain(actors::planned(group.iter().copied(), lang));
        for more in more {
            if !names.is_empty() {
                names.push_str(lang.pick("; ", "、"));
            }
            names.push_str(&more);
        }
        format!("{}{context}{}: {names}", role.name(lang), words::mark(basis))
    }

    /// That a source says there is none, and where.
    fn denial(self, denial: Denial) -> String {
        let said = words::state(State::NoneStated, self.lang);
        match denial.context().filter(|it| Some(*it) != self.of) {
            None => said.to_owned(),
            Some(context) => {
                let name = context.name(self.lang);
                self.lang.pick(format!("{said} in {name}"), format!("{name}: {said}"))
            }
        }
    }

    /// That a source says there is none, where, and which.
    fn cited_denial(self, denial: Denial) -> String {
        let said = self.denial(denial);
        match join(denial.sources()) {
            sources if sources.is_empty() => said,
            sources => format!("{said}{} ({sources})", words::mark(denial.basis())),
        }
    }

    /// How many flows there are of each kind, in one text.
    fn kinds(self, flows: &[Relation]) -> Vec<String> {
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
        match counts.is_empty() {
            true => counts,
            false => vec![counts.join(self.lang.pick("; ", "、"))],
        }
    }

    /// Flows as sentences; what one starts in one way is one sentence.
    fn sentences(self, flows: &[Relation<'a>]) -> Vec<String> {
        let mut places: HashMap<(Node, u16), usize> = HashMap::new();
        let mut groups: Vec<Vec<Relation<'a>>> = Vec::new();
        for flow in flows {
            let place = *places.entry((flow.from(), flow.kind().index())).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Vec::new());
            }
            groups[place].push(*flow);
        }
        let sentence = |group: Vec<Relation<'a>>| {
            let to = words::distinct(group.iter().map(|it| (it.to(), it.basis())));
            let to = words::marked_names(&to, self.of, self.lang);
            let from = words::name_in(group[0].from(), self.of, self.lang);
            words::statement(from, group[0].kind(), &to, self.lang)
        };
        groups.into_iter().map(sentence).collect()
    }
}
