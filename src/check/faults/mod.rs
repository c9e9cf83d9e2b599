//! What the faults of loading mean; [`crate::source`] and [`crate::graph`] find them.

pub mod form;
pub mod sense;
