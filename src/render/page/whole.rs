//! Where every node lies in the picture of the whole atlas: a block for each place with whoever is there, and one
//! for each further kind.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::data::{Numbers, both};
use crate::graph::Node;
use crate::lang::Lang;
use crate::model::NodeKind;

/// The picture of the whole.
#[derive(Serialize)]
pub struct Whole<'g> {
    width: u32,
    height: u32,
    blocks: Vec<Block<'g>>,
    /// The place and the width of each node.
    at: Vec<[u32; 3]>,
}

#[derive(Serialize)]
struct Block<'g> {
    name: [Option<&'g str>; 2],
    x: u32,
    y: u32,
    w: u32,
    h: u32,
}

const WIDTH: u32 = 1800;
const CHIP: u32 = 18;
const GAP: u32 = 6;
const HEAD: u32 = 26;

/// Lays the nodes out: in each block in the order of the atlas, in as many columns as make it about square.
pub fn whole<'g>(nodes: &[Node<'g>], numbers: &Numbers<'g>) -> Whole<'g> {
    let mut groups: BTreeMap<(u8, Option<Node<'g>>), Vec<Node<'g>>> = BTreeMap::new();
    for node in nodes {
        let place = || country(*node).filter(|it| numbers.contains_key(it));
        let key = match node.kind() {
            NodeKind::Stage => (0, None),
            NodeKind::Organization => (1, place()),
            NodeKind::Program => (2, None),
            NodeKind::Role => (3, None),
            NodeKind::Region => (4, None),
        };
        groups.entry(key).or_default().push(*node);
    }
    let mut made =
        Whole { width: WIDTH, height: 0, blocks: Vec::new(), at: vec![[0; 3]; nodes.len()] };
    let (mut x, mut y, mut high) = (0, 0, 0);
    for ((sort, place), members) in groups {
        let wide = members.iter().map(|it| width(*it)).max().unwrap_or(60);
        let count = members.len() as u32;
        let columns =
            (f64::from(count) * f64::from(CHIP + GAP) * 1.4 / f64::from(wide + GAP)).sqrt().ceil();
        let columns = (columns as u32).clamp(1, ((WIDTH - GAP) / (wide + GAP)).max(1));
        let rows = count.div_ceil(columns);
        let size = (columns * (wide + GAP) + GAP, HEAD + rows * (CHIP + GAP));
        if x > 0 && x + size.0 > WIDTH {
            (x, y, high) = (0, y + high + 2 * GAP, 0);
        }
        for (place, node) in members.iter().enumerate() {
            let (column, row) = (place as u32 / rows, place as u32 % rows);
            let at = [x + GAP + column * (wide + GAP), y + HEAD + row * (CHIP + GAP), wide];
            made.at[numbers[node]] = at;
        }
        let name = match place {
            Some(place) => both(&place.record().name),
            None => called(sort).map(Some),
        };
        made.blocks.push(Block { name, x, y, w: size.0, h: size.1 });
        x += size.0 + 2 * GAP;
        high = high.max(size.1);
    }
    made.height = y + high;
    made
}

fn called(sort: u8) -> [&'static str; 2] {
    match sort {
        0 => ["段階", "Stages"],
        1 => ["所在の記載のない組織", "Organizations without a place"],
        2 => ["施策", "Programs"],
        3 => ["役割", "Roles"],
        _ => ["地域", "Regions"],
    }
}

/// The outermost region that an organization lies in.
fn country(node: Node<'_>) -> Option<Node<'_>> {
    let mut place = node.region()?;
    // No region lies within itself.
    while let Some(outer) = place.within().next() {
        place = outer;
    }
    Some(place)
}

/// The width of a chip: long names are cut.
fn width(node: Node) -> u32 {
    let wide = [Lang::Ja, Lang::En].map(|lang| node.name(lang).width()).into_iter().max();
    (wide.unwrap_or(0) as u32 * 6 + 12).clamp(60, 200)
}
