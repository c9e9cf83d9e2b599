//! What an importer makes.

use medclust::source::import::{Imported, Input, Page, Refusal};

use super::loaded::load;

/// The file that an importer is given.
pub fn input(text: String) -> Input {
    Input { name: "fuzz".to_owned(), text }
}

/// What is imported has a file for each page, and loads; what is refused says why, in both languages.
pub fn check(made: Result<Imported, Refusal>) {
    match made {
        Ok(imported) => {
            let texts: Vec<_> = imported.pages.iter().map(Page::written).collect();
            assert!(load(&texts).is_some(), "what was made does not load: {texts:#?}");
        }
        Err(refusal) => {
            assert!(!refusal.message.en.is_empty() && !refusal.message.ja.is_empty());
        }
    }
}
