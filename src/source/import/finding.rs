//! Irregularities that an import finds in the data: counted, never fatal, never hidden.

use crate::lang::Message;

/// Declares the findings with their wordings.
macro_rules! findings {
    ($($(#[$doc:meta])* $finding:ident: $en:literal, $ja:literal;)*) => {
        /// An irregularity in the data, of which the import could not take everything as it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Finding { $($(#[$doc])* $finding,)* }

        impl Finding {
            /// Returns the name of the finding, in the plural.
            pub fn message(self) -> Message {
                match self { $(Finding::$finding => Message::new($en, $ja),)* }
            }
        }
    };
}

findings! {
    /// No record at all, or one of another shape.
    Unreadable: "records that cannot be read, left out", "読めないレコード（除外）";
    /// A row of which nobody can tell which cell belongs where.
    Overfull: "rows with more cells than headers, left out", "見出しよりセルの多い行（除外）";
    /// A record that names nothing.
    Nameless: "records without a name, left out", "名称のないレコード（除外）";
    /// A record whose id was given before.
    Repeated: "records given again, of which the first is taken", "重複するレコード（最初のものを採用）";
    /// A name that several records bear.
    SharedName: "names shared by several records, whose ids end in a number", "複数のレコードに共通する名称（id の末尾に番号を付与）";
    /// A type that the source's schema does not know.
    UnknownType: "types that the format does not know", "形式にない類型";
    /// A node has one type; a source may give several.
    FurtherType: "further types of a record, left out", "二つ目以降の類型（除外）";
    /// A node has one website.
    FurtherWebsite: "further links of a record, left out", "二つ目以降のリンク（除外）";
    /// A node has one identifier of each registry.
    FurtherIdentifier: "further identifiers of the same registry, left out", "同じ登録簿の二つ目以降の識別子（除外）";
    /// A value of another form than its field.
    InvalidValue: "values of another form, left out", "形式に合わない値（除外）";
    /// A column that says what a kind of node does not have.
    UnfitColumn: "values that this kind of node does not have, left out", "この種類のノードにない値（除外）";
    /// A place with neither a name nor a country.
    UnknownPlace: "places that are not described, left out", "説明のない場所（除外）";
    /// A place that records describe differently.
    DifferingPlace: "places described in several ways, of which the commonest is taken", "記述が食い違う場所（多いものを採用）";
    /// A link of which the other end says nothing.
    OneSidedLink: "links that only one side states, taken", "片側だけが述べる関係（採用）";
    /// A link to the record itself.
    SelfLink: "links of a record to itself, left out", "自分自身への関係（除外）";
    /// A link to what is not there.
    OutsideLink: "links to records outside the set, left out", "収録外のレコードへの関係（除外）";
    /// A name that does not tell which node is meant.
    Ambiguous: "references by a name that several nodes bear, left out", "複数のノードに当たる名称による参照（除外）";
    /// An end that no element has.
    EndWithoutElement: "ends without an element, taken for organizations", "要素のない端点（組織とみなす）";
    /// A part of something that is a part of it.
    CircularLink: "parents that would close a circle, left out", "循環する親子関係（除外）";
    /// A link of a kind that the format does not know.
    UnknownLink: "links of an unknown kind, left out", "種類の分からない関係（除外）";
    /// A relation that its kind does not allow.
    UnfitRelation: "relations between nodes that their kind does not allow, left out", "種類が許さないノード間の関係（除外）";
    /// What the graph derives again.
    Derived: "derived rows, which follow from the others", "他の行から導かれる行";
    /// A fact that the atlas gives otherwise.
    Differing: "facts that the atlas gives otherwise, left out", "アトラスの記述と異なる事実（除外）";
    /// A document that is cited and not described.
    UnknownSource: "sources that are cited but not described, named in sources.yaml", "引用されているが説明のない出典（sources.yaml に記載）";
    /// A column that has no place in an atlas.
    UnknownColumn: "columns that are not read", "読まない列";
    /// A type that is no kind of node.
    AssumedKind: "types that are no kind of node, taken for organizations", "ノードの種類でない類型（組織とみなす）";
    /// A row that tells neither kind nor type.
    UnknownKind: "nodes whose kind is not told, taken for organizations", "種類の記載のないノード（組織とみなす）";
    /// A kind of relation that the vocabulary lacks.
    NewRelationKind: "new kinds of relation, defined in vocabulary.yaml", "新しい関係の種類（vocabulary.yaml に定義）";
}

/// The number of findings of one sort, with a few examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What was found.
    pub finding: Finding,
    /// The number of times.
    pub count: usize,
    /// The first few, in the words of the data.
    pub examples: Vec<String>,
}

/// How many examples are kept.
const EXAMPLES: usize = 3;

/// All findings of an import.
#[derive(Clone, Debug, Default)]
pub struct Tally(Vec<Count>);

impl Tally {
    /// Counts a finding; `example` is called only for the first few.
    pub fn add(&mut self, finding: Finding, example: impl FnOnce() -> String) {
        let at = self.0.iter().position(|it| it.finding == finding).unwrap_or_else(|| {
            self.0.push(Count { finding, count: 0, examples: Vec::new() });
            self.0.len() - 1
        });
        let entry = &mut self.0[at];
        entry.count += 1;
        if entry.examples.len() < EXAMPLES {
            entry.examples.push(example());
        }
    }

    /// Returns the counts, in the order of [`Finding`].
    pub fn counts(&self) -> Vec<&Count> {
        let mut counts: Vec<&Count> = self.0.iter().collect();
        counts.sort_by_key(|it| it.finding);
        counts
    }

    /// Returns the number of findings of one sort.
    pub fn of(&self, finding: Finding) -> usize {
        self.0.iter().find(|it| it.finding == finding).map_or(0, |it| it.count)
    }
}
