//! Outlines of land, as `data-tools/outlines.py` writes them, cut to what is seen.

use super::view::{Place, Window};

/// The land of the world, in hundredths of a degree.
const LAND: (&[u8], f64) = (include_bytes!("land.bin"), 100.0);
/// The prefectures of Japan, in thousandths.
const JAPAN: (&[u8], f64) = (include_bytes!("japan.bin"), 1000.0);

/// A closed line of places.
pub type Ring = Vec<Place>;

/// Returns the land of the world.
pub fn land() -> Vec<Ring> {
    Reader { bytes: LAND.0 }.rings(LAND.1)
}

/// Returns the prefectures of Japan.
pub fn prefectures() -> Vec<Ring> {
    Reader { bytes: JAPAN.0 }.rings(JAPAN.1)
}

struct Reader {
    bytes: &'static [u8],
}

impl Reader {
    fn rings(&mut self, unit: f64) -> Vec<Ring> {
        let count = self.number();
        (0..count).map(|_| self.ring(unit)).collect()
    }

    fn ring(&mut self, unit: f64) -> Ring {
        let count = self.number();
        let (mut lon, mut lat) = (0_i64, 0_i64);
        let point = |_| {
            lon += self.difference();
            lat += self.difference();
            Place { lon: lon as f64 / unit, lat: lat as f64 / unit }
        };
        (0..count).map(point).collect()
    }

    fn difference(&mut self) -> i64 {
        let number = self.number() as i64;
        if number % 2 == 0 { number / 2 } else { -(number + 1) / 2 }
    }

    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some((byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                break;
            }
        }
        number
    }
}

/// Returns the parts of rings that lie in a window, each closed along its border. A ring that lies across the
/// edge of the world lies on both sides of it.
pub fn cut(rings: &[Ring], window: &Window) -> Vec<Ring> {
    let mut parts = Vec::new();
    for ring in rings {
        let whole = unwrapped(ring, window);
        for turn in [-360.0, 0.0, 360.0] {
            let turned = whole.iter().map(|it| Place { lon: it.lon + turn, ..*it });
            let part = within(turned.collect(), window);
            if part.len() > 2 {
                parts.push(part);
            }
        }
    }
    parts
}

/// The ring without leaps from one side of the world to the other.
fn unwrapped(ring: &[Place], window: &Window) -> Ring {
    let middle = f64::midpoint(window.west, window.east);
    let mut last: Option<f64> = None;
    let near = |lon: f64, to: f64| lon - 360.0 * ((lon - to) / 360.0).round();
    ring.iter()
        .map(|place| {
            let lon = near(place.lon, last.unwrap_or(middle));
            last = Some(lon);
            Place { lon, ..*place }
        })
        .collect()
}

/// Cuts a ring at each side of a window in turn (Sutherland and Hodgman 1974).
fn within(ring: Ring, window: &Window) -> Ring {
    type Side = fn(&Place, &Window) -> f64;
    let sides: [Side; 4] = [
        |place, window| place.lon - window.west,
        |place, window| window.east - place.lon,
        |place, window| place.lat - window.south,
        |place, window| window.north - place.lat,
    ];
    sides.into_iter().fold(ring, |ring, side| {
        let mut kept = Vec::new();
        for (at, place) in ring.iter().enumerate() {
            let before = &ring[(at + ring.len() - 1) % ring.len()];
            let (was, is) = (side(before, window), side(place, window));
            if (was < 0.0) != (is < 0.0) {
                let share = was / (was - is);
                kept.push(Place {
                    lon: before.lon + (place.lon - before.lon) * share,
                    lat: before.lat + (place.lat - before.lat) * share,
                });
            }
            if is >= 0.0 {
                kept.push(*place);
            }
        }
        kept
    })
}
