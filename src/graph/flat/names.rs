//! The folded names of all nodes in one flat form: in the order of the nodes, to be looked through, and
//! sorted, to be looked up.

use rayon::prelude::*;

use super::bytes::{Bytes, length_at, text_at, u32_at};

/// The bytes of a row for a name.
const NAME: usize = 20;

/// How many bytes the head has: how many names, and how many bytes of text.
const HEAD: usize = 16;

/// The folded names of all nodes.
#[derive(Debug)]
pub struct FlatNames {
    bytes: Bytes,
    length: usize,
    /// How many nodes there are.
    nodes: u32,
}

/// One name of a node, folded.
#[derive(Clone, Copy, Debug)]
pub struct FlatName<'n> {
    pub text: &'n str,
    pub node: u32,
    /// Which of [`Node::names`](crate::graph::Node::names) it is, or [`FlatName::ID`].
    pub nth: u32,
}

impl FlatName<'_> {
    /// Which name the id is.
    pub const ID: u32 = u32::MAX;
}

impl FlatNames {
    /// Makes the form of these names, which are in the order of the nodes. O(n log n) for n names.
    pub fn of(names: &[(String, u32, u32)], nodes: usize) -> Self {
        let length = names.len();
        let texts: usize = names.iter().map(|(text, ..)| text.len()).sum();
        let mut bytes = Vec::with_capacity(HEAD + length * (NAME + 4) + texts);
        bytes.extend((length as u64).to_le_bytes());
        bytes.extend((texts as u64).to_le_bytes());
        let mut at = 0_u64;
        for (text, node, nth) in names {
            bytes.extend(at.to_le_bytes());
            for number in [text.len() as u32, *node, *nth] {
                bytes.extend(number.to_le_bytes());
            }
            at += text.len() as u64;
        }
        let mut sorted: Vec<u32> = (0..length as u32).collect();
        sorted.par_sort_by_key(|number| (&*names[*number as usize].0, *number));
        sorted.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        names.iter().for_each(|(text, ..)| bytes.extend(text.as_bytes()));
        FlatNames { bytes: bytes.into(), length, nodes: nodes as u32 }
    }

    /// Opens the names of so many nodes. O(1).
    ///
    /// # Errors
    /// Nothing where the bytes are of none.
    pub fn open(bytes: Bytes, nodes: usize) -> Option<Self> {
        let length = length_at(&bytes, 0);
        u32::try_from(length).ok()?;
        let rows = length.checked_mul(NAME + 4)?.checked_add(HEAD)?;
        let is_whole = rows.checked_add(length_at(&bytes, 8))? == bytes.len();
        let is_whole = is_whole && (length == 0 || nodes > 0);
        is_whole.then_some(FlatNames { bytes, length, nodes: nodes as u32 })
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns how many names there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Returns all names, in the order of the nodes.
    pub fn iter(&self) -> impl Iterator<Item = FlatName<'_>> {
        (0..self.length as u32).map(|number| self.at(number))
    }

    /// Returns the name with this number, in the order of the nodes. O(1).
    pub fn at(&self, number: u32) -> FlatName<'_> {
        let at = HEAD + number as usize * NAME;
        let row = self.bytes.get(at..at + NAME).unwrap_or_default();
        let texts = self.bytes.get(HEAD + self.length * (NAME + 4)..).unwrap_or_default();
        let text = text_at(texts, length_at(row, 0), u32_at(row, 8) as usize);
        let node = u32_at(row, 12).min(self.nodes.saturating_sub(1));
        FlatName { text, node, nth: u32_at(row, 16) }
    }

    /// The number of a name by its rank among the sorted.
    fn ranked(&self, rank: usize) -> u32 {
        u32_at(&self.bytes, HEAD + self.length * NAME + 4 * rank)
    }

    /// Returns the nodes with a name that is `key`, or that begins with it, each once and in their order.
    /// O(log n + k) for k of n names.
    pub fn nodes(&self, key: &str, begins: bool) -> Vec<u32> {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.at(self.ranked(middle)).text < key {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let ranked = (low..self.length).map(|rank| self.at(self.ranked(rank)));
        let is_meant = |text: &str| text == key || (begins && text.starts_with(key));
        let mut nodes: Vec<u32> =
            ranked.take_while(|name| is_meant(name.text)).map(|name| name.node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }
}
