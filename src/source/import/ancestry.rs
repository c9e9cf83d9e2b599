//! Which nodes are parts of which, so that no import makes a node a part of itself.

use std::collections::{HashMap, HashSet};

/// What lies above each node.
#[derive(Debug, Default)]
pub struct Ancestry(HashMap<String, Vec<String>>);

impl Ancestry {
    /// Puts `parent` above `child` and returns `true`, unless that would close a cycle; then
    /// nothing changes. Linear in the number of nodes above `parent`.
    pub fn put(&mut self, child: &str, parent: &str) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![parent];
        while let Some(node) = open.pop() {
            if node == child {
                return false;
            }
            if seen.insert(node) {
                open.extend(self.0.get(node).into_iter().flatten().map(|it| &**it));
            }
        }
        self.0.entry(child.to_owned()).or_default().push(parent.to_owned());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_refused() {
        let mut ancestry = Ancestry::default();
        assert!(!ancestry.put("a", "a"));
        assert!(ancestry.put("a", "b") && ancestry.put("b", "c") && ancestry.put("a", "c"));
        assert!(!ancestry.put("c", "a"));
        assert!(ancestry.put("c", "d"));
    }
}
