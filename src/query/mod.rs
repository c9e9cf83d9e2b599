//! Questions and their answers, one file for each question.
//!
//! A question is a value; its answer borrows the graph and is plain data that serializes.
//! [`crate::render`] adds columns, colours and languages; [`crate::cli`] reads what the user typed.

pub mod cite;
pub mod compare;
pub mod contract;
pub mod counted;
pub mod diff;
pub mod draw;
pub mod ends;
pub mod expect;
pub mod extent;
pub mod gaps;
pub mod list;
pub mod map;
pub mod passage;
pub mod path;
pub mod pipeline;
pub mod risk;
pub mod scope;
pub mod search;
mod selection;
pub mod show;
pub mod statement;
pub mod stats;
pub mod tie;
pub mod trace;

pub use selection::{Criterion, Selection, Term};
