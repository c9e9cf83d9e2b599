//! `medclust mcp`: JSON-RPC, line by line, and tools that say what the commands of their names say.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::harness::{command, json as asked, text};

/// What the server answers to these lines.
fn answers(lines: &[u8], arguments: &[&str]) -> Vec<Value> {
    let mut command = command([&["mcp"], arguments].concat());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut server = command.spawn().unwrap();
    let mut input = server.stdin.take().unwrap();
    let lines = lines.to_vec();
    let writing = std::thread::spawn(move || input.write_all(&lines).unwrap());
    let output = server.wait_with_output().unwrap();
    writing.join().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn call(tool: &str, arguments: &Value) -> Value {
    let request = json!({
        "jsonrpc": "2.0", "id": "x", "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    });
    let mut answers = answers(request.to_string().as_bytes(), &[]);
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}

fn error(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap()
}

#[test]
fn a_conversation() {
    let lines = concat!(
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}"#,
        "\n",
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        "\n\n",
        r#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#,
        "\n",
        r#"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#,
        "\n",
        "{\n",
        r#"{"jsonrpc":"2.0","id":4,"method":"resources/list"}"#,
        "\n",
        r#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"cook"}}"#,
        "\n[]\n",
        r#"{"jsonrpc":"2.0","id":6,"method":"initialize","params":{"protocolVersion":"1999"}}"#,
    );
    let answers = answers(lines.as_bytes(), &[]);
    assert_eq!(answers.len(), 8, "a notification and an empty line have no answer");
    assert_eq!(text(&answers[0], "/result/protocolVersion"), "2025-03-26");
    assert_eq!(answers[1]["result"], json!({}));
    let tools = answers[2]["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|it| text(it, "/name")).collect();
    assert_eq!(
        names,
        ["list", "search", "show", "cite", "path", "trace", "compare", "gaps", "risk"]
    );
    for tool in tools {
        assert!(tool["annotations"]["readOnlyHint"].as_bool().unwrap());
        jsonschema::draft202012::new(&tool["inputSchema"]).unwrap();
        jsonschema::draft202012::new(&tool["outputSchema"]).unwrap();
    }
    assert_eq!(error(&answers[3]), -32700);
    assert_eq!(error(&answers[4]), -32601);
    assert_eq!(error(&answers[5]), -32602);
    assert_eq!(error(&answers[6]), -32600);
    assert_eq!(text(&answers[7], "/result/protocolVersion"), "2025-06-18");
}

#[test]
fn a_tool_says_what_its_command_says() {
    for (tool, arguments, line) in [
        ("list", json!({"kind": "roles", "limit": 999}), "list roles"),
        (
            "list",
            json!({"region": ["minnesota"], "type": ["!company"], "limit": 999}),
            "list --region minnesota --type !company",
        ),
        ("search", json!({"text": "medtornic"}), "search medtornic"),
        ("show", json!({"names": ["ncvc", "umn"]}), "show ncvc umn"),
        ("cite", json!({"citation": "minnesota-map:71-72"}), "cite minnesota-map:71-72"),
        (
            "path",
            json!({"from": "国循", "to": "承認取得", "limit": 3, "who": true}),
            "path 国循 承認取得 -k 3 --who",
        ),
        ("trace", json!({"region": "minnesota"}), "trace --region minnesota"),
        (
            "compare",
            json!({"names": ["kansai", "minnesota"], "by": "stage"}),
            "compare kansai minnesota --by stage",
        ),
        (
            "gaps",
            json!({"whose": "kansai", "against": "minnesota", "limit": 99}),
            "gaps kansai --against minnesota",
        ),
        ("risk", json!({"region": "minnesota", "both_ways": false}), "risk --region minnesota"),
        (
            "path",
            json!({"from": "umn", "to": "medtronic", "as_of": "2014"}),
            "path umn medtronic --as-of 2014",
        ),
    ] {
        let answer = call(tool, &arguments);
        assert_eq!(answer["result"]["isError"], false, "{tool} {arguments}: {answer:.300}");
        assert_eq!(answer["result"]["structuredContent"]["answer"], asked(line), "{line}");
        let told: Value = serde_json::from_str(text(&answer, "/result/content/0/text")).unwrap();
        assert_eq!(told, asked(line));
    }
}

#[test]
fn what_cannot_be_answered_is_told_to_the_assistant() {
    for (tool, arguments, told) in [
        ("show", json!({"names": ["medtornic"]}), "medtronic"),
        ("show", json!({"name": ["umn"]}), "there is no argument `name`; there are: names"),
        ("path", json!({"from": "umn"}), "TO"),
        ("list", json!({"limit": "many"}), "many"),
        ("list", json!({"region": {"a": 1}}), "`region` is a text"),
        ("path", json!({"from": ["umn", "ncvc"], "to": "medtronic"}), "`from` is one value"),
        ("risk", json!({"both_ways": "yes"}), "true or false"),
        ("list", json!([]), "must be an object"),
        (
            "path",
            json!({"from": "ncvc", "to": "approval", "all": true, "both_ways": true}),
            "longer than 256 KiB",
        ),
        ("show", json!({"names": ["--help"]}), "--help"),
    ] {
        let answer = call(tool, &arguments);
        assert!(answer["result"]["isError"] == true, "{tool} {arguments}: {answer:.300}");
        let text = text(&answer, "/result/content/0/text");
        assert!(text.contains(told), "{tool} {arguments}: {text}");
    }
    let nothing = call("list", &json!({"name": ["qqqqq"]}));
    assert_eq!(nothing["result"]["structuredContent"]["answer"], json!([]));
    assert_eq!(text(&nothing, "/result/content/1/text"), "nothing found");
}

#[test]
fn a_message_without_end_is_refused_and_the_next_is_answered() {
    let mut lines = vec![b'['; 3 << 20];
    lines.extend(b"\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n");
    let answers = answers(&lines, &["--lang", "ja"]);
    assert_eq!(error(&answers[0]), -32600);
    assert_eq!(answers[1]["result"], json!({}));
}
