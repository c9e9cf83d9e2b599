//! Turns the locations of all records into regions: countries, subdivisions and cities.
//!
//! Records describe one city in several ways, older ones without its state. The most common
//! description is taken; of equally common ones, the first in the order of their text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::citation;
use super::record::{Locality, Record};
use crate::model::{Location, NodeKind, References, Region};
use crate::origin::At;
use crate::source::import::{Finding, Ids, Known, Proposal, Tally, at, in_its_language, slug};

/// A vote on a fact: how many records state each variant.
#[derive(Clone, Debug)]
struct Votes<T>(BTreeMap<T, usize>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Votes(BTreeMap::new())
    }
}

impl<T: Ord + Clone> Votes<T> {
    fn add(&mut self, variant: Option<T>) {
        if let Some(variant) = variant {
            *self.0.entry(variant).or_default() += 1;
        }
    }

    /// The commonest variant.
    fn winner(&self) -> Option<&T> {
        let best = self.0.values().max()?;
        self.0.iter().find(|(_, count)| *count == best).map(|(variant, _)| variant)
    }

    fn is_disputed(&self) -> bool {
        self.0.len() > 1
    }
}

/// What records say of one place.
#[derive(Clone, Debug, Default)]
struct Described {
    names: Votes<String>,
    /// Latitude and longitude as texts, which can be compared.
    points: Votes<(String, String)>,
    countries: Votes<String>,
    subdivisions: Votes<Subdivision>,
    /// Whether it is told apart by a code of ISO 3166-2.
    is_coded: bool,
    /// The least of the records that speak of it, which is cited.
    witness: String,
}

impl Described {
    fn seen_by(&mut self, record: &Record) {
        if self.witness.is_empty() || record.suffix < self.witness {
            self.witness.clone_from(&record.suffix);
        }
    }
}

/// A subdivision within its country: by its code, or else by its name.
type Subdivision = String;

/// A city: by its number in GeoNames, or else by country, subdivision and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum City {
    Numbered(u64),
    Named(String, Option<Subdivision>, String),
}

/// The regions of all records, with their ids.
#[derive(Debug, Default)]
pub struct Places {
    /// The regions, by country: the country, its subdivisions, its cities.
    pub regions: BTreeMap<String, Vec<Region>>,
    /// Proposed matches between new regions and regions of the existing atlas.
    pub proposals: Vec<Proposal>,
    countries: BTreeMap<String, String>,
    subdivisions: HashMap<(String, Subdivision), String>,
    cities: HashMap<City, (String, String)>,
    codes: HashMap<(String, String), Subdivision>,
}

/// The votes on all places.
#[derive(Default)]
struct Survey {
    countries: BTreeMap<String, Described>,
    subdivisions: BTreeMap<(String, Subdivision), Described>,
    cities: BTreeMap<City, Described>,
}

impl Places {
    /// Collects the locations of all records; regions that `known` has already keep their ids.
    pub fn gather(
        records: &[Record],
        known: Option<&Known>,
        ids: &mut Ids,
        tally: &mut Tally,
    ) -> Places {
        let places = Places { codes: codes(records), ..Places::default() };
        let survey = places.survey(records);
        let mut chart = Chart { places, known, ids, tally };
        chart.add_countries(&survey);
        chart.add_subdivisions(&survey);
        chart.add_cities(&survey);
        chart.places
    }

    /// Returns the id of the region of a location (its city, or else its subdivision or country)
    /// and the code of its country.
    pub fn region_of(&self, place: &Locality) -> Option<(String, String)> {
        if let Some(found) = self.city_of(place).and_then(|city| self.cities.get(&city)) {
            return Some(found.clone());
        }
        let country = country_of(place)?;
        let subdivision = self.subdivision_of(place, &country);
        let region = subdivision.and_then(|it| self.subdivisions.get(&(country.clone(), it)));
        let region = region.or_else(|| self.countries.get(&country))?;
        Some((region.clone(), country))
    }

    fn subdivision_of(&self, place: &Locality, country: &str) -> Option<Subdivision> {
        let (code, name) = &place.subdivision;
        if let Some(code) = code {
            return slug_or_same(code);
        }
        let name = slug(name.as_deref()?)?;
        let key = (country.to_owned(), name);
        Some(self.codes.get(&key).cloned().unwrap_or(key.1))
    }

    fn city_of(&self, place: &Locality) -> Option<City> {
        let name = place.name.as_deref()?;
        let country = country_of(place)?;
        Some(match place.geonames {
            Some(number) => City::Numbered(number),
            None => {
                let subdivision = self.subdivision_of(place, &country);
                City::Named(country, subdivision, name.to_owned())
            }
        })
    }

    fn survey(&self, records: &[Record]) -> Survey {
        let mut survey = Survey::default();
        for (record, place) in records.iter().flat_map(|it| it.places.iter().map(move |p| (it, p)))
        {
            let Some(country) = country_of(place) else { continue };
            let described = survey.countries.entry(country.clone()).or_default();
            described.names.add(place.country.1.clone());
            described.seen_by(record);
            let subdivision = self.subdivision_of(place, &country);
            if let Some(subdivision) = &subdivision {
                let key = (country.clone(), subdivision.clone());
                let described = survey.subdivisions.entry(key).or_default();
                described.names.add(place.subdivision.1.clone());
                described.is_coded |= place.subdivision.0.is_some();
                described.seen_by(record);
            }
            if let Some(city) = self.city_of(place) {
                let described = survey.cities.entry(city).or_default();
                described.names.add(place.name.clone());
                described
                    .points
                    .add(place.point.map(|(lat, lon)| (lat.to_string(), lon.to_string())));
                described.countries.add(Some(country));
                described.subdivisions.add(subdivision);
                described.seen_by(record);
            }
        }
        survey
    }
}

fn country_of(place: &Locality) -> Option<String> {
    let (code, name) = &place.country;
    let code = code.as_deref().and_then(slug_or_same);
    code.or_else(|| name.as_deref().and_then(slug))
}

/// A code as a part of ids; codes of one character are no names, but codes nevertheless.
fn slug_or_same(code: &str) -> Option<String> {
    let code = code.to_lowercase();
    let is_fit = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_fit { Some(code) } else { slug(&code) }
}

/// Which code a subdivision of a name has, by country and folded name.
fn codes(records: &[Record]) -> HashMap<(String, String), Subdivision> {
    let mut votes: BTreeMap<(String, String), Votes<Subdivision>> = BTreeMap::new();
    for place in records.iter().flat_map(|record| &record.places) {
        if let (Some(code), Some(name)) = &place.subdivision
            && let Some(key) = country_of(place).zip(slug(name))
        {
            votes.entry(key).or_default().add(slug_or_same(code));
        }
    }
    let winner = |(key, votes): (_, Votes<String>)| Some((key, votes.winner()?.clone()));
    votes.into_iter().filter_map(winner).collect()
}

/// The drawing of the regions, country by country.
struct Chart<'c, 'k> {
    places: Places,
    known: Option<&'c Known<'k>>,
    ids: &'c mut Ids,
    tally: &'c mut Tally,
}

/// A region to be: what it is called and what identifies it.
struct Draft<'d> {
    country: &'d str,
    kind: &'static str,
    described: &'d Described,
    identifier: Option<(&'static str, String)>,
    within: Option<&'d str>,
}

impl Chart<'_, '_> {
    fn add_countries(&mut self, survey: &Survey) {
        for (code, described) in &survey.countries {
            let identifier = (code.len() == 2).then(|| ("iso-3166", code.to_uppercase()));
            let candidates = [code.clone(), format!("country-{code}")];
            let draft =
                Draft { country: code, kind: "country", described, identifier, within: None };
            let id = self.add(&draft, &candidates);
            self.places.countries.insert(code.clone(), id);
        }
    }

    fn add_subdivisions(&mut self, survey: &Survey) {
        for ((country, part), described) in &survey.subdivisions {
            let kind = match &**country {
                "us" | "au" | "de" | "in" | "br" | "mx" | "at" => "state",
                "jp" => "prefecture",
                _ => "subdivision",
            };
            let code = format!("{country}-{part}");
            let identifier = described.is_coded.then(|| ("iso-3166-2", code.to_uppercase()));
            let within = self.places.countries.get(country).cloned();
            let draft = Draft { country, kind, described, identifier, within: within.as_deref() };
            let id = self.add(&draft, std::slice::from_ref(&code));
            self.places.subdivisions.insert((country.clone(), part.clone()), id);
        }
    }

    fn add_cities(&mut self, survey: &Survey) {
        let mut drafts = Vec::new();
        let mut shared: HashMap<String, usize> = HashMap::new();
        for (city, described) in &survey.cities {
            let disputed = described.names.is_disputed()
                || described.points.is_disputed()
                || described.countries.is_disputed()
                || described.subdivisions.is_disputed();
            let name = described.names.winner();
            if disputed {
                self.tally.add(Finding::DifferingPlace, || name.cloned().unwrap_or_default());
            }
            let Some((name, country)) = name.zip(described.countries.winner()) else { continue };
            let part = described.subdivisions.winner().map(|it| (country.clone(), it.clone()));
            let within = part.and_then(|part| self.places.subdivisions.get(&part).cloned());
            let within = within.or_else(|| self.places.countries.get(country).cloned());
            let base =
                slug(name).zip(within.clone()).map(|(name, within)| format!("{name}-{within}"));
            if let Some(base) = &base {
                *shared.entry(base.clone()).or_default() += 1;
            }
            drafts.push((city, described, country, within, base));
        }
        for (city, described, country, within, base) in drafts {
            let number = match city {
                City::Numbered(number) => Some(number.to_string()),
                City::Named(..) => None,
            };
            let alone = base.clone().filter(|base| shared[base] == 1);
            let numbered = number
                .as_ref()
                .map(|number| format!("{}-{number}", base.as_deref().unwrap_or("place")));
            let last = base.unwrap_or_else(|| format!("place-{}", described.witness));
            let candidates: Vec<String> = alone.into_iter().chain(numbered).chain([last]).collect();
            let identifier = number.map(|number| ("geonames", number));
            let within = within.as_deref();
            let draft = Draft { country, kind: "city", described, identifier, within };
            let id = self.add(&draft, &candidates);
            self.places.cities.insert(city.clone(), (id, country.clone()));
        }
    }

    /// Adds a region, unless the atlas holds one with its identifier, and tells its id.
    fn add(&mut self, draft: &Draft, candidates: &[String]) -> String {
        if let Some((known, (registry, identifier))) = self.known.zip(draft.identifier.as_ref())
            && let Some(node) = known.identified(registry, identifier)
            && node.kind == NodeKind::Region
        {
            return node.record.id.to_string();
        }
        let id = self.ids.claim(candidates);
        let names: BTreeSet<&str> = draft.described.names.0.keys().map(|it| &**it).collect();
        let name = draft.described.names.winner().map_or(&*id, |name| name);
        let aliases = names.iter().filter(|it| **it != name).map(|it| (*it).to_owned()).collect();
        let region = Region {
            id: at(id.clone()),
            r#type: Some(draft.kind.to_owned()),
            name: in_its_language(name),
            aliases,
            identifiers: draft
                .identifier
                .iter()
                .map(|(registry, identifier)| ((*registry).to_owned(), identifier.clone()))
                .collect(),
            sources: [citation(&draft.described.witness)].into(),
            within: References(draft.within.map(|id| at(id.to_owned())).into_iter().collect()),
            location: self.location(draft.described),
            ..Region::default()
        };
        self.propose(draft, &id, &names);
        self.places.regions.entry(draft.country.to_owned()).or_default().push(region);
        id
    }

    fn location(&mut self, described: &Described) -> Option<At<Location>> {
        let (lat, lon) = described.points.winner()?;
        let point = Location { lat: lat.parse().ok()?, lon: lon.parse().ok()? };
        if !((-90.0..=90.0).contains(&point.lat) && (-180.0..=180.0).contains(&point.lon)) {
            self.tally.add(Finding::InvalidValue, || format!("{lat}, {lon}"));
            return None;
        }
        Some(at(point))
    }

    fn propose(&mut self, draft: &Draft, id: &str, names: &BTreeSet<&str>) {
        let Some((known, (registry, identifier))) = self.known.zip(draft.identifier.as_ref())
        else {
            return;
        };
        for (node, name) in known.namesakes(NodeKind::Region, registry, names.iter().copied()) {
            self.places.proposals.push(Proposal {
                registry,
                identifier: identifier.clone(),
                imported: id.to_owned(),
                node: node.record.id.to_string(),
                name: name.to_owned(),
            });
        }
    }
}
