//! All faults of a text whose records do not all fit, where reading stops at the first.
//!
//! Only a text that has already failed comes here. It is read once more into a tree, and each
//! record is decoded by itself: fields that it does not have, or whose values do not fit, are noted
//! and passed over, so that one slip hides no other.

mod error;
mod tree;
mod value;

use std::cell::RefCell;

use serde::de::DeserializeOwned;

use super::yaml;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{
    Organization, Program, Region, RelationKindRecord, RelationRecord, Role, SourceRecord, Stage,
    TermRecord,
};
use crate::origin::{At, FileId, Origin, Position};
use error::Error;
use tree::Tree;
use value::Value;

/// Finds all faults of a text; none if every record fits after all.
///
/// # Errors
/// Where the text cannot be read as YAML at all.
pub fn faults(file: FileId, text: &str) -> Result<Vec<Diagnostic>, serde_saphyr::Error> {
    let root: Option<At<Tree>> = serde_saphyr::from_str_with_options(text, yaml::options(text))?;
    let decoder = Decoder { file, faults: RefCell::default() };
    if let Some(root) = root {
        decoder.sections(root);
    }
    let mut faults = decoder.faults.into_inner();
    // Decoding a record again finds the same unknown fields again.
    faults.sort_by_key(|fault| fault.places.first().map(|place| place.origin));
    faults.dedup();
    Ok(faults)
}

/// Collects faults while records are decoded.
struct Decoder {
    file: FileId,
    faults: RefCell<Vec<Diagnostic>>,
}

impl Decoder {
    fn report(&self, fault: Diagnostic, position: Position, length: usize) {
        let origin = Origin { file: self.file, position };
        self.faults.borrow_mut().push(fault.at(origin, length));
    }

    fn sections(&self, root: At<Tree>) {
        let Tree::Map(sections) = root.value else {
            let error = Error::wrong_type(&root.value, "sections such as `organizations:`");
            return self.report(*error.fault, root.position, 1);
        };
        for (name, records) in sections {
            match name.as_str() {
                "sources" => self.records::<SourceRecord>(records),
                "relation_kinds" => self.records::<RelationKindRecord>(records),
                "node_types" | "event_kinds" => self.records::<TermRecord>(records),
                "regions" => self.records::<Region>(records),
                "organizations" => self.records::<Organization>(records),
                "roles" => self.records::<Role>(records),
                "stages" => self.records::<Stage>(records),
                "programs" => self.records::<Program>(records),
                "relations" => self.records::<RelationRecord>(records),
                _ => self.unknown(&name, SECTIONS),
            }
        }
    }

    fn records<R: DeserializeOwned>(&self, section: At<Tree>) {
        match section.value {
            Tree::Null => {}
            Tree::Seq(records) => records.into_iter().for_each(|record| self.record::<R>(record)),
            other => {
                let error = Error::wrong_type(&other, "a list of records");
                self.report(*error.fault, section.position, 1);
            }
        }
    }

    /// Decodes a record, each time without the field that did not fit, until the rest fits.
    fn record<R: DeserializeOwned>(&self, mut record: At<Tree>) {
        let mut dropped: Vec<String> = Vec::new();
        while let Err(error) = R::deserialize(Value { tree: &record, decoder: self }) {
            let position = error.position.unwrap_or(record.position);
            match error.missing {
                Some(field) if dropped.iter().any(|dropped| dropped == field) => return,
                Some(_) => return self.report(*error.fault, position, error.length),
                None => self.report(*error.fault, position, error.length),
            }
            match record.value.drop_field_at(position) {
                Some(field) => dropped.push(field),
                None => return,
            }
        }
    }

    fn unknown(&self, name: &At<String>, known: &[&str]) {
        let field = &name.value;
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
        self.report(fault, name.position, field.chars().count());
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
