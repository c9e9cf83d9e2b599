//! A workbook for Excel and LibreOffice: nodes, relations and sources, a sheet each.

use super::Part;
use crate::lang::Message;
use crate::query::list::Listing;
use crate::render::Report;
use crate::render::xlsx::{LONGEST, MOST_ROWS, Workbook};

/// Writes a part; what Excel cannot hold is told.
pub fn write(part: &Part) -> (Vec<u8>, Vec<Message>) {
    let lang = part.lang;
    let mut workbook = Workbook::default();
    let listings = [
        (lang.pick("Nodes", "ノード"), Listing::Nodes(part.nodes.clone())),
        (lang.pick("Relations", "関係"), Listing::Relations(part.relations.clone())),
        (lang.pick("Sources", "出典"), Listing::Sources(part.sources())),
    ];
    for (name, listing) in &listings {
        workbook.add_table(name, &listing.table(lang), lang);
    }
    let relations = listings[1].1.table(lang);
    let ends: Vec<usize> = (0..)
        .zip(relations.sheet())
        .filter(|(_, column)| matches!(&*column.key, "from" | "to" | "in"))
        .map(|(number, _)| number)
        .collect();
    workbook.link(1, &ends, 0);
    let (cut, rows) = workbook.beyond();
    let mut told = Vec::new();
    if cut > 0 {
        told.push(Message::new(
            format!("{cut} texts are cut: Excel takes {LONGEST} characters in a cell"),
            format!("{cut} 件の文字列を短くしました（Excel のセルは {LONGEST} 文字まで）"),
        ));
    }
    if rows > 0 {
        told.push(Message::new(
            format!("{rows} rows are left out: Excel takes {MOST_ROWS} in a sheet"),
            format!("{rows} 行を除きました（Excel のシートは {MOST_ROWS} 行まで）"),
        ));
    }
    (workbook.finish(), told)
}
