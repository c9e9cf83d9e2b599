//! Where the texts of sources are.

use std::path::{Component, Path};

use super::AtlasFile;

/// Before the path of a text that is compiled into the binary.
pub const BUILTIN: &str = "builtin:";

/// Before a path that leads out of the atlas, which is not followed.
pub const OUTSIDE: &str = "outside:";

impl AtlasFile {
    /// Works out where the texts are that the file at a path names, each with what goes `before` its path.
    pub fn place_texts(&mut self, file: &str, before: &str) {
        let folder = Path::new(file).parent().unwrap_or(Path::new(""));
        for source in &mut self.sources {
            source.text_path = source.text.as_ref().map(|text| match is_inside(Path::new(text)) {
                true => format!("{before}{}", folder.join(text).display()),
                false => format!("{OUTSIDE}{text}"),
            });
        }
    }
}

fn is_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
