//! Sources and relation kinds, which nodes and relations speak of.

use super::Builder;
use super::layering::Merge;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{CoreKinds, KindData};
use crate::model::{AtlasFile, RelationKindRecord};
use crate::origin::{FileId, Origin};

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

    /// Adds the core kinds that no file defines.
    pub(super) fn complete_vocabulary(&mut self, file: FileId, records: AtlasFile) {
        for kind in records.relation_kinds {
            if !self.kind_ids.contains_key(&kind.id.value) {
                let origin = kind.id.origin(file);
                self.add_kind(kind, origin);
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
            from: kind.from,
            to: kind.to,
            traverse: kind.traverse,
        });
    }

    /// The kinds that the model speaks of; a fault for each that the vocabulary lacks.
    pub(super) fn core_kinds(&mut self) -> Option<CoreKinds> {
        let mut kind = |id: &str| {
            let found = self.kind_ids.get(id).copied();
            if found.is_none() {
                self.faults.push(Diagnostic::error(
                    Code::UnknownRelationKind,
                    format!("the vocabulary lacks the relation kind `{id}`"),
                    format!("語彙に関係の種類 `{id}` がありません"),
                ));
            }
            found
        };
        let kinds = [
            "within",
            "located-in",
            "part-of",
            "plays",
            "specializes",
            "in",
            "acts-in",
            "succeeds",
        ]
        .map(&mut kind);
        let [within, located_in, part_of, plays, specializes, within_context, acts_in, succeeds] =
            kinds;
        Some(CoreKinds {
            within: within?,
            located_in: located_in?,
            part_of: part_of?,
            plays: plays?,
            specializes: specializes?,
            within_context: within_context?,
            acts_in: acts_in?,
            succeeds: succeeds?,
        })
    }
}
