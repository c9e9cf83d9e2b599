//! GraphML, with a label that yEd shows.

use std::io;

use quick_xml::events::BytesText;

use super::Part;
use super::records::columns;
use super::xml::{Edge, Writer, Xml, document, edges, nodes};
use crate::lang::Message;

/// Writes the part; tells how many characters XML cannot hold.
pub fn write(part: &Part) -> (String, Vec<Message>) {
    let mut xml = Xml::default();
    let (nodes, edges) = (nodes(part), edges(part, &mut xml));
    let heads = [
        ("node", columns(nodes.iter().map(|(_, record)| record))),
        ("edge", columns(edges.iter().map(|(_, record)| record))),
    ];
    document(xml, |out, xml| {
        let root = out.create_element("graphml").with_attributes([
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:y", "http://www.yworks.com/xml/graphml"),
        ]);
        root.write_inner_content(|out| {
            for (of, columns) in &heads {
                for (key, kind) in columns {
                    declare(out, of, &format!("{of}-{key}"), key, kind)?;
                }
            }
            declare(out, "node", "label", "label", "string")?;
            declare(out, "edge", "kind", "kind", "string")?;
            declare(out, "edge", "edge-label", "label", "string")?;
            out.create_element("key")
                .with_attributes([("id", "y"), ("for", "node"), ("yfiles.type", "nodegraphics")])
                .write_empty()?;
            let graph = out.create_element("graph").with_attribute(("edgedefault", "directed"));
            graph.write_inner_content(|out| {
                for (node, record) in &nodes {
                    let (id, label) = (xml.held(node.id()), xml.held(node.name(part.lang)));
                    let element = out.create_element("node").with_attribute(("id", &*id));
                    element.write_inner_content(|out| {
                        data(out, "label", &label)?;
                        for (key, value) in xml.values(record) {
                            data(out, &format!("node-{key}"), &value)?;
                        }
                        shape(out, &label)
                    })?;
                }
                for (Edge { id, source, target, kind, label }, record) in &edges {
                    let element = out.create_element("edge").with_attributes([
                        ("id", &**id),
                        ("source", source),
                        ("target", target),
                    ]);
                    element.write_inner_content(|out| {
                        data(out, "kind", kind)?;
                        data(out, "edge-label", label)?;
                        for (key, value) in xml.values(record) {
                            data(out, &format!("edge-{key}"), &value)?;
                        }
                        Ok(())
                    })?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn declare(out: &mut Writer, of: &str, id: &str, name: &str, kind: &str) -> io::Result<()> {
    let attributes = [("id", id), ("for", of), ("attr.name", name), ("attr.type", kind)];
    out.create_element("key").with_attributes(attributes).write_empty().map(drop)
}

fn data(out: &mut Writer, key: &str, value: &str) -> io::Result<()> {
    let element = out.create_element("data").with_attribute(("key", key));
    element.write_text_content(BytesText::new(value)).map(drop)
}

/// The label that yEd draws.
fn shape(out: &mut Writer, label: &str) -> io::Result<()> {
    let element = out.create_element("data").with_attribute(("key", "y"));
    element.write_inner_content(|out| {
        out.create_element("y:ShapeNode").write_inner_content(|out| {
            out.create_element("y:NodeLabel").write_text_content(BytesText::new(label)).map(drop)
        })?;
        Ok(())
    })?;
    Ok(())
}
