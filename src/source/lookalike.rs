//! Finds characters that look like YAML punctuation or like nothing, but are not what they look
//! like: an input method for Japanese or a word processor puts them where YAML needs `:`, `-`, a
//! space or quotes.
//!
//! A name may contain any of them. They are reported as faults only where the text parses better
//! when they are replaced.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::control::is_invisible;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Message;
use crate::origin::{FileId, Origin, Position};

/// A blank that is none to YAML.
fn is_strange_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | 'ー' | 'ｰ' | '－' | '﹣')
}

fn is_colon(c: char) -> bool {
    matches!(c, '：' | '︓' | '﹕' | '∶' | '꞉')
}

/// The mark that a quote, a bracket or a hash looks like.
fn mark_like(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '‟' | '＂' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '＇' => Some('\''),
        '｛' => Some('{'),
        '｝' => Some('}'),
        '［' => Some('['),
        '］' => Some(']'),
        '＃' => Some('#'),
        _ => None,
    }
}

/// A character to be read as another text.
#[derive(Clone, Copy, Debug)]
struct Replacement {
    /// The column, from 1.
    column: u32,
    found: char,
    meant: &'static str,
}

/// Characters of one line that only together may be a fault, as two quotes are.
#[derive(Clone, Debug)]
pub struct Suspect {
    line: u32,
    changes: Vec<Replacement>,
}

/// Finds characters that may stand for YAML punctuation. Linear in the length of the text.
pub fn suspects(text: &str) -> Vec<Suspect> {
    let mut suspects = Vec::new();
    if text.is_ascii() {
        return suspects;
    }
    for (line, shown) in (1..).zip(text.lines()).filter(|(_, shown)| !shown.is_ascii()) {
        let mut scan = Scan { chars: shown.chars().collect(), at: 0, found: Vec::new() };
        scan.line();
        suspects.extend(scan.found.into_iter().map(|changes| Suspect { line, changes }));
    }
    suspects
}

/// One line on its way from mark to mark.
struct Scan {
    chars: Vec<char>,
    at: usize,
    found: Vec<Vec<Replacement>>,
}

impl Scan {
    fn line(&mut self) {
        let invisible: Vec<Replacement> =
            self.every(is_invisible).map(|at| self.change(at, "")).collect();
        if !invisible.is_empty() {
            self.found.push(invisible);
        }
        self.blanks("  ");
        while self.peek().is_some_and(|c| c == '-' || is_dash(c)) {
            let is_item = self.chars.get(self.at + 1).is_none_or(|c| c.is_whitespace());
            if !is_item {
                break;
            }
            self.suspect(self.at, "-", is_dash);
            self.at += 1;
            self.blanks(" ");
        }
        self.suspect(self.at, "#", |c| c == '＃');
        self.brackets();
        while self.at < self.chars.len() {
            self.entry();
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn every(&self, is: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
        let found = self.chars.iter().enumerate().filter(move |(_, c)| is(**c));
        found.map(|(at, _)| at).collect::<Vec<_>>().into_iter()
    }

    fn change(&self, at: usize, meant: &'static str) -> Replacement {
        Replacement { column: at as u32 + 1, found: self.chars[at], meant }
    }

    /// Suspects the character at a place alone, if it is of a sort.
    fn suspect(&mut self, at: usize, meant: &'static str, is: impl Fn(char) -> bool) {
        if self.chars.get(at).is_some_and(|c| is(*c)) {
            self.found.push(vec![self.change(at, meant)]);
        }
    }

    /// Passes over blanks; those that are none to YAML together are a suspect.
    fn blanks(&mut self, meant: &'static str) {
        let mut changes = Vec::new();
        while let Some(c) = self.peek().filter(|c| c.is_whitespace() || is_invisible(*c)) {
            if is_strange_blank(c) {
                changes.push(self.change(self.at, meant));
            }
            self.at += 1;
        }
        if !changes.is_empty() {
            self.found.push(changes);
        }
    }

    /// The brackets of a line, all together.
    fn brackets(&mut self) {
        let is_bracket = |c| matches!(c, '｛' | '｝' | '［' | '］');
        let changes: Vec<Replacement> =
            self.every(is_bracket).map(|at| self.change(at, meant(self.chars[at]))).collect();
        if !changes.is_empty() {
            self.found.push(changes);
        }
    }

    /// A field with what may stand for its colon and the quotes of its value, then on to the next.
    fn entry(&mut self) {
        let start = self.at;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_\"'".contains(c) || is_invisible(c);
        while self.peek().is_some_and(|c| is_name(c) || is_full_width_letter(c)) {
            self.at += 1;
        }
        let colon =
            self.at + self.chars[self.at..].iter().take_while(|c| c.is_whitespace()).count();
        if self.at > start && self.chars.get(colon).is_some_and(|c| *c == ':' || is_colon(*c)) {
            let is_apart = self.chars.get(colon + 1).is_none_or(|c| c.is_ascii_whitespace());
            self.suspect(colon, if is_apart { ":" } else { ": " }, is_colon);
            self.at = colon + 1;
            self.blanks(" ");
            self.quotes();
        }
        // On to the next field of a mapping in braces, or to the end.
        while let Some(c) = self.peek() {
            self.at += 1;
            if matches!(c, '{' | '[' | ',' | '｛' | '［' | '，' | '、') {
                let comma = self.at - 1;
                self.blanks(" ");
                if matches!(c, '，' | '、') && self.is_at_field() {
                    self.suspect(comma, ", ", |_| true);
                }
                return;
            }
        }
    }

    fn is_at_field(&self) -> bool {
        let rest = &self.chars[self.at..];
        let name = rest.iter().take_while(|c| c.is_ascii_alphabetic() || **c == '_').count();
        name > 0 && rest.get(name).is_some_and(|c| *c == ':' || is_colon(*c))
    }

    /// Quotes around a value, both together.
    fn quotes(&mut self) {
        let Some(quote) = self.peek().filter(|c| matches!(mark_like(*c), Some('"' | '\''))) else {
            return;
        };
        let is_alike = |c: char| mark_like(c) == mark_like(quote);
        let mut changes = vec![self.change(self.at, meant(quote))];
        if let Some(end) = self.every(is_alike).filter(|end| *end > self.at).last() {
            changes.push(self.change(end, meant(quote)));
            self.at = end;
        }
        self.found.push(changes);
    }
}

fn meant(c: char) -> &'static str {
    match mark_like(c) {
        Some('"') => "\"",
        Some('\'') => "'",
        Some('{') => "{",
        Some('}') => "}",
        Some('[') => "[",
        Some(']') => "]",
        _ => "#",
    }
}

fn is_full_width_letter(c: char) -> bool {
    matches!(c, 'ａ'..='ｚ' | 'Ａ'..='Ｚ' | '＿')
}

/// A text in which lookalikes are replaced, and the way back to the original positions.
pub struct Mended {
    /// The text; it has the same lines as the original.
    pub text: String,
    changes: BTreeMap<u32, Vec<Replacement>>,
}

/// Replaces `suspects` with the characters that they look like.
pub fn mend<'s>(text: &str, suspects: impl IntoIterator<Item = &'s Suspect>) -> Mended {
    let mut changes: BTreeMap<u32, Vec<Replacement>> = BTreeMap::new();
    for suspect in suspects {
        changes.entry(suspect.line).or_default().extend(&suspect.changes);
    }
    let mut mended = String::with_capacity(text.len());
    for (line, shown) in (1..).zip(text.split_inclusive('\n')) {
        let Some(changes) = changes.get_mut(&line) else {
            mended.push_str(shown);
            continue;
        };
        changes.sort_by_key(|change| change.column);
        changes.dedup_by_key(|change| change.column);
        for (column, c) in (1..).zip(shown.chars()) {
            match changes.iter().find(|change| change.column == column) {
                Some(change) => mended.push_str(change.meant),
                None => mended.push(c),
            }
        }
    }
    Mended { text: mended, changes }
}

impl Mended {
    /// Returns the position in the original text.
    pub fn written(&self, position: Position) -> Position {
        let mut column = position.column;
        for change in self.changes.get(&position.line).into_iter().flatten() {
            let length = change.meant.len() as u32;
            if column < change.column {
                break;
            }
            column =
                if column < change.column + length { change.column } else { column + 1 - length };
        }
        Position { column, ..position }
    }
}

impl Suspect {
    /// Returns the fault to report for it.
    pub fn fault(&self, file: FileId) -> Diagnostic {
        let Replacement { column, found, meant } = self.changes[0];
        let Message { en, ja } = called(found);
        let position = Position { line: self.line, column };
        let is_run = self.changes.windows(2).all(|it| it[0].column + 1 == it[1].column);
        let length = if is_run { self.changes.len() } else { 1 };
        let fault = match meant.trim() {
            "" if is_invisible(found) => Diagnostic::error(
                Code::Syntax,
                format!("{en} stands here and cannot be seen"),
                format!("{ja}が見えないまま入っています"),
            )
            .hint("delete it", "削除してください"),
            "" => Diagnostic::error(
                Code::Syntax,
                format!("{en} stands where YAML needs an ordinary blank"),
                format!("YAML が半角の空白を求める所に{ja}があります"),
            )
            .hint("write half-width blanks", "半角の空白にしてください"),
            meant => Diagnostic::error(
                Code::Syntax,
                format!("{en} stands where YAML needs `{meant}`"),
                format!("YAML が半角の `{meant}` を求める所に{ja}があります"),
            )
            .hint(
                format!("write `{meant}`{}", if meant == ":" { " and a blank" } else { "" }),
                format!(
                    "半角の `{meant}` {}にしてください",
                    if meant == ":" { "と空白" } else { "" }
                ),
            ),
        };
        fault.at(Origin { file, position }, length)
    }
}

/// What a character is called.
fn called(c: char) -> Message {
    let (en, ja) = match c {
        '\u{3000}' => ("a full-width blank", "全角の空白"),
        '\u{a0}' => ("a no-break space", "改行しない空白"),
        '\u{ad}' => ("a soft hyphen", "ソフトハイフン"),
        '\u{200b}' => ("a zero-width space", "幅のない空白"),
        '\u{feff}' => ("a byte-order mark", "バイト順マーク"),
        c if is_invisible(c) => ("an invisible character", "見えない文字"),
        c if c.is_whitespace() => ("a blank of another width", "幅の違う空白"),
        c if is_dash(c) => ("a full-width or long dash", "全角または長いダッシュ"),
        c if is_colon(c) => ("a full-width colon", "全角のコロン"),
        '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' => {
            ("a curly quote", "曲がった引用符")
        }
        '＂' | '＇' => ("a full-width quote", "全角の引用符"),
        '，' | '、' => ("a full-width comma", "全角の読点"),
        '＃' => ("a full-width hash", "全角のシャープ"),
        _ => ("a full-width bracket", "全角の括弧"),
    };
    let code = format!("U+{:04X}", c as u32);
    match c.is_whitespace() || is_invisible(c) {
        true => Message::new(format!("{en} ({code})"), format!("{ja}（{code}）")),
        false => Message::new(format!("{en} `{c}` ({code})"), format!("{ja}「{c}」（{code}）")),
    }
}

/// Adds a label to a fault where its marked text looks right but contains lookalikes; `line` is the
/// line that the fault points to.
pub fn advise(fault: Diagnostic, line: &str) -> Diagnostic {
    let marks_a_word = matches!(
        fault.code,
        Code::UnknownField
            | Code::WrongType
            | Code::InvalidDate
            | Code::InvalidId
            | Code::DanglingReference
            | Code::UnknownRelationKind
    );
    let Some(place) = fault.places.first().filter(|_| marks_a_word) else {
        return fault;
    };
    let rest = line.chars().skip((place.origin.position.column as usize).saturating_sub(1));
    let marked: String = rest.take(place.length as usize).collect();
    let narrow: String = marked.nfkc().collect();
    if let Some(invisible) = marked.chars().find(|c| is_invisible(*c)) {
        let Message { en, ja } = called(invisible);
        return fault.hint(
            format!("it holds {en}, which cannot be seen: delete it"),
            format!("見えない文字（{ja}）が入っています。削除してください"),
        );
    }
    // Of a name in Japanese, full-width marks are a part.
    if narrow != marked && narrow.is_ascii() {
        return fault.hint(
            format!("write it in half-width characters: `{narrow}`"),
            format!("半角で書いてください: `{narrow}`"),
        );
    }
    fault
}
