//! Two CSV tables with the headings that Gephi reads: `Id`, `Label`; `Source`, `Target`, `Type`, `Kind`.
//!
//! A relation carries what its kind says of routes and of membership, so that the tables suffice to answer by
//! the same rules elsewhere.

use super::records::{Record, columns, of_node, of_relation};
use super::{Exported, Part};

/// The first headings of the table of relations.
const RELATION: [&str; 7] = ["Source", "Target", "Type", "Kind", "Label", "class", "traverse"];

/// Writes the tables of nodes and of relations.
pub fn write(part: &Part) -> Vec<Exported> {
    let nodes: Vec<([String; 2], Record)> = part
        .nodes
        .iter()
        .map(|it| ([it.id().to_owned(), it.name(part.lang).to_owned()], of_node(*it)))
        .collect();
    let relations: Vec<([String; 7], Record)> = part
        .relations
        .iter()
        .map(|it| {
            let kind = it.kind();
            let (class, traverse) = (kind.class().to_string(), kind.traverse().to_string());
            let (from, to, label) = (it.from().id(), it.to().id(), kind.short(part.lang));
            let told = [from, to, "Directed", kind.id(), label, &class, &traverse];
            (told.map(str::to_owned), of_relation(*it))
        })
        .collect();
    vec![
        Exported { part: "nodes", bytes: table(["Id", "Label"], &nodes) },
        Exported { part: "relations", bytes: table(RELATION, &relations) },
    ]
}

fn table<const N: usize>(first: [&str; N], rows: &[([String; N], Record)]) -> Vec<u8> {
    let further = columns(rows.iter().map(|(_, record)| record));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = first.into_iter().chain(further.iter().map(|(key, _)| key.as_str()));
    let mut write = |row: Vec<String>| writer.write_record(row).expect("memory takes it");
    write(heads.map(str::to_owned).collect());
    for (own, record) in rows {
        let value = |key: &str| record.iter().find(|(it, _)| it == key).map(|(_, it)| it.text());
        let rest = further.iter().map(|(key, _)| value(key).unwrap_or_default());
        write(own.iter().cloned().chain(rest).collect());
    }
    writer.into_inner().expect("memory takes it")
}
