//! What faults say.

use std::collections::HashMap;

use super::Builder;
use crate::diagnostic::{Code, Diagnostic, Hints};
use crate::graph::{KindData, NodeData, fold};
use crate::model::{Citation, Id, NodeKind};
use crate::origin::{At, FileId, Origin};

/// Near names for references to nothing, by what they refer to.
#[derive(Default)]
pub(super) struct NearNames {
    nodes: Hints,
    roles: Hints,
    kinds: Hints,
    sources: Hints,
    /// Nodes by their folded names, once a reference to nothing asks for them.
    named: Option<HashMap<String, Vec<usize>>>,
}

impl Builder {
    /// A fault for a reference to nothing; of `kind`, where only that would do.
    pub(super) fn dangling(&mut self, file: FileId, id: &At<Id>, kind: Option<NodeKind>) {
        if self.uncertain.contains(&*id.value) {
            return;
        }
        let called = self.called(&id.value, kind);
        let fits = |node: &&NodeData| {
            node.contextual.is_none() && kind.is_none_or(|kind| node.kind == kind)
        };
        let known = self.nodes.iter().filter(fits).map(|node| &*node.record.id.value);
        let (hints, en, ja) = match kind {
            Some(NodeKind::Role) => (&mut self.hints.roles, "role", "役割"),
            _ => (&mut self.hints.nodes, "node", "ノード"),
        };
        let near = hints.nearest(&id.value, known);
        let fault = Diagnostic::error(
            Code::DanglingReference,
            format!("there is no {en} `{}`", id.value),
            format!("{ja} `{}` はありません", id.value),
        )
        .at(id.origin(file), id.chars().count());
        let fault = match called.is_empty() {
            true => suggest(fault, near),
            false => fault.hint(
                format!("that is a name; files refer by the id: {}", called.join(" or ")),
                format!("これは名称です。ファイルでは id で参照します: {}", called.join("、")),
            ),
        };
        self.faults.push(fault);
    }

    /// The ids, quoted, of the nodes of a kind that are called so. O(all names) at the first call.
    fn called(&mut self, name: &str, kind: Option<NodeKind>) -> Vec<String> {
        let named = self.hints.named.get_or_insert_with(|| {
            let mut named: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, node) in self.nodes.iter().enumerate() {
                let record = &node.record;
                let names = record.name.both().chain(record.aliases.iter().map(String::as_str));
                for name in names.filter(|_| node.contextual.is_none()) {
                    let called = named.entry(fold(name)).or_default();
                    if called.last() != Some(&at) {
                        called.push(at);
                    }
                }
            }
            named
        });
        let called = named.get(&fold(name)).into_iter().flatten().map(|at| &self.nodes[*at]);
        let fitting = called.filter(|node| kind.is_none_or(|kind| node.kind == kind));
        fitting.take(3).map(|node| format!("`{}`", node.record.id.value)).collect()
    }

    pub(super) fn unknown_kind(&mut self, file: FileId, kind: &At<Id>) -> Diagnostic {
        let near = self.hints.kinds.nearest(kind, self.kinds.iter().map(|kind| &*kind.id));
        let fault = Diagnostic::error(
            Code::UnknownRelationKind,
            format!("there is no relation kind `{}`", kind.value),
            format!("関係の種類 `{}` はありません", kind.value),
        )
        .at(kind.origin(file), kind.chars().count());
        match near.is_empty() {
            true => fault.hint(
                "`medclust list relation-kinds` shows them; `relation_kinds:` defines further ones",
                "`medclust list relation-kinds` で一覧できます。`relation_kinds:` で追加できます",
            ),
            false => suggest(fault, near),
        }
    }

    pub(super) fn unknown_source(&mut self, file: FileId, citation: &At<Citation>) -> Diagnostic {
        let id = citation.source();
        let known = self.sources.iter().map(|source| &*source.id.value);
        let near = self.hints.sources.nearest(id, known);
        let fault = Diagnostic::error(
            Code::DanglingReference,
            format!("there is no source `{id}`"),
            format!("出典 `{id}` はありません"),
        )
        .at(citation.origin(file), id.chars().count());
        match near.is_empty() {
            true => fault.hint("describe it under `sources:`", "`sources:` に出典を書いてください"),
            false => suggest(fault, near),
        }
    }
}

pub fn suggest(fault: Diagnostic, near: &[String]) -> Diagnostic {
    if near.is_empty() {
        return fault.hint("check the spelling of the id", "id の綴りを確かめてください");
    }
    let quoted: Vec<_> = near.iter().map(|id| format!("`{id}`")).collect();
    fault.hint(
        format!("did you mean {}?", quoted.join(" or ")),
        format!("{} のことですか?", quoted.join("、")),
    )
}

pub fn duplicate(id: &At<Id>, origin: Origin, first: Origin) -> Diagnostic {
    let length = id.chars().count();
    Diagnostic::error(
        Code::DuplicateId,
        format!("the id `{}` is taken", id.value),
        format!("id `{}` は既に使われています", id.value),
    )
    .at(origin, length)
    .see(first, length, "first given here", "最初はここ")
    .hint(
        "ids are unique over all kinds: choose another",
        "id は全種類を通じて一意です。別の id にしてください",
    )
}

pub fn invalid_id(id: &At<Id>, origin: Origin) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidId,
        format!("`{}` cannot be an id", id.value),
        format!("`{}` は id にできません", id.value),
    )
    .at(origin, id.chars().count())
    .hint(
        "an id is lower-case kebab-case ASCII, such as `mayo-clinic`",
        "id は `mayo-clinic` のような小文字英数字とハイフンです",
    )
}

pub fn wrong_end(
    kind: &KindData,
    id: &At<Id>,
    found: NodeKind,
    allowed: &[NodeKind],
    is_from: bool,
) -> Diagnostic {
    let allowed: Vec<_> = allowed.iter().map(|kind| kind.as_str()).collect();
    let (en, ja) = if is_from { ("starts from", "始点") } else { ("leads to", "終点") };
    Diagnostic::error(
        Code::WrongEndKind,
        format!(
            "`{}` {en} {}, but `{}` is of kind {found}",
            kind.id,
            allowed.join(" or "),
            id.value
        ),
        format!(
            "`{}` の{ja}は {} ですが、`{}` は {found} です",
            kind.id,
            allowed.join(" か "),
            id.value
        ),
    )
    .hint(
        "swap `from` and `to`, or choose another relation kind",
        "`from` と `to` を入れ替えるか、別の種類の関係にしてください",
    )
}

/// A relation of which the pairs are more than an atlas can have.
pub(super) fn too_many(origin: Origin, ends: [usize; 2]) -> Diagnostic {
    let [from, to] = ends;
    Diagnostic::error(
        Code::TooComplex,
        format!("{from} × {to} relations are more than an atlas can have"),
        format!("{from} × {to} 件の関係は、一つのアトラスには多すぎます"),
    )
    .hint(
        "name fewer at one end; an atlas has at most 33,554,432 relations",
        "片方の端を減らしてください。一つのアトラスの関係は 33,554,432 件までです",
    )
    .at(origin, 1)
}

/// A relation of which both ends are empty.
pub(super) fn without_ends(kind: &At<Id>, file: FileId) -> Diagnostic {
    Diagnostic::error(
        Code::MissingField,
        format!("this `{}` relation names nothing at either end", kind.value),
        format!("この `{}` の関係には始点も終点もありません", kind.value),
    )
    .hint(
        "name what it starts from or leads to; one end alone may be `[]`, where a source says that there is none",
        "from か to を書いてください。`[]` にできるのは、出典が「ない」と述べる片方の端だけです",
    )
    .at(kind.origin(file), kind.chars().count())
}
