//! What is written reads back as the same records, whatever they say.

use std::fs;

use medclust::model::{
    AtlasFile, Basis, Citation, Citations, Claim, Class, Confidence, Date, Event, Id, Indicator,
    Location, NodeKind, Note, Organization, Program, Qualifier, References, Region,
    RelationKindRecord, RelationRecord, Role, SourceRecord, Stage, Status, TermRecord, Text,
    Traverse,
};
use medclust::origin::{At, Position};
use medclust::source::{self, Layer};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::{cases, folder};
use super::yaml::hostile;

fn at<T>(value: T) -> At<T> {
    At::new(value, Position::default())
}

fn id() -> impl Strategy<Value = At<Id>> {
    text().prop_map(|text| at(text.into()))
}

/// A text that is likely to be misread, a plain one, or one so long that it is folded.
fn text() -> impl Strategy<Value = String> {
    let words = vec(prop_oneof![3 => "[a-z#:,-]{1,12}", 1 => hostile()], 10..30);
    prop_oneof![
        3 => hostile(),
        2 => "[a-zA-Zé関西 ,]{1,20}",
        1 => words.prop_map(|words| words.join(" ")),
    ]
}

fn texts() -> impl Strategy<Value = Text> {
    (of(text()), of(text())).prop_map(|(ja, en)| Text { ja, en })
}

fn date() -> impl Strategy<Value = Date> {
    let parts = (1u16..9999, of((1u8..13, of(1u8..29))));
    parts.prop_map(|(year, rest)| {
        let text = match rest {
            None => format!("{year:04}"),
            Some((month, None)) => format!("{year:04}-{month:02}"),
            Some((month, Some(day))) => format!("{year:04}-{month:02}-{day:02}"),
        };
        text.parse().expect("a date of the calendar")
    })
}

fn ids() -> impl Strategy<Value = References> {
    vec(id(), 0..4).prop_map(|ids| References(ids.into()))
}

fn sources() -> impl Strategy<Value = Citations> {
    vec(text().prop_map(|text| at(Citation(text.into()))), 0..9).prop_map(Citations::from)
}

fn standing() -> impl Strategy<Value = (Basis, Option<At<Confidence>>)> {
    let basis = select(vec![Basis::Stated, Basis::Inferred, Basis::Curated]);
    let confidence = select(vec![Confidence::High, Confidence::Medium, Confidence::Low]);
    (basis, of(confidence.prop_map(at)))
}

fn status() -> impl Strategy<Value = Option<Status>> {
    of(Just(Status::Planned))
}

fn figure() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<i32>().prop_map(f64::from),
        any::<f64>().prop_filter("finite", |it| it.is_finite())
    ]
}

fn event() -> impl Strategy<Value = Event> {
    (of(date()), text(), texts(), of(id()), texts(), standing(), sources()).prop_map(
        |(date, kind, former, other, note, (basis, confidence), sources)| Event {
            date,
            kind,
            former,
            other,
            note,
            basis,
            confidence,
            sources,
        },
    )
}

fn indicator() -> impl Strategy<Value = Indicator> {
    let qualifier = select(vec![Qualifier::AtLeast, Qualifier::AtMost, Qualifier::About]);
    let figure = (figure(), of(qualifier), of(text()), of(any::<u16>()));
    (texts(), figure, standing(), texts(), sources()).prop_map(
        |(name, (value, qualifier, unit, year), (basis, confidence), note, sources)| Indicator {
            name,
            value,
            qualifier,
            unit,
            year,
            basis,
            confidence,
            note,
            sources,
        },
    )
}

fn claim() -> impl Strategy<Value = Claim> {
    (text(), texts(), standing(), sources()).prop_map(
        |(quote, note, (basis, confidence), sources)| Claim {
            quote,
            note,
            basis,
            confidence,
            sources,
        },
    )
}

fn note() -> impl Strategy<Value = Note> {
    (texts(), standing(), sources()).prop_map(|(text, (basis, confidence), sources)| Note {
        text,
        basis,
        confidence,
        sources,
    })
}

/// A strategy for the records of one kind: the shared fields, then its own.
macro_rules! record {
    ($name:ident, $kind:ident $(, $field:ident: $strategy:expr)*) => {
        fn $name() -> impl Strategy<Value = $kind> {
            let naming = (text(), of(text()), texts(), vec(text(), 0..5), texts(), of(text()));
            let facts = (
                btree_map(text(), text(), 0..3),
                of(date()),
                of(date()),
                status(),
                vec(indicator(), 0..2),
                vec(claim(), 0..2),
                vec(note(), 0..2),
                standing(),
                sources(),
            );
            (naming, facts, (Just(()), $($strategy,)*)).prop_map(|(naming, facts, (_, $($field,)*))| {
                let (id, r#type, name, aliases, summary, website) = naming;
                let (identifiers, since, until, status, indicators, claims, notes, standing, sources) = facts;
                let ((basis, confidence), id) = (standing, at(id.into()));
                $kind {
                    id, r#type, name, aliases, summary, website, identifiers, since, until, status,
                    indicators, claims, notes, basis, confidence, sources, $($field,)*
                }
            })
        }
    };
}

record!(region, Region, within: ids(), location: of(location()));
record!(
    organization, Organization,
    region: of(id()), part_of: ids(), events: vec(event(), 0..3)
);
record!(
    program, Program,
    region: of(id()), part_of: ids(), events: vec(event(), 0..3)
);
record!(role, Role);
record!(stage, Stage);

fn location() -> impl Strategy<Value = At<Location>> {
    (figure(), figure()).prop_map(|(lat, lon)| at(Location { lat, lon }))
}

fn relation() -> impl Strategy<Value = RelationRecord> {
    let ends = (id(), ids(), ids(), of(id()));
    let span = (of(date()), of(date()), status(), any::<bool>());
    (ends, span, standing(), texts(), sources()).prop_map(
        |(ends, (since, until, status, open), (basis, confidence), note, sources)| {
            let (kind, from, to, context) = ends;
            RelationRecord {
                kind,
                from,
                to,
                r#in: context,
                since,
                until,
                status,
                open,
                basis,
                confidence,
                note,
                sources,
            }
        },
    )
}

fn relation_kind() -> impl Strategy<Value = RelationKindRecord> {
    let ends = || vec(select(&NodeKind::ALL[..]), 0..3);
    let traverse = select(vec![Traverse::Forward, Traverse::Both, Traverse::Never]);
    let class = of(select(vec![Class::Place, Class::Membership, Class::Flow, Class::Structure]));
    let named = (texts(), texts(), texts());
    (id(), named, class, ends(), ends(), traverse).prop_map(
        |(id, (name, inverse, short), class, from, to, traverse)| RelationKindRecord {
            id,
            name,
            inverse,
            short,
            class,
            from,
            to,
            traverse,
        },
    )
}

fn term() -> impl Strategy<Value = TermRecord> {
    (id(), texts()).prop_map(|(id, name)| TermRecord { id, name })
}

fn source() -> impl Strategy<Value = SourceRecord> {
    let about = (of(text()), of(text()), of(date()), of(text()), of(text()), of(text()));
    (id(), about, texts(), vec(text(), 0..3)).prop_map(
        |(id, (title, publisher, date, language, url, text), note, headings)| SourceRecord {
            id,
            title,
            publisher,
            date,
            language,
            url,
            checked: date,
            text,
            text_path: None,
            note,
            headings,
        },
    )
}

fn file() -> impl Strategy<Value = AtlasFile> {
    let nodes = (
        vec(region(), 0..3),
        vec(organization(), 0..3),
        vec(role(), 0..2),
        vec(stage(), 0..2),
        vec(program(), 0..2),
    );
    let words = (vec(relation_kind(), 0..3), vec(term(), 0..2), vec(term(), 0..2));
    (vec(source(), 0..3), words, nodes, vec(relation(), 0..3)).prop_map(
        |(sources, (relation_kinds, node_types, event_kinds), nodes, relations)| {
            let (regions, organizations, roles, stages, programs) = nodes;
            AtlasFile {
                sources,
                relation_kinds,
                node_types,
                event_kinds,
                regions,
                organizations,
                roles,
                stages,
                programs,
                relations,
            }
        },
    )
}

fn read_back(text: &str) -> AtlasFile {
    let path = folder().join("written.yaml");
    fs::write(&path, text).expect("the target folder can be written");
    let mut read = source::read(&[Layer::Folder(path)]);
    assert!(read.faults.is_empty(), "{:?}\n{text}", read.faults);
    read.records.files.remove(0).1
}

fn said(records: &AtlasFile) -> String {
    serde_json::to_string_pretty(records).expect("records have string keys")
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_written_reads_back(records in file()) {
        let text = source::write(&records);
        prop_assert_eq!(said(&read_back(&text)), said(&records), "{}", text);
    }
}

#[test]
fn the_shipped_atlas_reads_back() {
    let shipped = source::read(&Layer::BUILTIN);
    for (file, records) in &shipped.records.files {
        let text = source::write(records);
        assert_eq!(said(&read_back(&text)), said(records), "{}", shipped.files.file(*file).path);
    }
}

#[test]
fn people_would_write_it_so() {
    let text = "\
sources:
  - id: map
    title: 'a: b'
    date: 2015
relation_kinds:
  - id: feeds
    name: {ja: に渡す, en: feeds}
    from: [organization, role]
    traverse: forward
regions:
  - id: kansai
    name: {ja: 関西, en: 'Kansai, Japan'}
    identifiers: {geonames: '1853909'}
    indicators:
      - name: {ja: 企業数}
        value: 45
        qualifier: about
        year: 2014
    location: {lat: 34.7, lon: 135}
organizations:
  - id: ncvc
    name: {ja: 国循}
    aliases:
      - National Cerebral and Cardiovascular Center
      - National Cerebral and Cardiovascular Center Research Institute
    summary:
      en: >-
        Words that go on and on are folded between words, so that no line is longer than a person
        cares to read, and read back as they were.
    website: https://www.ncvc.go.jp
    sources: [map:1-2, map:7]
    region: kansai
    events:
      - date: 1977-06
        kind: founded
relations:
  - kind: feeds
    from: ncvc
    to: [a, b@kansai]
    basis: inferred
    confidence: low
";
    assert_eq!(source::write(&read_back(text)), text);
}
