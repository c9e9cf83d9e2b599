//! The JSON contract of each command: the schema of its `--format json` output.
//!
//! The schemas are derived from the types of the answers, so they always agree with the output. A
//! field may be added in a later version; none is ever removed.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::cite::Citation;
use super::compare::Comparison;
use super::diff::Change;
use super::draw::Scene;
use super::expect::Verdict;
use super::gaps;
use super::map::Places;
use super::path;
use super::risk;
use super::search::Hit;
use super::show::Portrait;
use super::stats;
use super::trace::Trace;
use crate::graph::{Profile, Relation, RelationKind, Source};
use crate::model::schema::entitled;

/// Any number of records.
type Many<T> = Vec<T>;

/// One record, or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is of use")]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

/// The output of `list`, depending on what is listed.
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

/// An output with a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contract {
    /// `list`, of anything.
    List,
    /// `list` of nodes, of one kind or of all.
    Nodes,
    /// `list relations`.
    Relations,
    /// `list relation-kinds`.
    RelationKinds,
    /// `list sources`.
    Sources,
    /// `show`.
    Show,
    /// `cite`.
    Cite,
    /// `search`.
    Search,
    /// `path`.
    Path,
    /// `risk`.
    Risk,
    /// `trace`.
    Trace,
    /// `compare`.
    Compare,
    /// `gaps`.
    Gaps,
    /// `diff`.
    Diff,
    /// `draw` of a region or a program.
    Draw,
    /// `map`.
    Map,
    /// `expect`.
    Expect,
    /// `stats`.
    Stats,
}

impl Contract {
    /// Returns the JSON Schema (draft 2020-12) of the output.
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
            Contract::Draw => of::<Scene>("medclust draw --json"),
            Contract::Map => of::<Places>("medclust map --json"),
            Contract::Expect => of::<Many<Verdict>>("medclust expect --json"),
            Contract::Stats => of::<stats::Answer>("medclust stats --json"),
        }
    }
}

fn of<T: JsonSchema>(title: &str) -> Value {
    entitled::<T>(title, SchemaSettings::draft2020_12().for_serialize())
}
