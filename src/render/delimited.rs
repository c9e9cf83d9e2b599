//! CSV, TSV and plain ids.

use std::io::{self, Write};

use super::{Grid, clean};

/// Writes comma-separated values under their headers.
pub fn write_csv(sheet: &Grid, out: &mut dyn Write) -> io::Result<()> {
    write_csv_rows(std::iter::once(&sheet.headers).chain(&sheet.rows), out)
}

/// Writes rows of comma-separated values; fields are quoted where they must be.
pub fn write_csv_rows<'r>(
    rows: impl IntoIterator<Item = &'r Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    for row in rows {
        writer.write_record(row.iter().map(|cell| clean(cell).into_owned())).map_err(output)?;
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

/// Writes tab-separated values under their headers.
pub fn write_tsv(sheet: &Grid, out: &mut dyn Write) -> io::Result<()> {
    write_tsv_rows(std::iter::once(&sheet.headers).chain(&sheet.rows), out)
}

/// Writes rows of tab-separated values.
pub fn write_tsv_rows<'r>(
    rows: impl IntoIterator<Item = &'r Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| escape(cell)).collect();
        writeln!(out, "{}", cells.join("\t"))?;
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
