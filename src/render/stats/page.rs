//! Figures for people: a few small tables, each under a line that says what it shows.

use super::super::grid::{Block, Grid};
use super::super::words;
use super::brokers::brokers;
use super::columns::{Column, grid, labelled, name, table};
use crate::lang::Lang;
use crate::model::NodeKind;
use crate::query::stats::{
    Answer, Count, LayerCount, NetworkFigures, NodeCounts, Position, RelationCounts,
};

pub(super) fn page(answer: &Answer, lang: Lang) -> Vec<Block> {
    let mut page = counts(answer, lang);
    page.extend(network(&answer.network, lang));
    page.extend(answer.brokers.iter().flat_map(|found| brokers(found, lang)));
    page
}

fn counts(Answer { nodes, relations, .. }: &Answer, lang: Lang) -> Vec<Block> {
    let [of_nodes, of_relations] = [nodes.count.total, relations.count.total];
    let title = lang.pick(
        format!(
            "{}, {}",
            words::count(of_nodes, "node", "nodes"),
            words::count(of_relations, "relation", "relations")
        ),
        format!("ノード {of_nodes} 件、関係 {of_relations} 件"),
    );
    let derived = lang.pick(
        "DERIVED follow from other statements: above all roles as seen in one context",
        "導出: 他の記述から導いたもの。おもに、ある文脈での役割",
    );
    let mut page = vec![Block::Title(title)];
    if nodes.count.derived + relations.count.derived > 0 {
        page.push(Block::Line(derived.to_owned()));
    }
    page.push(Block::Grid(node_kinds(nodes, lang)));
    page.push(Block::Gap);
    page.push(Block::Grid(bases(nodes, relations, lang)));
    if nodes.by_layer.len() > 1 || relations.by_layer.len() > 1 {
        page.push(Block::Gap);
        page.push(Block::Grid(layers(nodes, relations, lang)));
    }
    if relations.count.total > 0 {
        page.extend(table(
            lang.pick("Relations by kind", "関係の種類"),
            lang.pick(
                "Those that a route may follow link the network below; the others do not",
                "経路がたどる関係だけが、下のネットワークのつながりになる",
            ),
            relation_kinds(relations, lang),
        ));
    }
    page
}

/// Several counts in one cell, the greatest first. A number stays on the line of its name.
fn enumerate<'a>(counts: impl Iterator<Item = (&'a str, Count)>) -> String {
    let mut counts: Vec<(&str, Count)> = counts.collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(count.total));
    let told = counts.iter().map(|(name, count)| format!("{name}\u{a0}{}", count.total));
    told.collect::<Vec<_>>().join(", ")
}

/// A number, or nothing where there is nothing.
fn some(number: usize) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

fn node_kinds(nodes: &NodeCounts, lang: Lang) -> Grid {
    let [kind, count, derived, types] =
        lang.pick(["KIND", "NODES", "DERIVED", "TYPES"], ["種類", "件数", "導出", "類型"]);
    let kinds = || nodes.by_kind.iter().filter(|kind| kind.count.total > 0);
    let types_of = |kind: NodeKind| {
        let of = nodes.by_type.iter().filter(|of| of.kind == kind);
        let known = of.filter_map(|of| Some((words::term(of.r#type?, of.name, lang), of.count)));
        enumerate(known)
    };
    grid(vec![
        Column::words(kind, kinds().map(|it| words::kind(it.kind, lang).to_owned())),
        Column::numbers(count, kinds().map(|it| it.count.total)),
        Column::numbers(derived, kinds().map(|it| some(it.count.derived))),
        Column::words(types, kinds().map(|it| types_of(it.kind))),
    ])
}

fn bases(nodes: &NodeCounts, relations: &RelationCounts, lang: Lang) -> Grid {
    let [basis, of_nodes, of_relations] =
        lang.pick(["BASIS", "NODES", "RELATIONS"], ["根拠", "ノード", "関係"]);
    grid(vec![
        Column::words(basis, nodes.by_basis.iter().map(|it| words::basis(it.basis, None, lang))),
        Column::numbers(of_nodes, nodes.by_basis.iter().map(|it| it.count.total)),
        Column::numbers(of_relations, relations.by_basis.iter().map(|it| it.count.total)),
    ])
}

fn layers(nodes: &NodeCounts, relations: &RelationCounts, lang: Lang) -> Grid {
    let [layer, of_nodes, of_relations] =
        lang.pick(["LAYER", "NODES", "RELATIONS"], ["層", "ノード", "関係"]);
    let both = nodes.by_layer.iter().chain(&relations.by_layer);
    let mut layers: Vec<u16> = both.map(|it| it.layer).collect();
    layers.sort_unstable();
    layers.dedup();
    let total = |counts: &[LayerCount], layer: u16| {
        counts.iter().find(|count| count.layer == layer).map_or(0, |count| count.count.total)
    };
    grid(vec![
        Column::words(layer, layers.iter().map(u16::to_string)),
        Column::numbers(of_nodes, layers.iter().map(|layer| total(&nodes.by_layer, *layer))),
        Column::numbers(of_relations, layers.iter().map(|it| total(&relations.by_layer, *it))),
    ])
}

fn relation_kinds(relations: &RelationCounts, lang: Lang) -> Grid {
    let [routes, count, derived, kinds] =
        lang.pick(["ROUTES", "RELATIONS", "DERIVED", "KINDS"], ["経路", "件数", "導出", "種類"]);
    let of = |followed| relations.by_kind.iter().filter(move |kind| kind.followed == followed);
    let sum = |followed, pick: fn(Count) -> usize| -> usize {
        of(followed).map(|kind| pick(kind.count)).sum()
    };
    let kinds_of = |followed| {
        enumerate(of(followed).map(|it| (it.short.in_lang(lang).unwrap_or(it.kind), it.count)))
    };
    let word = |followed| match followed {
        true => lang.pick("followed", "たどる").to_owned(),
        false => lang.pick("not followed", "たどらない").to_owned(),
    };
    let sorts = || [true, false].into_iter().filter(|followed| of(*followed).next().is_some());
    grid(vec![
        Column::words(routes, sorts().map(word)),
        Column::numbers(count, sorts().map(|followed| sum(followed, |it| it.total))),
        Column::numbers(derived, sorts().map(|followed| some(sum(followed, |it| it.derived)))),
        Column::words(kinds, sorts().map(kinds_of)),
    ])
}

fn network(network: &NetworkFigures, lang: Lang) -> Vec<Block> {
    let NetworkFigures { nodes, links: many, components, largest, isolated, .. } = network;
    let title = lang.pick("The network", "ネットワーク");
    let [links, separate, alone, linchpins] = lang.pick(
        ["links", "separate parts", "nodes linked to none", "linchpins"],
        ["つながり", "離れたまとまり", "孤立したノード", "要"],
    );
    let mut page = vec![
        Block::Gap,
        Block::Title(title.to_owned()),
        labelled([
            (links, many.to_string()),
            (separate, separate_parts(components - isolated, *largest, lang)),
            (
                alone,
                lang.pick(format!("{isolated} of {nodes}"), format!("{nodes} 個中 {isolated}")),
            ),
            (linchpins, network.articulation_points.len().to_string()),
        ]),
    ];
    let passed: Vec<&Position> = network.top.iter().filter(|it| it.betweenness > 0.0).collect();
    if !passed.is_empty() {
        page.push(Block::Gap);
        page.push(Block::Title(lang.pick("What holds it together", "全体をつなぐもの").to_owned()));
        page.push(positions_legend(network, lang));
        page.push(Block::Grid(positions(&passed, lang)));
    }
    page
}

fn separate_parts(parts: usize, largest: usize, lang: Lang) -> String {
    match parts {
        0 => "0".to_owned(),
        1 => lang.pick(format!("1, of {largest} nodes"), format!("1（ノード {largest} 個）")),
        _ => lang.pick(
            format!("{parts}, the largest of {largest} nodes"),
            format!("{parts}（最大のものはノード {largest} 個）"),
        ),
    }
}

fn positions_legend(network: &NetworkFigures, lang: Lang) -> Block {
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
    let [passed_by, linchpin] = lang.pick(["PASSED BY", "LINCHPIN"], ["媒介", "要"]);
    let falls = lang.pick(
        "without it, a part of the network falls apart",
        "なくなると、つながりが断たれてまとまりが分かれる",
    );
    labelled([(passed_by, format!("{passed}{estimate}")), (linchpin, falls.to_owned())])
}

fn positions(passed: &[&Position], lang: Lang) -> Grid {
    let [called, kind, degree, out, into, passed_by, linchpin] = lang.pick(
        ["NAME", "KIND", "NEIGHBOURS", "OUT", "IN", "PASSED BY", "LINCHPIN"],
        ["名称", "種類", "相手", "出る関係", "入る関係", "媒介", "要"],
    );
    let yes = |is: bool| if is { lang.pick("yes", "○") } else { "" }.to_owned();
    let mut grid = grid(vec![
        Column::words(called, passed.iter().map(|it| name(&it.node, lang))),
        Column::words(kind, passed.iter().map(|it| words::kind(it.node.kind, lang).to_owned())),
        Column::numbers(degree, passed.iter().map(|it| it.degree)),
        Column::numbers(out, passed.iter().map(|it| it.out)),
        Column::numbers(into, passed.iter().map(|it| it.r#in)),
        Column::numbers(passed_by, passed.iter().map(|it| percent(it.betweenness))),
        Column::words(linchpin, passed.iter().map(|it| yes(it.articulation))),
    ]);
    grid.spare = lang.pick(&["OUT", "IN", "KIND"], &["出る関係", "入る関係", "種類"]);
    grid
}

fn percent(share: f64) -> String {
    format!("{:.1}\u{a0}%", 100.0 * share)
}
