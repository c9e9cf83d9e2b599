//! An answer of one table, of which some columns are asked for, or in another order.

use std::cmp::Ordering;

use super::cell::Room;
use super::{Audience, Column, Records, Report, Table};
use crate::graph::fold;
use crate::lang::Lang;

/// An answer with these columns alone; records and ids stay whole.
pub struct Chosen<'r> {
    /// The answer.
    pub answer: &'r dyn Report,
    /// The keys of the columns, in the order that is asked for.
    pub keys: Vec<String>,
}

impl Report for Chosen<'_> {
    fn records(&self) -> Records<'_> {
        self.answer.records()
    }

    fn ids(&self) -> Vec<String> {
        self.answer.ids()
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let mut table = self.answer.table(lang);
        let mut left = std::mem::take(&mut table.columns);
        for key in &self.keys {
            let (mut chosen, rest): (Vec<_>, _) = left.into_iter().partition(|it| is_of(it, key));
            left = rest;
            let is_everywhere = |audience| chosen.iter().any(|it| it.audience != audience);
            let [for_pages, for_sheets] = [Audience::Sheet, Audience::Page].map(is_everywhere);
            // What only pages or only sheets have else is had by all where it is asked for.
            if !(for_pages && for_sheets) {
                chosen.iter_mut().for_each(widen);
            }
            table.columns.extend(chosen);
        }
        table
    }
}

fn widen(column: &mut Column) {
    column.audience = Audience::All;
    if column.heading.is_empty() {
        column.heading = column.key.to_string();
    }
}

/// Whether a column is the one of a key, or holds one of the two wordings of it.
fn is_of(column: &Column, key: &str) -> bool {
    let wording =
        |it: &Column| it.key.strip_prefix(key).is_some_and(|it| it == "_ja" || it == "_en");
    column.key == key || (column.audience == Audience::Sheet && wording(column))
}

/// Returns the key of the column that a word names: the key itself, or what people call it in either language.
pub fn key(answer: &dyn Report, word: &str) -> Option<String> {
    let tables = [Lang::En, Lang::Ja].map(|lang| answer.table(lang));
    let columns = || tables.iter().flat_map(|table| &table.columns);
    let called = |it: &&Column| !it.heading.is_empty() && fold(&it.heading) == fold(word);
    let exact = columns().find(|it| it.key == word);
    let found = exact.or_else(|| columns().find(|it| fold(&it.key) == fold(word)));
    found.or_else(|| columns().find(called)).map(|it| it.key.to_string())
}

/// Returns the keys of all columns, in order.
pub fn keys(answer: &dyn Report) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for column in answer.table(Lang::En).columns {
        if !keys.iter().any(|key| *key == column.key) {
            keys.push(column.key.into_owned());
        }
    }
    keys
}

/// Returns the rows in the order of a column as people read it in `lang`, numbers by size, what is empty last; rows
/// that say the same stay in their order.
pub fn order(answer: &dyn Report, key: &str, is_descending: bool, lang: Lang) -> Vec<usize> {
    let table = answer.table(lang);
    let mut columns: Vec<&Column> = table.columns.iter().filter(|it| it.key == key).collect();
    columns.sort_by_key(|it| it.audience == Audience::Sheet);
    let Some(column) = columns.first() else { return (0..table.rows).collect() };
    let texts: Vec<String> = (0..table.rows)
        .map(|row| column.cell(row).on_page(lang, Room::Ample).to_lowercase())
        .collect();
    let mut rows: Vec<usize> = (0..table.rows).collect();
    rows.sort_by(|one, other| {
        let [one, other] = [&texts[*one], &texts[*other]];
        let said = one.is_empty().cmp(&other.is_empty());
        let ordering = compare(one, other);
        said.then(if is_descending { ordering.reverse() } else { ordering })
    });
    rows
}

fn compare(one: &str, other: &str) -> Ordering {
    let number = |text: &str| text.trim_end_matches('%').parse::<f64>().ok();
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        // Figures stand before words, so that the order is one.
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => one.cmp(other),
    }
}
