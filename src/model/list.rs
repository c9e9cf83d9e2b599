//! Lists that may be left empty, as in `relations:` with nothing after it.

use serde::{Deserialize, Deserializer};

/// Reads a list; nothing at all is an empty one.
pub(super) fn list<'de, D, L>(deserializer: D) -> Result<L, D::Error>
where
    D: Deserializer<'de>,
    L: Deserialize<'de> + Default,
{
    if deserializer.is_human_readable() {
        Ok(Option::deserialize(deserializer)?.unwrap_or_default())
    } else {
        L::deserialize(deserializer)
    }
}
