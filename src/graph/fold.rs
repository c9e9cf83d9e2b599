//! Names reduced to what people mean by them, so that spellings of one name compare equal.
//!
//! Owns the rules: compatibility forms (NFKC), case, accents, spaces and punctuation, hiragana and
//! katakana, old and new kanji, legal forms, kanji look-alikes and dashes inside a kana word, and the
//! long-vowel mark at the end of one. Folding is idempotent.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    let core = strip_legal_forms(&plain);
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
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c) || is_voicing(*c)).nfc();
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

/// ヴァ as バ, and no long-vowel mark at the end of a word of more than three kana.
fn spell_kana(chars: &[char]) -> String {
    let mut folded = String::with_capacity(3 * chars.len());
    let mut run = 0;
    for (at, c) in chars.iter().enumerate() {
        run = if is_kana(*c) { run + 1 } else { 0 };
        let (before, after) = (at.checked_sub(1).map(|at| chars[at]), chars.get(at + 1).copied());
        match (c, before, after) {
            ('ー', _, after) if run > 3 && !after.is_some_and(is_kana) => {}
            ('ヴ', _, Some('ァ')) => folded.push('バ'),
            ('ヴ', _, Some('ィ')) => folded.push('ビ'),
            ('ヴ', _, Some('ェ')) => folded.push('ベ'),
            ('ヴ', _, Some('ォ')) => folded.push('ボ'),
            ('ヴ', _, _) => folded.push('ブ'),
            ('ァ' | 'ィ' | 'ェ' | 'ォ', Some('ヴ'), _) => {}
            (c, _, _) => folded.push(*c),
        }
    }
    folded
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

fn new_kanji(c: char) -> char {
    match OLD_KANJI.binary_search_by_key(&c, |(old, _)| *old) {
        Ok(at) => OLD_KANJI[at].1,
        Err(_) => c,
    }
}

/// Old forms of kanji (旧字体 and common variants in names) with the forms in use now, sorted.
#[rustfmt::skip]
static OLD_KANJI: &[(char, char)] = &[
    ('乘', '乗'), ('亂', '乱'), ('亞', '亜'), ('佛', '仏'), ('來', '来'), ('假', '仮'), ('傳', '伝'),
    ('僞', '偽'), ('價', '価'), ('儉', '倹'), ('兒', '児'), ('內', '内'), ('兩', '両'), ('冨', '富'),
    ('剩', '剰'), ('劍', '剣'), ('劑', '剤'), ('勞', '労'), ('勳', '勲'), ('勵', '励'), ('勸', '勧'),
    ('區', '区'), ('卷', '巻'), ('卽', '即'), ('參', '参'), ('單', '単'), ('嚴', '厳'), ('囑', '嘱'),
    ('囘', '回'), ('圀', '国'), ('圈', '圏'), ('國', '国'), ('圍', '囲'), ('圓', '円'), ('圖', '図'),
    ('團', '団'), ('增', '増'), ('墮', '堕'), ('壓', '圧'), ('壘', '塁'), ('壞', '壊'), ('壤', '壌'),
    ('壹', '壱'), ('壽', '寿'), ('奧', '奥'), ('奬', '奨'), ('孃', '嬢'), ('學', '学'), ('寢', '寝'),
    ('實', '実'), ('寫', '写'), ('寬', '寛'), ('寶', '宝'), ('將', '将'), ('專', '専'), ('對', '対'),
    ('屆', '届'), ('屬', '属'), ('峯', '峰'), ('峽', '峡'), ('嵜', '崎'), ('嶋', '島'), ('嶌', '島'),
    ('嶽', '岳'), ('帶', '帯'), ('廢', '廃'), ('廣', '広'), ('廳', '庁'), ('彈', '弾'), ('彌', '弥'),
    ('徑', '径'), ('從', '従'), ('德', '徳'), ('恆', '恒'), ('悅', '悦'), ('惠', '恵'), ('惡', '悪'),
    ('惱', '悩'), ('愼', '慎'), ('慘', '惨'), ('應', '応'), ('懷', '懐'), ('戀', '恋'), ('戰', '戦'),
    ('戲', '戯'), ('戶', '戸'), ('拂', '払'), ('拔', '抜'), ('拜', '拝'), ('挾', '挟'), ('插', '挿'),
    ('揭', '掲'), ('搖', '揺'), ('搜', '捜'), ('擇', '択'), ('擊', '撃'), ('擔', '担'), ('據', '拠'),
    ('擧', '挙'), ('擴', '拡'), ('攝', '摂'), ('收', '収'), ('效', '効'), ('敍', '叙'), ('敎', '教'),
    ('數', '数'), ('斷', '断'), ('旣', '既'), ('晉', '晋'), ('晝', '昼'), ('曆', '暦'), ('曉', '暁'),
    ('曻', '昇'), ('曾', '曽'), ('會', '会'), ('桒', '桑'), ('條', '条'), ('棧', '桟'), ('榮', '栄'),
    ('槇', '槙'), ('槪', '概'), ('樂', '楽'), ('樓', '楼'), ('樞', '枢'), ('樣', '様'), ('橫', '横'),
    ('檢', '検'), ('櫻', '桜'), ('權', '権'), ('歐', '欧'), ('歡', '歓'), ('步', '歩'), ('歷', '歴'),
    ('歸', '帰'), ('殘', '残'), ('殼', '殻'), ('毆', '殴'), ('毉', '医'), ('每', '毎'), ('氣', '気'),
    ('沒', '没'), ('淨', '浄'), ('淸', '清'), ('淺', '浅'), ('溪', '渓'), ('溫', '温'), ('滯', '滞'),
    ('滿', '満'), ('潛', '潜'), ('澁', '渋'), ('澤', '沢'), ('濕', '湿'), ('濟', '済'), ('濱', '浜'),
    ('濵', '浜'), ('瀧', '滝'), ('瀨', '瀬'), ('灣', '湾'), ('燈', '灯'), ('燒', '焼'), ('營', '営'),
    ('爐', '炉'), ('爭', '争'), ('爲', '為'), ('犧', '犠'), ('狀', '状'), ('狹', '狭'), ('獨', '独'),
    ('獵', '猟'), ('獸', '獣'), ('獻', '献'), ('瑤', '瑶'), ('瓣', '弁'), ('甁', '瓶'), ('產', '産'),
    ('畫', '画'), ('當', '当'), ('疊', '畳'), ('癡', '痴'), ('發', '発'), ('盜', '盗'), ('盡', '尽'),
    ('眞', '真'), ('硏', '研'), ('碎', '砕'), ('祕', '秘'), ('祿', '禄'), ('禪', '禅'), ('禮', '礼'),
    ('稅', '税'), ('稱', '称'), ('稻', '稲'), ('穗', '穂'), ('穩', '穏'), ('竊', '窃'), ('竝', '並'),
    ('粹', '粋'), ('絕', '絶'), ('絲', '糸'), ('經', '経'), ('綠', '緑'), ('緖', '緒'), ('緣', '縁'),
    ('縣', '県'), ('縱', '縦'), ('總', '総'), ('繩', '縄'), ('繪', '絵'), ('繼', '継'), ('續', '続'),
    ('纖', '繊'), ('缺', '欠'), ('罐', '缶'), ('聰', '聡'), ('聲', '声'), ('聽', '聴'), ('肅', '粛'),
    ('脫', '脱'), ('腦', '脳'), ('膽', '胆'), ('臟', '臓'), ('臺', '台'), ('與', '与'), ('舊', '旧'),
    ('舖', '舗'), ('舘', '館'), ('艷', '艶'), ('莊', '荘'), ('莖', '茎'), ('萬', '万'), ('薰', '薫'),
    ('藏', '蔵'), ('藝', '芸'), ('藥', '薬'), ('處', '処'), ('虛', '虚'), ('號', '号'), ('螢', '蛍'),
    ('蟲', '虫'), ('蠶', '蚕'), ('蠻', '蛮'), ('衞', '衛'), ('裝', '装'), ('襃', '褒'), ('覺', '覚'),
    ('覽', '覧'), ('觀', '観'), ('觸', '触'), ('說', '説'), ('謠', '謡'), ('證', '証'), ('譯', '訳'),
    ('譽', '誉'), ('讀', '読'), ('變', '変'), ('讓', '譲'), ('豐', '豊'), ('豫', '予'), ('貳', '弐'),
    ('賣', '売'), ('賴', '頼'), ('贊', '賛'), ('踐', '践'), ('輕', '軽'), ('轉', '転'), ('辨', '弁'),
    ('辭', '辞'), ('辯', '弁'), ('遞', '逓'), ('遲', '遅'), ('邉', '辺'), ('邊', '辺'), ('郞', '郎'),
    ('鄕', '郷'), ('鄰', '隣'), ('醉', '酔'), ('醫', '医'), ('釀', '醸'), ('釋', '釈'), ('銳', '鋭'),
    ('錄', '録'), ('錢', '銭'), ('鍊', '錬'), ('鎭', '鎮'), ('鐵', '鉄'), ('鑄', '鋳'), ('鑛', '鉱'),
    ('閱', '閲'), ('關', '関'), ('陷', '陥'), ('隨', '随'), ('險', '険'), ('隱', '隠'), ('雙', '双'),
    ('雜', '雑'), ('霸', '覇'), ('靈', '霊'), ('靑', '青'), ('靜', '静'), ('顯', '顕'), ('飜', '翻'),
    ('飮', '飲'), ('餘', '余'), ('騷', '騒'), ('驅', '駆'), ('驗', '験'), ('驛', '駅'), ('髓', '髄'),
    ('體', '体'), ('髙', '高'), ('髮', '髪'), ('鬪', '闘'), ('鷄', '鶏'), ('鹽', '塩'), ('麥', '麦'),
    ('黑', '黒'), ('默', '黙'), ('點', '点'), ('黨', '党'), ('齊', '斉'), ('齋', '斎'), ('齒', '歯'),
    ('齡', '齢'), ('龍', '竜'), ('龜', '亀'), ('﨑', '崎'),
];

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

    #[test]
    fn old_kanji_are_sorted_for_the_search() {
        assert!(OLD_KANJI.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
