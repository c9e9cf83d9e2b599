//! `medclust schema`, held by an independent validator against what loading takes and what the
//! commands give.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use medclust::diagnostic::{Code, Diagnostic};
use medclust::graph;
use medclust::source::{self, Layer};
use serde_json::{Map, Value, json};

use crate::harness::{ATLAS, medclust};

fn schema(of: &[&str]) -> Value {
    serde_json::from_str(&medclust([&["schema"], of].concat()).found()).expect("a schema is JSON")
}

fn validator(schema: &Value) -> Validator {
    if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
        panic!("no schema of draft 2020-12: {error}");
    }
    jsonschema::draft202012::new(schema).expect("the schema holds together")
}

fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|it| format!("{}: {it}", it.instance_path())).collect()
}

/// The files below `folder`, as JSON values.
fn yaml_below(folder: &Path) -> Vec<(String, Value)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    walk.filter(|entry| entry.path().extension().is_some_and(|it| it == "yaml"))
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).expect("it can be read");
            let value = serde_saphyr::from_str(&text).expect("it is YAML");
            (entry.path().display().to_string(), value)
        })
        .collect()
}

fn written() -> Vec<(String, Value)> {
    [ATLAS, STAGES, SMALL].map(|it| yaml_below(it.as_ref())).concat()
}

#[test]
fn files_that_load_fit_the_schema() {
    let validator = validator(&schema(&[]));
    let files = written();
    assert!(files.len() > 10);
    for (path, file) in files {
        assert_eq!(complaints(&validator, &file), <[String; 0]>::default(), "{path}");
    }
}

/// A file of one record for each field that these atlases use, with the way to the field.
fn fields() -> BTreeMap<String, (Value, Vec<Key>)> {
    let mut fields = BTreeMap::new();
    for (_, file) in written() {
        for (section, records) in file.as_object().expect("sections") {
            for record in records.as_array().into_iter().flatten() {
                let file = json!({section: [record]});
                let way = vec![Key::Field(section.clone()), Key::Item(0)];
                collect(&file, record, &way, &mut fields);
            }
        }
    }
    fields
}

#[derive(Clone, Debug)]
enum Key {
    Field(String),
    Item(usize),
}

fn collect(
    file: &Value,
    value: &Value,
    way: &[Key],
    fields: &mut BTreeMap<String, (Value, Vec<Key>)>,
) {
    let shape: Vec<&str> =
        way.iter().map(|key| if let Key::Field(name) = key { name } else { "*" }).collect();
    fields.entry(shape.join("/")).or_insert_with(|| (file.clone(), way.to_vec()));
    let mut deeper = |key, value| collect(file, value, &[way, &[key]].concat(), fields);
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| deeper(Key::Field(k.clone()), v)),
        Value::Array(items) => items.iter().take(1).for_each(|v| deeper(Key::Item(0), v)),
        _ => {}
    }
}

fn at<'v>(file: &'v mut Value, way: &[Key]) -> &'v mut Value {
    way.iter().fold(file, |value, key| match key {
        Key::Field(name) => &mut value[name],
        Key::Item(number) => &mut value[number],
    })
}

/// Whether loading takes a file by itself; whether its records agree with each other is not asked.
fn loads(file: &Value, folder: &Path) -> bool {
    let path = folder.join("atlas.yaml");
    // Nothing is written as people write it: no value after the colon.
    fs::write(&path, file.to_string().replace(":null", ": ")).expect("the folder can be written");
    let read = source::read(&[Layer::Folder(path)]);
    let built = graph::build(read.records).err().unwrap_or_default();
    let of_one_record = [Code::InvalidId, Code::InvalidLocation, Code::MissingField];
    // Nothing can bear an empty id.
    let leads_nowhere = |fault: &Diagnostic| fault.message.en.contains(" ``");
    let is_of_one = |fault| leads_nowhere(fault) || of_one_record.contains(&fault.code);
    read.faults.is_empty() && !built.0.iter().any(is_of_one)
}

#[test]
fn the_schema_takes_what_loading_takes_and_nothing_else() {
    let validator = validator(&schema(&[]));
    let folder = tempfile::tempdir().unwrap();
    let slips = [
        json!(null),
        json!(true),
        json!({}),
        json!([]),
        json!({"zzz": 1}),
        json!([[]]),
        json!("zzz"),
        json!(false),
        json!(7),
        json!(-7),
        json!(1.5),
        json!(2014),
        json!(70000),
        json!("7"),
        json!("1.5"),
        json!(".nan"),
        json!("1e400"),
        json!("true"),
        json!(""),
        json!([7]),
        json!([null]),
        json!([true, 1.5]),
        json!(["zzz", {}]),
        json!({"ja": 7}),
        json!({"en": null, "ja": true}),
        json!({"ja": ["zzz"]}),
    ];
    let mut refused = 0;
    let mut differing = Vec::new();
    let mut hold = |file: &Value, slip: &str| {
        let loads = loads(file, folder.path());
        refused += usize::from(!loads);
        let fits = validator.is_valid(file);
        if fits != loads {
            differing.push(format!("fits: {fits}, loads: {loads}, {slip}: {file}"));
        }
    };
    let fields = fields();
    assert!(fields.len() > 100, "{}", fields.len());
    for (field, (file, way)) in &fields {
        hold(file, "as it is");
        for slip in &slips {
            let mut changed = file.clone();
            *at(&mut changed, way) = slip.clone();
            hold(&changed, &format!("{field} = {slip}"));
        }
        let mut changed = file.clone();
        if let Value::Object(map) = at(&mut changed, way) {
            map.insert("zzz".to_owned(), json!("zzz"));
            let is_open = field.ends_with("/identifiers");
            assert_eq!(loads(&changed, folder.path()), is_open, "{field}");
            hold(&changed, &format!("zzz in {field}"));
        }
        let mut changed = file.clone();
        if let Some((Key::Field(name), way)) = way.split_last()
            && let Value::Object(map) = at(&mut changed, way)
        {
            map.remove(name);
            hold(&changed, &format!("without {field}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(refused > 1000, "{refused}");
}

#[test]
fn dates_are_years_months_and_days() {
    let validator = validator(&schema(&[]));
    let folder = tempfile::tempdir().unwrap();
    let dates = ["2015", "2015-01", "2016-02-29", "2015-13", "2015-1", "15", "2015/01", "0000", ""];
    let dates = dates.map(Value::from).into_iter().chain([json!(2015), json!(15), json!(2015.5)]);
    for date in dates {
        let file = json!({"roles": [{"id": "a", "since": date}]});
        assert_eq!(validator.is_valid(&file), loads(&file, folder.path()), "{date}");
    }
}

#[test]
fn editors_are_offered_types_kinds_and_descriptions() {
    let schema = schema(&[]);
    let examples = |path: &str| {
        let examples = schema.pointer(path).expect(path)["examples"].as_array();
        examples.into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>()
    };
    assert!(examples("/$defs/Organization/properties/type").contains(&"hospital"));
    assert!(examples("/$defs/Region/properties/type").contains(&"special-zone"));
    assert!(examples("/$defs/RelationRecord/properties/kind").contains(&"provides-seeds-to"));
    for (name, record) in schema["$defs"].as_object().unwrap() {
        assert!(record["description"].is_string(), "{name}");
        for (field, of) in record["properties"].as_object().into_iter().flatten() {
            let told = of["description"].as_str().unwrap_or_default();
            assert!(!told.is_empty() && !told.contains("[`"), "{name} {field}: {told}");
        }
    }
}

/// A contract that lets no field pass that it does not name.
fn closed(mut schema: Value) -> Value {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(map) => {
                if map.contains_key("properties") {
                    map.insert("additionalProperties".to_owned(), false.into());
                }
                map.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    close(&mut schema);
    schema
}

/// An atlas with loops, and with statements that there is none.
const STAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/atlas-of-stages.yaml");

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/small.yaml");

const POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/policy.yaml");

#[test]
fn a_policy_fits_its_schema_and_a_slip_does_not() {
    let validator = validator(&schema(&["expect"]));
    let text = fs::read_to_string(POLICY).unwrap();
    let policy: Value = serde_saphyr::from_str(&text).unwrap();
    assert_eq!(complaints(&validator, &policy), <[String; 0]>::default());
    for (sound, broken) in [("count:", "cout:"), ("at_most: 0", "at_most: -1"), ("gaps", "gap")] {
        assert!(text.contains(sound));
        let broken: Value = serde_saphyr::from_str(&text.replace(sound, broken)).unwrap();
        assert!(!validator.is_valid(&broken), "{sound}");
    }
}

/// Every command with answers of all its shapes: the words after `schema output`, the command line.
const ANSWERS: &[(&[&str], &[&str])] = &[
    (&["list"], &["list"]),
    (&["list", "organizations"], &["list", "organizations"]),
    (&["list", "regions"], &["list", "regions"]),
    (&["list", "roles"], &["list", "roles"]),
    (&["list", "stages"], &["list", "stages"]),
    (&["list", "programs"], &["list", "programs"]),
    (&["list", "nodes"], &["list", "nodes"]),
    (&["list", "relations"], &["list", "relations"]),
    (&["list", "relation-kinds"], &["list", "relation-kinds"]),
    (&["list", "sources"], &["list", "sources"]),
    (&["list"], &["list", "nodes"]),
    (&["list"], &["list", "relations"]),
    (&["list"], &["list", "relation-kinds"]),
    (&["list"], &["list", "sources"]),
    (&["list"], &["list", "--region", "israel"]),
    (&["show"], &["show", "mayo-clinic"]),
    (&["show"], &["show", "mayo-clinic", "minnesota", "ncvc", "medical-research@minnesota"]),
    (&["cite"], &["cite", "minnesota-map:71-72"]),
    (&["cite"], &["cite", "world-map"]),
    (&["search"], &["search", "medtornic"]),
    (&["search"], &["search", "qqqqqqqqqq"]),
    (&["path"], &["path", "国循", "承認取得", "-k", "3"]),
    (&["path"], &["path", "approval", "clinical-need"]),
    (&["path"], &["path", "国循", "販路開拓", "--stage-by-stage", "--who"]),
    (&["risk"], &["risk"]),
    (&["risk"], &["risk", "--region", "minnesota", "--without", "umn"]),
    (&["risk"], &["risk", "market", "needs"]),
    (&["risk"], &["risk", "medtronic", "umn-cse"]),
    (&["path"], &["path", "region:kansai", "approval", "--all", "--limit", "3"]),
    (&["trace"], &["trace"]),
    (&["trace"], &["trace", "--region", "minnesota"]),
    (&["trace"], &["trace", "--from", "approval", "--to", "needs"]),
    (&["trace"], &["--data", STAGES, "trace", "--region", "north"]),
    (&["compare"], &["compare", "minnesota", "incubation-hub"]),
    (&["compare"], &["compare", "minnesota", "incubation-hub", "--by", "stage"]),
    (&["compare"], &["compare", "minnesota", "incubation-hub", "--by", "relation"]),
    (&["compare"], &["compare", "minnesota", "incubation-hub", "--by", "program"]),
    (&["compare"], &["compare", "california", "ireland", "--by", "indicator"]),
    (&["compare"], &["--data", STAGES, "compare", "north", "south"]),
    (&["stats"], &["stats"]),
    (&["stats"], &["stats", "--region", "israel", "--top", "1"]),
    (&["gaps"], &["gaps", "kansai", "--against", "minnesota"]),
    (&["gaps"], &["gaps", "incubation-hub"]),
    (&["gaps"], &["gaps", "umn", "--against", "mayo-clinic"]),
    (&["expect"], &["expect", POLICY]),
    (&["draw"], &["draw", "minnesota"]),
    (&["draw"], &["draw", "incubation-hub"]),
    (&["map"], &["map"]),
    (&["diff"], &["diff", ATLAS, ATLAS]),
    (&["diff"], &["diff", ATLAS, STAGES]),
    (&["check"], &["check"]),
    (&["check"], &["check", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/broken/several")]),
    (&["diff"], &["diff", ATLAS, SMALL]),
];

#[test]
fn every_command_keeps_its_contract() {
    for (of, command) in ANSWERS {
        let validator = validator(&closed(schema(&[&["output"], *of].concat())));
        let answer = medclust([*command, &["--json"]].concat()).json();
        assert_eq!(complaints(&validator, &answer), <[String; 0]>::default(), "{command:?}");
    }
}

#[test]
fn a_contract_takes_no_other_answer() {
    let nodes = medclust(["list", "roles", "--json"]).json();
    for of in [&["list", "relations"][..], &["list", "sources"], &["search"], &["path"], &["show"]]
    {
        let validator = validator(&schema(&[&["output"], of].concat()));
        assert!(!validator.is_valid(&nodes), "{of:?}");
    }
    // No field may be missing, not even one that says nothing.
    let validator = validator(&schema(&["output", "list", "roles"]));
    let whole = nodes[0].as_object().expect("a node is an object");
    for field in whole.keys() {
        let mut node: Map<String, Value> = whole.clone();
        node.remove(field);
        assert!(!validator.is_valid(&json!([node])), "{field}");
    }
}

#[test]
fn what_has_no_schema_is_an_error() {
    for words in [&["output"][..], &["output", "cook"], &["output", "show", "roles"]] {
        medclust([&["schema"], words].concat()).refused();
    }
}
