//! Maps: land, marks as large as what they count, and names that do not lie on each other.

mod braille;
mod outline;
mod view;

use super::text::Font;
use super::{Anchor, Dash, Frame, Line, Mark, Point, Segment, Words, ink};
use view::View;

pub use braille::{Screen, draw as draw_braille};
pub use view::{JAPAN, Place, WORLD, Window};

/// Something on a map.
#[derive(Clone, Debug)]
pub struct Spot {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// How many it stands for.
    pub count: usize,
    /// Whether it is drawn as a diamond.
    pub is_diamond: bool,
}

/// Spots that lie so near to each other that they are one mark.
#[derive(Clone, Debug)]
pub struct Group {
    /// The numbers of the spots, the one that counts most first.
    pub spots: Vec<usize>,
    /// How many they stand for.
    pub count: usize,
    /// Where the mark is.
    pub at: Point,
    /// How large it is.
    pub radius: f64,
    /// Whether all are diamonds.
    pub is_diamond: bool,
}

const WIDTH: f64 = 1040.0;
const NAME: Font = Font::regular(12.5);

/// Joins the spots that a map of this width cannot show apart.
pub fn groups(spots: &[Spot], window: Window) -> Vec<Group> {
    let view = View::new(window, WIDTH);
    let radius = |count: usize| (4.5 + 2.6 * (count as f64).sqrt()).min(34.0);
    let mut groups: Vec<Group> = Vec::new();
    let mut order: Vec<usize> =
        (0..spots.len()).filter(|it| window.contains(spots[*it].place)).collect();
    order.sort_by_key(|it| std::cmp::Reverse(spots[*it].count));
    for number in order {
        let spot = &spots[number];
        let at = view.at(spot.place);
        let own = radius(spot.count.max(usize::from(spot.is_diamond)));
        let is_near = |group: &&mut Group| {
            let distance = (group.at.0 - at.0).hypot(group.at.1 - at.1);
            distance < (group.radius + own) * 0.8
        };
        match groups.iter_mut().find(is_near) {
            Some(group) => {
                group.spots.push(number);
                group.count += spot.count;
                group.radius = radius(group.count);
                group.is_diamond &= spot.is_diamond;
            }
            None => groups.push(Group {
                spots: vec![number],
                count: spot.count,
                at,
                radius: own,
                is_diamond: spot.is_diamond,
            }),
        }
    }
    groups
}

/// Draws a map: land, marks, and the names of the groups; which of them have no room beside their mark is told.
pub fn draw(groups: &[Group], names: &[String], window: Window) -> (Frame, Vec<usize>) {
    let view = View::new(window, WIDTH);
    let mut frame = Frame { size: view.size, ..Frame::default() };
    frame.areas.push(area(&window.border(), &view, ink::WATER, Some((ink::RULE, 0.8))));
    for ring in land(window) {
        let is_prefecture = window_is_japan(window);
        let stroke = is_prefecture.then_some((ink::PAPER, 0.7));
        frame.areas.push(area(&ring, &view, ink::LAND, stroke));
    }
    for (group, name) in groups.iter().zip(names) {
        frame.marks.push(Mark {
            name: name.clone(),
            at: group.at,
            radius: group.radius,
            is_diamond: group.is_diamond,
            text: if group.count > 1 && group.radius > 9.0 {
                group.count.to_string()
            } else {
                String::new()
            },
        });
    }
    let unnamed = name_marks(&mut frame, names);
    (frame, unnamed)
}

fn window_is_japan(window: Window) -> bool {
    window.west >= 122.0 && window.east <= 150.0 && window.south >= 24.0 && window.north <= 47.0
}

/// The land in a window: prefectures where it is Japan.
fn land(window: Window) -> Vec<outline::Ring> {
    let rings = match window_is_japan(window) {
        true => outline::prefectures(),
        false => outline::land(),
    };
    outline::cut(&rings, &window)
}

fn area(
    ring: &[Place],
    view: &View,
    fill: super::Color,
    stroke: Option<(super::Color, f64)>,
) -> Line {
    let mut way: Vec<Segment> = Vec::new();
    for place in ring {
        let at = view.of_cut(*place);
        way.push(if way.is_empty() { Segment::Move(at) } else { Segment::Line(at) });
    }
    way.push(Segment::Close);
    Line { way, stroke, dash: Dash::Solid, fill: Some(fill), is_arrow: false }
}

/// Puts each name where it hides neither a mark nor another name, the largest marks first; returns those that find
/// no place.
fn name_marks(frame: &mut Frame, names: &[String]) -> Vec<usize> {
    let mut taken: Vec<(f64, f64, f64, f64)> = frame
        .marks
        .iter()
        .map(|it| {
            (it.at.0 - it.radius, it.at.1 - it.radius, it.at.0 + it.radius, it.at.1 + it.radius)
        })
        .collect();
    let mut unnamed = Vec::new();
    let marks = frame.marks.clone();
    for (number, (mark, name)) in marks.iter().zip(names).enumerate() {
        let fits = |words: &Words, taken: &[(f64, f64, f64, f64)]| {
            let (left, top, right, bottom) = words.bounds();
            let is_inside =
                left >= 0.0 && top >= 0.0 && right <= frame.size.0 && bottom <= frame.size.1;
            is_inside
                && !taken
                    .iter()
                    .any(|it| left < it.2 && it.0 < right && top < it.3 && it.1 < bottom)
        };
        let found = positions(mark).find_map(|(at, anchor, is_far)| {
            let top = (at.0, at.1 - NAME.height() / 2.0);
            let words = Words {
                at: top,
                anchor,
                font: NAME,
                color: ink::TEXT,
                lines: vec![name.clone()],
                has_halo: true,
            };
            fits(&words, &taken).then_some((words, at, is_far))
        });
        let Some((words, at, is_far)) = found else {
            unnamed.push(number);
            continue;
        };
        if is_far {
            let (dx, dy) = (at.0 - mark.at.0, at.1 - mark.at.1);
            let far = dx.hypot(dy);
            let start = (mark.at.0 + dx / far * mark.radius, mark.at.1 + dy / far * mark.radius);
            frame.lines.push(Line {
                way: vec![Segment::Move(start), Segment::Line(at)],
                stroke: Some((ink::QUIET, 0.8)),
                dash: Dash::Solid,
                fill: None,
                is_arrow: false,
            });
        }
        taken.push(words.bounds());
        frame.texts.push(words);
    }
    unnamed
}

/// Where a name may stand by its mark: beside it, then around it, then farther away, at the end of a line.
fn positions(mark: &Mark) -> impl Iterator<Item = (Point, Anchor, bool)> {
    let (x, y, r) = (mark.at.0, mark.at.1, mark.radius);
    let near = r + 5.0;
    let beside = [
        ((x + near, y), Anchor::Start),
        ((x - near, y), Anchor::End),
        ((x, y - near - 7.0), Anchor::Middle),
        ((x, y + near + 7.0), Anchor::Middle),
    ];
    let far = [26.0, 46.0, 70.0, 100.0].into_iter().flat_map(move |reach| {
        (0..12).map(move |step| {
            let turn = std::f64::consts::TAU * f64::from(step) / 12.0;
            let at = (x + (r + reach) * turn.cos(), y + (r + reach) * turn.sin());
            let anchor = if turn.cos() >= -0.01 { Anchor::Start } else { Anchor::End };
            (at, anchor)
        })
    });
    let beside = beside.into_iter().map(|(at, anchor)| (at, anchor, false));
    beside.chain(far.map(|(at, anchor)| (at, anchor, true)))
}
