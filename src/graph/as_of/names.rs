//! Names on a date.
//!
//! In each language, a node bore the name that it gave up at the first event `renamed` after the date
//! that tells one in that language (of one day's, the first that is written), or else the name that
//! it has. Names that it took later become
//! aliases, so that it is still found by them. A role in a renamed context is renamed with it.

use crate::graph::NodeData;
use crate::graph::build::contextual_name;
use crate::model::{Date, NodeRecord, Text};

/// Gives every node the name that it had on `date`. O(names + events).
pub fn restore(nodes: &mut [NodeData], date: Date) {
    let mut is_renamed = vec![false; nodes.len()];
    for index in 0..nodes.len() {
        let node = &nodes[index];
        let name = match node.contextual {
            None => name_on(&node.record, date),
            Some((_, context)) if !is_renamed[context as usize] => continue,
            Some((role, context)) => {
                contextual_name(&nodes[role as usize].record, &nodes[context as usize].record)
            }
        };
        is_renamed[index] = rename(&mut nodes[index].record, name);
    }
}

fn name_on(record: &NodeRecord, date: Date) -> Text {
    let renamings = record.events.iter().filter(|event| event.kind == "renamed");
    let later = renamings.filter_map(|event| Some((event.date?, &event.former)));
    let mut later: Vec<_> = later.filter(|(renamed, _)| date.is_before(*renamed)).collect();
    later.sort_by_key(|(renamed, _)| renamed.first_day());
    let mut name = record.name.clone();
    for (_, former) in later.into_iter().rev() {
        for (name, former) in [(&mut name.ja, &former.ja), (&mut name.en, &former.en)] {
            if former.is_some() {
                name.clone_from(former);
            }
        }
    }
    name
}

/// Gives a node another name and tells whether it is one; the names it had become aliases.
fn rename(record: &mut NodeRecord, name: Text) -> bool {
    if record.name == name {
        return false;
    }
    let present = std::mem::replace(&mut record.name, name);
    let NodeRecord { name, aliases, .. } = record;
    aliases.retain(|alias| name.both().all(|name| name != alias));
    for present in present.both() {
        if name.both().all(|name| name != present) && aliases.iter().all(|it| it != present) {
            aliases.push(present.to_owned());
        }
    }
    true
}
