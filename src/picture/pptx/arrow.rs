//! Arrows: connectors from box to box, over their bends and their label.

use super::slide::{Slide, Texts, dashes, joined, solid};
use crate::office::attribute;
use crate::picture::{Arrow, Dash, LABEL, Point, Shape, ink};

impl Slide {
    /// An arrow: straight connectors from its box over each bend and its label to the other box, each tied to
    /// what it joins.
    pub(super) fn arrow(&mut self, arrow: &Arrow, ends: [(usize, &Shape); 2]) {
        let label = self.label(arrow);
        let bends = bends(arrow);
        let mut last: Option<Joint> = None;
        let mut joints = Vec::new();
        for bend in &bends {
            joints.push(match (bend, label) {
                (Bend::Label, Some(joint)) => joint,
                (Bend::Label, None) => continue,
                (Bend::Point(point), _) => {
                    Joint { number: self.bend(*point), bounds: (*point, (0.0, 0.0)) }
                }
            });
        }
        let [start, end] =
            ends.map(|(number, shape)| Joint { number, bounds: (shape.at, shape.size) });
        let all: Vec<Joint> = std::iter::once(start).chain(joints).chain([end]).collect();
        let name = joined(&arrow.label);
        let count = all.len();
        for (place, joint) in all.into_iter().enumerate() {
            if let Some(from) = last {
                let heads = (arrow.is_both && place == 1, place + 1 == count);
                self.connector(&name, [from, joint], arrow.dash, heads);
            }
            last = Some(joint);
        }
    }

    fn connector(&mut self, name: &str, [from, to]: [Joint; 2], dash: Dash, heads: (bool, bool)) {
        let number = self.next();
        let [start, end] = [(from, to), (to, from)].map(|(one, other)| one.site(other.middle()));
        let ((x1, y1), (x2, y2)) = (start.1, end.1);
        let place = self.place((x1.min(x2), y1.min(y2)), ((x1 - x2).abs(), (y1 - y2).abs()));
        let flip = |is: bool, name: &str| if is { format!(" {name}=\"1\"") } else { String::new() };
        let flips = format!("{}{}", flip(x1 > x2, "flipH"), flip(y1 > y2, "flipV"));
        let head = |is: bool, name: &str| match is {
            true => format!("<a:{name} type=\"triangle\"/>"),
            false => String::new(),
        };
        let (color, name) = (solid(ink::ARROW), attribute(name));
        let width = self.length(1.4);
        self.shapes += &format!(
            "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"{number}\" name=\"{name}\"/><p:cNvCxnSpPr><a:stCxn id=\"{}\" idx=\"{}\"/>\
             <a:endCxn id=\"{}\" idx=\"{}\"/></p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm{flips}>{place}</a:xfrm>\
             <a:prstGeom prst=\"straightConnector1\"><a:avLst/></a:prstGeom><a:ln w=\"{width}\">{color}{}<a:round/>{}{}</a:ln></p:spPr></p:cxnSp>",
            from.number,
            start.0,
            to.number,
            end.0,
            dashes(dash),
            head(heads.0, "headEnd"),
            head(heads.1, "tailEnd"),
        );
    }

    /// A bend that connectors are tied to, too small to be seen; returns its number.
    fn bend(&mut self, at: Point) -> usize {
        let number = self.next();
        let place = self.place(at, (0.0, 0.0));
        let fill = solid(ink::ARROW);
        self.shapes += &format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{number}\" name=\"bend {number}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{place}\
             </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        );
        number
    }

    /// The label of an arrow; returns its number and where it is.
    fn label(&mut self, arrow: &Arrow) -> Option<Joint> {
        if arrow.label.is_empty() {
            return None;
        }
        let width = arrow.label.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max) + 4.0;
        let height = arrow.label.len() as f64 * LABEL.height();
        let (x, y) = arrow.label_at;
        let texts = Texts {
            paragraphs: arrow.label.iter().map(|line| (line.clone(), false)).collect(),
            font: LABEL,
            color: ink::TEXT,
            align: "ctr",
            is_centered: true,
        };
        let (at, size) = ((x - width / 2.0, y - height / 2.0), (width, height));
        self.text_at(at, size, &texts, true);
        Some(Joint { number: self.last, bounds: (at, size) })
    }
}

/// What a connector is tied to.
#[derive(Clone, Copy)]
struct Joint {
    number: usize,
    /// Its top left corner, its width and height.
    bounds: (Point, (f64, f64)),
}

impl Joint {
    fn middle(self) -> Point {
        let ((left, top), (width, height)) = self.bounds;
        (left + width / 2.0, top + height / 2.0)
    }

    /// The site that faces a point (above, at the left, below or at the right), and where it is.
    fn site(self, (x, y): Point) -> (usize, Point) {
        let ((left, top), (width, height)) = self.bounds;
        let (middle, center) = self.middle();
        let sites = [(middle, top), (left, center), (middle, top + height), (left + width, center)];
        let distance = |(at, to): (f64, f64)| (at - x).hypot(to - y);
        let nearest =
            (0..4).min_by(|one, other| distance(sites[*one]).total_cmp(&distance(sites[*other])));
        let nearest = nearest.unwrap_or_default();
        (nearest, sites[nearest])
    }
}

/// Where an arrow bends.
enum Bend {
    Point(Point),
    Label,
}

/// The places between the boxes of an arrow where it passes ranks, its label among them.
fn bends(arrow: &Arrow) -> Vec<Bend> {
    let inner = arrow.way.get(1..arrow.way.len().saturating_sub(1)).unwrap_or_default();
    let points: Vec<Point> = inner.iter().filter_map(|it| it.points().last().copied()).collect();
    let mut bends = Vec::new();
    let near = |(x, y): Point| (x - arrow.label_at.0).hypot(y - arrow.label_at.1);
    let at_label =
        (0..points.len()).min_by(|one, other| near(points[*one]).total_cmp(&near(points[*other])));
    let reach = LABEL.height() * 1.2 * arrow.label.len().max(1) as f64 + 70.0;
    for (number, point) in points.iter().enumerate() {
        if !arrow.label.is_empty() && near(*point) < reach {
            if Some(number) == at_label {
                bends.push(Bend::Label);
            }
        } else {
            bends.push(Bend::Point(*point));
        }
    }
    bends
}
