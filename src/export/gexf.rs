//! GEXF 1.3, which Gephi reads.

use std::io;

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
        let root = out
            .create_element("gexf")
            .with_attributes([("xmlns", "http://gexf.net/1.3"), ("version", "1.3")]);
        root.write_inner_content(|out| {
            let graph = out.create_element("graph").with_attribute(("defaultedgetype", "directed"));
            graph.write_inner_content(|out| {
                for (class, columns) in &heads {
                    declare(out, class, columns)?;
                }
                out.create_element("nodes").write_inner_content(|out| {
                    for (node, record) in &nodes {
                        let (id, label) = (xml.held(node.id()), xml.held(node.name(part.lang)));
                        let element = out
                            .create_element("node")
                            .with_attributes([("id", &*id), ("label", &*label)]);
                        let values = xml.values(record);
                        element.write_inner_content(|out| put(out, &values))?;
                    }
                    Ok(())
                })?;
                out.create_element("edges").write_inner_content(|out| {
                    for (Edge { id, source, target, kind, label }, record) in &edges {
                        let element = out.create_element("edge").with_attributes([
                            ("id", &**id),
                            ("source", source),
                            ("target", target),
                            ("kind", kind),
                            ("label", label),
                        ]);
                        let values = xml.values(record);
                        element.write_inner_content(|out| put(out, &values))?;
                    }
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn declare(out: &mut Writer, class: &str, columns: &[(String, &str)]) -> io::Result<()> {
    let attributes = out.create_element("attributes").with_attribute(("class", class));
    attributes.write_inner_content(|out| {
        for (key, kind) in columns {
            out.create_element("attribute")
                .with_attributes([("id", &**key), ("title", key), ("type", kind)])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn put(out: &mut Writer, values: &[(String, String)]) -> io::Result<()> {
    out.create_element("attvalues").write_inner_content(|out| {
        for (key, value) in values {
            out.create_element("attvalue")
                .with_attributes([("for", &**key), ("value", value)])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
