//! The rows of each sort, and who is in their cells.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figure, Subject, Who};
use crate::graph::{Denial, Graph, Node, NodeSet, Pipeline, Relation, RelationKind};
use crate::model::{Class, Core, Indicator, NodeKind};
use crate::query::scope::{Acting, Scope, State};

type Rows<'g> = Vec<(Subject<'g>, Vec<CellContent<'g>>)>;

/// What is found on one side: a cell but for what is counted.
#[derive(Default)]
pub struct CellContent<'g> {
    pub state: State,
    pub who: Vec<Who<'g>>,
    pub nationwide: Vec<Who<'g>>,
    pub none: Vec<Denial<'g>>,
    pub figures: Vec<Figure<'g>>,
}

/// Who takes part in each program, and by which relation.
type Participants<'g> = BTreeMap<Node<'g>, Vec<(Node<'g>, [Relation<'g>; 1])>>;

/// Returns the roles in general that any side draws, the broadest of those that correspond, and who
/// plays them there.
pub fn by_role<'g>(scopes: &[Scope<'g>]) -> Rows<'g> {
    let Some(any) = scopes.first() else { return Vec::new() };
    let mut drawn: BTreeMap<Node, Vec<Vec<Node<'g>>>> = BTreeMap::new();
    for (at, scope) in scopes.iter().enumerate() {
        let serves = |role: &Node<'g>| scope.nationwide_players(*role).next().is_some();
        for role in scope.roles().chain(scope.nationwide_roles().filter(serves)) {
            let sides = drawn.entry(any.broadest(role));
            sides.or_insert_with(|| vec![Vec::new(); scopes.len()])[at].push(role);
        }
    }
    let row = |sides: Vec<Vec<Node<'g>>>| {
        let role = sides.iter().flatten().next().map(|it| any.broadest(*it))?;
        let cells = sides.into_iter().zip(scopes);
        let cells = cells.map(|(roles, scope)| role_cell(role, &roles, scope)).collect();
        Some((Subject::Node(role), cells))
    };
    drawn.into_values().filter_map(row).collect()
}

fn role_cell<'g>(role: Node<'g>, drawn: &[Node<'g>], scope: &Scope<'g>) -> CellContent<'g> {
    // What a member does for the country is told of no single place in it.
    let own = drawn.iter().filter(|role| scope.has_role(**role));
    let plays = own.flat_map(|role| scope.players(*role));
    let who = gather(plays.map(|it| (it.from(), [it])));
    let serves = drawn.iter().flat_map(|role| scope.nationwide_players(*role));
    let nationwide = gather(serves.map(|it| (it.from(), [it])));
    let vacancies: Vec<Vec<Denial>> = drawn.iter().map(|role| scope.vacancies(*role)).collect();
    let mut none = scope.absences(role);
    let is_vacant = !drawn.is_empty() && vacancies.iter().all(|it| !it.is_empty());
    let state = if !who.is_empty() || !nationwide.is_empty() {
        State::Named
    } else if !none.is_empty() || is_vacant {
        State::NoneStated
    } else if drawn.is_empty() {
        State::Unknown
    } else {
        State::NobodyNamed
    };
    for denial in vacancies.into_iter().flatten() {
        if !none.contains(&denial) {
            none.push(denial);
        }
    }
    CellContent { state, who, nationwide, none, ..CellContent::default() }
}

/// Returns the stages in their order, and who acts in them.
pub fn by_stage<'g>(graph: &'g Graph, scopes: &[Scope<'g>]) -> Rows<'g> {
    let counts = |it| scopes.first().is_none_or(|scope| scope.counts(it));
    let stages = Pipeline::new(graph, counts).stages;
    let row = |stage: Node<'g>| {
        let cells = scopes.iter().map(|scope| stage_cell(stage, scope)).collect();
        (Subject::Node(stage), cells)
    };
    stages.into_iter().map(row).collect()
}

fn stage_cell<'g>(stage: Node<'g>, scope: &Scope<'g>) -> CellContent<'g> {
    let actors = scope.actors(stage);
    let gathered = |players: fn(&Acting<'g>) -> Vec<Relation<'g>>| {
        gather(actors.acting.iter().flat_map(|acting| {
            players(acting).into_iter().map(move |plays| (plays.from(), [plays, acting.acts_in]))
        }))
    };
    let who = gathered(|it| it.players.clone());
    let nationwide = gathered(|it| it.nationwide.clone());
    let vacant = actors.acting.iter().flat_map(|acting| acting.none.iter().copied());
    let none = actors.none.iter().copied().chain(vacant).collect();
    CellContent { state: actors.state, who, nationwide, none, ..CellContent::default() }
}

/// Returns the kinds of relation within any side, in the order of the vocabulary, and the pairs they tie.
pub fn by_relation<'g>(graph: &'g Graph, scopes: &[Scope<'g>]) -> Rows<'g> {
    let mut tied: Vec<BTreeMap<u16, Vec<Relation<'g>>>> = Vec::new();
    for scope in scopes {
        let mut kinds: BTreeMap<u16, Vec<Relation<'g>>> = BTreeMap::new();
        for relation in scope.flows().chain(scope.ties()) {
            kinds.entry(relation.kind().index()).or_default().push(relation);
        }
        tied.push(kinds);
    }
    let has = |kind: u16| tied.iter().any(|kinds| kinds.contains_key(&kind));
    let kinds = graph.relation_kinds().filter(|kind| has(kind.index()));
    let row = |kind: RelationKind<'g>| {
        let cell = |kinds: &BTreeMap<u16, Vec<Relation<'g>>>| {
            let relations = kinds.get(&kind.index()).map_or(&[][..], Vec::as_slice);
            named_or_unknown(pairs(relations), Vec::new())
        };
        (Subject::Kind(kind), tied.iter().map(cell).collect())
    };
    kinds.map(row).collect()
}

/// Each pair once, in the order of the relations.
fn pairs<'g>(relations: &[Relation<'g>]) -> Vec<Who<'g>> {
    let mut places: BTreeMap<[Node; 2], usize> = BTreeMap::new();
    let mut pairs: Vec<Who> = Vec::new();
    for relation in relations {
        let ends = [relation.from(), relation.to()];
        let place = *places.entry(ends).or_insert(pairs.len());
        if place == pairs.len() {
            pairs.push(Who { node: ends[0], other: Some(ends[1]), relations: Vec::new() });
        }
        pairs[place].relations.push(*relation);
    }
    pairs
}

/// Returns the programs whose support reaches any side or in which its members take part, and those
/// members.
pub fn by_program<'g>(scopes: &[Scope<'g>]) -> Rows<'g> {
    let mut all: BTreeSet<Node<'g>> = BTreeSet::new();
    let mut parts: Vec<Participants> = Vec::new();
    for scope in scopes {
        let mut taking = Participants::new();
        all.extend(scope.programs());
        for member in scope.members() {
            for (program, relation) in takes_part(scope, member) {
                all.insert(program);
                taking.entry(program).or_default().push((member, [relation]));
            }
        }
        parts.push(taking);
    }
    let row = |program: Node<'g>| {
        let cell_of = |(scope, taking): (&Scope<'g>, &Participants<'g>)| {
            let who = gather(taking.get(&program).into_iter().flatten().copied());
            let state = match (who.is_empty(), scope.has_program(program)) {
                (false, _) => State::Named,
                (true, true) => State::NobodyNamed,
                (true, false) => State::Unknown,
            };
            CellContent { state, who, ..CellContent::default() }
        };
        (Subject::Node(program), scopes.iter().zip(&parts).map(cell_of).collect())
    };
    all.into_iter().map(row).collect()
}

/// The programs that a member runs, takes part in, plays a role in or, an organization, is part of.
fn takes_part<'a, 'g>(
    scope: &'a Scope<'g>,
    member: Node<'g>,
) -> impl Iterator<Item = (Node<'g>, Relation<'g>)> + use<'a, 'g> {
    let counted = member.outgoing().filter(|it| scope.counts(*it));
    counted.filter_map(move |relation| {
        let program = match relation.kind().class() {
            _ if relation.is(Core::Plays) => relation.to().context(),
            // The parts of a program are no participants.
            _ if relation.is(Core::PartOf) && member.kind() == NodeKind::Program => None,
            Class::Membership => Some(relation.to()),
            _ => None,
        };
        Some((program.filter(|it| it.kind() == NodeKind::Program)?, relation))
    })
}

/// Returns the types of the organizations of any side, by their ids, and who is of them; the relations of
/// each are those that tie it to the side.
pub fn by_type<'g>(graph: &'g Graph, scopes: &[Scope<'g>]) -> Rows<'g> {
    let of_type = |node: &Node<'g>| node.r#type();
    let organizations = scopes.iter().flat_map(Scope::organizations);
    let types: BTreeSet<&str> = organizations.filter_map(|it| of_type(&it)).collect();
    let row = |id: &'g str| {
        let cell = |scope: &Scope<'g>| {
            let here = |node: Node<'g>| {
                scope.core().contains(node)
                    || node.context().is_some_and(|it| scope.core().contains(it))
            };
            let found = scope.organizations().filter(|it| of_type(it) == Some(id)).map(|node| {
                let ties = node.outgoing().filter(|it| scope.counts(*it) && here(it.to()));
                Who { node, other: None, relations: ties.collect() }
            });
            named_or_unknown(found.collect(), Vec::new())
        };
        (Subject::Type(id, graph.type_name(id)), scopes.iter().map(cell).collect())
    };
    types.into_iter().map(row).collect()
}

/// Returns the figures of any side, in the order of the atlas; those of one name, unit and year
/// share a row.
pub fn by_indicator<'g>(graph: &'g Graph, scopes: &[Scope<'g>]) -> Rows<'g> {
    let cores: Vec<&NodeSet> = scopes.iter().map(Scope::core).collect();
    let mut rows: Vec<(&Indicator, Vec<Vec<Figure>>)> = Vec::new();
    let mut places = BTreeMap::new();
    let told = graph.nodes().filter(|node| cores.iter().any(|it| it.contains(*node)));
    for (node, indicator) in
        told.flat_map(|node| node.indicators().into_iter().map(move |it| (node, it)))
    {
        let name = &indicator.name;
        let at = *places
            .entry((&name.ja, &name.en, &indicator.unit, indicator.year))
            .or_insert(rows.len());
        if at == rows.len() {
            rows.push((indicator, vec![Vec::new(); scopes.len()]));
        }
        let sides = cores.iter().zip(&mut rows[at].1);
        for (_, figures) in sides.filter(|(core, _)| core.contains(node)) {
            figures.push(Figure { node, indicator });
        }
    }
    let cells = |sides: Vec<Vec<Figure<'g>>>| {
        sides.into_iter().map(|figures| named_or_unknown(Vec::new(), figures)).collect()
    };
    rows.into_iter().map(|(of, sides)| (Subject::Indicator(of), cells(sides))).collect()
}

/// Each node once with all its relations, in the order in which it is met.
fn gather<'g, const N: usize>(
    found: impl Iterator<Item = (Node<'g>, [Relation<'g>; N])>,
) -> Vec<Who<'g>> {
    let mut places: BTreeMap<Node, usize> = BTreeMap::new();
    let mut all: Vec<Who> = Vec::new();
    for (node, relations) in found {
        let place = *places.entry(node).or_insert(all.len());
        if place == all.len() {
            all.push(Who { node, other: None, relations: Vec::new() });
        }
        for relation in relations {
            let known = &mut all[place].relations;
            if !known.contains(&relation) {
                known.push(relation);
            }
        }
    }
    all
}

fn named_or_unknown<'g>(who: Vec<Who<'g>>, figures: Vec<Figure<'g>>) -> CellContent<'g> {
    let is_known = !who.is_empty() || !figures.is_empty();
    let state = if is_known { State::Named } else { State::Unknown };
    CellContent { state, who, figures, ..CellContent::default() }
}
