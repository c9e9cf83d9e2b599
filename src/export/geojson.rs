//! GeoJSON (RFC 7946): a point for each node that has one.

use serde_json::json;

use super::Part;
use super::json::pretty;
use super::records::{object, of_node};
use crate::lang::Message;

/// Writes the nodes with a point; tells how many have none, and that relations are left out.
pub fn write(part: &Part) -> (String, Vec<Message>) {
    let placed = part.nodes.iter().filter_map(|node| Some((*node, node.location()?)));
    let features: Vec<_> = placed
        .map(|(node, point)| {
            let mut properties = object(&of_node(node));
            properties.insert("id".to_owned(), node.id().into());
            json!({
                "type": "Feature",
                "id": node.id(),
                "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
                "properties": properties,
            })
        })
        .collect();
    let without = part.nodes.len() - features.len();
    let told = Message::new(
        format!("{without} nodes have no point and are left out, and so are relations"),
        format!("位置のないノード {without} 件と、関係は含みません"),
    );
    (pretty(&json!({"type": "FeatureCollection", "features": features})), vec![told])
}
