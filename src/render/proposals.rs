//! Renders proposed matches of an import, for a person to decide on.

use super::{Records, Report, Table};
use crate::lang::Lang;
use crate::source::import::Proposal;

impl Report for &[Proposal] {
    fn records(&self) -> Records<'_> {
        Records::many(*self)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        Table::of(self.iter(), lang)
            .column("node", "NODE OF THE ATLAS", "アトラスのノード", |it| {
                it.node.as_str().into()
            })
            .column("registry", "REGISTRY", "登録簿", |it| it.registry.into())
            .column("identifier", "IDENTIFIER", "識別子", |it| it.identifier.as_str().into())
            .column("imported", "IMPORTED AS", "取り込み後の id", |it| {
                it.imported.as_str().into()
            })
            .column("name", "SHARED NAME", "共通の名称", |it| it.name.as_str().into())
            .table()
    }
}
