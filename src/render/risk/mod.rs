//! Renders what breaks routes, and what would help.

mod sheet;

use std::collections::HashSet;

use super::list::relations;
use super::words::{self, count, few, join};
use super::{Block, Cell, Records, Report, Table, actors};
use crate::graph::{Node, Relation};
use crate::lang::Lang;
use crate::model::{Basis, Confidence};
use crate::query::risk::{Absence, Answer, Remedy, SinglePoint, Station};
use crate::query::scope::{Acting, State};

/// The answer to `risk`.
pub struct Risk<'a> {
    /// The answer.
    pub answer: &'a Answer<'a>,
    /// Whether the page shows basis and sources of each cell.
    pub evidence: bool,
}

impl Report for Risk<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(self.answer)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        sheet::sheet(self.answer, lang)
    }

    fn ids(&self) -> Vec<String> {
        let points = self.answer.single_points.iter().map(|point| point.node);
        let mut seen = HashSet::new();
        let nodes = self.answer.must_pass.iter().copied().chain(points);
        nodes.filter(|node| seen.insert(*node)).map(|node| node.id().to_owned()).collect()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let mut page = vec![Block::Title(ends(self.answer, lang))];
        page.extend(heading(self.answer, lang).into_iter().map(Block::Line));
        page.extend(sections(self.answer, self.evidence, lang));
        if !self.evidence && is_marked(self.answer) {
            page.extend([Block::Gap, Block::Line(words::legend(lang))]);
        }
        page
    }
}

/// Who acts at a stage through which role: of a role that nobody plays, the role alone; of a stage in
/// which no role acts, the stage alone.
struct Seat<'a> {
    station: &'a Station<'a>,
    acting: Option<&'a Acting<'a>>,
    plays: Option<Relation<'a>>,
}

impl<'a> Seat<'a> {
    fn basis(&self) -> Option<(Basis, Option<Confidence>)> {
        let acts = self.acting?.acts_in;
        Some(words::weaker(self.plays.unwrap_or(acts), acts))
    }

    fn sources(&self) -> Vec<&'a str> {
        let acts = self.acting.map(|acting| acting.acts_in);
        words::sources(self.plays.into_iter().chain(acts))
    }
}

fn seats<'a>(station: &'a Station<'a>) -> Vec<Seat<'a>> {
    let mut seats = Vec::new();
    for acting in &station.acting {
        let nobody = (!acting.is_played()).then_some(None);
        let players = acting.all_players().map(Some).chain(nobody);
        seats.extend(players.map(|plays| Seat { station, acting: Some(acting), plays }));
    }
    if seats.is_empty() {
        seats.push(Seat { station, acting: None, plays: None });
    }
    seats
}

/// The tables that have rows, each under its title.
fn sections<'a>(answer: &'a Answer<'a>, evidence: bool, lang: Lang) -> Vec<Block<'a>> {
    let more =
        match answer.absences_in_all - answer.absences.len() {
            0 => None,
            more => Some(lang.pick(
                format!("… {more} more (--limit N)"),
                format!("… ほか {more} 件（--limit N）"),
            )),
        };
    let sections = [
        (
            "Stages on the way, and who acts there",
            "経路上の段階と、その担い手",
            stages(answer, evidence, lang),
            None,
        ),
        ("Single points of failure", "代わりのない箇所（単一障害点）", points(answer, lang), None),
        ("What an absence would break", "いなくなると何が失われるか", absences(answer, lang), more),
        ("Flows lost", "失う流れ", flows(answer, lang), None),
        ("The new relation that would help most", "最も効く新しい関係", remedy(answer, lang), None),
    ];
    let mut page = Vec::new();
    for (en, ja, table, more) in sections.into_iter().filter(|(_, _, table, _)| table.rows > 0) {
        page.extend([Block::Gap, Block::Title(lang.pick(en, ja).to_owned()), table.into()]);
        page.extend(more.map(Block::Line));
    }
    page
}

/// Whether a name of those who act carries a mark.
fn is_marked(answer: &Answer) -> bool {
    let seats = answer.stations.iter().flat_map(seats).filter(|seat| seat.plays.is_some());
    seats.filter_map(|seat| seat.basis()).any(|(basis, _)| !words::mark(basis).is_empty())
}

fn ends(answer: &Answer, lang: Lang) -> String {
    format!("{} → {}", answer.from.node.name(lang), answer.to.node.name(lang))
}

/// How the routes stand, in lines.
fn heading(answer: &Answer, lang: Lang) -> Vec<String> {
    let scope = words::scope(answer.scope, lang);
    let Some(hops) = answer.hops else {
        return vec![
            lang.pick(
                format!("{scope}: no route leads there"),
                format!("{scope}: 経路はありません"),
            ),
        ];
    };
    let shared = match &answer.must_pass[..] {
        [] => lang.pick("no node is on every route", "すべての経路が通る箇所はない").to_owned(),
        nodes => lang.pick(
            format!("every route passes {}", few(nodes, 4, lang)),
            format!("すべての経路が通る箇所: {}", few(nodes, 4, lang)),
        ),
    };
    let independent = answer.width.routes;
    let mut lines = vec![
        lang.pick(
            format!("{scope}: {} on the shortest route", count(hops as usize, "hop", "hops")),
            format!("{scope}: 最短 {hops} 段"),
        ),
        lang.pick(
            format!("independent routes, sharing no node: {independent}; {shared}"),
            format!("互いに重ならない経路: {independent} 本。{shared}"),
        ),
        match answer.width.cut.as_deref() {
            None if hops == 0 => {
                lang.pick("the two ends meet in one node", "始点と終点が重なる").to_owned()
            }
            None => lang
                .pick(
                    "no node can cut them: one step leads from end to end",
                    "始点と終点が直接つながり、途切れる箇所はない",
                )
                .to_owned(),
            Some(cut) => lang.pick(
                format!("smallest cut: {}", few(cut, 4, lang)),
                format!("途切れる箇所（最小カット）: {}", few(cut, 4, lang)),
            ),
        },
    ];
    lines.extend(staffed(answer, lang));
    lines
}

/// How the stages are staffed, in lines.
fn staffed(answer: &Answer, lang: Lang) -> Vec<String> {
    if answer.stations.is_empty() {
        return Vec::new();
    }
    if answer.stations.iter().all(|station| station.members.is_empty()) {
        let nobody = lang.pick("nobody is named at any stage", "どの段階にも担い手の名がない");
        return vec![nobody.to_owned()];
    }
    let least = if answer.is_cut_off { lang.pick("at least ", "少なくとも ") } else { "" };
    let ways = format!("{least}{}", answer.staffed);
    let open = words::left_open(answer.is_open, lang);
    let mut lines = vec![lang.pick(
        format!(
            "combinations of the names given, one for each stage, within one context: {ways}{open}"
        ),
        format!("記載された名だけの組合せ（各段階に一者、同じ文脈の中）: {ways} 通り{open}"),
    )];
    let thinnest = answer.stations.iter().filter(|it| answer.thinnest.contains(&it.stage));
    lines.extend(thinnest.map(|station| {
        let (name, members) = (station.stage.name(lang), &station.members);
        let (number, actors) = (members.len(), few(members, 4, lang));
        lang.pick(
            format!("thinnest stage: {name}, {number}: {actors}"),
            format!("担い手が最も少ない段階: {name}、{number} 者: {actors}"),
        )
    }));
    lines
}

/// A row a stage; with evidence, a row for each who acts there.
fn stages<'a>(answer: &'a Answer<'a>, evidence: bool, lang: Lang) -> Table<'a> {
    let rows = answer.stations.iter().flat_map(move |station| match evidence {
        true => seats(station),
        false => vec![Seat { station, acting: None, plays: None }],
    });
    let who = move |it: &Seat<'a>| match (it.acting, it.plays) {
        (_, Some(plays)) => Cell::Node(plays.from()),
        (Some(_), None) => words::state(State::NobodyNamed, lang).into(),
        (None, None) => who(it.station, lang).into(),
    };
    Table::of(rows, lang)
        .page("stage", "STAGE", "段階", |it| Cell::Node(it.station.stage))
        .once()
        .page("on_every_route", "ON EVERY ROUTE", "全経路が通る", move |it| {
            let [no, yes] = lang.pick(["no", "yes"], ["いいえ", "はい"]);
            if it.station.on_every_route { yes.into() } else { no.into() }
        })
        .once()
        .page("who", "WHO ACTS THERE", "担い手", who)
        .page("through", "THROUGH", "役割", |it| Cell::node(it.acting.map(|it| it.role)))
        .basis(Seat::basis)
        .sources(Seat::sources)
        .table()
}

/// How many act at a stage and the first of them, or how it is known that nobody does.
fn who(station: &Station, lang: Lang) -> String {
    if station.members.is_empty() {
        return words::state(station.state, lang).to_owned();
    }
    let own = actors::players(&station.acting);
    let nationwide = actors::nationwide(&station.acting);
    actors::few(&own, &nationwide, station.state, None, lang)
}

fn points<'a>(answer: &'a Answer<'a>, lang: Lang) -> Table<'a> {
    let why = move |point: &SinglePoint| {
        let Some(stage) = point.stage else {
            return lang.pick("every route passes it", "すべての経路が通る").to_owned();
        };
        let name = stage.name(lang);
        match acting(answer, stage) > 1 {
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
    Table::of(&answer.single_points, lang)
        .page("node", "NODE", "名称", |it| Cell::Node(it.node))
        .page("why", "WHY", "理由", move |it| why(it).into())
        .table()
}

/// How many act at a stage.
fn acting(answer: &Answer, stage: Node) -> usize {
    let station = answer.stations.iter().find(|it| it.stage == stage);
    station.map_or(0, |it| it.members.len())
}

fn absences<'a>(answer: &'a Answer<'a>, lang: Lang) -> Table<'a> {
    let most = if answer.absences_in_all == 1 { usize::MAX } else { 3 };
    let (before, staffed) = (answer.width.routes, answer.staffed);
    Table::of(&answer.absences, lang)
        .page("gone", "WITHOUT", "いない者", move |it| gone(it, lang).into())
        .page("independent", "INDEPENDENT ROUTES", "重ならない経路", move |it| {
            let is_less = it.independent != before;
            Cell::maybe(is_less.then_some(it.independent), |after| change(before, after).into())
        })
        .page("ways", "COMBINATIONS LOST", "失う組合せ", move |it| {
            let lost = (staffed - it.staffed).share(staffed).filter(|share| *share > 0.0);
            Cell::maybe(lost, |share| match answer.is_open {
                true => change(staffed, it.staffed).into(),
                false => Cell::Share(share),
            })
        })
        .page(
            "nobody",
            "LEFT WITH NOBODY",
            "担い手がいなくなる段階・役割",
            move |it| few(&[&it.stages[..], &it.roles[..]].concat(), most, lang).into(),
        )
        .page("flows", "FLOWS LOST", "失う流れ", |it| {
            Cell::maybe(Some(it.flows.len() as f64).filter(|it| *it > 0.0), Cell::Number)
        })
        .table()
}

/// The flows that one absence would break; of several absences they are only counted.
fn flows<'a>(answer: &'a Answer<'a>, lang: Lang) -> Table<'a> {
    let only = answer.absences.first().filter(|_| answer.absences_in_all == 1);
    relations(only.into_iter().flat_map(|it| it.flows.iter().copied()), lang)
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

fn remedy<'a>(answer: &'a Answer<'a>, lang: Lang) -> Table<'a> {
    Table::of(&answer.remedy, lang)
        .page("from", "FROM", "始点", |it| Cell::Node(it.from))
        .page("kind", "RELATION", "関係", move |it| words::between(it.kind, lang).into())
        .page("to", "TO", "終点", |it| Cell::Node(it.to))
        .page("in", "CONTEXT", "文脈", |it| Cell::node(it.context))
        .page("effect", "WHAT IT DOES", "効果", move |it| effect(answer, it, lang).into())
        .table()
}

fn effect(answer: &Answer, remedy: &Remedy, lang: Lang) -> String {
    let (before, after) = (remedy.before, remedy.after);
    if let Some(stage) = remedy.stage {
        let (name, acting) = (stage.name(lang), acting(answer, stage));
        let (acts, ways) = (change(acting, acting + 1), change(before.staffed, after.staffed));
        return lang.pick(
            format!("who acts in {name}: {acts}; combinations: {ways}"),
            format!("「{name}」の担い手: {acts}、組合せ: {ways}"),
        );
    }
    let independent = change(before.independent, after.independent);
    let passed = change(before.must_pass, after.must_pass);
    lang.pick(
        format!("independent routes: {independent}; nodes that all routes pass: {passed}"),
        format!("重ならない経路: {independent}、全経路が通る箇所: {passed}"),
    )
}
