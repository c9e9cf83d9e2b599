//! Reads policies: what an office expects of an atlas, as rules in YAML.

use std::fs;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer};
use serde_json::Value;

use super::Counted;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Basis, Id, References, Text, schema};
use crate::origin::{At, File, FileId, Files, Position};
use crate::query::gaps::Want;
use crate::source::{decode, section};

/// A rule: what is counted, under which selection, and within which bounds.
#[derive(Clone, Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The id, by which answers and SARIF call the rule.
    #[schemars(length(min = 1))]
    pub id: At<Id>,
    /// What it demands, for people.
    #[serde(default)]
    pub title: Text,
    /// What is counted.
    pub count: At<Counted>,
    /// It must be this many, or more.
    #[serde(default)]
    pub at_least: Option<At<u64>>,
    /// It must be this many, or fewer.
    #[serde(default)]
    pub at_most: Option<At<u64>>,
    /// In this region, as `--region` has it.
    #[serde(default)]
    pub region: Names,
    /// In this program, as `--program` has it.
    #[serde(default)]
    pub program: Names,
    /// Of this organization and its units; not for lists.
    #[serde(default)]
    pub organization: Names,
    /// This role, as `list --role` has it; for lists alone.
    #[serde(default)]
    pub role: Names,
    /// This stage, as `list --stage` has it; of `stage-actors` and `stage-supports`, each of these stages.
    #[serde(default)]
    pub stage: Names,
    /// Of this type; for lists alone.
    #[serde(default, rename = "type")]
    pub r#type: Names,
    /// With a name that contains this text; for lists alone.
    #[serde(default)]
    pub name: Names,
    /// Citing this source, or this place in it; for lists alone.
    #[serde(default)]
    pub source: Names,
    /// At most two relations away from this node; for lists alone.
    #[serde(default)]
    pub around: Names,
    /// Only statements on one of these bases count.
    #[serde(default)]
    pub basis: Vec<Basis>,
    /// Whether who acts in the whole country counts for a region of it; of `stage-actors` and
    /// `stage-supports`, where it does if it is not said.
    #[serde(default)]
    pub nationwide: Option<At<bool>>,
    /// Of `gaps`: held against this region, program or organization, else the whole atlas.
    #[serde(default)]
    pub against: Option<At<Id>>,
    /// Of `gaps`: only these sorts, else all.
    #[serde(default)]
    pub missing: Vec<At<Want>>,
    /// Of `single-points`: where routes begin, else the first stage.
    #[serde(default)]
    pub from: Option<At<Id>>,
    /// Of `single-points`: where they end, else the last stage.
    #[serde(default)]
    pub to: Option<At<Id>>,
}

/// A file of rules.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is of use")]
struct Policy {
    /// What is expected.
    rules: Vec<Rule>,
}

/// Names, one or several; several mean or, and a leading `!`, which YAML wants in quotes, negates.
#[derive(Clone, Debug, Default)]
pub struct Names(pub Vec<At<Id>>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Nothing after the colon may be a slip, and `!kansai` without quotes is nothing to YAML.
        let References(names) = References::deserialize(deserializer)?;
        let blank = || de::Error::invalid_type(de::Unexpected::Unit, &"a name or a list of names");
        if names.is_empty() { Err(blank()) } else { Ok(Names(names.into_vec())) }
    }
}

impl JsonSchema for Names {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Names".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "number", "boolean", "array"],
            "minLength": 1,
            "items": {"type": ["string", "number", "boolean"]},
            "minItems": 1
        })
    }
}

/// The rules of a policy, and the file that they stand in.
#[derive(Debug)]
pub struct Read {
    /// The file.
    pub files: Files,
    /// Its number.
    pub file: FileId,
    /// The rules that have no fault of form.
    pub rules: Vec<Rule>,
    /// Every fault of form.
    pub faults: Vec<Diagnostic>,
}

/// Reads a policy.
pub fn read(path: &Path) -> Read {
    let mut files = Files::default();
    let named = path.display().to_string();
    let file = files.push(File { path: named.into(), text: String::new().into(), layer: 0 });
    let refused = |files, fault| Read { files, file, rules: Vec::new(), faults: vec![fault] };
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let fault = Diagnostic::error(
                Code::Unreadable,
                format!("the policy cannot be read: {error}"),
                format!("規則のファイルを読めません: {error}"),
            );
            let origin = At::new((), Position::default()).origin(file);
            return refused(files, fault.at(origin, 1));
        }
    };
    let (text, fault) = match decode(bytes, file) {
        Ok(text) => (text, None),
        Err((text, fault)) => (text, Some(*fault)),
    };
    files.file_mut(file).text = text.into();
    if let Some(fault) = fault {
        return refused(files, fault);
    }
    let (rules, faults) = section(file, &files.file(file).text, "rules");
    Read { files, file, rules, faults }
}

/// Returns the JSON Schema of a policy.
pub fn policy_schema() -> Value {
    schema::entitled::<Policy>("medclust policy", SchemaSettings::draft2020_12())
}
