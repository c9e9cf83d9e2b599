//! Files of an atlas: what loads can be written and read back, and asked about any date.

use std::path::PathBuf;

use medclust::atlas;
use medclust::model::AtlasFile;
use medclust::source::{self, write};

use super::loaded::load;

pub fn run(data: &[u8]) {
    // A carriage return ends a line of YAML, alone or not; files are read with the ends of Unix.
    let text = super::text(data).replace("\r\n", "\n").replace('\r', "\n");
    if load(&file(&text)).is_none() {
        return;
    }
    let records = records(&text);
    let written = write(&records);
    // A figure that is not finite has no JSON, from which records are written.
    if !["inf", "nan"].iter().any(|it| text.to_lowercase().contains(it)) {
        assert_eq!(said(&self::records(&written)), said(&records), "{written}");
    }
    for date in ["0001", "2015-06", "9999-12-31"] {
        let mut read = source::read(&[]);
        read.add(&file(&text), 0);
        let date = date.parse().expect("it is a date");
        let then = atlas::build(&mut read, Some(date)).expect("it loads on every date");
        for relation in then.relations() {
            assert!(relation.from().outgoing().any(|it| it.index() == relation.index()));
        }
    }
}

fn file(text: &str) -> Vec<(PathBuf, String)> {
    vec![("fuzz.yaml".into(), text.to_owned())]
}

fn records(text: &str) -> AtlasFile {
    let mut read = source::read(&[]);
    read.add(&file(text), 0);
    assert_eq!(read.faults, [], "{text}");
    read.records.files.pop().map(|(_, records)| records).unwrap_or_default()
}

fn said(records: &AtlasFile) -> serde_json::Value {
    serde_json::to_value(records).expect("records have string keys")
}
