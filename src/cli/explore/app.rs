//! What the explorer shows, and what each key does; it knows no terminal.

use ratatui::crossterm::event::{
    KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::graph::{Graph, Node};
use crate::lang::Lang;
use crate::model::Basis;
use crate::query::counted::Counted;
use crate::query::path::{Question, Route, Steps, path};
use crate::query::show::show;
use crate::query::tie::Tie;
use crate::render::words;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// A text, and the nodes whose names are near to it.
    Search,
    /// A node and its relations.
    Card,
    /// The routes between the two nodes that are marked.
    Routes,
    /// The keys.
    Help,
}

/// A line of the routes: the route that it belongs to, a node, and the relation that leads to it.
pub struct Stop<'g> {
    /// The number of the route, from 1.
    pub route: usize,
    /// The node.
    pub node: Node<'g>,
    /// What leads to it, as a word and its basis.
    pub by: Option<(String, Basis)>,
}

/// The explorer.
pub struct App<'g> {
    graph: &'g Graph,
    /// The options of the command line that say which atlas it is.
    options: String,
    /// The language.
    pub lang: Lang,
    /// The statements that count; all where empty.
    pub bases: Vec<Basis>,
    /// What is on the screen.
    pub screen: Screen,
    /// What was typed.
    pub query: String,
    /// The nodes that were found.
    pub found: Vec<Node<'g>>,
    /// The node of the card.
    pub node: Option<Node<'g>>,
    /// Its relations.
    pub ties: Vec<Tie<'g>>,
    /// The routes.
    pub stops: Vec<Stop<'g>>,
    /// The nodes that are marked, two at most.
    pub marks: Vec<Node<'g>>,
    /// The line that is chosen, and the first that is shown.
    pub chosen: usize,
    /// The first line that is shown.
    pub top: usize,
    /// How many lines of the list there is room for, and on which line of the screen it begins; the view says.
    pub room: (usize, u16),
    /// What is told at the bottom.
    pub told: String,
    /// What is to be copied to the clipboard.
    pub copied: Option<String>,
    /// Whether it has ended.
    pub is_over: bool,
    /// Where it was before: the node and the line.
    way: Vec<(Node<'g>, usize)>,
    before_help: Screen,
}

/// Which statements count, one key after the other.
const BASES: [&[Basis]; 4] =
    [&[], &[Basis::Stated], &[Basis::Stated, Basis::Inferred], &[Basis::Stated, Basis::Curated]];

/// So many nodes are found.
const MOST_FOUND: usize = 200;
/// So many routes are shown.
const MOST_ROUTES: usize = 5;

impl<'g> App<'g> {
    /// Begins with a search, or with a node.
    pub fn new(
        graph: &'g Graph,
        lang: Lang,
        bases: Vec<Basis>,
        options: String,
        at: Option<Node<'g>>,
    ) -> Self {
        let mut app = App {
            graph,
            options,
            lang,
            bases,
            screen: Screen::Search,
            query: String::new(),
            found: Vec::new(),
            node: None,
            ties: Vec::new(),
            stops: Vec::new(),
            marks: Vec::new(),
            chosen: 0,
            top: 0,
            room: (1, 0),
            told: String::new(),
            copied: None,
            is_over: false,
            way: Vec::new(),
            before_help: Screen::Search,
        };
        app.search();
        if let Some(node) = at {
            app.open(node, 0);
        }
        app
    }

    /// Returns how many lines the list has.
    pub fn lines(&self) -> usize {
        match self.screen {
            Screen::Search => self.found.len(),
            Screen::Card => self.ties.len(),
            Screen::Routes => self.stops.len(),
            Screen::Help => 0,
        }
    }

    /// Returns the command that gives the same answer.
    pub fn command(&self) -> String {
        let question = match self.screen {
            Screen::Search | Screen::Help => format!("search {}", quoted(&self.query)),
            Screen::Card => format!("show {}", quoted(self.node.map_or("", |it| it.id()))),
            Screen::Routes => {
                let ends: Vec<String> = self.marks.iter().map(|it| quoted(it.id())).collect();
                format!("path {} -k {MOST_ROUTES}", ends.join(" "))
            }
        };
        let bases: String = self
            .bases
            .iter()
            .map(|it| format!(" --basis {}", words::basis(*it, None, Lang::En)))
            .collect();
        format!("medclust{} {question}{bases} --lang {}", self.options, self.lang.as_str())
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: KeyEvent) {
        self.told.clear();
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, self.screen) {
            (KeyCode::Char('c' | 'q'), _) if is_control => self.is_over = true,
            (KeyCode::Char('l'), Screen::Search) if is_control => self.speak(),
            (KeyCode::Char('b'), Screen::Search) if is_control => self.weigh(),
            (KeyCode::Char('y'), Screen::Search) if is_control => self.copy(),
            (KeyCode::F(1), screen) if screen != Screen::Help => self.help(),
            (_, Screen::Help) => self.screen = self.before_help,
            (KeyCode::Up, _) => self.step(-1),
            (KeyCode::Down, _) => self.step(1),
            (KeyCode::PageUp, _) => self.step(-(self.room.0 as isize)),
            (KeyCode::PageDown, _) => self.step(self.room.0 as isize),
            (KeyCode::Enter, _) => self.enter(),
            (KeyCode::Esc, Screen::Search) => match self.query.is_empty() {
                true => self.is_over = true,
                false => self.type_in(|query| query.clear()),
            },
            (KeyCode::Backspace, Screen::Search) => self.type_in(|query| {
                query.pop();
            }),
            (KeyCode::Char(c), Screen::Search) if !is_control => {
                self.type_in(|query| query.push(c))
            }
            (_, Screen::Search) => {}
            (KeyCode::Home, _) => self.step(isize::MIN / 2),
            (KeyCode::End, _) => self.step(isize::MAX / 2),
            (KeyCode::Right, _) => self.enter(),
            (KeyCode::Left | KeyCode::Backspace | KeyCode::Esc, _) => self.back(),
            (KeyCode::Char('k'), _) => self.step(-1),
            (KeyCode::Char('j'), _) => self.step(1),
            (KeyCode::Char('/'), _) => self.show_screen(Screen::Search),
            (KeyCode::Char('m'), Screen::Card) => self.mark(),
            (KeyCode::Char('r'), _) => self.routes(),
            (KeyCode::Char('l'), _) => self.speak(),
            (KeyCode::Char('b'), _) => self.weigh(),
            (KeyCode::Char('y'), _) => self.copy(),
            (KeyCode::Char('?'), _) => self.help(),
            (KeyCode::Char('q'), _) => self.is_over = true,
            _ => {}
        }
    }

    /// Does what the mouse asks for: a click chooses a line, a second one follows it, the wheel moves.
    pub fn mouse(&mut self, mouse: MouseEvent) {
        match mouse.kind {
            MouseEventKind::ScrollUp => self.step(-3),
            MouseEventKind::ScrollDown => self.step(3),
            MouseEventKind::Down(MouseButton::Left) => {
                let (room, first) = self.room;
                let Some(line) = mouse.row.checked_sub(first).map(usize::from) else { return };
                let line = self.top + line;
                if line >= self.lines() || line - self.top >= room {
                    return;
                }
                if line == self.chosen {
                    self.enter();
                } else {
                    self.chosen = line;
                }
            }
            MouseEventKind::Down(MouseButton::Right) => self.back(),
            _ => {}
        }
    }

    /// Keeps the chosen line in sight, where there is room for so many.
    pub fn fit(&mut self, room: usize, first: u16) {
        self.room = (room.max(1), first);
        self.top = self.top.min(self.chosen).max((self.chosen + 1).saturating_sub(self.room.0));
    }

    fn type_in(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.query);
        self.search();
    }

    fn search(&mut self) {
        self.found = match self.query.trim().is_empty() {
            true => self.graph.nodes().take(MOST_FOUND).collect(),
            false => self.graph.matches(&self.query).into_iter().map(|it| it.node).collect(),
        };
        let mut seen = std::collections::HashSet::new();
        self.found.retain(|node| seen.insert(*node));
        self.found.truncate(MOST_FOUND);
        (self.chosen, self.top) = (0, 0);
    }

    fn step(&mut self, by: isize) {
        let last = self.lines().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    fn show_screen(&mut self, screen: Screen) {
        self.screen = screen;
        (self.chosen, self.top) = (0, 0);
    }

    /// Follows the chosen line.
    fn enter(&mut self) {
        let to = match self.screen {
            Screen::Search => self.found.get(self.chosen).copied(),
            Screen::Card => self.ties.get(self.chosen).map(|it| it.node),
            Screen::Routes => self.stops.get(self.chosen).map(|it| it.node),
            Screen::Help => None,
        };
        let Some(to) = to else { return };
        if let (Some(node), Screen::Card) = (self.node, self.screen) {
            self.way.push((node, self.chosen));
        }
        self.open(to, 0);
    }

    fn open(&mut self, node: Node<'g>, chosen: usize) {
        self.node = Some(node);
        let counted = Counted::on(self.graph, &self.bases);
        self.ties = show(node, &counted).ties;
        self.screen = Screen::Card;
        (self.chosen, self.top) = (chosen.min(self.ties.len().saturating_sub(1)), 0);
    }

    /// Goes back to the node before, or else to the search.
    fn back(&mut self) {
        match (self.screen, self.way.pop()) {
            (Screen::Search | Screen::Help, _) => {}
            (Screen::Routes, last) => {
                self.way.extend(last);
                match self.node {
                    Some(node) => self.open(node, 0),
                    None => self.show_screen(Screen::Search),
                }
            }
            (Screen::Card, Some((node, chosen))) => self.open(node, chosen),
            (Screen::Card, None) => self.show_screen(Screen::Search),
        }
    }

    /// Marks the node of the card, or takes its mark away; of three, the two that were marked last stay.
    fn mark(&mut self) {
        let Some(node) = self.node else { return };
        match self.marks.iter().position(|it| *it == node) {
            Some(place) => {
                self.marks.remove(place);
            }
            None => self.marks.push(node),
        }
        if self.marks.len() > 2 {
            self.marks.remove(0);
        }
        self.told = match self.marks[..] {
            [] => self.lang.pick("no mark", "印はありません").to_owned(),
            [one] => {
                let name = one.name(self.lang);
                self.lang.pick(
                    format!("marked: {name}; mark another one, then r shows routes"),
                    format!("印: {name}。もう一つに印を付けると r で経路を表示"),
                )
            }
            _ => self.lang.pick("r shows routes", "r で経路を表示").to_owned(),
        };
    }

    fn routes(&mut self) {
        let [from, to] = self.marks[..] else {
            let en = "mark two nodes with m first";
            self.told = self.lang.pick(en, "先に m で二つのノードに印を付けてください").to_owned();
            return;
        };
        let question = Question {
            count: Some(MOST_ROUTES),
            steps: Steps { bases: self.bases.clone(), ..Steps::default() },
            ..Question::between(from, to)
        };
        let answer = path(self.graph, &question);
        let routes: Vec<Route> = answer.routes().map(|it| it.route).collect();
        self.stops =
            (1..).zip(&routes).flat_map(|(number, it)| self.stops_of(number, it)).collect();
        self.show_screen(Screen::Routes);
        if self.stops.is_empty() {
            self.told = self.lang.pick("no route", "経路はありません").to_owned();
        }
    }

    fn stops_of(&self, number: usize, route: &Route<'g>) -> Vec<Stop<'g>> {
        let first = Stop { route: number, node: route.nodes[0], by: None };
        let further = route.steps.iter().map(|step| {
            let used = step.relations.first();
            let by = used.map(|used| {
                let label = used.relation.kind().label(used.direction, self.lang).to_owned();
                (label, used.relation.basis())
            });
            Stop { route: number, node: step.to, by }
        });
        std::iter::once(first).chain(further).collect()
    }

    /// Changes the language.
    fn speak(&mut self) {
        self.lang = self.lang.pick(Lang::Ja, Lang::En);
        self.again();
    }

    /// Changes which statements count.
    fn weigh(&mut self) {
        let now = BASES.iter().position(|it| *it == self.bases).unwrap_or(0);
        self.bases = BASES[(now + 1) % BASES.len()].to_vec();
        self.again();
    }

    /// Asks again what is on the screen.
    fn again(&mut self) {
        match (self.screen, self.node) {
            (Screen::Card, Some(node)) => self.open(node, self.chosen),
            (Screen::Routes, _) => self.routes(),
            _ => {}
        }
    }

    fn copy(&mut self) {
        let command = self.command();
        self.told.clone_from(&command);
        self.copied = Some(command);
    }

    fn help(&mut self) {
        self.before_help = self.screen;
        self.screen = Screen::Help;
    }
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.@/:".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("ncvc"), "ncvc");
        assert_eq!(quoted("国循"), "国循");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's $HOME"), "'it'\\''s $HOME'");
        assert_eq!(quoted(""), "''");
    }
}
