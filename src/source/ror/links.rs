//! The links between records, each taken once even if both records state it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::citation;
use super::convert::Entry;
use super::record::Record;
use crate::model::{Core, Event, References, RelationRecord};
use crate::source::import::{Ancestry, Finding, Known, Tally, at};

/// The kind of relation that stands for "related", which the core vocabulary lacks.
pub const RELATED: &str = "related-to";

/// How two records are tied, read from the first to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// The first is a part of the second.
    PartOf,
    /// The first was succeeded by the second.
    SucceededBy,
    /// The two are related; the first has the lesser id.
    Related,
}

/// All links, each with the records that state it.
#[derive(Debug, Default)]
pub struct Links(BTreeMap<(Tie, String, String), BTreeSet<String>>);

/// Collects the links of all records; those that cannot be taken are counted.
pub fn gather(
    records: &[Record],
    ids: &HashMap<String, String>,
    known: Option<&Known>,
    tally: &mut Tally,
) -> Links {
    let mut links = Links::default();
    for record in records {
        for (kind, other) in &record.links {
            let own = &record.suffix;
            let tell = || format!("{own}: {kind} {other}");
            if own == other {
                tally.add(Finding::SelfLink, tell);
            } else if !ids.contains_key(other) {
                tally.add(Finding::OutsideLink, tell);
            } else if let Some(key) = key(kind, own, other) {
                links.0.entry(key).or_default().insert(own.clone());
            } else {
                tally.add(Finding::UnknownLink, tell);
            }
        }
    }
    let is_record: BTreeSet<&str> = records.iter().map(|record| &*record.suffix).collect();
    for ((tie, one, other), witnesses) in &links.0 {
        let both_are_here = is_record.contains(&**one) && is_record.contains(&**other);
        if witnesses.len() == 1 && both_are_here {
            tally.add(Finding::OneSidedLink, || format!("{one} {} {other}", tie.word()));
        }
    }
    links.break_circles(ids, known, tally);
    links
}

fn key(kind: &str, own: &str, other: &str) -> Option<(Tie, String, String)> {
    let (tie, first, second) = match kind {
        "parent" => (Tie::PartOf, own, other),
        "child" => (Tie::PartOf, other, own),
        "successor" => (Tie::SucceededBy, own, other),
        "predecessor" => (Tie::SucceededBy, other, own),
        "related" => (Tie::Related, own.min(other), own.max(other)),
        _ => return None,
    };
    Some((tie, first.to_owned(), second.to_owned()))
}

impl Tie {
    fn word(self) -> &'static str {
        match self {
            Tie::PartOf => "part of",
            Tie::SucceededBy => "succeeded by",
            Tie::Related => "related to",
        }
    }
}

impl Links {
    /// Takes out each parent that is itself a part of the child; of a circle, the last in the order
    /// of the ids.
    fn break_circles(
        &mut self,
        ids: &HashMap<String, String>,
        known: Option<&Known>,
        tally: &mut Tally,
    ) {
        let mut ancestry = Ancestry::default();
        for (kind, child, parent) in known.iter().flat_map(|known| &known.relations) {
            if *kind == Core::PartOf.id() {
                ancestry.put(child, parent);
            }
        }
        self.0.retain(|(tie, child, parent), _| {
            let is_sound = *tie != Tie::PartOf || ancestry.put(&ids[child], &ids[parent]);
            if !is_sound {
                tally.add(Finding::CircularLink, || format!("{child} {} {parent}", tie.word()));
            }
            is_sound
        });
    }

    /// Adds every link to the entry that it is about.
    ///
    /// The entry of one end is always there, as one of the two records makes the statement.
    pub fn tell(self, entries: &mut [Entry], ids: &HashMap<String, String>) {
        let places: HashMap<String, usize> =
            entries.iter().enumerate().map(|(at, it)| (it.suffix.clone(), at)).collect();
        for ((tie, first, second), witnesses) in self.0 {
            let (from, to) = (at(ids[&first].clone()), at(ids[&second].clone()));
            let sources = witnesses.iter().map(|it| citation(it)).collect();
            let home = places.get(&first).copied();
            let relation = |kind: &str, from, to, sources| RelationRecord {
                kind: at(kind.to_owned()),
                from: References([from].into()),
                to: References([to].into()),
                sources,
                ..RelationRecord::default()
            };
            match (tie, home) {
                (Tie::PartOf, Some(home)) if witnesses.contains(&first) => {
                    entries[home].record.part_of.0.push(to);
                }
                (Tie::SucceededBy, Some(home)) => {
                    entries[home].record.events.push(Event {
                        kind: "succeeded".into(),
                        other: Some(to),
                        sources,
                        ..Event::default()
                    });
                }
                (tie, home) => {
                    let home = home.unwrap_or_else(|| places[&second]);
                    entries[home].relations.push(match tie {
                        Tie::PartOf => relation(Core::PartOf.id(), from, to, sources),
                        Tie::SucceededBy => relation(Core::Succeeds.id(), to, from, sources),
                        Tie::Related => relation(RELATED, from, to, sources),
                    });
                }
            }
        }
    }
}
