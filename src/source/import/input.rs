//! The text of a file to import: plain or compressed, from a path or from standard input.

use std::fs;
use std::io::{self, BufReader, Read};
use std::path::Path;

use encoding_rs::SHIFT_JIS;
use flate2::bufread::MultiGzDecoder;

use super::Refusal;
use crate::source::archive;

/// A text larger than this is refused, in bytes; a small file may unfold to any size.
const LARGEST: u64 = 2 << 30;

/// A file to import.
#[derive(Debug)]
pub struct Input {
    /// The name of the file, for people.
    pub name: String,
    /// The text of the file, without a byte-order mark.
    pub text: String,
}

/// Reads a file, or standard input where `path` is `-`; what begins like gzip is unpacked.
///
/// # Errors
/// Where it cannot be read, is broken or is no UTF-8.
pub fn read(path: &Path) -> Result<Input, Refusal> {
    let is_stdin = path.as_os_str() == "-";
    let name = if is_stdin { "standard input".into() } else { path.display().to_string() };
    let text = if is_stdin {
        read_from(io::stdin().lock(), &name)
    } else {
        let unreadable = |error: io::Error| unreadable(&name, &error);
        if fs::metadata(path).map_err(unreadable)?.is_dir() {
            let refusal =
                Refusal::new(format!("`{name}` is a folder"), format!("`{name}` はフォルダです"));
            return Err(refusal.hint("name one file", "ファイルを一つ指定してください"));
        }
        read_from(fs::File::open(path).map_err(unreadable)?, &name)
    }?;
    Ok(Input { name, text })
}

fn read_from(from: impl Read, name: &str) -> Result<String, Refusal> {
    let mut from = BufReader::with_capacity(1 << 16, from);
    let start = io::BufRead::fill_buf(&mut from).map_err(|error| unreadable(name, &error))?;
    let mut bytes = Vec::new();
    if start.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(from)
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(name, &error, bytes.len()))?;
    } else {
        from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    }
    if bytes.len() as u64 > LARGEST {
        let refusal = Refusal::new(
            format!("`{name}` holds more than 2 GiB"),
            format!("`{name}` は 2 GiB を超えます"),
        );
        return Err(refusal.hint("split it into several files", "分割してください"));
    }
    decode(bytes, name)
}

fn unreadable(name: &str, error: &io::Error) -> Refusal {
    let refusal = Refusal::new(
        format!("cannot read `{name}`: {error}"),
        format!("`{name}` を読めません: {error}"),
    );
    match error.kind() {
        io::ErrorKind::NotFound => refusal.hint("check the path", "パスを確かめてください"),
        _ => refusal,
    }
}

fn broken(name: &str, error: &io::Error, unpacked: usize) -> Refusal {
    let (en, ja) = match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            ("it ends in the middle".to_owned(), "途中で終わっています".to_owned())
        }
        _ => (error.to_string(), error.to_string()),
    };
    Refusal::new(
        format!("`{name}` is a broken gzip file: {en}, after {unpacked} bytes of text"),
        format!("`{name}` は壊れた gzip ファイルです: {ja}（{unpacked} バイト展開した後）"),
    )
    .hint("fetch it again", "取得し直してください")
}

fn decode(bytes: Vec<u8>, name: &str) -> Result<String, Refusal> {
    if let Some((what, hint)) = archive::kind_of(&bytes) {
        let refusal = Refusal::new(
            format!("`{name}` is {}, and no text", what.en),
            format!("`{name}` は{}で、テキストではありません", what.ja),
        );
        return Err(refusal.hint(hint.en, hint.ja));
    }
    let error = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            return Ok(text);
        }
        Err(error) => error,
    };
    let (bytes, valid) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let line = bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
    let looks_like = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        Some("UTF-16")
    } else {
        let decoded = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
        decoded.map(|_| "Shift_JIS")
    };
    let refusal = Refusal::new(
        format!("`{name}` is not UTF-8: see line {line}"),
        format!("`{name}` は UTF-8 ではありません（{line} 行目）"),
    );
    Err(match looks_like {
        Some(encoding) => refusal.hint(
            format!("it looks like {encoding}: save it as UTF-8 (in Excel: \"CSV UTF-8\")"),
            format!("{encoding} のようです。UTF-8 で保存してください（Excel では「CSV UTF-8」）"),
        ),
        None => refusal.hint("save it as UTF-8", "UTF-8 で保存してください"),
    })
}
