//! A drawing of Kumu, in the JSON that it imports.

use serde_json::{Map, Value, json};

use super::Part;
use super::json::pretty;
use super::records::{object, of_node, of_relation};
use crate::lang::Message;

/// Writes elements and connections; whatever Kumu has no field for is an attribute of that name.
pub fn write(part: &Part) -> String {
    let elements = part.nodes.iter().map(|node| {
        let mut fields = object(&of_node(*node));
        let kind = fields.remove("type").unwrap_or_else(|| node.kind().as_str().into());
        let own = json!({
            "id": node.id(),
            "label": node.name(part.lang),
            "type": kind,
            "description": node.record().summary.in_lang(part.lang),
            "website": node.website(),
        });
        Value::Object(joined(own, fields))
    });
    let connections = part.relations.iter().map(|relation| {
        let own = json!({
            "from": relation.from().id(),
            "to": relation.to().id(),
            "type": relation.kind().id(),
            "label": relation.kind().short(part.lang),
            "direction": "directed",
            "description": relation.note().in_lang(part.lang),
        });
        Value::Object(joined(own, object(&of_relation(*relation))))
    });
    let (elements, connections): (Vec<Value>, Vec<Value>) =
        (elements.collect(), connections.collect());
    pretty(&json!({"elements": elements, "connections": connections}))
}

/// What Kumu's fields cannot tell.
pub fn loss() -> Message {
    Message::new(
        "Kumu keeps names in one language as labels; the rest are attributes, which `import kumu` does not read",
        "Kumu のラベルは一つの言語の名称です。その他は属性で、`import kumu` では読みません",
    )
}

fn joined(own: Value, further: Map<String, Value>) -> Map<String, Value> {
    let Value::Object(mut own) = own else { return further };
    own.retain(|_, value| !value.is_null());
    for (key, value) in further {
        own.entry(key).or_insert(value);
    }
    own
}
