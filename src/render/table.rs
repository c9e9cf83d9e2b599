//! Tables: rows, and columns that compute their cells.
//!
//! One declaration serves every format. A column may be for pages or for sheets only, and declares
//! whether a narrow page can leave it out.

use std::borrow::Cow;
use std::rc::Rc;

use super::Cell;
use crate::graph::{Direction, Node, Relation, RelationKind};
use crate::lang::Lang;
use crate::model::{Basis, Confidence, Date, Text};
use crate::render::words;

/// Rows under columns.
pub struct Table<'a> {
    /// The columns, in order.
    pub columns: Vec<Column<'a>>,
    /// How many rows there are.
    pub rows: usize,
    stands_out: Option<Box<dyn Fn(usize) -> bool + 'a>>,
}

/// A column of a table.
pub struct Column<'a> {
    /// The key for scripts, the same in every language.
    pub key: Cow<'static, str>,
    /// The heading for people; may be empty.
    pub heading: String,
    /// The formats that show it.
    pub audience: Audience,
    /// The rank in which a narrow page leaves it out, lowest first; `None` if it never does.
    pub spare: Option<u8>,
    /// The address of a page of the web that a cell leads to.
    link: Option<Box<dyn Fn(usize) -> Option<&'a str> + 'a>>,
    /// Whether a page leaves out a cell with the same text as the one above it, in this column and
    /// in such columns before it.
    pub once: bool,
    cell: Box<dyn Fn(usize) -> Cell<'a> + 'a>,
}

/// The formats that show a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Every format.
    All,
    /// Pages for people.
    Page,
    /// Spreadsheets.
    Sheet,
}

impl<'a> Column<'a> {
    /// Returns the cell in a row, counted from 0.
    pub fn cell(&self, row: usize) -> Cell<'a> {
        (self.cell)(row)
    }

    /// Returns the address that the cell in a row leads to.
    pub fn link(&self, row: usize) -> Option<&'a str> {
        self.link.as_ref().and_then(|link| link(row))
    }
}

impl<'a> Table<'a> {
    /// Starts a table of these rows, with headings in `lang`.
    pub fn of<T: 'a>(rows: impl IntoIterator<Item = T>, lang: Lang) -> Declaration<'a, T> {
        let rows: Rc<Vec<T>> = Rc::new(rows.into_iter().collect());
        let table = Table { columns: Vec::new(), rows: rows.len(), stands_out: None };
        Declaration { rows, lang, table }
    }

    /// Puts tables of the same columns below each other.
    pub fn stacked(head: Table<'a>, tables: Vec<Table<'a>>) -> Self {
        let starts: Vec<usize> = tables
            .iter()
            .scan(0, |next, table| Some(std::mem::replace(next, *next + table.rows)))
            .collect();
        let tables = Rc::new(tables);
        let all = tables.iter().map(|table| table.rows).sum();
        let columns = head.columns.into_iter().enumerate().map(|(number, column)| {
            let (tables, starts) = (Rc::clone(&tables), starts.clone());
            let cell = move |row: usize| {
                let table = starts.partition_point(|start| *start <= row) - 1;
                tables[table].columns[number].cell(row - starts[table])
            };
            Column { cell: Box::new(cell), ..column }
        });
        Table { columns: columns.collect(), rows: all, stands_out: None }
    }

    /// Returns whether a row, counted from 0, is highlighted on a page.
    pub fn stands_out(&self, row: usize) -> bool {
        self.stands_out.as_ref().is_some_and(|stands_out| stands_out(row))
    }

    /// Returns the columns for sheets.
    pub fn sheet(&self) -> impl Iterator<Item = &Column<'a>> {
        self.columns.iter().filter(|column| column.audience != Audience::Page)
    }

    /// Returns the columns for pages.
    pub fn page(&self) -> impl Iterator<Item = &Column<'a>> {
        self.columns.iter().filter(|column| column.audience != Audience::Sheet)
    }
}

/// Builds a table column by column.
pub struct Declaration<'a, T> {
    rows: Rc<Vec<T>>,
    lang: Lang,
    table: Table<'a>,
}

impl<'a, T: 'a> Declaration<'a, T> {
    fn add(
        mut self,
        key: impl Into<Cow<'static, str>>,
        heading: impl Into<String>,
        audience: Audience,
        cell: impl Fn(&T) -> Cell<'a> + 'a,
    ) -> Self {
        let rows = Rc::clone(&self.rows);
        self.table.columns.push(Column {
            key: key.into(),
            heading: heading.into(),
            audience,
            spare: None,
            once: false,
            link: None,
            cell: Box::new(move |row| cell(&rows[row])),
        });
        self
    }

    /// Adds a column for every format.
    pub fn column(
        self,
        key: impl Into<Cow<'static, str>>,
        en: &str,
        ja: &str,
        cell: impl Fn(&T) -> Cell<'a> + 'a,
    ) -> Self {
        let heading = self.lang.pick(en, ja);
        self.add(key, heading, Audience::All, cell)
    }

    /// Adds a column for pages only.
    pub fn page(
        self,
        key: impl Into<Cow<'static, str>>,
        en: &str,
        ja: &str,
        cell: impl Fn(&T) -> Cell<'a> + 'a,
    ) -> Self {
        let heading = self.lang.pick(en, ja);
        self.add(key, heading, Audience::Page, cell)
    }

    /// Adds a column for spreadsheets only.
    pub fn sheet(
        self,
        key: impl Into<Cow<'static, str>>,
        cell: impl Fn(&T) -> Cell<'a> + 'a,
    ) -> Self {
        self.add(key, "", Audience::Sheet, cell)
    }

    /// Adds two columns for spreadsheets, the Japanese and the English wording of a text.
    pub fn both(self, key: &str, text: impl Fn(&T) -> Option<&'a Text> + 'a) -> Self {
        let text = Rc::new(text);
        let english = Rc::clone(&text);
        self.sheet(format!("{key}_ja"), move |it| wording(text(it).and_then(|it| it.ja.as_deref())))
            .sheet(format!("{key}_en"), move |it| {
                wording(english(it).and_then(|it| it.en.as_deref()))
            })
    }

    /// Adds two columns for spreadsheets, the Japanese and the English names of nodes whose ids
    /// another column tells, in the same order.
    pub fn names<I: IntoIterator<Item = Node<'a>>>(
        self,
        key: &str,
        nodes: impl Fn(&T) -> I + 'a,
    ) -> Self {
        let nodes = Rc::new(nodes);
        let english = Rc::clone(&nodes);
        let name = |name: &'a Option<String>| name.as_deref().unwrap_or_default();
        self.sheet(format!("{key}_ja"), move |it| {
            Cell::list(nodes(it).into_iter().map(|node| name(&node.record().name.ja)))
        })
        .sheet(format!("{key}_en"), move |it| {
            Cell::list(english(it).into_iter().map(|node| name(&node.record().name.en)))
        })
    }

    /// Adds a column of kinds of relation: what they are called for people, ids for spreadsheets.
    pub fn relation(self, kind: impl Fn(&T) -> Option<(RelationKind<'a>, Direction)> + 'a) -> Self {
        self.column("kind", "RELATION", "関係", move |it| {
            Cell::maybe(kind(it), |(kind, direction)| Cell::Relation(kind, direction))
        })
    }

    /// Adds a column of bases; spreadsheets have the confidence of inferences apart.
    pub fn basis(self, basis: impl Fn(&T) -> Option<(Basis, Option<Confidence>)> + 'a) -> Self {
        let (lang, basis) = (self.lang, Rc::new(basis));
        let confidence = Rc::clone(&basis);
        self.column("basis", "BASIS", "根拠", move |it| {
            Cell::maybe(basis(it), |(basis, confidence)| {
                Cell::word(basis, words::basis(basis, confidence, lang))
            })
        })
        .sheet("confidence", move |it| Cell::spelt(confidence(it).and_then(|(_, it)| it)))
    }

    /// Adds the columns of the basis of a relation; a page tells whether it is inherited.
    pub fn standing(self, relation: impl Fn(&T) -> Option<Relation<'a>> + 'a) -> Self {
        let (lang, relation) = (self.lang, Rc::new(relation));
        let confidence = Rc::clone(&relation);
        self.column("basis", "BASIS", "根拠", move |it| {
            Cell::maybe(relation(it), |it| Cell::word(it.basis(), words::standing(it, lang)))
        })
        .sheet("confidence", move |it| Cell::spelt(confidence(it).and_then(Relation::confidence)))
    }

    /// Adds a column of citations.
    pub fn sources(self, sources: impl Fn(&T) -> Vec<&'a str> + 'a) -> Self {
        self.column("sources", "SOURCES", "出典", move |it| Cell::Sources(sources(it)))
    }

    /// Adds a column of spans of time; spreadsheets have their ends apart.
    pub fn span(self, span: impl Fn(&T) -> (Option<Date>, Option<Date>) + 'a) -> Self {
        let span = Rc::new(span);
        let (since, until) = (Rc::clone(&span), Rc::clone(&span));
        self.page("when", "WHEN", "時期", move |it| {
            let (since, until) = span(it);
            words::span(since, until).into()
        })
        .sheet("since", move |it| Cell::spelt(since(it).0))
        .sheet("until", move |it| Cell::spelt(until(it).1))
    }

    /// Lets a narrow page leave out the column that was added last; columns of the lowest rank are
    /// left out first.
    pub fn spare(mut self, rank: u8) -> Self {
        self.last(|column| column.spare = Some(rank));
        self
    }

    /// Has the cells of the column that was added last lead to pages of the web.
    pub fn linked(mut self, address: impl Fn(&T) -> Option<&'a str> + 'a) -> Self {
        let rows = Rc::clone(&self.rows);
        self.last(|column| column.link = Some(Box::new(move |row| address(&rows[row]))));
        self
    }

    /// Lets a page show equal values of the column that was added last only in the first of several
    /// rows.
    pub fn once(mut self) -> Self {
        self.last(|column| column.once = true);
        self
    }

    /// Changes the heading for people of the column that was added last.
    fn last(&mut self, change: impl FnOnce(&mut Column<'a>)) {
        let mut columns = self.table.columns.iter_mut().rev();
        columns.find(|column| column.audience != Audience::Sheet).map(change);
    }

    /// Highlights rows on a page.
    pub fn strong(mut self, stands_out: impl Fn(&T) -> bool + 'a) -> Self {
        let rows = Rc::clone(&self.rows);
        self.table.stands_out = Some(Box::new(move |row| stands_out(&rows[row])));
        self
    }

    /// Returns the table.
    pub fn table(self) -> Table<'a> {
        self.table
    }
}

fn wording(text: Option<&str>) -> Cell<'_> {
    Cell::maybe(text, Cell::from)
}
