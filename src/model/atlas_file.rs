//! One file of an atlas.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::list::list;
use super::{
    NodeKind, NodeRecord, Organization, Program, Region, RelationKindRecord, RelationRecord, Role,
    SourceRecord, Stage, TermRecord,
};
use crate::origin::FileId;

/// The records of all files of an atlas.
#[derive(Debug, Default)]
pub struct Records {
    /// The records of each file, in the order in which the files were read.
    pub files: Vec<(FileId, AtlasFile)>,
    /// The core vocabulary, which serves where no file defines a relation kind.
    pub core: Vec<(FileId, AtlasFile)>,
    /// The layer of each file, by its number.
    pub layers: Vec<u16>,
    /// Ids in files that cannot be parsed: they may or may not be defined there.
    pub uncertain: HashSet<String>,
}

/// One file of an atlas: any of its sections, in any file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AtlasFile {
    /// Documents that statements cite.
    #[serde(deserialize_with = "list")]
    pub sources: Vec<SourceRecord>,
    /// The vocabulary of relations.
    #[serde(deserialize_with = "list")]
    pub relation_kinds: Vec<RelationKindRecord>,
    /// The names of the types of regions, organizations and programs; a type without one is shown
    /// as it is written.
    #[serde(deserialize_with = "list")]
    pub node_types: Vec<TermRecord>,
    /// The names of the kinds of event; a kind without one is shown as it is written.
    #[serde(deserialize_with = "list")]
    pub event_kinds: Vec<TermRecord>,
    /// Regions: places and zones.
    #[serde(deserialize_with = "list")]
    pub regions: Vec<Region>,
    /// Organizations.
    #[serde(deserialize_with = "list")]
    pub organizations: Vec<Organization>,
    /// Roles: functions that organizations fill.
    #[serde(deserialize_with = "list")]
    pub roles: Vec<Role>,
    /// Stages: steps from a clinical need to the market.
    #[serde(deserialize_with = "list")]
    pub stages: Vec<Stage>,
    /// Programs: what supports development.
    #[serde(deserialize_with = "list")]
    pub programs: Vec<Program>,
    /// Relations between two nodes.
    #[serde(deserialize_with = "list")]
    pub relations: Vec<RelationRecord>,
}

impl AtlasFile {
    /// Removes all nodes and returns them, in the order of the sections.
    pub fn take_nodes(&mut self) -> impl Iterator<Item = (NodeKind, NodeRecord)> + use<> {
        fn of<R: Into<NodeRecord>>(
            kind: NodeKind,
            records: &mut Vec<R>,
        ) -> impl Iterator<Item = (NodeKind, NodeRecord)> + use<R> {
            std::mem::take(records).into_iter().map(move |record| (kind, record.into()))
        }
        of(NodeKind::Region, &mut self.regions)
            .chain(of(NodeKind::Organization, &mut self.organizations))
            .chain(of(NodeKind::Role, &mut self.roles))
            .chain(of(NodeKind::Stage, &mut self.stages))
            .chain(of(NodeKind::Program, &mut self.programs))
    }
}
