//! Things that are made when they are first asked for, by number.

use std::sync::OnceLock;

/// Room for things by number, each made once. Nothing is set aside for those that nobody asks for.
pub struct Shelf<T>(Box<[OnceLock<Board<T>>]>);

type Board<T> = Box<[OnceLock<Box<T>>]>;

/// How many things stand on a board.
const BOARD: usize = 256;

impl<T> Shelf<T> {
    /// Creates room for `length` things. O(length / 256).
    pub fn new(length: usize) -> Self {
        Shelf((0..length.div_ceil(BOARD)).map(|_| OnceLock::new()).collect())
    }

    /// Returns the thing with this number, and makes it if it is not there yet. O(1) otherwise.
    ///
    /// # Panics
    /// Where there is no room for it.
    pub fn get(&self, number: u32, make: impl FnOnce() -> T) -> &T {
        let number = number as usize;
        let board =
            self.0[number / BOARD].get_or_init(|| (0..BOARD).map(|_| OnceLock::new()).collect());
        board[number % BOARD].get_or_init(|| Box::new(make()))
    }
}
