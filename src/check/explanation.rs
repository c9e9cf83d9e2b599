//! What a code means, read from its page in `docs/checks/`.
//!
//! A page is a title, a paragraph in English and one in Japanese, and two sections of the same form:
//! a bad and a good example, each a block of YAML under an optional remark in both languages. Words
//! behind the `yaml` of a block tell what a text cannot show: `file=NAME` and `encoding=NAME` how it
//! is saved, `layer` that it lies over another atlas.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Code, Severity};
use crate::lang::Wording;

/// What a code means, with an atlas that has it and one that has not.
#[derive(Debug)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// What it means and why it matters.
    pub meaning: Wording,
    /// An atlas that triggers it.
    pub bad: Example,
    /// The same atlas, mended.
    pub good: Example,
}

/// A small atlas.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// A remark on what the text of the file cannot show.
    pub remark: Option<Wording>,
    /// The only file; `None` where the example is a folder without files.
    pub file: Option<ExampleFile>,
}

/// The file of an example.
#[derive(Clone, Copy, Debug)]
pub struct ExampleFile {
    /// Its name.
    pub name: &'static str,
    /// The encoding that it is saved in.
    pub encoding: &'static str,
    /// The text of the file.
    pub text: &'static str,
    /// Whether the file is loaded as a layer over the shipped atlas instead of alone.
    pub is_layer: bool,
}

impl Explanation {
    /// Reads the page of a code; linear in its length.
    ///
    /// # Panics
    /// Where the page has another form, which a test rules out.
    pub fn of(code: Code) -> Self {
        let mut sections = code.page().split("\n## ");
        let mut section = || sections.next().expect("a page has a head and two examples");
        Explanation {
            code,
            meaning: wording(section()).expect("a page tells the meaning in both languages"),
            bad: Example::read(section()),
            good: Example::read(section()),
        }
    }

    /// Returns the explanations of all codes, in the order of [`Code::ALL`].
    pub fn all() -> impl Iterator<Item = Self> {
        Code::ALL.iter().map(|code| Explanation::of(*code))
    }

    /// Returns the severity of the code where the user sets no other.
    pub fn severity(&self) -> Severity {
        if Code::FAULTS.contains(&self.code) { Severity::Error } else { Severity::Warning }
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_struct("Explanation", 5)?;
        record.serialize_field("code", self.code.as_str())?;
        record.serialize_field("severity", self.severity().as_str())?;
        record.serialize_field("meaning", &self.meaning)?;
        record.serialize_field("bad", &self.bad)?;
        record.serialize_field("good", &self.good)?;
        record.end()
    }
}

impl Serialize for Example {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_struct("Example", 4)?;
        record.serialize_field("remark", &self.remark)?;
        record.serialize_field("file", &self.file.map(|file| file.name))?;
        record.serialize_field("encoding", &self.file.map(|file| file.encoding))?;
        record.serialize_field("text", &self.file.map(|file| file.text))?;
        record.end()
    }
}

impl Example {
    /// Returns the text of the file; an empty text where there is no file.
    pub fn text(&self) -> &'static str {
        self.file.map_or("", |file| file.text)
    }

    fn read(section: &'static str) -> Self {
        let (prose, block) = section.split_once("\n```").unwrap_or((section, ""));
        Example { remark: wording(prose), file: ExampleFile::read(block) }
    }
}

impl ExampleFile {
    fn read(block: &'static str) -> Option<Self> {
        let (words, text) = block.split_once('\n')?;
        let (text, _) = text.split_once("```")?;
        let option = |key: &str| words.split(' ').find_map(|word| word.strip_prefix(key));
        Some(ExampleFile {
            name: option("file=").unwrap_or("atlas.yaml"),
            encoding: option("encoding=").unwrap_or("UTF-8"),
            text,
            is_layer: option("layer").is_some(),
        })
    }
}

/// The English and the Japanese paragraph under a title, if there are any.
fn wording(prose: &'static str) -> Option<Wording> {
    let mut paragraphs = prose.split("\n\n").skip(1).map(str::trim).filter(|it| !it.is_empty());
    Some(Wording { en: paragraphs.next()?, ja: paragraphs.next()? })
}
