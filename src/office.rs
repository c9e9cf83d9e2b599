//! Packages of Office Open XML (ECMA-376): XML parts in a ZIP archive, each named with its type.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::control::steers;

/// What every part begins with.
pub const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespace of the relationships between parts.
pub const RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package in memory.
#[derive(Default)]
pub struct Package {
    parts: Vec<(String, &'static str, String)>,
}

/// A relationship from one part to another, or to a page of the web.
pub struct Relationship {
    /// Its id among those of the part.
    pub id: String,
    /// The last word of its type, such as `worksheet`.
    pub kind: &'static str,
    /// Where it leads.
    pub target: String,
    /// Whether that is outside the package.
    pub is_external: bool,
}

impl Relationship {
    /// A relationship to another part.
    pub fn to(id: impl Into<String>, kind: &'static str, target: impl Into<String>) -> Self {
        Relationship { id: id.into(), kind, target: target.into(), is_external: false }
    }
}

impl Package {
    /// Adds a part: its path, its content type, and its XML below the declaration.
    pub fn part(&mut self, path: impl Into<String>, content_type: &'static str, xml: &str) {
        self.parts.push((path.into(), content_type, format!("{XML}{xml}")));
    }

    /// Adds the relationships of the part at `folder`/`name`; of the package itself where both are empty.
    pub fn relate(&mut self, folder: &str, name: &str, relationships: &[Relationship]) {
        let mut xml = String::from(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
        );
        for it in relationships {
            let mode = if it.is_external { " TargetMode=\"External\"" } else { "" };
            let (id, target) = (attribute(&it.id), attribute(&it.target));
            xml += &format!(
                "<Relationship Id=\"{id}\" Type=\"{RELATIONSHIPS}/{}\" Target=\"{target}\"{mode}/>",
                it.kind
            );
        }
        xml += "</Relationships>";
        let at = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.part(format!("{at}_rels/{name}.rels"), "", &xml);
    }

    /// Returns the bytes of the package, the same for the same parts.
    pub fn finish(self) -> Vec<u8> {
        let mut types = format!(
            "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        for (path, content_type, _) in self.parts.iter().filter(|(_, it, _)| !it.is_empty()) {
            types += &format!("<Override PartName=\"/{path}\" ContentType=\"{content_type}\"/>");
        }
        types += "</Types>";
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // The date of an archive is that of nothing: the same answer has the same bytes.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let options = options.last_modified_time(zip::DateTime::default());
        let first = ("[Content_Types].xml".to_owned(), "", types);
        for (path, _, text) in std::iter::once(first).chain(self.parts) {
            archive.start_file(path, options).expect("memory takes it");
            archive.write_all(text.as_bytes()).expect("memory takes it");
        }
        archive.finish().expect("memory takes it").into_inner()
    }
}

/// A text between tags: what would be markup escaped, what would steer a terminal or XML cannot hold left out.
pub fn text(text: &str) -> String {
    escaped(text, false)
}

/// A text in an attribute.
pub fn attribute(text: &str) -> String {
    escaped(text, true)
}

fn escaped(text: &str, is_attribute: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' if is_attribute => escaped += "&quot;",
            '\n' if is_attribute => escaped.push(' '),
            '\n' | '\t' => escaped.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if steers(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}
