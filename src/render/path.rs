//! Routes as pages, sheets and records.

use serde_json::Value;

use super::list::{list, word};
use super::words::{self, join};
use super::{Answer, Block, Grid, Stream, value};
use crate::graph::Node;
use crate::lang::Lang;
use crate::query::ends::End;
use crate::query::path::{self, COUNTED, Heading, Route, RouteView};

impl Stream for path::Answer<'_> {
    fn head(&self) -> Value {
        value(Heading::from(self))
    }

    fn list(&self) -> &'static str {
        "routes"
    }

    fn headers(&self) -> Vec<String> {
        ["route", "hop", "from", "to", "kind", "direction", "in", "basis", "confidence", "sources"]
            .map(str::to_owned)
            .to_vec()
    }

    fn title(&self, lang: Lang) -> Vec<Block> {
        let (from, to) = (end(&self.from, lang), end(&self.to, lang));
        let mut page = vec![Block::Title(format!("{from} → {to}"))];
        page.extend(self.best().map(|best| Block::Line(summary(self, &best, lang))));
        page
    }

    fn items(&self) -> Box<dyn Iterator<Item = Box<dyn Answer + '_>> + '_> {
        let is_one = self.count == Some(1);
        let routes = self.routes().zip(1..);
        Box::new(routes.map(move |(route, number)| -> Box<dyn Answer> {
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

impl Answer for Item<'_> {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(RouteView::from(&self.route))))
    }

    fn sheet(&self) -> Grid {
        let route = &self.route;
        let mut rows = Vec::new();
        if let [only] = route.nodes[..] {
            // Where an end of one set is in the other, it is a route without a hop.
            let mut row = vec![String::new(); 10];
            row.splice(
                0..4,
                [self.number.to_string(), "0".into(), only.id().into(), only.id().into()],
            );
            rows.push(row);
        }
        for ((ends, relations), hop) in route.nodes.windows(2).zip(&route.steps).zip(1..) {
            for (relation, direction) in relations {
                rows.push(vec![
                    self.number.to_string(),
                    hop.to_string(),
                    ends[0].id().to_owned(),
                    ends[1].id().to_owned(),
                    relation.kind().id().to_owned(),
                    word(Some(*direction)),
                    relation.context().map(Node::id).unwrap_or_default().to_owned(),
                    word(Some(relation.basis())),
                    word(relation.confidence()),
                    list(relation.sources()),
                ]);
            }
        }
        Grid { rows, ..Grid::default() }
    }

    fn ids(&self) -> Vec<String> {
        self.route.nodes.iter().map(|node| node.id().to_owned()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let mut page = vec![Block::Gap];
        if !self.is_one {
            let (number, long) = (self.number, long(&self.route, lang));
            page.push(Block::Title(
                lang.pick(format!("Route {number}: {long}"), format!("経路 {number}: {long}")),
            ));
        }
        page.push(Block::Grid(steps(&self.route, lang)));
        page
    }
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

fn steps(route: &Route, lang: Lang) -> Grid {
    let headers = lang.pick(
        ["HOP", "RELATION", "TO", "CONTEXT", "BASIS", "SOURCES"],
        ["段", "関係", "行き先", "文脈", "根拠", "出典"],
    );
    let mut rows = vec![vec![
        "0".to_owned(),
        String::new(),
        route.nodes[0].name(lang).to_owned(),
        String::new(),
        String::new(),
        String::new(),
    ]];
    for ((to, relations), hop) in route.nodes[1..].iter().zip(&route.steps).zip(1..) {
        for (at, (relation, direction)) in relations.iter().enumerate() {
            let first = at == 0;
            rows.push(vec![
                if first { hop.to_string() } else { String::new() },
                relation.kind().label(*direction, lang).to_owned(),
                if first {
                    words::name_in(*to, relation.context(), lang).to_owned()
                } else {
                    String::new()
                },
                words::name(relation.context(), lang),
                words::standing(*relation, lang),
                join(relation.sources()),
            ]);
        }
    }
    Grid { headers: headers.map(str::to_owned).to_vec(), rows, ..Grid::default() }
}
