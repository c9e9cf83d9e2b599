//! The JSON contract of each command: the schema of what `--format json` gives.
//!
//! Derived from the types that answers are made of, so that it cannot say anything else than they
//! do. A field may be added one day; none is ever left out.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::cite::Citation;
use super::compare::Comparison;
use super::diff::Change;
use super::gaps;
use super::path;
use super::risk;
use super::search::Hit;
use super::show::Portrait;
use super::stats;
use super::trace::Trace;
use crate::graph::{Profile, Relation, RelationKind, Source};
use crate::model::schema::entitled;

/// Any number of records, one after another.
type Many<T> = Vec<T>;

/// One record, or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is of use")]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

/// What `list` gives, depending on what is listed.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is of use")]
enum Listing<'g> {
    /// `list organizations`, `regions`, `roles`, `stages`, `programs` and `nodes`.
    Nodes(Vec<Profile<'g>>),
    /// `list relations`.
    Relations(Vec<Relation<'g>>),
    /// `list relation-kinds`.
    RelationKinds(Vec<RelationKind<'g>>),
    /// `list sources`.
    Sources(Vec<Source<'g>>),
}

/// An answer whose shape is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contract {
    /// Whatever is listed.
    List,
    /// Listed nodes of one kind or of all.
    Nodes,
    /// Listed relations.
    Relations,
    /// The listed vocabulary.
    RelationKinds,
    /// Listed sources.
    Sources,
    /// Nodes with all that is said of them.
    Show,
    /// A place in a source.
    Cite,
    /// Matches.
    Search,
    /// Routes.
    Path,
    /// What breaks routes.
    Risk,
    /// Stages.
    Trace,
    /// Sides and rows.
    Compare,
    /// Gaps.
    Gaps,
    /// Changes.
    Diff,
    /// Figures.
    Stats,
}

impl Contract {
    /// Returns its JSON Schema (draft 2020-12).
    pub fn schema(self) -> Value {
        match self {
            Contract::List => of::<Listing>("medclust list --json"),
            Contract::Nodes => of::<Many<Profile>>("medclust list nodes --json"),
            Contract::Relations => of::<Many<Relation>>("medclust list relations --json"),
            Contract::RelationKinds => {
                of::<Many<RelationKind>>("medclust list relation-kinds --json")
            }
            Contract::Sources => of::<Many<Source>>("medclust list sources --json"),
            Contract::Show => of::<OneOrMany<Portrait>>("medclust show --json"),
            Contract::Cite => of::<Citation>("medclust cite --json"),
            Contract::Search => of::<Many<Hit>>("medclust search --json"),
            Contract::Path => of::<path::Written>("medclust path --json"),
            Contract::Risk => of::<risk::Answer>("medclust risk --json"),
            Contract::Trace => of::<Trace>("medclust trace --json"),
            Contract::Compare => of::<Comparison>("medclust compare --json"),
            Contract::Gaps => of::<gaps::Answer>("medclust gaps --json"),
            Contract::Diff => of::<Many<Change>>("medclust diff --json"),
            Contract::Stats => of::<stats::Answer>("medclust stats --json"),
        }
    }
}

fn of<T: JsonSchema>(title: &str) -> Value {
    entitled::<T>(title, SchemaSettings::draft2020_12().for_serialize())
}
