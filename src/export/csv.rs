//! Two CSV tables with the headings that Gephi reads: `Id`, `Label`; `Source`, `Target`, `Type`, `Kind`.

use super::records::{Record, columns, of_node, of_relation};
use super::{Exported, Part};

/// Writes the tables of nodes and of relations.
pub fn write(part: &Part) -> Vec<Exported> {
    let nodes: Vec<([String; 2], Record)> = part
        .nodes
        .iter()
        .map(|it| ([it.id().to_owned(), it.name(part.lang).to_owned()], of_node(*it)))
        .collect();
    let relations: Vec<([String; 5], Record)> = part
        .relations
        .iter()
        .map(|it| {
            let kind = it.kind();
            let ends = [it.from().id(), it.to().id(), "Directed", kind.id()].map(str::to_owned);
            let [from, to, directed, id] = ends;
            let label = kind.short(part.lang).to_owned();
            ([from, to, directed, id, label], of_relation(*it))
        })
        .collect();
    vec![
        Exported { part: "nodes", bytes: table(["Id", "Label"], &nodes) },
        Exported {
            part: "relations",
            bytes: table(["Source", "Target", "Type", "Kind", "Label"], &relations),
        },
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
