//! Decodes files: UTF-8, or a fault that points to the line.

use std::borrow::Cow;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE};

use super::archive;
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::{FileId, Origin, Position};

/// Reads bytes as UTF-8 without a byte-order mark.
///
/// # Errors
/// Where they are not UTF-8: the text as far as it can be shown, and the fault.
pub fn decode(bytes: Vec<u8>, file: FileId) -> Result<String, (String, Box<Diagnostic>)> {
    if let Some((what, hint)) = archive::kind_of(&bytes) {
        let fault = Diagnostic::error(
            Code::NotUtf8,
            format!("the file is {}, and no text", what.en),
            format!("ファイルは{}で、テキストではありません", what.ja),
        )
        .at(Origin { file, position: Position::default() }, 1)
        .hint(hint.en, hint.ja);
        return Err((String::new(), Box::new(fault)));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok(with_unix_lines(text))
        }
        Err(error) => {
            let (bytes, valid) = (error.as_bytes(), error.utf8_error().valid_up_to());
            let (text, encoding) = guess(bytes);
            let line = bytes[..valid].iter().filter(|byte| **byte == b'\n').count();
            let start =
                bytes[..valid].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let column = String::from_utf8_lossy(&bytes[start..valid]).chars().count();
            let position = match encoding {
                Some(encoding) if encoding != SHIFT_JIS => Position { line: 1, column: 1 },
                _ => Position { line: line as u32 + 1, column: column as u32 + 1 },
            };
            let fault = Diagnostic::error(
                Code::NotUtf8,
                "the file is not UTF-8",
                "ファイルが UTF-8 ではありません",
            )
            .at(Origin { file, position }, 1);
            let fault = match encoding {
                Some(encoding) => {
                    let name = encoding.name();
                    fault.hint(
                        format!("it looks like {name}: save it as UTF-8"),
                        format!("{name} のようです。UTF-8 で保存し直してください"),
                    )
                }
                None => fault.hint("save it as UTF-8", "UTF-8 で保存し直してください"),
            };
            Err((text.into_owned(), Box::new(fault)))
        }
    }
}

/// Ends the lines of a text with `\n` where a lone `\r` ends them, as on old Macs: to YAML, both do.
fn with_unix_lines(text: String) -> String {
    let is_lone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if text.match_indices('\r').any(|(at, _)| is_lone(at)) {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// The text as a person would see it, and the encoding that it seems to be in.
fn guess(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static Encoding>) {
    let marked = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = marked {
        return (encoding.decode_with_bom_removal(bytes).0, Some(encoding));
    }
    match SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => (text, Some(SHIFT_JIS)),
        None => (String::from_utf8_lossy(bytes), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(decode(b"\xef\xbb\xbfid: a".to_vec(), FILE).unwrap(), "id: a");
    }

    #[test]
    fn shift_jis_is_named_with_its_line() {
        let (bytes, _, _) = SHIFT_JIS.encode("a: b\nname: 大阪\n");
        let (text, fault) = decode(bytes.into_owned(), FILE).unwrap_err();
        assert_eq!(text, "a: b\nname: 大阪\n");
        assert_eq!(fault.places[0].origin.position, Position { line: 2, column: 7 });
        assert!(fault.hint.unwrap().en.contains("Shift_JIS"));
    }

    #[test]
    fn stray_bytes_are_not_guessed_at() {
        let (_, fault) = decode(b"a: \xff\xff".to_vec(), FILE).unwrap_err();
        assert_eq!(fault.hint.unwrap().en, "save it as UTF-8");
    }
}
