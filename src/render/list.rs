//! Renders listings.

use serde::Serialize;
use serde_json::Value;

use super::{Cell, Records, Report, Table, words};
use crate::graph::{Node, Profile, Relation, RelationKind, Source};
use crate::lang::Lang;
use crate::model::{Location, NodeKind};
use crate::query::list::Listing;

impl Report for Listing<'_> {
    fn records(&self) -> Records<'_> {
        match self {
            Listing::Nodes(nodes) => Records::many(nodes.iter().map(|it| Profile::from(*it))),
            Listing::Relations(relations) => Records::many(relations),
            Listing::RelationKinds(kinds) => Records::many(kinds),
            Listing::Sources(sources) => Records::many(sources),
        }
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        match self {
            Listing::Nodes(found) => nodes(found, lang),
            Listing::Relations(found) => relations(found.iter().copied(), lang),
            Listing::RelationKinds(found) => relation_kinds(found, lang),
            Listing::Sources(found) => sources(found, lang),
        }
    }

    fn ids(&self) -> Vec<String> {
        match self {
            Listing::Nodes(found) => found.iter().map(|node| node.id().to_owned()).collect(),
            Listing::Relations(found) => found.iter().map(|it| words::triple(*it)).collect(),
            Listing::RelationKinds(found) => found.iter().map(|it| it.id().to_owned()).collect(),
            Listing::Sources(found) => found.iter().map(|it| it.id().to_owned()).collect(),
        }
    }
}

fn nodes<'g>(found: &[Node<'g>], lang: Lang) -> Table<'g> {
    let is_mixed = found.windows(2).any(|pair| pair[0].kind() != pair[1].kind());
    let kind = move |it: &Node| if is_mixed { words::kind(it.kind(), lang) } else { "" };
    let point = |it: &Node, pick: fn(Location) -> f64| {
        Cell::maybe(it.location(), |point| pick(point).to_string().into())
    };
    Table::of(found.iter().copied(), lang)
        .column("id", "ID", "ID", |it| it.id().into())
        .linked(|it| it.website())
        .column("kind", "KIND", "種類", move |it| Cell::word(it.kind(), kind(it)))
        .spare(2)
        .page("name", "NAME", "名称", |it| Cell::Node(it.generic().unwrap_or(*it)))
        .column("type", "TYPE", "類型", move |it| words::node_type(*it, lang))
        .spare(0)
        .both("name", |it| Some(&it.record().name))
        .sheet("aliases", |it| Cell::list(it.aliases()))
        .page("place", "IN", "所在・文脈", |it| Cell::node(place(*it)))
        .sheet("region", |it| Cell::node(it.region()))
        .sheet("within", |it| Cell::Nodes(it.within().collect()))
        .sheet("part_of", |it| Cell::Nodes(it.part_of().collect()))
        .sheet("in", |it| Cell::node(it.context()))
        .page("roles", "ROLES", "役割", |it| Cell::Nodes(generic_roles(*it)))
        .sheet("roles", |it| Cell::Nodes(it.roles().collect()))
        .sheet("stages", |it| Cell::Nodes(it.stages().collect()))
        .sheet("website", |it| Cell::maybe(it.website(), Cell::from))
        .sheet("ror", |it| Cell::maybe(it.identifiers().remove("ror"), Cell::from))
        .sheet("lat", move |it| point(it, |point| point.lat))
        .sheet("lon", move |it| point(it, |point| point.lon))
        .sheet("since", |it| Cell::spelt(it.record().since))
        .sheet("until", |it| Cell::spelt(it.record().until))
        .sheet("status", |it| Cell::spelt(it.record().status))
        .sheet("basis", |it| Cell::spelt(it.record().basis))
        .sheet("confidence", |it| Cell::spelt(it.record().confidence))
        .page("sources", "SOURCES", "出典", |it| first_of(it.sources()))
        .spare(1)
        .sheet("sources", |it| Cell::Sources(it.sources().collect()))
        .both("summary", |it| Some(&it.record().summary))
        .sheet("identifiers", |it| Cell::list(further_identifiers(*it)))
        .sheet("indicators", |it| in_json(&it.indicators()))
        .sheet("claims", |it| in_json(&it.claims()))
        .sheet("notes", |it| in_json(&it.notes()))
        .sheet("events", |it| in_json(&it.events()))
        .sheet("additions", |it| in_json(&Profile::from(*it).additions))
        .sheet("takeover", |it| words::takeover(*it, Lang::En).into())
        .table()
}

/// The identifiers that have no column of their own, each behind its registry.
fn further_identifiers(node: Node) -> Vec<String> {
    let all = node.identifiers().into_iter().filter(|(registry, _)| *registry != "ror");
    all.map(|(registry, identifier)| format!("{registry}:{identifier}")).collect()
}

/// Records that no column could hold, as JSON, so that a sheet loses nothing.
fn in_json<'a, T: Serialize>(records: &[T]) -> Cell<'a> {
    if records.is_empty() {
        return Cell::Empty;
    }
    let items = records.iter().map(|record| said(super::value(record))).collect::<Vec<_>>();
    Value::from(items).to_string().into()
}

/// A record without the fields that say nothing.
fn said(record: Value) -> Value {
    let says = |(name, value): &(String, Value)| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty() || matches!(&**name, "name" | "text"),
        _ => true,
    };
    match record {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, said(value)));
            Value::Object(fields.filter(says).collect())
        }
        other => other,
    }
}

/// Where a node is at home: its context, its region, or what it lies in or is a part of.
fn place(node: Node) -> Option<Node> {
    node.context().or(node.region()).or(node.within().next()).or(node.part_of().next())
}

/// The roles that a node plays, in general, each once.
fn generic_roles(node: Node) -> Vec<Node> {
    let mut roles: Vec<Node> = Vec::new();
    for role in node.roles().map(|role| role.generic().unwrap_or(role)) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

/// The first of several sources, and how many more there are.
fn first_of<'a>(mut sources: impl Iterator<Item = &'a str>) -> Cell<'a> {
    match (sources.next(), sources.count()) {
        (None, _) => Cell::Empty,
        (Some(first), 0) => first.into(),
        (Some(first), more) => format!("{first} +{more}").into(),
    }
}

/// A table of relations, with all that they say.
pub fn relations<'g>(found: impl Iterator<Item = Relation<'g>>, lang: Lang) -> Table<'g> {
    Table::of(found, lang)
        .sheet("kind", |it| it.kind().id().into())
        .column("from", "FROM", "始点", |it| Cell::NodeIn(it.from(), it.context()))
        .page("kind", "RELATION", "関係", move |it| words::between(it.kind(), lang).into())
        .column("to", "TO", "終点", |it| Cell::NodeIn(it.to(), it.context()))
        .column("in", "CONTEXT", "文脈", |it| Cell::node(it.context()))
        .span(|it| (it.since(), it.until()))
        .standing(|it| Some(*it))
        .both("note", |it| Some(it.note()))
        .sources(|it| it.sources().collect())
        .sheet("status", |it| Cell::spelt(it.status()))
        .sheet("open", |it| it.is_open().to_string().into())
        .sheet("derived", |it| it.is_derived().to_string().into())
        .both("from", |it| Some(&it.from().record().name))
        .both("to", |it| Some(&it.to().record().name))
        .table()
}

fn relation_kinds<'g>(found: &[RelationKind<'g>], lang: Lang) -> Table<'g> {
    let ends = move |kinds: &[NodeKind]| {
        let keys: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        let labels: Vec<&str> = kinds.iter().map(|kind| words::kind(*kind, lang)).collect();
        Cell::Word(keys.join("; "), labels.join(", ").into())
    };
    let wording = move |it: Option<&'g str>| Cell::maybe(it, Cell::from);
    Table::of(found.iter().copied(), lang)
        .column("id", "ID", "ID", |it| it.id().into())
        .page("short", "SHORT", "略称", move |it| it.short(lang).into())
        .page("class", "CLASS", "区分", move |it| words::class(it.class(), lang).into())
        .spare(0)
        .page("name", "NAME", "名称", move |it| wording(it.name().in_lang(lang)))
        .page("inverse", "INVERSE", "逆の名称", move |it| wording(it.inverse().in_lang(lang)))
        .both("name", |it| Some(it.name()))
        .both("inverse", |it| Some(it.inverse()))
        .column("from", "FROM", "始点", move |it| ends(it.from()))
        .column("to", "TO", "終点", move |it| ends(it.to()))
        .column("traverse", "ROUTES", "経路", move |it| {
            Cell::word(it.traverse(), words::traverse(it.traverse(), lang))
        })
        .sheet("class", |it| Cell::spelt(it.class()))
        .both("short", |it| Some(it.short_text()))
        .table()
}

fn sources<'g>(found: &[Source<'g>], lang: Lang) -> Table<'g> {
    let text = |text: &'g Option<String>| Cell::maybe(text.as_deref(), Cell::from);
    Table::of(found.iter().map(|source| source.record()), lang)
        .column("id", "ID", "ID", |it| it.id.value.as_str().into())
        .column("title", "TITLE", "題名", move |it| text(&it.title))
        .column("publisher", "PUBLISHER", "発行者", move |it| text(&it.publisher))
        .column("date", "DATE", "日付", |it| Cell::spelt(it.date))
        .sheet("language", move |it| text(&it.language))
        .sheet("url", move |it| text(&it.url))
        .sheet("checked", |it| Cell::spelt(it.checked))
        .page("note", "NOTE", "備考", move |it| Cell::maybe(it.note.in_lang(lang), Cell::from))
        .both("note", |it| Some(&it.note))
        .sheet("headings", |it| Cell::list(&it.headings))
        .table()
}
