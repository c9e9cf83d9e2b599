//! Names a few of those who act in a stage, and of those who support it.

use std::collections::HashSet;

use super::words;
use crate::graph::{Node, Relation};
use crate::lang::Lang;
use crate::model::Basis;
use crate::query::scope::{Acting, State};

/// The number of names told where there may be many.
pub const FIRST: usize = 3;

/// Returns how many there are and who comes first, or what is known where nobody is named.
pub fn few<'g>(
    found: &[(Node<'g>, Basis)],
    nationwide: &[(Node<'g>, Basis)],
    state: State,
    context: Option<Node<'g>>,
    lang: Lang,
) -> String {
    let own = match found.len() {
        0 => None,
        all => Some(format!("{all}: {}", words::first_names(found, FIRST, context, lang))),
    };
    let serving = words::nationwide(nationwide, Some(FIRST), lang);
    match own.into_iter().chain(serving).collect::<Vec<_>>() {
        none if none.is_empty() => words::state(state, lang).to_owned(),
        some => some.join(lang.pick("; ", "、")),
    }
}

/// Returns where relations start, each node once.
pub fn starts<'g>(relations: &[Relation<'g>]) -> Vec<(Node<'g>, Basis)> {
    words::distinct(relations.iter().map(|it| (it.from(), it.basis())))
}

/// Returns who is only planned to play any of these roles.
pub fn planned<'a, 'g: 'a>(
    acting: impl IntoIterator<Item = &'a Acting<'g>>,
    lang: Lang,
) -> Vec<String> {
    let planned = acting.into_iter().flat_map(|it| &it.planned).map(|it| it.from());
    let mut seen = HashSet::new();
    planned.filter(|node| seen.insert(*node)).map(|node| words::planned(node, lang)).collect()
}

/// Returns who plays any of these roles, each marked by the weaker of playing and of acting in the stage.
pub fn players<'g>(acting: &[Acting<'g>]) -> Vec<(Node<'g>, Basis)> {
    marked(acting, |it| &it.players)
}

/// Returns who plays any of these roles in a region that the scope lies in, marked alike.
pub fn nationwide<'g>(acting: &[Acting<'g>]) -> Vec<(Node<'g>, Basis)> {
    marked(acting, |it| &it.nationwide)
}

fn marked<'g>(
    acting: &[Acting<'g>],
    who: for<'a> fn(&'a Acting<'g>) -> &'a Vec<Relation<'g>>,
) -> Vec<(Node<'g>, Basis)> {
    words::distinct(acting.iter().flat_map(|acting| {
        let weaker = |it: &Relation<'g>| it.basis().max(acting.acts_in.basis());
        who(acting).iter().map(move |it| (it.from(), weaker(it)))
    }))
}
