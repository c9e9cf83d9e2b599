//! Lays boxes and arrows out in ranks (Sugiyama, Tagawa and Toda 1981): arrows lead from rank to rank, as few as
//! may be cross, and each passes other ranks only where room is kept for it.
//!
//! Along the ranks runs `u`, across them `v`. Between two ranks of boxes lies one of labels. Everything follows
//! the order of the input, so the same boxes are always laid out the same way.

/// The size of a box or a label: along the ranks and across them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Along the ranks.
    pub along: f64,
    /// Across.
    pub across: f64,
}

/// An arrow to be laid out.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The box that it leaves.
    pub from: usize,
    /// Another box, that it leads to.
    pub to: usize,
    /// The size of its label.
    pub label: Size,
}

/// Where an arrow passes a rank: from `enter` to `leave` along, at `v` across.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Where it comes in.
    pub enter: f64,
    /// Where it goes out.
    pub leave: f64,
    /// Where across.
    pub v: f64,
    /// Whether its label stands here.
    pub is_label: bool,
}

/// Where everything is.
#[derive(Debug)]
pub struct Layout {
    /// The centre of each box, along and across.
    pub centers: Vec<(f64, f64)>,
    /// The rank that each box is in: where it begins and ends.
    pub ranks: Vec<(f64, f64)>,
    /// The ranks that each arrow passes between its boxes, in its direction.
    pub stops: Vec<Vec<Stop>>,
}

/// Between ranks, for arrows to bend.
const RANK_GAP: f64 = 32.0;
/// Between boxes of a rank.
const GAP: f64 = 28.0;
/// Between arrows, or an arrow and a box.
const NARROW_GAP: f64 = 12.0;
/// How often places and orders are bettered; more changes nothing that can be seen.
const ROUNDS: usize = 24;

/// Lays out; O(rounds · edges² between neighbouring ranks).
pub fn layered(sizes: &[Size], edges: &[Edge]) -> Layout {
    let turned = turned(sizes.len(), edges);
    let ranks = ranks(sizes.len(), edges, &turned);
    let mut layers = Layers::new(sizes, edges, &turned, &ranks);
    layers.order();
    let places = layers.places();
    layers.layout(sizes.len(), &turned, &places)
}

/// The arrows that close a circle: turned around, there is none. A depth-first search from the boxes that the
/// fewest arrows lead to, in the order of the input.
fn turned(boxes: usize, edges: &[Edge]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut out = vec![Vec::new(); boxes];
    let mut into = vec![0; boxes];
    for (number, edge) in edges.iter().enumerate() {
        out[edge.from].push(number);
        into[edge.to] += 1;
    }
    let mut starts: Vec<usize> = (0..boxes).collect();
    starts.sort_by_key(|start| into[*start]);
    let mut turned = vec![false; edges.len()];
    let mut states = vec![State::New; boxes];
    for start in starts {
        if states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.pop() {
            let Some(number) = out[at].get(next) else {
                states[at] = State::Done;
                continue;
            };
            way.push((at, next + 1));
            let to = edges[*number].to;
            match states[to] {
                State::New => {
                    states[to] = State::Open;
                    way.push((to, 0));
                }
                State::Open => turned[*number] = true,
                State::Done => {}
            }
        }
    }
    turned
}

/// The ends of an arrow, as if it led on.
fn onward(edge: &Edge, is_turned: bool) -> (usize, usize) {
    if is_turned { (edge.to, edge.from) } else { (edge.from, edge.to) }
}

/// The rank of each box: as far from the first as the longest way to it, then as near as may be to most of its
/// neighbours.
fn ranks(boxes: usize, edges: &[Edge], turned: &[bool]) -> Vec<usize> {
    let arcs: Vec<(usize, usize)> =
        edges.iter().zip(turned).map(|(edge, turned)| onward(edge, *turned)).collect();
    let mut ranks = vec![0; boxes];
    for _ in 0..boxes {
        let mut is_settled = true;
        for (from, to) in &arcs {
            if ranks[*to] <= ranks[*from] {
                ranks[*to] = ranks[*from] + 1;
                is_settled = false;
            }
        }
        if is_settled {
            break;
        }
    }
    for _ in 0..boxes {
        let mut is_settled = true;
        for at in (0..boxes).rev() {
            let outs = arcs.iter().filter(|(from, _)| *from == at).map(|(_, to)| ranks[*to]);
            let ins = arcs.iter().filter(|(_, to)| *to == at).map(|(from, _)| ranks[*from]);
            let (more_out, more_in) = (outs.clone().count(), ins.clone().count());
            let latest = outs.min().map_or(ranks[at], |rank| rank - 1);
            let earliest = ins.max().map_or(0, |rank| rank + 1);
            let better = match more_out.cmp(&more_in) {
                std::cmp::Ordering::Greater => latest,
                std::cmp::Ordering::Less => earliest,
                std::cmp::Ordering::Equal => ranks[at],
            };
            if better != ranks[at] {
                ranks[at] = better;
                is_settled = false;
            }
        }
        if is_settled {
            break;
        }
    }
    ranks
}

/// A box, or the place where an arrow passes a rank.
struct Item {
    size: Size,
    layer: usize,
    is_label: bool,
}

/// The ranks of boxes (even) and of labels (odd), with what each holds, in order.
struct Layers {
    items: Vec<Item>,
    boxes: usize,
    /// The items of each arrow, from rank to rank, its boxes included.
    chains: Vec<Vec<usize>>,
    /// The neighbours of each item in the rank before and in the rank after.
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
    order: Vec<Vec<usize>>,
    /// The place of each item in its rank.
    at: Vec<usize>,
}

impl Layers {
    fn new(sizes: &[Size], edges: &[Edge], turned: &[bool], ranks: &[usize]) -> Self {
        let of_box =
            |(size, rank): (&Size, &usize)| Item { size: *size, layer: rank * 2, is_label: false };
        let mut items: Vec<Item> = sizes.iter().zip(ranks).map(of_box).collect();
        let mut chains = Vec::new();
        for (edge, is_turned) in edges.iter().zip(turned) {
            let (from, to) = onward(edge, *is_turned);
            let (first, last) = (items[from].layer, items[to].layer);
            let middle = (first + last) / 2;
            let middle = if middle % 2 == 1 { middle } else { middle + 1 };
            let mut chain = vec![from];
            for layer in first + 1..last {
                let is_label = layer == middle;
                let line = Size { along: 0.0, across: 4.0 };
                let size = if is_label { edge.label } else { line };
                items.push(Item { size, layer, is_label });
                chain.push(items.len() - 1);
            }
            chain.push(to);
            chains.push(chain);
        }
        let mut before = vec![Vec::new(); items.len()];
        let mut after = before.clone();
        for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
            after[pair[0]].push(pair[1]);
            before[pair[1]].push(pair[0]);
        }
        let layers = items.iter().map(|item| item.layer + 1).max().unwrap_or(0);
        let mut made = Layers {
            at: vec![0; items.len()],
            boxes: sizes.len(),
            order: vec![Vec::new(); layers],
            items,
            chains,
            before,
            after,
        };
        made.first_order();
        made
    }

    /// Depth first from the first rank, so that what is tied lies together.
    fn first_order(&mut self) {
        let mut seen = vec![false; self.items.len()];
        let mut roots: Vec<usize> = (0..self.boxes).collect();
        roots.sort_by_key(|root| self.items[*root].layer);
        for root in roots {
            let mut open = vec![root];
            while let Some(item) = open.pop() {
                if std::mem::replace(&mut seen[item], true) {
                    continue;
                }
                self.order[self.items[item].layer].push(item);
                let near = self.after[item].iter().rev().chain(self.before[item].iter().rev());
                open.extend(near.filter(|it| !seen[**it]));
            }
        }
        self.number();
    }

    fn number(&mut self) {
        for items in &self.order {
            for (at, item) in items.iter().enumerate() {
                self.at[*item] = at;
            }
        }
    }

    /// Orders each rank so that few arrows cross: by the mean place of neighbours, then by swaps; the best found.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.order.clone());
        for round in 0..ROUNDS {
            let is_down = round % 2 == 0;
            let layers = self.order.len();
            for step in 0..layers {
                let layer = if is_down { step } else { layers - 1 - step };
                self.by_mean(layer, is_down);
            }
            while self.swap() {}
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.order.clone());
            }
            if best.0 == 0 {
                break;
            }
        }
        self.order = best.1;
        self.number();
    }

    fn by_mean(&mut self, layer: usize, is_down: bool) {
        let near = if is_down { &self.before } else { &self.after };
        let mean = |item: usize| match near[item].len() {
            0 => self.at[item] as f64,
            count => near[item].iter().map(|it| self.at[*it] as f64).sum::<f64>() / count as f64,
        };
        let mut items: Vec<(f64, usize)> =
            self.order[layer].iter().map(|item| (mean(*item), *item)).collect();
        items.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (at, (_, item)) in items.iter().enumerate() {
            self.at[*item] = at;
        }
        self.order[layer] = items.into_iter().map(|(_, item)| item).collect();
    }

    /// Swaps neighbours where fewer arrows cross then; returns whether any did.
    fn swap(&mut self) -> bool {
        let mut is_better = false;
        for layer in 0..self.order.len() {
            for place in 1..self.order[layer].len() {
                let [one, other] = [self.order[layer][place - 1], self.order[layer][place]];
                if self.crossed(other, one) < self.crossed(one, other) {
                    self.order[layer].swap(place - 1, place);
                    (self.at[one], self.at[other]) = (place, place - 1);
                    is_better = true;
                }
            }
        }
        is_better
    }

    /// How often the arrows of two items of a rank cross where the first lies before the other.
    fn crossed(&self, first: usize, other: usize) -> usize {
        let count = |near: &Vec<Vec<usize>>| {
            let pairs =
                near[first].iter().flat_map(|it| near[other].iter().map(move |to| (it, to)));
            pairs.filter(|(it, to)| self.at[**it] > self.at[**to]).count()
        };
        count(&self.before) + count(&self.after)
    }

    fn crossings(&self) -> usize {
        let pairs = self.order.iter().flat_map(|items| {
            items
                .iter()
                .enumerate()
                .flat_map(|(at, one)| items[at + 1..].iter().map(move |other| (*one, *other)))
        });
        pairs.map(|(one, other)| self.crossed(one, other)).sum()
    }

    /// The distance that the centres of two neighbours of a rank keep.
    fn apart(&self, one: usize, other: usize) -> f64 {
        let are_boxes = one < self.boxes && other < self.boxes;
        let gap = if are_boxes { GAP } else { NARROW_GAP };
        (self.items[one].size.across + self.items[other].size.across) / 2.0 + gap
    }

    /// The place of each item across: as near as may be to its neighbours in the ranks beside, by least squares
    /// under the distances that must be kept (pool adjacent violators); arrows are kept straight first of all.
    fn places(&self) -> Vec<f64> {
        let mut v = vec![0.0; self.items.len()];
        for items in &self.order {
            let mut at = 0.0;
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    at += self.apart(items[place - 1], *item);
                }
                v[*item] = at;
            }
            items.iter().for_each(|item| v[*item] -= at / 2.0);
        }
        for round in 0..ROUNDS + 6 {
            let layers = self.order.len();
            for step in 0..layers {
                let layer = if round % 2 == 0 { step } else { layers - 1 - step };
                self.place(&self.order[layer], &mut v);
            }
        }
        let least = (0..v.len()).map(|it| v[it] - self.items[it].size.across / 2.0);
        let least = least.fold(f64::INFINITY, f64::min);
        v.iter_mut().for_each(|v| *v -= least);
        v
    }

    fn place(&self, items: &[usize], v: &mut [f64]) {
        let mut offset = 0.0;
        let mut offsets = Vec::new();
        // Sum of weighted wishes, sum of weights, and how many items move as one.
        let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                offset += self.apart(items[place - 1], *item);
            }
            offsets.push(offset);
            let (mut wish, mut weight) = (0.0, 0.0);
            for near in self.before[*item].iter().chain(&self.after[*item]) {
                let straight = match (*item >= self.boxes, *near >= self.boxes) {
                    (true, true) => 8.0,
                    (false, false) => 1.0,
                    _ => 2.0,
                };
                wish += straight * v[*near];
                weight += straight;
            }
            if weight == 0.0 {
                (wish, weight) = (0.1 * v[*item], 0.1);
            }
            blocks.push((wish - weight * offset, weight, 1));
            while let [.., one, other] = blocks[..] {
                if one.0 / one.1 <= other.0 / other.1 {
                    break;
                }
                blocks.truncate(blocks.len() - 2);
                blocks.push((one.0 + other.0, one.1 + other.1, one.2 + other.2));
            }
        }
        let mut placed = items.iter().zip(offsets);
        for (wish, weight, count) in blocks {
            for (item, offset) in placed.by_ref().take(count) {
                v[*item] = wish / weight + offset;
            }
        }
    }

    fn layout(&self, boxes: usize, turned: &[bool], v: &[f64]) -> Layout {
        let mut widths = vec![0.0_f64; self.order.len()];
        for item in &self.items {
            widths[item.layer] = widths[item.layer].max(item.size.along);
        }
        let mut at = 0.0;
        let mut ranks = Vec::new();
        for width in widths {
            ranks.push((at, at + width));
            at += width + RANK_GAP;
        }
        let rank = |item: usize| ranks[self.items[item].layer];
        let stops = self.chains.iter().zip(turned).map(|(chain, is_turned)| {
            let inner = &chain[1..chain.len() - 1];
            let stop = |item: &usize| {
                let (start, end) = rank(*item);
                let (enter, leave) = if *is_turned { (end, start) } else { (start, end) };
                let is_label = self.items[*item].is_label;
                Stop { enter, leave, v: v[*item], is_label }
            };
            let mut stops: Vec<Stop> = inner.iter().map(stop).collect();
            if *is_turned {
                stops.reverse();
            }
            stops
        });
        Layout {
            centers: (0..boxes).map(|it| ((rank(it).0 + rank(it).1) / 2.0, v[it])).collect(),
            ranks: (0..boxes).map(rank).collect(),
            stops: stops.collect(),
        }
    }
}
