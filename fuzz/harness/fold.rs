//! Folding of names.

use medclust::graph::fold;

pub fn run(data: &[u8]) {
    let text = super::text(data);
    let once = fold(&text);
    assert_eq!(fold(&once), once, "{text:?} folds to one thing");
    assert_eq!(once.is_empty(), text.is_empty(), "{text:?} keeps something");
    if text.is_ascii() {
        assert_eq!(fold(&text.to_ascii_uppercase()), once, "{text:?} in capitals");
        assert_eq!(fold(&text.to_ascii_lowercase()), once, "{text:?} in small letters");
    }
}
