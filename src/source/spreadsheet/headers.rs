//! Recognizes what a table contains by its headers, in English or Japanese.

use super::Table;

/// What a table contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Nodes,
    Relations,
    RelationKinds,
    Sources,
}

/// The columns of nodes, each with what it may be headed by in Japanese.
const NODES: &[(&str, &[&str])] = &[
    ("id", &["識別子"]),
    ("kind", &["種類", "ノードの種類"]),
    ("type", &["類型", "種別", "区分", "分類"]),
    (
        "name",
        &[
            "名称",
            "名前",
            "名",
            "施設名",
            "施設名称",
            "機関名",
            "組織名",
            "企業名",
            "病院名",
            "団体名",
            "地域名",
        ],
    ),
    ("summary", &["概要", "要約", "説明"]),
    ("aliases", &["別名", "別称", "略称", "通称"]),
    ("region", &["所在", "所在地", "所在・文脈", "地域", "市区町村", "都道府県", "市町村"]),
    ("within", &["包含", "上位地域", "属する地域"]),
    ("part_of", &["所属", "上位組織", "親組織", "運営主体"]),
    ("in", &["文脈"]),
    ("roles", &["役割"]),
    ("stages", &["段階"]),
    ("website", &["ウェブサイト", "サイト", "ホームページ", "url"]),
    ("ror", &[]),
    ("identifiers", &["登録番号"]),
    ("lat", &["緯度"]),
    ("lon", &["経度"]),
    ("since", &["開始", "設立", "設立年", "設立日", "開設", "開設日"]),
    ("until", &["終了", "廃止", "廃止日"]),
    ("status", &["状態"]),
    ("basis", &["根拠"]),
    ("confidence", &["確信度", "確度"]),
    ("sources", &["出典"]),
    ("indicators", &["指標"]),
    ("claims", &["主張"]),
    ("notes", &["注記"]),
    ("events", &["出来事"]),
    ("takeover", &[]),
];

const RELATIONS: &[(&str, &[&str])] = &[
    ("kind", &["関係", "種類", "関係の種類"]),
    ("from", &["始点", "から"]),
    ("to", &["終点", "へ"]),
    ("in", &["文脈"]),
    ("since", &["開始"]),
    ("until", &["終了"]),
    ("status", &["状態"]),
    ("open", &["例示"]),
    ("basis", &["根拠"]),
    ("confidence", &["確信度", "確度"]),
    ("note", &["備考", "注", "注記"]),
    ("sources", &["出典"]),
    ("derived", &["導出"]),
];

const RELATION_KINDS: &[(&str, &[&str])] = &[
    ("id", &["識別子"]),
    ("name", &["名称"]),
    ("inverse", &["逆の名称"]),
    ("from", &["始点"]),
    ("to", &["終点"]),
    ("traverse", &["経路"]),
    ("class", &["区分"]),
    ("short", &["略称"]),
];

const SOURCES: &[(&str, &[&str])] = &[
    ("id", &["識別子"]),
    ("title", &["題名", "タイトル", "表題"]),
    ("publisher", &["発行者", "発行元"]),
    ("date", &["日付", "発行日", "発行年"]),
    ("language", &["言語"]),
    ("url", &[]),
    ("checked", &["確認日"]),
    ("note", &["備考", "注", "注記"]),
    ("headings", &["見出し"]),
];

/// How a header says that a column is of one language.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("_ja", &["_ja", "(日本語)", "(和文)", "(和)", "(ja)", "_日本語"]),
    ("_en", &["_en", "(英語)", "(英文)", "(英)", "(en)", "_英語"]),
];

impl Content {
    /// Returns what a table contains, and renames its columns to the names used by this program.
    pub fn of(table: &mut Table) -> Option<Content> {
        let all = [Content::RelationKinds, Content::Relations, Content::Nodes, Content::Sources];
        let content = all.into_iter().find(|content| content.is_told_by(&table.headers))?;
        table.rename(|header| content.name(header));
        Some(content)
    }

    fn is_told_by(self, headers: &[String]) -> bool {
        let names: Vec<String> = headers.iter().map(|header| self.name(header)).collect();
        let has = |name: &str| names.iter().any(|it| it == name);
        let is_named = has("name") || has("name_ja") || has("name_en");
        match self {
            Content::RelationKinds => has("id") && has("traverse"),
            Content::Relations => has("kind") && has("from") && has("to"),
            Content::Nodes => {
                (has("kind") && (has("id") || is_named)) || is_named && !has("traverse")
            }
            Content::Sources => has("id") && has("title"),
        }
    }

    fn columns(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Content::Nodes => NODES,
            Content::Relations => RELATIONS,
            Content::RelationKinds => RELATION_KINDS,
            Content::Sources => SOURCES,
        }
    }

    /// What this program calls a column.
    fn name(self, header: &str) -> String {
        for (suffix, spellings) in LANGUAGES {
            let base = spellings.iter().find_map(|spelling| header.strip_suffix(spelling));
            if let Some(base) = base.map(|it| it.trim_end_matches('_')) {
                return format!("{}{suffix}", self.base(base));
            }
        }
        match header {
            "日本語名" | "和名" | "日本語名称" => "name_ja".to_owned(),
            "英語名" | "英名" | "英語名称" | "英文名" => "name_en".to_owned(),
            header => self.base(header).to_owned(),
        }
    }

    fn base(self, header: &str) -> &str {
        let named = |(_, japanese): &&(&str, &[&str])| japanese.contains(&header);
        self.columns().iter().find(named).map_or(header, |(name, _)| name)
    }

    /// Returns whether a column is read, or can be derived from others.
    pub fn reads(self, header: &str) -> bool {
        let texts: &[&str] = match self {
            Content::Nodes => &["name", "summary"],
            Content::Relations => &["note", "from", "to"],
            Content::RelationKinds => &["name", "inverse", "short"],
            Content::Sources => &["note"],
        };
        let text = header.strip_suffix("_ja").or_else(|| header.strip_suffix("_en"));
        self.columns().iter().any(|(name, _)| *name == header)
            || text.is_some_and(|text| texts.contains(&text))
    }
}
