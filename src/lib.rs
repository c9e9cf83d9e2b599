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
//! # The house
//! Each module imports only from those above it:
//! - [`lang`]: the two languages
//! - [`origin`]: which file, line and column a value came from
//! - [`diagnostic`]: a fault as plain data
//! - [`model`]: the records of an atlas
//! - [`source`]: text into records
//! - [`graph`]: records into a graph
//! - [`query`]: questions and answers, one file for each
//! - [`check`]: weak spots of a graph, and what every code means
//! - [`render`]: answers into formats
//! - [`cli`]: the command line, which conducts all of them
//!
//! `medclust path 国循 承認取得` goes forward through them: arguments, the shipped atlas or `--data`,
//! records, a [`graph::Graph`], two [`graph::Node`]s found by name, [`query::path::path`], its answer,
//! [`render::write`], bytes.

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
