//! Renders routes.

use serde_json::Value;

use super::{Block, Cell, Records, Report, Stream, Table, value};
use crate::graph::Node;
use crate::lang::Lang;
use crate::query::ends::End;
use crate::query::path::{self, COUNTED, Heading, Route, Used};

impl Stream for path::Answer<'_> {
    fn head(&self) -> Value {
        value(Heading::from(self))
    }

    fn list(&self) -> &'static str {
        "routes"
    }

    fn columns(&self, lang: Lang) -> Table<'_> {
        table(Vec::new(), lang)
    }

    fn title(&self, lang: Lang) -> Vec<Block<'_>> {
        let (from, to) = (end(&self.from, lang), end(&self.to, lang));
        let mut page = vec![Block::Title(format!("{from} → {to}"))];
        page.extend(self.best().map(|best| Block::Line(summary(self, &best, lang))));
        page
    }

    fn items(&self) -> Box<dyn Iterator<Item = Box<dyn Report + '_>> + '_> {
        let is_one = self.count == Some(1);
        let routes = self.routes().zip(1..);
        Box::new(routes.map(move |(route, number)| -> Box<dyn Report> {
            Box::new(Item { route, number, is_one })
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
    route: Route<'g>,
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
}

impl<'g> Row<'g> {
    fn context(&self) -> Option<Node<'g>> {
        self.by.and_then(|by| by.relation.context())
    }
}

impl<'g> Item<'g> {
    /// The relations of the hops, the beginning before them.
    fn steps(&self) -> Vec<Row<'g>> {
        let (route, start) = (self.number, self.route.nodes[0]);
        let mut steps = vec![Row { route, hop: 0, from: start, to: start, by: None }];
        for (step, hop) in self.route.steps.iter().zip(1..) {
            let row =
                |by: &Used<'g>| Row { route, hop, from: step.from, to: step.to, by: Some(*by) };
            steps.extend(step.relations.iter().map(row));
        }
        steps
    }
}

impl Report for Item<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(&self.route)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let mut steps = self.steps();
        // Where an end of one set is in the other, it is a route without a hop.
        if steps.len() > 1 {
            steps.remove(0);
        }
        table(steps, lang)
    }

    fn ids(&self) -> Vec<String> {
        self.route.nodes.iter().map(|node| node.id().to_owned()).collect()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let mut page = vec![Block::Gap];
        if !self.is_one {
            let (number, long) = (self.number, long(&self.route, lang));
            page.push(Block::Title(
                lang.pick(format!("Route {number}: {long}"), format!("経路 {number}: {long}")),
            ));
        }
        page.push(table(self.steps(), lang).into());
        page
    }
}

fn table(steps: Vec<Row<'_>>, lang: Lang) -> Table<'_> {
    Table::of(steps, lang)
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
    format!("{}: {told}", long(best, lang))
}
