//! The vocabulary: the kinds of relation, and what types of node and kinds of event are called.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::list::list;
use super::{Id, NodeKind, Text};
use crate::origin::At;

/// Declares the kinds of relation that the program itself speaks of, each with its id.
macro_rules! core {
    ($($(#[$doc:meta])* $kind:ident = $id:literal,)*) => {
        /// A kind of relation that the program itself speaks of. Every vocabulary has it; all other
        /// kinds are data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Core {
            $($(#[$doc])* $kind,)*
        }

        impl Core {
            /// All of these kinds.
            pub const ALL: &'static [Core] = &[$(Core::$kind,)*];

            /// Returns its id in the vocabulary.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Core::$kind => $id,)*
                }
            }
        }
    };
}

core! {
    /// Region to region: lies within.
    Within = "within",
    /// Organization or program to region: is located in.
    LocatedIn = "located-in",
    /// Organization or program to its whole.
    PartOf = "part-of",
    /// Organization or program to the organization whose place it took.
    Succeeds = "succeeds",
    /// Organization or program to role.
    Plays = "plays",
    /// Contextual role to the role in general.
    Specializes = "specializes",
    /// Role to the role in general that it is one of: whoever plays it plays that under another name.
    Broader = "broader",
    /// Contextual role to its context.
    In = "in",
    /// Role to stage.
    ActsIn = "acts-in",
    /// Stage to the stage after it.
    Next = "next",
    /// Program or organization to whom it helps.
    Supports = "supports",
    /// Organization to program.
    Runs = "runs",
    /// Organization or role to program.
    ParticipatesIn = "participates-in",
    /// Who pays to who is paid.
    Funds = "funds",
}

/// How a route may use a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Traverse {
    /// In the direction it is written.
    Forward,
    /// In either direction.
    Both,
    /// Not at all.
    Never,
}

impl fmt::Display for Traverse {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Traverse::Forward => "forward",
            Traverse::Both => "both",
            Traverse::Never => "never",
        })
    }
}

/// The class of a kind of relation: what sort of statement it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A place: where something is, or is at home.
    Place,
    /// Membership: who belongs to something and acts in it, by playing a role, running a program,
    /// taking part, or being a part.
    Membership,
    /// A flow between those who act: problems, solutions, money, work, advice.
    Flow,
    /// Structure: how roles, stages, programs and their names are connected.
    Structure,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Class::Place => "place",
            Class::Membership => "membership",
            Class::Flow => "flow",
            Class::Structure => "structure",
        })
    }
}

impl Class {
    /// Returns the class of a kind whose vocabulary names none: a place where it leads to regions
    /// alone, a flow where a route may follow it and both ends may be organizations or roles, else
    /// structure.
    pub fn by_default(from: &[NodeKind], to: &[NodeKind], traverse: Traverse) -> Class {
        let acts = |it: &NodeKind| matches!(it, NodeKind::Organization | NodeKind::Role);
        let may_act = |ends: &[NodeKind]| ends.is_empty() || ends.iter().any(acts);
        if to == [NodeKind::Region] {
            Class::Place
        } else if traverse != Traverse::Never && may_act(from) && may_act(to) {
            Class::Flow
        } else {
            Class::Structure
        }
    }
}

/// A relation kind as `vocabulary.yaml` writes it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RelationKindRecord {
    /// Its id.
    pub id: At<Id>,
    /// The name, as read from `from` to `to`: A *plays* B.
    pub name: Text,
    /// The name, as read from `to` to `from`: B *is played by* A.
    #[serde(default)]
    pub inverse: Text,
    /// A short label for tables: a noun or two. Where empty, tables use the name.
    #[serde(default)]
    pub short: Text,
    /// What sort of thing it says. Where left out: that of the shipped kind of this id; else `place`
    /// where it leads to regions alone, `flow` where a route may follow it and both ends may be
    /// organizations or roles, else `structure`.
    #[serde(default)]
    pub class: Option<Class>,
    /// The kinds of node it may start from; any where empty.
    #[serde(default, deserialize_with = "list")]
    pub from: Vec<NodeKind>,
    /// The kinds of node it may lead to; any where empty.
    #[serde(default, deserialize_with = "list")]
    pub to: Vec<NodeKind>,
    /// How a route may use it.
    pub traverse: Traverse,
}

/// The name of a type of node or of a kind of event.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermRecord {
    /// The word as records write it.
    pub id: At<Id>,
    /// The name, for people.
    pub name: Text,
}
