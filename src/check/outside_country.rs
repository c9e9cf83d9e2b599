//! `outside-country`: coordinates outside the country of their region.

use super::countries::{self, Country};
use super::subject::{warn_of_node, with_regions_around};
use super::{Example, Explanation, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Node;
use crate::lang::Wording;
use crate::model::NodeKind;

pub static RULE: Rule = Rule {
    explanation: Explanation {
        code: Code::OutsideCountry,
        meaning: Wording {
            en: "A region lies within a country, but its coordinates lie well outside the country's box: \
                 often latitude and longitude are swapped, or a minus is missing. The country is the \
                 region of type `country` around it, known by its name; the boxes are generous, and \
                 countries that are not known are not checked.",
            ja: "国に含まれる地域なのに、座標がその国の範囲から大きく外れています。緯度と経度が逆か、\
                 マイナスが抜けていることがよくあります。国は、その地域を含む type: country の地域を名称で\
                 照合します。範囲は余裕をもたせてあり、知らない国は調べません。",
        },
        bad: Example::File(
            "\
regions:
  - id: japan
    type: country
    name: {ja: 日本, en: Japan}
  - id: osaka
    name: {ja: 大阪府, en: Osaka}
    within: [japan]
    location: {lat: 34.69, lon: -135.52}
",
        ),
        good: Example::File(
            "\
regions:
  - id: japan
    type: country
    name: {ja: 日本, en: Japan}
  - id: osaka
    name: {ja: 大阪府, en: Osaka}
    within: [japan]
    location: {lat: 34.69, lon: 135.52}
",
        ),
    },
    find,
};

fn find(subject: &Subject) -> Vec<Diagnostic> {
    subject.nodes().filter(|node| node.kind() == NodeKind::Region).filter_map(of_region).collect()
}

fn of_region(region: Node) -> Option<Diagnostic> {
    let written = region.record().location.as_ref()?;
    let point = written.value;
    let around = with_regions_around(region).into_iter();
    let known: Vec<(Node, Vec<Country>)> = around
        .filter(|region| region.record().r#type.as_deref() == Some("country"))
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
