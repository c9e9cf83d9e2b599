//! Names a few of those who act in a stage, and of those who support it.

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
    state: State,
    context: Option<Node<'g>>,
    lang: Lang,
) -> String {
    match found.len() {
        0 => words::state(state, lang).to_owned(),
        all => format!("{all}: {}", words::first_names(found, FIRST, context, lang)),
    }
}

/// Returns where relations start, each node once.
pub fn starts<'g>(relations: &[Relation<'g>]) -> Vec<(Node<'g>, Basis)> {
    words::distinct(relations.iter().map(|it| (it.from(), it.basis())))
}

/// Returns who plays any of these roles, each marked by the weaker of playing and of acting in the stage.
pub fn players<'g>(acting: &[Acting<'g>]) -> Vec<(Node<'g>, Basis)> {
    words::distinct(acting.iter().flat_map(|acting| {
        let weaker = |it: &Relation<'g>| it.basis().max(acting.acts_in.basis());
        acting.players.iter().map(move |it| (it.from(), weaker(it)))
    }))
}
