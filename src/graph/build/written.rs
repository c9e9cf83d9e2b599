//! What the files say, with every reference resolved and nothing derived.

use std::collections::BTreeMap;

use foldhash::HashMap;

use super::Builder;
use super::vocabulary::named;
use crate::graph::as_of::Past;
use crate::graph::denial::DenialData;
use crate::graph::{CoreKinds, KindData, NodeData, Statement};
use crate::model::{Id, SourceRecord, Text};

/// An atlas between its files and its graph.
pub struct Written {
    /// The nodes of the files, in their order, then the contextual roles that relations speak of.
    pub nodes: Vec<NodeData>,
    pub ties: Vec<Tie>,
    pub statements: Vec<Statement>,
    pub denials: Vec<DenialData>,
    pub kinds: Vec<KindData>,
    pub sources: Vec<SourceRecord>,
    pub node_types: BTreeMap<Id, Text>,
    pub event_kinds: BTreeMap<Id, Text>,
    pub ids: HashMap<Id, u32>,
    pub layers: Vec<u16>,
    pub core: CoreKinds,
    /// What a date leaves out; nothing for the whole atlas.
    pub past: Option<Past>,
}

/// One pair of ends of a statement, by the numbers of the nodes.
#[derive(Clone, Copy)]
pub struct Tie {
    pub from: u32,
    pub to: u32,
    pub statement: u32,
    /// The statement as it was written; another one where an end took it over from another node.
    pub written: u32,
}

impl Tie {
    /// Returns whether an end took the relation over from another node.
    pub fn is_taken_over(&self) -> bool {
        self.statement != self.written
    }
}

impl Builder {
    /// Hands over what was resolved, once no fault was found.
    pub(super) fn finish(self, core: CoreKinds) -> Written {
        Written {
            nodes: self.nodes,
            ties: self.ties,
            statements: self.statements,
            denials: self.denials,
            kinds: self.kinds,
            sources: self.sources,
            node_types: named(self.node_types),
            event_kinds: named(self.event_kinds),
            ids: self.ids,
            layers: self.layers,
            core,
            past: None,
        }
    }
}

impl Written {
    pub fn statement(&self, tie: &Tie) -> &Statement {
        &self.statements[tie.statement as usize]
    }
}
