//! Finds all faults of a text, where normal reading stops at the first.
//!
//! This is used only for a text that has already failed to load. It is parsed again into a tree,
//! and each record is decoded by itself: unknown fields and values that do not fit are reported and
//! skipped, so that one fault does not hide others.

#[cfg(test)]
mod alike;
mod error;
mod tree;
mod value;

use std::cell::RefCell;
use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_saphyr::options::DuplicateKeyPolicy;
use unicode_normalization::UnicodeNormalization;

use super::yaml;
use crate::control::is_invisible;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::AtlasFile;
use crate::origin::{FileId, Origin, Position};
use error::Error;
use tree::{Node, Tree};
use value::Value;

/// Finds all faults of a text, and the records that have none.
///
/// # Errors
/// Where the text cannot be read as YAML at all.
pub fn faults(
    file: FileId,
    text: &str,
) -> Result<(AtlasFile, Vec<Diagnostic>), serde_saphyr::Error> {
    let mut options = yaml::options(text);
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    let root: Option<Node> = serde_saphyr::from_str_with_options(text, options)?;
    let decoder = Decoder { file, text, faults: RefCell::default() };
    let records = root.map(|root| decoder.sections(root)).unwrap_or_default();
    let mut faults = decoder.faults.into_inner();
    // Decoding a record again finds the same unknown fields again.
    faults.sort_by_key(|fault| fault.places.first().map(|place| place.origin));
    faults.dedup();
    Ok((records, faults))
}

/// Reads a text that holds one section of records, and finds all its faults.
pub fn section<R: DeserializeOwned>(
    file: FileId,
    text: &str,
    name: &'static str,
) -> (Vec<R>, Vec<Diagnostic>) {
    let mut options = yaml::options(text);
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    let root: Option<Node> = match serde_saphyr::from_str_with_options(text, options) {
        Ok(root) => root,
        Err(error) => return (Vec::new(), vec![yaml::describe(file, text, &error)]),
    };
    let decoder = Decoder { file, text, faults: RefCell::default() };
    let records = root.map(|root| decoder.only(root, name)).unwrap_or_default();
    let mut faults = decoder.faults.into_inner();
    faults.sort_by_key(|fault| fault.places.first().map(|place| place.origin));
    faults.dedup();
    (records, faults)
}

/// Collects faults while records are decoded.
struct Decoder<'t> {
    file: FileId,
    text: &'t str,
    faults: RefCell<Vec<Diagnostic>>,
}

impl Decoder<'_> {
    fn report(&self, fault: Diagnostic, position: Position, length: usize) {
        let origin = Origin { file: self.file, position };
        self.faults.borrow_mut().push(fault.at(origin, length));
    }

    /// The name of a field; what is no name is one as it is written.
    fn name<'n>(&'n self, key: &'n Node) -> &'n str {
        let written = || self.text.get(key.written.clone()).unwrap_or_default().trim();
        key.text(self.text).unwrap_or_else(written)
    }

    fn sections(&self, root: Node) -> AtlasFile {
        let mut file = AtlasFile::default();
        let Tree::Map(sections) = root.tree else {
            let error = Error::wrong_type(&root.tree, "sections such as `organizations:`");
            self.report(*error.fault, root.position, 1);
            return file;
        };
        self.duplicates(&sections);
        for (key, records) in sections {
            match self.name(&key) {
                "sources" => file.sources.extend(self.records(records)),
                "relation_kinds" => file.relation_kinds.extend(self.records(records)),
                "node_types" => file.node_types.extend(self.records(records)),
                "event_kinds" => file.event_kinds.extend(self.records(records)),
                "regions" => file.regions.extend(self.records(records)),
                "organizations" => file.organizations.extend(self.records(records)),
                "roles" => file.roles.extend(self.records(records)),
                "stages" => file.stages.extend(self.records(records)),
                "programs" => file.programs.extend(self.records(records)),
                "relations" => file.relations.extend(self.records(records)),
                _ => self.unknown(&key, SECTIONS),
            }
        }
        file
    }

    fn only<R: DeserializeOwned>(&self, root: Node, name: &'static str) -> Vec<R> {
        let Tree::Map(sections) = root.tree else {
            let error = Error::wrong_type(&root.tree, "sections such as `rules:`");
            self.report(*error.fault, root.position, 1);
            return Vec::new();
        };
        self.duplicates(&sections);
        let mut records = Vec::new();
        for (key, section) in sections {
            match self.name(&key) == name {
                true => records.extend(self.records(section)),
                false => self.unknown(&key, &[name]),
            }
        }
        records
    }

    /// The records of a section that have no fault.
    fn records<R: DeserializeOwned>(&self, section: Node) -> Vec<R> {
        match section.tree {
            Tree::Null => Vec::new(),
            Tree::Seq(records) => {
                records.into_iter().filter_map(|record| self.record(record)).collect()
            }
            other => {
                let error = Error::wrong_type(&other, "a list of records");
                self.report(*error.fault, section.position, 1);
                Vec::new()
            }
        }
    }

    /// Decodes a record, each time without what did not fit, until the rest fits; a record that
    /// fits as it is.
    fn record<R: DeserializeOwned>(&self, mut record: Node) -> Option<R> {
        let told = self.faults.borrow().len();
        self.drop_duplicates(&mut record);
        loop {
            let error = match R::deserialize(Value { node: &record, decoder: self }) {
                Ok(decoded) => return (self.faults.borrow().len() == told).then_some(decoded),
                Err(error) => error,
            };
            let path = error.path();
            // A field is not missing where it did not fit, or is misspelt.
            let mapping = record.part(&path);
            let is_told = |field| mapping.has_lost(field) || self.has_misspelt(mapping, field);
            if !error.missing.is_some_and(is_told) {
                let position = error.position.unwrap_or(record.position);
                self.report(*error.fault, position, error.length);
            }
            if path.is_empty() {
                return None;
            }
            record.part(&path).tree = Tree::Gone;
        }
    }

    /// Whether a mapping has a field that is likely to be meant as this one.
    fn has_misspelt(&self, mapping: &Node, field: &str) -> bool {
        let Tree::Map(entries) = &mapping.tree else { return false };
        entries.iter().any(|(key, _)| {
            let name: String = self.name(key).nfkc().filter(|c| !is_invisible(*c)).collect();
            !nearest(&name, [field]).is_empty()
        })
    }

    /// Tells the fields of a mapping that are given again, and their numbers.
    fn duplicates(&self, entries: &[(Node, Node)]) -> Vec<usize> {
        let (mut seen, mut again) = (HashSet::new(), Vec::new());
        for (number, (key, _)) in entries.iter().enumerate() {
            let name = self.name(key);
            if !seen.insert(name) {
                self.report(yaml::duplicate(name), key.position, name.chars().count());
                again.push(number);
            }
        }
        again
    }

    /// Tells every field below a node that is given again, and leaves the first.
    fn drop_duplicates(&self, node: &mut Node) {
        match &mut node.tree {
            Tree::Seq(items) => items.iter_mut().for_each(|it| self.drop_duplicates(it)),
            Tree::Map(entries) => {
                for number in self.duplicates(entries).into_iter().rev() {
                    entries.remove(number);
                }
                entries.iter_mut().for_each(|(_, it)| self.drop_duplicates(it));
            }
            _ => {}
        }
    }

    fn unknown(&self, key: &Node, known: &[&str]) {
        let field = self.name(key);
        let fault = Diagnostic::error(
            Code::UnknownField,
            format!("there is no field `{field}` here"),
            format!("ここに項目 `{field}` はありません"),
        );
        let near = nearest(field, known.iter().copied());
        let fault = match near.first() {
            Some(near) => {
                fault.hint(format!("did you mean `{near}`?"), format!("`{near}` のことですか?"))
            }
            None => {
                let known = known.join(", ");
                fault.hint(format!("the fields are: {known}"), format!("使える項目: {known}"))
            }
        };
        self.report(fault, key.position, field.chars().count());
    }
}

const SECTIONS: &[&str] = &[
    "sources",
    "relation_kinds",
    "node_types",
    "event_kinds",
    "regions",
    "organizations",
    "roles",
    "stages",
    "programs",
    "relations",
];
