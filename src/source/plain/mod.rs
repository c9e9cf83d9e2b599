//! Reads the plain shape of YAML that atlases are written in, several times as fast as the full parser.
//!
//! What it reads, it reads as the full parser does; whatever it does not know for certain (anchors, tags, texts
//! over several lines, odd quoting, blank values, words that may be numbers or truth values, any fault at all) it
//! leaves to that one, which alone judges. A test holds the two against each other on mutated atlases.

mod deserialize;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::Deserialize;

use crate::origin::Position;
use deserialize::{Left, Value};

/// Reads a text, if it is plain from its first character to its last.
pub fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Option<T> {
    if !has_plain_characters(text.as_bytes()) {
        return None;
    }
    let mut reader =
        Reader { text, bytes: text.as_bytes(), at: 0, line: 1, line_start: 0, depth: 0 };
    let value = T::deserialize(Value::new(&mut reader, -1)).ok()?;
    reader.skip_blanks().ok()?;
    (reader.at == reader.bytes.len()).then_some(value)
}

/// Whether there is no character but those that every parser takes as it is: no tab, no other control
/// character, none that breaks lines or marks the order of bytes.
fn has_plain_characters(bytes: &[u8]) -> bool {
    let is_odd = |(at, byte): (usize, &u8)| match byte {
        b'\n' => false,
        0..0x20 | 0x7f => true,
        // U+0080 to U+009F.
        0xc2 => bytes[at + 1] < 0xa0,
        // U+2028 and U+2029.
        0xe2 => bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xa8 | 0xa9),
        // U+FEFF, U+FFFE and U+FFFF.
        0xef => {
            (bytes[at + 1] == 0xbb && bytes[at + 2] == 0xbf)
                || (bytes[at + 1] == 0xbf && bytes[at + 2] >= 0xbe)
        }
        _ => false,
    };
    !bytes.iter().enumerate().any(is_odd)
}

/// The deepest that values nest; records nest six deep.
const DEEPEST: u32 = 12;

/// A text, and how far it is read.
struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line: u32,
    line_start: usize,
    depth: u32,
}

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Scalar,
    BlockMap,
    BlockList,
    FlowMap,
    FlowList,
}

type Result<T> = std::result::Result<T, Left>;

impl<'t> Reader<'t> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn after(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    fn column(&self) -> i32 {
        (self.at - self.line_start) as i32
    }

    fn position(&self) -> Position {
        let before = &self.bytes[self.line_start..self.at];
        let characters = before.iter().filter(|byte| (**byte as i8) >= -64).count();
        Position { line: self.line, column: characters as u32 + 1 }
    }

    /// Passes over blanks, line breaks and remarks.
    fn skip_blanks(&mut self) -> Result<()> {
        loop {
            match self.peek() {
                b' ' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.line += 1;
                    self.line_start = self.at;
                }
                b'#' if self.at == self.line_start || self.bytes[self.at - 1] == b' ' => {
                    self.at = self.line_end();
                }
                // A remark that touches what is before it, or a null byte of the text.
                b'#' => return Err(Left),
                _ => return Ok(()),
            }
        }
    }

    fn line_end(&self) -> usize {
        memchr::memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |it| self.at + it)
    }

    fn is_over(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Whether an item of a list begins here.
    fn is_dash(&self) -> bool {
        self.peek() == b'-' && matches!(self.after(self.at + 1), b' ' | b'\n')
    }

    /// Where a plain scalar that begins here ends in this line, and whether it is a key.
    fn plain_end(&self, is_flow: bool) -> Result<(usize, bool)> {
        let first = self.peek();
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
        // A sign may begin a number, and a few other marks a name.
        let may_begin = is_letter(first)
            || matches!(first, b'(' | b'/' | b'_' | b'+' | b'.' | b'$' | b'~')
            || (first == b'-' && is_letter(self.after(self.at + 1)));
        if !may_begin {
            return Err(Left);
        }
        let mut end = self.at;
        loop {
            match self.after(end) {
                b'\n' => break,
                b':' => match self.after(end + 1) {
                    b' ' | b'\n' => return Ok((end, true)),
                    b',' | b'[' | b']' | b'{' | b'}' if is_flow => return Err(Left),
                    _ => end += 1,
                },
                b'#' if self.bytes[end - 1] == b' ' => break,
                b',' | b']' | b'}' if is_flow => break,
                b'[' | b'{' if is_flow => return Err(Left),
                _ => end += 1,
            }
        }
        while self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        Ok((end, false))
    }

    /// What the value here is; `indent` is that of the block around it, `is_same_line` whether it stands behind
    /// its key or its dash.
    fn shape(&self, indent: i32, is_same_line: bool, is_flow: bool) -> Result<Shape> {
        if self.is_over() {
            return Err(Left);
        }
        // What is not farther in belongs to the block around: the value is blank.
        let is_dash = !is_flow && self.is_dash();
        let is_in = self.column() > indent || (is_dash && self.column() == indent);
        if !is_flow && !is_same_line && !is_in {
            return Err(Left);
        }
        match self.peek() {
            b'[' => return Ok(Shape::FlowList),
            b'{' => return Ok(Shape::FlowMap),
            b'"' | b'\'' => return Ok(Shape::Scalar),
            b'|' | b'>' if is_same_line && !is_flow => return Ok(Shape::Scalar),
            _ if is_flow => return Ok(Shape::Scalar),
            _ => {}
        }
        match (is_dash, self.plain_end(false).map(|(_, is_key)| is_key)) {
            (true, _) => Ok(Shape::BlockList),
            (false, Ok(true)) => Ok(Shape::BlockMap),
            (false, Ok(false)) => Ok(Shape::Scalar),
            (false, Err(left)) => Err(left),
        }
    }

    /// Reads a key and its colon.
    fn key(&mut self, is_flow: bool) -> Result<&'t str> {
        let (end, is_key) = self.plain_end(is_flow)?;
        let key = &self.text[self.at..end];
        if !is_key || key.ends_with(' ') || may_be_else(key) {
            return Err(Left);
        }
        self.at = end + 1;
        Ok(key)
    }

    /// Reads a scalar; whether it is quoted.
    fn scalar(&mut self, indent: i32, is_flow: bool) -> Result<(Cow<'t, str>, bool)> {
        if matches!(self.peek(), b'|' | b'>') && !is_flow {
            return Ok((self.block(indent)?.into(), true));
        }
        if matches!(self.peek(), b'"' | b'\'') {
            let text = self.quoted()?;
            // Nothing but the end of the value may follow.
            let rest = &self.bytes[self.at..self.line_end()];
            let next = rest.iter().copied().find(|byte| *byte != b' ');
            let is_end = match next {
                None => true,
                Some(b',' | b']' | b'}') => is_flow,
                Some(b'#') => rest[0] == b' ',
                Some(_) => false,
            };
            return if is_end { Ok((text, true)) } else { Err(Left) };
        }
        let (end, is_key) = self.plain_end(is_flow)?;
        if is_key {
            return Err(Left);
        }
        let text = &self.text[self.at..end];
        self.at = end;
        if !is_flow && self.goes_on(indent)? {
            return Err(Left);
        }
        // In a flow, a text that goes on in the next line is one with it.
        if is_flow && !matches!(self.next_mark(), b',' | b']' | b'}') {
            return Err(Left);
        }
        Ok((Cow::Borrowed(text), false))
    }

    /// Reads a text of whole lines: literal after `|`, folded into one after `>`; a `-` takes the last line break.
    fn block(&mut self, indent: i32) -> Result<String> {
        let is_folded = self.peek() == b'>';
        self.at += 1;
        let is_stripped = self.peek() == b'-';
        self.at += usize::from(is_stripped);
        if self.peek() != b'\n' || self.is_over() {
            return Err(Left);
        }
        let mut text = String::new();
        let mut depth = None;
        loop {
            // At the end of a line.
            let start = self.at + 1;
            let blanks = self.bytes[start.min(self.bytes.len())..]
                .iter()
                .take_while(|it| **it == b' ')
                .count();
            let first = start + blanks;
            match self.bytes.get(first) {
                Some(b'\n') => return Err(Left),
                Some(_) if blanks as i32 > indent => {}
                // Further out: the text has ended.
                _ => break,
            }
            if *depth.get_or_insert(blanks) != blanks {
                return Err(Left);
            }
            if !text.is_empty() {
                text.push(if is_folded { ' ' } else { '\n' });
            }
            self.line += 1;
            self.line_start = start;
            self.at = first;
            let end = self.line_end();
            if self.bytes[end - 1] == b' ' || end == self.bytes.len() {
                return Err(Left);
            }
            text.push_str(&self.text[first..end]);
            self.at = end;
        }
        if text.is_empty() {
            return Err(Left);
        }
        if !is_stripped {
            text.push('\n');
        }
        Ok(text)
    }

    /// Whether the next line that says something is farther in: a plain text goes on there.
    fn goes_on(&mut self, indent: i32) -> Result<bool> {
        let back = (self.at, self.line, self.line_start);
        self.skip_blanks()?;
        let goes_on = !self.is_over() && self.line != back.1 && self.column() > indent;
        (self.at, self.line, self.line_start) = back;
        Ok(goes_on)
    }

    /// The next character of this line that is no blank.
    fn next_mark(&self) -> u8 {
        let rest = &self.bytes[self.at..];
        rest.iter().copied().find(|byte| *byte != b' ').unwrap_or(b'\n')
    }

    fn quoted(&mut self) -> Result<Cow<'t, str>> {
        let quote = self.peek();
        self.at += 1;
        let start = self.at;
        let mut text: Option<String> = None;
        let mut from = start;
        loop {
            let found = memchr::memchr3(quote, b'\\', b'\n', &self.bytes[self.at..]).ok_or(Left)?;
            self.at += found;
            let byte = self.bytes[self.at];
            if byte == b'\n' {
                return Err(Left);
            }
            if byte == quote {
                let end = self.at;
                self.at += 1;
                if quote == b'\'' && self.peek() == b'\'' {
                    text.get_or_insert_default().push_str(&self.text[from..=end]);
                    self.at += 1;
                    from = self.at;
                    continue;
                }
                return Ok(match text {
                    None => Cow::Borrowed(&self.text[start..end]),
                    Some(mut text) => {
                        text.push_str(&self.text[from..end]);
                        Cow::Owned(text)
                    }
                });
            }
            if quote == b'\'' {
                self.at += 1;
                continue;
            }
            let text = text.get_or_insert_default();
            text.push_str(&self.text[from..self.at]);
            text.push(match self.after(self.at + 1) {
                b'n' => '\n',
                b't' => '\t',
                b'"' => '"',
                b'\\' => '\\',
                _ => return Err(Left),
            });
            self.at += 2;
            from = self.at;
        }
    }

    /// Passes over blanks within a flow; what is in a block must stay farther in than it.
    fn skip_in_flow(&mut self, indent: i32) -> Result<()> {
        let line = self.line;
        self.skip_blanks()?;
        match self.is_over() || (self.line != line && self.column() <= indent) {
            true => Err(Left),
            false => Ok(()),
        }
    }
}

/// Whether a reader of YAML may take a plain word for something else than a text: nothing, a truth value, a number.
fn may_be_else(word: &str) -> bool {
    const WORDS: [&str; 11] =
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan"];
    let first = word.as_bytes()[0];
    let is_mark = matches!(first, b'~' | b'<' | b'=' | b'.' | b'+' | b'-');
    // Of digits, also of other bases, and what stands between them in numbers and times.
    let is_of_number = |byte: u8| byte.is_ascii_hexdigit() || b"xXoO_.+-: TZ".contains(&byte);
    let is_number = first.is_ascii_digit() && word.bytes().all(is_of_number);
    is_mark
        || is_number
        || (word.len() <= 5 && WORDS.iter().any(|it| word.eq_ignore_ascii_case(it)))
}
