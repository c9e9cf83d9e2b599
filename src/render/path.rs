//! Renders routes.

use std::rc::Rc;

use serde_json::Value;

use super::actors::{few, nationwide, players, starts};
use super::{Block, Cell, Records, Report, Stream, Table, value};
use super::{pictures, words};
use crate::graph::Node;
use crate::lang::Lang;
use crate::picture::{NotDrawn, Picture};
use crate::query::ends::End;
use crate::query::path::{self, COUNTED, Course, Heading, Route, Station, Used};
use crate::query::scope::State;

impl Stream for path::Answer<'_> {
    fn head(&self) -> Value {
        value(Heading::from(self))
    }

    fn list(&self) -> &'static str {
        "routes"
    }

    fn columns(&self, lang: Lang) -> Table<'_> {
        table(Vec::new(), self.tells_who, lang)
    }

    fn title(&self, lang: Lang) -> Vec<Block<'_>> {
        let (from, to) = (end(&self.from, lang), end(&self.to, lang));
        let mut page = vec![Block::Title(format!("{from} → {to}"))];
        let Some(best) = self.best() else { return page };
        page.push(Block::Line(summary(self, &best.route, lang)));
        if !best.stages_not_passed.is_empty() && !self.stage_by_stage {
            let en =
                "Shortest by hops: not the course of development, which --stage-by-stage follows.";
            let ja = "段数が最短という意味で、開発の道筋ではありません。段階を順に経る経路は --stage-by-stage で尋ねます。";
            page.push(Block::Line(lang.pick(en, ja).to_owned()));
        }
        page
    }

    fn picture(&self, lang: Lang) -> Option<Result<Picture, NotDrawn>> {
        Some(pictures::routes(self, lang))
    }

    fn items(&self) -> Box<dyn Iterator<Item = Box<dyn Report + '_>> + '_> {
        let is_one = self.count == Some(1);
        let routes = self.routes().zip(1..);
        Box::new(routes.map(move |(course, number)| -> Box<dyn Report> {
            Box::new(Item { course, number, is_one })
        }))
    }
}

/// What an end is called.
fn end(end: &End, lang: Lang) -> String {
    let name = end.node.name(lang);
    match (end.is_set, end.nodes.len()) {
        (false, _) => name.to_owned(),
        (true, many) => {
            lang.pick(format!("{name} (any of {many})"), format!("{name}（{many} 者のいずれか）"))
        }
    }
}

/// One of the routes.
struct Item<'g> {
    course: Course<'g>,
    number: usize,
    is_one: bool,
}

/// A relation of a hop; of the hop that leads to where a route begins, none.
struct Row<'g> {
    route: usize,
    hop: usize,
    from: Node<'g>,
    to: Node<'g>,
    by: Option<Used<'g>>,
    /// The stages that its route passes over.
    not_passed: Rc<[Node<'g>]>,
    /// Where the hop leads to a stage and it is asked for.
    who: Option<Rc<Who<'g>>>,
}

/// Who is at a stage, and what is known of it.
struct Who<'g> {
    acting: (State, Vec<Node<'g>>),
    supporting: (State, Vec<Node<'g>>),
}

impl<'g> Who<'g> {
    fn at(station: &Station<'g>) -> Self {
        let Station { actors, support, .. } = station;
        let nodes = |found: Vec<(Node<'g>, _)>| found.into_iter().map(|(node, _)| node).collect();
        Who {
            acting: (actors.state, nodes(players(&actors.acting))),
            supporting: (support.state, nodes(starts(&support.by))),
        }
    }
}

impl<'g> Row<'g> {
    fn context(&self) -> Option<Node<'g>> {
        self.by.and_then(|by| by.relation.context())
    }

    fn who<T>(&self, part: impl FnOnce(&Who<'g>) -> T) -> Option<T> {
        self.who.as_deref().map(part)
    }

    fn acting(&self) -> Vec<Node<'g>> {
        self.who(|who| who.acting.1.clone()).unwrap_or_default()
    }

    fn supporting(&self) -> Vec<Node<'g>> {
        self.who(|who| who.supporting.1.clone()).unwrap_or_default()
    }
}

impl<'g> Item<'g> {
    /// The relations of the hops, the beginning before them.
    fn steps(&self) -> Vec<Row<'g>> {
        let Course { route, stages_not_passed, .. } = &self.course;
        let not_passed: Rc<[Node]> = stages_not_passed.as_slice().into();
        let row = |hop, from, to, by, who: &Option<Rc<Who<'g>>>| Row {
            route: self.number,
            hop,
            from,
            to,
            by,
            not_passed: Rc::clone(&not_passed),
            who: who.clone(),
        };
        let start = route.nodes[0];
        let mut steps = vec![row(0, start, start, None, &self.who(start))];
        for (step, hop) in route.steps.iter().zip(1..) {
            let who = self.who(step.to);
            let relations = step.relations.iter();
            steps.extend(relations.map(|by| row(hop, step.from, step.to, Some(*by), &who)));
        }
        steps
    }

    fn who(&self, node: Node<'g>) -> Option<Rc<Who<'g>>> {
        let mut stations = self.course.stations.iter().flatten();
        stations.find(|it| it.stage == node).map(|it| Rc::new(Who::at(it)))
    }
}

impl Report for Item<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(&self.course)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let mut steps = self.steps();
        // Where an end of one set is in the other, it is a route without a hop; where a route begins at
        // a stage, it is told who is there.
        if steps.len() > 1 && steps[0].who.is_none() {
            steps.remove(0);
        }
        table(steps, self.course.stations.is_some(), lang)
    }

    fn ids(&self) -> Vec<String> {
        self.course.route.nodes.iter().map(|node| node.id().to_owned()).collect()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let Course { route, stages_not_passed, stations, place } = &self.course;
        let mut page = Vec::new();
        if !self.is_one {
            let (number, long) = (self.number, long(route, lang));
            page.push(Block::Gap);
            page.push(Block::Title(
                lang.pick(format!("Route {number}: {long}"), format!("経路 {number}: {long}")),
            ));
        }
        if !stages_not_passed.is_empty() {
            page.push(Block::Line(not_passed(stages_not_passed, lang)));
        }
        if self.is_one {
            page.push(Block::Gap);
        }
        page.push(table(self.steps(), false, lang).into());
        if let Some(stations) = stations.as_deref().filter(|it| !it.is_empty()) {
            page.push(Block::Gap);
            page.extend(place.map(|it| Block::Title(who_in(it, lang))));
            page.push(crews(stations, lang).into());
            page.push(Block::Line(words::marks(lang).to_owned()));
        }
        page
    }
}

fn not_passed(stages: &[Node], lang: Lang) -> String {
    let names: Vec<&str> = stages.iter().map(|it| it.name(lang)).collect();
    let names = names.join(lang.pick("; ", "、"));
    lang.pick(format!("Stages not passed: {names}"), format!("経ていない段階: {names}"))
}

fn who_in(place: Node, lang: Lang) -> String {
    let name = place.name(lang);
    lang.pick(format!("Who acts and who supports in {name}"), format!("{name}での担い手と支援"))
}

/// Who acts and who supports, a row for each stage on the way.
fn crews<'a>(stations: &'a [Station<'a>], lang: Lang) -> Table<'a> {
    Table::of(stations, lang)
        .page("stage", "STAGE", "段階", |it| Cell::Node(it.stage))
        .page("actors", "WHO ACTS", "担い手", move |it| {
            few(
                &players(&it.actors.acting),
                &nationwide(&it.actors.acting),
                it.actors.state,
                None,
                lang,
            )
            .into()
        })
        .page("supports", "WHO SUPPORTS", "支援", move |it| {
            few(
                &starts(&it.support.by),
                &starts(&it.support.nationwide),
                it.support.state,
                None,
                lang,
            )
            .into()
        })
        .table()
}

/// A row for each relation; where it is asked for, sheets tell who is at the stages.
fn table(steps: Vec<Row<'_>>, tells_who: bool, lang: Lang) -> Table<'_> {
    let table = Table::of(steps, lang)
        .sheet("route", |it| it.route.to_string().into())
        .column("hop", "HOP", "段", |it| it.hop.to_string().into())
        .once()
        .sheet("from", |it| Cell::Node(it.from))
        .sheet("to", |it| Cell::Node(it.to))
        .relation(|it| it.by.map(|by| (by.relation.kind(), by.direction)))
        .sheet("direction", |it| Cell::spelt(it.by.map(|by| by.direction)))
        .page("to", "TO", "行き先", |it| Cell::NodeIn(it.to, it.context()))
        .once()
        .column("in", "CONTEXT", "文脈", |it| Cell::node(it.context()))
        .spare(0)
        .standing(|it| it.by.map(|by| by.relation))
        .sources(|it| it.by.into_iter().flat_map(|by| by.relation.sources()).collect())
        .both("from", |it| Some(&it.from.record().name))
        .both("to", |it| Some(&it.to.record().name))
        .sheet("stages_not_passed", |it| Cell::Nodes(it.not_passed.to_vec()))
        .names("stages_not_passed", |it| it.not_passed.to_vec());
    if !tells_who {
        return table.table();
    }
    table
        .sheet("actors_state", |it| Cell::spelt(it.who(|who| who.acting.0)))
        .sheet("actors", |it| Cell::Nodes(it.acting()))
        .sheet("supports_state", |it| Cell::spelt(it.who(|who| who.supporting.0)))
        .sheet("supports", |it| Cell::Nodes(it.supporting()))
        .names("actors", Row::acting)
        .names("supports", Row::supporting)
        .table()
}

/// How many hops a route takes, and what it costs where that is another number.
fn long(route: &Route, lang: Lang) -> String {
    let (hops, cost) = (route.length.hops, route.length.cost.to_string());
    let unit = if hops == 1 { "hop" } else { "hops" };
    match cost == hops.to_string() {
        true => lang.pick(format!("{hops} {unit}"), format!("{hops} 段")),
        false => {
            lang.pick(format!("{hops} {unit}, cost {cost}"), format!("{hops} 段、費用 {cost}"))
        }
    }
}

fn summary(answer: &path::Answer, best: &Route, lang: Lang) -> String {
    let counted = match answer.equally_short {
        all if all >= COUNTED as u64 => lang.pick(format!("{all} or more"), format!("{all} 以上")),
        all => all.to_string(),
    };
    let told = match (answer.equally_short, answer.count) {
        (_, Some(1)) if best.length.hops == 0 && answer.from.is_set => lang.pick(
            format!("1 of {counted} that belong to both (-k N shows more)"),
            format!("両方に属する {counted} 者のうち 1 者（-k N で他も表示）"),
        ),
        (1, _) => lang.pick("the only shortest route".to_owned(), "最短経路はこれだけ".to_owned()),
        (_, Some(1)) => lang.pick(
            format!("1 of {counted} equally short routes (-k N shows more)"),
            format!("同じ長さの {counted} 経路のうち 1 つ（-k N で他も表示）"),
        ),
        _ => lang.pick(
            format!("{counted} equally short routes come first"),
            format!("同じ長さの最短経路は {counted}"),
        ),
    };
    let long = long(best, lang);
    match answer.first_stage.map(|first| first.name(lang)) {
        None => format!("{long}: {told}"),
        Some(first) => lang.pick(
            format!("{long}, stage by stage from {first}: {told}"),
            format!("{first}から段階順に {long}: {told}"),
        ),
    }
}
