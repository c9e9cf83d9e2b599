//! The explorer without a terminal: keys in, screens out.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{
    KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use unicode_width::UnicodeWidthStr;

use super::app::{App, Screen};
use super::view::draw;
use crate::atlas;
use crate::graph::Graph;
use crate::lang::Lang;
use crate::source::Layer;

const ATLAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/atlas");

fn graph() -> Graph {
    atlas::load(&[Layer::Folder(ATLAS.into())]).unwrap()
}

fn app(graph: &Graph, lang: Lang) -> App<'_> {
    App::new(graph, lang, Vec::new(), String::new(), None)
}

fn press(app: &mut App, keys: &[KeyCode]) {
    keys.iter().for_each(|key| app.key(KeyEvent::new(*key, KeyModifiers::NONE)));
}

fn typed(app: &mut App, text: &str) {
    text.chars().for_each(|c| press(app, &[KeyCode::Char(c)]));
}

/// The screen as lines.
fn screen(app: &mut App, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(app, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let mut lines = Vec::new();
    for y in 0..height {
        let (mut line, mut x) = (String::new(), 0);
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            // A wide character takes two cells.
            x += symbol.width().max(1) as u16;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

#[test]
fn a_search_leads_to_a_card_and_on_and_back() {
    let graph = graph();
    let mut app = app(&graph, Lang::Ja);
    typed(&mut app, "国循");
    assert_eq!(app.found[0].id(), "ncvc");
    insta::assert_snapshot!("search_ja", screen(&mut app, 80, 24));
    press(&mut app, &[KeyCode::Enter]);
    assert_eq!(app.node.unwrap().id(), "ncvc");
    insta::assert_snapshot!("card_ja", screen(&mut app, 80, 24));
    press(&mut app, &[KeyCode::Down, KeyCode::Down, KeyCode::Enter]);
    let second = app.node.unwrap().id();
    assert_ne!(second, "ncvc");
    press(&mut app, &[KeyCode::Left]);
    assert_eq!((app.node.unwrap().id(), app.chosen), ("ncvc", 2), "back to the line it left");
    press(&mut app, &[KeyCode::Esc]);
    assert_eq!((app.screen, &*app.query), (Screen::Search, "国循"));
    press(&mut app, &[KeyCode::Esc, KeyCode::Esc]);
    assert!(app.is_over);
}

#[test]
fn two_marks_give_the_routes_of_path() {
    let graph = graph();
    let mut app = app(&graph, Lang::En);
    press(&mut app, &[KeyCode::Enter, KeyCode::Char('r')]);
    assert!(app.told.contains("mark two nodes"));
    for name in ["ncvc", "Approval obtained"] {
        press(&mut app, &[KeyCode::Char('/')]);
        press(&mut app, &[KeyCode::Esc]);
        typed(&mut app, name);
        press(&mut app, &[KeyCode::Enter, KeyCode::Char('m')]);
    }
    press(&mut app, &[KeyCode::Char('r')]);
    assert_eq!(app.screen, Screen::Routes);
    let ids: Vec<&str> = app.stops.iter().map(|it| it.node.id()).collect();
    let hops = app.stops.iter().filter(|it| it.route == 1).count() - 1;
    assert_eq!((ids[0], ids[hops]), ("ncvc", "approval"));
    assert_eq!(app.command(), "medclust path ncvc approval -k 5 --lang en");
    insta::assert_snapshot!("routes_en", screen(&mut app, 80, 24));
}

#[test]
fn the_language_and_the_basis_change_what_is_shown() {
    let graph = graph();
    let mut app = app(&graph, Lang::En);
    typed(&mut app, "ncvc");
    press(&mut app, &[KeyCode::Enter]);
    let all = app.ties.len();
    press(&mut app, &[KeyCode::Char('b')]);
    assert!(app.ties.len() < all && !app.ties.is_empty());
    assert_eq!(app.command(), "medclust show ncvc --basis stated --lang en");
    press(&mut app, &[KeyCode::Char('l')]);
    assert!(screen(&mut app, 80, 24).contains("国立循環器病研究センター"));
    press(&mut app, &[KeyCode::Char('y')]);
    assert_eq!(app.copied.as_deref(), Some("medclust show ncvc --basis stated --lang ja"));
    press(&mut app, &[KeyCode::Char('?')]);
    insta::assert_snapshot!("help_ja", screen(&mut app, 80, 24));
}

#[test]
fn the_mouse_chooses_opens_and_goes_back() {
    let graph = graph();
    let mut app = app(&graph, Lang::En);
    screen(&mut app, 80, 24);
    let mouse = |kind, row| MouseEvent { kind, column: 5, row, modifiers: KeyModifiers::NONE };
    let first = app.room.1;
    app.mouse(mouse(MouseEventKind::Down(MouseButton::Left), first + 3));
    assert_eq!(app.chosen, 3);
    let wanted = app.found[3];
    app.mouse(mouse(MouseEventKind::Down(MouseButton::Left), first + 3));
    assert_eq!(app.node, Some(wanted));
    app.mouse(mouse(MouseEventKind::Down(MouseButton::Left), 0));
    app.mouse(mouse(MouseEventKind::ScrollDown, 9));
    app.mouse(mouse(MouseEventKind::Down(MouseButton::Right), 9));
    assert_eq!(app.screen, Screen::Search);
}

#[test]
fn the_chosen_line_stays_in_sight_and_no_size_breaks_it() {
    let graph = graph();
    let mut app = app(&graph, Lang::Ja);
    for (width, height) in [(80, 24), (20, 6), (200, 60), (3, 2), (1, 1)] {
        press(&mut app, &[KeyCode::PageDown, KeyCode::PageDown]);
        screen(&mut app, width, height);
        assert!(app.top <= app.chosen && app.chosen < app.top + app.room.0, "{width} {height}");
    }
    typed(&mut app, "zzzzzzzzzz");
    assert!(screen(&mut app, 80, 24).contains("該当なし"));
    press(&mut app, &[KeyCode::Enter, KeyCode::Down, KeyCode::PageUp]);
}
