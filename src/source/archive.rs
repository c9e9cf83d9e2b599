//! Files that are no text at all, told by how they begin.

use crate::lang::Message;

/// Recognizes a file that is not text by its first bytes. Returns the name of its format and a
/// hint; `None` for a text.
pub fn kind_of(bytes: &[u8]) -> Option<(Message, Message)> {
    let holds =
        |text: &str| bytes.windows(text.len()).take(1 << 16).any(|it| it == text.as_bytes());
    let unpack =
        || Message::new("unpack it, and name what is in it", "展開して、中身を指定してください");
    let save = || {
        Message::new(
            "save the sheet as text (in Excel: \"CSV UTF-8\"), and use `medclust import csv`",
            "シートをテキスト（Excel では「CSV UTF-8」）で保存し、`medclust import csv` で取り込んでください",
        )
    };
    Some(match bytes {
        [b'P', b'K', 3..=6, ..] if holds("xl/") => {
            (Message::new("an Excel workbook", "Excel のブック"), save())
        }
        [b'P', b'K', 3..=6, ..] if holds("opendocument.spreadsheet") => {
            (Message::new("an OpenDocument spreadsheet", "OpenDocument の表計算文書"), save())
        }
        [b'P', b'K', 3..=6, ..] => (Message::new("a zip archive", "zip 書庫"), unpack()),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => (
            Message::new("an old Excel or Word document", "旧形式の Excel または Word の文書"),
            save(),
        ),
        [0x1f, 0x8b, ..] => (Message::new("a gzip file", "gzip ファイル"), unpack()),
        [b'B', b'Z', b'h', ..]
        | [0xfd, b'7', b'z', b'X', b'Z', ..]
        | [b'7', b'z', 0xbc, 0xaf, ..] => {
            (Message::new("a compressed archive", "圧縮された書庫"), unpack())
        }
        [b'%', b'P', b'D', b'F', ..] => (
            Message::new("a PDF document", "PDF 文書"),
            Message::new("take the text or the table out of it", "文や表を取り出してください"),
        ),
        _ => return None,
    })
}
