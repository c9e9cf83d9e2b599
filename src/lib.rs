//! An explorer of medical-device clusters.
pub mod diagnostic;
pub mod graph;
pub mod lang;
pub mod model;
pub mod origin;
pub mod query;
pub mod source;
pub mod render;
pub mod cli;
