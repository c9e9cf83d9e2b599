//! Names reduced to what people mean by them, so that spellings of one name compare equal.
//!
//! Owns the rules: compatibility forms (NFKC), case, accents, spaces and punctuation, characters that
//! are not seen, hiragana and katakana, small kana, old and new kanji, legal forms, `&` and the saints,
//! kanji look-alikes and dashes inside a kana word, the long-vowel mark in a longer one, and ヶ between
//! kanji. Folding is idempotent.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::kanji::new_kanji;

/// Folds a name; O(length).
///
/// A name made of nothing but what folding removes is only lower-cased.
pub fn fold(name: &str) -> String {
    let mut folded = fold_once(name);
    // Removing one thing can bring another to an end (「メーカー(株)」), so run to the fixed point.
    loop {
        let again = fold_once(&folded);
        if again == folded {
            return folded;
        }
        folded = again;
    }
}

fn fold_once(name: &str) -> String {
    let plain = if name.is_ascii() { name.to_ascii_lowercase() } else { normalize(name) };
    let core = &*spell_out(strip_legal_forms(&plain));
    let folded = if core.is_ascii() {
        core.chars().filter(|c| !is_separator(*c)).collect()
    } else {
        fold_kana_words(core)
    };
    if folded.is_empty() { plain } else { folded }
}

/// Compatibility forms, case, accents, kana and kanji, character by character.
fn normalize(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let is_seen = |c: &char| (!is_combining_mark(*c) || is_voicing(*c)) && !is_invisible(*c);
    let plain = name.nfkd().filter(is_seen).nfc();
    for c in plain.flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'ø' => out.push('o'),
            c => out.push(new_kanji(katakana(c))),
        }
    }
    // A name of nothing but marks stays what it is.
    if out.is_empty() { name.to_lowercase() } else { out }
}

fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

/// Zero-width spaces and joiners, soft hyphens and the marks of bidirectional text.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e007f}'
    )
}

/// What stands for `&`, and what is meant by words that are written short before another.
const SHORT_WORDS: &[(&str, &str)] =
    &[("st", "saint"), ("ste", "sainte"), ("mt", "mount"), ("ft", "fort")];

/// Spells `&` and short words out.
fn spell_out(name: &str) -> Cow<'_, str> {
    if !name.contains('&') && !SHORT_WORDS.iter().any(|(short, _)| name.contains(short)) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len() + 8);
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end.max(first.len_utf8()));
        let goes_on = || {
            let next = after.trim_start_matches(is_separator);
            after.starts_with('.') || (next.len() < after.len() && !next.is_empty())
        };
        let long = SHORT_WORDS.iter().find(|(short, _)| *short == word);
        out.push_str(match long {
            Some((_, long)) if goes_on() => long,
            _ if word == "&" => "and",
            _ => word,
        });
        rest = after;
    }
    Cow::Owned(out)
}

fn katakana(c: char) -> char {
    let c = match c {
        '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' => {
            char::from_u32(c as u32 + 0x60).unwrap_or(c)
        }
        c => c,
    };
    match c {
        'ヂ' => 'ジ',
        'ヅ' => 'ズ',
        'ヰ' => 'イ',
        'ヱ' => 'エ',
        c => c,
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// The kana that a kanji or a dash is mistaken for.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        '二' => 'ニ',
        '力' => 'カ',
        '口' => 'ロ',
        '工' => 'エ',
        '夕' => 'タ',
        '八' => 'ハ',
        '卜' => 'ト',
        '三' => 'ミ',
        '千' => 'チ',
        '才' => 'オ',
        '一' | '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '─' | '~' | '〜' => 'ー',
        _ => return None,
    })
}

/// Removes separators, mends look-alikes inside kana words, and folds how kana are spelt.
fn fold_kana_words(name: &str) -> String {
    let chars: Vec<char> =
        name.chars().filter(|c| !is_separator(*c) || look_alike(*c).is_some()).collect();
    let chars = count_in_kanji(&chars);
    let mut mended: Vec<char> = Vec::with_capacity(chars.len());
    for (at, c) in chars.iter().enumerate() {
        let before = mended.last().copied();
        let after = chars.get(at + 1).copied();
        let ends_word = |neighbour: Option<char>| {
            neighbour.is_none_or(|c| is_kana(c) || look_alike(c).is_some())
        };
        let touches = before.is_some_and(is_kana) || after.is_some_and(is_kana);
        let kana = look_alike(*c).filter(|kana| {
            // A dash opens no word: 「-テスト」 is not 「ーテスト」.
            let opens = before.is_none() && *kana == 'ー';
            touches && !opens && before.is_none_or(is_kana) && ends_word(after)
        });
        mended.push(kana.unwrap_or(*c));
    }
    mended.retain(|c| !is_separator(*c));
    spell_kana(&mended)
}

/// ヴァ as バ, small kana as large ones, 箇 as ガ where it is a ヶ, and no long-vowel mark behind three or
/// more kana of a word.
fn spell_kana(chars: &[char]) -> String {
    let mut folded = String::with_capacity(3 * chars.len());
    let mut run = 0;
    for (at, c) in chars.iter().enumerate() {
        run = if is_kana(*c) { run + 1 } else { 0 };
        let (before, after) = (at.checked_sub(1).map(|at| chars[at]), chars.get(at + 1).copied());
        match (c, before, after) {
            ('ー', _, _) if run > 3 => {}
            ('ヴ', _, Some('ァ')) => folded.push('バ'),
            ('ヴ', _, Some('ィ')) => folded.push('ビ'),
            ('ヴ', _, Some('ェ')) => folded.push('ベ'),
            ('ヴ', _, Some('ォ')) => folded.push('ボ'),
            ('ヴ', _, _) => folded.push('ブ'),
            ('ァ' | 'ィ' | 'ェ' | 'ォ', Some('ヴ'), _) => {}
            ('箇', Some(before), _) if counts(before) => folded.push('ガ'),
            (c, _, _) => folded.push(large_kana(*c)),
        }
    }
    folded
}

/// Writes the ヶ of places and counters as the kanji that it stands for, however it is written.
fn count_in_kanji(chars: &[char]) -> Vec<char> {
    let is_counter = |at: usize| {
        let follows = at > 0 && counts(chars[at - 1]);
        let leads = || chars.get(at + 1).is_some_and(|after| is_kanji(*after));
        match chars[at] {
            'ヶ' | 'ヵ' => follows,
            'ケ' | 'カ' | 'ガ' => follows && leads(),
            _ => false,
        }
    };
    (0..chars.len()).map(|at| if is_counter(at) { '箇' } else { chars[at] }).collect()
}

/// Whether ヶ may follow: 霞ヶ関, 3ヶ月.
fn counts(c: char) -> bool {
    is_kanji(c) || c.is_ascii_digit()
}

fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn large_kana(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        c => c,
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '!' | '"'
                | '\''
                | '('
                | ')'
                | ','
                | '-'
                | '.'
                | '/'
                | ':'
                | ';'
                | '?'
                | '['
                | ']'
                | '_'
                | '`'
                | '~'
        )
        || matches!(
            c,
            '・' | '·'
                | '•'
                | '‧'
                | '∙'
                | '⋅'
                | '、'
                | '。'
                | '「'
                | '」'
                | '『'
                | '』'
                | '【'
                | '】'
        )
        || matches!(
            c,
            '〈' | '〉' | '《' | '》' | '〔' | '〕' | '\u{2010}'
                ..='\u{2015}' | '‘' | '’' | '“' | '”' | '−' | '〜'
        )
}

/// Legal forms written before or after a Japanese name.
const LEGAL_FORMS_JA: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "公益社団法人",
    "社団法人",
    "一般財団法人",
    "公益財団法人",
    "財団法人",
    "国立研究開発法人",
    "独立行政法人",
    "国立大学法人",
    "公立大学法人",
    "学校法人",
    "医療法人",
    "特定非営利活動法人",
    "(株)",
    "(有)",
    "(同)",
    "(一社)",
    "(公社)",
    "(社)",
    "(一財)",
    "(公財)",
    "(財)",
    "(独)",
    "(国研)",
    "(大)",
    "(学)",
];

/// Legal forms written after a name in Latin letters, without their full stops.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "kg",
    "kgaa",
    "se",
    "sa",
    "spa",
    "srl",
    "bv",
    "nv",
    "ab",
    "oy",
    "aps",
    "pa",
    "kk",
    "pte",
    "pty",
    "ev",
    "&",
    "and",
];

/// Cuts legal forms off both ends, but never the whole name.
fn strip_legal_forms(name: &str) -> &str {
    let is_gap = |c: char| c.is_whitespace() || c == ',' || c == '、';
    let mut rest = name.trim_matches(is_gap);
    loop {
        let shorter = LEGAL_FORMS_JA
            .iter()
            .find_map(|form| rest.strip_prefix(form).or_else(|| rest.strip_suffix(form)))
            .or_else(|| rest.strip_prefix("the "))
            .or_else(|| {
                let (before, last) = rest.rsplit_once(is_gap)?;
                let is_form = |form: &&str| last.chars().filter(|c| *c != '.').eq(form.chars());
                LEGAL_FORMS.iter().any(is_form).then_some(before)
            })
            .map(|shorter| shorter.trim_matches(is_gap))
            .filter(|shorter| !shorter.is_empty());
        match shorter {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for same in [
            &["Medtronic", "ＭＥＤＴＲＯＮＩＣ", "medtronic, Inc.", "Medtronic plc", " Medtronic "]
                [..],
            &[
                "メドトロニック",
                "ﾒﾄﾞﾄﾛﾆｯｸ",
                "めどとろにっく",
                "メドトロ二ック",
                "メドトロニック株式会社",
            ],
            &["ニプロ", "二プロ", "ニプロ株式会社", "(株)ニプロ", "㈱ニプロ", "にぷろ"],
            &[
                "メイヨー・クリニック",
                "メイヨークリニック",
                "メイヨー クリニック",
                "メイヨ一クリニック",
            ],
            &["ブリヂストン", "ブリジストン"],
            &["コヴィディエン", "コビディエン"],
            &["材料・部品メーカ", "材料・部品メーカー"],
            &["大阪大学", "大阪大學"],
            &["St. Jude Medical", "ST. Jude Medical", "St Jude Medical, Inc."],
            &[
                "医療機器センター",
                "（財）医療機器センター",
                "公益財団法人医療機器センター",
                "醫療機器センター",
            ],
            &["Éire", "eire"],
            &["Fresenius SE & Co. KGaA", "Fresenius"],
            &["Gray, Plant, Mooty, Mooty & Bennett, P.A.", "Gray Plant Mooty Mooty & Bennett"],
            &["The University of Tokyo", "University of Tokyo"],
            &["阪大ＭＤＤコース", "阪大MDDコース"],
            &[
                "Johnson & Johnson",
                "Johnson and Johnson",
                "Johnson&Johnson",
                "ＪＯＨＮＳＯＮ＆Johnson",
            ],
            &["AT&T", "AT and T", "ＡＴ＆Ｔ"],
            &[
                "Saint Jude Medical",
                "St. Jude Medical",
                "St Jude Medical",
                "St.Jude Medical",
                "saint-jude-medical",
            ],
            &["Sault Ste. Marie", "Sault Sainte Marie"],
            &["Mount Sinai Hospital", "Mt. Sinai Hospital", "Mt Sinai Hospital"],
            &["Saint", "St."],
            &["キャノン", "キヤノン", "きゃのん", "ｷｬﾉﾝ"],
            &["富士フイルム", "富士フィルム"],
            &["シャチハタ", "シヤチハタ"],
            &["ブリッジ", "ブリツジ"],
            &["霞が関", "霞ヶ関", "霞ケ関", "霞ガ関", "霞ｹ関", "霞ゖ関"],
            &["関ヶ原病院", "関ケ原病院", "関が原病院", "關ヶ原病院"],
            &["一ヶ月", "一か月", "一カ月", "一ヵ月", "一箇月"],
            &["二ヶ月", "二か月", "二ケ月", "二箇月"],
            &["3ヶ所", "3か所", "３カ所"],
            &[
                "コンピュータ",
                "コンピューター",
                "コンピュ－タ－",
                "コンピュ‐タ‐",
                "コンピュ−タ−",
                "コンピュ―タ―",
            ],
            &["コンピュータシステム", "コンピューター・システム", "コンピューターシステム"],
            &["医療センタ研究所", "医療センター研究所"],
            &["Med\u{ad}tronic", "Med\u{200b}tronic", "\u{feff}Medtronic\u{200d}", "Medtronic"],
            &["大阪\u{200b}大学", "大阪大学", "大\u{2060}阪大学", "大阪大学\u{fe0f}"],
            &["渡邊病院", "渡邉病院", "渡辺病院", "渡邊\u{e0101}病院"],
            &["髙島屋", "高島屋", "高嶋屋"],
            &["吉野", "𠮷野"],
            &["藝術大学", "芸術大学"],
            &["醫學會館", "医学会館", "医学会舘"],
            &["脳腸頸椎", "腦膓頚椎"],
            &["靭帯", "靱帯", "韌帯"],
        ] {
            for name in same {
                assert_eq!(fold(name), fold(same[0]), "{name} and {}", same[0]);
            }
        }
    }

    #[test]
    fn different_names_stay_different() {
        for (a, b) in [
            ("第二プログラム", "第ニプログラム"),
            ("工学部", "エ学部"),
            ("Siemens", "Simens"),
            ("J&J", "JJ"),
            ("ST", "Saint"),
            ("Best Medical", "Besaint Medical"),
            ("ビル", "ビール"),
            ("カード", "カド"),
            ("メカシステム", "メーカーシステム"),
            ("大阪か", "大阪が"),
            ("斉藤", "斎藤"),
            ("鍼灸", "針灸"),
            ("3M", "M"),
            ("千葉大学", "チ葉大学"),
            ("Co", "Inc"),
        ] {
            assert_ne!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn nothing_folds_to_nothing_but_nothing() {
        for name in ["・", "株式会社", "Inc.", "---", "(株)"] {
            assert!(!fold(name).is_empty(), "{name}");
        }
        assert_eq!(fold(""), "");
    }
}
