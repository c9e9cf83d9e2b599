//! Whole numbers as they are typed.

use super::failure::Refused;
use crate::lang::Message;

/// Reads a whole number from 1.
///
/// # Errors
/// Where it is none.
pub fn from_one(text: &str) -> Result<usize, Refused> {
    from_zero(text).ok().filter(|number| *number > 0).ok_or_else(|| refused(1))
}

/// Reads a whole number from 0.
///
/// # Errors
/// Where it is none.
pub fn from_zero(text: &str) -> Result<usize, Refused> {
    text.parse().map(|number: u32| number as usize).map_err(|_| refused(0))
}

fn refused(least: usize) -> Refused {
    Refused(Message::new(format!("a whole number from {least}"), format!("{least} 以上の整数")))
}
