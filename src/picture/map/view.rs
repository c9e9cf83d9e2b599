//! What is seen of the globe, and where it lies on the page.

use super::super::Point;

/// A place on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// East of Greenwich.
    pub lon: f64,
    /// North of the equator.
    pub lat: f64,
}

/// A part of the globe between two meridians and two parallels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The least longitude; may be below −180.
    pub west: f64,
    /// The greatest longitude.
    pub east: f64,
    /// The least latitude.
    pub south: f64,
    /// The greatest latitude.
    pub north: f64,
}

/// The world with the Pacific in its middle, and the Atlantic cut; without the Antarctic.
pub const WORLD: Window = Window { west: -25.0, east: 335.0, south: -58.0, north: 84.0 };

/// Japan, but for its farthest islands.
pub const JAPAN: Window = Window { west: 127.5, east: 146.5, south: 30.0, north: 46.0 };

impl Window {
    /// Returns whether it is the whole world.
    pub fn is_world(&self) -> bool {
        self.east - self.west > 350.0
    }

    /// Returns the window around places, with room beside them.
    pub fn around(places: &[Place]) -> Self {
        let all = |pick: fn(&Place) -> f64| {
            let values = places.iter().map(pick);
            (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((west, east), (south, north)) = (all(|it| it.lon), all(|it| it.lat));
        let high = ((north - south) * 1.4).clamp(3.0, 140.0);
        let middle = f64::midpoint(south, north);
        let wide = ((east - west) * 1.4).max(high * 1.4 / middle.to_radians().cos().max(0.2));
        let across = f64::midpoint(west, east);
        Window {
            west: across - wide / 2.0,
            east: across + wide / 2.0,
            south: (middle - high / 2.0).max(-89.0),
            north: (middle + high / 2.0).min(89.0),
        }
    }

    /// Returns the window, or one around its middle that is so many degrees high.
    pub fn grown(self, high: f64) -> Self {
        if self.north - self.south >= high {
            return self;
        }
        let middle = Place {
            lon: f64::midpoint(self.west, self.east),
            lat: f64::midpoint(self.south, self.north),
        };
        let (south, north) =
            ((middle.lat - high / 2.0).max(-85.0), (middle.lat + high / 2.0).min(85.0));
        let wide =
            (self.east - self.west).max((north - south) * 1.4 / middle.lat.to_radians().cos());
        Window { west: middle.lon - wide / 2.0, east: middle.lon + wide / 2.0, south, north }
    }

    /// Returns the same place, turned around the globe so that it lies in the window where it can.
    pub fn turned(&self, place: Place) -> Place {
        let middle = f64::midpoint(self.west, self.east);
        Place { lon: place.lon - 360.0 * ((place.lon - middle) / 360.0).round(), ..place }
    }

    /// Returns whether a place lies in it.
    pub fn contains(&self, place: Place) -> bool {
        let Place { lon, lat } = self.turned(place);
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }

    /// Returns its border, from place to place.
    pub fn border(&self) -> Vec<Place> {
        const STEPS: u32 = 40;
        let step =
            |from: f64, to: f64, at: u32| from + (to - from) * f64::from(at) / f64::from(STEPS);
        let down = (0..=STEPS).map(|it| (self.west, step(self.north, self.south, it)));
        let right = (0..=STEPS).map(|it| (step(self.west, self.east, it), self.south));
        let up = (0..=STEPS).map(|it| (self.east, step(self.south, self.north, it)));
        let left = (0..=STEPS).map(|it| (step(self.east, self.west, it), self.north));
        let all = down.chain(right).chain(up).chain(left);
        all.map(|(lon, lat)| Place { lon, lat }).collect()
    }
}

/// A window on a page of a width.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// What is seen.
    pub window: Window,
    /// How wide and high it is on the page.
    pub size: (f64, f64),
    scale: f64,
    left: f64,
    top: f64,
}

impl View {
    /// Fits a window to a width.
    pub fn new(window: Window, width: f64) -> Self {
        let mut view = View { window, size: (width, 0.0), scale: 1.0, left: 0.0, top: 0.0 };
        let border: Vec<Point> = window.border().into_iter().map(|it| view.project(it)).collect();
        let least = |pick: fn(&Point) -> f64| border.iter().map(pick).fold(f64::INFINITY, f64::min);
        let most =
            |pick: fn(&Point) -> f64| border.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
        (view.left, view.top) = (least(|it| it.0), least(|it| it.1));
        view.scale = width / (most(|it| it.0) - view.left);
        view.size.1 = (most(|it| it.1) - view.top) * view.scale;
        view
    }

    /// Returns where a place lies on the page.
    pub fn at(&self, place: Place) -> Point {
        let (x, y) = self.project(self.window.turned(place));
        ((x - self.left) * self.scale, (y - self.top) * self.scale)
    }

    /// Returns where a place that was cut to the window lies on the page.
    pub fn of_cut(&self, place: Place) -> Point {
        let (x, y) = self.project(place);
        ((x - self.left) * self.scale, (y - self.top) * self.scale)
    }

    /// Of the world, Equal Earth (Šavrič, Patterson and Jenny 2018); of a part, parallels and meridians as they are
    /// in its middle.
    fn project(&self, place: Place) -> Point {
        let middle = f64::midpoint(self.window.west, self.window.east);
        let (lon, lat) = ((place.lon - middle).to_radians(), place.lat.to_radians());
        if !self.window.is_world() {
            let parallel = f64::midpoint(self.window.south, self.window.north).to_radians();
            return (lon * parallel.cos(), -lat);
        }
        const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
        let root = 3.0_f64.sqrt();
        let t = (root / 2.0 * lat.sin()).asin();
        let (t2, t6) = (t * t, t.powi(6));
        let slope = 9.0 * A[3] * t6 * t2 + 7.0 * A[2] * t6 + 3.0 * A[1] * t2 + A[0];
        let y = t * (A[3] * t6 * t2 + A[2] * t6 + A[1] * t2 + A[0]);
        (2.0 * root * lon * t.cos() / (3.0 * slope), -y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of the paper: the width and height of the whole map over the radius of the globe.
    #[test]
    fn the_world_is_as_wide_and_high_as_equal_earth_is() {
        let whole = Window { west: -180.0, east: 180.0, south: -90.0, north: 90.0 };
        let view = View::new(whole, 1.0);
        assert!((view.size.1 - 1.0 / 2.05458).abs() < 1e-4, "{:?}", view.size);
    }

    #[test]
    fn places_around_the_edge_of_the_world_lie_near_each_other() {
        let view = View::new(WORLD, 1000.0);
        let [fiji, samoa] = [178.0, -172.0].map(|lon| view.at(Place { lon, lat: -15.0 }));
        assert!((fiji.0 - samoa.0).abs() < 40.0, "{fiji:?} {samoa:?}");
        assert!(WORLD.contains(Place { lon: -93.0, lat: 45.0 }));
    }
}
