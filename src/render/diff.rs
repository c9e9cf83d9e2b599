//! Renders differences.

use std::rc::Rc;

use serde_json::Value;

use super::table::Declaration;
use super::{Block, Cell, Records, Report, Table, words};
use crate::graph::{Direction, Node, RelationKind};
use crate::lang::Lang;
use crate::model::{Basis, Confidence, Date};
use crate::query::diff::{Change, Difference, Facts, How, Sides, Sort, Subject};

impl<'g> Report for Difference<'g> {
    fn records(&self) -> Records<'_> {
        Records::many(&self.changes)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let fields = self.changes.iter().flat_map(|change| {
            let facts = Rc::new(Facts::from(change.subject));
            change.fields.iter().map(move |field| (Rc::clone(&facts), change.how, field))
        });
        let text = |text: Option<&'g str>| Cell::maybe(text, Cell::from);
        Table::of(fields, lang)
            .sheet("of", |(it, ..)| Cell::spelt(it.of))
            .sheet("change", |(_, how, _)| Cell::spelt(how))
            .sheet("id", move |(it, ..)| text(it.id))
            .sheet("kind", move |(it, ..)| text(it.kind))
            .sheet("from", move |(it, ..)| text(it.from))
            .sheet("to", move |(it, ..)| text(it.to))
            .sheet("in", move |(it, ..)| text(it.r#in))
            .sheet("field", |(.., it)| it.field.as_str().into())
            .sheet("old", |(.., it)| cell(&it.old))
            .sheet("new", |(.., it)| cell(&it.new))
            .table()
    }

    fn ids(&self) -> Vec<String> {
        self.changes.iter().map(|change| id(&change.subject)).collect()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let mut page = Vec::new();
        let group = |change: &Change| (change.subject.sort(), change.how);
        for changes in self.changes.chunk_by(|one, next| group(one) == group(next)) {
            if !page.is_empty() {
                page.push(Block::Gap);
            }
            let (sort, how) = group(&changes[0]);
            page.push(Block::Title(title(sort, how, changes.len(), lang)));
            page.push(Block::Table(match (how, sort) {
                (How::Added | How::Removed, Sort::Relation | Sort::Denial) => {
                    whole_statements(changes, lang)
                }
                (How::Added | How::Removed, _) => whole(changes, lang),
                _ => fields(sort, changes, lang),
            }));
        }
        page
    }
}

/// A value in a sheet: as other sheets write it, or as JSON.
fn cell(value: &Value) -> Cell<'_> {
    let texts = value.as_array().into_iter().flatten().map(Value::as_str);
    match (value, texts.collect::<Option<Vec<_>>>()) {
        (Value::Array(_), Some(texts)) => Cell::list(texts),
        _ => Cell::spelt(value),
    }
}

fn id(subject: &Subject) -> String {
    let facts = Facts::from(*subject);
    let end = |end: Option<&str>| end.unwrap_or("-").to_owned();
    match facts.id {
        Some(id) => id.to_owned(),
        None => [end(facts.from), end(facts.kind), end(facts.to)].join(" "),
    }
}

fn title(sort: Sort, how: How, count: usize, lang: Lang) -> String {
    let (en, ja) = match sort {
        Sort::Node => ("Nodes", "ノード"),
        Sort::Relation => ("Relations", "関係"),
        Sort::Denial => ("Statements that there is none", "「ない」という記述"),
        Sort::RelationKind => ("Relation kinds", "関係の種類"),
        Sort::Source => ("Sources", "出典"),
    };
    let (en_how, ja_how) = match how {
        How::Added => ("added", "追加された"),
        How::Removed => ("removed", "なくなった"),
        How::Renamed => ("renamed", "名称・ID が変わった"),
        How::Redated => ("redated", "時期が変わった"),
        How::Changed => ("changed", "変わった"),
    };
    lang.pick(format!("{en} {en_how}: {count}"), format!("{ja_how}{ja}: {count}"))
}

/// Nodes, relation kinds or sources that were added or removed, a row each.
fn whole<'g>(changes: &'g [Change<'g>], lang: Lang) -> Table<'g> {
    Table::of(changes, lang)
        .page("id", "ID", "ID", |it| id(&it.subject).into())
        .page("kind", "KIND", "種類", move |it| match it.subject {
            Subject::Node(sides) => words::kind(sides.last().kind(), lang).into(),
            _ => Cell::Empty,
        })
        .page("name", "NAME", "名称", move |it| match it.subject {
            Subject::Source(sides) => {
                Cell::maybe(sides.last().record().title.as_deref(), Cell::from)
            }
            subject => {
                let name = Facts::from(subject).name.and_then(|name| name.in_lang(lang));
                Cell::maybe(name, Cell::from)
            }
        })
        .table()
}

/// Relations or denials that were added or removed, with all that they say, a row each.
fn whole_statements<'g>(changes: &'g [Change<'g>], lang: Lang) -> Table<'g> {
    let statements = changes.iter().filter_map(|it| Statement::of(it.subject));
    ends(Table::of(statements.map(|it| (Some(it), ())), lang), lang)
        .span(|(it, ())| it.as_ref().map(|it| it.when).unwrap_or_default())
        .basis(|(it, ())| it.as_ref().map(|it| it.basis))
        .sources(|(it, ())| it.iter().flat_map(|it| it.sources.iter().copied()).collect())
        .table()
}

/// What says something else, a row for each field.
fn fields<'g>(sort: Sort, changes: &'g [Change<'g>], lang: Lang) -> Table<'g> {
    let rows = changes.iter().flat_map(|change| change.fields.iter().map(move |it| (change, it)));
    let rows = rows.map(|(change, field)| {
        let said = phrases(&field.old, &field.new, lang);
        (Statement::of(change.subject), (change.subject, field, said))
    });
    let none_as_dash = |text: &str| Cell::text(if text.is_empty() { "–" } else { text }.to_owned());
    let table = Table::of(rows, lang);
    let table = match sort {
        Sort::Relation | Sort::Denial => ends(table, lang),
        _ => table.page("id", "ID", "ID", |it| former_id(&it.1.0).into()).once(),
    };
    table
        .page("field", "FIELD", "項目", move |it| words::field(&it.1.1.field, lang).into())
        .page("old", "BEFORE", "前", move |it| none_as_dash(&it.1.2.0))
        .page("new", "AFTER", "後", move |it| none_as_dash(&it.1.2.1))
        .table()
}

/// The id by which a node was known before.
fn former_id(subject: &Subject) -> String {
    match subject {
        Subject::Node(Sides::Kept(old, _)) => old.id().to_owned(),
        _ => id(subject),
    }
}

/// A relation or a denial, with all that it says.
struct Statement<'g> {
    kind: RelationKind<'g>,
    /// Nothing at the end that a denial leaves empty.
    from: Option<Node<'g>>,
    to: Option<Node<'g>>,
    context: Option<Node<'g>>,
    when: (Option<Date>, Option<Date>),
    basis: (Basis, Option<Confidence>),
    sources: Vec<&'g str>,
}

impl<'g> Statement<'g> {
    fn of(subject: Subject<'g>) -> Option<Self> {
        match subject {
            Subject::Relation(sides) => {
                let it = sides.last();
                Some(Statement {
                    kind: it.kind(),
                    from: Some(it.from()),
                    to: Some(it.to()),
                    context: it.context(),
                    when: (it.since(), it.until()),
                    basis: (it.basis(), it.confidence()),
                    sources: it.sources().collect(),
                })
            }
            Subject::Denial(sides) => {
                let it = sides.last();
                let end = Some(it.node());
                let (from, to) = if it.lacks_from() { (None, end) } else { (end, None) };
                Some(Statement {
                    kind: it.kind(),
                    from,
                    to,
                    context: it.context(),
                    when: (it.since(), it.until()),
                    basis: (it.basis(), it.confidence()),
                    sources: it.sources().collect(),
                })
            }
            _ => None,
        }
    }
}

/// Adds the columns of what a statement ties.
fn ends<'g, T: 'g>(
    table: Declaration<'g, (Option<Statement<'g>>, T)>,
    lang: Lang,
) -> Declaration<'g, (Option<Statement<'g>>, T)> {
    let end = move |end: Option<Node<'g>>, context| match end {
        Some(node) => Cell::NodeIn(node, context),
        None => lang.pick("(none)", "（なし）").into(),
    };
    table
        .page("from", "FROM", "始点", move |(it, _)| {
            Cell::maybe(it.as_ref(), |it| end(it.from, it.context))
        })
        .once()
        .relation(|(it, _)| it.as_ref().map(|it| (it.kind, Direction::Forward)))
        .once()
        .page("to", "TO", "終点", move |(it, _)| {
            Cell::maybe(it.as_ref(), |it| end(it.to, it.context))
        })
        .once()
        .page("in", "CONTEXT", "文脈", |(it, _)| {
            Cell::node(it.as_ref().and_then(|it| it.context))
        })
        .once()
}

/// Two values as people read them; of two lists, what the one holds and the other does not.
fn phrases(old: &Value, new: &Value, lang: Lang) -> (String, String) {
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    if !(old.is_array() || new.is_array()) {
        return (phrase(old, lang), phrase(new, lang));
    }
    let (old, new) = (items(old), items(new));
    let only = |these: &[Value], those: &[Value]| {
        let mut those = those.to_vec();
        let mut left = Vec::new();
        for item in these {
            match those.iter().position(|other| other == item) {
                Some(at) => drop(those.swap_remove(at)),
                None => left.push(phrase(item, lang)),
            }
        }
        left.join("; ")
    };
    (only(&old, &new), only(&new, &old))
}

/// A value as people read it, without its empty fields.
fn phrase(value: &Value, lang: Lang) -> String {
    let parts: Vec<String> = match value {
        Value::Null => return String::new(),
        Value::String(text) => return text.clone(),
        Value::Array(items) => items.iter().map(|item| phrase(item, lang)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(field, value)| (field, phrase(value, lang)))
            .filter(|(_, said)| !said.is_empty())
            .map(|(field, said)| match field.as_str() {
                "ja" | "en" => said,
                _ => format!("{}: {said}", words::field(field, lang)),
            })
            .collect(),
        leaf => return leaf.to_string(),
    };
    parts.join(", ")
}
