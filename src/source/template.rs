//! Atlases to start from: a small one with comments, and the shipped one.

use std::path::{Path, PathBuf};

use super::{Shipped, atlas_schema, embedded};
use crate::lang::Lang;

/// The files of the small atlas. A comment of one language begins with `#ja ` or `#en `.
const SMALL: &[(&str, &str)] = &[
    ("organizations.yaml", include_str!("template/organizations.yaml")),
    ("regions.yaml", include_str!("template/regions.yaml")),
    ("relations.yaml", include_str!("template/relations.yaml")),
    ("roles.yaml", include_str!("template/roles.yaml")),
    ("sources.yaml", include_str!("template/sources.yaml")),
];

/// The name of the schema file, beside the YAML files.
const SCHEMA: &str = "atlas.schema.json";

/// Returns a small atlas with comments in `lang`, and the schema that editors check it with.
pub fn small(lang: Lang) -> Vec<(PathBuf, String)> {
    let files = SMALL.iter().map(|(path, text)| (PathBuf::from(path), in_lang(text, lang)));
    with_schema(files)
}

/// Returns the files of the shipped atlas, each layer in a folder, and the same schema.
pub fn shipped() -> Vec<(PathBuf, String)> {
    let source = files(Shipped::Source).map(|(path, text)| (Path::new("source").join(path), text));
    let curated =
        files(Shipped::Curated).map(|(path, text)| (Path::new("curated").join(path), text));
    with_schema(source.chain(curated))
}

/// Returns the files of a layer of the shipped atlas, and the same schema.
pub fn shipped_layer(layer: Shipped) -> Vec<(PathBuf, String)> {
    with_schema(files(layer))
}

fn files(layer: Shipped) -> impl Iterator<Item = (PathBuf, String)> {
    embedded::files(layer).map(|(path, text)| (PathBuf::from(path), text.to_owned()))
}

/// Adds the schema, and a line at the head of each file that points to it.
pub fn with_schema(files: impl Iterator<Item = (PathBuf, String)>) -> Vec<(PathBuf, String)> {
    let schema = format!("{:#}\n", atlas_schema());
    let files = files.map(|(path, text)| {
        let up = "../".repeat(path.components().count() - 1);
        (path, format!("# yaml-language-server: $schema={up}{SCHEMA}\n{text}"))
    });
    files.chain([(PathBuf::from(SCHEMA), schema)]).collect()
}

/// The text with its comments in one language.
fn in_lang(text: &str, lang: Lang) -> String {
    let (kept, dropped) = lang.pick(("#en ", "#ja "), ("#ja ", "#en "));
    let lines = text.lines().filter(|line| !line.trim_start().starts_with(dropped));
    lines.map(|line| line.replacen(kept, "# ", 1) + "\n").collect()
}
