//! Laws of pictures: nothing overlaps, nothing leaves the page, no arrow passes through a box that it does not join.

use medclust::lang::Lang;
use medclust::picture::diagram::{Content, Diagram, Tie};
use medclust::picture::grid::{Cell, Grid, Row};
use medclust::picture::{
    Dash, Frame, HEAD, ITEM, LABEL, Picture, Point, Segment, Shape, write_pptx, write_svg,
};
use proptest::prelude::*;

type Bounds = (f64, f64, f64, f64);

fn bounds(shape: &Shape) -> Bounds {
    (shape.at.0, shape.at.1, shape.at.0 + shape.size.0, shape.at.1 + shape.size.1)
}

fn overlap(one: Bounds, other: Bounds) -> bool {
    one.0 < other.2 - 0.1 && other.0 < one.2 - 0.1 && one.1 < other.3 - 0.1 && other.1 < one.3 - 0.1
}

/// Points on a way, close to each other.
fn along(way: &[Segment]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for segment in way {
        let from = points.last().copied();
        let curve: [Point; 4] = match (*segment, from) {
            (Segment::Move(to), _) => [to; 4],
            (Segment::Line(to), Some(from)) => [from, from, to, to],
            (Segment::Curve(one, other, to), Some(from)) => [from, one, other, to],
            _ => continue,
        };
        for step in 0..=40 {
            let t = f64::from(step) / 40.0;
            let weights = [
                (1.0 - t).powi(3),
                3.0 * t * (1.0 - t).powi(2),
                3.0 * t * t * (1.0 - t),
                t.powi(3),
            ];
            let sum = |pick: fn(Point) -> f64| -> f64 {
                curve.iter().zip(weights).map(|(point, weight)| pick(*point) * weight).sum()
            };
            points.push((sum(|it| it.0), sum(|it| it.1)));
        }
    }
    points
}

fn check(frame: &Frame) {
    let (width, height) = frame.size;
    let is_inside = |(left, top, right, bottom): Bounds| {
        left > -0.6 && top > -0.6 && right < width + 0.6 && bottom < height + 0.6
    };
    for (at, shape) in frame.boxes.iter().enumerate() {
        assert!(is_inside(bounds(shape)), "a box leaves the page: {shape:?} {:?}", frame.size);
        for other in &frame.boxes[at + 1..] {
            assert!(!overlap(bounds(shape), bounds(other)), "{shape:?} {other:?}");
        }
        let room = shape.size.0;
        assert!(shape.head.iter().all(|line| HEAD.width(line) <= room), "{shape:?}");
        assert!(shape.lines.iter().all(|line| ITEM.width(&line.text) <= room), "{shape:?}");
        let high = shape.head_height() + Shape::lines_height(&shape.lines);
        assert!(high <= shape.size.1 + 0.1, "texts are cut off: {shape:?}");
    }
    for arrow in &frame.arrows {
        for (x, y) in along(&arrow.way) {
            assert!(is_inside((x, y, x, y)), "an arrow leaves the page");
            for (at, shape) in frame.boxes.iter().enumerate() {
                let (left, top, right, bottom) = bounds(shape);
                let is_in = x > left + 1.0 && x < right - 1.0 && y > top + 1.0 && y < bottom - 1.0;
                assert!(!is_in, "{} → {} passes through {at}", arrow.from, arrow.to);
            }
        }
        let ends = along(&arrow.way);
        for (end, at) in [(ends[0], arrow.from), (ends[ends.len() - 1], arrow.to)] {
            let (left, top, right, bottom) = bounds(&frame.boxes[at]);
            let near = |value: f64, side: f64| (value - side).abs() < 0.6;
            let is_on =
                near(end.0, left) || near(end.0, right) || near(end.1, top) || near(end.1, bottom);
            assert!(is_on, "an arrow does not touch its box");
        }
        let half = arrow.label.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max) / 2.0;
        let high = arrow.label.len() as f64 * LABEL.height() / 2.0;
        let (x, y) = arrow.label_at;
        let label = (x - half, y - high, x + half, y + high);
        if !arrow.label.is_empty() {
            assert!(is_inside(label), "a label leaves the page: {arrow:?} {:?}", frame.size);
            assert!(frame.boxes.iter().all(|it| !overlap(label, bounds(it))), "a label in a box");
        }
    }
}

fn framed(frame: Frame) -> Picture {
    frame.framed("題 <title> & \"more\"".to_owned(), &[], &["]]></svg>".to_owned()], Lang::Ja)
}

const NAMES: [&str; 5] = [
    "国立循環器病研究センター",
    "A",
    "Office for Technology Commercialization",
    "",
    "材料・部品メーカ",
];

fn diagrams() -> impl Strategy<Value = Diagram> {
    let content = (0..NAMES.len(), prop::collection::vec(0..NAMES.len(), 0..4));
    prop::collection::vec(content, 1..22).prop_flat_map(|contents| {
        let count = contents.len();
        let tie = (0..count, 0..count, 0..NAMES.len(), any::<bool>());
        let ties = prop::collection::vec(tie, 0..30);
        (Just(contents), ties).prop_map(|(contents, ties)| Diagram {
            boxes: contents
                .into_iter()
                .map(|(head, items)| Content {
                    name: head.to_string(),
                    head: NAMES[head].to_owned(),
                    items: items.into_iter().map(|it| NAMES[it].to_owned()).collect(),
                    color: None,
                })
                .collect(),
            ties: ties
                .into_iter()
                .map(|(from, to, label, is_both)| Tie {
                    from,
                    to,
                    label: NAMES[label].to_owned(),
                    dash: if label == 0 { Dash::Dashed } else { Dash::Solid },
                    is_both,
                })
                .collect(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn diagrams_keep_order(diagram in diagrams()) {
        let frame = diagram.lay().unwrap();
        prop_assert_eq!(frame.boxes.len(), diagram.boxes.len());
        check(&frame);
        let again = diagram.lay().unwrap();
        let [one, other] = [frame, again].map(framed);
        prop_assert_eq!(write_svg(&one), write_svg(&other));
        prop_assert_eq!(write_pptx(&one), write_pptx(&other));
    }

    #[test]
    fn grids_keep_order(
        columns in 1..9_usize,
        cells in prop::collection::vec(prop::collection::vec(0..8_usize, 9), 1..12),
    ) {
        let grid = Grid {
            columns: (0..columns).map(|it| NAMES[it % 5].to_owned() + "x").collect(),
            rows: cells
                .iter()
                .map(|kinds| Row {
                    head: NAMES[kinds[0] % 5].to_owned() + "y",
                    cells: kinds[..columns]
                        .iter()
                        .map(|kind| match kind {
                            0 => Cell::Blank,
                            1 => Cell::Gap("記載なし".to_owned()),
                            many => Cell::Items(vec![NAMES[2].to_owned(); *many]),
                        })
                        .collect(),
                    color: None,
                })
                .collect(),
            color: None,
            leads: (1..columns).map(|it| (0, it, Dash::Solid)).collect(),
        };
        check(&grid.lay().unwrap());
    }
}

#[test]
fn what_is_too_much_is_refused_and_what_is_nothing_too() {
    let many = Diagram { boxes: vec![Content::default(); 61], ties: Vec::new() };
    assert!(many.lay().unwrap_err().en.contains("61 boxes"));
    assert!(Diagram::default().lay().is_err());
    assert!(Grid::default().lay().is_err());
}
