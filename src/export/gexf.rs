//! GEXF 1.3, which Gephi reads.

use std::borrow::Cow;

use quick_xml::events::{BytesDecl, Event};

use super::Part;
use super::records::{Record, columns, of_node, of_relation};
use crate::lang::Message;

/// Texts as XML can hold them.
#[derive(Default)]
pub struct Xml {
    /// How many characters were left out.
    pub left_out: usize,
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
}

/// Tells how many characters XML cannot hold.
pub fn unheld(count: usize) -> Vec<Message> {
    let told = Message::new(
        format!("{count} control characters are left out: XML cannot hold them"),
        format!("XML で表せない制御文字 {count} 個を除きました"),
    );
    if count == 0 { Vec::new() } else { vec![told] }
}

/// Writes the part; tells how many characters XML cannot hold.
pub fn write(part: &Part) -> (String, Vec<Message>) {
    let nodes: Vec<Record> = part.nodes.iter().map(|it| of_node(*it)).collect();
    let relations: Vec<Record> = part.relations.iter().map(|it| of_relation(*it)).collect();
    let heads = [columns(&nodes), columns(&relations)];
    let mut xml = Xml::default();
    let mut out = quick_xml::Writer::new_with_indent(Vec::new(), b' ', 1);
    let event = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
    out.write_event(event).expect("memory takes it");
    let root = out
        .create_element("gexf")
        .with_attributes([("xmlns", "http://gexf.net/1.3"), ("version", "1.3")]);
    let written = root.write_inner_content(|out| {
        let graph = out.create_element("graph").with_attribute(("defaultedgetype", "directed"));
        graph.write_inner_content(|out| {
            for (class, columns) in ["node", "edge"].into_iter().zip(&heads) {
                let attributes = out.create_element("attributes").with_attribute(("class", class));
                attributes.write_inner_content(|out| {
                    for (key, kind) in columns {
                        out.create_element("attribute")
                            .with_attributes([("id", &**key), ("title", key), ("type", kind)])
                            .write_empty()?;
                    }
                    Ok(())
                })?;
            }
            out.create_element("nodes").write_inner_content(|out| {
                for (node, record) in part.nodes.iter().zip(&nodes) {
                    let (id, label) = (xml.held(node.id()), xml.held(node.name(part.lang)));
                    out.create_element("node")
                        .with_attributes([("id", &*id), ("label", &*label)])
                        .write_inner_content(|out| values(out, record, &mut xml))?;
                }
                Ok(())
            })?;
            out.create_element("edges").write_inner_content(|out| {
                for ((number, relation), record) in (0..).zip(&part.relations).zip(&relations) {
                    let (from, to) = (xml.held(relation.from().id()), xml.held(relation.to().id()));
                    let (id, kind) = (format!("r{number}"), xml.held(relation.kind().id()));
                    let label = xml.held(relation.kind().short(part.lang));
                    out.create_element("edge")
                        .with_attributes([
                            ("id", &*id),
                            ("source", &*from),
                            ("target", &*to),
                            ("kind", &*kind),
                            ("label", &*label),
                        ])
                        .write_inner_content(|out| values(out, record, &mut xml))?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    });
    written.expect("memory takes it");
    let text = String::from_utf8(out.into_inner()).expect("texts are UTF-8");
    (text + "\n", unheld(xml.left_out))
}

fn values(
    out: &mut quick_xml::Writer<Vec<u8>>,
    record: &Record,
    xml: &mut Xml,
) -> std::io::Result<()> {
    let values = out.create_element("attvalues");
    values.write_inner_content(|out| {
        for (key, value) in record {
            let value = xml.held(&value.text()).into_owned();
            out.create_element("attvalue")
                .with_attributes([("for", &**key), ("value", &*value)])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
