//! The options that say which statements count and whether they are told, the same for every question.

use clap::Args;

use super::failure::Failure;
use super::selection::basis;
use crate::model::Basis;

#[derive(Debug, Default, Args)]
pub struct EvidenceArguments {
    /// Use only relations on this basis: stated, inferred or curated; repeat for or
    #[arg(long, value_name = "BASIS")]
    basis: Vec<String>,
    /// Tell the basis and the sources of every statement
    #[arg(id = "evidence", long)]
    pub is_told: bool,
}

impl EvidenceArguments {
    /// The bases that count; any where empty.
    ///
    /// # Errors
    /// Where one is none.
    pub fn bases(&self) -> Result<Vec<Basis>, Failure> {
        self.basis.iter().map(|text| basis(text)).collect()
    }
}
