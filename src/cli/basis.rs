//! The option that says which statements count, the same for every question.

use clap::Args;

use super::failure::{Failure, Refused};
use crate::graph::fold;
use crate::lang::{Lang, Message};
use crate::model::Basis;
use crate::render::words;

#[derive(Debug, Default, Args)]
pub struct BasisArguments {
    /// Only what stands on this basis: stated, inferred or curated; repeat for or, !BASIS leaves out
    ///
    /// この根拠による記述だけを使う: stated（明記）、inferred（推定）、curated（補足）。重ねると「または」、!値 は除く
    #[arg(long, value_name = "BASIS", value_parser = read)]
    basis: Vec<Wanted>,
}

/// A basis that counts, or one that does not.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    basis: Basis,
    negated: bool,
}

impl BasisArguments {
    /// The bases that count; any where empty.
    ///
    /// # Errors
    /// Where none is left.
    pub fn bases(&self) -> Result<Vec<Basis>, Failure> {
        let is_any = self.basis.iter().all(|it| it.negated);
        let has =
            |basis, negated| self.basis.iter().any(|it| it.basis == basis && it.negated == negated);
        let counts = |basis: &Basis| (is_any || has(*basis, false)) && !has(*basis, true);
        let bases: Vec<Basis> = Basis::ALL.into_iter().filter(counts).collect();
        match bases.len() {
            0 => Err(Failure::usage(
                "no basis is left: every one is negated",
                "どの根拠も除かれていて、何も残りません",
            )),
            3 => Ok(Vec::new()),
            _ => Ok(bases),
        }
    }
}

fn read(text: &str) -> Result<Wanted, Refused> {
    let (name, negated) = match text.strip_prefix('!') {
        Some(name) => (name, true),
        None => (text, false),
    };
    let is_called = |basis: &Basis| {
        [Lang::En, Lang::Ja]
            .into_iter()
            .any(|lang| fold(&words::basis(*basis, None, lang)) == fold(name))
    };
    let basis = Basis::ALL.into_iter().find(is_called).ok_or_else(|| {
        Refused(Message::new("stated, inferred or curated", "stated、inferred、curated のいずれか"))
    })?;
    Ok(Wanted { basis, negated })
}
