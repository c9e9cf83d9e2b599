//! What ends a command without an answer.

use std::io;

use crate::diagnostic::Diagnostic;
use crate::graph::{AbsentNode, Graph, Node, WhyNot};
use crate::lang::Message;
use crate::model::NodeKind;
use crate::origin::Files;
use crate::render::words;

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// What was typed cannot be answered.
    Usage {
        /// What is wrong.
        message: Message,
        /// What could be meant, or what to do.
        hints: Vec<Message>,
    },
    /// The atlas is at fault.
    Atlas(Vec<Diagnostic>, Files),
    /// The answer cannot be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

impl Failure {
    /// A failure of what was typed.
    pub fn usage(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Failure::Usage { message: Message::new(en, ja), hints: Vec::new() }
    }

    /// Adds what to do about it.
    pub fn hint(mut self, en: impl Into<String>, ja: impl Into<String>) -> Self {
        if let Failure::Usage { hints, .. } = &mut self {
            hints.push(Message::new(en, ja));
        }
        self
    }
}

/// How many candidates are told.
const CANDIDATES: usize = 10;

/// Finds the node of one of `kinds` (any where empty) that `text` names.
///
/// # Errors
/// With the candidates where there are several, and the nearest where there is none.
pub fn find<'g>(graph: &'g Graph, text: &str, kinds: &[NodeKind]) -> Result<Node<'g>, Failure> {
    graph.find(text, kinds).map_err(|error| no_such_node(text, kinds, &error.why))
}

fn no_such_node(text: &str, kinds: &[NodeKind], why: &WhyNot) -> Failure {
    use crate::lang::Lang::{En, Ja};
    let (en, ja) = match kinds {
        [kind] => (words::kind(*kind, En), words::kind(*kind, Ja)),
        _ => ("node", "ノード"),
    };
    let (failure, candidates) = match why {
        WhyNot::Absent(absence) => return absent(text, absence),
        WhyNot::Unknown(near) if near.is_empty() => {
            let failure = Failure::usage(
                format!("there is no {en} called `{text}`"),
                format!("`{text}` という{ja}はありません"),
            );
            let list = match kinds {
                [kind] => format!("medclust list {kind}s"),
                _ => "medclust list nodes".to_owned(),
            };
            let failure = failure
                .hint(format!("`{list}` shows what there is"), format!("`{list}` で一覧できます"));
            (failure, near)
        }
        WhyNot::Unknown(near) => {
            let failure = Failure::usage(
                format!("there is no {en} called `{text}`; the nearest are:"),
                format!("`{text}` という{ja}はありません。近いもの:"),
            );
            (failure, near)
        }
        WhyNot::Ambiguous(candidates) => {
            let failure = Failure::usage(
                format!("`{text}` could be any of {}; use an id:", candidates.len()),
                format!(
                    "`{text}` に当たるものが {} 件あります。id で指定してください:",
                    candidates.len()
                ),
            );
            (failure, candidates)
        }
    };
    let width = candidates.iter().take(CANDIDATES).map(|node| node.id.len()).max().unwrap_or(0);
    let failure = candidates.iter().take(CANDIDATES).fold(failure, |failure, node| {
        let line = |lang| {
            let kind = words::kind(node.kind, lang);
            format!("{:width$}  {kind}  {}", node.id, node.name(lang))
        };
        failure.hint(line(En), line(Ja))
    });
    match candidates.len().saturating_sub(CANDIDATES) {
        0 => failure,
        more => failure.hint(format!("… and {more} more"), format!("… ほか {more} 件")),
    }
}

fn absent(text: &str, absence: &AbsentNode) -> Failure {
    use crate::lang::Lang::{En, Ja};
    let AbsentNode { id, date, heir } = absence;
    let failure = Failure::usage(
        format!("`{text}` is in the atlas, but not on {date}"),
        format!("`{text}` はアトラスにありますが、{date} には存在しません"),
    );
    match heir {
        Some(heir) => failure.hint(
            format!("{} (`{}`) had taken its place", heir.name(En), heir.id),
            format!("{}（`{}`）が引き継いでいます", heir.name(Ja), heir.id),
        ),
        None => failure.hint(
            format!("`medclust show {id}` tells what is known of its dates"),
            format!("`medclust show {id}` で時期と出来事を確認できます"),
        ),
    }
}
