//! What the page's script reads. Nodes are told by their numbers in the list, texts as Japanese and English.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::whole::{Whole, whole};
use crate::graph::{Direction, Graph, Node, Relation, fold, romaji};
use crate::lang::Lang;
use crate::model::{Basis, NodeKind, Text};
use crate::picture::map::{self, Place, Spot, WORLD};
use crate::picture::{Anchor, Frame, Segment};
use crate::query::map::Places;
use crate::query::path::Steps;
use crate::render::map::common;

/// What is put on a page.
pub struct Question<'g> {
    /// The atlas.
    pub graph: &'g Graph,
    /// The nodes, in the order of the atlas.
    pub nodes: Vec<Node<'g>>,
    /// The relations between them.
    pub relations: Vec<Relation<'g>>,
    /// Where organizations are.
    pub places: Places<'g>,
    /// The texts of sources, by id.
    pub texts: BTreeMap<&'g str, Rc<str>>,
    /// The language that the page begins in.
    pub lang: Lang,
}

/// A text in Japanese and in English.
type Both<'g> = [Option<&'g str>; 2];

#[derive(Serialize)]
pub struct Data<'g> {
    lang: &'static str,
    title: [&'static str; 2],
    note: [String; 2],
    nodes: Vec<NodeData<'g>>,
    relations: Vec<RelationData>,
    kinds: Vec<KindData<'g>>,
    /// Every place that is cited.
    citations: Vec<&'g str>,
    sources: BTreeMap<&'g str, SourceData<'g>>,
    layers: usize,
    #[serde(rename = "layerNames")]
    layer_names: Vec<String>,
    /// The nodes that a step of a route may lead to, and those that it may where the plan is asked about.
    next: Vec<Vec<usize>>,
    planned: Vec<Vec<usize>>,
    /// Where to begin.
    first: Vec<usize>,
    map: MapData<'g>,
    whole: Whole<'g>,
}

#[derive(Serialize)]
struct NodeData<'g> {
    id: &'g str,
    kind: NodeKind,
    name: Both<'g>,
    /// All names, folded, those in kana in Latin letters too.
    keys: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<[&'g str; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Both<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<&'g str>,
    /// The region or the context.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<usize>,
    /// All regions that it lies in.
    within: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    basis: Basis,
    sources: Vec<usize>,
}

/// From, to, the kind, the basis (stated, inferred, curated), what is cited, and what few relations have.
type RelationData = (usize, usize, usize, usize, Vec<usize>, Rarely);

#[derive(Serialize)]
struct Rarely {
    #[serde(skip_serializing_if = "is_zero")]
    layer: u16,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    planned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

#[derive(Serialize)]
struct KindData<'g> {
    id: &'g str,
    name: [&'g str; 2],
    inverse: [&'g str; 2],
}

#[derive(Default, Serialize)]
struct SourceData<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'g str>,
    /// The lines that are cited, by the place that cites them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    lines: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct MapData<'g> {
    width: u32,
    height: u32,
    land: String,
    marks: Vec<MarkData<'g>>,
    placeless: Vec<usize>,
}

#[derive(Serialize)]
struct MarkData<'g> {
    name: Both<'g>,
    region: usize,
    count: usize,
    x: f64,
    y: f64,
    r: f64,
    zone: bool,
    label: Option<(f64, f64, &'static str)>,
}

fn is_zero(layer: &u16) -> bool {
    *layer == 0
}

/// The numbers of nodes on the page.
pub type Numbers<'g> = BTreeMap<Node<'g>, usize>;

pub fn both(text: &Text) -> Both<'_> {
    [text.ja.as_deref(), text.en.as_deref()]
}

impl<'g> Data<'g> {
    pub fn of(question: &Question<'g>) -> Self {
        let nodes = &question.nodes;
        let numbers: Numbers = nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
        let relations = &question.relations;
        let kinds = question.graph.relation_kinds().map(|kind| {
            let both = |direction| [Lang::Ja, Lang::En].map(|lang| kind.label(direction, lang));
            let [name, inverse] = [Direction::Forward, Direction::Backward].map(both);
            KindData { id: kind.id(), name, inverse }
        });
        let all = nodes.iter().flat_map(|it| it.sources());
        let all: BTreeSet<&str> = all.chain(relations.iter().flat_map(|it| it.sources())).collect();
        let citations: Vec<&str> = all.into_iter().collect();
        let page = Numbered { numbers: &numbers, citations: &citations };
        let (next, planned) = steps(question, &numbers);
        let layers = nodes.iter().map(|it| it.layer()).chain(relations.iter().map(|it| it.layer()));
        let layers = usize::from(layers.max().unwrap_or(0)) + 1;
        let date = question.graph.date();
        Data {
            lang: question.lang.as_str(),
            title: ["医療機器クラスター", "Medical-device clusters"],
            note: [
                date.map(|date| format!("{date} 時点。")).unwrap_or_default()
                    + "記載がないことは、存在しないことを意味しません。",
                date.map(|date| format!("As of {date}. ")).unwrap_or_default()
                    + "That the atlas says nothing does not mean that there is none.",
            ],
            nodes: nodes.iter().map(|node| page.node(*node)).collect(),
            relations: relations.iter().map(|it| page.relation(*it)).collect(),
            kinds: kinds.collect(),
            citations: citations.clone(),
            sources: sources(question),
            layers,
            layer_names: (0..layers).map(|it| (it + 1).to_string()).collect(),
            next,
            planned,
            first: first(nodes),
            map: map_data(&question.places, &numbers),
            whole: whole(nodes, &numbers),
        }
    }
}

/// The numbers by which the page calls nodes and citations.
struct Numbered<'p, 'g> {
    numbers: &'p Numbers<'g>,
    citations: &'p [&'g str],
}

impl<'g> Numbered<'_, 'g> {
    fn cited(&self, sources: impl Iterator<Item = &'g str>) -> Vec<usize> {
        sources.filter_map(|it| self.citations.binary_search(&it).ok()).collect()
    }

    fn node(&self, node: Node<'g>) -> NodeData<'g> {
        let numbers = self.numbers;
        let record = node.record();
        let names = || node.names().chain([node.id()]);
        let spelt = names().filter_map(romaji).map(|it| fold(&it));
        let keys: BTreeSet<String> =
            names().map(fold).chain(names().map(plain)).chain(spelt).collect();
        let mut within = Vec::new();
        let mut open: Vec<Node> =
            node.region().into_iter().chain(node.context()).chain(node.within()).collect();
        while let Some(outer) = open.pop() {
            if let Some(number) = numbers.get(&outer)
                && !within.contains(number)
            {
                within.push(*number);
                open.extend(outer.within());
            }
        }
        let type_names = [Lang::Ja, Lang::En].map(|lang| node.type_name(lang));
        NodeData {
            id: node.id(),
            kind: node.kind(),
            name: match node.context() {
                None => both(&record.name),
                Some(_) => [Lang::Ja, Lang::En].map(|lang| Some(node.name(lang))),
            },
            keys: keys.into_iter().collect(),
            aliases: node.aliases(),
            r#type: match type_names {
                [Some(ja), Some(en)] => Some([ja, en]),
                _ => None,
            },
            summary: Some(both(&record.summary)).filter(|it| it.iter().any(Option::is_some)),
            website: node
                .website()
                .filter(|it| it.starts_with("https://") || it.starts_with("http://")),
            place: node.region().or(node.context()).and_then(|it| numbers.get(&it).copied()),
            within,
            since: record.since.map(|it| it.to_string()),
            until: record.until.map(|it| it.to_string()),
            basis: node.basis(),
            sources: self.cited(node.sources()),
        }
    }

    fn relation(&self, relation: Relation<'g>) -> RelationData {
        let basis = Basis::ALL.iter().position(|it| *it == relation.basis()).unwrap_or_default();
        let rarely = Rarely {
            layer: relation.layer(),
            planned: relation.is_planned(),
            since: relation.since().map(|it| it.to_string()),
            until: relation.until().map(|it| it.to_string()),
        };
        (
            self.numbers[&relation.from()],
            self.numbers[&relation.to()],
            usize::from(relation.kind().index()),
            basis,
            self.cited(relation.sources()),
            rarely,
        )
    }
}

/// A name as the script folds what is typed, which knows less of names than [`fold`].
fn plain(name: &str) -> String {
    let is_kept = |c: &char| matches!(c, '\u{3099}' | '\u{309a}') || !is_combining_mark(*c);
    let spelt: String = name.nfkd().filter(is_kept).nfc().flat_map(char::to_lowercase).collect();
    let katakana = |c: char| match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        c => c,
    };
    let letters = spelt.chars().map(katakana).filter(|c| c.is_alphanumeric() || *c == 'ー');
    let plain: String = letters.collect();
    if plain.is_empty() { name.to_lowercase() } else { plain }
}

/// The steps that `path` may take without an option, in the order of the atlas, and those of plans.
fn steps<'g>(question: &Question<'g>, numbers: &Numbers<'g>) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let ways = Steps::default().ways(question.graph);
    let mut next = vec![BTreeSet::new(); question.nodes.len()];
    let mut planned = next.clone();
    for relation in &question.relations {
        let (from, to) = (relation.from(), relation.to());
        for (start, end) in [(from, to), (to, from)] {
            let is_step = |(by, _): &(Relation<'g>, Direction)| by == relation;
            if ways.between(start, end).iter().any(is_step) {
                let steps = if relation.is_planned() { &mut planned } else { &mut next };
                steps[numbers[&start]].insert(numbers[&end]);
            }
        }
    }
    let listed = |steps: Vec<BTreeSet<usize>>| {
        steps.into_iter().map(|it| it.into_iter().collect()).collect()
    };
    (listed(next), listed(planned))
}

/// The documents that something on the page cites, with the lines that are cited.
fn sources<'g>(question: &Question<'g>) -> BTreeMap<&'g str, SourceData<'g>> {
    let own = question.nodes.iter().flat_map(|it| it.sources());
    let cited: BTreeSet<&str> =
        own.chain(question.relations.iter().flat_map(|it| it.sources())).collect();
    let mut found: BTreeMap<&str, SourceData> = BTreeMap::new();
    for source in question.graph.sources() {
        let record = source.record();
        let places: Vec<&str> = cited
            .iter()
            .filter_map(|it| it.strip_prefix(source.id()))
            .filter(|rest| rest.is_empty() || rest.starts_with(':'))
            .collect();
        if places.is_empty() {
            continue;
        }
        let text = question.texts.get(source.id());
        let lines = places.iter().filter_map(|place| {
            let place = place.strip_prefix(':')?;
            Some((place.to_owned(), quoted(text?, place)?))
        });
        found.insert(
            source.id(),
            SourceData {
                title: record.title.as_deref(),
                publisher: record.publisher.as_deref(),
                date: record.date.map(|it| it.to_string()),
                url: record
                    .url
                    .as_deref()
                    .filter(|it| it.starts_with("https://") || it.starts_with("http://")),
                lines: lines.collect(),
            },
        );
    }
    found
}

/// The lines of a text that a place names: `71` or `71-72`.
fn quoted(text: &str, place: &str) -> Option<String> {
    let (first, last) = place.split_once('-').unwrap_or((place, place));
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    let count = last.checked_sub(first)? + 1;
    let lines: Vec<&str> = text.lines().skip(first.checked_sub(1)?).take(count).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The nodes with the most relations, one of each sort after the other.
fn first(nodes: &[Node]) -> Vec<usize> {
    let degree = |node: &Node| node.outgoing().count() + node.incoming().count();
    let of_kind = |kind: NodeKind, most: usize| {
        let mut numbers: Vec<usize> =
            (0..nodes.len()).filter(|it| nodes[*it].kind() == kind).collect();
        numbers.sort_by_key(|it| std::cmp::Reverse(degree(&nodes[*it])));
        numbers.truncate(most);
        numbers
    };
    let kinds = [NodeKind::Region, NodeKind::Organization, NodeKind::Stage, NodeKind::Program];
    kinds.into_iter().flat_map(|kind| of_kind(kind, 4)).collect()
}

fn map_data<'g>(places: &Places<'g>, numbers: &Numbers<'g>) -> MapData<'g> {
    let shown: Vec<_> =
        places.places.iter().filter(|it| numbers.contains_key(&it.region)).collect();
    let spots: Vec<Spot> = shown
        .iter()
        .map(|it| Spot {
            name: it.region.name(Lang::Ja).to_owned(),
            place: Place { lon: it.location.lon, lat: it.location.lat },
            count: it.organizations.len(),
            is_diamond: it.special_zone,
        })
        .collect();
    let groups = map::groups(&spots, WORLD);
    // The longer of the two names, so that either has room.
    let regions: Vec<Node> = groups
        .iter()
        .map(|group| {
            let members: Vec<Node> = group.spots.iter().map(|it| shown[*it].region).collect();
            common(&members).unwrap_or(members[0])
        })
        .collect();
    let names: Vec<String> = regions
        .iter()
        .map(|region| {
            let [ja, en] = [Lang::Ja, Lang::En].map(|lang| region.name(lang));
            let wide = |text: &str| unicode_width::UnicodeWidthStr::width(text);
            if wide(ja) > wide(en) { ja.to_owned() } else { en.to_owned() }
        })
        .collect();
    let (frame, unnamed) = map::draw(&groups, &names, WORLD);
    let named = |at: usize| !unnamed.contains(&at);
    let mut labels = frame.texts.iter();
    let marks = groups.iter().enumerate().map(|(at, group)| {
        let region = regions[at];
        let label = named(at).then(|| labels.next()).flatten().map(|words| {
            let anchor = match words.anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            (words.at.0.round(), (words.at.1 + words.font.size).round(), anchor)
        });
        MarkData {
            name: both(&region.record().name),
            region: numbers[&region],
            count: group.count,
            x: group.at.0.round(),
            y: group.at.1.round(),
            r: (group.radius * 10.0).round() / 10.0,
            zone: group.is_diamond,
            label,
        }
    });
    let marks = marks.collect();
    let placeless = places.without_location.iter().filter_map(|it| numbers.get(it).copied());
    MapData {
        width: frame.size.0 as u32,
        height: frame.size.1.ceil() as u32,
        land: land(&frame),
        marks,
        placeless: placeless.collect(),
    }
}

/// The outlines of land, as one path in whole pixels.
fn land(frame: &Frame) -> String {
    let mut d = String::new();
    // The first area is the water.
    for area in frame.areas.iter().skip(1) {
        let mut last = (i64::MAX, i64::MAX);
        for segment in &area.way {
            let letter = match segment {
                Segment::Move(_) => 'M',
                Segment::Close => 'Z',
                _ => 'L',
            };
            let Some((x, y)) = segment.points().last().copied() else {
                d.push(letter);
                continue;
            };
            let point = (x.round() as i64, y.round() as i64);
            if point != last || letter == 'M' {
                d += &format!("{letter}{} {}", point.0, point.1);
                last = point;
            }
        }
    }
    d
}
