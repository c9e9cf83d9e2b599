//! Records of a later layer that extend those of an earlier one: they add, and never contradict.

use std::fmt::Display;

use super::faults::duplicate;
use super::{Builder, Shorthand};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Addition, KindData};
use crate::model::{Event, Id, NodeRecord, RelationKindRecord, SourceRecord, Status, Text};
use crate::origin::{At, Origin};

/// What differs between the record of a layer and those of the layers before it.
#[derive(Default)]
pub struct Merge {
    /// Field, the earlier value, the later value.
    conflicts: Vec<(String, String, String)>,
}

impl Merge {
    /// Takes a value where there was none; notes a conflict where there was another.
    fn value<T: PartialEq + Display>(
        &mut self,
        field: &str,
        first: &mut Option<T>,
        then: Option<T>,
    ) {
        match (first.as_ref(), then) {
            (_, None) => {}
            (None, then) => *first = then,
            (Some(first), Some(then)) if *first == then => {}
            (Some(first), Some(then)) => {
                self.conflicts.push((field.to_owned(), first.to_string(), then.to_string()));
            }
        }
    }

    pub fn text(&mut self, field: &str, first: &mut Text, then: Text) {
        self.value(&format!("{field}.ja"), &mut first.ja, then.ja);
        self.value(&format!("{field}.en"), &mut first.en, then.en);
    }

    /// Adds what a node of a later layer says to what is known of it, and returns what of that is
    /// new and has no basis of its own: it stands on that of the later record.
    pub fn node(&mut self, first: &mut NodeRecord, then: NodeRecord, layer: u16) -> Addition {
        let mut addition = Addition::of(&then, layer);
        let says_more = !(then.events.is_empty()
            && then.notes.is_empty()
            && then.indicators.is_empty()
            && then.claims.is_empty());
        self.value("type", &mut first.r#type, then.r#type);
        self.name(first, &mut addition, &then.events, then.name);
        self.text("summary", &mut first.summary, then.summary);
        addition.website = then.website.clone().filter(|_| first.website.is_none());
        self.value("website", &mut first.website, then.website);
        self.value("since", &mut first.since, then.since);
        self.value("until", &mut first.until, then.until);
        let word = |status: Option<_>| status.map(|Status::Planned| "planned");
        self.value("status", &mut word(first.status), word(then.status));
        first.status = first.status.or(then.status);
        for (registry, id) in then.identifiers {
            let mut known = first.identifiers.remove(&registry);
            if known.is_none() {
                addition.identifiers.insert(registry.clone(), id.clone());
            }
            self.value(&format!("identifiers.{registry}"), &mut known, Some(id));
            first.identifiers.extend(known.map(|id| (registry, id)));
        }
        let shown = |point: &Option<At<_>>| point.as_ref().map(Point::of);
        self.value("location", &mut shown(&first.location), shown(&then.location));
        addition.location = then.location.map(|it| it.value).filter(|_| first.location.is_none());
        first.location = first.location.take().or(then.location);
        for alias in then.aliases {
            if !first.aliases.contains(&alias) {
                first.aliases.push(alias.clone());
                addition.aliases.push(alias);
            }
        }
        first.indicators.extend(then.indicators);
        first.claims.extend(then.claims);
        first.notes.extend(then.notes);
        first.events.extend(then.events);
        // What has sources of its own needs no others.
        if addition.is_empty() && says_more {
            return addition;
        }
        addition.sources = then.sources;
        addition
    }

    /// Adds a name. Another one than the earlier layer has is the present one, where the later layer tells
    /// of the renaming: the earlier one becomes an alias.
    fn name(
        &mut self,
        first: &mut NodeRecord,
        addition: &mut Addition,
        events: &[Event],
        then: Text,
    ) {
        let was = |name: &str| {
            let mut renamings = events.iter().filter(|event| event.kind == "renamed");
            renamings.any(|event| event.former.both().any(|former| former == name))
        };
        let mut replace = |first: &mut Option<String>, then: &Option<String>| {
            let (Some(old), Some(new)) = (first.as_ref(), then) else { return None };
            if old == new || !was(old) {
                return None;
            }
            addition.aliases.push(new.clone());
            first.replace(new.clone())
        };
        let Text { ja, en } = &mut first.name;
        let old = [replace(ja, &then.ja), replace(en, &then.en)];
        first.aliases.extend(old.into_iter().flatten());
        self.text("name", &mut first.name, then);
    }

    /// Adds what a later layer says of a source.
    pub fn source(&mut self, first: &mut SourceRecord, then: SourceRecord) {
        self.value("title", &mut first.title, then.title);
        self.value("publisher", &mut first.publisher, then.publisher);
        self.value("date", &mut first.date, then.date);
        self.value("language", &mut first.language, then.language);
        self.value("url", &mut first.url, then.url);
        self.value("checked", &mut first.checked, then.checked);
        self.text("note", &mut first.note, then.note);
        first.headings.extend(then.headings);
    }

    /// Adds what a later layer says of a relation kind.
    pub fn kind(&mut self, first: &mut KindData, then: RelationKindRecord) {
        self.text("name", &mut first.name, then.name);
        self.text("inverse", &mut first.inverse, then.inverse);
        self.text("short", &mut first.short, then.short);
        self.value("class", &mut first.class, then.class);
        for (field, first, then) in
            [("from", &mut first.from, then.from), ("to", &mut first.to, then.to)]
        {
            let words = |kinds: &[crate::model::NodeKind]| {
                kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")
            };
            self.value(field, &mut Some(words(first)), Some(words(&then)));
        }
        if first.traverse != then.traverse {
            let word = |traverse| format!("{traverse:?}").to_lowercase();
            self.value("traverse", &mut Some(word(first.traverse)), Some(word(then.traverse)));
        }
    }
}

/// A point as it is shown.
#[derive(PartialEq)]
struct Point(f64, f64);

impl Point {
    fn of(point: &At<crate::model::Location>) -> Self {
        Point(point.lat, point.lon)
    }
}

impl Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}, {}", self.0, self.1)
    }
}

impl Builder {
    /// Returns whether `then` stands in a later layer than `first`, and may extend it; adds a fault
    /// if not.
    pub(super) fn extends(&mut self, id: &At<Id>, then: Origin, first: Origin) -> bool {
        let later = self.layer(then.file) > self.layer(first.file);
        if !later {
            self.faults.push(duplicate(id, then, first));
        }
        later
    }

    /// A fault where a later layer puts a node into another region.
    pub(super) fn check_region(&mut self, node: u32, shorthand: &Shorthand) {
        let Some(region) = &shorthand.region else { return };
        let origin = region.origin(shorthand.file);
        let (known, first) =
            self.regions.entry(node).or_insert_with(|| (region.value.clone(), origin)).clone();
        let mut merge = Merge::default();
        merge.value("region", &mut Some(known), Some(region.value.clone()));
        self.report(merge, &shorthand.id, origin, first);
    }

    /// A fault for each field in which a later layer contradicts an earlier one.
    pub(super) fn report(&mut self, merge: Merge, id: &At<Id>, then: Origin, first: Origin) {
        let length = id.chars().count();
        for (field, earlier, later) in merge.conflicts {
            let id = &id.value;
            let fault = Diagnostic::error(
                Code::Contradiction,
                format!("`{field}` of `{id}` is `{later}` here, but `{earlier}` in an earlier layer"),
                format!("`{id}` の `{field}` はここでは `{later}` ですが、前の層では `{earlier}` です"),
            )
            .at(then, length)
            .see(first, length, format!("`{earlier}`"), format!("`{earlier}`"))
            .hint(
                "a layer may add to an earlier one, not contradict it: remove the field here, or mend it there",
                "層は前の層に足せますが、食い違いは書けません。ここから消すか、前の層を直してください",
            );
            self.faults.push(fault);
        }
    }
}
