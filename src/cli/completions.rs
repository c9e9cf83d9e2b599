//! `medclust completions`: lets a shell complete commands, options, and the ids and names of the atlas.
//!
//! The script that is printed has the shell ask the program itself, which knows the atlas of the line.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, Args, ValueEnum};
use clap_complete::env::{CompleteEnv, Shells};
use clap_complete::{ArgValueCompleter, CompletionCandidate};

use super::arguments::{Manner, command};
use super::failure::Failure;
use super::session::Session;
use super::{Outcome, atlas};
use crate::atlas::Cache;
use crate::graph::{Graph, Node};
use crate::lang::Lang;
use crate::model::{Basis, NodeKind};
use crate::source::Layer;

/// By this variable, the shell asks the program what could be typed.
pub const VARIABLE: &str = "COMPLETE";

/// More candidates than anybody reads.
const MOST: usize = 2000;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The shell: bash, zsh, fish, powershell or elvish
    ///
    /// シェル: bash、zsh、fish、powershell、elvish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

pub fn run(arguments: &Arguments, _: &Session) -> Result<Outcome, Failure> {
    let name = arguments.shell.to_possible_value().expect("no shell is skipped");
    let shells = Shells::builtins();
    let shell = shells.completer(name.get_name()).expect("every shell has a completer");
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "medclust", "medclust", "medclust", &mut script)?;
    io::stdout().write_all(&script)?;
    Ok(Outcome::Found)
}

/// Answers a shell that asks what could be typed; returns whether one did.
pub fn answer(arguments: &[OsString]) -> bool {
    let lang = Manner::of(arguments).lang;
    let layers = layers(arguments);
    let factory = || command(lang).mut_subcommands(|it| completed(it, lang, &layers));
    let current = std::env::current_dir().ok();
    // What goes wrong here must not disturb the line that somebody is typing.
    CompleteEnv::with_factory(factory)
        .var(VARIABLE)
        .try_complete(arguments.iter().cloned(), current.as_deref())
        .unwrap_or(true)
}

fn completed(command: clap::Command, lang: Lang, layers: &[Layer]) -> clap::Command {
    command
        .mut_args(|argument| with_candidates(argument, lang, layers))
        .mut_subcommands(|it| completed(it, lang, layers))
}

/// An argument that knows what could be typed there, by what its value is called in its help.
fn with_candidates(argument: Arg, lang: Lang, layers: &[Layer]) -> Arg {
    let called = argument.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
    let kinds: &'static [NodeKind] = match called.as_deref() {
        Some("NAME" | "NODE" | "FROM" | "TO" | "TEXT") => &NodeKind::ALL,
        Some("REGION") => &[NodeKind::Region],
        Some("ROLE") => &[NodeKind::Role],
        Some("STAGE") => &[NodeKind::Stage],
        Some("PROGRAM") => &[NodeKind::Program],
        Some("SOURCE" | "SOURCE[:LINES]") => return argument.add(of_atlas(layers, sources)),
        Some("KIND" | "KINDS") => return argument.add(of_atlas(layers, relation_kinds)),
        Some("TYPE") => return argument.add(of_atlas(layers, types)),
        Some("BASIS") => {
            let bases = || Basis::ALL.map(|it| format!("{it:?}").to_lowercase());
            let found = move |typed: &OsStr| {
                bases()
                    .into_iter()
                    .filter(|it| begins(it, typed))
                    .map(CompletionCandidate::new)
                    .collect()
            };
            return argument.add(ArgValueCompleter::new(found));
        }
        _ => return argument,
    };
    argument.add(of_atlas(layers, move |graph, typed| names(graph, kinds, typed, lang)))
}

/// Completes by a graph, which is loaded when it is asked; of one that cannot be loaded nothing is told.
fn of_atlas(
    layers: &[Layer],
    candidates: impl Fn(&Graph, &OsStr) -> Vec<CompletionCandidate> + Send + Sync + 'static,
) -> ArgValueCompleter {
    let layers = layers.to_vec();
    ArgValueCompleter::new(move |typed: &OsStr| {
        let graph = atlas::load(&layers, None, &Cache::of_user());
        graph.map(|graph| candidates(&graph, typed)).unwrap_or_default()
    })
}

/// Whether a word begins with what is typed, however its letters are written.
fn begins(word: &str, typed: &OsStr) -> bool {
    word.to_lowercase().starts_with(&typed.to_string_lossy().to_lowercase())
}

/// Ids and names without blanks, which would have to be quoted; each with the name and the kind of what it
/// names. Nothing typed yet is answered with ids alone.
fn names(graph: &Graph, kinds: &[NodeKind], typed: &OsStr, lang: Lang) -> Vec<CompletionCandidate> {
    let is_plain =
        |word: &&str| !word.contains(|c: char| c.is_whitespace() || "'\"\\$`&|;<>()".contains(c));
    let mut found = Vec::new();
    for node in graph.nodes().filter(|node| kinds.contains(&node.kind())) {
        let told = |word: &str| {
            let name = node.name(lang);
            let kind = node.kind().name(lang);
            let told = if name == word { kind.to_owned() } else { format!("{name} ({kind})") };
            CompletionCandidate::new(word).help(Some(told.into()))
        };
        let all = match typed.is_empty() {
            true => Vec::new(),
            false => {
                words(node).into_iter().filter(is_plain).filter(|it| begins(it, typed)).collect()
            }
        };
        let id = Some(node.id()).filter(|it| begins(it, typed));
        found.extend(id.into_iter().chain(all).map(told));
        if found.len() > MOST {
            break;
        }
    }
    found
}

fn words(node: Node<'_>) -> Vec<&str> {
    let mut words: Vec<&str> = node.names().filter(|name| *name != node.id()).collect();
    words.dedup();
    words
}

fn sources(graph: &Graph, typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = graph.sources().filter(|source| begins(source.id(), typed));
    let told = |title: &Option<String>| title.clone().map(Into::into);
    found.map(|it| CompletionCandidate::new(it.id()).help(told(&it.record().title))).collect()
}

fn relation_kinds(graph: &Graph, typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = graph.relation_kinds().filter(|kind| begins(kind.id(), typed));
    found.map(|it| CompletionCandidate::new(it.id())).collect()
}

fn types(graph: &Graph, typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut all: Vec<&str> = graph.types().filter(|it| begins(it, typed)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(CompletionCandidate::new).collect()
}

/// The atlas that the line names so far, or else that of the environment.
fn layers(arguments: &[OsString]) -> Vec<Layer> {
    let mut folders: Vec<PathBuf> = Vec::new();
    // The last is what is being typed.
    let typed = &arguments[..arguments.len().saturating_sub(1)];
    for (at, argument) in typed.iter().enumerate() {
        let argument = argument.to_string_lossy();
        match argument.strip_prefix("--data") {
            Some("") => folders.extend(typed.get(at + 1).map(PathBuf::from)),
            Some(rest) => folders.extend(rest.strip_prefix('=').map(PathBuf::from)),
            None => {}
        }
    }
    let told = std::env::var_os("MEDCLUST_DATA").filter(|it| !it.is_empty());
    if folders.is_empty()
        && let Some(told) = &told
    {
        folders.extend(std::env::split_paths(told));
    }
    match folders.is_empty() {
        true => Layer::BUILTIN.to_vec(),
        false => folders.iter().flat_map(|it| atlas::layers_of(Path::new(it))).collect(),
    }
}
