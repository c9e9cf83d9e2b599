//! Routes as pages, sheets and records.

use serde_json::Value;

use super::list::{list, word};
use super::words::{self, join};
use super::{Answer, Block, Grid, value};
use crate::graph::Node;
use crate::lang::Lang;
use crate::query::path::{self, AnswerView, COUNTED, Route};

impl Answer for path::Answer<'_> {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(AnswerView::from(self))))
    }

    fn sheet(&self) -> Grid {
        let headers = [
            "route",
            "hop",
            "from",
            "to",
            "kind",
            "direction",
            "in",
            "basis",
            "confidence",
            "sources",
        ];
        let mut rows = Vec::new();
        for (route, number) in self.routes.iter().zip(1..) {
            for ((ends, relations), hop) in route.nodes.windows(2).zip(&route.steps).zip(1..) {
                for (relation, direction) in relations {
                    rows.push(vec![
                        number.to_string(),
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
        }
        Grid { headers: headers.map(str::to_owned).to_vec(), rows, ..Grid::default() }
    }

    fn ids(&self) -> Vec<String> {
        let nodes = self.routes.iter().flat_map(|route| &route.nodes);
        nodes.map(|node| node.id().to_owned()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let (from, to) = (self.from.name(lang), self.to.name(lang));
        let mut page = vec![Block::Title(format!("{from} → {to}"))];
        let hops = self.routes.first().map_or(0, |route| route.steps.len());
        page.push(Block::Line(summary(hops, self.equally_short, self.routes.len(), lang)));
        for (route, number) in self.routes.iter().zip(1..) {
            page.push(Block::Gap);
            if self.routes.len() > 1 {
                let hops = route.steps.len();
                page.push(Block::Title(lang.pick(
                    format!("Route {number}: {}", count(hops, "hop", "hops")),
                    format!("経路 {number}: {hops} 段"),
                )));
            }
            page.push(Block::Grid(steps(route, lang)));
        }
        page
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn summary(hops: usize, equally_short: u64, shown: usize, lang: Lang) -> String {
    let counted = match equally_short {
        all if all >= COUNTED as u64 => lang.pick(format!("{all} or more"), format!("{all} 以上")),
        all => all.to_string(),
    };
    let en = match (equally_short, shown) {
        (1, 1) => "the only shortest route".to_owned(),
        (_, 1) => format!("1 of {counted} equally short routes (-k N shows more)"),
        (1, shown) => {
            format!("the only shortest, and {}", count(shown - 1, "longer one", "longer ones"))
        }
        (_, shown) => format!("{counted} equally short; {shown} shown"),
    };
    let ja = match (equally_short, shown) {
        (1, 1) => "最短経路はこれだけ".to_owned(),
        (_, 1) => format!("同じ長さの {counted} 経路のうち 1 つ（-k N で他も表示）"),
        (1, shown) => format!("最短は 1 経路、ほかに長い {} 経路", shown - 1),
        (_, shown) => format!("同じ長さの最短経路は {counted}、うち {shown} 経路を表示"),
    };
    lang.pick(format!("{}: {en}", count(hops, "hop", "hops")), format!("{hops} 段: {ja}"))
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
                words::basis(relation.basis(), relation.confidence(), lang),
                join(relation.sources()),
            ]);
        }
    }
    Grid { headers: headers.map(str::to_owned).to_vec(), rows, ..Grid::default() }
}
