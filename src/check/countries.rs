//! The boxes that the coordinates of countries lie in.
//!
//! The table is derived by `data-tools/country-boxes.py` from Natural Earth's outlines (public domain)
//! and from places of the Research Organization Registry (CC0); `country-boxes.LICENSE` tells more.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::graph::fold;
use crate::model::Location;

/// How far outside its box a country may still have coordinates, in degrees: the outlines are coarse
/// and leave out small islands.
const MARGIN: f64 = 3.0;

/// The bounding box of one country, in degrees; where west is greater than east, it crosses the
/// 180th meridian.
#[derive(Clone, Copy, Debug)]
pub struct Country {
    south: f64,
    west: f64,
    north: f64,
    east: f64,
}

impl Country {
    /// Returns whether a point is in the box, or no more than a few degrees outside it.
    pub fn holds(self, point: Location) -> bool {
        let width = (self.east - self.west).rem_euclid(360.0);
        let from_west = (point.lon - self.west + MARGIN).rem_euclid(360.0);
        let latitudes = self.south - MARGIN..=self.north + MARGIN;
        latitudes.contains(&point.lat) && from_west <= width + 2.0 * MARGIN
    }
}

/// Returns the countries of this name; several where the name alone does not identify one (Congo).
pub fn called(name: &str) -> &'static [Country] {
    static BY_NAME: OnceLock<HashMap<String, Vec<Country>>> = OnceLock::new();
    BY_NAME.get_or_init(by_name).get(&fold(name)).map_or(&[], Vec::as_slice)
}

fn by_name() -> HashMap<String, Vec<Country>> {
    let mut countries: HashMap<String, Vec<Country>> = HashMap::new();
    let lines = include_str!("country-boxes.tsv").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut fields = line.split('\t').skip(1);
        let mut edge = || fields.next().and_then(|edge| edge.parse().ok()).expect("an edge");
        let country = Country { south: edge(), west: edge(), north: edge(), east: edge() };
        let names = fields.next().expect("names").split('|');
        for name in names {
            countries.entry(fold(name)).or_default().push(country);
        }
    }
    countries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(country: &str, lat: f64, lon: f64) -> bool {
        called(country).iter().any(|country| country.holds(Location { lat, lon }))
    }

    #[test]
    fn far_parts_of_a_country_lie_in_its_box() {
        for (country, lat, lon) in [
            ("日本", 26.21, 127.68),           // Naha
            ("Japan", 43.06, 141.35),          // Sapporo
            ("United States", 21.31, -157.86), // Honolulu
            ("アメリカ合衆国", 61.22, -149.9), // Anchorage
            ("Spain", 28.47, -16.25),          // Tenerife
            ("Fiji", -17.78, 177.97),
            ("Fiji", -16.8, -179.98),
            ("Russia", 64.73, 177.51), // Anadyr
            ("Congo", -4.27, 15.28),   // Brazzaville
            ("Congo", -11.66, 27.48),  // Lubumbashi
        ] {
            assert!(holds(country, lat, lon), "{country} {lat} {lon}");
        }
    }

    #[test]
    fn what_lies_elsewhere_does_not() {
        for (country, lat, lon) in [
            ("Japan", 139.69, 35.69),
            ("Japan", 35.69, -139.69),
            ("Germany", 10.45, 51.16),
            ("United States", 44.98, 93.26),
            ("Fiji", -17.0, 0.0),
            ("Ireland", 53.27, 9.05),
        ] {
            assert!(!called(country).is_empty() && !holds(country, lat, lon), "{country}");
        }
        assert!(called("Atlantis").is_empty());
    }
}
