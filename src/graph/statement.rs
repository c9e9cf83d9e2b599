//! What a record of relations says, beside its ends.

use crate::model::{Basis, Citation, Confidence, Date, Text};
use crate::origin::{At, Origin};

/// What a relation says, shared by all pairs of one record.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) kind: u16,
    pub(super) context: Option<u32>,
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) basis: Basis,
    pub(super) confidence: Option<Confidence>,
    pub(super) note: Text,
    pub(super) sources: Vec<At<Citation>>,
    pub(super) derived: bool,
    /// Where it was written; for a derived one, what it follows from.
    pub(super) origin: Origin,
}

/// Lets a handle that has a `graph` and a `statement` tell what the statement says.
macro_rules! tell_statement {
    ($handle:ident) => {
        impl<'g> $handle<'g> {
            /// What sort of relation it is.
            pub fn kind(self) -> crate::graph::RelationKind<'g> {
                self.graph.kind_at(self.statement().kind)
            }

            /// Whether it is of this kind, of which the program speaks. O(1).
            pub fn is(self, kind: crate::model::Core) -> bool {
                self.kind().is(kind)
            }

            /// The region or program that it holds in.
            pub fn context(self) -> Option<crate::graph::Node<'g>> {
                self.statement().context.map(|context| self.graph.node_at(context))
            }

            /// When it began.
            pub fn since(self) -> Option<crate::model::Date> {
                self.statement().since
            }

            /// When it ended.
            pub fn until(self) -> Option<crate::model::Date> {
                self.statement().until
            }

            /// Where the statement stands.
            pub fn basis(self) -> crate::model::Basis {
                self.statement().basis
            }

            /// How sure an inference is.
            pub fn confidence(self) -> Option<crate::model::Confidence> {
                self.statement().confidence
            }

            /// A remark.
            pub fn note(self) -> &'g crate::model::Text {
                &self.statement().note
            }

            /// What says so, as citations `source` or `source:locator`.
            pub fn sources(self) -> impl Iterator<Item = &'g str> {
                self.statement().sources.iter().map(|citation| &*citation.value.0)
            }

            /// The ids of the documents that say so.
            pub fn documents(self) -> impl Iterator<Item = &'g str> {
                self.statement().sources.iter().map(|citation| citation.value.source())
            }

            /// Where it was written: its kind, or the record whose field it stands for.
            pub fn origin(self) -> crate::origin::Origin {
                self.statement().origin
            }

            /// The layer that it stands in, counted from 0 in the order of `--data`.
            pub fn layer(self) -> u16 {
                self.graph.layer_of(self.origin())
            }
        }
    };
}

pub(super) use tell_statement;
