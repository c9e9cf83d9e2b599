//! Renders a place in a source, and the statements that cite it.

use super::words;
use super::{Block, Cell, Records, Report, Table};
use crate::graph::{Direction, Node};
use crate::lang::Lang;
use crate::query::cite::Citation;
use crate::query::statement::Statement;

impl Report for Citation<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(self)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        Table::of(self.statements.iter().copied(), lang)
            .column("of", "WHAT", "種別", move |it| sort(*it, lang))
            .once()
            .sheet("node", |it| Cell::Node(it.subject()))
            .sheet("kind", |it| match it {
                Statement::Relation { relation } => relation.kind().id().into(),
                Statement::Denial { denial } => denial.kind().id().into(),
                _ => Cell::Empty,
            })
            .sheet("to", move |it| match it {
                Statement::Relation { relation } => Cell::Node(relation.to()),
                _ => Cell::Empty,
            })
            .page("statement", "STATEMENT", "記述", move |it| said(*it, lang).into())
            .basis(|it| Some(it.basis()))
            .sources(|it| it.sources())
            .both("node", |it| Some(&it.subject().record().name))
            .table()
    }

    fn ids(&self) -> Vec<String> {
        let id = |it: &Statement| match it {
            Statement::Relation { relation } => words::triple(*relation),
            it => it.subject().id().to_owned(),
        };
        self.statements.iter().map(id).collect()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let source = self.source.record();
        let title = source.title.as_deref().unwrap_or(self.source.id());
        let date = source.date.map(|date| date.to_string());
        let facts = [
            ("id", "ID", Some(self.source.id().to_owned())),
            ("publisher", "発行者", source.publisher.clone()),
            ("date", "日付", date),
            ("address", "所在", source.url.clone()),
            ("checked", "確認日", source.checked.map(|date| date.to_string())),
            ("note", "備考", source.note.in_lang(lang).map(str::to_owned)),
        ];
        let facts = facts.into_iter().filter_map(|(en, ja, it)| Some((lang.pick(en, ja), it?)));
        let facts = Table::of(facts, lang)
            .page("fact", "", "", |(name, _)| (*name).into())
            .page("value", "", "", |(_, value)| value.clone().into())
            .table();
        let mut page = vec![Block::Title(title.to_owned()), facts.into()];
        let heading = |en: &str, ja: &str| [Block::Gap, Block::Title(lang.pick(en, ja).to_owned())];
        if !self.lines.is_empty() {
            page.extend(heading("What it says", "記載内容"));
            page.push(Block::Table(
                Table::of(&self.lines, lang)
                    .page("line", "", "", |it| Cell::Number(it.number as f64))
                    .page("text", "", "", |it| it.text.as_str().into())
                    .table(),
            ));
        }
        if !self.statements.is_empty() {
            page.extend(heading("What rests on it", "これを出典とする記述"));
            page.push(self.table(lang).into());
        }
        page
    }
}

fn sort(statement: Statement<'_>, lang: Lang) -> Cell<'_> {
    let (key, en, ja) = match statement {
        Statement::Node { node } => {
            ("node", words::kind(node.kind(), lang), words::kind(node.kind(), lang))
        }
        Statement::Relation { .. } => ("relation", "relation", "関係"),
        Statement::Denial { .. } => ("denial", "there is none", "「ない」"),
        Statement::Indicator { .. } => ("indicator", "figure", "指標"),
        Statement::Event { .. } => ("event", "event", "出来事"),
        Statement::Claim { .. } => ("claim", "claim, quoted", "主張（引用）"),
        Statement::Note { .. } => ("note", "note", "注記"),
        Statement::Addition { .. } => ("addition", "addition", "補い"),
    };
    Cell::Word(key.to_owned(), lang.pick(en, ja).into())
}

/// A statement as people read it.
fn said(statement: Statement, lang: Lang) -> String {
    let about = |node: Node, text: String| format!("{}: {text}", node.name(lang));
    match statement {
        Statement::Node { node } => node.name(lang).to_owned(),
        Statement::Relation { relation } => {
            let [from, to] = [relation.from(), relation.to()].map(|it| it.name(lang));
            words::statement(from, relation.kind(), to, lang)
        }
        Statement::Denial { denial } => {
            let way = if denial.lacks_from() { Direction::Backward } else { Direction::Forward };
            about(denial.node(), denial.kind().label(way, lang).to_owned())
        }
        Statement::Indicator { node, indicator } => {
            let name = indicator.name.in_lang(lang).unwrap_or_default();
            let year = indicator.year.map(|year| words::bracketed(&year.to_string(), lang));
            let amount = words::amount(indicator, lang);
            about(node, format!("{name} {amount}{}", year.unwrap_or_default()))
        }
        Statement::Event { node, event } => {
            let kind = words::term(&event.kind, node.graph().event_name(&event.kind), lang);
            let date = event.date.map(|date| format!("{date} ")).unwrap_or_default();
            about(node, format!("{date}{kind}"))
        }
        Statement::Claim { node, claim } => about(node, format!("「{}」", claim.quote)),
        Statement::Addition { node, addition } => about(node, words::addition(addition, lang)),
        Statement::Note { node, note } => {
            about(node, note.text.in_lang(lang).unwrap_or_default().to_owned())
        }
    }
}
