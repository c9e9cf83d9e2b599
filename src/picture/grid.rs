//! Grids: headings above and at the left, and boxes in the cells between them.

use super::{
    Color, Dash, Entry, Fill, Frame, HEAD, ITEM, Line, NotDrawn, PAD, Segment, Shape, entries, ink,
    nothing, too_much,
};

/// Columns, rows, and what is in their cells.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The colour of the headings of columns.
    pub color: Option<Color>,
    /// Which columns lead to which others: drawn above them.
    pub leads: Vec<(usize, usize, Dash)>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its heading.
    pub head: String,
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// The colour of its heading.
    pub color: Option<Color>,
}

/// What is in a cell.
#[derive(Clone, Debug, Default)]
pub enum Cell {
    /// Nothing is said.
    #[default]
    Blank,
    /// Items.
    Items(Vec<String>),
    /// A remark that nobody is there, or that nothing is known.
    Gap(String),
}

/// More rows and columns than a page can show.
const MOST_ROWS: usize = 40;
const MOST_COLUMNS: usize = 12;
const GAP: f64 = 12.0;
const SIDE: f64 = 176.0;
/// The form that is aimed at, of a slide.
const PAGE: f64 = 1560.0;

impl Grid {
    /// Lays the cells out: columns of one width, rows as high as what they hold.
    ///
    /// # Errors
    /// Where there is nothing to draw, or too much.
    pub fn lay(&self) -> Result<Frame, NotDrawn> {
        if self.columns.is_empty() || self.rows.is_empty() {
            return Err(nothing());
        }
        if self.columns.len() > MOST_COLUMNS || self.rows.len() > MOST_ROWS {
            return Err(too_much(self.columns.len() * self.rows.len(), MOST_COLUMNS * MOST_ROWS));
        }
        let count = self.columns.len() as f64;
        let width = ((PAGE - SIDE) / count - GAP).clamp(112.0, 420.0);
        let left = |column: usize| SIDE + GAP + column as f64 * (width + GAP);
        let inner = width - 2.0 * PAD;
        let mut frame = Frame::default();
        let rise = self.rise();
        let heads: Vec<Vec<String>> =
            self.columns.iter().map(|it| HEAD.balance(it, inner)).collect();
        let height = heads.iter().map(|it| Shape::least(it, &[]).1).fold(0.0, f64::max);
        for (column, head) in heads.into_iter().enumerate() {
            frame.boxes.push(Shape {
                name: self.columns[column].clone(),
                at: (left(column), rise),
                size: (width, height),
                head,
                lines: Vec::new(),
                color: self.color.unwrap_or(ink::STAGE),
                fill: Fill::Solid(ink::PAPER),
            });
        }
        self.draw_leads(&mut frame, left, width, rise);
        let mut y = rise + height + GAP;
        for row in &self.rows {
            y += row.lay(y, left, width, &mut frame) + GAP;
        }
        frame.size = (left(self.columns.len()) - GAP, y - GAP);
        Ok(frame)
    }

    /// The room above the headings that arrows between columns need.
    fn rise(&self) -> f64 {
        let far = self.leads.iter().filter(|(from, to, _)| *to != from + 1);
        let longest = far.map(|(from, to, _)| from.abs_diff(*to)).max().unwrap_or(0);
        if longest == 0 { 0.0 } else { 16.0 + longest as f64 * 5.0 }
    }

    /// Draws which column leads to which: to the next straight between them, to others in an arc above.
    fn draw_leads(&self, frame: &mut Frame, left: impl Fn(usize) -> f64, width: f64, rise: f64) {
        for (from, to, dash) in &self.leads {
            let way = if *to == from + 1 {
                let y = rise + 12.0;
                vec![Segment::Move((left(*from) + width, y)), Segment::Line((left(*to), y))]
            } else {
                let [start, end] =
                    [(*from, 0.62), (*to, 0.38)].map(|(at, of)| left(at) + width * of);
                let top = rise - 10.0 - from.abs_diff(*to) as f64 * 5.0;
                let bend = (end - start) * 0.12;
                vec![
                    Segment::Move((start, rise)),
                    Segment::Curve((start, top), (start + bend, top), (start + bend, top)),
                    Segment::Line((end - bend, top)),
                    Segment::Curve((end, top), (end, top), (end, rise)),
                ]
            };
            let stroke = Some((ink::ARROW, 1.4));
            frame.lines.push(Line { way, stroke, dash: *dash, fill: None, is_arrow: true });
        }
    }
}

impl Row {
    /// Draws a row at `y`; returns its height.
    fn lay(&self, y: f64, left: impl Fn(usize) -> f64, width: f64, frame: &mut Frame) -> f64 {
        let inner = width - 2.0 * PAD - super::BULLET;
        let head = HEAD.balance(&self.head, SIDE - 2.0 * PAD);
        let lines: Vec<Vec<Entry>> = self.cells.iter().map(|cell| cell.lines(inner)).collect();
        let least = |lines: &Vec<Entry>| Shape::lines_height(lines);
        let height = lines.iter().map(least).fold(Shape::least(&head, &[]).1, f64::max);
        let color = self.color.unwrap_or(ink::ROLE);
        frame.boxes.push(Shape {
            name: self.head.clone(),
            at: (0.0, y),
            size: (SIDE, height),
            head,
            lines: Vec::new(),
            color,
            fill: Fill::Solid(ink::PAPER),
        });
        for (column, (cell, lines)) in self.cells.iter().zip(lines).enumerate() {
            let fill = match cell {
                Cell::Blank => continue,
                Cell::Items(_) => Fill::Solid(ink::TINT),
                Cell::Gap(_) => Fill::Hatched,
            };
            frame.boxes.push(Shape {
                name: self.head.clone(),
                at: (left(column), y),
                size: (width, height),
                head: Vec::new(),
                lines,
                color,
                fill,
            });
        }
        height
    }
}

impl Cell {
    fn lines(&self, width: f64) -> Vec<Entry> {
        match self {
            Cell::Blank => Vec::new(),
            Cell::Items(items) => entries(items.iter().map(String::as_str), width),
            Cell::Gap(remark) => {
                let lines = ITEM.wrap(remark, width).into_iter();
                lines.map(|text| Entry { text, is_first: false }).collect()
            }
        }
    }
}
