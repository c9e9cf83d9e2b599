//! Diagrams: boxes, and arrows between them, laid out in ranks.

use super::layered::{Edge, Layout, Size, layered};
use super::route::ways;
use super::{
    Arrow, Color, Dash, Fill, Frame, HEAD, LABEL, MOST_BOXES, NotDrawn, Shape, entries, ink,
    nothing, too_much,
};

/// Boxes and arrows.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// The boxes.
    pub boxes: Vec<Content>,
    /// The arrows between them.
    pub ties: Vec<Tie>,
}

/// What is in a box.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// What it is called where shapes are listed.
    pub name: String,
    /// Its heading.
    pub head: String,
    /// Its items.
    pub items: Vec<String>,
    /// Its colour.
    pub color: Option<Color>,
}

/// An arrow.
#[derive(Clone, Debug)]
pub struct Tie {
    /// The number of the box that it leaves.
    pub from: usize,
    /// The number of the box that it leads to.
    pub to: usize,
    /// What it says.
    pub label: String,
    /// How it is known.
    pub dash: Dash,
    /// Whether it leads both ways.
    pub is_both: bool,
}

/// The widest text of a box and of an arrow.
const WIDEST: f64 = 250.0;
const WIDEST_LABEL: f64 = 130.0;
/// The narrowest box.
const NARROWEST: f64 = 96.0;
/// A page of A4 on its side.
const PAGE: (f64, f64) = (1123.0, 794.0);
/// Between boxes that no arrow leads to or from.
const GAP: f64 = 24.0;

impl Diagram {
    /// Lays the boxes out, along the page or down, whichever is nearer to the form of a page.
    ///
    /// # Errors
    /// Where there is nothing to draw, or too much.
    pub fn lay(&self) -> Result<Frame, NotDrawn> {
        match self.boxes.len() {
            0 => return Err(nothing()),
            count if count > MOST_BOXES => return Err(too_much(count, MOST_BOXES)),
            _ => {}
        }
        let shapes: Vec<Shape> = self.boxes.iter().map(shape).collect();
        let ties = self.merged();
        let drawn = [true, false].map(|is_sideways| draw(&shapes, &ties, is_sideways));
        // The smaller this is, the larger the picture is on a page.
        let extent = |frame: &Frame| (frame.size.0 / PAGE.0).max(frame.size.1 / PAGE.1);
        let [along, down] = drawn;
        Ok(if extent(&down) < extent(&along) { down } else { along })
    }

    /// The arrows, of which those between the same boxes that are known in the same way are one.
    fn merged(&self) -> Vec<(Tie, Vec<String>)> {
        let mut merged: Vec<(Tie, Vec<String>)> = Vec::new();
        for tie in self.ties.iter().filter(|tie| tie.from != tie.to) {
            let label = LABEL.balance(&tie.label, WIDEST_LABEL);
            let is_same = |(other, _): &&mut (Tie, Vec<String>)| {
                (other.from, other.to, other.dash, other.is_both)
                    == (tie.from, tie.to, tie.dash, tie.is_both)
            };
            match merged.iter_mut().find(is_same) {
                Some((_, lines)) if lines.ends_with(&label) => {}
                Some((_, lines)) => lines.extend(label),
                None => merged.push((tie.clone(), label)),
            }
        }
        merged
    }
}

fn shape(content: &Content) -> Shape {
    let head = HEAD.balance(&content.head, WIDEST);
    let lines = entries(content.items.iter().map(String::as_str), WIDEST);
    let least = Shape::least(&head, &lines);
    Shape {
        name: content.name.clone(),
        at: (0.0, 0.0),
        size: (least.0.max(NARROWEST), least.1),
        head,
        lines,
        color: content.color.unwrap_or(ink::ROLE),
        fill: Fill::Solid(ink::PAPER),
    }
}

/// Draws what arrows tie in ranks, and below it, in rows, what nothing ties.
fn draw(shapes: &[Shape], ties: &[(Tie, Vec<String>)], is_sideways: bool) -> Frame {
    let is_tied = |at: usize| ties.iter().any(|(tie, _)| tie.from == at || tie.to == at);
    let (tied, free): (Vec<usize>, Vec<usize>) = (0..shapes.len()).partition(|at| is_tied(*at));
    let number = |at: usize| tied.iter().position(|it| *it == at).expect("an arrow ties it");
    let of_tied = |(tie, label): &(Tie, Vec<String>)| {
        (Tie { from: number(tie.from), to: number(tie.to), ..tie.clone() }, label.clone())
    };
    let some: Vec<Shape> = tied.iter().map(|at| shapes[*at].clone()).collect();
    let inner: Vec<(Tie, Vec<String>)> = ties.iter().map(of_tied).collect();
    let mut frame = match some.is_empty() {
        true => Frame::default(),
        false => ranked(&some, &inner, is_sideways),
    };
    let mut boxes = vec![None; shapes.len()];
    for (at, shape) in tied.iter().zip(std::mem::take(&mut frame.boxes)) {
        boxes[*at] = Some(shape);
    }
    rows(shapes, &free, &mut frame, &mut boxes);
    for arrow in &mut frame.arrows {
        (arrow.from, arrow.to) = (tied[arrow.from], tied[arrow.to]);
    }
    frame.boxes = boxes.into_iter().flatten().collect();
    frame
}

/// Places boxes in rows below what is drawn, about as wide as that, or as a page.
fn rows(shapes: &[Shape], free: &[usize], frame: &mut Frame, boxes: &mut [Option<Shape>]) {
    let area: f64 = free.iter().map(|at| shapes[*at].size).map(|it| it.0 * it.1).sum();
    let width = frame.size.0.max((area * 1.9).sqrt());
    let (mut x, mut high) = (0.0, 0.0_f64);
    let mut y = if frame.size.1 > 0.0 { frame.size.1 + GAP } else { 0.0 };
    for at in free {
        let size = shapes[*at].size;
        if x > 0.0 && x + size.0 > width {
            (x, y, high) = (0.0, y + high + GAP, 0.0);
        }
        boxes[*at] = Some(Shape { at: (x, y), ..shapes[*at].clone() });
        frame.size = (frame.size.0.max(x + size.0), frame.size.1.max(y + size.1));
        x += size.0 + GAP;
        high = high.max(size.1);
    }
}

fn ranked(shapes: &[Shape], ties: &[(Tie, Vec<String>)], is_sideways: bool) -> Frame {
    let size = |(x, y): (f64, f64)| match is_sideways {
        true => Size { along: x, across: y },
        false => Size { along: y, across: x },
    };
    let shapes = &roomy(shapes, ties, is_sideways);
    let sizes: Vec<Size> = shapes.iter().map(|shape| size(shape.size)).collect();
    let label = |lines: &[String]| {
        let width = lines.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max) + 10.0;
        size((width, lines.len() as f64 * LABEL.height() + 4.0))
    };
    let edge = |(tie, lines): &(Tie, Vec<String>)| Edge {
        from: tie.from,
        to: tie.to,
        label: label(lines),
    };
    let edges: Vec<Edge> = ties.iter().map(edge).collect();
    let layout = layered(&sizes, &edges);
    let point = |(u, v): (f64, f64)| if is_sideways { (u, v) } else { (v, u) };
    let boxes: Vec<Shape> = shapes
        .iter()
        .zip(&layout.centers)
        .map(|(shape, center)| {
            let (x, y) = point(*center);
            let (width, height) = shape.size;
            Shape { at: (x - width / 2.0, y - height / 2.0), ..shape.clone() }
        })
        .collect();
    let ways = ways(&sizes, &edges, &layout, is_sideways);
    let arrows = ties.iter().zip(&layout.stops).zip(ways).map(|(((tie, lines), stops), way)| {
        let at = stops.iter().find(|stop| stop.is_label);
        let at = at.map_or((0.0, 0.0), |it| (f64::midpoint(it.enter, it.leave), it.v));
        Arrow {
            from: tie.from,
            to: tie.to,
            way,
            dash: tie.dash,
            is_both: tie.is_both,
            label: lines.clone(),
            label_at: point(at),
        }
    });
    let arrows: Vec<Arrow> = arrows.collect();
    Frame { size: extent(&boxes, &arrows, &layout, is_sideways), boxes, arrows, ..Frame::default() }
}

/// The boxes, each as high (or as wide) as its arrows need to be told apart.
fn roomy(shapes: &[Shape], ties: &[(Tie, Vec<String>)], is_sideways: bool) -> Vec<Shape> {
    const APART: f64 = 11.0;
    let room = |at: usize| {
        let out = ties.iter().filter(|(tie, _)| tie.from == at).count();
        let into = ties.iter().filter(|(tie, _)| tie.to == at).count();
        out.max(into) as f64 * APART + 24.0
    };
    let grown = |(at, shape): (usize, &Shape)| {
        let (width, height) = shape.size;
        let size = match is_sideways {
            true => (width, height.max(room(at))),
            false => (width.max(room(at)), height),
        };
        Shape { size, ..shape.clone() }
    };
    shapes.iter().enumerate().map(grown).collect()
}

/// The width and height of all that is drawn.
fn extent(boxes: &[Shape], arrows: &[Arrow], layout: &Layout, is_sideways: bool) -> (f64, f64) {
    let of_boxes = boxes.iter().map(|it| (it.at.0 + it.size.0, it.at.1 + it.size.1));
    let of_labels = arrows.iter().map(|it| {
        let width = it.label.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max);
        let height = it.label.len() as f64 * LABEL.height();
        (it.label_at.0 + width / 2.0 + 5.0, it.label_at.1 + height / 2.0)
    });
    let of_ways = arrows.iter().flat_map(|it| it.way.iter().flat_map(|it| it.points()));
    let last = layout.ranks.iter().map(|(_, end)| *end).fold(0.0, f64::max);
    let along = if is_sideways { (last, 0.0) } else { (0.0, last) };
    let all = of_boxes.chain(of_labels).chain(of_ways).chain([along]);
    all.fold((0.0, 0.0), |most: (f64, f64), it| (most.0.max(it.0), most.1.max(it.1)))
}
