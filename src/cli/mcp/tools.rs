//! The tools: commands, described and called as the protocol has it.

use std::cell::RefCell;
use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Value, json};

use super::super::arguments::{self, DataArguments, Manner};
use super::super::session::{Heard, Output, Session};
use super::super::{answer, slip};
use crate::lang::Lang;
use crate::query::contract::Contract;
use crate::render::Format;

/// The commands that are tools, what their answers keep to, and how many rows they tell if nothing is said.
const TOOLS: [(&str, Contract, Option<u64>); 9] = [
    ("list", Contract::List, Some(50)),
    ("search", Contract::Search, None),
    ("show", Contract::Show, None),
    ("cite", Contract::Cite, None),
    ("path", Contract::Path, None),
    ("trace", Contract::Trace, None),
    ("compare", Contract::Compare, None),
    ("gaps", Contract::Gaps, Some(10)),
    ("risk", Contract::Risk, None),
];

/// The longest answer, in bytes of JSON: an assistant reads no more at once.
const LONGEST: usize = 256 << 10;

/// Arguments that change how a page looks, and nothing of what is said.
const OF_PAGES: [&str; 2] = ["evidence", "columns"];

/// The commands as tools over one atlas.
pub struct Tools<'s> {
    data: &'s DataArguments,
    lang: Lang,
    whole: Command,
}

impl<'s> Tools<'s> {
    /// The tools over an atlas, described in a language.
    pub fn new(data: &'s DataArguments, lang: Lang) -> Self {
        let mut whole = arguments::command(lang);
        whole.build();
        Tools { data, lang, whole }
    }

    /// Returns what an assistant should know before it asks.
    pub fn instructions(&self) -> &'static str {
        self.lang.pick(
            "An atlas of medical-device clusters: organizations, regions, roles, stages of development, programs and \
             what relates them. Every statement carries its basis (stated by a source, inferred, or curated) and its \
             sources: name them in what you say, and keep stated apart from inferred. That the atlas says nothing of \
             something does not mean that there is none. Nodes may be named by id or by any name, in Japanese or English; \
             `search` finds names, `cite` shows what a source says.",
            "医療機器クラスターのアトラスです。組織、地域、役割、開発段階、施策とその関係を収めています。各記述には根拠（明記・推定・\
             補足）と出典があります。回答では出典を示し、明記と推定を区別してください。アトラスに記載がないことは、存在しないことを\
             意味しません。ノードは id でも、日本語・英語のどの名前でも指定できます。search は名前を探し、cite は出典の内容を示します。",
        )
    }

    /// Returns the tools as `tools/list` tells them.
    pub fn list(&self) -> Vec<Value> {
        let tool = |(name, contract, rows): (&str, Contract, Option<u64>)| {
            let command = self.command(name);
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            json!({
                "name": name,
                "title": format!("medclust {name}"),
                "description": about,
                "inputSchema": input(command, rows),
                "outputSchema": output(contract),
                "annotations": {"readOnlyHint": true, "openWorldHint": false},
            })
        };
        TOOLS.into_iter().map(tool).collect()
    }

    fn command(&self, name: &str) -> &Command {
        self.whole.find_subcommand(name).expect("every tool is a command")
    }

    /// Calls a tool; nothing where there is none of that name.
    pub fn call(&self, name: &str, given: &Value) -> Option<Value> {
        let (_, _, rows) = TOOLS.into_iter().find(|(it, ..)| *it == name)?;
        let line = match line(self.command(name), given, rows) {
            Ok(line) => line,
            Err(fault) => return Some(failed(&fault)),
        };
        let manner = Manner { lang: self.lang, color: clap::ColorChoice::Never };
        // The same JSON with blanks and line breaks takes up to four times the room.
        let heard = RefCell::new(Heard { room: 4 * LONGEST, ..Heard::default() });
        let output = Output { format: Format::Json, ..Default::default() };
        let session = Session::new(manner, output).heard_by(&heard);
        let is_answered = match arguments::parse(&line, manner) {
            Ok(mut parsed) => {
                parsed.global.data = self.data.clone();
                parsed.global.ask_for_json();
                answer(&parsed, &session).map_err(|failure| session.report(&failure)).is_ok()
            }
            Err(error) => {
                session.report(&slip::failure(&error));
                false
            }
        };
        let Heard { answer, told, is_over, .. } = heard.into_inner();
        if is_over {
            return Some(self.too_long());
        }
        let told = String::from_utf8_lossy(&told).trim_end().to_owned();
        if !is_answered {
            return Some(failed(&told));
        }
        Some(self.answered(&answer, told))
    }

    fn too_long(&self) -> Value {
        let most = LONGEST >> 10;
        failed(&self.lang.pick(
            format!(
                "the answer is longer than {most} KiB: narrow it, by a region, a role, a stage or `limit`"
            ),
            format!(
                "答えが上限の {most} KiB を超えます。地域、役割、段階、limit などで絞り込んでください"
            ),
        ))
    }

    fn answered(&self, answer: &[u8], told: String) -> Value {
        let Ok(answer) = serde_json::from_slice::<Value>(answer) else { return failed(&told) };
        let text = answer.to_string();
        if text.len() > LONGEST {
            return self.too_long();
        }
        let mut content = vec![json!({"type": "text", "text": text})];
        if !told.is_empty() {
            content.push(json!({"type": "text", "text": told}));
        }
        json!({"content": content, "structuredContent": {"answer": answer}, "isError": false})
    }
}

fn failed(why: &str) -> Value {
    json!({"content": [{"type": "text", "text": why}], "isError": true})
}

/// The arguments of a tool: those of its command that say what is asked.
fn told(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|argument| {
        let id = argument.get_id().as_str();
        !argument.is_global_set() && !OF_PAGES.contains(&id) && id != "help" && id != "version"
    })
}

/// What an argument is called: as its option is typed, with `_` for `-`.
fn called(argument: &Arg) -> String {
    argument.get_long().unwrap_or(argument.get_id().as_str()).replace('-', "_")
}

fn is_flag(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::SetTrue)
}

fn is_many(argument: &Arg) -> bool {
    let values = argument.get_num_args().map_or(1, |range| range.max_values());
    matches!(argument.get_action(), ArgAction::Append) || values > 1
}

/// The JSON Schema of the arguments.
fn input(command: &Command, rows: Option<u64>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for argument in told(command) {
        let value_name = argument.get_value_names().and_then(<[_]>::first);
        let one = match value_name.map(|it| it.as_str()) {
            Some("N") => json!({"type": "integer", "minimum": 0}),
            _ => json!({"type": "string"}),
        };
        let mut schema = match (is_flag(argument), is_many(argument)) {
            (true, _) => json!({"type": "boolean"}),
            (false, true) => json!({"type": "array", "items": one}),
            (false, false) => one,
        };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        schema["description"] = help.into();
        if let Some(rows) = rows.filter(|_| called(argument) == "limit") {
            schema["default"] = rows.into();
        }
        if argument.is_required_set() {
            required.push(called(argument));
        }
        properties.insert(called(argument), schema);
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The JSON Schema of what a tool gives: an object, as the protocol demands, with the answer in it.
fn output(contract: Contract) -> Value {
    let mut answer = contract.schema();
    let fields = answer.as_object_mut().expect("a schema is an object");
    let dialect = fields.remove("$schema");
    let definitions = fields.remove("$defs");
    json!({
        "$schema": dialect,
        "type": "object",
        "properties": {"answer": answer},
        "required": ["answer"],
        "$defs": definitions.unwrap_or_else(|| json!({})),
    })
}

/// The command line that asks what a call asks.
fn line(command: &Command, given: &Value, rows: Option<u64>) -> Result<Vec<OsString>, String> {
    let nothing = Map::new();
    let given = match given {
        Value::Null => &nothing,
        Value::Object(given) => given,
        _ => return Err("`arguments` must be an object".to_owned()),
    };
    let known: Vec<String> = told(command).map(called).collect();
    if let Some(unknown) = given.keys().find(|name| !known.contains(name)) {
        return Err(format!("there is no argument `{unknown}`; there are: {}", known.join(", ")));
    }
    let mut line = vec!["medclust".into(), command.get_name().into()];
    let mut positional = Vec::new();
    for argument in told(command) {
        let name = called(argument);
        let default = rows.filter(|_| name == "limit").map(Value::from);
        let Some(value) = given.get(&name).or(default.as_ref()).filter(|it| !it.is_null()) else {
            continue;
        };
        if is_flag(argument) {
            match value {
                Value::Bool(true) => line.push(format!("--{}", long(argument)).into()),
                Value::Bool(false) => {}
                _ => return Err(format!("`{name}` is true or false")),
            }
            continue;
        }
        let values = texts(&name, value)?;
        if !is_many(argument) && values.len() != 1 {
            return Err(format!("`{name}` is one value"));
        }
        if argument.is_positional() {
            positional.extend(values.into_iter().map(OsString::from));
        } else {
            let option = |value: String| format!("--{}={value}", long(argument)).into();
            line.extend(values.into_iter().map(option));
        }
    }
    line.push("--".into());
    line.extend(positional);
    Ok(line)
}

fn long(argument: &Arg) -> &str {
    argument.get_long().unwrap_or_default()
}

/// The texts of a value that is one, or of each in a list.
fn texts(name: &str, value: &Value) -> Result<Vec<String>, String> {
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(format!("`{name}` is a text, a number, or a list of them")),
    };
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        value => Ok(vec![text(value)?]),
    }
}
