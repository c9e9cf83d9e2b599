//! The part of a relation that all pairs of ends of one record share.

use serde::{Deserialize, Serialize};

use super::Graph;
use crate::model::{Basis, Citations, Confidence, Date, Status, Text};
use crate::origin::Origin;

/// The part of a relation that all pairs of ends of one record share.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Statement {
    pub(super) kind: u16,
    pub(super) context: Option<u32>,
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) status: Option<Status>,
    pub(super) open: bool,
    pub(super) basis: Basis,
    pub(super) confidence: Option<Confidence>,
    /// Most have none, and an atlas has millions.
    pub(super) note: Option<Box<Text>>,
    pub(super) sources: Citations,
    pub(super) derived: bool,
    /// Where it was written; for a derived one, what it follows from.
    pub(super) origin: Origin,
}

impl Statement {
    /// The note of a record, if there is one.
    pub(super) fn note(text: Text) -> Option<Box<Text>> {
        (text != Text::NONE).then(|| Box::new(text))
    }
}

impl Graph {
    /// Returns the statement with this number, which is read when it is first asked for.
    pub(super) fn statement_at(&self, number: u32) -> &Statement {
        let read =
            || postcard::from_bytes(self.flat.statement(number).record()).unwrap_or_default();
        self.statements.get(number, read)
    }
}

/// Lets a handle that has a `graph`, a `statement`, what is `said` of it in short, and a `row` for its kind
/// and context, tell what the statement says.
macro_rules! tell_statement {
    ($handle:ident) => {
        impl<'g> $handle<'g> {
            /// Returns the kind of relation.
            pub fn kind(self) -> crate::graph::RelationKind<'g> {
                self.graph.kind_at(self.row().kind())
            }

            /// Returns whether it is of this kind, one that the program knows. O(1).
            pub fn is(self, kind: crate::model::Core) -> bool {
                self.kind().is(kind)
            }

            /// Returns the context: the region or program in which it holds.
            pub fn context(self) -> Option<crate::graph::Node<'g>> {
                self.row().context().map(|context| self.graph.node_at(context))
            }

            /// Returns when it began.
            pub fn since(self) -> Option<crate::model::Date> {
                self.statement().since
            }

            /// Returns when it ended.
            pub fn until(self) -> Option<crate::model::Date> {
                self.statement().until
            }

            /// Returns whether it is there yet; `None` for what is.
            pub fn status(self) -> Option<crate::model::Status> {
                self.said().status()
            }

            /// Returns whether its source leaves the list that it stands in open: more are meant
            /// than named.
            pub fn is_open(self) -> bool {
                self.said().is_open()
            }

            /// Returns the basis: stated, inferred or curated.
            pub fn basis(self) -> crate::model::Basis {
                self.said().basis()
            }

            /// Returns the confidence of an inference.
            pub fn confidence(self) -> Option<crate::model::Confidence> {
                self.said().confidence()
            }

            /// Returns whether there is a remark on it.
            pub fn has_note(self) -> bool {
                self.said().has_note()
            }

            /// Returns the remark on it.
            pub fn note(self) -> &'g crate::model::Text {
                self.statement().note.as_deref().unwrap_or(&crate::model::Text::NONE)
            }

            /// Returns the citations, each `source` or `source:locator`.
            pub fn sources(self) -> impl Iterator<Item = &'g str> {
                self.statement().sources.iter().map(|citation| &*citation.value.0)
            }

            /// Returns the ids of the sources that it cites.
            pub fn documents(self) -> impl Iterator<Item = &'g str> {
                self.statement().sources.iter().map(|citation| citation.value.source())
            }

            /// Returns its position in the files: that of its kind, or of the record one of whose
            /// fields makes it.
            pub fn origin(self) -> crate::origin::Origin {
                self.statement().origin
            }

            /// Returns its layer, counted from 0 in the order of `--data`.
            pub fn layer(self) -> u16 {
                self.graph.layer_of(self.said().file())
            }
        }
    };
}

pub(super) use tell_statement;
