//! Pictures: boxes, arrows, marks and texts, each at its place, and writers for SVG and slides.
//!
//! A picture knows nothing of atlases: [`crate::render`] says what is drawn, the layouts here say where
//! ([`diagram`] in ranks, [`grid`] in rows and columns, [`map`] on the globe), and the writers how. Lengths are
//! pixels of a screen, 96 to the inch, from the top left.

pub mod diagram;
mod frame;
pub mod grid;
mod layered;
pub mod map;
mod pptx;
mod route;
mod svg;
pub mod text;

pub use frame::{Frame, Key};
pub use pptx::write as write_pptx;
pub use svg::write as write_svg;

use crate::lang::{Lang, Message};
use text::Font;

/// The font of headings of boxes.
pub const HEAD: Font = Font::bold(14.0);
/// The font of lines in boxes.
pub const ITEM: Font = Font::regular(12.0);
/// The font of labels of arrows.
pub const LABEL: Font = Font::regular(11.0);
/// The space between the border of a box and its texts.
pub const PAD: f64 = 9.0;

/// A picture, ready to be written.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it shows, also for those who do not see it.
    pub title: String,
    /// The language of its texts.
    pub lang: Lang,
    /// The size of the page.
    pub size: (f64, f64),
    /// Outlines behind everything else.
    pub areas: Vec<Line>,
    /// Boxes.
    pub boxes: Vec<Shape>,
    /// Arrows between boxes.
    pub arrows: Vec<Arrow>,
    /// Points.
    pub marks: Vec<Mark>,
    /// Further lines: of a legend, or from a mark to its name.
    pub lines: Vec<Line>,
    /// Further texts.
    pub texts: Vec<Words>,
}

/// A point.
pub type Point = (f64, f64);

/// A colour, as CSS and Office write it: six hexadecimal digits.
pub type Color = &'static str;

/// The colours: they differ in lightness too, so that they are told apart without colour.
pub mod ink {
    use super::Color;

    /// Texts.
    pub const TEXT: Color = "1B1B1B";
    /// Texts that step back.
    pub const QUIET: Color = "555555";
    /// Titles.
    pub const TITLE: Color = "12324F";
    /// What everything stands on.
    pub const PAPER: Color = "FFFFFF";
    /// Arrows.
    pub const ARROW: Color = "4A4A4A";
    /// Lines that divide.
    pub const RULE: Color = "B8C2CC";
    /// Roles, and whoever plays them.
    pub const ROLE: Color = "1D4E7A";
    /// Stages.
    pub const STAGE: Color = "0F5A50";
    /// Programs.
    pub const PROGRAM: Color = "5B3A86";
    /// Regions.
    pub const REGION: Color = "7A4B14";
    /// What is behind cells.
    pub const TINT: Color = "EEF3F8";
    /// Land.
    pub const LAND: Color = "D0D6CE";
    /// Water.
    pub const WATER: Color = "EAF1F7";
}

/// How a statement is known: whole lines are stated, dashes inferred, dots curated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    /// Stated.
    #[default]
    Solid,
    /// Inferred.
    Dashed,
    /// Curated.
    Dotted,
}

/// What a box is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// A colour.
    Solid(Color),
    /// Slanted lines: nothing is there, or nothing is known.
    Hatched,
}

/// A box: a heading, and lines below it.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What it is called where shapes are listed.
    pub name: String,
    /// Its top left corner.
    pub at: Point,
    /// Its width and height.
    pub size: (f64, f64),
    /// The lines of its heading.
    pub head: Vec<String>,
    /// The lines below; those that begin an item have a dot before them.
    pub lines: Vec<Entry>,
    /// The colour of the heading and the border.
    pub color: Color,
    /// What is behind the lines.
    pub fill: Fill,
}

/// A line of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its text.
    pub text: String,
    /// Whether an item begins with it.
    pub is_first: bool,
}

/// A part of a way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begin here.
    Move(Point),
    /// Straight to here.
    Line(Point),
    /// A cubic Bézier curve.
    Curve(Point, Point, Point),
    /// Back to where it began.
    Close,
}

/// A line, or the outline of an area.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its way.
    pub way: Vec<Segment>,
    /// Its colour and width; none where only an area is filled.
    pub stroke: Option<(Color, f64)>,
    /// Whole, dashed or dotted.
    pub dash: Dash,
    /// What fills it.
    pub fill: Option<Color>,
    /// Whether it ends in an arrowhead.
    pub is_arrow: bool,
}

/// An arrow from one box to another.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// The box that it leaves, by its number.
    pub from: usize,
    /// The box that it leads to.
    pub to: usize,
    /// Its way.
    pub way: Vec<Segment>,
    /// Whole, dashed or dotted.
    pub dash: Dash,
    /// Whether it leads both ways.
    pub is_both: bool,
    /// What it says, and where the middle of that stands.
    pub label: Vec<String>,
    /// The middle of its label.
    pub label_at: Point,
}

/// A point of a map.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What it is called where shapes are listed.
    pub name: String,
    /// Its middle.
    pub at: Point,
    /// From the middle to the border.
    pub radius: f64,
    /// Whether it is a diamond rather than a circle.
    pub is_diamond: bool,
    /// What is written in it.
    pub text: String,
}

/// Where a text stands by its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A text by itself.
#[derive(Clone, Debug)]
pub struct Words {
    /// Where: across by its anchor, down to the top of the first line.
    pub at: Point,
    /// By which side it stands there.
    pub anchor: Anchor,
    /// Its font.
    pub font: Font,
    /// Its colour.
    pub color: Color,
    /// Its lines.
    pub lines: Vec<String>,
    /// Whether what is behind it is kept off.
    pub has_halo: bool,
}

/// Why nothing can be drawn.
pub type NotDrawn = Message;

/// More boxes than anybody reads.
pub const MOST_BOXES: usize = 60;

/// Says that there is too much for a picture.
pub fn too_much(count: usize, most: usize) -> NotDrawn {
    Message::new(
        format!(
            "{count} boxes are more than a picture can show ({most}): narrow it, by a region, a program, \
             fewer routes or --basis stated"
        ),
        format!(
            "箱が {count} 個あり、一枚の図に収まりません（{most} 個まで）。地域、施策、経路の数、--basis stated などで絞り込んでください"
        ),
    )
}

/// Says that there is nothing to draw.
pub fn nothing() -> NotDrawn {
    Message::new("nothing to draw", "描くものがありません")
}

/// The lines of items, each broken to a width.
pub fn entries<'t>(items: impl IntoIterator<Item = &'t str>, most: f64) -> Vec<Entry> {
    let lines = |item: &'t str| {
        let lines = ITEM.balance(item, most).into_iter().enumerate();
        lines.map(|(number, text)| Entry { text, is_first: number == 0 })
    };
    items.into_iter().flat_map(lines).collect()
}

impl Shape {
    /// Returns how high the heading is.
    pub fn head_height(&self) -> f64 {
        match self.head.len() {
            0 => 0.0,
            lines => lines as f64 * HEAD.height() + PAD,
        }
    }

    /// Returns how high lines are with the space around them.
    pub fn lines_height(lines: &[Entry]) -> f64 {
        match lines.len() {
            0 => 0.0,
            count => count as f64 * ITEM.height() + PAD,
        }
    }

    /// Returns the least width and height that hold the texts.
    pub fn least(head: &[String], lines: &[Entry]) -> (f64, f64) {
        let heads = head.iter().map(|line| HEAD.width(line));
        let lines_width = lines.iter().map(|line| ITEM.width(&line.text) + BULLET);
        let width = heads.chain(lines_width).fold(0.0, f64::max) + 2.0 * PAD;
        let head_height =
            if head.is_empty() { 0.0 } else { head.len() as f64 * HEAD.height() + PAD };
        (width, head_height + Shape::lines_height(lines))
    }
}

/// The room of a dot before an item.
pub const BULLET: f64 = 11.0;

impl Words {
    /// Returns the corners of the text: left, top, right, bottom.
    pub fn bounds(&self) -> (f64, f64, f64, f64) {
        let width = self.lines.iter().map(|line| self.font.width(line)).fold(0.0, f64::max);
        let left = match self.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - width / 2.0,
            Anchor::End => self.at.0 - width,
        };
        let height = self.lines.len() as f64 * self.font.height();
        (left, self.at.1, left + width, self.at.1 + height)
    }
}

impl Segment {
    /// Returns the part moved.
    pub fn moved(self, (dx, dy): Point) -> Self {
        let moved = |(x, y): Point| (x + dx, y + dy);
        match self {
            Segment::Move(to) => Segment::Move(moved(to)),
            Segment::Line(to) => Segment::Line(moved(to)),
            Segment::Curve(one, other, to) => Segment::Curve(moved(one), moved(other), moved(to)),
            Segment::Close => Segment::Close,
        }
    }

    /// Returns its points.
    pub fn points(&self) -> Vec<Point> {
        match *self {
            Segment::Move(to) | Segment::Line(to) => vec![to],
            Segment::Curve(one, other, to) => vec![one, other, to],
            Segment::Close => Vec::new(),
        }
    }
}
