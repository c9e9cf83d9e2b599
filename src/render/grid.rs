//! The shape that some answers still have; goes when each declares its table.

use serde_json::Value;

use super::{Records, Report, Table};
use crate::lang::Lang;

#[derive(Debug, Default)]
pub struct Grid {
    pub headers: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub spare: &'static [&'static str],
    pub strong: Vec<usize>,
}

#[derive(Debug)]
pub enum Block {
    Title(String),
    Line(String),
    Grid(Grid),
    Gap,
}

pub trait Answer {
    fn is_list(&self) -> bool;
    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_>;
    fn sheet(&self) -> Grid;
    fn ids(&self) -> Vec<String>;
    fn page(&self, lang: Lang) -> Vec<Block>;
}

impl Grid {
    pub fn into_table<'a>(self, lang: Lang) -> Table<'a> {
        let columns = self.headers.len().max(self.rows.first().map_or(0, Vec::len));
        let strong = self.strong.clone();
        let mut declaration = Table::of((0..).zip(self.rows).collect::<Vec<_>>(), lang);
        for at in 0..columns {
            let header = self.headers.get(at).cloned().unwrap_or_default();
            let spare = self.spare.iter().position(|it| *it == header);
            declaration = declaration.column(
                header.clone(),
                &header,
                &header,
                move |(_, row): &(usize, Vec<String>)| row[at].clone().into(),
            );
            if let Some(rank) = spare {
                declaration = declaration.spare(rank as u8);
            }
        }
        declaration.strong(move |(at, _)| strong.contains(at)).table()
    }
}

impl<T: Answer> Report for T {
    fn records(&self) -> Records<'_> {
        match self.is_list() {
            true => Records::Many(Answer::records(self)),
            false => Records::One(Answer::records(self).next().expect("one")),
        }
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        self.sheet().into_table(lang)
    }

    fn ids(&self) -> Vec<String> {
        Answer::ids(self)
    }

    fn blocks(&self, lang: Lang) -> Vec<super::Block<'_>> {
        let block = |block| match block {
            Block::Title(text) => super::Block::Title(text),
            Block::Line(text) => super::Block::Line(text),
            Block::Grid(grid) => super::Block::Table(grid.into_table(lang)),
            Block::Gap => super::Block::Gap,
        };
        self.page(lang).into_iter().map(block).collect()
    }
}

pub fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

pub fn word(item: Option<impl serde::Serialize>) -> String {
    item.map(super::cell::spelling).unwrap_or_default()
}
