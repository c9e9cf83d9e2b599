//! **medclust** explores medical-device clusters: who is there, who does what, how a clinical need
//! becomes a product, and which source says so.
//!
//! # The nouns
//! - An *atlas* is a folder of YAML files. It describes *nodes* of five kinds (regions,
//!   organizations, roles, stages, programs) and the *relations* between them. Every statement cites
//!   its *sources* and is on a *basis*: stated, inferred or curated.
//! - A *context* is the region or program in which a relation holds. A role R in a context X is a node
//!   of its own, the *contextual role* R@X: the gap fund *of Minnesota*. R is the role *in general*.
//! - A *member* of a region or program is an organization or program that acts in it.
//! - A *denial* is a statement that a node has no relation of a kind: a source says that nobody plays
//!   a role. A node without relations and without a denial is merely unknown.
//! - A *derived* node or relation follows from others and stands in no file.
//! - A *flow* is a relation by which something passes between those who act: problems, solutions,
//!   money. A *route* leads from node to node over relations, in the directions that the *vocabulary*
//!   of relation kinds allows, and passes no node twice.
//! - A *layer* is one of several atlases that are loaded together; later ones add to earlier ones.
//!
//! # Asking a question
//! Every question is a value, and its answer borrows the graph:
//!
//! ```
//! use medclust::lang::Lang;
//! use medclust::query::path::{Question, path};
//! use medclust::{atlas, source::Layer};
//!
//! let graph = atlas::load(&Layer::BUILTIN)?;
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
//! # Reading the modules
//! Each module imports only from those above it, so they can be read in this order:
//!
//! 1. [`lang`], [`origin`] and [`diagnostic`] are small: the two languages, the position of a value in
//!    its file, and a fault as data.
//! 2. [`model`] has the records of an atlas as files write them. Start with [`model::NodeRecord`] and
//!    [`model::RelationRecord`].
//! 3. [`source`] reads texts into records; [`source::read`] takes layers of YAML.
//! 4. [`graph`] builds the graph of the records. [`graph::Graph`], [`graph::Node`] and
//!    [`graph::Relation`] are what all later modules use; [`graph::routes`] finds routes.
//! 5. [`atlas`] loads layers of files into a graph, in one call.
//! 6. [`query`] has a module for each question. [`query::path`] is the simplest, and
//!    [`query::extent`] and [`query::scope`] say what belongs to a region or program.
//! 7. [`check`] finds weak spots of a graph and explains the code of every fault.
//! 8. [`picture`] lays boxes and arrows out and writes them as SVG and slides; it knows nothing of atlases.
//! 9. [`render`] writes answers in any format; [`render::Report`] is what an answer implements.
//! 10. [`export`] writes an atlas, or a part of it, in the formats of other tools.
//! 11. [`cli`] is the command line, which calls all of them.
//!
//! `medclust path 国循 承認取得` passes through them in this order: arguments, the shipped atlas or
//! `--data`, records, a [`graph::Graph`], two [`graph::Node`]s found by name, [`query::path::path`],
//! its answer, [`render::write`], bytes.

pub mod atlas;
pub mod check;
pub mod cli;
mod control;
pub mod diagnostic;
pub mod export;
pub mod graph;
pub mod lang;
pub mod model;
mod office;
pub mod origin;
pub mod picture;
pub mod query;
pub mod render;
pub mod source;
