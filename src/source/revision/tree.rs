//! The files of a commit, with links followed as in a folder.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::source::folder::{is_hidden, is_yaml};

use super::faults;

/// After this many links in a row a path is taken to lead nowhere, as in the Linux kernel.
const MOST_LINKS: usize = 40;

/// What there is at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A file, with the id of its object.
    File(String),
    /// A link, with the id of the object that contains its target.
    Link(String),
    /// A submodule.
    Submodule,
    /// A folder, with the names in it.
    Folder(BTreeSet<String>),
}

/// All paths of a commit.
#[derive(Debug, Default)]
pub struct Tree {
    entries: HashMap<String, Entry>,
    /// The targets of links, by the ids of their objects.
    pub targets: HashMap<String, String>,
}

/// Why a path leads to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nothing is there.
    Missing,
    /// It lies outside the repository.
    Outside,
    /// The links form a cycle.
    Circle,
}

impl Tree {
    /// Parses the output of `git ls-tree -r -z --full-tree`.
    pub fn of(listed: &[u8]) -> Self {
        let mut tree = Tree::default();
        tree.entries.insert(String::new(), Entry::Folder(BTreeSet::new()));
        for entry in listed.split(|byte| *byte == 0) {
            let entry = String::from_utf8_lossy(entry);
            let Some((head, path)) = entry.split_once('\t') else { continue };
            let mut head = head.split(' ');
            let (mode, object) = (head.next().unwrap_or_default(), head.nth(1).unwrap_or_default());
            let found = match mode {
                "120000" => Entry::Link(object.to_owned()),
                "160000" => Entry::Submodule,
                _ => Entry::File(object.to_owned()),
            };
            tree.entries.insert(path.to_owned(), found);
            tree.put_into_folders(path);
        }
        tree
    }

    fn put_into_folders(&mut self, path: &str) {
        let mut path = path;
        loop {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let entry = self.entries.entry(folder.to_owned());
            let Entry::Folder(names) = entry.or_insert_with(|| Entry::Folder(BTreeSet::new()))
            else {
                return;
            };
            if !names.insert(name.to_owned()) || folder.is_empty() {
                return;
            }
            path = folder;
        }
    }

    /// Returns the ids of the objects of all links.
    pub fn links(&self) -> BTreeMap<&str, ()> {
        let links = self.entries.values().filter_map(|entry| match entry {
            Entry::Link(object) => Some((&**object, ())),
            _ => None,
        });
        links.collect()
    }

    /// Follows all links on a path, and returns the resolved path and what is there.
    pub fn resolve(&self, path: &str) -> Result<(String, &Entry), Lost> {
        let mut followed = 0;
        let mut at = String::new();
        let mut open: Vec<String> = path.rsplit('/').map(str::to_owned).collect();
        while let Some(name) = open.pop() {
            match &*name {
                "" | "." => continue,
                ".." if at.is_empty() => return Err(Lost::Outside),
                ".." => at.truncate(at.rfind('/').unwrap_or(0)),
                name => {
                    let next = if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
                    match self.entries.get(&next) {
                        None => return Err(Lost::Missing),
                        Some(Entry::Link(object)) => {
                            followed += 1;
                            let target = self.targets.get(object).ok_or(Lost::Missing)?;
                            if followed > MOST_LINKS {
                                return Err(Lost::Circle);
                            }
                            if target.starts_with('/') {
                                return Err(Lost::Outside);
                            }
                            open.extend(target.rsplit('/').map(str::to_owned));
                        }
                        Some(_) => at = next,
                    }
                }
            }
        }
        let entry = self.entries.get(&at).ok_or(Lost::Missing)?;
        Ok((at, entry))
    }

    /// Finds the YAML files below a folder, in the order in which a folder is read: the ids of
    /// their objects, and their paths, prefixed with `shown`. What cannot be read is reported.
    pub fn files_below(
        &self,
        folder: &str,
        shown: &str,
        above: &mut Vec<String>,
        found: &mut Vec<(String, String)>,
        told: &mut Vec<Diagnostic>,
    ) {
        let Some(Entry::Folder(names)) = self.entries.get(folder) else { return };
        above.push(folder.to_owned());
        for name in names.iter().filter(|name| !is_hidden(name.as_ref())) {
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let shown = format!("{shown}{name}");
            match self.resolve(&path) {
                Ok((_, Entry::File(object))) => {
                    if is_yaml(Path::new(name)) {
                        found.push((object.clone(), shown));
                    }
                }
                // A link back to a folder above leads to nothing that is not read anyway.
                Ok((at, Entry::Folder(_))) if above.contains(&at) => {}
                Ok((at, Entry::Folder(_))) => {
                    self.files_below(&at, &format!("{shown}/"), above, found, told);
                }
                Ok((_, Entry::Submodule)) => told.push(faults::submodule(&shown)),
                Ok((_, Entry::Link(_))) => unreachable!("links are followed"),
                Err(lost) => told.push(faults::lost(&shown, lost)),
            }
        }
        above.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let listed = [
            "100644 blob 1\tdata/a.yaml",
            "120000 blob 2\tdata/b.yaml",
            "120000 blob 3\tdata/more",
            "120000 blob 4\tdata/up",
            "120000 blob 5\tlink",
            "100644 blob 6\tother/c.yml",
            "120000 blob 7\tout",
            "120000 blob 8\tround",
            "160000 commit 9\tsub",
            "100644 blob 10\tdata/.hidden.yaml",
        ];
        let listed = listed.join("\0");
        let mut tree = Tree::of(listed.as_bytes());
        let targets = [
            ("2", "../other/c.yml"),
            ("3", "../other/"),
            ("4", ".."),
            ("5", "data/more"),
            ("7", "../.."),
            ("8", "./round"),
        ];
        tree.targets = targets.map(|(object, to)| (object.to_owned(), to.to_owned())).into();
        tree
    }

    #[test]
    fn links_lead_on() {
        let tree = tree();
        let place = |path: &str| tree.resolve(path).map(|(at, _)| at);
        assert_eq!(place("data/b.yaml").as_deref(), Ok("other/c.yml"));
        assert_eq!(place("./link/").as_deref(), Ok("other"));
        assert_eq!(place("link/c.yml").as_deref(), Ok("other/c.yml"));
        assert_eq!(place("data/up").as_deref(), Ok(""));
        assert_eq!(place("out"), Err(Lost::Outside));
        assert_eq!(place("round"), Err(Lost::Circle));
        assert_eq!(place("nowhere"), Err(Lost::Missing));
    }

    #[test]
    fn files_are_found_through_links_and_loops_end() {
        let (tree, mut found, mut told) = (tree(), Vec::new(), Vec::new());
        tree.files_below("data", "", &mut Vec::new(), &mut found, &mut told);
        let paths: Vec<&str> = found.iter().map(|(_, path)| &**path).collect();
        let up = ["up/link/c.yml", "up/other/c.yml"];
        assert_eq!(paths, [&["a.yaml", "b.yaml", "more/c.yml"][..], &up].concat());
        assert_eq!(told.len(), 3, "out, round and sub: {told:?}");
    }
}
