//! Figures: a sheet of one figure a row, and a few small tables, each under a line that says what it shows.

mod brokers;
mod network;
mod sheet;

use super::words;
use super::{Block, Cell, Records, Report, Table};
use crate::lang::Lang;
use crate::query::stats::{Answer, Count, LayerCount, NodeCounts, RelationCounts};

impl Report for Answer<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(self)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        sheet::sheet(self, lang)
    }

    fn ids(&self) -> Vec<String> {
        self.network.top.iter().map(|position| position.node.id().to_owned()).collect()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let mut page = counts(self, lang);
        page.extend(network::network(&self.network, lang));
        page.extend(self.brokers.iter().flat_map(|found| brokers::brokers(found, lang)));
        page
    }
}

fn counts<'a>(answer: &'a Answer<'a>, lang: Lang) -> Vec<Block<'a>> {
    let (nodes, relations) = (&answer.nodes, &answer.relations);
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
    page.extend([node_kinds(nodes, lang).into(), Block::Gap]);
    page.push(bases(nodes, relations, lang).into());
    if nodes.by_layer.len() > 1 || relations.by_layer.len() > 1 {
        page.extend([Block::Gap, layers(nodes, relations, lang).into()]);
    }
    if of_relations > 0 {
        page.extend(titled(
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

/// A table under its title and a line that explains it.
fn titled<'a>(title: &str, line: &str, table: Table<'a>) -> [Block<'a>; 4] {
    let (title, line) = (title.to_owned(), line.to_owned());
    [Block::Gap, Block::Title(title), Block::Line(line), table.into()]
}

/// Lines of a label and what it stands for.
fn labelled<'a>(lines: impl IntoIterator<Item = (&'a str, String)>, lang: Lang) -> Block<'a> {
    let lines: Vec<(&str, String)> = lines.into_iter().collect();
    let table = Table::of(lines, lang).page("label", "", "", |(label, _)| (*label).into()).page(
        "told",
        "",
        "",
        |(_, told)| told.clone().into(),
    );
    table.table().into()
}

fn number<'a>(number: usize) -> Cell<'a> {
    Cell::Number(number as f64)
}

/// A number, or nothing where there is nothing.
fn some<'a>(many: usize) -> Cell<'a> {
    if many == 0 { Cell::Empty } else { number(many) }
}

/// Several counts in one cell, the greatest first. A number stays on the line of its name.
fn enumerate<'a>(counts: impl Iterator<Item = (&'a str, Count)>) -> Cell<'a> {
    let mut counts: Vec<(&str, Count)> = counts.collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(count.total));
    let told = counts.iter().map(|(name, count)| format!("{name}\u{a0}{}", count.total));
    told.collect::<Vec<_>>().join(", ").into()
}

fn node_kinds<'a>(nodes: &'a NodeCounts<'a>, lang: Lang) -> Table<'a> {
    let kinds = nodes.by_kind.iter().filter(|kind| kind.count.total > 0);
    let types = move |kind| {
        let of = nodes.by_type.iter().filter(move |of| of.kind == kind);
        enumerate(of.filter_map(|of| Some((words::term(of.r#type?, of.name, lang), of.count))))
    };
    Table::of(kinds, lang)
        .page("kind", "KIND", "種類", move |it| words::kind(it.kind, lang).into())
        .page("total", "NODES", "件数", |it| number(it.count.total))
        .page("derived", "DERIVED", "導出", |it| some(it.count.derived))
        .page("types", "TYPES", "類型", move |it| types(it.kind))
        .table()
}

fn bases<'a>(nodes: &NodeCounts, relations: &RelationCounts, lang: Lang) -> Table<'a> {
    let both = nodes.by_basis.iter().zip(&relations.by_basis);
    let totals = both.map(|(node, relation)| (node.basis, node.count.total, relation.count.total));
    Table::of(totals.collect::<Vec<_>>(), lang)
        .page("basis", "BASIS", "根拠", move |(basis, ..)| {
            words::basis(*basis, None, lang).into()
        })
        .page("nodes", "NODES", "ノード", |(_, nodes, _)| number(*nodes))
        .page("relations", "RELATIONS", "関係", |(.., relations)| number(*relations))
        .table()
}

fn layers<'a>(nodes: &'a NodeCounts, relations: &'a RelationCounts, lang: Lang) -> Table<'a> {
    let both = nodes.by_layer.iter().chain(&relations.by_layer);
    let mut layers: Vec<u16> = both.map(|it| it.layer).collect();
    layers.sort_unstable();
    layers.dedup();
    let total = |counts: &[LayerCount], layer: u16| {
        number(counts.iter().find(|it| it.layer == layer).map_or(0, |it| it.count.total))
    };
    Table::of(layers, lang)
        .page("layer", "LAYER", "層", |layer| layer.to_string().into())
        .page("nodes", "NODES", "ノード", move |layer| total(&nodes.by_layer, *layer))
        .page("relations", "RELATIONS", "関係", move |layer| total(&relations.by_layer, *layer))
        .table()
}

/// A row for what a route may follow, and one for the others.
fn relation_kinds<'a>(relations: &'a RelationCounts<'a>, lang: Lang) -> Table<'a> {
    let of = |followed| relations.by_kind.iter().filter(move |kind| kind.followed == followed);
    let sum = move |followed, pick: fn(Count) -> usize| -> usize {
        of(followed).map(|kind| pick(kind.count)).sum()
    };
    let sorts = [true, false].into_iter().filter(|followed| of(*followed).next().is_some());
    Table::of(sorts.collect::<Vec<_>>(), lang)
        .page("followed", "ROUTES", "経路", move |followed| match followed {
            true => lang.pick("followed", "たどる").into(),
            false => lang.pick("not followed", "たどらない").into(),
        })
        .page("total", "RELATIONS", "件数", move |it| number(sum(*it, |count| count.total)))
        .page("derived", "DERIVED", "導出", move |it| some(sum(*it, |count| count.derived)))
        .page("kinds", "KINDS", "種類", move |it| {
            enumerate(of(*it).map(|it| (words::term(it.kind, Some(it.short), lang), it.count)))
        })
        .table()
}
