//! `outside-country`: coordinates outside the country of their region.

use super::countries::{self, Country};
use super::subject::{warn_of_node, with_regions_around};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Node;
use crate::model::NodeKind;

pub static RULE: Rule = Rule { code: Code::OutsideCountry, find };

fn find(subject: &Subject) -> Vec<Diagnostic> {
    subject.nodes().filter(|node| node.kind() == NodeKind::Region).filter_map(of_region).collect()
}

fn of_region(region: Node) -> Option<Diagnostic> {
    let written = region.record().location.as_ref()?;
    let point = written.value;
    let around = with_regions_around(region).into_iter();
    let known: Vec<(Node, Vec<Country>)> = around
        .filter(|region| region.r#type() == Some("country"))
        .map(|country| (country, boxes(country)))
        .filter(|(_, boxes)| !boxes.is_empty())
        .collect();
    let (country, _) = known.first()?;
    if known.iter().flat_map(|(_, boxes)| boxes).any(|country| country.holds(point)) {
        return None;
    }
    let (id, country) = (region.id(), country.id());
    let mut warning = warn_of_node(
        Code::OutsideCountry,
        region,
        format!("{}, {} of `{id}` is not in `{country}`", point.lat, point.lon),
        format!("`{id}` の座標 {}, {} は `{country}` の中にありません", point.lat, point.lon),
    );
    if let Some(place) = warning.places.first_mut() {
        place.origin = written.origin(region.origin().file);
        place.length = 1;
    }
    Some(warning.hint(
        "are `lat` and `lon` swapped, or is a minus missing or too many?",
        "`lat` と `lon` が逆ではありませんか。マイナスの過不足はありませんか",
    ))
}

fn boxes(country: Node) -> Vec<Country> {
    country.names().flat_map(countries::called).copied().collect()
}
