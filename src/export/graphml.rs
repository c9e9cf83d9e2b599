//! GraphML, with a label that yEd shows.

use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Part;
use super::gexf::{Xml, unheld};
use super::records::{Record, columns, of_node, of_relation};
use crate::lang::Message;

/// Writes the part; tells how many characters XML cannot hold.
pub fn write(part: &Part) -> (String, Vec<Message>) {
    let nodes: Vec<Record> = part.nodes.iter().map(|it| of_node(*it)).collect();
    let relations: Vec<Record> = part.relations.iter().map(|it| of_relation(*it)).collect();
    let mut xml = Xml::default();
    let mut out = quick_xml::Writer::new_with_indent(Vec::new(), b' ', 1);
    let event = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
    out.write_event(event).expect("memory takes it");
    let root = out.create_element("graphml").with_attributes([
        ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
        ("xmlns:y", "http://www.yworks.com/xml/graphml"),
    ]);
    let written = root.write_inner_content(|out| {
        for (of, records) in [("node", &nodes), ("edge", &relations)] {
            for (key, kind) in columns(records) {
                let id = format!("{of}-{key}");
                out.create_element("key")
                    .with_attributes([
                        ("id", &*id),
                        ("for", of),
                        ("attr.name", &key),
                        ("attr.type", kind),
                    ])
                    .write_empty()?;
            }
        }
        for (id, of, name) in
            [("label", "node", "label"), ("kind", "edge", "kind"), ("edge-label", "edge", "label")]
        {
            out.create_element("key")
                .with_attributes([
                    ("id", id),
                    ("for", of),
                    ("attr.name", name),
                    ("attr.type", "string"),
                ])
                .write_empty()?;
        }
        out.create_element("key")
            .with_attributes([("id", "y"), ("for", "node"), ("yfiles.type", "nodegraphics")])
            .write_empty()?;
        let graph = out.create_element("graph").with_attribute(("edgedefault", "directed"));
        graph.write_inner_content(|out| {
            for (node, record) in part.nodes.iter().zip(&nodes) {
                let (id, label) = (xml.held(node.id()), xml.held(node.name(part.lang)));
                out.create_element("node").with_attribute(("id", &*id)).write_inner_content(
                    |out| {
                        data(out, "label", &label)?;
                        for (key, value) in record {
                            data(out, &format!("node-{key}"), &xml.held(&value.text()))?;
                        }
                        out.create_element("data")
                            .with_attribute(("key", "y"))
                            .write_inner_content(|out| {
                                let shape = out.create_element("y:ShapeNode");
                                shape.write_inner_content(|out| {
                                    out.create_element("y:NodeLabel")
                                        .write_text_content(BytesText::new(&label))?;
                                    Ok(())
                                })?;
                                Ok(())
                            })?;
                        Ok(())
                    },
                )?;
            }
            for ((number, relation), record) in (0..).zip(&part.relations).zip(&relations) {
                let (from, to) = (xml.held(relation.from().id()), xml.held(relation.to().id()));
                let id = format!("r{number}");
                out.create_element("edge")
                    .with_attributes([("id", &*id), ("source", &*from), ("target", &*to)])
                    .write_inner_content(|out| {
                        data(out, "kind", &xml.held(relation.kind().id()))?;
                        data(out, "edge-label", &xml.held(relation.kind().short(part.lang)))?;
                        for (key, value) in record {
                            data(out, &format!("edge-{key}"), &xml.held(&value.text()))?;
                        }
                        Ok(())
                    })?;
            }
            Ok(())
        })?;
        Ok(())
    });
    written.expect("memory takes it");
    let text = String::from_utf8(out.into_inner()).expect("texts are UTF-8");
    (text + "\n", unheld(xml.left_out))
}

fn data(out: &mut quick_xml::Writer<Vec<u8>>, key: &str, value: &str) -> std::io::Result<()> {
    let element = out.create_element("data").with_attribute(("key", key));
    element.write_text_content(BytesText::new(value)).map(drop)
}
