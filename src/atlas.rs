//! Loads an atlas: from layers of files to a graph. A program that uses this library starts here.
//!
//! This module calls [`source`] and [`graph`]; [`crate::render`] writes their faults for people.

mod cache;
mod stamp;

use std::error::Error;
use std::fmt;

use crate::diagnostic::{Diagnostic, Faults};
use crate::graph::{self, Graph};
use crate::model::Date;
use crate::origin::Files;
use crate::source::{self, Layer};

pub use cache::{Cache, Entry, is_worth};

/// Loads the graph of the layers, each of which adds to those before it.
///
/// # Errors
/// Every fault of every file; nothing is half loaded.
pub fn load(layers: &[Layer]) -> Result<Graph, FaultyAtlas> {
    load_on(layers, None)
}

/// Loads the graph of the layers as it was on `date`.
///
/// # Errors
/// Every fault of every file, whatever its dates.
pub fn load_as_of(layers: &[Layer], date: Date) -> Result<Graph, FaultyAtlas> {
    load_on(layers, Some(date))
}

fn load_on(layers: &[Layer], date: Option<Date>) -> Result<Graph, FaultyAtlas> {
    if layers == Layer::BUILTIN && date.is_none() {
        return Ok(source::shipped());
    }
    let packed = source::pack::only(layers).filter(|_| date.is_none());
    if let Some(graph) = packed.and_then(source::pack::graph) {
        return Ok(graph);
    }
    let mut read = source::read(layers);
    build(&mut read, date).map_err(|Faults(faults)| FaultyAtlas { faults, files: read.files })
}

/// Takes the records out of what was read and builds their graph, as it was on `date` where there is one.
///
/// # Errors
/// The faults of form that reading found, then those that only the records together show.
pub fn build(read: &mut source::Atlas, date: Option<Date>) -> Result<Graph, Faults> {
    let records = std::mem::take(&mut read.records);
    let built = match date {
        Some(date) => graph::build_as_of(records, date),
        None => graph::build(records),
    };
    let mut faults = std::mem::take(&mut read.faults);
    match built {
        Ok(graph) if faults.is_empty() => return Ok(graph),
        Ok(_) => {}
        Err(Faults(more)) => faults.extend(more),
    }
    Err(Faults(source::advise(faults, &read.files)))
}

/// An atlas that cannot be loaded.
#[derive(Clone, Debug)]
pub struct FaultyAtlas {
    /// Every fault of every file.
    pub faults: Vec<Diagnostic>,
    /// The files that the faults point into.
    pub files: Files,
}

impl fmt::Display for FaultyAtlas {
    /// Writes a line for each fault, with the place where it is.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (number, fault) in self.faults.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            if let Some(place) = fault.places.first() {
                let (file, position) = (place.origin.file, place.origin.position);
                write!(
                    f,
                    "{}:{}:{}: ",
                    self.files.file(file).path,
                    position.line,
                    position.column
                )?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl Error for FaultyAtlas {}
