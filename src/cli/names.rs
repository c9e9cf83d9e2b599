//! What is typed, turned into what it names: nodes, relation kinds, types, sources, ends of routes.

use std::collections::HashSet;

use super::failure::Failure;
use crate::diagnostic::nearest;
use crate::graph::{AbsentNode, Candidate, Graph, NoSuchNode, Node, RelationKind, WhyNot, fold};
use crate::lang::Lang::{En, Ja};
use crate::model::{Basis, NodeKind, Text};
use crate::query::ends::End;
use crate::render::words;

/// How many candidates are told.
const CANDIDATES: usize = 10;

/// Who else, in the same command, takes nodes of other kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Nobody.
    None,
    /// `--region`, `--program` and `--organization`, which say of whom a question speaks.
    Scope,
    /// The options that select.
    Selection,
}

/// Finds the node of any kind that `text` names.
///
/// # Errors
/// With the candidates where there are several, and the nearest where there is none.
pub fn node<'g>(graph: &'g Graph, text: &str) -> Result<Node<'g>, Failure> {
    node_of(graph, text, &[], Others::None)
}

/// Finds the node of one of `kinds` (any where empty) that `text` names.
///
/// # Errors
/// With the candidates where there are several; with who takes it where there is one of another kind;
/// else with the nearest.
pub fn node_of<'g>(
    graph: &'g Graph,
    text: &str,
    kinds: &[NodeKind],
    others: Others,
) -> Result<Node<'g>, Failure> {
    graph.find(text, kinds).map_err(|NoSuchNode { why, .. }| {
        if !matches!(why, WhyNot::Unknown(_)) {
            return no_such_node(text, kinds, &why);
        }
        let (called, candidates) = match graph.find(text, &[]) {
            Ok(node) => (vec![node], Vec::new()),
            Err(NoSuchNode { why: WhyNot::Ambiguous(candidates), .. }) => {
                (candidates.iter().filter_map(|it| graph.node(&it.id)).collect(), candidates)
            }
            Err(_) => (Vec::new(), Vec::new()),
        };
        match called[..] {
            [node] if is_called(node, text) => elsewhere(text, node, kinds, others),
            [_, ..] if called.iter().any(|node| is_called(*node, text)) => {
                let (en, ja) = kinds_of(kinds);
                let failure = Failure::usage(
                    format!("no {en} is called `{text}`, but others are:"),
                    format!("`{text}` という{ja}はありません。ほかにこう呼ばれるもの:"),
                );
                list_candidates(failure, &candidates)
            }
            _ => no_such_node(text, kinds, &why),
        }
    })
}

/// Finds what can be held against each other: regions and programs, or organizations. A name of both means
/// the one that goes with the others.
///
/// # Errors
/// As [`node_of`].
pub fn alike<'g>(graph: &'g Graph, names: &[&str]) -> Result<Vec<Node<'g>>, Failure> {
    const PLACES: &[NodeKind] = &[NodeKind::Region, NodeKind::Program];
    const ORGANIZATIONS: &[NodeKind] = &[NodeKind::Organization];
    let all = [PLACES, ORGANIZATIONS].concat();
    let clear = names.iter().find_map(|name| graph.find(name, &all).ok());
    let kinds = match clear.map(|node| node.kind()) {
        None => &all,
        Some(NodeKind::Organization) => ORGANIZATIONS,
        Some(_) => PLACES,
    };
    let named = names.iter().map(|name| match graph.find(name, &all) {
        Err(NoSuchNode { why: WhyNot::Ambiguous(_), .. }) => {
            node_of(graph, name, kinds, Others::None)
        }
        _ => node_of(graph, name, &all, Others::None),
    });
    named.collect()
}

/// The nodes that these names name, each once.
pub fn nodes<'g>(graph: &'g Graph, names: &[String]) -> Result<Vec<Node<'g>>, Failure> {
    let nodes = names.iter().map(|name| node(graph, name));
    let mut nodes: Vec<Node> = nodes.collect::<Result<_, _>>()?;
    let mut seen = HashSet::new();
    nodes.retain(|node| seen.insert(*node));
    Ok(nodes)
}

/// The end of routes that a text names: a region or a program stands for whoever acts in it, and
/// `role:NAME` for whoever plays the role, by relations on these bases; every other name for the node.
pub fn end<'g>(graph: &'g Graph, text: &str, bases: &[Basis]) -> Result<End<'g>, Failure> {
    let node = node(graph, text)?;
    let is_set = match node.kind() {
        NodeKind::Region | NodeKind::Program => true,
        NodeKind::Role => NodeKind::split_from(text.trim()).is_some(),
        NodeKind::Organization | NodeKind::Stage => false,
    };
    Ok(if is_set { End::among(graph, node, bases) } else { End::at(node) })
}

/// The relation kinds that these words name.
pub fn relation_kinds<'g>(
    graph: &'g Graph,
    words: &[String],
) -> Result<Vec<RelationKind<'g>>, Failure> {
    words.iter().map(|word| relation_kind(graph, word)).collect()
}

/// The relation kind that a word names: its id, or what tables call it, where no other is called so.
pub fn relation_kind<'g>(graph: &'g Graph, word: &str) -> Result<RelationKind<'g>, Failure> {
    let is_called = |kind: &RelationKind| {
        let short = [En, Ja].map(|lang| kind.short(lang));
        let mut names = kind.name().both().chain(kind.inverse().both()).chain(short);
        names.any(|name| fold(name) == fold(word))
    };
    let called: Vec<RelationKind> = graph.relation_kinds().filter(is_called).collect();
    match (graph.relation_kind(word), &called[..]) {
        (Some(kind), _) => Ok(kind),
        (None, [kind]) => Ok(*kind),
        (None, []) => Err(unknown(
            "relation kind",
            "関係の種類",
            word,
            graph.relation_kinds().map(|it| it.id()),
        )),
        (None, several) => {
            let ids = several.iter().map(|it| it.id()).collect::<Vec<_>>().join(", ");
            Err(Failure::usage(
                format!("`{word}` could be any of these relation kinds: {ids}"),
                format!("`{word}` に当たる関係の種類が複数あります: {ids}"),
            ))
        }
    }
}

/// The type that a word names: its id, or what tables call it.
pub fn node_type(graph: &Graph, word: &str) -> Result<String, Failure> {
    let is_called = |id: &str| {
        let names = graph.type_name(id).into_iter().flat_map(Text::both);
        std::iter::once(id).chain(names).any(|name| fold(name) == fold(word))
    };
    let exact = graph.types().find(|id| *id == word);
    let found = exact.or_else(|| graph.types().find(|id| is_called(id)));
    found.map(str::to_owned).ok_or_else(|| unknown("type", "類型", word, graph.types()))
}

/// A source, or a place in one, by its id.
pub fn citation(graph: &Graph, text: &str) -> Result<String, Failure> {
    let id = text.split_once(':').map_or(text, |(id, _)| id);
    match graph.sources().any(|source| source.id() == id) {
        true => Ok(text.to_owned()),
        false => Err(unknown_source(graph, id)),
    }
}

/// That there is no source of this id.
pub fn unknown_source(graph: &Graph, id: &str) -> Failure {
    unknown("source", "出典", id, graph.sources().map(|source| source.id()))
}

/// A word that is none of those there are; the nearest are told, or else all.
pub fn unknown<'g>(
    en: &str,
    ja: &str,
    text: &str,
    known: impl Iterator<Item = &'g str>,
) -> Failure {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    let near = nearest(text, known.iter().copied());
    let failure =
        Failure::usage(format!("there is no {en} `{text}`"), format!("{ja} `{text}` はありません"));
    let shown = if near.is_empty() { known.join(", ") } else { near.join(", ") };
    match near.is_empty() {
        true => failure.hint(format!("there are: {shown}"), format!("使えるもの: {shown}")),
        false => failure.hint(format!("did you mean {shown}?"), format!("{shown} のことですか?")),
    }
}

/// Whether a text is a whole name of a node, not the mere beginning of one.
fn is_called(node: Node, text: &str) -> bool {
    let name = text.split_once([':', '：']).map_or(text, |(_, name)| name);
    let is_name = |known: &str| fold(known) == fold(text) || fold(known) == fold(name);
    text.contains('@') || node.names().chain([node.id()]).any(is_name)
}

/// What kinds are called, one of which will do.
fn kinds_of(kinds: &[NodeKind]) -> (String, String) {
    if kinds.is_empty() {
        return ("node".to_owned(), "ノード".to_owned());
    }
    let named = |lang| kinds.iter().map(|kind| words::kind(*kind, lang)).collect::<Vec<_>>();
    let (en, ja) = (named(En), named(Ja).join("・"));
    match &en[..] {
        [only] => ((*only).to_owned(), ja),
        [first @ .., last] => (format!("{} or {last}", first.join(", ")), ja),
        [] => unreachable!("there are kinds"),
    }
}

/// That a name names a node of another kind, and who takes it.
fn elsewhere(text: &str, node: Node, kinds: &[NodeKind], others: Others) -> Failure {
    let ((wanted_en, wanted_ja), id) = (kinds_of(kinds), node.id());
    let (en, ja) = (words::kind(node.kind(), En), words::kind(node.kind(), Ja));
    let article = |word: &str| if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let failure = Failure::usage(
        format!("`{text}` is {} {en}, not {} {wanted_en}", article(en), article(&wanted_en)),
        format!("`{text}` は{ja}で、{wanted_ja}ではありません"),
    );
    let takes =
        |option: String| (format!("`{option}` takes it"), format!("`{option}` で指定できます"));
    let (hint_en, hint_ja) = match (others, node.kind()) {
        (Others::Scope, NodeKind::Region | NodeKind::Program | NodeKind::Organization)
        | (
            Others::Selection,
            NodeKind::Region | NodeKind::Program | NodeKind::Role | NodeKind::Stage,
        ) => takes(format!("--{} {id}", node.kind())),
        (Others::Selection, NodeKind::Organization) => takes(format!("--around {id}")),
        (_, NodeKind::Role) => (
            format!("`medclust list --role {id}` lists who plays it"),
            format!("`medclust list --role {id}` で担う者を一覧できます"),
        ),
        (_, NodeKind::Stage) => (
            format!("`medclust list --stage {id}` lists who acts in it"),
            format!("`medclust list --stage {id}` でそこで働く者を一覧できます"),
        ),
        _ => (
            format!("`medclust show {id}` tells of it"),
            format!("`medclust show {id}` で表示できます"),
        ),
    };
    failure.hint(hint_en, hint_ja)
}

fn no_such_node(text: &str, kinds: &[NodeKind], why: &WhyNot) -> Failure {
    let (en, ja) = kinds_of(kinds);
    let (failure, candidates) = match why {
        WhyNot::Absent(absence) => return absent(text, absence),
        WhyNot::Unknown(near) if near.is_empty() => {
            let list = match kinds {
                [kind] => format!("medclust list {kind}s"),
                _ => "medclust list nodes".to_owned(),
            };
            let failure = Failure::usage(
                format!("there is no {en} called `{text}`"),
                format!("`{text}` という{ja}はありません"),
            )
            .hint(format!("`{list}` shows what there is"), format!("`{list}` で一覧できます"));
            (failure, near)
        }
        WhyNot::Unknown(near) => {
            let failure = Failure::usage(
                format!("there is no {en} called `{text}`; the nearest are:"),
                format!("`{text}` という{ja}はありません。近いもの:"),
            );
            (failure, near)
        }
        WhyNot::Ambiguous(candidates) => {
            let count = candidates.len();
            let failure = Failure::usage(
                format!("`{text}` could be any of {count}; use an id:"),
                format!("`{text}` に当たるものが {count} 件あります。id で指定してください:"),
            );
            (failure, candidates)
        }
    };
    list_candidates(failure, candidates)
}

fn list_candidates(failure: Failure, candidates: &[Candidate]) -> Failure {
    let shown = &candidates[..candidates.len().min(CANDIDATES)];
    let width = shown.iter().map(|node| node.id.len()).max().unwrap_or(0);
    let failure = shown.iter().fold(failure, |failure, node| {
        let line = |lang| {
            let kind = words::kind(node.kind, lang);
            format!("{:width$}  {kind}  {}", node.id, node.name(lang))
        };
        failure.hint(line(En), line(Ja))
    });
    match candidates.len() - shown.len() {
        0 => failure,
        more => failure.hint(format!("… and {more} more"), format!("… ほか {more} 件")),
    }
}

fn absent(text: &str, absence: &AbsentNode) -> Failure {
    let AbsentNode { id, date, heir } = absence;
    let failure = Failure::usage(
        format!("`{text}` is in the atlas, but not on {date}"),
        format!("`{text}` はアトラスにありますが、{date} には存在しません"),
    );
    match heir {
        Some(heir) => failure.hint(
            format!("{} (`{}`) had taken its place", heir.name(En), heir.id),
            format!("{}（`{}`）が引き継いでいます", heir.name(Ja), heir.id),
        ),
        None => failure.hint(
            format!("`medclust show {id}` tells what is known of its dates"),
            format!("`medclust show {id}` で時期と出来事を確認できます"),
        ),
    }
}
