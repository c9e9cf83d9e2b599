//! **medclust** explores medical-device clusters: who is there, who does what, how a clinical need
//! becomes a product, and which source says so.
//!
//! # The nouns
//! - An *atlas* is a folder of YAML files. It describes *nodes* of five kinds (regions,
//!   organizations, roles, stages, programs) and the *relations* between them; every statement cites
//!   its *sources* and stands on a *basis*: stated, inferred or curated.
//! - A *context* is the region or program in which a relation holds. A role seen in a context is a
//!   node of its own, R@X: the gap fund *of Minnesota*.
//! - A *route* leads from node to node over relations, in the directions that the *vocabulary* of
//!   relation kinds allows.
//!
//! # Asking a question
//! Every question is a value, and its answer borrows the graph:
//!
//! ```
//! use medclust::lang::Lang;
//! use medclust::query::path::{Question, path};
//! use medclust::{atlas, source::Layer};
//!
//! let graph = atlas::load(&[Layer::Builtin])?;
//! let (hospital, stage) = (graph.find("国循", &[])?, graph.find("Approval obtained", &[])?);
//! let best = path(&graph, &Question::between(hospital, stage)).best().ok_or("no route")?;
//! let names: Vec<&str> = best.route.nodes.iter().map(|node| node.name(Lang::En)).collect();
//! assert_eq!(names.first(), Some(&"National Cerebral and Cardiovascular Center"));
//! assert_eq!(names.last(), Some(&"Approval obtained"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/route.rs` is the same as a program. [`atlas::load_as_of`] asks about a date, and
//! [`render::write`] writes an answer in any format.
//!
//! # The house
//! Each module imports only from those above it:
//! - [`lang`]: the two languages
//! - [`origin`]: which file, line and column a value came from
//! - [`diagnostic`]: a fault as plain data
//! - [`model`]: the records of an atlas
//! - [`source`]: text into records
//! - [`graph`]: records into a graph
//! - [`atlas`]: layers of files into a graph
//! - [`query`]: questions and answers, one file for each
//! - [`check`]: weak spots of a graph, and what every code means
//! - [`render`]: answers into formats
//! - [`cli`]: the command line, which conducts all of them
//!
//! `medclust path 国循 承認取得` goes forward through them: arguments, the shipped atlas or `--data`,
//! records, a [`graph::Graph`], two [`graph::Node`]s found by name, [`query::path::path`], its answer,
//! [`render::write`], bytes.

pub mod atlas;
pub mod check;
pub mod cli;
mod control;
pub mod diagnostic;
pub mod graph;
pub mod lang;
pub mod model;
pub mod origin;
pub mod query;
pub mod render;
pub mod source;
