//! Sources and relation kinds, which nodes and relations speak of.

use std::collections::{BTreeMap, HashMap};

use super::Builder;
use super::layering::Merge;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{CoreKinds, KindData};
use crate::model::{AtlasFile, Core, Id, RelationKindRecord, TermRecord, Text};
use crate::origin::{FileId, Origin};

/// What words are called, by their ids, and where that is first written.
pub(super) type Terms = HashMap<Id, (Text, Origin)>;

/// Returns the names of terms, by their ids.
pub(super) fn named(terms: Terms) -> BTreeMap<Id, Text> {
    terms.into_iter().map(|(id, (name, _))| (id, name)).collect()
}

impl Builder {
    pub(super) fn take_vocabulary(&mut self, file: FileId, records: &mut AtlasFile) {
        for source in std::mem::take(&mut records.sources) {
            let (id, origin) = (source.id.clone(), source.id.origin(file));
            match self.source_ids.get(&id.value).map(|index| *index as usize) {
                Some(index) => {
                    let first = self.source_origins[index];
                    if self.extends(&id, origin, first) {
                        let mut merge = Merge::default();
                        merge.source(&mut self.sources[index], source);
                        self.report(merge, &id, origin, first);
                    }
                }
                None => {
                    self.source_ids.insert(id.value, self.sources.len() as u32);
                    self.source_origins.push(origin);
                    self.sources.push(source);
                }
            }
        }
        self.take_terms(file, std::mem::take(&mut records.node_types), |it| &mut it.node_types);
        self.take_terms(file, std::mem::take(&mut records.event_kinds), |it| &mut it.event_kinds);
        for kind in std::mem::take(&mut records.relation_kinds) {
            let (id, origin) = (kind.id.clone(), kind.id.origin(file));
            match self.kind_ids.get(&id.value).map(|index| usize::from(*index)) {
                Some(index) => {
                    let first = self.kind_origins[index];
                    if self.extends(&id, origin, first) {
                        let mut merge = Merge::default();
                        merge.kind(&mut self.kinds[index], kind);
                        self.report(merge, &id, origin, first);
                    }
                }
                None => self.add_kind(kind, origin),
            }
        }
    }

    /// Adds what the shipped vocabulary has and no file defines: kinds, their classes, terms.
    pub(super) fn complete_vocabulary(&mut self, file: FileId, records: AtlasFile) {
        for kind in records.relation_kinds {
            match self.kind_ids.get(&kind.id.value) {
                Some(index) => {
                    let known = &mut self.kinds[usize::from(*index)];
                    known.class = known.class.or(kind.class);
                }
                None => {
                    let origin = kind.id.origin(file);
                    self.add_kind(kind, origin);
                }
            }
        }
        for (known, terms) in [
            (&mut self.node_types, records.node_types),
            (&mut self.event_kinds, records.event_kinds),
        ] {
            for term in terms {
                let origin = term.id.origin(file);
                known.entry(term.id.value).or_insert((term.name, origin));
            }
        }
    }

    /// Takes what words are called into the terms that `pick` picks.
    fn take_terms(
        &mut self,
        file: FileId,
        terms: Vec<TermRecord>,
        pick: fn(&mut Self) -> &mut Terms,
    ) {
        for TermRecord { id, name } in terms {
            let origin = id.origin(file);
            let Some((_, first)) = pick(self).get(&id.value) else {
                pick(self).insert(id.value, (name, origin));
                continue;
            };
            let first = *first;
            if self.extends(&id, origin, first) {
                let mut merge = Merge::default();
                let known = pick(self).get_mut(&id.value);
                merge.text("name", &mut known.expect("it was just found").0, name);
                self.report(merge, &id, origin, first);
            }
        }
    }

    pub(super) fn add_kind(&mut self, kind: RelationKindRecord, origin: Origin) {
        let index = u16::try_from(self.kinds.len()).expect("fewer than 65,536 relation kinds");
        self.kind_ids.insert(kind.id.value.clone(), index);
        self.kind_origins.push(origin);
        self.kinds.push(KindData {
            id: kind.id.value,
            name: kind.name,
            inverse: kind.inverse,
            short: kind.short,
            class: kind.class,
            from: kind.from,
            to: kind.to,
            traverse: kind.traverse,
        });
    }

    /// Returns the kinds of relation that the program knows; adds a fault for each that the
    /// vocabulary lacks.
    pub(super) fn core_kinds(&mut self) -> Option<CoreKinds> {
        let mut places = [0; Core::ALL.len()];
        let before = self.faults.len();
        for kind in Core::ALL {
            match self.kind_ids.get(kind.id()) {
                Some(place) => places[*kind as usize] = *place,
                None => self.faults.push(lacking(*kind)),
            }
        }
        (self.faults.len() == before).then_some(CoreKinds(places))
    }
}

fn lacking(kind: Core) -> Diagnostic {
    let id = kind.id();
    Diagnostic::error(
        Code::UnknownRelationKind,
        format!("the vocabulary lacks the relation kind `{id}`"),
        format!("語彙に関係の種類 `{id}` がありません"),
    )
    .hint(
        "medclust itself speaks of it: define it under `relation_kinds:`",
        "medclust 自身が使う種類です。`relation_kinds:` で定義してください",
    )
}
