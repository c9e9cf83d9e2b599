//! The atlas that a command speaks of.

use std::fs;
use std::path::Path;

use super::arguments::{DataArguments, Upto};
use super::failure::Failure;
use crate::atlas::{self, Cache, Entry, is_worth};
use crate::check::SourcePlaces;
use crate::diagnostic::{Code, Diagnostic, Faults};
use crate::graph::Graph;
use crate::lang::Message;
use crate::model::Date;
use crate::origin::Files;
use crate::source::{self, Layer, Shipped};

/// The fingerprint of no texts: a graph that was found in a pack is kept for that file alone.
const NOT_OF_TEXTS: u128 = 0;

/// An atlas as far as it can be read.
pub struct Read {
    /// The graph, or every fault of every file.
    pub graph: Result<Graph, Faults>,
    /// The files.
    pub files: Files,
    /// Where its sources are described.
    pub sources: SourcePlaces,
}

/// Reads these layers, as they are or as they were on `date`; of those that are large and have not changed,
/// the cache has the graph.
///
/// # Errors
/// With every fault of every file; nothing is half loaded.
pub fn load(layers: &[Layer], date: Option<Date>, cache: &Cache) -> Result<Graph, Failure> {
    if layers == Layer::BUILTIN && date.is_none() {
        return Ok(source::shipped());
    }
    // The graph of a date is of other records than that of the whole.
    let entry = if date.is_none() { cache.entry(layers) } else { None };
    let packed = source::pack::only(layers).filter(|_| date.is_none());
    if let Some(mut graph) = entry.as_ref().and_then(Entry::find_seen) {
        packed.into_iter().for_each(|path| source::pack::place(&mut graph, path));
        return Ok(graph);
    }
    if let Some(graph) = packed.and_then(source::pack::graph) {
        if let Some(entry) = entry.filter(Entry::is_worth) {
            entry.keep(&graph, NOT_OF_TEXTS);
        }
        return Ok(graph);
    }
    let texts = source::gather(layers);
    if let Some(graph) = entry.as_ref().and_then(|entry| entry.find(&texts)) {
        return Ok(graph);
    }
    let kept = entry.filter(|_| is_worth(&texts)).map(|entry| (entry, texts.fingerprint()));
    let Read { graph, files, .. } = build(texts.parse(), date);
    let graph = graph.map_err(|Faults(faults)| {
        let hint = lacks_below(layers, &faults);
        Failure::Atlas { faults, files, hint }
    })?;
    if let Some((entry, fingerprint)) = kept {
        entry.keep(&graph, fingerprint);
    }
    Ok(graph)
}

/// Reads these layers, whether or not they make a graph.
pub fn read(layers: &[Layer]) -> Read {
    build(source::read(layers), None)
}

fn build(mut read: source::Atlas, date: Option<Date>) -> Read {
    let sources = SourcePlaces::from(&read.records);
    let graph = atlas::build(&mut read, date);
    Read { graph, files: read.files, sources }
}

/// What to do where layers refer to what only the shipped atlas, not among them, holds.
pub fn lacks_below(layers: &[Layer], faults: &[Diagnostic]) -> Option<Message> {
    let dangling = |faults: &[Diagnostic]| {
        faults.iter().filter(|fault| fault.code == Code::DanglingReference).count()
    };
    let lacking = dangling(faults);
    let is_shipped = |layer: &Layer| matches!(layer, Layer::Builtin(_));
    if lacking == 0 || layers.iter().any(is_shipped) {
        return None;
    }
    let above = [&Layer::BUILTIN, layers].concat();
    let left = read(&above).graph.map_or_else(|Faults(faults)| dangling(&faults), |_| 0);
    if left == lacking {
        return None;
    }
    let folders: Vec<String> = layers.iter().map(shown).collect();
    let check = format!("medclust check builtin {}", folders.join(" "));
    let data = format!("--data builtin --data {}", folders.join(" --data "));
    Some(Message::new(
        format!("the shipped atlas has some of these: to lay yours over it, `{check}`, `{data}`"),
        format!("付属のアトラスにあるものがあります。その上に重ねるには `{check}`、`{data}`"),
    ))
}

/// The layers that `--data` names, or else `MEDCLUST_DATA`, or else the shipped atlas.
///
/// # Errors
/// Where one is named twice, or where `--layer` finds no shipped atlas among them.
pub fn layers(data: &DataArguments) -> Result<Vec<Layer>, Failure> {
    let told = std::env::var_os("MEDCLUST_DATA").filter(|paths| !paths.is_empty());
    let mut all: Vec<Layer> = match told {
        _ if !data.folders.is_empty() => data.folders.iter().flat_map(|it| layers_of(it)).collect(),
        Some(paths) => std::env::split_paths(&paths)
            .filter(|path| !path.as_os_str().is_empty())
            .flat_map(|path| layers_of(&path))
            .collect(),
        None => Layer::BUILTIN.to_vec(),
    };
    if let Some(upto) = data.layer {
        if !all.iter().any(|layer| matches!(layer, Layer::Builtin(_))) {
            return Err(Failure::usage(
                "`--layer` chooses a layer of the shipped atlas, which is not among the data",
                "`--layer` は付属のアトラスの層を選びますが、データに付属のアトラスがありません",
            )
            .hint(
                "add `--data builtin`, or leave `--layer` out",
                "`--data builtin` を加えるか、`--layer` を外してください",
            ));
        }
        if upto == Upto::Source {
            all.retain(|layer| *layer != Layer::Builtin(Shipped::Curated));
        }
    }
    each_once(all)
}

/// The layers that a path names: `builtin` is the shipped atlas, of two layers.
pub fn layers_of(path: &Path) -> Vec<Layer> {
    match path.to_str() {
        Some("builtin") => Layer::BUILTIN.to_vec(),
        Some("builtin:source") => vec![Layer::Builtin(Shipped::Source)],
        Some("builtin:curated") => vec![Layer::Builtin(Shipped::Curated)],
        _ => vec![Layer::Folder(path.to_owned())],
    }
}

/// These layers, of which none may be read twice: what is said twice would count twice.
///
/// # Errors
/// Where one is another, by whichever spelling, or lies within another.
pub fn each_once(layers: Vec<Layer>) -> Result<Vec<Layer>, Failure> {
    for (at, layer) in layers.iter().enumerate() {
        let Some(other) = layers[..at].iter().find(|other| is_read_with(layer, other)) else {
            continue;
        };
        let (layer, other) = (shown(layer), shown(other));
        let failure = match layer == other {
            true => Failure::usage(
                format!("the layer `{layer}` is given twice"),
                format!("層 `{layer}` が二度指定されています"),
            ),
            false => Failure::usage(
                format!("`{layer}` and `{other}` are, or hold, the same files"),
                format!("`{layer}` と `{other}` は同じファイルを含みます"),
            ),
        };
        return Err(failure.hint(
            "what is read twice would count twice: name each layer once",
            "二度読むと、述べられていることが二重に数えられます。各層は一度だけ指定してください",
        ));
    }
    Ok(layers)
}

/// Whether to read one layer is to read of the other, too.
fn is_read_with(one: &Layer, other: &Layer) -> bool {
    match (one, other) {
        (Layer::Folder(one), Layer::Folder(other)) => {
            let (Ok(one), Ok(other)) = (fs::canonicalize(one), fs::canonicalize(other)) else {
                return one == other;
            };
            let is_within = |inner: &Path, outer: &Path| {
                // Names that begin with a dot are passed over in a folder, but for the one given.
                let is_seen = |below: &Path| below.iter().all(|it| !source::is_hidden(it));
                inner.strip_prefix(outer).is_ok_and(is_seen)
            };
            is_within(&one, &other) || is_within(&other, &one)
        }
        _ => one == other,
    }
}

/// A layer as it is typed.
fn shown(layer: &Layer) -> String {
    match layer {
        Layer::Builtin(Shipped::Source) => "builtin:source".to_owned(),
        Layer::Builtin(Shipped::Curated) => "builtin:curated".to_owned(),
        Layer::Folder(path) => path.display().to_string(),
        Layer::Revision { revision, path } => format!("{revision}:{path}"),
    }
}
