//! The graph as of a date is the graph of an atlas as someone would have written it on that date.
//!
//! The oracle writes that atlas: it leaves out what did not hold, gives names back, puts who took
//! places into the relations of those whose places they took, and knows of neither dates nor events.

mod examples;
mod oracle;

use std::collections::BTreeSet;
use std::fmt;

use medclust::graph::{Graph, WhyNot};
use medclust::lang::Lang;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::atlas::{Writer, cases, graph, graph_on};

/// A year, or a month of one: 0 where only the year is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct When(u16, u16);

impl When {
    /// The first and the last month, counted from the year 0.
    fn months(self) -> (u16, u16) {
        match self {
            When(year, 0) => (year * 12, year * 12 + 11),
            When(year, month) => (year * 12 + month - 1, year * 12 + month - 1),
        }
    }

    fn is_before(self, other: When) -> bool {
        self.months().1 < other.months().0
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            When(year, 0) => write!(f, "{year}"),
            When(year, month) => write!(f, "{year}-{month:02}"),
        }
    }
}

/// A beginning and an end.
type Span = (Option<When>, Option<When>);

#[derive(Clone, Debug)]
struct Happening {
    kind: &'static str,
    date: Option<When>,
    /// Whether it tells a former name in Japanese, and in English.
    former: (bool, bool),
    /// The number of the other organization.
    other: Option<usize>,
}

#[derive(Clone, Debug)]
struct Written {
    kind: &'static str,
    from: String,
    to: String,
    context: Option<&'static str>,
    span: Span,
    basis: &'static str,
}

/// A random atlas: organizations `o`, programs `y`, regions `x`, roles `r` and stages `s`.
#[derive(Clone, Debug)]
struct Case {
    organizations: Vec<(Span, Vec<Happening>, Option<usize>)>,
    programs: Vec<(Span, Vec<Happening>)>,
    /// Of regions, roles and stages, two each.
    others: Vec<Span>,
    relations: Vec<Written>,
}

fn when() -> impl Strategy<Value = When> {
    (2000..2006u16, select(vec![0, 0, 1, 6])).prop_map(|(year, month)| When(year, month))
}

fn span() -> impl Strategy<Value = Span> {
    (option::weighted(0.15, when()), option::weighted(0.15, when()))
}

fn happening(kinds: &'static [&'static str]) -> impl Strategy<Value = Happening> {
    let other = option::weighted(0.9, 0..5usize);
    (select(kinds), option::weighted(0.9, when()), any::<(bool, bool)>(), other)
        .prop_map(|(kind, date, former, other)| Happening { kind, date, former, other })
}

const KINDS: &[&str] =
    &["plays", "plays", "acts-in", "presents-problem-to", "participates-in", "supplies", "part-of"];

fn written() -> impl Strategy<Value = Written> {
    let context = option::weighted(0.6, select(vec!["x0", "x1", "y0", "y1"]));
    let basis = select(vec!["stated", "stated", "inferred", "curated"]);
    (select(KINDS), 0..5usize, 0..5usize, context, span(), basis)
        .prop_map(|(kind, from, to, context, span, basis)| {
            let (start, end) = match kind {
                "plays" => (format!("o{from}"), format!("r{}", to % 2)),
                "acts-in" => (format!("r{}", from % 2), format!("s{}", to % 2)),
                "presents-problem-to" => (format!("r{}", from % 2), format!("r{}", to % 2)),
                "participates-in" => (format!("o{from}"), format!("y{}", to % 2)),
                // The greater is part of the lesser: nothing is a part of itself.
                "part-of" => {
                    (format!("o{}", from.max(to).max(1)), format!("o{}", from.min(to).min(3)))
                }
                _ => (format!("o{from}"), format!("o{to}")),
            };
            let (from, to) = (start, end);
            Written { kind, from, to, context, span, basis }
        })
        .prop_filter("nothing is a part of itself", |it| it.kind != "part-of" || it.from != it.to)
}

fn case() -> impl Strategy<Value = Case> {
    let takes: &[_] =
        &["acquired", "acquired", "merged", "succeeded", "renamed", "founded", "dissolved"];
    let changes: &[_] = &["renamed", "renamed", "founded", "ended", "designated"];
    (
        vec((span(), vec(happening(takes), 0..3), option::of(0..2usize)), 5),
        vec((span(), vec(happening(changes), 0..3)), 2),
        vec(span(), 6),
        vec(written(), 0..14),
    )
        .prop_map(|(organizations, programs, others, relations)| Case {
            organizations,
            programs,
            others,
            relations,
        })
}

fn dates((since, until): Span) -> String {
    let field = |name, date: Option<When>| date.map(|date| format!(", {name}: '{date}'"));
    format!(
        "{}{}",
        field("since", since).unwrap_or_default(),
        field("until", until).unwrap_or_default()
    )
}

/// The name of an organization in Japanese, which every other one lacks.
fn ja(id: &str) -> Option<String> {
    (!id.ends_with(['1', '3'])).then(|| format!("名{id}"))
}

impl Happening {
    /// The name given up at the event of this number of a node.
    fn former(&self, id: &str, number: usize) -> (Option<String>, Option<String>) {
        let name = |is_told: bool, lang| is_told.then(|| format!("{lang}{number} of {id}"));
        (name(self.former.0, "ja"), name(self.former.1, "en"))
    }

    fn yaml(&self, id: &str, number: usize) -> String {
        let date = self.date.map(|date| format!(", date: '{date}'")).unwrap_or_default();
        let (ja, en) = self.former(id, number);
        let names = [ja.map(|it| format!("ja: {it}")), en.map(|it| format!("en: {it}"))];
        let names: Vec<String> = names.into_iter().flatten().collect();
        let other = match self.kind {
            "acquired" | "merged" | "succeeded" => self.other,
            _ => None,
        };
        let other = other.map(|other| format!(", other: o{other}")).unwrap_or_default();
        format!(
            "{{kind: {}{date}, former: {{{}}}{other}, sources: ['e:{id}-{number}']}}",
            self.kind,
            names.join(", ")
        )
    }
}

impl Case {
    fn graph(&self) -> Graph {
        graph(&self.text())
    }

    fn graph_on(&self, date: When) -> Graph {
        graph_on(&self.text(), &date.to_string())
    }

    fn text(&self) -> String {
        let named = |id: String, rest: String| {
            let ja = ja(&id).map(|ja| format!(", ja: {ja}")).unwrap_or_default();
            format!(
                "id: {id}, name: {{en: {id}{ja}}}, aliases: [also-{id}], sources: ['n:{id}']{rest}"
            )
        };
        let events = |id: &str, events: &[Happening]| {
            let events = events.iter().enumerate().map(|(number, event)| event.yaml(id, number));
            format!(", events: [{}]", events.collect::<Vec<_>>().join(", "))
        };
        let organizations =
            self.organizations.iter().enumerate().map(|(n, (span, its, region))| {
                let id = format!("o{n}");
                let region =
                    region.map(|region| format!(", region: x{region}")).unwrap_or_default();
                let rest = format!("{}{region}{}", dates(*span), events(&id, its));
                named(id, rest)
            });
        let programs = self.programs.iter().enumerate().map(|(n, (span, its))| {
            let id = format!("y{n}");
            let rest = format!("{}{}", dates(*span), events(&id, its));
            named(id, rest)
        });
        let other = |prefix: &'static str, first: usize| {
            let spans = self.others[first..first + 2].iter().enumerate();
            spans.map(move |(n, span)| named(format!("{prefix}{n}"), dates(*span)))
        };
        let relations = self.relations.iter().enumerate().map(|(number, it)| it.yaml(number));
        Writer::default()
            .section("organizations", organizations)
            .section("regions", other("x", 0))
            .section("roles", other("r", 2))
            .section("stages", other("s", 4))
            .section("programs", programs)
            .section("relations", relations)
            .section("sources", ["n", "e"].map(|id| format!("id: {id}")))
            .text()
    }
}

impl Written {
    fn yaml(&self, number: usize) -> String {
        let Written { kind, from, to, context, span, basis } = self;
        let context = context.map(|context| format!(", in: {context}")).unwrap_or_default();
        let (span, sources) = (dates(*span), format!("sources: ['n:{number}']"));
        let confidence = if *basis == "inferred" { ", confidence: low" } else { "" };
        format!(
            "kind: {kind}, from: {from}, to: {to}{context}{span}, basis: {basis}{confidence}, {sources}"
        )
    }
}

/// All that a graph says, in its order.
fn facts(graph: &Graph) -> (Vec<String>, Vec<String>) {
    let node = |node: medclust::graph::Node| {
        let record = node.record();
        let aliases: BTreeSet<&String> = record.aliases.iter().collect();
        let sources: Vec<&str> = record.sources.iter().map(|it| &*it.value.0).collect();
        let confidence = record.confidence.map(|it| it.value);
        let base = (node.generic().map(|it| it.id()), node.context().map(|it| it.id()));
        // A renamed contextual role is asked for its aliases by a law of its own.
        let aliases = if base.0.is_some() { BTreeSet::new() } else { aliases };
        let name = (&record.name.ja, &record.name.en);
        let stand = (record.basis, confidence, sources);
        format!("{} {} {name:?} {aliases:?} {stand:?} {base:?}", node.id(), node.kind())
    };
    let relation = |it: medclust::graph::Relation| {
        let sources: Vec<&str> = it.sources().collect();
        let note = (&it.note().ja, &it.note().en);
        let context = it.context().map(|it| it.id());
        let is_taken = note.1.as_ref().is_some_and(|note| note.contains("taken over"));
        let stand = (it.basis(), it.confidence(), sources, note, it.is_derived() || is_taken);
        let span = (it.since().map(|it| it.to_string()), it.until().map(|it| it.to_string()));
        format!("{it:?} in {context:?} {span:?} {stand:?}")
    };
    (graph.nodes().map(node).collect(), graph.relations().map(relation).collect())
}

fn sorted(mut facts: (Vec<String>, Vec<String>)) -> (Vec<String>, Vec<String>) {
    facts.0.sort_unstable();
    facts.1.sort_unstable();
    facts
}

/// Whether `part` is `whole` with some left out.
fn is_part_in_order(part: &[String], whole: &[String]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|it| whole.any(|other| other == it))
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn it_says_what_would_have_been_written_then(case in case(), date in when()) {
        let then = case.graph_on(date);
        let written = graph(&oracle::atlas(&case, date));
        prop_assert_eq!(sorted(facts(&then)), sorted(facts(&written)));
    }

    #[test]
    fn what_is_left_keeps_its_order_and_nothing_dangles(case in case(), date in when()) {
        let (now, then) = (case.graph(), case.graph_on(date));
        let ids = |graph: &Graph| graph.nodes().map(|it| it.id().to_owned()).collect::<Vec<_>>();
        prop_assert!(is_part_in_order(&ids(&then), &ids(&now)));
        // What was taken over stands where it stood.
        let untouched = |graph: &Graph, derived: bool| -> Vec<String> {
            let is_taken = |it: &medclust::graph::Relation| it.note().en.is_some();
            let kept = graph.relations().filter(|it| !is_taken(it) && it.is_derived() == derived);
            kept.map(|it| format!("{it:?} {:?}", it.context())).collect()
        };
        let (said_then, said_now) = (untouched(&then, false), untouched(&now, false));
        prop_assert!(is_part_in_order(&said_then, &said_now));
        // What a context says later for itself, it inherited before.
        let mut derived_then = untouched(&then, true);
        derived_then.retain(|it| !said_now.contains(it));
        prop_assert!(is_part_in_order(&derived_then, &untouched(&now, true)));
        let count = then.node_count() as u32;
        for relation in then.relations() {
            let context = relation.context().map_or(0, |it| it.index());
            prop_assert!(relation.from().index().max(relation.to().index()).max(context) < count);
            let of = |date: medclust::model::Date| {
                let month = |(year, month, _): (u16, u8, u8)| year * 12 + u16::from(month) - 1;
                (month(date.first_day()), month(date.last_day()))
            };
            let (first, last) = date.months();
            prop_assert!(relation.since().is_none_or(|since| of(since).0 <= last));
            prop_assert!(relation.until().is_none_or(|until| of(until).1 >= first));
            prop_assert!(relation.from().outgoing().any(|it| it.index() == relation.index()));
        }
        for (index, node) in (0..).zip(then.nodes()) {
            prop_assert_eq!(then.node(node.id()).map(|it| it.index()), Some(index));
        }
    }

    #[test]
    fn who_may_be_gone_is_marked(case in case(), date in when()) {
        for node in case.graph_on(date).nodes() {
            let event = oracle::takeover(&case, node.id(), date);
            let marked = node.takeover().map(|event| (&*event.kind, event.date.map(|it| it.to_string())));
            prop_assert_eq!(marked, event.map(|it| (it.kind, it.date.map(|it| it.to_string()))), "{:?}", node);
        }
    }

    #[test]
    fn without_dates_and_events_every_date_is_the_same(case in case(), date in when()) {
        let mut case = case;
        let open = (None, None);
        case.organizations.iter_mut().for_each(|it| (it.0, it.1) = (open, Vec::new()));
        case.programs.iter_mut().for_each(|it| *it = (open, Vec::new()));
        case.others.iter_mut().for_each(|it| *it = open);
        case.relations.iter_mut().for_each(|it| it.span = open);
        let now = case.graph();
        prop_assert_eq!(facts(&case.graph_on(date)), facts(&now));
    }

    #[test]
    fn every_name_leads_to_who_bore_it_or_to_who_took_its_place(case in case(), date in when()) {
        let now = case.graph();
        let then = case.graph_on(date);
        for node in now.nodes() {
            let heir = oracle::heir(&case, node.id(), date);
            for name in node.names() {
                match (then.find(name, &[]).map_err(|error| error.why), heir.as_deref().and_then(|heir| then.node(heir))) {
                    (Ok(found), Some(heir)) => prop_assert_eq!(found, heir),
                    (Err(WhyNot::Absent(absence)), None) => prop_assert_eq!(absence.id, node.id()),
                    (found, heir) => prop_assert!(false, "{name}: {found:?}, {heir:?}"),
                }
            }
        }
        for role in then.nodes().filter(|it| it.generic().is_some()) {
            let before = now.node(role.id()).expect("it was there").name(Lang::En);
            prop_assert!(role.names().any(|name| name == before), "{before}");
        }
    }
}
