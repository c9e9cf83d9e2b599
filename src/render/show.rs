//! Portraits of nodes as pages, sheets and records.

use serde_json::Value;

use super::list::{list, word};
use super::words::{self, join};
use super::{Answer, Block, Grid, value};
use crate::graph::{Direction, Node};
use crate::lang::Lang;
use crate::model::Citation;
use crate::origin::At;
use crate::query::show::{Portrait, other_end};
use crate::query::view::Side;

/// The answer to `show`: one node, or several.
pub struct Portraits<'g>(pub Vec<Portrait<'g>>);

impl Answer for Portraits<'_> {
    fn is_list(&self) -> bool {
        self.0.len() != 1
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(self.0.iter().map(|portrait| value(portrait.details())))
    }

    fn sheet(&self) -> Grid {
        let headers = [
            "node",
            "kind",
            "direction",
            "other",
            "other_kind",
            "in",
            "since",
            "until",
            "basis",
            "confidence",
            "sources",
        ];
        let mut rows = Vec::new();
        for portrait in &self.0 {
            for (side, relation) in &portrait.ties {
                let other = other_end(*side, *relation);
                rows.push(vec![
                    portrait.node.id().to_owned(),
                    relation.kind().id().to_owned(),
                    word(Some(*side)),
                    other.id().to_owned(),
                    other.kind().to_string(),
                    relation.context().map(Node::id).unwrap_or_default().to_owned(),
                    word(relation.since()),
                    word(relation.until()),
                    word(Some(relation.basis())),
                    word(relation.confidence()),
                    list(relation.sources()),
                ]);
            }
        }
        Grid { headers: headers.map(str::to_owned).to_vec(), rows, ..Grid::default() }
    }

    fn ids(&self) -> Vec<String> {
        self.0.iter().map(|portrait| portrait.node.id().to_owned()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let mut page = Vec::new();
        for portrait in &self.0 {
            if !page.is_empty() {
                page.push(Block::Gap);
                page.push(Block::Gap);
            }
            page.extend(portrait_page(portrait, lang));
        }
        page
    }
}

fn portrait_page(portrait: &Portrait, lang: Lang) -> Vec<Block> {
    let mut page =
        vec![Block::Title(words::name_and_takeover(portrait.node, portrait.node.name(lang), lang))];
    page.push(Block::Grid(Grid { rows: facts(portrait.node, lang), ..Grid::default() }));
    let sections = [
        (lang.pick("Who does what here", "ここで誰が何を担うか"), cast(portrait, lang)),
        (lang.pick("Relations", "関係"), ties(portrait, lang)),
        (
            lang.pick("What sources say there is none of", "出典が「ない」と述べるもの"),
            denials(portrait, lang),
        ),
        (lang.pick("Figures", "指標"), indicators(portrait.node, lang)),
        (lang.pick("Events", "出来事"), events(portrait.node, lang)),
        (lang.pick("Claims, quoted", "出典の主張（引用）"), claims(portrait.node, lang)),
        (lang.pick("Notes", "注記"), notes(portrait.node, lang)),
    ];
    for (title, grid) in sections {
        if !grid.rows.is_empty() {
            page.push(Block::Gap);
            page.push(Block::Title(title.to_owned()));
            page.push(Block::Grid(grid));
        }
    }
    page
}

/// What is known of a node itself, a row for each thing.
fn facts(node: Node, lang: Lang) -> Vec<Vec<String>> {
    let record = node.record();
    let mut rows = Vec::new();
    let mut fact = |en: &str, ja: &str, value: String| {
        if !value.is_empty() {
            rows.push(vec![lang.pick(en, ja).to_owned(), value]);
        }
    };
    let other = lang.pick(&record.name.ja, &record.name.en).clone().unwrap_or_default();
    fact("id", "ID", node.id().to_owned());
    let kind = words::kind(node.kind(), lang);
    fact(
        "kind",
        "種類",
        match &record.r#type {
            Some(sort) => format!("{kind}: {}", words::sort(sort, lang)),
            None => kind.to_owned(),
        },
    );
    if other != node.name(lang) {
        fact("Japanese", "英語名", other);
    }
    fact("also", "別名", join(record.aliases.iter().map(String::as_str)));
    fact("role", "役割", words::name(node.generic(), lang));
    fact("context", "文脈", words::name(node.context(), lang));
    fact("place", "所在", place(node, lang));
    fact("stages", "段階", join(node.stages().map(|stage| stage.name(lang))));
    fact("when", "時期", words::span(record.since, record.until));
    fact("summary", "概要", record.summary.in_lang(lang).unwrap_or_default().to_owned());
    fact("website", "ウェブ", record.website.clone().unwrap_or_default());
    for (registry, id) in &record.identifiers {
        fact(registry, registry, id.clone());
    }
    if let Some(point) = &record.location {
        fact("location", "位置", format!("{}, {}", point.lat, point.lon));
    }
    let confidence = record.confidence.map(|confidence| confidence.value);
    fact("basis", "根拠", words::basis(record.basis, confidence, lang));
    fact("sources", "出典", citations(&record.sources));
    rows
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

fn citations(citations: &[At<Citation>]) -> String {
    join(citations.iter().map(|citation| citation.value.0.as_str()))
}

fn cast(portrait: &Portrait, lang: Lang) -> Grid {
    let headers =
        lang.pick(["ROLE", "PLAYED BY", "BASIS", "SOURCES"], ["役割", "担い手", "根拠", "出典"]);
    let mut rows = Vec::new();
    for (role, players) in portrait.cast() {
        let mut name = role.generic().unwrap_or(role).name(lang).to_owned();
        if players.is_empty() {
            let nobody = lang.pick("nobody named", "名の挙がる者なし").to_owned();
            rows.push([std::mem::take(&mut name), nobody, String::new(), String::new()]);
        }
        for relation in players {
            rows.push([
                std::mem::take(&mut name),
                relation.from().name(lang).to_owned(),
                words::standing(relation, lang),
                join(relation.sources()),
            ]);
        }
    }
    super::list::grid(headers, rows.into_iter())
}

/// The relations of a node; those to the roles in its own context are told by its cast.
fn ties(portrait: &Portrait, lang: Lang) -> Grid {
    let headers = lang.pick(
        ["RELATION", "NODE", "CONTEXT", "WHEN", "BASIS", "SOURCES", "NOTE"],
        ["関係", "相手", "文脈", "時期", "根拠", "出典", "注記"],
    );
    let mut last = None;
    let is_cast = |other: Node| other.context() == Some(portrait.node);
    let told = portrait.ties.iter().filter(|(side, it)| !is_cast(other_end(*side, *it)));
    let rows = told.map(|(side, relation)| {
        let direction = match side {
            Side::Out => Direction::Forward,
            Side::In => Direction::Backward,
        };
        let kind = (*side, relation.kind().index());
        let is_new = last.replace(kind) != Some(kind);
        let other = other_end(*side, *relation);
        [
            if is_new { relation.kind().label(direction, lang).to_owned() } else { String::new() },
            words::name_in(other, relation.context(), lang).to_owned(),
            words::name(relation.context(), lang),
            words::span(relation.since(), relation.until()),
            words::standing(*relation, lang),
            join(relation.sources()),
            relation.note().in_lang(lang).unwrap_or_default().to_owned(),
        ]
    });
    super::list::grid(headers, rows)
}

fn denials(portrait: &Portrait, lang: Lang) -> Grid {
    let headers = lang.pick(
        ["RELATION", "CONTEXT", "WHEN", "BASIS", "SOURCES", "NOTE"],
        ["関係", "文脈", "時期", "根拠", "出典", "注記"],
    );
    let rows = portrait.denials().map(|denial| {
        let direction = if denial.lacks_from() { Direction::Backward } else { Direction::Forward };
        [
            denial.kind().label(direction, lang).to_owned(),
            words::name(denial.context(), lang),
            words::span(denial.since(), denial.until()),
            words::basis(denial.basis(), denial.confidence(), lang),
            join(denial.sources()),
            denial.note().in_lang(lang).unwrap_or_default().to_owned(),
        ]
    });
    super::list::grid(headers, rows)
}

fn indicators(node: Node, lang: Lang) -> Grid {
    let headers = lang.pick(["FIGURE", "VALUE", "YEAR", "SOURCES"], ["指標", "値", "年", "出典"]);
    let rows = node.record().indicators.iter().map(|figure| {
        [
            figure.name.in_lang(lang).unwrap_or_default().to_owned(),
            words::amount(figure, lang),
            figure.year.map(|year| year.to_string()).unwrap_or_default(),
            citations(&figure.sources),
        ]
    });
    super::list::grid(headers, rows)
}

fn events(node: Node, lang: Lang) -> Grid {
    let headers = lang.pick(
        ["DATE", "EVENT", "FORMER NAME", "OTHER", "NOTE", "BASIS", "SOURCES"],
        ["日付", "出来事", "旧名", "相手", "注記", "根拠", "出典"],
    );
    let text = |text: &crate::model::Text| text.in_lang(lang).unwrap_or_default().to_owned();
    let rows = node.record().events.iter().map(|event| {
        [
            event.date.map(|date| date.to_string()).unwrap_or_default(),
            words::event(&event.kind, lang).to_owned(),
            text(&event.former),
            event.other.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            text(&event.note),
            words::basis(event.basis, event.confidence.map(|it| it.value), lang),
            citations(&event.sources),
        ]
    });
    super::list::grid(headers, rows)
}

fn claims(node: Node, lang: Lang) -> Grid {
    let headers = lang.pick(["QUOTE", "REMARK", "SOURCES"], ["引用", "備考", "出典"]);
    let rows = node.record().claims.iter().map(|claim| {
        let note = claim.note.in_lang(lang).unwrap_or_default().to_owned();
        [format!("「{}」", claim.quote), note, citations(&claim.sources)]
    });
    super::list::grid(headers, rows)
}

fn notes(node: Node, lang: Lang) -> Grid {
    let headers = lang.pick(["NOTE", "BASIS", "SOURCES"], ["注記", "根拠", "出典"]);
    let rows = node.record().notes.iter().map(|note| {
        let confidence = note.confidence.map(|confidence| confidence.value);
        [
            note.text.in_lang(lang).unwrap_or_default().to_owned(),
            words::basis(note.basis, confidence, lang),
            citations(&note.sources),
        ]
    });
    super::list::grid(headers, rows)
}
