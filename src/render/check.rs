//! Renders the findings of a check for sheets and scripts; people read each under the line that it
//! points to.

use std::io::{self, Write};

use serde_json::Value;

use super::diagnostic::findings;
use super::{Cell, Records, Report, Style, Table, sarif};
use crate::check;
use crate::lang::Lang;

impl Report for check::Report<'_> {
    fn records(&self) -> Records<'_> {
        Records::many(self.views())
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let rows = self.views().zip(self.findings);
        Table::of(rows, lang)
            .column("code", "CODE", "コード", |(it, _)| it.code.into())
            .column("severity", "SEVERITY", "重さ", |(it, _)| it.severity.into())
            .column("file", "FILE", "ファイル", |(it, _)| Cell::maybe(it.file, Cell::from))
            .column("line", "LINE", "行", |(it, _)| Cell::spelt(it.line))
            .column("column", "COLUMN", "列", |(it, _)| Cell::spelt(it.column))
            .page("message", "MESSAGE", "内容", move |(_, it)| it.message.in_lang(lang).into())
            .sheet("message_ja", |(_, it)| it.message.ja.as_str().into())
            .sheet("message_en", |(_, it)| it.message.en.as_str().into())
            .sheet("hint_ja", |(_, it)| Cell::maybe(it.hint.as_ref(), |it| it.ja.as_str().into()))
            .sheet("hint_en", |(_, it)| Cell::maybe(it.hint.as_ref(), |it| it.en.as_str().into()))
            .table()
    }

    fn page(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        findings(self.findings, self.files, style, out)
    }

    fn sarif(&self, lang: Lang) -> Option<Value> {
        Some(sarif::log(self, lang))
    }
}
