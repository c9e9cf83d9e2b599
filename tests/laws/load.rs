//! Reading is total, and does not depend on how records are spread over files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use medclust::atlas;
use medclust::diagnostic::{Diagnostic, Faults};
use medclust::graph::Graph;
use medclust::lang::Lang;
use medclust::origin::Files;
use medclust::query::Selection;
use medclust::query::list::{What, list};
use medclust::render::{self, Format, Style};
use medclust::source::{self, Layer};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::atlas::{cases, folder};

/// An atlas, one record a line, each with its section.
const RECORDS: &[(&str, &str)] = &[
    ("sources", "{id: map, title: 'a: b #c', date: 2015-01}"),
    ("regions", "{id: kansai, name: {ja: 関西, en: Kansai}, location: {lat: 34.7, lon: 135.5}}"),
    ("regions", "{id: osaka, name: {ja: 大阪}, within: kansai, sources: [map:1]}"),
    (
        "organizations",
        "{id: ncvc, name: {ja: 国循}, region: osaka, aliases: [国立循環器病センター]}",
    ),
    (
        "organizations",
        "{id: lab, name: {en: Lab}, part_of: [ncvc], events: [{date: 1977, kind: founded}]}",
    ),
    ("roles", "{id: trials, name: {en: trials}}"),
    ("roles", "{id: research, name: {en: research}, basis: inferred, confidence: low}"),
    ("stages", "{id: need, name: {ja: ニーズ}}"),
    ("stages", "{id: market, name: {ja: 市場}}"),
    ("programs", "{id: hub, name: {en: Hub}, indicators: [{name: {en: n}, value: 3, year: 2014}]}"),
    ("relations", "{kind: next, from: need, to: market}"),
    ("relations", "{kind: acts-in, from: trials, to: [need, market]}"),
    ("relations", "{kind: plays, from: [ncvc, lab], to: trials, in: kansai, sources: [map]}"),
    ("relations", "{kind: plays, from: lab, to: research, in: hub}"),
    ("relations", "{kind: advises, from: trials@kansai, to: research@hub, note: {en: why}}"),
];

fn text<'r>(records: impl IntoIterator<Item = &'r (&'r str, &'r str)>) -> String {
    let records: Vec<_> = records.into_iter().collect();
    let mut text = String::new();
    let sections: BTreeSet<&str> = records.iter().map(|(section, _)| *section).collect();
    for section in sections {
        text.push_str(&format!("{section}:\n"));
        for (_, record) in records.iter().filter(|(of, _)| *of == section) {
            text.push_str(&format!("  - {record}\n"));
        }
    }
    text
}

fn load(path: &Path) -> (Result<Graph, Vec<Diagnostic>>, Files) {
    let mut read = source::read(&[Layer::Folder(path.to_owned())]);
    let built = atlas::build(&mut read, None).map_err(|Faults(faults)| faults);
    (built, read.files)
}

fn ids(graph: &Graph) -> BTreeSet<String> {
    let listing = list(graph, What::Nodes(None), &Selection::new(graph, Vec::new()));
    let mut out = Vec::new();
    let style = Style { lang: Lang::En, width: None, color: false, links: false, as_of: None };
    render::write(&listing, Format::Ids, style, &mut out).expect("a vector takes it");
    String::from_utf8(out).expect("ids are UTF-8").lines().map(str::to_owned).collect()
}

fn relations(graph: &Graph) -> BTreeSet<String> {
    graph.relations().map(|relation| format!("{relation:?}")).collect()
}

/// Reads a text as a file, and holds every fault to pointing into a text.
fn read_totally(bytes: &[u8]) -> Result<(), TestCaseError> {
    let folder = folder();
    fs::write(folder.join("atlas.yaml"), bytes)?;
    let (built, files) = load(&folder);
    fs::remove_dir_all(&folder)?;
    let faults = built.err().unwrap_or_default();
    for fault in &faults {
        prop_assert!(!fault.message.en.is_empty() && !fault.message.ja.is_empty());
        prop_assert!(!fault.places.is_empty(), "no place: {:?}", fault);
        for place in &fault.places {
            let text = &files.file(place.origin.file).text;
            let (lines, line) = (text.lines().count() as u32, place.origin.position.line);
            prop_assert!((1..=lines.max(1)).contains(&line), "{} lines: {:?}", lines, fault);
            prop_assert!(place.origin.position.column >= 1, "{:?}", fault);
        }
    }
    for lang in [Lang::En, Lang::Ja] {
        let style = Style { lang, width: Some(40), color: false, links: false, as_of: None };
        render::diagnostics(&faults, &files, style, &mut Vec::new())?;
    }
    Ok(())
}

/// A change to a text that people or editors might make.
#[derive(Clone, Debug)]
enum Slip {
    Delete(Index),
    Insert(Index, &'static str),
    DropLine(Index),
    RepeatLine(Index),
    SwapLines(Index),
    Cut(Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let pieces = [
        ":",
        "-",
        " ",
        "  ",
        "\t",
        "\n",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "#",
        "&a ",
        "*a",
        "!!",
        "|\n",
        "@",
        "---\n",
        "...\n",
        "? ",
        "%",
        "\u{0}",
        "\r",
        "\u{feff}",
        "大",
        "id",
        "x",
        "null",
        "1",
        "~",
        "osaka",
        "ncvc",
        "kind: ",
        "within: osaka, ",
        "until: 2015-02-30, ",
        "confidence: high, ",
        "in: lab, ",
    ];
    let at = any::<Index>;
    prop_oneof![
        2 => at().prop_map(Slip::Delete),
        4 => (at(), select(pieces.to_vec())).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        1 => at().prop_map(Slip::DropLine),
        1 => at().prop_map(Slip::RepeatLine),
        1 => at().prop_map(Slip::SwapLines),
        1 => at().prop_map(Slip::Cut),
    ]
}

impl Slip {
    fn apply(&self, text: &str) -> String {
        let bounds: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut changed = text.to_owned();
        match self {
            Slip::Delete(at) => {
                if !text.is_empty() {
                    changed.remove(bounds[at.index(bounds.len() - 1)]);
                }
                return changed;
            }
            Slip::Insert(at, piece) => {
                changed.insert_str(bounds[at.index(bounds.len())], piece);
                return changed;
            }
            Slip::Cut(at) => {
                changed.truncate(bounds[at.index(bounds.len())]);
                return changed;
            }
            _ if lines.is_empty() => return changed,
            Slip::DropLine(at) => drop(lines.remove(at.index(lines.len()))),
            Slip::RepeatLine(at) => {
                let at = at.index(lines.len());
                lines.insert(at, lines[at]);
            }
            Slip::SwapLines(at) => {
                let (at, last) = (at.index(lines.len()), lines.len() - 1);
                lines.swap(at, last);
            }
        }
        lines.concat()
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn it_does_not_matter_which_file_says_it(
        places in vec(0..4usize, RECORDS.len()),
        order in Just((0..RECORDS.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let (whole, parts) = (folder(), folder());
        fs::write(whole.join("atlas.yaml"), text(RECORDS))?;
        fs::create_dir(parts.join("more"))?;
        for file in 0..4 {
            let mine = order.iter().filter(|it| places[**it] == file).map(|it| &RECORDS[*it]);
            let path = ["b.yaml", "a.yml", "more/c.yaml", "more/a.yaml"][file];
            fs::write(parts.join(path), text(mine))?;
        }
        let graphs = [&whole, &parts].map(|folder| load(folder).0.expect("the atlas is sound"));
        prop_assert_eq!(ids(&graphs[0]), ids(&graphs[1]));
        prop_assert_eq!(relations(&graphs[0]), relations(&graphs[1]));
        for folder in [whole, parts] {
            fs::remove_dir_all(folder)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_slip_gives_a_graph_or_faults_with_their_places(slips in vec(slip(), 1..4)) {
        let slipped = slips.iter().fold(text(RECORDS), |text, slip| slip.apply(&text));
        read_totally(slipped.as_bytes())?;
    }

    #[test]
    fn so_do_arbitrary_bytes(bytes in vec(any::<u8>(), 0..200)) {
        read_totally(&bytes)?;
    }

    #[test]
    fn so_does_arbitrary_punctuation(text in "([-:?,\\[\\]{}#&*!|>'\"%@` \na1]|id: |roles:\n){0,40}") {
        read_totally(text.as_bytes())?;
    }
}

#[test]
fn threads_keep_the_order_of_the_files() {
    // Enough text for several threads: what they find is in the order of the files all the same.
    let folder = folder();
    for file in 0..9 {
        let node = |n| format!("  - {{id: o{file}-{n:04}, name: {{en: {}}}}}\n", "x".repeat(60));
        let records: String = (0..400).map(node).collect();
        fs::write(folder.join(format!("{file}.yaml")), format!("organizations:\n{records}"))
            .expect("the target folder can be written");
    }
    let graph = load(&folder).0.expect("the atlas is sound");
    assert_eq!(graph.node_count(), 3600);
    assert!(graph.nodes().map(|node| node.id()).is_sorted());
    fs::remove_dir_all(folder).expect("it was written");
}

#[test]

fn a_shorthand_that_the_vocabulary_refuses_has_its_place() {
    let kind =
        "relation_kinds: [{id: within, name: {en: within}, from: [program], traverse: never}]\n";
    read_totally((kind.to_owned() + &text(RECORDS)).as_bytes()).expect("every fault has its place");
}
