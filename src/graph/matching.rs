//! How near the names of nodes are to a text.
//!
//! Owns the ranking: exact, folded, substring, words, misspelling, subsequence; within each, nearer first.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;
use rayon::prelude::*;

use super::flat::FlatName;
use super::{Graph, Node, fold};

/// Below this many names, starting threads costs more than it saves.
const WORTH_THREADS: usize = 16 * 1024;

/// How a name matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(library, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The text is the name.
    Exact,
    /// The text is the name after folding.
    Folded,
    /// The text is a part of the name after folding.
    Substring,
    /// The text contains every word of the name and more, or its words are in the name in another
    /// order.
    Words,
    /// No name contains the text, but a text about the node does.
    Passage,
    /// The text is a part of the name with a few wrong, swapped, missing or extra characters.
    Misspelling,
    /// The text is the name with characters left out.
    Subsequence,
}

/// The best match of one node.
#[derive(Clone, Copy, Debug)]
pub struct Match<'g> {
    /// The node.
    pub node: Node<'g>,
    /// The name that matched.
    pub name: &'g str,
    /// How it matched.
    pub how: How,
    /// The score, from 0 to 1000, higher is better; comparable within one search.
    pub score: u16,
}

impl Graph {
    /// Returns the nodes whose names match `text`, best first, equally good ones in the order of
    /// the atlas.
    ///
    /// Misspellings are looked for only where no name contains the text. Time is linear in the length
    /// of all names; misspellings multiply it by the length of the text.
    pub fn matches<'g>(&'g self, text: &str) -> Vec<Match<'g>> {
        let text = text.trim();
        let key = fold(text);
        if key.is_empty() {
            return Vec::new();
        }
        let mut found = self.best(text, &key, near);
        if found.iter().all(|found| found.how > How::Substring) {
            found.extend(self.best(text, &key, misspelt));
        }
        found.sort_by_key(|found| (found.how, std::cmp::Reverse(found.score), found.node.index()));
        let mut seen = std::collections::HashSet::new();
        found.retain(|found| seen.insert(found.node.index()));
        found
    }

    /// The best match of each node under `rank`.
    fn best<'g>(
        &'g self,
        text: &str,
        key: &str,
        rank: impl Fn(&Text, &Name) -> Option<(How, u16)> + Sync,
    ) -> Vec<Match<'g>> {
        let text = Text::new(text, key);
        let ranked = |folded: FlatName<'g>| {
            let node = self.node_at(folded.node);
            let name = Name { folded: folded.text, node, nth: folded.nth };
            let (how, score) = rank(&text, &name)?;
            let name = name.written();
            let (how, score) = match how {
                How::Folded if name == text.written => (How::Exact, 1000),
                _ => (how, score),
            };
            Some(Match { node, name, how, score })
        };
        let names = self.names();
        let all: Vec<Match> = if names.len() < WORTH_THREADS {
            names.iter().filter_map(ranked).collect()
        } else {
            (0..names.len() as u32).into_par_iter().filter_map(|it| ranked(names.at(it))).collect()
        };
        let mut found: Vec<Match> = Vec::new();
        for new in all {
            match found.last_mut() {
                Some(last) if last.node == new.node => {
                    if (new.how, std::cmp::Reverse(new.score))
                        < (last.how, std::cmp::Reverse(last.score))
                    {
                        *last = new;
                    }
                }
                _ => found.push(new),
            }
        }
        found
    }
}

/// What is looked for.
struct Text<'t> {
    written: &'t str,
    key: &'t str,
    finder: Finder<'t>,
    characters: Vec<char>,
    words: Vec<String>,
    /// Finds each word that has more than one character, where there are several words.
    parts: Vec<Finder<'static>>,
    is_acronym: bool,
    matcher: SkimMatcherV2,
}

/// One name of a node.
struct Name<'g> {
    folded: &'g str,
    node: Node<'g>,
    nth: u32,
}

impl<'g> Name<'g> {
    fn written(&self) -> &'g str {
        let name = || self.node.names().nth(self.nth as usize);
        let is_id = self.nth == FlatName::ID;
        (!is_id).then(name).flatten().unwrap_or(self.node.id())
    }
}

/// Returns whether a text is a short acronym, such as PMDA: any letter of it that is another makes another acronym.
pub fn is_acronym(text: &str) -> bool {
    let is_of_it = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    (2..=5).contains(&text.len()) && text.chars().all(is_of_it)
}

/// Returns whether a text holds a Latin word that folds to `key`; next to kanji or kana it needs no gap.
pub fn has_word(text: &str, key: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || ('\u{ff10}'..='\u{ff5a}').contains(&c);
    text.split(|c: char| !is_latin(c)).any(|word| fold(word) == key)
}

/// The words of a text, each folded, but for those that only join others.
fn words(text: &str) -> impl Iterator<Item = String> {
    raw_words(text).map(fold)
}

/// The same, as they are written.
fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    const JOINING: [&str; 6] = ["of", "the", "and", "for", "at", "in"];
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !JOINING.iter().any(|it| word.eq_ignore_ascii_case(it)))
}

impl<'t> Text<'t> {
    fn new(written: &'t str, key: &'t str) -> Self {
        let words: Vec<String> = words(written).collect();
        let parts = words.iter().filter(|word| words.len() > 1 && word.chars().nth(1).is_some());
        Text {
            written,
            key,
            finder: Finder::new(key),
            characters: key.chars().collect(),
            parts: parts.map(|word| Finder::new(word).into_owned()).collect(),
            words,
            is_acronym: is_acronym(written),
            matcher: SkimMatcherV2::default(),
        }
    }

    /// Whether a word, as it is written, is one of the text's.
    fn has(&self, word: &str) -> bool {
        // A Latin word folds to its small letters.
        match word.is_ascii() {
            true => self.words.iter().any(|it| it.eq_ignore_ascii_case(word)),
            false => self.words.contains(&fold(word)),
        }
    }

    /// Whether the text says all that a name says, and more.
    fn says(&self, name: &Name) -> bool {
        if name.folded.len() >= self.key.len() {
            return false;
        }
        // Between kanji or kana there are no gaps by which words could be told.
        let is_ungapped = !name.folded.is_ascii() && name.folded.chars().nth(1).is_some();
        (is_ungapped && self.key.contains(name.folded))
            || (self.words.len() > 1 && {
                let mut words = raw_words(name.written()).peekable();
                words.peek().is_some() && words.all(|word| self.has(word))
            })
    }

    /// Whether all words of the text are in a name, in another order.
    fn is_reordered(&self, name: &str) -> bool {
        let is_there = |word: &Finder| word.find(name.as_bytes()).is_some();
        self.words.len() > 1
            && self.parts.len() == self.words.len()
            && self.parts.iter().all(is_there)
    }
}

fn near(text: &Text, name: &Name) -> Option<(How, u16)> {
    let folded = name.folded;
    if folded == text.key {
        return Some((How::Folded, 950));
    }
    if let Some(at) = text.finder.find(folded.as_bytes())
        && (!text.is_acronym || has_word(name.written(), text.key))
    {
        let share = 200 * text.key.len() / folded.len();
        return Some((How::Substring, 600 + share as u16 + if at == 0 { 100 } else { 0 }));
    }
    if text.says(name) || text.is_reordered(folded) {
        let (one, other) = (text.key.len(), folded.len());
        return Some((How::Words, 500 + (100 * one.min(other) / one.max(other)) as u16));
    }
    if text.characters.len() < 3 || text.is_acronym || !is_subsequence(text.key, folded) {
        return None;
    }
    let (_, places) = text.matcher.fuzzy_indices(folded, text.key)?;
    let span = places.last()? - places.first()? + 1;
    // Characters strewn over a long name are no likeness.
    let length = text.characters.len();
    (span <= 2 * length).then(|| {
        let share = 100 * length / span + 100 * length / folded.chars().count().max(length);
        (How::Subsequence, 50 + share as u16)
    })
}

fn is_subsequence(key: &str, name: &str) -> bool {
    let mut name = name.chars();
    key.chars().all(|c| name.any(|other| other == c))
}

fn misspelt(text: &Text, name: &Name) -> Option<(How, u16)> {
    let length = text.characters.len();
    let allowed = match length {
        0..=3 => return None,
        _ if text.is_acronym => return None,
        4..=6 => 1,
        _ => 2,
    };
    let edits = substring_distance(&text.characters, name.folded, allowed)?;
    let share = 100 * length / name.folded.chars().count().max(length);
    Some((How::Misspelling, (450 - 50 * edits.min(3) + share) as u16))
}

/// The least number of edits (insert, delete, replace, swap neighbours) that turn `key` into some
/// substring of `name`, if it is at most `allowed`.
///
/// Sellers' algorithm (J. Algorithms 1, 1980) with the transpositions of optimal string alignment, left
/// off below the last cell that is at most `allowed` (Ukkonen, J. Algorithms 6, 1985); at most
/// O(|key| · |name|) time, O(|key|) memory.
fn substring_distance(key: &[char], name: &str, allowed: usize) -> Option<usize> {
    let far = allowed.saturating_add(1);
    let mut before = vec![far; key.len() + 1];
    let mut last: Vec<usize> = (0..=key.len()).map(|edits| edits.min(far)).collect();
    let mut row = vec![far; key.len() + 1];
    // Cells from here on are too far.
    let mut open = last.iter().position(|edits| *edits == far).unwrap_or(key.len() + 1);
    let mut best = last[key.len()];
    let mut previous = None;
    for c in name.chars() {
        row[0] = 0;
        let end = open.min(key.len());
        open = 1;
        for at in 0..end {
            let replaced = last[at] + usize::from(key[at] != c);
            let mut cost = replaced.min(last[at + 1] + 1).min(row[at] + 1).min(far);
            if at > 0 && previous == Some(key[at]) && key[at - 1] == c {
                cost = cost.min(before[at - 1] + 1);
            }
            row[at + 1] = cost;
            if cost < far {
                open = at + 2;
            }
        }
        row[end + 1..].fill(far);
        // One more cell may be near by way of the one before it.
        best = best.min(row[key.len()]);
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
        previous = Some(c);
    }
    (best <= allowed).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_to_a_substring_agrees_with_trying_them_all() {
        let names = ["medtronic", "abcab", "メドトロニック", "", "a"];
        let keys = ["medtornic", "bac", "トロ二", "xyz", "ab", "med"];
        for name in names {
            let chars: Vec<char> = name.chars().collect();
            for key in keys {
                let naive = (0..=chars.len())
                    .flat_map(|from| (from..=chars.len()).map(move |to| (from, to)))
                    .map(|(from, to)| {
                        strsim::osa_distance(key, &chars[from..to].iter().collect::<String>())
                    })
                    .min()
                    .unwrap();
                let key: Vec<char> = key.chars().collect();
                for allowed in [0, 1, 2, 3, 100] {
                    let found = substring_distance(&key, name, allowed);
                    let expected = Some(naive).filter(|edits| *edits <= allowed);
                    assert_eq!(found, expected, "{key:?} in {name}");
                }
            }
        }
    }
}
