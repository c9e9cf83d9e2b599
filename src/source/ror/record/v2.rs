//! Schema v2.

use serde::Deserialize;

use super::{Locality, Name, Record, filled, or_empty, suffix, whole, written};

#[derive(Deserialize)]
pub struct Organization {
    pub id: String,
    #[serde(default, deserialize_with = "or_empty")]
    names: Vec<WrittenName>,
    #[serde(default, deserialize_with = "or_empty")]
    locations: Vec<Location>,
    #[serde(default, deserialize_with = "or_empty")]
    links: Vec<Link>,
    #[serde(default, deserialize_with = "or_empty")]
    external_ids: Vec<ExternalId>,
    #[serde(default, deserialize_with = "or_empty")]
    types: Vec<String>,
    #[serde(default, deserialize_with = "or_empty")]
    status: String,
    #[serde(default, deserialize_with = "written")]
    established: Option<String>,
    #[serde(default, deserialize_with = "or_empty")]
    relationships: Vec<Relationship>,
    #[serde(default, deserialize_with = "or_empty")]
    admin: Admin,
}

#[derive(Deserialize)]
struct WrittenName {
    value: String,
    #[serde(default, deserialize_with = "or_empty")]
    types: Vec<String>,
    #[serde(default)]
    lang: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    #[serde(default, deserialize_with = "whole")]
    geonames_id: Option<i64>,
    #[serde(default, deserialize_with = "or_empty")]
    geonames_details: Details,
}

#[derive(Default, Deserialize)]
struct Details {
    name: Option<String>,
    lat: Option<f64>,
    lng: Option<f64>,
    country_code: Option<String>,
    country_name: Option<String>,
    country_subdivision_code: Option<String>,
    country_subdivision_name: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(default, deserialize_with = "or_empty")]
    r#type: String,
    value: String,
}

#[derive(Deserialize)]
struct ExternalId {
    r#type: String,
    #[serde(default)]
    preferred: Option<String>,
    #[serde(default, deserialize_with = "or_empty")]
    all: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Relationship {
    r#type: String,
    id: String,
}

impl Relationship {
    /// Returns the kind, and the suffix of the other's id; what is no ROR id stays as it is.
    pub(super) fn link(self) -> (String, String) {
        (self.r#type.to_lowercase(), suffix(&self.id).unwrap_or(self.id))
    }
}

#[derive(Default, Deserialize)]
struct Admin {
    last_modified: Option<Modified>,
}

#[derive(Deserialize)]
struct Modified {
    date: Option<String>,
}

impl From<Location> for Locality {
    fn from(location: Location) -> Locality {
        let details = location.geonames_details;
        Locality {
            geonames: location.geonames_id.and_then(|id| u64::try_from(id).ok()),
            name: filled(details.name),
            point: details.lat.zip(details.lng),
            country: (filled(details.country_code), filled(details.country_name)),
            subdivision: (
                filled(details.country_subdivision_code),
                filled(details.country_subdivision_name),
            ),
        }
    }
}

impl From<Organization> for Record {
    fn from(organization: Organization) -> Record {
        let mut record = Record {
            places: organization.locations.into_iter().map(Locality::from).collect(),
            types: organization.types.into_iter().map(|it| it.to_lowercase()).collect(),
            status: organization.status.to_lowercase(),
            established: organization.established,
            links: organization.relationships.into_iter().map(Relationship::link).collect(),
            modified: organization.admin.last_modified.and_then(|change| change.date),
            ..Record::default()
        };
        for WrittenName { value, types, lang } in organization.names {
            let has = |kind: &str| types.iter().any(|it| it == kind);
            let (is_display, is_label) = (has("ror_display"), has("label") || has("ror_display"));
            record.names.push(Name { value, lang: filled(lang), is_display, is_label });
        }
        for link in organization.links {
            match &*link.r#type {
                "wikipedia" => {
                    record.identifiers.entry("wikipedia".into()).or_default().push(link.value);
                }
                _ => record.websites.push(link.value),
            }
        }
        for external in organization.external_ids {
            let known = record.identifiers.entry(external.r#type.to_lowercase()).or_default();
            for id in external.preferred.into_iter().chain(external.all) {
                if !known.contains(&id) {
                    known.push(id);
                }
            }
        }
        record
    }
}
