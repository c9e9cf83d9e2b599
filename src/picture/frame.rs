//! What every picture has around it: a title above; a legend, the sources and the date below.

use super::text::Font;
use super::{Anchor, Arrow, Color, Dash, Line, Mark, Picture, Point, Segment, Shape, Words, ink};
use crate::lang::Lang;

const TITLE: Font = Font::bold(22.0);
const NOTE: Font = Font::regular(11.0);
const MARGIN: f64 = 28.0;
/// No page is narrower, so that the notes have room.
const NARROWEST: f64 = 640.0;

/// A picture without what is around it.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The width and height of what is drawn.
    pub size: (f64, f64),
    /// As in [`Picture`].
    pub areas: Vec<Line>,
    /// As in [`Picture`].
    pub boxes: Vec<Shape>,
    /// As in [`Picture`].
    pub arrows: Vec<Arrow>,
    /// As in [`Picture`].
    pub marks: Vec<Mark>,
    /// As in [`Picture`].
    pub lines: Vec<Line>,
    /// As in [`Picture`].
    pub texts: Vec<Words>,
}

/// An entry of a legend.
#[derive(Clone, Debug)]
pub enum Key {
    /// A sort of line, and what it means.
    Line(Dash, String),
    /// A text alone.
    Text(String),
}

impl Frame {
    /// Puts a title above, and below it a legend and notes, such as the sources and the date.
    pub fn framed(self, title: String, keys: &[Key], notes: &[String], lang: Lang) -> Picture {
        let inner = self.size.0.max(NARROWEST - 2.0 * MARGIN);
        let width = inner + 2.0 * MARGIN;
        let heading = TITLE.wrap(&title, inner);
        let top = MARGIN + heading.len() as f64 * TITLE.height() + 14.0;
        // What is narrower than the page stands in its middle.
        let by = (MARGIN + (inner - self.size.0) / 2.0, top);
        let mut picture = Picture {
            title,
            lang,
            size: (width, 0.0),
            areas: moved_lines(self.areas, by),
            boxes: self.boxes.into_iter().map(|it| Shape { at: moved(it.at, by), ..it }).collect(),
            arrows: self.arrows.into_iter().map(|it| moved_arrow(it, by)).collect(),
            marks: self.marks.into_iter().map(|it| Mark { at: moved(it.at, by), ..it }).collect(),
            lines: moved_lines(self.lines, by),
            texts: self.texts.into_iter().map(|it| Words { at: moved(it.at, by), ..it }).collect(),
        };
        picture.texts.push(words((MARGIN, MARGIN), TITLE, ink::TITLE, heading));
        let mut y = top + self.size.1 + 22.0;
        y = legend(&mut picture, keys, y, inner);
        for note in notes {
            let lines = NOTE.fit(note, inner, 6);
            let height = lines.len() as f64 * NOTE.height();
            picture.texts.push(words((MARGIN, y), NOTE, ink::QUIET, lines));
            y += height + 3.0;
        }
        picture.size.1 = y + MARGIN - 8.0;
        picture
    }
}

fn words(at: Point, font: Font, color: Color, lines: Vec<String>) -> Words {
    Words { at, anchor: Anchor::Start, font, color, lines, has_halo: false }
}

/// Writes the entries of a legend side by side, as far as they fit; returns where the next line begins.
fn legend(picture: &mut Picture, keys: &[Key], mut y: f64, width: f64) -> f64 {
    const SAMPLE: f64 = 36.0;
    let mut x = 0.0;
    for key in keys {
        let (text, room) = match key {
            Key::Line(_, text) => (text, SAMPLE + 8.0),
            Key::Text(text) => (text, 0.0),
        };
        let wide = room + NOTE.width(text) + 22.0;
        if x > 0.0 && x + wide > width {
            x = 0.0;
            y += NOTE.height() + 4.0;
        }
        if let Key::Line(dash, _) = key {
            let middle = y + NOTE.height() / 2.0;
            let start = MARGIN + x;
            picture.lines.push(Line {
                way: vec![Segment::Move((start, middle)), Segment::Line((start + SAMPLE, middle))],
                stroke: Some((ink::ARROW, 1.5)),
                dash: *dash,
                fill: None,
                is_arrow: true,
            });
        }
        let lines = NOTE.fit(text, width, 3);
        picture.texts.push(words((MARGIN + x + room, y), NOTE, ink::TEXT, lines));
        x += wide;
    }
    if keys.is_empty() { y } else { y + NOTE.height() + 6.0 }
}

fn moved((x, y): Point, (dx, dy): Point) -> Point {
    (x + dx, y + dy)
}

fn moved_lines(lines: Vec<Line>, by: Point) -> Vec<Line> {
    let moved = |line: Line| Line { way: line.way.iter().map(|it| it.moved(by)).collect(), ..line };
    lines.into_iter().map(moved).collect()
}

fn moved_arrow(arrow: Arrow, by: Point) -> Arrow {
    Arrow {
        way: arrow.way.iter().map(|it| it.moved(by)).collect(),
        label_at: moved(arrow.label_at, by),
        ..arrow
    }
}
