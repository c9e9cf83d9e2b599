//! Schema v1, which the registry gave up in 2025 and older files keep.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::v2::Relationship;
use super::{Locality, Name, Record, filled, or_empty, whole, written};

#[derive(Deserialize)]
pub struct Organization {
    pub id: String,
    #[serde(default, deserialize_with = "or_empty")]
    name: String,
    #[serde(default, deserialize_with = "or_empty")]
    labels: Vec<Label>,
    #[serde(default, deserialize_with = "or_empty")]
    aliases: Vec<String>,
    #[serde(default, deserialize_with = "or_empty")]
    acronyms: Vec<String>,
    #[serde(default, deserialize_with = "or_empty")]
    links: Vec<String>,
    #[serde(default)]
    wikipedia_url: Option<String>,
    #[serde(default, deserialize_with = "or_empty")]
    types: Vec<String>,
    #[serde(default, deserialize_with = "or_empty")]
    status: String,
    #[serde(default, deserialize_with = "written")]
    established: Option<String>,
    #[serde(default, deserialize_with = "or_empty")]
    country: Country,
    #[serde(default, deserialize_with = "or_empty")]
    addresses: Vec<Address>,
    #[serde(default, deserialize_with = "or_empty")]
    external_ids: BTreeMap<String, ExternalId>,
    #[serde(default, deserialize_with = "or_empty")]
    relationships: Vec<Relationship>,
}

#[derive(Deserialize)]
struct Label {
    label: String,
    #[serde(default)]
    iso639: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
struct Country {
    country_code: Option<String>,
    country_name: Option<String>,
}

#[derive(Default, Deserialize)]
struct Address {
    lat: Option<f64>,
    lng: Option<f64>,
    city: Option<String>,
    state: Option<String>,
    state_code: Option<String>,
    geonames_city: Option<City>,
}

#[derive(Deserialize)]
struct City {
    #[serde(default, deserialize_with = "whole")]
    id: Option<i64>,
    city: Option<String>,
    geonames_admin1: Option<Admin1>,
}

#[derive(Deserialize)]
struct Admin1 {
    name: Option<String>,
}

#[derive(Deserialize)]
struct ExternalId {
    #[serde(default)]
    preferred: Option<String>,
    all: OneOrMany,
}

struct OneOrMany(Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::Null => Ok(OneOrMany(Vec::new())),
            serde_json::Value::String(id) => Ok(OneOrMany(vec![id])),
            many => serde_json::from_value(many).map(OneOrMany).map_err(D::Error::custom),
        }
    }
}

impl Address {
    fn place(self, country: Country) -> Locality {
        let city = self.geonames_city;
        let state = city.as_ref().and_then(|it| it.geonames_admin1.as_ref()?.name.clone());
        // `US-CA` here is `US` and `CA` in schema v2.
        let code = filled(self.state_code)
            .and_then(|code| code.split_once('-').map(|(_, code)| code.to_owned()));
        Locality {
            geonames: city.as_ref().and_then(|it| u64::try_from(it.id?).ok()),
            name: filled(city.and_then(|it| it.city)).or(filled(self.city)),
            point: self.lat.zip(self.lng),
            country: (filled(country.country_code), filled(country.country_name)),
            subdivision: (code, filled(self.state).or(filled(state))),
        }
    }
}

impl From<Organization> for Record {
    fn from(organization: Organization) -> Record {
        let name = |value: String| Name { value, ..Name::default() };
        let mut names = vec![Name { is_display: true, is_label: true, ..name(organization.name) }];
        for Label { label, iso639 } in organization.labels {
            names.push(Name { lang: filled(iso639), is_label: true, ..name(label) });
        }
        names.extend(organization.aliases.into_iter().chain(organization.acronyms).map(name));
        let mut identifiers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (registry, ExternalId { preferred, all }) in organization.external_ids {
            let known = identifiers.entry(registry.to_lowercase()).or_default();
            for id in preferred.into_iter().chain(all.0) {
                if !known.contains(&id) {
                    known.push(id);
                }
            }
        }
        if let Some(page) = filled(organization.wikipedia_url) {
            identifiers.insert("wikipedia".into(), vec![page]);
        }
        let country = organization.country;
        let mut places: Vec<Locality> =
            organization.addresses.into_iter().map(|it| it.place(country.clone())).collect();
        if places.is_empty() && country.country_code.is_some() {
            places.push(Address::default().place(country));
        }
        Record {
            names,
            places,
            websites: organization.links,
            identifiers,
            types: organization.types.into_iter().map(|it| it.to_lowercase()).collect(),
            status: organization.status.to_lowercase(),
            established: organization.established,
            links: organization.relationships.into_iter().map(Relationship::link).collect(),
            ..Record::default()
        }
    }
}
