//! What GraphML and GEXF share: an XML document, and the characters that it cannot hold.

use std::borrow::Cow;
use std::io;

use quick_xml::events::{BytesDecl, Event};

use super::Part;
use super::records::{Record, of_node, of_relation};
use crate::graph::Node;
use crate::lang::Message;

/// The writer of a document in memory.
pub type Writer = quick_xml::Writer<Vec<u8>>;

/// Texts as XML can hold them.
#[derive(Default)]
pub struct Xml {
    left_out: usize,
}

impl Xml {
    /// Returns a text without the characters that XML 1.0 has no way to write.
    pub fn held<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let is_held = |c: char| {
            matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        };
        if text.chars().all(is_held) {
            return text.into();
        }
        self.left_out += text.chars().filter(|c| !is_held(*c)).count();
        text.chars().filter(|c| is_held(*c)).collect::<String>().into()
    }

    /// Returns the fields of a record as texts.
    pub fn values(&mut self, record: &Record) -> Vec<(String, String)> {
        let value = |(key, value): &(String, _)| {
            let value: &super::Value = value;
            (key.clone(), self.held(&value.text()).into_owned())
        };
        record.iter().map(value).collect()
    }
}

/// A relation as XML can hold it.
pub struct Edge {
    pub id: String,
    pub source: String,
    pub target: String,
    pub kind: String,
    pub label: String,
}

/// Returns each node with what it says.
pub fn nodes<'g>(part: &Part<'g>) -> Vec<(Node<'g>, Record)> {
    part.nodes.iter().map(|node| (*node, of_node(*node))).collect()
}

/// Returns each relation with what it says.
pub fn edges(part: &Part, xml: &mut Xml) -> Vec<(Edge, Record)> {
    let edge = |(number, relation): (usize, &crate::graph::Relation)| {
        let mut held = |text: &str| xml.held(text).into_owned();
        let edge = Edge {
            id: format!("r{number}"),
            source: held(relation.from().id()),
            target: held(relation.to().id()),
            kind: held(relation.kind().id()),
            label: held(relation.kind().short(part.lang)),
        };
        (edge, of_relation(*relation))
    };
    part.relations.iter().enumerate().map(edge).collect()
}

/// Returns a document, and how many characters it could not hold.
pub fn document(
    mut xml: Xml,
    write: impl FnOnce(&mut Writer, &mut Xml) -> io::Result<()>,
) -> (String, Vec<Message>) {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    let begin = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
    let written = out.write_event(begin).and_then(|()| write(&mut out, &mut xml));
    written.expect("memory takes it");
    let text = String::from_utf8(out.into_inner()).expect("texts are UTF-8");
    let told = (xml.left_out > 0).then(|| {
        let count = xml.left_out;
        Message::new(
            format!("{count} control characters are left out: XML cannot hold them"),
            format!("XML で表せない制御文字 {count} 個を除きました"),
        )
    });
    (text + "\n", told.into_iter().collect())
}
