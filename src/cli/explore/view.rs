//! Draws the explorer: a title, the list with what belongs to it, and two lines at the bottom.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use super::app::{App, Screen};
use crate::graph::Node;
use crate::model::Basis;
use crate::render::{clean, words};

const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
const QUIET: Style = Style::new().add_modifier(Modifier::DIM);
const CHOSEN: Style = Style::new().add_modifier(Modifier::REVERSED);
const ACCENT: Style = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);

/// Draws what is on the screen.
pub fn draw(app: &mut App, frame: &mut Frame) {
    let rows =
        [Constraint::Length(1), Constraint::Min(1), Constraint::Length(1), Constraint::Length(1)];
    let [title, body, told, keys] = Layout::vertical(rows).areas(frame.area());
    frame.render_widget(Paragraph::new(heading(app)), title);
    frame.render_widget(Paragraph::new(Line::styled(shown(&app.told), ACCENT)), told);
    frame.render_widget(Paragraph::new(Line::styled(hints(app), QUIET)), keys);
    match app.screen {
        Screen::Search => search(app, frame, body),
        Screen::Card => card(app, frame, body),
        Screen::Routes => list(app, frame, body),
        Screen::Help => help(app, frame, body),
    }
}

/// A text without what would steer the terminal.
fn shown(text: &str) -> String {
    clean(text).replace('\n', " ")
}

fn heading<'a>(app: &App) -> Line<'a> {
    let bases = match app.bases.is_empty() {
        true => app.lang.pick("every basis", "すべての根拠").to_owned(),
        false => {
            let names = app.bases.iter().map(|it| words::basis(*it, None, app.lang));
            names.collect::<Vec<_>>().join(app.lang.pick(", ", "・"))
        }
    };
    let marks: Vec<&str> = app.marks.iter().map(|it| it.name(app.lang)).collect();
    let marks = match marks.is_empty() {
        true => String::new(),
        false => format!("  ◆ {}", shown(&marks.join(" → "))),
    };
    Line::from(vec![
        Span::styled("medclust", ACCENT),
        Span::styled(format!("  {bases}"), QUIET),
        Span::styled(marks, STRONG),
    ])
}

fn hints(app: &App) -> String {
    let hints = match app.screen {
        Screen::Search => app.lang.pick(
            "type to search  ↑↓ choose  Enter open  F1 help  Esc quit",
            "入力して検索  ↑↓ 選ぶ  Enter 開く  F1 ヘルプ  Esc 終了",
        ),
        Screen::Card => app.lang.pick(
            "↑↓ choose  Enter follow  ← back  m mark  r routes  / search  ? help  q quit",
            "↑↓ 選ぶ  Enter 進む  ← 戻る  m 印  r 経路  / 検索  ? ヘルプ  q 終了",
        ),
        Screen::Routes => app.lang.pick(
            "↑↓ choose  Enter open  ← back  / search  ? help  q quit",
            "↑↓ 選ぶ  Enter 開く  ← 戻る  / 検索  ? ヘルプ  q 終了",
        ),
        Screen::Help => app.lang.pick("any key goes back", "どのキーでも戻ります"),
    };
    hints.to_owned()
}

fn search(app: &mut App, frame: &mut Frame, area: Rect) {
    let [input, rest] = Layout::vertical([Constraint::Length(2), Constraint::Min(1)]).areas(area);
    let prompt = app.lang.pick("Search: ", "検索: ");
    let line = format!("{prompt}{}", shown(&app.query));
    let column = unicode_width::UnicodeWidthStr::width(&*line) as u16;
    frame.render_widget(Paragraph::new(Line::styled(line, STRONG)), input);
    frame.set_cursor_position((input.x + column.min(input.width.saturating_sub(1)), input.y));
    list(app, frame, rest);
}

fn card(app: &mut App, frame: &mut Frame, area: Rect) {
    let Some(node) = app.node else { return };
    let facts = facts(node, app);
    let wide = usize::from(area.width.max(1));
    let lines: usize = facts.iter().map(|it| it.width().div_ceil(wide).max(1)).sum();
    let high = (lines as u16).min(area.height / 2) + 1;
    let [top, rest] = Layout::vertical([Constraint::Length(high), Constraint::Min(1)]).areas(area);
    frame.render_widget(Paragraph::new(facts).wrap(Wrap { trim: false }), top);
    list(app, frame, rest);
}

/// What is known of a node itself.
fn facts<'a>(node: Node, app: &App) -> Vec<Line<'a>> {
    let lang = app.lang;
    let name = words::name_then(node, None, lang);
    let mut lines = vec![Line::styled(shown(&name), STRONG)];
    let kind = words::kind(node.kind(), lang);
    let sort = node.type_name(lang).or(node.r#type()).unwrap_or(kind);
    let place = node.region().or(node.context()).map(|it| it.name(lang)).unwrap_or_default();
    let basis = words::basis(node.basis(), None, lang);
    let about = [sort, place, node.id(), &basis].map(shown);
    let about: Vec<String> = about.into_iter().filter(|it| !it.is_empty()).collect();
    lines.push(Line::styled(about.join(" · "), QUIET));
    let aliases = node.aliases().join(lang.pick(", ", "、"));
    let record = node.record();
    let further = [
        Some(aliases),
        record.summary.in_lang(lang).map(str::to_owned),
        node.website().map(str::to_owned),
    ];
    lines.extend(
        further.into_iter().flatten().filter(|it| !it.is_empty()).map(|it| Line::raw(shown(&it))),
    );
    let sources: Vec<&str> = node.sources().collect();
    if !sources.is_empty() {
        let label = lang.pick("Sources: ", "出典: ");
        lines.push(Line::styled(format!("{label}{}", shown(&sources.join(", "))), QUIET));
    }
    lines
}

fn list(app: &mut App, frame: &mut Frame, area: Rect) {
    app.fit(usize::from(area.height), area.y);
    let end = (app.top + usize::from(area.height)).min(app.lines());
    let lines: Vec<Line> = (app.top..end)
        .map(|number| {
            let line = line(app, number);
            if number == app.chosen { line.patch_style(CHOSEN) } else { line }
        })
        .collect();
    let is_empty = lines.is_empty();
    frame.render_widget(Paragraph::new(lines), area);
    if is_empty {
        let nothing = app.lang.pick("nothing found", "該当なし");
        frame.render_widget(Paragraph::new(Line::styled(nothing, QUIET)), area);
    }
}

/// A line of the list.
fn line<'a>(app: &App, number: usize) -> Line<'a> {
    let lang = app.lang;
    let named = |node: Node| shown(&words::name_then(node, None, lang));
    match app.screen {
        Screen::Search => {
            let node = app.found[number];
            let kind = words::kind(node.kind(), lang);
            Line::from(vec![
                Span::raw(named(node)),
                Span::styled(format!("  {kind} · {}", node.id()), QUIET),
            ])
        }
        Screen::Card => {
            let tie = app.ties[number];
            let arrow = match tie.direction {
                crate::query::tie::TieDirection::Out => "→",
                crate::query::tie::TieDirection::In => "←",
            };
            let kind = tie.relation.kind().label(tie.direction.into(), lang);
            let sources: Vec<&str> = tie.relation.sources().collect();
            let first = sources.first().copied().unwrap_or_default();
            Line::from(vec![
                Span::raw(format!("{arrow} {kind} ")),
                Span::styled(named(tie.node), STRONG),
                Span::raw(mark(tie.relation.basis())),
                Span::styled(format!("  {}", shown(first)), QUIET),
            ])
        }
        Screen::Routes => {
            let stop = &app.stops[number];
            let (by, basis) =
                stop.by.clone().map_or((String::new(), ""), |(by, basis)| (by, mark(basis)));
            let lead = match stop.by {
                None => format!("{}. ", stop.route),
                Some(_) => format!("   {} ", shown(&by)),
            };
            Line::from(vec![
                Span::raw(lead),
                Span::styled(named(stop.node), STRONG),
                Span::raw(basis),
            ])
        }
        Screen::Help => Line::default(),
    }
}

fn mark(basis: Basis) -> &'static str {
    words::mark(basis)
}

fn help(app: &App, frame: &mut Frame, area: Rect) {
    let keys: [(&str, &str, &str); 11] = [
        ("↑ ↓ PgUp PgDn", "choose a line", "行を選ぶ"),
        ("Enter →", "open it, or follow the relation", "開く・関係をたどる"),
        ("← Backspace Esc", "back to where you came from", "前に戻る"),
        ("/", "search", "検索する"),
        ("m", "mark this node; two can be marked", "このノードに印を付ける（二つまで）"),
        ("r", "routes between the two marks", "印を付けた二つの間の経路"),
        ("l  (Ctrl-L)", "Japanese, English", "日本語・英語の切り替え"),
        (
            "b  (Ctrl-B)",
            "which statements count: all, stated, …",
            "数える記述の切り替え（すべて、明記、…）",
        ),
        (
            "y  (Ctrl-Y)",
            "copy the command that gives the same answer",
            "同じ答えを出すコマンドをコピー",
        ),
        ("q  Ctrl-C", "quit", "終了"),
        (
            "",
            "Mouse: click, click again to open, wheel, right button back",
            "マウス: クリックで選択、もう一度で開く、ホイール、右ボタンで戻る",
        ),
    ];
    let lines = keys.into_iter().map(|(key, en, ja)| {
        Line::from(vec![
            Span::styled(format!("{key:<18}"), STRONG),
            Span::raw(app.lang.pick(en, ja)),
        ])
    });
    let mut lines: Vec<Line> = lines.collect();
    lines.push(Line::default());
    lines.push(Line::styled(words::marks(app.lang), QUIET));
    frame.render_widget(Clear, area);
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
}
