//! What can be typed.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::{
    check, cite, compare, diff, gaps, import, init, japanese, list, path, risk, schema, search,
    show, stats, trace,
};
use crate::lang::Lang;
use crate::render::Format;

/// Explore medical-device clusters: who is there, who does what, how a need becomes a product, and who says so
#[derive(Debug, Parser)]
#[command(
    name = "medclust",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
#[command(
    after_help = "A node may be named by its id, by any name or alias in any language, as kind:name, or as ROLE@CONTEXT.\n\
Exit status: 0 found, 1 nothing found, 2 an error."
)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Read the atlas in this folder; repeat to add layers; `builtin` is the shipped one [env: MEDCLUST_DATA]
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Vec<PathBuf>,
    /// Language of names and messages: ja or en [default: from the locale]
    #[arg(long, global = true, hide_possible_values = true)]
    pub lang: Option<LangName>,
    /// Colour: auto, always or never
    #[arg(
        long,
        global = true,
        default_value = "auto",
        value_name = "WHEN",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: Color,
    /// Output: table, json, ndjson, csv, tsv, yaml or ids; `check` also sarif
    #[arg(long, global = true, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<FormatName>,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
}

impl Global {
    /// The format that was asked for.
    pub fn format(&self) -> Format {
        match self.format {
            _ if self.json => Format::Json,
            // SARIF is JSON; the one command that answers in it writes it itself.
            Some(FormatName::Sarif) => Format::Json,
            None | Some(FormatName::Table) => Format::Table,
            Some(FormatName::Json) => Format::Json,
            Some(FormatName::Ndjson) => Format::Ndjson,
            Some(FormatName::Csv) => Format::Csv,
            Some(FormatName::Tsv) => Format::Tsv,
            Some(FormatName::Yaml) => Format::Yaml,
            Some(FormatName::Ids) => Format::Ids,
        }
    }

    /// Whether SARIF was asked for.
    pub fn is_sarif(&self) -> bool {
        matches!(self.format, Some(FormatName::Sarif))
    }
}

/// The questions.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what there is: organizations, regions, roles, stages, programs, relations, sources
    List(list::Arguments),
    /// Show all that the atlas says of a node
    Show(show::Arguments),
    /// Show what a source says, its title and date, and which statements rest on it
    Cite(cite::Arguments),
    /// Search for the nodes whose names are nearest to a text
    Search(search::Arguments),
    /// Find routes from one node to another, with relation, basis and source of each hop
    Path(path::Arguments),
    /// Trace development from a need to the market: who acts in each stage, what supports it, what is missing
    Trace(trace::Arguments),
    /// Compare regions and programs, or organizations, by role, stage, relation, program or indicator
    Compare(compare::Arguments),
    /// Tell what a region, a program or an organization lacks, and who could fill it
    Gaps(gaps::Arguments),
    /// Tell what breaks the routes from need to market, single points of failure by name, and what would help
    Risk(risk::Arguments),
    /// Tell the atlas in figures: counts, parts, who holds it together, and brokers between sectors and regions
    Stats(stats::Arguments),
    /// Tell what changed between two atlases, as statements, not lines
    Diff(diff::Arguments),
    /// Make a folder to start an own atlas from
    Init(init::Arguments),
    /// Import records of another source as the YAML of an atlas: ror, csv or kumu
    Import(import::Arguments),
    /// Print the JSON Schema of atlas files, or of a command's JSON output
    Schema(schema::Arguments),
    /// Check an atlas for faults and weak spots, each with file, line and hint
    Check(check::Arguments),
}

/// A language as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangName {
    Ja,
    En,
}

/// When to colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// A format as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatName {
    Table,
    Json,
    Ndjson,
    Csv,
    Tsv,
    Yaml,
    Ids,
    Sarif,
}

/// Parses a command line whose help and errors speak `lang`, in colours as it asks for itself.
///
/// # Errors
/// Where it cannot be understood, or where help is asked for.
pub fn parse(arguments: &[OsString], lang: Lang) -> Result<Arguments, clap::Error> {
    let command = || match lang {
        Lang::En => Arguments::command(),
        Lang::Ja => japanese::translate(Arguments::command()),
    };
    command()
        .color(color(arguments))
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .map_err(|error| match lang {
            Lang::En => error,
            Lang::Ja => japanese::translate_error(error),
        })
}

/// What is typed for an option, read before the arguments are parsed: help and errors need it then.
fn typed<'a>(arguments: &'a [OsString], option: &str) -> impl Iterator<Item = &'a str> {
    let mut typed = arguments.iter().map_while(|it| it.to_str().filter(|it| *it != "--"));
    std::iter::from_fn(move || {
        let argument = typed.next()?;
        let value = argument.strip_prefix(option).unwrap_or_default();
        Some(if argument == option { typed.next() } else { value.strip_prefix('=') })
    })
    .flatten()
}

/// When help and errors are coloured: as `--color` says, else on a terminal.
fn color(arguments: &[OsString]) -> ColorChoice {
    let known = typed(arguments, "--color").find_map(|value| match value {
        "always" => Some(ColorChoice::Always),
        "never" => Some(ColorChoice::Never),
        _ => None,
    });
    known.unwrap_or(ColorChoice::Auto)
}

/// The language that is asked for: by `--lang`, else by the locale.
pub fn language(arguments: &[OsString]) -> Lang {
    for value in typed(arguments, "--lang") {
        match value {
            "ja" => return Lang::Ja,
            "en" => return Lang::En,
            _ => {}
        }
    }
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set).and_then(std::env::var_os);
    Lang::from_locale(&locale.unwrap_or_default().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
        japanese::translate(Arguments::command()).debug_assert();
    }
}
