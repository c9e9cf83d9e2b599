//! `medclust mcp`: a server of the Model Context Protocol, so that an assistant can ask the atlas.
//!
//! It speaks over standard input and output, one JSON-RPC message a line, as the transport `stdio` of the
//! protocol has it. Each tool is a command of its own name: its arguments go through that command's parser,
//! and what comes back is that command's JSON. So there is nothing that an assistant is told otherwise.

mod tools;

use std::io::{self, BufRead, IsTerminal, Read, Write};

use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use super::Outcome;
use super::arguments::DataArguments;
use super::failure::Failure;
use super::session::Session;
use crate::lang::Message;
use tools::Tools;

#[derive(Debug, Args)]
pub struct Arguments {}

/// The versions of the protocol that are spoken, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

/// The longest message that is taken, in bytes: no question is that long.
const LONGEST: u64 = 1 << 20;

pub fn run(_: &Arguments, data: &DataArguments, session: &Session) -> Result<Outcome, Failure> {
    if io::stdin().is_terminal() {
        session.note(&Message::new(
            "an assistant speaks to this over standard input, a JSON-RPC message a line; Ctrl-D ends it",
            "アシスタントが標準入力から 1 行に 1 つの JSON-RPC メッセージで話しかけます。Ctrl-D で終わります",
        ));
    }
    let server = Server { tools: Tools::new(data, session.lang()) };
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(Outcome::Found);
        }
        let is_cut = line.len() as u64 == LONGEST && !line.ends_with(b"\n");
        let answer = if is_cut {
            input.skip_until(b'\n')?;
            Some(refusal(Value::Null, Fault::InvalidRequest, "the message is longer than 1 MiB"))
        } else if line.trim_ascii().is_empty() {
            None
        } else {
            server.answer(&line)
        };
        if let Some(answer) = answer {
            writeln!(output, "{answer}")?;
            output.flush()?;
        }
    }
}

/// What is wrong with a request, by the codes of JSON-RPC 2.0.
#[derive(Clone, Copy)]
enum Fault {
    Parse = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
}

struct Server<'s> {
    tools: Tools<'s>,
}

impl Server<'_> {
    /// The answer to a message; a notification has none.
    fn answer(&self, line: &[u8]) -> Option<Value> {
        let message: Value = match serde_json::from_slice(line) {
            Ok(message) => message,
            Err(error) => {
                return Some(refusal(Value::Null, Fault::Parse, &format!("no JSON: {error}")));
            }
        };
        let id = message.get("id").cloned();
        let Some(method) = message.get("method").and_then(Value::as_str) else {
            // What answers a request of ours would have none, but nothing is asked from here.
            let is_answer = message.get("result").or(message.get("error")).is_some();
            let fault = "a request has a method";
            return (!is_answer)
                .then(|| refusal(id.unwrap_or_default(), Fault::InvalidRequest, fault));
        };
        let id = id.filter(|id| !id.is_null())?;
        let parameters = message.get("params").unwrap_or(&Value::Null);
        Some(match method {
            "initialize" => result(id, self.initialize(parameters)),
            "ping" => result(id, json!({})),
            "tools/list" => result(id, json!({"tools": self.tools.list()})),
            "tools/call" => self.call(id, parameters),
            _ => refusal(id, Fault::MethodNotFound, &format!("there is no method `{method}`")),
        })
    }

    fn initialize(&self, parameters: &Value) -> Value {
        let asked = parameters["protocolVersion"].as_str();
        let version = VERSIONS.into_iter().find(|it| Some(*it) == asked).unwrap_or(VERSIONS[0]);
        json!({
            "protocolVersion": version,
            "capabilities": {"tools": {}},
            "serverInfo": {
                "name": env!("CARGO_PKG_NAME"),
                "title": "medclust: an atlas of medical-device clusters",
                "version": env!("CARGO_PKG_VERSION"),
            },
            "instructions": self.tools.instructions(),
        })
    }

    fn call(&self, id: Value, parameters: &Value) -> Value {
        let Some(name) = parameters["name"].as_str() else {
            return refusal(id, Fault::InvalidParams, "the call names no tool");
        };
        match self.tools.call(name, &parameters["arguments"]) {
            Some(called) => result(id, called),
            None => refusal(id, Fault::InvalidParams, &format!("there is no tool `{name}`")),
        }
    }
}

fn result(id: Value, result: impl Serialize) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": result})
}

fn refusal(id: Value, fault: Fault, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": fault as i32, "message": message}})
}
