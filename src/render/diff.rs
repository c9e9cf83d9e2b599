//! Differences as pages, sheets and records.

use serde_json::Value;

use super::list::{grid, list, word};
use super::words::{self, join};
use super::{Answer, Block, Grid, value};
use crate::graph::{Denial, Node, Relation};
use crate::lang::Lang;
use crate::query::diff::{Change, ChangeView, Difference, How, Sides, Sort, Subject};

impl Answer for Difference<'_> {
    fn is_list(&self) -> bool {
        true
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(self.changes.iter().map(|change| value(ChangeView::from(change))))
    }

    fn sheet(&self) -> Grid {
        let headers = ["of", "change", "id", "kind", "from", "to", "in", "field", "old", "new"];
        let mut rows = Vec::new();
        for change in &self.changes {
            let view = ChangeView::from(change);
            let head = [
                word(Some(view.of)),
                word(Some(view.change)),
                view.id.unwrap_or_default().to_owned(),
                view.kind.unwrap_or_default().to_owned(),
                view.from.unwrap_or_default().to_owned(),
                view.to.unwrap_or_default().to_owned(),
                view.r#in.unwrap_or_default().to_owned(),
            ];
            for field in &change.fields {
                let tail = [field.field.clone(), cell(&field.old), cell(&field.new)];
                rows.push(head.iter().cloned().chain(tail).collect());
            }
        }
        Grid { headers: headers.map(str::to_owned).to_vec(), rows, ..Grid::default() }
    }

    fn ids(&self) -> Vec<String> {
        self.changes.iter().map(|change| id(&change.subject)).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let mut page = Vec::new();
        let group = |change: &Change| (change.subject.sort(), change.how);
        for changes in self.changes.chunk_by(|one, next| group(one) == group(next)) {
            if !page.is_empty() {
                page.push(Block::Gap);
            }
            let (sort, how) = group(&changes[0]);
            page.push(Block::Title(title(sort, how, changes.len(), lang)));
            page.push(Block::Grid(match how {
                How::Added | How::Removed => whole(sort, changes, lang),
                _ => fields(sort, changes, lang),
            }));
        }
        page
    }
}

/// A value in a sheet: as other sheets write it, or as JSON.
fn cell(value: &Value) -> String {
    let texts = value.as_array().into_iter().flatten().map(Value::as_str);
    match (value, texts.collect::<Option<Vec<_>>>()) {
        (Value::Null, _) => String::new(),
        (Value::Array(_), Some(texts)) => list(texts.into_iter()),
        _ => word(Some(value)),
    }
}

fn id(subject: &Subject) -> String {
    match subject {
        Subject::Node(sides) => sides.last().id().to_owned(),
        Subject::Relation(sides) => {
            let it = sides.last();
            format!("{} {} {}", it.from().id(), it.kind().id(), it.to().id())
        }
        Subject::Denial(sides) => {
            let it = sides.last();
            match it.lacks_from() {
                true => format!("- {} {}", it.kind().id(), it.node().id()),
                false => format!("{} {} -", it.node().id(), it.kind().id()),
            }
        }
        Subject::RelationKind(sides) => sides.last().id().to_owned(),
        Subject::Source(sides) => sides.last().record().id.value.clone(),
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

/// What was added or removed, a row each.
fn whole(sort: Sort, changes: &[Change], lang: Lang) -> Grid {
    if matches!(sort, Sort::Relation | Sort::Denial) {
        let headers = lang.pick(
            ["FROM", "RELATION", "TO", "CONTEXT", "WHEN", "BASIS", "SOURCES"],
            ["始点", "関係", "終点", "文脈", "時期", "根拠", "出典"],
        );
        return grid(headers, changes.iter().filter_map(|change| whole_tie(change, lang)));
    }
    let headers = lang.pick(["ID", "KIND", "NAME"], ["ID", "種類", "名称"]);
    grid(
        headers,
        changes.iter().map(|change| {
            let (kind, name) = match change.subject {
                Subject::Node(sides) => {
                    let node = sides.last();
                    (words::kind(node.kind(), lang), node.name(lang).to_owned())
                }
                Subject::RelationKind(sides) => {
                    ("", sides.last().name().in_lang(lang).unwrap_or_default().to_owned())
                }
                Subject::Source(sides) => {
                    ("", sides.last().record().title.clone().unwrap_or_default())
                }
                Subject::Relation(_) | Subject::Denial(_) => ("", String::new()),
            };
            [id(&change.subject), kind.to_owned(), name]
        }),
    )
}

/// All that a relation or a denial says, in one row.
fn whole_tie(change: &Change, lang: Lang) -> Option<[String; 7]> {
    let [from, kind, to, context] = ends(change, lang)?;
    let [when, basis, sources] = match change.subject {
        Subject::Relation(sides) => {
            let it = sides.last();
            let basis = words::basis(it.basis(), it.confidence(), lang);
            [words::span(it.since(), it.until()), basis, join(it.sources())]
        }
        Subject::Denial(sides) => {
            let it = sides.last();
            let basis = words::basis(it.basis(), it.confidence(), lang);
            [words::span(it.since(), it.until()), basis, join(it.sources())]
        }
        _ => return None,
    };
    Some([from, kind, to, context, when, basis, sources])
}

/// What says something else, a row for each field; what a row has in common with the one above it
/// is not said again.
fn fields(sort: Sort, changes: &[Change], lang: Lang) -> Grid {
    let mut rows = Vec::new();
    for change in changes {
        let former = || [former_id(&change.subject), String::new(), String::new(), String::new()];
        let mut head = ends(change, lang).unwrap_or_else(former);
        for field in &change.fields {
            let (old, new) = phrases(&field.old, &field.new, lang);
            let [old, new] = [old, new].map(|it| if it.is_empty() { "–".to_owned() } else { it });
            let [one, two, three, four] = std::mem::take(&mut head);
            rows.push([one, two, three, four, words::field(&field.field, lang), old, new]);
        }
    }
    let first = match sort {
        Sort::Relation | Sort::Denial => lang.pick("FROM", "始点"),
        _ => "ID",
    };
    let [relation, to, context, field, old, new] = lang.pick(
        ["RELATION", "TO", "CONTEXT", "FIELD", "BEFORE", "AFTER"],
        ["関係", "終点", "文脈", "項目", "前", "後"],
    );
    grid([first, relation, to, context, field, old, new], rows.into_iter())
}

/// The id by which a node was known before.
fn former_id(subject: &Subject) -> String {
    match subject {
        Subject::Node(Sides::Kept(old, _)) => old.id().to_owned(),
        _ => id(subject),
    }
}

/// The ends of a relation or a denial, its kind and its context.
fn ends(change: &Change, lang: Lang) -> Option<[String; 4]> {
    match change.subject {
        Subject::Relation(sides) => Some(relation_ends(sides.last(), lang)),
        Subject::Denial(sides) => Some(denial_ends(sides.last(), lang)),
        _ => None,
    }
}

fn relation_ends(relation: Relation, lang: Lang) -> [String; 4] {
    let context = relation.context();
    let name = |node: Node| words::name_in(node, context, lang).to_owned();
    let kind = relation.kind();
    let label = kind.name().in_lang(lang).unwrap_or(kind.id()).to_owned();
    [name(relation.from()), label, name(relation.to()), words::name(context, lang)]
}

fn denial_ends(denial: Denial, lang: Lang) -> [String; 4] {
    let context = denial.context();
    let named = words::name_in(denial.node(), context, lang).to_owned();
    let none = lang.pick("(none)", "（なし）").to_owned();
    let kind = denial.kind();
    let label = kind.name().in_lang(lang).unwrap_or(kind.id()).to_owned();
    let [from, to] = if denial.lacks_from() { [none, named] } else { [named, none] };
    [from, label, to, words::name(context, lang)]
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
