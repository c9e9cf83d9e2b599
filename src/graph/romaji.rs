//! Names in kana as they are typed in Latin letters.

use wana_kana::ConvertJapanese;

/// Returns a name that is written in kana alone in Hepburn romaji, as most keyboards take it (こくじゅん:
/// `kokujun`); `None` for other names. O(length).
pub fn romaji(name: &str) -> Option<String> {
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー');
    let is_gap = |c: char| matches!(c, '・' | ' ' | '\u{3000}');
    let is_written_so = name.chars().any(is_kana) && name.chars().all(|c| is_kana(c) || is_gap(c));
    is_written_so.then(|| name.to_romaji())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_kana_alone_are_spelt() {
        for (name, spelt) in [
            ("こくじゅん", "kokujun"),
            ("シスメックス", "shisumekkusu"),
            ("ニプロ", "nipuro"),
            ("メイヨー・クリニック", "meiyoo/kurinikku"),
        ] {
            assert_eq!(romaji(name).as_deref(), Some(spelt));
        }
        for name in ["国循", "NCVC", "大阪ガス", "", "・"] {
            assert_eq!(romaji(name), None, "{name}");
        }
    }
}
