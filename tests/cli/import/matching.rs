//! Records that the atlas knows already: they keep its ids and say only what it lacks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use medclust::model::{Id, Organization};
use medclust::source::{self, Layer};

use super::fixture;
use crate::harness::{ATLAS, medclust};

/// The organizations of a folder by id, as they are written.
fn organizations(data: &Path) -> BTreeMap<Id, Organization> {
    let read = source::read(&[Layer::Folder(data.to_owned())]);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    let files = read.records.files.into_iter();
    files.flat_map(|(_, it)| it.organizations).map(|it| (it.id.value.clone(), it)).collect()
}

#[test]
fn known_nodes_keep_their_ids_and_what_they_say() {
    let at = tempfile::tempdir().unwrap();
    let into = at.path().join("made");
    let (file, into_text) = (fixture("ror.json"), into.to_str().unwrap());
    let run = medclust([
        "import",
        "ror",
        file.to_str().unwrap(),
        "--into",
        into_text,
        "--match",
        "--format",
        "csv",
    ]);
    assert_eq!(run.status, 0, "{}", run.err);
    let shown = medclust(["--data", ATLAS, "--data", into_text, "show", "medtronic", "--json"]);
    assert_eq!(shown.status, 0, "{}", shown.err);
    assert!(shown.out.contains("ror:00grd1h17"), "the layer adds to the node: {}", shown.out);
    let made = organizations(&into);
    let shipped: Vec<Organization> = source::read(&[Layer::Folder(ATLAS.into())])
        .records
        .files
        .into_iter()
        .flat_map(|(_, it)| it.organizations)
        .collect();
    let mut tied = 0;
    for theirs in &shipped {
        let Some(ours) = made.get(&theirs.id.value) else { continue };
        tied += 1;
        assert!(ours.name.ja.is_none() || theirs.name.ja.is_none());
        assert!(ours.name.en.is_none() || theirs.name.en.is_none());
        assert!(ours.r#type.is_none() || theirs.r#type.is_none());
        assert!(ours.aliases.iter().all(|it| !theirs.aliases.contains(it)));
        assert!(!ours.identifiers.contains_key("ror"));
    }
    assert!(tied >= 4, "{tied} in {:?}", made.keys());
    let known: Vec<_> = shipped.iter().filter_map(|it| it.identifiers.get("ror")).collect();
    let doubled =
        made.values().filter_map(|it| it.identifiers.get("ror")).find(|it| known.contains(it));
    assert_eq!(doubled, None, "no record of a known node is written under a new id");
}

#[test]
fn namesakes_are_proposed_and_not_tied() {
    let at = tempfile::tempdir().unwrap();
    let own = at.path().join("own");
    fs::create_dir(&own).unwrap();
    fs::write(
        own.join("a.yaml"),
        "regions: [{id: deutschland, name: {en: Germany}}]\n\
         organizations: [{id: owi, name: {en: 'OEL-WAERME-INSTITUT'}}, {id: kyodai, name: {ja: 京都大学}, identifiers: {ror: 02kpeqv85}}]\n",
    )
    .unwrap();
    let (into, report) = (at.path().join("made"), at.path().join("matches.csv"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let file = fixture("ror.json");
    let arguments = [
        "--data",
        &text(&own),
        "import",
        "ror",
        &text(&file),
        "--into",
        &text(&into),
        "--match",
        "--report",
        &text(&report),
    ];
    let first = medclust(arguments);
    assert_eq!((first.status, &*first.out), (0, ""), "{}", first.err);
    let report = fs::read_to_string(&report).unwrap();
    assert_eq!(
        report,
        "node,registry,identifier,imported,name\n\
         deutschland,iso-3166,DE,de,Germany\n\
         owi,ror,https://ror.org/000p86k36,oel-waerme-institut,Oel-Waerme-Institut\n"
    );
    let made = organizations(&into);
    assert!(made.contains_key("oel-waerme-institut") && !made.contains_key("owi"));
    assert_eq!(made["kyodai"].name.en.as_deref(), Some("Kyoto University"));
    assert_eq!(made["kyodai"].name.ja, None);
    let child = made
        .values()
        .find(|it| it.identifiers.get("ror").is_some_and(|it| it.ends_with("0035da546")));
    assert_eq!(child.unwrap().part_of.0[0].value, "kyodai");
    let both = medclust(["--data", &text(&own), "--data", &text(&into), "list", "--json"]);
    assert_eq!(both.status, 0, "{}", both.err);
    let again = medclust(arguments);
    assert_eq!(again.status, 2, "a report is never overwritten");
}
