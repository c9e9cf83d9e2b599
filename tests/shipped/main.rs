//! The shipped atlas and what the README shows of it: the only tests that read `data/`.

mod citations;
mod examples;
#[path = "../harness/mod.rs"]
mod harness;
mod layers;
mod pictures;
mod readme;
mod slides;
mod weak_spots;
