//! The network for people: what holds together, and what holds it together.

use super::{labelled, number};
use crate::lang::Lang;
use crate::query::stats::{NetworkFigures, Position};
use crate::render::{Block, Cell, Table, words};

pub(super) fn network<'a>(network: &'a NetworkFigures<'a>, lang: Lang) -> Vec<Block<'a>> {
    let NetworkFigures { nodes, links, isolated, .. } = network;
    let figures = [
        (lang.pick("links", "つながり"), links.to_string()),
        (lang.pick("separate parts", "離れたまとまり"), separate_parts(network, lang)),
        (
            lang.pick("nodes linked to none", "孤立したノード"),
            lang.pick(format!("{isolated} of {nodes}"), format!("{nodes} 個中 {isolated}")),
        ),
        (lang.pick("linchpins", "要"), network.articulation_points.len().to_string()),
    ];
    let title = |en: &str, ja: &str| [Block::Gap, Block::Title(lang.pick(en, ja).to_owned())];
    let mut page: Vec<Block> = title("The network", "ネットワーク").into();
    page.push(labelled(figures, lang));
    let passed: Vec<&Position> = network.top.iter().filter(|it| it.betweenness > 0.0).collect();
    if !passed.is_empty() {
        page.extend(title("What holds it together", "全体をつなぐもの"));
        page.extend([legend(network, lang), positions(passed, lang).into()]);
    }
    page
}

fn separate_parts(network: &NetworkFigures, lang: Lang) -> String {
    let largest = network.largest;
    match network.components - network.isolated {
        0 => "0".to_owned(),
        1 => lang.pick(format!("1, of {largest} nodes"), format!("1（ノード {largest} 個）")),
        parts => lang.pick(
            format!("{parts}, the largest of {largest} nodes"),
            format!("{parts}（最大のものはノード {largest} 個）"),
        ),
    }
}

/// What the columns are called that need to be told.
const PASSED_BY: [&str; 2] = ["PASSED BY", "媒介"];
const LINCHPIN: [&str; 2] = ["LINCHPIN", "要"];

fn legend<'a>(network: &NetworkFigures, lang: Lang) -> Block<'a> {
    let passed = lang.pick(
        "share of the shortest ways between others that lead through it",
        "他の二者を結ぶ最短の道のうち、ここを通る割合",
    );
    let estimate = network.pivots.map_or(String::new(), |pivots| {
        lang.pick(
            format!(" (estimated from {pivots} nodes)"),
            format!("（ノード {pivots} 個からの推計）"),
        )
    });
    let falls = lang.pick(
        "without it, a part of the network falls apart",
        "なくなると、つながりが断たれてまとまりが分かれる",
    );
    let label = |[en, ja]: [&'static str; 2]| lang.pick(en, ja);
    let lines =
        [(label(PASSED_BY), format!("{passed}{estimate}")), (label(LINCHPIN), falls.to_owned())];
    labelled(lines, lang)
}

fn positions<'a>(passed: Vec<&'a Position<'a>>, lang: Lang) -> Table<'a> {
    let percent = |share| Cell::Figure(share, format!("{:.1}\u{a0}%", 100.0 * share));
    Table::of(passed, lang)
        .page("node", "NAME", "名称", |it| Cell::Node(it.node))
        .page("kind", "KIND", "種類", move |it| words::kind(it.node.kind(), lang).into())
        .spare(2)
        .page("degree", "NEIGHBOURS", "相手", |it| number(it.degree))
        .page("out", "OUT", "出る関係", |it| number(it.out))
        .spare(0)
        .page("in", "IN", "入る関係", |it| number(it.r#in))
        .spare(1)
        .page("betweenness", PASSED_BY[0], PASSED_BY[1], move |it| percent(it.betweenness))
        .page("articulation", LINCHPIN[0], LINCHPIN[1], move |it| match it.articulation {
            true => lang.pick("yes", "○").into(),
            false => Cell::Empty,
        })
        .table()
}
