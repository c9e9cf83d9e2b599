//! The words that tables share, in both languages.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::Cell;
use crate::graph::{Addition, Direction, Node, Relation, RelationKind};
use crate::lang::Lang;
use crate::model::{
    Basis, Class, Confidence, Date, Indicator, NodeKind, Qualifier, Text, Traverse,
};
use crate::query::scope::State;

/// Returns the name of a kind of node.
pub fn kind(kind: NodeKind, lang: Lang) -> &'static str {
    kind.name(lang)
}

/// A basis, with the confidence of an inference.
pub fn basis(basis: Basis, confidence: Option<Confidence>, lang: Lang) -> String {
    let word = match basis {
        Basis::Stated => lang.pick("stated", "明記"),
        Basis::Inferred => lang.pick("inferred", "推定"),
        Basis::Curated => lang.pick("curated", "補足"),
    };
    match confidence {
        None => word.to_owned(),
        Some(confidence) => {
            let sure = match confidence {
                Confidence::High => lang.pick("high", "高"),
                Confidence::Medium => lang.pick("medium", "中"),
                Confidence::Low => lang.pick("low", "低"),
            };
            lang.pick(format!("{word}, {sure}"), format!("{word}・{sure}"))
        }
    }
}

/// Where a relation stands, and whether it is inherited, planned, or one of an open list.
pub fn standing(relation: Relation, lang: Lang) -> String {
    let mut words = vec![basis(relation.basis(), relation.confidence(), lang)];
    let mut add = |holds: bool, en: &str, ja: &str| {
        words.extend(holds.then(|| lang.pick(en, ja).to_owned()));
    };
    add(relation.inherited_from().is_some(), "inherited", "継承");
    add(relation.status().is_some(), "planned", "計画");
    add(relation.is_open(), "list left open", "例示");
    words.join(lang.pick("; ", "・"))
}

/// Returns the merger or acquisition that a node had undergone by the date asked for, as "merged
/// 2020"; empty where there is none.
pub fn takeover(node: Node, lang: Lang) -> String {
    let told = node.takeover().and_then(|event| Some((event.date?.first_day().0, &*event.kind)));
    told.map_or(String::new(), |(year, kind)| {
        let word = term(kind, node.graph().event_name(kind), lang);
        lang.pick(format!("{word} {year}"), format!("{year}年に{word}"))
    })
}

/// Returns the name of a node beside a column that tells `context`, with what must be known of it:
/// that it is only planned, or its merger or acquisition.
pub fn name_then<'g>(node: Node<'g>, context: Option<Node<'g>>, lang: Lang) -> Cow<'g, str> {
    let name = name_in(node, context, lang);
    let planned = if node.is_planned() {
        bracketed(lang.pick("planned", "計画"), lang)
    } else {
        String::new()
    };
    let takeover = match takeover(node, lang) {
        none if none.is_empty() => none,
        told => bracketed(&told, lang),
    };
    match planned.is_empty() && takeover.is_empty() {
        true => Cow::Borrowed(name),
        false => format!("{name}{planned}{takeover}").into(),
    }
}

/// Returns the name of a node that is planned, or what it is to do.
pub fn planned(node: Node, lang: Lang) -> String {
    format!("{}{}", node.name(lang), plan(lang))
}

fn plan(lang: Lang) -> String {
    bracketed(lang.pick("planned", "計画"), lang)
}

/// Returns the mark of a name that does not rest on a stated relation; [`legend`] explains the
/// marks.
pub fn mark(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "",
        Basis::Inferred => "~",
        Basis::Curated => "+",
    }
}

/// Returns each node once, with the strongest basis among its occurrences, in the order of the
/// first.
pub fn distinct<'g>(found: impl Iterator<Item = (Node<'g>, Basis)>) -> Vec<(Node<'g>, Basis)> {
    let mut all: Vec<(Node<'g>, Basis)> = Vec::new();
    let mut places: HashMap<Node, usize> = HashMap::new();
    for (node, basis) in found {
        match places.entry(node) {
            Entry::Occupied(place) => {
                let known = &mut all[*place.get()].1;
                *known = basis.min(*known);
            }
            Entry::Vacant(place) => {
                place.insert(all.len());
                all.push((node, basis));
            }
        }
    }
    all
}

/// Names with their marks; those that share one are told apart by their types.
pub fn marked_names<'g>(
    found: &[(Node<'g>, Basis)],
    context: Option<Node<'g>>,
    lang: Lang,
) -> String {
    let name = |node: Node<'g>| name_in(node, context, lang);
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (node, _) in found {
        *times.entry(name(*node)).or_default() += 1;
    }
    let marked = found.iter().map(|(node, basis)| {
        let apart = match times[name(*node)] {
            1 => String::new(),
            _ => bracketed(node.type_name(lang).unwrap_or(node.id()), lang),
        };
        format!("{}{apart}{}", name_then(*node, context, lang), mark(*basis))
    });
    marked.collect::<Vec<_>>().join(lang.pick("; ", "、"))
}

/// Returns the names of the first, and how many more there are.
pub fn first_names<'g>(
    found: &[(Node<'g>, Basis)],
    first: usize,
    context: Option<Node<'g>>,
    lang: Lang,
) -> String {
    let names = marked_names(found.get(..first).unwrap_or(found), context, lang);
    let more = match found.len().saturating_sub(first) {
        0 => String::new(),
        more => format!(" … +{more}"),
    };
    format!("{names}{more}")
}

/// Returns who serves a region from one that it lies in; `None` where nobody does.
pub fn nationwide<'g>(
    found: &[(Node<'g>, Basis)],
    most: Option<usize>,
    lang: Lang,
) -> Option<String> {
    let names = first_names(found, most.unwrap_or(found.len()), None, lang);
    let told = || lang.pick(format!("nationwide: {names}"), format!("全国: {names}"));
    (!found.is_empty()).then(told)
}

/// Returns what follows a count of what is named where a list is left open; nothing elsewhere.
pub fn left_open(is_open: bool, lang: Lang) -> &'static str {
    match is_open {
        true => lang.pick(
            "; sources leave lists open, so there are more",
            "（出典の一覧は「等」で終わり、ほかにもありうる）",
        ),
        false => "",
    }
}

/// Returns the names of a list, with what follows where its source leaves it open. The last may be a group
/// that is called "… and others" itself.
pub fn and_others<'g>(
    names: String,
    relations: impl IntoIterator<Item = Relation<'g>>,
    lang: Lang,
) -> String {
    match relations.into_iter().any(Relation::is_open) && !names.ends_with('等') {
        true => names + lang.pick("; and others", " 等"),
        false => names,
    }
}

/// A remark in brackets after a name.
pub fn bracketed(remark: &str, lang: Lang) -> String {
    lang.pick(format!(" ({remark})"), format!("（{remark}）"))
}

/// Returns the explanation of the marks, and the option that tells more.
pub fn legend(lang: Lang) -> String {
    let en = "; --evidence tells basis and sources";
    let ja = "。--evidence で根拠と出典を表示";
    format!("{}{}", marks(lang), lang.pick(en, ja))
}

/// Returns the explanation of the marks.
pub fn marks(lang: Lang) -> &'static str {
    let en = "~ inferred, + curated, else stated";
    let ja = "~ 推定、+ 補足、印のないものは明記";
    lang.pick(en, ja)
}

/// Why nobody is named.
pub fn state(state: State, lang: Lang) -> &'static str {
    match state {
        State::Named => lang.pick("named", "名あり"),
        State::NobodyNamed => lang.pick("drawn, nobody named", "役割のみ・担い手の名なし"),
        State::NoneStated => lang.pick("none, says the source", "「ない」と明記"),
        State::Unknown => lang.pick("nothing is known", "記載なし"),
    }
}

/// Returns the words for a kind of relation between its two ends: in Japanese the short label, as
/// the name begins with the particle of the end before it.
pub fn between(kind: RelationKind<'_>, lang: Lang) -> &str {
    match lang {
        Lang::En => kind.label(Direction::Forward, lang),
        Lang::Ja => kind.short(lang),
    }
}

/// A relation as a sentence.
pub fn statement(from: &str, kind: RelationKind, to: &str, lang: Lang) -> String {
    let name = kind.name();
    match (lang, &name.ja) {
        (Lang::Ja, Some(name)) => format!("{from}は{to}{name}"),
        _ => format!("{from} {} {to}", name.in_lang(lang).unwrap_or(kind.id())),
    }
}

/// A bound or an estimate, before its figure.
fn qualifier(qualifier: Option<Qualifier>, lang: Lang) -> &'static str {
    match qualifier {
        None => "",
        Some(Qualifier::AtLeast) => lang.pick("at least ", "少なくとも "),
        Some(Qualifier::AtMost) => lang.pick("at most ", "最大 "),
        Some(Qualifier::About) => lang.pick("about ", "約 "),
    }
}

/// A figure with its bound and its unit.
pub fn amount(figure: &Indicator, lang: Lang) -> String {
    let unit = figure.unit.as_deref().unwrap_or_default();
    let gap = if unit.is_empty() || unit == "%" { "" } else { " " };
    format!("{}{}{gap}{unit}", qualifier(figure.qualifier, lang), figure.value)
}

/// Returns the words for the directions in which routes may use a kind of relation.
pub fn traverse(traverse: Traverse, lang: Lang) -> &'static str {
    match traverse {
        Traverse::Forward => lang.pick("forward", "順方向"),
        Traverse::Both => lang.pick("both ways", "双方向"),
        Traverse::Never => lang.pick("never", "不可"),
    }
}

/// A span of time; empty where neither end is known.
pub fn span(since: Option<Date>, until: Option<Date>) -> String {
    let side = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    match (since, until) {
        (None, None) => String::new(),
        (since, until) => format!("{}–{}", side(since), side(until)),
    }
}

/// Returns the name of a node beside a column that tells `context`: a contextual role need not repeat it.
pub fn name_in<'g>(node: Node<'g>, context: Option<Node<'g>>, lang: Lang) -> &'g str {
    match node.generic() {
        Some(role) if node.context() == context => role.name(lang),
        _ => node.name(lang),
    }
}

/// Returns the name of an optional node; empty for `None`.
pub fn name(node: Option<Node>, lang: Lang) -> String {
    node.map(|node| node.name(lang).to_owned()).unwrap_or_default()
}

/// Several things in one cell.
pub fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

/// Returns the first few of several nodes, and how many more there are.
pub fn few(nodes: &[Node], most: usize, lang: Lang) -> String {
    let shown = nodes.iter().take(most).map(|node| node.name(lang));
    let shown = shown.collect::<Vec<_>>().join(lang.pick(", ", "、"));
    match nodes.len().saturating_sub(most) {
        0 => shown,
        more => lang.pick(format!("{shown} +{more}"), format!("{shown} ほか {more}")),
    }
}

/// A number with its unit, in English.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Returns the name of the part of the atlas that a question is about, or of all of it.
pub fn scope(of: Option<Node>, lang: Lang) -> String {
    match of {
        Some(node) => node.name(lang).to_owned(),
        None => lang.pick("the whole atlas", "アトラス全体").to_owned(),
    }
}

/// Returns the weaker basis of two relations.
pub fn weaker(first: Relation, second: Relation) -> (Basis, Option<Confidence>) {
    let one = (first.basis(), first.confidence());
    one.max((second.basis(), second.confidence()))
}

/// Returns the citations of some relations, each once.
pub fn sources<'g>(relations: impl IntoIterator<Item = Relation<'g>>) -> Vec<&'g str> {
    let mut seen = HashSet::new();
    let all = relations.into_iter().flat_map(|relation| relation.sources());
    all.filter(|source| seen.insert(*source)).collect()
}

/// A word of the vocabulary in `lang`; one without a name prints as it is.
pub fn term<'a>(id: &'a str, name: Option<&'a Text>, lang: Lang) -> &'a str {
    name.and_then(|name| name.in_lang(lang)).unwrap_or(id)
}

/// Returns the name of a class of relation kinds.
pub fn class(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Place => lang.pick("place", "場所"),
        Class::Membership => lang.pick("membership", "参加"),
        Class::Flow => lang.pick("flow", "流れ"),
        Class::Structure => lang.pick("structure", "構造"),
    }
}

/// Returns the type of a node: its id in a sheet, its name on a page.
pub fn node_type(node: Node<'_>, lang: Lang) -> Cell<'_> {
    let name = node.type_name(lang);
    Cell::maybe(node.r#type(), |it| Cell::word(it, name.unwrap_or(it)))
}

/// A relation as scripts name it: the ids of its ends, and of its kind between them.
pub fn triple(relation: Relation) -> String {
    format!("{} {} {}", relation.from().id(), relation.kind().id(), relation.to().id())
}

/// A field of a record, as in `name.ja`; fields that have no word of their own stay as they are.
pub fn field(field: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return field.to_owned();
    }
    let (field, of) = field.split_once('.').unwrap_or((field, ""));
    let known = FIELDS.iter().find(|(known, _)| *known == field);
    let ja = known.map_or(field, |(_, ja)| *ja);
    match of {
        "" => ja.to_owned(),
        "ja" => format!("{ja}（日）"),
        "en" => format!("{ja}（英）"),
        of => format!("{ja} {of}"),
    }
}

const FIELDS: &[(&str, &str)] = &[
    ("id", "ID"),
    ("kind", "種類"),
    ("type", "類型"),
    ("name", "名称"),
    ("former", "旧名"),
    ("inverse", "逆の名称"),
    ("short", "略称"),
    ("class", "区分"),
    ("title", "題名"),
    ("text", "本文"),
    ("publisher", "発行者"),
    ("date", "日付"),
    ("language", "言語"),
    ("from", "始点"),
    ("to", "終点"),
    ("traverse", "経路"),
    ("aliases", "別名"),
    ("summary", "概要"),
    ("website", "ウェブ"),
    ("identifiers", "識別子"),
    ("location", "位置"),
    ("since", "開始"),
    ("until", "終了"),
    ("status", "状態"),
    ("open", "例示"),
    ("indicators", "指標"),
    ("value", "値"),
    ("qualifier", "限定"),
    ("unit", "単位"),
    ("year", "年"),
    ("claims", "主張"),
    ("quote", "引用"),
    ("notes", "注記"),
    ("note", "注記"),
    ("events", "出来事"),
    ("other", "相手"),
    ("basis", "根拠"),
    ("confidence", "確信度"),
    ("headings", "見出し行"),
    ("sources", "出典"),
];

/// A part of a whole as a percentage; the least that there is at all is not nothing.
pub fn percent(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.01 => "<1%".to_owned(),
        share => format!("{:.0}%", share * 100.0),
    }
}

/// What a later layer adds to a record, each thing behind its word.
pub fn addition(addition: &Addition, lang: Lang) -> String {
    let mut told = Vec::new();
    if !addition.aliases.is_empty() {
        let aliases = join(addition.aliases.iter().map(String::as_str));
        told.push(lang.pick(format!("also {aliases}"), format!("別名 {aliases}")));
    }
    if addition.website.is_some() {
        told.push(lang.pick("website", "ウェブ").to_owned());
    }
    told.extend(addition.identifiers.keys().cloned());
    if addition.location.is_some() {
        told.push(lang.pick("location", "位置").to_owned());
    }
    if told.is_empty() {
        told.push(lang.pick("further sources", "さらなる出典").to_owned());
    }
    told.join(lang.pick("; ", "、"))
}
