//! What breaks routes and what would help, as pages, sheets and records.

mod sheet;

use serde_json::Value;

use super::grid::{Answer, Block, Grid};
use super::grid::{grid, relation_table};
use super::value;
use super::words::{self, count, few, join};
use crate::graph::{Node, Relation};
use crate::lang::Lang;
use crate::query::ends::End;
use crate::query::pipeline::Tally;
use crate::query::risk::{self, Absence, AnswerView, Remedy, Station};
use crate::query::scope::State;

/// An answer, and whether each cell tells its basis and its sources.
pub struct Risk<'a, 'g> {
    /// The answer.
    pub answer: &'a risk::Answer<'g>,
    /// Whether basis and sources are told.
    pub evidence: bool,
}

impl Answer for Risk<'_, '_> {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(AnswerView::from(self.answer))))
    }

    fn sheet(&self) -> Grid {
        sheet::sheet(self.answer)
    }

    fn ids(&self) -> Vec<String> {
        let points = self.answer.single_points.iter().map(|point| point.node);
        let mut ids: Vec<String> = self
            .answer
            .must_pass
            .iter()
            .copied()
            .chain(points)
            .map(|node| node.id().to_owned())
            .collect();
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        ids
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let answer = self.answer;
        let mut page = heading(answer, lang);
        let broken = lang.pick("What an absence would break", "いなくなると何が失われるか");
        let sections = [
            (
                lang.pick("Stages on the way, and who acts there", "経路上の段階と、その担い手"),
                stages(answer, self.evidence, lang),
            ),
            (lang.pick("Single points of failure", "単一障害点"), points(answer, lang)),
            (broken, absences(answer, lang)),
            (lang.pick("Flows lost", "失う流れ"), flows(answer, lang)),
            (
                lang.pick("The new relation that would help most", "最も効く新しい関係"),
                remedy(answer, lang),
            ),
        ];
        for (title, grid) in sections {
            if !grid.rows.is_empty() {
                page.extend([Block::Gap, Block::Title(title.to_owned()), Block::Grid(grid)]);
            }
            let more = answer.absences_in_all - answer.absences.len();
            if title == broken && more > 0 {
                page.push(Block::Line(lang.pick(
                    format!("… {more} more (--limit N)"),
                    format!("… ほか {more} 件（--limit N）"),
                )));
            }
        }
        let acting = answer.stations.iter().flat_map(|station| &station.actors.acting);
        let is_marked = |plays: &Relation, acts: &Relation| {
            !words::mark(words::weaker(*plays, *acts).0).is_empty()
        };
        let mut pairs = acting.flat_map(|it| it.players.iter().map(|plays| (plays, it.acts_in)));
        if !self.evidence && pairs.any(|(plays, acts)| is_marked(plays, &acts)) {
            page.extend([Block::Gap, Block::Line(words::legend(lang))]);
        }
        page
    }
}

fn heading(answer: &risk::Answer, lang: Lang) -> Vec<Block> {
    let name = |end: &End| end.node.name(lang).to_owned();
    let mut page = vec![Block::Title(format!("{} → {}", name(&answer.from), name(&answer.to)))];
    let scope = words::scope(answer.scope, lang);
    let Some(hops) = answer.hops else {
        page.push(Block::Line(
            lang.pick(
                format!("{scope}: no route leads there"),
                format!("{scope}: 経路はありません"),
            ),
        ));
        return page;
    };
    let independent = answer.width.routes;
    page.push(Block::Line(lang.pick(
        format!("{scope}: {} on the shortest route", count(hops as usize, "hop", "hops")),
        format!("{scope}: 最短 {hops} 段"),
    )));
    let shared = match &answer.must_pass[..] {
        [] => lang.pick("no node is on every route", "すべての経路が通るノードはない").to_owned(),
        nodes => lang.pick(
            format!("every route passes {}", few(nodes, 4, lang)),
            format!("すべての経路が通る: {}", few(nodes, 4, lang)),
        ),
    };
    page.push(Block::Line(lang.pick(
        format!("independent routes, sharing no node: {independent}; {shared}"),
        format!("ノードを共有しない独立な経路: {independent}。{shared}"),
    )));
    page.push(Block::Line(match answer.width.cut.as_deref() {
        None if hops == 0 => lang.pick(
            "the two ends meet in one node".to_owned(),
            "始点と終点が同じノードにある".to_owned(),
        ),
        None => lang.pick(
            "no node can cut them: one step leads from end to end".to_owned(),
            "始点と終点が直接つながり、断てるノードはない".to_owned(),
        ),
        Some(cut) => lang.pick(
            format!("smallest cut: {}", few(cut, 4, lang)),
            format!("最小カット: {}", few(cut, 4, lang)),
        ),
    }));
    let is_known = answer.stations.iter().any(|station| !station.members.is_empty());
    if !is_known && !answer.stations.is_empty() {
        page.push(Block::Line(
            lang.pick("nobody is named at any stage", "どの段階にも担い手の名がない").to_owned(),
        ));
    }
    if is_known {
        let least = if answer.is_cut_off { lang.pick("at least ", "少なくとも ") } else { "" };
        let staffed = format!("{least}{}", answer.staffed);
        page.push(Block::Line(lang.pick(
            format!("ways along the stages, each taken by one who acts there: {staffed}"),
            format!("各段階に担い手を一者ずつ選ぶ道筋: {staffed} 通り"),
        )));
        for station in answer.thinnest() {
            let (name, actors) = (station.stage.name(lang), few(&station.members, 4, lang));
            page.push(Block::Line(lang.pick(
                format!("thinnest stage: {name}, {}: {actors}", station.members.len()),
                format!("最も薄い段階: {name}、{} 者: {actors}", station.members.len()),
            )));
        }
    }
    page
}

fn stages(answer: &risk::Answer, evidence: bool, lang: Lang) -> Grid {
    let headers = lang.pick(
        ["STAGE", "ON EVERY ROUTE", "WHO ACTS THERE", "THROUGH", "BASIS", "SOURCES"],
        ["段階", "全経路が通る", "担い手", "役割", "根拠", "出典"],
    );
    let mut rows = Vec::new();
    for station in &answer.stations {
        let first = [
            station.stage.name(lang).to_owned(),
            yes(station.on_every_route, lang),
            actors(station, lang),
        ];
        if !evidence {
            let [stage, on_every, actors] = first;
            rows.push([stage, on_every, actors, String::new(), String::new(), String::new()]);
            continue;
        }
        let mut first = Some(first);
        for (through, who, basis, sources) in evidences(station, lang) {
            let [stage, on_every] = first.take().map_or_else(Default::default, |[a, b, _]| [a, b]);
            rows.push([stage, on_every, who, through, basis, sources]);
        }
        if let Some([stage, on_every, actors]) = first {
            rows.push([stage, on_every, actors, String::new(), String::new(), String::new()]);
        }
    }
    grid(headers, rows.into_iter())
}

/// Each who acts at a stage, through which role, on which basis and by which sources.
fn evidences(station: &Station, lang: Lang) -> Vec<(String, String, String, String)> {
    let mut rows = Vec::new();
    for acting in &station.actors.acting {
        let through = acting.role.name(lang).to_owned();
        let acts = acting.acts_in;
        for plays in &acting.players {
            let (basis, confidence) = words::weaker(*plays, acts);
            rows.push((
                through.clone(),
                plays.from().name(lang).to_owned(),
                words::basis(basis, confidence, lang),
                join(plays.sources().chain(acts.sources())),
            ));
        }
        if acting.players.is_empty() {
            let nobody = words::state(State::NobodyNamed, lang).to_owned();
            let basis = words::basis(acts.basis(), acts.confidence(), lang);
            rows.push((through, nobody, basis, join(acts.sources())));
        }
    }
    rows
}

fn actors(station: &Station, lang: Lang) -> String {
    if station.members.is_empty() {
        return words::state(station.actors.state, lang).to_owned();
    }
    let acting = station.actors.acting.iter();
    let found = words::distinct(acting.flat_map(|acting| {
        let acts = acting.acts_in;
        acting.players.iter().map(move |it| (it.from(), words::weaker(*it, acts).0))
    }));
    format!("{}: {}", found.len(), words::first_names(&found, 3, None, lang))
}

fn yes(is_so: bool, lang: Lang) -> String {
    if is_so {
        lang.pick("yes", "はい").to_owned()
    } else {
        lang.pick("no", "いいえ").to_owned()
    }
}

fn points(answer: &risk::Answer, lang: Lang) -> Grid {
    let headers = lang.pick(["NODE", "WHY"], ["ノード", "理由"]);
    let why = |stage: Option<Node>| {
        let Some(stage) = stage else {
            return lang.pick("every route passes it", "すべての経路が通る").to_owned();
        };
        let name = stage.name(lang);
        let station = answer.stations.iter().find(|it| it.stage == stage);
        match station.is_some_and(|it| it.members.len() > 1) {
            false => lang.pick(
                format!("nobody else acts in {name}"),
                format!("ほかに「{name}」の担い手がいない"),
            ),
            true => lang.pick(
                format!("nobody but it and its units acts in {name}"),
                format!("傘下を含め、ほかに「{name}」の担い手がいない"),
            ),
        }
    };
    let rows = answer.single_points.iter();
    grid(headers, rows.map(|point| [point.node.name(lang).to_owned(), why(point.stage)]))
}

fn absences(answer: &risk::Answer, lang: Lang) -> Grid {
    let headers = lang.pick(
        ["WITHOUT", "INDEPENDENT ROUTES", "WAYS LOST", "LEFT WITH NOBODY", "FLOWS LOST"],
        ["いない者", "独立な経路", "失う道筋", "担い手がいなくなる", "失う流れ"],
    );
    let most = if answer.absences_in_all == 1 { usize::MAX } else { 3 };
    let row = |absence: &Absence| {
        let lost = answer.staffed - absence.staffed;
        [
            gone(absence, lang),
            match absence.independent {
                after if after == answer.width.routes => String::new(),
                after => change(answer.width.routes, after),
            },
            share(lost, answer.staffed),
            few(&[&absence.stages[..], &absence.roles[..]].concat(), most, lang),
            match absence.flows.len() {
                0 => String::new(),
                flows => flows.to_string(),
            },
        ]
    };
    grid(headers, answer.absences.iter().map(row))
}

/// The flows that one absence would break; of several absences they are only counted.
fn flows(answer: &risk::Answer, lang: Lang) -> Grid {
    match &answer.absences[..] {
        [absence] if answer.absences_in_all == 1 => relation_table(&absence.flows, lang),
        _ => Grid::default(),
    }
}

fn gone(absence: &Absence, lang: Lang) -> String {
    let names = join(absence.gone.iter().map(|node| node.name(lang)));
    match absence.units.len() {
        0 => names,
        units => lang.pick(
            format!("{names} (with {})", count(units, "unit", "units")),
            format!("{names}（傘下 {units} とともに）"),
        ),
    }
}

fn change<T: PartialEq + std::fmt::Display>(before: T, after: T) -> String {
    if before == after { before.to_string() } else { format!("{before} → {after}") }
}

/// A part of a whole, in per cent; empty where it is nothing.
fn share(part: Tally, whole: Tally) -> String {
    match part.share(whole) {
        None | Some(0.0) => String::new(),
        Some(share) if share < 0.01 => "<1%".to_owned(),
        Some(share) => format!("{:.0}%", 100.0 * share),
    }
}

fn remedy(answer: &risk::Answer, lang: Lang) -> Grid {
    let headers = lang.pick(
        ["FROM", "RELATION", "TO", "CONTEXT", "WHAT IT DOES"],
        ["始点", "関係", "終点", "文脈", "効果"],
    );
    let row = |remedy: &Remedy| {
        [
            remedy.from.name(lang).to_owned(),
            remedy.kind.name().in_lang(lang).unwrap_or(remedy.kind.id()).to_owned(),
            remedy.to.name(lang).to_owned(),
            words::name(remedy.context, lang),
            effect(answer, remedy, lang),
        ]
    };
    grid(headers, answer.remedy.iter().map(row))
}

fn effect(answer: &risk::Answer, remedy: &Remedy, lang: Lang) -> String {
    let (before, after) = (remedy.before, remedy.after);
    let acting = |stage: &Node| {
        let station = answer.stations.iter().find(|it| it.stage == *stage);
        station.map_or(0, |it| it.members.len())
    };
    if let Some(stage) = remedy.stage {
        let (name, acting) = (stage.name(lang), acting(&stage));
        let (acts, ways) = (change(acting, acting + 1), change(before.staffed, after.staffed));
        return lang.pick(
            format!("who acts in {name}: {acts}; ways: {ways}"),
            format!("「{name}」の担い手: {acts}、道筋: {ways}"),
        );
    }
    let independent = change(before.independent, after.independent);
    let passed = change(before.must_pass, after.must_pass);
    lang.pick(
        format!("independent routes: {independent}; nodes that all routes pass: {passed}"),
        format!("独立な経路: {independent}、全経路が通るノード: {passed}"),
    )
}
