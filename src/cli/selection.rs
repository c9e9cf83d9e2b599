//! The options that select what a question speaks of, the same for every command.

use clap::Args;

use super::failure::{Failure, find};
use crate::graph::{Graph, fold};
use crate::model::{Basis, NodeKind, Text};
use crate::query::{Criterion, Selection, Term};

/// Repeating an option means or; different options mean and; a leading `!` negates.
#[derive(Debug, Default, Args)]
#[command(
    next_help_heading = "Selection (repeat an option for or; different options mean and; !VALUE negates)"
)]
pub struct SelectionArguments {
    /// In this region: what lies within it, its members, its roles and their stages
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// This role in any context, and who plays it
    #[arg(long, value_name = "ROLE")]
    role: Vec<String>,
    /// This stage, and who acts in it or supports it
    #[arg(long, value_name = "STAGE")]
    stage: Vec<String>,
    /// This program: its parts, its members, its roles and their stages
    #[arg(long, value_name = "PROGRAM")]
    program: Vec<String>,
    /// Of this type, such as company or hospital
    #[arg(long = "type", value_name = "TYPE")]
    r#type: Vec<String>,
    /// With a name that contains this text
    #[arg(long, value_name = "TEXT")]
    name: Vec<String>,
    /// Citing this source, or this place in it (minnesota-map:71-72)
    #[arg(long, value_name = "SOURCE")]
    source: Vec<String>,
    /// On this basis: stated, inferred or curated
    #[arg(long, value_name = "BASIS")]
    basis: Vec<String>,
    /// Near this node
    #[arg(long, value_name = "NAME")]
    around: Vec<String>,
    /// How many relations away --around reaches
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    depth: usize,
}

impl SelectionArguments {
    /// Works the selection out.
    ///
    /// # Errors
    /// Where a name, a source or a basis is none.
    pub fn select<'g>(&self, graph: &'g Graph) -> Result<Selection<'g>, Failure> {
        Ok(Selection::new(graph, self.terms(graph)?))
    }

    fn terms<'g>(&self, graph: &'g Graph) -> Result<Vec<Term<'g>>, Failure> {
        let mut terms = Vec::new();
        let mut add =
            |values: &[String], criterion: &dyn Fn(&str) -> Result<Criterion<'g>, Failure>| {
                values.iter().try_for_each(|value| {
                    let (value, negated) = match value.strip_prefix('!') {
                        Some(value) => (value, true),
                        None => (value.as_str(), false),
                    };
                    terms.push(Term { criterion: criterion(value)?, negated });
                    Ok::<(), Failure>(())
                })
            };
        let node = |kind: NodeKind| move |text: &str| find(graph, text, &[kind]);
        add(&self.region, &|text| node(NodeKind::Region)(text).map(Criterion::Region))?;
        add(&self.role, &|text| node(NodeKind::Role)(text).map(Criterion::Role))?;
        add(&self.stage, &|text| node(NodeKind::Stage)(text).map(Criterion::Stage))?;
        add(&self.program, &|text| node(NodeKind::Program)(text).map(Criterion::Program))?;
        add(&self.r#type, &|text| known_type(graph, text).map(Criterion::Type))?;
        add(&self.name, &|text| Ok(Criterion::Name(fold(text))))?;
        add(&self.source, &|text| known_source(graph, text).map(Criterion::Source))?;
        add(&self.basis, &|text| basis(text).map(Criterion::Basis))?;
        add(&self.around, &|text| Ok(Criterion::Around(find(graph, text, &[])?, self.depth)))?;
        Ok(terms)
    }
}

/// Reads a basis.
pub fn basis(text: &str) -> Result<Basis, Failure> {
    match text {
        "stated" => Ok(Basis::Stated),
        "inferred" => Ok(Basis::Inferred),
        "curated" => Ok(Basis::Curated),
        _ => Err(Failure::usage(
            format!("`{text}` is no basis: stated, inferred or curated"),
            format!("`{text}` は根拠ではありません。stated、inferred、curated のいずれかです"),
        )),
    }
}

fn known_source(graph: &Graph, text: &str) -> Result<String, Failure> {
    let id = text.split_once(':').map_or(text, |(id, _)| id);
    if graph.sources().any(|source| source.id() == id) {
        return Ok(text.to_owned());
    }
    Err(unknown("source", "出典", id, graph.sources().map(|source| source.id())))
}

fn known_type(graph: &Graph, text: &str) -> Result<String, Failure> {
    let named = |id: &str| {
        let names = graph.type_name(id).into_iter().flat_map(Text::both);
        std::iter::once(id).chain(names).any(|name| fold(name) == fold(text))
    };
    if let Some(known) =
        graph.types().find(|known| *known == text).or(graph.types().find(|it| named(it)))
    {
        return Ok(known.to_owned());
    }
    Err(unknown("type", "類型", text, graph.types()))
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
    let near = crate::diagnostic::nearest(text, known.iter().copied());
    let failure =
        Failure::usage(format!("there is no {en} `{text}`"), format!("{ja} `{text}` はありません"));
    let shown = if near.is_empty() { known.join(", ") } else { near.join(", ") };
    match near.is_empty() {
        true => failure.hint(format!("there are: {shown}"), format!("使えるもの: {shown}")),
        false => failure.hint(format!("did you mean {shown}?"), format!("{shown} のことですか?")),
    }
}
