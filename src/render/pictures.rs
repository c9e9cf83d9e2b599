//! Draws answers: what is in the boxes, which arrows lead between them, and what stands around the picture.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use super::words;
use crate::graph::{Direction, Graph, Node, Relation};
use crate::lang::Lang;
use crate::model::{Basis, Core, NodeKind};
use crate::picture::diagram::{Content, Diagram, Tie};
use crate::picture::grid::{Cell, Grid, Row};
use crate::picture::{Color, Dash, Frame, Key, NotDrawn, Picture, ink};
use crate::query::compare::{self, Comparison};
use crate::query::draw::{Place, Scene};
use crate::query::path;
use crate::query::scope::{Acting, State};
use crate::query::show::Portrait;
use crate::query::trace::{Stage, Trace};

/// A picture, or why there is none.
type Drawn = Result<Picture, NotDrawn>;

/// The line by which a basis is drawn.
fn dash(basis: Basis) -> Dash {
    match basis {
        Basis::Stated => Dash::Solid,
        Basis::Inferred => Dash::Dashed,
        Basis::Curated => Dash::Dotted,
    }
}

fn color(kind: NodeKind) -> Color {
    match kind {
        NodeKind::Role | NodeKind::Organization => ink::ROLE,
        NodeKind::Stage => ink::STAGE,
        NodeKind::Program => ink::PROGRAM,
        NodeKind::Region => ink::REGION,
    }
}

/// A name with the mark of how it is known.
fn marked(node: Node, basis: Basis, context: Option<Node>, lang: Lang) -> String {
    format!("{}{}", words::name_then(node, context, lang), words::mark(basis))
}

/// What is told around a picture: which lines and marks mean what, the sources, and the date.
struct Around<'g> {
    graph: &'g Graph,
    lang: Lang,
    /// The relations that are told, and whether they are drawn as arrows.
    told: Vec<(Relation<'g>, bool)>,
}

impl<'g> Around<'g> {
    fn new(graph: &'g Graph, lang: Lang) -> Self {
        Around { graph, lang, told: Vec::new() }
    }

    fn tell(&mut self, relations: impl IntoIterator<Item = Relation<'g>>, are_arrows: bool) {
        self.told.extend(relations.into_iter().map(|it| (it, are_arrows)));
    }

    fn frame(&self, frame: Frame, title: String) -> Picture {
        frame.framed(title, &self.keys(), &self.notes(), self.lang)
    }

    fn keys(&self) -> Vec<Key> {
        let lang = self.lang;
        let of = |are_arrows: bool| -> BTreeSet<Basis> {
            self.told.iter().filter(|it| it.1 == are_arrows).map(|it| it.0.basis()).collect()
        };
        let meaning = |basis: Basis| match basis {
            Basis::Stated => lang.pick("stated by the source", "出典に明記"),
            Basis::Inferred => lang.pick("inferred", "推定"),
            Basis::Curated => lang.pick("curated (researched later)", "補足（後の調査）"),
        };
        let line = |basis: Basis| Key::Line(dash(basis), meaning(basis).to_owned());
        let mut keys: Vec<Key> = of(true).into_iter().map(line).collect();
        if of(false).into_iter().any(|basis| basis != Basis::Stated) {
            keys.push(Key::Text(words::marks(lang).to_owned()));
        }
        keys
    }

    /// The documents that everything rests on, and the date.
    fn notes(&self) -> Vec<String> {
        let lang = self.lang;
        let cited: BTreeSet<&str> = self.told.iter().flat_map(|it| it.0.documents()).collect();
        let sources: Vec<_> = self.graph.sources().filter(|it| cited.contains(it.id())).collect();
        let mut notes = Vec::new();
        if !sources.is_empty() {
            const FEW: usize = 6;
            let titles: Vec<&str> = sources
                .iter()
                .take(FEW)
                .map(|it| it.record().title.as_deref().unwrap_or(it.id()))
                .collect();
            let more = match sources.len().saturating_sub(FEW) {
                0 => String::new(),
                more => lang.pick(format!("; and {more} more"), format!("、ほか {more} 件")),
            };
            let titles = titles.join(lang.pick("; ", "、"));
            notes.push(
                lang.pick(format!("Sources: {titles}{more}"), format!("出典: {titles}{more}")),
            );
        }
        let newest =
            sources.iter().filter_map(|it| it.record().checked.max(it.record().date)).max();
        let date = match (self.graph.date(), newest) {
            (Some(date), _) => Some(lang.pick(format!("As of {date}"), format!("{date} 時点"))),
            (None, Some(date)) => {
                Some(lang.pick(format!("Sources up to {date}"), format!("出典は {date} まで")))
            }
            (None, None) => None,
        };
        notes.extend(date);
        notes
    }
}

/// The answer to `draw`: a region or a program with its roles.
pub struct Drawing<'a>(pub &'a Scene<'a>);

impl Report for Drawing<'_> {
    fn records(&self) -> super::Records<'_> {
        super::Records::one(self.0)
    }

    fn table(&self, lang: Lang) -> super::Table<'_> {
        super::list::relations(self.0.relations.iter().copied(), lang)
    }

    fn picture(&self, lang: Lang) -> Option<Drawn> {
        Some(scene(self.0, lang))
    }
}

fn scene(scene: &Scene, lang: Lang) -> Drawn {
    let mut around = Around::new(scene.of.graph(), lang);
    let mut diagram = Diagram::default();
    for place in &scene.boxes {
        let players = words::distinct(place.players.iter().map(|it| (it.from(), it.basis())));
        around.tell(place.players.iter().copied(), false);
        let node = place.node;
        diagram.boxes.push(Content {
            name: node.id().to_owned(),
            head: match node.context() {
                Some(context) if context == scene.of => {
                    node.generic().unwrap_or(node).name(lang).to_owned()
                }
                _ => words::name_then(node, None, lang).into_owned(),
            },
            items: players
                .iter()
                .map(|(player, basis)| marked(*player, *basis, Some(scene.of), lang))
                .collect(),
            color: Some(color(node.kind())),
        });
    }
    let mut groups: BTreeMap<(usize, usize, u16, Basis), Vec<Relation>> = BTreeMap::new();
    for (relation, (from, to)) in scene.relations.iter().zip(&scene.joins) {
        around.tell([*relation], true);
        let key = (*from, *to, relation.kind().index(), relation.basis());
        groups.entry(key).or_default().push(*relation);
    }
    for ((from, to, _, basis), relations) in groups {
        let kind = relations[0].kind();
        diagram.ties.push(Tie {
            from,
            to,
            label: label(&relations, &scene.boxes, lang),
            dash: dash(basis),
            is_both: kind.is_symmetric(),
        });
    }
    let name = scene.of.name(lang);
    let title = lang.pick(format!("{name}: who does what"), format!("{name}: 誰が何を担うか"));
    Ok(around.frame(diagram.lay()?, title))
}

/// What an arrow says: the kind, and of which members it speaks where it is not said of the roles.
fn label(relations: &[Relation], boxes: &[Place], lang: Lang) -> String {
    let kind = relations[0].kind().short(lang);
    let is_box = |node: Node| boxes.iter().any(|it| it.stands_for(node));
    let of = |it: &Relation| {
        let ends = [it.from(), it.to()].into_iter().filter(|node| !is_box(*node));
        ends.map(|node| node.name(lang)).collect::<Vec<_>>().join(" → ")
    };
    let members: BTreeSet<String> = relations.iter().map(of).filter(|it| !it.is_empty()).collect();
    if members.is_empty() || relations.iter().any(|it| of(it).is_empty()) {
        return kind.to_owned();
    }
    const FEW: usize = 2;
    let told = match members.len() {
        ..=FEW => members.into_iter().collect::<Vec<_>>().join(lang.pick("; ", "、")),
        many => lang.pick(format!("{many} members"), format!("{many} 件")),
    };
    format!("{kind}{}", words::bracketed(&told, lang))
}

/// A node in the middle, and around it what its relations lead to, a box for each kind.
pub fn portrait<'g>(portrait: &Portrait<'g>, lang: Lang) -> Drawn {
    const MOST_ITEMS: usize = 12;
    let node = portrait.node;
    let mut around = Around::new(node.graph(), lang);
    let middle = Content {
        name: node.id().to_owned(),
        head: words::name_then(node, None, lang).into_owned(),
        items: node.type_name(lang).map(str::to_owned).into_iter().collect(),
        color: Some(color(node.kind())),
    };
    let mut diagram = Diagram { boxes: vec![middle], ties: Vec::new() };
    let mut groups: BTreeMap<(Direction, u16, Basis), Vec<Relation>> = BTreeMap::new();
    for tie in &portrait.ties {
        // That a role in a context is one of the role in general needs no arrow.
        if tie.relation.is(Core::Specializes) {
            continue;
        }
        let key = (tie.direction.into(), tie.relation.kind().index(), tie.relation.basis());
        groups.entry(key).or_default().push(tie.relation);
    }
    for ((direction, _, basis), relations) in groups {
        around.tell(relations.iter().copied(), true);
        let kind = relations[0].kind();
        let other = |it: Relation<'g>| match direction {
            Direction::Forward => it.to(),
            Direction::Backward => it.from(),
        };
        let others =
            |it: &Relation<'g>| words::name_then(other(*it), Some(node), lang).into_owned();
        let mut items: Vec<String> = relations.iter().take(MOST_ITEMS).map(others).collect();
        if relations.len() > MOST_ITEMS {
            items.push(format!("… +{}", relations.len() - MOST_ITEMS));
        }
        diagram.boxes.push(Content {
            name: kind.id().to_owned(),
            head: kind.label(direction, lang).to_owned(),
            items,
            color: Some(color(other(relations[0]).kind())),
        });
        let number = diagram.boxes.len() - 1;
        let (from, to) = match direction {
            Direction::Forward => (0, number),
            Direction::Backward => (number, 0),
        };
        let is_both = kind.is_symmetric();
        diagram.ties.push(Tie { from, to, label: String::new(), dash: dash(basis), is_both });
    }
    let name = node.name(lang);
    let title = lang.pick(format!("{name} and what is around it"), format!("{name}とその周辺"));
    Ok(around.frame(diagram.lay()?, title))
}

/// Routes, as one graph.
pub fn routes(answer: &path::Answer, lang: Lang) -> Drawn {
    const MOST_ROUTES: usize = 20;
    let (from, to) = (answer.from.node, answer.to.node);
    let mut around = Around::new(from.graph(), lang);
    let mut diagram = Diagram::default();
    let mut places: BTreeMap<Node, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for course in answer.routes().take(MOST_ROUTES) {
        count += 1;
        for node in &course.route.nodes {
            places.entry(*node).or_insert_with(|| {
                diagram.boxes.push(Content {
                    name: node.id().to_owned(),
                    head: words::name_then(*node, None, lang).into_owned(),
                    items: Vec::new(),
                    color: Some(color(node.kind())),
                });
                diagram.boxes.len() - 1
            });
        }
        for (step, used) in
            course.route.steps.iter().flat_map(|it| it.relations.iter().map(move |by| (it, by)))
        {
            let relation = used.relation;
            if !seen.insert((step.from, step.to, relation.index())) {
                continue;
            }
            around.tell([relation], true);
            diagram.ties.push(Tie {
                from: places[&step.from],
                to: places[&step.to],
                label: match used.direction {
                    Direction::Forward => relation.kind().short(lang).to_owned(),
                    Direction::Backward => {
                        relation.kind().label(Direction::Backward, lang).to_owned()
                    }
                },
                dash: dash(relation.basis()),
                is_both: false,
            });
        }
    }
    let (from, to) = (from.name(lang), to.name(lang));
    let title = match count {
        1 => format!("{from} → {to}"),
        _ => lang.pick(
            format!("{from} → {to}: {count} routes"),
            format!("{from} → {to}: 経路 {count} 本"),
        ),
    };
    Ok(around.frame(diagram.lay()?, title))
}

/// Stages across, roles down, who acts in the cells; what nobody acts in is hatched.
pub fn trace(trace: &Trace, lang: Lang) -> Drawn {
    const MOST_NAMES: usize = 3;
    let Some(first) = trace.stages.first() else { return Err(crate::picture::nothing()) };
    let mut around = Around::new(first.stage.graph(), lang);
    let number: BTreeMap<Node, usize> =
        (0..).zip(&trace.stages).map(|(number, it)| (it.stage, number)).collect();
    let mut grid = Grid {
        columns: trace.stages.iter().map(|it| it.stage.name(lang).to_owned()).collect(),
        color: Some(ink::STAGE),
        ..Grid::default()
    };
    let count = trace.stages.len();
    let mut rows: BTreeMap<Node, Vec<Cell>> = BTreeMap::new();
    let mut order: Vec<Node> = Vec::new();
    for (column, stage) in trace.stages.iter().enumerate() {
        around.tell(stage.next.iter().copied(), true);
        let next = stage.next.iter().filter_map(|it| Some((*number.get(&it.to())?, it.basis())));
        grid.leads.extend(next.map(|(to, basis)| (column, to, dash(basis))));
        for acting in &stage.actors.acting {
            let role = acting.role.generic().unwrap_or(acting.role);
            let cells = rows.entry(role).or_insert_with(|| {
                order.push(role);
                vec![Cell::Blank; count]
            });
            around.tell(acting.all_players().chain([acting.acts_in]), false);
            add(&mut cells[column], players(acting, trace.of, lang), lang);
        }
    }
    for cells in rows.values_mut() {
        cells.iter_mut().for_each(|cell| shorten(cell, MOST_NAMES, lang));
    }
    let row = |role: Node| Row {
        head: role.name(lang).to_owned(),
        cells: rows[&role].clone(),
        color: Some(ink::ROLE),
    };
    grid.rows = order.into_iter().map(row).collect();
    let known = |state: State| Cell::Gap(words::state(state, lang).to_owned());
    let of_stage = |stage: &Stage| match stage.actors.state {
        State::Named => Cell::Blank,
        state => known(state),
    };
    if trace.stages.iter().any(|it| it.actors.state != State::Named) {
        grid.rows.push(Row {
            head: lang.pick("Nobody named", "担い手の記載なし").to_owned(),
            cells: trace.stages.iter().map(of_stage).collect(),
            color: Some(ink::QUIET),
        });
    }
    let support = |stage: &Stage| {
        let own = stage.support.by.iter().map(|it| (it.from(), it.basis()));
        let all = own.chain(stage.support.nationwide.iter().map(|it| (it.from(), it.basis())));
        let found = words::distinct(all);
        let mut cell = match found.is_empty() {
            true => known(stage.support.state),
            false => Cell::Items(
                found.iter().map(|(node, basis)| marked(*node, *basis, trace.of, lang)).collect(),
            ),
        };
        shorten(&mut cell, MOST_NAMES, lang);
        cell
    };
    for stage in &trace.stages {
        around.tell(stage.support.by.iter().chain(&stage.support.nationwide).copied(), false);
    }
    grid.rows.push(Row {
        head: lang.pick("Support", "支援").to_owned(),
        cells: trace.stages.iter().map(support).collect(),
        color: Some(ink::PROGRAM),
    });
    let whole = lang.pick("The whole atlas", "アトラス全体");
    let name = trace.of.map_or(whole, |of| of.name(lang));
    let title = lang.pick("from need to market", "ニーズから市場まで");
    Ok(around.frame(grid.lay()?, format!("{name}: {title}")))
}

/// Who plays a role, those who serve the whole country after the others.
fn players(acting: &Acting, of: Option<Node>, lang: Lang) -> Vec<String> {
    let own = words::distinct(acting.players.iter().map(|it| (it.from(), it.basis())));
    let wide = words::distinct(acting.nationwide.iter().map(|it| (it.from(), it.basis())));
    let own = own.iter().map(|(node, basis)| marked(*node, *basis, of, lang));
    let wide = wide.iter().map(|(node, basis)| serving(&marked(*node, *basis, of, lang), lang));
    own.chain(wide).collect()
}

/// One who serves the whole country.
fn serving(name: &str, lang: Lang) -> String {
    lang.pick(format!("nationwide: {name}"), format!("全国: {name}"))
}

/// Adds names to a cell; that a role is drawn with nobody is a gap.
fn add(cell: &mut Cell, names: Vec<String>, lang: Lang) {
    let nobody = || Cell::Gap(words::state(State::NobodyNamed, lang).to_owned());
    match (&mut *cell, names.is_empty()) {
        (Cell::Items(items), _) => {
            let new: Vec<String> = names.into_iter().filter(|it| !items.contains(it)).collect();
            items.extend(new);
        }
        (_, false) => *cell = Cell::Items(names),
        (_, true) => *cell = nobody(),
    }
}

fn shorten(cell: &mut Cell, most: usize, lang: Lang) {
    if let Cell::Items(items) = cell
        && items.len() > most + 1
    {
        let more = items.len() - most;
        items.truncate(most);
        items.push(lang.pick(format!("… and {more} more"), format!("… ほか {more} 者")));
    }
}

/// What each side has, in facing columns; what one of them has not is hatched.
pub fn comparison(comparison: &Comparison, lang: Lang) -> Drawn {
    const MOST_NAMES: usize = 8;
    let Some(first) = comparison.sides.first() else { return Err(crate::picture::nothing()) };
    let mut around = Around::new(first.node.graph(), lang);
    around.tell(comparison.relations(), false);
    let cell = |cell: &compare::Cell| {
        let wide = cell.who.len();
        let names = cell.who.iter().chain(&cell.nationwide).enumerate().map(|(number, who)| {
            let basis = who.relations.iter().map(|it| it.basis()).max().unwrap_or(Basis::Stated);
            let name = marked(who.node, basis, Some(cell.side), lang);
            match who.other {
                Some(other) => format!("{name} → {}", other.name(lang)),
                None if number >= wide => serving(&name, lang),
                None => name,
            }
        });
        let figures = cell.figures.iter().map(|it| words::amount(it.indicator, lang));
        let items: Vec<String> = names.chain(figures).collect();
        let mut drawn = match items.is_empty() {
            true => Cell::Gap(words::state(cell.state, lang).to_owned()),
            false => Cell::Items(items),
        };
        shorten(&mut drawn, MOST_NAMES, lang);
        drawn
    };
    let grid = Grid {
        columns: comparison.sides.iter().map(|it| it.node.name(lang).to_owned()).collect(),
        rows: comparison
            .rows
            .iter()
            .map(|row| Row {
                head: row.subject.called(lang),
                cells: row.cells.iter().map(cell).collect(),
                color: None,
            })
            .collect(),
        color: Some(ink::REGION),
        leads: Vec::new(),
    };
    let names: Vec<&str> = comparison.sides.iter().map(|it| it.node.name(lang)).collect();
    let title = names.join(lang.pick(" and ", "と"));
    let title = lang.pick(format!("{title} side by side"), format!("{title}の比較"));
    Ok(around.frame(grid.lay()?, title))
}
