//! Maps for the terminal: coasts in braille, two by four dots to a character, and marks as letters.

use super::view::{View, Window};
use super::{Group, WIDTH, land};

/// A map as lines of characters.
#[derive(Clone, Debug)]
pub struct Screen {
    /// The lines, each as wide as the map.
    pub lines: Vec<String>,
    /// The letter of each group, by its number; two that lie in one character share it.
    pub letters: Vec<char>,
}

/// The letters of marks.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Draws a window so many characters wide.
pub fn draw(groups: &[Group], window: Window, columns: usize) -> Screen {
    // More lines than a window has would scroll away.
    const MOST_ROWS: f64 = 30.0;
    let whole = View::new(window, 1.0).size.1 * columns as f64 / 2.0;
    let columns = (columns as f64 * (MOST_ROWS / whole).min(1.0)) as usize;
    let columns = columns.clamp(20, 160);
    let view = View::new(window, (columns * 2) as f64);
    let rows = (view.size.1 / 4.0).ceil() as usize;
    let mut canvas = Canvas { columns, rows, dots: vec![0; columns * rows] };
    for ring in land(window) {
        let points: Vec<(f64, f64)> = ring.iter().map(|place| view.of_cut(*place)).collect();
        for (at, end) in points.iter().enumerate() {
            let start = points[(at + points.len() - 1) % points.len()];
            canvas.line(start, *end);
        }
    }
    let mut cells: Vec<char> = canvas
        .dots
        .iter()
        .map(|dots| char::from_u32(0x2800 + u32::from(*dots)).unwrap_or(' '))
        .collect();
    // An empty pattern of dots is no blank to every font.
    cells.iter_mut().filter(|it| **it == '\u{2800}').for_each(|it| *it = ' ');
    let mut letters = Vec::new();
    let mut free = LETTERS.chars().cycle();
    let mut taken: Vec<Option<char>> = vec![None; cells.len()];
    for group in groups {
        let scale = view.size.0 / WIDTH;
        let (x, y) = (group.at.0 * scale / 2.0, group.at.1 * scale / 4.0);
        let column = (x as usize).min(columns - 1);
        let row = (y as usize).min(rows.saturating_sub(1));
        let cell = row * columns + column;
        let letter = *taken[cell].get_or_insert_with(|| free.next().unwrap_or('*'));
        cells[cell] = letter;
        letters.push(letter);
    }
    let lines =
        cells.chunks(columns).map(|row| row.iter().collect::<String>().trim_end().to_owned());
    Screen { lines: lines.collect(), letters }
}

struct Canvas {
    columns: usize,
    rows: usize,
    dots: Vec<u8>,
}

impl Canvas {
    /// Sets the dots of a line.
    fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let steps = (x2 - x1).abs().max((y2 - y1).abs()).ceil().max(1.0);
        for step in 0..=steps as usize {
            let share = step as f64 / steps;
            self.dot(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share);
        }
    }

    fn dot(&mut self, x: f64, y: f64) {
        const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        if x < 0.0 || y < 0.0 {
            return;
        }
        let (column, row) = (x as usize / 2, y as usize / 4);
        if column < self.columns && row < self.rows {
            self.dots[row * self.columns + column] |= BITS[y as usize % 4][x as usize % 2];
        }
    }
}
