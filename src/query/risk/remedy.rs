//! The one new relation that would help most.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, Question, Station};
use crate::graph::passage::Passage;
use crate::graph::routes::hops;
use crate::graph::shape::{kind_id, maybe_id};
use crate::graph::ways::Ways;
use crate::graph::{Direction, Node, Relation, RelationKind};
use crate::model::{Core, NodeKind, Traverse};
use crate::query::pipeline::{Staffing, Tally};

/// How the routes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// How many routes share no node.
    pub independent: usize,
    /// How many nodes every route passes, single ends not counted.
    pub must_pass: usize,
    /// How many staffed routes there are.
    #[serde(rename = "staffed_routes")]
    pub staffed: Tally,
}

impl Standing {
    fn of(passage: &Passage, staffed: Tally) -> Self {
        let width = passage.width();
        let must_pass = width.must_pass.iter().filter(|node| !passage.is_end(**node));
        Standing { independent: width.routes, must_pass: must_pass.count(), staffed }
    }
}

/// A relation that is not there and would help.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Remedy<'g> {
    /// What sort of relation.
    #[serde(serialize_with = "kind_id")]
    #[schemars(with = "&str")]
    pub kind: RelationKind<'g>,
    /// What it would start from.
    pub from: Node<'g>,
    /// What it would lead to.
    pub to: Node<'g>,
    /// The region or program that it would hold in, where it takes one.
    #[serde(rename = "in", serialize_with = "maybe_id")]
    #[schemars(with = "Option<&str>")]
    pub context: Option<Node<'g>>,
    /// The stage that it would strengthen; `null` where it would lead around what all routes pass, or
    /// join what is apart.
    pub stage: Option<Node<'g>>,
    /// How the routes stand.
    pub before: Standing,
    /// How they would stand.
    pub after: Standing,
}

/// Finds the relation that would help most.
///
/// Between two stages: somebody more for the stage on all routes that has the fewest who act there. Else
/// the step that leads around most of what all routes pass, if they pass anything; where there is no
/// route, the step that joins the ends at the fewest hops. Such a relation is of the kind that most often joins such
/// nodes. It is a structural answer: whether the two would want it, no atlas knows.
pub(super) fn remedy<'g>(
    ways: &Ways<'g>,
    question: &Question<'g>,
    passage: &Passage<'g>,
    staffing: &Staffing<'g>,
    answer: &Answer<'g>,
) -> Option<Remedy<'g>> {
    let before = Standing {
        independent: answer.width.routes,
        must_pass: answer.must_pass.len(),
        staffed: answer.staffed,
    };
    let bridge = match passage.is_empty() {
        true => joining(ways, question),
        false if !answer.stations.is_empty() => {
            return strengthening(question, staffing, answer, before);
        }
        // There is nothing to lead around.
        false if answer.must_pass.is_empty() => None,
        false => bypass(ways, question, passage, &answer.width.must_pass),
    };
    let (kind, from, to) = bridge?;
    let widened = Passage::with(ways, &question.from.nodes, &question.to.nodes, (from, to));
    let after = Standing::of(&widened, before.staffed);
    let helps = after.independent > before.independent || after.must_pass < before.must_pass;
    helps.then_some(Remedy { kind, from, to, context: None, stage: None, before, after })
}

/// The step between two nodes of a passage that leads around most of what all routes pass.
fn bypass<'g>(
    ways: &Ways<'g>,
    question: &Question<'g>,
    passage: &Passage<'g>,
    must_pass: &[Node<'g>],
) -> Option<(RelationKind<'g>, Node<'g>, Node<'g>)> {
    let passed = passage.passed(must_pass);
    let from = passed.iter().map(|(node, before, _)| (*node, *before));
    let to = passed.iter().map(|(node, _, behind)| (*node, *behind));
    least_pair(ways, question, &from.collect::<Vec<_>>(), &to.collect::<Vec<_>>())
}

/// The step from what can be reached to what leads on, where the two are apart.
fn joining<'g>(
    ways: &Ways<'g>,
    question: &Question<'g>,
) -> Option<(RelationKind<'g>, Node<'g>, Node<'g>)> {
    let reached = |ends: &[Node<'g>], towards| -> Vec<(Node<'g>, usize)> {
        let found = hops(ways, ends, towards).into_iter();
        found.map(|(node, hops)| (node, hops as usize)).collect()
    };
    let from = reached(&question.from.nodes, Direction::Forward);
    let to = reached(&question.to.nodes, Direction::Backward);
    least_pair(ways, question, &from, &to)
}

/// The pair of the least ranks that some kind of relation may join; not the ends themselves.
fn least_pair<'g>(
    ways: &Ways<'g>,
    question: &Question<'g>,
    from: &[(Node<'g>, usize)],
    to: &[(Node<'g>, usize)],
) -> Option<(RelationKind<'g>, Node<'g>, Node<'g>)> {
    let usual = Usual::new(ways);
    let from = best(from, &question.from.nodes);
    let to = best(to, &question.to.nodes);
    let mut pairs: Vec<(usize, Node, Node, RelationKind)> = Vec::new();
    for (first, before, at_start) in &from {
        for (last, behind, at_end) in &to {
            let is_new = first != last && !(*at_start && *at_end);
            if let Some(kind) = usual.kind(first.kind(), last.kind())
                && is_new
                && ways.between(*first, *last).is_empty()
            {
                pairs.push((before + behind, *first, *last, kind));
            }
        }
    }
    let least = pairs.into_iter().min_by_key(|(rank, first, last, _)| (*rank, *first, *last));
    least.map(|(_, first, last, kind)| (kind, first, last))
}

/// The few of the least rank, of each kind of node, at the end itself and not: who they are, their rank,
/// and whether they are at the end.
fn best<'g>(nodes: &[(Node<'g>, usize)], ends: &[Node<'g>]) -> Vec<(Node<'g>, usize, bool)> {
    /// If the least pair is joined already, the next may not be.
    const FEW: usize = 8;
    let ends: HashSet<Node> = ends.iter().copied().collect();
    let mut best: BTreeMap<(NodeKind, bool), BTreeSet<(usize, Node)>> = BTreeMap::new();
    for (node, rank) in nodes {
        let least = best.entry((node.kind(), ends.contains(node))).or_default();
        least.insert((*rank, *node));
        if least.len() > FEW {
            least.pop_last();
        }
    }
    let all = best.into_iter().flat_map(|((_, at_end), ranks)| {
        ranks.into_iter().map(move |(rank, node)| (node, rank, at_end))
    });
    all.collect()
}

/// Which kind of relation most often joins nodes of two kinds.
struct Usual<'g>(HashMap<(NodeKind, NodeKind), RelationKind<'g>>);

impl<'g> Usual<'g> {
    fn new(ways: &Ways<'g>) -> Self {
        let mut counts: BTreeMap<(NodeKind, NodeKind, u16), usize> = BTreeMap::new();
        for relation in ways.graph().relations().filter(|it| can_be_made(it.kind())) {
            let key = (relation.from().kind(), relation.to().kind(), relation.kind().index());
            *counts.entry(key).or_default() += 1;
        }
        let mut most: HashMap<(NodeKind, NodeKind), (usize, u16)> = HashMap::new();
        for ((from, to, kind), count) in counts {
            let known = most.entry((from, to)).or_insert((count, kind));
            if count > known.0 {
                *known = (count, kind);
            }
        }
        let kind = |index: u16| ways.graph().relation_kinds().nth(usize::from(index));
        Usual(most.into_iter().filter_map(|(ends, (_, it))| Some((ends, kind(it)?))).collect())
    }

    fn kind(&self, from: NodeKind, to: NodeKind) -> Option<RelationKind<'g>> {
        self.0.get(&(from, to)).copied()
    }
}

/// Whether those who act can bring such a relation about: the order of stages is given.
fn can_be_made(kind: RelationKind) -> bool {
    kind.traverse() != Traverse::Never
        && ![Core::Next, Core::ActsIn, Core::PartOf].iter().any(|it| kind.is(*it))
}

/// Somebody more for the stage on all routes that has the fewest who act there: an organization of the
/// scope that does not act there yet, of a type that plays a role there somewhere in the atlas.
fn strengthening<'g>(
    question: &Question<'g>,
    staffing: &Staffing<'g>,
    answer: &Answer<'g>,
    before: Standing,
) -> Option<Remedy<'g>> {
    let kind = question.scope.graph().core_kind(Core::Plays);
    let mut weak: Vec<&Station> =
        answer.stations.iter().filter(|station| station.on_every_route).collect();
    weak.sort_by_key(|station| station.members.len());
    weak.into_iter().find_map(|station| {
        let (from, role) = newcomer(question, station)?;
        let context = question.scope.of().filter(|of| of.kind() != NodeKind::Organization);
        let context = context.or_else(|| from.roles().find_map(Node::context));
        let acts = role.outgoing().filter(|it| it.is(Core::ActsIn));
        let acts_in: Vec<Node> =
            acts.filter(|it| question.scope.counts(*it)).map(Relation::to).collect();
        let after = Standing { staffed: staffing.routes_with(from, &acts_in, context), ..before };
        let stage = Some(station.stage);
        Some(Remedy { kind, from, to: role, context, stage, before, after })
    })
}

/// Who could act in a stage, and through which role.
fn newcomer<'g>(question: &Question<'g>, station: &Station<'g>) -> Option<(Node<'g>, Node<'g>)> {
    let Question { scope, steps, .. } = question;
    let graph = scope.graph();
    let sort = |node: Node<'g>| node.r#type();
    let acts_here = |role: &Node<'g>| {
        let mut acts = role.outgoing().filter(|it| it.is(Core::ActsIn));
        role.generic().is_none() && acts.any(|it| it.to() == station.stage && scope.counts(it))
    };
    let roles: Vec<Node> = graph.nodes_of(NodeKind::Role).collect();
    roles.iter().copied().filter(acts_here).find_map(|role| {
        let same = roles.iter().filter(|it| **it == role || it.generic() == Some(role));
        let players = same.flat_map(|it| it.played_by()).map(|played| sort(played.from()));
        let types: BTreeSet<&str> = players.flatten().filter(|it| *it != "collective").collect();
        let fits = |node: &Node<'g>| {
            !station.members.contains(node)
                && !steps.avoid.contains(node)
                && sort(*node).is_some_and(|it| types.contains(it))
        };
        scope.organizations().find(fits).map(|node| (node, role))
    })
}
