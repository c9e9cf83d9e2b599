//! Lists that may be left empty, as in `relations:` with nothing after it.

use serde::{Deserialize, Deserializer};

/// Reads a list; nothing at all is an empty one.
pub(super) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    if deserializer.is_human_readable() {
        Ok(Option::deserialize(deserializer)?.unwrap_or_default())
    } else {
        Vec::deserialize(deserializer)
    }
}
