//! Renders all that is known about nodes.

use super::pictures;
use super::words::{self, join};
use super::{Block, Cell, Records, Report, Table};
use crate::graph::Node;
use crate::lang::Lang;
use crate::model::{Citation, Text};
use crate::origin::At;
use crate::picture::{NotDrawn, Picture};
use crate::query::show::Portrait;

/// The answer to `show`: one node, or several.
pub struct Portraits<'g>(pub Vec<Portrait<'g>>);

impl Report for Portraits<'_> {
    fn records(&self) -> Records<'_> {
        match &self.0[..] {
            [only] => Records::one(only),
            several => Records::many(several),
        }
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let ties = self.0.iter().flat_map(|it| it.ties.iter().map(|tie| (it.node, *tie)));
        Table::of(ties, lang)
            .sheet("node", |(node, _)| Cell::Node(*node))
            .sheet("kind", |(_, tie)| tie.relation.kind().id().into())
            .sheet("direction", |(_, tie)| Cell::spelt(tie.direction))
            .sheet("other", |(_, tie)| Cell::Node(tie.node))
            .sheet("other_kind", |(_, tie)| Cell::spelt(tie.node.kind()))
            .sheet("in", |(_, tie)| Cell::node(tie.relation.context()))
            .span(|(_, tie)| (tie.relation.since(), tie.relation.until()))
            .standing(|(_, tie)| Some(tie.relation))
            .sources(|(_, tie)| tie.relation.sources().collect())
            .both("node", |(node, _)| Some(&node.record().name))
            .both("other", |(_, tie)| Some(&tie.node.record().name))
            .table()
    }

    fn ids(&self) -> Vec<String> {
        self.0.iter().map(|portrait| portrait.node.id().to_owned()).collect()
    }

    fn picture(&self, lang: Lang) -> Option<Result<Picture, NotDrawn>> {
        match &self.0[..] {
            [only] => Some(pictures::portrait(only, lang)),
            // A picture shows one.
            _ => None,
        }
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let mut page = Vec::new();
        for portrait in &self.0 {
            if !page.is_empty() {
                page.extend([Block::Gap, Block::Gap]);
            }
            page.extend(portrait_page(portrait, lang));
        }
        page
    }
}

fn portrait_page<'g>(portrait: &Portrait<'g>, lang: Lang) -> Vec<Block<'g>> {
    let title = words::name_then(portrait.node, None, lang).into_owned();
    let mut page = vec![Block::Title(title), facts(portrait, lang).into()];
    let sections = [
        ("Who does what here", "ここで誰が何を担うか", cast(portrait, lang)),
        ("Added by other layers", "他の層による補い", additions(portrait, lang)),
        ("Relations", "関係", ties(portrait, lang)),
        (
            "What sources say there is none of",
            "出典が「ない」と述べるもの",
            denials(portrait, lang),
        ),
        ("Figures", "指標", indicators(portrait, lang)),
        ("Events", "出来事", events(portrait, lang)),
        ("Claims, quoted", "出典の主張（引用）", claims(portrait, lang)),
        ("Notes", "注記", notes(portrait, lang)),
    ];
    for (en, ja, table) in sections.into_iter().filter(|(_, _, table)| table.rows > 0) {
        page.extend([Block::Gap, Block::Title(lang.pick(en, ja).to_owned()), table.into()]);
    }
    page
}

/// What is known of a node itself, a row for each thing.
fn facts<'a>(portrait: &Portrait, lang: Lang) -> Table<'a> {
    let node = portrait.node;
    let record = node.record();
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut fact = |en: &str, ja: &str, value: String| {
        if !value.is_empty() {
            rows.push((lang.pick(en, ja).to_owned(), value));
        }
    };
    let other = lang.pick(&record.name.ja, &record.name.en).clone().unwrap_or_default();
    fact("id", "ID", node.id().to_owned());
    let kind = words::kind(node.kind(), lang);
    fact(
        "kind",
        "種類",
        match node.type_name(lang) {
            Some(name) => format!("{kind}: {name}"),
            None => kind.to_owned(),
        },
    );
    if other != node.name(lang) {
        fact("Japanese", "英語名", other);
    }
    fact("also", "別名", join(node.aliases().into_iter()));
    fact("role", "役割", words::name(node.generic(), lang));
    fact("context", "文脈", words::name(node.context(), lang));
    fact("place", "所在", place(node, lang));
    fact("stages", "段階", join(node.stages().map(|stage| stage.name(lang))));
    fact("when", "時期", words::span(record.since, record.until));
    fact("summary", "概要", record.summary.in_lang(lang).unwrap_or_default().to_owned());
    fact("website", "ウェブ", node.website().unwrap_or_default().to_owned());
    for (registry, id) in node.identifiers() {
        fact(registry, registry, id.to_owned());
    }
    if let Some(point) = node.location() {
        fact("location", "位置", format!("{}, {}", point.lat, point.lon));
    }
    let confidence = record.confidence.map(|confidence| confidence.value);
    fact("basis", "根拠", words::basis(record.basis, confidence, lang));
    fact("sources", "出典", join(node.sources()));
    let unknown = portrait.checked.map(|date| {
        lang.pick(format!("not checked after {date}"), format!("{date} より後は未確認"))
    });
    fact("status", "現況", unknown.unwrap_or_default());
    Table::of(rows, lang)
        .page("fact", "", "", |(name, _)| name.clone().into())
        .page("value", "", "", |(_, value)| value.clone().into())
        .table()
}

/// The region, and the regions that this lies in, as one line.
fn place(node: Node, lang: Lang) -> String {
    let mut names = Vec::new();
    let mut next = node.region().or_else(|| node.within().next());
    while let Some(region) = next {
        names.push(region.name(lang));
        next = region.within().next();
    }
    names.join(lang.pick(", ", " ‹ "))
}

fn cast<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    let players = portrait.cast.iter().flat_map(|cast| {
        let players = cast.players.iter().map(|player| Some(player.relation));
        let nobody = cast.players.is_empty().then_some(None);
        players.chain(nobody).map(|player| (cast.role, player))
    });
    Table::of(players, lang)
        .page("role", "ROLE", "役割", |(role, _)| Cell::Node(role.generic().unwrap_or(*role)))
        .once()
        .page("player", "PLAYED BY", "担い手", move |(_, player)| match player {
            Some(plays) => Cell::Node(plays.from()),
            None => lang.pick("nobody named", "名の挙がる者なし").into(),
        })
        .basis(|(_, player)| player.map(|it| (it.basis(), it.confidence())))
        .sources(|(_, player)| player.iter().flat_map(|it| it.sources()).collect())
        .table()
}

/// The relations of a node; those to the roles in its own context are told by its cast.
fn ties<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    let is_cast = |it: &&crate::query::tie::Tie| it.node.context() == Some(portrait.node);
    Table::of(portrait.ties.iter().filter(|it| !is_cast(it)).copied(), lang)
        .relation(|it| Some((it.relation.kind(), it.direction.into())))
        .once()
        .page("other", "NODE", "相手", |it| Cell::NodeIn(it.node, it.relation.context()))
        .page("in", "CONTEXT", "文脈", |it| Cell::node(it.relation.context()))
        .span(|it| (it.relation.since(), it.relation.until()))
        .standing(|it| Some(it.relation))
        .sources(|it| it.relation.sources().collect())
        .page("note", "NOTE", "注記", move |it| wording(it.relation.note(), lang))
        .table()
}

fn denials<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    let denials = portrait.denials.iter().map(|it| (it.direction, it.denial));
    Table::of(denials, lang)
        .relation(|(side, it)| Some((it.kind(), (*side).into())))
        .page("in", "CONTEXT", "文脈", |(_, it)| Cell::node(it.context()))
        .span(|(_, it)| (it.since(), it.until()))
        .basis(|(_, it)| Some((it.basis(), it.confidence())))
        .sources(|(_, it)| it.sources().collect())
        .page("note", "NOTE", "注記", move |(_, it)| wording(it.note(), lang))
        .table()
}

/// Which of the facts come from the records of later layers.
fn additions<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    Table::of(portrait.node.additions(), lang)
        .page("adds", "WHAT", "内容", move |it| words::addition(it, lang).into())
        .basis(|it| Some((it.basis, it.confidence)))
        .sources(|it| it.citations().collect())
        .table()
}

fn indicators<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    Table::of(portrait.indicators.iter().copied(), lang)
        .page("figure", "FIGURE", "指標", move |it| wording(&it.name, lang))
        .page("value", "VALUE", "値", move |it| words::amount(it, lang).into())
        .page("year", "YEAR", "年", |it| Cell::spelt(it.year))
        .sources(|it| citations(&it.sources))
        .table()
}

fn events<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    let graph = portrait.node.graph();
    Table::of(portrait.events.iter().copied(), lang)
        .page("date", "DATE", "日付", |it| Cell::spelt(it.date))
        .page("event", "EVENT", "出来事", move |it| {
            words::term(&it.kind, graph.event_name(&it.kind), lang).into()
        })
        .page("former", "FORMER NAME", "旧名", move |it| wording(&it.former, lang))
        .page("other", "OTHER", "相手", move |it| {
            Cell::node(it.other.as_ref().and_then(|id| graph.node(&id.value)))
        })
        .page("note", "NOTE", "注記", move |it| wording(&it.note, lang))
        .basis(|it| Some((it.basis, it.confidence.map(|it| it.value))))
        .sources(|it| citations(&it.sources))
        .table()
}

fn claims<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    Table::of(portrait.claims.iter().copied(), lang)
        .page("quote", "QUOTE", "引用", |it| format!("「{}」", it.quote).into())
        .page("remark", "REMARK", "備考", move |it| wording(&it.note, lang))
        .sources(|it| citations(&it.sources))
        .table()
}

fn notes<'g>(portrait: &Portrait<'g>, lang: Lang) -> Table<'g> {
    Table::of(portrait.notes.iter().copied(), lang)
        .page("note", "NOTE", "注記", move |it| wording(&it.text, lang))
        .basis(|it| Some((it.basis, it.confidence.map(|it| it.value))))
        .sources(|it| citations(&it.sources))
        .table()
}

fn wording(text: &Text, lang: Lang) -> Cell<'_> {
    Cell::maybe(text.in_lang(lang), Cell::from)
}

fn citations(citations: &[At<Citation>]) -> Vec<&str> {
    citations.iter().map(|citation| &*citation.value.0).collect()
}
