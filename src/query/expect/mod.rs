//! Holds an atlas against what is expected of it: counts, and bounds that they must keep.

pub mod policy;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Selection;
use super::ends::End;
use super::gaps::{self, Missing, Parts, Want, gaps};
use super::list::{Listing, What, list};
use super::path::Steps;
use super::risk::{self, risk};
use super::scope::Scope;
use crate::graph::{Graph, Node, Pipeline, Relation};
use crate::model::{Basis, NodeKind, Text};

/// What a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Organizations, as `list` has them.
    Organizations,
    /// Regions.
    Regions,
    /// Roles.
    Roles,
    /// Stages.
    Stages,
    /// Programs.
    Programs,
    /// Nodes of all kinds.
    Nodes,
    /// Relations.
    Relations,
    /// Who acts in each stage, as `trace` has it; each stage must keep the bounds.
    StageActors,
    /// What supports each stage, as `trace` has it; each stage must keep the bounds.
    StageSupports,
    /// What is lacking, as `gaps` has it.
    Gaps,
    /// Single points of failure, as `risk` has them.
    SinglePoints,
}

impl Counted {
    /// Returns what `list` would list of it; nothing where it is no list.
    pub fn listed(self) -> Option<What> {
        Some(match self {
            Counted::Organizations => What::Nodes(Some(NodeKind::Organization)),
            Counted::Regions => What::Nodes(Some(NodeKind::Region)),
            Counted::Roles => What::Nodes(Some(NodeKind::Role)),
            Counted::Stages => What::Nodes(Some(NodeKind::Stage)),
            Counted::Programs => What::Nodes(Some(NodeKind::Program)),
            Counted::Nodes => What::Nodes(None),
            Counted::Relations => What::Relations,
            _ => return None,
        })
    }
}

/// What is counted, and where.
pub enum Count<'g> {
    /// What `list` would list.
    Listed(What, Selection<'g>),
    /// Who acts in each stage or supports it.
    Stages(InStages<'g>),
    /// What is lacking, of these sorts; of all where none is given.
    Gaps(gaps::Question<'g>, Vec<Want>),
    /// Single points of failure between two ends; where there are none, no stage leads to another.
    SinglePoints {
        /// The part of the atlas.
        scope: Scope<'g>,
        /// Where routes begin and end.
        ends: Option<(End<'g>, End<'g>)>,
        /// On which bases.
        bases: Vec<Basis>,
    },
}

/// Who acts or supports in the stages of a scope.
pub struct InStages<'g> {
    /// The part of the atlas.
    pub scope: Scope<'g>,
    /// These stages; all where absent.
    pub stages: Option<Vec<Node<'g>>>,
    /// Whether what supports is counted, not who acts.
    pub supports: bool,
    /// Whether those who serve the whole country count.
    pub nationwide: bool,
}

/// What is expected.
pub struct Rule<'g> {
    /// The id of the rule.
    pub id: String,
    /// What it demands, for people.
    pub title: Text,
    /// What is counted.
    pub counted: Counted,
    /// How it is counted.
    pub count: Count<'g>,
    /// The least that will do.
    pub at_least: Option<u64>,
    /// The most that will do.
    pub at_most: Option<u64>,
}

/// How a rule fares.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Verdict<'g> {
    /// The id of the rule.
    pub rule: String,
    /// What it demands, for people.
    pub title: Text,
    /// What was counted.
    pub count: Counted,
    /// The least that will do.
    pub at_least: Option<u64>,
    /// The most that will do.
    pub at_most: Option<u64>,
    /// Whether the atlas meets it.
    pub met: bool,
    /// What falls short of it, or goes beyond it; none where it is met.
    pub findings: Vec<Finding<'g>>,
}

/// Something that does not keep the bounds of a rule.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding<'g> {
    /// Why it does not.
    pub because: Because,
    /// The stage in which it does not, where each stage must.
    pub stage: Option<Node<'g>>,
    /// How many were counted.
    pub found: u64,
    /// Those that were counted, where they are nodes.
    pub nodes: Vec<Node<'g>>,
    /// Those that were counted, where they are relations.
    pub relations: Vec<Relation<'g>>,
    /// Those that were counted, where they are gaps.
    #[serde(serialize_with = "parts")]
    #[schemars(with = "Vec<Parts>")]
    pub gaps: Vec<Missing<'g>>,
}

/// Why a rule is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// There are fewer than there must be.
    TooFew,
    /// There are more than there may be.
    TooMany,
    /// The atlas names nobody there: what is lacking cannot be told.
    NobodyNamed,
    /// There is no stage.
    NoStage,
    /// There is no route, and so nothing that it hangs by.
    NoRoute,
}

/// Those that were counted.
#[derive(Default)]
struct Found<'g> {
    stage: Option<Node<'g>>,
    nodes: Vec<Node<'g>>,
    relations: Vec<Relation<'g>>,
    gaps: Vec<Missing<'g>>,
}

/// Holds the atlas against rules, each at the cost of the question that it asks.
pub fn expect<'g>(graph: &'g Graph, rules: &[Rule<'g>]) -> Vec<Verdict<'g>> {
    let verdict = |rule: &Rule<'g>| {
        let findings = match rule.found(graph) {
            Ok(found) => found.into_iter().filter_map(|it| rule.judge(it)).collect(),
            Err(because) => vec![Found::default().because(because)],
        };
        Verdict {
            rule: rule.id.clone(),
            title: rule.title.clone(),
            count: rule.counted,
            at_least: rule.at_least,
            at_most: rule.at_most,
            met: findings.is_empty(),
            findings,
        }
    };
    rules.iter().map(verdict).collect()
}

impl<'g> Rule<'g> {
    /// Counts; what each of must keep the bounds. Nothing can be counted where nothing is known.
    fn found(&self, graph: &'g Graph) -> Result<Vec<Found<'g>>, Because> {
        match &self.count {
            Count::Listed(what, selection) => Ok(vec![match list(graph, *what, selection) {
                Listing::Nodes(nodes) => Found { nodes, ..Found::default() },
                Listing::Relations(relations) => Found { relations, ..Found::default() },
                Listing::RelationKinds(_) | Listing::Sources(_) => Found::default(),
            }]),
            Count::Stages(stages) => stages.found(graph),
            Count::Gaps(question, sorts) => {
                let answer = gaps(graph, question);
                if !answer.silent.is_empty() {
                    return Err(Because::NobodyNamed);
                }
                let wanted = |it: &Missing<'g>| {
                    sorts.is_empty() || sorts.contains(&Parts::from(*it).missing)
                };
                let gaps = answer.gaps.iter().map(|gap| gap.missing).filter(wanted).collect();
                Ok(vec![Found { gaps, ..Found::default() }])
            }
            Count::SinglePoints { ends: None, .. } => Err(Because::NoStage),
            Count::SinglePoints { scope, ends: Some((from, to)), bases } => {
                let question = risk::Question {
                    from: from.clone(),
                    to: to.clone(),
                    steps: Steps { bases: bases.clone(), ..Steps::default() },
                    scope: Scope::new(graph, scope.of(), bases),
                    without: Vec::new(),
                    limit: 1,
                };
                let answer = risk(graph, &question);
                if scope.is_silent() {
                    return Err(Because::NobodyNamed);
                }
                if answer.hops.is_none() {
                    return Err(Because::NoRoute);
                }
                let nodes: BTreeSet<Node> = answer.single_points.iter().map(|it| it.node).collect();
                Ok(vec![Found { nodes: nodes.into_iter().collect(), ..Found::default() }])
            }
        }
    }

    fn judge(&self, found: Found<'g>) -> Option<Finding<'g>> {
        let count = found.count();
        if self.at_least.is_some_and(|least| count < least) {
            return Some(found.because(Because::TooFew));
        }
        self.at_most.is_some_and(|most| count > most).then(|| found.because(Because::TooMany))
    }
}

impl<'g> InStages<'g> {
    fn found(&self, graph: &'g Graph) -> Result<Vec<Found<'g>>, Because> {
        let pipeline = Pipeline::new(graph, |relation| self.scope.counts(relation));
        let stages = self.stages.as_ref().unwrap_or(&pipeline.stages);
        if stages.is_empty() {
            return Err(Because::NoStage);
        }
        let found = |stage: &Node<'g>| {
            let nodes: BTreeSet<Node> = self.relations(*stage).map(|it| it.from()).collect();
            Found { stage: Some(*stage), nodes: nodes.into_iter().collect(), ..Found::default() }
        };
        Ok(stages.iter().map(found).collect())
    }

    /// The relations by which somebody acts in a stage or supports it.
    fn relations(&self, stage: Node<'g>) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (own, nationwide): (Vec<_>, Vec<_>) = if self.supports {
            let support = self.scope.support(stage);
            (support.by, support.nationwide)
        } else {
            let acting = self.scope.actors(stage).acting;
            let nationwide = acting.iter().flat_map(|it| it.nationwide.clone()).collect();
            (acting.into_iter().flat_map(|it| it.players).collect(), nationwide)
        };
        let nationwide = if self.nationwide { nationwide } else { Vec::new() };
        own.into_iter().chain(nationwide)
    }
}

impl<'g> Found<'g> {
    fn count(&self) -> u64 {
        (self.nodes.len() + self.relations.len() + self.gaps.len()) as u64
    }

    fn because(self, because: Because) -> Finding<'g> {
        let found = self.count();
        let Found { stage, nodes, relations, gaps } = self;
        Finding { because, stage, found, nodes, relations, gaps }
    }
}

fn parts<S: serde::Serializer>(gaps: &[Missing], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(gaps.iter().map(|gap| Parts::from(*gap)))
}
