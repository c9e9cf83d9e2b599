//! The page: an atlas in one HTML file, with all that it needs to be explored in a browser.
//!
//! Nothing is taken from elsewhere, and the page's own policy forbids it. The script derives nothing: which
//! steps routes may take, how names compare, where marks and chips lie is written here.

mod data;
mod whole;

use sha2::{Digest, Sha256};

use super::{Block, Report, html};
use crate::graph::Node;
use crate::lang::{Lang, Message};
use crate::model::NodeKind;
use crate::office::{attribute, text};
use data::Data;

pub use data::Question;

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// More nodes than a page stays quick with.
pub const MOST_NODES: usize = 3000;

/// A table of the page: its title and the answer, in a language.
pub struct Sheet<'a> {
    /// The title.
    pub title: Message,
    /// The answer.
    pub answer: &'a dyn Report,
}

/// Writes the page of nodes and of the relations between them.
///
/// # Errors
/// Where there are more nodes than a page can hold.
pub fn write(question: &Question, sheets: &[Sheet]) -> Result<String, Message> {
    let count = question.nodes.len();
    if count > MOST_NODES {
        return Err(Message::new(
            format!(
                "{count} nodes are more than a page stays quick with ({MOST_NODES}): narrow it, such as with --region"
            ),
            format!(
                "ノードが {count} 件あり、ページが重くなります（{MOST_NODES} 件まで）。--region などで絞り込んでください"
            ),
        ));
    }
    let data = serde_json::to_string(&Data::of(question)).expect("texts and numbers");
    // Within a script element, nothing may look like its end.
    let data = data.replace('<', "\\u003c");
    let mut tables = String::new();
    for lang in [Lang::Ja, Lang::En] {
        for sheet in sheets {
            tables += &table(sheet, lang);
        }
    }
    let lang = question.lang;
    let title = lang.pick("Medical-device clusters", "医療機器クラスター");
    Ok(format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<div id=\"page\"></div>\n\
         <dialog id=\"source\" aria-labelledby=\"source-title\"></dialog>\n{tables}\
         <noscript><p>{}</p></noscript>\n\
         <script type=\"application/json\" id=\"atlas\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        lang.as_str(),
        hash(SCRIPT),
        hash(STYLE),
        text(title),
        text(lang.pick("This page needs JavaScript.", "このページには JavaScript が必要です。")),
    ))
}

fn table(sheet: &Sheet, lang: Lang) -> String {
    let blocks: Vec<Block> = sheet.answer.blocks(lang);
    let mut out = Vec::new();
    html::write(&blocks, false, lang, &mut out).expect("memory takes it");
    let body = String::from_utf8(out).expect("texts are UTF-8");
    let title = attribute(sheet.title.in_lang(lang));
    format!("<template data-lang=\"{}\" data-title=\"{title}\">{body}</template>\n", lang.as_str())
}

/// What a policy knows a script or a style by.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// Bytes as base64 (RFC 4648).
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]);
            encoded.push(if place > three.len() { '=' } else { letter });
        }
    }
    encoded
}

/// The regions and programs that the atlas tells most roles of, none within another, for which tables are worth
/// their room.
pub fn foremost<'g>(nodes: &[Node<'g>], most: usize) -> Vec<Node<'g>> {
    let is_place = |node: &&Node| matches!(node.kind(), NodeKind::Region | NodeKind::Program);
    let played = |node: Node<'g>| node.contextual_roles().flat_map(Node::played_by).count();
    let below =
        |node: Node<'g>| nodes.iter().copied().filter(move |it| outer(*it).any(|it| it == node));
    let mut counted: Vec<(usize, Node<'g>)> = nodes
        .iter()
        .filter(is_place)
        .map(|node| (played(*node) + below(*node).map(played).sum::<usize>(), *node))
        .filter(|(count, node)| *count > 0 && node.r#type() != Some("country"))
        .collect();
    counted.sort_by_key(|(count, node)| (std::cmp::Reverse(*count), *node));
    let mut chosen: Vec<Node> = Vec::new();
    for (_, node) in counted {
        let is_apart = |other: &Node<'g>| {
            outer(node).all(|it| it != *other) && outer(*other).all(|it| it != node)
        };
        if chosen.len() < most && chosen.iter().all(is_apart) {
            chosen.push(node);
        }
    }
    chosen
}

/// What a region or a program directly lies in.
fn outer(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    node.within().chain(node.part_of())
}

#[cfg(test)]
mod tests {
    use super::{base64, hash};

    #[test]
    fn bytes_are_encoded_as_rfc_4648_has_them() {
        let told =
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|it| base64(it.as_bytes()));
        assert_eq!(told, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn hashes_are_those_of_fips_180() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
