//! The ways of arrows between ranks: each leaves its box squarely, passes ranks where room is kept, and bends
//! between them.

use std::collections::BTreeMap;

use super::Segment;
use super::layered::{Edge, Layout, Size, Stop};

/// Arrows keep so far from the corners of a box, and from each other where there is room.
const CORNER: f64 = 12.0;
const APART: f64 = 24.0;

/// The way of each arrow; along and across are x and y where `is_sideways`, else the other way around.
pub fn ways(
    sizes: &[Size],
    edges: &[Edge],
    layout: &Layout,
    is_sideways: bool,
) -> Vec<Vec<Segment>> {
    let ports = ports(sizes, edges, layout);
    let ends = edges.iter().zip(&layout.stops).enumerate();
    ends.map(|(number, (edge, stops))| {
        let (start, end) = (ports[&(number, false)], ports[&(number, true)]);
        let is_onward = end.0 > start.0;
        let rank = |at: usize| layout.ranks[at];
        let border = |at: usize, is_far: bool| if is_far { rank(at).1 } else { rank(at).0 };
        let mut all = vec![Stop {
            enter: start.0,
            leave: border(edge.from, is_onward),
            v: start.1,
            is_label: false,
        }];
        all.extend(stops);
        all.push(Stop {
            enter: border(edge.to, !is_onward),
            leave: end.0,
            v: end.1,
            is_label: false,
        });
        way(&all, is_sideways)
    })
    .collect()
}

/// Where each arrow leaves its box (`false`) and comes to the other (`true`): spread over the side, in the order
/// of where they come from, as near to that as there is room.
fn ports(sizes: &[Size], edges: &[Edge], layout: &Layout) -> BTreeMap<(usize, bool), (f64, f64)> {
    /// Where an arrow comes from across, which arrow, and which end.
    type Coming = (f64, usize, bool);
    // By box and side.
    let mut sides: BTreeMap<(usize, bool), Vec<Coming>> = BTreeMap::new();
    for (number, (edge, stops)) in edges.iter().zip(&layout.stops).enumerate() {
        let [from, to] = [edge.from, edge.to].map(|it| layout.centers[it]);
        let first = stops.first().map_or(to, |it| (it.enter, it.v));
        let last = stops.last().map_or(from, |it| (it.leave, it.v));
        sides.entry((edge.from, first.0 > from.0)).or_default().push((first.1, number, false));
        sides.entry((edge.to, last.0 > to.0)).or_default().push((last.1, number, true));
    }
    let mut ports = BTreeMap::new();
    for ((at, is_far), mut arrows) in sides {
        arrows.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let (u, v) = layout.centers[at];
        let half = sizes[at].across / 2.0;
        let room = (2.0 * half - 2.0 * CORNER).max(4.0);
        let apart = (room / arrows.len() as f64).min(APART);
        let spread = apart * (arrows.len() - 1) as f64 / 2.0;
        let wish = arrows.iter().map(|it| it.0).sum::<f64>() / arrows.len() as f64;
        let least = v - half + CORNER + spread;
        let middle = wish.clamp(least, (v + half - CORNER - spread).max(least));
        let side = u + if is_far { sizes[at].along / 2.0 } else { -sizes[at].along / 2.0 };
        for (place, (_, number, is_end)) in arrows.into_iter().enumerate() {
            ports.insert((number, is_end), (side, middle - spread + apart * place as f64));
        }
    }
    ports
}

fn way(stops: &[Stop], is_sideways: bool) -> Vec<Segment> {
    let point = |u: f64, v: f64| if is_sideways { (u, v) } else { (v, u) };
    let mut way = vec![Segment::Move(point(stops[0].enter, stops[0].v))];
    let straight = |way: &mut Vec<Segment>, stop: &Stop| {
        if (stop.leave - stop.enter).abs() > 0.1 {
            way.push(Segment::Line(point(stop.leave, stop.v)));
        }
    };
    for pair in stops.windows(2) {
        let [stop, next] = pair else { continue };
        straight(&mut way, stop);
        let to = point(next.enter, next.v);
        if (stop.v - next.v).abs() < 0.5 {
            way.push(Segment::Line(to));
        } else {
            let middle = f64::midpoint(stop.leave, next.enter);
            way.push(Segment::Curve(point(middle, stop.v), point(middle, next.v), to));
        }
    }
    straight(&mut way, &stops[stops.len() - 1]);
    way
}
