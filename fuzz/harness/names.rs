//! Finding a node by a name: each line of the input but the first is a node with the names that `|` divides,
//! the first is what is looked for.

use std::collections::BTreeSet;

use medclust::graph::{self, WhyNot, fold};
use medclust::model::{AtlasFile, Organization, Records, Region, Text};
use medclust::origin::{At, FileId};
use medclust::source;

/// A node: whether it is a region, and its names.
type Named<'t> = (bool, Vec<&'t str>);

/// Whether a node of this number, with these names, may be meant.
type Fits<'f> = dyn Fn(usize, &[&str]) -> bool + 'f;

pub fn run(data: &[u8]) {
    let text = super::text(data);
    let mut lines = text.lines();
    let wanted = lines.next().unwrap_or_default();
    // A kind or a context before the name asks for something else.
    if wanted.contains([':', '@']) {
        return;
    }
    let nodes: Vec<Named> = (0..)
        .zip(lines.take(20))
        .map(|(number, line)| {
            (number % 3 == 2, line.split('|').filter(|it| !it.trim().is_empty()).collect())
        })
        .filter(|(_, names): &Named| !names.is_empty())
        .collect();
    let graph = graph(&nodes);
    let number = |id: &str| id[1..].parse::<usize>().expect("ids are o0, o1 …");
    let found = match graph.find(wanted, &[]) {
        Ok(node) => Ok(number(node.id())),
        Err(error) => Err(match error.why {
            WhyNot::Ambiguous(all) => all.iter().map(|it| number(&it.id)).collect(),
            WhyNot::Unknown(_) | WhyNot::Absent(_) => BTreeSet::new(),
        }),
    };
    assert_eq!(found, naive(&nodes, wanted.trim()), "{wanted:?} among {nodes:?}");
    let scores: Vec<u16> = graph.matches(wanted).iter().map(|found| found.score).collect();
    assert!(scores.is_sorted_by(|one, other| one >= other), "the nearest come first: {scores:?}");
}

fn graph(nodes: &[Named]) -> graph::Graph {
    let mut file = AtlasFile::default();
    for (number, (is_region, names)) in nodes.iter().enumerate() {
        let id = At::new(format!("o{number}").into(), Default::default());
        let name = Text { ja: Some(names[0].to_owned()), en: None };
        let aliases = names[1..].iter().map(|it| (*it).to_owned()).collect();
        match is_region {
            true => file.regions.push(Region { id, name, aliases, ..Region::default() }),
            false => {
                file.organizations.push(Organization { id, name, aliases, ..Default::default() });
            }
        }
    }
    let core = source::read(&[]).records.core;
    let records = Records { files: vec![(FileId(0), file)], core, ..Records::default() };
    graph::build(records).expect("nodes alone are never at fault")
}

/// An id, else a name as it is written, else as it folds, else the only one that begins so; several that are
/// equally good are all told.
fn naive(nodes: &[Named], wanted: &str) -> Result<usize, BTreeSet<usize>> {
    let id = |number: usize| format!("o{number}");
    let key = fold(wanted);
    let is_id = |number: usize, _: &[&str]| id(number) == wanted;
    let is_name = |_: usize, names: &[&str]| names.contains(&wanted);
    let folds = |number: usize, names: &[&str]| {
        names.iter().any(|it| fold(it) == key) || fold(&id(number)) == key
    };
    let begins = |number: usize, names: &[&str]| {
        let all = names.iter().map(|it| fold(it)).chain([fold(&id(number))]);
        !key.is_empty() && all.into_iter().any(|it| it.starts_with(&key))
    };
    let ways: [&Fits; 4] = [&is_id, &is_name, &folds, &begins];
    for fits in ways {
        let hits = nodes.iter().enumerate().filter(|(number, (_, names))| fits(*number, names));
        let hits: BTreeSet<usize> = hits.map(|(number, _)| number).collect();
        match hits.len() {
            0 => {}
            1 => return Ok(hits.into_iter().next().expect("there is one")),
            _ => return Err(hits),
        }
    }
    Err(BTreeSet::new())
}
