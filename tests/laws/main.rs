//! Laws: what holds for every atlas and every text, held against definitions too plain to be wrong.
//!
//! Each file states the laws of one noun, with small random cases and an oracle that is slow and
//! obvious.

mod answers;
mod as_of;
mod atlas;
mod betweenness;
mod context;
mod course;
mod diff;
mod errors;
mod fold;
mod gaps;
#[path = "../harness/mod.rs"]
mod harness;
mod load;
mod members;
mod network;
mod node_set;
mod page;
mod passage;
mod picture;
mod pipeline;
mod routes;
mod scope;
mod search;
mod selection;
mod staffing;
mod vocabulary;
mod write;
mod yaml;
