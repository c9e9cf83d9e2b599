//! The JSON Schema of an atlas file, with which editors complete and check it.
//!
//! Most of it is derived from the record types. This module adds what cannot be derived: the forms
//! of dates, ids and citations, and the freedoms of YAML. The schema accepts every file that loads
//! by itself, and refuses every record that loading refuses. It cannot check whether records agree
//! with each other.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::{AtlasFile, Citation, Date, References};
use crate::origin::At;

/// The character that an id can hold: no blank, none that steers a terminal or cannot be seen.
const OF_ID: &str =
    r"[^@:\s\u0000-\u001f\u007f-\u009f\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]";

/// A number as a text in quotes may give it.
const NUMBER: &str = r"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE](-[0-9]+|\+?[0-9]{1,2}))?$";

/// A whole number as a text in quotes may give it.
const WHOLE: &str = r"^\+?[0-9]+(\.0*)?$";

/// Returns the JSON Schema (draft 2020-12) of an atlas file. Editors suggest `relation_kinds`, but
/// other kinds are valid too.
pub fn atlas_file<'k>(relation_kinds: impl Iterator<Item = &'k str>) -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(Loose);
    let mut schema = entitled::<AtlasFile>("medclust atlas file", settings);
    let kinds: Vec<Value> = relation_kinds.map(Value::from).collect();
    if let Some(kind) = schema.pointer_mut("/$defs/RelationRecord/properties/kind") {
        kind["examples"] = kinds.into();
        kind["minLength"] = 1.into();
    }
    if let Some(context) = schema.pointer_mut("/$defs/RelationRecord/properties/in") {
        context["minLength"] = 1.into();
    }
    for kind in ["Region", "Organization", "Role", "Stage", "Program"] {
        let Some(fields) = schema.pointer_mut(&format!("/$defs/{kind}/properties")) else {
            continue;
        };
        fields["id"]["pattern"] = format!("^{OF_ID}+$").into();
        if let Some(region) = fields.get_mut("region") {
            region["minLength"] = 1.into();
        }
    }
    schema
}

/// Returns the schema of `T` under a title.
pub fn entitled<T: JsonSchema>(title: &str, settings: SchemaSettings) -> Value {
    let schema = settings.with_transform(Plain).into_generator().into_root_schema_for::<T>();
    let Value::Object(mut fields) = schema.to_value() else {
        unreachable!("the root of a schema is an object");
    };
    let mut head = Map::new();
    head.extend(fields.remove_entry("$schema"));
    head.insert("title".to_owned(), title.into());
    head.extend(fields.remove_entry("description"));
    // People read the head first.
    fields.remove("title");
    head.extend(fields);
    head.into()
}

/// Takes out of a schema what helps nobody: defaults that say nothing, links of the source code.
#[derive(Clone, Debug)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        if schema.get("default").is_some_and(says_nothing) {
            schema.remove("default");
        }
        if schema.get("examples").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            schema.remove("examples");
        }
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = text.replace("[`", "`").replace("`]", "`");
        }
    }
}

fn says_nothing(default: &Value) -> bool {
    match default {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(says_nothing),
        _ => false,
    }
}

/// Lets a field that holds a list hold nothing: `relations:` with no line after it. Lets a text be what
/// readers of YAML take for a number or a truth value, and a number stand in quotes.
#[derive(Clone, Debug)]
struct Loose;

impl Transform for Loose {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
        for field in fields.into_iter().flat_map(Map::values_mut) {
            if field["type"] == "array" {
                field["type"] = vec!["array", "null"].into();
            }
        }
        let (further, pattern): (&[&str], _) = match types(schema).first() {
            Some(first) if first == "string" && schema.get("enum").is_none() => {
                (&["number", "boolean"], None)
            }
            Some(first) if first == "number" => (&["string"], Some(NUMBER)),
            Some(first) if first == "integer" => (&["string"], Some(WHOLE)),
            _ => return,
        };
        let is_date = schema.get("pattern").is_some();
        if !is_date {
            let all = types(schema).into_iter().chain(further.iter().map(|it| (*it).to_owned()));
            schema.insert("type".to_owned(), all.collect::<Vec<_>>().into());
            if let Some(pattern) = pattern {
                schema.insert("pattern".to_owned(), pattern.into());
            }
        }
    }
}

/// The types that a schema names.
fn types(schema: &Schema) -> Vec<String> {
    match schema.get("type") {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({
            "description": "A date as exact as its source: a year, a month or a day.",
            "type": "string",
            "pattern": "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
            "examples": ["2015", "2015-01", "2015-01-26"]
        });
        // A year without quotes is a number to every reader of YAML.
        if generator.contract().is_deserialize() {
            schema.insert("type".to_owned(), vec!["string", "integer"].into());
            schema.insert("minimum".to_owned(), 1000.into());
            schema.insert("maximum".to_owned(), 9999.into());
        }
        schema
    }
}

impl JsonSchema for Citation {
    fn schema_name() -> Cow<'static, str> {
        "Citation".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A citation: the id of a source, or `source:locator`.",
            "type": "string",
            "minLength": 1,
            "examples": ["minnesota-map:71-72"]
        })
    }
}

/// An end of a relation: as [`References`], but not left blank.
pub fn end(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = References::json_schema(generator);
    schema.insert("type".to_owned(), vec!["string", "number", "boolean", "array"].into());
    schema
}

impl JsonSchema for References {
    fn schema_name() -> Cow<'static, str> {
        "References".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // An id, or R@X.
        let pattern = format!("^{OF_ID}+(@{OF_ID}+)?$");
        json_schema!({
            "description": "One id, or a list of ids; `R@X` is the role R in the context X.",
            "type": ["string", "number", "boolean", "array", "null"],
            "pattern": pattern,
            "items": {"type": ["string", "number", "boolean"], "pattern": pattern}
        })
    }
}
