//! Writes CSV, TSV and plain ids.

use std::io::{self, Write};

use super::{Table, clean};

/// Writes comma-separated values under their keys; fields are quoted where they must be.
pub fn write_csv(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    write_csv_keys(table, out)?;
    write_csv_rows(table, out)
}

/// Writes the keys of the columns.
pub fn write_csv_keys(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(table.sheet().map(|column| &*column.key)).map_err(output)?;
    writer.flush()
}

/// Writes the rows alone.
pub fn write_csv_rows(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for row in 0..table.rows {
        let cells = table.sheet().map(|column| clean(&column.cell(row).in_sheet()).into_owned());
        writer.write_record(cells).map_err(output)?;
    }
    writer.flush()
}

/// What ended the writing, with its kind: a closed pipe must stay one.
fn output(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes tab-separated values under their keys.
pub fn write_tsv(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    write_tsv_keys(table, out)?;
    write_tsv_rows(table, out)
}

/// Writes the keys of the columns.
pub fn write_tsv_keys(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let keys: Vec<&str> = table.sheet().map(|column| &*column.key).collect();
    writeln!(out, "{}", keys.join("\t"))
}

/// Writes the rows alone.
pub fn write_tsv_rows(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    for row in 0..table.rows {
        let cells = table.sheet().map(|column| escape(&column.cell(row).in_sheet()));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("\t"))?;
    }
    Ok(())
}

/// Writes one id a line.
pub fn write_ids(ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    for id in ids {
        writeln!(out, "{}", clean(id))?;
    }
    Ok(())
}

fn escape(cell: &str) -> String {
    let escaped =
        cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
    clean(&escaped).into_owned()
}
