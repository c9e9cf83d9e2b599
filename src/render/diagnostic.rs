//! Writes faults for people: the place, the line itself, a marker under it, and a hint.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Style, clean};
use crate::control::steers;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lang::Lang;
use crate::origin::{Files, Lines};

/// A line longer than this, in characters, is shown around its marker only.
const LONG_LINE: usize = 400;

/// Writes every fault, in the order of the files and of the lines in them, and the number of
/// faults.
///
/// # Errors
/// Where `out` takes no more.
pub fn diagnostics(
    faults: &[Diagnostic],
    files: &Files,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sorted: Vec<&Diagnostic> = faults.iter().collect();
    sorted.sort_by_key(|fault| fault.places.first().map(|place| place.origin));
    findings(sorted.iter().copied(), files, style, out)?;
    let count = sorted.len();
    let en = if count == 1 {
        "1 fault; nothing was loaded".to_owned()
    } else {
        format!("{count} faults; nothing was loaded")
    };
    writeln!(
        out,
        "{}",
        style.lang.pick(en, format!("{count} 件の誤りがあり、何も読み込まれていません"))
    )
}

/// Writes every finding, in the given order.
///
/// # Errors
/// Where `out` takes no more.
pub fn findings<'d>(
    findings: impl IntoIterator<Item = &'d Diagnostic>,
    files: &Files,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(usize::from(style.width.unwrap_or(140)));
    let mut lines = Lines::new(files);
    for finding in findings {
        writeln!(out, "{}\n", one(finding, &mut lines, style.lang, &renderer))?;
    }
    Ok(())
}

fn one(fault: &Diagnostic, lines: &mut Lines, lang: Lang, renderer: &Renderer) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR.with_name(lang.pick("error", "エラー")),
        Severity::Warning => Level::WARNING.with_name(lang.pick("warning", "警告")),
    };
    let title = level
        .primary_title(clean(fault.message.in_lang(lang)).into_owned())
        .id(fault.code.as_str());
    let mut group = Group::with_title(title);
    let excerpts: Vec<_> =
        fault.places.iter().take(8).map(|place| excerpt(lines.at(place.origin), place)).collect();
    for (place, (line, start, length)) in fault.places.iter().zip(&excerpts) {
        let file = lines.file(place.origin.file);
        let is_first = std::ptr::eq(place, &fault.places[0]);
        let kind = if is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = place.label.as_ref().map(|label| label.in_lang(lang).to_owned());
        let position = place.origin.position;
        if position.line == 0 {
            group = group.element(annotate_snippets::Origin::path(clean(&file.path).into_owned()));
            continue;
        }
        group = group.element(
            Snippet::source(line.clone())
                .line_start(position.line as usize)
                .path(clean(&file.path).into_owned())
                .annotation(kind.span(*start..start + length).label(label)),
        );
    }
    if let Some(hint) = &fault.hint {
        let help = Level::HELP.with_name(lang.pick("help", "ヒント"));
        group = group.element(help.message(clean(hint.in_lang(lang)).into_owned()));
    }
    renderer.render(&[group]).to_string()
}

/// The line of a place, cut if it is long, and where in it the marked bytes begin and how many they are.
fn excerpt(line: &str, place: &Place) -> (String, usize, usize) {
    // What would steer the terminal is shown as a mark of its own, one for one.
    let shown = |c| if steers(c) && c != '\t' { '\u{fffd}' } else { c };
    let line: String = line.chars().map(shown).collect();
    let column = (place.origin.position.column as usize).saturating_sub(1);
    let end = line.char_indices().nth(column + LONG_LINE).map_or(line.len(), |(at, _)| at);
    let line = &line[..end];
    let start = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let marked: usize =
        line[start..].chars().take(place.length.max(1) as usize).map(char::len_utf8).sum();
    // A place behind the end of a line is shown on a blank of its own.
    if marked == 0 { (format!("{line} "), line.len(), 1) } else { (line.to_owned(), start, marked) }
}
